//! `people.csv`: one row for each person and condition.

use super::decimal::{push_decimal, push_whole};
use crate::engine::driver::Observation;
use crate::engine::measured::measured;
use crate::model::situation::HelpKind;
use crate::population::Scales;
use crate::registry::{Column, Measure, NAME, Outcome, Questionnaire, Source, State, Trait, header, name_cell};
use crate::scenario::{Scenario, Unit};

/// How many people of each condition get a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum People {
    /// Everybody.
    All,
    /// The first so many of each condition, replicates one after the other.
    First(u64),
}

impl People {
    /// How many rows each condition gets, of so many people.
    pub fn rows_of(self, people: u64) -> u64 {
        match self {
            Self::All => people,
            Self::First(count) => count.min(people),
        }
    }
}

/// A person in a condition, as the columns see them.
pub(super) struct PersonRow<'a> {
    played: &'a Observation<'a>,
    place: usize,
    /// Name of the condition, as a cell.
    name: &'a str,
    traits: [f64; Trait::COUNT],
    scales: Scales,
    gains: [f64; Trait::COUNT],
}

/// A column, whose cell is appended to the row.
pub(super) type PeopleColumn = Column<Box<dyn Fn(&PersonRow<'_>, &mut Vec<u8>)>>;

/// Whether rows carry what weeks or encounters in a row have left behind: where they lie around the scene of some condition.
pub fn has_weeks(scenario: &Scenario) -> bool {
    scenario.conditions.iter().any(|it| !it.protocol.is_single())
}

/// Every column of the table, in order.
pub(super) fn columns(has_weeks: bool) -> Vec<PeopleColumn> {
    let mut columns = vec![
        column("condition", ("", NAME), "name of the condition", |person, text| {
            text.extend_from_slice(person.name.as_bytes());
        }),
        column(
            "agent",
            ("", "0 …"),
            "number of the person; the same number is the same person in every condition of a replicate",
            |person, text| push_whole(text, u64::from(person.agent()), 1),
        ),
        column(
            "replicate",
            ("", "0 …"),
            "number of the fresh population",
            |person, text| {
                push_whole(text, u64::from(person.played.cast.replicate), 1);
            },
        ),
        column(
            "group",
            ("", "0 …"),
            "number of the group of witnesses; empty where persons are counted one by one",
            |person, text| {
                if let Unit::Group(size) = person.played.condition.unit {
                    push_whole(text, u64::from(person.agent() / size), 1);
                }
            },
        ),
    ];
    columns.extend(Trait::ALL.map(|which| {
        let meaning = format!("trait before training: {}", which.row().meaning);
        let of = move |person: &PersonRow<'_>| Some(person.traits[which as usize]);
        number(which.key(), ("population SD from the norm", "any"), meaning, 3, of)
    }));
    columns.extend(Questionnaire::ALL.map(|which| {
        let row = which.measure().row();
        let meaning = format!("{}, as filled in at this moment: with what training has added by then, and an error of its own", row.meaning);
        let of = move |person: &PersonRow<'_>| Some(person.scales.of(which));
        number(row.key, (row.unit, row.range), meaning, 2, of)
    }));
    columns.push(column(
        "outcome",
        ("", "helped, left, undecided, relieved, punished"),
        "how the encounter ended; relieved: another member of the group helped",
        |person, text| text.extend_from_slice(person.outcome().key().as_bytes()),
    ));
    // Who never decided has no time of decision.
    let decided =
        |person: &PersonRow<'_>| (person.outcome() != Outcome::Undecided).then(|| person.state(State::LatencyS));
    columns.push(number(
        State::LatencyS.key(),
        ("s", "0 … window"),
        "time from the first cue to the outcome; empty if undecided",
        2,
        decided,
    ));
    let states = State::ALL.into_iter().filter(|state| *state != State::LatencyS);
    columns.extend(states.map(|state| {
        let row = state.row();
        let of = move |person: &PersonRow<'_>| Some(person.state(state));
        number(apart(row.key, "state"), (row.unit, row.range), row.meaning, 4, of)
    }));
    let amount = Measure::Amount.row();
    columns.push(number(
        amount.key,
        (amount.unit, amount.range),
        amount.meaning,
        4,
        |person| {
            let graded = person.played.condition.situation.help == HelpKind::Graded;
            graded.then(|| person.measure(Measure::Amount)).flatten()
        },
    ));
    columns.push(number(
        "hours_practised",
        ("h", "0 …"),
        "hours practised before the scene: on average 64 % of those assigned",
        2,
        |person| {
            Some(
                person
                    .played
                    .cast
                    .trained
                    .hours
                    .get(person.place)
                    .copied()
                    .unwrap_or_default(),
            )
        },
    ));
    columns.extend(Trait::ALL.map(|which| {
        let meaning = format!("what training has added to {}", which.key());
        let of = move |person: &PersonRow<'_>| Some(person.gains[which as usize]);
        number(
            format!("gain_{}", which.key()),
            ("SD of the single encounter", "any"),
            meaning,
            4,
            of,
        )
    }));
    if has_weeks {
        columns.extend(lived_measures().map(|measure| {
            let row = measure.row();
            let meaning = format!(
                "{}; empty where no weeks or encounters lie around the scene",
                row.meaning
            );
            // At the moment that stands for the whole.
            let of = move |person: &PersonRow<'_>| {
                person.played.cast.living.as_ref()?;
                person.measure(measure)
            };
            number(apart(row.key, "rated"), (row.unit, row.range), meaning, 4, of)
        }));
    }
    columns
}

/// What people show of themselves and of their slow states where weeks or encounters lie around the scene.
fn lived_measures() -> impl Iterator<Item = Measure> {
    let of = |wanted: fn(Source) -> bool| Measure::ALL.into_iter().filter(move |measure| wanted(measure.source()));
    of(|source| source == Source::SelfReport).chain(of(|source| matches!(source, Source::SlowStates(_))))
}

/// A name that says what it is the name of where it is that of a trait as well.
fn apart(key: &'static str, of: &str) -> String {
    match Trait::from_key(key) {
        Some(_) => format!("{key}_{of}"),
        None => key.to_owned(),
    }
}

fn column(
    name: &'static str,
    values: (&'static str, &'static str),
    meaning: &'static str,
    cell: impl Fn(&PersonRow<'_>, &mut Vec<u8>) + 'static,
) -> PeopleColumn {
    Column::new(name, values, meaning, Box::new(cell))
}

/// A column of numbers with so many decimals; empty where there is none.
fn number(
    name: impl Into<std::borrow::Cow<'static, str>>,
    values: (&'static str, &'static str),
    meaning: impl Into<std::borrow::Cow<'static, str>>,
    places: u32,
    value: impl Fn(&PersonRow<'_>) -> Option<f64> + 'static,
) -> PeopleColumn {
    let cell = move |person: &PersonRow<'_>, text: &mut Vec<u8>| {
        if let Some(value) = value(person) {
            push_decimal(text, value, places);
        }
    };
    Column::new(name, values, meaning, Box::new(cell))
}

impl PersonRow<'_> {
    fn agent(&self) -> u32 {
        self.played.cast.people.agents[self.place]
    }

    fn outcome(&self) -> Outcome {
        self.played.records.outcomes[self.place]
    }

    fn state(&self, state: State) -> f64 {
        f64::from(self.played.records.column(state)[self.place])
    }

    fn measure(&self, measure: Measure) -> Option<f64> {
        let Observation {
            condition,
            cast,
            records,
            ..
        } = self.played;
        measured(condition, cast, records, measure, self.place)
    }
}

/// The first line, with its line break.
pub fn people_header(has_weeks: bool) -> String {
    header(&columns(has_weeks))
}

/// The rows of the people of one condition in one block, of `agents` people in a replicate; people who are not counted have none.
pub fn rows(played: &Observation, agents: u32, people: People, has_weeks: bool) -> Vec<u8> {
    let (cast, records) = (played.cast, played.records);
    let before = u64::from(cast.replicate) * u64::from(agents);
    let wanted = |agent: u32| match people {
        People::All => true,
        People::First(count) => before + u64::from(agent) < count,
    };
    let name = name_cell(&played.condition.name);
    let columns = columns(has_weeks);
    let mut text = Vec::with_capacity(records.outcomes.len() * 400);
    for place in 0..records.outcomes.len() {
        if !played.selected[place] || !wanted(cast.people.agents[place]) {
            continue;
        }
        let traits = cast.traits_of(place);
        let person = PersonRow {
            played,
            place,
            name: &name,
            traits,
            scales: cast.filled_in(place),
            gains: cast.gains_of(place),
        };
        for (number, column) in columns.iter().enumerate() {
            if number > 0 {
                text.push(b',');
            }
            (column.cell)(&person, &mut text);
        }
        text.push(b'\n');
    }
    text
}

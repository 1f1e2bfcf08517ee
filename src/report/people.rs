//! `people.csv`: one row for each person, condition and week in which people are seen.

use super::decimal::{push_decimal, push_whole};
use crate::engine::driver::{InCommunity, Observation};
use crate::engine::measured::measured;
use crate::population::Scales;
use crate::population::networks::Network;
use crate::registry::{
    Column, Measure, NAME, Outcome, Questionnaire, Source, State, Trait, header, name_cell, text_cell,
};
use crate::scenario::{Layer, Scenario, Unit};

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

/// What the table of a scenario has: its columns, and whose rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    /// The factors of the file, each with the column of its levels.
    factors: Vec<(String, String)>,
    /// Whether rows carry what weeks or encounters in a row have left behind: where they lie around the scene of some condition.
    has_weeks: bool,
    /// The layers of a community, each with whether people stand in groups in it; none where people do not live together.
    layers: Option<Vec<(String, bool)>>,
    /// How many rows a person has in a condition: one for each week of a timeline.
    pub(super) moments: usize,
    people: People,
    agents: u32,
    /// People of a condition over all replicates.
    everybody: u64,
    seed: u64,
}

impl Layout {
    /// The table of a scenario, with the rows of these people.
    pub fn new(scenario: &Scenario, people: People) -> Self {
        let run = &scenario.run;
        let weeks = scenario
            .conditions
            .iter()
            .map(|condition| match &condition.protocol.timeline {
                Some(timeline) => timeline.measure_at.len(),
                None => 1,
            });
        let mut layout = Self {
            factors: Vec::new(),
            has_weeks: scenario
                .conditions
                .iter()
                .any(|condition| !condition.protocol.is_single()),
            layers: scenario.conditions.first().and_then(|condition| {
                let community = condition.protocol.community.as_ref()?;
                let layer = |layer: &Layer| (layer.name.clone(), matches!(layer.network, Network::Groups { .. }));
                Some(community.layers.iter().map(layer).collect())
            }),
            moments: weeks.max().unwrap_or(1),
            people,
            agents: run.agents,
            everybody: u64::from(run.agents) * u64::from(run.replicates),
            seed: run.seed,
        };
        let taken: Vec<String> = columns(&layout).iter().map(|column| column.name.to_string()).collect();
        for (factor, _) in scenario.conditions.iter().flat_map(|condition| &condition.factors) {
            if layout.factors.iter().any(|(known, _)| known == factor) {
                continue;
            }
            // A factor with the name of another column says that it is one.
            let mut column = factor.clone();
            while taken.contains(&column) || layout.factors.iter().any(|(_, taken)| *taken == column) {
                column.insert_str(0, "factor_");
            }
            layout.factors.push((factor.clone(), column));
        }
        layout
    }

    /// How many rows each condition has at most.
    pub fn rows_of_a_condition(&self) -> u64 {
        self.people.rows_of(self.everybody).saturating_mul(self.moments as u64)
    }

    /// How many people of each condition have no row, and of how many; none where everybody has one.
    pub fn left_out(&self) -> Option<(u64, u64)> {
        let kept = self.people.rows_of(self.everybody);
        (kept < self.everybody).then_some((self.everybody - kept, self.everybody))
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

/// Every column of the table, in order.
pub(super) fn columns(layout: &Layout) -> Vec<PeopleColumn> {
    let mut columns = vec![column(
        "condition",
        ("", NAME),
        "name of the condition",
        |person, text| {
            text.extend_from_slice(person.name.as_bytes());
        },
    )];
    columns.extend(layout.factors.iter().map(|(factor, name)| {
        let meaning = format!("level of the factor {factor}; empty where a condition has none");
        let factor = factor.clone();
        let cell = move |person: &PersonRow<'_>, text: &mut Vec<u8>| {
            let level = person
                .played
                .condition
                .factors
                .iter()
                .find(|(known, _)| *known == factor);
            if let Some((_, level)) = level {
                text.extend_from_slice(name_cell(level).as_bytes());
            }
        };
        PeopleColumn::new(text_cell(name).into_owned(), ("", NAME), meaning, Box::new(cell))
    }));
    let seed = layout.seed;
    columns.extend([
        column(
            "agent",
            ("", "0 …"),
            "number of the person; the same number is the same person with the same luck in every condition of a replicate",
            |person, text| push_whole(text, u64::from(person.agent()), 1),
        ),
        column(
            "replicate",
            ("", "0 …"),
            "number of the fresh population",
            |person, text| {
                push_whole(text, u64::from(person.played.participants.replicate), 1);
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
        number(
            "week",
            ("weeks", "0 …"),
            "when people were seen: weeks since the first practice began; empty without a timeline",
            3,
            |person| person.played.week(),
        ),
        column("seed", ("", "0 …"), "seed of the run", move |_, text| push_whole(text, seed, 1)),
        number(
            "window_s",
            ("s", "0 … 3600"),
            "time from the first cue until helping is impossible",
            1,
            |person| Some(person.played.condition.situation.window_s),
        ),
    ]);
    columns.extend(Trait::ALL.map(|which| {
        let meaning = format!("trait before training: {}", which.row().meaning);
        let of = move |person: &PersonRow<'_>| Some(person.traits[which as usize]);
        number(which.key(), ("population SD from the norm", "any"), meaning, 3, of)
    }));
    columns.extend(Questionnaire::ALL.map(|which| {
        let row = which.measure().row();
        let meaning = format!(
            "{}, as filled in at this moment: with what training has added by then, and an error of its own",
            row.meaning
        );
        let of = move |person: &PersonRow<'_>| Some(person.scales.of(which));
        number(row.key, (row.unit, row.range), meaning, 2, of)
    }));
    columns.extend(layout.layers.iter().flat_map(|layers| among_others(layers)));
    columns.push(column(
        "outcome",
        ("", "text: helped, left, undecided, relieved, punished"),
        "how the encounter ended; relieved: another member of the group helped",
        |person, text| text.extend_from_slice(person.outcome().key().as_bytes()),
    ));
    columns.push(flag("helped", "1 if this person helped", |person| {
        person.outcome() == Outcome::Helped
    }));
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
    columns.push(flag(
        "overwhelmed",
        "1 if personal distress at the decision exceeded compassion (each relative to its median in an ordinary scene) and was higher than three quarters of people feel there",
        |person| {
            let (distress, compassion) = (person.state(State::PersonalDistress), person.state(State::Compassion));
            person.played.norm.overwhelmed(distress, compassion)
        },
    ));
    let amount = Measure::Amount.row();
    columns.push(number(
        amount.key,
        (amount.unit, amount.range),
        amount.meaning,
        4,
        |person| {
            let graded = person.played.condition.is_graded();
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
                    .participants
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
    if layout.has_weeks {
        columns.extend(lived_measures().map(|measure| {
            let row = measure.row();
            let meaning = format!(
                "{}; empty where no weeks or encounters lie around the scene",
                row.meaning
            );
            let of = move |person: &PersonRow<'_>| {
                person.played.participants.slow_states.as_ref()?;
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

/// Where a person stands among the people of a community.
fn among_others(layers: &[(String, bool)]) -> Vec<PeopleColumn> {
    fn of<'p>(person: &'p PersonRow<'_>) -> Option<InCommunity<'p>> {
        person.played.community
    }
    let steps = move |person: &PersonRow<'_>| {
        let steps = of(person)?.steps_to_trained?;
        Some(f64::from(steps[person.agent() as usize]))
    };
    let degree = move |person: &PersonRow<'_>| {
        let ties = of(person)?.ties.iter();
        Some(f64::from(ties.map(|ties| ties.degree(person.agent())).sum::<u32>()))
    };
    let mut columns = vec![
        number(
            "degree",
            ("ties", "0 …"),
            "number of ties, all layers together",
            0,
            degree,
        ),
        number(
            "trained",
            ("", "0, 1"),
            "1 if the training of the condition reaches this person",
            0,
            move |person| Some(f64::from(u8::from(steps(person) == Some(0.0)))),
        ),
        number(
            "steps_to_trained",
            ("ties", "0 … 4"),
            "steps to the nearest trained person; 4 stands for four and more, and for no way; empty where nobody is trained",
            0,
            steps,
        ),
    ];
    let in_groups = layers.iter().enumerate().filter(|(_, (_, in_groups))| *in_groups);
    columns.extend(in_groups.map(|(number_of_layer, (layer, _))| {
        let meaning = format!("group in the layer {layer}: the lowest number of its people");
        let lowest = move |person: &PersonRow<'_>| {
            let ties = of(person)?.ties.get(number_of_layer)?;
            let others = ties.of(person.agent()).map(|(other, _)| other);
            others.chain([person.agent()]).min().map(f64::from)
        };
        number(
            text_cell(&format!("group_in_{layer}")).into_owned(),
            ("", "0 …"),
            meaning,
            0,
            lowest,
        )
    }));
    columns
}

/// A column of 1 for yes and 0 for no.
fn flag(name: &'static str, meaning: &'static str, is_so: fn(&PersonRow<'_>) -> bool) -> PeopleColumn {
    column(name, ("", "0, 1"), meaning, move |person, text| {
        text.push(if is_so(person) { b'1' } else { b'0' });
    })
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
        self.played.participants.people.agents[self.place]
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
            participants,
            records,
            ..
        } = self.played;
        measured(condition, participants, records, measure, self.place)
    }
}

/// The first line, with its line break.
pub fn people_header(layout: &Layout) -> String {
    header(&columns(layout))
}

/// The rows of the people of one block in one condition at one moment; people who are not counted have none.
pub fn rows(played: &Observation, layout: &Layout) -> Vec<u8> {
    let (participants, records) = (played.participants, played.records);
    let before = u64::from(participants.replicate) * u64::from(layout.agents);
    let wanted = |agent: u32| match layout.people {
        People::All => true,
        People::First(count) => before + u64::from(agent) < count,
    };
    let name = name_cell(&played.condition.name);
    let columns = columns(layout);
    let mut text = Vec::with_capacity(records.outcomes.len() * 400);
    for place in 0..records.outcomes.len() {
        if !played.selected[place] || !wanted(participants.people.agents[place]) {
            continue;
        }
        let traits = participants.traits_of(place);
        let person = PersonRow {
            played,
            place,
            name: &name,
            traits,
            scales: participants.filled_in(place),
            gains: participants.gains_of(place),
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

//! `people.csv`: one row for each person and condition.

use super::decimal::{push_decimal, push_whole};
use crate::document::Choice;
use crate::engine::Gains;
use crate::engine::measured::measured;
use crate::engine::records::{Column, Outcome};
use crate::engine::run::Played;
use crate::engine::tally::amount;
use crate::model::agent::Trait;
use crate::model::situation::HelpKind;
use crate::population::Population;
use crate::registry::Measure;
use crate::scenario::{Scenario, Unit};

/// How many people of each condition get a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum People {
    /// Everybody.
    All,
    /// The first so many of each condition, replicates one after the other.
    First(u64),
}

/// The states at the decision, and the readings after the scene, that a row carries.
pub(super) const STATES: [Column; 15] = [
    Column::Attention,
    Column::AffectiveSharing,
    Column::PerspectiveTaking,
    Column::Reappraisal,
    Column::PersonalDistress,
    Column::Compassion,
    Column::Indignation,
    Column::Help,
    Column::Leave,
    Column::Accuracy,
    Column::ResidualArousal,
    Column::NegativeAffect,
    Column::PositiveAffect,
    Column::EmpathyRating,
    Column::TheoryOfMind,
];

/// Names of the questionnaire scales, in the order of a row.
pub(super) const SCALES: [&str; 6] = [
    "iri_fs",
    "iri_pt",
    "iri_ec",
    "iri_pd",
    "erq_reappraisal",
    "erq_suppression",
];

impl People {
    /// How many rows each condition gets, of so many people.
    pub fn rows_of(self, people: u64) -> u64 {
        match self {
            Self::All => people,
            Self::First(count) => count.min(people),
        }
    }
}

/// The name of a state in a row: states that share their name with a trait say that they are states.
pub(super) fn state_name(column: Column) -> String {
    match Trait::from_key(column.key()) {
        Some(_) => format!("{}_state", column.key()),
        None => column.key().to_owned(),
    }
}

/// Whether rows carry what weeks or encounters in a row have left behind: where they lie around the scene of some condition.
pub fn has_weeks(scenario: &Scenario) -> bool {
    scenario.conditions.iter().any(|it| !it.protocol.is_single())
}

/// What people show of themselves and of their slow states in such rows, in their order: at the moment that stands for the whole.
pub(super) fn lived_measures() -> impl Iterator<Item = Measure> {
    std::iter::once(Measure::SelfReportedCompassion)
        .chain(Measure::ALL.into_iter().filter(|measure| measure.is_of_slow_states()))
}

/// The name of such a measure in a row: low mood shares its name with a trait.
pub(super) fn lived_name(measure: Measure) -> String {
    match Trait::from_key(measure.word()) {
        Some(_) => format!("{}_rated", measure.word()),
        None => measure.word().to_owned(),
    }
}

/// The first line, with its line break.
pub fn header(has_weeks: bool) -> Vec<u8> {
    let mut names: Vec<String> = ["condition", "agent", "replicate", "group"].map(str::to_owned).to_vec();
    names.extend(Trait::ALL.iter().map(|it| it.key().to_owned()));
    names.extend(SCALES.map(str::to_owned));
    names.extend(["outcome", "latency_s"].map(str::to_owned));
    names.extend(STATES.map(state_name));
    names.extend(["amount", "hours_practised"].map(str::to_owned));
    names.extend(Trait::ALL.iter().map(|it| format!("gain_{}", it.key())));
    if has_weeks {
        names.extend(lived_measures().map(lived_name));
    }
    let mut line = names.join(",").into_bytes();
    line.push(b'\n');
    line
}

/// The rows of the people of one condition in one block, of `agents` people in a replicate; people who are not counted have none.
pub fn rows(played: &Played, agents: u32, people: People, has_weeks: bool) -> Vec<u8> {
    let (cast, records, condition) = (played.cast, played.records, played.condition);
    let before = u64::from(cast.replicate) * u64::from(agents);
    let wanted = |agent: u32| match people {
        People::All => true,
        People::First(count) => before + u64::from(agent) < count,
    };
    let name = quoted(&condition.name);
    let same_gains = match &cast.trained.gains {
        Gains::Same(gains) => Some(gains_as_cells(gains)),
        Gains::Each(_) => None,
    };
    let column = |it: Column| records.column(it);
    let mut text = Vec::with_capacity(records.outcomes.len() * 400);
    for (place, outcome) in records.outcomes.iter().enumerate() {
        let agent = cast.people.agents[place];
        if !played.selected[place] || !wanted(agent) {
            continue;
        }
        text.extend_from_slice(&name);
        text.push(b',');
        push_whole(&mut text, u64::from(agent), 1);
        text.push(b',');
        push_whole(&mut text, u64::from(cast.replicate), 1);
        text.push(b',');
        if let Unit::Group(size) = condition.unit {
            push_whole(&mut text, u64::from(agent / size), 1);
        }
        let traits = cast.traits_of(place);
        for z in traits {
            push_cell(&mut text, z, 3);
        }
        let scales = cast.people.scales(Population::norm(), place, traits);
        let scales = [
            scales.iri_fs,
            scales.iri_pt,
            scales.iri_ec,
            scales.iri_pd,
            scales.erq_reappraisal,
            scales.erq_suppression,
        ];
        for score in scales {
            push_cell(&mut text, score, 2);
        }
        text.push(b',');
        text.extend_from_slice(outcome.key().as_bytes());
        text.push(b',');
        // Who never decided has no time of decision.
        if *outcome != Outcome::Undecided {
            push_decimal(&mut text, f64::from(column(Column::LatencyS)[place]), 2);
        }
        for state in STATES {
            push_cell(&mut text, f64::from(column(state)[place]), 4);
        }
        text.push(b',');
        if condition.situation.help == HelpKind::Graded {
            push_decimal(&mut text, amount(condition, column(Column::Help)[place]), 4);
        }
        push_cell(&mut text, cast.trained.hours.get(place).copied().unwrap_or_default(), 2);
        match &same_gains {
            Some(cells) => text.extend_from_slice(cells),
            None => text.extend_from_slice(&gains_as_cells(&cast.gains_of(place))),
        }
        if has_weeks {
            push_lived(&mut text, played, place);
        }
        text.push(b'\n');
    }
    text
}

/// What a person shows of themselves and of their slow states; empty cells where no weeks lie around the scene.
fn push_lived(text: &mut Vec<u8>, played: &Played, place: usize) {
    let (cast, records, condition) = (played.cast, played.records, played.condition);
    for measure in lived_measures() {
        text.push(b',');
        if let (true, Some(value)) = (
            cast.living.is_some(),
            measured(condition, cast, records, measure, place),
        ) {
            push_decimal(text, value, 4);
        }
    }
}

fn gains_as_cells(gains: &[f64; Trait::COUNT]) -> Vec<u8> {
    let mut cells = Vec::new();
    for gain in gains {
        push_cell(&mut cells, *gain, 4);
    }
    cells
}

fn push_cell(text: &mut Vec<u8>, value: f64, places: u32) {
    text.push(b',');
    push_decimal(text, value, places);
}

/// A name as a cell: in quotes where it would break the table.
pub(super) fn quoted(name: &str) -> Vec<u8> {
    if name.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", name.replace('"', "\"\"")).into_bytes()
    } else {
        name.as_bytes().to_vec()
    }
}

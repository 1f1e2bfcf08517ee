//! The brain as a reading: how much more the processes that an article ties to a region are at work in one condition than in another.
//!
//! Read out, never wired in: nothing else reads `model/neural.toml`, and no process knows a region. As in a scanner, everybody watches the
//! scene to its end and nobody can act, so that how soon somebody decides does not enter.
//!
//! ```text
//! reading = mean over the region's processes of (mean in the treatment − mean in the control) / SD of both between people
//! ```
//!
//! # Source
//!
//! `mascaro2015` for the regions, with the studies that it names; the scale is an assumption.

use crate::document::Choice;
use crate::engine::block::Participants;
use crate::engine::life;
use crate::engine::records::{Column, Records};
use crate::engine::run::Experiment;
use crate::model::agent::Trait;
use crate::model::situation::HelpKind;
use crate::scenario::{Condition, Direction, Unit};
use crate::statistics::{Moments, pooled_sd};
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;

/// The table that ships with the program.
pub const TABLE: &str = include_str!("model/neural.toml");

/// People in whom the processes are read, at most.
const PEOPLE: u32 = 1_000;

/// A process of the model to which regions are tied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Process {
    /// Attention to the one in need.
    Attention,
    /// Reading the expression.
    MotorResonance,
    /// Vicarious negative affect.
    AffectiveSharing,
    /// Understanding reached by mentalizing.
    PerspectiveTaking,
    /// Keeping apart whose pain it is.
    SelfOtherDistinction,
    /// Reappraisal at work.
    Reappraisal,
    /// The self-focused aversive state.
    PersonalDistress,
    /// The other-focused warm state.
    Compassion,
}

impl Process {
    /// Number of processes.
    pub const COUNT: usize = 8;

    /// Every process.
    pub const ALL: [Self; Self::COUNT] = [
        Self::Attention,
        Self::MotorResonance,
        Self::AffectiveSharing,
        Self::PerspectiveTaking,
        Self::SelfOtherDistinction,
        Self::Reappraisal,
        Self::PersonalDistress,
        Self::Compassion,
    ];

    /// How much it is at work in the person at a place, at the end of the scene.
    fn of(self, participants: &Participants, records: &Records, person: usize) -> f64 {
        let state = |column| f64::from(records.column(column)[person]);
        match self {
            Self::Attention => state(Column::Attention),
            // What accuracy has beside understanding: accuracy = 1 − exp(−(resonance + understanding)).
            Self::MotorResonance => {
                -libm::log(1.0 - state(Column::Accuracy).min(1.0 - f64::from(f32::EPSILON)))
                    - state(Column::PerspectiveTaking)
            }
            Self::AffectiveSharing => state(Column::AffectiveSharing),
            Self::PerspectiveTaking => state(Column::PerspectiveTaking),
            Self::SelfOtherDistinction => participants.trained_traits_of(person)[Trait::SelfOtherDistinction as usize],
            Self::Reappraisal => state(Column::Reappraisal),
            Self::PersonalDistress => state(Column::PersonalDistress),
            Self::Compassion => state(Column::Compassion),
        }
    }
}

/// A region of the brain, and what it is tied to.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Region {
    /// Name in files.
    pub key: String,
    /// Name as it is written.
    pub name: String,
    /// What the article says of it.
    pub says: String,
    /// The processes of the model to which it is tied.
    pub processes: Vec<Process>,
    /// Key of `literature.bib`.
    pub source: String,
    /// What studies saw after training.
    pub trained: Vec<Trained>,
}

/// What a study saw in a region after training.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trained {
    /// The program of the model.
    pub program: String,
    /// The direction.
    pub direction: Seen,
    /// Key of `literature.bib`.
    pub study: String,
}

/// A direction as the table writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seen {
    /// More activity.
    Rises,
    /// Less activity.
    Falls,
    /// No change.
    Unchanged,
}

impl Seen {
    /// The word of scenario files for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Rises => Direction::Rises.word(),
            Self::Falls => Direction::Falls.word(),
            Self::Unchanged => Direction::Unchanged.word(),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Regions {
    region: Vec<Region>,
}

/// The regions, in the order of the table.
///
/// # Panics
///
/// If the table that the program was built with is damaged, which a test excludes.
pub fn regions() -> &'static [Region] {
    static REGIONS: OnceLock<Vec<Region>> = OnceLock::new();
    REGIONS.get_or_init(|| {
        let read: Regions = toml::from_str(TABLE).expect("neural.toml was tested");
        read.region
    })
}

/// What the same people do in a scanner: each process, person by person.
#[derive(Debug, Clone, PartialEq)]
pub struct Scan {
    /// By process, in the order of [`Process::ALL`].
    values: Vec<Vec<f64>>,
    tendency_to_help: Vec<f64>,
}

impl Scan {
    /// The first people of a run while they watch the scene of a condition to its end, alone.
    pub fn of(experiment: &Experiment, condition: &Condition) -> Self {
        let world = &experiment.world();
        let count = PEOPLE.min(experiment.scenario.run.agents);
        let watching = Condition {
            unit: Unit::Person,
            select: None,
            ..condition.clone()
        };
        let people = world.people(0, 0, count as usize);
        let participants = Participants::new(world, &watching, 0, &people, people.count, count);
        let participants = life::arrive(world, &watching, participants, &experiment.norm.usual);
        let mut scanned = watching.clone();
        // Where help is a quantity nothing is decided before the end.
        scanned.situation.help = HelpKind::Graded;
        let records = participants.meet(world, &scanned);
        let everybody = 0..records.outcomes.len();
        Self {
            tendency_to_help: records.column(Column::Help).iter().map(|it| f64::from(*it)).collect(),
            values: Process::ALL
                .iter()
                .map(|process| {
                    everybody
                        .clone()
                        .map(|person| process.of(&participants, &records, person))
                        .collect()
                })
                .collect(),
        }
    }

    /// How much a process is at work, person by person.
    pub fn process(&self, process: Process) -> &[f64] {
        &self.values[process as usize]
    }

    /// The tendency to help at the end of the scene, person by person: what is given where help is a quantity.
    pub fn tendency_to_help(&self) -> &[f64] {
        &self.tendency_to_help
    }

    /// How much the processes of a region are at work in each person: the mean of their standard scores within the scan.
    pub fn region(&self, region: &Region) -> Vec<f64> {
        let scores: Vec<Vec<f64>> = region.processes.iter().map(|it| standard(self.process(*it))).collect();
        (0..self.values[0].len())
            .map(|person| scores.iter().map(|it| it[person]).sum::<f64>() / scores.len() as f64)
            .collect()
    }

    /// How much more a process is at work here than in another scan, in SD between people; none where nobody differs from anybody.
    pub fn more_than(&self, control: &Self, process: Process) -> Option<f64> {
        let [here, there] = [self, control].map(|it| it.process(process).iter().copied().collect::<Moments>());
        let sd = pooled_sd(&here, &there)?;
        Some((here.mean() - there.mean()) / sd)
    }

    /// The reading of a region: how much more its processes are at work here than in another scan; none where none of them differs between people.
    pub fn reading(&self, control: &Self, region: &Region) -> Option<f64> {
        let all: Vec<f64> = region
            .processes
            .iter()
            .filter_map(|it| self.more_than(control, *it))
            .collect();
        (!all.is_empty()).then(|| all.iter().sum::<f64>() / all.len() as f64)
    }
}

/// Standard scores; all 0 where nobody differs.
fn standard(values: &[f64]) -> Vec<f64> {
    let moments: Moments = values.iter().copied().collect();
    let sd = moments.sd().filter(|it| *it > 0.0).unwrap_or(f64::INFINITY);
    values.iter().map(|it| (it - moments.mean()) / sd).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_region_names_processes_and_sources_that_there_are() {
        let bibliography = include_str!("../scenarios/literature.bib");
        let known = |key: &str| bibliography.contains(&format!("{{{key},"));
        let mut keys: Vec<&str> = regions().iter().map(|it| it.key.as_str()).collect();
        for it in regions() {
            assert!(!it.processes.is_empty() && known(&it.source), "{}", it.key);
            for trained in &it.trained {
                assert!(known(&trained.study), "{}: {}", it.key, trained.study);
                assert!(
                    crate::programs::builtin()
                        .iter()
                        .any(|program| program.name == trained.program),
                    "{}: {}",
                    it.key,
                    trained.program
                );
            }
        }
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), regions().len());
        assert!(Process::ALL.iter().enumerate().all(|(place, it)| *it as usize == place));
    }

    #[test]
    fn a_scan_read_against_itself_shows_nothing() {
        let scenario = crate::engine::test_scenario(&["only"]);
        let parameters = crate::parameters::shipped();
        let experiment = Experiment::new(&scenario, &parameters);
        let scan = Scan::of(&experiment, &scenario.conditions[0]);
        for region in regions() {
            assert_eq!(scan.reading(&scan, region), Some(0.0), "{}", region.key);
        }
    }
}

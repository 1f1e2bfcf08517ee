//! Scenario files: TOML in, a checked [`Scenario`] out, after which there is nothing left to check.
//!
//! [`read`] is pure; [`load`] reads the file, `literature.bib` and the arguments of `--set` for it.
//! What may stand in a file is written once, in [`keys`]; reader, reference, schema and template
//! follow from there.

mod choice;
mod community;
mod community_write;
mod describe;
mod exchange;
pub mod keys;
#[cfg(feature = "files")]
mod load;
mod overrides;
mod protocol;
mod read;
mod reference;
mod schema;
mod study_design;
mod target;
mod template;
mod vary;
mod write;

pub use community::{Community, Layer, Need, TrainedShare, Who};
pub use describe::describe;
pub use exchange::{Exchange, Length, Partner};
#[cfg(feature = "files")]
pub use load::{LoadError, Loaded, load};
pub use protocol::{Exposures, Protocol, Timeline};
pub use read::{files_named, read, read_at_a_point};
pub use reference::{names, reference};
pub use schema::schema;
pub use study_design::{Attrition, Clusters, StudyDesign, Subjects};
pub use target::{KeyError, Target};
pub use template::{community_template, exchange_template, template};
pub use vary::Vary;
pub use write::to_toml;

use crate::model::agent::PopulationShift;
use crate::model::mechanism::Knockout;
use crate::model::situation::{HelpKind, Situation};
use crate::model::training::{Practice, Program};
use crate::registry::{Gifts, Measure, Source};
use crate::statistics::Count;
use serde::{Deserialize, Serialize};

/// A checked scenario: one question, one population, some conditions.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// What the charts are headed with.
    pub title: String,
    /// The question the scenario asks.
    pub question: String,
    /// Key into `literature.bib`.
    pub citation: Option<String>,
    /// Seed and numbers of people.
    pub run: Run,
    /// The conditions, in the order of the file; never empty, names distinct.
    pub conditions: Vec<Condition>,
    /// Published or claimed differences between conditions.
    pub contrasts: Vec<Contrast>,
    /// How real people would be studied.
    pub study: StudyDesign,
    /// The key that the answer is drawn over.
    pub vary: Option<Vary>,
    /// The built-in programs followed by the file's own, of which one may have the name of a built-in program and is then meant by it.
    pub programs: Vec<Program>,
    /// How many of `programs` are built in.
    pub built_in_programs: usize,
}

impl Scenario {
    /// Whether people live in communities.
    pub fn has_community(&self) -> bool {
        let mut conditions = self.conditions.iter();
        conditions.any(|condition| condition.protocol.community.is_some())
    }

    /// Whether people exchange round after round.
    pub fn has_exchange(&self) -> bool {
        let mut conditions = self.conditions.iter();
        conditions.any(|condition| condition.protocol.exchange.is_some())
    }

    /// In which conditions help is a quantity.
    pub fn gifts(&self) -> Gifts {
        let graded = self.conditions.iter().filter(|condition| condition.is_graded());
        match graded.count() {
            0 => Gifts::Nowhere,
            all if all == self.conditions.len() => Gifts::Everywhere,
            _ => Gifts::Somewhere,
        }
    }

    /// The programs that the file defines or changes.
    pub fn own_programs(&self) -> &[Program] {
        self.programs.get(self.built_in_programs..).unwrap_or_default()
    }

    /// The built-in program that one of the file's own changes.
    pub fn changed_program(&self, own: &Program) -> Option<&Program> {
        let mut built_in = self.programs.iter().take(self.built_in_programs);
        built_in.find(|it| it.name == own.name)
    }
}

/// Seed and numbers of people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Run {
    /// Seed of everything random.
    pub seed: u64,
    /// People per condition and replicate.
    pub agents: u32,
    /// Fresh populations.
    pub replicates: u32,
}

/// One condition, with everything it inherits already merged in.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// Name, unique in the file.
    pub name: String,
    /// How charts and tables cross the conditions: factor and level.
    pub factors: Vec<(String, String)>,
    /// The scene.
    pub situation: Situation,
    /// Who there is.
    pub population: PopulationShift,
    /// Practice before the scene, in order.
    pub training: Vec<Practice>,
    /// What is switched off.
    pub knockout: Knockout,
    /// Whether a person or a group is counted; `Group` holds the size, at least 2.
    pub unit: Unit,
    /// Only people in whom this feeling prevails at the decision are counted.
    pub select: Option<Dominant>,
    /// What people did: counted at most once, and the mean of a measure at most once.
    pub observed: Vec<Observed>,
    /// What happens around the scene.
    pub protocol: Protocol,
}

impl Condition {
    /// Whether help is a quantity.
    pub fn is_graded(&self) -> bool {
        self.situation.help == HelpKind::Graded
    }

    /// The bounds of what one encounter shows on a measure; none if it has none.
    pub fn bounds(&self, measure: Measure) -> Option<[f64; 2]> {
        match measure.source() {
            Source::Amount => Some([0.0, self.situation.endowment]),
            Source::Latency => Some([0.0, self.situation.window_s]),
            Source::State(_) => measure.bounds(),
            Source::Outcome(_) | Source::SlowStates(_) | Source::SelfReport | Source::Questionnaire(_) => None,
        }
    }

    /// How many of how many helped, if it was counted.
    pub fn observed_count(&self) -> Option<Count> {
        self.observed.iter().find_map(Observed::count)
    }

    /// The mean of a measure, if it was observed.
    pub fn observed_mean(&self, measure: Measure) -> Option<&ObservedMean> {
        let mut means = self.observed.iter().filter_map(Observed::mean);
        means.find(|mean| mean.measure == measure)
    }
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unit {
    /// A person.
    Person,
    /// A group of this many witnesses; it helped if at least one of them did.
    Group(u32),
}

impl Unit {
    /// People who are counted as one.
    pub const fn size(self) -> u32 {
        match self {
            Self::Person => 1,
            Self::Group(size) => size,
        }
    }
}

/// The feeling that prevails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Dominant {
    /// Personal distress exceeds compassion.
    PersonalDistress,
    /// Compassion exceeds personal distress.
    EmpathicConcern,
}

/// What people did in a condition.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Observed {
    /// So many of so many helped.
    Helped {
        /// How many helped.
        helped: u32,
        /// Of how many.
        of: u32,
    },
    /// A mean on some measure.
    Mean(ObservedMean),
}

impl Observed {
    /// How many of how many helped, if this is a count.
    pub fn count(&self) -> Option<Count> {
        match *self {
            Self::Helped { helped, of } => Some(Count {
                successes: u64::from(helped),
                trials: u64::from(of),
            }),
            Self::Mean(_) => None,
        }
    }

    /// The mean, if this is one.
    pub fn mean(&self) -> Option<&ObservedMean> {
        match self {
            Self::Helped { .. } => None,
            Self::Mean(mean) => Some(mean),
        }
    }
}

/// The mean of a measure over the people of a condition.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ObservedMean {
    /// Which measure.
    pub measure: Measure,
    /// Mean in the measure's unit.
    pub mean: f64,
    /// Standard deviation between people.
    pub sd: Option<f64>,
    /// Number of people.
    pub n: Option<u32>,
    /// Whether a calibration counts it.
    #[serde(skip)]
    pub calibrate: bool,
}

impl ObservedMean {
    /// The standard error, where spread and number are known.
    pub fn standard_error(&self) -> Option<f64> {
        let (sd, n) = self.sd.zip(self.n)?;
        Some(sd / f64::from(n).sqrt())
    }

    /// The mean as a share of the way between two bounds, of as many trials as make it as sure as it is; none if that is not known.
    ///
    /// ```text
    /// p = (mean − low) / (high − low),     n = p (1 − p) / e²,     e = standard error / (high − low)
    /// ```
    ///
    /// This is quasi-likelihood: a share of so many trials has the mean and the standard error that were published.
    pub fn as_share(&self, [low, high]: [f64; 2]) -> Option<Count> {
        let error = self.standard_error().filter(|error| *error > 0.0)? / (high - low);
        let share = (self.mean - low) / (high - low);
        if !(share > 0.0 && share < 1.0) {
            return None;
        }
        let trials = (share * (1.0 - share) / (error * error)).clamp(1.0, 1e9);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 0 and 10⁹"
        )]
        let whole = |number: f64| number.round() as u64;
        Some(Count {
            successes: whole(share * trials),
            trials: whole(trials),
        })
    }
}

/// A published or claimed difference between two conditions (indices into `conditions`).
#[derive(Debug, Clone, PartialEq)]
pub struct Contrast {
    /// The condition that is expected to differ.
    pub treatment: usize,
    /// The condition it is compared with.
    pub control: usize,
    /// On which measure.
    pub measure: Measure,
    /// When the treatment is measured, in weeks of the timeline; the measurement that stands for the whole if nothing is said.
    pub week: Option<f64>,
    /// When the control is measured, if not in the same week.
    pub from_week: Option<f64>,
    /// What was found or is claimed; nothing where the file only asks.
    pub observed: ObservedContrast,
}

impl ObservedContrast {
    /// Whether anything is said to have been found.
    pub fn makes_claim(&self) -> bool {
        *self != Self::default()
    }
}

#[cfg(test)]
impl Contrast {
    /// A contrast that only asks, in the measurement that stands for the whole.
    pub fn asking(treatment: usize, control: usize, measure: Measure) -> Self {
        Self {
            treatment,
            control,
            measure,
            week: None,
            from_week: None,
            observed: ObservedContrast::default(),
        }
    }
}

/// What a contrast reports; no field is there where the file only asks.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Default)]
pub struct ObservedContrast {
    /// Direction.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
    /// Standardised mean difference.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub d: Option<f64>,
    /// Its standard error.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub se: Option<f64>,
    /// Ratio of the two means or rates.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ratio: Option<f64>,
    /// Lower limit of the ratio.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub low: Option<f64>,
    /// Upper limit of the ratio.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub high: Option<f64>,
    /// Correlation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r: Option<f64>,
    /// Number of people behind it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub n: Option<u32>,
}

/// Direction of a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// The treatment is higher.
    Rises,
    /// The treatment is lower.
    Falls,
    /// Hardly any difference.
    Unchanged,
}

impl Default for Run {
    /// Seed 1, ten thousand people, one population.
    fn default() -> Self {
        Self {
            seed: 1,
            agents: 10_000,
            replicates: 1,
        }
    }
}

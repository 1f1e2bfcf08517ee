//! The built-in training programs: read once from `model/training/programs.toml`, with their sources.
//!
//! The psychology knows only [`Program`]; this module knows the file, and who says what.

use std::sync::OnceLock;

use crate::model::agent::Trait;
use crate::model::training::{Effect, Program};

mod file;

pub use file::ProgramError;

/// The thirteen built-in programs, in the order of the contract.
///
/// # Panics
///
/// If the table that the program was built with is damaged, which a test excludes.
pub fn builtin() -> &'static [Program] {
    static BUILTIN: OnceLock<Vec<Program>> = OnceLock::new();
    BUILTIN.get_or_init(|| entries().iter().map(Entry::program).collect())
}

/// The same programs with the source of every number, for documentation.
///
/// # Panics
///
/// If the table that the program was built with is damaged, which a test excludes.
pub fn entries() -> &'static [Entry] {
    static ENTRIES: OnceLock<Vec<Entry>> = OnceLock::new();
    ENTRIES.get_or_init(|| file::parse(file::TABLE).expect("programs.toml was tested"))
}

/// A program and where its numbers come from.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Key, for instance `compassion`.
    pub name: String,
    /// Name for people.
    pub title: String,
    /// What it does to each trait, indexed by `Trait as usize`.
    pub traits: [Cell; Trait::COUNT],
    /// What a questionnaire of compassion or prosociality shows; moves no trait.
    pub self_report: Cell,
    /// Practised hours after which 63 % of each change is reached.
    pub hours_to_63_percent: Sourced,
    /// Weeks without practice after which half of each change is lost.
    pub half_life_weeks: Sourced,
    /// What an SD of being transported adds to the shift of affective sharing, where reading needs it.
    pub transportation: Option<Sourced>,
    /// People in need met in an hour of practice, where practice is among them.
    pub encounters_per_hour: Option<Sourced>,
}

impl Entry {
    /// What the model needs of it.
    fn program(&self) -> Program {
        Program {
            name: self.name.clone(),
            effects: std::array::from_fn(|it| self.traits[it].effect),
            hours_to_63_percent: self.hours_to_63_percent.value,
            self_report: self.self_report.effect,
            half_life_weeks: self.half_life_weeks.value,
            transportation: self.transportation.as_ref().map_or(0.0, |it| it.value),
            encounters_per_hour: self.encounters_per_hour.as_ref().map_or(0.0, |it| it.value),
        }
    }
}

/// What a program does to one trait, and who says so.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// The change; its shift is 0 just where `evidence` says why.
    pub effect: Effect,
    /// What is known.
    pub evidence: Evidence,
    /// Keys of `literature.bib`, or `assumption`; may be empty where nobody has reported anything.
    pub source: Vec<String>,
    /// What was found; may be empty where nobody has reported anything.
    pub note: String,
}

/// What is known about a program and a trait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// It changes; how well the direction is known. Sizes are choices.
    Moves(Standing),
    /// It stays, and why that is said.
    Stays(Zero),
}

/// How well the direction of a change is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Found, and read in a stored source.
    Verified,
    /// Claimed or hypothesised by the source without a measurement.
    Stated,
    /// Found, known from the literature without the page, with high confidence.
    MemoryHigh,
    /// Our own.
    Assumption,
}

/// Why a trait stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Zero {
    /// Nobody has reported on it, or nothing that tells the program from its control.
    NoEvidence,
    /// Looked for and not found.
    FoundUnchanged,
    /// Proposed, not tested.
    HypothesisOnly,
    /// Found, but it runs through states of the model.
    CarriedElsewhere,
    /// A control condition.
    ByDefinition,
}

/// A number with its source.
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sourced {
    /// The number.
    pub value: f64,
    /// Keys of `literature.bib`, or `assumption`.
    pub source: Vec<String>,
    /// Why this value.
    pub note: String,
}

#[cfg(test)]
mod tests;

//! Training programs as data: which trait each one moves, by how much and how early.

use crate::model::agent::Trait;
use serde::{Deserialize, Serialize};

pub mod learning;

/// What a program does to one trait.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Effect {
    /// Change at full dose, in SD of the single-encounter state.
    pub shift: f64,
    /// Whether the change comes early or late in practice.
    pub onset: Onset,
}

/// Whether a change comes early or late in practice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Onset {
    /// From the first hours.
    Early,
    /// Only with extensive practice.
    Late,
}

/// A training program.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Program {
    /// Key, for instance `compassion`.
    pub name: String,
    /// What it does to each trait, indexed by `Trait as usize`.
    pub effects: [Effect; Trait::COUNT],
    /// Practised hours after which 63 % of the change is reached.
    pub hours_to_63_percent: f64,
    /// Time without practice after which half of the change is lost, in weeks.
    pub half_life_weeks: f64,
}

/// An amount of one program, or of one of several by lot.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Practice {
    /// Index into the scenario's list of programs; several: each person gets one by lot.
    pub programs: Vec<usize>,
    /// Assigned hours.
    pub hours: f64,
    /// Weeks over which they are spread.
    pub weeks: f64,
}

//! Training programs as data: which trait each one moves, by how much and how early; and practice as a process in time.
//!
//! Start with [`learning`], then [`course`], which strings practices together.

use crate::model::agent::Trait;
use crate::model::situation::HelpKind;
use serde::{Deserialize, Serialize};

pub mod course;
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
    /// Only with extensive practice, and some days later: it is built on what comes early.
    Late,
}

/// A training program.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Program {
    /// Key, for instance `compassion`.
    pub name: String,
    /// What it does to each trait, indexed by `Trait as usize`.
    pub effects: [Effect; Trait::COUNT],
    /// What a questionnaire of compassion shows beside what the traits do, in its SD; moves no trait.
    pub self_report: Effect,
    /// Practised hours after which 63 % of the change is reached.
    pub hours_to_63_percent: f64,
    /// Time without practice after which half of the change is lost, in weeks.
    pub half_life_weeks: f64,
    /// What being transported by a story adds to the shift of affective sharing, for each SD of it; negative shifts come from readers who are not.
    pub transportation: f64,
    /// People in need met in an hour of practice, beside those of everyday life.
    pub encounters_per_hour: f64,
}

impl Program {
    /// A program that changes nothing, with the usual pace of learning and forgetting.
    pub fn without_effect(name: &str) -> Self {
        let none = Effect {
            shift: 0.0,
            onset: Onset::Early,
        };
        Self {
            name: name.to_owned(),
            effects: [none; Trait::COUNT],
            self_report: none,
            hours_to_63_percent: 7.0,
            half_life_weeks: 52.0,
            transportation: 0.0,
            encounters_per_hour: 0.0,
        }
    }

    /// Whether practising it changes anything.
    pub fn moves(&self) -> bool {
        let shifts = self.effects.iter().any(|it| it.shift != 0.0);
        shifts || self.self_report.shift != 0.0 || self.transportation != 0.0
    }
}

/// The share of a practised readiness to act that counts, by what helping is.
///
/// ```text
/// 1 where one has to rise and act, 0 where everybody is asked for an amount
/// ```
///
/// Practice takes away the habit of doing nothing. Who is asked how much to give cannot do nothing, so there is no such habit to lose. What
/// people bring of readiness, and what the day makes of it, count in both: there it is how freely one gives.
///
/// # Source
///
/// `berry2020`: mindfulness without ethics moves compassionate helping and not generosity; `boeckler2018`: giving does not rise after the
/// module Presence. That this is the reason is an assumption; the size of the shift stands in the table of programs.
pub fn readiness_counts(help: HelpKind) -> f64 {
    match help {
        HelpKind::YesNo => 1.0,
        HelpKind::Graded => 0.0,
    }
}

/// An amount of one program, or of one of several by lot.
#[derive(Debug, Clone, PartialEq)]
pub struct Practice {
    /// Index into the scenario's list of programs; several: each person gets one by lot.
    pub programs: Vec<usize>,
    /// Assigned hours.
    pub hours: f64,
    /// Weeks over which they are spread.
    pub weeks: f64,
    /// How much more than usually people are transported, in SD; matters for reading only.
    pub transportation: f64,
}

/// Weeks from the first hour of practice to the last.
pub fn weeks_in_all(practices: &[Practice]) -> f64 {
    practices.iter().map(|it| it.weeks).sum()
}

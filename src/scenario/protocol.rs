//! What happens around the scene of a condition: weeks with measurements, and encounters in a row.

use super::{Community, Condition, Exchange};
use crate::model::situation::Situation;
use crate::model::training::weeks_in_all;

/// Weeks and encounters around the scene; empty for a single encounter.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Protocol {
    /// Weeks with measurements.
    pub timeline: Option<Timeline>,
    /// Encounters in a row before the scene.
    pub exposures: Option<Exposures>,
    /// How much more connectedness the network gives from the first week on than it did before, in SD.
    pub network: f64,
    /// Who knows whom and what happens among them, where people are not by themselves.
    pub community: Option<Community>,
    /// Rounds of giving and taking, each of which is the scene.
    pub exchange: Option<Exchange>,
}

/// Weeks with measurements, counted from the beginning of the first practice.
#[derive(Debug, Clone, PartialEq)]
pub struct Timeline {
    /// Weeks of the study, follow-ups not counted.
    pub weeks: f64,
    /// When the scene is met, in weeks, rising; later than `weeks`: follow-ups.
    pub measure_at: Vec<f64>,
}

/// Encounters in a row, before the scene of the condition.
#[derive(Debug, Clone, PartialEq)]
pub struct Exposures {
    /// How many.
    pub count: u32,
    /// From one to the next, and from the last to the scene, in hours.
    pub spacing_hours: f64,
    /// What is met.
    pub situation: Situation,
}

impl Protocol {
    /// Whether there are neither weeks nor encounters around the scene.
    pub fn is_single(&self) -> bool {
        self.timeline.is_none() && self.exposures.is_none()
    }

    /// Whether people are seen at several moments.
    pub fn has_course(&self) -> bool {
        !self.is_single() || self.exchange.is_some()
    }
}

impl Timeline {
    /// Which measurement stands for the whole where only one can: the last that is no follow-up, or else the first.
    pub fn main(&self) -> usize {
        self.measure_at
            .iter()
            .rposition(|it| *it <= self.weeks)
            .unwrap_or_default()
    }

    /// Which measurement is taken in a week.
    pub fn measured_in(&self, week: f64) -> Option<usize> {
        self.measure_at.iter().position(|it| *it == week)
    }
}

impl Condition {
    /// When the scene is met, in weeks since the first practice began: as the timeline says, or right after the last practice.
    pub fn measured_at(&self) -> Vec<f64> {
        match &self.protocol.timeline {
            Some(it) => it.measure_at.clone(),
            None => vec![weeks_in_all(&self.training)],
        }
    }

    /// Which of [`Condition::measured_at`] stands for the whole.
    pub fn main_measurement(&self) -> usize {
        self.protocol.timeline.as_ref().map_or(0, Timeline::main)
    }
}

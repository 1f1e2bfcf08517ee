//! A condition at a moment of its course.

use super::life::{self, moments};
use super::tally::Tally;
use crate::scenario::Scenario;
use serde::{Deserialize, Serialize};

/// A condition at a moment of its course.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// Index of the condition.
    pub condition: usize,
    /// Index of the moment.
    pub moment: usize,
}

impl Place {
    /// A condition in a week of its timeline; at the moment that stands for the whole where no week is given.
    pub fn new(scenario: &Scenario, condition: usize, week: Option<f64>) -> Self {
        let of = &scenario.conditions[condition];
        let timeline = of.protocol.timeline.as_ref();
        let measured = timeline.zip(week).and_then(|(it, week)| it.measured_in(week));
        Self {
            condition,
            moment: measured.unwrap_or_else(|| life::main(of)),
        }
    }

    /// Its tally, of all conditions' tallies.
    pub fn tally(self, tallies: &[Tally]) -> &Tally {
        let whole = &tallies[self.condition];
        whole.course.get(self.moment).unwrap_or(whole)
    }

    /// Whether this is the moment that stands for the whole.
    pub fn is_main(self, scenario: &Scenario) -> bool {
        Self::new(scenario, self.condition, None) == self
    }

    /// The week of it, where the condition has weeks.
    pub fn week(self, scenario: &Scenario) -> Option<f64> {
        let condition = &scenario.conditions[self.condition];
        let moment = moments(condition)[self.moment];
        condition.protocol.timeline.as_ref().map(|_| moment.week)
    }
}

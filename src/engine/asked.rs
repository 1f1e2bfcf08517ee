//! What a contrast of a file asks about: a measure, at moments of two conditions.

use super::life::{self, moments};
use super::tally::Tally;
use crate::registry::Measure;
use crate::scenario::{Contrast, Scenario};

/// A condition at a moment of its course.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Index of the condition.
    pub condition: usize,
    /// Index of the moment.
    pub moment: usize,
}

/// A difference in a measure, treatment minus control.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// On which measure.
    pub measure: Measure,
    /// Where it is expected to differ.
    pub treatment: Place,
    /// Where it is compared with.
    pub control: Place,
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

impl Asked {
    /// What a contrast compares.
    pub fn new(scenario: &Scenario, contrast: &Contrast) -> Self {
        Self {
            measure: contrast.measure,
            treatment: Place::new(scenario, contrast.treatment, contrast.week),
            control: Place::new(scenario, contrast.control, contrast.from_week.or(contrast.week)),
        }
    }

    /// Whether both are taken at the same moment.
    pub fn at_one_moment(&self) -> bool {
        self.treatment.moment == self.control.moment
    }

    /// Whether this is the same question, whichever side is compared with the other.
    pub fn is_about(&self, other: &Self) -> bool {
        let places = [other.treatment, other.control];
        self.measure == other.measure && places.contains(&self.treatment) && places.contains(&self.control)
    }

    /// The weeks of treatment and control, where they have weeks and are not simply those that stand for the whole.
    pub fn weeks(&self, scenario: &Scenario) -> [Option<f64>; 2] {
        [self.treatment, self.control].map(|it| it.week(scenario))
    }
}

//! What is asked about two conditions: on which measure, and when it is taken in either.

use super::Pair;
use super::measured::{everybody_has, is_share};
use crate::engine::life::{self, moments};
use crate::engine::tally::Tally;
use crate::scenario::{Contrast, Measure, Scenario};

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

    /// What the file's first contrast between these two conditions asks about, whichever it compares with the other; helping where there is none.
    ///
    /// Contrasts on what not everybody has are passed over.
    pub fn about(scenario: &Scenario, pair: Pair) -> Self {
        let of_both = |it: &&Contrast| {
            let named = Pair {
                treatment: it.treatment,
                control: it.control,
            };
            let has = |condition: usize| everybody_has(it.measure, &scenario.conditions[condition]);
            named.is_of(pair) && has(it.treatment) && has(it.control)
        };
        let Some(contrast) = scenario.contrasts.iter().find(of_both) else {
            return Self {
                measure: Measure::Helped,
                treatment: Place::new(scenario, pair.treatment, None),
                control: Place::new(scenario, pair.control, None),
            };
        };
        let asked = Self::new(scenario, contrast);
        if contrast.treatment == pair.treatment {
            return asked;
        }
        Self {
            treatment: asked.control,
            control: asked.treatment,
            ..asked
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

    /// Whether helping is asked about, at the moments that stand for the whole.
    pub fn is_usual(&self, scenario: &Scenario) -> bool {
        self.measure == Measure::Helped && self.treatment.is_main(scenario) && self.control.is_main(scenario)
    }

    /// Whether a yes or no is asked about.
    pub fn is_share(&self) -> bool {
        is_share(self.measure)
    }

    /// The weeks of treatment and control, where they have weeks and are not simply those that stand for the whole.
    pub fn weeks(&self, scenario: &Scenario) -> [Option<f64>; 2] {
        [self.treatment, self.control].map(|it| it.week(scenario))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::test_scenario;
    use crate::scenario::ObservedContrast;

    #[test]
    fn the_first_contrast_of_a_pair_says_what_is_asked_whichever_way_it_looks() {
        let mut scenario = test_scenario(&["usual", "warm", "empathic"]);
        let contrast = |treatment, control, measure| Contrast {
            treatment,
            control,
            measure,
            week: None,
            from_week: None,
            observed: ObservedContrast::default(),
        };
        scenario.contrasts = vec![
            contrast(1, 0, Measure::Latency),
            contrast(1, 0, Measure::Burnout),
            contrast(0, 1, Measure::Compassion),
            contrast(1, 0, Measure::Helped),
        ];
        let about = |treatment, control| Asked::about(&scenario, Pair { treatment, control });
        let asked = about(1, 0);
        assert_eq!(
            asked.measure,
            Measure::Compassion,
            "not everybody has a latency, and no weeks no burnout"
        );
        assert_eq!((asked.treatment.condition, asked.control.condition), (1, 0));
        assert!(!asked.is_usual(&scenario));
        assert!(about(2, 0).is_usual(&scenario));
    }
}

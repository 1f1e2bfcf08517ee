//! What is asked about two conditions: on which measure, and when it is taken in either.

pub use crate::engine::asked::{Asked, Place};

use super::Pair;
use super::measured::{everybody_has, is_share};
use crate::scenario::{Contrast, Measure, Scenario};

impl Asked {
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

    /// Whether helping is asked about, at the moments that stand for the whole.
    pub fn is_usual(&self, scenario: &Scenario) -> bool {
        self.measure == Measure::Helped && self.treatment.is_main(scenario) && self.control.is_main(scenario)
    }

    /// Whether a yes or no is asked about.
    pub fn is_share(&self) -> bool {
        is_share(self.measure)
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

//! What is asked about two conditions: on which measure, and when it is taken in either.

pub use crate::engine::asked::{Asked, Place};

use super::Pair;
use super::measured::everybody_has;
use crate::registry::Measure;
use crate::scenario::{Contrast, Scenario};

impl Asked {
    /// What the file's first contrast between these two conditions asks about, whichever it compares with the other; helping where there is none.
    ///
    /// Contrasts on what not everybody has are passed over.
    pub fn about(scenario: &Scenario, pair: Pair) -> Self {
        let Some(contrast) = first_contrast(scenario, pair) else {
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
        self.measure.is_share()
    }
}

impl Pair {
    /// The pair as the file's first contrast between the two conditions looks at it, where that is not about helping.
    pub fn as_asked(self, scenario: &Scenario) -> Self {
        match first_contrast(scenario, self) {
            Some(it) if !Asked::about(scenario, self).is_usual(scenario) => Self {
                treatment: it.treatment,
                control: it.control,
            },
            _ => self,
        }
    }
}

/// The file's first contrast between two conditions on what everybody has.
fn first_contrast(scenario: &Scenario, pair: Pair) -> Option<&Contrast> {
    let of_both = |it: &&Contrast| {
        let named = Pair {
            treatment: it.treatment,
            control: it.control,
        };
        let has = |condition: usize| everybody_has(it.measure, &scenario.conditions[condition]);
        named.is_of(pair) && has(it.treatment) && has(it.control)
    };
    scenario.contrasts.iter().find(of_both)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::test_scenario;

    #[test]
    fn the_first_contrast_of_a_pair_says_what_is_asked_whichever_way_it_looks() {
        let mut scenario = test_scenario(&["usual", "warm", "empathic"]);
        let contrast = |treatment, control, measure| Contrast::asking(treatment, control, measure);
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
        let pair = |treatment, control| Pair { treatment, control };
        assert_eq!(
            pair(1, 0).as_asked(&scenario),
            pair(0, 1),
            "as the contrast on compassion looks at it"
        );
        scenario.contrasts.remove(2);
        assert_eq!(pair(0, 1).as_asked(&scenario), pair(0, 1), "helping stays as it is");
    }
}

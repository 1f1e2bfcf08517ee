//! How far a prediction lies open because the parameters are not known exactly.

use super::Summary;
use crate::statistics::{Count, Interval, NewStudy, Plausible, middle_95, predicted_share};

/// What the intervals over parameter sets stand on.
#[derive(Debug, Clone, PartialEq)]
pub struct Uncertainty {
    /// Where the sets come from: a file, or "built-in".
    pub ensemble: String,
    /// How many sets.
    pub sets: usize,
    /// People per condition under each set.
    pub people: u32,
}

/// The middle 95 % of what plausible parameter sets predict for a condition.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OverParameters {
    /// Of the helping rate, in \[0, 1\]; none if nobody is counted under any set.
    pub rate: Option<Interval>,
    /// Of the share in a study that is new, with what sets studies apart; none where the sets do not tell how far studies differ.
    pub new_study: Option<Interval>,
    /// Of the difference from the first condition under the same set, in \[−1, 1\]; none for the first.
    pub difference: Option<Interval>,
}

impl Summary {
    /// Adds the intervals over parameter sets; `helped` has a list for each set, with a count for each condition, and `between_study_sd` the
    /// standard deviation between studies under each, in logits, or nothing.
    #[must_use]
    pub fn with_uncertainty(
        mut self,
        uncertainty: Uncertainty,
        helped: &[Vec<Count>],
        between_study_sd: &[f64],
    ) -> Self {
        for (number, it) in self.conditions.iter_mut().enumerate() {
            let rate = |set: &Vec<Count>, condition: usize| set.get(condition)?.share();
            let rates: Vec<f64> = helped.iter().filter_map(|set| rate(set, number)).collect();
            let differences: Vec<f64> = helped
                .iter()
                .filter(|_| number > 0)
                .filter_map(|set| Some(rate(set, number)? - rate(set, 0)?))
                .collect();
            let sets = helped.iter().zip(between_study_sd).filter_map(|(set, sd)| {
                Some(Plausible {
                    predicted: predicted_share(*set.get(number)?),
                    between_study_sd: *sd,
                })
            });
            let new_study = NewStudy::new(&sets.collect::<Vec<_>>());
            it.over_parameters = Some(OverParameters {
                new_study: new_study.map(|new| new.share()),
                rate: middle_95(&rates),
                difference: middle_95(&differences),
            });
        }
        self.uncertainty = Some(uncertainty);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::tally::Tally;
    use crate::engine::test_scenario;

    fn over(sets: &[[u64; 2]]) -> Vec<OverParameters> {
        let scenario = test_scenario(&["one", "two"]);
        let tallies: Vec<Tally> = scenario.conditions.iter().map(Tally::new).collect();
        let counts = |set: &[u64; 2]| set.map(|successes| Count { successes, trials: 10 }).to_vec();
        let helped: Vec<Vec<Count>> = sets.iter().map(counts).collect();
        let uncertainty = Uncertainty {
            ensemble: "test".to_owned(),
            sets: sets.len(),
            people: 10,
        };
        let summary = Summary::new(&scenario, &tallies).with_uncertainty(uncertainty, &helped, &[0.5; 5]);
        summary
            .conditions
            .iter()
            .map(|it| it.over_parameters.unwrap())
            .collect()
    }

    #[test]
    fn identical_sets_leave_nothing_open() {
        let found = over(&[[3, 8]; 5]);
        let exactly = |it: f64| Some(Interval { lower: it, upper: it });
        assert_eq!((found[0].rate, found[0].difference), (exactly(0.3), None));
        // σ(logit ⅓ ± 1.96 · ½), with (3 + ½) / 11 as the share.
        let new = found[0].new_study.unwrap();
        assert!(
            (new.lower - 0.149).abs() < 2e-3 && (new.upper - 0.555).abs() < 2e-3,
            "{new:?}"
        );
        assert_eq!((found[1].rate, found[1].difference), (exactly(0.8), exactly(0.8 - 0.3)));
    }

    #[test]
    fn a_wider_ensemble_has_wider_intervals_and_differences_are_taken_within_each_set() {
        let narrow = over(&[[4, 6], [5, 7], [6, 8]]);
        let wide = over(&[[2, 4], [5, 7], [8, 10]]);
        let width = |it: Option<Interval>| it.map_or(f64::NAN, |it| it.upper - it.lower);
        for number in 0..2 {
            assert!(width(wide[number].rate) > 2.0 * width(narrow[number].rate));
        }
        // Both rates move together, so the difference does not move at all.
        assert!(width(wide[1].difference) < 1e-12);
        assert!(wide[1].difference.is_some_and(|it| (it.lower - 0.2).abs() < 1e-12));
    }
}

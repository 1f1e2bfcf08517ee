//! What to expect of a study that nobody has seen.

use super::{Count, Interval};

/// Step of the grid over logits of a share.
const STEP: f64 = 0.05;

/// Points of the grid to each side of 0: shares from e⁻¹² on.
const REACH: i32 = 240;

/// What one plausible parameter set says of a cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plausible {
    /// Share that it predicts, in (0, 1).
    pub predicted: f64,
    /// How much studies differ beyond their situations under it, in logits.
    pub between_study_sd: f64,
}

/// The share of a cell in a study that is new: what the parameters leave open, and what sets studies apart.
///
/// ```text
/// logit p = logit π + u,   u ~ N(0, τ²)      averaged over plausible sets of π and τ
/// ```
///
/// | symbol | argument           | meaning                                       | unit  | range  |
/// |--------|--------------------|-----------------------------------------------|-------|--------|
/// | `π`    | `predicted`        | share that a set predicts                     | 1     | (0, 1) |
/// | `τ`    | `between_study_sd` | standard deviation between studies            | logit | ≥ 0    |
///
/// # Limits
///
/// One set without differences between studies gives its share, and of counts the binomial law.
///
/// # Source
///
/// Prediction intervals of a random-effects meta-analysis: Higgins, Thompson & Spiegelhalter (2009) Journal of the Royal Statistical Society A
/// 172:137.
#[derive(Debug, Clone, PartialEq)]
pub struct NewStudy {
    /// Probability of each point of the grid.
    weights: Vec<f64>,
}

/// Logits on the grid.
fn logits() -> impl Iterator<Item = f64> {
    (-REACH..=REACH).map(|point| STEP * f64::from(point))
}

fn share(logit: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-logit))
}

impl NewStudy {
    /// Of some plausible sets, each as likely as the others; none without a set.
    pub fn new(sets: &[Plausible]) -> Option<Self> {
        if sets.is_empty() {
            return None;
        }
        let mut weights = vec![0.0; logits().count()];
        for set in sets {
            let centre = libm::log(set.predicted / (1.0 - set.predicted));
            // Narrower than the grid nothing can be told apart.
            let sd = set.between_study_sd.max(STEP);
            let density: Vec<f64> = logits()
                .map(|logit| libm::exp(-0.5 * ((logit - centre) / sd) * ((logit - centre) / sd)))
                .collect();
            let sum: f64 = density.iter().sum();
            for (weight, density) in weights.iter_mut().zip(&density) {
                *weight += density / (sum * sets.len() as f64);
            }
        }
        Some(Self { weights })
    }

    /// The middle 95 % of the share itself.
    pub fn share(&self) -> Interval {
        let at = |quantile: f64| {
            let mut below = 0.0;
            for (weight, logit) in self.weights.iter().zip(logits()) {
                if below + weight >= quantile {
                    // Within a step the probability lies evenly around its point.
                    let part = (quantile - below) / weight;
                    return share(logit + STEP * (part - 0.5));
                }
                below += weight;
            }
            1.0
        };
        Interval {
            lower: at(0.025),
            upper: at(0.975),
        }
    }

    /// The middle 95 % of how many of `trials` people would: at most a fortieth of the probability lies below, and as much above.
    pub fn count(&self, trials: u64) -> [u64; 2] {
        let law = self.law(trials);
        let outer = |counts: &mut dyn Iterator<Item = (usize, f64)>| {
            let mut beyond = 0.0;
            for (count, probability) in counts {
                beyond += probability;
                if beyond > 0.025 {
                    return count;
                }
            }
            0
        };
        let both = || law.iter().copied().enumerate();
        [outer(&mut both()), outer(&mut both().rev())].map(|count| count as u64)
    }

    /// Whether a count lies in the middle 95 %.
    pub fn expects(&self, observed: Count) -> bool {
        let [lower, upper] = self.count(observed.trials);
        (lower..=upper).contains(&observed.successes)
    }

    /// The probability of each count.
    fn law(&self, trials: u64) -> Vec<f64> {
        let n = trials as f64;
        let mut law = vec![0.0; usize::try_from(trials).unwrap_or(usize::MAX).saturating_add(1)];
        let mut binomials = vec![0.0; law.len()];
        let mut log = 0.0;
        for (count, binomial) in binomials.iter_mut().enumerate() {
            let x = count as f64;
            *binomial = log;
            log += libm::log((n - x).max(f64::MIN_POSITIVE) / (x + 1.0));
        }
        for (weight, logit) in self.weights.iter().zip(logits()).filter(|(weight, _)| **weight > 1e-12) {
            let rest = -libm::log1p(libm::exp(logit));
            for (count, (probability, binomial)) in law.iter_mut().zip(&binomials).enumerate() {
                *probability += weight * libm::exp(binomial + count as f64 * logit + n * rest);
            }
        }
        law
    }
}

#[cfg(test)]
mod tests {
    use super::super::assert_close;
    use super::*;

    fn of(predicted: f64, between_study_sd: f64) -> NewStudy {
        let set = Plausible {
            predicted,
            between_study_sd,
        };
        NewStudy::new(&[set]).expect("a set")
    }

    /// σ(0 ± 1.96) = .124 and .876.
    #[test]
    fn a_spread_of_one_logit_reaches_two_logits_to_each_side() {
        let interval = of(0.5, 1.0).share();
        assert_close(interval.lower, 0.1235, 5e-4);
        assert_close(interval.upper, 0.8765, 5e-4);
    }

    /// Of 20 at a half the binomial law has 2.07 % below 6 and 5.77 % below 7.
    #[test]
    fn studies_that_do_not_differ_have_binomial_counts() {
        assert_eq!(of(0.5, 0.0).count(20), [6, 14]);
        assert_eq!(of(0.5, 0.0).count(0), [0, 0]);
        let law: f64 = of(0.3, 0.8).law(40).iter().sum();
        assert_close(law, 1.0, 1e-9);
    }

    #[test]
    fn what_parameters_leave_open_widens_it() {
        let set = |predicted| Plausible {
            predicted,
            between_study_sd: 0.3,
        };
        let both = NewStudy::new(&[set(0.2), set(0.8)]).expect("sets").share();
        assert!(
            both.lower < of(0.2, 0.3).share().lower + 0.03 && both.upper > 0.85,
            "{both:?}"
        );
        assert_eq!(NewStudy::new(&[]), None);
    }

    #[test]
    fn a_count_outside_is_not_expected() {
        let observed = |successes| Count { successes, trials: 20 };
        assert!(of(0.5, 0.0).expects(observed(6)) && !of(0.5, 0.0).expects(observed(5)));
        assert!(of(0.5, 1.0).expects(observed(3)));
    }
}

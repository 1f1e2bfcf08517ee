//! How surprising a count is, given what was predicted.

use super::Count;

/// The share that a simulation predicts, kept off 0 and 1.
///
/// ```text
/// p = (k + ½) / (N + 1)
/// ```
///
/// for `k` of `N` simulated people: the mean of the Jeffreys posterior. Without it a single person who did what no
/// simulated person did would be infinitely surprising.
pub fn predicted_share(simulated: Count) -> f64 {
    (simulated.successes as f64 + 0.5) / (simulated.trials as f64 + 1.0)
}

/// The binomial deviance of one observed count: twice the log-likelihood that a prediction lacks against the count
/// itself.
///
/// ```text
/// G² = 2 [x ln(x / np) + (n − x) ln((n − x) / n(1 − p))],   0 ln 0 = 0
/// ```
///
/// | symbol | argument             | meaning                | unit  | range    |
/// |--------|----------------------|------------------------|-------|----------|
/// | `x`    | `observed.successes` | how many people did    | count | ≤ n      |
/// | `n`    | `observed.trials`    | of how many            | count | ≥ 0      |
/// | `p`    | `predicted`          | share that should have | 1     | (0, 1)   |
///
/// # Limits
///
/// 0 just where `p = x/n`; if the prediction is right its mean is close to 1, so a sum over cells is compared with
/// their number.
///
/// # Source
///
/// McCullagh & Nelder (1989) Generalized Linear Models, 4.4.3.
pub fn binomial_deviance(observed: Count, predicted: f64) -> f64 {
    debug_assert!(0.0 < predicted && predicted < 1.0, "predicted share {predicted}");
    let (x, n) = (observed.successes as f64, observed.trials as f64);
    let term = |seen: f64, expected: f64| {
        if seen == 0.0 {
            0.0
        } else {
            seen * libm::log(seen / expected)
        }
    };
    let deviance = 2.0 * (term(x, n * predicted) + term(n - x, n * (1.0 - predicted)));
    deviance.max(0.0)
}

#[cfg(test)]
mod tests {
    use super::super::assert_close;
    use super::*;

    /// By hand: 3 of 4 where half was predicted: 2 (3 ln 1.5 + ln 0.5) = 1.046496.
    #[test]
    fn agrees_with_small_examples() {
        let three = Count {
            successes: 3,
            trials: 4,
        };
        assert_close(binomial_deviance(three, 0.5), 1.046_496_287_529_096, 1e-14);
        assert_close(binomial_deviance(three, 0.75), 0.0, 1e-15);
        let none = Count {
            successes: 0,
            trials: 5,
        };
        assert_close(binomial_deviance(none, 0.5), 10.0 * libm::log(2.0), 1e-14);
        let all = Count {
            successes: 5,
            trials: 5,
        };
        assert_close(binomial_deviance(all, 0.5), 10.0 * libm::log(2.0), 1e-14);
        assert_eq!(
            binomial_deviance(
                Count {
                    successes: 0,
                    trials: 0
                },
                0.5
            ),
            0.0
        );
    }

    /// Twice the difference of the two binomial log-likelihoods, computed the long way.
    #[test]
    fn is_twice_the_lacking_log_likelihood() {
        let likelihood = |p: f64| 7.0 * libm::log(p) + 13.0 * libm::log(1.0 - p);
        let observed = Count {
            successes: 7,
            trials: 20,
        };
        assert_close(
            binomial_deviance(observed, 0.6),
            2.0 * (likelihood(0.35) - likelihood(0.6)),
            1e-13,
        );
    }

    #[test]
    fn a_prediction_is_never_certain() {
        assert_eq!(
            predicted_share(Count {
                successes: 0,
                trials: 0
            }),
            0.5
        );
        assert_eq!(
            predicted_share(Count {
                successes: 0,
                trials: 9
            }),
            0.05
        );
        assert_eq!(
            predicted_share(Count {
                successes: 9,
                trials: 9
            }),
            0.95
        );
    }
}

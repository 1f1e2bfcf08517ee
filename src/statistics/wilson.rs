//! How sure a share is.

use super::{Count, Interval};

/// The interval for a proportion (Wilson's score interval, without continuity correction).
///
/// ```text
/// (p + z²/2n ± z √(p (1 − p)/n + z²/4n²)) / (1 + z²/n)
/// ```
///
/// | symbol | argument                   | meaning                            | unit  | range      |
/// |--------|----------------------------|------------------------------------|-------|------------|
/// | `n`    | `count.trials`             | how many could                     | count | ≥ 0        |
/// | `p`    | `count.successes / trials` | share who did                      | 1     | \[0, 1\]   |
/// | `z`    | `z`                        | normal quantile, 1.96 for 95 %     | 1     | > 0        |
///
/// # Limits
///
/// Never leaves \[0, 1\]; 0 is exactly the lower limit of nobody, 1 exactly the upper limit of everybody; `[0, 1]` if
/// nobody was asked.
///
/// # Source
///
/// Wilson (1927), as method 3 of Newcombe (1998) Statistics in Medicine 17:857.
///
/// # Example
///
/// ```
/// use compassion::statistics::{Count, Z_95, wilson};
///
/// let seat = wilson(Count { successes: 3, trials: 19 }, Z_95);
/// assert_eq!((format!("{:.2}", seat.lower), format!("{:.2}", seat.upper)), ("0.06".into(), "0.38".into()));
/// ```
pub fn wilson(count: Count, z: f64) -> Interval {
    let Some(p) = count.share() else {
        return Interval { lower: 0.0, upper: 1.0 };
    };
    let n = count.trials as f64;
    let z2 = z * z;
    let centre = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = z * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt() / (1.0 + z2 / n);
    Interval {
        lower: if count.successes == 0 {
            0.0
        } else {
            (centre - half).max(0.0)
        },
        upper: if count.successes == count.trials {
            1.0
        } else {
            (centre + half).min(1.0)
        },
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Z_95, assert_close};
    use super::*;

    /// Newcombe (1998) Statistics in Medicine 17:857, table I, method 3.
    #[test]
    fn reproduces_newcombes_table() {
        for (successes, trials, lower, upper) in [
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0, 0.1611),
            (1, 29, 0.0061, 0.1718),
        ] {
            let interval = wilson(Count { successes, trials }, Z_95);
            assert_close(interval.lower, lower, 5e-5);
            assert_close(interval.upper, upper, 5e-5);
        }
    }

    #[test]
    fn is_symmetric_widens_with_confidence_and_says_nothing_of_nobody() {
        let one = wilson(
            Count {
                successes: 1,
                trials: 9,
            },
            Z_95,
        );
        let eight = wilson(
            Count {
                successes: 8,
                trials: 9,
            },
            Z_95,
        );
        assert_close(one.lower, 1.0 - eight.upper, 1e-15);
        assert!(
            wilson(
                Count {
                    successes: 1,
                    trials: 9
                },
                2.58
            )
            .upper
                > one.upper
        );
        let nobody = wilson(
            Count {
                successes: 0,
                trials: 0,
            },
            Z_95,
        );
        assert_eq!((nobody.lower, nobody.upper), (0.0, 1.0));
        assert_eq!(
            wilson(
                Count {
                    successes: 9,
                    trials: 9
                },
                Z_95
            )
            .upper,
            1.0
        );
    }
}

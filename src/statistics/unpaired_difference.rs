//! Whether different people help more in one condition than in another.

use super::{Count, Estimate, wilson};

/// The share of the first people minus the share of the second, with Newcombe's hybrid score interval; none if either
/// has nobody.
///
/// ```text
/// θ = p₁ − p₂,   lower θ − √((p₁ − l₁)² + (u₂ − p₂)²),   upper θ + √((u₁ − p₁)² + (p₂ − l₂)²)
/// ```
///
/// with `l` and `u` the Wilson limits of each share.
///
/// # Source
///
/// Newcombe (1998) Statistics in Medicine 17:873, method 10.
///
/// # Example
///
/// ```
/// use compassion::statistics::{Count, Z_95, unpaired_difference};
///
/// let meditation = Count { successes: 10, trials: 20 };
/// let waiting_list = Count { successes: 3, trials: 19 };
/// let difference = unpaired_difference(meditation, waiting_list, Z_95).unwrap();
/// assert_eq!(format!("{:+.2}", difference.value), "+0.34");
/// ```
pub fn unpaired_difference(first: Count, second: Count, z: f64) -> Option<Estimate> {
    let (p1, p2) = (first.share()?, second.share()?);
    let (first, second) = (wilson(first, z), wilson(second, z));
    let value = p1 - p2;
    Some(Estimate {
        value,
        lower: value - libm::hypot(p1 - first.lower, second.upper - p2),
        upper: value + libm::hypot(first.upper - p1, p2 - second.lower),
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Z_95, assert_close};
    use super::*;

    /// Newcombe (1998) Statistics in Medicine 17:873, table II, method 10.
    #[test]
    fn reproduces_newcombes_table() {
        for ((a, m), (b, n), lower, upper) in [
            ((56, 70), (48, 80), 0.0524, 0.3339),
            ((9, 10), (3, 10), 0.1705, 0.8090),
            ((6, 7), (2, 7), 0.0582, 0.8062),
            ((5, 56), (0, 29), -0.0381, 0.1926),
            ((0, 10), (0, 20), -0.1611, 0.2775),
            ((10, 10), (0, 20), 0.6791, 1.0),
        ] {
            let first = Count {
                successes: a,
                trials: m,
            };
            let second = Count {
                successes: b,
                trials: n,
            };
            let difference = unpaired_difference(first, second, Z_95).unwrap();
            assert_close(difference.lower, lower, 5e-5);
            assert_close(difference.upper, upper, 5e-5);
        }
    }

    #[test]
    fn needs_people_on_both_sides() {
        let nobody = Count {
            successes: 0,
            trials: 0,
        };
        let one = Count {
            successes: 1,
            trials: 1,
        };
        assert_eq!(unpaired_difference(one, nobody, Z_95), None);
        assert_eq!(unpaired_difference(nobody, one, Z_95), None);
    }
}

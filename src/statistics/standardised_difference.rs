//! How far two groups of people stand apart, in units of their spread, and how surely.

use super::{Estimate, Moments, cohens_d};

/// Cohen's d of two groups with its interval; none if a side has fewer than two people or nobody differs from anybody.
///
/// ```text
/// SE² = (n₁ + n₂) / (n₁ n₂) + d² / (2 (n₁ + n₂)),   limits d ± z SE
/// ```
///
/// | symbol   | argument          | meaning                        |
/// |----------|-------------------|--------------------------------|
/// | `n₁, n₂` | `first`, `second` | people on each side            |
/// | `z`      | `z`               | normal quantile, 1.96 for 95 % |
///
/// # Source
///
/// Hedges & Olkin (1985) Statistical Methods for Meta-Analysis, 5.C, formula 8; large samples.
pub fn standardised_difference(first: &Moments, second: &Moments, z: f64) -> Option<Estimate> {
    let value = cohens_d(first, second)?;
    let (a, b) = (first.count() as f64, second.count() as f64);
    let reach = z * ((a + b) / (a * b) + value * value / (2.0 * (a + b))).sqrt();
    Some(Estimate {
        value,
        lower: value - reach,
        upper: value + reach,
    })
}

/// A mean with its interval, `m ± z · s / √n`; none of fewer than two numbers.
///
/// # Limits
///
/// No width where all numbers are alike. The normal quantile is meant for hundreds of people and more.
pub fn mean_interval(moments: &Moments, z: f64) -> Option<Estimate> {
    let reach = z * moments.standard_error()?;
    Some(Estimate {
        value: moments.mean(),
        lower: moments.mean() - reach,
        upper: moments.mean() + reach,
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Z_95, assert_close};
    use super::*;

    /// By hand: d = 2/√2.5 (see [`cohens_d`]), n = 3 and 3: SE² = 6/9 + 1.6/12 = .8.
    #[test]
    fn agrees_with_a_small_example() {
        let first: Moments = [2.0, 4.0, 6.0].into_iter().collect();
        let second: Moments = [1.0, 2.0, 3.0].into_iter().collect();
        let it = standardised_difference(&first, &second, Z_95).unwrap();
        assert_close(it.upper - it.value, Z_95 * 0.8_f64.sqrt(), 1e-12);
        assert_close(it.value - it.lower, Z_95 * 0.8_f64.sqrt(), 1e-12);
    }

    #[test]
    fn a_mean_of_equal_numbers_is_sure() {
        let equal: Moments = [0.5; 4].into_iter().collect();
        let it = mean_interval(&equal, Z_95).unwrap();
        assert_eq!((it.lower, it.value, it.upper), (0.5, 0.5, 0.5));
        let four: Moments = [1.0, 1.0, 3.0, 3.0].into_iter().collect();
        assert_close(
            mean_interval(&four, 1.0).unwrap().upper,
            2.0 + (1.0_f64 / 3.0).sqrt(),
            1e-12,
        );
    }
}

//! Whether, and by how much, two groups of different people differ in a mean.

use super::{Estimate, Moments, squared, student_p};

/// The two-sided p of no difference between two means, by Welch's t test; none if a side has fewer than two people or nobody differs from
/// anybody.
///
/// ```text
/// t = (m₁ − m₂) / √(s₁²/n₁ + s₂²/n₂),   ν = (s₁²/n₁ + s₂²/n₂)² / ((s₁²/n₁)²/(n₁ − 1) + (s₂²/n₂)²/(n₂ − 1))
/// p = two-sided tail of Student's t at ν
/// ```
///
/// | symbol     | argument          | meaning                                        |
/// |------------|-------------------|------------------------------------------------|
/// | `m, s², n` | `first`, `second` | mean, variance and number of people            |
/// | `t, ν`     |                   | value and degrees of freedom of [`student_p()`] |
///
/// # Source
///
/// Welch (1947) Biometrika 34:28.
pub fn welch_p(first: &Moments, second: &Moments) -> Option<f64> {
    let part = |it: &Moments| Some((it.variance()? / it.count() as f64, it.count() as f64 - 1.0));
    let ((a, df_a), (b, df_b)) = (part(first)?, part(second)?);
    let variance = a + b;
    if variance <= 0.0 {
        return None;
    }
    let t_squared = squared(first.mean() - second.mean()) / variance;
    let freedom = variance * variance / (a * a / df_a + b * b / df_b);
    Some(student_p(t_squared, freedom))
}

/// The first mean minus the second, with its interval; none if a side has fewer than two people.
///
/// ```text
/// m₁ − m₂ ± z √(s₁²/n₁ + s₂²/n₂)
/// ```
///
/// # Limits
///
/// The normal quantile is meant for hundreds of people and more.
pub fn difference_of_means(first: &Moments, second: &Moments, z: f64) -> Option<Estimate> {
    let value = first.mean() - second.mean();
    let reach = z * libm::hypot(first.standard_error()?, second.standard_error()?);
    Some(Estimate {
        value,
        lower: value - reach,
        upper: value + reach,
    })
}

#[cfg(test)]
mod tests {
    use super::super::assert_close;
    use super::*;

    /// Two groups of equal spread and size: Student's test with 8 degrees of freedom, t = −1, p = .34659.
    #[test]
    fn agrees_with_student_where_spreads_are_equal() {
        let first: Moments = [1.0, 2.0, 3.0, 4.0, 5.0].into_iter().collect();
        let second: Moments = [2.0, 3.0, 4.0, 5.0, 6.0].into_iter().collect();
        assert_close(welch_p(&first, &second).unwrap(), 0.346_593_5, 1e-6);
        assert_eq!(welch_p(&first, &second), welch_p(&second, &first));
    }

    /// The 5 % point of Student's t with 38 degrees of freedom is 2.0244.
    #[test]
    fn the_table_of_student_is_met() {
        let centred: Vec<f64> = (0..20).map(|it| f64::from(it) - 9.5).collect();
        let first: Moments = centred.iter().copied().collect();
        let apart = 2.024_394 * (2.0 * first.variance().unwrap() / 20.0).sqrt();
        let second: Moments = centred.iter().map(|it| it + apart).collect();
        assert_close(welch_p(&first, &second).unwrap(), 0.05, 1e-6);
    }

    #[test]
    fn needs_people_who_differ() {
        let alike: Moments = [1.0, 1.0].into_iter().collect();
        let one: Moments = [2.0].into_iter().collect();
        assert_eq!(welch_p(&alike, &alike), None);
        assert_eq!(welch_p(&one, &alike), None);
    }

    /// By hand: variances 4 and 1 of three people each, so the squared standard error is 5/3.
    #[test]
    fn the_interval_of_a_difference_adds_both_errors() {
        let first: Moments = [2.0, 4.0, 6.0].into_iter().collect();
        let second: Moments = [1.0, 2.0, 3.0].into_iter().collect();
        let it = difference_of_means(&first, &second, 2.0).unwrap();
        assert_close(it.value, 2.0, 1e-12);
        assert_close(it.upper - it.value, 2.0 * (5.0_f64 / 3.0).sqrt(), 1e-12);
        let one: Moments = [1.0].into_iter().collect();
        assert_eq!(difference_of_means(&first, &one, 2.0), None);
    }
}

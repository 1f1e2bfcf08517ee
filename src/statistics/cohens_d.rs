//! How large a difference of two means is.

use super::Moments;

/// Cohen's d: the difference of two means over their pooled standard deviation; none if a side has fewer than two
/// people or nobody differs from anybody.
///
/// ```text
/// d = (m₁ − m₂) / √(((n₁ − 1) s₁² + (n₂ − 1) s₂²) / (n₁ + n₂ − 2))
/// ```
///
/// # Source
///
/// Cohen (1988) Statistical Power Analysis for the Behavioral Sciences, 2.5, formula 2.5.2, without correction for
/// small samples.
pub fn cohens_d(first: &Moments, second: &Moments) -> Option<f64> {
    Some((first.mean() - second.mean()) / pooled_sd(first, second)?)
}

/// The standard deviation within two groups, each around its own mean; none if a group has fewer than two people or nobody differs from anybody.
pub fn pooled_sd(first: &Moments, second: &Moments) -> Option<f64> {
    if first.count() < 2 || second.count() < 2 {
        return None;
    }
    let degrees_of_freedom = (first.count() + second.count() - 2) as f64;
    let pooled = (first.sum_of_squares() + second.sum_of_squares()) / degrees_of_freedom;
    (pooled > 0.0).then(|| pooled.sqrt())
}

#[cfg(test)]
mod tests {
    use super::super::assert_close;
    use super::*;

    /// By hand: means 4 and 2; sums of squares 8 (of 2, 4, 6) and 2 (of 1, 2, 3); pooled SD √(10/4); d = 2/√2.5.
    #[test]
    fn agrees_with_a_small_example() {
        let first: Moments = [2.0, 4.0, 6.0].into_iter().collect();
        let second: Moments = [1.0, 2.0, 3.0].into_iter().collect();
        assert_close(cohens_d(&first, &second).unwrap(), 2.0 / 2.5_f64.sqrt(), 1e-15);
        assert_close(cohens_d(&second, &first).unwrap(), -2.0 / 2.5_f64.sqrt(), 1e-15);
    }

    #[test]
    fn needs_people_who_differ() {
        let alike: Moments = [1.0, 1.0].into_iter().collect();
        let one: Moments = [2.0].into_iter().collect();
        assert_eq!(cohens_d(&alike, &alike), None);
        assert_eq!(cohens_d(&one, &alike), None);
    }
}

//! How large a difference of two shares is.

/// Cohen's h: the distance of two shares on a scale on which equal steps are equally easy to detect.
///
/// ```text
/// h = 2 asin √p₁ − 2 asin √p₂
/// ```
///
/// Both shares lie in \[0, 1\]; .2 is called small, .5 medium, .8 large; the greatest possible value is π.
///
/// # Source
///
/// Cohen (1988) Statistical Power Analysis for the Behavioral Sciences, chapter 6.
pub fn cohens_h(first: f64, second: f64) -> f64 {
    debug_assert!((0.0..=1.0).contains(&first) && (0.0..=1.0).contains(&second));
    2.0 * libm::asin(first.sqrt()) - 2.0 * libm::asin(second.sqrt())
}

#[cfg(test)]
mod tests {
    use super::super::assert_close;
    use super::*;

    /// Cohen (1988), table 6.2.2: φ is 1.571 at .50, 1.047 at .25, 2.214 at .80, 0.451 at .05.
    #[test]
    fn reproduces_cohens_table() {
        assert_close(cohens_h(0.50, 0.25), 1.571 - 1.047, 0.001);
        assert_close(cohens_h(0.80, 0.05), 2.214 - 0.451, 0.001);
        assert_close(cohens_h(1.0, 0.0), std::f64::consts::PI, 1e-15);
        assert_close(cohens_h(0.3, 0.3), 0.0, 0.0);
    }
}

//! How rare a value of Student's t is.

use super::incomplete_beta;

/// The two-sided tail of Student's t: the chance of a value at least as far from 0.
///
/// ```text
/// p = I(ν / (ν + t²); ν/2, ½)
/// ```
///
/// | symbol | argument  | meaning                              | range |
/// |--------|-----------|--------------------------------------|-------|
/// | `t²`   | `squared` | the square of t                      | ≥ 0   |
/// | `ν`    | `freedom` | degrees of freedom                   | > 0   |
/// | `I`    |           | [`incomplete_beta()`]                |       |
///
/// # Limits
///
/// 1 at `t = 0`; 0 far out; the tail of the standard normal distribution where `ν` is large.
///
/// # Source
///
/// Abramowitz & Stegun (1964) Handbook of Mathematical Functions, 26.7.1 and 26.5.27.
pub fn student_p(squared: f64, freedom: f64) -> f64 {
    debug_assert!(
        squared >= 0.0 && freedom > 0.0,
        "t² {squared}, {freedom} degrees of freedom"
    );
    incomplete_beta(freedom / (freedom + squared), freedom / 2.0, 0.5)
}

/// The value of Student's t that |t| exceeds once in twenty times: what a two-sided 95 % interval reaches in standard errors.
///
/// By halving; exact to about 10⁻¹².
///
/// # Limits
///
/// 1.96 where `ν` is large; 12.7 for one degree of freedom.
pub fn student_95(freedom: f64) -> f64 {
    let (mut low, mut high) = (0.0, 16.0);
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if student_p(middle * middle, freedom) > 0.05 {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}

#[cfg(test)]
mod tests {
    use super::super::assert_close;
    use super::*;

    /// Quantiles of every textbook.
    #[test]
    fn the_95_percent_quantile_is_that_of_the_tables() {
        for (freedom, quantile) in [(1.0, 12.706_204_736), (9.0, 2.262_157_163), (120.0, 1.979_930_405)] {
            assert_close(student_95(freedom), quantile, 1e-8);
        }
    }

    /// With one degree of freedom t is Cauchy's, with two `p = 1 − t/√(2 + t²)`.
    #[test]
    fn has_the_closed_forms_of_one_and_two_degrees_of_freedom() {
        for t in [0.0, 0.1, 1.0, 2.5, 30.0, 1e4_f64] {
            let cauchy = 1.0 - 2.0 * libm::atan(t) / std::f64::consts::PI;
            assert_close(student_p(t * t, 1.0), cauchy, 1e-13);
            assert_close(student_p(t * t, 2.0), 1.0 - t / (2.0 + t * t).sqrt(), 1e-13);
        }
    }

    /// Abramowitz & Stegun (1964) table 26.10: 5 % points of two sides, and the 1 % point of ten degrees of freedom.
    #[test]
    fn reproduces_the_published_table() {
        for (freedom, t, p) in [
            (1.0, 12.706, 0.05),
            (5.0, 2.571, 0.05),
            (10.0, 2.228, 0.05),
            (10.0, 3.169, 0.01),
            (30.0, 2.042, 0.05),
            (120.0, 1.980, 0.05),
        ] {
            assert_close(student_p(t * t, freedom), p, 0.000_06);
        }
    }

    /// Of a million people t is as good as normal: p = erfc(t/√2), and 1.96 leaves a twentieth.
    #[test]
    fn goes_to_the_normal_law() {
        for t in [0.5, 1.96, 4.0_f64] {
            let normal = libm::erfc(t / std::f64::consts::SQRT_2);
            assert_close(student_p(t * t, 1e6) / normal, 1.0, 1e-4);
        }
    }
}

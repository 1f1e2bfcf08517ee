//! Whether the same people have changed.

use super::{Moments, squared, student_p};

/// The two-sided p of Student's paired test that the mean of these changes is 0; none of fewer than two people.
///
/// ```text
/// t = m √n / s
/// p = two-sided tail of Student's t at ν = n − 1
/// ```
///
/// | symbol    | argument  | meaning                                           |
/// |-----------|-----------|---------------------------------------------------|
/// | `m, s, n` | `changes` | mean, standard deviation and number of the changes |
/// | `t, ν`    |           | value and degrees of freedom of [`student_p()`]   |
///
/// # Limits
///
/// Where all change alike, `s` is 0: p is then 1 if nobody changes, and 0, its limit, if all change by the same.
///
/// # Source
///
/// Student (1908) Biometrika 6:1.
pub fn paired_p(changes: &Moments) -> Option<f64> {
    let error = changes.standard_error()?;
    if error <= 0.0 {
        return Some(if changes.mean() == 0.0 { 1.0 } else { 0.0 });
    }
    let freedom = changes.count() as f64 - 1.0;
    let t_squared = squared(changes.mean() / error);
    Some(student_p(t_squared, freedom))
}

#[cfg(test)]
mod tests {
    use super::super::assert_close;
    use super::*;

    fn p(changes: &[f64]) -> Option<f64> {
        paired_p(&changes.iter().copied().collect())
    }

    /// t = 3/√.5 with 4 degrees of freedom: for ν = 4, p = 1 − x (1 + (1 − x²)/2) with x = t/√(4 + t²).
    #[test]
    fn agrees_with_the_closed_form_of_four_degrees_of_freedom() {
        let t = 3.0 / 0.5_f64.sqrt();
        let x = t / (4.0 + t * t).sqrt();
        let found = p(&[1.0, 2.0, 3.0, 4.0, 5.0]).unwrap();
        assert_close(found, 1.0 - x * (1.0 + (1.0 - x * x) / 2.0), 1e-9);
        assert_close(found, 0.013_236, 1e-6);
    }

    #[test]
    fn who_change_alike_leave_no_doubt() {
        assert_eq!(p(&[0.0, 0.0, 0.0]), Some(1.0));
        assert_eq!(p(&[1.0, 1.0]), Some(0.0));
        assert_eq!(p(&[1.0]), None);
    }
}

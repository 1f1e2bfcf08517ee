//! Rounding, the same on the terminal, in sentences and in charts.

use super::power;

/// Rounds to so many decimals, halves away from zero: 56.5 becomes 57.
///
/// A share such as 0.565 has no exact binary form, and a hundred times it comes out below 56.5. What lies that close to a half counts as one.
///
/// ```
/// use compassion::statistics::half_up;
///
/// assert_eq!(half_up(0.565 * 100.0, 0), 57.0);
/// assert_eq!(half_up(-1.25, 1), -1.3);
/// assert_eq!(half_up(56.49, 0), 56.0);
/// ```
pub fn half_up(value: f64, decimals: usize) -> f64 {
    let scale = power(10.0, u32::try_from(decimals).unwrap_or(u32::MAX));
    // A few roundings of the last bit, which a product of two numbers can be off by.
    let nudged = value * scale * (1.0 + 8.0 * f64::EPSILON);
    if nudged.is_finite() {
        nudged.round() / scale
    } else {
        value
    }
}

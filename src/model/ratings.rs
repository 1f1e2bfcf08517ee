//! What people say they feel after a scene, on scales from 0 to 10.

use crate::lanes::{Real, functions::exp};
use serde::{Deserialize, Serialize};

/// Parameters of the ratings.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameters {
    /// How fast ratings fill their scale.
    pub sensitivity: f64,
    /// How much of the shared pain compassion can take out of negative affect.
    pub compassion_relief: f64,
    /// Compassion at which half of that relief is reached.
    pub relief_at: f64,
    /// Measurement error, in scale points.
    pub error_sd: f64,
    /// Sharing from which a person counts as sharing.
    pub sharing_present: f64,
    /// Understanding from which a person counts as taking the other's perspective.
    pub understanding_present: f64,
}

/// A rating between 0 and 10 that fills up as the feeling grows.
///
/// ```text
/// 10 · (1 − exp(−k · x))
/// ```
#[inline(always)]
pub fn rating<R: Real>(feeling: R, sensitivity: R) -> R {
    R::splat(10.0) * (R::one() - exp(-(sensitivity * feeling)))
}

/// Negative affect before it is put on the scale: compassion lowers the shared part, not one's own distress.
///
/// ```text
/// s · (1 − w · c/(c + c₅₀)) + d
/// ```
///
/// # Source
///
/// `klimecki2014`: compassion training reverses the negative affect that empathy training brings.
#[inline(always)]
pub fn negative_affect<R: Real>(sharing: R, distress: R, compassion: R, relief: R, relief_at: R) -> R {
    sharing * (R::one() - relief * compassion / (compassion + relief_at)) + distress
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratings_run_from_0_to_10() {
        assert_eq!(rating(0.0, 1.2), 0.0);
        assert!(rating(0.5, 1.2) < rating(0.6, 1.2) && rating(50.0, 1.2) <= 10.0);
    }

    #[test]
    fn compassion_relieves_the_shared_pain_and_not_ones_own_distress() {
        assert!((negative_affect(0.6, 0.2, 0.0, 0.7, 0.3) - 0.8_f64).abs() < 1e-12);
        assert!(negative_affect(0.6, 0.2, 0.5, 0.7, 0.3) < 0.8);
        assert_eq!(negative_affect(0.0, 0.2, 0.5, 0.7, 0.3), 0.2);
        // Half of the possible relief at c₅₀: 0.6 · (1 − 0.35) = 0.39.
        assert!((negative_affect(0.6, 0.0, 0.3, 0.7, 0.3) - 0.39_f64).abs() < 1e-12);
    }
}

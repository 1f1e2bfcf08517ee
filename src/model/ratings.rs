//! What people say they feel after a scene, on scales from 0 to 10.

use crate::lanes::{Real, functions::exp};
use serde::{Deserialize, Serialize};

/// Parameters of the ratings.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameters {
    /// How fast ratings fill their scale.
    pub sensitivity: f64,
    /// How much of the aversion compassion can take out of negative affect.
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

/// Negative affect before it is put on the scale: compassion takes the aversion out of the shared pain and out of one's own distress.
///
/// ```text
/// (s + d) · (1 − w · c/(c + c₅₀))
/// ```
///
/// What is shared stays; what is taken away is how bad it feels.
///
/// # Source
///
/// `klimecki2014`: compassion training reverses the negative affect that empathy training brings. `rosenberg2015`: long practice keeps
/// sadness and lowers aversion. With relief for the shared part alone the reversal stayed at half of the rise (`src/fit/HISTORY.md`, "Equations tried").
#[inline(always)]
pub fn negative_affect<R: Real>(sharing: R, distress: R, compassion: R, relief: R, relief_at: R) -> R {
    (sharing + distress) * (R::one() - relief * compassion / (compassion + relief_at))
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
    fn compassion_takes_the_aversion_out_of_pain() {
        assert!((negative_affect(0.6, 0.2, 0.0, 0.7, 0.3) - 0.8_f64).abs() < 1e-12);
        assert!(negative_affect(0.6, 0.2, 0.5, 0.7, 0.3) < 0.8);
        assert!(negative_affect(0.0, 0.2, 0.5, 0.7, 0.3) < 0.2);
        // Half of the possible relief at c₅₀: 0.6 · (1 − 0.35) = 0.39.
        assert!((negative_affect(0.6, 0.0, 0.3, 0.7, 0.3) - 0.39_f64).abs() < 1e-12);
    }
}

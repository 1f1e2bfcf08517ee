//! Inflammation: raised by felt isolation and by low mood, damped by oxytocin; the middle of the vicious circle.

use serde::{Deserialize, Serialize};

/// Parameters of inflammation.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameters {
    /// Half-life of a deviation, in days.
    pub half_life_days: f64,
    /// Gain for each SD of felt isolation, in SD.
    pub isolation_weight: f64,
    /// Gain for each SD of low mood, in SD.
    pub low_mood_weight: f64,
    /// Loss for each SD of oxytocin tone, in SD.
    pub oxytocin_weight: f64,
}

/// What inflammation moves towards, in SD from the norm.
///
/// ```text
/// i* = own level − w_n · felt connectedness + w_l · low mood − w_o · oxytocin tone
/// ```
///
/// # Source
///
/// `mascaro2015`, "Backdrop": isolation (arrow 35) and depression (arrow 36) enhance inflammation, oxytocin dampens it (arrow 41). Sizes are
/// assumptions, kept weak.
pub fn target(parameters: &Parameters, own: f64, felt_connectedness: f64, low_mood: f64, oxytocin: f64) -> f64 {
    own - parameters.isolation_weight * felt_connectedness + parameters.low_mood_weight * low_mood
        - parameters.oxytocin_weight * oxytocin
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn isolation_and_low_mood_inflame_and_oxytocin_damps() {
        let p = crate::parameters::shipped().inflammation;
        assert_eq!(target(&p, 0.2, 0.0, 0.0, 0.0), 0.2);
        assert!(target(&p, 0.0, -1.0, 0.0, 0.0) > 0.0 && target(&p, 0.0, 0.0, 1.0, 0.0) > 0.0);
        assert!(target(&p, 0.0, 0.0, 0.0, 1.0) < 0.0);
    }
}

//! Emotion regulation: turning away (fast), reappraisal (slow) and the vagal brake (how fast arousal comes down).

use crate::lanes::{
    Real,
    functions::{exp, logistic},
};
use serde::{Deserialize, Serialize};

/// Parameters of emotion regulation.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameters {
    /// Spread of each regulation trait between people, as a logit.
    pub spread: f64,
    /// Arousal above which regulation sets in.
    pub bearable_arousal: f64,
    /// How strongly attention turns away from unbearable arousal.
    pub deployment_strength: f64,
    /// How strongly reappraisal answers unbearable arousal.
    pub reappraisal_strength: f64,
    /// Time constant of reappraisal, in seconds.
    pub reappraisal_time_s: f64,
    /// Spread of the vagal brake between people, on a log scale.
    pub vagal_spread: f64,
    /// How much of the vagal brake is left when it is knocked out.
    pub vagal_floor: f64,
}

/// How well a person steers attention, or reappraises; ½ at the norm.
///
/// ```text
/// R = σ(sd · z) · (1 − fatigue)
/// ```
#[inline(always)]
pub fn capacity<R: Real>(z: R, spread: R, rested: R) -> R {
    logistic(spread * z) * rested
}

/// The vagal brake: how fast arousal comes down, 1 at the norm.
///
/// ```text
/// V = exp(sd · z)
/// ```
#[inline(always)]
pub fn vagal_brake<R: Real>(z: R, spread: R) -> R {
    exp(spread * z)
}

/// Attention that regulation leaves on what arouses: turning away from the face and the cries, not from the person.
///
/// ```text
/// a' = a / (1 + k_a · R_a · [s − θ]₊)
/// ```
///
/// | symbol | argument    | meaning                                    | range    |
/// |--------|-------------|--------------------------------------------|----------|
/// | `a`    | `attention` | attention to the one in need               | \[0, 1\] |
/// | `k_a·R_a` | `gain`   | strength of attention deployment           | ≥ 0      |
/// | `s−θ`  | `excess`    | arousal above what is bearable, if any     | ≥ 0      |
///
/// # Limits
///
/// `a` while arousal is bearable; falls with arousal, so that arousal hovers near the sweet spot.
///
/// # Source
///
/// `mascaro2015`, "Emotion regulation" (arrows 14 and 15). The divisive form is our own choice.
#[inline(always)]
pub fn deployed_attention<R: Real>(attention: R, gain: R, excess: R) -> R {
    attention / (R::one() + gain * excess)
}

/// Reappraisal towards which a person moves.
///
/// ```text
/// τ ṙ = k_r · R_r · [s − θ]₊ − r
/// ```
///
/// # Source
///
/// `mascaro2015` (arrow 16); the delay of a few seconds: felt change in about 4–8 s (`training_studies.md`, C3).
#[inline(always)]
pub fn reappraisal_target<R: Real>(gain: R, excess: R) -> R {
    gain * excess
}

/// Arousal that is left `seconds` after the scene is over.
///
/// ```text
/// s · exp(−seconds · V · (1 + r) / τ_recovery)
/// ```
///
/// # Source
///
/// Recovery of skin conductance in 2–10 s (`training_studies.md`, C3); scaled by the vagal brake (arrow 19) and reappraisal (arrow 18).
#[inline(always)]
pub fn residual_arousal<R: Real>(arousal: R, brake: R, reappraisal: R, seconds_per_time_constant: R) -> R {
    arousal * exp(-(seconds_per_time_constant * brake * (R::one() + reappraisal)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regulation_leaves_bearable_arousal_alone() {
        assert_eq!(deployed_attention(0.6, 2.0, 0.0), 0.6);
        assert_eq!(reappraisal_target(3.0, 0.0), 0.0);
        assert!(deployed_attention(0.6, 2.0, 0.5) < deployed_attention(0.6, 2.0, 0.2));
        assert_eq!(deployed_attention(0.6, 2.0, 0.5), 0.3);
    }

    #[test]
    fn tired_people_regulate_less() {
        assert_eq!((capacity(0.0, 0.77, 1.0), capacity(0.0, 0.77, 0.0)), (0.5, 0.0));
        assert!(capacity(1.0, 0.77, 0.5) < capacity(1.0, 0.77, 1.0));
    }

    #[test]
    fn arousal_comes_down_faster_with_the_brake_and_with_reappraisal() {
        assert_eq!(
            (
                residual_arousal(0.8, 1.0, 0.0, 0.0),
                residual_arousal(0.0, 1.0, 0.0, 1.0)
            ),
            (0.8, 0.0)
        );
        assert!(residual_arousal(0.8, 1.5, 0.0, 1.0) < residual_arousal(0.8, 1.0, 0.0, 1.0));
        assert!(residual_arousal(0.8, 1.0, 1.0, 1.0) < residual_arousal(0.8, 1.0, 0.0, 1.0));
        assert_eq!(vagal_brake(0.0, 0.35), 1.0);
    }
}

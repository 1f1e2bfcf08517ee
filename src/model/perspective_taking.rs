//! Perspective-taking (mentalizing): slower, controlled understanding of whose pain it is and what is needed.

use crate::lanes::{Real, functions::logistic};
use serde::{Deserialize, Serialize};

/// Parameters of perspective-taking.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameters {
    /// Spread between people, as a logit.
    pub spread: f64,
    /// Time constant, in seconds; longer than that of sharing.
    pub time_s: f64,
    /// What being asked to imagine how the other feels adds, as a share.
    pub imagine_other_gain: f64,
    /// What believing that empathy can grow adds where empathy is hard, as a share for each SD.
    pub effort_weight: f64,
}

/// A person's capacity to take another's perspective; ½ at the norm.
///
/// ```text
/// P = σ(sd · z)
/// ```
#[inline(always)]
pub fn capacity<R: Real>(z: R, spread: R) -> R {
    logistic(spread * z)
}

/// Effort where empathy is hard: with somebody distant, in a scene that is unclear.
///
/// ```text
/// effort = max(0.2, 1 + w · z_belief · (1 − closeness) · (½ + ½ ambiguity))
/// ```
///
/// # Source
///
/// `schumann2014`: people who believe that empathy can be cultivated make more effort, only where empathy is challenging (arrow 44).
#[inline(always)]
pub fn effort<R: Real>(belief: R, weight_times_difficulty: R) -> R {
    (R::one() + weight_times_difficulty * belief).max(R::splat(0.2))
}

/// The understanding towards which a person moves.
///
/// ```text
/// τ ṁ = a · (2 P · effort · (1 + w_im · imagine-other) + w_mr · M · vividness) − m
/// ```
///
/// `gain` is the bracket, `a` is `attention`; about 1 for a person at the norm who attends fully.
#[inline(always)]
pub fn target<R: Real>(gain: R, attention: R) -> R {
    gain * attention
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_understood_without_attention() {
        assert_eq!(target(1.2, 0.0), 0.0);
        assert_eq!(capacity(0.0, 0.77), 0.5);
        assert!(capacity(1.0, 0.77) > 0.5);
    }

    #[test]
    fn belief_matters_only_where_empathy_is_hard_and_never_stops_all_effort() {
        assert_eq!((effort(2.0, 0.0), effort(-2.0, 0.0), effort(0.0, 0.3)), (1.0, 1.0, 1.0));
        assert!(effort(1.0, 0.2) > 1.0 && effort(-1.0, 0.2) < 1.0);
        assert_eq!(effort(-100.0, 0.2), 0.2);
    }
}

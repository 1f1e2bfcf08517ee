//! Self–other distinction: how much of what is shared is taken for one's own.

use crate::lanes::{Real, functions::logistic};
use serde::{Deserialize, Serialize};

/// Parameters of self–other distinction.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameters {
    /// Distinction of a person at the norm, as a logit.
    pub bias: f64,
    /// Spread between people, as a logit.
    pub spread: f64,
    /// What being asked to imagine one's own feelings adds to overlap, as a share.
    pub imagine_self_gain: f64,
    /// What closeness above that of a stranger adds to overlap, as a share.
    pub closeness_gain: f64,
}

/// How well a person keeps own and other's feeling apart, in (0, 1).
///
/// ```text
/// D = σ(b + sd · z)
/// ```
#[inline(always)]
pub fn distinction<R: Real>(z: R, bias: R, spread: R) -> R {
    logistic(bias + spread * z)
}

/// Self–other overlap: the share of what is shared that is felt as one's own.
///
/// ```text
/// o = min(1, (1 − D) · (1 + 0.9 imagine-self + w_cl [closeness − 0.4]₊))
/// ```
///
/// `gain` is the second bracket. 1 if distinction is lost.
///
/// # Source
///
/// `mascaro2015`, "Self-other" (arrow 25): excessive overlap renders the perceiver mired in distress; closeness: `salles2024`.
#[inline(always)]
pub fn overlap<R: Real>(distinction: R, gain: R) -> R {
    ((R::one() - distinction) * gain).min(R::one())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_is_ones_own_where_distinction_is_lost() {
        assert_eq!(
            (overlap(0.0, 1.0), overlap(0.0, 1.9), overlap(1.0, 1.9)),
            (1.0, 1.0, 0.0)
        );
        assert!(overlap(0.7, 1.0) < overlap(0.6, 1.0) && overlap(0.7, 1.9) > overlap(0.7, 1.0));
    }

    #[test]
    fn distinction_rises_with_its_trait() {
        assert_eq!(distinction(0.0, 0.0, 0.77), 0.5);
        assert!(distinction(1.0, 0.4, 0.77) > distinction(0.0, 0.4, 0.77));
    }
}

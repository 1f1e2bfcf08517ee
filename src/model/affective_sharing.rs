//! Affective sharing: feeling something of the other's pain.

use crate::lanes::{Real, functions::exp};
use serde::{Deserialize, Serialize};

/// Parameters of affective sharing.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameters {
    /// Spread of sharing between people, on a log scale.
    pub spread: f64,
    /// Time constant, in seconds.
    pub time_s: f64,
    /// Vividness at which sharing has its usual strength.
    pub usual_vividness: f64,
}

/// A person's capacity to share, 1 at the norm.
///
/// ```text
/// S = exp(sd · z)
/// ```
#[inline(always)]
pub fn capacity<R: Real>(z: R, spread: R) -> R {
    exp(spread * z)
}

/// The sharing towards which a person moves.
///
/// ```text
/// τ ṡ = S · a · u · vividness/0.7 − s
/// ```
///
/// | symbol | argument    | meaning                                                | range    |
/// |--------|-------------|--------------------------------------------------------|----------|
/// | `S`    | `gain`      | capacity · vividness/0.7, resonance included           | ≥ 0      |
/// | `a`    | `attention` | attention to the one in need                           | \[0, 1\] |
/// | `u`    | `need_seen` | need as it is understood                               | \[0, 1\] |
/// | `s`    | returned    | affective sharing that the scene calls for             | ≥ 0      |
///
/// # Limits
///
/// 0 without attention or need; rises with each factor.
///
/// # Source
///
/// `mascaro2015`, "Affective simulation": limbic matching (arrow 5), vividness by salience (arrow 1). The product form is an assumption.
#[inline(always)]
pub fn target<R: Real>(gain: R, attention: R, need_seen: R) -> R {
    gain * attention * need_seen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_shared_without_attention_or_need() {
        assert_eq!(
            (target(1.3, 0.0, 0.8), target(1.3, 0.5, 0.0), target(0.0, 0.5, 0.8)),
            (0.0, 0.0, 0.0)
        );
        assert!(target(1.3, 0.6, 0.8) > target(1.3, 0.5, 0.8) && target(1.3, 0.5, 0.9) > target(1.3, 0.5, 0.8));
    }

    #[test]
    fn capacity_is_1_at_the_norm_and_rises() {
        assert_eq!(capacity(0.0, 0.5), 1.0);
        assert!(capacity(1.0, 0.5) > 1.0 && capacity(-1.0, 0.5) < 1.0);
        assert_eq!(capacity(2.0, 0.0), 1.0);
    }
}

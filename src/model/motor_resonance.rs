//! Motor resonance: reading another's expression.

use crate::lanes::{Real, functions::exp};
use serde::{Deserialize, Serialize};

/// Parameters of motor resonance.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameters {
    /// Spread of resonance between people, on a log scale.
    pub spread: f64,
    /// Share of affective sharing that comes through reading the expression.
    pub share_of_sharing: f64,
    /// What resonance adds to understanding.
    pub understanding_weight: f64,
    /// What resonance adds to empathic accuracy.
    pub accuracy_weight: f64,
}

/// How strongly a person resonates, 1 at the norm.
///
/// ```text
/// M = exp(sd · z)
/// ```
///
/// # Source
///
/// `mascaro2015`, "Motor simulation": supports reading emotional expressions (arrow 3) and feeds affective simulation (arrow 4).
#[inline(always)]
pub fn resonance<R: Real>(z: R, spread: R) -> R {
    exp(spread * z)
}

/// Empathic accuracy: how well the other's feeling is read, in \[0, 1).
///
/// ```text
/// accuracy = 1 − exp(−(w_mr · M · a · vividness + m))
/// ```
///
/// `m` is the understanding reached, `a` attention.
///
/// # Source
///
/// Arrows 3 and 8 of `mascaro2015`: motor simulation and mentalizing both raise accuracy; the saturating form is an assumption.
#[inline(always)]
pub fn accuracy<R: Real>(resonant_attention: R, understanding: R, weight: R) -> R {
    R::one() - exp(-(weight * resonant_attention + understanding))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accuracy_needs_resonance_or_understanding_and_saturates() {
        assert_eq!(accuracy(0.0, 0.0, 1.0), 0.0);
        assert!(accuracy(0.5, 0.0, 1.0) > 0.0 && accuracy(0.0, 0.5, 1.0) > 0.0);
        assert!(accuracy(0.5, 0.6, 1.0) > accuracy(0.5, 0.5, 1.0) && accuracy(20.0, 20.0, 1.0) <= 1.0);
        assert_eq!(resonance(0.0, 0.35), 1.0);
    }
}

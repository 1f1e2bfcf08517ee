//! Empathic anger: a mired person turns on whoever caused the suffering.

use crate::lanes::Real;
use serde::{Deserialize, Serialize};

/// Parameters of empathic anger.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameters {
    /// Time constant, in seconds.
    pub time_s: f64,
    /// Distress above which a person is mired.
    pub mired_distress: f64,
    /// How strongly indignation pushes to punish.
    pub punishing_weight: f64,
    /// How strongly indignation holds back from helping, where there is nobody to punish.
    pub distraction_weight: f64,
}

/// The indignation towards which a person moves.
///
/// ```text
/// τ ġ = perpetrator · [d − d_mired]₊ − g
/// ```
///
/// # Limits
///
/// 0 where nobody is to blame, and while distress is bearable.
///
/// # Source
///
/// `mascaro2015`, "Personal distress" (arrow 12): righteous indignation and the wish to exact retribution.
#[inline(always)]
pub fn target<R: Real>(perpetrator: R, distress: R, mired: R) -> R {
    perpetrator * (distress - mired).positive_part()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_indignant_without_a_perpetrator_or_while_distress_is_bearable() {
        assert_eq!(
            (target(0.0, 1.0, 0.2), target(1.0, 0.2, 0.2), target(1.0, 0.1, 0.2)),
            (0.0, 0.0, 0.0)
        );
        assert!((target(0.5, 0.6, 0.2) - 0.2).abs() < 1e-12);
    }
}

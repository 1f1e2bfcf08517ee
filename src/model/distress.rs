//! Personal distress: the self-focused, aversive state that wants out.

use crate::lanes::Real;
use serde::{Deserialize, Serialize};

/// Parameters of personal distress.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameters {
    /// Time constant, in seconds.
    pub time_s: f64,
}

/// The distress towards which a person moves.
///
/// ```text
/// τ ḋ = s · o / (1 + r) − d
/// ```
///
/// | symbol | argument      | meaning                                   | range    |
/// |--------|---------------|-------------------------------------------|----------|
/// | `s`    | `sharing`     | affective sharing                         | ≥ 0      |
/// | `o`    | `overlap`     | self–other overlap                        | \[0, 1\] |
/// | `r`    | `reappraisal` | reappraisal at work                       | ≥ 0      |
/// | `d`    | returned      | personal distress that this calls for     | ≥ 0      |
///
/// # Limits
///
/// 0 without sharing or without overlap; all that is shared if nothing is kept apart or regulated; halved at `r = 1`.
///
/// # Source
///
/// `mascaro2015`, "Personal distress" and "Self-other" (arrows 9 and 25). The form is our own choice.
#[inline(always)]
pub fn target<R: Real>(sharing: R, overlap: R, reappraisal: R) -> R {
    sharing * overlap / (R::one() + reappraisal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distress_needs_sharing_and_overlap_and_is_halved_by_a_reappraisal_of_1() {
        assert_eq!((target(0.0, 1.0, 0.0), target(0.8, 0.0, 0.0)), (0.0, 0.0));
        assert_eq!(target(0.8, 1.0, 0.0), 0.8);
        assert_eq!(target(0.8, 1.0, 1.0), 0.4);
        assert!(target(0.8, 0.5, 0.5) < target(0.8, 0.6, 0.5));
    }
}

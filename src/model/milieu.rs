//! The milieu: exclusion and low mood act on every level, weakly, as the evidence is.

use crate::lanes::{Real, functions::logistic};
use serde::{Deserialize, Serialize};

/// Parameters of the milieu.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameters {
    /// Loss of compassion just after being shut out, as a share.
    pub exclusion_weight: f64,
    /// Loss of sharing just after being shut out, as a share.
    pub exclusion_numbing: f64,
    /// Loss of understanding and compassion at clinical low mood, as a share.
    pub low_mood_weight: f64,
    /// Gain of overlap at clinical low mood, as a share.
    pub low_mood_distress: f64,
}

/// How far low mood reaches the clinical level, in (0, 1).
///
/// ```text
/// clinical = σ(3 (z − 1.5))
/// ```
///
/// # Source
///
/// `yan2021`: hardly any relation in ordinary samples; `ekinci2016`: at clinical level perspective-taking and concern are lower and distress is higher.
#[inline(always)]
pub fn clinical<R: Real>(low_mood: R) -> R {
    logistic(R::splat(3.0) * (low_mood - R::splat(1.5)))
}

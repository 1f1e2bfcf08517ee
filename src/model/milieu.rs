//! The milieu: connectedness, inflammation, oxytocin, exclusion and low mood act on every level, weakly, as the evidence is.

use crate::lanes::{
    Real,
    functions::{exp, logistic},
};
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
    /// Gain of sharing, understanding and compassion for each SD of connectedness, on a log scale.
    pub connectedness_weight: f64,
    /// Loss of the same for each SD of inflammation, on a log scale.
    pub inflammation_weight: f64,
    /// Gain of overlap for each SD of inflammation, as a share: the threat in what is seen weighs more.
    pub inflammation_threat: f64,
    /// Gain of attention for each SD of oxytocin tone, as a logit.
    pub oxytocin_attention: f64,
    /// Gain of the vagal brake for each SD of oxytocin tone, on a log scale.
    pub oxytocin_vagal: f64,
    /// Loss of overlap for each SD of oxytocin tone, as a share: the response to stress is damped.
    pub oxytocin_calm: f64,
}

/// The slow states in which an encounter takes place, in SD from the norm.
#[derive(Clone, Copy)]
pub struct Milieu<R> {
    /// How connected the person feels to others.
    pub connectedness: R,
    /// Inflammation.
    pub inflammation: R,
    /// Oxytocin tone.
    pub oxytocin: R,
}

impl<R: Real> Milieu<R> {
    /// Everything as it usually is.
    #[inline(always)]
    pub fn norm() -> Self {
        let zero = R::zero();
        Self {
            connectedness: zero,
            inflammation: zero,
            oxytocin: zero,
        }
    }
}

/// How open a person is to others' suffering, 1 at the norm; it multiplies sharing, understanding and compassion.
///
/// ```text
/// openness = exp(w_con · connectedness − w_inf · inflammation)
/// ```
///
/// # Source
///
/// `mascaro2015`, "Backdrop": chronic disconnection (arrow 31) and inflammation (arrow 37) diminish empathy and compassion, at all levels (arrow 43).
/// Sizes are assumptions, kept weak.
#[inline(always)]
pub fn openness<R: Real>(milieu: &Milieu<R>, connectedness_weight: R, inflammation_weight: R) -> R {
    exp(connectedness_weight * milieu.connectedness - inflammation_weight * milieu.inflammation)
}

/// What the milieu does to self–other overlap, as a factor.
///
/// ```text
/// (1 + w_lm · clinical) · max(0, 1 + w_thr · inflammation − w_calm · oxytocin)
/// ```
///
/// # Source
///
/// Low mood raises distress (`ekinci2016`); inflammation heightens the response to social threat (arrow 34); oxytocin damps the response to stress (arrow 41).
#[inline(always)]
pub fn overlap_factor<R: Real>(milieu: &Milieu<R>, clinical: R, low_mood: R, threat: R, calm: R) -> R {
    let tension = R::one() + threat * milieu.inflammation - calm * milieu.oxytocin;
    (R::one() + low_mood * clinical) * tension.positive_part()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_usual_milieu_changes_nothing() {
        let norm = Milieu::<f64>::norm();
        assert_eq!(openness(&norm, 0.1, 0.1), 1.0);
        assert_eq!(overlap_factor(&norm, 0.0, 0.3, 0.1, 0.1), 1.0);
    }

    #[test]
    fn ties_open_inflammation_closes_and_oxytocin_calms() {
        let of = |connectedness, inflammation, oxytocin| Milieu {
            connectedness,
            inflammation,
            oxytocin,
        };
        assert!(openness(&of(1.0, 0.0, 0.0), 0.1, 0.1) > 1.0 && openness(&of(0.0, 1.0, 0.0), 0.1, 0.1) < 1.0);
        let overlap = |milieu: &Milieu<f64>| overlap_factor(milieu, 0.0, 0.3, 0.1, 0.1);
        assert!(overlap(&of(0.0, 1.0, 0.0)) > 1.0 && overlap(&of(0.0, 0.0, 1.0)) < 1.0);
        assert_eq!(overlap(&of(0.0, 0.0, 99.0)), 0.0);
    }

    #[test]
    fn low_mood_matters_at_the_clinical_level_only() {
        assert!(clinical(0.0_f64) < 0.02 && clinical(3.0_f64) > 0.98);
        assert_eq!(clinical(1.5_f64), 0.5);
    }
}

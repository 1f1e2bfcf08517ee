//! Self–other distinction: how much of what is shared is taken for one's own.

use crate::lanes::{Real, functions::logistic};
use crate::model::situation::{Perspective, Situation};
use serde::{Deserialize, Serialize};

/// Parameters of self–other distinction.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameters {
    /// Distinction of a person at the norm, as a logit.
    pub bias: f64,
    /// Spread between people, as a logit.
    pub spread: f64,
    /// What being asked to imagine one's own feelings adds to overlap, and being asked to imagine the other's takes from it, as a share.
    pub imagine_gain: f64,
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

/// How much more of what is shared is felt as one's own than by somebody who was asked nothing, beside a stranger.
///
/// ```text
/// g = (1 + w_im · imagine-self + w_cl [closeness − 0.4]₊) / (1 + w_im · imagine-other)
/// ```
///
/// # Source
///
/// Imagining how one would feel oneself gives concern and distress, imagining how the other feels gives concern (`evidence/README`, pattern 6);
/// it adds little to the concern of people who were asked nothing (`mcauliffe2020`), so what it moves is whose feeling it is.
/// That both instructions move overlap by the same factor is an assumption. Closeness: `salles2024`.
pub fn felt_as_own(parameters: &Parameters, situation: &Situation) -> f64 {
    let asked = |perspective| parameters.imagine_gain * f64::from(u8::from(situation.perspective == perspective));
    let closeness = parameters.closeness_gain * (situation.closeness - 0.4).max(0.0);
    (1.0 + asked(Perspective::ImagineSelf) + closeness) / (1.0 + asked(Perspective::ImagineOther))
}

/// Self–other overlap: the share of what is shared that is felt as one's own.
///
/// ```text
/// o = min(1, (1 − D) · g)
/// ```
///
/// `gain` is [`felt_as_own`]; where distinction is knocked out, 1 at least, so that all that is shared is felt as one's own whatever was asked.
///
/// # Source
///
/// `mascaro2015`, "Self-other" (arrow 25): excessive overlap renders the perceiver mired in distress.
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
    fn the_two_instructions_move_overlap_by_the_same_factor_in_opposite_directions() {
        let parameters = crate::parameters::shipped().self_other;
        let gain = |perspective, closeness| {
            let situation = Situation {
                perspective,
                closeness,
                ..Situation::default()
            };
            felt_as_own(&parameters, &situation)
        };
        let own = gain(Perspective::ImagineSelf, 0.4);
        assert!((own - 1.0 - parameters.imagine_gain).abs() < 1e-12 && own > 1.0);
        assert!((gain(Perspective::ImagineOther, 0.4) * own - 1.0).abs() < 1e-12);
        for perspective in [Perspective::Natural, Perspective::Objective] {
            assert_eq!((gain(perspective, 0.4), gain(perspective, 0.1)), (1.0, 1.0));
            assert!(gain(perspective, 0.8) > 1.0, "closeness adds");
        }
    }

    #[test]
    fn distinction_rises_with_its_trait() {
        assert_eq!(distinction(0.0, 0.0, 0.77), 0.5);
        assert!(distinction(1.0, 0.4, 0.77) > distinction(0.0, 0.4, 0.77));
    }
}

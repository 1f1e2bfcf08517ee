//! Compassion: the warm, other-focused motive that does not care how easy it would be to leave.

use crate::lanes::{Real, functions::exp};
use crate::model::situation::{Perspective, Situation};
use serde::{Deserialize, Serialize};

/// Parameters of compassion.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameters {
    /// Spread of the motive between encounters, on a log scale.
    pub spread: f64,
    /// Part of that variance which is the stable trait.
    pub stable_share: f64,
    /// Strength of the top-down path relative to the one through sharing.
    pub top_down_strength: f64,
    /// How much of a trained gain reaches the path through sharing.
    pub trained_share_of_sharing_path: f64,
    /// Compassion that needs no understanding, as a share.
    pub without_understanding: f64,
    /// Distress at which compassion is halved.
    pub halving_distress: f64,
    /// Pull of closeness, on a log scale.
    pub closeness_weight: f64,
    /// Steepness with which closeness turns a stranger into one of us.
    pub closeness_steepness: f64,
    /// Push of blame, on a log scale.
    pub blame_weight: f64,
    /// Part of blame that imagining how the other feels takes away.
    pub blame_forgiven: f64,
    /// Loss with each doubling of the number of victims, on a log scale.
    pub victims_weight: f64,
    /// Time constant, in seconds.
    pub time_s: f64,
}

/// How far the situation calls for compassion, 1 for a blameless stranger.
///
/// ```text
/// G = exp(w_gc (b(closeness) − b(0.4)) − w_bl · blame · (1 − w_f · imagine-other) − w_v · log₂ victims),   b(x) = σ(k (x − ½))
/// ```
///
/// Belonging `b` is close to a category: an unmarked stranger (0.4) is not one of us, a member of a salient in-group (0.65) is.
///
/// # Source
///
/// Closeness: `batson1981`, `levine2005`; blame: `piliavin1969`; imagining how the other feels turns blame on the person into blame on the
/// circumstances (`batsonahmad2001`; the size is an assumption); victims: kept small, as preregistered replications find little.
pub fn appraisal(parameters: &Parameters, situation: &Situation) -> f64 {
    let belonging = |closeness: f64| 1.0 / (1.0 + libm::exp(-parameters.closeness_steepness * (closeness - 0.5)));
    let blamed = match situation.perspective {
        Perspective::ImagineOther => situation.blame * (1.0 - parameters.blame_forgiven),
        _ => situation.blame,
    };
    libm::exp(
        parameters.closeness_weight * (belonging(situation.closeness) - belonging(0.4))
            - parameters.blame_weight * blamed
            - parameters.victims_weight * libm::log2(f64::from(situation.victims)),
    )
}

/// A person's compassion motive in this encounter; half of it each for the two paths.
///
/// ```text
/// C = ½ exp(sd · z)
/// ```
#[inline(always)]
pub fn motive<R: Real>(z: R, spread: R) -> R {
    R::splat(0.5) * exp(spread * z)
}

/// The compassion towards which a person moves.
///
/// ```text
/// τ ċ = G · (m₀ + (1 − m₀) m) · [C_b · s/(1 + r/2) + κ₀ · C_t · a · u] / (1 + (d/d₅₀)²) − c
/// ```
///
/// | symbol  | argument        | meaning                                               | range |
/// |---------|-----------------|-------------------------------------------------------|-------|
/// | `G·(…)` | `understood`    | appraisal times what is understood                    | ≥ 0   |
/// | `C_b`   | `bottom_up`     | motive that works through sharing                     | ≥ 0   |
/// | `s`     | `sharing`       | affective sharing                                     | ≥ 0   |
/// | `r`     | `reappraisal`   | reappraisal at work                                   | ≥ 0   |
/// | `κ₀C_t·a·u` | `top_down`  | motive that needs no sharing, times need attended to  | ≥ 0   |
/// | `d/d₅₀` | `relative_distress` | personal distress over the one that halves compassion | ≥ 0 |
///
/// # Limits
///
/// 0 without need or attention; halved at `d = d₅₀`; not 0 without sharing (top-down path) or without understanding (`m₀`).
///
/// # Source
///
/// Sharing as fuel (arrow 13) and compassion without empathy: `mascaro2015`; distress crowds it out (arrow 10); dampened little by reappraisal (`weng2013`).
#[inline(always)]
pub fn target<R: Real>(
    understood: R,
    bottom_up: R,
    sharing: R,
    reappraisal: R,
    top_down: R,
    relative_distress: R,
) -> R {
    // One division for both fractions: [b·s + t·(1 + r/2)] / [(1 + r/2)(1 + x²)].
    let damped = R::one() + R::splat(0.5) * reappraisal;
    let crowded = R::one() + relative_distress * relative_distress;
    understood * (bottom_up * sharing + top_down * damped) / (damped * crowded)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parameters() -> Parameters {
        crate::parameters::shipped().compassion
    }

    #[test]
    fn a_blameless_stranger_is_the_norm_and_closeness_blame_and_numbers_move_it() {
        let of = |closeness, blame, victims| {
            let situation = Situation {
                closeness,
                blame,
                victims,
                ..Situation::default()
            };
            appraisal(&parameters(), &situation)
        };
        assert_eq!(of(0.4, 0.0, 1), 1.0);
        assert!(of(0.65, 0.0, 1) > 1.0 && of(0.1, 0.0, 1) < 1.0);
        assert!(of(0.4, 0.5, 1) < 1.0 && of(0.4, 1.0, 1) < of(0.4, 0.5, 1));
        assert!(of(0.4, 0.0, 8) < 1.0);
    }

    #[test]
    fn there_is_no_compassion_without_need_and_half_of_it_at_the_halving_distress() {
        assert_eq!(target(1.0, 0.5, 0.0, 0.0, 0.0, 0.0), 0.0);
        let free = target(0.8, 0.5, 0.6, 0.4, 0.3, 0.0);
        assert!((target(0.8, 0.5, 0.6, 0.4, 0.3, 1.0) - free / 2.0).abs() < 1e-12);
    }

    #[test]
    fn either_path_is_enough() {
        assert!(target(1.0, 0.5, 0.0, 0.0, 0.3, 0.0) > 0.0, "without sharing");
        assert!(target(1.0, 0.5, 0.6, 0.0, 0.0, 0.0) > 0.0, "without the top-down path");
        let (calm, reappraising) = (
            target(1.0, 0.5, 0.6, 0.0, 0.0, 0.0),
            target(1.0, 0.5, 0.6, 2.0, 0.0, 0.0),
        );
        assert!(
            (reappraising - calm / 2.0).abs() < 1e-12,
            "reappraisal of 2 halves the path through sharing"
        );
    }

    #[test]
    fn the_motive_is_one_half_at_the_norm() {
        assert_eq!(motive(0.0, 0.9), 0.5);
        assert!(motive(1.0, 0.9) > 0.5 && motive(-1.0, 0.9) > 0.0);
    }
}

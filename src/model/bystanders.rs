//! Bystanders: what others' presence and inaction do to a person.

use crate::lanes::{Real, functions::exp};
use crate::model::situation::{BystanderBehaviour, Situation};
use serde::{Deserialize, Serialize};

/// Parameters of bystander influence.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameters {
    /// How steeply the felt share of responsibility falls with the number of others.
    pub diffusion: f64,
    /// Part of that diffusion which acts however clear the scene is.
    pub diffusion_in_clear_scenes: f64,
    /// How much diffusion grows with ambiguity.
    pub diffusion_by_ambiguity: f64,
}

/// Felt share of responsibility.
///
/// ```text
/// share = ρ + (1 − ρ) (1 + others)^(−γ'),   γ' = γ · min(2, g₀ + g₁ · ambiguity)
/// ```
///
/// `ρ` is the responsibility laid on the person.
///
/// # Limits
///
/// 1 alone, or fully responsible; falls with the number of others.
///
/// # Source
///
/// `darleylatane1968`; weaker in clear emergencies (`evidence/README`, pattern 7). The power law is an assumption.
pub fn felt_responsibility(parameters: &Parameters, situation: &Situation, others: u32) -> f64 {
    let diffusion = parameters.diffusion
        * (parameters.diffusion_in_clear_scenes + parameters.diffusion_by_ambiguity * situation.ambiguity).min(2.0);
    let shared = libm::pow(1.0 + f64::from(others), -diffusion);
    situation.responsibility + (1.0 - situation.responsibility) * shared
}

/// How many others are seen doing nothing from the start, weighted down by closeness.
pub fn confederates_seen(situation: &Situation, beyond_group: u32) -> f64 {
    match situation.bystander_behaviour {
        BystanderBehaviour::Passive => f64::from(beyond_group),
        BystanderBehaviour::Unseen | BystanderBehaviour::Free | BystanderBehaviour::Hidden => 0.0,
    }
}

/// How far others' inaction is seen, in \[0, 1).
///
/// ```text
/// passive = 1 − exp(−Σ v_j)
/// ```
///
/// `v_j` is the visible inaction of each other: 1 for a passive confederate from the start.
#[inline(always)]
pub fn seen_inaction<R: Real>(sum: R) -> R {
    R::one() - exp(-sum)
}

/// The visible inaction of a real other, towards which the impression moves.
///
/// ```text
/// τ_v v̇ = (1 − h_j) − v
/// ```
///
/// A rising tendency to help shows in face and posture and makes inaction less convincing (`darleylatane1968` and followers: pluralistic ignorance needs
/// faces that show nothing); the form is an assumption.
#[inline(always)]
pub fn inaction_target<R: Real>(tendency_to_help: R) -> R {
    R::one() - tendency_to_help.min(R::one())
}

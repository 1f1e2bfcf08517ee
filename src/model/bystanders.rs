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
    /// How strongly the inaction of visible others holds back what one feels like doing.
    pub audience_inhibition: f64,
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

/// What visible inaction leaves of the wish to act.
///
/// ```text
/// resolve = 1 / (1 + k · passive)
/// ```
///
/// # Limits
///
/// 1 where nobody is seen doing nothing; `1/(1 + k)` at most is left however clear the need is.
///
/// # Source
///
/// Audience inhibition beside the definition of the scene: who acts alone before passive others risks standing out (Latané & Nida 1981 name
/// both). The form is an assumption.
#[inline(always)]
pub fn resolve<R: Real>(seen_inaction: R, audience_inhibition: R) -> R {
    R::one() / (R::one() + audience_inhibition * seen_inaction)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn parameters() -> Parameters {
        Parameters {
            diffusion: 0.8,
            diffusion_in_clear_scenes: 0.2,
            diffusion_by_ambiguity: 2.0,
            audience_inhibition: 0.5,
        }
    }

    #[test]
    fn responsibility_is_whole_alone_or_where_it_was_laid_on_the_person() {
        let mut situation = Situation::default();
        assert_eq!(felt_responsibility(&parameters(), &situation, 0), 1.0);
        situation.responsibility = 1.0;
        assert_eq!(felt_responsibility(&parameters(), &situation, 9), 1.0);
    }

    #[test]
    fn responsibility_falls_with_others_and_more_so_in_ambiguous_scenes() {
        let share = |ambiguity, others| {
            let situation = Situation {
                ambiguity,
                ..Situation::default()
            };
            felt_responsibility(&parameters(), &situation, others)
        };
        assert!(share(0.2, 4) < share(0.2, 1) && share(0.2, 1) < 1.0);
        assert!(share(0.7, 4) < share(0.2, 4));
        // By hand: γ' = 0.8 · (0.2 + 2 · 0.4) = 0.8, and 2^(−0.8) = 0.574 349 177.
        assert!((share(0.4, 1) - 0.574_349_177).abs() < 1e-9);
    }

    #[test]
    fn only_passive_others_are_seen_doing_nothing_from_the_start() {
        let seen = |bystander_behaviour| {
            let situation = Situation {
                bystander_behaviour,
                ..Situation::default()
            };
            confederates_seen(&situation, 3)
        };
        assert_eq!(seen(BystanderBehaviour::Passive), 3.0);
        for it in [
            BystanderBehaviour::Unseen,
            BystanderBehaviour::Free,
            BystanderBehaviour::Hidden,
        ] {
            assert_eq!(seen(it), 0.0);
        }
    }

    #[test]
    fn passive_others_hold_back_the_wish_to_act() {
        assert_eq!(
            (resolve(0.0, 1.5), resolve(1.0, 1.0), resolve(1.0, 0.0)),
            (1.0, 0.5, 1.0)
        );
        assert!(resolve(0.9, 1.0) < resolve(0.6, 1.0));
    }

    #[test]
    fn inaction_fades_as_somebody_gets_ready_to_help() {
        assert_eq!(seen_inaction(0.0), 0.0);
        assert!(seen_inaction(1.0) < seen_inaction(2.0) && seen_inaction(50.0) <= 1.0);
        assert_eq!(
            (inaction_target(0.0), inaction_target(1.0), inaction_target(3.0)),
            (1.0, 0.0, 0.0)
        );
    }
}

//! Bystanders: what others' presence and inaction do to a person.

use crate::lanes::Real;
use crate::model::situation::{BystanderBehaviour, Situation};
use serde::{Deserialize, Serialize};

/// Parameters of bystander influence.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameters {
    /// How steeply the felt share of responsibility falls with the number of others, for each unit of ambiguity.
    pub diffusion: f64,
    /// How strongly the inaction of visible others holds back what one feels like doing, for each unit of doubt.
    pub audience_inhibition: f64,
    /// Push of another's urging to help, per second.
    pub urging_weight: f64,
}

/// Felt share of responsibility.
///
/// ```text
/// share = ρ + (1 − ρ) (1 + others)^(−γ'),   γ' = γ · ambiguity
/// ```
///
/// `ρ` is the responsibility laid on the person.
///
/// # Limits
///
/// 1 alone, where nothing is ambiguous, or fully responsible; falls with the number of others.
///
/// # Source
///
/// `darleylatane1968`; weaker in clear emergencies (`evidence/README`, pattern 7). The power law is an assumption.
pub fn felt_responsibility(parameters: &Parameters, situation: &Situation, others: u32) -> f64 {
    let diffusion = parameters.diffusion * situation.ambiguity;
    let shared = libm::pow(1.0 + f64::from(others), -diffusion);
    situation.responsibility + (1.0 - situation.responsibility) * shared
}

/// How far others who were told to do nothing are seen doing nothing, from the start: 1 wherever there are any who keep silent, 0 without. Closeness plays no part.
///
/// ```text
/// passive = Σ_j v_j / n = 1 − |urging|
/// ```
///
/// Who speaks about it shows that there is something, whatever they say.
///
/// # Source
///
/// Others who all do nothing define the scene (`latanedarley1968`, `latanerodin1969`). That it counts how far all do, and not how many they are, is an
/// assumption: it predicts the published cells better than a sum that saturates (`src/fit/HISTORY.md`, "Equations tried").
pub fn confederates_seen(situation: &Situation) -> f64 {
    let any = situation.bystander_behaviour == BystanderBehaviour::Passive && situation.bystanders > 0;
    f64::from(u8::from(any)) * (1.0 - situation.urging.abs())
}

/// Push of what another says to help, or against it, per second.
///
/// ```text
/// w_u · urging
/// ```
///
/// # Source
///
/// Whether another calls it a duty or nobody's business moves who acts (`bickmanrosenbaum1977`): social influence as pressure, beside what others' inaction
/// says about the scene. That both ways weigh alike is an assumption.
pub fn urging(parameters: &Parameters, situation: &Situation) -> f64 {
    parameters.urging_weight * situation.urging
}

/// Closeness of witnesses who do not know each other.
const AMONG_STRANGERS: f64 = 0.3;

/// What the visible inaction of each of so many real others adds to that of all.
///
/// ```text
/// passive = Σ_j w v_j,   w = min(1, (1 − witness closeness) / 0.7) / n
/// ```
///
/// `v_j` is the visible inaction of each of `n` others who are seen ([`inaction_target`]); others beyond a group that is simulated share responsibility
/// ([`felt_responsibility`]) and are not seen.
///
/// # Limits
///
/// All of them together add 1 among strangers (witness closeness .3), whatever their number; nothing among people who are as close as can be.
///
/// # Source
///
/// As for [`confederates_seen`]; friends misread each other's calm less (`latanerodin1969`).
pub fn weight_of_each(situation: &Situation, others: u32) -> f64 {
    ((1.0 - situation.witness_closeness) / (1.0 - AMONG_STRANGERS)).min(1.0) / f64::from(others.max(1))
}

/// How strongly the inaction of all others who are seen holds back the wish to act in a scene.
///
/// ```text
/// inhibition = k · doubt
/// ```
///
/// `doubt` is [`perception::doubt`](super::perception::doubt): .22 in an ordinary scene, less where the cues are clear or the need is grave.
///
/// # Source
///
/// Who acts alone before passive others risks standing out as the one who was mistaken (Latané & Nida 1981): the less there is to be mistaken about, the
/// smaller the risk, and unmistakable emergencies nearly abolish what bystanders do (`evidence/README`, pattern 7; here they lessen it). The proportion is an assumption.
pub fn inhibition(parameters: &Parameters, doubt: f64) -> f64 {
    parameters.audience_inhibition * doubt
}

/// What visible inaction leaves of the wish to act.
///
/// ```text
/// resolve = 1 / (1 + inhibition · passive)
/// ```
///
/// # Limits
///
/// 1 where nobody is seen doing nothing; `1/(1 + inhibition)` is left where all are ([`inhibition`]).
///
/// # Source
///
/// Audience inhibition beside the definition of the scene (Latané & Nida 1981 name both). The form is an assumption.
#[inline(always)]
pub fn resolve<R: Real>(seen_inaction: R, inhibition: R) -> R {
    R::one() / (R::one() + inhibition * seen_inaction)
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
            diffusion: 2.0,
            audience_inhibition: 0.5,
            urging_weight: 0.04,
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
        assert_eq!(share(0.0, 9), 1.0, "nobody waits for others where nothing is in doubt");
        // By hand: γ' = 2 · 0.4 = 0.8, and 2^(−0.8) = 0.574 349 177.
        assert!((share(0.4, 1) - 0.574_349_177).abs() < 1e-9);
    }

    #[test]
    fn only_passive_others_are_seen_doing_nothing_from_the_start() {
        let seen = |bystander_behaviour, bystanders| {
            let situation = Situation {
                bystander_behaviour,
                bystanders,
                ..Situation::default()
            };
            confederates_seen(&situation)
        };
        let passive = |bystanders| seen(BystanderBehaviour::Passive, bystanders);
        assert_eq!((passive(0), passive(1), passive(3)), (0.0, 1.0, 1.0));
        for it in [
            BystanderBehaviour::Unseen,
            BystanderBehaviour::Free,
            BystanderBehaviour::Hidden,
        ] {
            assert_eq!(seen(it, 3), 0.0);
        }
    }

    #[test]
    fn who_speaks_is_not_silent_and_pushes_as_far_as_they_go() {
        let of = |said| {
            let situation = Situation {
                bystander_behaviour: BystanderBehaviour::Passive,
                bystanders: 1,
                urging: said,
                ..Situation::default()
            };
            (confederates_seen(&situation), urging(&parameters(), &situation))
        };
        assert_eq!((of(0.0), of(1.0), of(-1.0)), ((1.0, 0.0), (0.0, 0.04), (0.0, -0.04)));
        assert_eq!(of(-0.5).0, 0.5);
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
    fn passive_others_hold_back_the_less_the_clearer_the_scene() {
        let left = |doubt| resolve(1.0, inhibition(&parameters(), doubt));
        assert_eq!((left(0.0), left(2.0)), (1.0, 0.5));
        assert!(left(0.8) < left(0.3) && left(0.3) < left(0.1));
    }

    #[test]
    fn inaction_of_strangers_counts_the_same_in_any_number_and_that_of_friends_less() {
        let all = |witness_closeness, others| {
            let situation = Situation {
                witness_closeness,
                ..Situation::default()
            };
            f64::from(others) * weight_of_each(&situation, others)
        };
        assert_eq!(
            (all(0.3, 1), all(0.3, 2), all(0.3, 8), all(0.0, 2)),
            (1.0, 1.0, 1.0, 1.0)
        );
        assert!((all(0.65, 4) - 0.5).abs() < 1e-12);
        assert_eq!((all(1.0, 4), all(0.3, 0)), (0.0, 0.0));
    }

    #[test]
    fn inaction_fades_as_somebody_gets_ready_to_help() {
        assert_eq!(
            (inaction_target(0.0), inaction_target(1.0), inaction_target(3.0)),
            (1.0, 0.0, 0.0)
        );
    }
}

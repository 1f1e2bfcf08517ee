//! Bystanders: what others' presence and inaction do to a person.

use crate::lanes::Real;
use crate::model::situation::{BystanderBehaviour, Situation};
use serde::{Deserialize, Serialize};

/// Parameters of bystander influence.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameters {
    /// How far people divide responsibility equally among all who are there, in a scene of which nothing is clear.
    pub diffusion: f64,
    /// How far people count on others who can help as well to take their part of the cost.
    pub shared_cost: f64,
    /// How strongly the inaction of visible others makes one fear to stand out, for each unit of doubt.
    pub audience_inhibition: f64,
    /// Push of another's urging to help, per second.
    pub urging_weight: f64,
}

/// What falls to the others where everybody takes an equal part.
///
/// ```text
/// n / (1 + n)
/// ```
///
/// # Limits
///
/// 0 alone; half beside one other; each further one adds less, and all together never the whole.
fn part_of_others(others: u32) -> f64 {
    f64::from(others) / (1.0 + f64::from(others))
}

/// Felt share of responsibility: between the whole of it and an equal part, the nearer to an equal part the more the scene is in doubt.
///
/// ```text
/// share = ρ + (1 − ρ) (1 − γ · in doubt · n/(1 + n))
/// ```
///
/// `ρ` is the responsibility laid on the person, `n` the number of others, `in doubt` how far the scene is ([`perception::in_doubt`](super::perception::in_doubt)).
///
/// # Limits
///
/// 1 alone, where nothing is ambiguous, or fully responsible; falls with the number of others, and never below `1 − γ`.
///
/// # Source
///
/// `darleylatane1968`; weaker in clear emergencies (`evidence/README`, pattern 7); each further other adds less (social impact, Latané 1981). Its bound is that of the
/// meta-analysis (`fischer2011`, g = −.35), where doubt and number do not multiply it. The form is an assumption.
pub fn felt_responsibility(parameters: &Parameters, situation: &Situation, in_doubt: f64, others: u32) -> f64 {
    let given_away = parameters.diffusion * in_doubt * part_of_others(others);
    situation.responsibility + (1.0 - situation.responsibility) * (1.0 - given_away)
}

/// What helping costs somebody beside others who can help as well.
///
/// ```text
/// cost · (1 − s · n/(1 + n))
/// ```
///
/// Only others who are seen and free to act count; who is told to do nothing, or is elsewhere, takes nothing off.
///
/// # Limits
///
/// The whole cost alone; an equal part of it where `s` is 1.
///
/// # Source
///
/// Where helping is dangerous, others who are there are support, and the bystander effect vanishes or turns round (`fischer2011`; `harari1985`: men who walked with others went
/// in more often than those alone). The form is an assumption.
pub fn cost_beside_others(parameters: &Parameters, situation: &Situation, others: u32) -> f64 {
    match situation.bystander_behaviour {
        BystanderBehaviour::Free => situation.cost * (1.0 - parameters.shared_cost * part_of_others(others)),
        BystanderBehaviour::Unseen | BystanderBehaviour::Passive | BystanderBehaviour::Hidden => situation.cost,
    }
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

/// How strongly the inaction of all others who are seen makes the unfeeling fear to stand out in a scene.
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

/// What the fear of standing out leaves of the wish to act.
///
/// ```text
/// resolve = 1 / (1 + fear),   fear = inhibition · passive · 1/(1 + k·c)
/// ```
///
/// The fear is for oneself, so that compassion `c` holds it back as it holds back every such concern
/// ([`decision::self_concern`](super::decision::self_concern)).
///
/// # Limits
///
/// 1 where nobody is seen doing nothing; `1/(1 + inhibition)` is left to the unfeeling where all are ([`inhibition`]), and more to whoever is moved.
///
/// # Source
///
/// Audience inhibition beside the definition of the scene (Latané & Nida 1981 name both): apprehension of what others may think, an egoistic concern.
/// Ties to the one in need outweigh the number of those who are there (`liebst2019`). The form is an assumption.
#[inline(always)]
pub fn resolve<R: Real>(fear: R) -> R {
    R::one() / (R::one() + fear)
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
            shared_cost: 0.5,
            audience_inhibition: 0.5,
            urging_weight: 0.04,
        }
    }

    #[test]
    fn responsibility_is_whole_alone_or_where_it_was_laid_on_the_person() {
        let mut situation = Situation::default();
        assert_eq!(felt_responsibility(&parameters(), &situation, 0.5, 0), 1.0);
        situation.responsibility = 1.0;
        assert_eq!(felt_responsibility(&parameters(), &situation, 0.5, 9), 1.0);
    }

    #[test]
    fn responsibility_falls_with_others_and_doubt_and_never_below_its_bound() {
        let share = |in_doubt, others| felt_responsibility(&parameters(), &Situation::default(), in_doubt, others);
        assert_eq!((share(0.0, 4), share(0.5, 1)), (1.0, 0.8));
        assert!(share(0.5, 4) < share(0.5, 1) && share(0.9, 1) < share(0.5, 1));
        assert!(
            share(0.5, 1) - share(0.5, 2) > share(0.5, 2) - share(0.5, 3),
            "each adds less"
        );
        assert!(share(1.0, 1_000_000) > 0.2);
    }

    #[test]
    fn who_can_help_as_well_takes_a_part_of_the_cost() {
        let cost = |bystander_behaviour, others| {
            let situation = Situation {
                bystander_behaviour,
                cost: 0.6,
                ..Situation::default()
            };
            cost_beside_others(&parameters(), &situation, others)
        };
        assert_eq!(cost(BystanderBehaviour::Free, 0), 0.6);
        assert!((cost(BystanderBehaviour::Free, 1) - 0.45).abs() < 1e-12);
        assert!(cost(BystanderBehaviour::Free, 8) < cost(BystanderBehaviour::Free, 1));
        for behaviour in [
            BystanderBehaviour::Unseen,
            BystanderBehaviour::Passive,
            BystanderBehaviour::Hidden,
        ] {
            assert_eq!(cost(behaviour, 8), 0.6);
        }
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
        assert_eq!((resolve(0.0), resolve(1.0)), (1.0, 0.5));
        assert!(resolve(0.9) < resolve(0.6));
    }

    #[test]
    fn whoever_is_moved_fears_the_less_to_stand_out() {
        let left = |compassion| resolve(4.0 * crate::model::decision::self_concern(compassion, 12.0));
        assert_eq!(left(0.0), 0.2);
        assert!(left(0.3) > left(0.1) && left(0.1) > left(0.0) && left(10.0) < 1.0);
    }

    #[test]
    fn passive_others_hold_back_the_less_the_clearer_the_scene() {
        let left = |doubt| resolve(inhibition(&parameters(), doubt));
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

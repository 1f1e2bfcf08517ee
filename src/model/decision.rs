//! Decision: tendencies to help, to leave and to punish race to a bound.

use crate::lanes::Real;
use crate::model::situation::{EmotionLabel, Situation};
use crate::statistics::power;
use serde::{Deserialize, Serialize};

/// Parameters of the decision.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameters {
    /// Push of compassion to help, per second.
    pub compassion_weight: f64,
    /// Push of personal distress to help where one cannot leave, per second.
    pub distress_weight: f64,
    /// Push of personal distress to leave where one can, per second.
    pub leaving_weight: f64,
    /// Drift to help of somebody who feels nothing, per second.
    pub help_bias: f64,
    /// Need seen and attended to at which half of what moves the unfeeling is prompted.
    pub prompting_need: f64,
    /// Drift to leave of somebody who feels nothing where leaving is easy, per second.
    pub leave_bias: f64,
    /// How strongly compassion holds back the wish to be rid of one's own distress.
    pub compassion_against_self_concern: f64,
    /// Push of the highest cost (1) to leave where one can, per second.
    pub leaving_cost_weight: f64,
    /// Push of haste to leave, per second.
    pub haste_weight: f64,
    /// How steeply cost discounts what feelings weigh.
    pub cost_discount: f64,
    /// How much faster than linearly cost rises near 1.
    pub cost_steepening: f64,
    /// Push of a good mood to help, per second.
    pub mood_weight: f64,
    /// Push of guilt to help, per second.
    pub guilt_weight: f64,
    /// Push of responsibility to help, per second.
    pub responsibility_weight: f64,
    /// How much more than in proportion a promise (1) weighs than a request (0.5).
    pub responsibility_exponent: f64,
    /// Push of what standing by costs where one cannot leave, per second.
    pub standing_by_weight: f64,
    /// Push of being seen to help, per second.
    pub evaluation_weight: f64,
    /// Spread of readiness to act between encounters, per second.
    pub readiness_sd: f64,
    /// Part of the variance of need threshold and readiness which is the stable trait.
    pub stable_share: f64,
    /// Weight that a feeling keeps when the setting makes people notice the other one.
    pub unnoticed_weight: f64,
    /// Leak of the tendencies, per second.
    pub leak: f64,
    /// How much less than in proportion being half trapped weighs.
    pub trapped_exponent: f64,
    /// Noise of the tendencies, per square root of a second.
    pub noise: f64,
}

/// How far a person is trapped with the sufferer.
///
/// ```text
/// (1 − escape)ᵖ
/// ```
///
/// # Source
///
/// `batson1981`: distress pushes to help where leaving is hard; the power leaves about a third of it where one can go unseen (½). An assumption.
pub fn trapped(parameters: &Parameters, escape: f64) -> f64 {
    libm::pow(1.0 - escape, parameters.trapped_exponent)
}

/// Pull to leave of somebody who feels nothing, before compassion holds it back.
///
/// ```text
/// escape · (l₀ + w_lc · cost⁴)
/// ```
///
/// # Source
///
/// `evidence/README`, pattern 3: where helping is very costly even those high in concern leave if they can. The fourth power keeps it to costs
/// near 1, as in [`felt_cost`]; form and size are assumptions.
pub fn leaving(parameters: &Parameters, situation: &Situation) -> f64 {
    situation.escape * (parameters.leave_bias + parameters.leaving_cost_weight * power(situation.cost, 4))
}

/// What compassion leaves of the wish to be rid of one's own distress, be it by leaving or by helping.
///
/// ```text
/// 1 / (1 + k · c)
/// ```
///
/// # Limits
///
/// All of it without compassion; half of it at `c = 1/k`.
///
/// # Source
///
/// Compassion does not care how easy it would be to leave: where concern is high, help is as frequent whether one can leave or not
/// (`batson1981`), so that where one cannot, distress adds little to it. The form is an assumption.
#[inline(always)]
pub fn self_concern<R: Real>(compassion: R, compassion_against_self_concern: R) -> R {
    R::one() / (R::one() + compassion_against_self_concern * compassion)
}

/// What a cost between 0 and 1 weighs.
///
/// ```text
/// cost + k · cost⁴
/// ```
///
/// # Source
///
/// `evidence/README`, pattern 3: at very high cost even those high in concern leave. The form is an assumption.
pub fn felt_cost(parameters: &Parameters, cost: f64) -> f64 {
    cost + parameters.cost_steepening * power(cost, 4)
}

/// How fast the tendencies move, relative to a chance that lasts half a minute.
///
/// ```text
/// pace = 30 s / window
/// ```
///
/// # Source
///
/// People decide faster when the chance is short (urgency, collapsing bounds); that a scene's own length stands for the time people
/// think they have, and the power law, are assumptions.
pub fn pace(window_s: f64) -> f64 {
    30.0 / window_s
}

/// Weights of compassion and of personal distress, by the feeling that the setting makes people notice.
pub fn noticed(parameters: &Parameters, label: EmotionLabel) -> (f64, f64) {
    match label {
        EmotionLabel::None => (1.0, 1.0),
        EmotionLabel::DistressSalient => (parameters.unnoticed_weight, 1.0),
        EmotionLabel::ConcernSalient => (1.0, parameters.unnoticed_weight),
    }
}

/// What cost leaves of the push that feelings give, 1 at the cost of a minute (0.25).
///
/// ```text
/// discount = (1 + k · felt cost(¼)) / (1 + k · felt cost)
/// ```
///
/// # Source
///
/// Effort discounting is hyperbolic in the literature on effort and reward; that it divides rather than subtracts was chosen because it
/// predicts the published cells better (`src/fit/HISTORY.md`, "Equations tried").
pub fn discount(parameters: &Parameters, cost: f64) -> f64 {
    (1.0 + parameters.cost_discount * felt_cost(parameters, 0.25))
        / (1.0 + parameters.cost_discount * felt_cost(parameters, cost))
}

/// Push of what standing by costs somebody who cannot leave, before compassion holds it back.
///
/// ```text
/// w_sb · (1 − escape)ᵖ · discount²
/// ```
///
/// Who stays has to look on, to answer for it, and to go on facing the one who was not helped; the more helping costs, the better is the excuse, so that
/// the discount counts twice. It is the distress that one expects from standing by: a motive for one's own sake, which [`self_concern`] holds back, which
/// goes where personal distress is knocked out, and which needs something to be done ([`prompted`]).
///
/// # Limits
///
/// Nothing where one can walk on; largest for a trifle before one's eyes.
///
/// # Source
///
/// Arousal: cost–reward (`piliavin1969`: the costs of not helping, blame and shame, against those of helping). Its form predicts studies left out better than others
/// (`src/fit/HISTORY.md`, eighth round).
pub fn standing_by(parameters: &Parameters, situation: &Situation, discount: f64) -> f64 {
    parameters.standing_by_weight * trapped(parameters, situation.escape) * discount * discount
}

/// Drift to help of a person at the norm who feels nothing.
///
/// ```text
/// share · (b₀ + w_mood [mood]₊ + w_guilt guilt + w_resp responsibilityᵖ + w_ev (evaluation − 0.3)) + w_u urging
/// ```
///
/// `share` is the felt share of responsibility, `urging` what another says ([`bystanders::urging`](super::bystanders::urging)).
///
/// # Source
///
/// Good mood: `isenlevin1972`. A bad mood has no push of its own: over studies it neither raises nor lowers helping by itself (Carlson & Miller
/// 1987, Psychological Bulletin 102:91), and no study of the tables varies it; it takes attention ([`attention_logit`]).
///
/// [`attention_logit`]: crate::model::perception::attention_logit
pub fn unfeeling_drift(parameters: &Parameters, situation: &Situation, share: f64, urging: f64) -> f64 {
    urging
        + share
            * (parameters.help_bias
                + parameters.mood_weight * situation.mood.max(0.0)
                + parameters.guilt_weight * situation.guilt
                + parameters.responsibility_weight
                    * libm::pow(situation.responsibility, parameters.responsibility_exponent)
                + parameters.evaluation_weight * (situation.evaluation - 0.3))
}

/// What part of habit, readiness, mood, guilt and pressure is prompted by the need that is seen.
///
/// ```text
/// a·u / (a·u + u₅₀)
/// ```
///
/// `a·u` is the need that is attended to and seen.
///
/// # Limits
///
/// Nothing where nothing is seen to be needed; half of it at `a·u = u₅₀`, nearly all of it at the smallest everyday need.
///
/// # Source
///
/// One has to notice that something is to be done before one can be ready to do it (the first steps of Latané & Darley 1970). The form is an assumption.
#[inline(always)]
pub fn prompted<R: Real>(need: R, prompting_need: R) -> R {
    need / (need + prompting_need)
}

/// One step of a tendency: a leaky accumulator, exact for a constant drift.
///
/// ```text
/// ẋ = drift − λ x + noise;   x ← max(x·e^(−λΔ) + drift·(1 − e^(−λΔ))/λ + ξ, floor)
/// ```
///
/// `kept`, `gained` hold the two factors of the step, `shock` is the noise of the step, `floor` the reflecting bound.
#[inline(always)]
pub fn accumulate<R: Real>(tendency: R, kept: R, drift: R, gained: R, shock: R, floor: R) -> R {
    (tendency * kept + drift * gained + shock).max(floor)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parameters() -> Parameters {
        crate::parameters::shipped().decision
    }

    #[test]
    fn nobody_is_trapped_who_can_walk_on() {
        let parameters = Parameters {
            trapped_exponent: 2.0,
            ..parameters()
        };
        let trapped = |escape| trapped(&parameters, escape);
        assert_eq!((trapped(1.0), trapped(0.5), trapped(0.0)), (0.0, 0.25, 1.0));
    }

    #[test]
    fn compassion_holds_back_and_the_highest_cost_drives_away() {
        assert_eq!(
            (self_concern(0.0, 5.0), self_concern(0.2, 5.0), self_concern(0.2, 0.0)),
            (1.0, 0.5, 1.0)
        );
        let parameters = parameters();
        let at = |escape, cost| {
            let situation = Situation {
                escape,
                cost,
                ..Situation::default()
            };
            leaving(&parameters, &situation)
        };
        assert_eq!((at(0.0, 1.0), at(1.0, 0.0)), (0.0, parameters.leave_bias));
        // What the last tenth of cost adds exceeds what the first half adds.
        assert!(at(1.0, 1.0) - at(1.0, 0.9) > at(1.0, 0.5) - at(1.0, 0.0));
    }

    #[test]
    fn cost_weighs_nothing_at_nothing_and_more_than_in_proportion_near_1() {
        let parameters = parameters();
        assert_eq!(felt_cost(&parameters, 0.0), 0.0);
        assert!(felt_cost(&parameters, 1.0) > 2.0 * felt_cost(&parameters, 0.5));
        assert_eq!(discount(&parameters, 0.25), 1.0);
        assert!(discount(&parameters, 0.1) > 1.0 && discount(&parameters, 0.9) < discount(&parameters, 0.5));
    }

    #[test]
    fn standing_by_costs_those_who_cannot_leave_and_the_less_the_dearer_help_is() {
        let parameters = parameters();
        let push = |escape, discount| {
            let situation = Situation {
                escape,
                ..Situation::default()
            };
            standing_by(&parameters, &situation, discount)
        };
        assert_eq!((push(1.0, 1.0), push(0.0, 1.0)), (0.0, parameters.standing_by_weight));
        assert_eq!(push(0.0, 0.5), parameters.standing_by_weight / 4.0);
        assert!(push(0.3, 1.2) > push(0.6, 1.2) && push(0.3, 1.2) > push(0.3, 0.8));
    }

    #[test]
    fn the_pace_is_that_of_half_a_minute_and_falls_as_the_time_grows() {
        assert_eq!((pace(30.0), pace(60.0), pace(15.0)), (1.0, 0.5, 2.0));
    }

    #[test]
    fn a_label_takes_weight_off_the_other_feeling() {
        let parameters = parameters();
        assert_eq!(noticed(&parameters, EmotionLabel::None), (1.0, 1.0));
        assert_eq!(
            noticed(&parameters, EmotionLabel::DistressSalient),
            (parameters.unnoticed_weight, 1.0)
        );
        assert_eq!(
            noticed(&parameters, EmotionLabel::ConcernSalient),
            (1.0, parameters.unnoticed_weight)
        );
    }

    #[test]
    fn drift_of_the_unfeeling_is_the_bias_shared_among_those_present() {
        let (parameters, situation) = (parameters(), Situation::default());
        assert!((unfeeling_drift(&parameters, &situation, 1.0, 0.0) - parameters.help_bias).abs() < 1e-12);
        assert_eq!(unfeeling_drift(&parameters, &situation, 0.0, 0.0), 0.0);
        assert_eq!(
            unfeeling_drift(&parameters, &situation, 0.0, 0.02),
            0.02,
            "who is urged is urged, whoever else is there"
        );
        let pushed = Situation {
            mood: 0.6,
            guilt: 0.5,
            responsibility: 0.8,
            ..situation
        };
        assert!(unfeeling_drift(&parameters, &pushed, 1.0, 0.0) > parameters.help_bias);
        let gloomy = Situation {
            mood: -0.6,
            ..Situation::default()
        };
        assert!((unfeeling_drift(&parameters, &gloomy, 1.0, 0.0) - parameters.help_bias).abs() < 1e-12);
    }

    #[test]
    fn nothing_is_prompted_where_nothing_is_needed_and_nearly_all_by_a_trifle() {
        assert_eq!((prompted(0.0, 0.01), prompted(0.01, 0.01)), (0.0, 0.5));
        assert!(prompted(0.2, 0.01) > 0.95);
    }

    /// With a constant drift the accumulator follows drift/λ · (1 − e^(−λt)) exactly, whatever the step.
    #[test]
    fn accumulation_is_exact_for_a_constant_drift() {
        let (leak, drift, time_s) = (0.1_f64, 0.05, 12.0);
        for steps in [1, 6, 100] {
            let kept = libm::exp(-leak * time_s / f64::from(steps));
            let end = (0..steps).fold(0.0, |x, _| accumulate(x, kept, drift, (1.0 - kept) / leak, 0.0, 0.0));
            assert!((end - drift / leak * (1.0 - libm::exp(-leak * time_s))).abs() < 1e-12);
        }
        assert_eq!(accumulate(0.1, 0.9, -5.0, 0.5, 0.0, 0.02), 0.02, "the floor holds");
    }
}

//! Perception: what is noticed, and what it is taken to mean.

use crate::lanes::{Real, functions::logistic};
use crate::model::situation::{Perspective, Situation};
use serde::{Deserialize, Serialize};

/// Parameters of noticing and interpreting; see `parameters.toml` for unit, range and source.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameters {
    /// Attention to a stranger in an ordinary scene, as a logit.
    pub attention_bias: f64,
    /// Pull of salience (need · vividness) on attention.
    pub salience_weight: f64,
    /// Pull of closeness on attention.
    pub closeness_weight: f64,
    /// Loss of attention when asked to stay objective.
    pub objective_weight: f64,
    /// Loss of attention under haste.
    pub haste_weight: f64,
    /// Loss of attention to whatever else one does.
    pub occupied_weight: f64,
    /// Gain of attention in a good mood.
    pub mood_weight: f64,
    /// Gain of attention for each SD of attention regulation.
    pub trait_weight: f64,
    /// How evidence grows with need: 1 in proportion, 0 not at all.
    pub need_exponent: f64,
    /// How much evidence ambiguity takes away.
    pub ambiguity_weight: f64,
    /// How much evidence the visible inaction of others takes away.
    pub inaction_weight: f64,
    /// Doubt that inaction can feed on even where the cues are clear.
    pub residual_doubt: f64,
    /// Evidence at which half of a population sees a need.
    pub need_threshold: f64,
    /// Spread of that evidence between people.
    pub need_threshold_sd: f64,
    /// Steepness of seeing a need.
    pub interpretation_steepness: f64,
    /// Time constant of attention, in seconds.
    pub attention_time_s: f64,
    /// Time until another's doing nothing is seen as inaction, in seconds.
    pub inaction_time_s: f64,
}

/// Evidence of need before anybody else's reaction is seen.
///
/// ```text
/// e₀ = needⁿ − k_amb · ambiguity
/// ```
///
/// Dimensionless; about −0.2 to 1.
///
/// # Source
///
/// What is felt grows less than in proportion to what is there (Stevens' power law): a trifle that is plain to see is seen. That a trifle is a need
/// at all and how grave it is are thus two things; the exponent is an assumption. The channel plays no part: a letter on the pavement says as plainly as
/// a person what it needs. How vividly a need meets the senses moves attention ([`attention_logit`]) and what is felt.
pub fn evidence(parameters: &Parameters, situation: &Situation) -> f64 {
    libm::pow(situation.need, parameters.need_exponent) - parameters.ambiguity_weight * situation.ambiguity
}

/// Doubt that the inaction of others can feed on.
///
/// ```text
/// doubt = (ambiguity + residual doubt) · (1 − need²)
/// ```
///
/// .22 in an ordinary scene, next to nothing where a life is at risk before one's eyes.
///
/// # Source
///
/// What others do is evidence that competes with what one sees: it weighs where one's own is doubtful, and the less the graver the matter (Fischer and
/// others 2011: the bystander effect is smaller in dangerous, unmistakable emergencies). The residual, that seen inaction weighs even where the
/// cues are fairly clear (Latané & Rodin 1969), and the product are assumptions.
pub fn doubt(parameters: &Parameters, situation: &Situation) -> f64 {
    (situation.ambiguity + parameters.residual_doubt) * (1.0 - situation.need * situation.need)
}

/// How far a scene is in doubt at all.
///
/// ```text
/// in doubt = ambiguity / (ambiguity + residual doubt)
/// ```
///
/// # Limits
///
/// 0 where nothing is ambiguous; half at an ambiguity as large as the residual doubt; never 1.
///
/// # Source
///
/// That it saturates is an assumption: over 105 effects the bystander effect is moderate (Fischer and others 2011), in scenes of all degrees of doubt.
pub fn in_doubt(parameters: &Parameters, situation: &Situation) -> f64 {
    if situation.ambiguity > 0.0 {
        situation.ambiguity / (situation.ambiguity + parameters.residual_doubt)
    } else {
        0.0
    }
}

/// Evidence that complete visible inaction of others takes away.
///
/// ```text
/// k_p · doubt
/// ```
///
/// Others who do nothing define the scene: the more doubtful ([`doubt`]), the more (Latané & Darley 1968).
pub fn inaction_cost(parameters: &Parameters, situation: &Situation) -> f64 {
    parameters.inaction_weight * doubt(parameters, situation)
}

/// How far the scene is seen as a need.
///
/// ```text
/// u = need · σ(k_g · (e − θ_g − sd_g · z))
/// ```
///
/// | symbol | meaning                                    | range   |
/// |--------|--------------------------------------------|---------|
/// | `e`    | evidence, inaction of others taken away    | ℝ       |
/// | `z`    | the person's need threshold, in SD         | ℝ       |
/// | `u`    | returned: need as it is understood         | \[0, 1\] |
///
/// # Limits
///
/// `need/2` at the threshold; rises with evidence; nobody sees more need than there is.
///
/// # Source
///
/// Seeing an emergency is close to all-or-none (Latané & Darley 1970, decision steps); the logistic form is our own choice.
#[inline(always)]
pub fn interpretation<R: Real>(evidence: R, threshold: R, steepness: R, need: R) -> R {
    need * logistic(steepness * (evidence - threshold))
}

/// Attention to the one in need, for a person at the norm.
///
/// ```text
/// logit a₀ = b_a + w_sal (needⁿ·vividness − 0.4) + w_cl (closeness − 0.4) − w_obj · objective − w_h · haste − w_oc · occupied + w_ma · mood
/// ```
///
/// A person adds `w_tr · z` for attention regulation, a little for oxytocin tone, and loses some to fatigue.
///
/// # Source
///
/// Salience and closeness: `mascaro2015`, "Perception"; staying objective: `mcauliffe2020`, where imagining adds nothing to what people do who
/// were asked nothing; haste: `darleybatson1973`; being occupied takes attention as haste does (an assumption: load narrows what is noticed).
pub fn attention_logit(parameters: &Parameters, situation: &Situation) -> f64 {
    let distance = match situation.perspective {
        Perspective::Objective => parameters.objective_weight,
        Perspective::Natural | Perspective::ImagineOther | Perspective::ImagineSelf => 0.0,
    };
    let felt_need = libm::pow(situation.need, parameters.need_exponent);
    parameters.attention_bias
        + parameters.salience_weight * (felt_need * situation.vividness - 0.4)
        + parameters.closeness_weight * (situation.closeness - 0.4)
        - distance
        - parameters.haste_weight * situation.haste
        - parameters.occupied_weight * situation.occupied
        + parameters.mood_weight * situation.mood
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parameters() -> Parameters {
        crate::parameters::shipped().perception
    }

    #[test]
    fn half_the_need_is_seen_at_the_threshold_and_never_more_than_there_is() {
        assert_eq!(interpretation(0.3, 0.3, 20.0, 0.8), 0.4);
        assert!(interpretation(0.4, 0.3, 20.0, 0.8) > interpretation(0.35, 0.3, 20.0, 0.8));
        assert!(interpretation(5.0, 0.3, 20.0, 0.8) <= 0.8 && interpretation(-5.0, 0.3, 20.0, 0.8) >= 0.0);
    }

    #[test]
    fn evidence_rises_with_need_and_falls_with_ambiguity() {
        let of = |need, ambiguity| {
            let situation = Situation {
                need,
                ambiguity,
                ..Situation::default()
            };
            evidence(&parameters(), &situation)
        };
        assert!(of(0.6, 0.2) > of(0.5, 0.2) && of(0.5, 0.3) < of(0.5, 0.2));
        assert_eq!((of(1.0, 0.0), of(0.0, 0.0)), (1.0, 0.0));
        assert!(of(0.2, 0.0) > 0.2, "a trifle that is plain to see is seen");
    }

    #[test]
    fn a_clear_scene_is_in_no_doubt_and_doubt_saturates() {
        let of = |ambiguity, residual_doubt| {
            let parameters = Parameters {
                residual_doubt,
                ..parameters()
            };
            let situation = Situation {
                ambiguity,
                ..Situation::default()
            };
            in_doubt(&parameters, &situation)
        };
        assert_eq!((of(0.0, 0.1), of(0.0, 0.0), of(0.1, 0.1)), (0.0, 0.0, 0.5));
        assert!(of(0.7, 0.1) > of(0.2, 0.1) && of(0.7, 0.1) < 1.5 * of(0.2, 0.1) && of(1.0, 0.1) < 1.0);
    }

    #[test]
    fn inaction_costs_more_evidence_the_more_ambiguous_the_scene() {
        let of = |ambiguity| {
            let situation = Situation {
                ambiguity,
                ..Situation::default()
            };
            inaction_cost(&parameters(), &situation)
        };
        assert!(of(0.0) > 0.0 && of(0.7) > of(0.2));
    }

    #[test]
    fn others_raise_no_doubt_about_what_is_as_grave_as_can_be() {
        let of = |need| {
            let situation = Situation {
                need,
                ..Situation::default()
            };
            doubt(&parameters(), &situation)
        };
        assert!(of(0.3) > of(0.6) && of(0.6) > of(0.9));
        assert_eq!(of(1.0), 0.0);
    }

    #[test]
    fn instructions_haste_and_mood_move_attention_as_they_should() {
        let of = |change: fn(&mut Situation)| {
            let mut situation = Situation::default();
            change(&mut situation);
            attention_logit(&parameters(), &situation)
        };
        let usual = of(|_| ());
        assert!(of(|it| it.perspective = Perspective::Objective) < usual);
        assert_eq!(of(|it| it.perspective = Perspective::ImagineOther), usual);
        assert_eq!(of(|it| it.perspective = Perspective::ImagineSelf), usual);
        assert!(
            of(|it| it.haste = 1.0) < usual
                && of(|it| it.occupied = 0.5) < usual
                && of(|it| it.mood = 0.6) > usual
                && of(|it| it.closeness = 0.8) > usual
        );
    }
}

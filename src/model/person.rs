//! A person in a scene: everything that stays fixed while the encounter lasts.

use crate::lanes::{
    Real,
    functions::{exp, logistic},
};
use crate::model::agent::Trait;
use crate::model::scene::Scene;
use crate::model::{
    affective_sharing, compassion, milieu, motor_resonance, perspective_taking, regulation, self_other,
};

/// What a person brings to one encounter.
#[derive(Clone, Copy)]
pub struct Bearing<R> {
    /// The twelve traits, in SD, indexed by `Trait as usize`, before training.
    pub traits: [R; Trait::COUNT],
    /// What training has added to each of them, in SD of the single encounter.
    pub gains: [R; Trait::COUNT],
    /// How the person differs from themselves today, in SD: compassion motive, need threshold, readiness to act.
    pub occasion: [R; 3],
    /// Empathic distress fatigue, in \[0, 1\].
    pub fatigue: R,
    /// The slow states in which the encounter takes place.
    pub milieu: milieu::Milieu<R>,
}

/// Number of constants of a [`Person`].
pub const COLUMNS: usize = 12;

/// Where the need threshold stands among [`Person::columns`].
pub const NEED_THRESHOLD: usize = 1;

/// The constants of one person in one scene.
#[derive(Clone, Copy)]
#[expect(missing_docs, reason = "each field is a symbol of the equation file of its name")]
pub struct Person<R> {
    pub free_attention: R,
    pub need_threshold: R,
    pub sharing_gain: R,
    pub recovery_step: R,
    pub understanding_gain: R,
    pub overlap: R,
    pub deployment_gain: R,
    pub reappraisal_gain: R,
    pub appraisal: R,
    pub bottom_up: R,
    pub top_down: R,
    pub help_drift: R,
}

/// What is read of a person when the scene is over, beside how they are then.
#[derive(Clone, Copy)]
#[expect(missing_docs, reason = "each field is a symbol of the equation file of its name")]
pub struct Body<R> {
    pub resonant_vividness: R,
    pub vagal_brake: R,
}

impl<R: Real> Person<R> {
    /// Puts a person into a scene.
    #[inline(always)]
    pub fn new(scene: &Scene<R>, bearing: &Bearing<R>) -> (Self, Body<R>) {
        let one = R::one();
        let z = |it: Trait| bearing.traits[it as usize] + bearing.gains[it as usize];
        let [motive_today, threshold_today, readiness_today] = bearing.occasion;
        let today = |it: Trait, stable: R, occasion: R, deviation: R| {
            stable * bearing.traits[it as usize] + occasion * deviation
        };

        let rested = one - scene.regulation_loss * bearing.fatigue;
        let clinical = milieu::clinical(z(Trait::LowMood));
        let slow = &bearing.milieu;
        let open = milieu::openness(slow, scene.connectedness_weight, scene.inflammation_weight);
        let dulled = open * (one - scene.low_mood_weight * clinical);

        let resonance = motor_resonance::resonance(z(Trait::MotorResonance), scene.resonance_spread);
        let resonant_vividness = resonance * scene.resonance_vividness;
        // Reading the expression carries part of what is shared (arrow 4); the rest needs no face.
        let carried = (one - scene.resonance_share) * scene.sharing_vividness
            + scene.resonance_share * scene.sharing_vividness * resonance_left(resonant_vividness, scene);
        let capacity = affective_sharing::capacity(z(Trait::AffectiveSharing), scene.sharing_spread);
        let numbed = open * (one - scene.exclusion_numbing);

        let vagal = regulation::vagal_brake(z(Trait::VagalTone), scene.vagal_spread)
            * exp(scene.oxytocin_vagal * slow.oxytocin);
        let brake = scene.vagal_floor + scene.vagal_kept * (vagal - scene.vagal_floor).positive_part();

        let perspective = perspective_taking::capacity(z(Trait::PerspectiveTaking), scene.perspective_spread);
        let effort = perspective_taking::effort(z(Trait::MalleabilityBelief), scene.effort);
        let understanding_gain = dulled
            * (scene.perspective_gain * perspective * effort + scene.resonance_understanding * resonant_vividness);

        let distinction = scene.distinction_kept
            * self_other::distinction(
                z(Trait::SelfOtherDistinction),
                scene.distinction_bias,
                scene.distinction_spread,
            );
        let overlap = self_other::overlap(
            distinction,
            scene.overlap_gain
                * milieu::overlap_factor(
                    slow,
                    clinical,
                    scene.low_mood_distress,
                    scene.inflammation_threat,
                    scene.oxytocin_calm,
                ),
        );

        let motive_z = today(
            Trait::CompassionMotive,
            scene.compassion_stable,
            scene.compassion_occasion,
            motive_today,
        );
        let trained = bearing.gains[Trait::CompassionMotive as usize];
        let bottom_up = compassion::motive(
            motive_z + scene.trained_share_of_sharing_path * trained,
            scene.compassion_spread,
        );
        let top_down = compassion::motive(motive_z + trained, scene.compassion_spread);

        let threshold_z = today(
            Trait::NeedThreshold,
            scene.decision_stable,
            scene.decision_occasion,
            threshold_today,
        ) + bearing.gains[Trait::NeedThreshold as usize];
        let readiness_z = today(
            Trait::ReadinessToAct,
            scene.decision_stable,
            scene.decision_occasion,
            readiness_today,
        ) + scene.readiness_trained * bearing.gains[Trait::ReadinessToAct as usize];

        let body = Body {
            resonant_vividness,
            vagal_brake: brake,
        };
        let person = Self {
            free_attention: scene.noticed
                * logistic(
                    scene.attention_logit
                        + scene.attention_trait * z(Trait::AttentionRegulation)
                        + scene.oxytocin_attention * slow.oxytocin
                        - scene.attention_loss * bearing.fatigue,
                ),
            need_threshold: scene.need_threshold + scene.need_threshold_sd * threshold_z,
            sharing_gain: capacity * carried * numbed,
            recovery_step: one - exp(-(scene.sharing_steps_per_time_constant * brake)),
            understanding_gain,
            overlap,
            deployment_gain: scene.deployment_strength
                * regulation::capacity(z(Trait::AttentionRegulation), scene.regulation_spread, rested),
            reappraisal_gain: scene.reappraisal_strength
                * regulation::capacity(z(Trait::Reappraisal), scene.regulation_spread, rested),
            appraisal: scene.appraisal * dulled * (one - scene.exclusion_loss),
            bottom_up,
            top_down: scene.top_down_strength * top_down,
            help_drift: scene.help_drift + scene.readiness_sd * readiness_z,
        };
        (person, body)
    }

    /// The constants in the order of their fields.
    #[inline(always)]
    pub fn columns(self) -> [R; COLUMNS] {
        let Self {
            free_attention,
            need_threshold,
            sharing_gain,
            recovery_step,
            understanding_gain,
            overlap,
            deployment_gain,
            reappraisal_gain,
            appraisal,
            bottom_up,
            top_down,
            help_drift,
        } = self;
        [
            free_attention,
            need_threshold,
            sharing_gain,
            recovery_step,
            understanding_gain,
            overlap,
            deployment_gain,
            reappraisal_gain,
            appraisal,
            bottom_up,
            top_down,
            help_drift,
        ]
    }

    /// A person of their constants, in the order of [`Person::columns`].
    #[inline(always)]
    pub fn from_columns(columns: [R; COLUMNS]) -> Self {
        let [
            free_attention,
            need_threshold,
            sharing_gain,
            recovery_step,
            understanding_gain,
            overlap,
            deployment_gain,
            reappraisal_gain,
            appraisal,
            bottom_up,
            top_down,
            help_drift,
        ] = columns;
        Self {
            free_attention,
            need_threshold,
            sharing_gain,
            recovery_step,
            understanding_gain,
            overlap,
            deployment_gain,
            reappraisal_gain,
            appraisal,
            bottom_up,
            top_down,
            help_drift,
        }
    }
}

/// Resonance with the vividness taken out again: 1 at the norm, 0 if resonance is knocked out or nothing can be seen.
#[inline(always)]
fn resonance_left<R: Real>(resonant_vividness: R, scene: &Scene<R>) -> R {
    resonant_vividness / scene.resonance_vividness.max(R::splat(1e-6))
}

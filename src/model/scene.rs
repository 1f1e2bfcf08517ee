//! A scene, made ready: everything that is the same for all people in one condition.

use crate::lanes::Real;
use crate::model::mechanism::{Knockout, Mechanism};
use crate::model::parameters::Parameters;
use crate::model::situation::{BystanderBehaviour, HelpKind, Perspective, Situation};
use crate::model::training::readiness_counts;
use crate::model::{bystanders, compassion, decision, perception, self_other};

/// Lanes of the widest register.
const MOST_LANES: usize = 32;

/// Mean overshoot of a two-point walk over a bound, in units of its step (the ladder height of ±1 is 1 and its phase is uniform).
///
/// Moving a bound inward by this share of a step corrects for looking only once a step (Siegmund 1979; Broadie, Glasserman & Kou 1997).
const OVERSHOOT: f64 = 0.5;

/// A scene whose constants stand in lanes, up to the semicolon, and are the same for everybody, behind it.
macro_rules! scene {
    (
        $(#[$about:meta])*
        pub struct Scene<R> {
            $($(#[$symbol:meta])* pub $lane:ident: R,)*
            ;
            $($(#[$meaning:meta])* pub $whole:ident: $kind:ty,)*
        }
    ) => {
        $(#[$about])*
        pub struct Scene<R> {
            $($(#[$symbol])* pub $lane: R,)*
            $($(#[$meaning])* pub $whole: $kind,)*
        }

        impl<R: Real> Scene<R> {
            /// Scenes that differ in some constants and run alike, one in each lane; lanes beyond the last have nobody in them.
            ///
            /// # Panics
            ///
            /// If there is none.
            #[inline(always)]
            #[expect(clippy::cast_possible_truncation, reason = "lanes are single precision")]
            pub fn side_by_side(scenes: &[&Scene<f64>]) -> Self {
                Self {
                    $($lane: {
                        let mut lanes = [0.0_f32; MOST_LANES];
                        for (lane, scene) in lanes.iter_mut().zip(scenes) {
                            *lane = scene.$lane as f32;
                        }
                        R::load(&lanes)
                    },)*
                    $($whole: scenes[0].$whole,)*
                }
            }
        }
    };
}

scene! {
/// The constants of one condition in lanes of type `R`, grouped by process.
///
/// A knocked-out mechanism is switched off here, once, and nowhere else.
#[derive(Clone, Copy)]
#[expect(missing_docs, reason = "each field is a symbol of the equation file of its name")]
pub struct Scene<R> {
    // perception
    pub attention_logit: R,
    pub attention_trait: R,
    pub attention_step: R,
    pub noticed: R,
    pub evidence: R,
    pub inaction_cost: R,
    pub need_threshold: R,
    pub need_threshold_sd: R,
    pub interpretation_steepness: R,
    pub need: R,
    // motor resonance and affective sharing
    pub resonance_spread: R,
    pub resonance_share: R,
    pub resonance_vividness: R,
    pub resonance_understanding: R,
    pub sharing_spread: R,
    pub sharing_vividness: R,
    pub sharing_step: R,
    pub sharing_steps_per_time_constant: R,
    // perspective-taking and self–other distinction
    pub perspective_spread: R,
    pub perspective_gain: R,
    pub perspective_step: R,
    pub effort: R,
    pub distinction_kept: R,
    pub distinction_bias: R,
    pub distinction_spread: R,
    pub overlap_gain: R,
    // regulation
    pub regulation_spread: R,
    pub bearable_arousal: R,
    pub deployment_strength: R,
    pub reappraisal_strength: R,
    pub reappraisal_step: R,
    pub vagal_spread: R,
    pub vagal_kept: R,
    pub vagal_floor: R,
    pub regulation_loss: R,
    pub attention_loss: R,
    // distress, compassion, anger
    pub distress_kept: R,
    pub distress_step: R,
    pub appraisal: R,
    pub without_understanding: R,
    pub compassion_spread: R,
    pub top_down_strength: R,
    pub trained_share_of_sharing_path: R,
    pub per_halving_distress: R,
    pub compassion_step: R,
    pub perpetrator: R,
    pub mired_distress: R,
    pub anger_step: R,
    // milieu
    pub exclusion_loss: R,
    pub exclusion_numbing: R,
    pub low_mood_weight: R,
    pub low_mood_distress: R,
    pub connectedness_weight: R,
    pub inflammation_weight: R,
    pub inflammation_threat: R,
    pub oxytocin_attention: R,
    pub oxytocin_vagal: R,
    pub oxytocin_calm: R,
    // bystanders
    pub confederates: R,
    pub witness_weight: R,
    pub inaction_step: R,
    pub inhibition: R,
    pub compassion_against_self_concern: R,
    pub leave_from_haste: R,
    // decision
    pub help_from_compassion: R,
    pub help_from_distress: R,
    pub help_from_standing_by: R,
    pub help_from_anger: R,
    pub prompting_need: R,
    pub help_drift: R,
    pub readiness_sd: R,
    pub readiness_trained: R,
    pub leave_from_distress: R,
    pub leave_drift: R,
    pub punish_from_anger: R,
    pub tendency_kept: R,
    pub tendency_gained: R,
    pub shock: R,
    pub floor: R,
    pub bound: R,
    // occasions
    pub compassion_stable: R,
    pub compassion_occasion: R,
    pub decision_stable: R,
    pub decision_occasion: R,
    /// What the inaction of real others weighs who are not simulated but taken to be like the person.
    pub others_like_me: R,
    ;
    // how the scene runs
    /// Length of a step, in seconds.
    pub step_s: f64,
    /// Number of steps.
    pub steps: u32,
    /// Whether real others' inaction is seen, so that interpretation changes as the scene goes on.
    pub others_seen: bool,
    /// Whether help is a quantity, so that nothing ends the scene early.
    pub graded: bool,
    /// Whether somebody is to blame, so that indignation can rise.
    pub angering: bool,
    /// Whether there is a third way out: to punish.
    pub punishing: bool,
}
}

/// How much finer the steps are where help is a quantity: what is given is read at the very end, where the lattice of the shocks would show
/// (`benches/convergence.md`).
const FINER_WHERE_GRADED: f64 = 8.0;

/// How many steps a scene takes, none of them longer than `longest_step_s`.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a window has fewer than 2³² steps"
)]
pub fn steps(situation: &Situation, longest_step_s: f64) -> u32 {
    let fineness = match situation.help {
        HelpKind::YesNo => 1.0,
        HelpKind::Graded => FINER_WHERE_GRADED,
    };
    (fineness * situation.window_s / longest_step_s).ceil().max(1.0) as u32
}

/// Share of the way to a fixed target that an exponential approach covers in one step.
fn approach(step_s: f64, time_s: f64) -> f64 {
    -libm::expm1(-step_s / time_s)
}

impl<R: Real> Scene<R> {
    /// Makes a scene ready for people who stand in it with `witnesses` others of their own group.
    pub fn new(
        parameters: &Parameters,
        situation: &Situation,
        knockout: Knockout,
        witnesses: u32,
        longest_step_s: f64,
    ) -> Self {
        let lacks = |mechanism| knockout.lacks(mechanism);
        let unless = |mechanism, value: f64| if lacks(mechanism) { 0.0 } else { value };
        let in_milieu = |link, value: f64| unless(Mechanism::Milieu, unless(link, value));
        let alike;
        let situation = if lacks(Mechanism::ContextualAppraisal) {
            alike = everyone_alike(situation);
            &alike
        } else {
            situation
        };
        let p = parameters;
        let steps = steps(situation, longest_step_s);
        let step_s = situation.window_s / f64::from(steps);
        let others = witnesses + situation.bystanders;
        let share = if lacks(Mechanism::DiffusionOfResponsibility) {
            1.0
        } else {
            let in_doubt = perception::in_doubt(&p.perception, situation);
            bystanders::felt_responsibility(&p.bystanders, situation, in_doubt, others)
        };
        let (compassion_noticed, distress_noticed) = decision::noticed(&p.decision, situation.emotion_label);
        let cost = bystanders::cost_beside_others(&p.bystanders, situation, others);
        let discount = decision::discount(&p.decision, cost);
        let worth = situation.efficacy / 0.8 * discount;
        let leak = p.decision.leak;
        let paced_s = step_s * decision::pace(situation.window_s);
        let kept = libm::exp(-leak * paced_s);
        let shock = p.decision.noise * (-libm::expm1(-2.0 * leak * paced_s) / (2.0 * leak)).sqrt();
        let imagines_other = f64::from(u8::from(situation.perspective == Perspective::ImagineOther));
        let felt_as_own = self_other::felt_as_own(&p.self_other, situation);
        let free = situation.bystander_behaviour == BystanderBehaviour::Free;
        let s = R::splat;
        Self {
            attention_logit: s(perception::attention_logit(&p.perception, situation)),
            attention_trait: s(p.perception.trait_weight),
            attention_step: s(approach(step_s, p.perception.attention_time_s)),
            noticed: s(unless(Mechanism::Perception, 1.0)),
            evidence: s(perception::evidence(&p.perception, situation)),
            inaction_cost: s(unless(
                Mechanism::Interpretation,
                perception::inaction_cost(&p.perception, situation),
            )),
            need_threshold: s(p.perception.need_threshold),
            need_threshold_sd: s(p.perception.need_threshold_sd),
            interpretation_steepness: s(p.perception.interpretation_steepness),
            need: s(situation.need),
            resonance_spread: s(p.motor_resonance.spread),
            resonance_share: s(p.motor_resonance.share_of_sharing),
            resonance_vividness: s(unless(Mechanism::MotorResonance, situation.vividness)),
            resonance_understanding: s(p.motor_resonance.understanding_weight),
            sharing_spread: s(p.affective_sharing.spread),
            sharing_vividness: s(unless(
                Mechanism::AffectiveSharing,
                situation.vividness / p.affective_sharing.usual_vividness,
            )),
            sharing_step: s(approach(step_s, p.affective_sharing.time_s)),
            sharing_steps_per_time_constant: s(step_s / p.affective_sharing.time_s),
            perspective_spread: s(p.perspective_taking.spread),
            perspective_gain: s(unless(
                Mechanism::PerspectiveTaking,
                2.0 * (1.0 + p.perspective_taking.imagine_other_gain * imagines_other),
            )),
            perspective_step: s(approach(step_s, p.perspective_taking.time_s)),
            effort: s(unless(
                Mechanism::MalleabilityBelief,
                p.perspective_taking.effort_weight * (1.0 - situation.closeness) * (0.5 + 0.5 * situation.ambiguity),
            )),
            distinction_kept: s(unless(Mechanism::SelfOtherDistinction, 1.0)),
            distinction_bias: s(p.self_other.bias),
            distinction_spread: s(p.self_other.spread),
            overlap_gain: s(if lacks(Mechanism::SelfOtherDistinction) {
                felt_as_own.max(1.0)
            } else {
                felt_as_own
            }),
            regulation_spread: s(p.regulation.spread),
            bearable_arousal: s(p.regulation.bearable_arousal),
            deployment_strength: s(unless(Mechanism::AttentionDeployment, p.regulation.deployment_strength)),
            reappraisal_strength: s(unless(Mechanism::Reappraisal, p.regulation.reappraisal_strength)),
            reappraisal_step: s(approach(step_s, p.regulation.reappraisal_time_s)),
            vagal_spread: s(p.regulation.vagal_spread),
            vagal_kept: s(unless(Mechanism::VagalBrake, 1.0)),
            vagal_floor: s(p.regulation.vagal_floor),
            regulation_loss: s(unless(Mechanism::Fatigue, p.fatigue.regulation_loss)),
            attention_loss: s(unless(Mechanism::Fatigue, p.fatigue.attention_loss)),
            distress_kept: s(unless(Mechanism::PersonalDistress, 1.0)),
            distress_step: s(approach(step_s, p.distress.time_s)),
            appraisal: s(unless(
                Mechanism::CompassionMotive,
                compassion::appraisal(&p.compassion, situation),
            )),
            without_understanding: s(p.compassion.without_understanding),
            compassion_spread: s(p.compassion.spread),
            top_down_strength: s(unless(Mechanism::TopDownCompassion, p.compassion.top_down_strength)),
            trained_share_of_sharing_path: s(p.compassion.trained_share_of_sharing_path),
            per_halving_distress: s(1.0 / p.compassion.halving_distress),
            compassion_step: s(approach(step_s, p.compassion.time_s)),
            perpetrator: s(unless(Mechanism::EmpathicAnger, situation.perpetrator)),
            mired_distress: s(p.anger.mired_distress),
            anger_step: s(approach(step_s, p.anger.time_s)),
            exclusion_loss: s(unless(
                Mechanism::Milieu,
                p.milieu.exclusion_weight * situation.exclusion,
            )),
            exclusion_numbing: s(unless(
                Mechanism::Milieu,
                p.milieu.exclusion_numbing * situation.exclusion,
            )),
            low_mood_weight: s(in_milieu(Mechanism::LowMood, p.milieu.low_mood_weight)),
            low_mood_distress: s(in_milieu(Mechanism::LowMood, p.milieu.low_mood_distress)),
            connectedness_weight: s(in_milieu(Mechanism::Connectedness, p.milieu.connectedness_weight)),
            inflammation_weight: s(in_milieu(Mechanism::Inflammation, p.milieu.inflammation_weight)),
            inflammation_threat: s(in_milieu(Mechanism::Inflammation, p.milieu.inflammation_threat)),
            oxytocin_attention: s(in_milieu(Mechanism::Oxytocin, p.milieu.oxytocin_attention)),
            oxytocin_vagal: s(in_milieu(Mechanism::Oxytocin, p.milieu.oxytocin_vagal)),
            oxytocin_calm: s(in_milieu(Mechanism::Oxytocin, p.milieu.oxytocin_calm)),
            confederates: s(bystanders::confederates_seen(situation)),
            witness_weight: s(bystanders::weight_of_each(situation, witnesses)),
            inaction_step: s(approach(step_s, p.perception.inaction_time_s)),
            inhibition: s(unless(
                Mechanism::Interpretation,
                bystanders::inhibition(&p.bystanders, perception::doubt(&p.perception, situation)),
            )),
            compassion_against_self_concern: s(p.decision.compassion_against_self_concern),
            leave_from_haste: s(p.decision.haste_weight * situation.haste),
            help_from_compassion: s(share * worth * p.decision.compassion_weight * compassion_noticed),
            help_from_distress: s(share
                * worth
                * p.decision.distress_weight
                * distress_noticed
                * decision::trapped(&p.decision, situation.escape)),
            help_from_standing_by: s(unless(
                Mechanism::PersonalDistress,
                share * decision::standing_by(&p.decision, situation, discount),
            )),
            prompting_need: s(p.decision.prompting_need),
            help_from_anger: s(if situation.punishing_possible {
                0.0
            } else {
                -p.anger.distraction_weight
            }),
            help_drift: s(decision::unfeeling_drift(
                &p.decision,
                situation,
                share,
                bystanders::urging(&p.bystanders, situation),
            )),
            readiness_sd: s(p.decision.readiness_sd),
            readiness_trained: s(readiness_counts(situation.help)),
            leave_from_distress: s(situation.escape * p.decision.leaving_weight * distress_noticed),
            leave_drift: s(decision::leaving(&p.decision, situation)),
            punish_from_anger: s(p.anger.punishing_weight),
            tendency_kept: s(kept),
            tendency_gained: s((1.0 - kept) / leak),
            shock: s(shock),
            floor: s(OVERSHOOT * shock),
            bound: s(1.0 - OVERSHOOT * shock),
            compassion_stable: s(p.compassion.stable_share.sqrt()),
            compassion_occasion: s((1.0 - p.compassion.stable_share).sqrt()),
            decision_stable: s(p.decision.stable_share.sqrt()),
            decision_occasion: s((1.0 - p.decision.stable_share).sqrt()),
            step_s,
            steps,
            others_seen: free && others > 0,
            others_like_me: s(bystanders::weight_of_each(situation, 1)),
            graded: situation.help == HelpKind::Graded,
            angering: situation.perpetrator > 0.0 && !lacks(Mechanism::EmpathicAnger),
            punishing: situation.punishing_possible,
        }
    }
}

/// The scene without what distinguishes one person in need from another.
fn everyone_alike(situation: &Situation) -> Situation {
    let usual = Situation::default();
    Situation {
        closeness: usual.closeness,
        blame: usual.blame,
        perspective: usual.perspective,
        efficacy: usual.efficacy,
        ..situation.clone()
    }
}

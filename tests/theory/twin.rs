//! The twin: one person's encounter in plain double precision, written from the equations and not from the engine.
//!
//! It shares with the engine only the parameters, the addresses of random numbers, and how a step is taken: every state approaches its
//! target exponentially, and a process sees the mean of what feeds it over the step.

#![expect(
    clippy::disallowed_methods,
    reason = "a twin on the system's mathematics is the better witness; its numbers go nowhere"
)]

use compassion::engine::records::Outcome;
use compassion::model::agent::Trait;
use compassion::model::agent::Trait::*;
use compassion::model::parameters::Parameters;
use compassion::model::situation::{BystanderBehaviour, EmotionLabel, HelpKind, Perspective, Situation};

/// Everything about one person in one encounter.
pub struct Twin<'a> {
    pub parameters: &'a Parameters,
    pub situation: &'a Situation,
    /// The twelve traits, in SD, before training.
    pub traits: [f64; Trait::COUNT],
    /// What training has added.
    pub gains: [f64; Trait::COUNT],
    /// Today's deviation in compassion motive, need threshold and readiness to act.
    pub today: [f64; 3],
    pub fatigue: f64,
    /// Connectedness, inflammation and oxytocin tone, in SD.
    pub milieu: [f64; 3],
    pub longest_step_s: f64,
}

/// How it ended.
pub struct Ending {
    pub outcome: Outcome,
    pub latency_s: f64,
    /// Attention, sharing, understanding, reappraisal, distress, compassion, indignation, tendencies to help and to leave.
    pub states: [f64; 9],
}

fn sigma(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

impl Twin<'_> {
    /// Lives through the encounter; `shocks(step)` are ±1 for the tendencies to help, to leave and to punish.
    pub fn live(&self, shocks: impl Fn(u32) -> [f64; 3]) -> Ending {
        let (p, s) = (self.parameters, self.situation);
        let z = |it: Trait| self.traits[it as usize] + self.gains[it as usize];
        let occasion = |it: Trait, stable: f64, today: f64| {
            stable.sqrt() * self.traits[it as usize] + (1.0 - stable).sqrt() * today
        };
        let is = |it: Perspective| f64::from(u8::from(s.perspective == it));
        let steps = (s.window_s / self.longest_step_s).ceil().max(1.0);
        let dt = s.window_s / steps;
        let toward = |x: f64, target: f64, tau: f64| target + (x - target) * (-dt / tau).exp();

        // Who this is, in this scene.
        let rested = 1.0 - p.fatigue.regulation_loss * self.fatigue;
        let clinical = sigma(3.0 * (z(LowMood) - 1.5));
        let [connectedness, inflammation, oxytocin] = self.milieu;
        let open = (p.milieu.connectedness_weight * connectedness - p.milieu.inflammation_weight * inflammation).exp();
        let tension = (1.0 + p.milieu.inflammation_threat * inflammation - p.milieu.oxytocin_calm * oxytocin).max(0.0);
        let dulled = open * (1.0 - p.milieu.low_mood_weight * clinical);
        let salience = p.perception.salience_weight * (s.need.powf(p.perception.need_exponent) * s.vividness - 0.4);
        let distance = p.perception.objective_weight * is(Perspective::Objective);
        let free_attention = sigma(
            p.perception.attention_bias + salience + p.perception.closeness_weight * (s.closeness - 0.4)
                - distance
                - p.perception.haste_weight * s.haste
                - p.perception.occupied_weight * s.occupied
                + p.perception.mood_weight * s.mood
                + p.perception.trait_weight * z(AttentionRegulation)
                + p.milieu.oxytocin_attention * oxytocin
                - p.fatigue.attention_loss * self.fatigue,
        );
        let resonance = (p.motor_resonance.spread * z(MotorResonance)).exp();
        let share_read = p.motor_resonance.share_of_sharing;
        let sharing_gain = (p.affective_sharing.spread * z(AffectiveSharing)).exp() * s.vividness
            / p.affective_sharing.usual_vividness
            * (1.0 - share_read + share_read * resonance)
            * open
            * (1.0 - p.milieu.exclusion_numbing * s.exclusion);
        let hard = (1.0 - s.closeness) * (0.5 + 0.5 * s.ambiguity);
        let effort = (1.0 + p.perspective_taking.effort_weight * hard * z(MalleabilityBelief)).max(0.2);
        let capacity = sigma(p.perspective_taking.spread * z(PerspectiveTaking));
        let asked = 1.0 + p.perspective_taking.imagine_other_gain * is(Perspective::ImagineOther);
        let understanding_gain = dulled
            * (2.0 * capacity * effort * asked + p.motor_resonance.understanding_weight * resonance * s.vividness);
        let distinction = sigma(p.self_other.bias + p.self_other.spread * z(SelfOtherDistinction));
        let nearer = (1.0
            + p.self_other.imagine_gain * is(Perspective::ImagineSelf)
            + p.self_other.closeness_gain * (s.closeness - 0.4).max(0.0))
            / (1.0 + p.self_other.imagine_gain * is(Perspective::ImagineOther));
        let overlap = ((1.0 - distinction) * nearer * (1.0 + p.milieu.low_mood_distress * clinical) * tension).min(1.0);
        let regulation = |it: Trait| sigma(p.regulation.spread * z(it)) * rested;
        let brake = (p.regulation.vagal_spread * z(VagalTone) + p.milieu.oxytocin_vagal * oxytocin)
            .exp()
            .max(p.regulation.vagal_floor);
        let belonging = |x: f64| sigma(p.compassion.closeness_steepness * (x - 0.5));
        let forgiven = if s.perspective == Perspective::ImagineOther {
            p.compassion.blame_forgiven
        } else {
            0.0
        };
        let blamed = s.blame * (1.0 - forgiven);
        let appraisal = (p.compassion.closeness_weight * (belonging(s.closeness) - belonging(0.4))
            - p.compassion.blame_weight * blamed
            - p.compassion.victims_weight * f64::from(s.victims).log2())
        .exp()
            * dulled
            * (1.0 - p.milieu.exclusion_weight * s.exclusion);
        let (motive, trained) = (
            occasion(CompassionMotive, p.compassion.stable_share, self.today[0]),
            self.gains[CompassionMotive as usize],
        );
        let bottom_up =
            0.5 * (p.compassion.spread * (motive + p.compassion.trained_share_of_sharing_path * trained)).exp();
        let top_down = p.compassion.top_down_strength * 0.5 * (p.compassion.spread * (motive + trained)).exp();
        let threshold =
            occasion(NeedThreshold, p.decision.stable_share, self.today[1]) + self.gains[NeedThreshold as usize];
        // Where an amount is asked for, nobody has to get going.
        let practised = match s.help {
            HelpKind::YesNo => self.gains[ReadinessToAct as usize],
            HelpKind::Graded => 0.0,
        };
        let readiness = occasion(ReadinessToAct, p.decision.stable_share, self.today[2]) + practised;

        // What the scene makes of feelings.
        let d = &p.decision;
        let of_others = 1.0 - 1.0 / (1.0 + f64::from(s.bystanders));
        let in_doubt = s.ambiguity / (s.ambiguity + p.perception.residual_doubt);
        let share = 1.0 - (1.0 - s.responsibility) * p.bystanders.diffusion * in_doubt * of_others;
        let taken_over = if s.bystander_behaviour == BystanderBehaviour::Free {
            p.bystanders.shared_cost * of_others
        } else {
            0.0
        };
        let felt = |cost: f64| 1.0 + d.cost_discount * (cost + d.cost_steepening * cost.powi(4));
        let discount = felt(0.25) / felt(s.cost * (1.0 - taken_over));
        let worth = share * s.efficacy / 0.8 * discount;
        let noticed = |other: EmotionLabel| {
            if s.emotion_label == other {
                d.unnoticed_weight
            } else {
                1.0
            }
        };
        let from_compassion = worth * d.compassion_weight * noticed(EmotionLabel::DistressSalient);
        let from_distress = worth
            * d.distress_weight
            * noticed(EmotionLabel::ConcernSalient)
            * (1.0 - s.escape).powf(d.trapped_exponent);
        let standing_by = share * d.standing_by_weight * (1.0 - s.escape).powf(d.trapped_exponent) * discount.powi(2);
        let distracted = if s.punishing_possible {
            0.0
        } else {
            p.anger.distraction_weight
        };
        let unfeeling = share
            * (d.help_bias
                + d.mood_weight * s.mood.max(0.0)
                + d.guilt_weight * s.guilt
                + d.responsibility_weight * s.responsibility.powf(d.responsibility_exponent)
                + d.evaluation_weight * (s.evaluation - 0.3))
            + p.bystanders.urging_weight * s.urging
            + d.readiness_sd * readiness;
        let pull = s.escape * (d.leave_bias + d.leaving_cost_weight * s.cost.powi(4));
        let paced = dt * 30.0 / s.window_s;
        let kept = (-d.leak * paced).exp();
        let shock = d.noise * ((1.0 - kept * kept) / (2.0 * d.leak)).sqrt();
        // Looking once a step misses half a shock at either bound.
        let (bound, floor) = (1.0 - shock / 2.0, shock / 2.0);
        let race = |x: f64, drift: f64, sign: f64| (x * kept + drift * (1.0 - kept) / d.leak + shock * sign).max(floor);

        let evidence = s.need.powf(p.perception.need_exponent) - p.perception.ambiguity_weight * s.ambiguity;
        let doubt = (s.ambiguity + p.perception.residual_doubt) * (1.0 - s.need * s.need);
        let theta = p.perception.need_threshold + p.perception.need_threshold_sd * threshold;
        let others = f64::from(s.bystanders);
        let mut inaction = 0.0;

        let [mut a, mut f, mut m, mut r, mut pd, mut c, mut g, mut h, mut l, mut pun] = [0.0_f64; 10];
        let mut now = 0;
        while f64::from(now) < steps {
            let seen = match s.bystander_behaviour {
                BystanderBehaviour::Passive => 1.0_f64.min(others) * (1.0 - s.urging.abs()),
                BystanderBehaviour::Free => {
                    inaction = toward(inaction, 1.0 - h.min(1.0), p.perception.inaction_time_s);
                    ((1.0 - s.witness_closeness) / 0.7).min(1.0) * inaction
                }
                BystanderBehaviour::Unseen | BystanderBehaviour::Hidden => 0.0,
            };
            let visible = evidence - p.perception.inaction_weight * doubt * seen;
            let inhibition = p.bystanders.audience_inhibition * doubt * seen;
            let u = s.need * sigma(p.perception.interpretation_steepness * (visible - theta));

            let a1 = toward(a, free_attention, p.perception.attention_time_s);
            let attending = (a + a1) / 2.0;
            let turned_away = 1.0
                + p.regulation.deployment_strength
                    * regulation(AttentionRegulation)
                    * (f - p.regulation.bearable_arousal).max(0.0);
            let target = sharing_gain * u * attending / turned_away;
            let tau = if target < f {
                p.affective_sharing.time_s / brake
            } else {
                p.affective_sharing.time_s
            };
            let f1 = toward(f, target, tau);
            let shared = (f + f1) / 2.0;
            let m1 = toward(m, understanding_gain * attending, p.perspective_taking.time_s);
            let understood = (m + m1) / 2.0;
            let excess = (shared - p.regulation.bearable_arousal).max(0.0);
            let r1 = toward(
                r,
                p.regulation.reappraisal_strength * regulation(Reappraisal) * excess,
                p.regulation.reappraisal_time_s,
            );
            let reappraised = (r + r1) / 2.0;
            let pd1 = toward(pd, shared * overlap / (1.0 + reappraised), p.distress.time_s);
            let distressed = (pd + pd1) / 2.0;
            let fuel = bottom_up * shared / (1.0 + reappraised / 2.0) + top_down * attending * u;
            let room = 1.0 + (distressed / p.compassion.halving_distress).powi(2);
            let m0 = p.compassion.without_understanding;
            let c1 = toward(
                c,
                appraisal * (m0 + (1.0 - m0) * understood) * fuel / room,
                p.compassion.time_s,
            );
            let g1 = toward(
                g,
                s.perpetrator * (distressed - p.anger.mired_distress).max(0.0),
                p.anger.time_s,
            );
            let (warm, indignant) = ((c + c1) / 2.0, (g + g1) / 2.0);

            let self_concern = 1.0 / (1.0 + d.compassion_against_self_concern * warm);
            let resolve = 1.0 / (1.0 + inhibition * self_concern);

            let [sh, sl, sp] = shocks(now);
            let h1 = race(
                h,
                (unfeeling + standing_by * self_concern) * attending * u / (attending * u + d.prompting_need)
                    + resolve * (from_compassion * warm + from_distress * distressed * self_concern)
                    - distracted * indignant,
                sh,
            );
            let l1 = race(
                l,
                d.haste_weight * s.haste
                    + (pull + s.escape * d.leaving_weight * noticed(EmotionLabel::ConcernSalient) * distressed)
                        * self_concern,
                sl,
            );
            let pun1 = race(pun, p.anger.punishing_weight * indignant, sp);

            let states = [a1, f1, m1, r1, pd1, c1, g1, h1, l1];
            // The first to reach the bound within this step, on a straight line, decides and dates the decision; a tie helps.
            let crossed = |outcome, before: f64, after: f64| {
                let within = ((bound - before) / (after - before).max(1e-9)).clamp(0.0, 1.0);
                (after >= bound).then_some((outcome, within))
            };
            let racers = [
                crossed(Outcome::Helped, h, h1),
                crossed(Outcome::Left, l, l1),
                crossed(Outcome::Punished, pun, pun1).filter(|_| s.punishing_possible),
            ];
            let first = racers
                .into_iter()
                .flatten()
                .reduce(|first, it| if it.1 < first.1 { it } else { first });
            if let Some((outcome, within)) = first {
                let latency_s = (f64::from(now) + within) * dt;
                return Ending {
                    outcome,
                    latency_s,
                    states,
                };
            }
            [a, f, m, r, pd, c, g, h, l] = states;
            pun = pun1;
            now += 1;
        }
        Ending {
            outcome: Outcome::Undecided,
            latency_s: s.window_s,
            states: [a, f, m, r, pd, c, g, h, l],
        }
    }
}

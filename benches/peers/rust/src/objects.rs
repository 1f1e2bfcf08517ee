//! A list of agent objects behind a trait, each stepped once per step of the model, as frameworks of agents do it.

use crate::inputs::{Constants, Decision, Inputs, Scene, crossing};
use rand::RngExt;
use rand::SeedableRng;
use rand::rngs::StdRng;
use rayon::prelude::*;

/// Somebody who acts once a step.
trait Agent: Send {
    fn step(&mut self, scene: &Scene, time_s: f64, step_s: f64, rng: &mut StdRng);
    fn done(&self) -> bool;
    fn ending(&self) -> (Decision, f64);
}

struct Person {
    constants: Constants,
    attention: f64,
    sharing: f64,
    understanding: f64,
    reappraisal: f64,
    distress: f64,
    compassion: f64,
    indignation: f64,
    help: f64,
    leave: f64,
    decision: Decision,
    latency_s: f64,
}

pub fn meet(inputs: &Inputs, seed: u64) -> Vec<(Decision, f64)> {
    let share = inputs.people.len().div_ceil(rayon::current_num_threads());
    let parts = inputs.people.par_chunks(share).enumerate();
    parts
        .flat_map_iter(|(number, people)| {
            let mut rng = StdRng::seed_from_u64(seed << 32 | number as u64);
            let mut agents: Vec<Box<dyn Agent>> = people.iter().map(|it| Person::new(it, inputs)).collect();
            for step in 0..inputs.steps {
                for agent in agents.iter_mut().filter(|it| !it.done()) {
                    agent.step(&inputs.scene, f64::from(step) * inputs.step_s, inputs.step_s, &mut rng);
                }
            }
            agents.into_iter().map(|it| it.ending()).collect::<Vec<_>>()
        })
        .collect()
}

impl Person {
    fn new(constants: &Constants, inputs: &Inputs) -> Box<dyn Agent> {
        Box::new(Self {
            constants: *constants,
            attention: 0.0,
            sharing: 0.0,
            understanding: 0.0,
            reappraisal: 0.0,
            distress: 0.0,
            compassion: 0.0,
            indignation: 0.0,
            help: 0.0,
            leave: 0.0,
            decision: Decision::Undecided,
            latency_s: f64::from(inputs.steps) * inputs.step_s,
        })
    }
}

/// Moves a state towards its target and gives back the mean over the step.
fn approach(state: &mut f64, target: f64, share: f64) -> f64 {
    let before = *state;
    *state += (target - before) * share;
    0.5 * (before + *state)
}

impl Agent for Person {
    fn step(&mut self, s: &Scene, time_s: f64, step_s: f64, rng: &mut StdRng) {
        let c = &self.constants;
        let attending = approach(&mut self.attention, c.free_attention, s.attention_step);
        let exposed = attending / (1.0 + c.deployment_gain * (self.sharing - s.bearable_arousal).max(0.0));
        let target = c.sharing_gain * exposed * c.need_seen;
        let share = if target < self.sharing {
            c.recovery_step
        } else {
            s.sharing_step
        };
        let shared = approach(&mut self.sharing, target, share);
        let understood = approach(
            &mut self.understanding,
            c.understanding_gain * attending,
            s.perspective_step,
        );
        let target = c.reappraisal_gain * (shared - s.bearable_arousal).max(0.0);
        let reappraised = approach(&mut self.reappraisal, target, s.reappraisal_step);
        let target = s.distress_kept * shared * c.overlap / (1.0 + reappraised);
        let distressed = approach(&mut self.distress, target, s.distress_step);
        let damped = 1.0 + 0.5 * reappraised;
        let crowded = 1.0 + (distressed * s.per_halving_distress).powi(2);
        let warmth = c.bottom_up * shared + c.top_down * attending * c.need_seen * damped;
        let appraised = c.appraisal * (s.without_understanding + (1.0 - s.without_understanding) * understood);
        let target = appraised * warmth / (damped * crowded);
        let compassionate = approach(&mut self.compassion, target, s.compassion_step);
        let target = s.perpetrator * (distressed - s.mired_distress).max(0.0);
        let indignant = approach(&mut self.indignation, target, s.anger_step);
        let self_concern = 1.0 / (1.0 + s.compassion_against_self_concern * compassionate);
        let need = attending * c.need_seen;
        let help_drift = c.help_drift * need / (need + s.prompting_need)
            + s.resolve
                * (s.help_from_compassion * compassionate + s.help_from_distress * distressed * self_concern)
            + s.help_from_anger * indignant;
        let leave_drift = s.leave_from_haste + (s.leave_drift + s.leave_from_distress * distressed) * self_concern;
        let mut race = |tendency: f64, drift: f64| {
            let shock = if rng.random::<bool>() { s.shock } else { -s.shock };
            (tendency * s.tendency_kept + drift * s.tendency_gained + shock).max(s.floor)
        };
        let (help, leave) = (race(self.help, help_drift), race(self.leave, leave_drift));
        if help >= s.bound || leave >= s.bound {
            let (to_help, to_leave) = (crossing(s.bound, self.help, help), crossing(s.bound, self.leave, leave));
            self.decision = if to_help <= to_leave {
                Decision::Helped
            } else {
                Decision::Left
            };
            self.latency_s = time_s + to_help.min(to_leave) * step_s;
        }
        (self.help, self.leave) = (help, leave);
    }

    fn done(&self) -> bool {
        self.decision != Decision::Undecided
    }

    fn ending(&self) -> (Decision, f64) {
        (self.decision, self.latency_s)
    }
}

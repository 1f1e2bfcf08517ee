//! One person after the other, in double precision, with the generator that `rand` offers first.

use crate::inputs::{Constants, Decision, Inputs, crossing};
use rand::RngExt;
use rand::SeedableRng;
use rand::rngs::SmallRng;
use rayon::prelude::*;

pub fn meet(inputs: &Inputs, seed: u64) -> Vec<(Decision, f64)> {
    inputs
        .people
        .par_chunks(1024)
        .enumerate()
        .flat_map_iter(|(chunk, people)| {
            let mut rng = SmallRng::seed_from_u64(seed << 32 | chunk as u64);
            people.iter().map(move |it| encounter(inputs, it, &mut rng))
        })
        .collect()
}

fn encounter(inputs: &Inputs, person: &Constants, rng: &mut SmallRng) -> (Decision, f64) {
    let s = &inputs.scene;
    let (mut attention, mut sharing, mut understanding, mut reappraisal) = (0.0, 0.0, 0.0, 0.0);
    let (mut distress, mut compassion, mut indignation): (f64, f64, f64) = (0.0, 0.0, 0.0);
    let (mut help, mut leave): (f64, f64) = (0.0, 0.0);
    for step in 0..inputs.steps {
        let before = attention;
        attention += (person.free_attention - attention) * s.attention_step;
        let attending = 0.5 * (before + attention);

        let exposed = attending / (1.0 + person.deployment_gain * (sharing - s.bearable_arousal).max(0.0));
        let target = person.sharing_gain * exposed * person.need_seen;
        let share = if target < sharing {
            person.recovery_step
        } else {
            s.sharing_step
        };
        let before = sharing;
        sharing += (target - sharing) * share;
        let shared: f64 = 0.5 * (before + sharing);

        let before = understanding;
        understanding += (person.understanding_gain * attending - understanding) * s.perspective_step;
        let understood = 0.5 * (before + understanding);

        let before = reappraisal;
        let target = person.reappraisal_gain * (shared - s.bearable_arousal).max(0.0);
        reappraisal += (target - reappraisal) * s.reappraisal_step;
        let reappraised = 0.5 * (before + reappraisal);

        let before = distress;
        let target = s.distress_kept * shared * person.overlap / (1.0 + reappraised);
        distress += (target - distress) * s.distress_step;
        let distressed = 0.5 * (before + distress);

        let damped = 1.0 + 0.5 * reappraised;
        let crowded = 1.0 + (distressed * s.per_halving_distress).powi(2);
        let warmth = person.bottom_up * shared + person.top_down * attending * person.need_seen * damped;
        let appraised = person.appraisal * (s.without_understanding + (1.0 - s.without_understanding) * understood);
        let before = compassion;
        compassion += (appraised * warmth / (damped * crowded) - compassion) * s.compassion_step;
        let compassionate = 0.5 * (before + compassion);

        let before = indignation;
        let target = s.perpetrator * (distressed - s.mired_distress).max(0.0);
        indignation += (target - indignation) * s.anger_step;
        let indignant = 0.5 * (before + indignation);

        let self_concern = 1.0 / (1.0 + s.compassion_against_self_concern * compassionate);
        let need = attending * person.need_seen;
        let help_drift = person.help_drift * need / (need + s.prompting_need)
            + s.resolve
                * (s.help_from_compassion * compassionate + s.help_from_distress * distressed * self_concern)
            + s.help_from_anger * indignant;
        let leave_drift = s.leave_from_haste + (s.leave_drift + s.leave_from_distress * distressed) * self_concern;
        let mut shock = || if rng.random::<bool>() { s.shock } else { -s.shock };
        let (help_before, leave_before) = (help, leave);
        help = (help * s.tendency_kept + help_drift * s.tendency_gained + shock()).max(s.floor);
        leave = (leave * s.tendency_kept + leave_drift * s.tendency_gained + shock()).max(s.floor);
        if help >= s.bound || leave >= s.bound {
            let (to_help, to_leave) = (
                crossing(s.bound, help_before, help),
                crossing(s.bound, leave_before, leave),
            );
            let latency_s = (f64::from(step) + to_help.min(to_leave)) * inputs.step_s;
            return (
                if to_help <= to_leave {
                    Decision::Helped
                } else {
                    Decision::Left
                },
                latency_s,
            );
        }
    }
    (Decision::Undecided, f64::from(inputs.steps) * inputs.step_s)
}

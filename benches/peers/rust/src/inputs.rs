//! The constants of the scene and of the people, as the engine's bench wrote them.

use serde::Deserialize;
use std::fs;

/// How an encounter ends.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    Undecided,
    Helped,
    Left,
}

#[derive(Deserialize)]
pub struct Scene {
    pub attention_step: f64,
    pub bearable_arousal: f64,
    pub sharing_step: f64,
    pub perspective_step: f64,
    pub reappraisal_step: f64,
    pub distress_kept: f64,
    pub distress_step: f64,
    pub without_understanding: f64,
    pub per_halving_distress: f64,
    pub compassion_step: f64,
    pub perpetrator: f64,
    pub mired_distress: f64,
    pub anger_step: f64,
    pub help_from_compassion: f64,
    pub help_from_distress: f64,
    pub help_from_anger: f64,
    pub leave_drift: f64,
    pub leave_from_distress: f64,
    pub tendency_kept: f64,
    pub tendency_gained: f64,
    pub shock: f64,
    pub floor: f64,
    pub bound: f64,
    pub resolve: f64,
    pub prompting_need: f64,
    pub compassion_against_self_concern: f64,
    pub leave_from_haste: f64,
}

#[derive(Clone, Copy)]
pub struct Constants {
    pub free_attention: f64,
    pub sharing_gain: f64,
    pub recovery_step: f64,
    pub understanding_gain: f64,
    pub overlap: f64,
    pub deployment_gain: f64,
    pub reappraisal_gain: f64,
    pub appraisal: f64,
    pub bottom_up: f64,
    pub top_down: f64,
    pub help_drift: f64,
    pub need_seen: f64,
}

#[derive(Deserialize)]
struct Description {
    people: usize,
    steps: u32,
    step_s: f64,
    constants: Scene,
}

pub struct Inputs {
    pub scene: Scene,
    pub steps: u32,
    pub step_s: f64,
    pub people: Vec<Constants>,
}

impl Inputs {
    pub fn read(folder: &str, people: usize) -> Self {
        let text = fs::read_to_string(format!("{folder}/scene.json")).expect("scene.json is there");
        let description: Description = serde_json::from_str(&text).expect("scene.json is as exported");
        let bytes = fs::read(format!("{folder}/people.f32")).expect("people.f32 is there");
        let value = |column: usize, person: usize| {
            let at = 4 * (column * description.people + person);
            f64::from(f32::from_le_bytes(bytes[at..at + 4].try_into().expect("four bytes")))
        };
        let person = |it| Constants {
            free_attention: value(0, it),
            sharing_gain: value(1, it),
            recovery_step: value(2, it),
            understanding_gain: value(3, it),
            overlap: value(4, it),
            deployment_gain: value(5, it),
            reappraisal_gain: value(6, it),
            appraisal: value(7, it),
            bottom_up: value(8, it),
            top_down: value(9, it),
            help_drift: value(10, it),
            need_seen: value(11, it),
        };
        Self {
            people: (0..people.min(description.people)).map(person).collect(),
            scene: description.constants,
            steps: description.steps,
            step_s: description.step_s,
        }
    }
}

/// When within a step a tendency crosses the bound, as a share of it; later than any if it does not.
pub fn crossing(bound: f64, before: f64, after: f64) -> f64 {
    if after < bound {
        2.0
    } else {
        ((bound - before) / (after - before).max(1e-9)).clamp(0.0, 1.0)
    }
}

//! The engine's side of the comparison with its peers, which `run.py` beside this file makes.
//!
//! `export FOLDER PEOPLE` writes the constants of the scene and of so many people, so that every peer starts from the same numbers;
//! `measure PEOPLE ROUNDS THREADS` lets them meet the scene and prints how it went in the shortest round.

#[path = "../crowd/mod.rs"]
mod crowd;
#[path = "../crowd/processor.rs"]
mod processor;

use compassion::engine::people::People;
use compassion::engine::{Encounter, LONGEST_STEP_S};
use compassion::lanes::Level;
use compassion::model::agent::Trait;
use compassion::model::milieu::Milieu;
use compassion::model::person::{Bearing, Person};
use compassion::model::scene::Scene;
use compassion::model::{bystanders, perception};
use crowd::Setting;
use serde_json::json;
use std::fs;
use std::path::Path;
use std::time::Instant;

/// Names of a person's constants, in the order in which they are written.
const CONSTANTS: [&str; 12] = [
    "free_attention",
    "sharing_gain",
    "recovery_step",
    "understanding_gain",
    "overlap",
    "deployment_gain",
    "reappraisal_gain",
    "appraisal",
    "bottom_up",
    "top_down",
    "help_drift",
    "need_seen",
];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|it| it != "--bench").collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["export", folder, people] => export(Path::new(folder), number(people)),
        ["measure", people, rounds, threads] => measure(number(people), number(rounds), number(threads) as usize),
        _ => println!("`python3 benches/peers/run.py` compares the engine with its peers"),
    }
}

fn number(text: &str) -> u32 {
    text.parse().unwrap_or_else(|it| panic!("`{text}`: {it}"))
}

fn measure(people: u32, rounds: u32, threads: usize) {
    let (setting, level) = (Setting::flagship(), Level::best());
    let people = setting.people(level, people);
    let count: usize = people.iter().map(|it| it.count).sum();
    let outcomes = crowd::with_threads(threads, || {
        setting.outcomes(&setting.meet(level, &setting.participants_by_condition(level, &people)))
    });
    let (seconds, processor_s) = shortest(&setting, level, &people, rounds, threads);
    // What is left when the scene is cut after its first step no peer does: constants of people from their traits, ratings, records.
    let around = shortest(&setting.cut_after_one_step(), level, &people, rounds, threads);
    let result = json!({
        "people": count,
        "seconds": seconds,
        "processor_s": processor_s,
        "around": { "seconds": around.0, "processor_s": around.1 },
        "helped": outcomes.helped,
        "left": outcomes.left,
        "steps": outcomes.steps,
        "level": format!("{level:?}"),
    });
    println!("{result}");
}

/// The shortest of some rounds, by the clock and of the processor, in seconds.
fn shortest(setting: &Setting, level: Level, people: &[People], rounds: u32, threads: usize) -> (f64, f64) {
    let participants_by_condition = setting.participants_by_condition(level, people);
    crowd::with_threads(threads, || {
        // One round to warm up, which does not count.
        std::hint::black_box(setting.meet(level, &participants_by_condition));
        let (mut shortest, mut least) = (f64::INFINITY, f64::INFINITY);
        for _ in 0..rounds {
            let (started, worked) = (Instant::now(), processor::seconds());
            std::hint::black_box(setting.meet(level, &participants_by_condition));
            shortest = shortest.min(started.elapsed().as_secs_f64());
            least = least.min(processor::seconds() - worked);
        }
        (shortest, least)
    })
}

fn export(folder: &Path, people: u32) {
    let setting = Setting::flagship();
    let level = Level::best();
    let world = setting.world(level);
    let condition = setting.condition();
    let encounter = world.encounter(condition, 0);
    let scene = Scene::<f64>::new(
        encounter.parameters,
        encounter.situation,
        encounter.knockout,
        0,
        LONGEST_STEP_S,
    );
    assert!(
        !scene.others_seen && !scene.graded && !scene.punishing,
        "the peers have neither free bystanders nor graded help nor punishing"
    );
    let blocks = setting.people(level, people);
    let mut columns: Vec<Vec<f32>> = vec![Vec::new(); CONSTANTS.len()];
    for block in &blocks {
        for place in 0..block.count {
            for (column, value) in columns.iter_mut().zip(constants(&encounter, &scene, block, place)) {
                column.push(value as f32);
            }
        }
    }
    let bytes: Vec<u8> = columns.iter().flatten().flat_map(|it| it.to_le_bytes()).collect();
    let outcomes = setting.outcomes(&setting.meet(level, &setting.participants_by_condition(level, &blocks)));
    let seed = setting.scenario.run.seed;
    let description = json!({
        "scene": format!(
            "`scenarios/distress.toml`, {:?}, {} s in {} steps, seed {}",
            condition.name, condition.situation.window_s, scene.steps, setting.scenario.run.seed
        ),
        "people": people,
        "columns": CONSTANTS,
        "steps": scene.steps,
        "step_s": scene.step_s,
        "constants": {
            "attention_step": scene.attention_step,
            "bearable_arousal": scene.bearable_arousal,
            "sharing_step": scene.sharing_step,
            "perspective_step": scene.perspective_step,
            "reappraisal_step": scene.reappraisal_step,
            "distress_kept": scene.distress_kept,
            "distress_step": scene.distress_step,
            "without_understanding": scene.without_understanding,
            "per_halving_distress": scene.per_halving_distress,
            "compassion_step": scene.compassion_step,
            "perpetrator": scene.perpetrator,
            "mired_distress": scene.mired_distress,
            "anger_step": scene.anger_step,
            "help_from_compassion": scene.help_from_compassion,
            "help_from_distress": scene.help_from_distress,
            "help_from_anger": scene.help_from_anger,
            "leave_drift": scene.leave_drift,
            "leave_from_distress": scene.leave_from_distress,
            "tendency_kept": scene.tendency_kept,
            "tendency_gained": scene.tendency_gained,
            "shock": scene.shock,
            "floor": scene.floor,
            "bound": scene.bound,
            "resolve": bystanders::resolve(scene.inhibition * scene.confederates),
            "prompting_need": scene.prompting_need,
            "compassion_against_self_concern": scene.compassion_against_self_concern,
            "leave_from_haste": scene.leave_from_haste,
        },
        // Where the tuned peers find the same bits: Philox4x32-10, laid out as in `src/random.rs`.
        "random": {
            "key": [seed & 0xffff_ffff, seed >> 32],
            "counter_2": compassion::random::Process::Tendencies as u32,
            "counter_3": 0,
            "steps_per_block": 32,
        },
        "helped": outcomes.helped,
        "left": outcomes.left,
        "steps_taken": outcomes.steps,
    });
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.join(name);
        fs::write(&path, bytes).unwrap_or_else(|it| panic!("{}: {it}", path.display()));
    };
    fs::create_dir_all(folder).unwrap_or_else(|it| panic!("{}: {it}", folder.display()));
    write("people.f32", &bytes);
    write("scene.json", format!("{description:#}\n").as_bytes());
}

/// Everything that stays fixed for one person while the encounter lasts, in the order of [`CONSTANTS`].
fn constants(encounter: &Encounter, scene: &Scene<f64>, people: &People, place: usize) -> [f64; CONSTANTS.len()] {
    let [motive, threshold, readiness, _] = encounter.streams.occasion.normals::<f64>(people.agents[place], 0);
    let bearing = Bearing {
        traits: std::array::from_fn(|it| f64::from(people.latents[it][place])),
        gains: [0.0; Trait::COUNT],
        occasion: [motive, threshold, readiness],
        fatigue: 0.0,
        milieu: Milieu::norm(),
    };
    let (person, _) = Person::new(scene, &bearing);
    let evidence = scene.evidence - scene.inaction_cost * scene.confederates;
    let need_seen = perception::interpretation(
        evidence,
        person.need_threshold,
        scene.interpretation_steepness,
        scene.need,
    );
    [
        person.free_attention,
        person.sharing_gain,
        person.recovery_step,
        person.understanding_gain,
        person.overlap,
        person.deployment_gain,
        person.reappraisal_gain,
        person.appraisal,
        person.bottom_up,
        person.top_down,
        person.help_drift,
        need_seen,
    ]
}

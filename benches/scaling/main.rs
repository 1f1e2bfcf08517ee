//! How time grows with the number of people, the length of the scene and the number of threads: `run.py` beside this file draws it.
//!
//! Prints one line for each measurement: what was varied, its value, people, threads, seconds by the clock and of the processor.

#[path = "../crowd/processor.rs"]
mod processor;

use compassion::engine::run::Experiment;
use compassion::parameters::shipped;
use compassion::programs::builtin;
use compassion::scenario::{Scenario, load};
use std::path::Path;
use std::time::Instant;

/// The scenario that is measured.
const SCENARIO: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/distress.toml");

/// People of the runs in which something else is varied.
const PEOPLE: u32 = 100_000;

/// The largest crowd, unless the first argument says otherwise.
const LARGEST: u32 = 10_000_000;

fn main() {
    let largest = std::env::args().find_map(|it| it.parse().ok()).unwrap_or(LARGEST);
    let loaded = load(Path::new(SCENARIO), builtin(), &[]).unwrap_or_else(|it| panic!("{SCENARIO}: {it}"));
    let flagship = loaded.scenario;
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    println!("varied,value,people,conditions,threads,seconds,processor_s");
    let mut people = 1_000;
    while people <= largest {
        for threads in [1, processors] {
            let scenario = with(&flagship, people, None);
            report("people", f64::from(people), &scenario, threads);
        }
        people *= 10;
    }
    for window_s in [5.0, 10.0, 20.0, 40.0, 80.0, 160.0, 320.0, 640.0] {
        let scenario = with(&flagship, PEOPLE, Some(window_s));
        report("window_s", window_s, &scenario, 1);
    }
    for threads in 1..=2 * processors {
        let scenario = with(&flagship, 10 * PEOPLE, None);
        report("threads", threads as f64, &scenario, threads);
    }
}

/// The flagship scenario with so many people, and with scenes of another length.
fn with(flagship: &Scenario, people: u32, window_s: Option<f64>) -> Scenario {
    let mut scenario = flagship.clone();
    scenario.run.agents = people;
    if let Some(window_s) = window_s {
        for condition in &mut scenario.conditions {
            condition.situation.window_s = window_s;
        }
    }
    scenario
}

/// Runs a scenario as often as a second allows, at least once, and prints the shortest times.
fn report(varied: &str, value: f64, scenario: &Scenario, threads: usize) {
    let parameters = shipped();
    let experiment = Experiment::new(scenario, &parameters);
    let began = Instant::now();
    let (mut shortest, mut least) = (f64::INFINITY, f64::INFINITY);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    pool.unwrap_or_else(|it| panic!("{threads} threads: {it}")).install(|| {
        while shortest.is_infinite() || began.elapsed().as_secs_f64() < 1.0 {
            let (started, worked) = (Instant::now(), processor::seconds());
            std::hint::black_box(experiment.tallies());
            shortest = shortest.min(started.elapsed().as_secs_f64());
            least = least.min(processor::seconds() - worked);
        }
    });
    let (people, conditions) = (scenario.run.agents, scenario.conditions.len());
    println!("{varied},{value},{people},{conditions},{threads},{shortest:.6},{least:.6}");
}

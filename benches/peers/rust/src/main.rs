//! Two plain Rust peers: `scalar` follows one person after the other to the decision; `objects` steps a list of agents, all once per step.

mod inputs;
mod objects;
#[path = "../../../crowd/processor.rs"]
mod processor;
mod scalar;

use inputs::{Decision, Inputs};
use serde_json::json;
use std::time::Instant;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [kind, folder, people, rounds, threads] = &arguments[..] else {
        panic!("scalar|objects FOLDER PEOPLE ROUNDS THREADS");
    };
    let inputs = Inputs::read(folder, people.parse().expect("PEOPLE is a number"));
    let threads = threads.parse().expect("THREADS is a number");
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .expect("a pool of threads");
    let meet: fn(&Inputs, u64) -> Vec<(Decision, f64)> = match kind.as_str() {
        "scalar" => scalar::meet,
        "objects" => objects::meet,
        other => panic!("`{other}` is neither `scalar` nor `objects`"),
    };
    let (mut shortest, mut least) = (f64::INFINITY, f64::INFINITY);
    let mut ended = Vec::new();
    for round in 0..rounds.parse().expect("ROUNDS is a number") {
        let (started, worked) = (Instant::now(), processor::seconds());
        ended = pool.install(|| meet(&inputs, round));
        shortest = shortest.min(started.elapsed().as_secs_f64());
        least = least.min(processor::seconds() - worked);
    }
    let count = |decision| ended.iter().filter(|it| it.0 == decision).count();
    let result = json!({
        "people": ended.len(),
        "seconds": shortest,
        "processor_s": least,
        "helped": count(Decision::Helped),
        "left": count(Decision::Left),
    });
    println!("{result}");
}

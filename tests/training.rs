//! Practice as a process in time, held against what training studies found, each test on fixed seeds.
//!
//! People meet their scenes anew at each moment, so differences between moments carry the noise of two samples: with n people a standardised
//! difference has a standard error of about √(2/n), .01 for 20,000. Between arms the people and their luck are the same, and it is smaller.

#[path = "training/circles.rs"]
mod circles;
#[path = "training/meta_analyses.rs"]
mod meta_analyses;
#[path = "training/same_luck.rs"]
mod same_luck;
#[path = "training/signatures.rs"]
mod signatures;
#[path = "training/ward.rs"]
mod ward;

use compassion::document::Source;
use compassion::engine::run::Experiment;
use compassion::engine::tally::Tally;
use compassion::parameters::shipped;
use compassion::registry::Measure;
use compassion::scenario::{Scenario, read};
use compassion::summary::predicted_d;

/// A scenario from its text, with the built-in programs.
fn scenario(text: &str) -> Scenario {
    let source = Source::new("test.toml", format!("title = 'test'\n{text}"));
    let read = read(&source, compassion::programs::builtin(), None);
    read.unwrap_or_else(|it| panic!("{it}")).0
}

/// A scenario of this repository, with so many people.
fn shipped_scenario(name: &str, agents: u32) -> Scenario {
    let path = format!("{}/scenarios/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    let loaded = compassion::scenario::load(path.as_ref(), compassion::programs::builtin(), &[]);
    let mut scenario = loaded.unwrap_or_else(|it| panic!("{it}")).scenario;
    scenario.run.agents = agents;
    scenario
}

/// A tally for each condition.
fn tallies(scenario: &Scenario) -> Vec<Tally> {
    Experiment::new(scenario, &shipped()).tallies()
}

/// The standardised difference between two tallies.
fn d(treatment: &Tally, control: &Tally, measure: Measure) -> f64 {
    predicted_d(treatment, control, measure).expect("both have the measure")
}

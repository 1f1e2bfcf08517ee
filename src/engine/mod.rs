//! The engine: encounters in lanes, blocks, replicates and threads. It records and counts, and does not judge.
//!
//! Read [`persons`] and [`witnesses`] for one encounter, [`block`] for who takes part in it, [`mod@run`] for a whole scenario.

pub mod block;
pub mod cohort;
mod crowd;
mod decided;
pub mod driver;
pub mod exchange;
pub mod feelings;
pub mod life;
pub mod map;
pub mod measured;
pub mod monitor;
pub mod norm_scene;
pub mod observers;
mod onlookers;
pub mod people;
pub mod persons;
pub mod place;
pub mod readings;
pub mod records;
pub mod run;
mod shocks;
pub mod tally;
pub mod timecourse;
pub mod training;
pub mod trajectory;
mod watch;
pub mod witnesses;

use crate::model::agent::Trait;
use crate::model::mechanism::Knockout;
use crate::model::parameters::Parameters;
use crate::model::situation::Situation;
use crate::random::{Process, Stream};

/// Longest step of an encounter, in seconds; the convergence study stands in `benches/`.
pub const LONGEST_STEP_S: f64 = 0.5;

/// One condition as the engine sees it.
#[derive(Clone, Copy)]
pub struct Encounter<'a> {
    /// The parameter set.
    pub parameters: &'a Parameters,
    /// The scene.
    pub situation: &'a Situation,
    /// What is switched off.
    pub knockout: Knockout,
    /// Longest step, in seconds.
    pub longest_step_s: f64,
    /// Everything that is drawn anew in this encounter.
    pub streams: RandomStreams,
}

/// The streams of one encounter in one replicate.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct RandomStreams {
    /// How people differ from themselves today.
    pub occasion: Stream,
    /// Shocks to the tendencies.
    pub tendencies: Stream,
    /// Errors of the ratings.
    pub ratings: Stream,
}

impl RandomStreams {
    /// The luck of encounter number `encounter` (from 0).
    pub fn new(seed: u64, replicate: u32, encounter: u32) -> Self {
        let stream = |process| Stream::new(seed, replicate, process, encounter);
        Self {
            occasion: stream(Process::Occasion),
            tendencies: stream(Process::Tendencies),
            ratings: stream(Process::Ratings),
        }
    }
}

/// What training adds to each trait, in SD of the single encounter: the same for everybody, or one list for each person.
#[derive(Debug, Clone)]
pub enum Gains {
    /// The same for everybody.
    Same([f64; Trait::COUNT]),
    /// One column for each trait, one place for each person of the block.
    Each(Box<[Vec<f32>; Trait::COUNT]>),
}

/// Steps that one block of random bits lasts.
const STEPS_PER_BLOCK: u32 = 32;

/// A scenario with conditions of these names, alike but for the name, for tests.
#[cfg(test)]
pub(crate) fn test_scenario(names: &[&str]) -> crate::scenario::Scenario {
    let conditions: String = names
        .iter()
        .map(|it| format!("[[condition]]\nname = \"{it}\"\n"))
        .collect();
    let source = crate::document::Source::new("test.toml", format!("title = \"test\"\n{conditions}"));
    let read = crate::scenario::read(&source, crate::programs::builtin(), None);
    read.unwrap_or_else(|it| panic!("{it}")).0
}

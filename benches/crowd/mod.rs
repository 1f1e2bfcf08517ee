//! The people and the scene that the speed benches measure: the flagship scenario before any training.

use compassion::engine::LONGEST_STEP_S;
use compassion::engine::block::{BLOCK, Participants, World};
use compassion::engine::people::People;
use compassion::engine::records::{Column, Outcome, Records};
use compassion::lanes::Level;
use compassion::model::parameters::Parameters;
use compassion::model::scene::steps;
use compassion::parameters::shipped;
use compassion::programs::builtin;
use compassion::scenario::{Condition, Scenario, load};
use rayon::prelude::*;
use std::path::Path;

/// The scenario that is measured.
pub const SCENARIO: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/distress.toml");

/// A scenario and the parameters that ship.
pub struct Setting {
    pub scenario: Scenario,
    pub parameters: Parameters,
}

/// What came of an encounter of many people.
#[derive(Clone, Copy, Default)]
pub struct Outcomes {
    /// How many helped.
    pub helped: u64,
    /// How many left.
    pub left: u64,
    /// Steps that people took until they decided, or to the end of the scene.
    pub steps: u64,
}

impl Setting {
    /// The flagship scenario.
    pub fn flagship() -> Self {
        let loaded = load(Path::new(SCENARIO), builtin(), &[]).unwrap_or_else(|it| panic!("{SCENARIO}: {it}"));
        Self {
            scenario: loaded.scenario,
            parameters: shipped(),
        }
    }

    /// The same scene cut after its first step.
    #[allow(dead_code, reason = "not every bench that shares this file needs it")]
    pub fn cut_after_one_step(&self) -> Self {
        let mut scenario = self.scenario.clone();
        scenario.conditions[0].situation.window_s = LONGEST_STEP_S;
        Self {
            scenario,
            parameters: self.parameters,
        }
    }

    /// The condition that is measured: the first.
    pub fn condition(&self) -> &Condition {
        &self.scenario.conditions[0]
    }

    /// What is the same for everybody.
    pub fn world(&self, level: Level) -> World<'_> {
        World {
            parameters: &self.parameters,
            programs: &self.scenario.programs,
            seed: self.scenario.run.seed,
            longest_step_s: LONGEST_STEP_S,
            level,
            encounters: None,
        }
    }

    /// So many people, in blocks.
    pub fn people(&self, level: Level, people: u32) -> Vec<People> {
        let world = self.world(level);
        (0..people)
            .step_by(BLOCK as usize)
            .map(|first| world.people(0, first, BLOCK.min(people - first) as usize))
            .collect()
    }

    /// The people as they come into the scene.
    pub fn participants_by_condition<'a>(&self, level: Level, people: &'a [People]) -> Vec<Participants<'a>> {
        let (world, condition) = (self.world(level), self.condition());
        people
            .iter()
            .map(|it| Participants::new(&world, condition, 0, it, it.count, u32::MAX))
            .collect()
    }

    /// Lets them meet the scene on the threads of the current pool.
    pub fn meet(&self, level: Level, participants_by_condition: &[Participants]) -> Vec<Records> {
        let (world, condition) = (self.world(level), self.condition());
        participants_by_condition
            .par_iter()
            .map(|it| it.meet(&world, condition))
            .collect()
    }

    /// What they did.
    pub fn outcomes(&self, records: &[Records]) -> Outcomes {
        let blocks = records.iter().map(|it| self.outcomes_of_block(it));
        blocks.fold(Outcomes::default(), |a, b| Outcomes {
            helped: a.helped + b.helped,
            left: a.left + b.left,
            steps: a.steps + b.steps,
        })
    }

    fn outcomes_of_block(&self, records: &Records) -> Outcomes {
        let situation = &self.condition().situation;
        let steps = steps(situation, LONGEST_STEP_S);
        let step_s = situation.window_s / f64::from(steps);
        let count = |outcome| records.outcomes.iter().filter(|it| **it == outcome).count() as u64;
        let latencies = records.column(Column::LatencyS).iter();
        let taken = latencies.map(|it| (f64::from(*it) / step_s).ceil().clamp(1.0, f64::from(steps)) as u64);
        Outcomes {
            helped: count(Outcome::Helped),
            left: count(Outcome::Left),
            steps: taken.sum(),
        }
    }
}

/// Does something with so many threads.
pub fn with_threads<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    pool.unwrap_or_else(|it| panic!("{threads} threads: {it}"))
        .install(work)
}

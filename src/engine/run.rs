//! A whole scenario: every person of every condition, in memory that does not grow with the number of people.

use super::LONGEST_STEP_S;
use super::block::World;
use super::driver::{Ended, Observation, Observed};
use super::monitor::{Monitor, Unwatched};
use super::norm_scene::NormScene;
use super::observers::{Kept, Tallies};
use super::tally::Tally;
use crate::lanes::Level;
use crate::model::parameters::Parameters;
use crate::scenario::Scenario;
use std::sync::atomic::AtomicU64;

/// A scenario and what it is run with.
#[derive(Clone, Copy)]
pub struct Experiment<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// The parameter set.
    pub parameters: &'a Parameters,
    /// What feelings are compared with.
    pub norm: NormScene,
    /// Vector instructions to use; no result depends on them.
    pub level: Level,
    /// Where encounters are counted, if they are.
    pub encounters: Option<&'a AtomicU64>,
    /// The population whose people live in every replicate, each time with the luck and the errors of that replicate, as in a study that
    /// measures the same people repeatedly; without it each replicate has people of its own.
    pub returning: Option<u32>,
}

impl<'a> Experiment<'a> {
    /// A scenario with a parameter set, at the widest vector level of this processor.
    pub fn new(scenario: &'a Scenario, parameters: &'a Parameters) -> Self {
        let level = Level::best();
        Self {
            scenario,
            parameters,
            norm: NormScene::new(parameters, LONGEST_STEP_S, level),
            level,
            encounters: None,
            returning: None,
        }
    }

    /// What is the same for all people and conditions.
    pub fn world(&self) -> World<'a> {
        World {
            parameters: self.parameters,
            programs: &self.scenario.programs,
            seed: self.scenario.run.seed,
            longest_step_s: LONGEST_STEP_S,
            level: self.level,
            encounters: self.encounters,
        }
    }

    /// Runs the scenario: a tally for each condition.
    ///
    /// `keep` makes of the people of each piece what is to be kept of them, in any order and on any thread; `take` gets it in order:
    /// replicates, in them blocks of people, in them conditions, in them people. The monitor is told how many pieces are done.
    ///
    /// # Errors
    ///
    /// [`Ended::Stopped`] once the monitor asks for it; whatever `take` says.
    pub fn run<K: Send, E>(
        &self,
        monitor: &dyn Monitor,
        keep: impl Fn(&Observation) -> K + Sync,
        mut take: impl FnMut(K) -> Result<(), E>,
    ) -> Result<Vec<Tally>, Ended<E>> {
        let mut tallies: Vec<Tally> = self.scenario.conditions.iter().map(Tally::new).collect();
        let observer = (Tallies(self), Kept(keep));
        Observed::everybody(self, &observer).run(monitor, |(block, kept)| {
            for (tally, block) in tallies.iter_mut().zip(&block) {
                tally.merge(block);
            }
            kept.into_iter().try_for_each(&mut take)
        })?;
        Ok(tallies)
    }

    /// Runs the scenario for its tallies alone.
    pub fn tallies(&self) -> Vec<Tally> {
        let done = self.run(&Unwatched, |_| (), |()| Ok::<_, std::convert::Infallible>(()));
        match done {
            Ok(tallies) => tallies,
            Err(Ended::Stopped(_)) => unreachable!("nobody stops it"),
            Err(Ended::Kept(never)) => match never {},
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::block::BLOCK;
    use crate::engine::test_scenario;
    use crate::model::situation::BystanderBehaviour;
    use crate::parameters::shipped;
    use crate::scenario::{Condition, Dominant, Timeline, Unit};
    use proptest::prelude::*;
    use std::convert::Infallible;
    use std::sync::atomic::AtomicBool;

    /// Three conditions of one person each, two of groups, one with a selection; more people than one block.
    fn scenario() -> Scenario {
        let mut scenario = test_scenario(&["plain", "easy", "pair", "close", "trio", "selected"]);
        scenario.run.agents = 2_500;
        scenario.run.replicates = 2;
        let it = &mut scenario.conditions;
        it[1].situation.escape = 0.9;
        (it[2].unit, it[2].situation.bystander_behaviour) = (Unit::Group(2), BystanderBehaviour::Free);
        it[3].situation.closeness = 0.6;
        it[4].unit = Unit::Group(3);
        it[5].select = Some(Dominant::EmpathicConcern);
        scenario
    }

    fn tallies(scenario: &Scenario) -> Vec<Tally> {
        Experiment::new(scenario, &shipped()).tallies()
    }

    #[test]
    fn no_number_depends_on_threads_or_vector_instructions() {
        let (scenario, parameters) = (scenario(), shipped());
        let expected = tallies(&scenario);
        for threads in [1, 2, 5] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            assert_eq!(pool.install(|| tallies(&scenario)), expected, "{threads} threads");
        }
        for level in Level::available() {
            let experiment = Experiment {
                level,
                ..Experiment::new(&scenario, &parameters)
            };
            assert_eq!(experiment.tallies(), expected, "{level:?}");
        }
    }

    #[test]
    fn other_conditions_change_nothing() {
        let scenario = scenario();
        let expected = tallies(&scenario);
        let mut reversed = scenario.clone();
        reversed.conditions.reverse();
        let mut fewer = scenario.clone();
        fewer.conditions.remove(1);
        // Enough conditions that the work on them is cut in two.
        let mut more = scenario.clone();
        more.conditions.extend((0..20).map(|number| Condition {
            name: format!("more {number}"),
            ..scenario.conditions[3].clone()
        }));
        for other in [&reversed, &fewer, &more] {
            for (condition, mut tally) in other.conditions.iter().zip(tallies(other)) {
                let name = condition.name.split(' ').next();
                let known = scenario.conditions.iter().position(|it| Some(it.name.as_str()) == name);
                let mut expected = expected[known.unwrap_or(3)].clone();
                // Whom a condition is compared with is all that may differ.
                (tally.joint, expected.joint) = (None, None);
                assert_eq!(tally, expected, "{}", condition.name);
            }
        }
    }

    #[test]
    fn everybody_is_counted_once_and_only_like_is_paired_with_like() {
        let tallies = tallies(&scenario());
        let counts: Vec<u64> = tallies.iter().map(|it| it.units.total()).collect();
        assert_eq!(counts[..5], [5_000, 5_000, 2_500, 5_000, 2 * 833]);
        assert!(0 < counts[5] && counts[5] < 5_000);
        let pairs: Vec<Option<u64>> = tallies.iter().map(|it| it.joint.map(|it| it.people())).collect();
        assert_eq!(pairs, [None, Some(5_000), None, Some(5_000), None, None]);
        let states = tallies[0].empathy_states;
        assert_eq!(
            states.empathy + states.contagion + states.theory_of_mind_alone + states.neither,
            5_000
        );
    }

    /// How many groups are counted of so many people, in a brief scene and in one that weeks lie before.
    fn groups(agents: u32, size: u32) -> [u64; 2] {
        let mut scenario = test_scenario(&["brief", "weeks later"]);
        (scenario.run.agents, scenario.run.replicates) = (agents, 2);
        for it in &mut scenario.conditions {
            (it.unit, it.situation.window_s) = (Unit::Group(size), 5.0);
        }
        let timeline = Timeline {
            weeks: 1.0,
            measure_at: vec![0.0, 1.0],
        };
        scenario.conditions[1].protocol.timeline = (agents < 3 * BLOCK).then_some(timeline);
        let counted = tallies(&scenario);
        [counted[0].units.total(), counted[1].units.total()]
    }

    #[test]
    fn whole_groups_are_counted_wherever_blocks_end() {
        for (agents, size) in [
            (1_025, 3),
            (1_026, 3),
            (1_500, 800),
            (4_000, 1_000),
            (2_048, 1_024),
            (2_049, 2_049),
            (2_100, 1_025),
            (5_000, 2_500),
        ] {
            let expected = 2 * u64::from(agents / size);
            assert_eq!(
                groups(agents, size),
                [expected; 2],
                "{agents} people in groups of {size}"
            );
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn whole_groups_are_counted_whatever_their_size(agents in 1_u32..3_200, size in 2_u32..1_500) {
            let expected = 2 * u64::from(agents / size);
            prop_assert_eq!(groups(agents, size), [expected; 2]);
        }
    }

    #[test]
    fn what_is_kept_comes_in_order_and_a_stop_is_a_stop() {
        let (scenario, parameters) = (scenario(), shipped());
        let experiment = Experiment::new(&scenario, &parameters);
        let mut kept = Vec::new();
        let place = |it: &Observation| {
            (
                it.participants.replicate,
                it.participants.people.first / BLOCK,
                it.number,
            )
        };
        let take = |it| {
            kept.push(it);
            Ok::<_, Infallible>(())
        };
        assert!(experiment.run(&Unwatched, place, take).is_ok());
        assert!(kept.is_sorted() && kept.len() == 2 * 3 * 6, "{kept:?}");
        let stopped = experiment.run(&AtomicBool::new(true), place, |_| Ok::<_, Infallible>(()));
        assert!(matches!(stopped, Err(Ended::Stopped(_))));
    }
}

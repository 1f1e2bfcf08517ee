//! A whole scenario: every person of every condition, on all processors, in memory that does not grow with the number of people.
//!
//! Work is cut into (replicate, block of people, some conditions), done in any order and added up in the order of that list, so that no
//! result depends on the number of threads.

pub use super::driver::Ended;

use super::block::{BLOCK, Cast, World};
use super::driver::drive;
use super::measured::{Readings, readings};
use super::monitor::{Monitor, Unwatched};
use super::norm_scene::NormScene;
use super::records::Records;
use super::tally::Tally;
use super::{LONGEST_STEP_S, life};
use crate::lanes::Level;
use crate::model::parameters::Parameters;
use crate::registry::Measure;
use crate::scenario::{Condition, Scenario};
use std::ops::Range;

/// Conditions that one piece of work takes together; the first condition is met anew in each piece, to compare with it.
const CONDITIONS: usize = 16;

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
}

/// People of one condition in one block, when all is over.
pub struct Played<'a> {
    /// Index of the condition.
    pub number: usize,
    /// The condition.
    pub condition: &'a Condition,
    /// Who they are.
    pub cast: &'a Cast<'a>,
    /// What they did.
    pub records: &'a Records,
    /// Which of them are counted.
    pub selected: &'a [bool],
    /// What they show, at each moment of their course, on the measures that the contrasts of the file name.
    pub readings: &'a [Readings],
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
        }
    }

    /// Pieces of work in the whole run.
    fn pieces(&self) -> usize {
        self.blocks_per_replicate() * self.scenario.run.replicates as usize * self.chunks()
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
        keep: impl Fn(&Played) -> K + Sync,
        mut take: impl FnMut(K) -> Result<(), E>,
    ) -> Result<Vec<Tally>, Ended<E>> {
        let conditions = &self.scenario.conditions;
        let mut tallies: Vec<Tally> = conditions.iter().map(Tally::new).collect();
        let work = |number| Ok((self.conditions_of(number), self.piece(number, &keep)));
        drive(self.pieces(), "simulating people", monitor, work, |(range, played)| {
            for (tally, (block, kept)) in tallies[range].iter_mut().zip(played) {
                tally.merge(&block);
                take(kept)?;
            }
            Ok(())
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

    fn blocks_per_replicate(&self) -> usize {
        self.scenario.run.agents.div_ceil(BLOCK) as usize
    }

    fn chunks(&self) -> usize {
        self.scenario.conditions.len().div_ceil(CONDITIONS)
    }

    fn conditions_of(&self, piece: usize) -> Range<usize> {
        let first = piece % self.chunks() * CONDITIONS;
        first..self.scenario.conditions.len().min(first + CONDITIONS)
    }

    /// One block of people in some of the conditions.
    fn piece<K>(&self, number: usize, keep: &impl Fn(&Played) -> K) -> Vec<(Tally, K)> {
        let (conditions, agents) = (&self.scenario.conditions, self.scenario.run.agents);
        let block = number / self.chunks();
        #[expect(clippy::cast_possible_truncation, reason = "both are below the u32 they come from")]
        let (replicate, block) = (
            (block / self.blocks_per_replicate()) as u32,
            (block % self.blocks_per_replicate()) as u32,
        );
        let first = block * BLOCK;
        let count = BLOCK.min(agents - first);
        // A group that begins in this block may end beyond it.
        let reach = conditions.iter().map(|it| it.unit.size() - 1).max().unwrap_or(0);
        let drawn = (u64::from(count) + u64::from(reach)).min(u64::from(agents - first));
        let world = self.world();
        let people = world.people(replicate, first, drawn as usize);

        let measures = self.contrasted();
        let meet = |condition: &'a Condition| {
            let cast = Cast::new(&world, condition, replicate, &people, count as usize, agents);
            if condition.protocol.is_single() {
                let records = cast.meet(&world, condition);
                let readings = vec![readings(condition, &cast, &records, &measures)];
                return (cast, records, Vec::new(), readings);
            }
            self.lived(&world, condition, cast, &measures)
        };
        let count_up = |condition, cast: &Cast, records: &Records, first: Option<&[bool]>| {
            Tally::of(condition, self.parameters, &self.norm, cast, records, first)
        };

        let mut done = Vec::with_capacity(CONDITIONS);
        let mut first_helped: Option<Vec<bool>> = None;
        let range = self.conditions_of(number);
        for number in std::iter::once(0)
            .chain(range.clone())
            .skip(usize::from(range.start == 0))
        {
            let condition = &conditions[number];
            let (cast, records, course, readings) = meet(condition);
            let comparable = number > 0 && condition.select.is_none() && condition.unit == conditions[0].unit;
            let first = first_helped.as_deref().filter(|_| comparable);
            let (mut tally, counted) = count_up(condition, &cast, &records, first);
            tally.course = course;
            if number == 0 {
                first_helped = counted.helped;
            }
            if range.contains(&number) {
                let kept = keep(&Played {
                    number,
                    condition,
                    cast: &cast,
                    records: &records,
                    selected: &counted.selected,
                    readings: &readings,
                });
                done.push((tally, kept));
            }
        }
        done
    }
}

impl Experiment<'_> {
    /// The measures that the contrasts of the file name.
    fn contrasted(&self) -> Vec<Measure> {
        let mut measures: Vec<Measure> = self.scenario.contrasts.iter().map(|it| it.measure).collect();
        measures.sort_unstable();
        measures.dedup();
        measures
    }

    /// Lets people live through a protocol: as they are at the moment that stands for the whole, and the tallies and readings of all
    /// moments.
    fn lived<'p>(
        &self,
        world: &World,
        condition: &Condition,
        cast: Cast<'p>,
        measures: &[Measure],
    ) -> (Cast<'p>, Records, Vec<Tally>, Vec<Readings>) {
        let (mut course, mut shown) = (Vec::new(), Vec::new());
        let usual = &self.norm.usual;
        let (cast, records) = life::live(world, condition, cast, usual, &mut |_, cast, records| {
            let (mut tally, _) = Tally::of(condition, self.parameters, &self.norm, cast, records, None);
            tally.take_sample(condition, cast, records);
            course.push(tally);
            shown.push(readings(condition, cast, records, measures));
        });
        (cast, records, course, shown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::test_scenario;
    use crate::model::situation::BystanderBehaviour;
    use crate::parameters::shipped;
    use crate::scenario::{Dominant, Timeline, Unit};
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
            states.empathy + states.contagion + states.theory_of_mind + states.neither,
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
        let place = |it: &Played| (it.cast.replicate, it.cast.people.first / BLOCK, it.number);
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

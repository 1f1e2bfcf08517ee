//! Blocks of people who live through several conditions, on all processors.

use crate::engine::block::{BLOCK, Cast, World};
use crate::engine::driver::{Ended, drive};
use crate::engine::life::{self, Living, Way};
use crate::engine::monitor::{Monitor, Stopped};
use crate::engine::people::People;
use crate::engine::records::{Outcome, Records};
use crate::engine::run::Experiment;
use crate::engine::training::Course;
use crate::model::agent::Trait;
use crate::model::mechanism::Knockout;
use crate::model::slow::everyday::Load;
use crate::scenario::{Condition, Exposures};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::convert::Infallible;
use std::ops::Range;

/// What sees people live: at the moment of a number, with what they did.
pub type See<'s> = dyn FnMut(usize, &Cast, &Records) + 's;

/// People who are drawn once and meet several scenes.
pub struct Block<'a> {
    /// What is the same for everybody.
    pub world: World<'a>,
    /// Fresh population that they belong to.
    pub replicate: u32,
    people: People,
    count: usize,
    until: u32,
    /// What an encounter of everyday life leaves behind in people at the norm.
    usual: Load,
    /// The time before the first practice, which conditions have in common as long as nothing but practice differs.
    pasts: RefCell<Vec<(Before, Living)>>,
}

/// All that the time before the first practice depends on.
#[derive(Clone, PartialEq)]
struct Before {
    /// First of the people, and how many they are.
    people: (u32, usize),
    traits: [Vec<f32>; Trait::COUNT],
    knockout: Knockout,
    has_weeks: bool,
    exposures: Option<Exposures>,
}

impl Block<'_> {
    /// Lets them meet the scene of a condition, with all that lies before it.
    pub fn meet(&self, condition: &Condition) -> (Cast<'_>, Records) {
        self.come(condition, life::main(condition))
    }

    /// Lets them live through a condition up to one of its [`life::moments`]: as they come to it, and what they do there.
    pub fn come(&self, condition: &Condition, moment: usize) -> (Cast<'_>, Records) {
        let cast = self.drawn(condition);
        let class = cast.class(&self.world, condition);
        self.come_as(condition, cast, &class, moment)
    }

    /// As [`Block::come`], with other traits and other practice than the condition gives.
    pub fn come_as<'c>(
        &self,
        condition: &Condition,
        cast: Cast<'c>,
        course: &dyn Course,
        moment: usize,
    ) -> (Cast<'c>, Records) {
        let seen = BTreeSet::from([moment]);
        self.go(condition, cast, course, (&seen, moment), &mut |_, _, _| {})
    }

    /// Lets them live through a condition; `see` is shown them at those of its [`life::moments`] that are `seen`, in order, with their numbers.
    /// Returns them as they are, and what they do, at one of these.
    pub fn live(
        &self,
        condition: &Condition,
        (seen, kept): (&BTreeSet<usize>, usize),
        see: &mut See,
    ) -> (Cast<'_>, Records) {
        let cast = self.drawn(condition);
        let class = cast.class(&self.world, condition);
        self.go(condition, cast, &class, (seen, kept), see)
    }

    fn go<'c>(
        &self,
        condition: &Condition,
        cast: Cast<'c>,
        course: &dyn Course,
        (seen, kept): (&BTreeSet<usize>, usize),
        see: &mut See,
    ) -> (Cast<'c>, Records) {
        if condition.protocol.is_single() {
            let records = cast.meet(&self.world, condition);
            see(kept, &cast, &records);
            return (cast, records);
        }
        let past = self.past(condition, &cast);
        let way = Way {
            usual: &self.usual,
            course,
            past: Some(&past),
            seen: Some(seen),
            kept,
        };
        life::live_on(&self.world, condition, cast, &way, &mut |number, _, cast, records| {
            see(number, cast, records);
        })
    }

    /// What the time before the first practice has made of these people.
    fn past(&self, condition: &Condition, cast: &Cast) -> Living {
        let before = Before {
            people: (cast.people.first, cast.people.count),
            traits: cast.traits.clone(),
            knockout: condition.knockout,
            has_weeks: condition.protocol.timeline.is_some(),
            exposures: condition.protocol.exposures.clone(),
        };
        if let Some((_, past)) = self.pasts.borrow().iter().find(|it| it.0 == before) {
            return past.clone();
        }
        let past = life::past(&self.world, condition, cast.clone(), &self.usual);
        self.pasts.borrow_mut().push((before, past.clone()));
        past
    }

    /// These people before anything has happened to them, as they come into a condition.
    pub fn drawn(&self, condition: &Condition) -> Cast<'_> {
        Cast::new(
            &self.world,
            condition,
            self.replicate,
            &self.people,
            self.count,
            self.until,
        )
    }
}

/// How many people share a block boundary with whole groups of every size that the scenario has.
///
/// A run that ends at a multiple of this can be continued without a group falling between the two parts.
pub fn grain(conditions: &[Condition]) -> u64 {
    let sizes = conditions.iter().map(|it| u64::from(it.unit.size()));
    sizes.fold(u64::from(BLOCK), lowest_common_multiple)
}

fn lowest_common_multiple(a: u64, b: u64) -> u64 {
    let (mut high, mut low) = (a, b);
    while low > 0 {
        (high, low) = (low, high % low);
    }
    a / high * b
}

/// Lets `work` see people `people` of each of the replicates, block by block in any order, and gives `take` what it made of them in order:
/// replicates, in them blocks. The monitor is told how many blocks of the phase are done.
///
/// # Errors
///
/// [`Stopped`] once the monitor asks for it.
pub fn over_blocks<T: Send>(
    experiment: &Experiment,
    people: Range<u32>,
    replicates: Range<u32>,
    phase: &'static str,
    monitor: &dyn Monitor,
    work: impl Fn(&Block) -> T + Sync,
    mut take: impl FnMut(T),
) -> Result<(), Stopped> {
    let per_replicate = people.len().div_ceil(BLOCK as usize);
    let blocks = per_replicate * replicates.len();
    let conditions = &experiment.scenario.conditions;
    // A group that begins in a block may end beyond it.
    let reach = conditions.iter().map(|it| it.unit.size() - 1).max().unwrap_or(0);
    let block = |number: usize| {
        #[expect(clippy::cast_possible_truncation, reason = "both are below the u32 they come from")]
        let (replicate, block) = (
            replicates.start + (number / per_replicate) as u32,
            (number % per_replicate) as u32,
        );
        let first = people.start + block * BLOCK;
        let count = BLOCK.min(people.end - first);
        let drawn = (u64::from(count) + u64::from(reach)).min(u64::from(people.end - first));
        let world = experiment.world();
        Ok(work(&Block {
            people: world.people(replicate, first, drawn as usize),
            world,
            replicate,
            count: count as usize,
            until: people.end,
            usual: experiment.norm.usual,
            pasts: RefCell::default(),
        }))
    };
    let done = drive(blocks, phase, monitor, block, |made| {
        take(made);
        Ok::<(), Infallible>(())
    });
    match done {
        Ok(()) => Ok(()),
        Err(Ended::Stopped(stopped)) => Err(stopped),
        Err(Ended::Kept(never)) => match never {},
    }
}

/// For each unit, person or group, of a condition without selection, whether it helped.
pub fn helped(condition: &Condition, records: &Records) -> Vec<bool> {
    let units = records.outcomes.chunks(condition.unit.size() as usize);
    units.map(|it| it.contains(&Outcome::Helped)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::test_scenario;
    use crate::scenario::Unit;

    #[test]
    fn whole_groups_end_with_the_grain() {
        let mut scenario = test_scenario(&["one", "trio", "twelve"]);
        scenario.conditions[1].unit = Unit::Group(3);
        scenario.conditions[2].unit = Unit::Group(12);
        assert_eq!(grain(&scenario.conditions), 3 * 1024);
        assert_eq!(grain(&scenario.conditions[..1]), 1024);
    }
}

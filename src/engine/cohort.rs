//! A cohort: consecutive people who are drawn once and live through several conditions.

use super::block::{BLOCK, Participants, World};
use super::life::{self, Schedule, See, SlowStates};
use super::monitor::{Monitor, Stopped};
use super::people::People;
use super::records::Records;
use super::run::Experiment;
use super::training::Course;
use crate::model::agent::Trait;
use crate::model::mechanism::Knockout;
use crate::model::slow::everyday::Load;
use crate::scenario::{Condition, Exposures};
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

/// Consecutive people of a population, who meet several scenes.
pub struct Cohort<'a> {
    /// What is the same for everybody.
    pub world: World<'a>,
    /// Fresh population that they belong to.
    pub replicate: u32,
    people: People,
    count: usize,
    until: u32,
    /// What an encounter of everyday life leaves behind in people at the norm.
    usual: Load,
    /// Who may stop them.
    monitor: &'a dyn Monitor,
    /// The time before the first practice, which conditions have in common as long as nothing but practice differs.
    pasts: Mutex<Vec<(Before, SlowStates)>>,
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

impl<'a> Cohort<'a> {
    /// Draws the people of a block: of people `people` of a replicate, at most [`BLOCK`] from number `first` on.
    pub fn draw(
        experiment: &Experiment<'a>,
        people: &Range<u32>,
        replicate: u32,
        first: u32,
        monitor: &'a dyn Monitor,
    ) -> Self {
        let conditions = &experiment.scenario.conditions;
        let count = BLOCK.min(people.end - first);
        // A group that begins in a block may end beyond it.
        let reach = conditions
            .iter()
            .map(|condition| condition.unit.size() - 1)
            .max()
            .unwrap_or(0);
        let drawn = (u64::from(count) + u64::from(reach)).min(u64::from(people.end - first));
        let world = experiment.world();
        let own = world.people(replicate, first, drawn as usize);
        let persons = match experiment.returning {
            None => own,
            Some(population) => world.people(population, first, drawn as usize).filled_in_as(own),
        };
        Self {
            people: persons,
            world,
            replicate,
            count: count as usize,
            until: people.end,
            usual: experiment.norm.usual,
            monitor,
            pasts: Mutex::default(),
        }
    }

    /// These people before anything has happened to them, as they come into a condition.
    pub fn drawn(&self, condition: &Condition) -> Participants<'_> {
        Participants::new(
            &self.world,
            condition,
            self.replicate,
            &self.people,
            self.count,
            self.until,
        )
    }

    /// Whether they may go on.
    ///
    /// # Errors
    ///
    /// [`Stopped`] if the monitor asks for it.
    pub fn check(&self) -> Result<(), Stopped> {
        self.monitor.check()
    }

    /// Lets them live through a condition; `see` is shown them at those of its [`life::moments`] that are `seen`, in order.
    ///
    /// # Errors
    ///
    /// [`Stopped`] once the monitor asks for it; whatever `see` says.
    pub fn live(&self, condition: &Condition, seen: &BTreeSet<usize>, see: &mut See) -> Result<(), Stopped> {
        let participants = self.drawn(condition);
        let trainees = participants.trainees(&self.world, condition);
        self.live_as(condition, participants, &trainees, seen, see)
    }

    /// As [`Cohort::live`], with other traits and other practice than the condition gives.
    ///
    /// # Errors
    ///
    /// [`Stopped`] once the monitor asks for it; whatever `see` says.
    pub fn live_as(
        &self,
        condition: &Condition,
        participants: Participants,
        course: &dyn Course,
        seen: &BTreeSet<usize>,
        see: &mut See,
    ) -> Result<(), Stopped> {
        self.monitor.check()?;
        let past = if condition.protocol.is_single() {
            None
        } else {
            Some(self.past(condition, &participants)?)
        };
        let schedule = Schedule {
            usual: &self.usual,
            course,
            past: past.as_ref(),
            seen,
            monitor: self.monitor,
        };
        life::live(&self.world, condition, participants, &schedule, see)
    }

    /// How they come to one of the [`life::moments`] of a condition, and what they do there.
    ///
    /// # Errors
    ///
    /// [`Stopped`] once the monitor asks for it.
    pub fn come(&self, condition: &Condition, moment: usize) -> Result<(Participants<'static>, Records), Stopped> {
        let mut come = None;
        self.live(condition, &BTreeSet::from([moment]), &mut |_, participants, records| {
            come = Some((participants.clone().into_owned(), records.clone()));
            Ok(())
        })?;
        Ok(come.expect("the moment is seen"))
    }

    /// What the time before the first practice has made of these people.
    fn past(&self, condition: &Condition, participants: &Participants) -> Result<SlowStates, Stopped> {
        let before = Before {
            people: (participants.people.first, participants.people.count),
            traits: participants.traits.clone(),
            knockout: condition.knockout,
            has_weeks: condition.protocol.timeline.is_some(),
            exposures: condition.protocol.exposures.clone(),
        };
        // Held meanwhile, so that nobody else lives the same past at the same time.
        let mut pasts = self.pasts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, past)) = pasts.iter().find(|(known, _)| *known == before) {
            return Ok(past.clone());
        }
        let past = life::past(&self.world, condition, participants.clone(), &self.usual, self.monitor)?;
        pasts.push((before, past.clone()));
        Ok(past)
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

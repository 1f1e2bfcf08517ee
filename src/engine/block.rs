//! The people of one block in one condition: who they are, what training gave them, and what they did.

use super::exchange::Rounds;
use super::life::SlowStates;
use super::people::People;
use super::persons::{self, InitialState};
use super::records::Records;
use super::training::{Course, Trained, Trainees};
use super::watch::Watch;
use super::{Encounter, Gains, RandomStreams, witnesses};
use crate::lanes::Level;
use crate::model::agent::Trait;
use crate::model::parameters::Parameters;
use crate::model::training::{Program, weeks_in_all};
use crate::population::{Population, Scales};
use crate::random::{Process, Stream};
use crate::scenario::{Condition, Unit};
use std::borrow::Cow;
use std::sync::atomic::{AtomicU64, Ordering};

/// People who are worked on together; part of the results only through the last bits of means.
pub const BLOCK: u32 = 1024;

/// Everything about a run that is the same for all people and conditions.
#[derive(Clone, Copy)]
pub struct World<'a> {
    /// The parameter set.
    pub parameters: &'a Parameters,
    /// The programs that practices point to.
    pub programs: &'a [Program],
    /// Seed of everything random.
    pub seed: u64,
    /// Longest step of an encounter, in seconds.
    pub longest_step_s: f64,
    /// Vector instructions to use; no result depends on them.
    pub level: Level,
    /// Where encounters are counted, if they are.
    pub encounters: Option<&'a AtomicU64>,
}

impl World<'_> {
    /// People `first .. first + count` of a replicate.
    pub fn people(&self, replicate: u32, first: u32, count: usize) -> People {
        let stream = Stream::new(self.seed, replicate, Process::People, 0);
        People::draw(self.level, stream, Population::norm().factor(), first, count)
    }

    /// The encounter of a condition.
    pub fn encounter<'a>(&'a self, condition: &'a Condition, replicate: u32) -> Encounter<'a> {
        Encounter {
            parameters: self.parameters,
            situation: &condition.situation,
            knockout: condition.knockout,
            longest_step_s: self.longest_step_s,
            streams: RandomStreams::new(self.seed, replicate, 0),
        }
    }
}

/// People of one block as they come into one condition.
#[derive(Clone)]
pub struct Participants<'a> {
    /// Fresh population that they belong to, from 0.
    pub replicate: u32,
    /// Who they are; whole groups only, where groups are counted.
    pub people: Cow<'a, People>,
    /// Their traits after the population was shifted, before training.
    pub traits: [Vec<f32>; Trait::COUNT],
    /// What training has added.
    pub trained: Trained,
    /// Number of the encounter that the scene is: whose luck it has.
    pub scene: u32,
    /// Their slow states, where weeks or other encounters lie behind them.
    pub slow_states: Option<Box<SlowStates>>,
    /// The rounds that lie behind them, in an exchange.
    pub rounds: Option<Box<Rounds>>,
}

impl<'a> Participants<'a> {
    /// Those of `people` who belong to the block of `count` people that begins with the first of them; a block has the groups whose first
    /// member lies in it, so that `people` must reach up to a group's size beyond it. `agents` is how many people the replicate has.
    pub fn new(
        world: &World,
        condition: &Condition,
        replicate: u32,
        people: &'a People,
        count: usize,
        agents: u32,
    ) -> Self {
        let people = match condition.unit {
            Unit::Person if count == people.count => Cow::Borrowed(people),
            Unit::Person => Cow::Owned(people.part(0, count)),
            Unit::Group(size) => {
                let (first, size) = (people.first as usize, size as usize);
                let groups = groups_starting(first, count, size, agents as usize);
                // Where no group begins in the block, the next one may begin far beyond its people.
                let start = first.next_multiple_of(size) - first;
                Cow::Owned(people.part(if groups == 0 { 0 } else { start }, groups * size))
            }
        };
        let mut participants = Self {
            replicate,
            traits: people.shifted(&condition.population),
            trained: Trained::nothing(),
            scene: 0,
            slow_states: None,
            rounds: None,
            people,
        };
        participants.trained = participants
            .trainees(world, condition)
            .trained(weeks_in_all(&condition.training));
        participants
    }

    /// These people as learners of what the condition assigns.
    pub fn trainees<'w>(&self, world: &World<'w>, condition: &'w Condition) -> Trainees<'w> {
        let belief = &self.traits[Trait::MalleabilityBelief as usize];
        Trainees::new(world, condition, &self.people, belief, self.replicate)
    }

    /// The first `count` of these people.
    pub(super) fn first(&self, count: usize) -> Participants<'static> {
        if count >= self.people.count {
            return self.clone().into_owned();
        }
        Participants {
            people: Cow::Owned(self.people.part(0, count)),
            replicate: self.replicate,
            // Columns may be longer than people are many.
            traits: self.traits.clone(),
            trained: self.trained.clone(),
            scene: self.scene,
            slow_states: self.slow_states.clone(),
            rounds: self.rounds.clone(),
        }
    }

    /// The same people, in memory of their own.
    pub fn into_owned(self) -> Participants<'static> {
        Participants {
            replicate: self.replicate,
            people: Cow::Owned(self.people.into_owned()),
            traits: self.traits,
            trained: self.trained,
            scene: self.scene,
            slow_states: self.slow_states,
            rounds: self.rounds,
        }
    }

    /// What they bring to an encounter.
    pub fn initial(&self) -> InitialState<'_> {
        let slow_states = self.slow_states.as_deref();
        InitialState {
            people: &self.people,
            traits: &self.traits,
            gains: slow_states.map_or(&self.trained.gains, SlowStates::gains),
            fatigue: slow_states.map(SlowStates::fatigue),
            milieu: slow_states.map(SlowStates::milieu),
        }
    }

    /// Lets them meet the scene of the condition.
    pub fn meet(&self, world: &World, condition: &Condition) -> Records {
        self.encounter(world, condition, None)
    }

    /// As [`Participants::meet`], with every step shown to somebody who watches.
    pub(super) fn watch(&self, world: &World, condition: &Condition, watch: &mut dyn Watch) -> Records {
        self.encounter(world, condition, Some(watch))
    }

    fn encounter<'w>(&self, world: &World, condition: &Condition, watch: Option<&'w mut (dyn Watch + 'w)>) -> Records {
        self.meet_in(world, &self.scene_of(world, condition), condition.unit, watch)
    }

    /// The scene of the condition, with the luck that these people have in it.
    pub fn scene_of<'w>(&self, world: &'w World, condition: &'w Condition) -> Encounter<'w> {
        Encounter {
            streams: RandomStreams::new(world.seed, self.replicate, self.scene),
            ..world.encounter(condition, self.replicate)
        }
    }

    /// Gives them other gains for the next encounter, whatever training and their slow states have brought.
    pub fn face_with(&mut self, gains: Gains) {
        if let Some(slow_states) = &mut self.slow_states {
            slow_states.face_with(gains.clone());
        }
        self.trained.gains = gains;
    }

    /// Lets them meet any scene, alone or in groups.
    pub(super) fn meet_in<'w>(
        &self,
        world: &World,
        encounter: &Encounter,
        unit: Unit,
        watch: Option<&'w mut (dyn Watch + 'w)>,
    ) -> Records {
        let initial = &self.initial();
        if let Some(encounters) = world.encounters {
            encounters.fetch_add(self.people.count as u64, Ordering::Relaxed);
        }
        let records = match unit {
            Unit::Person => world.level.run(persons::Meet {
                encounter,
                initial,
                watch,
            }),
            Unit::Group(_) if self.people.count == 0 => Records::room_for(0),
            Unit::Group(size) => world.level.run(witnesses::Meet {
                encounter,
                initial,
                size: size as usize,
                standing: None,
                watch,
            }),
        };
        records.checked()
    }

    /// The traits of the person at `place` before training.
    pub fn traits_of(&self, place: usize) -> [f64; Trait::COUNT] {
        std::array::from_fn(|it| f64::from(self.traits[it][place]))
    }

    /// The traits of the person at `place` after training.
    pub fn trained_traits_of(&self, place: usize) -> [f64; Trait::COUNT] {
        let (mut traits, gains) = (self.traits_of(place), self.gains_of(place));
        for (z, gain) in traits.iter_mut().zip(gains) {
            *z += gain;
        }
        traits
    }

    /// What the person at `place` scores on the questionnaires at this moment: with what training has added by now, and with the error of
    /// this filling-in.
    pub fn filled_in(&self, place: usize) -> Scales {
        let (population, traits) = (Population::norm(), self.trained_traits_of(place));
        let errors = self
            .slow_states
            .as_ref()
            .and_then(|slow_states| slow_states.scale_errors.get(place));
        match errors {
            Some(errors) => self.people.scales_with(population, place, traits, errors),
            None => self.people.scales(population, place, traits),
        }
    }

    /// What training has added to the traits of the person at `place`, in SD.
    pub fn gains_of(&self, place: usize) -> [f64; Trait::COUNT] {
        match &self.trained.gains {
            Gains::Same(gains) => *gains,
            Gains::Each(columns) => std::array::from_fn(|it| f64::from(columns[it][place])),
        }
    }
}

/// How many whole groups begin among `count` people from number `first` on, of `agents` people in all.
fn groups_starting(first: usize, count: usize, size: usize, agents: usize) -> usize {
    let before = |people: usize| people.div_ceil(size);
    (before(first + count)).min(agents / size).saturating_sub(before(first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_whole_group_begins_in_one_block() {
        for (agents, size, block) in [(100, 3, 10), (100, 7, 5), (99, 100, 8), (64, 8, 8), (65, 2, 1)] {
            let mut groups = 0;
            for first in (0..agents).step_by(block) {
                groups += groups_starting(first, block.min(agents - first), size, agents);
            }
            assert_eq!(groups, agents / size, "{agents} people in groups of {size}");
        }
    }
}

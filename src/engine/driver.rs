//! The driver: the only scheduler, and the only user of threads.
//!
//! A piece of work is one block of people in all conditions: each condition is lived once, and every [`Observer`] is shown the people there.
//! Pieces are done in any order and taken in theirs, so that no result depends on the number of threads; only so many are under way at once, so
//! that memory does not grow with their number.

use super::block::{BLOCK, Participants};
use super::cohort::Cohort;
use super::life::{main, moments};
use super::monitor::{Monitor, Stopped};
use super::norm_scene::NormScene;
use super::place::Place;
use super::records::Records;
use super::run::Experiment;
use super::tally::selected;
use crate::population::networks::Ties;
use crate::scenario::Condition;
use crate::threads::{self, prelude::*};
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Pieces of work for each thread between two additions: enough to keep threads busy, few enough to hold in memory.
const PIECES_PER_THREAD: usize = 8;

/// Why work ended early.
#[derive(Debug, thiserror::Error)]
pub enum Ended<E> {
    /// Somebody asked for it.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// Whoever takes what is made could not take more.
    #[error(transparent)]
    Kept(E),
}

/// The people of one block in one condition at one moment.
pub struct Observation<'a> {
    /// Index of the condition.
    pub number: usize,
    /// Index of the moment.
    pub moment: usize,
    /// Whether this moment stands for the whole.
    pub is_main: bool,
    /// The condition.
    pub condition: &'a Condition,
    /// Who they are.
    pub participants: &'a Participants<'a>,
    /// What they did.
    pub records: &'a Records,
    /// Which of them are counted.
    pub selected: &'a [bool],
    /// What feelings are compared with.
    pub norm: &'a NormScene,
    /// Where they stand among others; none where people do not live together.
    pub community: Option<InCommunity<'a>>,
}

/// Where the people of a community stand in it.
#[derive(Debug, Clone, Copy)]
pub struct InCommunity<'a> {
    /// Steps along ties from each person to the nearest who is trained; none where nobody is.
    pub steps_to_trained: Option<&'a [u8]>,
    /// The ties of each layer as they were formed.
    pub ties: &'a [Arc<Ties>],
}

impl Observation<'_> {
    /// Weeks since the first practice began; none without a timeline.
    pub fn week(&self) -> Option<f64> {
        let timeline = self.condition.protocol.timeline.as_ref()?;
        timeline.measure_at.get(self.moment).copied()
    }

    /// Whether these are the first people of the first population.
    pub fn is_of_the_first_block(&self) -> bool {
        self.participants.replicate == 0 && self.participants.people.first == 0
    }

    /// Condition and moment.
    pub fn place(&self) -> Place {
        Place {
            condition: self.number,
            moment: self.moment,
        }
    }
}

/// What is kept of people while they live.
pub trait Observer: Sync {
    /// What is kept of one block in one condition.
    type Sight: Send;
    /// What is kept of one block in all conditions.
    type State: Send;

    /// Whether people are to be seen in a condition at a moment.
    fn wants(&self, place: Place) -> bool;

    /// A condition in which nobody has been seen yet.
    fn sight(&self, condition: usize) -> Self::Sight;

    /// Sees the people of a block.
    fn see(&self, seen: &Observation, sight: &mut Self::Sight);

    /// Puts together what was seen of a block, condition by condition in their order; here its people may live on, in further conditions.
    ///
    /// # Errors
    ///
    /// [`Stopped`] if they were stopped in doing so.
    fn gather(&self, cohort: &Cohort, sights: Vec<Self::Sight>) -> Result<Self::State, Stopped>;
}

/// People, and what is observed of them.
pub struct Observed<'a, O> {
    /// The scenario and what it is run with.
    pub experiment: &'a Experiment<'a>,
    /// Which people of each replicate.
    pub people: Range<u32>,
    /// Which replicates.
    pub replicates: Range<u32>,
    /// What this is, for who watches.
    pub phase: &'static str,
    /// Who observes.
    pub observer: &'a O,
}

impl<'a, O: Observer> Observed<'a, O> {
    /// All people of a run.
    pub fn everybody(experiment: &'a Experiment<'a>, observer: &'a O) -> Self {
        Self {
            experiment,
            people: 0..experiment.scenario.run.agents,
            replicates: 0..experiment.scenario.run.replicates,
            phase: "simulating people",
            observer,
        }
    }

    /// Lets these people live; `take` gets what was observed of each block in order: replicates, in them blocks.
    ///
    /// # Errors
    ///
    /// [`Ended::Stopped`] once the monitor asks for it; whatever `take` says.
    pub fn run<E>(&self, monitor: &dyn Monitor, take: impl FnMut(O::State) -> Result<(), E>) -> Result<(), Ended<E>> {
        self.run_blocks(0..self.blocks(), monitor, take)
    }

    /// How many blocks they are, in all replicates.
    pub fn blocks(&self) -> usize {
        self.people.len().div_ceil(BLOCK as usize) * self.replicates.len()
    }

    /// As [`Observed::run`], some of the blocks alone.
    ///
    /// # Errors
    ///
    /// [`Ended::Stopped`] once the monitor asks for it; whatever `take` says.
    pub fn run_blocks<E>(
        &self,
        blocks: Range<usize>,
        monitor: &dyn Monitor,
        take: impl FnMut(O::State) -> Result<(), E>,
    ) -> Result<(), Ended<E>> {
        let per_replicate = self.people.len().div_ceil(BLOCK as usize);
        let block = |number: usize| {
            let number = blocks.start + number;
            #[expect(clippy::cast_possible_truncation, reason = "both are below the u32 they come from")]
            let (replicate, block) = (
                self.replicates.start + (number / per_replicate) as u32,
                (number % per_replicate) as u32,
            );
            let first = self.people.start + block * BLOCK;
            let cohort = Cohort::draw(self.experiment, &self.people, replicate, first, monitor);
            let conditions = (0..self.experiment.scenario.conditions.len()).collect();
            let sights: Result<Vec<O::Sight>, Stopped> =
                each(conditions, |condition| self.condition(&cohort, condition))
                    .into_iter()
                    .collect();
            self.observer.gather(&cohort, sights?)
        };
        drive(blocks.len(), self.phase, monitor, block, take)
    }

    /// As [`Observed::run`], where whoever takes can take everything.
    ///
    /// # Errors
    ///
    /// [`Stopped`] once the monitor asks for it.
    pub fn run_to_end(&self, monitor: &dyn Monitor, mut take: impl FnMut(O::State)) -> Result<(), Stopped> {
        let done = self.run(monitor, |state| {
            take(state);
            Ok::<(), std::convert::Infallible>(())
        });
        match done {
            Ok(()) => Ok(()),
            Err(Ended::Stopped(stopped)) => Err(stopped),
            Err(Ended::Kept(never)) => match never {},
        }
    }

    /// Lets the people of a block live through one condition.
    fn condition(&self, cohort: &Cohort, number: usize) -> Result<O::Sight, Stopped> {
        let condition = &self.experiment.scenario.conditions[number];
        let mut sight = self.observer.sight(number);
        let wanted = |moment: &usize| {
            self.observer.wants(Place {
                condition: number,
                moment: *moment,
            })
        };
        let wanted: BTreeSet<usize> = (0..moments(condition).len()).filter(wanted).collect();
        if wanted.is_empty() {
            return Ok(sight);
        }
        let main = main(condition);
        cohort.live(condition, &wanted, &mut |moment, participants, records| {
            let place = Place {
                condition: number,
                moment,
            };
            let at = (place, moment == main);
            let seen = (participants, records);
            show(self.experiment, self.observer, at, seen, None, &mut sight);
            Ok(())
        })?;
        Ok(sight)
    }
}

/// Shows an observer the people of one block at one moment, which may be the one that stands for the whole.
pub fn show<O: Observer>(
    experiment: &Experiment,
    observer: &O,
    (place, is_main): (Place, bool),
    (participants, records): (&Participants, &Records),
    community: Option<InCommunity>,
    sight: &mut O::Sight,
) {
    let condition = &experiment.scenario.conditions[place.condition];
    let seen = Observation {
        number: place.condition,
        moment: place.moment,
        is_main,
        condition,
        participants,
        records,
        selected: &selected(condition, &experiment.norm, records),
        norm: &experiment.norm,
        community,
    };
    observer.see(&seen, sight);
}

/// Two observers of the same people.
impl<A: Observer, B: Observer> Observer for (A, B) {
    type Sight = (A::Sight, B::Sight);
    type State = (A::State, B::State);

    fn wants(&self, place: Place) -> bool {
        self.0.wants(place) || self.1.wants(place)
    }

    fn sight(&self, condition: usize) -> Self::Sight {
        (self.0.sight(condition), self.1.sight(condition))
    }

    fn see(&self, seen: &Observation, sight: &mut Self::Sight) {
        let place = seen.place();
        if self.0.wants(place) {
            self.0.see(seen, &mut sight.0);
        }
        if self.1.wants(place) {
            self.1.see(seen, &mut sight.1);
        }
    }

    fn gather(&self, cohort: &Cohort, sights: Vec<Self::Sight>) -> Result<Self::State, Stopped> {
        let (first, second) = sights.into_iter().unzip();
        Ok((self.0.gather(cohort, first)?, self.1.gather(cohort, second)?))
    }
}

/// An observer that somebody else keeps.
impl<A: Observer> Observer for &A {
    type Sight = A::Sight;
    type State = A::State;

    fn wants(&self, place: Place) -> bool {
        (**self).wants(place)
    }

    fn sight(&self, condition: usize) -> Self::Sight {
        (**self).sight(condition)
    }

    fn see(&self, seen: &Observation, sight: &mut Self::Sight) {
        (**self).see(seen, sight);
    }

    fn gather(&self, cohort: &Cohort, sights: Vec<Self::Sight>) -> Result<Self::State, Stopped> {
        (**self).gather(cohort, sights)
    }
}

/// An observer that may be left out.
impl<A: Observer> Observer for Option<A> {
    type Sight = Option<A::Sight>;
    type State = Option<A::State>;

    fn wants(&self, place: Place) -> bool {
        self.as_ref().is_some_and(|observer| observer.wants(place))
    }

    fn sight(&self, condition: usize) -> Self::Sight {
        self.as_ref().map(|observer| observer.sight(condition))
    }

    fn see(&self, seen: &Observation, sight: &mut Self::Sight) {
        if let (Some(observer), Some(sight)) = (self, sight) {
            observer.see(seen, sight);
        }
    }

    fn gather(&self, cohort: &Cohort, sights: Vec<Self::Sight>) -> Result<Self::State, Stopped> {
        match self {
            None => Ok(None),
            Some(observer) => Ok(Some(observer.gather(cohort, sights.into_iter().flatten().collect())?)),
        }
    }
}

/// Pieces of work that are under way at once: each so many are finished before the first of them is taken.
pub fn at_once() -> usize {
    PIECES_PER_THREAD * threads::count()
}

/// Does `count` pieces of work of a phase; `take` gets what becomes of them in the order of their numbers.
///
/// # Errors
///
/// [`Ended::Stopped`] once the monitor asks for it; whatever `take` says.
pub fn drive<T: Send, E>(
    count: usize,
    phase: &'static str,
    monitor: &dyn Monitor,
    work: impl Fn(usize) -> Result<T, Stopped> + Sync,
    mut take: impl FnMut(T) -> Result<(), E>,
) -> Result<(), Ended<E>> {
    let at_once = at_once();
    let finished = AtomicUsize::new(0);
    let piece = |number: usize| {
        monitor.check()?;
        let made = work(number)?;
        monitor.advanced(phase, finished.fetch_add(1, Ordering::Relaxed) + 1, count);
        Ok(made)
    };
    for first in (0..count).step_by(at_once) {
        let numbers = first..count.min(first + at_once);
        let done: Vec<Result<T, Stopped>> = numbers.into_par_iter().map(piece).collect();
        for made in done {
            take(made?).map_err(Ended::Kept)?;
        }
    }
    Ok(())
}

/// What becomes of each item, in their order.
pub fn each<T: Send, R: Send>(items: Vec<T>, work: impl Fn(T) -> R + Sync + Send) -> Vec<R> {
    items.into_par_iter().map(work).collect()
}

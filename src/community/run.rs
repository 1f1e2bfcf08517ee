//! Communities of a scenario, each lived in all its conditions.
//!
//! A piece of work is one community.

use super::life::Past;
use super::replicate::{Replicate, Seen};
use super::sums::{CLASSES, Sums};
use super::trained::classes;
use crate::engine::block::BLOCK;
use crate::engine::cohort::Cohort;
use crate::engine::driver::{self, Ended, Observer, each};
use crate::engine::life::{PAST_WEEKS, moments};
use crate::engine::monitor::{Monitor, Silent, Stopped};
use crate::engine::run::Experiment;
use crate::population::networks::{Ties, number_of};
use crate::random::{Process, Stream};
use crate::scenario::{Community, Condition, Layer, Scenario};
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Most people of a community of whom a portrait is kept and drawn where nobody asks for more.
pub const MOST_PORTRAYED: u32 = 400;

/// What is known of one community in all conditions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CommunityTally {
    /// For each condition, and each condition whose training may divide people into classes: sums at each moment, or nothing where nobody asks.
    pub sums: Vec<Vec<Option<Vec<[Sums; CLASSES]>>>>,
    /// What the people of a small community look like in each condition; of the first community only.
    pub portraits: Vec<Portrait>,
}

/// A small community, person by person.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Portrait {
    /// Who is tied to whom in each layer, each pair once.
    pub ties: Vec<Vec<(u32, u32)>>,
    /// How strong each tie is at the last moment, the mean of both ends.
    pub strengths: Vec<Vec<f64>>,
    /// The class of each person by the training of this condition.
    pub classes: Vec<u8>,
    /// Burnout of each person at each moment, as questionnaires show it.
    pub burnout: Vec<Vec<f64>>,
    /// Who helped whom in the week before each moment.
    pub helped: Vec<Vec<(u32, u32)>>,
}

/// People of communities, and what is observed of them.
pub struct Lived<'a, O> {
    /// The scenario and what it is run with.
    pub experiment: &'a Experiment<'a>,
    /// Who observes.
    pub observer: &'a O,
    /// Which of the communities.
    pub replicates: Range<u32>,
    /// How many people the first of them may have for a portrait to be kept.
    pub largest_portrait: u32,
}

/// Counts the weeks that are lived, for who watches.
pub(super) struct Weeks<'a> {
    /// Who watches.
    pub(super) monitor: &'a dyn Monitor,
    done: AtomicUsize,
    all: usize,
}

impl Weeks<'_> {
    /// Another week has been lived.
    pub(super) fn one_more(&self) -> Result<(), Stopped> {
        self.monitor.check()?;
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        self.monitor
            .advanced("living in communities", done.min(self.all), self.all);
        Ok(())
    }
}

impl<O: Observer> Lived<'_, O> {
    /// Lets these communities live; `take` gets what was observed of each block of a community, and what is known of it, in order.
    ///
    /// # Errors
    ///
    /// [`Ended::Stopped`] once the monitor asks for it; whatever `take` says.
    pub fn run<E>(
        &self,
        monitor: &dyn Monitor,
        mut take: impl FnMut(Vec<O::State>, CommunityTally) -> Result<(), E>,
    ) -> Result<(), Ended<E>> {
        let scenario = self.experiment.scenario;
        let weeks = Weeks {
            monitor,
            done: AtomicUsize::new(0),
            all: self.replicates.len() * weeks_of(scenario),
        };
        let silent = Silent(monitor);
        let replicate = |number: usize| {
            #[expect(clippy::cast_possible_truncation, reason = "below the number of replicates")]
            self.replicate(self.replicates.start + number as u32, &weeks)
        };
        driver::drive(self.replicates.len(), "", &silent, replicate, |(states, tally)| {
            take(states, tally)
        })
    }

    /// Lets one community live in all conditions.
    fn replicate(&self, number: u32, weeks: &Weeks) -> Result<(Vec<O::State>, CommunityTally), Stopped> {
        let (experiment, scenario) = (self.experiment, self.experiment.scenario);
        let people = scenario.run.agents;
        let world = experiment.world();
        let firsts: Vec<u32> = (0..people).step_by(BLOCK as usize).collect();
        let silent = Silent(weeks.monitor);
        let draw = |first| Cohort::draw(experiment, &(0..people), number, first, &silent);
        let cohorts = each(firsts, draw);
        let networks = networks(scenario, number);
        let with_networks = scenario.conditions.iter().zip(&networks);
        let community = Replicate {
            experiment,
            world: &world,
            number,
            cohorts: &cohorts,
            classes: with_networks
                .map(|(condition, networks)| {
                    let lot = (scenario.run.seed, number);
                    classes(condition, community_of(condition), networks, people, lot)
                })
                .collect(),
            networks,
            weeks,
            is_portrayed: number == 0 && people <= self.largest_portrait,
        };
        let pasts = pasts(scenario);
        let lived: Vec<Past> = each(distinct(&pasts), |condition| community.past(condition))
            .into_iter()
            .collect::<Result<_, _>>()?;
        let numbers: Vec<usize> = (0..scenario.conditions.len()).collect();
        let seen: Vec<Seen<O::Sight>> = each(numbers, |condition| {
            community.condition(condition, &lived[pasts[condition]], self.observer)
        })
        .into_iter()
        .collect::<Result<_, _>>()?;
        let mut tally = CommunityTally {
            sums: Vec::new(),
            portraits: Vec::new(),
        };
        let mut by_block: Vec<Vec<O::Sight>> = cohorts.iter().map(|_| Vec::new()).collect();
        for condition in seen {
            tally.sums.push(condition.sums);
            tally.portraits.extend(condition.portrait);
            for (block, sight) in by_block.iter_mut().zip(condition.sights) {
                block.push(sight);
            }
        }
        let blocks = cohorts.iter().zip(by_block);
        let states: Result<Vec<O::State>, Stopped> = blocks
            .map(|(cohort, sights)| self.observer.gather(cohort, sights))
            .collect();
        Ok((states?, tally))
    }
}

/// The community of a condition.
pub(super) fn community_of(condition: &Condition) -> &Community {
    condition
        .protocol
        .community
        .as_ref()
        .expect("all conditions of a scenario have a community or none")
}

/// The conditions whose trained people divide those of a condition into classes: its own, and in the first condition those of all that are compared
/// with it.
pub fn divisions(scenario: &Scenario, condition: usize) -> Vec<usize> {
    match condition {
        0 => (0..scenario.conditions.len()).collect(),
        other => vec![other],
    }
}

/// For each condition the ties of each layer; the same ties stand once in memory.
fn networks(scenario: &Scenario, replicate: u32) -> Vec<Vec<Arc<Ties>>> {
    let mut known: Vec<(&Layer, Arc<Ties>)> = Vec::new();
    let mut ties = |layer| -> Arc<Ties> {
        let same = |(other, _): &&(&Layer, _)| same_ties(layer, other);
        if let Some((_, ties)) = known.iter().find(same) {
            return Arc::clone(ties);
        }
        let run = scenario.run;
        let stream = Stream::new(run.seed, replicate, Process::Ties, number_of(&layer.name));
        let formed = Arc::new(layer.network.ties(run.agents, &stream));
        known.push((layer, Arc::clone(&formed)));
        formed
    };
    let of = |condition| community_of(condition).layers.iter().map(&mut ties).collect();
    scenario.conditions.iter().map(of).collect()
}

fn same_ties(one: &Layer, other: &Layer) -> bool {
    one.name == other.name && one.network == other.network
}

/// For each condition which of the distinct pasts it has: the time before the first practice is the same wherever the same people lead the same lives.
fn pasts(scenario: &Scenario) -> Vec<usize> {
    let before = |condition: &'_ Condition| {
        let community = community_of(condition);
        (
            condition.population,
            condition.knockout,
            condition.protocol.exposures.clone(),
            community.layers.clone(),
            community.needs.clone(),
        )
    };
    let mut known = Vec::new();
    let mut pasts = Vec::new();
    for condition in &scenario.conditions {
        let own = before(condition);
        let at = known.iter().position(|other| *other == own).unwrap_or_else(|| {
            known.push(own);
            known.len() - 1
        });
        pasts.push(at);
    }
    pasts
}

/// The first condition of each past.
fn distinct(pasts: &[usize]) -> Vec<usize> {
    let mut firsts = Vec::new();
    for (condition, past) in pasts.iter().enumerate() {
        if *past == firsts.len() {
            firsts.push(condition);
        }
    }
    firsts
}

/// Weeks that one community lives in all conditions.
fn weeks_of(scenario: &Scenario) -> usize {
    let past = distinct(&pasts(scenario)).len() * PAST_WEEKS as usize;
    let weeks = |condition: &Condition| {
        let last = moments(condition).last().map_or(0.0, |moment| moment.week);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "whole weeks, at most a thousand"
        )]
        {
            last as usize
        }
    };
    past + scenario.conditions.iter().map(weeks).sum::<usize>()
}

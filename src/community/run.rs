//! Communities of a scenario, each lived in all its conditions.
//!
//! A piece of work is one community: its people live day by day, all blocks side by side, in one condition after the other's past.

use super::day::{self, Today, Week};
use super::life::{CommunityLife, Past};
use super::sums::{CLASSES, Sums};
use super::trained::{Chosen, TRAINED, classes};
use crate::engine::block::{BLOCK, Participants, World};
use crate::engine::cohort::Cohort;
use crate::engine::driver::{self, Ended, InCommunity, Observer, each};
use crate::engine::life::{DAYS_PER_WEEK, Life, PAST_WEEKS, Schedule, main, moments};
use crate::engine::monitor::{Monitor, Silent, Stopped};
use crate::engine::place::Place;
use crate::engine::records::{Outcome, Records};
use crate::engine::run::Experiment;
use crate::model::community::BetweenPeople;
use crate::model::slow::Links;
use crate::population::networks::{Ties, number_of};
use crate::random::{Process, Stream};
use crate::registry::Readout;
use crate::scenario::{Community, Condition, Layer, Scenario};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Moments at which somebody looks while days are lived one by one.
static NOBODY_IS_SEEN: BTreeSet<usize> = BTreeSet::new();

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

/// One community.
struct Replicate<'a> {
    experiment: &'a Experiment<'a>,
    world: &'a World<'a>,
    number: u32,
    cohorts: &'a [Cohort<'a>],
    /// For each condition the ties of each layer.
    networks: Vec<Vec<Arc<Ties>>>,
    /// For each condition the class of each person by its training.
    classes: Vec<Vec<u8>>,
    weeks: &'a Weeks<'a>,
    /// Whether a portrait is kept.
    is_portrayed: bool,
}

/// Counts the weeks that are lived, for who watches.
struct Weeks<'a> {
    monitor: &'a dyn Monitor,
    done: AtomicUsize,
    all: usize,
}

impl Weeks<'_> {
    fn one_more(&self) -> Result<(), Stopped> {
        self.monitor.check()?;
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        self.monitor
            .advanced("living in communities", done.min(self.all), self.all);
        Ok(())
    }
}

/// What the people of a community make of one condition.
struct Seen<S> {
    sights: Vec<S>,
    sums: Vec<Option<Vec<[Sums; CLASSES]>>>,
    portrait: Option<Portrait>,
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

impl<'a> Replicate<'a> {
    /// The first of these people's days in a condition, which everything is ready for.
    fn begin<'l>(&'l self, number: usize, lives: Vec<Life<'l, 'l>>) -> CommunityLife<'l>
    where
        'a: 'l,
    {
        let condition = &self.experiment.scenario.conditions[number];
        let networks = self.networks[number].clone();
        CommunityLife {
            world: self.world,
            condition,
            community: community_of(condition),
            people: self.experiment.scenario.run.agents,
            strengths: networks.iter().map(|network| network.strengths().to_vec()).collect(),
            contacts: Vec::new(),
            networks,
            lives,
            links: Links::new(self.world.parameters, condition.knockout, 1.0),
            between: BetweenPeople::without(condition.knockout),
            palettes: Default::default(),
            divisions: Vec::new(),
            happened: Vec::new(),
            helped: None,
        }
    }

    /// People as they come into a condition, and what practice brings them there.
    fn courses(&self, number: usize) -> Vec<Chosen<'_>> {
        let condition = &self.experiment.scenario.conditions[number];
        let course = |cohort: &Cohort<'a>| {
            let participants = cohort.drawn(condition);
            let trainees = participants.trainees(self.world, condition);
            Chosen::new(
                trainees,
                &self.classes[number],
                participants.people.first,
                participants.people.agents.len(),
            )
        };
        each(self.cohorts.iter().collect(), course)
    }

    fn lives<'l>(&'l self, number: usize, courses: &'l [Chosen<'l>], silent: &'l Silent<'l>) -> Vec<Life<'l, 'l>>
    where
        'a: 'l,
    {
        let condition = &self.experiment.scenario.conditions[number];
        let blocks = self.cohorts.iter().zip(courses);
        let life = |(cohort, course): (&'l Cohort<'a>, &'l Chosen<'l>)| {
            let schedule = Schedule {
                usual: &self.experiment.norm.usual,
                course,
                past: None,
                seen: &NOBODY_IS_SEEN,
                monitor: silent,
            };
            Life::of(self.world, condition, cohort.drawn(condition), &schedule)
        };
        blocks.map(life).collect()
    }

    fn week(&self, number: u32) -> Week {
        Week {
            seed: self.world.seed,
            replicate: self.number,
            number,
        }
    }

    /// A quarter of a year before the first practice.
    fn past(&self, number: usize) -> Result<Past, Stopped> {
        let silent = Silent(self.weeks.monitor);
        let courses = self.courses(number);
        let mut life = self.begin(number, self.lives(number, &courses, &silent));
        for past in 0..PAST_WEEKS {
            let week = self.week(past);
            life.begin(week, |life| life.begin_past(past))?;
            live_week(&mut life, week);
            self.weeks.one_more()?;
        }
        Ok(life.past())
    }

    /// The weeks of a condition, with all its moments shown to the observer.
    fn condition<O: Observer>(&self, number: usize, past: &Past, observer: &O) -> Result<Seen<O::Sight>, Stopped> {
        let scenario = self.experiment.scenario;
        let condition = &scenario.conditions[number];
        let silent = Silent(self.weeks.monitor);
        let courses = self.courses(number);
        let mut life = self.begin(number, self.lives(number, &courses, &silent));
        life.begin_after(past);
        for block in &mut life.lives {
            block.slow_states().rewire(condition.protocol.network);
        }
        let divided = divisions(scenario, number);
        life.divisions = divided.iter().map(|by| &self.classes[*by][..]).collect();
        life.happened = vec![Default::default(); divided.len()];
        life.helped = self.is_portrayed.then(Vec::new);
        let mut portrait = self.is_portrayed.then(|| self.portrait(number));
        let mut sights: Vec<O::Sight> = self.cohorts.iter().map(|_| observer.sight(number)).collect();
        let mut sums: Vec<Vec<[Sums; CLASSES]>> = vec![Vec::new(); divided.len()];
        let mut today = 0;
        for (moment, when) in moments(condition).iter().enumerate() {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "whole weeks, at most a thousand"
            )]
            let until = when.week as u32;
            for number in today..until {
                let week = self.week(PAST_WEEKS + number);
                life.begin(week, |life| life.begin(number))?;
                if let Some(pairs) = &mut life.helped {
                    pairs.clear();
                }
                live_week(&mut life, week);
                self.weeks.one_more()?;
            }
            today = until;
            let place = Place {
                condition: number,
                moment,
            };
            let is_main = moment == main(condition);
            let shown = self.measure(&mut life, (place, when.week, is_main), observer, &mut sights)?;
            for (sums, (happened, mut measured)) in sums.iter_mut().zip(life.happened.iter_mut().zip(shown.sums)) {
                for (class, happened) in measured.iter_mut().zip(std::mem::take(happened)) {
                    class.add(&happened);
                }
                sums.push(measured);
            }
            if let Some(portrait) = &mut portrait {
                portrait.burnout.push(shown.burnout);
                portrait
                    .helped
                    .push(life.helped.replace(Vec::new()).unwrap_or_default());
            }
        }
        if let Some(portrait) = &mut portrait {
            portrait.strengths = life.strengths_of_pairs();
        }
        let mut by_training = vec![None; scenario.conditions.len()];
        for (by, sums) in divided.into_iter().zip(sums) {
            by_training[by] = Some(sums);
        }
        Ok(Seen {
            sights,
            sums: by_training,
            portrait,
        })
    }

    /// Measures everybody, and sums up each class.
    fn measure<O: Observer>(
        &self,
        life: &mut CommunityLife,
        (place, week, is_main): (Place, f64, bool),
        observer: &O,
        sights: &mut [O::Sight],
    ) -> Result<Measured, Stopped> {
        let wants = observer.wants(place);
        let divisions = life.divisions.clone();
        let (experiment, portrayed) = (self.experiment, life.helped.is_some());
        let classes = &self.classes[place.condition];
        let standing = InCommunity {
            steps_to_trained: classes.contains(&TRAINED).then_some(classes),
            ties: &self.networks[place.condition],
        };
        let blocks: Vec<_> = life.lives.iter_mut().zip(sights).collect();
        let parts = each(blocks, |(block, sight)| {
            let mut part = Measured::nobody(divisions.len());
            block.measure(week, &mut |participants, records| {
                if wants {
                    let (at, seen) = ((place, is_main), (participants, records));
                    driver::show(experiment, observer, at, seen, Some(standing), sight);
                }
                part.add((participants, records), &divisions, portrayed);
                Ok(())
            })?;
            Ok(part)
        });
        let mut whole = Measured::nobody(divisions.len());
        for part in parts {
            whole.merge(part?);
        }
        Ok(whole)
    }

    fn portrait(&self, number: usize) -> Portrait {
        Portrait {
            ties: self.networks[number]
                .iter()
                .map(|network| network.pairs().collect())
                .collect(),
            classes: self.classes[number].clone(),
            ..Portrait::default()
        }
    }
}

/// What questionnaires show of a community at a moment.
struct Measured {
    sums: Vec<[Sums; CLASSES]>,
    burnout: Vec<f64>,
}

impl Measured {
    fn nobody(divisions: usize) -> Self {
        Self {
            sums: vec![Default::default(); divisions],
            burnout: Vec::new(),
        }
    }

    fn add(&mut self, (participants, records): (&Participants, &Records), divisions: &[&[u8]], portrayed: bool) {
        let slow_states = participants
            .slow_states
            .as_ref()
            .expect("people live from the first day on");
        let first = participants.people.first as usize;
        for (division, sums) in divisions.iter().zip(&mut self.sums) {
            for (place, readouts) in slow_states.readouts[..participants.people.count].iter().enumerate() {
                let class = &mut sums[usize::from(division[first + place])];
                class.people += 1;
                class.help_in_scene += u64::from(records.outcomes[place] == Outcome::Helped);
                for (sum, readout) in class.readouts.iter_mut().zip(readouts) {
                    *sum += readout;
                }
            }
        }
        if portrayed {
            let readouts = slow_states.readouts[..participants.people.count].iter();
            self.burnout
                .extend(readouts.map(|shown| shown[Readout::Burnout as usize]));
        }
    }

    fn merge(&mut self, later: Self) {
        for (own, later) in self.sums.iter_mut().flatten().zip(later.sums.iter().flatten()) {
            own.add(later);
        }
        self.burnout.extend(later.burnout);
    }
}

/// Seven days.
fn live_week(life: &mut CommunityLife, week: Week) {
    for weekday in 0..DAYS_PER_WEEK {
        let today = Today {
            week,
            weekday,
            number: week.number * DAYS_PER_WEEK + weekday,
        };
        day::live(life, &today);
    }
    life.end_week();
}

/// The community of a condition.
fn community_of(condition: &Condition) -> &Community {
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

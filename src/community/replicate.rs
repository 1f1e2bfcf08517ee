//! One community of a scenario: its people live day by day, all blocks side by side, in one condition after the other's past.

use super::day::{self, Today, Week};
use super::life::{CommunityLife, Past};
use super::run::{Portrait, Weeks, community_of, divisions};
use super::sums::{CLASSES, Sums};
use super::trained::{Chosen, TRAINED};
use crate::engine::block::{Participants, World};
use crate::engine::cohort::Cohort;
use crate::engine::driver::{self, InCommunity, Observer, each};
use crate::engine::life::{DAYS_PER_WEEK, Life, PAST_WEEKS, Schedule, main, moments};
use crate::engine::monitor::{Silent, Stopped};
use crate::engine::place::Place;
use crate::engine::records::{Outcome, Records};
use crate::engine::run::Experiment;
use crate::model::community::BetweenPeople;
use crate::model::slow::Links;
use crate::population::networks::Ties;
use crate::registry::Readout;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Moments at which somebody looks while days are lived one by one.
static NOBODY_IS_SEEN: BTreeSet<usize> = BTreeSet::new();

/// One community.
pub(super) struct Replicate<'a> {
    /// The scenario and what it is run with.
    pub(super) experiment: &'a Experiment<'a>,
    /// What is the same for everybody.
    pub(super) world: &'a World<'a>,
    /// Which community.
    pub(super) number: u32,
    /// Its people, block after block.
    pub(super) cohorts: &'a [Cohort<'a>],
    /// For each condition the ties of each layer.
    pub(super) networks: Vec<Vec<Arc<Ties>>>,
    /// For each condition the class of each person by its training.
    pub(super) classes: Vec<Vec<u8>>,
    /// Who counts the weeks.
    pub(super) weeks: &'a Weeks<'a>,
    /// Whether a portrait is kept.
    pub(super) is_portrayed: bool,
}

/// What the people of a community make of one condition.
pub(super) struct Seen<S> {
    /// What was observed of each block.
    pub(super) sights: Vec<S>,
    /// Sums at each moment, for each condition whose training divides them.
    pub(super) sums: Vec<Option<Vec<[Sums; CLASSES]>>>,
    /// Person by person, where that is kept.
    pub(super) portrait: Option<Portrait>,
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
    pub(super) fn past(&self, number: usize) -> Result<Past, Stopped> {
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
    pub(super) fn condition<O: Observer>(
        &self,
        number: usize,
        past: &Past,
        observer: &O,
    ) -> Result<Seen<O::Sight>, Stopped> {
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

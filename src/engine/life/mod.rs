//! Weeks and encounters in a row: how the people of a block live through the protocol of a condition.
//!
//! Days pass one by one ([`slow::day`]); what the encounters of a day leave behind is sampled once a week, by letting everybody live through an
//! encounter of everyday life (and a shift, where there are shifts) and taking it for every such day of that week. An encounter costs a
//! thousand times as much as a day, and what is slow sees the mean of many days only.

mod living;
mod moments;

pub use living::{Facing, Living};
pub use moments::{Moment, main, moments};

use std::collections::BTreeSet;

use super::block::{Cast, World};
use super::monitor::{Monitor, Stopped, Unwatched};
use super::records::{Column, Outcome, Records};
use super::training::{Course, Trained};
use super::{Encounter, Gains, Luck};
use crate::model::agent::Trait;
use crate::model::parameters::Parameters;
use crate::model::situation::Situation;
use crate::model::slow::everyday::Load;
use crate::model::slow::{self, Day, Links};
use crate::model::training::weeks_in_all;
use crate::random::{Process, Stream};
use crate::scenario::{Condition, Exposures, Unit};

/// Weeks of the past before the first practice, so that people begin in a life that they already lead: some half-lives of every slow state.
pub const PAST_WEEKS: u32 = 13;

/// Days of a week.
pub const DAYS_PER_WEEK: u32 = 7;

/// Numbers of encounters (24 bits): scenes of measurements by the hour, then everyday life by the week, then shifts, then needs of a community by the day.
const FIRST_SCENE: u32 = 1;
const FIRST_EVERYDAY: u32 = 1_000_000;
const FIRST_PAST: u32 = 1_010_000;
const FIRST_SHIFT: u32 = 2_000_000;
const SHIFT: u32 = 1_000;
const FIRST_PAST_SHIFT: u32 = 1_100_000;

/// Number of the encounter that a need on the first day of a community is; every later day has the next one.
pub const FIRST_NEED: u32 = 8_000_000;

/// What the encounter of a person leaves behind.
pub fn load(parameters: &Parameters, records: &Records, person: usize) -> Load {
    let value = |column| f64::from(records.column(column)[person]);
    Load::of_encounter(
        &parameters.everyday,
        value(Column::PersonalDistress),
        value(Column::Compassion),
        records.outcomes[person] == Outcome::Helped,
        value(Column::LatencyS),
    )
}

/// How people come to their moments.
pub struct Way<'a> {
    /// What an encounter of everyday life leaves behind in people at the norm ([`NormScene::usual`](super::norm_scene::NormScene)).
    pub usual: &'a Load,
    /// What practice brings them.
    pub course: &'a dyn Course,
    /// What [`past`] has made of them, if it has been lived already.
    pub past: Option<&'a Living>,
    /// The moments at which they are seen, by their numbers. Nothing is met only to be seen at others, and nothing after the last.
    pub seen: &'a BTreeSet<usize>,
    /// Who may stop them between two days or encounters.
    pub monitor: &'a dyn Monitor,
}

/// What sees people live: at the moment of a number, with what they did.
pub type See<'s> = dyn FnMut(usize, &Cast, &Records) -> Result<(), Stopped> + 's;

/// Lets the people of a cast live through the protocol of a condition; `see` is shown them at those of its [`moments`] that are to be seen, in
/// order.
///
/// # Errors
///
/// [`Stopped`] once the monitor asks for it.
pub fn live(world: &World, condition: &Condition, cast: Cast, way: &Way, see: &mut See) -> Result<(), Stopped> {
    if condition.protocol.is_single() {
        let records = cast.meet(world, condition);
        return see(0, &cast, &records);
    }
    let mut life = Life::of(world, condition, cast, way);
    match way.past {
        Some(past) => life.cast.living = Some(Box::new(past.clone())),
        None => life.past()?,
    }
    life.living().rewire(condition.protocol.network);
    let moments = moments(condition);
    match (&condition.protocol.timeline, &condition.protocol.exposures) {
        (None, Some(exposures)) => {
            life.train(weeks_in_all(&condition.training));
            // Practice of another length brings no other luck: nothing is measured by the week here.
            life.exposed(exposures, 0.0, &mut |number, life, records| {
                let number = number as usize;
                if way.seen.contains(&number) {
                    see(number, &life.cast, records)?;
                }
                Ok(())
            })?;
            let last = moments.len() - 1;
            if way.seen.contains(&last) {
                let records = life.scene(0.0);
                see(last, &life.cast, &records)?;
            }
        }
        _ => {
            let mut today = 0;
            for number in way.seen {
                let week = moments[*number].week;
                let day = day_of(week);
                life.advance(today, day)?;
                today = day;
                life.measure(week, &mut |cast, records| see(*number, cast, records))?;
            }
        }
    }
    Ok(())
}

/// What a quarter of a year before the first practice makes of these people: the same wherever the same people lead the same lives.
///
/// # Errors
///
/// [`Stopped`] once the monitor asks for it.
pub fn past(
    world: &World,
    condition: &Condition,
    cast: Cast,
    usual: &Load,
    monitor: &dyn Monitor,
) -> Result<Living, Stopped> {
    let nothing = cast.class(world, condition);
    let way = Way {
        usual,
        course: &nothing,
        past: None,
        seen: &BTreeSet::new(),
        monitor,
    };
    let mut life = Life::of(world, condition, cast, &way);
    life.past()?;
    Ok(*life.cast.living.expect("people live from the first day on"))
}

/// These people as they come into the scene of a condition: at once, or at the moment of its protocol that stands for the whole.
///
/// `usual` is what an encounter of everyday life leaves behind in people at the norm ([`NormScene::usual`](crate::engine::norm_scene::NormScene::usual)).
pub fn arrive<'c>(world: &World, condition: &Condition, cast: Cast<'c>, usual: &Load) -> Cast<'c> {
    if condition.protocol.is_single() {
        return cast;
    }
    let class = cast.class(world, condition);
    let way = Way {
        usual,
        course: &class,
        past: None,
        seen: &BTreeSet::from([main(condition)]),
        monitor: &Unwatched,
    };
    let mut arrived = None;
    let lived = live(world, condition, cast, &way, &mut |_, cast, _| {
        arrived = Some(cast.clone().into_owned());
        Ok(())
    });
    debug_assert!(lived.is_ok(), "nobody stops them");
    arrived.expect("the moment that stands for the whole is seen")
}

/// What sees people after each encounter in a row, by its number.
type Exposed<'s, L> = dyn FnMut(u32, &mut L, &Records) -> Result<(), Stopped> + 's;

/// What sees people when they are measured.
type Measured<'s> = dyn FnMut(&Cast, &Records) -> Result<(), Stopped> + 's;

/// People on their way through a protocol.
pub struct Life<'a, 'c> {
    world: &'a World<'a>,
    condition: &'a Condition,
    course: &'a dyn Course,
    cast: Cast<'c>,
    /// What a day of everyday life leaves behind in people at the norm.
    usual: Load,
    links: Links,
    /// What a day of this week brings to each person, beside shifts.
    day: Vec<Day>,
    /// What a shift of this week leaves behind in each person; empty where there are no shifts.
    shift: Vec<Load>,
    /// What a day among others leaves behind in each person, beside everyday life; empty where people are by themselves.
    among_others: Vec<Load>,
    /// The week that `day` and `shift` belong to.
    week: Option<u32>,
    monitor: &'a dyn Monitor,
}

impl<'a, 'c> Life<'a, 'c> {
    /// People before anything has happened.
    pub fn of(world: &'a World<'a>, condition: &'a Condition, cast: Cast<'c>, way: &Way<'a>) -> Self {
        let per_day = world.parameters.everyday.encounters_per_day;
        let living = Living::new(world, &cast);
        Self {
            world,
            condition,
            course: way.course,
            usual: way.usual.times(per_day),
            links: Links::new(world.parameters, condition.knockout, 1.0),
            cast: Cast {
                trained: Trained::nothing(),
                living: Some(Box::new(living)),
                ..cast
            },
            day: Vec::new(),
            shift: Vec::new(),
            among_others: Vec::new(),
            week: None,
            monitor: way.monitor,
        }
    }

    fn people(&self) -> usize {
        self.cast.people.count
    }

    /// Who they are and how they are now.
    pub fn cast(&self) -> &Cast<'c> {
        &self.cast
    }

    /// Their slow states.
    pub fn living(&mut self) -> &mut Living {
        self.cast.living.as_mut().expect("people live from the first day on")
    }

    /// Puts people into a life that was lived before.
    pub fn remember_all(&mut self, past: &Living) {
        self.cast.living = Some(Box::new(past.clone()));
    }

    /// What the encounters of a day among others leave behind in each person, for the next day that passes.
    pub fn among_others(&mut self) -> &mut [Load] {
        let people = self.people();
        self.among_others.resize(people, Load::default());
        &mut self.among_others
    }

    /// Measures people in a week: the shift before the scene, the scene and the questionnaires, which leave no trace.
    ///
    /// # Errors
    ///
    /// [`Stopped`] once the monitor asks for it; whatever `see` says.
    pub fn measure(&mut self, week: f64, see: &mut Measured) -> Result<(), Stopped> {
        let trained = self.course.trained(week);
        let of_this_week = std::mem::replace(&mut self.cast.trained, trained);
        let rested = self.cast.living.as_ref().map(|living| living.states.clone());
        if let Some(exposures) = &self.condition.protocol.exposures {
            self.exposed(exposures, week, &mut |_, _, _| Ok(()))?;
        }
        let records = self.scene(week);
        see(&self.cast, &records)?;
        // The days that are left of the week go on with what was learnt by its beginning, measured or not.
        self.cast.trained = of_this_week;
        // The shift before the scene is one of the week's, which the days bring.
        if let (Some(living), Some(rested)) = (&mut self.cast.living, rested) {
            living.states = rested;
        }
        Ok(())
    }

    /// What training has given by a week.
    fn train(&mut self, week: f64) {
        self.cast.trained = self.course.trained(week);
    }

    /// Makes people ready for an encounter.
    fn face(&mut self) {
        let links = self.links;
        let living = self.cast.living.as_mut().expect("people live from the first day on");
        living.face(&self.cast.trained.gains, &links);
    }

    /// An encounter, alone, with luck of its own.
    fn meet(&mut self, situation: &Situation, number: u32) -> Records {
        self.face();
        let encounter = Encounter {
            parameters: self.world.parameters,
            situation,
            knockout: self.condition.knockout,
            longest_step_s: self.world.longest_step_s,
            luck: Luck::new(self.world.seed, self.cast.replicate, number),
        };
        self.cast.meet_in(self.world, &encounter, Unit::Person, None)
    }

    /// The scene of the condition, and the questionnaires after it.
    fn scene(&mut self, week: f64) -> Records {
        let number = scene_number(week);
        let (links, usual) = (self.links, self.usual);
        self.cast.scene = number;
        self.face();
        let records = self.cast.meet(self.world, self.condition);
        self.fill_in(number, &links, &usual);
        records
    }

    fn fill_in(&mut self, number: u32, links: &Links, usual: &Load) {
        let errors = Stream::new(self.world.seed, self.cast.replicate, Process::Questionnaires, number);
        let mut living = self.cast.living.take().expect("people live from the first day on");
        living.fill_in(self.world, &self.cast, links, errors, usual);
        self.cast.living = Some(living);
    }

    /// A quarter of a year before the first practice.
    fn past(&mut self) -> Result<(), Stopped> {
        for sample in 0..PAST_WEEKS {
            self.begin_past(sample)?;
            for day in 0..DAYS_PER_WEEK {
                self.pass(day);
            }
        }
        Ok(())
    }

    /// Samples what a week of the past brings.
    ///
    /// # Errors
    ///
    /// [`Stopped`] once the monitor asks for it.
    pub fn begin_past(&mut self, sample: u32) -> Result<(), Stopped> {
        self.monitor.check()?;
        let everyday = self.everyday(FIRST_PAST + sample);
        self.day = everyday
            .into_iter()
            .map(|load| Day {
                load,
                kindness_practice: 0.0,
            })
            .collect();
        self.sample_shift(FIRST_PAST_SHIFT + sample * SHIFT)?;
        if sample == 0 {
            self.remember();
        }
        Ok(())
    }

    /// What the weeks before the past have left behind: as much as its first week brings.
    fn remember(&mut self) {
        let shifts = self.world.parameters.everyday.shifts_per_week / f64::from(DAYS_PER_WEEK);
        let loads: Vec<Load> = (self.day.iter().enumerate())
            .map(|(place, day)| match self.shift.get(place) {
                Some(shift) => day.load.plus(shift.times(shifts)),
                None => day.load,
            })
            .collect();
        let links = self.links;
        for (slow, load) in self.living().states.iter_mut().zip(loads) {
            [slow.exhaustion, _] = links.tired(0.0, &load, links.felt_connectedness(slow));
            slow.satisfaction = load.warm_help;
            slow.distress = load.distress_minutes;
        }
    }

    /// Lives from one day to a later one, days counted from the beginning of the first practice.
    ///
    /// Days are never divided, so that no measurement changes what comes after it.
    fn advance(&mut self, from: u32, to: u32) -> Result<(), Stopped> {
        for day in from..to {
            self.monitor.check()?;
            self.begin(day / DAYS_PER_WEEK)?;
            self.pass(day % DAYS_PER_WEEK);
        }
        Ok(())
    }

    /// Samples what a week brings, once.
    ///
    /// # Errors
    ///
    /// [`Stopped`] once the monitor asks for it.
    pub fn begin(&mut self, number: u32) -> Result<(), Stopped> {
        if self.week == Some(number) {
            return Ok(());
        }
        let week = f64::from(number);
        self.week = Some(number);
        self.train(week);
        let everyday = self.everyday(FIRST_EVERYDAY + number);
        let practised = self.course.practised_in(week);
        let per_day = self.world.parameters.everyday.encounters_per_day;
        let people = everyday.into_iter().enumerate();
        self.day = people
            .map(|(place, load)| {
                let (hours, met) = practised.get(place).copied().unwrap_or_default();
                let motive = gain(&self.cast.trained.gains, Trait::CompassionMotive, place);
                Day {
                    // What is met while volunteering is met beside everyday life.
                    load: if per_day > 0.0 {
                        load.times(1.0 + met / 7.0 / per_day)
                    } else {
                        load
                    },
                    kindness_practice: hours / 7.0 * motive.max(0.0),
                }
            })
            .collect();
        self.sample_shift(FIRST_SHIFT + number * SHIFT)
    }

    /// What a day of everyday life leaves behind in each person: the scene of the codebook's defaults.
    fn everyday(&mut self, number: u32) -> Vec<Load> {
        let records = self.meet(&Situation::default(), number);
        let (parameters, per_day) = (self.world.parameters, self.world.parameters.everyday.encounters_per_day);
        (0..self.people())
            .map(|it| load(parameters, &records, it).times(per_day))
            .collect()
    }

    /// Samples what a shift leaves behind, where there are shifts on working days.
    fn sample_shift(&mut self, first: u32) -> Result<(), Stopped> {
        let condition = self.condition;
        let (Some(_), Some(exposures)) = (&condition.protocol.timeline, &condition.protocol.exposures) else {
            return Ok(());
        };
        let before = self.living().states.clone();
        let mut sum = vec![Load::default(); self.people()];
        self.in_a_row(exposures, first, &mut |_, life, records| {
            for (place, sum) in sum.iter_mut().enumerate() {
                *sum = sum.plus(load(life.world.parameters, records, place));
            }
            Ok(())
        })?;
        self.living().states = before;
        self.shift = sum;
        Ok(())
    }

    /// The encounters in a row before the scene.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "weeks are at most 5,200"
    )]
    fn exposed(&mut self, exposures: &Exposures, week: f64, see: &mut Exposed<Self>) -> Result<(), Stopped> {
        let first = FIRST_SHIFT + week as u32 * SHIFT;
        let (links, usual) = (self.links, self.usual);
        self.in_a_row(exposures, first, &mut |number, life, records| {
            life.fill_in(first + number, &links, &usual);
            see(number, life, records)
        })
    }

    /// Encounters in a row: each tires, and a rest follows.
    fn in_a_row(&mut self, exposures: &Exposures, first: u32, see: &mut Exposed<Self>) -> Result<(), Stopped> {
        let rest = Links::new(
            self.world.parameters,
            self.condition.knockout,
            exposures.spacing_hours / 24.0,
        );
        for number in 0..exposures.count {
            self.monitor.check()?;
            let records = self.meet(&exposures.situation, first + number);
            see(number, self, &records)?;
            let parameters = self.world.parameters;
            for (place, slow) in self.living().states.iter_mut().enumerate().take(records.outcomes.len()) {
                let felt = rest.felt_connectedness(slow);
                [_, slow.fatigue] = rest.tired(slow.fatigue, &load(parameters, &records, place), felt);
            }
        }
        Ok(())
    }

    /// A day in everybody's life, counted from the beginning of the week.
    pub fn pass(&mut self, day: u32) {
        let links = self.links;
        let works = f64::from(day) < self.world.parameters.everyday.shifts_per_week;
        let usual = self.usual;
        let mut living = self.cast.living.take().expect("people live from the first day on");
        for (place, today) in self.day.iter().enumerate() {
            let home = living.home(place, &self.cast.gains_of(place));
            let mut today = *today;
            if let (true, Some(shift)) = (works, self.shift.get(place)) {
                today.load = today.load.plus(*shift);
            }
            if let Some(met) = self.among_others.get_mut(place) {
                today.load = today.load.plus(std::mem::take(met));
            }
            living.states[place] = slow::day(&living.states[place], &home, &today, &usual, &links);
        }
        self.cast.living = Some(living);
    }
}

/// What somebody has gained in one trait.
fn gain(gains: &Gains, which: Trait, place: usize) -> f64 {
    match gains {
        Gains::Same(gains) => gains[which as usize],
        Gains::Each(columns) => f64::from(columns[which as usize][place]),
    }
}

/// The day on which a week begins, rounded: days since the first practice began.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a century has fewer than a million days"
)]
fn day_of(week: f64) -> u32 {
    (week * f64::from(DAYS_PER_WEEK)).round() as u32
}

/// The number of the encounter that a measurement in a week is: by the hour, so that no other measurement changes it.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a century has fewer than a million hours"
)]
fn scene_number(week: f64) -> u32 {
    FIRST_SCENE + (week * 168.0).round() as u32
}

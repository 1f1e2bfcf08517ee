//! How the people of a block live from day to day.

use super::super::block::{Participants, World};
use super::super::monitor::{Monitor, Stopped};
use super::super::records::Records;
use super::super::training::{Course, Trained};
use super::super::{Encounter, Gains, RandomStreams};
use super::{DAYS_PER_WEEK, Occasion, PAST_WEEKS, Schedule, SlowStates, load};
use crate::model::agent::Trait;
use crate::model::situation::Situation;
use crate::model::slow::everyday::Load;
use crate::model::slow::{self, Day, Links};
use crate::random::{Process, Stream};
use crate::scenario::{Condition, Exposures, Unit};

/// What sees people after each encounter in a row, by its number.
type Exposed<'s, L> = dyn FnMut(u32, &mut L, &Records) -> Result<(), Stopped> + 's;

/// What sees people when they are measured.
type Measured<'s> = dyn FnMut(&Participants, &Records) -> Result<(), Stopped> + 's;

/// People on their way through a protocol.
pub struct Life<'a, 'c> {
    world: &'a World<'a>,
    condition: &'a Condition,
    course: &'a dyn Course,
    pub(super) participants: Participants<'c>,
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
    pub fn of(
        world: &'a World<'a>,
        condition: &'a Condition,
        participants: Participants<'c>,
        schedule: &Schedule<'a>,
    ) -> Self {
        let per_day = world.parameters.everyday.encounters_per_day;
        let slow_states = SlowStates::new(world, &participants);
        Self {
            world,
            condition,
            course: schedule.course,
            usual: schedule.usual.times(per_day),
            links: Links::new(world.parameters, condition.knockout, 1.0),
            participants: Participants {
                trained: Trained::nothing(),
                slow_states: Some(Box::new(slow_states)),
                ..participants
            },
            day: Vec::new(),
            shift: Vec::new(),
            among_others: Vec::new(),
            week: None,
            monitor: schedule.monitor,
        }
    }

    fn people(&self) -> usize {
        self.participants.people.count
    }

    /// Who they are and how they are now.
    pub fn participants(&self) -> &Participants<'c> {
        &self.participants
    }

    /// Their slow states.
    pub fn slow_states(&mut self) -> &mut SlowStates {
        self.participants
            .slow_states
            .as_mut()
            .expect("people live from the first day on")
    }

    /// Puts people into a life that was lived before.
    pub fn remember_all(&mut self, past: &SlowStates) {
        self.participants.slow_states = Some(Box::new(past.clone()));
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
        let of_this_week = std::mem::replace(&mut self.participants.trained, trained);
        let rested = self
            .participants
            .slow_states
            .as_ref()
            .map(|slow_states| slow_states.states.clone());
        if let Some(exposures) = &self.condition.protocol.exposures {
            self.exposed(exposures, week, &mut |_, _, _| Ok(()))?;
        }
        let records = self.scene(week);
        see(&self.participants, &records)?;
        // The days that are left of the week go on with what was learnt by its beginning, measured or not.
        self.participants.trained = of_this_week;
        // The shift before the scene is one of the week's, which the days bring.
        if let (Some(slow_states), Some(rested)) = (&mut self.participants.slow_states, rested) {
            slow_states.states = rested;
        }
        Ok(())
    }

    /// What training has given by a week.
    pub(super) fn train(&mut self, week: f64) {
        self.participants.trained = self.course.trained(week);
    }

    /// Makes people ready for an encounter.
    fn face(&mut self) {
        let links = self.links;
        let slow_states = self
            .participants
            .slow_states
            .as_mut()
            .expect("people live from the first day on");
        slow_states.face(&self.participants.trained.gains, &links);
    }

    /// An encounter, alone, with luck of its own.
    fn meet(&mut self, situation: &Situation, occasion: Occasion) -> Records {
        self.face();
        let encounter = Encounter {
            parameters: self.world.parameters,
            situation,
            knockout: self.condition.knockout,
            longest_step_s: self.world.longest_step_s,
            streams: RandomStreams::new(self.world.seed, self.participants.replicate, occasion.number()),
        };
        self.participants.meet_in(self.world, &encounter, Unit::Person, None)
    }

    /// The scene of the condition, and the questionnaires after it.
    pub(super) fn scene(&mut self, week: f64) -> Records {
        let number = Occasion::Scene { week }.number();
        let (links, usual) = (self.links, self.usual);
        self.participants.scene = number;
        self.face();
        let records = self.participants.meet(self.world, self.condition);
        self.fill_in(number, &links, &usual);
        records
    }

    fn fill_in(&mut self, number: u32, links: &Links, usual: &Load) {
        let errors = Stream::new(
            self.world.seed,
            self.participants.replicate,
            Process::Questionnaires,
            number,
        );
        let mut slow_states = self
            .participants
            .slow_states
            .take()
            .expect("people live from the first day on");
        slow_states.fill_in(self.world, &self.participants, links, errors, usual);
        self.participants.slow_states = Some(slow_states);
    }

    /// A quarter of a year before the first practice.
    pub(super) fn past(&mut self) -> Result<(), Stopped> {
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
        let everyday = self.everyday(Occasion::EverydayBefore { week: sample });
        self.day = everyday
            .into_iter()
            .map(|load| Day {
                load,
                kindness_practice: 0.0,
            })
            .collect();
        self.sample_shift(&|place| Occasion::ShiftBefore { week: sample, place })?;
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
        for (slow, load) in self.slow_states().states.iter_mut().zip(loads) {
            [slow.exhaustion, _] = links.tired(0.0, &load, links.felt_connectedness(slow));
            slow.satisfaction = load.warm_help;
            slow.distress = load.distress_minutes;
        }
    }

    /// Lives from one day to a later one, days counted from the beginning of the first practice.
    ///
    /// Days are never divided, so that no measurement changes what comes after it.
    pub(super) fn advance(&mut self, from: u32, to: u32) -> Result<(), Stopped> {
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
        let everyday = self.everyday(Occasion::Everyday { week: number });
        let practised = self.course.practised_in(week);
        let per_day = self.world.parameters.everyday.encounters_per_day;
        let people = everyday.into_iter().enumerate();
        self.day = people
            .map(|(place, load)| {
                let (hours, met) = practised.get(place).copied().unwrap_or_default();
                let motive = gain(&self.participants.trained.gains, Trait::CompassionMotive, place);
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
        self.sample_shift(&|place| Occasion::Shift { week: number, place })
    }

    /// What a day of everyday life leaves behind in each person: the scene of the codebook's defaults.
    fn everyday(&mut self, occasion: Occasion) -> Vec<Load> {
        let records = self.meet(&Situation::default(), occasion);
        let (parameters, per_day) = (self.world.parameters, self.world.parameters.everyday.encounters_per_day);
        (0..self.people())
            .map(|it| load(parameters, &records, it).times(per_day))
            .collect()
    }

    /// Samples what a shift leaves behind, where there are shifts on working days.
    fn sample_shift(&mut self, occasion: &dyn Fn(u32) -> Occasion) -> Result<(), Stopped> {
        let condition = self.condition;
        let (Some(_), Some(exposures)) = (&condition.protocol.timeline, &condition.protocol.exposures) else {
            return Ok(());
        };
        let before = self.slow_states().states.clone();
        let mut sum = vec![Load::default(); self.people()];
        self.in_a_row(exposures, occasion, &mut |_, life, records| {
            for (place, sum) in sum.iter_mut().enumerate() {
                *sum = sum.plus(load(life.world.parameters, records, place));
            }
            Ok(())
        })?;
        self.slow_states().states = before;
        self.shift = sum;
        Ok(())
    }

    /// The encounters in a row before the scene.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "weeks are at most 5,200"
    )]
    pub(super) fn exposed(&mut self, exposures: &Exposures, week: f64, see: &mut Exposed<Self>) -> Result<(), Stopped> {
        let week = week as u32;
        let occasion = move |place| Occasion::Shift { week, place };
        let (links, usual) = (self.links, self.usual);
        self.in_a_row(exposures, &occasion, &mut |number, life, records| {
            life.fill_in(occasion(number).number(), &links, &usual);
            see(number, life, records)
        })
    }

    /// Encounters in a row: each tires, and a rest follows.
    fn in_a_row(
        &mut self,
        exposures: &Exposures,
        occasion: &dyn Fn(u32) -> Occasion,
        see: &mut Exposed<Self>,
    ) -> Result<(), Stopped> {
        let rest = Links::new(
            self.world.parameters,
            self.condition.knockout,
            exposures.spacing_hours / 24.0,
        );
        for number in 0..exposures.count {
            self.monitor.check()?;
            let records = self.meet(&exposures.situation, occasion(number));
            see(number, self, &records)?;
            let parameters = self.world.parameters;
            for (place, slow) in self
                .slow_states()
                .states
                .iter_mut()
                .enumerate()
                .take(records.outcomes.len())
            {
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
        let mut slow_states = self
            .participants
            .slow_states
            .take()
            .expect("people live from the first day on");
        for (place, today) in self.day.iter().enumerate() {
            let set_points = slow_states.set_points(place, &self.participants.gains_of(place));
            let mut today = *today;
            if let (true, Some(shift)) = (works, self.shift.get(place)) {
                today.load = today.load.plus(*shift);
            }
            if let Some(met) = self.among_others.get_mut(place) {
                today.load = today.load.plus(std::mem::take(met));
            }
            slow_states.states[place] = slow::day(&slow_states.states[place], &set_points, &today, &usual, &links);
        }
        self.participants.slow_states = Some(slow_states);
    }
}

/// What somebody has gained in one trait.
fn gain(gains: &Gains, which: Trait, place: usize) -> f64 {
    match gains {
        Gains::Same(gains) => gains[which as usize],
        Gains::Each(columns) => f64::from(columns[which as usize][place]),
    }
}

//! The same people with some paths as in one condition and the others as in the other: as they come into the scene, or through all weeks.

use super::measured::values;
use super::paths::{Path, conditions};
use crate::contrast::Asked;
use crate::engine::Gains;
use crate::engine::block::Participants;
use crate::engine::cohort::Cohort;
use crate::engine::life::moments;
use crate::engine::monitor::Stopped;
use crate::engine::run::Experiment;
use crate::engine::training::{Course, Trained, Trainees};
use crate::model::agent::Trait;
use crate::model::mechanism::Knockout;
use crate::model::situation::Situation;
use crate::model::training::weeks_in_all;
use crate::registry::Measure;
use crate::scenario::{Condition, Protocol};
use std::collections::BTreeSet;

/// The same people with some paths as in one condition and the others as in the other; circumstances bring their luck with them.
pub(super) fn mixed<'a>(
    treated: &Participants<'a>,
    untreated: &Participants<'a>,
    swapped: impl Fn(Path) -> bool,
) -> Participants<'a> {
    let from = |path: Path| if swapped(path) { treated } else { untreated };
    let mut participants = untreated.clone();
    participants.scene = from(Path::Circumstances).scene;
    participants.slow_states.clone_from(&from(Path::SlowStates).slow_states);
    swap_traits(&mut participants, treated, &swapped);
    let length = treated.people.agents.len();
    let gains = |one: &Gains, other: &Gains| mixed_gains(one, other, length, &swapped);
    participants.face_with(gains(untreated.initial().gains, treated.initial().gains));
    // Questionnaires show what training has added, and not what weeks have left behind.
    participants.trained.gains = gains(&untreated.trained.gains, &treated.trained.gains);
    participants
        .trained
        .self_report
        .clone_from(&from(Path::SelfReport).trained.self_report);
    participants
}

/// Gives people the traits of the paths that are swapped in.
fn swap_traits(participants: &mut Participants, treated: &Participants, swapped: &impl Fn(Path) -> bool) {
    for it in Path::ALL.into_iter().filter(|it| swapped(*it)).flat_map(Path::traits) {
        let number = *it as usize;
        participants.traits[number].clone_from(&treated.traits[number]);
    }
}

/// Gains with those of the paths that are swapped in.
fn mixed_gains(untreated: &Gains, treated: &Gains, length: usize, swapped: &impl Fn(Path) -> bool) -> Gains {
    let mut gains = untreated.clone();
    for it in Path::ALL.into_iter().filter(|it| swapped(*it)).flat_map(Path::traits) {
        let number = *it as usize;
        match (&mut gains, treated) {
            (Gains::Same(own), Gains::Same(other)) => own[number] = other[number],
            (Gains::Each(own), other) => own[number] = column(other, number, length),
            (own, other) => {
                let mut columns = each(own, length);
                columns[number] = column(other, number, length);
                *own = Gains::Each(columns);
            }
        }
    }
    gains
}

/// The people of a block who live through both conditions, and through mixtures of them.
pub(super) struct Lives<'a> {
    experiment: &'a Experiment<'a>,
    cohort: &'a Cohort<'a>,
    measure: Measure,
    /// Of treatment and control: the condition with the moment, the people before anything has happened, and what practice brings them.
    treated: Side<'a>,
    untreated: Side<'a>,
}

struct Side<'a> {
    condition: &'a Condition,
    moment: usize,
    participants: Participants<'a>,
    trainees: Trainees<'a>,
}

impl<'a> Lives<'a> {
    pub(super) fn new(experiment: &'a Experiment, cohort: &'a Cohort<'a>, asked: &Asked) -> Self {
        let [treated, untreated] = conditions(experiment, asked).map(|(condition, moment)| {
            let participants = cohort.drawn(condition);
            Side {
                condition,
                moment,
                trainees: participants.trainees(&cohort.world, condition),
                participants,
            }
        });
        Self {
            experiment,
            cohort,
            measure: asked.measure,
            treated,
            untreated,
        }
    }

    pub(super) fn differing(&self) -> Vec<Path> {
        let (treated, untreated) = (&self.treated, &self.untreated);
        let mut weeks: Vec<f64> = treated.weeks().into_iter().chain(untreated.weeks()).collect();
        weeks.sort_by(f64::total_cmp);
        weeks.dedup();
        let length = treated.participants.people.agents.len();
        let gained: Vec<[Trained; 2]> = weeks
            .iter()
            .map(|it| [treated.trainees.trained(*it), untreated.trainees.trained(*it)])
            .collect();
        let gains = |it: &Trained, number| column(&it.gains, number, length);
        let differs = |path: &Path| match path {
            Path::Circumstances => treated.circumstances() != untreated.circumstances(),
            Path::Practice => {
                let practised = |it: &Side, week| it.trainees.practised_in(week);
                weeks
                    .iter()
                    .any(|it| practised(treated, *it) != practised(untreated, *it))
            }
            Path::SlowStates | Path::SelfReport => false,
            other => other.traits().iter().any(|it| {
                let number = *it as usize;
                let apart = |[one, other]: &[Trained; 2]| gains(one, number) != gains(other, number);
                treated.participants.traits[number] != untreated.participants.traits[number] || gained.iter().any(apart)
            }),
        };
        Path::ALL.into_iter().filter(differs).collect()
    }

    /// What people show who live with some paths as in the treatment and the others as in the control.
    pub(super) fn lived(&self, swapped: &(impl Fn(Path) -> bool + Copy + Sync)) -> Result<Vec<f64>, Stopped> {
        let from = |path| if swapped(path) { &self.treated } else { &self.untreated };
        let mut participants = self.untreated.participants.clone();
        swap_traits(&mut participants, &self.treated.participants, swapped);
        let course = Mixture {
            lives: self,
            swapped: &|path| swapped(path),
        };
        let Side { condition, moment, .. } = *from(Path::Circumstances);
        let mut shown = Vec::new();
        let seen = BTreeSet::from([moment]);
        self.cohort.live_as(
            condition,
            participants,
            &course,
            &seen,
            &mut |_, participants, records| {
                shown = values(self.experiment, condition, participants, records, self.measure);
                Ok(())
            },
        )?;
        Ok(shown)
    }
}

impl Side<'_> {
    fn circumstances(&self) -> (&Situation, Knockout, &Protocol, usize) {
        let it = self.condition;
        (&it.situation, it.knockout, &it.protocol, self.moment)
    }

    /// The beginnings of all weeks up to the moment, and the moment.
    fn weeks(&self) -> Vec<f64> {
        let last = match self.condition.protocol.timeline {
            Some(_) => moments(self.condition)[self.moment].week,
            None => weeks_in_all(&self.condition.training),
        };
        let begun = (0_u32..).map(f64::from).take_while(|it| *it < last);
        begun.chain([last]).collect()
    }
}

/// What practice brings to people who have the gains of one condition in some traits and those of the other in the others.
struct Mixture<'a> {
    lives: &'a Lives<'a>,
    swapped: &'a (dyn Fn(Path) -> bool + Sync),
}

impl Course for Mixture<'_> {
    fn trained(&self, week: f64) -> Trained {
        let Lives { treated, untreated, .. } = self.lives;
        let (with, without) = (treated.trainees.trained(week), untreated.trainees.trained(week));
        let gains = mixed_gains(
            &without.gains,
            &with.gains,
            treated.participants.people.agents.len(),
            &self.swapped,
        );
        let practised = if (self.swapped)(Path::Practice) { with } else { without };
        Trained { gains, ..practised }
    }

    fn practised_in(&self, week: f64) -> Vec<(f64, f64)> {
        let Lives { treated, untreated, .. } = self.lives;
        let from = if (self.swapped)(Path::Practice) {
            treated
        } else {
            untreated
        };
        from.trainees.practised_in(week)
    }
}

fn each(gains: &Gains, length: usize) -> Box<[Vec<f32>; Trait::COUNT]> {
    Box::new(std::array::from_fn(|it| column(gains, it, length)))
}

#[expect(clippy::cast_possible_truncation, reason = "lanes are single precision")]
pub(super) fn column(gains: &Gains, number: usize, length: usize) -> Vec<f32> {
    match gains {
        Gains::Same(gains) => vec![gains[number] as f32; length],
        Gains::Each(columns) => columns[number].clone(),
    }
}

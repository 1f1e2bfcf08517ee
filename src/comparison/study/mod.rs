//! What real studies of so many people would have found: fresh people in every condition of every study, with luck of their own.
//!
//! The design is that of `[study]` in the file. Where the same people meet all conditions, they are of one population, and luck and errors are
//! those of the condition; what some carry over from one to the next is told in `carry_over.rs`. Who is lost (attrition) is lost before anything
//! is tested. Else
//! a study draws people from the model as an experimenter draws them from the street: nobody stands in two conditions or two studies. Their
//! address is a population of their own for each condition, told apart by the condition's name, in which study `r` has the people
//! `r · n … (r + 1) · n − 1`; a condition left out or added changes no other.
//!
//! What one study finds is told in [`Found`]. Groups count as one; where a condition keeps only some people, a study recruits `n` and tests
//! those who are kept.

mod attrition;
mod carry_over;
mod found;
mod question;

pub use found::{ALPHA, Finding, Found};
pub use question::{Published, Question, questions};

use super::measured::{measure, per_unit};
use crate::engine::cohort::Cohort;
use crate::engine::driver::{Observation, Observed, Observer};
use crate::engine::monitor::{Monitor, Stopped};
use crate::engine::place::Place;
use crate::engine::run::Experiment;
use crate::random::{Process, Stream};
use crate::registry::Measure;
use crate::scenario::{Condition, Scenario};
use found::finding;
use question::sides;
use std::collections::{BTreeMap, BTreeSet};

/// Populations from this number on belong to studies; runs have fewer replicates.
const POPULATIONS: u32 = 1 << 31;

/// The most people that all studies of one condition may have.
pub const MOST_PEOPLE: u64 = 20_000_000;

/// The population of those who come back to every condition of a study.
const RETURNING: u32 = u32::MAX;

/// How large and how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Design {
    /// People, or groups where groups are counted, in each condition of a study; times its part in the allocation of the file.
    pub per_condition: u32,
    /// Number of studies.
    pub repeats: u32,
}

impl Design {
    /// People, or groups, in a condition of each study.
    fn people(&self, scenario: &Scenario, condition: usize) -> u32 {
        self.per_condition.saturating_mul(scenario.study.weight(condition))
    }
}

/// Values of the people of one study, treatment and control; none of who is not counted or was lost.
pub type Values = [Vec<Option<f64>>; 2];

/// Draws the studies of every question.
///
/// # Errors
///
/// [`Stopped`] once the monitor asks for it.
pub fn studies(
    experiment: &Experiment,
    questions: &[Question],
    design: Design,
    monitor: &dyn Monitor,
) -> Result<Vec<Found>, Stopped> {
    let subjects = experiment.scenario.study.design;
    let drawn = drawn(experiment, questions, design, monitor)?;
    let found = questions.iter().zip(drawn).map(|(question, studies)| Found {
        question: question.clone(),
        studies: studies
            .iter()
            .map(|[treatment, control]| finding(question, subjects, treatment, control))
            .collect(),
    });
    Ok(found.collect())
}

/// The values that each study of each question has.
///
/// # Errors
///
/// [`Stopped`] once the monitor asks for it.
pub fn drawn(
    experiment: &Experiment,
    questions: &[Question],
    design: Design,
    monitor: &dyn Monitor,
) -> Result<Vec<Vec<Values>>, Stopped> {
    let (conditions, study) = (&experiment.scenario.conditions, &experiment.scenario.study);
    let experiment = &Experiment {
        returning: study.is_within().then_some(RETURNING),
        ..*experiment
    };
    let lost_by = study.attrition.and_then(|attrition| attrition.depends_on);
    let mut values: BTreeMap<(Place, Measure), Vec<Option<f64>>> = BTreeMap::new();
    for (number, condition) in conditions.iter().enumerate().filter(|(it, _)| asked(questions, *it)) {
        let places = questions
            .iter()
            .flat_map(|it| sides(experiment.scenario, it).map(|place| (place, it.measure)))
            .filter(|(it, _)| it.condition == number);
        let mut wanted: Vec<(Place, Measure)> = places
            .flat_map(|(place, measure)| [Some(measure), lost_by].map(|measure| Some((place, measure?))))
            .flatten()
            .collect();
        wanted.sort_unstable();
        wanted.dedup();
        let population = population_of(conditions, number);
        let observed = Observed {
            experiment,
            people: 0..design.people(experiment.scenario, number) * design.repeats * condition.unit.size(),
            replicates: population..population + 1,
            phase: "drawing studies",
            observer: &Measured {
                experiment,
                wanted: &wanted,
            },
        };
        observed.run_to_end(monitor, |block| {
            for (asked, later) in wanted.iter().zip(block) {
                values.entry(*asked).or_default().extend(later);
            }
        })?;
    }
    if study.is_within() && study.carry_over > 0.0 {
        let stream = |condition| {
            let population = population_of(conditions, condition);
            Stream::new(experiment.scenario.run.seed, population, Process::Order, 0)
        };
        carry_over::carry_over(study.carry_over, &mut values, stream);
    }
    let each = |place: Place, measure: Measure| {
        let people = design.people(experiment.scenario, place.condition) as usize;
        people * per_unit(&conditions[place.condition], measure)
    };
    let stay: BTreeMap<Place, Vec<bool>> = match &study.attrition {
        None => BTreeMap::new(),
        Some(attrition) => {
            let places: BTreeSet<Place> = values.keys().map(|(place, _)| *place).collect();
            let stays = |place: Place| {
                let of = |measure: Measure| values.get(&(place, measure)).map_or(&[][..], Vec::as_slice);
                let people = each(place, Measure::Helped);
                let count = people * design.repeats as usize;
                // Whoever comes back to every condition is lost to all of them by one lot.
                let own = || population_of(conditions, place.condition);
                let population = experiment.returning.unwrap_or_else(own);
                let stream = Stream::new(experiment.scenario.run.seed, population, Process::Attrition, 0);
                attrition::stay(attrition, lost_by.map_or(&[], of), [people, count], stream)
            };
            places.into_iter().map(|place| (place, stays(place))).collect()
        }
    };
    let drawn = questions.iter().map(|question| {
        let of = |place: Place| {
            let all = values.get(&(place, question.measure)).map_or(&[][..], Vec::as_slice);
            let stay = stay.get(&place);
            let left = all.iter().enumerate().map(|(person, value)| {
                let stays = stay.is_none_or(|stay| stay.get(person).copied().unwrap_or(true));
                value.filter(|_| stays)
            });
            let left: Vec<Option<f64>> = left.collect();
            let studies = left
                .chunks_exact(each(place, question.measure))
                .take(design.repeats as usize);
            studies.map(<[Option<f64>]>::to_vec).collect::<Vec<_>>()
        };
        let [treatment, control] = sides(experiment.scenario, question);
        of(treatment)
            .into_iter()
            .zip(of(control))
            .map(|(treatment, control)| [treatment, control])
            .collect()
    });
    Ok(drawn.collect())
}

/// Observes some measures of each unit or person, in one condition.
struct Measured<'a> {
    experiment: &'a Experiment<'a>,
    wanted: &'a [(Place, Measure)],
}

impl Observer for Measured<'_> {
    type Sight = Vec<Vec<Option<f64>>>;
    type State = Vec<Vec<Option<f64>>>;

    fn wants(&self, place: Place) -> bool {
        self.wanted.iter().any(|(wanted, _)| *wanted == place)
    }

    fn sight(&self, _: usize) -> Self::Sight {
        vec![Vec::new(); self.wanted.len()]
    }

    fn see(&self, seen: &Observation, sight: &mut Self::Sight) {
        for ((place, of), values) in self.wanted.iter().zip(sight) {
            if *place == seen.place() {
                *values = measure(self.experiment, seen.condition, seen.participants, seen.records, *of);
            }
        }
    }

    fn gather(&self, _: &Cohort, sights: Vec<Self::Sight>) -> Result<Self::State, Stopped> {
        let mut all = self.sight(0);
        for sight in sights {
            for (all, values) in all.iter_mut().zip(sight) {
                all.extend(values);
            }
        }
        Ok(all)
    }
}

/// People in all studies of the largest condition; none if more than can be simulated.
pub fn people(scenario: &Scenario, design: Design) -> Option<u64> {
    let of = |(number, condition): (usize, &Condition)| {
        u64::from(condition.unit.size()) * u64::from(scenario.study.weight(number))
    };
    let largest = scenario.conditions.iter().enumerate().map(of).max().unwrap_or(1);
    let people = u64::from(design.per_condition) * u64::from(design.repeats) * largest;
    (people <= MOST_PEOPLE).then_some(people)
}

fn asked(questions: &[Question], condition: usize) -> bool {
    questions
        .iter()
        .any(|it| it.pair.treatment == condition || it.pair.control == condition)
}

/// The number of the population that a condition's studies draw from: a hash of its name (FNV-1a), moved on past earlier conditions with the same.
fn population_of(conditions: &[Condition], number: usize) -> u32 {
    let hash = |it: &Condition| {
        let mixed = it.name.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
            (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
        });
        // One less than all, so that there is a population after each.
        mixed % (POPULATIONS - 1)
    };
    let mut taken = Vec::with_capacity(number + 1);
    for it in &conditions[..=number] {
        let mut place = hash(it);
        while taken.contains(&place) {
            place = (place + 1) % (POPULATIONS - 1);
        }
        taken.push(place);
    }
    POPULATIONS + taken.pop().unwrap_or_default()
}

#[cfg(test)]
mod tests;

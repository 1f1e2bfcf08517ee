//! A study: a scenario is run, and what it yields is a value.
//!
//! Nothing here touches files, the terminal or a clock. What is written and shown of [`Results`] is said elsewhere; whoever wants something of
//! every single person takes it on the way ([`run_keeping`]), so that memory does not grow with the number of people.

use crate::comparison::precision::Search;
use crate::comparison::study::{self, Design};
use crate::comparison::{Comparison, Pair, feelings, knockouts, pairs, paths, usual_pairs};
use crate::engine::map::{Map, map};
use crate::engine::monitor::{Monitor, Stopped};
use crate::engine::norm_scene::NormScene;
use crate::engine::run::{Ended, Experiment, Played};
use crate::engine::tally::Tally;
use crate::engine::timecourse::{TimeCourses, time_courses};
use crate::evidence::predictive;
use crate::model::parameters::Parameters;
use crate::scenario::Scenario;
use crate::summary::together::{Deeds, Together};
use crate::summary::{Summary, Uncertainty, Within};
use std::convert::Infallible;

/// What is asked of a run beside what everybody does.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Options {
    /// Pairs of conditions that are compared person by person; the usual ones where none are given.
    pub pairs: Option<Vec<Pair>>,
    /// Whether differences are divided between paths and feelings, and taken once more without each mechanism.
    pub paths: bool,
    /// The design of real studies to draw.
    pub design: Option<Design>,
    /// How many people it took to know the differences precisely enough, where that was searched for.
    pub search: Option<Search>,
    /// Plausible parameter sets under which helping is predicted as well.
    pub plausible: Option<PlausibleSets>,
    /// Whether the course of the scene is taken of a few hundred people in each condition.
    pub time_course: bool,
    /// Whether helping is mapped over sharing and regulation, in the scene of the first condition.
    pub map: bool,
}

/// Plausible parameter sets and where they come from.
#[derive(Debug, Clone, PartialEq)]
pub struct PlausibleSets {
    /// The file, or "built-in".
    pub file: String,
    /// The sets.
    pub list: Vec<Parameters>,
}

/// What a run yields.
#[derive(Debug, Clone, PartialEq)]
pub struct Results {
    /// The scenario that was run.
    pub scenario: Scenario,
    /// What feelings are compared with.
    pub norm: NormScene,
    /// What is known of the people of each condition, with the moments of its course.
    pub tallies: Vec<Tally>,
    /// Rates, differences and effect sizes, with their intervals.
    pub summary: Summary,
    /// What the same people did in any two conditions.
    pub together: Together,
    /// What the compared pairs show of the same people.
    pub comparison: Comparison,
    /// The course of the scene in each condition, if it was asked for.
    pub time_courses: Option<TimeCourses>,
    /// Helping over sharing and regulation, if it was asked for.
    pub map: Option<Map>,
}

/// Runs a scenario.
///
/// # Errors
///
/// [`Stopped`] once the monitor asks for it.
pub fn run(
    scenario: &Scenario,
    parameters: &Parameters,
    options: &Options,
    monitor: &dyn Monitor,
) -> Result<Results, Stopped> {
    let take = |()| Ok::<(), Infallible>(());
    match run_keeping(scenario, parameters, options, monitor, |_| (), take) {
        Ok(results) => Ok(results),
        Err(Ended::Stopped(stopped)) => Err(stopped),
        Err(Ended::Kept(never)) => match never {},
    }
}

/// As [`run`]; `keep` makes of the people of each block in each condition what is to be kept of them, and `take` gets it in order.
///
/// # Errors
///
/// [`Ended::Stopped`] once the monitor asks for it; whatever `take` says.
pub fn run_keeping<K: Send, E>(
    scenario: &Scenario,
    parameters: &Parameters,
    options: &Options,
    monitor: &dyn Monitor,
    keep: impl Fn(&Played) -> K + Sync,
    mut take: impl FnMut(K) -> Result<(), E>,
) -> Result<Results, Ended<E>> {
    let experiment = Experiment::new(scenario, parameters);
    let mut together = Together::new(scenario);
    let mut within = Within::new(scenario);
    let tallies = experiment.run(
        monitor,
        |played| {
            (
                keep(played),
                Deeds::of(played, &experiment.norm),
                played.readings.to_vec(),
            )
        },
        |(kept, deeds, readings)| {
            within.add(readings);
            if let Some(deeds) = deeds {
                together.add(deeds);
            }
            take(kept)
        },
    )?;
    let comparison = compared(&experiment, options, monitor)?;
    let mut summary = Summary::new(scenario, &tallies).with_differences(within.differences(&tallies));
    if let Some(sets) = &options.plausible {
        summary = with_uncertainty(summary, scenario, sets, monitor)?;
    }
    let anybody = summary
        .conditions
        .iter()
        .any(|condition| condition.helping_rate.is_some());
    let time_courses = (options.time_course && anybody).then(|| time_courses(&experiment));
    let map = (options.map && anybody).then(|| map(&experiment.world(), &scenario.conditions[0], scenario.run.agents));
    monitor.check()?;
    Ok(Results {
        scenario: scenario.clone(),
        norm: experiment.norm,
        tallies,
        summary,
        together,
        comparison,
        time_courses,
        map,
    })
}

/// Compares what is to be compared.
fn compared(experiment: &Experiment, options: &Options, monitor: &dyn Monitor) -> Result<Comparison, Stopped> {
    let pairs = options
        .pairs
        .clone()
        .unwrap_or_else(|| usual_pairs(experiment.scenario));
    let people = 0..experiment.scenario.run.agents;
    let mut comparison = Comparison {
        search: options.search.clone(),
        ..Comparison::default()
    };
    if !pairs.is_empty() {
        comparison.pairs = pairs::compare(experiment, &pairs, people.clone(), monitor)?;
    }
    if options.paths {
        comparison.shares = paths::shares(experiment, &pairs, people.clone(), monitor)?;
        comparison.feelings = feelings::shares(experiment, &pairs, people.clone(), monitor)?;
        comparison.knockouts = knockouts::without_each(experiment, &pairs, people, monitor)?;
    }
    if let Some(design) = options.design {
        let questions = study::questions(experiment.scenario, &pairs);
        comparison.studies = Some((design, study::studies(experiment, &questions, design, monitor)?));
    }
    Ok(comparison)
}

/// Adds what plausible parameter sets predict.
fn with_uncertainty(
    summary: Summary,
    scenario: &Scenario,
    sets: &PlausibleSets,
    monitor: &dyn Monitor,
) -> Result<Summary, Stopped> {
    let helped = predictive::helped(scenario, &sets.list, monitor).ok_or(Stopped)?;
    let uncertainty = Uncertainty {
        ensemble: sets.file.clone(),
        sets: sets.list.len(),
        people: predictive::people(scenario),
    };
    Ok(summary.with_uncertainty(uncertainty, &helped))
}

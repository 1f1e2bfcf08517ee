//! A study: a scenario is run, and what it yields is a value.
//!
//! Nothing here touches files, the terminal or a clock. What is written and shown of [`Results`] is said elsewhere; whoever wants something of
//! every single person takes it on the way ([`run_keeping`]), so that memory does not grow with the number of people.

mod gathered;
pub mod plan;
#[cfg(feature = "files")]
pub mod shards;

use crate::community::effects::Communities;
use crate::comparison::precision::Search;
use crate::comparison::study::{self, Design};
use crate::comparison::{Comparison, Pair};
use crate::engine::driver::{Ended, Observation, Observer};
use crate::engine::map::{Map, map};
use crate::engine::monitor::{Monitor, Stopped};
use crate::engine::norm_scene::NormScene;
use crate::engine::run::Experiment;
use crate::engine::tally::Tally;
use crate::engine::timecourse::TimeCourses;
use crate::evidence::predictive;
use crate::model::parameters::Parameters;
use crate::scenario::Scenario;
use crate::summary::joint_outcomes::JointOutcomes;
use crate::summary::{Summary, Uncertainty};
use crate::sweep::{Answers, Sweep};
use gathered::{Gathered, Watching, compared, counting, live, pieces, watching};
use std::convert::Infallible;
use std::sync::atomic::{AtomicU64, Ordering};

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
    /// The points of the key that the answer is drawn over.
    pub over: Option<Sweep>,
    /// Whether people and ties of the first community are told one by one however large it is; those of small ones always are.
    pub ties: bool,
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
    /// Standard deviation between studies beyond their situations, in logits, one for each set; none where the file does not tell it.
    pub between_study_sd: Vec<f64>,
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
    pub joint_outcomes: JointOutcomes,
    /// What the compared pairs show of the same people.
    pub comparison: Comparison,
    /// The course of the scene in each condition, if it was asked for.
    pub time_courses: Option<TimeCourses>,
    /// Helping over sharing and regulation, if it was asked for.
    pub map: Option<Map>,
    /// The answers over a key, if they were asked for.
    pub over: Option<Answers>,
    /// What is known of communities, where people live in some.
    pub communities: Option<Communities>,
    /// How many encounters were simulated, those of everyday life, of the map and of further conditions among them.
    pub encounters: u64,
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
    keep: impl Fn(&Observation) -> K + Sync,
    mut take: impl FnMut(K) -> Result<(), E>,
) -> Result<Results, Ended<E>> {
    let encounters = AtomicU64::new(0);
    let experiment = counting(scenario, parameters, &encounters);
    let watching = watching(&experiment, options, monitor, keep)?;
    let mut gathered = Gathered::nobody(scenario, &watching, options);
    live(&experiment, &watching, options, 0..pieces(scenario), monitor, |piece| {
        gathered.add(piece, &mut take)
    })?;
    Ok(finished(&experiment, options, watching, gathered, monitor)?)
}

/// What remains to be done when everybody has lived.
fn finished<F: Fn(&Observation) -> K + Sync, K: Send>(
    experiment: &Experiment,
    options: &Options,
    watching: Watching<F>,
    gathered: Gathered,
    monitor: &dyn Monitor,
) -> Result<Results, Stopped> {
    let scenario = experiment.scenario;
    let Gathered {
        tallies,
        joint_outcomes,
        within,
        sums,
        mut comparison,
        courses,
        communities,
    } = gathered;
    if let Some(design) = options.design {
        let pairs = compared(scenario, options);
        let questions = study::questions(scenario, &pairs);
        comparison.studies = Some((design, study::studies(experiment, &questions, design, monitor)?));
    }
    let mut summary = Summary::new(scenario, &tallies).with_differences(within.differences(&sums, &tallies));
    if let Some(sets) = &options.plausible {
        summary = with_uncertainty(summary, scenario, sets, monitor)?;
    }
    let map = if options.map {
        let world = experiment.world();
        Some(map(&world, &scenario.conditions[0], scenario.run.agents, monitor)?)
    } else {
        None
    };
    let over = match &options.over {
        Some(sweep) => Some(sweep.answers(monitor)?),
        None => None,
    };
    let ((_, course), _) = watching;
    Ok(Results {
        scenario: scenario.clone(),
        norm: experiment.norm,
        tallies,
        summary,
        joint_outcomes,
        comparison,
        time_courses: course.map(|course| course.courses(courses)),
        communities: scenario.has_community().then_some(communities),
        map,
        over,
        encounters: experiment
            .encounters
            .map_or(0, |encounters| encounters.load(Ordering::Relaxed)),
    })
}

/// Lets everybody live, each by themselves or in communities; `take` gets what was observed of each block in order.
///
/// # Errors
///
/// [`Ended::Stopped`] once the monitor asks for it; whatever `take` says.
pub fn observe<O: Observer, E>(
    experiment: &Experiment,
    observer: &O,
    monitor: &dyn Monitor,
    mut take: impl FnMut(O::State) -> Result<(), E>,
) -> Result<Option<Communities>, Ended<E>> {
    let scenario = experiment.scenario;
    let mut communities = Communities::default();
    live(
        experiment,
        observer,
        &Options::default(),
        0..pieces(scenario),
        monitor,
        |piece| {
            communities.each.extend(piece.community);
            piece.blocks.into_iter().try_for_each(&mut take)
        },
    )?;
    Ok(scenario.has_community().then_some(communities))
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
    Ok(summary.with_uncertainty(uncertainty, &helped, &sets.between_study_sd))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::map;
    use crate::engine::monitor::Unwatched;
    use crate::engine::test_scenario;
    use crate::parameters::shipped;
    use crate::scenario::{Exposures, Timeline};
    use std::sync::atomic::AtomicUsize;

    /// A run with everything it shows: each person meets each scene once, some hundreds once more to be watched, and those of the map.
    #[test]
    fn everybody_is_simulated_once() {
        let mut scenario = test_scenario(&["plain", "easy", "close"]);
        (scenario.run.agents, scenario.run.replicates) = (1_500, 2);
        let options = Options {
            time_course: true,
            map: true,
            ..Options::default()
        };
        let results = run(&scenario, &shipped(), &options, &Unwatched).unwrap();
        let points = results.map.as_ref().unwrap().helped.len() as u64;
        let watched = 400 * 3;
        let mapped = points * u64::from(map::PEOPLE);
        assert_eq!(results.encounters, 3 * 3_000 + watched + mapped);
        assert_eq!(results.comparison.pairs[0].joint.people(), 3_000);
        assert_eq!(results.time_courses.unwrap().conditions.len(), 3);
    }

    /// Stops when it has been asked so often.
    struct Patience(AtomicUsize, usize);

    impl Monitor for Patience {
        fn is_stopped(&self) -> bool {
            self.0.fetch_add(1, Ordering::Relaxed) >= self.1
        }
    }

    /// One person, a century of working weeks with a hundred encounters a shift: it is stopped within the first of them.
    #[test]
    fn a_long_life_can_be_stopped_at_any_moment() {
        let mut scenario = test_scenario(&["long"]);
        scenario.run.agents = 1;
        let situation = scenario.conditions[0].situation.clone();
        let protocol = &mut scenario.conditions[0].protocol;
        protocol.timeline = Some(Timeline {
            weeks: 5_200.0,
            measure_at: vec![0.0, 5_200.0],
        });
        protocol.exposures = Some(Exposures {
            count: 100,
            spacing_hours: 0.05,
            situation,
        });
        for checks in [0, 1, 50, 2_000] {
            let monitor = Patience(AtomicUsize::new(0), checks);
            let stopped = run(&scenario, &shipped(), &Options::default(), &monitor);
            assert!(stopped.is_err());
            assert_eq!(monitor.0.into_inner(), checks + 1, "nothing goes on once it is stopped");
        }
    }
}

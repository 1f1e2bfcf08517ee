//! All people of all conditions: rates, and how each of the first ones ended.

use super::request::Ask;
use crate::community::effects::Communities;
use crate::engine::driver::{Ended, Observation};
use crate::engine::monitor::Unwatched;
use crate::engine::observers::{Kept, Tallies};
use crate::engine::records::{Column, Outcome};
use crate::engine::run::Experiment;
use crate::engine::tally::Tally;
use crate::report::{self, ParameterSet};
use crate::scenario::Scenario;
use crate::study::observe;
use crate::summary::answer::answer;
use crate::summary::joint_outcomes::{DeedsObserver, JointOutcomes};
use crate::summary::{Summary, Within};
use serde_json::{Value, json};
use std::convert::Infallible;

/// What is wanted of everybody.
pub(super) struct Wanted {
    /// Of how many of the first people each end is told.
    people: u32,
}

/// What a run of everybody shows.
pub(super) struct Everybody {
    summary: Summary,
    /// What is known of communities, where people live in some.
    communities: Option<Communities>,
    answer: Vec<String>,
    /// By condition, a letter for each of the first people.
    letters: Vec<String>,
    /// By condition, when each of them decided, in seconds.
    times_s: Vec<Vec<f64>>,
}

impl Everybody {
    /// What a request wants of everybody, if it wants anything.
    pub(super) fn wanted(ask: &[Ask]) -> Option<Wanted> {
        let people = ask.iter().filter_map(|it| match it {
            Ask::Rates | Ask::Community { .. } | Ask::CommunityEffects => Some(0),
            Ask::People { count } => Some(*count),
            _ => None,
        });
        people.max().map(|people| Wanted { people })
    }

    /// The rates, as `summary.json` has them.
    pub(super) fn rates(&self, scenario: &Scenario, set: &ParameterSet) -> Value {
        report::summary_json(scenario, &self.summary, set, &self.answer.join(" "))
    }

    /// What is known of communities, where people live in some.
    pub(super) const fn communities(&self) -> Option<&Communities> {
        self.communities.as_ref()
    }

    /// How the first people ended: the first letter of each outcome, and when.
    pub(super) fn people(&self) -> Value {
        json!({ "outcomes": self.letters, "times_s": self.times_s })
    }
}

/// Lets everybody meet the scene in every condition.
pub(super) fn everybody(experiment: &Experiment, wanted: &Wanted) -> Everybody {
    let scenario = experiment.scenario;
    let within = Within::new(scenario);
    let ends = Kept(|seen: &Observation| ends(seen, wanted.people));
    let observer = ((Tallies(experiment), ends), (DeedsObserver(experiment), within.clone()));
    let mut tallies: Vec<Tally> = scenario.conditions.iter().map(Tally::new).collect();
    let (mut joint_outcomes, mut sums) = (JointOutcomes::new(scenario), within.nobody());
    let mut letters = vec![String::new(); scenario.conditions.len()];
    let mut times_s = vec![Vec::new(); scenario.conditions.len()];
    let done = observe(experiment, &observer, &Unwatched, |((block, kept), (deeds, asked))| {
        for (tally, block) in tallies.iter_mut().zip(&block) {
            tally.merge(block);
        }
        joint_outcomes.merge(&deeds);
        within.add(&mut sums, asked);
        for (condition, outcomes, times) in kept.into_iter().flatten() {
            letters[condition].push_str(&outcomes);
            times_s[condition].extend(times);
        }
        Ok::<_, Infallible>(())
    });
    let communities = match done {
        Ok(communities) => communities,
        Err(Ended::Stopped(_)) => unreachable!("nobody stops it"),
        Err(Ended::Kept(never)) => match never {},
    };
    let summary = Summary::new(scenario, &tallies).with_differences(within.differences(&sums, &tallies));
    Everybody {
        answer: answer(scenario, &summary, &joint_outcomes),
        summary,
        communities,
        letters,
        times_s,
    }
}

/// How the people of a block ended in a condition who are among the first `people` of the first population, and when; none at moments that do
/// not stand for the whole.
fn ends(seen: &Observation, people: u32) -> Option<(usize, String, Vec<f64>)> {
    let first = match seen.participants.replicate {
        0 => seen.participants.people.first,
        _ => u32::MAX,
    };
    let shown = people.saturating_sub(first) as usize;
    let outcomes = seen.records.outcomes.iter().take(shown);
    let times = seen.records.column(Column::LatencyS).iter().take(shown);
    let times = times.map(|time| tenths(f64::from(*time))).collect();
    seen.is_main
        .then(|| (seen.number, outcomes.map(|outcome| letter(*outcome)).collect(), times))
}

/// The first letter of an outcome's name.
fn letter(outcome: Outcome) -> char {
    outcome.key().chars().next().unwrap_or('?')
}

/// Rounded to tenths: enough for a dot to know when to walk.
fn tenths(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// Rounded to hundredths: shorter, and finer than a screen.
pub(super) fn hundredths(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

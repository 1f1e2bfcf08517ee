//! What a point answers: means and shares of each condition, and the differences between conditions, with their intervals.

use crate::community::run::Lived;
use crate::contrast::asked;
use crate::engine::driver::{Ended, Observed};
use crate::engine::monitor::{Monitor, Stopped};
use crate::engine::observers::Tallies;
use crate::engine::place::Place;
use crate::engine::run::Experiment;
use crate::engine::tally::Tally;
use crate::model::parameters::Parameters;
use crate::registry::Measure;
use crate::scenario::{Condition, Scenario};
use crate::statistics::{Estimate, Z_95, mean_interval, wilson};
use crate::summary::{Summary, Within};
use std::convert::Infallible;

/// A number that a point answers with.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The condition.
    pub condition: String,
    /// The condition that it is compared with, where this is a difference.
    pub compared_with: Option<String>,
    /// Weeks since the first practice, on a timeline.
    pub week: Option<f64>,
    /// What is measured.
    pub measure: Measure,
    /// Share or mean, or its difference, with the 95 % interval.
    pub estimate: Estimate,
    /// Standard deviation between people; none of a share, nor of a difference.
    pub sd: Option<f64>,
    /// How many people, or groups.
    pub n: u64,
}

/// Which measures are wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Measures {
    /// Helping, and what the contrasts of the file name.
    Asked,
    /// All that conditions have.
    All,
    /// These.
    These(Vec<Measure>),
}

impl Measures {
    /// The measures for a scenario, in the order of the registry; those that are named, in their order.
    pub fn of(&self, scenario: &Scenario) -> Vec<Measure> {
        let is_asked = |measure: &Measure| {
            *measure == Measure::Helped || scenario.contrasts.iter().any(|contrast| contrast.measure == *measure)
        };
        match self {
            Self::Asked => Measure::ALL.into_iter().filter(is_asked).collect(),
            Self::All => Measure::ALL.into_iter().collect(),
            Self::These(these) => these.clone(),
        }
    }
}

/// Runs a scenario for its rows: conditions in their order, in them moments, in them measures; then differences.
pub(super) fn rows(
    scenario: &Scenario,
    parameters: &Parameters,
    measures: &[Measure],
    monitor: &dyn Monitor,
) -> Result<Vec<Row>, Stopped> {
    let experiment = Experiment::new(scenario, parameters);
    let within = Within::new(scenario);
    let mut tallies: Vec<Tally> = scenario.conditions.iter().map(Tally::new).collect();
    let mut sums = within.nobody();
    let observer = (Tallies(&experiment), within.clone());
    let mut take = |(block, asked): (Vec<Tally>, Vec<Vec<[f64; 2]>>)| {
        for (tally, block) in tallies.iter_mut().zip(&block) {
            tally.merge(block);
        }
        within.add(&mut sums, asked);
        Ok::<(), Infallible>(())
    };
    let done = if scenario.has_community() {
        let lived = Lived {
            experiment: &experiment,
            observer: &observer,
            replicates: 0..scenario.run.replicates,
            largest_portrait: 0,
        };
        lived.run(monitor, |blocks, _| blocks.into_iter().try_for_each(&mut take))
    } else {
        Observed::everybody(&experiment, &observer).run(monitor, take)
    };
    match done {
        Ok(()) => {}
        Err(Ended::Stopped(stopped)) => return Err(stopped),
        Err(Ended::Kept(never)) => match never {},
    }
    let mut rows = Vec::new();
    for (number, condition) in scenario.conditions.iter().enumerate() {
        for (week, tally) in seen(scenario, condition, number, &tallies) {
            rows.extend(
                measures
                    .iter()
                    .filter_map(|measure| level(condition, week, tally, *measure)),
            );
        }
    }
    let summary = Summary::new(scenario, &tallies).with_differences(within.differences(&sums, &tallies));
    rows.extend(differences(scenario, &summary, measures));
    Ok(rows)
}

/// The moments at which a condition is seen: all of a timeline, else the one that stands for the whole.
fn seen<'t>(
    scenario: &Scenario,
    condition: &Condition,
    number: usize,
    tallies: &'t [Tally],
) -> Vec<(Option<f64>, &'t Tally)> {
    match &condition.protocol.timeline {
        Some(timeline) => timeline
            .measure_at
            .iter()
            .map(|week| Some(*week))
            .zip(&tallies[number].course)
            .collect(),
        None => vec![(None, Place::new(scenario, number, None).tally(tallies))],
    }
}

/// A measure of a condition; none if it is not measured there, or of nobody.
fn level(condition: &Condition, week: Option<f64>, tally: &Tally, measure: Measure) -> Option<Row> {
    let (estimate, sd, n) = if let Some(outcome) = measure.outcome() {
        let count = tally.units.count(outcome);
        let interval = wilson(count, Z_95);
        let estimate = Estimate {
            value: count.share()?,
            lower: interval.lower,
            upper: interval.upper,
        };
        (estimate, None, count.trials)
    } else {
        let moments = tally.measures.get(&measure).filter(|moments| moments.count() > 0)?;
        let alone = Estimate {
            value: moments.mean(),
            lower: moments.mean(),
            upper: moments.mean(),
        };
        (
            mean_interval(moments, Z_95).unwrap_or(alone),
            moments.sd(),
            moments.count(),
        )
    };
    Some(Row {
        condition: condition.name.clone(),
        compared_with: None,
        week,
        measure,
        estimate,
        sd,
        n,
    })
}

/// What the file's contrasts ask about, and helping against the first condition where none of them does.
fn differences(scenario: &Scenario, summary: &Summary, measures: &[Measure]) -> Vec<Row> {
    let name = |number: usize| scenario.conditions[number].name.clone();
    let mut rows: Vec<Row> = summary
        .differences
        .iter()
        .filter(|difference| measures.contains(&difference.asked.measure))
        .map(|difference| Row {
            condition: name(difference.asked.treatment.condition),
            compared_with: Some(name(difference.asked.control.condition)),
            week: difference.asked.treatment.week(scenario),
            measure: difference.asked.measure,
            estimate: difference.estimate,
            sd: None,
            n: difference.people,
        })
        .collect();
    let known = asked(scenario);
    for (number, condition) in summary.conditions.iter().enumerate().skip(1) {
        let is_known = known.iter().any(|asked| {
            asked.is_usual(scenario) && (asked.treatment.condition, asked.control.condition) == (number, 0)
        });
        if let Some(estimate) = condition.difference
            && !is_known
            && measures.contains(&Measure::Helped)
        {
            rows.push(Row {
                condition: condition.name.clone(),
                compared_with: Some(name(0)),
                week: Place::new(scenario, number, None).week(scenario),
                measure: Measure::Helped,
                estimate,
                sd: None,
                n: condition.units.total(),
            });
        }
    }
    rows
}

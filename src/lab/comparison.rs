//! Two conditions, person by person: who changes, and through what.

use crate::comparison::Pair;
use crate::comparison::feelings::{self, FeelingsObserver};
use crate::comparison::pairs::Pairs;
use crate::comparison::paths::{self, Path, PathsObserver};
use crate::comparison::shares::Shares;
use crate::contrast::Asked;
use crate::engine::driver::{Observed, Observer};
use crate::engine::monitor::{Stopped, Unwatched};
use crate::engine::run::Experiment;
use crate::statistics::{Estimate, Z_95};
use serde_json::{Value, json};
use std::convert::Infallible;

/// People whose lives are divided, at least.
const LEAST_PEOPLE: u32 = 100;

/// Mixtures of what bears on a decision.
const MIXTURES: u32 = 16;

/// Lives that the division of an effect between paths may take.
const MOST_LIVES: u32 = 60_000;

/// Lives of weeks that it may take: each is many encounters.
const MOST_LONG_LIVES: u32 = 1_500;

/// Who helps in which of the two, and how the difference divides between paths and between feelings; null where they are not the same people.
///
/// # Errors
///
/// None: nobody stops it.
pub(super) fn comparison(experiment: &Experiment, treatment: usize, control: usize) -> Result<Value, Stopped> {
    let scenario = experiment.scenario;
    let pair = Pair { treatment, control };
    let asked = Asked::about(scenario, pair);
    let mut json = json!({ "treatment": treatment, "control": control, "measure": asked.measure });
    if let Err(reason) = pair.check(scenario) {
        json["not_the_same"] = json!(reason.to_string());
        return Ok(json);
    }
    let compared = Pairs::new(experiment, &[pair], &Unwatched)?;
    let mut tallies = compared.nobody();
    observed(experiment, scenario.run.agents, &compared, |block| {
        tallies.iter_mut().zip(&block).for_each(|(own, later)| own.merge(later));
    });
    if let Some(tally) = tallies.first() {
        let joint = tally.joint;
        json["joint"] = json!({
            "both": joint.both,
            "treatment_only": joint.first_only,
            "control_only": joint.second_only,
            "neither": joint.neither,
        });
        json["difference"] = json!(tally.difference().map(interval));
    }
    let is_single = [treatment, control]
        .iter()
        .all(|place| scenario.conditions[*place].protocol.is_single());
    let most = if is_single { MOST_LIVES } else { MOST_LONG_LIVES };
    let differing = paths::differing(experiment, pair, &Unwatched)?;
    if differing.iter().any(|path| *path != Path::Circumstances) {
        let sets = u32::try_from(differing.len())
            .ok()
            .and_then(|count| 1_u32.checked_shl(count))
            .unwrap_or(u32::MAX);
        let paths = PathsObserver::new(experiment, &[pair], &Unwatched)?;
        let mut shares = paths.nobody();
        observed(experiment, (most / sets).max(LEAST_PEOPLE), &paths, |block| {
            shares.iter_mut().zip(&block).for_each(|(own, later)| own.merge(later));
        });
        json["paths"] = shares.first().map_or(Value::Null, divided);
    }
    let feelings = FeelingsObserver::new(experiment, &[pair]);
    let mut shares = feelings.nobody();
    observed(experiment, most / MIXTURES, &feelings, |block| {
        feelings::merge(&mut shares, &block)
    });
    json["feelings"] = shares.first().and_then(Option::as_ref).map_or(Value::Null, divided);
    Ok(json)
}

/// Lets the first people of a run live, and takes what was observed of each block.
fn observed<O: Observer>(experiment: &Experiment, people: u32, observer: &O, mut take: impl FnMut(O::State)) {
    let first = Observed {
        people: 0..people.min(experiment.scenario.run.agents),
        ..Observed::everybody(experiment, observer)
    };
    let done = first.run(&Unwatched, |state| {
        take(state);
        Ok::<_, Infallible>(())
    });
    debug_assert!(done.is_ok(), "nobody stops it");
}

fn divided(shares: &Shares) -> Value {
    let parts = shares.paths.iter().zip(&shares.carried).filter_map(|(key, carried)| {
        let mean = carried.mean.first(Z_95)?;
        Some(json!({ "key": key, "value": mean.value, "lower": mean.lower, "upper": mean.upper }))
    });
    json!({ "effect": shares.effect().map(interval), "parts": parts.collect::<Vec<_>>() })
}

fn interval(it: Estimate) -> Value {
    json!({ "value": it.value, "lower": it.lower, "upper": it.upper })
}

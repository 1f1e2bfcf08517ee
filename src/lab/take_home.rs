//! The scenario as it was run, and its tables, as files.

use crate::engine::driver::{Ended, Observation};
use crate::engine::monitor::Unwatched;
use crate::engine::observers::{Kept, Tallies};
use crate::engine::run::Experiment;
use crate::engine::tally::Tally;
use crate::report::{self, Layout, People};
use crate::scenario::to_toml;
use crate::study::observe;
use crate::summary::Summary;
use serde_json::{Value, json};
use std::convert::Infallible;

/// `scenario.toml`, `summary.csv` and the first rows of `people.csv`, as a run in the terminal writes them; of communities also `community.csv` and
/// `community_effects.csv`.
///
/// # Errors
///
/// If a table cannot be written, which memory always can.
pub(super) fn take_home(experiment: &Experiment, people: u64) -> Result<Value, String> {
    let scenario = experiment.scenario;
    let layout = Layout::new(scenario, People::First(people));
    let mut rows = report::people_header(&layout).into_bytes();
    let observer = (
        Tallies(experiment),
        Kept(|seen: &Observation| report::rows(seen, &layout)),
    );
    let mut tallies: Vec<Tally> = scenario.conditions.iter().map(Tally::new).collect();
    let done = observe(experiment, &observer, &Unwatched, |(block, kept)| {
        for (tally, block) in tallies.iter_mut().zip(&block) {
            tally.merge(block);
        }
        rows.extend(kept.into_iter().flatten());
        Ok::<_, Infallible>(())
    });
    let communities = match done {
        Ok(communities) => communities,
        Err(Ended::Stopped(_)) => unreachable!("nobody stops it"),
        Err(Ended::Kept(never)) => match never {},
    };
    let summary = report::summary_csv(&Summary::new(scenario, &tallies)).map_err(|error| error.to_string())?;
    let mut files = json!({
        "scenario.toml": to_toml(scenario),
        "summary.csv": String::from_utf8_lossy(&summary),
        "people.csv": String::from_utf8_lossy(&rows),
    });
    if let Some(communities) = communities {
        files["community.csv"] = json!(report::community_csv(scenario, &communities));
        files["community_effects.csv"] = json!(report::community_effects_csv(scenario, &communities));
    }
    Ok(files)
}

//! The scenario as it was run, and its tables, as files.

use crate::engine::driver::Ended;
use crate::engine::monitor::Unwatched;
use crate::engine::run::Experiment;
use crate::report::{self, Layout, People};
use crate::scenario::to_toml;
use crate::summary::Summary;
use serde_json::{Value, json};
use std::convert::Infallible;

/// `scenario.toml`, `summary.csv` and the first rows of `people.csv`, as a run in the terminal writes them.
///
/// # Errors
///
/// If a table cannot be written, which memory always can.
pub(super) fn take_home(experiment: &Experiment, people: u64) -> Result<Value, String> {
    let scenario = experiment.scenario;
    let layout = Layout::new(scenario, People::First(people));
    let mut rows = report::people_header(&layout).into_bytes();
    let done = experiment.run(
        &Unwatched,
        |played| report::rows(played, &layout),
        |played| {
            rows.extend_from_slice(&played);
            Ok::<_, Infallible>(())
        },
    );
    let tallies = match done {
        Ok(tallies) => tallies,
        Err(Ended::Stopped(_)) => unreachable!("nobody stops it"),
        Err(Ended::Kept(never)) => match never {},
    };
    let summary = report::summary_csv(&Summary::new(scenario, &tallies)).map_err(|error| error.to_string())?;
    Ok(json!({
        "scenario.toml": to_toml(scenario),
        "summary.csv": String::from_utf8_lossy(&summary),
        "people.csv": String::from_utf8_lossy(&rows),
    }))
}

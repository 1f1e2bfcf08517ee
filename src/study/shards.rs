//! A run in parts: what the people of some pieces have yielded is written down, and whoever has all parts joins them.
//!
//! Sums of floating-point numbers depend on their order in the last bits; so a part does not add its pieces up. It writes the state of each, and
//! the pieces of all parts are added in their order when they are joined, as those of a run in one go are.

use super::gathered::{self, Block, Gathered, Piece, counting, live, watching};
use super::{Options, Results, finished};
use crate::engine::driver::{Ended, Observation, at_once};
use crate::engine::monitor::{Monitor, Stopped};
use crate::model::parameters::Parameters;
use crate::scenario::Scenario;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

/// What some pieces have yielded, as it is written.
#[derive(Debug, Serialize, Deserialize)]
struct Written<S> {
    pieces: Vec<Piece<S>>,
    /// How many encounters there were in them.
    encounters: u64,
}

/// Why parts cannot be joined.
#[derive(Debug, thiserror::Error)]
pub enum JoinError<E> {
    /// What is written is not the people of this run.
    #[error("the people that are written there are not those of this run")]
    NotOfThisRun(#[from] postcard::Error),
    /// Somebody asked for it to end.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// Whoever reads or takes could not.
    #[error(transparent)]
    Kept(E),
}

/// How many pieces a run has: blocks of people, or communities.
pub fn pieces(scenario: &Scenario) -> u64 {
    gathered::pieces(scenario) as u64
}

/// Runs some pieces; `write` gets what they have yielded, some at a time, in order. `keep` makes of the people of each block in each condition
/// what is to be kept of them, as in [`run_keeping`](super::run_keeping).
///
/// # Errors
///
/// [`Ended::Stopped`] once the monitor asks for it; whatever `write` says.
pub fn run_part<K: Serialize + Send, E>(
    scenario: &Scenario,
    parameters: &Parameters,
    options: &Options,
    part: Range<u64>,
    monitor: &dyn Monitor,
    keep: impl Fn(&Observation) -> K + Sync,
    mut write: impl FnMut(Range<u64>, &[u8]) -> Result<(), E>,
) -> Result<(), Ended<E>> {
    let encounters = AtomicU64::new(0);
    let experiment = counting(scenario, parameters, &encounters);
    let watching = watching(&experiment, options, monitor, keep)?;
    let mut counted = encounters.load(Ordering::Relaxed);
    let mut first = part.start;
    let mut pieces = Vec::new();
    #[expect(
        clippy::cast_possible_truncation,
        reason = "as many as a run has, which is counted in memory"
    )]
    let range = part.start as usize..part.end as usize;
    live(&experiment, &watching, options, range, monitor, |piece| {
        pieces.push(piece);
        let next = first + pieces.len() as u64;
        // Only then is everybody who has been counted among those who are written.
        if pieces.len() == at_once() || next == part.end {
            let now = encounters.load(Ordering::Relaxed);
            let written = Written {
                pieces: std::mem::take(&mut pieces),
                encounters: now - counted,
            };
            counted = now;
            let bytes = postcard::to_stdvec(&written).expect("states are plain numbers and text");
            write(first..next, &bytes)?;
            first = next;
        }
        Ok(())
    })
}

/// Joins what the parts of a run have written, given in the order of the pieces, to what the run would have yielded in one go.
///
/// # Errors
///
/// [`JoinError`].
pub fn run_joined<K: DeserializeOwned, E>(
    scenario: &Scenario,
    parameters: &Parameters,
    options: &Options,
    written: impl Iterator<Item = Result<Vec<u8>, E>>,
    monitor: &dyn Monitor,
    mut take: impl FnMut(K) -> Result<(), E>,
) -> Result<Results, JoinError<E>> {
    let encounters = AtomicU64::new(0);
    let experiment = counting(scenario, parameters, &encounters);
    let watching = watching(&experiment, options, monitor, |_: &Observation| ())?;
    let mut gathered = Gathered::nobody(scenario, &watching, options);
    for bytes in written {
        monitor.check()?;
        let written: Written<Block<K>> = postcard::from_bytes(&bytes.map_err(JoinError::Kept)?)?;
        encounters.fetch_add(written.encounters, Ordering::Relaxed);
        for piece in written.pieces {
            gathered.add(piece, &mut take).map_err(JoinError::Kept)?;
        }
    }
    Ok(finished(&experiment, options, watching, gathered, monitor)?)
}

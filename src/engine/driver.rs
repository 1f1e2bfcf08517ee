//! The driver: the only scheduler, and the only user of threads.
//!
//! Pieces of work are done in any order and taken in theirs, so that no result depends on the number of threads; only so many are under way at
//! once, so that memory does not grow with their number.

use super::monitor::{Monitor, Stopped};
use rayon::prelude::*;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Pieces of work for each thread between two additions: enough to keep threads busy, few enough to hold in memory.
const PIECES_PER_THREAD: usize = 8;

/// Why work ended early.
#[derive(Debug, thiserror::Error)]
pub enum Ended<E> {
    /// Somebody asked for it.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// Whoever takes what is made could not take more.
    #[error(transparent)]
    Kept(E),
}

/// Does `count` pieces of work of a phase; `take` gets what becomes of them in the order of their numbers.
///
/// # Errors
///
/// [`Ended::Stopped`] once the monitor asks for it; whatever `take` says.
pub fn drive<T: Send, E>(
    count: usize,
    phase: &'static str,
    monitor: &dyn Monitor,
    work: impl Fn(usize) -> Result<T, Stopped> + Sync,
    mut take: impl FnMut(T) -> Result<(), E>,
) -> Result<(), Ended<E>> {
    let at_once = PIECES_PER_THREAD * rayon::current_num_threads();
    let finished = AtomicUsize::new(0);
    let piece = |number: usize| {
        monitor.check()?;
        let made = work(number)?;
        monitor.advanced(phase, finished.fetch_add(1, Ordering::Relaxed) + 1, count);
        Ok(made)
    };
    for first in (0..count).step_by(at_once) {
        let numbers = first..count.min(first + at_once);
        let done: Vec<Result<T, Stopped>> = numbers.into_par_iter().map(piece).collect();
        for made in done {
            take(made?).map_err(Ended::Kept)?;
        }
    }
    Ok(())
}

/// What becomes of each item, in their order.
pub fn each<T: Send, R: Send>(items: Vec<T>, work: impl Fn(T) -> R + Sync + Send) -> Vec<R> {
    items.into_par_iter().map(work).collect()
}

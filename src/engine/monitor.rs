//! Watching long work: how far it is, and whether it shall stop.

use std::sync::atomic::{AtomicBool, Ordering};

/// Somebody who watches long work.
pub trait Monitor: Sync {
    /// Whether the work shall stop.
    fn is_stopped(&self) -> bool;

    /// So many pieces of all of a phase are done. Told by several threads, so that the news may come out of order.
    fn advanced(&self, phase: &'static str, done: usize, all: usize) {
        let _ = (phase, done, all);
    }

    /// Goes on, or not.
    ///
    /// # Errors
    ///
    /// [`Stopped`] if the work shall stop.
    fn check(&self) -> Result<(), Stopped> {
        if self.is_stopped() { Err(Stopped) } else { Ok(()) }
    }
}

/// Work ended early because its [`Monitor`] asked for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("stopped before all people were simulated")]
pub struct Stopped;

/// Nobody watches, and nobody stops.
#[derive(Debug, Clone, Copy)]
pub struct Unwatched;

impl Monitor for Unwatched {
    fn is_stopped(&self) -> bool {
        false
    }
}

/// A monitor that is asked whether to stop, and told nothing: of the parts of a work that is told of as a whole.
pub struct Silent<'a>(pub &'a dyn Monitor);

impl Monitor for Silent<'_> {
    fn is_stopped(&self) -> bool {
        self.0.is_stopped()
    }
}

/// A flag that stops the work once it is true, and cares for nothing else.
impl Monitor for AtomicBool {
    fn is_stopped(&self) -> bool {
        self.load(Ordering::Relaxed)
    }
}

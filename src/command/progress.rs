//! The progress bar: on a terminal, for anything longer than a second.

use compassion::engine::monitor::Monitor;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, IsTerminal};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// A bar that appears only if it is needed.
pub struct Progress {
    bar: ProgressBar,
    start: Instant,
    wanted: bool,
    shown: AtomicBool,
}

impl Progress {
    /// A bar for so many pieces of work; none if quiet, or if standard error is not a terminal.
    pub fn new(pieces: usize, quiet: bool) -> Self {
        let bar = ProgressBar::with_draw_target(Some(pieces as u64), ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{wide_bar} {percent} % · {msg}{eta} left") {
            bar.set_style(style);
        }
        Self {
            bar,
            start: Instant::now(),
            wanted: !quiet && io::stderr().is_terminal(),
            shown: AtomicBool::new(false),
        }
    }

    /// Says what is going on.
    pub fn tell(&self, what: &str) {
        self.bar.set_message(format!("{what} · "));
    }

    /// So many pieces are done; told by several threads, so that the news may come out of order.
    pub fn reached(&self, pieces: usize) {
        let late = self.start.elapsed() > Duration::from_secs(1);
        if self.wanted && late && !self.shown.swap(true, Ordering::Relaxed) {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.set_position(self.bar.position().max(pieces as u64));
    }
}

/// The terminal as it watches a run: a bar that begins anew with each phase, and Ctrl-C.
pub struct Watched<'a> {
    stop: &'a AtomicBool,
    bar: Progress,
}

impl<'a> Watched<'a> {
    /// With a bar unless quiet; it stops once `stop` is true.
    pub fn new(stop: &'a AtomicBool, quiet: bool) -> Self {
        Self {
            stop,
            bar: Progress::new(0, quiet),
        }
    }
}

impl Monitor for Watched<'_> {
    fn is_stopped(&self) -> bool {
        self.stop.is_stopped()
    }

    fn advanced(&self, phase: &'static str, done: usize, all: usize) {
        let bar = &self.bar.bar;
        let message = format!("{phase} · ");
        if bar.message() != message {
            bar.set_message(message);
            bar.set_length(all as u64);
            bar.set_position(0);
            bar.reset_eta();
        }
        self.bar.reached(done);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

//! Ctrl-C, and the signals by which a system ends a program or a terminal hangs up.

use super::failure::Failure;
use super::output;
use compassion::files::abandon_unfinished;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// How long work may take to end by itself: a block of people, or a chart, is usually done long before.
const GRACE: Duration = Duration::from_secs(2);

/// What becomes true when somebody wants the program to end; work that does not see it soon is abandoned, and leaves nothing unfinished behind.
pub fn on_ctrl_c() -> Result<Arc<AtomicBool>, Failure> {
    let stop = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&stop);
    ctrlc::set_handler(move || {
        flag.store(true, Ordering::Relaxed);
        std::thread::sleep(GRACE);
        abandon_unfinished();
        output::remark("error: stopped: what was being written was not finished");
        std::process::exit(2);
    })
    .map_err(|error| match error {
        ctrlc::Error::System(source) => Failure::Start(format!("no thread can wait for Ctrl-C: {source}")),
        other => Failure::Start(other.to_string()),
    })?;
    Ok(stop)
}

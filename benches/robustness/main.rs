//! Attacks: files by chance and mutations of them on their whole way, and runs that are killed, hindered and crossed.
//!
//! ```text
//! cargo bench --bench robustness -- [--seed N] [--count N] [--whole-every N] [--kills N]
//! ```
//!
//! The same seed and count make the same files. Every file is read, described, run and made into tables; every so-manieth is also compared, told,
//! drawn and written. After each valid file comes a mutation of it. Nothing may panic, no number may be none, nothing may be lost, and all that is
//! written is well-formed. Then runs are killed at random moments, write into one folder at once, and find the disk full: what stands is whole,
//! the old or the new. Ends with exit code 1 at the first thing that does not hold, and prints the file that shows it.

mod forms;
mod generator;
#[cfg(unix)]
mod interruptions;
mod pipeline;

use generator::Chance;
use pipeline::{Bench, Came, Way};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

/// What is asked for.
struct Options {
    seed: u64,
    count: u64,
    whole_every: u64,
    kills: u64,
}

fn options() -> Options {
    let arguments: Vec<String> = std::env::args().collect();
    let value = |flag: &str, usual: u64| {
        let at = arguments.iter().position(|argument| argument == flag);
        let given = at.and_then(|at| arguments.get(at + 1));
        given.map_or(usual, |text| {
            text.parse().unwrap_or_else(|_| panic!("{flag} takes a whole number"))
        })
    };
    Options {
        seed: value("--seed", 1),
        count: value("--count", 200),
        whole_every: value("--whole-every", 20).max(1),
        kills: value("--kills", 10),
    }
}

fn main() -> ExitCode {
    let options = options();
    match files(&options).and_then(|()| interrupted(&options)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(found) => {
            eprintln!("{found}");
            ExitCode::FAILURE
        }
    }
}

/// Files by chance, until so many valid ones were run.
fn files(options: &Options) -> Result<(), String> {
    let start = Instant::now();
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let place = folder.path().join("results");
    let bench = Bench::new();
    let (mut run, mut refused, mut mutations_run, mut left_out) = (0, 0, 0, 0);
    let mut number = 0;
    while run < options.count {
        let mut chance = Chance::of(options.seed, number);
        let text = generator::scenario(&mut chance);
        let way = if run % options.whole_every == 0 {
            Way::Whole
        } else {
            Way::Tables
        };
        match safely(&bench, &text, way, &place, number)? {
            Came::Refused => refused += 1,
            Came::Run { left_out: charts } => {
                run += 1;
                left_out += charts;
                let mutated = generator::mutated(&mut chance, &text);
                if let Came::Run { .. } = safely(&bench, &mutated, Way::Tables, &place, number)? {
                    mutations_run += 1;
                }
            }
        }
        number += 1;
        if refused > 10 * (run + 20) {
            return Err(format!(
                "{refused} of {number} generated files are refused, the last:\n{text}"
            ));
        }
    }
    println!(
        "{run} generated files run, {refused} refused; as many mutations, {mutations_run} of them run; {left_out} charts left out (seed {}, count {}, {:.0} s)",
        options.seed,
        options.count,
        start.elapsed().as_secs_f64()
    );
    Ok(())
}

/// Takes a file on its way; a panic is something that does not hold.
fn safely(bench: &Bench, text: &str, way: Way, place: &Path, number: u64) -> Result<Came, String> {
    let gone = catch_unwind(AssertUnwindSafe(|| bench.goes(text, way, place)));
    let gone = gone.unwrap_or_else(|_| Err("panicked".to_owned()));
    gone.map_err(|found| format!("file {number}: {found}\n\n{text}"))
}

#[cfg(unix)]
fn interrupted(options: &Options) -> Result<(), String> {
    let start = Instant::now();
    let desk = interruptions::Desk::new()?;
    let written = desk.killed(&mut Chance::of(options.seed, u64::MAX), options.kills)?;
    let pairs = options.kills.div_ceil(5);
    desk.together(pairs)?;
    // Of the sizes at which files of such a run end, as many as kills.
    let sizes = (0..options.kills).map(|number| number * number * 600 / options.kills.max(1).pow(2));
    let gave_up = desk.full(sizes)?;
    desk.templates()?;
    println!(
        "{} kills, {written} of them after the results were written; {pairs} pairs of runs at once; {} full disks, {gave_up} runs gave up ({:.0} s)",
        options.kills,
        options.kills,
        start.elapsed().as_secs_f64()
    );
    Ok(())
}

#[cfg(not(unix))]
fn interrupted(_: &Options) -> Result<(), String> {
    Ok(())
}

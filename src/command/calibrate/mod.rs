//! `simulate calibrate PATH…`: the parameters that fit what people did, how sure they are, and whether they predict what they have not seen.

mod prepared;
mod unseen;
mod whole;

use super::failure::Failure;
use super::options::shard;
use super::shards::provenance_of;
use clap::Args;
use compassion::files::Shards;
use compassion::fit::objective::fitted_cells;
use prepared::Prepared;
use std::path::PathBuf;

/// Files and flags of a calibration.
#[derive(Debug, Args)]
pub struct Calibrate {
    /// Scenario files with counts (`observed = { helped, of }`), or folders of them; means enter where the file says `calibrate = true`, contrasts and patterns never
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// A parameter file whose other parameters are kept, instead of the built-in one
    #[arg(long, value_name = "FILE")]
    parameters: Option<PathBuf>,
    /// What was believed before, instead of the built-in priors; the parameters named there are free
    #[arg(long, value_name = "FILE")]
    priors: Option<PathBuf>,
    /// Begin at the values that the parameters have now instead of the centres of the priors
    #[arg(long, conflicts_with = "recover")]
    from_here: bool,
    /// Seed of the people, their luck and the search
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// People of each cell; the same in every evaluation
    #[arg(long, value_name = "N", default_value_t = 512, value_parser = clap::value_parser!(u32).range(16..=1_000_000))]
    people: u32,
    /// Evaluations of the evolution strategy, after which the emulator takes over
    #[arg(long, value_name = "N", default_value_t = 2_000)]
    evaluations: u64,
    /// Rounds of the walkers that show the uncertainty; 0 for none
    #[arg(long, value_name = "N", default_value_t = 150)]
    rounds: u32,
    /// Walkers
    #[arg(long, value_name = "N", default_value_t = 64, value_parser = walkers)]
    walkers: usize,
    /// Also write this many plausible parameter sets to a file
    #[arg(long, value_name = "FILE")]
    ensemble: Option<PathBuf>,
    /// Plausible parameter sets
    #[arg(long, value_name = "N", default_value_t = 40)]
    sets: usize,
    /// Fit without these studies (names of files) and predict them; given several times, without all of them at once
    #[arg(long, value_name = "STUDY", conflicts_with_all = ["leave_one_study_out", "leave_one_kind_out", "recover"])]
    hold_out: Vec<String>,
    /// Fit without each study in turn and predict it
    #[arg(long, alias = "leave-one-out", conflicts_with_all = ["leave_one_kind_out", "recover"])]
    leave_one_study_out: bool,
    /// Fit without each kind of study in turn (`kinds.csv` beside the files says which is which) and predict it
    #[arg(long, conflicts_with = "recover")]
    leave_one_kind_out: bool,
    /// Make counts from parameters drawn with this seed, fit them, and compare
    #[arg(long, value_name = "SEED")]
    recover: Option<u64>,
    /// Do not ask for the constraints (sweet spot, contributory mechanisms, …)
    #[arg(long)]
    unconstrained: bool,
    /// Folder for results; writes DIR/calibrate/, and DIR/calibrate.state.json from which a fit (not one that leaves out or recovers) goes on after an interruption
    #[arg(long, value_name = "DIR", default_value = "output")]
    out: PathBuf,
    /// Begin anew where an interrupted calibration could be gone on with
    #[arg(long)]
    fresh: bool,
    /// Only the I-th of N parts of the walkers; `simulate merge` joins them. Writes DIR/calibrate-IofN/, and takes the search from DIR/calibrate.state.json if it is there (`--rounds 0` makes it)
    #[arg(long, value_name = "I/N", value_parser = shard, conflicts_with_all = ["recover", "hold_out", "leave_one_study_out", "leave_one_kind_out"])]
    shard: Option<[u32; 2]>,
    /// Threads; without it all processors. No result depends on it
    #[arg(long, visible_alias = "jobs", value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Print only results and errors
    #[arg(long, short)]
    quiet: bool,
    /// Write into a folder with results of other files, or from elsewhere
    #[arg(long)]
    force: bool,
}

/// Fits, leaves out, or recovers.
pub fn run(options: &Calibrate) -> Result<(), Failure> {
    calibrate(options, Prepared::new(options)?)
}

fn calibrate(options: &Calibrate, prepared: Prepared) -> Result<(), Failure> {
    let cells = fitted_cells(&prepared.evidence);
    if cells.is_empty() {
        return Err(Failure::NothingToFit);
    }
    if let Some(seed) = options.recover {
        return unseen::recovered(options, &prepared, &cells, seed);
    }
    if options.leave_one_study_out || options.leave_one_kind_out || !options.hold_out.is_empty() {
        return unseen::held_out(options, &prepared, &cells);
    }
    match options.shard {
        Some(shard) => whole::part(options, &prepared, &cells, shard),
        None => whole::calibrated(options, &prepared, &cells),
    }
}

/// Goes on with a calibration whose walkers have walked in shards.
pub(super) fn merged(mut options: Calibrate, merge: (PathBuf, bool), shards: &Shards) -> Result<(), Failure> {
    (options.out, options.force) = merge;
    whole::joined(&options, shards)?;
    (options.fresh, options.quiet) = (false, true);
    let mut prepared = Prepared::new(&options)?;
    prepared.command = provenance_of(shards)?.command;
    calibrate(&options, prepared)
}

impl Calibrate {
    /// The command that makes this fit again: what is fitted, and every flag on which a number depends.
    fn command(&self) -> String {
        let paths: Vec<String> = self.paths.iter().map(|path| path.display().to_string()).collect();
        let mut text = format!(
            "simulate calibrate {} --people {} --seed {} --evaluations {} --walkers {} --rounds {}",
            paths.join(" "),
            self.people,
            self.seed,
            self.evaluations,
            self.walkers,
            self.rounds
        );
        if self.ensemble.is_some() {
            text += &format!(" --sets {} --ensemble FILE", self.sets);
        }
        for (wanted, flag) in [
            (self.from_here, " --from-here"),
            (self.unconstrained, " --unconstrained"),
        ] {
            if wanted {
                text += flag;
            }
        }
        text
    }
}

fn walkers(text: &str) -> Result<usize, String> {
    match text.parse::<usize>() {
        Ok(count) if (2..=10_000).contains(&count) => Ok(count),
        _ => Err(format!("`{text}` is not a whole number from 2 to 10,000")),
    }
}

//! The flags of a run.

use super::comparing::Comparing;
use super::failure::Failure;
use super::uncertain::Uncertain;
use clap::Args;
use compassion::model::parameters::Parameters;
use compassion::parameters;
use compassion::programs;
use compassion::report::{ParameterSet, People};
use compassion::scenario::{LoadError, Loaded, load};
use std::path::{Path, PathBuf};

/// Files and flags of a run.
#[derive(Debug, Args)]
pub struct RunOptions {
    /// Scenario files
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    #[command(flatten)]
    pub changes: Changes,
    /// Folder for results; a run writes `DIR/<file stem>/`
    #[arg(long, value_name = "DIR", default_value = "output")]
    pub out: PathBuf,
    /// Rows of people.csv for each condition: `all`, `none` or a number
    #[arg(long, value_name = "all|none|N", default_value = "10000", value_parser = people)]
    pub people: People,
    /// Threads; without it all processors. No result depends on it
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Print one JSON object per file instead of the table
    #[arg(long)]
    pub json: bool,
    /// Print only results and errors
    #[arg(long, short)]
    pub quiet: bool,
    /// Write into a folder with results of another scenario, or from elsewhere
    #[arg(long)]
    pub force: bool,
    // Behind the others: their headings hold for all flags that follow.
    #[command(flatten)]
    pub comparing: Comparing,
    #[command(flatten)]
    pub uncertain: Uncertain,
}

/// Flags that change what is simulated.
#[derive(Debug, Args)]
pub struct Changes {
    /// Seed, instead of the file's
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// People per condition, instead of the file's
    #[arg(long, value_name = "N")]
    pub agents: Option<u64>,
    /// A parameter file instead of the built-in one
    #[arg(long, value_name = "FILE")]
    pub parameters: Option<PathBuf>,
    /// Change one key, for instance situation.escape=0.1; may be given several times
    #[arg(long, value_name = "KEY=VALUE")]
    pub set: Vec<String>,
}

impl Changes {
    /// Reads and checks a scenario file with these changes.
    pub fn load(&self, file: &Path) -> Result<Loaded, LoadError> {
        let mut overrides: Vec<(&str, String)> = self.set.iter().map(|it| ("--set", it.clone())).collect();
        overrides.extend(self.seed.map(|it| ("--seed", format!("run.seed={it}"))));
        overrides.extend(self.agents.map(|it| ("--agents", format!("run.agents={it}"))));
        load(file, programs::builtin(), &overrides)
    }

    /// The parameter set, and where it comes from.
    pub fn parameters(&self) -> Result<(Parameters, ParameterSet, Vec<String>), Failure> {
        let read = match &self.parameters {
            Some(file) => parameters::load(file)?,
            None => parameters::builtin(),
        };
        let assumed = read.assumptions();
        let set = ParameterSet {
            file: read.file,
            sha256: read.sha256,
            assumptions: assumed.len(),
            of: parameters::count(&read.entries),
        };
        Ok((read.values, set, assumed))
    }
}

fn people(text: &str) -> Result<People, String> {
    match text {
        "all" => Ok(People::All),
        "none" => Ok(People::First(0)),
        number => number
            .parse()
            .map(People::First)
            .map_err(|_| format!("`{number}` is neither `all`, `none` nor a whole number")),
    }
}

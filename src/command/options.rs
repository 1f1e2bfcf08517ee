//! The flags of a run.

use super::comparing::Comparing;
use super::failure::Failure;
use super::sweep::{Charts, charts};
use super::uncertain::Uncertain;
use clap::Args;
use compassion::analysis::vary::{Values, Varied};
use compassion::files::TableForm;
use compassion::model::parameters::Parameters;
use compassion::parameters::{self, Entries};
use compassion::programs;
use compassion::report::{ParameterSet, People};
use compassion::scenario::{LoadError, Loaded, load};
use sha2::{Digest, Sha256};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// Files and flags of a run.
#[derive(Debug, Args)]
pub struct RunOptions {
    /// Scenario files
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    #[command(flatten)]
    pub changes: Changes,
    /// Draw the answer over a key, from 0 to 1 or over a range of its own: situation.escape, situation.mood=-1..1. As `[vary]` in a file does
    #[arg(long, value_name = "KEY[=low..high]", value_parser = over)]
    pub over: Option<Over>,
    /// Folder for results; a run writes `DIR/<file stem>/`, with `--set` `DIR/<file stem>+KEY=VALUE/`
    #[arg(long, value_name = "DIR", default_value = "output")]
    pub out: PathBuf,
    /// Only the I-th of N parts of the people; `simulate merge` joins them. Writes `DIR/<file stem>-IofN/`, and goes on where it was interrupted
    #[arg(long, value_name = "I/N", value_parser = shard)]
    pub shard: Option<[u32; 2]>,
    /// Rows of people.csv for each condition: `all`, `none` or a number
    #[arg(long, value_name = "all|none|N", default_value = "10000", value_parser = people)]
    pub people: People,
    /// Which charts are written
    #[arg(long, value_name = "none|png|svg|all", default_value = "all", value_parser = charts)]
    pub charts: Charts,
    #[command(flatten)]
    pub tables: Tables,
    /// Write people and ties of the first community for Gephi and networkx also where it has more than 400 people
    #[arg(long)]
    pub ties: bool,
    /// Threads; without it all processors. No result depends on it
    #[arg(long, visible_alias = "jobs", value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Print every comparison with its intervals, after the answer
    #[arg(long, conflicts_with = "json")]
    pub full: bool,
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

/// Flags of commands that run many studies: where results go, and how.
#[derive(Debug, Args)]
pub struct Writing {
    /// Folder for results; in it a folder of the command, and in that `<file stem>/`, with `--set` `<file stem>+KEY=VALUE/`
    #[arg(long, value_name = "DIR", default_value = "output")]
    pub out: PathBuf,
    /// Threads; without it all processors. No result depends on it
    #[arg(long, visible_alias = "jobs", value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Print only results and errors
    #[arg(long, short)]
    pub quiet: bool,
    /// Replace results of another scenario, or from elsewhere, in the same place
    #[arg(long)]
    pub force: bool,
    #[command(flatten)]
    pub tables: Tables,
}

/// Forms in which tables are written beside CSV.
#[derive(Debug, Clone, Copy, Args)]
pub struct Tables {
    /// `parquet` writes every table that has a codebook as Parquet too
    #[arg(long, value_name = "csv|parquet", default_value = "csv", value_parser = format)]
    pub format: Format,
    /// Write every table that has a codebook as `NAME_excel.csv` too: semicolons, decimal commas, and letters that Excel reads by a double click
    #[arg(long)]
    pub excel: bool,
}

impl Tables {
    /// The forms.
    pub fn forms(self) -> impl Iterator<Item = TableForm> {
        let parquet = (self.format == Format::Parquet).then_some(TableForm::Parquet);
        parquet.into_iter().chain(self.excel.then_some(TableForm::Excel))
    }

    /// The forms of either.
    pub fn or(self, other: Self) -> Self {
        Self {
            format: if self.format == Format::Csv {
                other.format
            } else {
                self.format
            },
            excel: self.excel || other.excel,
        }
    }
}

/// The form of tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Csv,
    Parquet,
}

fn format(text: &str) -> Result<Format, String> {
    match text {
        "csv" => Ok(Format::Csv),
        "parquet" => Ok(Format::Parquet),
        other => Err(format!("`{other}` is neither `csv` nor `parquet`")),
    }
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
    /// Change one key, for instance situation.escape=0.1; may be given several times. Title and folder of results name it
    #[arg(long, value_name = "KEY=VALUE")]
    pub set: Vec<String>,
}

impl Changes {
    /// Reads and checks a scenario file with these changes.
    pub fn load(&self, file: &Path) -> Result<Loaded, LoadError> {
        self.load_with(file, Vec::new())
    }

    /// Reads and checks a scenario file with these changes, and those that other flags stand for.
    pub fn load_with(&self, file: &Path, further: Vec<(&'static str, String)>) -> Result<Loaded, LoadError> {
        let mut overrides: Vec<(&str, String)> = self.set.iter().map(|it| ("--set", it.clone())).collect();
        overrides.extend(self.seed.map(|it| ("--seed", format!("run.seed={it}"))));
        overrides.extend(self.agents.map(|it| ("--agents", format!("run.agents={it}"))));
        overrides.extend(further);
        let mut loaded = load(file, programs::builtin(), &overrides)?;
        // A title that is set needs no word that something is.
        let changed: Vec<String> = self.keys().filter(|set| !set.starts_with("title=")).collect();
        if !changed.is_empty() {
            loaded.scenario.title += &format!(" ({})", changed.join(", "));
        }
        Ok(loaded)
    }

    /// The folder of a file's results under `out`: its stem, and what `--set` changes, so that a changed run leaves the unchanged one's results
    /// alone. None if the file has no stem.
    pub fn place(&self, out: &Path, file: &Path) -> Option<PathBuf> {
        folder_name(file, &self.set).map(|name| out.join(name))
    }

    /// What `--set` changes, without blanks around the equals sign.
    fn keys(&self) -> impl Iterator<Item = String> {
        keys(&self.set)
    }

    /// The parameters of the set one by one, with what they rest on.
    pub fn entries(&self) -> Result<Entries, Failure> {
        Ok(match &self.parameters {
            Some(file) => parameters::load(file)?.entries,
            None => parameters::shipped_entries().clone(),
        })
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

/// The name of the folder of a file's results: its stem, and what is changed. None if the file has no stem.
pub(super) fn folder_name(file: &Path, changes: &[String]) -> Option<OsString> {
    let mut name = file.file_stem()?.to_owned();
    if !changes.is_empty() {
        name.push(folder_suffix(keys(changes)));
    }
    Some(name)
}

fn keys(changes: &[String]) -> impl Iterator<Item = String> {
    changes.iter().map(|set| match set.split_once('=') {
        Some((key, value)) => format!("{}={}", key.trim(), value.trim()),
        None => set.clone(),
    })
}

/// Changes as they may stand in the name of a folder on any system; long ones are cut, and told apart by their hash.
fn folder_suffix(changes: impl Iterator<Item = String>) -> String {
    const LONGEST: usize = 100;
    let allowed = |letter: char| letter.is_alphanumeric() || "._=-".contains(letter);
    let change = |set: String| -> String {
        let letters = set.chars().filter(|letter| !"\"'".contains(*letter));
        letters
            .map(|letter| if allowed(letter) { letter } else { '-' })
            .collect()
    };
    let all: Vec<String> = changes.collect();
    let suffix: String = all.iter().map(|set| format!("+{}", change(set.clone()))).collect();
    if suffix.chars().count() <= LONGEST {
        return suffix;
    }
    let start: String = suffix.chars().take(LONGEST).collect();
    let hash = Sha256::digest(all.join("\n"));
    format!("{start}-{:02x}{:02x}{:02x}", hash[0], hash[1], hash[2])
}

/// A key that the answer is drawn over, and its range if that is not 0 to 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Over {
    key: String,
    range: Option<[f64; 2]>,
}

impl Over {
    /// What stands in `[vary]` for it.
    pub fn changes(&self) -> Vec<(&'static str, String)> {
        let key = toml::Value::String(self.key.clone());
        let mut all = vec![("--over", format!("vary.key={key}"))];
        if let Some([from, to]) = self.range {
            all.extend([
                ("--over", format!("vary.from={from:?}")),
                ("--over", format!("vary.to={to:?}")),
            ]);
        }
        all
    }
}

fn over(text: &str) -> Result<Over, String> {
    if !text.contains('=') {
        return Ok(Over {
            key: text.to_owned(),
            range: None,
        });
    }
    let varied = Varied::read(text, true).map_err(|error| error.to_string())?;
    match varied.values {
        Values::Range { low, high, .. } => Ok(Over {
            key: varied.key,
            range: Some([low, high]),
        }),
        Values::Listed(_) => Err(format!(
            "`{text}` has no range; write KEY=low..high, or vary listed values with `simulate sweep FILE --vary {text}`"
        )),
    }
}

/// A part of a whole, such as the third of eight.
pub(super) fn shard(text: &str) -> Result<[u32; 2], String> {
    let parts = text
        .split_once('/')
        .and_then(|(number, of)| Some([number.parse().ok()?, of.parse().ok()?]));
    match parts {
        Some([number, of]) if (1..=of).contains(&number) => Ok([number, of]),
        _ => Err(format!("`{text}` is no part of a whole; the third of eight is `3/8`")),
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

#[cfg(test)]
mod tests {
    use super::*;

    fn name(set: &[&str]) -> String {
        folder_suffix(set.iter().map(|set| (*set).to_owned()))
    }

    #[test]
    fn changes_name_folders_that_any_system_has() {
        assert_eq!(name(&["situation.escape=0.1"]), "+situation.escape=0.1");
        assert_eq!(name(&["a=[1, 2]", "b=\"x/y\""]), "+a=-1--2-+b=x-y");
        let long = |end: &str| name(&[&format!("title={}{end}", "x".repeat(300))]);
        assert!(long("1").len() < 120);
        assert_ne!(long("1"), long("2"));
    }
}

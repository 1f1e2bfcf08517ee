//! Scenario files that say what people did: a file, several, or whole folders.

use super::pattern::{Pattern, PatternError};
use super::standing::Standing;
use crate::scenario::{LoadError, Loaded, Observed, Scenario};
use crate::statistics::Count;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The name of a table of patterns beside scenario files.
pub const PATTERNS: &str = "patterns.csv";

/// The line by which a file says that later studies did not find its effect in this size.
const REPLICATES_BADLY: &str = "# replicates badly:";

/// The line by which a file says that its numbers are nobody's, and only show the form.
const NOT_EVIDENCE: &str = "# not evidence:";

/// One scenario file and what it says about its own numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Study {
    /// The file.
    pub path: PathBuf,
    /// Its name without folder and ending.
    pub name: String,
    /// What it holds.
    pub scenario: Scenario,
    /// Whether it is marked as replicating badly.
    pub replicates_badly: bool,
    /// Whether it is marked as no evidence.
    not_evidence: bool,
    /// Where its numbers come from.
    pub standing: Standing,
    /// SHA-256 of its text with line ends `\n`, in hexadecimal digits.
    pub sha256: String,
}

/// All that is scored.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// Files that carry `observed` or `contrast`, or to which a pattern refers.
    pub studies: Vec<Study>,
    /// Files that carry neither, or are marked as no evidence.
    pub skipped: Vec<PathBuf>,
    /// Checks from tables of patterns, about files that are among the studies.
    pub patterns: Vec<Pattern>,
    /// Checks left out because their file was not given.
    pub patterns_without_file: usize,
}

/// Why there is no evidence.
#[derive(Debug, thiserror::Error)]
pub enum EvidenceError {
    /// Files are not valid scenarios, or cannot be read; all of them.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n\n"))]
    Scenarios(Vec<LoadError>),
    /// A folder cannot be listed.
    #[error("cannot list `{}`", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A table of patterns is wrong.
    #[error(transparent)]
    Pattern(#[from] PatternError),
    /// Two scored files have one name, by which a report names them.
    #[error("`{}` and `{}` have the same name, and a report tells files apart by their names; rename one of them", .0.display(), .1.display())]
    SameName(PathBuf, PathBuf),
    /// Nothing to score.
    #[error("none of {} file(s) carries evidence (`observed` or `contrast`), so there is nothing to score; give files with published results, for instance `scenarios/published`", .0)]
    Nothing(usize),
}

impl Evidence {
    /// Loads files, and all `*.toml` of folders in the order of their names; a file given twice counts once.
    ///
    /// `load` reads one file. Tables of patterns are taken from the folders of all files.
    ///
    /// # Errors
    ///
    /// [`EvidenceError`]; if files are wrong, all of them are reported.
    pub fn load(paths: &[PathBuf], load: impl Fn(&Path) -> Result<Loaded, LoadError>) -> Result<Self, EvidenceError> {
        let files = files(paths)?;
        let mut failed = Vec::new();
        let mut studies = Vec::new();
        for path in &files {
            match load(path) {
                Ok(it) => studies.push(Study::new(path, it)),
                Err(error) => failed.push(error),
            }
        }
        if !failed.is_empty() {
            return Err(EvidenceError::Scenarios(failed));
        }
        let mut patterns = Vec::new();
        let mut patterns_without_file = 0;
        for table in tables(&files) {
            for it in Pattern::table(&table)? {
                match studies.iter().position(|study| it.is_about(&study.path)) {
                    Some(study) => patterns.push(it.placed(study, &studies[study].scenario)?),
                    None => patterns_without_file += 1,
                }
            }
        }
        let checked: BTreeSet<usize> = patterns.iter().map(|it| it.study).collect();
        let kept: Vec<bool> = (0..studies.len())
            .map(|it| studies[it].is_scored() || checked.contains(&it))
            .collect();
        // Patterns name studies by their place, which moves when files are left out.
        for it in &mut patterns {
            it.study = kept[..it.study].iter().filter(|it| **it).count();
        }
        let mut skipped = Vec::new();
        let mut scored = Vec::new();
        for (study, kept) in studies.into_iter().zip(kept) {
            if kept {
                scored.push(study);
            } else {
                skipped.push(study.path);
            }
        }
        if scored.is_empty() {
            return Err(EvidenceError::Nothing(skipped.len()));
        }
        let mut names = BTreeMap::new();
        for it in &scored {
            if let Some(other) = names.insert(it.name.as_str(), &it.path) {
                return Err(EvidenceError::SameName(other.clone(), it.path.clone()));
            }
        }
        Ok(Self {
            studies: scored,
            skipped,
            patterns,
            patterns_without_file,
        })
    }

    /// The cells with counts: place of the study, of the condition in it, and the count.
    pub fn cells(&self) -> Vec<(usize, usize, Count)> {
        let mut cells = Vec::new();
        for (number, study) in self.studies.iter().enumerate() {
            cells.extend(study.cells().map(|(condition, count)| (number, condition, count)));
        }
        cells
    }
}

impl Study {
    /// A file that was read.
    pub fn new(path: &Path, loaded: Loaded) -> Self {
        let text = loaded.source.text().replace("\r\n", "\n");
        let cells = loaded
            .scenario
            .conditions
            .iter()
            .filter(|it| it.observed.is_some())
            .count();
        Self {
            path: path.to_owned(),
            name: path.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
            replicates_badly: text.lines().any(|it| it.starts_with(REPLICATES_BADLY)),
            not_evidence: text.lines().any(|it| it.starts_with(NOT_EVIDENCE)),
            standing: Standing::of(&text, cells, claims(&loaded.scenario)),
            sha256: hexadecimal(&Sha256::digest(text.as_bytes())),
            scenario: loaded.scenario,
        }
    }

    /// Conditions with counts, by their place.
    pub fn cells(&self) -> impl Iterator<Item = (usize, Count)> {
        self.scenario
            .conditions
            .iter()
            .enumerate()
            .filter_map(|(number, it)| match it.observed {
                Some(Observed::Helped { helped, of }) => {
                    let count = Count {
                        successes: u64::from(helped),
                        trials: u64::from(of),
                    };
                    Some((number, count))
                }
                _ => None,
            })
    }

    /// Whether it says what people did.
    fn is_scored(&self) -> bool {
        let says = claims(&self.scenario) > 0 || self.scenario.conditions.iter().any(|it| it.observed.is_some());
        says && !self.not_evidence
    }
}

/// How many contrasts say what was found.
fn claims(scenario: &Scenario) -> usize {
    let contrasts = scenario.contrasts.iter();
    contrasts.filter(|contrast| contrast.observed.makes_claim()).count()
}

/// Bytes as hexadecimal digits.
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}

/// The files that paths stand for.
fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, EvidenceError> {
    let mut files: Vec<PathBuf> = Vec::new();
    let mut known = BTreeSet::new();
    for path in paths {
        let found = if path.is_dir() {
            listed(path)?
        } else {
            vec![path.clone()]
        };
        for it in found {
            let same = std::fs::canonicalize(&it).unwrap_or_else(|_| it.clone());
            if known.insert(same) {
                files.push(it);
            }
        }
    }
    Ok(files)
}

/// The scenario files of a folder, by name.
fn listed(folder: &Path) -> Result<Vec<PathBuf>, EvidenceError> {
    let refused = |source| EvidenceError::Folder {
        path: folder.to_owned(),
        source,
    };
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(refused)? {
        let path = entry.map_err(refused)?.path();
        if path.extension().is_some_and(|it| it == "toml") && path.is_file() {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// The tables of patterns in the folders of these files, each once.
fn tables(files: &[PathBuf]) -> Vec<PathBuf> {
    let mut tables: Vec<PathBuf> = Vec::new();
    for file in files {
        let table = file.with_file_name(PATTERNS);
        if table.is_file() && !tables.contains(&table) {
            tables.push(table);
        }
    }
    tables
}

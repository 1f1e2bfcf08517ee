//! Scenario files that say what people did: a file, several, or whole folders.

use super::kinds::{self, Kind, KindError};
use super::pattern::{Pattern, PatternError};
use super::standing::Standing;
use crate::document::spelling;
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
    /// Its kind, if a table beside it says so.
    pub kind: Option<Kind>,
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
    /// Folders with scenario files inside the folders that were given: they are not entered.
    pub folders: Vec<PathBuf>,
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
    /// Something in a folder is named as a scenario and cannot be read as one.
    #[error("`{}` is {what}, and so no scenario; mend or remove it, or give the other files one by one", path.display())]
    NotAFile {
        /// What is named so.
        path: PathBuf,
        /// What it is.
        what: &'static str,
    },
    /// A table of patterns is wrong.
    #[error(transparent)]
    Pattern(#[from] PatternError),
    /// A table of kinds is wrong.
    #[error(transparent)]
    Kind(#[from] KindError),
    /// Two scored files have one name, by which a report names them.
    #[error("`{}` and `{}` have the same name to the eye, and a report tells files apart by their names; rename one of them", .0.display(), .1.display())]
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
        let Files { files, folders } = files(paths)?;
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
        for table in tables(&files, kinds::TABLE) {
            for (name, kind) in kinds::read(&table)? {
                let named = |study: &&mut Study| study.name == name && study.path.parent() == table.parent();
                if let Some(study) = studies.iter_mut().find(named) {
                    study.kind = Some(kind);
                }
            }
        }
        let mut patterns = Vec::new();
        let mut patterns_without_file = 0;
        for table in tables(&files, PATTERNS) {
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
            if let Some(other) = names.insert(spelling(&it.name), &it.path) {
                return Err(EvidenceError::SameName(other.clone(), it.path.clone()));
            }
        }
        Ok(Self {
            studies: scored,
            skipped,
            patterns,
            patterns_without_file,
            folders,
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
            kind: None,
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
#[derive(Default)]
struct Files {
    /// In order, each once.
    files: Vec<PathBuf>,
    /// Folders with scenario files inside those that were given.
    folders: Vec<PathBuf>,
}

fn files(paths: &[PathBuf]) -> Result<Files, EvidenceError> {
    let mut found = Files::default();
    for path in paths {
        if path.is_dir() {
            let inside = listed(path)?;
            found.files.extend(inside.files);
            found.folders.extend(inside.folders);
        } else {
            found.files.push(path.clone());
        }
    }
    let same = |path: &PathBuf| std::fs::canonicalize(path).unwrap_or_else(|_| path.clone());
    let mut known = BTreeSet::new();
    found.files.retain(|path| known.insert(same(path)));
    let given: BTreeSet<PathBuf> = paths.iter().map(same).collect();
    found.folders.retain(|path| !given.contains(&same(path)));
    Ok(found)
}

/// The scenario files of a folder, by name.
fn listed(folder: &Path) -> Result<Files, EvidenceError> {
    let refused = |source| EvidenceError::Folder {
        path: folder.to_owned(),
        source,
    };
    let is_scenario = |path: &Path| path.extension().is_some_and(|ending| ending == "toml");
    let mut found = Files::default();
    for entry in std::fs::read_dir(folder).map_err(refused)? {
        let path = entry.map_err(refused)?.path();
        let what = match path.metadata() {
            Ok(it) if it.is_dir() => {
                let inside = std::fs::read_dir(&path).into_iter().flatten().flatten();
                if inside.into_iter().any(|entry| is_scenario(&entry.path())) {
                    found.folders.push(path);
                }
                continue;
            }
            _ if !is_scenario(&path) => continue,
            Ok(it) if it.is_file() => {
                found.files.push(path);
                continue;
            }
            Ok(_) => "a pipe or a device",
            Err(_) => "a link that leads nowhere",
        };
        return Err(EvidenceError::NotAFile { path, what });
    }
    found.files.sort();
    found.folders.sort();
    Ok(found)
}

/// The tables of a name in the folders of these files, each once.
fn tables(files: &[PathBuf], name: &str) -> Vec<PathBuf> {
    let mut tables: Vec<PathBuf> = Vec::new();
    for file in files {
        let table = file.with_file_name(name);
        if table.is_file() && !tables.contains(&table) {
            tables.push(table);
        }
    }
    tables
}

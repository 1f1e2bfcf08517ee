//! A scenario from a file: the only part of the reader that touches the file system.

use super::{Scenario, files_named, read};
use crate::document::{Bibliography, Note, Problems, Source, Unreadable};
use crate::model::training::Program;
use std::path::{Path, PathBuf};

/// A checked scenario and what it was read from.
#[derive(Debug, Clone, PartialEq)]
pub struct Loaded {
    /// The scenario.
    pub scenario: Scenario,
    /// What a person should know about it.
    pub notes: Vec<Note>,
    /// The text, for rendering the notes.
    pub source: Source,
}

/// Why there is no scenario.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The file, or the `literature.bib` beside it, could not be read.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// The file is not a valid scenario.
    #[error(transparent)]
    Invalid(Box<Problems>),
}

/// Reads and checks a scenario file; each of `overrides` is a flag with the `key=value` that it stands for, which replaces one of its keys.
///
/// # Errors
///
/// [`LoadError`], which names the file and, if it could be read, every place that is wrong.
pub fn load(path: &Path, builtin: &[Program], overrides: &[(&str, String)]) -> Result<Loaded, LoadError> {
    let mut source = Source::open(path)?;
    for (flag, key_and_value) in overrides {
        source.push_argument(flag, key_and_value);
    }
    let bibliography = find_bibliography(path)?;
    for named in files_named(&source) {
        let text = match Source::open(&folder_of(path).join(&named)) {
            Ok(read) => Ok(read.text().to_owned()),
            Err(error) => Err(told(&error)),
        };
        source.put_beside(&named, text);
    }
    let (scenario, notes) =
        read(&source, builtin, bibliography.as_ref()).map_err(|it| LoadError::Invalid(Box::new(it)))?;
    Ok(Loaded {
        scenario,
        notes,
        source,
    })
}

/// The folder of a file.
fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// Why a file could not be read, with what the system says.
fn told(error: &Unreadable) -> String {
    match std::error::Error::source(error) {
        Some(cause) => format!("{error}: {cause}"),
        None => error.to_string(),
    }
}

/// The `literature.bib` in the file's folder, or else in the one above.
fn find_bibliography(path: &Path) -> Result<Option<Bibliography>, Unreadable> {
    let folder = folder_of(path);
    // `a/..` also finds the folder above a relative path, which has no parent by name.
    let found = [folder.join("literature.bib"), folder.join("..").join("literature.bib")]
        .into_iter()
        .find(|it| it.is_file());
    let Some(found) = found else {
        return Ok(None);
    };
    let source = Source::open(&found)?;
    Ok(Some(Bibliography::new(source.path(), source.text())))
}

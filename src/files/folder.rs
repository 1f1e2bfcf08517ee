//! The folder of a run: written beside its place, renamed when it is whole.

use super::swap::{exchange, hold, settle, settle_names};
use super::tables::{TableForm, write_tables};
use super::workshop::{LOCK, LOCKING, NEW, OLD, SPENT, Unfinished, Workshop, clean_up, keep_what_was_added};
use crate::report::path_text;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// File that says where the results of a folder come from.
pub(super) const PROVENANCE: &str = "provenance.json";

/// A folder that is being written.
#[derive(Debug)]
pub struct Folder {
    place: PathBuf,
    /// Holds the folder until it is whole, and the one it replaces for a moment; gone when dropped, unless that one is still in it.
    workshop: Workshop,
    inside: PathBuf,
    /// Gone as soon as the folder is put into its place.
    unfinished: Option<Unfinished>,
    /// Locked as long as this run lives: how a later run sees that a workshop was left by one that was killed.
    _lock: fs::File,
}

/// Why results cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// The system refused.
    #[error("cannot write `{}`", path.display())]
    System {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Something else is in the place.
    #[error("`{}` is a file, and results are a folder; move it, or choose another place with `--out DIR`", path.display())]
    IsFile {
        /// The place.
        path: PathBuf,
    },
    /// Something that no file may replace is in the place.
    #[error("`{}` is {what}, and only a regular file is replaced; choose another name", path.display())]
    NotAFile {
        /// The place.
        path: PathBuf,
        /// What stands there.
        what: &'static str,
    },
    /// A link that leads nowhere is in the place.
    #[error(
        "`{}` is a link to `{}`, which does not exist; make that folder, or remove the link, or choose another place with `--out DIR`",
        path.display(),
        to.display()
    )]
    LinkToNowhere {
        /// The place.
        path: PathBuf,
        /// Where it leads.
        to: PathBuf,
    },
    /// The folder holds something that no run has written.
    #[error(
        "`{}` exists and has no provenance.json, so it may hold something else; choose another place with `--out DIR`, or replace files named as results are with `--force`",
        path.display()
    )]
    Unknown {
        /// The folder.
        path: PathBuf,
    },
    /// The folder holds the results of another scenario.
    #[error(
        "`{}` holds the results of `{other}`; choose another place with `--out DIR`, or replace them with `--force`",
        path.display()
    )]
    OtherScenario {
        /// The folder.
        path: PathBuf,
        /// The scenario that they come from.
        other: String,
    },
    /// The old folder could not be cleared away or put back.
    #[error(
        "cannot finish writing `{}`; what was there before is in `{}`, and what belongs into the place is put back by the next run for it",
        place.display(),
        kept.display()
    )]
    Stranded {
        /// The place.
        place: PathBuf,
        /// Where the old folder is.
        kept: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl Folder {
    /// Begins a folder that will stand at `place`, for results of `scenario`.
    ///
    /// # Errors
    ///
    /// If the folder above cannot be written, or if `place` holds something other than results of the same scenario and `force` is not given.
    pub fn begin(place: &Path, scenario: &Path, force: bool) -> Result<Self, FolderError> {
        let place = &*behind_links(place)?;
        let above = above(place);
        let name = place.file_name().unwrap_or_default();
        let prefix = format!(".{}-", name.to_string_lossy());
        fs::create_dir_all(above).map_err(|it| system(above, it))?;
        // Held until the workshop is locked: where this is held and a workshop has no lock, its run is dead.
        let held = hold(above);
        clean_up(above, &prefix, place, held.is_some());
        check(place, scenario, force)?;
        let workshop = Workshop::new(above, &prefix).map_err(|it| system(above, it))?;
        // The workshop is private to its owner; what is made inside it has the permissions that everything else of this user has.
        let inside = workshop.path().join(NEW);
        fs::create_dir(&inside).map_err(|it| system(&inside, it))?;
        let lock = workshop.path().join(LOCK);
        let unlocked = workshop.path().join(LOCKING);
        let locked = fs::File::create(&unlocked).map_err(|it| system(&lock, it))?;
        // A file system without locks only loses the cleaning up. Locked before it has its name: nobody may find it free.
        if locked.try_lock().is_ok() {
            fs::rename(&unlocked, &lock).map_err(|it| system(&lock, it))?;
        }
        Ok(Self {
            place: place.to_owned(),
            unfinished: Some(Unfinished::begin(workshop.path())),
            workshop,
            inside,
            _lock: locked,
        })
    }

    /// Writes a whole file.
    ///
    /// # Errors
    ///
    /// If the system refuses, for instance because the disk is full.
    pub fn write(&self, name: &str, content: &[u8]) -> Result<(), FolderError> {
        fs::write(self.inside.join(name), content).map_err(|it| self.failed(name, it))
    }

    /// Opens a file to be written bit by bit.
    ///
    /// # Errors
    ///
    /// If the system refuses.
    pub fn create(&self, name: &str) -> Result<fs::File, FolderError> {
        fs::File::create(self.inside.join(name)).map_err(|it| self.failed(name, it))
    }

    /// Writes all tables that have a codebook once more.
    ///
    /// # Errors
    ///
    /// If the system refuses.
    pub fn also_as(&self, form: TableForm) -> Result<(), FolderError> {
        write_tables(&self.inside, form).map_err(|error| system(&self.place, error))
    }

    /// The error of a file of this folder, named by the place where it would have stood.
    pub fn failed(&self, name: &str, error: io::Error) -> FolderError {
        system(&self.place.join(name), error)
    }

    /// Puts the folder into its place and says where that is; the results that were there before are gone only when the new ones stand.
    /// What the user has added to them stays.
    ///
    /// # Errors
    ///
    /// If the system refuses; then the old folder stands where it stood, or waits for the next run in a place that the error names.
    pub fn finish(mut self) -> Result<PathBuf, FolderError> {
        let place = self.place.clone();
        let refused = |it| system(&place, it);
        self.list()?;
        settle(&self.inside).map_err(refused)?;
        let above = above(&self.place).to_owned();
        let _held = hold(&above);
        self.unfinished = None;
        let Ok(standing) = fs::metadata(&self.place) else {
            fs::rename(&self.inside, &self.place).map_err(refused)?;
            settle_names(&above);
            return Ok(self.place);
        };
        // Whom the old folder was closed to, the new one is.
        fs::set_permissions(&self.inside, standing.permissions()).map_err(refused)?;
        let old = self.workshop.path().join(OLD);
        // Whatever happens from here on, the workshop is not removed while the old folder is in it.
        self.workshop.keep(true);
        let stranded = |source| FolderError::Stranded {
            place: place.clone(),
            kept: old.clone(),
            source,
        };
        // Under this name until it stands, so that a run which is killed at any moment leaves what was added where the next one looks for it.
        fs::rename(&self.inside, &old).map_err(refused)?;
        if exchange(&old, &self.place).is_err() {
            fs::rename(&old, &self.inside).map_err(stranded)?;
            self.replace_in_two_steps(&old)?;
        }
        settle_names(&above);
        keep_what_was_added(&old, &self.place).map_err(stranded)?;
        fs::rename(&old, self.workshop.path().join(SPENT)).map_err(stranded)?;
        self.workshop.keep(false);
        Ok(self.place)
    }

    /// Replaces the old folder where the two cannot change places at once; the next run puts it back if this one is killed in between.
    fn replace_in_two_steps(&mut self, old: &Path) -> Result<(), FolderError> {
        if let Err(error) = fs::rename(&self.place, old) {
            self.workshop.keep(false);
            return Err(system(&self.place, error));
        }
        let Err(error) = fs::rename(&self.inside, &self.place) else {
            return Ok(());
        };
        if fs::rename(old, &self.place).is_err() {
            return Err(FolderError::Stranded {
                place: self.place.clone(),
                kept: old.to_owned(),
                source: error,
            });
        }
        self.workshop.keep(false);
        Err(system(&self.place, error))
    }

    /// Writes the names of all files of this folder into its provenance, so that a later run knows which are results.
    fn list(&self) -> Result<(), FolderError> {
        let refused = |it| self.failed(PROVENANCE, it);
        let Ok(text) = fs::read_to_string(self.inside.join(PROVENANCE)) else {
            return Ok(());
        };
        let Ok(serde_json::Value::Object(mut provenance)) = serde_json::from_str(&text) else {
            return Ok(());
        };
        let mut names: Vec<String> = Vec::new();
        for entry in fs::read_dir(&self.inside).map_err(refused)? {
            names.push(entry.map_err(refused)?.file_name().to_string_lossy().into_owned());
        }
        names.sort();
        provenance.insert("files".to_owned(), names.into());
        let text = format!("{:#}\n", serde_json::Value::Object(provenance));
        fs::write(self.inside.join(PROVENANCE), text).map_err(refused)
    }
}

/// The folder that a place is in.
fn above(place: &Path) -> &Path {
    match place.parent() {
        Some(above) if !above.as_os_str().is_empty() => above,
        _ => Path::new("."),
    }
}

/// The place itself, or where it leads if it is a link: results are written beside that, and the link stays.
fn behind_links(place: &Path) -> Result<PathBuf, FolderError> {
    if !place.symlink_metadata().is_ok_and(|it| it.is_symlink()) {
        return Ok(place.to_owned());
    }
    fs::canonicalize(place).map_err(|source| match fs::read_link(place) {
        Ok(to) if source.kind() == io::ErrorKind::NotFound => FolderError::LinkToNowhere {
            path: place.to_owned(),
            to,
        },
        _ => system(place, source),
    })
}

/// Refuses a place that holds something else.
fn check(place: &Path, scenario: &Path, force: bool) -> Result<(), FolderError> {
    let path = place.to_owned();
    match fs::metadata(place) {
        Err(it) if it.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(it) => return Err(system(place, it)),
        Ok(it) if !it.is_dir() => return Err(FolderError::IsFile { path }),
        Ok(_) if force => return Ok(()),
        Ok(_) => {}
    }
    let Some(other) = scenario_of(place) else {
        return Err(FolderError::Unknown { path });
    };
    // A path that is no text is found by the text that stands for it.
    let written = std::path::absolute(scenario).map(|it| path_text(&it));
    if same_file(Path::new(&other), scenario) || written.is_ok_and(|it| it == other) {
        Ok(())
    } else {
        Err(FolderError::OtherScenario { path, other })
    }
}

/// The scenario that the results of a folder come from, if it says so.
fn scenario_of(place: &Path) -> Option<String> {
    let text = fs::read_to_string(place.join(PROVENANCE)).ok()?;
    let json: serde_json::Value = serde_json::from_str(&text).ok()?;
    Some(json.get("scenario")?.as_str()?.to_owned())
}

/// Whether two paths name the same file, however they are written.
fn same_file(one: &Path, other: &Path) -> bool {
    one == other || matches!((fs::canonicalize(one), fs::canonicalize(other)), (Ok(one), Ok(other)) if one == other)
}

fn system(path: &Path, source: io::Error) -> FolderError {
    FolderError::System {
        path: path.to_owned(),
        source,
    }
}

#[cfg(test)]
mod tests;

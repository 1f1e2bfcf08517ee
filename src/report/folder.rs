//! The folder of a run: written beside its place, renamed when it is whole.

use super::workshop::{LOCK, OLD, RANDOM, SPENT, clean_up, keep_what_was_added};
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
    workshop: tempfile::TempDir,
    inside: PathBuf,
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
        let place = &*behind_links(place);
        let above = match place.parent() {
            Some(it) if !it.as_os_str().is_empty() => it,
            _ => Path::new("."),
        };
        let name = place.file_name().unwrap_or_default();
        let prefix = format!(".{}-", name.to_string_lossy());
        clean_up(above, &prefix, place);
        check(place, scenario, force)?;
        fs::create_dir_all(above).map_err(|it| system(above, it))?;
        let workshop = tempfile::Builder::new()
            .prefix(&prefix)
            .rand_bytes(RANDOM)
            .tempdir_in(above)
            .map_err(|it| system(above, it))?;
        // The workshop is private to its owner; what is made inside it has the permissions that everything else of this user has.
        let inside = workshop.path().join("new");
        fs::create_dir(&inside).map_err(|it| system(&inside, it))?;
        let lock = workshop.path().join(LOCK);
        let unlocked = workshop.path().join("locking");
        let held = fs::File::create(&unlocked).map_err(|it| system(&lock, it))?;
        // A file system without locks only loses the cleaning up. Locked before it has its name: nobody may find it free.
        if held.try_lock().is_ok() {
            fs::rename(&unlocked, &lock).map_err(|it| system(&lock, it))?;
        }
        Ok(Self {
            place: place.to_owned(),
            workshop,
            inside,
            _lock: held,
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
        let refused = |it| system(&self.place, it);
        self.list()?;
        let old = self.workshop.path().join(OLD);
        if self.place.symlink_metadata().is_err() {
            fs::rename(&self.inside, &self.place).map_err(refused)?;
            return Ok(self.place);
        }
        fs::rename(&self.place, &old).map_err(refused)?;
        // Whatever happens from here on, the workshop is not removed while the old folder is in it.
        self.workshop.disable_cleanup(true);
        let stranded = |source| FolderError::Stranded {
            place: self.place.clone(),
            kept: old.clone(),
            source,
        };
        if let Err(error) = fs::rename(&self.inside, &self.place) {
            if fs::rename(&old, &self.place).is_err() {
                return Err(stranded(error));
            }
            self.workshop.disable_cleanup(false);
            return Err(system(&self.place, error));
        }
        keep_what_was_added(&old, &self.place).map_err(stranded)?;
        fs::rename(&old, self.workshop.path().join(SPENT)).map_err(stranded)?;
        self.workshop.disable_cleanup(false);
        Ok(self.place)
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

/// The place itself, or where it leads if it is a link: results are written beside that, and the link stays.
fn behind_links(place: &Path) -> PathBuf {
    let is_link = place.symlink_metadata().is_ok_and(|it| it.is_symlink());
    let behind = is_link.then(|| fs::canonicalize(place).ok()).flatten();
    behind.unwrap_or_else(|| place.to_owned())
}

/// Writes a file that does not exist yet.
///
/// # Errors
///
/// If it exists, or the system refuses.
pub fn write_new(path: &Path, content: &[u8]) -> Result<(), FolderError> {
    fs::File::create_new(path)
        .and_then(|mut it| io::Write::write_all(&mut it, content))
        .map_err(|it| system(path, it))
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
    if same_file(Path::new(&other), scenario) {
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
mod tests {
    use super::*;

    fn fill(place: &Path, scenario: &str, content: &str, force: bool) -> Result<(), FolderError> {
        let folder = Folder::begin(place, Path::new(scenario), force)?;
        folder.write("data", content.as_bytes())?;
        let provenance = serde_json::json!({ "scenario": scenario }).to_string();
        folder.write(PROVENANCE, provenance.as_bytes())?;
        folder.finish().map(|_| ())
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|it| it.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn only_results_of_the_same_scenario_are_replaced_without_force() {
        let above = tempfile::tempdir().unwrap();
        let place = above.path().join("deep").join("run");
        fill(&place, "a.toml", "1", false).unwrap();
        fill(&place, "a.toml", "2", false).unwrap();
        assert_eq!(fs::read(place.join("data")).unwrap(), b"2");

        let refused = fill(&place, "b.toml", "3", false).unwrap_err();
        assert!(
            matches!(&refused, FolderError::OtherScenario { other, .. } if other == "a.toml"),
            "{refused}"
        );
        assert_eq!(fs::read(place.join("data")).unwrap(), b"2");
        fill(&place, "b.toml", "3", true).unwrap();
        assert_eq!(fs::read(place.join("data")).unwrap(), b"3");

        fs::remove_file(place.join(PROVENANCE)).unwrap();
        assert!(matches!(
            fill(&place, "b.toml", "4", false),
            Err(FolderError::Unknown { .. })
        ));
        assert_eq!(names(place.parent().unwrap()), ["run"]);
    }

    #[test]
    fn what_the_user_added_to_results_stays() {
        let above = tempfile::tempdir().unwrap();
        let place = above.path().join("run");
        fill(&place, "a.toml", "1", false).unwrap();
        fs::write(place.join("my_analysis.R"), "mine").unwrap();
        fill(&place, "a.toml", "2", false).unwrap();
        fill(&place, "a.toml", "3", false).unwrap();
        assert_eq!(fs::read(place.join("data")).unwrap(), b"3");
        assert_eq!(fs::read(place.join("my_analysis.R")).unwrap(), b"mine");
        assert_eq!(names(&place), ["data", "my_analysis.R", PROVENANCE]);
    }

    #[test]
    fn what_is_not_finished_leaves_no_trace() {
        let above = tempfile::tempdir().unwrap();
        let place = above.path().join("run");
        fill(&place, "a.toml", "1", false).unwrap();
        let folder = Folder::begin(&place, Path::new("a.toml"), false).unwrap();
        folder.write("data", b"2").unwrap();
        drop(folder);
        assert_eq!(fs::read(place.join("data")).unwrap(), b"1");
        assert_eq!(names(above.path()), ["run"]);
    }

    /// A workshop as a killed run leaves it: on disk, its lock let go.
    fn killed(place: &Path) -> PathBuf {
        let Folder { workshop, inside, .. } = Folder::begin(place, Path::new("a.toml"), true).unwrap();
        fs::write(inside.join("data"), "half").unwrap();
        workshop.keep()
    }

    #[test]
    fn what_killed_runs_left_is_cleaned_up_and_what_living_ones_write_is_not() {
        let above = tempfile::tempdir().unwrap();
        let place = above.path().join("run");
        let dead = killed(&place);
        assert!(dead.join(LOCK).exists());
        let foreign = above.path().join(".run-mine");
        fs::create_dir(&foreign).unwrap();
        let alive = Folder::begin(&place, Path::new("a.toml"), false).unwrap();
        let other = Folder::begin(&place, Path::new("a.toml"), false).unwrap();
        assert!(!dead.exists() && foreign.exists());
        assert!(alive.inside.exists(), "a run that lives is left alone");
        drop((alive, other));
        assert_eq!(names(above.path()), [".run-mine"]);
    }

    #[test]
    fn results_that_a_killed_run_was_replacing_are_put_back() {
        let above = tempfile::tempdir().unwrap();
        let place = above.path().join("run");
        fill(&place, "a.toml", "1", false).unwrap();
        let dead = killed(&place);
        fs::rename(&place, dead.join(OLD)).unwrap();
        drop(Folder::begin(&place, Path::new("a.toml"), false).unwrap());
        assert_eq!(fs::read(place.join("data")).unwrap(), b"1");
        assert_eq!(names(above.path()), ["run"]);
    }

    /// Results to which something was added, and what a run leaves that is killed while it replaces them: the old folder in its workshop.
    fn killed_while_replacing(above: &Path) -> (PathBuf, PathBuf) {
        let place = above.join("run");
        fill(&place, "a.toml", "1", false).unwrap();
        fs::write(place.join("notes.txt"), "mine").unwrap();
        let dead = killed(&place);
        fs::rename(&place, dead.join(OLD)).unwrap();
        (place, dead)
    }

    #[test]
    fn what_was_added_survives_a_run_killed_before_the_new_results_stand() {
        let above = tempfile::tempdir().unwrap();
        let (place, _) = killed_while_replacing(above.path());
        fill(&place, "a.toml", "2", false).unwrap();
        assert_eq!(fs::read(place.join("data")).unwrap(), b"2");
        assert_eq!(fs::read(place.join("notes.txt")).unwrap(), b"mine");
        assert_eq!(names(above.path()), ["run"]);
    }

    /// The run was killed after its results stood and before what was added to the old ones had been moved, or while it was.
    #[test]
    fn what_was_added_survives_a_run_killed_after_the_new_results_stand() {
        let above = tempfile::tempdir().unwrap();
        let (place, dead) = killed_while_replacing(above.path());
        fs::write(dead.join(OLD).join("moved.txt"), "mine").unwrap();
        fs::rename(dead.join("new"), &place).unwrap();
        fs::rename(dead.join(OLD).join("moved.txt"), place.join("moved.txt")).unwrap();
        drop(Folder::begin(&place, Path::new("a.toml"), true).unwrap());
        assert_eq!(names(&place), ["data", "moved.txt", "notes.txt"]);
        assert_eq!(
            fs::read(place.join("data")).unwrap(),
            b"half",
            "old results stay replaced"
        );
        assert_eq!(names(above.path()), ["run"]);
    }

    #[test]
    fn old_results_do_not_come_back_from_a_workshop_that_was_being_removed() {
        let above = tempfile::tempdir().unwrap();
        let (place, dead) = killed_while_replacing(above.path());
        fs::rename(dead.join("new"), &place).unwrap();
        fs::rename(dead.join(OLD), dead.join(SPENT)).unwrap();
        fs::remove_file(dead.join(SPENT).join(PROVENANCE)).unwrap();
        drop(Folder::begin(&place, Path::new("a.toml"), true).unwrap());
        assert_eq!(
            (names(&place), names(above.path())),
            (vec!["data".to_owned()], vec!["run".to_owned()])
        );
    }

    #[test]
    fn what_was_added_under_the_name_of_a_new_result_is_renamed() {
        let above = tempfile::tempdir().unwrap();
        let place = above.path().join("run");
        fill(&place, "a.toml", "1", false).unwrap();
        fs::write(place.join("timeline.csv"), "mine").unwrap();
        for _ in 0..2 {
            let folder = Folder::begin(&place, Path::new("a.toml"), false).unwrap();
            folder.write("timeline.csv", b"weeks").unwrap();
            folder.write(PROVENANCE, br#"{ "scenario": "a.toml" }"#).unwrap();
            folder.finish().unwrap();
            assert_eq!(names(&place), [PROVENANCE, "timeline.csv", "timeline_kept.csv"]);
            assert_eq!(fs::read(place.join("timeline.csv")).unwrap(), b"weeks");
            assert_eq!(fs::read(place.join("timeline_kept.csv")).unwrap(), b"mine");
        }
    }

    #[test]
    fn force_replaces_no_more_than_the_names_of_results_where_nothing_tells_them_apart() {
        for provenance in [None, Some("no JSON"), Some(r#"{ "scenario": "a.toml" }"#)] {
            let above = tempfile::tempdir().unwrap();
            let place = above.path().join("run");
            fs::create_dir_all(place.join("thesis")).unwrap();
            fs::write(place.join("thesis").join("chapter.tex"), "mine").unwrap();
            fs::write(place.join("data"), "0").unwrap();
            if let Some(it) = provenance {
                fs::write(place.join(PROVENANCE), it).unwrap();
            }
            fill(&place, "a.toml", "1", true).unwrap();
            assert_eq!(names(&place), ["data", PROVENANCE, "thesis"], "{provenance:?}");
            assert_eq!(fs::read(place.join("data")).unwrap(), b"1");
            assert_eq!(fs::read(place.join("thesis").join("chapter.tex")).unwrap(), b"mine");
        }
    }

    /// Another run has put its results into the place in the moment in which it was empty.
    #[cfg(unix)]
    #[test]
    fn nothing_is_removed_when_neither_folder_can_be_put_into_the_place() {
        let above = tempfile::tempdir().unwrap();
        let (place, dead) = killed_while_replacing(above.path());
        fill(&above.path().join("other"), "a.toml", "3", false).unwrap();
        fs::rename(above.path().join("other"), &place).unwrap();
        assert!(fs::rename(dead.join(OLD), &place).is_err());
        drop(Folder::begin(&place, Path::new("a.toml"), false).unwrap());
        assert_eq!(fs::read(place.join("data")).unwrap(), b"3");
        assert_eq!(fs::read(place.join("notes.txt")).unwrap(), b"mine");
    }

    /// No other name can be made of a name that is as long as names may be.
    #[cfg(unix)]
    #[test]
    fn what_cannot_be_moved_waits_until_it_can() {
        let above = tempfile::tempdir().unwrap();
        let place = above.path().join("run");
        fill(&place, "a.toml", "1", false).unwrap();
        let longest = "x".repeat(255);
        fs::write(place.join(&longest), "mine").unwrap();
        let folder = Folder::begin(&place, Path::new("a.toml"), false).unwrap();
        folder.write(&longest, b"a result").unwrap();
        folder.write(PROVENANCE, br#"{ "scenario": "a.toml" }"#).unwrap();
        let refused = folder.finish();
        let Err(FolderError::Stranded { kept, .. }) = refused else {
            panic!("{refused:?}");
        };
        assert_eq!(fs::read(kept.join(&longest)).unwrap(), b"mine");
        fill(&place, "a.toml", "2", false).unwrap();
        assert_eq!(fs::read(kept.join(&longest)).unwrap(), b"mine");
        fill(&place, "a.toml", "3", false).unwrap();
        assert_eq!(fs::read(place.join(&longest)).unwrap(), b"mine");
        assert_eq!(names(above.path()), ["run"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_the_place_stays_and_the_folder_behind_it_is_replaced() {
        let above = tempfile::tempdir().unwrap();
        let disk = tempfile::tempdir().unwrap();
        let (place, far) = (above.path().join("run"), disk.path().join("far"));
        fs::create_dir(&far).unwrap();
        fs::write(far.join("notes.txt"), "mine").unwrap();
        std::os::unix::fs::symlink(&far, &place).unwrap();
        fill(&place, "a.toml", "1", true).unwrap();
        fill(&place, "a.toml", "2", false).unwrap();
        assert!(place.symlink_metadata().unwrap().is_symlink());
        assert_eq!(fs::read(far.join("data")).unwrap(), b"2");
        assert_eq!(names(&far), ["data", "notes.txt", PROVENANCE]);
    }

    #[test]
    fn a_file_in_the_place_is_never_replaced() {
        let above = tempfile::tempdir().unwrap();
        let place = above.path().join("run");
        fs::write(&place, "mine").unwrap();
        assert!(matches!(
            fill(&place, "a.toml", "1", true),
            Err(FolderError::IsFile { .. })
        ));
    }
}

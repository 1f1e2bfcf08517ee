//! Where a folder of results waits until it is whole, and what a killed run has left there.

use super::folder::PROVENANCE;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// File in a workshop that its run holds locked.
pub(super) const LOCK: &str = "lock";

/// The same file before it is locked.
pub(super) const LOCKING: &str = "locking";

/// Where the new folder is written.
pub(super) const NEW: &str = "new";

/// Where the folder that is replaced waits until the new one stands and has what was added to the old one.
///
/// A workshop that holds it holds what cannot be written again: it is removed only after this name is gone.
pub(super) const OLD: &str = "old";

/// What the replaced folder is called when nothing in it is wanted any more.
pub(super) const SPENT: &str = "spent";

/// Random letters at the end of a workshop's name.
const RANDOM: usize = 6;

/// The folder in which a folder of results is made; removed when dropped, unless it is kept.
#[derive(Debug)]
pub(super) struct Workshop {
    path: PathBuf,
    kept: bool,
}

impl Workshop {
    /// Makes one in a folder, closed to others.
    pub(super) fn new(above: &Path, prefix: &str) -> io::Result<Self> {
        let made = tempfile::Builder::new()
            .prefix(prefix)
            .rand_bytes(RANDOM)
            .tempdir_in(above)?;
        Ok(Self {
            path: made.keep(),
            kept: false,
        })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Whether it stays when dropped: while it holds what cannot be written again.
    pub(super) fn keep(&mut self, kept: bool) {
        self.kept = kept;
    }
}

impl Drop for Workshop {
    fn drop(&mut self) {
        if !self.kept {
            remove(&self.path);
        }
    }
}

/// The workshops of this process in which folders are being written.
static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// A workshop in which a folder is being written, as long as this lives.
#[derive(Debug)]
pub(super) struct Unfinished(PathBuf);

impl Unfinished {
    pub(super) fn begin(workshop: &Path) -> Self {
        unfinished().push(workshop.to_owned());
        Self(workshop.to_owned())
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        unfinished().retain(|it| *it != self.0);
    }
}

fn unfinished() -> MutexGuard<'static, Vec<PathBuf>> {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Removes what this process is writing, so that it can end at once: folders that are not whole yet, and never one that is just being put into
/// its place.
pub fn abandon_unfinished() {
    abandon(|_| true);
}

/// Removes those of the unfinished workshops that are meant.
pub(super) fn abandon(meant: impl Fn(&Path) -> bool) {
    for workshop in unfinished().extract_if(.., |it| meant(it)) {
        // Under another name first: nobody can put it into its place any more.
        if fs::rename(workshop.join(NEW), workshop.join(SPENT)).is_ok() {
            remove(&workshop);
        }
    }
}

/// Moves what is no result of the run before into the new folder. It may be called again if it was interrupted.
///
/// What was added under the name of a new result gets another name. Where no provenance tells results from what was added, everything is
/// kept that no new result replaces.
pub(super) fn keep_what_was_added(old: &Path, place: &Path) -> io::Result<()> {
    if !old.is_dir() {
        // A link that led nowhere.
        return Ok(());
    }
    let results = results_of(old);
    for entry in fs::read_dir(old)? {
        let name = entry?.file_name();
        let listed = |it: &Vec<String>| name == PROVENANCE || it.iter().any(|it| name == it.as_str());
        if results.as_ref().is_some_and(listed) {
            continue;
        }
        let is_free = place.join(&name).symlink_metadata().is_err();
        if is_free || results.is_some() {
            fs::rename(old.join(&name), free_name(place, Path::new(&name)))?;
        }
    }
    Ok(())
}

/// The names of the results in a folder, as its provenance lists them; none if it does not.
fn results_of(folder: &Path) -> Option<Vec<String>> {
    let text = fs::read_to_string(folder.join(PROVENANCE)).ok()?;
    let json: serde_json::Value = serde_json::from_str(&text).ok()?;
    let names = json.get("files")?.as_array()?.iter();
    Some(names.filter_map(|it| Some(it.as_str()?.to_owned())).collect())
}

/// A path in a folder that nothing has yet: `notes.csv`, else `notes_kept.csv`, `notes_kept_2.csv` and so on.
fn free_name(folder: &Path, name: &Path) -> PathBuf {
    let stem = name.file_stem().unwrap_or_default();
    let with = |added: &str| {
        let mut path = stem.to_owned();
        path.push(added);
        if let Some(it) = name.extension() {
            path.push(".");
            path.push(it);
        }
        folder.join(path)
    };
    let others = (2_u32..).map(|it| with(&format!("_kept_{it}")));
    let mut all = [folder.join(name), with("_kept")].into_iter().chain(others);
    all.find(|it| it.symlink_metadata().is_err())
        .unwrap_or_else(|| folder.join(name))
}

/// Removes what runs have left in a folder that were killed; `prefix` begins the names of those for `place`. If one of them was just replacing
/// results, they are put back, or, where the new ones stand already, what was added to them is.
///
/// A workshop whose lock is held, or cannot be asked for, belongs to a run that may live and is left alone. So is what cannot be removed,
/// what cannot be put back, and what holds anything that no run makes. `held` says that nobody else is making one just now.
pub(super) fn clean_up(above: &Path, prefix: &str, place: &Path, held: bool) {
    let Ok(entries) = fs::read_dir(above) else {
        return;
    };
    for entry in entries.flatten() {
        let (name, workshop) = (entry.file_name(), entry.path());
        let Some(name) = name.to_str().filter(|it| it.starts_with('.')) else {
            continue;
        };
        let Some((stem, random)) = name.split_at_checked(name.len().saturating_sub(RANDOM)) else {
            continue;
        };
        let named = stem.ends_with('-') && random.bytes().all(|it| it.is_ascii_alphanumeric());
        if !named || !is_ours(&workshop) {
            continue;
        }
        let place = if stem == prefix {
            place.to_owned()
        } else {
            above.join(&stem[1..stem.len() - 1])
        };
        let ask = |name| fs::File::options().write(true).open(workshop.join(name));
        match ask(LOCK) {
            Ok(lock) if lock.try_lock().is_ok() && put_back(&workshop, &place).is_ok() => remove(&workshop),
            // Killed before it had its lock, and so before it had anything in it, or after it had lost it with everything else.
            Err(it)
                if it.kind() == io::ErrorKind::NotFound
                    && held
                    && (stem == prefix || place.join(PROVENANCE).is_file()) =>
            {
                if ask(LOCKING).is_ok_and(|lock| lock.try_lock().is_err()) {
                    // No file can be locked here, and its run may live.
                    continue;
                }
                let _ = fs::remove_file(workshop.join(LOCKING));
                let _ = fs::remove_dir(workshop.join(NEW));
                let _ = fs::remove_dir(&workshop);
            }
            _ => {}
        }
    }
}

/// Removes a workshop, its lock last: as long as there is anything else in it, a later run can tell whose it was.
fn remove(workshop: &Path) {
    for name in [NEW, SPENT] {
        let _ = fs::remove_dir_all(workshop.join(name));
    }
    for name in [LOCKING, LOCK] {
        let _ = fs::remove_file(workshop.join(name));
    }
    let _ = fs::remove_dir(workshop);
}

/// Whether a folder holds nothing but what a run makes in its workshop.
fn is_ours(workshop: &Path) -> bool {
    let known = |name: &OsStr| [NEW, OLD, SPENT, LOCK, LOCKING].iter().any(|it| name == *it);
    fs::read_dir(workshop).is_ok_and(|mut entries| entries.all(|it| it.is_ok_and(|it| known(&it.file_name()))))
}

/// Puts the results that a killed run was replacing back into their place, or what was added to them into those that stand there.
pub(super) fn put_back(workshop: &Path, place: &Path) -> io::Result<()> {
    let old = workshop.join(OLD);
    if old.symlink_metadata().is_err() {
        return Ok(());
    }
    if place.symlink_metadata().is_err() {
        return fs::rename(&old, place);
    }
    keep_what_was_added(&old, place)?;
    fs::rename(&old, workshop.join(SPENT))
}

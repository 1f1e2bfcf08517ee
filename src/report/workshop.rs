//! Where a folder of results waits until it is whole, and what a killed run has left there.

use super::folder::PROVENANCE;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// File in a workshop that its run holds locked.
pub(super) const LOCK: &str = "lock";

/// Where the folder that is replaced waits until the new one stands and has what was added to the old one.
///
/// A workshop that holds it holds what cannot be written again: it is removed only after this name is gone.
pub(super) const OLD: &str = "old";

/// What the replaced folder is called when nothing in it is wanted any more.
pub(super) const SPENT: &str = "spent";

/// Random letters at the end of a workshop's name.
pub(super) const RANDOM: usize = 6;

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

/// Removes what runs for this place have left that were killed. If one of them was just replacing results, they are put back,
/// or, where the new ones stand already, what was added to them is.
///
/// A workshop whose lock is held, or cannot be asked for, belongs to a run that may live and is left alone. So is what cannot be removed,
/// and what cannot be put back.
pub(super) fn clean_up(above: &Path, prefix: &str, place: &Path) {
    let Ok(entries) = fs::read_dir(above) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let random = name.to_str().and_then(|it| it.strip_prefix(prefix));
        if !random.is_some_and(|it| it.len() == RANDOM && it.bytes().all(|it| it.is_ascii_alphanumeric())) {
            continue;
        }
        let Ok(lock) = fs::File::options().write(true).open(entry.path().join(LOCK)) else {
            continue;
        };
        if lock.try_lock().is_err() {
            continue;
        }
        if put_back(&entry.path(), place).is_ok() {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
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

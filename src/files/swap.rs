//! Two folders in each other's places at once, and what is written on its way to the disk.

use std::fs;
use std::io;
use std::path::Path;

/// Puts two folders into each other's places; at no moment is either place empty.
///
/// # Errors
///
/// If the system or the file system cannot do that, or refuses; then both are where they were.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
pub(super) fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

/// As above, where no system call does it.
#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
pub(super) fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Brings a folder of files onto the disk: what gets its name afterwards is whole, also after a power cut.
///
/// # Errors
///
/// If a file cannot be brought there.
pub(super) fn settle(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        fs::File::open(entry?.path())?.sync_all()?;
    }
    settle_names(folder);
    Ok(())
}

/// Brings the names in a folder onto the disk, where the system has a way to.
pub(super) fn settle_names(folder: &Path) {
    if let Ok(folder) = fs::File::open(folder) {
        let _ = folder.sync_all();
    }
}

/// Holds a folder for the moment in which folders in it change places, so that two runs do that one after the other; free when dropped.
///
/// A system that cannot lock folders only loses the order.
pub(super) fn hold(folder: &Path) -> Option<fs::File> {
    let folder = fs::File::open(folder).ok()?;
    folder.lock().ok()?;
    Some(folder)
}

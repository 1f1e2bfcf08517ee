//! A file that is either the old one or the new one, whatever happens in between.

use super::FolderError;
use std::fs::{self, Permissions};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Sees whether a file could be written at a place, before the work of which it is the result; makes the folder above if needed.
///
/// # Errors
///
/// If something other than a regular file stands there, or the system would refuse.
pub fn replaceable(path: &Path) -> Result<(), FolderError> {
    let place = regular(path)?;
    let above = above(&place);
    fs::create_dir_all(above)
        .and_then(|()| tempfile::NamedTempFile::new_in(above).map(drop))
        .map_err(|source| system(path, source))
}

/// Writes a file beside its place and renames it, replacing the regular file that was there; makes the folder above if needed.
///
/// # Errors
///
/// If something other than a regular file stands there, or the system refuses; then what was there stands.
pub fn replace(path: &Path, content: &[u8]) -> Result<(), FolderError> {
    let place = regular(path)?;
    let above = above(&place);
    let write = || {
        fs::create_dir_all(above)?;
        let mut file = created(above)?;
        file.write_all(content)?;
        if let Ok(old) = fs::metadata(&place) {
            file.as_file().set_permissions(old.permissions())?;
        }
        file.as_file().sync_all()?;
        file.persist(&place).map_err(|error| error.error)?;
        Ok(())
    };
    write().map_err(|source| system(path, source))
}

/// How the names of files begin that have not got their own yet.
pub(super) const UNNAMED: &str = ".tmp";

/// A temporary file with the permissions of a file that is simply written, not those of a secret.
fn created(above: &Path) -> std::io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    let builder = {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(Permissions::from_mode(0o666))
    };
    #[cfg(not(unix))]
    let builder = &mut builder;
    builder.prefix(UNNAMED).tempfile_in(above)
}

/// Where the file stands, or will: the place itself, or the regular file to which a link leads.
fn regular(path: &Path) -> Result<PathBuf, FolderError> {
    let refused = |what| {
        Err(FolderError::NotAFile {
            path: path.to_owned(),
            what,
        })
    };
    let Ok(here) = path.symlink_metadata() else {
        return Ok(path.to_owned());
    };
    let behind = if here.is_symlink() {
        fs::canonicalize(path).and_then(|place| Ok((place.metadata()?, place)))
    } else {
        Ok((here, path.to_owned()))
    };
    match behind {
        Ok((found, place)) if found.is_file() => Ok(place),
        Ok((found, _)) if found.is_dir() => refused("a folder"),
        Ok(_) => refused("a pipe or a device"),
        Err(_) => refused("a link that leads nowhere"),
    }
}

/// The folder in which a file stands.
fn above(path: &Path) -> &Path {
    match path.parent() {
        Some(above) if !above.as_os_str().is_empty() => above,
        _ => Path::new("."),
    }
}

fn system(path: &Path, source: std::io::Error) -> FolderError {
    FolderError::System {
        path: path.to_owned(),
        source,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_made_and_replaced_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep").join("state.json");
        replaceable(&path).unwrap();
        assert!(!path.exists(), "to look is not to write");
        replace(&path, b"one").unwrap();
        replace(&path, b"two").unwrap();
        replaceable(&path).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn only_regular_files_are_replaced() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("folder")).unwrap();
        symlink("nothing", at("dangling")).unwrap();
        symlink("/dev/null", at("device")).unwrap();
        for name in ["folder", "dangling", "device"] {
            for refused in [replaceable(&at(name)), replace(&at(name), b"one")] {
                assert!(
                    matches!(refused, Err(FolderError::NotAFile { .. })),
                    "{name}: {refused:?}"
                );
            }
        }
        // A link to a file stays a link, and the file keeps its permissions.
        fs::write(at("file"), b"old").unwrap();
        fs::set_permissions(at("file"), Permissions::from_mode(0o640)).unwrap();
        symlink("file", at("link")).unwrap();
        replace(&at("link"), b"new").unwrap();
        assert!(at("link").symlink_metadata().unwrap().is_symlink());
        assert_eq!(fs::read(at("file")).unwrap(), b"new");
        assert_eq!(fs::metadata(at("file")).unwrap().permissions().mode() & 0o777, 0o640);
    }
}

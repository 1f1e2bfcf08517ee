//! A file that is made whole or not at all.

use super::FolderError;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// Writes a file that does not exist yet: beside its place, and then into it.
///
/// # Errors
///
/// If it exists, or the system refuses; then there is no file.
pub fn write_new(path: &Path, content: &[u8]) -> Result<(), FolderError> {
    made(path, |file| file.write_all(content)).map_err(|source| FolderError::System {
        path: path.to_owned(),
        source,
    })
}

fn made(path: &Path, fill: impl FnOnce(&mut fs::File) -> io::Result<()>) -> io::Result<()> {
    // Said before anything is written, also of a link that leads nowhere.
    if path.symlink_metadata().is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    let above = match path.parent() {
        Some(above) if !above.as_os_str().is_empty() => above,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    // As the user's other new files are, and not private as temporary ones.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(above)?;
    fill(file.as_file_mut())?;
    file.as_file().sync_all()?;
    file.persist_noclobber(path).map_err(|error| error.error)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> usize {
        fs::read_dir(folder).unwrap().count()
    }

    #[test]
    fn a_full_disk_leaves_no_half_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mine.toml");
        let content = b"title = \"mine\"\n";
        for room in 0..content.len() {
            let full = made(&path, |file| {
                file.write_all(&content[..room])?;
                Err(io::ErrorKind::StorageFull.into())
            });
            assert_eq!(full.unwrap_err().kind(), io::ErrorKind::StorageFull);
            assert_eq!(names(folder.path()), 0, "after {room} bytes");
        }
        write_new(&path, content).unwrap();
        assert_eq!(fs::read(&path).unwrap(), content);
    }

    #[test]
    fn what_exists_is_never_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mine.toml");
        fs::write(&path, "mine").unwrap();
        assert!(write_new(&path, b"new").is_err());
        assert_eq!(fs::read(&path).unwrap(), b"mine");
        assert_eq!(names(folder.path()), 1);
        #[cfg(unix)]
        {
            let link = folder.path().join("link.toml");
            std::os::unix::fs::symlink(folder.path().join("nowhere"), &link).unwrap();
            assert!(write_new(&link, b"new").is_err());
            assert!(link.symlink_metadata().unwrap().is_symlink());
        }
    }

    #[cfg(unix)]
    #[test]
    fn it_has_the_permissions_of_other_new_files() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let (made, written) = (folder.path().join("made"), folder.path().join("written"));
        write_new(&made, b"1").unwrap();
        fs::write(&written, b"1").unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode(&made), mode(&written));
    }
}

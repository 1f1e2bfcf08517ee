//! A file that is either the old one or the new one, whatever happens in between.

use super::FolderError;
use std::io::Write;
use std::path::Path;

/// Writes a file beside its place and renames it, replacing what was there; makes the folder above if needed.
///
/// # Errors
///
/// If the system refuses; then the old file stands.
pub fn replace(path: &Path, content: &[u8]) -> Result<(), FolderError> {
    let above = match path.parent() {
        Some(it) if !it.as_os_str().is_empty() => it,
        _ => Path::new("."),
    };
    let write = || {
        std::fs::create_dir_all(above)?;
        let mut file = tempfile::NamedTempFile::new_in(above)?;
        file.write_all(content)?;
        file.as_file().sync_all()?;
        // A temporary file is private to its owner; this one has the permissions of a file that is simply written.
        drop(std::fs::File::options().append(true).create(true).open(path)?);
        let permissions = std::fs::metadata(path)?.permissions();
        file.as_file().set_permissions(permissions)?;
        file.persist(path).map_err(|it| it.error)?;
        Ok(())
    };
    write().map_err(|source| FolderError::System {
        path: path.to_owned(),
        source,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_made_and_replaced_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep").join("state.json");
        replace(&path, b"one").unwrap();
        replace(&path, b"two").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"two");
        assert_eq!(std::fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }
}

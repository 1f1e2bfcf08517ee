//! `simulate new`: a commented template to start from.

use super::failure::Failure;
use super::output;
use compassion::report::{FolderError, write_new};
use compassion::scenario::template;
use std::path::Path;

/// Writes the template, unless the file exists.
pub fn run(file: &Path) -> Result<(), Failure> {
    match write_new(file, template().as_bytes()) {
        Ok(()) => {
            output::remark(&format!(
                "wrote `{}`; run it with `simulate {}`",
                file.display(),
                file.display()
            ));
            Ok(())
        }
        Err(FolderError::System { source, .. }) if source.kind() == std::io::ErrorKind::AlreadyExists => {
            Err(Failure::Exists(file.to_owned()))
        }
        Err(error) => Err(error.into()),
    }
}

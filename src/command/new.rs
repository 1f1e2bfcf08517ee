//! `simulate new`: a commented template to start from.

use super::failure::Failure;
use super::output;
use super::pasted::{program, quoted};
use compassion::files::{FolderError, write_new};
use std::path::Path;

/// Where a schema may lie, as seen from the file that is written.
const SCHEMAS: [&str; 4] = [
    "./scenario.schema.json",
    "./scenarios/scenario.schema.json",
    "../scenario.schema.json",
    "../scenarios/scenario.schema.json",
];

/// Writes a template, unless the file exists; `template` makes it from the path of the schema as seen from the file.
pub fn run(file: &Path, template: impl Fn(Option<&str>) -> String) -> Result<(), Failure> {
    let folder = match file.parent() {
        Some(it) if !it.as_os_str().is_empty() => it,
        _ => Path::new("."),
    };
    let schema = SCHEMAS.into_iter().find(|it| folder.join(it).is_file());
    match write_new(file, template(schema).as_bytes()) {
        Ok(()) => {
            let path = file.display().to_string();
            output::remark(&format!(
                "wrote `{path}`; run it with `{} {}`",
                program(),
                quoted(&path)
            ));
            Ok(())
        }
        Err(FolderError::System { source, .. }) if source.kind() == std::io::ErrorKind::AlreadyExists => {
            Err(Failure::Exists(file.to_owned()))
        }
        Err(error) => Err(error.into()),
    }
}

//! `simulate new`: a commented template to start from.

use super::failure::Failure;
use super::output;
use compassion::report::{FolderError, write_new};
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
            output::remark(&format!("wrote `{path}`; run it with `simulate {}`", quoted(&path)));
            Ok(())
        }
        Err(FolderError::System { source, .. }) if source.kind() == std::io::ErrorKind::AlreadyExists => {
            Err(Failure::Exists(file.to_owned()))
        }
        Err(error) => Err(error.into()),
    }
}

/// A path as it can be pasted into a shell: in quotation marks if it has anything but letters, digits and what paths are made of.
fn quoted(path: &str) -> String {
    let plain =
        |it: char| it.is_alphanumeric() || matches!(it, '/' | '\\' | '.' | '_' | '-' | ':' | '+' | ',' | '=' | '@');
    if path.chars().all(plain) {
        path.to_owned()
    } else if path.contains(['"', '$', '`', '!']) {
        format!("'{}'", path.replace('\'', r"'\''"))
    } else {
        format!("\"{path}\"")
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_path_can_be_pasted() {
        for (path, pasted) in [
            ("scenarios/mine.toml", "scenarios/mine.toml"),
            ("my scene.toml", "\"my scene.toml\""),
            ("it's mine.toml", "\"it's mine.toml\""),
            ("$HOME's.toml", r"'$HOME'\''s.toml'"),
        ] {
            assert_eq!(quoted(path), pasted);
        }
    }
}

//! The program as a user meets it: what it prints, what it writes, and how it refuses.

mod comparison;
mod hostile;
mod identical;
mod interrupted;
mod planned;
mod refused;
mod results;
mod shards;
mod sweeps;
mod traced;
mod uncertain;

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A small scenario of two conditions.
const SMALL: &str = r#"
title = "A small scene"
question = "Does closeness change who helps?"
[run]
seed = 7
agents = 1500
[situation]
need = 0.7
escape = 0.9
[[condition]]
name = "stranger"
[[condition]]
name = "friend, of old"
situation = { closeness = 0.8 }
training = [{ one_of = ["compassion", "mindfulness"], hours = 16, weeks = 8 }]
"#;

/// A folder to work in, gone when dropped.
struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder can be made"))
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// Writes a file and gives its name back.
    fn with(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a file has a folder")).expect("it can be made");
        std::fs::write(&path, content).expect("it can be written");
        PathBuf::from(name)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_simulate"));
        command.current_dir(self.path()).args(arguments).stdin(Stdio::null());
        command
    }

    fn simulate(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("the program starts")
    }

    fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path().join(name)).unwrap_or_else(|it| panic!("{name}: {it}"))
    }

    fn json(&self, name: &str) -> serde_json::Value {
        serde_json::from_slice(&self.read(name)).unwrap_or_else(|it| panic!("{name}: {it}"))
    }

    fn names(&self, folder: &str) -> Vec<String> {
        let entries = std::fs::read_dir(self.path().join(folder)).expect("the folder is there");
        let mut names: Vec<String> = entries
            .map(|it| it.expect("it can be listed").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }
}

/// Standard output of a command that did its work.
fn done(output: &Output) -> String {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{errors}");
    String::from_utf8(output.stdout.clone()).expect("text")
}

/// Sentences of a screen, whose lines break anywhere.
fn told(screen: &str) -> String {
    screen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a command said that could not do its work.
fn refused(output: &Output) -> String {
    let errors = String::from_utf8(output.stderr.clone()).expect("text");
    assert_eq!(output.status.code(), Some(2), "{errors}");
    assert!(!errors.contains("panicked"), "{errors}");
    errors
}

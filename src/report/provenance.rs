//! Where results come from.

use serde::{Deserialize, Serialize};
use std::path::Path;

/// The parameter set of a run.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ParameterSet {
    /// The file, or "built-in".
    pub file: String,
    /// SHA-256 of the file, in hexadecimal digits.
    pub sha256: String,
    /// How many of the parameters are assumptions.
    pub assumptions: usize,
    /// Of how many.
    pub of: usize,
}

/// Everything that is needed to get the same results again.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Provenance {
    /// Version of the program.
    pub version: String,
    /// Path of the scenario file.
    pub scenario: String,
    /// SHA-256 of the scenario file.
    pub scenario_sha256: String,
    /// Seed.
    pub seed: u64,
    /// People per condition and replicate.
    pub agents: u32,
    /// Fresh populations.
    pub replicates: u32,
    /// The parameter set.
    pub parameters: ParameterSet,
    /// The arguments of the command.
    pub command: Vec<String>,
}

/// A path as text that names no other path: what is not text in it is written as `\xff`.
pub fn path_text(path: &Path) -> String {
    match path.to_str() {
        Some(text) => text.to_owned(),
        #[cfg(unix)]
        None => std::os::unix::ffi::OsStrExt::as_bytes(path.as_os_str())
            .escape_ascii()
            .to_string(),
        #[cfg(not(unix))]
        None => path.to_string_lossy().into_owned(),
    }
}

//! Where results come from.

use serde::Serialize;

/// The parameter set of a run.
#[derive(Debug, Clone, PartialEq, Serialize)]
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
#[derive(Debug, Clone, PartialEq, Serialize)]
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

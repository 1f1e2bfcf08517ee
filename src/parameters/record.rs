//! Where fitted parameters come from: the table `[calibration]` of a parameter file.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Everything that is needed to make the same fit again, and what came out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// Version of the program that made the fit.
    pub version: String,
    /// Seed of the people, their luck and the search.
    pub seed: u64,
    /// People of each cell.
    pub people: u32,
    /// Longest step of an encounter, in seconds.
    pub longest_step_s: f64,
    /// Evaluations of the search.
    pub evaluations: u64,
    /// Number of free parameters.
    pub free_parameters: usize,
    /// Number of cells.
    pub n_cells: usize,
    /// G² of these cells, those of studies that replicate badly at the weight of the fit, on the people of the fit, with the values as they stand in the file.
    pub deviance: f64,
    /// Squared distance from the prior centres, in spreads.
    pub prior: f64,
    /// What broken constraints cost, in units of deviance.
    pub penalty: f64,
    /// The most plausible standard deviation between studies beyond their situations, in logits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub between_study_sd: Option<f64>,
    /// The command that makes this fit again, from the parameter file with `base_sha256`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub command: Option<String>,
    /// SHA-256 of the parameter file that the others were taken from.
    pub base_sha256: String,
    /// SHA-256 of the file of priors.
    pub priors_sha256: String,
    /// Rounds of the walkers that were kept; none if only the best set was sought.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept_rounds: Option<u32>,
    /// Largest R̂ of a parameter over the walkers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub largest_r_hat: Option<f64>,
    /// SHA-256 of each file that entered the fit, by its name.
    pub evidence: BTreeMap<String, String>,
    /// Correlations between free parameters, in prior coordinates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub correlations: Option<Correlations>,
}

/// A matrix of correlations.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Correlations {
    /// `process.name` of each row and column.
    pub names: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<f64>>,
}

impl Correlations {
    /// The pairs of parameters, the most closely tied first.
    pub fn pairs(&self) -> Vec<(&str, &str, f64)> {
        let mut pairs = Vec::new();
        for (i, row) in self.rows.iter().enumerate() {
            for (j, r) in row.iter().enumerate().take(i) {
                pairs.push((self.names[j].as_str(), self.names[i].as_str(), *r));
            }
        }
        pairs.sort_by(|a, b| b.2.abs().total_cmp(&a.2.abs()));
        pairs
    }
}

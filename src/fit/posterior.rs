//! What the walkers have seen: intervals, correlations, and an ensemble of plausible sets.

use super::objective::Objective;
use super::parameter_file::rounded;
use super::priors::{Prior, Priors};
use super::walkers::Walkers;
use crate::parameters::record::Correlations;
use crate::statistics::pearson;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

/// A few parameter sets that stand for all plausible ones, each as likely as the others.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ensemble {
    /// SHA-256 of the parameter file that it belongs to and that holds the other parameters.
    pub parameters_sha256: String,
    /// `process.name` of each free parameter.
    pub names: Vec<String>,
    /// Standard deviation between studies beyond their situations, in logits, one for each set; none in a file that does not tell it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub between_study_sd: Vec<f64>,
    /// One row of values for each set.
    pub sets: Vec<Vec<f64>>,
}

/// The uncertainty of the free parameters.
#[derive(Debug, Clone, PartialEq)]
pub struct Posterior {
    /// 95 % interval of each, in its unit.
    pub intervals: Vec<[f64; 2]>,
    /// Correlations in prior coordinates.
    pub correlations: Correlations,
}

impl Posterior {
    /// Of walkers that have kept something.
    pub fn of(priors: &Priors, walkers: &Walkers) -> Option<Self> {
        let kept: Vec<&[f64]> = walkers.settled().iter().map(|place| place.0.as_slice()).collect();
        let last = kept.len().checked_sub(1)?;
        let column = |it: usize| kept.iter().map(move |place| place[it]);
        let intervals = priors.list.iter().enumerate().map(|(number, prior)| {
            let mut sorted: Vec<f64> = column(number).collect();
            sorted.sort_by(f64::total_cmp);
            [last * 25 / 1000, last - last * 25 / 1000].map(|it| prior.value(sorted[it]))
        });
        let correlation = |i: usize, j: usize| {
            let pairs: Vec<(f64, f64)> = column(i).zip(column(j)).collect();
            if i == j {
                1.0
            } else {
                pearson(&pairs).unwrap_or_default()
            }
        };
        let rows = (0..priors.len()).map(|i| (0..priors.len()).map(|j| correlation(i, j)).collect());
        Some(Self {
            intervals: intervals.collect(),
            correlations: Correlations {
                names: priors.list.iter().map(Prior::key).collect(),
                rows: rows.collect(),
            },
        })
    }
}

impl Ensemble {
    /// `sets` of the kept places, evenly spaced; their people are those of the objective.
    pub fn of(
        priors: &Priors,
        objective: &Objective,
        walkers: &Walkers,
        sets: usize,
        parameters_sha256: String,
    ) -> Self {
        let kept = walkers.settled();
        let sets = sets.min(kept.len());
        // An odd stride, so that the sets do not all come from the same walkers.
        let places: Vec<&[f64]> = (0..sets)
            .map(|set| kept[(set * kept.len() / sets + set) % kept.len()].0.as_slice())
            .collect();
        let between_study_sd = places.par_iter().enumerate().map(|(set, place)| {
            // Each set has another quantile of what it leaves open, so that all of them together show it.
            let quantile = (set as f64 + 0.5) / sets as f64;
            let criterion = objective.criterion();
            rounded(criterion.between_studies(&objective.response(place)).quantile(quantile))
        });
        let values = |place: &&[f64]| {
            priors
                .list
                .iter()
                .zip(*place)
                .map(|(prior, x)| prior.value(*x))
                .collect()
        };
        Self {
            parameters_sha256,
            names: priors.list.iter().map(Prior::key).collect(),
            between_study_sd: between_study_sd.collect(),
            sets: places.iter().map(values).collect(),
        }
    }
}

//! Published means against predicted ones: how far off, in standard errors of the publication and in people's own spread. Told; a fit counts those whose file asks for it.

use super::run::StudyRun;
use super::studies::Evidence;
use crate::registry::Measure;
use crate::scenario::ObservedMean;
use crate::statistics::{Interval, Z_95};
use serde::Serialize;

/// A published mean and its prediction.
#[derive(Debug, Clone, PartialEq)]
pub struct MeanResult {
    /// Place of the study among the evidence.
    pub study: usize,
    /// Name of the condition.
    pub condition: String,
    /// What was measured.
    pub measure: Measure,
    /// Published mean.
    pub observed: f64,
    /// Its 95 % interval, 1.96 standard errors to each side; none without sd and n.
    pub interval: Option<Interval>,
    /// Predicted mean; none if a single encounter does not have the measure.
    pub predicted: Option<f64>,
    /// Whether the prediction lies in the interval.
    pub inside: Option<bool>,
    /// (predicted − observed) in standard errors of the published mean.
    pub z: Option<f64>,
    /// (predicted − observed) in published standard deviations between people.
    pub d: Option<f64>,
}

/// The score of a set of means.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct MeanScore {
    /// Means that have a prediction, a spread and a number.
    pub n_means: usize,
    /// Those whose prediction lies in the 95 % interval.
    pub inside: usize,
    /// Σ z²: twice the log-likelihood that the predictions lack, with a normal law of the published means.
    pub deviance: f64,
    /// The same for each mean; about 1 if the model is right.
    pub deviance_per_mean: Option<f64>,
    /// Mean of |d|: how far off in spreads between people, whatever the size of the studies.
    pub mean_absolute_d: Option<f64>,
}

impl MeanResult {
    fn new(study: usize, condition: String, observed: &ObservedMean, predicted: Option<f64>) -> Self {
        let error = observed.standard_error().filter(|error| *error > 0.0);
        let interval = error.map(|error| Interval {
            lower: observed.mean - Z_95 * error,
            upper: observed.mean + Z_95 * error,
        });
        let off = predicted.map(|predicted| predicted - observed.mean);
        Self {
            study,
            condition,
            measure: observed.measure,
            observed: observed.mean,
            interval,
            predicted,
            inside: predicted
                .zip(interval)
                .map(|(predicted, interval)| interval.contains(predicted)),
            z: off.zip(error).map(|(off, error)| off / error),
            d: off.zip(observed.sd.filter(|sd| *sd > 0.0)).map(|(off, sd)| off / sd),
        }
    }
}

impl MeanScore {
    /// Of these means; none if not one of them can be scored.
    pub fn of(means: &[MeanResult]) -> Option<Self> {
        let scored = || means.iter().filter_map(|mean| Some((mean.z?, mean.d?, mean.inside?)));
        let n_means = scored().count();
        if n_means == 0 {
            return None;
        }
        let deviance: f64 = scored().map(|(z, ..)| z * z).sum();
        let d: f64 = scored().map(|(_, d, _)| d.abs()).sum();
        Some(Self {
            n_means,
            inside: scored().filter(|(.., inside)| *inside).count(),
            deviance,
            deviance_per_mean: Some(deviance / n_means as f64),
            mean_absolute_d: Some(d / n_means as f64),
        })
    }
}

/// Every published mean with what the runs predict.
pub fn means(evidence: &Evidence, runs: &[StudyRun]) -> Vec<MeanResult> {
    let mut means = Vec::new();
    for (study, (it, run)) in evidence.studies.iter().zip(runs).enumerate() {
        for (condition, tally) in it.scenario.conditions.iter().zip(&run.tallies) {
            for observed in condition.observed.iter().filter_map(|observed| observed.mean()) {
                let moments = tally
                    .measures
                    .get(&observed.measure)
                    .filter(|moments| moments.count() > 0);
                let predicted = moments.map(|moments| moments.mean());
                means.push(MeanResult::new(study, condition.name.clone(), observed, predicted));
            }
        }
    }
    means
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: mean 3 with SD 2 of 25 people has a standard error of .4; 4 lies 2.5 of them above, half a spread between people.
    #[test]
    fn a_mean_is_judged_by_its_error_and_by_the_spread_of_people() {
        let observed = ObservedMean {
            measure: Measure::Amount,
            mean: 3.0,
            sd: Some(2.0),
            n: Some(25),
            calibrate: false,
        };
        let of = |predicted| MeanResult::new(0, String::new(), &observed, Some(predicted));
        let off = of(4.0);
        assert!((off.z.unwrap() - 2.5).abs() < 1e-12 && (off.d.unwrap() - 0.5).abs() < 1e-12);
        assert_eq!((off.inside, of(3.5).inside), (Some(false), Some(true)));
        let score = MeanScore::of(&[off, of(3.0)]).unwrap();
        assert_eq!((score.n_means, score.inside), (2, 1));
        assert!((score.deviance - 6.25).abs() < 1e-12 && (score.mean_absolute_d.unwrap() - 0.25).abs() < 1e-12);
        let unknown = ObservedMean { n: None, ..observed };
        assert_eq!(
            MeanScore::of(&[MeanResult::new(0, String::new(), &unknown, Some(1.0))]),
            None
        );
    }
}

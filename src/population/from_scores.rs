//! A population from what its people score on questionnaires: the traits that such scores speak for.

use super::scales::{NORMS, RELIABILITY, Scale, covariance};
use super::{LATENTS, Population};
use crate::model::agent::{PopulationShift, Trait};

/// What people score on a scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scores {
    /// The scale.
    pub scale: Scale,
    /// Their mean, in points; that of the norm where none is given.
    pub mean: Option<f64>,
    /// Their standard deviation, in points; that of the norm where none is given.
    pub sd: Option<f64>,
}

/// Scales whose traits a population has; those of fantasy and suppression drive nothing and cannot be shifted.
pub const SHIFTING: [Scale; 4] = [Scale::IriPt, Scale::IriEc, Scale::IriPd, Scale::ErqReappraisal];

/// Why no population scores so.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error("a spread of {sd} is less than the form's own error makes: at least {least:.2}")]
pub struct TooNarrow {
    /// What was asked for.
    pub sd: f64,
    /// The spread if everybody were alike.
    pub least: f64,
}

impl Scores {
    fn norm(&self) -> &'static super::scales::Norm {
        let at = Scale::MEASURED.iter().position(|scale| *scale == self.scale);
        &NORMS[at.unwrap_or_default()]
    }

    /// How far the mean of what the scale sees lies from the norm, in its SD.
    fn shift(&self) -> f64 {
        let norm = self.norm();
        self.mean
            .map_or(0.0, |mean| (mean - norm.mean) / norm.sd / RELIABILITY.sqrt())
    }

    /// The spread of what the scale sees, in SD of the norm.
    fn spread(&self) -> Result<f64, TooNarrow> {
        let norm = self.norm();
        let Some(sd) = self.sd else {
            return Ok(1.0);
        };
        let ratio = sd / norm.sd;
        let variance = (ratio * ratio - (1.0 - RELIABILITY)) / RELIABILITY;
        let least = norm.sd * (1.0 - RELIABILITY).sqrt();
        if variance < 0.0 {
            Err(TooNarrow { sd, least })
        } else {
            Ok(variance.sqrt())
        }
    }
}

/// The population that scores so.
///
/// ```text
/// μ = Σ W (Wᵀ Σ W)⁻¹ Δ,     Δ = (mean − norm) / (sd of the norm · √reliability) · sd(w·z)
/// σ² of a trait = Σ w² v / Σ w² over the scales that see it,     v = ((sd / sd of the norm)² − (1 − reliability)) / reliability
/// ```
///
/// | symbol | meaning                                                         |
/// |--------|-----------------------------------------------------------------|
/// | `Σ`    | correlations between latent scores, as published                |
/// | `W`    | weights of the scales that are given, a column each             |
/// | `Δ`    | how far what each scale sees lies from the norm                 |
///
/// Means are those of the regression of traits on true scores: also traits that no scale asks for move as far as they go together with those
/// that one does, and the means of all scales given come out as they are. How traits go together within the population stays as published.
/// The small loss of depressed people on some scales, and what the ends of a form cut off, are left out.
///
/// # Errors
///
/// [`TooNarrow`] with its place in the list.
pub fn from_scores(scores: &[Scores]) -> Result<PopulationShift, (usize, TooNarrow)> {
    let correlation = Population::norm().correlation();
    let mut population = PopulationShift::default();
    let count = scores.len();
    let between = |one: usize, other: usize| covariance(correlation, scores[one].scale, scores[other].scale);
    let matrix: Vec<Vec<f64>> = (0..count)
        .map(|one| (0..count).map(|other| between(one, other)).collect())
        .collect();
    let wanted = (0..count)
        .map(|at| scores[at].shift() * between(at, at).sqrt())
        .collect();
    let weights = solved(matrix, wanted);
    for (row, shift) in population.iter_mut().enumerate() {
        let with = |scale: Scale| -> f64 {
            let seen = scale.weights().iter();
            seen.map(|(column, weight)| weight * correlation[[row, *column]]).sum()
        };
        shift.mean = scores
            .iter()
            .zip(&weights)
            .map(|(scores, weight)| weight * with(scores.scale))
            .sum();
    }
    let mut spreads = [[0.0; 2]; LATENTS];
    for (number, scores) in scores.iter().enumerate() {
        let spread = scores.spread().map_err(|error| (number, error))?;
        for (row, weight) in scores.scale.weights() {
            spreads[*row][0] += weight * weight * spread * spread;
            spreads[*row][1] += weight * weight;
        }
    }
    for (shift, [variance, weight]) in population.iter_mut().zip(&spreads[..Trait::COUNT]) {
        if *weight > 0.0 {
            shift.sd = (variance / weight).sqrt();
        }
    }
    Ok(population)
}

/// The solution of a small system of equations whose matrix is a covariance matrix (elimination without pivots).
fn solved(mut matrix: Vec<Vec<f64>>, mut wanted: Vec<f64>) -> Vec<f64> {
    let count = wanted.len();
    for pivot in 0..count {
        for row in pivot + 1..count {
            let factor = matrix[row][pivot] / matrix[pivot][pivot];
            let (above, below) = matrix.split_at_mut(row);
            for (cell, known) in below[0][pivot..].iter_mut().zip(&above[pivot][pivot..]) {
                *cell -= factor * known;
            }
            wanted[row] -= factor * wanted[pivot];
        }
    }
    for row in (0..count).rev() {
        let known: f64 = (row + 1..count)
            .map(|column| matrix[row][column] * wanted[column])
            .sum();
        wanted[row] = (wanted[row] - known) / matrix[row][row];
    }
    wanted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::run::Experiment;
    use crate::engine::test_scenario;
    use crate::parameters::shipped;
    use crate::registry::Measure;

    fn scores(scale: Scale, mean: f64, sd: f64) -> Scores {
        Scores {
            scale,
            mean: Some(mean),
            sd: Some(sd),
        }
    }

    #[test]
    fn the_norm_is_the_norm() {
        let all = [
            scores(Scale::IriPt, 17.37, 4.82),
            scores(Scale::IriEc, 20.36, 4.23),
            scores(Scale::IriPd, 10.87, 4.99),
            scores(Scale::ErqReappraisal, 4.605, 0.9808),
        ];
        for shift in from_scores(&all).unwrap() {
            assert!(shift.mean.abs() < 1e-12 && (shift.sd - 1.0).abs() < 1e-12, "{shift:?}");
        }
        assert_eq!(from_scores(&[]).unwrap(), PopulationShift::default());
    }

    /// Whoever is drawn from the population scores what was said, on all scales at once.
    #[test]
    fn people_of_such_a_population_score_so() {
        let all = [
            scores(Scale::IriPt, 19.0, 4.4),
            scores(Scale::IriEc, 18.5, 4.23),
            scores(Scale::IriPd, 12.5, 4.99),
        ];
        let mut scenario = test_scenario(&["them"]);
        scenario.run.agents = 8_000;
        scenario.conditions[0].population = from_scores(&all).unwrap();
        let tally = &Experiment::new(&scenario, &shipped()).tallies()[0];
        for (scores, measure) in all.iter().zip([Measure::IriPt, Measure::IriEc, Measure::IriPd]) {
            let seen = &tally.measures[&measure];
            let (mean, sd) = (seen.mean(), seen.sd().unwrap());
            assert!((mean - scores.mean.unwrap()).abs() < 0.35, "{measure:?}: {mean}");
            assert!((sd - scores.sd.unwrap()).abs() < 0.35, "{measure:?}: {sd}");
        }
    }

    #[test]
    fn a_form_has_an_error_that_no_likeness_takes_away() {
        let (at, error) = from_scores(&[scores(Scale::IriEc, 20.0, 1.0)]).unwrap_err();
        assert_eq!(at, 0);
        assert!(error.to_string().contains("at least 1.98"), "{error}");
    }
}

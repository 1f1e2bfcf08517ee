//! Who there is: correlated traits, and what questionnaires show of them.
//!
//! A person is twelve trait scores, two scores that drive nothing (fantasy and expressive suppression), and six
//! questionnaire scores.
//! The scores are multivariate normal; [`correlations`] holds the matrix, [`scales`] the questionnaires.
//! Sex is not modelled: norms are those of both sexes pooled.
//!
//! The random numbers come from outside, [`DRAWS`] independent standard normals for each person, so that the same
//! person can be drawn again in every condition.
//! Only `+ − × /` and square roots are used, in a fixed order: the same draws give the same bits on every machine.
//!
//! # Example
//!
//! ```
//! use compassion::population::{LATENTS, Population, SCALES};
//!
//! let population = Population::norm();
//! let average = population.latent(&[0.0; LATENTS]);
//! assert_eq!(average.traits, [0.0; 12]);
//! // The norm is 17.37, of which a form shows whole points.
//! assert_eq!(population.scales(&average, &[0.0; SCALES]).iri_pt, 17.0);
//! ```

use std::sync::OnceLock;

use ndarray::Array2;

use crate::model::agent::{PopulationShift, Trait};

pub mod cholesky;
pub mod correlations;
pub mod from_scores;
pub mod networks;
pub mod scales;

pub use scales::{Scale, Scales};

/// Latent scores of a person: the twelve traits, fantasy and expressive suppression.
pub const LATENTS: usize = Trait::COUNT + 2;

/// Row of the fantasy score among the latent scores.
pub const FANTASY: usize = Trait::COUNT;

/// Row of the expressive-suppression score among the latent scores.
pub const SUPPRESSION: usize = Trait::COUNT + 1;

/// Questionnaire scales reported for a person.
pub const SCALES: usize = Scale::MEASURED.len();

/// Independent standard normals that make a person: one for each latent score, then one for the measurement error of
/// each questionnaire at its first filling-in, in the order of [`Scale::MEASURED`].
pub const DRAWS: usize = LATENTS + SCALES;

/// The distribution that people are drawn from.
#[derive(Debug, Clone)]
pub struct Population {
    correlation: Array2<f64>,
    factor: [[f64; LATENTS]; LATENTS],
    questionnaires: scales::Questionnaires,
}

/// The latent scores of a person, in SD from the mean of the norm population.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Latent {
    /// The traits, indexed by `Trait as usize`.
    pub traits: [f64; Trait::COUNT],
    /// How readily one enters into fictional characters; drives nothing.
    pub fantasy: f64,
    /// How much the expression of feelings is held back; drives nothing.
    pub suppression: f64,
}

impl Latent {
    /// The score in one row of the correlation matrix.
    fn score(&self, row: usize) -> f64 {
        match row {
            FANTASY => self.fantasy,
            SUPPRESSION => self.suppression,
            _ => self.traits[row],
        }
    }
}

impl Population {
    /// The population of the published norms, computed at first use.
    ///
    /// # Panics
    ///
    /// If the correlations that the program was built with are not a correlation matrix, which a test excludes.
    pub fn norm() -> &'static Self {
        static NORM: OnceLock<Population> = OnceLock::new();
        NORM.get_or_init(|| {
            let correlation = correlations::norm().expect("correlations.csv was tested");
            Self::new(correlation).expect("correlations.csv was tested to be positive definite")
        })
    }

    /// A population with another 14 × 14 matrix of correlations between latent scores, in the order of [`LATENTS`].
    ///
    /// # Errors
    ///
    /// If the matrix is not positive definite.
    pub fn new(correlation: Array2<f64>) -> Result<Self, cholesky::NotPositiveDefinite> {
        let lower = cholesky::cholesky(&correlation)?;
        let mut factor = [[0.0; LATENTS]; LATENTS];
        for ((i, j), value) in lower.indexed_iter() {
            factor[i][j] = *value;
        }
        Ok(Self {
            questionnaires: scales::Questionnaires::new(&correlation),
            correlation,
            factor,
        })
    }

    /// The latent scores that belong to a person's normals: `z = L · normals`.
    ///
    /// Row by row, columns added from left to right; whoever applies [`Population::factor`] elsewhere in the same
    /// precision gets the same bits if they keep that order.
    pub fn latent(&self, normals: &[f64; LATENTS]) -> Latent {
        let score = |row: usize| {
            let mut sum = 0.0;
            for (weight, normal) in self.factor[row][..=row].iter().zip(normals) {
                sum += weight * normal;
            }
            sum
        };
        Latent {
            traits: std::array::from_fn(score),
            fantasy: score(FANTASY),
            suppression: score(SUPPRESSION),
        }
    }

    /// What the questionnaires show of a person, with measurement error from one normal for each of
    /// [`Scale::MEASURED`].
    ///
    /// Questionnaires see whatever latent scores they are given: the traits of the day on which the form is filled in, with the error of
    /// that day.
    pub fn scales(&self, latent: &Latent, errors: &[f64; SCALES]) -> Scales {
        self.questionnaires.measure(latent, errors)
    }

    /// The correlations between latent scores.
    pub fn correlation(&self) -> &Array2<f64> {
        &self.correlation
    }

    /// The lower-triangular factor `L` of the correlations, `L · Lᵀ = R`, row by row.
    pub fn factor(&self) -> &[[f64; LATENTS]; LATENTS] {
        &self.factor
    }
}

/// Traits in a population that differs from the norm: `mean + sd · z` for each, the same `z` in every condition.
///
/// # Example
///
/// ```
/// use compassion::model::agent::{PopulationShift, Trait, TraitShift};
/// use compassion::population::shift;
///
/// let mut narrowed = PopulationShift::default();
/// narrowed[Trait::LowMood as usize] = TraitShift { mean: 1.0, sd: 0.5 };
/// assert_eq!(shift(&[2.0; 12], &narrowed)[Trait::LowMood as usize], 2.0);
/// assert_eq!(shift(&[2.0; 12], &narrowed)[Trait::Reappraisal as usize], 2.0);
/// ```
pub fn shift(z: &[f64; Trait::COUNT], population: &PopulationShift) -> [f64; Trait::COUNT] {
    std::array::from_fn(|it| population[it].mean + population[it].sd * z[it])
}

#[cfg(test)]
mod tests;

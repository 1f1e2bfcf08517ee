//! What the fit makes small.
//!
//! ```text
//! loss = G²_w + Σ x² + 10 · excess + penalty,   G²_w = Σ weight · (deviance of a cell)
//! ```
//!
//! G²_w over the cells plus the squared prior coordinates is −2 ln of the posterior density up to a constant: each cell's likelihood is raised to
//! its weight, 1, or ½ where the effect of a study replicates badly. `excess` turns the search back from the ends of the ranges, and `penalty` is what broken [constraints](super::constraints) cost.
//!
//! Everything is computed on the same people with the same luck, so that the loss is a function of the parameters alone.

use super::constraints::Constraints;
use super::priors::Priors;
use crate::evidence::bench::Bench;
use crate::evidence::score::ScoredCell;
use crate::evidence::studies::{Evidence, Study};
use crate::model::parameters::Parameters;
use crate::model::training::Program;
use crate::scenario::Condition;
use crate::statistics::{Count, predicted_share};

/// Price of a squared spread beyond the range of a parameter.
const EXCESS_PRICE: f64 = 10.0;

/// Weight of a cell whose study is marked as replicating badly: what is doubtful counts half. Fixed before its effect on the fit was seen.
const DOUBTFUL_WEIGHT: f64 = 0.5;

/// A cell that enters a fit.
#[derive(Debug, Clone, Copy)]
pub struct FittedCell<'a> {
    /// Place of the study among the evidence.
    pub study: usize,
    /// The condition.
    pub condition: &'a Condition,
    /// The programs that its training names.
    pub programs: &'a [Program],
    /// How many of how many helped.
    pub observed: Count,
    /// Whether its study is marked as replicating badly.
    pub replicates_badly: bool,
}

/// All cells of the evidence with counts; contrasts and patterns never enter a fit.
pub fn fitted_cells(evidence: &Evidence) -> Vec<FittedCell<'_>> {
    let cell = |(study, condition, observed): (usize, usize, Count)| {
        let Study {
            scenario,
            replicates_badly,
            ..
        } = &evidence.studies[study];
        FittedCell {
            study,
            condition: &scenario.conditions[condition],
            programs: &scenario.programs,
            observed,
            replicates_badly: *replicates_badly,
        }
    };
    evidence.cells().into_iter().map(cell).collect()
}

/// How a fit is set up, beside its evidence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Setup {
    /// People of each cell.
    pub people: u32,
    /// Seed of the people, their luck, and the search.
    pub seed: u64,
    /// Longest step of an encounter, in seconds.
    pub longest_step_s: f64,
    /// Whether the constraints count.
    pub constrained: bool,
}

/// The parts of a loss.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Loss {
    /// G² over the cells, each times its weight.
    pub deviance: f64,
    /// Squared distance from the prior centres.
    pub prior: f64,
    /// Squared distance beyond the ranges, at its price.
    pub excess: f64,
    /// What broken constraints cost.
    pub penalty: f64,
}

impl Loss {
    /// The sum, infinite if it is no number.
    pub fn total(&self) -> f64 {
        let sum = self.deviance + self.prior + self.excess + self.penalty;
        if sum.is_nan() { f64::INFINITY } else { sum }
    }
}

/// What of a cell does not depend on the parameters.
struct FittedCount {
    study: usize,
    observed: Count,
    weight: f64,
}

/// A fit to be made.
pub struct Objective<'a> {
    base: Parameters,
    priors: &'a Priors,
    bench: Bench,
    cells: Vec<FittedCount>,
    constraints: Option<Constraints>,
}

impl<'a> Objective<'a> {
    /// Draws the people of a fit; parameters that are not free stay as in `base`.
    pub fn new(cells: &[FittedCell], base: &Parameters, priors: &'a Priors, setup: Setup) -> Self {
        let conditions = cells.iter().map(|it| (it.condition, it.programs));
        Self {
            base: *base,
            priors,
            bench: Bench::new(conditions, setup.people, setup.seed, setup.longest_step_s),
            cells: cells
                .iter()
                .map(|it| FittedCount {
                    study: it.study,
                    observed: it.observed,
                    weight: if it.replicates_badly { DOUBTFUL_WEIGHT } else { 1.0 },
                })
                .collect(),
            constraints: setup
                .constrained
                .then(|| Constraints::new(setup.people, setup.seed, setup.longest_step_s)),
        }
    }

    /// Number of free parameters.
    pub fn dimension(&self) -> usize {
        self.priors.len()
    }

    /// The parameter set at a place.
    pub fn parameters(&self, place: &[f64]) -> Parameters {
        self.priors.parameters(&self.base, place)
    }

    /// The loss at a place.
    pub fn loss(&self, place: &[f64]) -> Loss {
        let parameters = self.parameters(place);
        Loss {
            deviance: self
                .scored(&parameters)
                .iter()
                .zip(&self.cells)
                .map(|(scored, cell)| cell.weight * scored.deviance())
                .sum(),
            prior: self.priors.distance(place),
            excess: EXCESS_PRICE * self.priors.excess(place),
            penalty: self.constraints.as_ref().map_or(0.0, |it| it.penalty(&parameters)),
        }
    }

    /// The cells with what a parameter set predicts.
    pub fn scored(&self, parameters: &Parameters) -> Vec<ScoredCell> {
        let helped = self.bench.helped(parameters);
        let scored = self.cells.iter().zip(helped).map(|(cell, helped)| ScoredCell {
            study: cell.study,
            observed: cell.observed,
            predicted: predicted_share(helped),
        });
        scored.collect()
    }
}

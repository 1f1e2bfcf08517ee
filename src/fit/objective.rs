//! What the fit makes small.
//!
//! ```text
//! loss = D + Σ x² + 10 · excess + penalty
//! ```
//!
//! `D` is the [deviance with a level of study](BetweenStudies): what sets a study apart beyond its codes has one standard deviation for all studies,
//! over which `D` is averaged. With the squared prior coordinates it is −2 ln of the posterior density up to a constant; each cell's likelihood is
//! raised to its weight, 1, or ½ where the effect of a study replicates badly. `excess` turns the search back from the ends of the ranges, and
//! `penalty` is what broken [constraints](super::constraints) cost.
//!
//! Everything is computed on the same people with the same luck, so that the loss is a function of the parameters alone.

use super::constraints::{Constraints, penalty};
use super::priors::Priors;
use crate::evidence::bench::Bench;
use crate::evidence::score::ScoredCell;
use crate::evidence::studies::{Evidence, Study};
use crate::model::parameters::Parameters;
use crate::model::training::Program;
use crate::registry::Measure;
use crate::scenario::Condition;
use crate::statistics::{BetweenStudies, Count, StudyCell};

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
    /// What was observed: helping, or a mean.
    pub measure: Measure,
    /// How many of how many helped; of a mean, [what share](crate::scenario::ObservedMean::as_share) it is of the way between its bounds.
    pub observed: Count,
    /// Whether its study is marked as replicating badly.
    pub replicates_badly: bool,
}

/// All cells of the evidence with counts, and behind them the means whose files ask for it; contrasts and patterns never enter a fit.
pub fn fitted_cells(evidence: &Evidence) -> Vec<FittedCell<'_>> {
    let cell = |(study, condition, measure, observed): (usize, usize, Measure, Count)| {
        let Study {
            scenario,
            replicates_badly,
            ..
        } = &evidence.studies[study];
        FittedCell {
            study,
            condition: &scenario.conditions[condition],
            programs: &scenario.programs,
            measure,
            observed,
            replicates_badly: *replicates_badly,
        }
    };
    let counts = evidence.cells().into_iter();
    let counts = counts.map(|(study, condition, count)| (study, condition, Measure::Helped, count));
    counts.chain(fitted_means(evidence)).map(cell).collect()
}

/// The means whose files ask for it: study, condition, measure, and the mean as a share.
fn fitted_means(evidence: &Evidence) -> impl Iterator<Item = (usize, usize, Measure, Count)> + '_ {
    let conditions = evidence.studies.iter().enumerate().flat_map(|(study, it)| {
        let conditions = it.scenario.conditions.iter().enumerate();
        conditions.map(move |(number, condition)| (study, number, condition))
    });
    conditions.flat_map(|(study, number, condition)| {
        let means = condition.observed.iter().filter_map(|observed| observed.mean());
        means.filter(|mean| mean.calibrate).filter_map(move |mean| {
            let share = mean.as_share(condition.bounds(mean.measure)?)?;
            Some((study, number, mean.measure, share))
        })
    })
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
    /// Deviance of the cells with a level of study, each cell times its weight.
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

/// What the people of a fit do under one parameter set.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// Predicted share of each cell, in (0, 1).
    pub shares: Vec<f64>,
    /// Helping rates in the scenes of the constraints, in (0, 1); none where they do not count.
    pub rates: Vec<f64>,
}

/// What of a cell does not depend on the parameters.
#[derive(Debug, Clone, Copy, PartialEq)]
struct FittedCount {
    study: usize,
    observed: Count,
    weight: f64,
}

/// What is asked of a response: the counts, and what was believed before.
#[derive(Debug, Clone)]
pub struct Criterion<'a> {
    priors: &'a Priors,
    cells: Vec<FittedCount>,
}

impl Criterion<'_> {
    /// The same without the cells of some studies.
    #[must_use]
    pub fn without(&self, studies: &[usize]) -> Self {
        let kept = |cell: &FittedCount| FittedCount {
            weight: if studies.contains(&cell.study) {
                0.0
            } else {
                cell.weight
            },
            ..*cell
        };
        Self {
            priors: self.priors,
            cells: self.cells.iter().map(kept).collect(),
        }
    }

    /// The loss of a response at its place.
    pub fn loss(&self, place: &[f64], response: &Response) -> Loss {
        Loss {
            deviance: self.between_studies(response).expected_deviance(),
            prior: self.priors.distance(place),
            excess: EXCESS_PRICE * self.priors.excess(place),
            penalty: if response.rates.is_empty() {
                0.0
            } else {
                penalty(&response.rates)
            },
        }
    }

    /// The most plausible standard deviation between studies, given a response.
    pub fn between_study_sd(&self, response: &Response) -> f64 {
        self.between_studies(response).likely_sd()
    }

    /// The cells with what a response predicts.
    pub fn scored(&self, response: &Response) -> Vec<ScoredCell> {
        let scored = self.cells.iter().zip(&response.shares).map(|(cell, share)| ScoredCell {
            study: cell.study,
            observed: cell.observed,
            predicted: *share,
        });
        scored.collect()
    }

    /// How sharply each pair of logits is known around a response, where `sd` is the standard deviation between studies: half the second
    /// derivatives of the deviance, one matrix for each study with the places of its cells.
    pub fn information(&self, response: &Response, sd: f64) -> Vec<(Vec<usize>, Vec<f64>)> {
        let mut blocks: Vec<(usize, Vec<usize>)> = Vec::new();
        for (place, cell) in self.cells.iter().enumerate().filter(|(_, cell)| cell.weight > 0.0) {
            match blocks.iter_mut().find(|(study, _)| *study == cell.study) {
                Some((_, places)) => places.push(place),
                None => blocks.push((cell.study, vec![place])),
            }
        }
        let binomial = |place: &usize| {
            let (cell, p) = (&self.cells[*place], response.shares[*place]);
            cell.weight * cell.observed.trials as f64 * p * (1.0 - p)
        };
        let block = |(_, places): (usize, Vec<usize>)| {
            let known: Vec<f64> = places.iter().map(binomial).collect();
            // Sherman and Morrison: the effect of the study takes away what its cells have in common.
            let shared = sd * sd / (1.0 + sd * sd * known.iter().sum::<f64>());
            let n = known.len();
            let matrix = (0..n * n).map(|at| {
                let (i, j) = (at / n, at % n);
                let own = if i == j { known[i] } else { 0.0 };
                own - shared * known[i] * known[j]
            });
            (places, matrix.collect())
        };
        blocks.into_iter().map(block).collect()
    }

    /// The counts with a level of study beside what a response predicts.
    pub fn between_studies(&self, response: &Response) -> BetweenStudies {
        let cells = self
            .cells
            .iter()
            .zip(&response.shares)
            .filter(|(cell, _)| cell.weight > 0.0);
        let cells = cells.map(|(cell, share)| StudyCell {
            study: cell.study,
            observed: cell.observed,
            predicted: *share,
            weight: cell.weight,
        });
        BetweenStudies::new(&cells.collect::<Vec<_>>())
    }
}

/// A fit to be made.
pub struct Objective<'a> {
    base: Parameters,
    bench: Bench,
    measures: Vec<Measure>,
    constraints: Option<Constraints>,
    criterion: Criterion<'a>,
}

impl<'a> Objective<'a> {
    /// Draws the people of a fit; parameters that are not free stay as in `base`.
    pub fn new(cells: &[FittedCell], base: &Parameters, priors: &'a Priors, setup: Setup) -> Self {
        let conditions = cells.iter().map(|it| (it.condition, it.programs));
        let counts = cells.iter().map(|it| FittedCount {
            study: it.study,
            observed: it.observed,
            weight: if it.replicates_badly { DOUBTFUL_WEIGHT } else { 1.0 },
        });
        Self {
            base: *base,
            bench: Bench::new(conditions, setup.people, setup.seed, setup.longest_step_s),
            measures: cells.iter().map(|cell| cell.measure).collect(),
            constraints: setup
                .constrained
                .then(|| Constraints::new(setup.people, setup.seed, setup.longest_step_s)),
            criterion: Criterion {
                priors,
                cells: counts.collect(),
            },
        }
    }

    /// Number of free parameters.
    pub fn dimension(&self) -> usize {
        self.criterion.priors.len()
    }

    /// What is asked of a response.
    pub fn criterion(&self) -> &Criterion<'a> {
        &self.criterion
    }

    /// The parameter set at a place.
    pub fn parameters(&self, place: &[f64]) -> Parameters {
        self.criterion.priors.parameters(&self.base, place)
    }

    /// What people do at a place.
    pub fn response(&self, place: &[f64]) -> Response {
        self.response_to(&self.parameters(place))
    }

    /// What people do under a parameter set.
    pub fn response_to(&self, parameters: &Parameters) -> Response {
        let rates = self
            .constraints
            .as_ref()
            .map(|constraints| constraints.rates(parameters));
        Response {
            shares: self.bench.shares(parameters, &self.measures),
            rates: rates.unwrap_or_default(),
        }
    }

    /// The loss at a place.
    pub fn loss(&self, place: &[f64]) -> Loss {
        self.criterion.loss(place, &self.response(place))
    }

    /// The cells with what a parameter set predicts.
    pub fn scored(&self, parameters: &Parameters) -> Vec<ScoredCell> {
        let shares = self.bench.shares(parameters, &self.measures);
        self.criterion.scored(&Response {
            shares,
            rates: Vec::new(),
        })
    }
}

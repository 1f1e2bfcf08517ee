//! Predictions for studies that the fit has not seen.

use super::emulator::Archive;
use super::objective::{FittedCell, Objective};
use super::refine::{Plan, refine};
use crate::evidence::baselines::pooled;
use crate::evidence::features::Features;
use crate::evidence::logistic::Logistic;
use crate::evidence::score::{Score, ScoredCell};
use crate::statistics::{BetweenStudies, Count, NewStudy, Plausible};
use ndarray::Array2;
use rayon::prelude::*;

/// Ridges among which the regression may choose the one that predicts left-out studies best: an advantage that the model does not have.
const RIDGES: [f64; 7] = [0.3, 1.0, 3.0, 10.0, 30.0, 100.0, 300.0];

/// What a model predicts for studies left out.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct LeftOut {
    /// Over all studies that were left out.
    pub all: Score,
    /// Over those whose varied keys vary in another study too.
    pub informed: Score,
    /// Over all but those that replicate badly.
    pub all_replicable: Score,
    /// Over the informed but those that replicate badly.
    pub informed_replicable: Score,
}

/// Studies that are left out together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fold {
    /// What they are called together: the name of the study, or of the kind.
    pub name: String,
    /// Their places among the evidence.
    pub studies: Vec<usize>,
}

/// A cell that the fit has not seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct UnseenCell {
    /// Counts and prediction.
    pub scored: ScoredCell,
    /// Standard deviation of the predicted logit over plausible parameters, by Laplace's approximation.
    pub parameter_sd: f64,
    /// Standard deviation between the studies that the fit has seen.
    pub between_study_sd: f64,
}

impl UnseenCell {
    /// What was to be expected of it.
    ///
    /// # Panics
    ///
    /// Never: there is one plausible set.
    pub fn expected(&self) -> NewStudy {
        let (parameters, studies) = (self.parameter_sd, self.between_study_sd);
        NewStudy::new(&[Plausible {
            predicted: self.scored.predicted,
            between_study_sd: (parameters * parameters + studies * studies).sqrt(),
        }])
        .expect("there is a set")
    }
}

/// The fit without some studies, and what it predicts for them.
#[derive(Debug, Clone, PartialEq)]
pub struct Unseen {
    /// Their cells.
    pub cells: Vec<UnseenCell>,
    /// Deviance of their cells with the level of study that the fit has found.
    pub deviance_between_studies: f64,
    /// Loss of the fit, over what it has seen.
    pub loss: f64,
    /// What simulation found more than the emulator promised, at its last minimum.
    pub surprise: f64,
}

/// Which of the studies left out are what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standings {
    /// Those of which every key that varies within them varies within another study as well: one that is not left out together with them.
    pub informed: Vec<usize>,
    /// Those that are marked as replicating badly.
    pub doubtful: Vec<usize>,
}

impl Standings {
    /// Of the studies of these cells, when those of one entry of `left` are left out together.
    pub fn of(cells: &[FittedCell], left: &[Vec<usize>]) -> Self {
        let mut doubtful: Vec<usize> = cells
            .iter()
            .filter(|it| it.replicates_badly)
            .map(|it| it.study)
            .collect();
        doubtful.dedup();
        Self {
            informed: informed(cells, left),
            doubtful,
        }
    }
}

/// See [`Standings::informed`].
fn informed(cells: &[FittedCell], left: &[Vec<usize>]) -> Vec<usize> {
    let features = Features::of(&cells.iter().map(|it| it.condition).collect::<Vec<_>>());
    let studies = studies(cells);
    let varied: Vec<Vec<&str>> = studies
        .iter()
        .map(|study| {
            let rows: Vec<usize> = (0..cells.len()).filter(|it| cells[*it].study == *study).collect();
            features.varied_among(&rows)
        })
        .collect();
    let together = |one: usize, other: usize| {
        let both = [studies[one], studies[other]];
        left.iter().any(|left| both.iter().all(|it| left.contains(it)))
    };
    let elsewhere = |own: usize, key: &str| {
        varied
            .iter()
            .enumerate()
            .any(|(other, keys)| other != own && !together(own, other) && keys.contains(&key))
    };
    let is_informed = |it: &usize| !varied[*it].is_empty() && varied[*it].iter().all(|key| elsewhere(*it, key));
    (0..studies.len()).filter(is_informed).map(|it| studies[it]).collect()
}

/// The studies of these cells, in order.
pub fn studies(cells: &[FittedCell]) -> Vec<usize> {
    let mut studies: Vec<usize> = cells.iter().map(|it| it.study).collect();
    studies.dedup();
    studies
}

/// Fits without each of some groups of studies, from the fit over all of them, and predicts their cells; `archive` is what was simulated for that.
///
/// Groups are fitted in parallel; no number depends on the number of threads.
///
/// # Errors
///
/// What `each` says, which is called after every round of every fit.
pub fn without<E: Send>(
    objective: &Objective,
    archive: &Archive,
    folds: &[Fold],
    plan: Plan,
    each: &(impl Fn() -> Result<(), E> + Sync),
) -> Result<Vec<Unseen>, E> {
    let one = |(number, fold): (u32, &Fold)| {
        let criterion = objective.criterion().without(&fold.studies);
        let mut archive = archive.clone();
        let plan = Plan {
            number: 1 + number,
            ..plan
        };
        let found = refine(objective, &criterion, &mut archive, &[], plan, each)?;
        let between_study_sd = criterion.between_study_sd(&found.response);
        let slopes = found.emulator.slopes(&found.place);
        let cells = objective.criterion().scored(&found.response);
        let left = cells
            .iter()
            .zip(&slopes)
            .filter(|(cell, _)| fold.studies.contains(&cell.study));
        let cells: Vec<UnseenCell> = left
            .map(|(cell, slopes)| UnseenCell {
                scored: *cell,
                parameter_sd: spread(&found.root, slopes),
                between_study_sd,
            })
            .collect();
        let counted: Vec<_> = cells.iter().map(|cell| cell.scored.of_study()).collect();
        Ok(Unseen {
            deviance_between_studies: BetweenStudies::new(&counted).deviance(between_study_sd),
            cells,
            loss: found.loss.total(),
            surprise: found.surprise,
        })
    };
    let folds: Vec<(u32, &Fold)> = (0_u32..).zip(folds).collect();
    folds.into_par_iter().map(one).collect()
}

/// Standard deviation of what changes with each coordinate by these slopes, where `root · rootᵀ` is the covariance of the coordinates.
fn spread(root: &Array2<f64>, slopes: &[f64]) -> f64 {
    let n = slopes.len();
    let along = |j: usize| (j..n).map(|i| root[[i, j]] * slopes[i]).sum::<f64>();
    (0..n).map(|j| along(j) * along(j)).sum::<f64>().sqrt()
}

/// Scores predictions for left-out cells.
pub fn scored(predictions: &[ScoredCell], standings: &Standings) -> LeftOut {
    let over = |counts: &dyn Fn(usize) -> bool| {
        let some: Vec<ScoredCell> = predictions.iter().filter(|it| counts(it.study)).copied().collect();
        Score::of(&some)
    };
    let informed = |study: usize| standings.informed.contains(&study);
    let replicable = |study: usize| !standings.doubtful.contains(&study);
    LeftOut {
        all: Score::of(predictions),
        informed: over(&informed),
        all_replicable: over(&replicable),
        informed_replicable: over(&|study| informed(study) && replicable(study)),
    }
}

/// What the regression predicts for the same studies left out, those of one entry of `left` together, with the ridge that turns out best for it; the
/// cells in the order of `left`, and in each entry in their own.
pub fn regression(cells: &[FittedCell], left: &[Vec<usize>]) -> (f64, Vec<ScoredCell>) {
    let features = Features::of(&cells.iter().map(|it| it.condition).collect::<Vec<_>>());
    let of = |ridge: f64| {
        let mut predictions = Vec::new();
        for left in left {
            let is_left = |it: &usize| left.contains(&cells[*it].study);
            let kept: Vec<usize> = (0..cells.len()).filter(|it| !is_left(it)).collect();
            let rows: Vec<&[f64]> = kept.iter().map(|it| features.rows[*it].as_slice()).collect();
            let counts: Vec<Count> = kept.iter().map(|it| cells[*it].observed).collect();
            let fitted = (!rows.is_empty()).then(|| Logistic::fit(&rows, &counts, ridge));
            for it in (0..cells.len()).filter(is_left) {
                let predicted = fitted
                    .as_ref()
                    .map_or_else(|| pooled(&counts), |fitted| fitted.predict(&features.rows[it]));
                predictions.push(ScoredCell {
                    study: cells[it].study,
                    observed: cells[it].observed,
                    predicted,
                });
            }
        }
        predictions
    };
    let deviance = |cells: &[ScoredCell]| cells.iter().map(ScoredCell::deviance).sum::<f64>();
    let all = RIDGES.iter().map(|ridge| (*ridge, of(*ridge)));
    let best = all.min_by(|a, b| deviance(&a.1).total_cmp(&deviance(&b.1)));
    best.unwrap_or_else(|| (RIDGES[0], of(RIDGES[0])))
}

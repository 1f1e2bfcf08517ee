//! Predictions for studies that the fit has not seen.

use super::objective::{FittedCell, Objective, Setup};
use super::priors::Priors;
use super::search::{fit, search};
use crate::evidence::baselines::pooled;
use crate::evidence::features::Features;
use crate::evidence::logistic::Logistic;
use crate::evidence::score::{Score, ScoredCell};
use crate::model::parameters::Parameters;
use crate::statistics::Count;

/// Ridges among which the regression may choose the one that predicts left-out studies best: an advantage that the model does not have.
const RIDGES: [f64; 7] = [0.3, 1.0, 3.0, 10.0, 30.0, 100.0, 300.0];

/// What a model predicts for studies left out, one after the other.
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

/// Fits without some studies, from the centres of the priors, and predicts their cells.
///
/// # Errors
///
/// What `each` says, which is called after every generation.
pub fn without<E>(
    cells: &[FittedCell],
    left: &[usize],
    base: &Parameters,
    priors: &Priors,
    setup: Setup,
    evaluations: u64,
    mut each: impl FnMut() -> Result<(), E>,
) -> Result<Vec<ScoredCell>, E> {
    let (left, kept): (Vec<FittedCell>, Vec<FittedCell>) = cells.iter().partition(|it| left.contains(&it.study));
    let objective = Objective::new(&kept, base, priors, setup);
    let mut search = search(priors.len(), setup.seed);
    let found = fit(&objective, &mut search, evaluations, |_| each())?;
    let parameters = objective.parameters(&found.place);
    let unconstrained = Setup {
        constrained: false,
        ..setup
    };
    Ok(Objective::new(&left, base, priors, unconstrained).scored(&parameters))
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

/// What the regression predicts for the same studies left out, those of one entry of `left` together, with the ridge that turns out best for it.
pub fn regression(cells: &[FittedCell], left: &[Vec<usize>], standings: &Standings) -> (f64, LeftOut) {
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
        scored(&predictions, standings)
    };
    let all: Vec<(f64, LeftOut)> = RIDGES.iter().map(|it| (*it, of(*it))).collect();
    let best = all.iter().min_by(|a, b| a.1.all.deviance.total_cmp(&b.1.all.deviance));
    best.cloned().unwrap_or_else(|| (RIDGES[0], of(RIDGES[0])))
}

//! Models to beat: the same rate for everybody, and a regression on the situation keys.

use super::features::Features;
use super::logistic::Logistic;
use super::score::{Score, ScoredCell};
use crate::scenario::Condition;
use crate::statistics::Count;

/// Ridge of the regression in tables, as [`Logistic::fit`] counts it.
pub const RIDGE: f64 = 1.0;

/// A model that is not about people, and its score.
#[derive(Debug, Clone, PartialEq)]
pub struct Baseline {
    /// What it is, in words.
    pub name: String,
    /// Numbers fitted to the same cells.
    pub free_parameters: usize,
    /// Its score on them.
    pub score: Score,
}

/// Both baselines, fitted to these cells and scored on them.
///
/// # Panics
///
/// If there are not as many conditions as cells.
pub fn baselines(cells: &[ScoredCell], conditions: &[&Condition]) -> Vec<Baseline> {
    let counts: Vec<Count> = cells.iter().map(|it| it.observed).collect();
    let rate = pooled(&counts);
    let features = Features::of(conditions);
    let rows: Vec<&[f64]> = features.rows.iter().map(Vec::as_slice).collect();
    let fitted = Logistic::fit(&rows, &counts, RIDGE);
    vec![
        Baseline {
            name: "one rate for all".to_owned(),
            free_parameters: 1,
            score: scored(cells, |_| rate),
        },
        Baseline {
            name: format!("logistic regression, main effects, ridge {RIDGE}"),
            free_parameters: features.names.len() + 1,
            score: scored(cells, |it| fitted.predict(rows[it])),
        },
    ]
}

/// The share of all who helped, kept off 0 and 1.
pub fn pooled(counts: &[Count]) -> f64 {
    let sum = |of: fn(&Count) -> u64| counts.iter().map(of).sum::<u64>() as f64;
    (sum(|it| it.successes) + 0.5) / (sum(|it| it.trials) + 1.0)
}

fn scored(cells: &[ScoredCell], predict: impl Fn(usize) -> f64) -> Score {
    let predicted = |(number, it): (usize, &ScoredCell)| ScoredCell {
        predicted: predict(number),
        ..*it
    };
    Score::of(&cells.iter().enumerate().map(predicted).collect::<Vec<_>>())
}

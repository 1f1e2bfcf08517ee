//! The whole comparison of one parameter set with the evidence.

use super::baselines::{Baseline, baselines};
use super::run::StudyRun;
use super::score::{Score, ScoredCell};
use super::standing::Standing;
use super::studies::Evidence;
use crate::engine::records::Outcome;
use crate::registry::Measure;
use crate::scenario::{Condition, Observed};
use crate::statistics::{Estimate, Interval, Z_95, predicted_share, unpaired_difference};
use crate::summary::ContrastSummary;
use std::collections::BTreeMap;

/// Names of the scores that can be required, in the order of [`Validation::named_scores`].
pub const NAMES: &[&str] = &[
    "inside",
    "deviance",
    "deviance_per_cell",
    "correlation",
    "concordance",
    "effect_correlation",
    "mean_absolute_error",
    "contrasts",
    "patterns",
    "n_cells",
];

/// A cell with its names.
#[derive(Debug, Clone, PartialEq)]
pub struct CellResult {
    /// Place of the study among the evidence.
    pub study: usize,
    /// Name of the condition.
    pub condition: String,
    /// Counts and prediction.
    pub scored: ScoredCell,
}

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
}

/// A contrast with its study.
#[derive(Debug, Clone, PartialEq)]
pub struct ContrastResult {
    /// Place of the study among the evidence.
    pub study: usize,
    /// What was found, predicted, and whether they agree: a rise or fall from |d| = .10 and a third of a stated size on, no change below
    /// .10, a ratio with limits between them.
    pub summary: ContrastSummary,
}

/// A pattern with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct PatternResult {
    /// Place among the patterns of the evidence.
    pub pattern: usize,
    /// The statistic; none if it cannot be computed from single encounters.
    pub value: Option<f64>,
    /// Whether it lies within the bounds.
    pub inside: Option<bool>,
}

/// A difference between the first cell of a study and another one.
#[derive(Debug, Clone, PartialEq)]
pub struct EffectResult {
    /// Place of the study among the evidence.
    pub study: usize,
    /// Name of the condition.
    pub condition: String,
    /// Name of the first condition.
    pub against: String,
    /// Difference of the observed shares, with Newcombe's 95 % interval.
    pub observed: Estimate,
    /// Difference of the predicted shares.
    pub predicted: f64,
}

/// Everything that was compared.
#[derive(Debug, Clone, PartialEq)]
pub struct Validation {
    /// Cells with counts.
    pub cells: Vec<CellResult>,
    /// Published means.
    pub means: Vec<MeanResult>,
    /// Published differences.
    pub contrasts: Vec<ContrastResult>,
    /// Named checks.
    pub patterns: Vec<PatternResult>,
    /// Differences within studies.
    pub effects: Vec<EffectResult>,
    /// Score over all cells.
    pub score: Score,
    /// Score without the studies that replicate badly.
    pub without_replication_problems: Score,
    /// Models to beat.
    pub baselines: Vec<Baseline>,
    /// Where the numbers come from.
    pub standing: Standing,
}

impl Validation {
    /// Compares runs, one for each study, with the evidence.
    pub fn new(evidence: &Evidence, runs: &[StudyRun]) -> Self {
        let mut cells = Vec::new();
        let mut conditions: Vec<&Condition> = Vec::new();
        for (study, condition, observed) in evidence.cells() {
            let simulated = runs[study].tallies[condition].units.count(Outcome::Helped);
            let condition = &evidence.studies[study].scenario.conditions[condition];
            conditions.push(condition);
            cells.push(CellResult {
                study,
                condition: condition.name.clone(),
                scored: ScoredCell {
                    study,
                    observed,
                    predicted: predicted_share(simulated),
                },
            });
        }
        let scored: Vec<ScoredCell> = cells.iter().map(|it| it.scored).collect();
        let replicable = |it: &&ScoredCell| !evidence.studies[it.study].replicates_badly;
        let without: Vec<ScoredCell> = scored.iter().filter(replicable).copied().collect();
        let standings = evidence.studies.iter().map(|it| it.standing);
        Self {
            means: means(evidence, runs),
            contrasts: contrasts(evidence, runs),
            patterns: patterns(evidence, runs),
            effects: effects(&cells),
            score: Score::of(&scored),
            without_replication_problems: Score::of(&without),
            baselines: if scored.is_empty() {
                Vec::new()
            } else {
                baselines(&scored, &conditions)
            },
            standing: standings.fold(Standing::default(), Standing::plus),
            cells,
        }
    }

    /// Every score that can be required, by name; none if it cannot be computed. `inside`, `contrasts` and `patterns` are shares.
    pub fn named_scores(&self) -> BTreeMap<&'static str, Option<f64>> {
        let score = &self.score;
        let values = [
            score.inside_share(),
            Some(score.deviance),
            score.deviance_per_cell,
            score.correlation,
            score.concordance,
            score.effect_correlation,
            score.mean_absolute_error,
            share(self.contrasts.iter().map(|it| it.summary.agrees)),
            share(self.patterns.iter().map(|it| it.inside)),
            Some(score.n_cells as f64),
        ];
        NAMES.iter().copied().zip(values).collect()
    }

    /// Cells outside their interval, the worst first.
    pub fn misfits(&self) -> Vec<&CellResult> {
        let mut misfits: Vec<&CellResult> = self.cells.iter().filter(|it| !it.scored.inside()).collect();
        misfits.sort_by(|a, b| b.scored.deviance().total_cmp(&a.scored.deviance()));
        misfits
    }
}

/// The share that holds, of those that can be said; none of nothing.
fn share(answers: impl Iterator<Item = Option<bool>>) -> Option<f64> {
    let known: Vec<bool> = answers.flatten().collect();
    let holds = known.iter().filter(|it| **it).count();
    (!known.is_empty()).then(|| holds as f64 / known.len() as f64)
}

fn means(evidence: &Evidence, runs: &[StudyRun]) -> Vec<MeanResult> {
    let mut means = Vec::new();
    for (study, (it, run)) in evidence.studies.iter().zip(runs).enumerate() {
        for (condition, tally) in it.scenario.conditions.iter().zip(&run.tallies) {
            let Some(Observed::Mean { measure, mean, sd, n }) = condition.observed else {
                continue;
            };
            let moments = tally.measures.get(&measure).filter(|it| it.count() > 0);
            let predicted = moments.map(|it| it.mean());
            let interval = sd.zip(n).map(|(sd, n)| {
                let reach = Z_95 * sd / f64::from(n).sqrt();
                Interval {
                    lower: mean - reach,
                    upper: mean + reach,
                }
            });
            means.push(MeanResult {
                study,
                condition: condition.name.clone(),
                measure,
                observed: mean,
                interval,
                predicted,
                inside: predicted.zip(interval).map(|(it, interval)| interval.contains(it)),
            });
        }
    }
    means
}

fn contrasts(evidence: &Evidence, runs: &[StudyRun]) -> Vec<ContrastResult> {
    let mut contrasts = Vec::new();
    for (study, (it, run)) in evidence.studies.iter().zip(runs).enumerate() {
        let claims = it
            .scenario
            .contrasts
            .iter()
            .filter(|contrast| contrast.observed.makes_claim());
        contrasts.extend(claims.map(|contrast| ContrastResult {
            study,
            summary: ContrastSummary::new(&it.scenario, contrast, &run.tallies),
        }));
    }
    contrasts
}

fn patterns(evidence: &Evidence, runs: &[StudyRun]) -> Vec<PatternResult> {
    let patterns = evidence.patterns.iter().enumerate();
    patterns
        .map(|(number, it)| {
            let run = &runs[it.study];
            let value = it.value(&run.tallies, run.correlations[number]);
            PatternResult {
                pattern: number,
                value,
                inside: value.map(|value| it.passes(value)),
            }
        })
        .collect()
}

/// Each further cell of a study against its first.
fn effects(cells: &[CellResult]) -> Vec<EffectResult> {
    let mut effects = Vec::new();
    let mut first: Option<&CellResult> = None;
    for cell in cells {
        match first.filter(|it| it.study == cell.study) {
            None => first = Some(cell),
            Some(first) => {
                let difference = unpaired_difference(cell.scored.observed, first.scored.observed, Z_95);
                effects.extend(difference.map(|observed| EffectResult {
                    study: cell.study,
                    condition: cell.condition.clone(),
                    against: first.condition.clone(),
                    observed,
                    predicted: cell.scored.predicted - first.scored.predicted,
                }));
            }
        }
    }
    effects
}

//! A validation as JSON and as charts.

use super::jitter::Jitter;
use super::predictive::PlausibleCells;
use super::score::Score;
use super::studies::Evidence;
use super::validation::Validation;
use crate::charts::effects_forest::{self, EffectsForestData, EffectsForestRow};
use crate::charts::estimate::Estimate;
use crate::charts::observed_predicted::{self, ObservedPredictedCell, ObservedPredictedData};
use crate::charts::{ChartError, Frame, Picture};
use crate::model::mechanism::Mechanism;
use serde_json::{Value, json};

/// What a report says beside the comparison itself.
#[derive(Debug, Clone, Copy)]
pub struct Background<'a> {
    /// SHA-256 of the parameter file.
    pub parameters_sha256: &'a str,
    /// How many parameters were fitted.
    pub free_parameters: usize,
    /// Scores without each mechanism, if they were asked for.
    pub knockouts: &'a [(Option<Mechanism>, Score)],
    /// Spread over recodings, if it was asked for.
    pub jitter: Option<&'a Jitter>,
    /// What plausible parameter sets predict, if they were asked.
    pub plausible: Option<&'a PlausibleCells>,
}

/// `report.json`: the fields of the contract, then more.
pub fn report_json(evidence: &Evidence, validation: &Validation, background: &Background) -> Value {
    let file = |study: usize| evidence.studies[study].path.display().to_string();
    let cells: Vec<Value> = validation
        .cells
        .iter()
        .enumerate()
        .map(|(number, it)| {
            let (count, interval) = (it.scored.observed, it.scored.interval());
            let mut cell = json!({
                "file": file(it.study),
                "citation": evidence.studies[it.study].scenario.citation,
                "condition": it.condition,
                "observed": it.scored.share(),
                "helped": count.successes,
                "of": count.trials,
                "predicted": it.scored.predicted,
                "lower": interval.lower,
                "upper": interval.upper,
                "inside": it.scored.inside(),
                "deviance": it.scored.deviance(),
                "replicates_badly": evidence.studies[it.study].replicates_badly,
            });
            if let Some(plausible) = background.plausible {
                let over = plausible.cells.get(number).copied().flatten();
                cell["parameters_lower"] = json!(over.map(|it| it.lower));
                cell["parameters_upper"] = json!(over.map(|it| it.upper));
            }
            cell
        })
        .collect();
    let contrasts: Vec<Value> = validation
        .contrasts
        .iter()
        .map(|it| {
            json!({
                "file": file(it.study),
                "treatment": it.summary.treatment,
                "control": it.summary.control,
                "measure": it.summary.measure,
                "observed": it.summary.observed,
                "predicted": it.summary.predicted,
                "agrees": it.summary.agrees,
                "overshoots": it.summary.overshoots,
            })
        })
        .collect();
    let patterns: Vec<Value> = validation
        .patterns
        .iter()
        .map(|it| {
            let pattern = &evidence.patterns[it.pattern];
            json!({
                "pattern": pattern.number,
                "name": pattern.name,
                "file": file(pattern.study),
                "statistic": pattern.word,
                "value": it.value,
                "lower": pattern.lower,
                "upper": pattern.upper,
                "inside": it.inside,
            })
        })
        .collect();
    let means: Vec<Value> = validation
        .means
        .iter()
        .map(|it| {
            json!({
                "file": file(it.study),
                "condition": it.condition,
                "measure": it.measure,
                "observed": it.observed,
                "lower": it.interval.map(|it| it.lower),
                "upper": it.interval.map(|it| it.upper),
                "predicted": it.predicted,
                "inside": it.inside,
            })
        })
        .collect();
    let files: Vec<Value> = evidence
        .studies
        .iter()
        .map(|it| {
            let run = it.scenario.run;
            json!({ "file": it.path.display().to_string(), "sha256": it.sha256, "seed": run.seed, "agents": run.agents })
        })
        .collect();
    let mut report = json!({ "cells": cells, "contrasts": contrasts });
    let score = &validation.score;
    for (key, value) in [
        ("deviance", json!(score.deviance)),
        ("n_cells", json!(score.n_cells)),
        ("inside", json!(score.inside)),
        ("correlation", json!(score.correlation)),
        ("concordance", json!(score.concordance)),
        ("effect_correlation", json!(score.effect_correlation)),
        (
            "agents",
            json!(evidence.studies.iter().map(|it| it.scenario.run.agents).min()),
        ),
        ("seed", json!(common_seed(evidence))),
        ("parameters_sha256", json!(background.parameters_sha256)),
        ("deviance_per_cell", json!(score.deviance_per_cell)),
        ("mean_absolute_error", json!(score.mean_absolute_error)),
        ("free_parameters", json!(background.free_parameters)),
        (
            "penalised_deviance",
            json!((score.n_cells > 0).then(|| score.penalised(background.free_parameters))),
        ),
        (
            "without_replication_problems",
            json!(validation.without_replication_problems),
        ),
        ("patterns", json!(patterns)),
        ("means", json!(means)),
        ("standing", json!(validation.standing)),
        ("baselines", json!(baselines(validation))),
        ("knockouts_without_refit", json!(knockouts(background))),
        ("jitter", json!(background.jitter)),
        ("files", json!(files)),
        (
            "skipped",
            json!(
                evidence
                    .skipped
                    .iter()
                    .map(|it| it.display().to_string())
                    .collect::<Vec<_>>()
            ),
        ),
    ] {
        report[key] = value;
    }
    if let Some(it) = background.plausible {
        report["uncertainty"] =
            json!({ "ensemble": it.ensemble, "sets": it.sets, "agents": it.people, "waic": it.waic });
    }
    report
}

/// The seed of all files, if it is the same.
pub fn common_seed(evidence: &Evidence) -> Option<u64> {
    let mut seeds = evidence.studies.iter().map(|it| it.scenario.run.seed);
    let first = seeds.next()?;
    seeds.all(|it| it == first).then_some(first)
}

fn baselines(validation: &Validation) -> Vec<Value> {
    let one = |it: &super::baselines::Baseline| {
        json!({
            "name": it.name,
            "free_parameters": it.free_parameters,
            "penalised_deviance": it.score.penalised(it.free_parameters),
            "score": it.score,
        })
    };
    validation.baselines.iter().map(one).collect()
}

fn knockouts(background: &Background) -> Vec<Value> {
    let one = |(mechanism, score): &(Option<Mechanism>, Score)| json!({ "knockout": mechanism.map(Mechanism::key), "score": score });
    background.knockouts.iter().map(one).collect()
}

/// The charts of a validation with cells, by name.
///
/// # Errors
///
/// If a number is not finite, which a score of counted people excludes.
pub fn charts(
    evidence: &Evidence,
    validation: &Validation,
    plausible: Option<&PlausibleCells>,
    foot: &str,
) -> Result<Vec<(&'static str, Picture)>, ChartError> {
    let mut charts = Vec::new();
    let frame = |title: &str| Frame {
        title: title.to_owned(),
        subtitle: None,
        foot: foot.to_owned(),
    };
    let title_of = |study: usize| evidence.studies[study].name.clone();
    if !validation.cells.is_empty() {
        let cells = validation
            .cells
            .iter()
            .enumerate()
            .map(|(number, it)| ObservedPredictedCell {
                name: format!("{}: {}", title_of(it.study), it.condition),
                observed: Estimate {
                    value: it.scored.share(),
                    lower: it.scored.interval().lower,
                    upper: it.scored.interval().upper,
                },
                predicted: it.scored.predicted,
                parameters: plausible
                    .and_then(|it| it.cells.get(number).copied().flatten())
                    .map(|it| [it.lower, it.upper]),
            });
        let data = ObservedPredictedData {
            cells: cells.collect(),
            summary: summary(&validation.score),
        };
        let picture = observed_predicted::draw(&data, &frame("Does the model help where people help?"))?;
        charts.push(("observed_predicted", picture));
    }
    if !validation.effects.is_empty() {
        let points = |it: f64| it * 100.0;
        let rows = validation.effects.iter().map(|it| EffectsForestRow {
            study: title_of(it.study),
            contrast: format!("{} − {}", it.condition, it.against),
            observed: Estimate {
                value: points(it.observed.value),
                lower: points(it.observed.lower),
                upper: points(it.observed.upper),
            },
            predicted: points(it.predicted),
        });
        let data = EffectsForestData {
            axis: "difference in those who helped (percentage points)".to_owned(),
            decimals: 0,
            rows: rows.collect(),
        };
        let picture = effects_forest::draw(&data, &frame("Does what moves people move the model, and as much?"))?;
        charts.push(("effects_forest", picture));
    }
    Ok(charts)
}

/// A few lines for the margin of a chart.
fn summary(score: &Score) -> Vec<String> {
    let number = |name: &str, value: Option<f64>| value.map(|it| format!("{name} {it:.2}"));
    let mut lines = vec![format!("{} of {} predictions inside", score.inside, score.n_cells)];
    lines.extend(number("deviance per cell", score.deviance_per_cell));
    lines.extend(number("correlation", score.correlation));
    lines.extend(number("concordance", score.concordance));
    lines.extend(number("within-study correlation", score.effect_correlation));
    lines
}

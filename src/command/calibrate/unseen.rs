//! Fits whose answer is known: studies left out, and counts made from known parameters.

use super::super::failure::Failure;
use super::super::progress::Progress;
use super::super::{fitted, output};
use super::{Calibrate, Prepared};
use compassion::evidence::score::ScoredCell;
use compassion::fit::left_out::{self, Standings};
use compassion::fit::objective::FittedCell;
use compassion::fit::recovery::recover;
use compassion::fit::search::POPULATION;

/// Fits without studies and predicts them.
pub(super) fn held_out(options: &Calibrate, prepared: &Prepared, cells: &[FittedCell]) -> Result<(), Failure> {
    let studies = left_out::studies(cells);
    let name = |it: usize| prepared.evidence.studies[it].name.as_str();
    let wanted = if options.leave_one_out {
        studies.clone()
    } else {
        let find = |wanted: &String| {
            let found = studies
                .iter()
                .copied()
                .find(|it| name(*it) == wanted.trim_end_matches(".toml"));
            found.ok_or_else(|| {
                Failure::NoStudy(wanted.clone(), studies.iter().map(|it| name(*it).to_owned()).collect())
            })
        };
        options.hold_out.iter().map(find).collect::<Result<_, _>>()?
    };
    // Each in turn, or all at once.
    let left: Vec<Vec<usize>> = if options.leave_one_out {
        wanted.iter().map(|it| vec![*it]).collect()
    } else {
        vec![wanted]
    };
    let folder = prepared.folder(options, "calibrate_left_out")?;
    let generations = options.evaluations.div_ceil(POPULATION as u64);
    let progress = Progress::new(
        left.len() * usize::try_from(generations).unwrap_or(usize::MAX),
        options.quiet,
    );
    let mut done = 0;
    let mut predictions: Vec<ScoredCell> = Vec::new();
    for studies in &left {
        progress.tell(name(studies[0]));
        let base = &prepared.base.values;
        let found = left_out::without(
            cells,
            studies,
            base,
            &prepared.priors,
            prepared.setup,
            options.evaluations,
            || {
                done += 1;
                progress.reached(done);
                prepared.stopped("nothing was written")
            },
        )?;
        predictions.extend(found);
    }
    drop(progress);
    let standings = Standings::of(cells, &left);
    let model = left_out::scored(&predictions, &standings);
    let (ridge, regression) = left_out::regression(cells, &left, &standings);
    let conditions: Vec<&str> = cells
        .iter()
        .filter(|it| left.iter().any(|left| left.contains(&it.study)))
        .map(|it| it.condition.name.as_str())
        .collect();
    let rows: Vec<serde_json::Value> = predictions
        .iter()
        .zip(&conditions)
        .map(|(it, condition)| {
            serde_json::json!({
                "study": name(it.study),
                "condition": condition,
                "observed": it.share(),
                "of": it.observed.trials,
                "predicted": it.predicted,
                "informed": standings.informed.contains(&it.study),
                "replicates_badly": standings.doubtful.contains(&it.study),
                "inside": it.inside(),
            })
        })
        .collect();
    let json = serde_json::json!({
        "cells": rows,
        "model": model,
        "regression": regression,
        "regression_ridge": ridge,
        "evaluations_of_each_fit": options.evaluations,
    });
    folder.write("left_out.json", format!("{json:#}\n").as_bytes())?;
    folder.write("provenance.json", &prepared.provenance())?;
    folder.finish()?;
    let named: Vec<(&str, &str, ScoredCell)> = predictions
        .iter()
        .zip(conditions)
        .map(|(it, condition)| (name(it.study), condition, *it))
        .collect();
    output::result(&fitted::left_out(&named, &standings, &model, ridge, &regression))
}

/// Fits counts that known parameters have made.
pub(super) fn recovered(
    options: &Calibrate,
    prepared: &Prepared,
    cells: &[FittedCell],
    seed: u64,
) -> Result<(), Failure> {
    let folder = prepared.folder(options, "calibrate_recovery")?;
    let generations = options.evaluations.div_ceil(POPULATION as u64);
    let progress = Progress::new(usize::try_from(generations).unwrap_or(usize::MAX), options.quiet);
    let mut done = 0;
    let (base, priors) = (&prepared.base.values, &prepared.priors);
    let recovery = recover(cells, base, priors, prepared.setup, options.evaluations, seed, || {
        done += 1;
        progress.reached(done);
        prepared.stopped("nothing was written")
    })?;
    drop(progress);
    folder.write(
        "recovery.json",
        format!("{:#}\n", serde_json::json!(recovery)).as_bytes(),
    )?;
    folder.write("provenance.json", &prepared.provenance())?;
    folder.finish()?;
    output::result(&fitted::recovery(&recovery))
}

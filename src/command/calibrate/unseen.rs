//! Fits whose answer is known: studies left out, and counts made from known parameters.

use super::super::failure::Failure;
use super::super::progress::Progress;
use super::super::{fitted, output};
use super::Calibrate;
use super::prepared::Prepared;
use compassion::document::Choice;
use compassion::evidence::kinds::Kind;
use compassion::evidence::score::ScoredCell;
use compassion::fit::left_out::{self, Fold, Standings, Unseen};
use compassion::fit::objective::FittedCell;
use compassion::fit::recovery::recover;
use compassion::fit::refine::Plan;
use compassion::fit::search::{POPULATION, fit};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Rounds of the emulator in each fit without one study, and places in each.
const OF_STUDY: [u32; 2] = [3, 24];

/// The same where several studies are left out together, and the best place lies further off.
const OF_SEVERAL: [u32; 2] = [5, 64];

/// Fits without studies and predicts them.
pub(super) fn held_out(options: &Calibrate, prepared: &Prepared, cells: &[FittedCell]) -> Result<(), Failure> {
    let folds = folds(options, prepared, cells)?;
    let name = if options.leave_one_kind_out {
        "calibrate_kinds_left_out"
    } else {
        "calibrate_left_out"
    };
    let folder = prepared.folder(options, name)?;
    let unseen = predicted(options, prepared, cells, &folds)?;

    let left: Vec<Vec<usize>> = folds.iter().map(|fold| fold.studies.clone()).collect();
    let standings = Standings::of(cells, &left);
    let of_model: Vec<ScoredCell> = unseen
        .iter()
        .flat_map(|fold| &fold.cells)
        .map(|cell| cell.scored)
        .collect();
    let model = left_out::scored(&of_model, &standings);
    let (ridge, of_regression) = left_out::regression(cells, &left);
    let regression = left_out::scored(&of_regression, &standings);
    let shown = fitted::LeftOutStudies {
        evidence: &prepared.evidence,
        cells,
        folds: &folds,
        unseen: &unseen,
        standings: &standings,
        model: &model,
        ridge,
        of_regression: &of_regression,
        regression: &regression,
    };
    folder.write("left_out.json", format!("{:#}\n", shown.json()).as_bytes())?;
    folder.write("provenance.json", &prepared.provenance())?;
    folder.finish()?;
    output::result(&shown.screen())
}

/// Which studies are left out together.
fn folds(options: &Calibrate, prepared: &Prepared, cells: &[FittedCell]) -> Result<Vec<Fold>, Failure> {
    let studies = left_out::studies(cells);
    let of = |study: usize| &prepared.evidence.studies[study];
    if options.leave_one_kind_out {
        let fold = |kind: &Kind| Fold {
            name: kind.word().replace('_', " "),
            studies: studies
                .iter()
                .copied()
                .filter(|study| of(*study).kind == Some(*kind))
                .collect(),
        };
        let folds: Vec<Fold> = Kind::VALUES
            .iter()
            .map(fold)
            .filter(|fold| !fold.studies.is_empty())
            .collect();
        return if folds.len() < 2 {
            Err(Failure::NoKinds)
        } else {
            Ok(folds)
        };
    }
    if options.leave_one_study_out {
        let fold = |study: &usize| Fold {
            name: of(*study).name.clone(),
            studies: vec![*study],
        };
        return Ok(studies.iter().map(fold).collect());
    }
    let find = |wanted: &String| {
        let found = studies
            .iter()
            .copied()
            .find(|study| of(*study).name == wanted.trim_end_matches(".toml"));
        found.ok_or_else(|| {
            Failure::NoStudy(
                wanted.clone(),
                studies.iter().map(|study| of(*study).name.clone()).collect(),
            )
        })
    };
    Ok(vec![Fold {
        name: "held out".to_owned(),
        studies: options.hold_out.iter().map(find).collect::<Result<_, _>>()?,
    }])
}

/// The fit over all cells, and from there those without each fold.
fn predicted(
    options: &Calibrate,
    prepared: &Prepared,
    cells: &[FittedCell],
    folds: &[Fold],
) -> Result<Vec<Unseen>, Failure> {
    let objective = prepared.objective(cells);
    let mut search = prepared.search(options);
    let progress = Progress::new(
        usize::try_from(options.evaluations).unwrap_or(usize::MAX),
        options.quiet,
    );
    progress.tell("all cells");
    let best = fit(&objective, &mut search, options.evaluations, |now| {
        progress.reached(usize::try_from(now.evaluations()).unwrap_or(usize::MAX));
        prepared.stopped("nothing was written")
    })?;
    drop(progress);
    let (_, archive) = prepared.refined(options, &objective, &best.place)?;

    let several = folds.iter().any(|fold| fold.studies.len() > 1);
    let [rounds, batch] = if several { OF_SEVERAL } else { OF_STUDY };
    let plan = Plan {
        rounds,
        batch,
        seed: options.seed,
        number: 0,
    };
    let progress = Progress::new(folds.len() * rounds as usize, options.quiet);
    progress.tell("studies left out");
    let done = AtomicUsize::new(0);
    left_out::without(&objective, &archive, folds, plan, &|| {
        progress.reached(done.fetch_add(1, Ordering::Relaxed) + 1);
        prepared.stopped("nothing was written")
    })
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

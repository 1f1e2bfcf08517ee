//! The fit: reproducible, resumable, and the shipped parameters are what it says they are.

use compassion::evidence::run::run;
use compassion::evidence::score::ScoredCell;
use compassion::evidence::studies::Evidence;
use compassion::evidence::validation::Validation;
use compassion::fit::emulator::Archive;
use compassion::fit::left_out::{Fold, Standings, regression, scored, studies, without};
use compassion::fit::objective::{Objective, Setup, fitted_cells};
use compassion::fit::priors::{self, Priors};
use compassion::fit::refine::{Plan, refine};
use compassion::fit::search::{self, fit, search};
use compassion::fit::walkers::Walkers;
use compassion::parameters::{builtin, shipped, shipped_entries};
use compassion::programs;
use compassion::scenario::load;
use sha2::{Digest, Sha256};
use std::convert::Infallible;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::AtomicBool;

/// With one study for each key the prior is much of the prediction for a study left out, so it may not follow the fit unnoticed:
/// the file says which entries came later than the first fit, and a change of it has to change this digest too.
#[test]
fn the_priors_do_not_change_unnoticed() {
    let text = priors::SHIPPED.replace("\r\n", "\n");
    let sum: String = Sha256::digest(text).iter().map(|it| format!("{it:02x}")).collect();
    assert_eq!(sum, "3049a4297f5ab1381f52c392df16ea4c7636e1fc3e0615f9ad643e73aee39580");
}

fn published() -> Evidence {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/published");
    Evidence::load(&[folder], |it| load(it, programs::builtin(), &[])).expect("the published files are valid")
}

const SMALL: Setup = Setup {
    people: 64,
    seed: 3,
    longest_step_s: 1.0,
    constrained: true,
};

/// Runs something on so many threads.
fn on_threads<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .expect("threads");
    pool.install(work)
}

#[test]
fn only_counts_enter_a_fit() {
    let evidence = published();
    let cells = fitted_cells(&evidence);
    assert_eq!(cells.len(), 89);
    assert_eq!(studies(&cells).len(), 34);
    assert!(
        cells
            .iter()
            .all(|it| evidence.studies[it.study].name != "clarkword1972_1")
    );
}

/// A mean enters only where its file asks for it, as a share between its bounds, and then pulls the fit towards it.
#[test]
fn a_mean_enters_a_fit_where_its_file_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("gift.toml");
    let fitted = |mean: f64, more: &str| {
        let observed = format!("{{ measure = \"amount\", mean = {mean}, sd = 1.0, n = 100{more} }}");
        let text = format!(
            "title = \"t\"\n[situation]\nhelp = \"graded\"\nendowment = 5.0\n[[condition]]\nname = \"gift\"\nobserved = {observed}\n"
        );
        std::fs::write(&file, text).expect("written");
        let evidence = Evidence::load(std::slice::from_ref(&file), |path| load(path, programs::builtin(), &[]))
            .expect("it is valid");
        let cells = fitted_cells(&evidence);
        let priors = Priors::shipped(shipped_entries()).expect("the shipped priors");
        let setup = Setup {
            people: 256,
            constrained: false,
            ..SMALL
        };
        let objective = Objective::new(&cells, &shipped(), &priors, setup);
        let cell = objective.scored(&shipped()).into_iter().next()?;
        Some((cell.observed.share()?, cell.predicted, cell.deviance()))
    };
    assert_eq!(fitted(2.0, ""), None);
    let (observed, predicted, _) = fitted(2.0, ", calibrate = true").expect("it asks for it");
    assert!((observed - 0.4).abs() < 0.01 && predicted > 0.0 && predicted < 1.0);
    let cost = |share: f64| fitted(5.0 * share, ", calibrate = true").expect("it asks for it").2;
    assert!(cost(predicted) < 0.5 && cost(predicted - 0.1) > 5.0 && cost(predicted + 0.1) > 5.0);
}

#[test]
fn a_fit_is_the_same_at_any_number_of_threads_and_after_an_interruption() {
    let evidence = published();
    let cells = fitted_cells(&evidence);
    let priors = Priors::shipped(shipped_entries()).expect("the shipped priors");
    let objective = Objective::new(&cells, &shipped(), &priors, SMALL);
    let whole = |threads: usize| {
        on_threads(threads, || {
            let mut search = search(priors.len(), 3);
            fit(&objective, &mut search, 120, |_| Ok::<(), Infallible>(())).expect("nothing stops it")
        })
    };
    let one = whole(1);
    assert_eq!(one, whole(3));

    let mut interrupted = search(priors.len(), 3);
    let mut saved = String::new();
    let stopped = fit(&objective, &mut interrupted, 120, |now| {
        saved = serde_json::to_string(now).expect("a state");
        if now.evaluations() < 60 { Ok(()) } else { Err("stopped") }
    });
    assert_eq!(stopped, Err("stopped"));
    let mut resumed = serde_json::from_str(&saved).expect("the state");
    let resumed = fit(&objective, &mut resumed, 120, |_| Ok::<(), Infallible>(())).expect("nothing stops it");
    assert_eq!(one, resumed);
    let centre = objective.loss(&vec![0.0; priors.len()]).total();
    assert!(
        one.loss.total() < centre,
        "{} is no better than the prior centres, {centre}",
        one.loss.total()
    );
}

#[test]
fn walkers_are_the_same_at_any_number_of_threads_and_after_an_interruption() {
    let evidence = published();
    let cells: Vec<_> = fitted_cells(&evidence).into_iter().take(8).collect();
    let priors = Priors::shipped(shipped_entries()).expect("the shipped priors");
    let setup = Setup {
        constrained: false,
        ..SMALL
    };
    let objective = Objective::new(&cells, &shipped(), &priors, setup);
    let plan = Plan {
        rounds: 2,
        batch: 60,
        seed: 3,
        number: 0,
    };
    let walk = |threads: usize, through_text: bool| {
        on_threads(threads, || {
            let start = vec![0.0; priors.len()];
            let whole = objective.criterion();
            let found = refine(&objective, whole, &mut Archive::default(), &start, plan, || {
                Ok::<(), Infallible>(())
            });
            let found = found.expect("nothing stops it");
            let mut walkers = Walkers::new(&objective, &found, 0..6, 7);
            for _ in 0..20 {
                walkers.step(&objective, &found);
                if through_text {
                    let text = serde_json::to_string(&walkers).expect("a state");
                    walkers = serde_json::from_str(&text).expect("the state");
                }
            }
            walkers
        })
    };
    let one = walk(1, false);
    assert_eq!(one, walk(3, true));
    // Every fifth round is kept, and the first third of those forgotten.
    assert_eq!(one.settled().len(), 3 * 6);
    assert!(one.acceptance() > 0.02, "{}", one.acceptance());
    assert_eq!(one.convergence(), None, "three rounds tell nothing");
    let dimension = priors.len();
    assert!(one.are(6, dimension, 7) && !one.are(6, dimension, 8) && !one.are(8, dimension, 7));
}

/// Without a study the fit is free of it: the same whatever its people did.
#[test]
fn what_is_left_out_has_no_say() {
    let evidence = published();
    let mut cells: Vec<_> = fitted_cells(&evidence).into_iter().take(8).collect();
    let priors = Priors::shipped(shipped_entries()).expect("the shipped priors");
    let setup = Setup {
        constrained: false,
        ..SMALL
    };
    let study = cells[0].study;
    let mut predicted = || {
        let objective = Objective::new(&cells, &shipped(), &priors, setup);
        let mut archive = Archive::default();
        let places = (0..40).map(|it| vec![f64::from(it % 7) / 7.0 - 0.5; priors.len()]);
        archive.simulate(&objective, places.collect());
        let fold = Fold {
            name: "first".to_owned(),
            studies: vec![study],
        };
        let plan = Plan {
            rounds: 1,
            batch: 8,
            seed: 1,
            number: 0,
        };
        let unseen = without(&objective, &archive, &[fold], plan, &|| Ok::<(), Infallible>(()));
        let unseen = unseen.expect("nothing stops it").remove(0);
        cells
            .iter_mut()
            .filter(|it| it.study == study)
            .for_each(|it| it.observed.successes = 0);
        unseen
    };
    let (before, after) = (predicted(), predicted());
    assert_eq!(before.loss, after.loss);
    assert!(before.cells.len() == 4 && before.cells.iter().all(|it| it.parameter_sd > 0.0));
    for (before, after) in before.cells.iter().zip(&after.cells) {
        assert_eq!(before.scored.predicted, after.scored.predicted);
        assert_ne!(before.scored.observed, after.scored.observed);
    }
}

/// Known by hand: the five shock experiments vary escape in common; the only study of blame is the one on the train.
#[test]
fn studies_are_informed_where_another_study_varies_the_same_keys() {
    let evidence = published();
    let cells = fitted_cells(&evidence);
    let name = |it: usize| evidence.studies[it].name.as_str();
    let each: Vec<Vec<usize>> = studies(&cells).into_iter().map(|it| vec![it]).collect();
    let standings = Standings::of(&cells, &each);
    let names: Vec<&str> = standings.informed.iter().map(|it| name(*it)).collect();
    for (name, expected) in [
        ("batson1981_1", true),
        ("isenlevin1972_2", true),
        ("piliavin1969_1", false),
        ("regan1972_1", false),
    ] {
        assert_eq!(names.contains(&name), expected, "{name} in {names:?}");
    }
    // The only three of mood, left out together, tell nothing about each other.
    let of_mood = |it: &usize| ["isenlevin1972_2", "levinisen1975_1", "levinisen1975_2"].contains(&name(*it));
    let joint_outcomes = vec![studies(&cells).into_iter().filter(of_mood).collect::<Vec<_>>()];
    assert_eq!(joint_outcomes[0].len(), 3);
    assert!(
        Standings::of(&cells, &joint_outcomes)
            .informed
            .iter()
            .all(|it| !of_mood(it))
    );
    assert_eq!(
        standings.doubtful, joint_outcomes[0],
        "and they are those that replicate badly"
    );
}

#[test]
fn the_regression_predicts_left_out_studies_worse_than_those_it_knows() {
    let evidence = published();
    let cells = fitted_cells(&evidence);
    let each: Vec<Vec<usize>> = studies(&cells).into_iter().map(|it| vec![it]).collect();
    let (_, predicted) = regression(&cells, &each);
    let left = scored(&predicted, &Standings::of(&cells, &each));
    assert_eq!((left.all.n_cells, left.all_replicable.n_cells), (89, 83));
    assert!(left.all.deviance_per_cell.is_some_and(|it| it > 2.5), "{left:?}");
}

/// The score that is claimed is the one that the shipped parameters have.
#[test]
fn the_validation_claims_the_score_that_the_shipped_parameters_have() {
    let evidence = published();
    let runs = run(&evidence, &shipped(), &AtomicBool::new(false), &|| {}).expect("nobody stops it");
    let validation = Validation::new(&evidence, &runs);
    let score = &validation.score;
    let rounded = |value: Option<f64>| {
        format!("{:.2}", value.expect("cells"))
            .trim_start_matches('0')
            .to_owned()
    };
    let claim = format!(
        "| the model, {} cells | {:.2} | {} of {} | {} | {} |",
        score.n_cells,
        score.deviance_per_cell.expect("cells"),
        score.inside,
        score.n_cells,
        rounded(score.concordance),
        rounded(score.effect_correlation),
    );
    let claimed = include_str!("../src/fit/VALIDATION.md");
    assert!(claimed.contains(&claim), "src/fit/VALIDATION.md should say: {claim}");
}

/// The score that the shipped parameter file claims is the one it has.
#[test]
fn the_shipped_parameters_have_the_score_that_their_file_claims() {
    let file = builtin();
    let Some(record) = file.calibration else {
        // Without a record of a fit the file must not give intervals, which only a fit knows.
        let entries = file.entries.values().flat_map(|it| it.values());
        assert!(entries.into_iter().all(|it| it.interval.is_none()));
        return;
    };
    let evidence = published();
    let fitted = |study: usize| {
        record
            .evidence
            .contains_key(&format!("{}.toml", evidence.studies[study].name))
    };
    let mut cells = fitted_cells(&evidence);
    cells.retain(|it| fitted(it.study));
    let priors = Priors::shipped(shipped_entries()).expect("the shipped priors");
    let setup = Setup {
        people: record.people,
        seed: record.seed,
        longest_step_s: record.longest_step_s,
        constrained: true,
    };
    assert_eq!(setup.longest_step_s, search::LONGEST_STEP_S);
    let objective = Objective::new(&cells, &file.values, &priors, setup);
    let deviance: f64 = objective.scored(&file.values).iter().map(ScoredCell::deviance).sum();
    assert!(
        (deviance - record.deviance).abs() < 1e-6,
        "{deviance} is not the {} of the file",
        record.deviance
    );
    assert_eq!(cells.len(), record.n_cells);
    for (name, sum) in &record.evidence {
        let study = evidence.studies.iter().find(|it| format!("{}.toml", it.name) == *name);
        assert_eq!(
            study.map(|it| &it.sha256),
            Some(sum),
            "{name} is not the file of the fit"
        );
    }
    let sum: String = Sha256::digest(priors::SHIPPED)
        .iter()
        .map(|it| format!("{it:02x}"))
        .collect();
    assert_eq!(sum, record.priors_sha256, "the priors are not those of the fit");
}

/// Two studies that are quick to simulate.
fn small_studies(folder: &Path) {
    for (name, helped) in [("one", [2, 7]), ("two", [9, 4])] {
        let text = format!(
            "title = 'a'\n[situation]\nwindow_s = 15\n\
             [[condition]]\nname = 'easy'\nsituation.escape = 0.9\nobserved = {{ helped = {}, of = 11 }}\n\
             [[condition]]\nname = 'hard'\nsituation.escape = 0.1\nobserved = {{ helped = {}, of = 11 }}\n",
            helped[0], helped[1]
        );
        std::fs::write(folder.join(format!("{name}.toml")), text).expect("written");
    }
}

/// Runs `simulate calibrate` on a folder and gives its screen.
fn calibrate(folder: &Path, out: &str, arguments: &[&str]) -> String {
    let run = Command::new(env!("CARGO_BIN_EXE_simulate"))
        .args(["calibrate", ".", "--people", "32", "--quiet", "--out", out])
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("the binary runs");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8_lossy(&run.stdout).into_owned()
}

/// The command goes on from its state file, and its parameter file can be used.
#[test]
fn the_command_goes_on_after_an_interruption_to_the_same_file() {
    let folder = tempfile::tempdir().expect("a folder");
    small_studies(folder.path());
    let all = ["--evaluations", "60", "--rounds", "33", "--walkers", "6", "--threads"];
    let ensemble = ["--ensemble", "sets/ensemble.toml", "--sets", "3"];
    calibrate(folder.path(), "whole", &[&all[..], &["2"], &ensemble].concat());
    let ensemble = ["--ensemble", "sets/parts.toml", "--sets", "3"];
    // Walkers that began where a shorter search had ended are forgotten; more rounds go on.
    for [evaluations, rounds] in [["40", "0"], ["40", "7"], ["60", "12"]] {
        let flags = ["--evaluations", evaluations, "--rounds", rounds, "--walkers", "6"];
        calibrate(folder.path(), "parts", &[&flags[..], &ensemble].concat());
    }
    let screen = calibrate(folder.path(), "parts", &[&all[..], &["1"], &ensemble].concat());
    let file =
        |out: &str| std::fs::read_to_string(folder.path().join(out).join("calibrate/parameters.toml")).expect("a file");
    assert_eq!(file("whole"), file("parts"));
    assert!(
        screen.contains("posterior correlation") && screen.contains("sweet_spot"),
        "{screen}"
    );
    let ensemble = std::fs::read_to_string(folder.path().join("sets/ensemble.toml")).expect("an ensemble");
    let ensemble: compassion::fit::posterior::Ensemble = toml::from_str(&ensemble).expect("its form");
    assert_eq!((ensemble.sets.len(), ensemble.names.len()), (3, 8));

    let of_parts = std::fs::read_to_string(folder.path().join("sets/parts.toml")).expect("an ensemble");
    assert_eq!(toml::from_str(&of_parts), Ok(ensemble));

    let used = Command::new(env!("CARGO_BIN_EXE_simulate"))
        .args([
            "validate",
            "one.toml",
            "--agents",
            "64",
            "--quiet",
            "--parameters",
            "whole/calibrate/parameters.toml",
        ])
        .current_dir(folder.path())
        .output()
        .expect("the binary runs");
    assert!(used.status.success(), "{}", String::from_utf8_lossy(&used.stderr));
}

#[test]
fn studies_can_be_left_out_and_parameters_recovered() {
    let folder = tempfile::tempdir().expect("a folder");
    small_studies(folder.path());
    let screen = calibrate(folder.path(), "out", &["--leave-one-study-out", "--evaluations", "40"]);
    assert!(
        screen.contains("model, informed") && screen.contains("regression, all"),
        "{screen}"
    );
    let text = std::fs::read_to_string(folder.path().join("out/calibrate_left_out/left_out.json")).expect("a file");
    let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(json["cells"].as_array().map(Vec::len), Some(4));
    assert!(
        json["cells"][0]["informed"].as_bool() == Some(true),
        "both studies vary escape alone"
    );
    let screen = calibrate(folder.path(), "out", &["--recover", "5", "--evaluations", "40"]);
    assert!(screen.contains("root mean square"), "{screen}");
}

/// A state that cannot be gone on with is refused with a reason, and nothing hangs or panics; so are places that no file may replace, before the work.
#[test]
fn what_cannot_be_gone_on_with_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    small_studies(folder.path());
    let flags = [
        "--evaluations",
        "40",
        "--rounds",
        "6",
        "--walkers",
        "6",
        "--unconstrained",
    ];
    calibrate(folder.path(), "out", &flags);
    let state = folder.path().join("out/calibrate.state.json");
    let whole = std::fs::read_to_string(&state).expect("a state");
    let refused = |arguments: &[&str]| {
        let run = Command::new(env!("CARGO_BIN_EXE_simulate"))
            .args(["calibrate", ".", "--people", "32", "--quiet", "--out", "out"])
            .args(arguments)
            .current_dir(folder.path())
            .output()
            .expect("the binary runs");
        assert_eq!(run.status.code(), Some(2), "{}", String::from_utf8_lossy(&run.stderr));
        String::from_utf8_lossy(&run.stderr).into_owned()
    };
    for (from, to, reason) in [
        ("40", "20", "has 40 evaluations behind it"),
        ("6", "8", "has 6 walkers on their way"),
        (
            "--unconstrained",
            "--from-here",
            "is the state of a calibration with other files",
        ),
    ] {
        let told = refused(&flags.map(|flag| if flag == from { to } else { flag }));
        assert!(told.contains(reason), "{told}");
    }
    // A long calibration keeps more than 16 MiB; that is read back, and refused for what is asked of it and not for its length.
    std::fs::write(&state, whole.clone() + &" ".repeat(17 << 20)).expect("it can be written");
    let told = refused(&flags.map(|flag| if flag == "40" { "20" } else { flag }));
    assert!(told.contains("has 40 evaluations behind it"), "{told}");
    for (damaged, reason) in [
        (String::new(), "is not the state of a calibration"),
        (whole[..whole.len() / 2].to_owned(), "is not the state of a calibration"),
        (whole.replacen("\"mean\":[", "\"mean\":[0,", 1), "contradict each other"),
        (
            whole.replacen("\"covariance\":[", "\"covariance\":[9221120237041090560,", 1),
            "contradict each other",
        ),
        (
            whole.replacen("\"round\":6", "\"round\":600", 1),
            "contradict each other",
        ),
    ] {
        assert_ne!(damaged, whole);
        std::fs::write(&state, damaged).expect("written");
        let told = refused(&flags);
        assert!(told.contains(reason), "{told}");
    }
    std::fs::remove_file(&state).expect("removed");
    std::fs::create_dir(folder.path().join("taken")).expect("made");
    let told = refused(&[&flags[..], &["--ensemble", "taken"]].concat());
    assert!(told.contains("`taken` is a folder"), "{told}");
    std::fs::write(folder.path().join("notes.txt"), "mine").expect("written");
    let told = refused(&[&flags[..], &["--ensemble", "notes.txt"]].concat());
    assert!(told.contains("`notes.txt` exists and is not an ensemble"), "{told}");
    assert!(!state.exists(), "nothing was begun");
}

//! `simulate validate` on the published experiments and on files from elsewhere.

use compassion::model::mechanism::Mechanism;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn simulate(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_simulate"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("the binary runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn report(folder: &Path) -> Value {
    let text = fs::read_to_string(folder.join("validate/report.json")).expect("a report");
    serde_json::from_str(&text).expect("JSON")
}

const STUDY: &str = r#"
title = "Does a way out change who helps?"
# replicates badly: made up for a test
[run]
seed = 5
agents = 600
[situation]
need = 0.8
[[condition]]
name = "easy"
situation.escape = 0.9
observed = { helped = 2, of = 11 }
[[condition]]
name = "difficult"
situation.escape = 0.1
observed = { helped = 7, of = 11 }
[[contrast]]
treatment = "difficult"
control = "easy"
measure = "helped"
observed = { direction = "rises" }
"#;

/// A folder with a study from outside the repository, and where results go.
fn elsewhere() -> (tempfile::TempDir, String, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("study.toml");
    fs::write(&file, STUDY).expect("written");
    let path = |it: &Path| it.to_str().expect("a path").to_owned();
    let (file, out) = (path(&file), path(&folder.path().join("out")));
    (folder, file, out)
}

/// All fields that the contract names, with the meaning it gives them.
#[test]
fn the_report_has_what_the_contract_promises() {
    let (_kept, file, out) = elsewhere();
    let run = simulate(&["validate", &file, "--out", &out, "--quiet"]);
    assert!(run.status.success(), "{}", text(&run.stderr));
    let report = report(Path::new(&out));
    let cells = report["cells"].as_array().expect("cells");
    assert_eq!(cells.len(), 2);
    for key in [
        "file",
        "citation",
        "condition",
        "observed",
        "helped",
        "of",
        "predicted",
        "lower",
        "upper",
        "inside",
    ] {
        assert!(cells[0].get(key).is_some(), "cells lack `{key}`");
    }
    assert_eq!(
        (cells[0]["helped"].as_u64(), cells[0]["of"].as_u64()),
        (Some(2), Some(11))
    );
    assert!((cells[0]["observed"].as_f64().unwrap() - 2.0 / 11.0).abs() < 1e-12);
    // Wilson, by hand: (2/11 + z²/22 ± z √(…)) / (1 + z²/11) = [.051, .477].
    assert!((cells[0]["lower"].as_f64().unwrap() - 0.051).abs() < 1e-3);
    assert!((cells[0]["upper"].as_f64().unwrap() - 0.477).abs() < 1e-3);
    let mut deviance = 0.0;
    for cell in cells {
        let number = |key: &str| cell[key].as_f64().unwrap();
        let (x, n, p) = (number("helped"), number("of"), number("predicted"));
        // (k + ½) / (N + 1) of 600 people.
        let k = p * 601.0 - 0.5;
        assert!((k - k.round()).abs() < 1e-6 && (0.0..=600.0).contains(&k), "{p}");
        deviance += 2.0 * (x * libm::log(x / (n * p)) + (n - x) * libm::log((n - x) / (n * (1.0 - p))));
        assert_eq!(
            cell["inside"].as_bool().unwrap(),
            (number("lower")..=number("upper")).contains(&p)
        );
    }
    assert!((report["deviance"].as_f64().unwrap() - deviance).abs() < 1e-9);
    assert_eq!(report["n_cells"], 2);
    for key in [
        "inside",
        "correlation",
        "concordance",
        "effect_correlation",
        "agents",
        "seed",
        "parameters_sha256",
    ] {
        assert!(!report[key].is_null(), "the report lacks `{key}`");
    }
    assert_eq!(
        (&report["agents"], &report["seed"]),
        (&Value::from(600), &Value::from(5))
    );
    let contrast = &report["contrasts"][0];
    for key in [
        "file",
        "treatment",
        "control",
        "measure",
        "observed",
        "predicted",
        "agrees",
    ] {
        assert!(contrast.get(key).is_some(), "contrasts lack `{key}`");
    }
    assert_eq!(
        contrast["agrees"].as_bool(),
        Some(contrast["predicted"].as_f64().unwrap() >= 0.10)
    );
    assert_eq!(report["without_replication_problems"]["n_cells"], 0);
    for chart in [
        "observed_predicted.svg",
        "observed_predicted.png",
        "effects_forest.svg",
        "effects_forest.png",
    ] {
        assert!(Path::new(&out).join("validate").join(chart).is_file(), "{chart}");
    }
}

#[test]
fn requirements_decide_the_exit_code() {
    let (_kept, file, out) = elsewhere();
    let code = |require: &str| {
        let run = simulate(&["validate", &file, "--out", &out, "--quiet", "--require", require]);
        (run.status.code(), text(&run.stderr))
    };
    assert_eq!(code("deviance<=10000,inside>=0"), (Some(0), String::new()));
    let (missed, message) = code("deviance<=10000,deviance_per_cell<=-1");
    assert_eq!(missed, Some(1));
    assert!(
        message.contains("deviance_per_cell<=-1") && !message.contains("deviance<=10000"),
        "{message}"
    );
    let (unknown, message) = code("insid>=0.9");
    assert_eq!(unknown, Some(2));
    assert!(message.contains("did you mean `inside`?"), "{message}");
    // What cannot be computed is not reached.
    assert_eq!(code("patterns>=0").0, Some(1));
}

#[test]
fn nothing_to_score_is_said_and_skipped_files_are_named() {
    let (kept, file, out) = elsewhere();
    let plain = kept.path().join("plain.toml");
    fs::write(&plain, "title = 'a'\n[[condition]]\nname = 'x'\n").expect("written");
    let plain = plain.to_str().expect("a path");
    let nothing = simulate(&["validate", plain, "--out", &out]);
    assert_eq!(nothing.status.code(), Some(2));
    assert!(text(&nothing.stderr).contains("nothing to score"));
    let some = simulate(&["validate", &file, plain, "--out", &out]);
    assert!(some.status.success());
    assert!(text(&some.stderr).contains("plain.toml"), "{}", text(&some.stderr));
}

/// One folder after the other, into the same place, and never a refusal; made-up numbers are not scored.
#[test]
fn another_validation_takes_the_place_of_the_last() {
    let (kept, file, out) = elsewhere();
    let files = |run: &Output| -> String {
        assert!(run.status.success(), "{}", text(&run.stderr));
        report(Path::new(&out))["files"].to_string()
    };
    let first = files(&simulate(&["validate", &file, "--out", &out]));
    assert!(first.contains("study.toml"), "{first}");
    let another = kept.path().join("another.toml");
    fs::write(&another, STUDY).expect("written");
    let another = another.to_str().expect("a path");
    let run = simulate(&["validate", another, "scenarios/every_key.toml", "--out", &out]);
    let second = files(&run);
    assert!(
        second.contains("another.toml") && !second.contains("study.toml"),
        "{second}"
    );
    assert!(!second.contains("every_key"), "{second}");
    assert!(
        text(&run.stderr).contains("`scenarios/every_key.toml`"),
        "{}",
        text(&run.stderr)
    );
    // What comes from elsewhere is still safe.
    fs::write(
        Path::new(&out).join("validate/provenance.json"),
        "{\"scenario\": \"validate.toml\"}",
    )
    .expect("written");
    let refused = simulate(&["validate", &file, "--out", &out]);
    assert_eq!(refused.status.code(), Some(2));
}

/// Every published file is scored, and the same numbers come out at one thread and at three.
#[test]
fn the_published_folder_is_scored_alike_at_any_number_of_threads() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = |threads: &str| {
        let out = folder.path().join(threads);
        let out = out.to_str().expect("a path");
        let run = simulate(&[
            "validate",
            "scenarios/published",
            "--agents",
            "500",
            "--threads",
            threads,
            "--out",
            out,
            "--quiet",
        ]);
        assert!(run.status.success(), "{}", text(&run.stderr));
        (report(Path::new(out)), text(&run.stdout))
    };
    let (one, screen) = run("1");
    assert_eq!(one, run("3").0);
    assert_eq!(one["n_cells"], 89);
    assert_eq!(one["without_replication_problems"]["n_cells"], 83);
    assert!(one["contrasts"].as_array().expect("contrasts").len() > 60);
    assert!(one["patterns"].as_array().expect("patterns").len() > 80);
    assert!(one["standing"]["from_memory"].as_u64().expect("a count") >= 13);
    assert_eq!(one["baselines"].as_array().expect("baselines").len(), 2);
    assert!(
        screen.contains("worst misfits") && screen.contains("logistic regression"),
        "{screen}"
    );
}

#[test]
fn recoding_and_knockouts_are_shown_on_request() {
    let (_kept, file, out) = elsewhere();
    let run = simulate(&[
        "validate",
        &file,
        "--out",
        &out,
        "--quiet",
        "--jitter",
        "0.05",
        "--repeats",
        "20",
        "--knockouts",
    ]);
    assert!(run.status.success(), "{}", text(&run.stderr));
    let report = report(Path::new(&out));
    let spread = &report["jitter"]["deviance"];
    assert!(spread["lower"].as_f64() < spread["upper"].as_f64(), "{spread}");
    let knockouts = report["knockouts_without_refit"].as_array().expect("knockouts");
    assert_eq!(
        knockouts.len(),
        1 + Mechanism::within_people().count(),
        "the whole, and without each"
    );
    let deviance = |name: Option<&str>| {
        let found = knockouts.iter().find(|it| it["knockout"].as_str() == name);
        found.expect("a knockout")["score"]["deviance"]
            .as_f64()
            .expect("a number")
    };
    // Whoever notices nobody helps nobody: 9 of 22 people who helped become a great surprise.
    assert!(deviance(Some("perception")) > deviance(None) + 5.0);
}

#[test]
fn what_plausible_parameters_predict_is_shown_on_request() {
    let (_kept, file, out) = elsewhere();
    let run = |flags: &[&str]| {
        let all = [&["validate", &file, "--out", &out][..], flags].concat();
        let run = simulate(&all);
        assert!(run.status.success(), "{}", text(&run.stderr));
        let picture = fs::read_to_string(Path::new(&out).join("validate/observed_predicted.svg")).expect("a chart");
        (text(&run.stdout), report(Path::new(&out)), picture)
    };
    let (screen, plain, picture) = run(&[]);
    assert!(
        !screen.contains("plausible") && !picture.contains("plausible"),
        "{screen}"
    );
    assert!(plain.get("uncertainty").is_none() && plain["cells"][0].get("parameters_lower").is_none());
    let (screen, one, picture) = run(&["--uncertainty", "--threads", "1"]);
    assert!(screen.contains("plausible parameter sets") && picture.contains("plausible parameter sets"));
    for cell in one["cells"].as_array().expect("cells") {
        let end = |name: &str| cell[name].as_f64().unwrap_or_else(|| panic!("{name} of {cell}"));
        let (lower, upper) = (end("parameters_lower"), end("parameters_upper"));
        assert!(0.0 <= lower && lower < upper && upper <= 1.0, "{cell}");
    }
    assert!(one["uncertainty"]["sets"].as_u64().is_some_and(|it| it >= 20));
    let (_, two, _) = run(&["--uncertainty", "--threads", "2"]);
    assert_eq!(one, two);
}

#[test]
fn two_files_of_one_name_are_refused() {
    let (folder, file, _) = elsewhere();
    let other = folder.path().join("again");
    std::fs::create_dir(&other).expect("made");
    let copy = other.join(Path::new(&file).file_name().expect("a name"));
    std::fs::copy(&file, &copy).expect("copied");
    let out = folder.path().join("out").display().to_string();
    let run = simulate(&["validate", &file, &copy.display().to_string(), "--out", &out]);
    assert_eq!(run.status.code(), Some(2));
    assert!(
        text(&run.stderr).contains("have the same name"),
        "{}",
        text(&run.stderr)
    );
}

/// A published mean is told with its interval, and nothing is said of cells and charts that are not there.
#[test]
fn published_means_are_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("means.toml");
    std::fs::write(
        &file,
        "title = 'a'\n[run]\nagents = 500\n[situation]\nhelp = 'graded'\nendowment = 10\nwindow_s = 20\n[[condition]]\nname = 'given'\n\
         observed = { measure = 'amount', mean = 99.0, sd = 1.0, n = 25 }\n",
    )
    .expect("written");
    let out = folder.path().join("out").display().to_string();
    let run = simulate(&["validate", &file.display().to_string(), "--out", &out]);
    assert_eq!(run.status.code(), Some(0), "{}", text(&run.stderr));
    let told = text(&run.stdout);
    for part in [
        "0 of 1 published means",
        "99.00",
        "[98.61, 99.39]",
        "outside",
        "(report.json)",
    ] {
        assert!(told.contains(part), "{part} in {told}");
    }
    let report = report(Path::new(&out));
    assert_eq!(
        (&report["deviance"], &report["penalised_deviance"]),
        (&Value::from(0.0), &Value::Null)
    );
}

/// What is named as a scenario and cannot be read as one is no silent gap, and folders that are not entered are named.
#[cfg(unix)]
#[test]
fn nothing_in_a_folder_is_passed_over_in_silence() {
    let (folder, _, _) = elsewhere();
    let inside = folder.path().join("studies");
    fs::create_dir_all(inside.join("deeper")).expect("made");
    fs::write(inside.join("study.toml"), STUDY).expect("written");
    fs::write(inside.join("deeper/other.toml"), STUDY).expect("written");
    let out = folder.path().join("out").display().to_string();
    let run = || {
        simulate(&[
            "validate",
            &inside.display().to_string(),
            "--agents",
            "64",
            "--out",
            &out,
        ])
    };
    let told = run();
    assert!(told.status.success());
    assert!(
        text(&told.stderr).contains("deeper` holds scenario files too"),
        "{}",
        text(&told.stderr)
    );
    std::os::unix::fs::symlink("nothing", inside.join("gone.toml")).expect("a link");
    let told = run();
    assert_eq!(told.status.code(), Some(2));
    assert!(
        text(&told.stderr).contains("gone.toml` is a link that leads nowhere"),
        "{}",
        text(&told.stderr)
    );
    fs::remove_file(inside.join("gone.toml")).expect("removed");
    fs::write(inside.join("stu\u{200b}dy.toml"), STUDY).expect("written");
    let told = run();
    assert!(
        text(&told.stderr).contains("have the same name"),
        "{}",
        text(&told.stderr)
    );
}

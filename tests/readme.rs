//! README shows what the program does, not what it once did.

use std::fs;
use std::path::Path;
use std::process::Command;

/// Pictures in README are charts of fresh runs, to the byte.
#[test]
fn the_pictures_are_those_of_fresh_runs() {
    shown("distress", "helping_rate", "distress");
    shown("community/kindness", "community", "community");
}

/// A scenario, its chart, and the picture in README that it is.
fn shown(scenario: &str, chart: &str, picture: &str) {
    let out = tempfile::tempdir().expect("a temporary folder");
    let status = Command::new(env!("CARGO_BIN_EXE_simulate"))
        .arg(format!("scenarios/{scenario}.toml"))
        .args(["--quiet", "--people", "none", "--charts", "svg", "--out"])
        .arg(out.path())
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("the program starts");
    assert!(status.status.success(), "{}", String::from_utf8_lossy(&status.stderr));
    let stem = scenario.rsplit('/').next().unwrap_or(scenario);
    let fresh = fs::read_to_string(out.path().join(format!("{stem}/{chart}.svg"))).expect("the chart");
    let kept = root().join(format!("scenarios/{picture}.svg"));
    let kept = fs::read_to_string(kept).expect("the picture in README");
    assert!(
        fresh == kept,
        "the chart has changed: run `cargo run --release -- scenarios/{scenario}.toml --force`, look at it, \
         and copy `output/{stem}/{chart}.svg` to `scenarios/{picture}.svg`"
    );
}

/// Every teaching scenario stands in the catalogue, and nothing else does.
#[test]
fn the_catalogue_has_every_teaching_scenario() {
    let readme = fs::read_to_string(root().join("README.md")).expect("README");
    let stems = ["", "community/", "exchange/"].into_iter().flat_map(|folder| {
        let files = fs::read_dir(root().join("scenarios").join(folder)).expect("scenarios");
        files.filter_map(move |entry| {
            let name = entry.expect("a file").file_name().to_string_lossy().into_owned();
            Some(format!("{folder}{}", name.strip_suffix(".toml")?))
        })
    });
    let mut there: Vec<String> = stems.filter(|stem| !stem.ends_with("every_key")).collect();
    let (_, catalogue) = readme.split_once("## Scenarios to teach with").expect("a catalogue");
    let (catalogue, _) = catalogue.split_once("\n## ").expect("an end");
    let rows = catalogue.lines().filter_map(|line| line.strip_prefix("| `"));
    let mut told: Vec<String> = rows.filter_map(|row| Some(row.split_once('`')?.0.to_owned())).collect();
    there.sort();
    told.sort();
    assert_eq!(told, there);
}

/// What README points at is there, and the commands it names are the program's.
#[test]
fn every_path_and_command_exists() {
    let readme = fs::read_to_string(root().join("README.md")).expect("README");
    let help = Command::new(env!("CARGO_BIN_EXE_simulate"))
        .arg("--help")
        .output()
        .expect("the program starts");
    let help = String::from_utf8_lossy(&help.stdout).into_owned();
    for line in readme
        .lines()
        .filter_map(|it| it.strip_prefix("cargo run --release -- "))
    {
        let first = line.split_whitespace().next().expect("a command");
        if !first.contains('.') {
            assert!(
                help.contains(&format!("  {first} ")),
                "README names `{first}`, which `--help` does not"
            );
        }
    }
    let quoted = readme.split('`').skip(1).step_by(2);
    for path in quoted.filter(|it| it.contains('/') && !it.contains([' ', '<']) && !it.starts_with("output")) {
        let is_there = root().join(path).exists() || root().join(format!("scenarios/{path}.toml")).exists();
        assert!(is_there, "README names `{path}`, which is not there");
    }
    assert!(readme.contains("cargo run --release -- scenarios/distress.toml") && readme.contains("cargo test"));
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

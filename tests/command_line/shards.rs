//! `--shard I/N` and `simulate merge`: what shards of a run, a plan, a validation and a calibration become, and what is refused.

use crate::{Desk, SMALL, done, refused};
use std::fs;

fn desk() -> Desk {
    let desk = Desk::new();
    desk.with("small.toml", SMALL);
    desk
}

/// All files of two folders are the same, to the byte.
fn assert_same(desk: &Desk, one: &str, other: &str) {
    let names = desk.names(one);
    assert_eq!(names, desk.names(other));
    for name in &names {
        let [one, other] = [one, other].map(|folder| desk.read(&format!("{folder}/{name}")));
        assert!(one == other, "{name}");
    }
}

/// Runs a command whole and in three shards, in any order, with other threads and one of them torn and gone on with: all files are the same.
fn assert_merges_to_the_whole(desk: &Desk, command: &[&str], folder: &str, stem: &str) {
    done(&desk.simulate(command));
    let whole = format!("output/{folder}{stem}");
    fs::rename(desk.path().join(&whole), desk.path().join("whole")).unwrap();
    let shard = |number: u32| format!("output/{folder}{stem}-{number}of3");
    for number in [3, 1, 2] {
        let part = format!("{number}/3");
        done(&desk.simulate(&[command, &["--shard", &part]].concat()));
    }
    let pieces = desk.path().join(shard(2)).join("pieces.bin");
    let bytes = fs::read(&pieces).unwrap();
    fs::write(&pieces, &bytes[..bytes.len() - 7]).unwrap();
    let merge = || desk.simulate(&["merge", &shard(3), &shard(1), &shard(2)]);
    let errors = refused(&merge());
    assert!(errors.contains("does not hold all of its shard"), "{errors}");
    done(&desk.simulate(&[command, &["--shard", "2/3"]].concat()));
    assert!(fs::read(&pieces).unwrap() == bytes, "what was torn is written anew");
    done(&merge());
    assert_same(desk, "whole", &whole);
}

#[test]
fn shards_of_a_run_merge_into_the_whole_run() {
    let desk = desk();
    let command = [
        "small.toml",
        "--agents",
        "2100",
        "--paths",
        "--quiet",
        "--people",
        "all",
    ];
    assert_merges_to_the_whole(&desk, &command, "", "small");
}

#[test]
fn shards_of_a_run_over_weeks_merge_into_the_whole_run() {
    let desk = Desk::new();
    let text = SMALL.replace("[situation]", "[timeline]\nweeks = 8\nmeasure_at = [0, 8]\n[situation]");
    desk.with("weeks.toml", text);
    let command = [
        "weeks.toml",
        "--agents",
        "2100",
        "--quiet",
        "--as-study",
        "20",
        "--repeats",
        "50",
    ];
    assert_merges_to_the_whole(&desk, &command, "", "weeks");
}

#[test]
fn shards_of_communities_merge_into_the_whole_run() {
    let desk = Desk::new();
    done(&desk.simulate(&["new", "town.toml", "--community"]));
    let command = ["town.toml", "--agents", "25", "--set", "run.replicates=3", "--quiet"];
    assert_merges_to_the_whole(&desk, &command, "", "town+run.replicates=3");
}

#[test]
fn shards_of_a_plan_merge_into_the_whole_plan() {
    let desk = desk();
    let command = ["plan", "small.toml", "--agents", "2100", "--quiet", "--power", "0.9"];
    assert_merges_to_the_whole(&desk, &command, "plan/", "small");
}

#[test]
fn shards_of_a_validation_merge_into_the_whole_validation() {
    let desk = Desk::new();
    let text = SMALL.replace(
        "name = \"stranger\"",
        "name = \"stranger\"\nobserved = { helped = 10, of = 40 }",
    );
    desk.with("evidence/one.toml", &text);
    desk.with("evidence/two.toml", text.replace("need = 0.7", "need = 0.6"));
    let command = ["validate", "evidence", "--agents", "2100", "--quiet"];
    assert_merges_to_the_whole(&desk, &command, "validate", "");
}

#[test]
fn shards_of_walkers_merge_into_the_whole_calibration() {
    let desk = Desk::new();
    let counts = "name = \"stranger\"\nobserved = { helped = 10, of = 40 }";
    desk.with("one.toml", SMALL.replace("name = \"stranger\"", counts));
    let command = [
        "calibrate",
        "one.toml",
        "--people",
        "16",
        "--evaluations",
        "20",
        "--walkers",
        "5",
        "--rounds",
        "10",
        "--unconstrained",
        "--quiet",
    ];
    let shard = |part: &str| done(&desk.simulate(&[&command[..], &["--shard", part]].concat()));
    done(&desk.simulate(&command));
    let whole = [
        "calibrate/parameters.toml",
        "calibrate/provenance.json",
        "calibrate.state.json",
    ]
    .map(|name| (format!("output/{name}"), desk.read(&format!("output/{name}"))));
    fs::remove_dir_all(desk.path().join("output")).unwrap();
    // The search alone, which the shards take from there.
    let search = command.map(|word| if word == "10" { "0" } else { word });
    done(&desk.simulate(&search));
    shard("2/2");
    shard("1/2");
    let merge = ["merge", "output/calibrate-2of2", "output/calibrate-1of2"];
    assert!(refused(&desk.simulate(&merge[..2])).contains("one is missing: 1"));
    done(&desk.simulate(&merge));
    for (name, bytes) in &whole {
        assert!(desk.read(name) == *bytes, "{name}");
    }
}

/// A shard that is missing, given twice, of another seed, another scenario, another question or another version, and one that is not finished.
#[test]
fn what_is_not_all_of_one_run_is_not_merged() {
    let desk = desk();
    let shard = |out: &str, number: &str, more: &[&str]| {
        let command = [
            "small.toml",
            "--agents",
            "2500",
            "--quiet",
            "--out",
            out,
            "--shard",
            number,
        ];
        done(&desk.simulate(&[&command[..], more].concat()))
    };
    shard("parts", "1/2", &[]);
    shard("parts", "2/2", &[]);
    let [one, two] = ["parts/small-1of2", "parts/small-2of2"];
    let merge = |parts: &[&str]| {
        let errors = refused(&desk.simulate(&[&["merge"], parts, &["--out", "merged"]].concat()));
        assert!(!desk.path().join("merged").exists());
        errors
    };
    assert!(merge(&[one]).contains("of 2 shards one is missing: 2"));
    assert!(merge(&[one, two, one]).contains("are both shard 1/2"));
    shard("seed", "2/2", &["--seed", "8"]);
    assert!(merge(&[one, "seed/small-2of2"]).contains("made with seed"));
    shard("set", "2/2", &["--people", "none"]);
    assert!(merge(&[one, "set/small-2of2"]).contains("of other work"));
    let provenance = format!("{two}/provenance.json");
    let text = String::from_utf8(desk.read(&provenance)).unwrap();
    let version = format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"));
    assert!(text.contains(&version), "{text}");
    desk.with(&provenance, text.replace(&version, "\"version\": \"0.0.9\""));
    assert!(merge(&[one, two]).contains("made with version"));
    desk.with(&provenance, text.replace("\"finished\": true", "\"finished\": false"));
    assert!(merge(&[one, two]).contains("is not finished"));
    desk.with(&provenance, &text);
    // Both of one other version: neither this program nor the file can be told to be the same.
    let other = format!("{one}/provenance.json");
    let first = String::from_utf8(desk.read(&other)).unwrap();
    for (name, text) in [(&other, &first), (&provenance, &text)] {
        desk.with(name, text.replace(&version, "\"version\": \"0.0.9\""));
    }
    assert!(merge(&[one, two]).contains("0.0.9"));
    desk.with(&other, &first);
    desk.with(&provenance, &text);
    desk.with("small.toml", SMALL.replace("need = 0.7", "need = 0.8"));
    let errors = merge(&[one, two]);
    assert!(errors.contains("small.toml") && errors.contains("SHA-256"), "{errors}");
    shard("other", "2/2", &[]);
    assert!(merge(&[one, "other/small-2of2"]).contains("of a scenario file"));
    let errors = refused(&desk.simulate(&["small.toml", "--shard", "1/2", "--precision", "0.1"]));
    assert!(errors.contains("--precision"), "{errors}");
    let errors = refused(&desk.simulate(&[
        "small.toml",
        "--agents",
        "2500",
        "--seed",
        "9",
        "--out",
        "parts",
        "--shard",
        "1/2",
    ]));
    assert!(
        errors.contains("holds other results") && errors.contains("--force"),
        "{errors}"
    );
}

//! Ctrl-C: whole files stay, half ones never appear.

#![cfg(unix)]

use crate::{Desk, SMALL, refused};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// What a program says of being interrupted.
fn interrupted(child: Child) -> String {
    signalled(child, "-INT")
}

/// What a program says of a signal.
fn signalled(child: Child, signal: &str) -> String {
    let kill = Command::new("kill").args([signal, &child.id().to_string()]).status();
    assert!(kill.expect("every Unix has kill").success());
    refused(&child.wait_with_output().expect("it ends"))
}

#[test]
fn ctrl_c_ends_a_validation_that_says_it_wrote_nothing() {
    let desk = Desk::new();
    let observed = SMALL.replace("agents = 1500", "agents = 400_000_000") + "observed = { helped = 3, of = 9 }\n";
    desk.with("long.toml", observed);
    let child = desk
        .command(&["validate", "long.toml"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let start = Instant::now();
    let has_begun = || desk.path().join("output").exists() && desk.names("output").iter().any(|it| it.starts_with('.'));
    while !has_begun() {
        assert!(start.elapsed() < Duration::from_secs(60), "it begins at once");
        std::thread::sleep(Duration::from_millis(20));
    }
    let errors = interrupted(child);
    assert!(
        errors.contains("stopped: `output/validate` was not written"),
        "{errors}"
    );
    assert!(desk.names("output").is_empty());
}

#[test]
fn ctrl_c_leaves_whole_results_and_says_which() {
    let desk = Desk::new();
    desk.with("short.toml", SMALL);
    desk.with("long.toml", SMALL.replace("agents = 1500", "agents = 400_000_000"));
    let child = desk
        .command(&["short.toml", "long.toml", "--people", "10"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let start = Instant::now();
    let working_on_the_second = || {
        let output = desk.path().join("output");
        output.join("short").exists() && desk.names("output").iter().any(|it| it.starts_with(".long-"))
    };
    while !working_on_the_second() {
        assert!(
            start.elapsed() < Duration::from_secs(60),
            "the first file takes seconds"
        );
        std::thread::sleep(Duration::from_millis(20));
    }
    let errors = interrupted(child);
    assert!(
        errors.contains("stopped: `output/short` complete; `output/long` was not written"),
        "{errors}"
    );
    assert_eq!(desk.names("output"), ["short"]);
    assert_eq!(desk.json("output/short/summary.json")["seed"], 7);
}

/// One person, a century of weeks, a thousand encounters on each working day: hours within one block.
#[test]
fn every_signal_ends_work_within_a_block() {
    let desk = Desk::new();
    let long = SMALL.replace("agents = 1500", "agents = 1").replace(
        "[situation]",
        "[timeline]\nweeks = 5200\nmeasure_at = [0, 5200]\n[exposures]\ncount = 1000\nspacing_hours = 0.02\n[situation]",
    );
    desk.with("long.toml", long);
    for signal in ["-INT", "-TERM", "-HUP"] {
        let child = desk
            .command(&["long.toml"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let start = Instant::now();
        let has_begun = || desk.path().join("output").exists() && !desk.names("output").is_empty();
        while !has_begun() {
            assert!(start.elapsed() < Duration::from_secs(60), "it begins at once");
            std::thread::sleep(Duration::from_millis(20));
        }
        std::thread::sleep(Duration::from_millis(300));
        let asked = Instant::now();
        let errors = signalled(child, signal);
        assert!(
            asked.elapsed() < Duration::from_secs(30),
            "{signal} takes {:?}",
            asked.elapsed()
        );
        assert!(errors.contains("stopped: "), "{signal}: {errors}");
        assert!(
            desk.names("output").is_empty(),
            "{signal} leaves {:?}",
            desk.names("output")
        );
    }
}

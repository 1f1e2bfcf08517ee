//! Ctrl-C: whole files stay, half ones never appear.

#![cfg(unix)]

use crate::{Desk, SMALL, refused};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

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
    let kill = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(kill.expect("every Unix has kill").success());
    let output = child.wait_with_output().expect("it ends");
    let errors = refused(&output);
    assert!(
        errors.contains("stopped: `output/short` complete; `output/long` was not written"),
        "{errors}"
    );
    assert_eq!(desk.names("output"), ["short"]);
    assert_eq!(desk.json("output/short/summary.json")["seed"], 7);
}

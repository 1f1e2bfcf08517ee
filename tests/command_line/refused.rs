//! What is refused, with a reason and exit code 2, and what survives it.

use crate::{Desk, SMALL, done, refused};
use std::io::Read;
use std::process::Stdio;

#[test]
fn every_problem_of_every_file_is_shown_before_anything_runs() {
    let desk = Desk::new();
    desk.with("good.toml", SMALL);
    desk.with("bad.toml", SMALL.replace("need = 0.7", "need = 1.7\nvivdness = 0.2"));
    desk.with("worse.toml", "title = \"x\"\n[run]\nagents = 0\n");
    let errors = refused(&desk.simulate(&["good.toml", "bad.toml", "worse.toml", "missing.toml"]));
    for expected in [
        "bad.toml:8:8",
        "unknown key `vivdness`",
        "did you mean `vividness`?",
        "worse.toml:3:10",
        "cannot read `missing.toml`",
        "caused by: ",
    ] {
        assert!(errors.contains(expected), "{expected}: {errors}");
    }
    assert_eq!(desk.names("."), ["bad.toml", "good.toml", "worse.toml"]);
}

#[test]
fn two_files_of_one_stem_would_overwrite_each_other() {
    let desk = Desk::new();
    desk.with("one/a.toml", SMALL);
    desk.with("two/a.toml", SMALL);
    let errors = refused(&desk.simulate(&["one/a.toml", "two/a.toml"]));
    assert!(errors.contains("would both write to `output/a`"), "{errors}");
}

#[test]
fn results_are_replaced_only_by_results_of_the_same_scenario() {
    let desk = Desk::new();
    desk.with("a.toml", SMALL);
    desk.with("sub/a.toml", SMALL);
    done(&desk.simulate(&["a.toml", "--seed", "1"]));
    done(&desk.simulate(&["./a.toml", "--seed", "2"]));
    assert_eq!(desk.json("output/a/summary.json")["seed"], 2);
    let errors = refused(&desk.simulate(&["sub/a.toml", "--seed", "3"]));
    assert!(
        errors.contains("holds the results of") && errors.contains("/a.toml`") && errors.contains("--force"),
        "{errors}"
    );
    // A file of the same name, started from its own folder, is still another one.
    let elsewhere = desk
        .command(&["a.toml", "--out", "../output"])
        .current_dir(desk.path().join("sub"))
        .output();
    assert!(refused(&elsewhere.expect("the program starts")).contains("holds the results of"));
    assert_eq!(desk.json("output/a/summary.json")["seed"], 2);

    desk.with("output/a/mine.txt", "notes");
    std::fs::remove_file(desk.path().join("output/a/provenance.json")).expect("it is there");
    assert!(refused(&desk.simulate(&["a.toml"])).contains("has no provenance.json"));
    assert_eq!(desk.read("output/a/mine.txt"), b"notes");
    done(&desk.simulate(&["a.toml", "--force"]));
    assert_eq!(desk.read("output/a/mine.txt"), b"notes", "only results are replaced");
    assert_eq!(desk.names("output"), ["a"]);
}

#[test]
fn files_that_are_no_scenarios_are_named() {
    let desk = Desk::new();
    desk.with("latin.toml", b"title = \"caf\xe9\"");
    assert!(refused(&desk.simulate(&["latin.toml"])).contains("not UTF-8"));
    let huge = std::fs::File::create(desk.path().join("huge.toml")).expect("it can be made");
    huge.set_len(100 << 20).expect("a sparse file");
    assert!(refused(&desk.simulate(&["huge.toml"])).contains("larger than"));
    desk.with("folder.toml/inside", "");
    assert!(refused(&desk.simulate(&["folder.toml"])).contains("it is a folder"));
    assert!(refused(&desk.simulate(&["."])).contains("not the path of a file"));
    let many: String = (0..10_000)
        .map(|it| format!("[[condition]]\nname = \"c{it}\"\n"))
        .collect();
    desk.with("many.toml", format!("title = \"many\"\n{many}"));
    let errors = refused(&desk.simulate(&["many.toml"]));
    assert!(errors.contains("many.toml"), "{errors}");
}

#[test]
fn flags_and_parameter_files_that_make_no_sense_are_refused() {
    let desk = Desk::new();
    desk.with("a.toml", SMALL);
    for arguments in [
        &["a.toml", "--agents", "0"][..],
        &["a.toml", "--threads", "0"],
        &["a.toml", "--people", "some"],
        &["a.toml", "--set", "situation.escap=1"],
        &["a.toml", "--set", "situation.need=nan"],
        &["a.toml", "--agents", "2000000000", "--people", "all"],
        &["a.toml", "--parameters", "missing.toml"],
        &[],
    ] {
        refused(&desk.simulate(arguments));
    }
    // The file is in order: it is the argument that is wrong.
    for (arguments, wrong) in [
        (["a.toml", "--set", "situation.escap=1"], "`--set situation.escap=1`"),
        (["a.toml", "--set", "situation.need=7"], "`--set situation.need=7`"),
        (["a.toml", "--agents", "0"], "`--agents 0`"),
    ] {
        let errors = refused(&desk.simulate(&arguments));
        assert!(
            errors.starts_with(&format!("error: {wrong} does not fit `a.toml`")),
            "{errors}"
        );
        assert!(!errors.contains("is not a valid scenario"), "{errors}");
        assert!(!errors.contains("run.agents"), "nobody wrote that: {errors}");
    }
    desk.with("wrong.toml", SMALL.replacen("need", "ned", 1));
    let errors = refused(&desk.simulate(&["wrong.toml", "--set", "situation.escap=1"]));
    assert!(
        errors.starts_with("error: `wrong.toml` is not a valid scenario"),
        "{errors}"
    );
    std::fs::remove_file(desk.path().join("wrong.toml")).expect("it was written");
    let shipped = include_str!("../../src/model/parameters.toml");
    desk.with("p.toml", shipped.replacen("leak = {", "laek = {", 1));
    let errors = refused(&desk.simulate(&["a.toml", "--parameters", "p.toml"]));
    assert!(
        errors.contains("did you mean `leak`?") && errors.contains("p.toml:"),
        "{errors}"
    );
    let errors = refused(&desk.simulate(&["a.toml", "--parameters", "a.toml"]));
    assert!(
        errors.lines().count() < 50 && errors.contains(" more problems in `a.toml`"),
        "{errors}"
    );
    desk.with("p.toml", shipped);
    done(&desk.simulate(&["a.toml", "--parameters", "p.toml"]));
    assert_eq!(desk.json("output/a/summary.json")["parameters"]["file"], "p.toml");
    assert_eq!(desk.names("."), ["a.toml", "output", "p.toml"]);
}

#[test]
fn a_place_that_cannot_be_written_is_said_before_the_run() {
    let desk = Desk::new();
    desk.with("a.toml", SMALL);
    desk.with("file", "I am not a folder");
    let errors = refused(&desk.simulate(&["a.toml", "--out", "file"]));
    assert!(
        errors.contains("cannot write") && errors.contains("caused by: "),
        "{errors}"
    );
    std::fs::create_dir(desk.path().join("read_only")).expect("it can be made");
    let mut permissions = std::fs::metadata(desk.path().join("read_only"))
        .expect("it is there")
        .permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(desk.path().join("read_only"), permissions).expect("it is ours");
    let output = desk.simulate(&["a.toml", "--out", "read_only"]);
    // An administrator may write everywhere.
    if output.status.code() != Some(0) {
        assert!(refused(&output).contains("cannot write `read_only`"));
        assert!(desk.names("read_only").is_empty());
    }
}

#[cfg(unix)]
#[test]
fn a_reader_who_stops_is_no_error() {
    let desk = Desk::new();
    desk.with("a.toml", SMALL);
    for arguments in [&["keys"][..], &["a.toml"], &["a.toml", "--json"]] {
        let mut child = desk
            .command(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        drop(child.stdout.take());
        let mut errors = String::new();
        child
            .stderr
            .take()
            .expect("it was asked for")
            .read_to_string(&mut errors)
            .expect("text");
        assert_eq!(
            child.wait().expect("it ends").code(),
            Some(0),
            "{arguments:?}: {errors}"
        );
        assert_eq!(errors, "", "{arguments:?}");
    }
    assert_eq!(desk.json("output/a/summary.json")["seed"], 7);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said() {
    let desk = Desk::new();
    let full = std::fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .expect("Linux has it");
    let output = desk
        .command(&["keys"])
        .stdout(full)
        .output()
        .expect("the program starts");
    let errors = refused(&output);
    assert!(errors.contains("cannot write to standard output"), "{errors}");
}

//! What attacks have found: nothing that a user has is lost, and nobody is told a falsehood.

use crate::{Desk, SMALL, done, refused};
use std::process::Stdio;

/// Runs with standard output closed before the first word.
#[cfg(unix)]
fn unheard(desk: &Desk, arguments: &[&str]) -> Option<i32> {
    let (reader, writer) = std::io::pipe().expect("a pipe can be made");
    drop(reader);
    let mut command = desk.command(arguments);
    let output = command.stdout(writer).stderr(Stdio::piped()).output();
    output.expect("the program starts").status.code()
}

#[cfg(unix)]
#[test]
fn a_closed_output_changes_no_exit_code() {
    let desk = Desk::new();
    desk.with("right.toml", SMALL);
    desk.with("wrong.toml", SMALL.replace("need = 0.7", "need = 7"));
    let observed = SMALL.replace("agents = 1500", "agents = 50") + "observed = { helped = 90, of = 90 }\n";
    desk.with("far.toml", observed);
    assert_eq!(unheard(&desk, &["check", "right.toml"]), Some(0));
    assert_eq!(unheard(&desk, &["check", "right.toml", "wrong.toml"]), Some(2));
    for json in [&[][..], &["--json"]] {
        let arguments = [&["validate", "far.toml", "--require", "inside>=1"], json].concat();
        assert_eq!(unheard(&desk, &arguments), Some(1), "{arguments:?}");
    }
    assert_eq!(unheard(&desk, &["right.toml", "--agents", "20", "--quiet"]), Some(0));
    assert!(desk.names("output/right").contains(&"summary.json".to_owned()));
}

#[test]
fn a_chart_that_cannot_be_drawn_is_left_out_with_a_word() {
    let desk = Desk::new();
    let graded = SMALL
        .replace("agents = 1500", "agents = 1")
        .replace("escape = 0.9", "help = \"graded\"");
    desk.with("alone.toml", graded);
    let output = desk.simulate(&["alone.toml"]);
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    done(&output);
    assert!(
        errors.contains("warning: amount.png and amount.svg: ")
            && errors.contains("two people are counted; the chart is left out"),
        "{errors}"
    );
    let names = desk.names("output/alone");
    assert!(
        names.contains(&"summary.csv".to_owned()) && !names.contains(&"amount.png".to_owned()),
        "{names:?}"
    );

    let selected = "select = { dominant = \"personal_distress\" }\n";
    let weeks = "[timeline]\nweeks = 8\nmeasure_at = [0, 8]\n[[condition]]\nname = \"stranger\"\n";
    let nobody = SMALL.replace("agents = 1500", "agents = 3").replace(
        "[[condition]]\nname = \"stranger\"\n",
        &format!("{weeks}{selected}situation = {{ need = 0.0 }}\n"),
    );
    desk.with("nobody.toml", nobody);
    done(&desk.simulate(&["nobody.toml"]));
    assert!(desk.names("output/nobody").contains(&"timeline.csv".to_owned()));

    desk.with(
        "still.toml",
        SMALL
            .replace("situation = { closeness = 0.8 }\n", "")
            .replace("agents = 1500", "agents = 9"),
    );
    done(&desk.simulate(&["still.toml", "--paths"]));
    assert!(desk.names("output/still").contains(&"comparison.csv".to_owned()));
}

#[test]
fn no_text_of_a_file_reaches_the_terminal_as_a_command() {
    let desk = Desk::new();
    let hostile = SMALL.replace(
        "question = \"Does",
        "question = \"\\u001b]0;owned\\u0007\\u001b[2J\\u009b31m Does",
    );
    desk.with("hostile.toml", hostile);
    let name = "\"\\u001b]0;owned\\u0007\\u001b[2J\" = 1.0\n";
    desk.with("sets.toml", format!("{name}[[set]]\n{name}"));
    for arguments in [
        &[
            "hostile.toml",
            "--agents",
            "20",
            "--uncertainty",
            "--ensemble",
            "sets.toml",
        ][..],
        &["hostile.toml", "--agents", "20"],
        &["hostile.toml", "--agents", "20", "--json", "--quiet", "--out", "json"],
        &["check", "hostile.toml"],
        &["trace", "hostile.toml", "--condition", "stranger", "--agent", "0"],
        &["hostile.toml", "--set", "situation.need=\u{1b}[2J"],
        &["hostile.toml", "--compare", "\u{1b}[2J", "stranger"],
    ] {
        let output = desk.simulate(arguments);
        for printed in [output.stdout, output.stderr] {
            let printed = String::from_utf8(printed).expect("text");
            let command = printed
                .chars()
                .find(|letter| letter.is_control() && !matches!(letter, '\n' | '\t'));
            assert_eq!(command, None, "{arguments:?}: {printed:?}");
        }
    }
    let json = desk.simulate(&["hostile.toml", "--agents", "20", "--json", "--quiet", "--out", "json"]);
    let json: serde_json::Value = serde_json::from_str(&done(&json)).expect("JSON");
    let question = json["question"].as_str().expect("text");
    assert!(
        question.starts_with("\u{1b}]0;owned\u{7}\u{1b}[2J\u{9b}31m"),
        "JSON keeps what the file says"
    );
}

#[test]
fn names_are_no_formulas() {
    let desk = Desk::new();
    let formulas = SMALL
        .replace("agents = 1500", "agents = 20")
        .replace("\"stranger\"", "\"=1+2\"");
    desk.with("formulas.toml", formulas.replace("friend, of old", "-friend, of old"));
    done(&desk.simulate(&["formulas.toml"]));
    for name in ["people.csv", "summary.csv", "comparison.csv"] {
        let table = desk.read(&format!("output/formulas/{name}"));
        let mut reader = csv::Reader::from_reader(&table[..]);
        let mut names: Vec<String> = reader.records().map(|row| row.expect("a row")[0].to_owned()).collect();
        names.dedup();
        assert!(
            names
                .iter()
                .all(|name| matches!(name.as_str(), "'=1+2" | "'-friend, of old")),
            "{name}: {names:?}"
        );
    }
    assert_eq!(
        desk.json("output/formulas/summary.json")["conditions"][0]["name"],
        "=1+2"
    );
}

#[test]
fn the_most_people_hold_for_groups() {
    let desk = Desk::new();
    let groups = SMALL.replace("agents = 1500", "agents = 50") + "unit = \"group\"\ngroup_size = 7\n";
    desk.with(
        "groups.toml",
        groups.replace(
            "name = \"stranger\"\n",
            "name = \"stranger\"\nunit = \"group\"\ngroup_size = 7\n",
        ),
    );
    let precise = ["groups.toml", "--precision", "0.0001", "--at-most"];
    done(&desk.simulate(&[&precise[..], &["300"]].concat()));
    assert_eq!(desk.json("output/groups/summary.json")["agents"], 300);
    let errors = refused(&desk.simulate(&[&precise[..], &["6"]].concat()));
    assert!(errors.contains("allow at least 7"), "{errors}");
}

#[test]
fn groups_may_be_larger_than_a_block_of_people() {
    let desk = Desk::new();
    let groups = SMALL.replace(
        "name = \"stranger\"\n",
        "name = \"stranger\"\nunit = \"group\"\ngroup_size = 3\n",
    );
    desk.with("groups.toml", groups);
    done(&desk.simulate(&["groups.toml", "--agents", "1025", "--people", "none"]));
    assert_eq!(desk.json("output/groups/summary.json")["conditions"][0]["n"], 341);
}

#[test]
fn a_program_of_no_time_teaches_what_it_has() {
    let desk = Desk::new();
    let fast = SMALL
        .replace("agents = 1500", "agents = 30")
        .replace("one_of = [\"compassion\", \"mindfulness\"]", "program = \"fast\"")
        + "[[program]]\nname = \"fast\"\nhours_to_63_percent = 1e-308\ncompassion_motive = { shift = 1.0, onset = \"late\" }\n";
    desk.with("fast.toml", fast);
    done(&desk.simulate(&["fast.toml"]));
    let table = String::from_utf8(desk.read("output/fast/people.csv")).expect("text");
    let is_none = |cell: &str| cell.parse::<f64>().is_ok_and(|number| !number.is_finite());
    assert!(!table.split([',', '\n']).any(is_none));
    let helped = desk.json("output/fast/summary.json")["conditions"][1]["helped"].as_f64();
    assert!(helped.is_some_and(|share| share > 0.0), "{helped:?}");
}

#[test]
fn extreme_windows_and_endowments_are_drawn() {
    let desk = Desk::new();
    let small = SMALL.replace("agents = 1500", "agents = 5");
    for (number, keys) in [
        "window_s = 1e-300",
        "window_s = 2.3e-308",
        "window_s = 3600.0",
        "help = \"graded\"\nendowment = 1e-300",
        "help = \"graded\"\nendowment = 1e9",
    ]
    .iter()
    .enumerate()
    {
        let name = format!("extreme{number}.toml");
        desk.with(&name, small.replace("escape = 0.9", keys));
        done(&desk.simulate(&[&name]));
    }
}

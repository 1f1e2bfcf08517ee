//! One person's encounter, told.

use crate::{Desk, SMALL, done, refused};

#[test]
fn a_trace_tells_the_person_of_the_run() {
    let desk = Desk::new();
    desk.with("a.toml", SMALL);
    done(&desk.simulate(&["a.toml"]));
    let people = String::from_utf8(desk.read("output/a/people.csv")).expect("text");
    let mut told = std::collections::BTreeSet::new();
    for agent in 0..12 {
        let number = agent.to_string();
        let text = done(&desk.simulate(&[
            "trace",
            "a.toml",
            "--condition",
            "stranger",
            "--agent",
            &number,
            "--json",
        ]));
        let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        let row = people
            .lines()
            .find(|it| it.starts_with(&format!("stranger,{agent},")))
            .expect("the person has a row");
        let outcome = json["outcome"].as_str().expect("an outcome");
        assert!(row.contains(&format!(",{outcome},")), "{row}\n{json}");
        if outcome != "undecided" {
            let latency = format!(",{:.2},", json["latency_s"].as_f64().expect("a time"));
            assert!(row.contains(&latency), "{row}\n{json}");
        }
        told.insert(String::from_utf8(desk.read("output/a-trace/story.txt")).expect("text"));
    }
    assert_eq!(told.len(), 12, "different people have different stories");
}

/// Who changes is found without a number: somebody who helps in the one condition alone.
#[test]
fn somebody_who_changes_is_found() {
    let desk = Desk::new();
    desk.with("a.toml", SMALL);
    let both = [
        "trace",
        "a.toml",
        "--condition",
        "stranger",
        "--against",
        "friend, of old",
    ];
    let text = done(&desk.simulate(&[&both[..], &["--changer", "--json"]].concat()));
    let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let helps = |it: &serde_json::Value| it["outcome"] == "helped";
    assert_ne!(helps(&json), helps(&json["against"]), "{json}");
    assert!(!refused(&desk.simulate(&both)).is_empty(), "a number or --changer");
    let same = [
        "trace",
        "a.toml",
        "--condition",
        "stranger",
        "--against",
        "stranger",
        "--changer",
    ];
    assert!(refused(&desk.simulate(&same)).contains("nobody helps in only one"));
}

#[test]
fn two_conditions_part_or_do_not() {
    let desk = Desk::new();
    desk.with("a.toml", SMALL);
    let mut parted = 0;
    for agent in ["0", "1", "2", "3", "4", "5"] {
        let text = done(&desk.simulate(&[
            "trace",
            "a.toml",
            "--condition",
            "stranger",
            "--agent",
            agent,
            "--against",
            "friend, of old",
        ]));
        assert!(text.contains("The same person in “friend, of old”"), "{text}");
        parted += u32::from(text.contains("The two part at "));
    }
    assert!(parted > 0);
    assert_eq!(
        desk.names("output/a-trace"),
        ["provenance.json", "story.txt", "trace.csv", "trace.png", "trace.svg"]
    );
}

#[test]
fn nobody_and_nowhere_are_refused() {
    let desk = Desk::new();
    desk.with("a.toml", SMALL);
    let errors = refused(&desk.simulate(&["trace", "a.toml", "--condition", "strangr", "--agent", "0"]));
    assert!(errors.contains("did you mean `stranger`?"), "{errors}");
    let errors = refused(&desk.simulate(&["trace", "a.toml", "--condition", "stranger", "--agent", "1500"]));
    assert!(errors.contains("it has 1,500 people, numbered from 0"), "{errors}");
    desk.with(
        "groups.toml",
        SMALL.replace(
            "name = \"stranger\"",
            "name = \"stranger\"\nunit = \"group\"\ngroup_size = 7",
        ),
    );
    let errors = refused(&desk.simulate(&["trace", "groups.toml", "--condition", "stranger", "--agent", "1499"]));
    assert!(
        errors.contains("it has 1,498 people in groups of 7, numbered from 0"),
        "{errors}"
    );
}

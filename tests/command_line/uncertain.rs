//! `--uncertainty`: what plausible parameter sets predict, beside chance.

use crate::{Desk, SMALL, done, refused};
use serde_json::Value;

/// Columns that are there only with the flag.
const COLUMNS: [&str; 6] = [
    "parameters_lower",
    "parameters_upper",
    "difference_parameters_lower",
    "difference_parameters_upper",
    "new_study_lower",
    "new_study_upper",
];

/// Hash of the built-in parameters, as a run without the flag says.
fn sha256(desk: &Desk) -> String {
    done(&desk.simulate(&["small.toml", "--out", "plain"]));
    let summary = desk.json("plain/small/summary.json");
    summary["parameters"]["sha256"].as_str().expect("a hash").to_owned()
}

/// An ensemble of one parameter with these values.
fn ensemble(desk: &Desk, name: &str, sha256: &str, values: &[f64]) {
    let sets: Vec<String> = values.iter().map(|it| format!("[{it:?}]")).collect();
    let text = format!(
        "parameters_sha256 = \"{sha256}\"\nnames = [\"decision.compassion_weight\"]\nsets = [{}]\n",
        sets.join(", ")
    );
    desk.with(name, text);
}

fn run(desk: &Desk, ensemble: &str, out: &str, more: &[&str]) -> Value {
    let flags = ["small.toml", "--uncertainty", "--ensemble", ensemble, "--out", out];
    done(&desk.simulate(&[&flags, more].concat()));
    desk.json(&format!("{out}/small/summary.json"))
}

fn number(condition: &Value, name: &str) -> f64 {
    condition[name]
        .as_f64()
        .unwrap_or_else(|| panic!("{name} of {condition}"))
}

#[test]
fn identical_sets_leave_nothing_open_and_different_ones_do() {
    let desk = Desk::new();
    desk.with("small.toml", SMALL);
    let hash = sha256(&desk);
    ensemble(&desk, "same.toml", &hash, &[0.7; 5]);
    ensemble(&desk, "near.toml", &hash, &[0.65, 0.7, 0.75]);
    ensemble(&desk, "far.toml", &hash, &[0.2, 0.7, 2.0]);

    // The run with that set as its parameters.
    let text = include_str!("../../src/model/parameters.toml");
    let line = text
        .lines()
        .find(|it| it.starts_with("compassion_weight = "))
        .expect("the parameter");
    let (_, rest) = line.split_once(", unit").expect("its unit");
    desk.with(
        "own.toml",
        text.replace(line, &format!("compassion_weight = {{ value = 0.7, unit{rest}")),
    );
    done(&desk.simulate(&["small.toml", "--parameters", "own.toml", "--out", "own"]));
    let own = desk.json("own/small/summary.json");

    let same = run(&desk, "same.toml", "same", &[]);
    let (near, far) = (run(&desk, "near.toml", "near", &[]), run(&desk, "far.toml", "far", &[]));
    for number_of in 0..2 {
        let [own, same, near, far] = [&own, &same, &near, &far].map(|it| &it["conditions"][number_of]);
        let rate = number(own, "helping_rate");
        assert_eq!((number(same, COLUMNS[0]), number(same, COLUMNS[1])), (rate, rate));
        let width = |it: &Value| number(it, COLUMNS[1]) - number(it, COLUMNS[0]);
        assert!(0.0 < width(near) && width(near) < width(far), "{near} {far}");
        if number_of == 1 {
            for column in &COLUMNS[2..4] {
                assert!((number(same, column) - number(own, "difference")).abs() < 1e-12);
            }
        } else {
            assert!(same[COLUMNS[2]].is_null() && far[COLUMNS[3]].is_null());
        }
    }
    assert_eq!(far["uncertainty"]["sets"], 3);
    assert_eq!(far["uncertainty"]["agents"], 1500);
}

#[test]
fn it_is_shown_with_the_flag_and_only_then_and_nothing_else_changes() {
    let desk = Desk::new();
    desk.with("small.toml", SMALL);
    let plain = done(&desk.simulate(&["small.toml", "--out", "plain"]));
    let screen = done(&desk.simulate(&["small.toml", "--uncertainty", "--out", "one", "--threads", "1"]));
    done(&desk.simulate(&["small.toml", "--uncertainty", "--out", "two", "--threads", "2"]));
    for name in [
        "summary.json",
        "summary.csv",
        "summary_codebook.csv",
        "helping_rate.svg",
    ] {
        let of = |out: &str| String::from_utf8(desk.read(&format!("{out}/small/{name}"))).expect("text");
        let (one, plain) = (of("one"), of("plain"));
        assert_eq!(one, of("two"), "{name} depends on threads");
        let words: &[&str] = if name.ends_with("svg") {
            &["plausible parameter sets"]
        } else {
            &COLUMNS
        };
        for word in words {
            assert!(one.contains(word) && !plain.contains(word), "{word} in {name}");
        }
    }
    assert!(
        crate::told(&screen).contains("Over parameters: the middle 95 % of"),
        "{screen}"
    );
    assert!(!plain.contains("over parameters"), "{plain}");

    let (mut with, mut without) = (
        desk.json("one/small/summary.json"),
        desk.json("plain/small/summary.json"),
    );
    assert!(with["uncertainty"]["sets"].as_u64().is_some_and(|it| it >= 20) && without["uncertainty"].is_null());
    with.as_object_mut().expect("an object").remove("uncertainty");
    for json in [&mut with, &mut without] {
        for condition in json["conditions"].as_array_mut().expect("conditions") {
            let condition = condition.as_object_mut().expect("an object");
            COLUMNS.iter().for_each(|it| drop(condition.remove(*it)));
        }
    }
    assert_eq!(with, without);
}

#[test]
fn sets_of_other_parameters_are_refused() {
    let desk = Desk::new();
    desk.with("small.toml", SMALL);
    let shipped = include_str!("../../src/model/parameters.toml");
    desk.with("own.toml", format!("# mine\n{shipped}"));
    let own = ["small.toml", "--uncertainty", "--parameters", "own.toml"];
    let errors = refused(&desk.simulate(&own));
    for part in [
        "built-in ensemble",
        "`own.toml`",
        "--ensemble FILE",
        "simulate calibrate",
    ] {
        assert!(errors.contains(part), "{part}: {errors}");
    }
    // The same text under another name is the same parameters.
    desk.with("copy.toml", shipped);
    done(&desk.simulate(&["small.toml", "--uncertainty", "--parameters", "copy.toml"]));
    desk.with("broken.toml", "names = 3\n");
    let errors = refused(&desk.simulate(&["small.toml", "--uncertainty", "--ensemble", "broken.toml"]));
    assert!(
        errors.contains("`broken.toml` is not an ensemble") && errors.contains("caused by"),
        "{errors}"
    );
}

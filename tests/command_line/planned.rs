//! The answer over a key, studies as `[study]` has them, and plans.

use crate::{Desk, SMALL, done, refused};

fn small(more: &str) -> Desk {
    let desk = Desk::new();
    desk.with("small.toml", format!("{SMALL}{more}"));
    desk
}

/// `[vary]`, `--over` and a sweep are one thing.
#[test]
fn the_answer_over_a_key_is_that_of_a_sweep() {
    let desk = small("");
    desk.with(
        "vary.toml",
        format!("{SMALL}\n[vary]\nkey = \"situation.need\"\npoints = 5\n"),
    );
    let say = |file: &str, more: &[&str]| {
        let arguments = [&[file, "--agents", "300", "--people", "none"], more].concat();
        done(&desk.simulate(&arguments))
    };
    let said = say("vary.toml", &[]);
    assert!(
        said.contains("Over need, friend, of old − stranger (helping): from "),
        "{said}"
    );
    let table = desk.read("output/vary/sweep.csv");
    done(&desk.simulate(&[
        "sweep",
        "small.toml",
        "--vary",
        "situation.need=0:1:0.25",
        "--agents",
        "300",
    ]));
    assert_eq!(table, desk.read("output/sweep/small/sweep.csv"));
    say("small.toml", &["--over", "situation.need=0.25..0.75"]);
    let names = desk.names("output/small");
    for name in ["over_helped.svg", "over_helped_difference.svg", "sweep_codebook.csv"] {
        assert!(names.iter().any(|known| known == name), "{names:?}");
    }
    let report = String::from_utf8(desk.read("output/vary/report.html")).unwrap();
    assert!(report.contains("need: how badly off the other is"));
    let wrong = refused(&desk.simulate(&["small.toml", "--over", "situation.ned"]));
    assert!(wrong.contains("did you mean `need`?"), "{wrong}");
}

#[test]
fn a_plan_follows_the_study_of_its_file() {
    let desk = small("\n[study]\nallocation = [1, 2]\nattrition = { share = 0.5 }\n");
    let needed = |more: &[&str]| {
        done(&desk.simulate(&[&["plan", "small.toml", "--force"], more].concat()));
        let table = String::from_utf8(desk.read("output/plan/small/plan.csv")).unwrap();
        let mut lines = csv::Reader::from_reader(table.as_bytes());
        let columns = lines.headers().unwrap().clone();
        let row = lines.records().next().unwrap().unwrap();
        let cell = |name: &str| {
            let at = columns.iter().position(|column| column == name).unwrap();
            row[at].parse::<f64>().unwrap_or(f64::NAN)
        };
        [cell("n_treatment"), cell("n_control"), cell("assurance")]
    };
    let [treatment, control, none] = needed(&[]);
    assert!(none.is_nan() && (treatment - 2.0 * control).abs() < 1e-9);
    let [equal, other, _] = needed(&["--allocation", "1:1", "--attrition", "0"]);
    assert!(equal == other && equal < treatment);
    let [_, fisher, _] = needed(&["--test", "fisher"]);
    assert!(fisher > control, "Fisher's test needs more people");
    let [.., assurance] = needed(&["--uncertainty", "--agents", "200"]);
    assert!((0.0..=1.0).contains(&assurance), "{assurance}");
    let wrong = refused(&desk.simulate(&["plan", "small.toml", "--test", "fishr"]));
    assert!(wrong.contains("did you mean `fisher`?"), "{wrong}");
}

#[test]
fn a_preregistration_says_what_would_count_against_it_and_is_not_overwritten() {
    let desk = small("");
    let plan = ["plan", "small.toml", "--preregister", "mine.md", "--force"];
    done(&desk.simulate(&plan));
    let text = String::from_utf8(desk.read("mine.md")).unwrap();
    for part in [
        "# Preregistration: A small scene",
        "Helping is higher in “friend, of old” than in “stranger”",
        "Two-sided α = 0.05; power 80 %",
        "## What would count against it",
        "is significantly lower in “friend, of old”",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(refused(&desk.simulate(&plan)).contains("exists and is not overwritten"));
}

#[test]
fn the_same_people_can_meet_all_conditions_of_a_study() {
    let text = SMALL
        .lines()
        .filter(|line| !line.starts_with("training"))
        .collect::<Vec<_>>()
        .join("\n");
    let desk = Desk::new();
    desk.with("within.toml", format!("{text}\n[study]\ndesign = \"within\"\n"));
    let said = done(&desk.simulate(&["within.toml", "--as-study", "30", "--repeats", "50", "--full"]));
    assert!(said.contains("the same people in all conditions of a study"), "{said}");
    let said = done(&desk.simulate(&["plan", "within.toml"]));
    assert!(said.contains(", each twice"), "{said}");
    let clusters = "study.clusters={ size = 20, icc = 0.1 }";
    desk.with("small.toml", SMALL);
    let wrong = refused(&desk.simulate(&["small.toml", "--as-study", "30", "--set", clusters]));
    assert!(wrong.contains("simulate plan FILE"), "{wrong}");
}

//! Comparing the same people, from the command line.

use crate::{Desk, SMALL, done, refused, told};

#[test]
fn paths_feelings_and_studies_are_told_and_written() {
    let desk = Desk::new();
    desk.with("small.toml", SMALL);
    let screen = done(&desk.simulate(&["small.toml", "--paths", "--as-study", "20", "--repeats", "50", "--full"]));
    let screen = told(&screen);
    for expected in [
        "Of 100 people, ",
        "help only in “friend, of old”",
        "enters by circumstances",
        "acts through compassion",
        "without compassion motive",
        "50 studies with 20 per condition",
    ] {
        assert!(screen.contains(expected), "{expected}: {screen}");
    }
    let names = desk.names("output/small");
    for chart in ["flow", "path_shares", "feeling_shares", "studies"] {
        assert!(
            names.contains(&format!("{chart}.png")) && names.contains(&format!("{chart}.svg")),
            "{chart}"
        );
    }
    let json = desk.json("output/small/summary.json");
    let pair = &json["comparison"]["pairs"][0];
    let shares = pair["share"].as_object().expect("shares").values();
    let all: f64 = shares.map(|it| it.as_f64().expect("a share")).sum();
    assert!((all - 1.0).abs() < 1e-9);
    assert_eq!(pair["difference"]["value"], json["conditions"][1]["difference"]);
    for through in ["paths", "feelings"] {
        let each = pair[through]["each"].as_object().expect("paths").values();
        let sum: f64 = each
            .map(|it| it["mean_of_orders"]["value"].as_f64().expect("a number"))
            .sum();
        let whole = pair["difference"]["value"].as_f64().expect("a number");
        assert!((sum - whole).abs() < 1e-9, "{through}: {sum} of {whole}");
    }
    let power = json["comparison"]["studies"]["questions"][0]["power"]
        .as_f64()
        .expect("a share");
    assert!((0.0..=1.0).contains(&power));

    // Every section of the table is explained, and says what the summary says.
    let explained = String::from_utf8(desk.read("output/small/comparison_codebook.csv")).expect("text");
    let table = desk.read("output/small/comparison.csv");
    let mut reader = csv::Reader::from_reader(&table[..]);
    for row in reader.records() {
        let row = row.expect("a row");
        assert!(explained.contains(&format!("\nvalue in {},", &row[2])), "{row:?}");
        if &row[2] == "difference" && &row[3] == "helped" {
            assert_eq!(row[4].parse::<f64>().ok(), pair["difference"]["value"].as_f64());
        }
    }
}

/// Also where the file's first contrast asks about a loss.
#[test]
fn who_changes_is_told_of_those_who_no_longer_help() {
    let desk = Desk::new();
    let file = format!("{}/scenarios/bystanders.toml", env!("CARGO_MANIFEST_DIR"));
    let screen = told(&done(
        &desk.simulate(&[&file, "--agents", "3000", "--people", "none", "--full"]),
    ));
    let told = "help only in “smoke, alone”, not in “smoke, two others unseen”, ";
    assert!(screen.contains(told), "{screen}");
}

/// Weeks on a ward or alone leave slow states behind, which the paths have to divide as well; and where the file asks about burnout, they divide
/// burnout.
#[test]
fn what_weeks_leave_behind_is_divided_too() {
    let desk = Desk::new();
    for name in ["nurses", "isolation"] {
        let file = format!("{}/scenarios/{name}.toml", env!("CARGO_MANIFEST_DIR"));
        let screen = done(&desk.simulate(&[&file, "--agents", "200", "--paths", "--people", "none"]));
        assert!(screen.contains("through what, in SD of the measure"), "{screen}");
        let json = desk.json(&format!("output/{name}/summary.json"));
        let pairs = json["comparison"]["pairs"].as_array().expect("pairs");
        let (mut slow, mut measures) = (0, Vec::new());
        for pair in pairs {
            let told = if pair["asked"].is_object() {
                &pair["asked"]
            } else {
                pair
            };
            measures.extend(told["measure"].as_str());
            let whole = told["difference"]["value"].as_f64().expect("a number");
            for through in ["paths", "feelings"] {
                let Some(each) = pair[through]["each"].as_object() else {
                    assert_eq!(through, "feelings", "a measure has paths");
                    continue;
                };
                let means = each.values().map(|it| it["mean_of_orders"]["value"].as_f64());
                let sum: f64 = means.map(|it| it.expect("a number")).sum();
                assert!((sum - whole).abs() < 1e-9, "{name}, {through}: {sum} of {whole}");
                slow += usize::from(
                    ["slow_states", "practice_itself", "circumstances"]
                        .iter()
                        .any(|it| each.contains_key(*it)),
                );
            }
        }
        assert!(slow > 0, "{name}");
        let table = String::from_utf8(desk.read(&format!("output/{name}/comparison.csv"))).expect("text");
        if name == "nurses" {
            assert!(measures.contains(&"burnout"), "{measures:?}");
            let row = "compassion training,empathy training,path_mean_of_orders,affective_sharing,";
            let row = table.lines().find(|it| it.starts_with(row)).expect("a row");
            assert!(row.ends_with(",200,burnout,12,12"), "{row}");
            let chart = desk.read("output/nurses/path_shares_of_measures.svg");
            let chart = String::from_utf8(chart).expect("text");
            assert!(chart.contains("burnout in week 12: compassion"));
        }
    }
}

#[test]
fn a_precise_run_is_a_run_of_as_many_people() {
    let desk = Desk::new();
    desk.with("small.toml", SMALL);
    let screen = done(&desk.simulate(&["small.toml", "--precision", "0.01", "--quiet"]));
    assert!(
        screen.contains("people per condition to know every difference to ±"),
        "{screen}"
    );
    let precise = desk.json("output/small/summary.json");
    let search = &precise["comparison"]["precision"];
    assert_eq!(search["reached"], true);
    let people = search["people"].as_u64().expect("a number");
    assert!(people > 1_500 && people.is_multiple_of(1_024), "{people}");
    assert_eq!(precise["agents"], people);
    for it in precise["comparison"]["pairs"].as_array().expect("pairs") {
        let bound = |name: &str| it["difference"][name].as_f64().expect("a number");
        assert!(bound("upper") - bound("value") <= 0.01 && bound("value") - bound("lower") <= 0.01);
    }
    done(&desk.simulate(&["small.toml", "--agents", &people.to_string(), "--threads", "1"]));
    let plain = desk.json("output/small/summary.json");
    assert_eq!(plain["conditions"], precise["conditions"]);
    assert_eq!(plain["comparison"]["pairs"], precise["comparison"]["pairs"]);

    let limited = done(&desk.simulate(&["small.toml", "--precision", "0.0001", "--at-most", "3000", "--quiet"]));
    assert!(
        limited.contains("2,048 people per condition, the limit, leave ±"),
        "{limited}"
    );
    assert!(
        limited.contains(" points where ±0.01 are wanted; raise it"),
        "{limited}"
    );
}

#[test]
fn threads_do_not_change_a_comparison() {
    let desk = Desk::new();
    desk.with("small.toml", SMALL.replace("agents = 1500", "agents = 5_000"));
    let all = ["1", "3"].map(|threads| {
        done(&desk.simulate(&[
            "small.toml",
            "--paths",
            "--as-study",
            "15",
            "--repeats",
            "200",
            "--threads",
            threads,
        ]));
        ["comparison.csv", "summary.json", "path_shares.svg", "studies.svg"]
            .map(|it| desk.read(&format!("output/small/{it}")))
    });
    assert!(all[0] == all[1]);
}

#[test]
fn what_cannot_be_compared_is_refused() {
    let desk = Desk::new();
    desk.with("small.toml", SMALL);
    desk.with("one.toml", "title = \"one\"\n[[condition]]\nname = \"alone\"\n");
    for (arguments, expected) in [
        (
            &["small.toml", "--compare", "stranger", "strangr"][..],
            "did you mean `stranger`?",
        ),
        (
            &["small.toml", "--compare", "stranger", "stranger"],
            "cannot be compared with itself",
        ),
        (
            &["small.toml", "--precision", "0"],
            "not a share of people between 0 and 1",
        ),
        (
            &["small.toml", "--precision", "nan"],
            "not a share of people between 0 and 1",
        ),
        (
            &["small.toml", "--precision", "1e-9"],
            "finer than a run of any size can be",
        ),
        (&["small.toml", "--repeats", "5"], "--as-study"),
        (&["small.toml", "--at-most", "5"], "--precision"),
        (
            &["small.toml", "--as-study", "1000000", "--repeats", "1000000"],
            "have more than 20,000,000 people",
        ),
        (&["one.toml", "--paths"], "has no two that count the same people"),
        (
            &["one.toml", "--precision", "0.1"],
            "`--precision` compares the same people",
        ),
    ] {
        let errors = refused(&desk.simulate(arguments));
        assert!(errors.contains(expected), "{arguments:?}: {errors}");
    }
    assert!(!done(&desk.simulate(&["one.toml"])).contains("the same people"));
    assert!(!desk.names("output/one").contains(&"comparison.csv".to_owned()));
}

/// What the contrasts of a file name stands in comparison.csv within the same people, week by week, as in summary.json.
#[test]
fn what_the_file_asks_about_is_in_the_table() {
    let desk = Desk::new();
    let file = format!("{}/scenarios/nurses.toml", env!("CARGO_MANIFEST_DIR"));
    done(&desk.simulate(&[&file, "--agents", "300", "--people", "none"]));
    let json = desk.json("output/nurses/summary.json");
    let asked = json["differences"].as_array().expect("differences");
    let table = desk.read("output/nurses/comparison.csv");
    let mut reader = csv::Reader::from_reader(&table[..]);
    let rows: Vec<csv::StringRecord> = reader
        .records()
        .map(|it| it.expect("a row"))
        .filter(|it| &it[2] == "asked_difference")
        .collect();
    assert_eq!(rows.len(), asked.len());
    let burnout: Vec<&csv::StringRecord> = rows.iter().filter(|it| &it[3] == "burnout in week 12").collect();
    assert!(burnout.len() >= 2, "{rows:?}");
    for (row, it) in rows.iter().zip(asked) {
        assert_eq!(
            (&row[0], &row[1]),
            (it["treatment"].as_str().unwrap(), it["control"].as_str().unwrap())
        );
        let value: f64 = row[4].parse().expect("a number");
        assert!((value - it["difference"].as_f64().unwrap()).abs() < 1e-12);
        assert_eq!(&row[7], "300");
    }
}

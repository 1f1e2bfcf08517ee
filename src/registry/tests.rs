use super::{Measure, Source, State};
use crate::document;
use crate::engine::monitor::Unwatched;
use crate::parameters::shipped;
use crate::programs::builtin;
use crate::report;
use crate::scenario::{self, Scenario};
use crate::study::{self, Options};
use crate::summary::answer::answer;

/// Weeks of practice, with a question about the measure that only tests have.
const FILE: &str = r#"
title = "A measure of tests"
[run]
agents = 200
[timeline]
weeks = 4
measure_at = [0, 4]
[[condition]]
name = "usual"
[[condition]]
name = "moved"
population = { affective_sharing = { mean = 1.0 } }
[[contrast]]
treatment = "moved"
control = "usual"
measure = "scratch"
observed = { direction = "rises" }
"#;

fn read() -> Scenario {
    let source = document::Source::new("scratch.toml", FILE);
    let (scenario, _) = scenario::read(&source, builtin(), None).unwrap_or_else(|problems| panic!("{problems:?}"));
    scenario
}

#[test]
fn a_new_measure_is_a_row_and_its_equation_and_stands_in_every_output() {
    let everywhere = |place: &str, text: &str| assert!(text.contains("scratch"), "not in {place}: {text}");
    everywhere("the schema", &scenario::schema());
    everywhere(
        "the reference of keys",
        &scenario::reference(&[]).expect("there are keys"),
    );
    let scenario = read();
    everywhere("what will be run", &scenario::describe(&scenario));

    let people = std::sync::Mutex::new(Vec::new());
    let layout = report::Layout::new(&scenario, report::People::All);
    let keep = |played: &crate::engine::driver::Observation| report::rows(played, &layout);
    let take = |rows: Vec<u8>| {
        people.lock().unwrap().extend(rows);
        Ok::<(), std::convert::Infallible>(())
    };
    let results = study::run_keeping(&scenario, &shipped(), &Options::default(), &Unwatched, keep, take);
    let results = results.unwrap_or_else(|_| panic!("nobody stops it"));

    let header = report::people_header(&layout);
    let column = header
        .trim_end()
        .split(',')
        .position(|name| name == "scratch")
        .expect("a column of people.csv");
    let people = people.into_inner().unwrap();
    let mut rows = csv::ReaderBuilder::new().has_headers(false).from_reader(&people[..]);
    let values: Vec<f64> = rows
        .records()
        .map(|row| row.unwrap()[column].parse().unwrap())
        .collect();
    assert_eq!(values.len(), 800, "two conditions of 200 people in two weeks");
    assert!(
        values.iter().any(|value| *value > 0.5),
        "its equation is asked: {values:?}"
    );
    let [(_, codebook), _] = report::people_codebook(&layout);
    everywhere("the codebook of people.csv", &codebook);
    everywhere(
        "timeline.csv",
        &String::from_utf8(report::timeline_csv(&scenario, &results.tallies).unwrap()).unwrap(),
    );

    let parameters = report::ParameterSet {
        file: String::new(),
        sha256: String::new(),
        assumptions: 0,
        of: 0,
    };
    let json = report::summary_json(&scenario, &results.summary, &parameters, "");
    assert!(json["conditions"][0]["measures"]["scratch"]["mean"].is_number());
    assert_eq!(json["contrasts"][0]["agrees"], true);
    let comparison = report::comparison_json(&scenario, &results.comparison);
    everywhere("the comparison", &comparison.to_string());
    let table = report::comparison_csv(&scenario, &results.comparison, &results.summary.differences).unwrap();
    everywhere("comparison.csv", &String::from_utf8(table).unwrap());
    let words = answer(&scenario, &results.summary, &results.joint_outcomes).join(" ");
    assert!(words.contains("Scratch in week 4 (rated from 0 to 10): "), "{words}");

    let drawings = report::charts(&results).into_iter().map(|draw| draw().unwrap());
    let named: Vec<String> = drawings
        .filter(|drawing| drawing.picture.svg.to_lowercase().contains("scratch"))
        .map(|drawing| drawing.name)
        .collect();
    for chart in ["change", "before_after"] {
        assert!(
            named.contains(&chart.to_owned()),
            "not in the chart `{chart}`: {named:?}"
        );
    }
}

#[test]
fn keys_are_words_of_files_and_labels_of_axes_and_none_stands_twice() {
    let mut keys = Measure::KEYS.to_vec();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), Measure::COUNT);
    for measure in Measure::ALL {
        let row = measure.row();
        assert_eq!(Measure::from_key(row.key), Some(measure));
        assert_eq!(
            row.label,
            document::in_words(row.key),
            "in tables that know the key alone"
        );
        assert!(![row.unit, row.range, row.meaning].contains(&""), "{row:?}");
        // A measure and the state it is read from are one thing.
        if let Source::State(state) = row.source {
            assert_eq!(State::from_key(row.key), Some(state));
        }
    }
}

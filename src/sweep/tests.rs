use super::*;
use crate::analysis::vary::{Layout, Varied};
use crate::engine::monitor::Unwatched;
use crate::parameters::shipped_entries;
use crate::registry::Measure;
use std::convert::Infallible;

const TEXT: &str = r#"
title = "t"
[run]
agents = 600
[[condition]]
name = "plain"
[[condition]]
name = "trained one"
training = [{ program = "compassion", hours = 16, weeks = 8 }]
"#;

fn sweep_of(text: &str, keys: &[&str], points: Option<u32>) -> Result<Sweep, SweepError> {
    let source = Source::new("t.toml", text);
    let (base, _) = scenario::read(&source, programs::builtin(), None).unwrap();
    let keys = keys.iter().map(|key| Varied::read(key, points.is_some()).unwrap());
    let layout = points.map(|points| Layout {
        points,
        design: None,
        seed: 1,
    });
    let points = Points::new(keys.collect(), layout).unwrap();
    Sweep::new(source, base, shipped_entries().clone(), points, &Measures::Asked)
}

fn answers(sweep: &Sweep) -> Vec<Answer> {
    let mut all = Vec::new();
    let take = |answer| {
        all.push(answer);
        Ok::<(), Infallible>(())
    };
    sweep.run(0..sweep.points().count(), &Unwatched, take).unwrap();
    all
}

/// Share who help in each condition, and the difference.
fn helped(answer: &Answer) -> Vec<f64> {
    let rows = answer.found.as_ref().unwrap().iter();
    rows.filter(|row| row.measure == Measure::Helped)
        .map(|row| row.estimate.value)
        .collect()
}

#[test]
fn a_point_is_what_the_file_says_with_these_values() {
    let sweep = sweep_of(TEXT, &["situation.escape=0,1", "seed=1,5"], None).unwrap();
    let all = answers(&sweep);
    assert_eq!(all.len(), 4);
    for answer in &all {
        let mut source = Source::new("t.toml", TEXT);
        source.push_argument("--set", &format!("situation.escape={}", answer.values[0]));
        source.push_argument("--set", &format!("run.seed={}", answer.values[1]));
        let (scenario, _) = scenario::read(&source, programs::builtin(), None).unwrap();
        let found = helped(answer);
        let parameters = crate::parameters::shipped();
        let tallies = crate::engine::run::Experiment::new(&scenario, &parameters).tallies();
        let summary = crate::summary::Summary::new(&scenario, &tallies);
        let rate = |number: usize| summary.conditions[number].helping_rate.unwrap();
        assert_eq!(
            found,
            [rate(0), rate(1), summary.conditions[1].difference.unwrap().value]
        );
    }
    assert!(
        helped(&all[0])[0] > helped(&all[2])[0],
        "fewer stay where they can leave"
    );
}

#[test]
fn parameters_and_practice_are_varied_as_keys_are() {
    let sweep = sweep_of(TEXT, &["parameters.compassion.spread=0.5,1.5"], None).unwrap();
    let all = answers(&sweep);
    assert_ne!(helped(&all[0]), helped(&all[1]));
    let hours = sweep_of(TEXT, &["\"trained one\".hours=0.5,60"], None).unwrap();
    let all = answers(&hours);
    let [less, more] = [helped(&all[0]), helped(&all[1])];
    assert_eq!(less[0], more[0], "who does not practise stays as they are");
    assert!(less[1] < more[1], "{less:?} {more:?}");
}

#[test]
fn one_point_that_cannot_be_is_told_and_the_others_are_run() {
    let sweep = sweep_of(TEXT, &["situation.need=0.2,3,0.8"], None).unwrap();
    let all = answers(&sweep);
    assert!(all[0].found.is_ok() && all[2].found.is_ok());
    assert!(all[1].found.as_ref().unwrap_err().contains('3'), "{:?}", all[1]);
    let outside = sweep_of(TEXT, &["parameters.compassion.spread=1,99"], None).unwrap();
    assert!(answers(&outside)[1].found.as_ref().unwrap_err().contains("[0, 4]"));
}

#[test]
fn a_key_that_is_not_known_is_refused_with_the_nearest() {
    let error = |keys: &[&str]| sweep_of(TEXT, keys, None).unwrap_err().to_string();
    assert!(error(&["situation.escpe=0,1"]).contains("did you mean `escape`?"));
    assert!(error(&["situation.need=0.5,0.6", "seeed=1,2"]).contains("seeed"));
    assert!(error(&["parameters.compassion.spred=1"]).contains("parameters.compassion.spread"));
    assert!(error(&["parameters.compassion=1"]).contains("no parameter"));
    assert!(error(&["situation.need=2,3"]).contains("[0, 1]"));
    assert!(error(&["condition.plian.situation.need=0.5"]).contains("plain"));
    assert!(error(&["parameters.compassion.spread=77"]).contains("[0, 4]"));
    let two = TEXT.replace(
        "weeks = 8 }]",
        "weeks = 8 }, { program = \"empathy\", hours = 3, weeks = 1 }]",
    );
    let error = sweep_of(&two, &["\"trained one\".hours=1,2"], None)
        .unwrap_err()
        .to_string();
    assert!(error.contains("condition.\"trained one\".training.1.hours"), "{error}");
}

#[test]
fn what_a_condition_says_for_itself_is_noted() {
    let own = format!("{TEXT}situation = {{ escape = 0.3 }}\n");
    let notes = sweep_of(&own, &["situation.escape=0,1"], None).unwrap().notes();
    assert!(notes[0].message.contains("`trained one`"), "{notes:?}");
    assert!(
        sweep_of(TEXT, &["situation.escape=0,1"], None)
            .unwrap()
            .notes()
            .is_empty()
    );
}

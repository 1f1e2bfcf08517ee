//! `--set key=value`.

use super::{RIGHT, builtin};
use compassion::document::{Colour, Note, Problems, Source};
use compassion::model::agent::Trait;
use compassion::scenario::{self, Scenario};

fn read(text: &str, arguments: &[&str]) -> Result<(Scenario, Vec<Note>), Problems> {
    let mut source = Source::new("a.toml", text);
    for it in arguments {
        source.push_argument("--set", it);
    }
    scenario::read(&source, &builtin(), None)
}

#[track_caller]
fn set(text: &str, arguments: &[&str]) -> Scenario {
    match read(text, arguments) {
        Ok((scenario, _)) => scenario,
        Err(problems) => panic!("{problems}"),
    }
}

#[track_caller]
fn refused(text: &str, arguments: &[&str]) -> String {
    read(text, arguments).expect_err("it is wrong").to_string()
}

#[test]
fn an_argument_replaces_one_key_of_the_file() {
    let scenario = set(
        RIGHT,
        &[
            "situation.need=0.9",
            "situation.perspective=objective",
            "run.seed=7",
            "run.agents=12",
            "title=Another title",
            "population.regulation.mean=-1",
        ],
    );
    assert_eq!(scenario.conditions[1].situation.need, 0.9);
    assert_eq!((scenario.run.seed, scenario.run.agents), (7, 12));
    assert_eq!(scenario.title, "Another title");
    assert_eq!(scenario.conditions[0].population[Trait::VagalTone as usize].mean, -1.0);
    assert_eq!(
        set(RIGHT, &["run.seed=1", "run.seed=2"]).run.seed,
        2,
        "the last one wins"
    );
}

#[test]
fn a_condition_is_named_or_counted_from_one() {
    for which in ["condition.\"b\"", "condition.b", "condition.2"] {
        let scenario = set(RIGHT, &[&format!("{which}.situation.need=0.9")]);
        let needs: Vec<f64> = scenario.conditions.iter().map(|it| it.situation.need).collect();
        assert_eq!(needs, [0.5, 0.9], "{which}");
    }
    for which in ["condition.3", "condition.0", "condition.c", "condition.-1"] {
        let message = refused(RIGHT, &[&format!("{which}.situation.need=0.9")]);
        assert!(message.contains("there is no condition"), "{message}");
    }
}

#[test]
fn a_mistake_in_an_argument_is_shown_in_the_argument() {
    insta::assert_snapshot!(refused(
        RIGHT,
        &[
            "situation.escpae=0.1",
            "situation.need=2",
            "run.agents",
            "condition.1=3",
            "title.x=1"
        ]
    ));
}

#[test]
fn a_condition_that_has_its_own_value_gets_a_note() {
    let text = "title = 't'\n[[condition]]\nname = 'a'\nsituation = { need = 0.1 }\npopulation = { regulation = { mean = 1 } }\n[[condition]]\nname = 'b'\n";
    let (scenario, notes) = read(
        text,
        &[
            "situation.need=0.9",
            "population.reappraisal.mean=0",
            "situation.cost=0.1",
        ],
    )
    .expect("it is right");
    assert_eq!(scenario.conditions[0].situation.need, 0.1);
    assert_eq!(scenario.conditions[1].situation.need, 0.9);
    assert_eq!(notes.len(), 2, "{notes:?}");
    let mut source = Source::new("a.toml", text);
    source.push_argument("--set", "situation.need=0.9");
    insta::assert_snapshot!(notes[0].render(&source, Colour::Never));
}

#[test]
fn an_argument_can_complete_a_file() {
    let scenario = set(
        "[[condition]]\nname = 'a'\n",
        &[
            "title=t",
            "condition.a.training=[{ program = 'empathy', hours = 1, weeks = 1 }]",
        ],
    );
    assert_eq!(scenario.conditions[0].training.len(), 1);
    let message = refused("", &["title=t"]);
    assert!(message.contains("has no `condition`"), "{message}");
}

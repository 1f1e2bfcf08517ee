//! Slips of the hand that a person does not see: names that look the same, and what offices and word processors write.

use super::refused::{after, check};
use super::{accept, read, refuse};

/// A file of two conditions with these names.
fn two(one: &str, other: &str) -> String {
    format!("title = 't'\n[[condition]]\nname = \"{one}\"\n[[condition]]\nname = \"{other}\"\n")
}

#[test]
fn names_that_look_the_same_are_refused() {
    for (one, other) in [
        ("easy escape", "easy  escape"),
        ("easy escape", "easy escape "),
        ("easy escape", "easy\u{a0}escape"),
        ("caf\u{e9}", "cafe\u{301}"),
        ("alone", "al\u{200b}one"),
    ] {
        let problems = refuse(&two(one, other));
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert!(problems[0].starts_with("5:8 two conditions are called"), "{problems:?}");
    }
    accept(&two("easy escape", "Easy escape"));
}

#[test]
fn levels_of_a_factor_that_look_the_same_are_refused() {
    let factors = |one: &str, other: &str| {
        format!(
            "title = 't'\n[[condition]]\nname = 'a'\nfactors = {{ {one} }}\n[[condition]]\nname = 'b'\nfactors = {{ {other} }}\n"
        )
    };
    for other in ["escape = 'easy '", "escape = 'ea\u{ad}sy'", "'escape ' = 'easy'"] {
        let problems = refuse(&factors("escape = 'easy'", other));
        assert!(problems[0].starts_with("7:11 a "), "{problems:?}");
        assert!(problems[0].contains("is written in two ways"), "{problems:?}");
    }
    let twice = refuse(&factors("escape = 'easy', 'escape ' = 'hard'", "escape = 'hard'"));
    assert!(
        twice[0].starts_with("4:30 two names in `factors` look the same"),
        "{twice:?}"
    );
    accept(&factors("escape = 'easy'", "escape = 'hard'"));
}

#[test]
fn a_contrast_finds_its_condition_however_the_name_is_typed() {
    let contrast = "[[contrast]]\ntreatment = 'cafe\u{301}  one'\ncontrol = 'b'\nmeasure = 'helped'\nobserved = { direction = 'rises' }\n";
    accept(&(two("caf\u{e9} one", "b") + contrast));
}

#[test]
fn people_who_do_not_fill_a_group_are_told_once() {
    let groups = |agents: u32| {
        let text = format!(
            "title = 't'\nrun.agents = {agents}\n[[condition]]\nname = 'a'\nunit = 'group'\ngroup_size = 6\n[[condition]]\nname = 'b'\nunit = 'group'\ngroup_size = 6\n"
        );
        let (_, notes) = read(&text).expect("it is right");
        notes.into_iter().map(|note| note.message).collect::<Vec<_>>()
    };
    assert_eq!(
        groups(100),
        ["100 people make 16 groups of 6; 4 people are left over and not counted"]
    );
    assert_eq!(
        groups(7),
        ["7 people make 1 group of 6; 1 person is left over and not counted"]
    );
    assert_eq!(groups(96), [""; 0]);
}

#[test]
fn slips_of_offices_and_word_processors_are_shown_as_they_should_be() {
    let top = |line: &str| after(1, line);
    check(&[
        (
            &after(3, "cost = 0,6"),
            "4:9",
            "a decimal comma",
            "write a decimal point: `cost = 0.6`",
        ),
        (
            &top("run.agents = 10,000"),
            "2:16",
            "a comma within a number",
            "write the number without commas: `run.agents = 10_000`",
        ),
        (
            &top("question = “Who helps?”"),
            "2:12",
            "a curly quote of a word processor",
            "write straight quotes: `question = \"Who helps?\"`",
        ),
        (
            &after(3, "mood = −0.3"),
            "4:8",
            "a dash and not a minus sign",
            "`mood = -0.3`",
        ),
        (
            &after(7, "situation = { escape = 0,0, cost = 0,25 }"),
            "8:25",
            "a decimal comma",
            "`situation = { escape = 0.0, cost = 0.25 }`",
        ),
        (
            &after(7, "situation = 0.3"),
            "8:13",
            "`situation` must be a table",
            "name the key that it is for, in braces: `situation = { need = … }`",
        ),
        (
            &after(7, "population.reappraisal = 1"),
            "8:26",
            "`reappraisal` must be a table",
            "`reappraisal = { mean = 1 }`",
        ),
    ]);
    let headers = read("title = 't'\n[condition]\nname = 'a'\n[condition]\nunit = 'person'\n");
    let said = headers.expect_err("there can be several").to_string();
    assert!(said.contains("double brackets each time: `[[condition]]`"), "{said}");
}

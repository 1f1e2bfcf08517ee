//! A table of what is refused: where, and with which suggestion.

use super::{RIGHT, read};

/// A file, the place of its only problem, words of the message, words of label or help.
pub type Case<'c> = (&'c str, &'c str, &'c str, &'c str);

#[track_caller]
pub fn check(cases: &[Case<'_>]) {
    for (text, place, message, hint) in cases {
        let problems = read(text).expect_err(text);
        let rendered = problems.to_string();
        assert_eq!(problems.list().len(), 1, "{rendered}");
        let shown = format!("a.toml:{place}\n");
        assert!(rendered.contains(&shown), "expected at {place}:\n{rendered}");
        assert!(
            problems.list()[0].message.contains(message),
            "expected `{message}`:\n{rendered}"
        );
        assert!(rendered.contains(hint), "expected `{hint}`:\n{rendered}");
    }
}

/// `RIGHT` with lines after its n-th line.
pub fn after(line: usize, more: &str) -> String {
    let mut lines: Vec<&str> = RIGHT.lines().collect();
    lines.insert(line, more);
    lines.join("\n")
}

/// A problem on the lines added to the last condition, which begin at line 8.
#[track_caller]
pub fn in_condition(cases: &[Case<'_>]) {
    for (more, place, message, hint) in cases {
        check(&[(&after(7, more), place, message, hint)]);
    }
}

#[track_caller]
fn in_situation(cases: &[Case<'_>]) {
    for (more, place, message, hint) in cases {
        check(&[(&after(3, more), place, message, hint)]);
    }
}

#[track_caller]
pub fn at_the_top(cases: &[Case<'_>]) {
    for (more, place, message, hint) in cases {
        check(&[(&after(1, more), place, message, hint)]);
    }
}

#[test]
fn the_file_they_start_from_is_right() {
    assert!(read(RIGHT).is_ok());
}

#[test]
fn keys_that_do_not_exist() {
    in_situation(&[
        (
            "vivdness = 0.5",
            "4:1",
            "unknown key `vivdness` in `situation`",
            "did you mean `vividness`?",
        ),
        ("Cost = 0.5", "4:1", "unknown key `Cost`", "did you mean `cost`?"),
        ("window-s = 5", "4:1", "unknown key", "did you mean `window_s`?"),
        ("agents = 5", "4:1", "unknown key `agents`", "`agents` belongs in `run`"),
        ("title = 't'", "4:1", "unknown key `title`", "at the top of the file"),
        ("\"\" = 1", "4:1", "unknown key ``", "the keys here are need"),
        (
            "need.x = 1",
            "4:1",
            "cannot extend value of type float with a dotted key",
            "",
        ),
    ]);
    at_the_top(&[
        (
            "zzz = 1",
            "2:1",
            "unknown key `zzz` in the file",
            "the keys here are title",
        ),
        (
            "[situaton2]",
            "2:2",
            "unknown key `situaton2`",
            "did you mean `situation`?",
        ),
        ("[[community]]", "2:1", "`community` must be a table", "[community]"),
        (
            "[population]\nempathy = { mean = 1 }",
            "3:1",
            "unknown key `empathy`",
            "affective_sharing",
        ),
        (
            "[population]\nlow_mood = { men = 1 }",
            "3:14",
            "unknown key `men`",
            "did you mean `mean`?",
        ),
    ]);
    in_condition(&[
        (
            "situation = { escpae = 0.1 }",
            "8:15",
            "unknown key `escpae`",
            "did you mean `escape`?",
        ),
        ("knock_out = []", "8:1", "unknown key", "did you mean `knockout`?"),
    ]);
}

#[test]
fn values_of_the_wrong_type() {
    in_situation(&[
        (
            "cost = \"0.5\"",
            "4:8",
            "`cost` must be a number in [0, 1]",
            "without quotes: `cost = 0.5`",
        ),
        ("cost = true", "4:8", "`cost` must be a number", "this is true or false"),
        ("cost = [0.5]", "4:8", "`cost` must be a number", "this is a list"),
        ("cost = 1979-05-27", "4:8", "`cost` must be a number", "this is a date"),
        (
            "bystanders = 2.0",
            "4:14",
            "a whole number in [0, 10000]",
            "without decimal point: `bystanders = 2`",
        ),
        ("bystanders = 2.5", "4:14", "a whole number", "this is a number"),
        (
            "punishing_possible = 1",
            "4:22",
            "must be true or false",
            "this is a whole number",
        ),
        (
            "punishing_possible = \"true\"",
            "4:22",
            "true or false",
            "`punishing_possible = true`",
        ),
        ("endowment_unit = 5", "4:18", "a line of text", "in quotes: `\"5\"`"),
        ("perspective = 1", "4:15", "one of natural", "in quotes"),
    ]);
    at_the_top(&[
        ("run = 5", "2:7", "`run` must be a table", "this is a whole number"),
        (
            "[[run]]\nseed = 1",
            "2:1",
            "`run` must be a table",
            "single brackets, `[run]`",
        ),
        (
            "[population]\nlow_mood = 0.5",
            "3:12",
            "`low_mood` must be a table",
            "this is a number",
        ),
        (
            "contrast = { }",
            "2:12",
            "`contrast` must be a list of tables",
            "`[[contrast]]`",
        ),
        ("contrast = [1]", "2:13", "`contrast` must be a list of tables", ""),
    ]);
    in_condition(&[
        (
            "knockout = \"fatigue\"",
            "8:12",
            "`knockout` must be a list",
            "in brackets: `knockout = [\"fatigue\"]`",
        ),
        ("knockout = [1]", "8:13", "must be a line of text", ""),
        (
            "factors = { n = 4 }",
            "8:17",
            "`n` must be a line of text",
            "in quotes: `\"4\"`",
        ),
        (
            "training = { program = 'empathy', hours = 1, weeks = 1 }",
            "8:12",
            "a list of tables",
            "",
        ),
    ]);
    check(&[(
        "title = 't'\n[condition]\nname = 'a'\n",
        "2:1",
        "`condition` must be a list of tables",
        "`[[condition]]`",
    )]);
}

#[test]
fn a_line_that_fits_nowhere() {
    let long = format!("endowment_unit = '{}'", "x".repeat(501));
    in_situation(&[(&long, "4:18", "at most 500 characters", "too long")]);
    let text = after(3, &format!("endowment_unit = '{}'", "é".repeat(500)));
    assert!(read(&text).is_ok());
}

#[test]
fn values_out_of_range() {
    in_situation(&[
        ("cost = 1.4", "4:8", "and is 1.4", "outside [0, 1]"),
        ("cost = -1", "4:8", "and is -1", "outside [0, 1]"),
        ("cost = nan", "4:8", "`cost` must be a number", "not a finite number"),
        ("cost = -inf", "4:8", "and is -inf", "not a finite number"),
        ("cost = 1e999", "4:8", "`cost`", "not a finite number"),
        ("mood = 1.01", "4:8", "`mood`", "outside [-1, 1]"),
        ("window_s = 0", "4:12", "`window_s`", "outside (0, 3600]"),
        ("victims = 0", "4:11", "`victims`", "outside [1, 1000000000]"),
        ("bystanders = -1", "4:14", "and is -1", "outside [0, 10000]"),
        (
            "bystanders = 99999999999999999999999999999999999999999999",
            "4:14",
            "`bystanders`",
            "outside",
        ),
        ("endowment_unit = ' '", "4:18", "must not be empty", ""),
        ("endowment_unit = \"\\u200b\\u00a0\"", "4:18", "must not be empty", ""),
        ("endowment_unit = \"a\\nb\"", "4:18", "one line", "line break"),
        (
            "perspective = \"imagine-other\"",
            "4:15",
            "is not a choice",
            "did you mean `imagine_other`?",
        ),
        (
            "perspective = \"detached\"",
            "4:15",
            "is not a choice",
            "the choices are natural, objective",
        ),
    ]);
    at_the_top(&[
        ("run.agents = 0", "2:14", "`agents`", "outside [1, 2147483648]"),
        ("run.agents = 2147483649", "2:14", "`agents`", "outside [1, 2147483648]"),
        ("run.seed = -1", "2:12", "`seed` must be a whole number", "and is -1"),
        (
            "run.seed = 1.5",
            "2:12",
            "`seed` must be a whole number",
            "this is a number",
        ),
        ("run.seed = \"1\"", "2:12", "`seed`", "without quotes: `seed = 1`"),
        (
            "run = { agents = 1000000, replicates = 10000 }",
            "2:40",
            "are more than 2147483648 people",
            "lower",
        ),
        (
            "[population]\nlow_mood = { sd = -0.1 }",
            "3:19",
            "`sd`",
            "outside [0, 10]",
        ),
        (
            "[population]\nlow_mood = { mean = 11 }",
            "3:21",
            "`mean`",
            "outside [-10, 10]",
        ),
    ]);
}

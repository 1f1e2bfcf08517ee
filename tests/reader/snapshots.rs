//! The wording of the most important messages.

use super::read;

fn message(text: &str) -> String {
    read(text).expect_err("it is wrong").to_string()
}

#[test]
fn everything_wrong_is_shown_at_once_in_the_order_of_the_file() {
    insta::assert_snapshot!(message(
        r#"title = "Does a way out change who helps?"
citation = "batson1982"

[run]
agents = 0
sed = 1

[situation]
vivdness = 0.8
need = 1.4
cost = nan
perspective = "imagine-other"
agents = 3

[[condition]]
name = "easy escape"
training = [{ program = "compasion", hours = 16, weeks = 8 }]
knockout = ["self_other_distinktion"]
observed = { helped = 12, of = 11 }

[[condition]]
name = "easy escape"
unit = "group"

[[contrast]]
treatment = "easy escpae"
control = "easy escape"
measure = "hleped"
observed = {}

[timeline]
weeks = 12
"#
    ));
}

#[test]
fn a_syntax_error_does_not_hide_the_rest_nor_invent_anything() {
    insta::assert_snapshot!(message(
        "title = \"unclosed\n[run]\nseed = 1\nseed = 2\n[situation]\nneed = \n[[condition]]\nname = 'a'\nunti = 'person'\nsituation = { need = 0..5 }\n"
    ));
}

/// The parser takes the header's next closing bracket for the missing one: what follows is unsure.
#[test]
fn after_a_header_without_end_only_the_header_is_reported() {
    insta::assert_snapshot!(message(
        "title = 't'\n[situation\nneed = 0.5\n[[condition]]\nname = 'a'\n"
    ));
}

#[test]
fn an_empty_file_says_what_a_scenario_has() {
    insta::assert_snapshot!(message(""));
}

#[test]
fn ten_thousand_conditions_are_one_problem() {
    let text: String = (0..10_000)
        .map(|it| format!("[[condition]]\nname = '{it}'\n"))
        .collect();
    insta::assert_snapshot!(message(&format!("title = 't'\n{text}")));
}

//! Exchanges: what is read, and what is refused at its line.

use compassion::document::Source;
use compassion::model::exchange::machines::Machine;
use compassion::programs::builtin;
use compassion::scenario::{self, Length, Partner, Scenario, describe, exchange_template, to_toml};

/// The head of an exchange among 100 people, four lines.
const HEAD: &str = "title = 't'\n[run]\nagents = 100\n[exchange]\n";

const CONDITION: &str = "[[condition]]\nname = 'a'\n";

fn read(text: &str) -> Result<Scenario, String> {
    match scenario::read(&Source::new("a.toml", text), builtin(), None) {
        Ok((scenario, _)) => Ok(scenario),
        Err(problems) => Err(problems.to_string()),
    }
}

#[test]
fn an_exchange_is_read_with_what_conditions_change_and_written_again() {
    let text = format!(
        "{HEAD}rounds = 12\nbenefit = 3.0\n{CONDITION}[[condition]]\nname = 'b'\n\
         exchange = {{ noise = 0.125, partner = 'tit_for_tat' }}\nknockout = ['reciprocity']\n"
    );
    let scenario = read(&text).unwrap();
    let of = |condition: usize| scenario.conditions[condition].protocol.exchange.unwrap();
    let (one, other) = (of(0), of(1));
    assert_eq!(
        (one.length, one.benefit, one.noise, one.partner),
        (Length::Rounds(12), 3.0, 0.0, Partner::Same)
    );
    assert_eq!(
        (other.benefit, other.noise, other.partner),
        (3.0, 0.125, Partner::Machine(Machine::TitForTat))
    );
    assert!(read(&to_toml(&scenario)).unwrap() == scenario, "{}", to_toml(&scenario));
    let told = describe(&scenario);
    let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        told.contains("12 rounds") && told.contains("12.5 %") && told.contains("tit for tat"),
        "{told}"
    );
}

/// A chance of 7/8 plays until fewer than one in a hundred exchanges go on: 0.875³⁴ > .01 > 0.875³⁵.
#[test]
fn rounds_that_go_on_by_chance_count_as_often_as_they_are_played() {
    let scenario = read(&format!("{HEAD}continue = 0.875\n{CONDITION}")).unwrap();
    let length = scenario.conditions[0].protocol.exchange.unwrap().length;
    assert_eq!((length.rounds(), length.weight(0), length.weight(1)), (35, 1.0, 0.875));
    assert_eq!((Length::Rounds(7).rounds(), Length::Rounds(7).weight(6)), (7, 1.0));
}

#[test]
fn what_is_wrong_is_said_at_its_line() {
    let rounds = format!("{HEAD}rounds = 5\n");
    for (text, line, message) in [
        (
            format!("{HEAD}{CONDITION}"),
            4,
            "an exchange has `rounds`, or goes on with a chance",
        ),
        (format!("{rounds}continue = 0.5\n{CONDITION}"), 6, "not both"),
        (format!("{rounds}noise = 0.6\n{CONDITION}"), 6, "0.5"),
        (format!("{rounds}benefit = 0.5\n{CONDITION}"), 6, "benefit"),
        (
            format!("{rounds}partner = 'tit for tat'\n{CONDITION}"),
            6,
            "did you mean",
        ),
        (format!("{rounds}round = 5\n{CONDITION}"), 6, "did you mean `rounds`?"),
        (
            format!("{rounds}{CONDITION}").replace("100", "101"),
            4,
            "101 people do not make pairs",
        ),
        (
            format!("{rounds}{CONDITION}exchange = {{ rounds = 6 }}\n"),
            8,
            "the same in all conditions",
        ),
        (
            format!("{rounds}{CONDITION}unit = 'group'\ngroup_size = 2\n"),
            8,
            "two by two",
        ),
        (
            format!("{rounds}{CONDITION}select = {{ dominant = 'empathic_concern' }}\n"),
            8,
            "`select` does not go",
        ),
        (
            format!("{rounds}[exposures]\ncount = 2\nspacing_hours = 1\n{CONDITION}"),
            4,
            "`[exposures]`",
        ),
        (
            format!("{rounds}[situation]\nhelp = 'graded'\n{CONDITION}"),
            4,
            "cannot be `graded`",
        ),
        (
            format!("{rounds}{CONDITION}knockout = ['ties']\n"),
            8,
            "without a `[community]`",
        ),
        (
            "title = 't'\n[[condition]]\nname = 'a'\nexchange = { noise = 0.1 }\n".to_owned(),
            4,
            "without an `[exchange]`",
        ),
        (
            "title = 't'\n[[condition]]\nname = 'a'\nknockout = ['reciprocity']\n".to_owned(),
            4,
            "without an `[exchange]`",
        ),
    ] {
        let told = read(&text).unwrap_err();
        let flat = told.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            flat.contains(&format!("a.toml:{line}:")) && flat.contains(message),
            "{text}\n{told}"
        );
    }
}

#[test]
fn the_template_runs_as_it_is() {
    let scenario = read(&exchange_template(None)).unwrap();
    assert!(scenario.conditions.len() == 3 && scenario.contrasts.len() == 1);
}

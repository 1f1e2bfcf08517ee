//! The published scenarios say what the tables say: every count, every code, every name.
//!
//! `helping_experiments.csv` (what people did) and `codes.csv` (the situation, as the median of
//! three codings) are the source; the scenario files are written from them and may not drift. The
//! files are read as plain TOML here, so that these tests hold whatever the reader makes of a key.

mod published;

use compassion::model::situation::Situation;
use published::places::{change, leaves};
use published::{Row, experiments, folder, read, scenario, scenario_stems, table};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use toml::{Table, Value};

/// The tables are data that nobody edits: what people did does not change.
#[test]
fn the_tables_are_the_ones_that_were_coded() {
    let sums = [
        (
            "helping_experiments.csv",
            "bb948d1b33accb690e1074f14c830d675d40c246331ebc7d5bd0db4331356dc7",
        ),
        (
            "codes.csv",
            "8c68a2cfddc65fa004eefff92de60065bf2898c3b2e3868be7e8c420e48ce118",
        ),
    ];
    for (name, expected) in sums {
        // The line ends of a checkout are no part of the table.
        let text = read(&folder().join(name)).replace("\r\n", "\n");
        let digest = Sha256::digest(text.as_bytes());
        let sum: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(sum, expected, "{name} was changed");
    }
}

#[test]
fn the_files_hold_every_cell_as_the_tables_have_it() {
    let experiments = experiments();
    assert_eq!(experiments.len(), 35, "experiments in the tables");
    assert_eq!(experiments.values().map(Vec::len).sum::<usize>(), 91);

    let wrong: Vec<String> = experiments
        .iter()
        .flat_map(|(stem, rows)| differences(stem, &scenario(stem), rows))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Keys that came after the codebook are coded for every cell, by the anchors, and not for some that would gain.
#[test]
fn later_keys_are_coded_for_every_cell() {
    let (codes, later) = (table("codes.csv"), table("codes_of_later_keys.csv"));
    let cell = |row: &Row| [&row["study_id"], &row["study"], &row["condition"]].map(String::clone);
    let cells = |rows: &[Row]| rows.iter().map(cell).collect::<Vec<_>>();
    assert_eq!(cells(&codes), cells(&later));
    for row in &later {
        let code = |key: &str| row[key].parse::<f64>().expect("a code is a number");
        let (urging, occupied) = (code("urging"), code("occupied"));
        assert!(
            (-1.0..=1.0).contains(&urging) && (0.0..=1.0).contains(&occupied),
            "{row:?}"
        );
        let said = !row["what the method section says"].is_empty();
        assert_eq!(said, urging != 0.0 || occupied != 0.0, "{row:?}");
    }
}

/// Without this the comparison above could pass because it looks at nothing.
#[test]
fn a_change_of_any_code_or_count_is_noticed() {
    let mut tried = 0;
    for (stem, rows) in experiments() {
        let file = scenario(&stem);
        for path in leaves(&file) {
            let mut changed = file.clone();
            change(&mut changed, &path);
            assert!(
                !differences(&stem, &changed, &rows).is_empty(),
                "{stem}.toml: nobody notices a change of {path:?}"
            );
            tried += 1;
        }
    }
    assert!(tried > 400, "only {tried} values were tried");
}

#[test]
fn eighty_nine_cells_are_scored_and_two_carry_a_direction_only() {
    let experiments = experiments();
    let scored = |rows: &[Row]| rows.iter().filter(|row| row["use"] == "calibrate").count();
    assert_eq!(experiments.values().map(|rows| scored(rows)).sum::<usize>(), 89);

    let clear_or_not = scenario("clarkword1972_1");
    let contrasts = clear_or_not["contrast"].as_array().expect("a contrast");
    assert_eq!(contrasts.len(), 1);
    let contrast = &contrasts[0];
    assert_eq!(contrast["treatment"].as_str(), Some("unambiguous (cries of pain)"));
    assert_eq!(contrast["control"].as_str(), Some("ambiguous (no verbal cue)"));
    assert_eq!(contrast["measure"].as_str(), Some("helped"));
    assert_eq!(contrast["observed"].to_string(), r#"{ direction = "rises" }"#);
}

#[test]
fn the_standing_of_each_number_is_written_above_its_condition() {
    for (stem, rows) in experiments() {
        let text = read(&folder().join(format!("{stem}.toml")));
        let standings: Vec<&str> = text
            .lines()
            .filter_map(|line| line.strip_prefix("# standing: "))
            .collect();
        let expected: Vec<&str> = rows.iter().map(|row| row["standing"].as_str()).collect();
        assert_eq!(standings, expected, "{stem}.toml");
        for row in rows.iter().filter(|row| !row["notes"].is_empty()) {
            let note = format!("# note: {}", row["notes"]);
            assert!(text.contains(&note), "{stem}.toml lacks `{note}`");
        }
    }
}

#[test]
fn the_studies_that_replicate_badly_are_marked_and_no_others() {
    let marked: BTreeSet<String> = scenario_stems()
        .into_iter()
        .filter(|stem| {
            let text = read(&folder().join(format!("{stem}.toml")));
            text.lines().any(|line| line.starts_with("# replicates badly: "))
        })
        .collect();
    let expected = ["isenlevin1972_2", "levinisen1975_1", "levinisen1975_2"];
    assert_eq!(marked, expected.map(String::from).into());
}

/// No result of another study may reach the calibration, which fits what is `observed`.
#[test]
fn only_the_published_experiments_carry_observed_counts() {
    let experiments = experiments();
    for stem in scenario_stems()
        .into_iter()
        .filter(|stem| !experiments.contains_key(stem))
    {
        let file = scenario(&stem);
        let conditions = file["condition"].as_array().expect("conditions");
        let observed = conditions.iter().any(|it| it.get("observed").is_some());
        assert!(!observed, "{stem}.toml carries `observed` but is not in the tables");
        let contrasts = file.get("contrast").is_some();
        assert_eq!(
            contrasts,
            !stem.starts_with("pattern_"),
            "{stem}.toml and its contrasts"
        );
    }
}

/// A check of `patterns.csv` that names nothing could never fail.
#[test]
fn every_pattern_check_names_conditions_that_exist_and_bounds_in_order() {
    let literature = read(&folder().join("../literature.bib"));
    let checks = table("patterns.csv");
    let patterns: BTreeSet<u32> = checks.iter().map(|it| it["pattern"].parse().unwrap()).collect();
    assert_eq!(patterns, (1..=25).collect(), "patterns that have a check");

    for check in &checks {
        let file = scenario(check["file"].trim_end_matches(".toml"));
        let conditions = file["condition"].as_array().expect("conditions");
        let named = ["treatment", "control", "treatment2", "control2"];
        let names = named.iter().flat_map(|column| check[*column].split(" | "));
        for name in names.filter(|name| !name.is_empty()) {
            let there = conditions.iter().any(|it| it["name"].as_str() == Some(name));
            assert!(
                there,
                "`{}`: {} has no condition `{name}`",
                check["name"], check["file"]
            );
        }
        let bound = |column: &str| check[column].parse::<f64>().expect("a bound is a number");
        assert!(bound("lower") < bound("upper"), "bounds of `{}`", check["name"]);
        let source = format!("{{{},", check["source"]);
        let known = check["source"].is_empty() || literature.contains(&source);
        assert!(known, "literature.bib lacks `{}`", check["source"]);
    }
}

/// Everything in which a scenario file differs from its rows in the tables.
fn differences(stem: &str, file: &Table, rows: &[Row]) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut expect = |what: String, found: String, expected: String| {
        if found != expected {
            wrong.push(format!("{stem}.toml: {what} is {found}, the tables have {expected}"));
        }
    };
    let none = Vec::new();
    let conditions = file.get("condition").and_then(Value::as_array).unwrap_or(&none);
    expect(
        "number of conditions".into(),
        conditions.len().to_string(),
        rows.len().to_string(),
    );
    expect("citation".into(), text(file, "citation"), rows[0]["study_id"].clone());
    let run = file.get("run").and_then(Value::as_table).cloned().unwrap_or_default();
    expect("run.seed".into(), text(&run, "seed"), year(&rows[0]));
    expect("run.agents".into(), text(&run, "agents"), "10000".into());

    for (condition, row) in conditions.iter().zip(rows) {
        let name = &row["condition"];
        let of = |what: &str| format!("{what} of `{name}`");
        let Some(condition) = condition.as_table() else {
            expect(of("condition"), condition.to_string(), "a table".into());
            continue;
        };
        expect(of("name"), text(condition, "name"), name.clone());
        expect(of("observed"), shown(condition.get("observed")), observed(row));
        expect(of("unit"), text_or(condition, "unit", "person"), row["unit"].clone());
        expect(
            of("group_size"),
            text(condition, "group_size"),
            row["group_size"].clone(),
        );
        expect(of("select"), shown(condition.get("select")), select(row));
        expect(of("training"), shown(condition.get("training")), training(row));

        let situation = merged(file, condition);
        let codes = coded(row);
        for key in situation.keys().chain(codes.keys()).collect::<BTreeSet<_>>() {
            expect(
                of(key),
                number_or_word(situation.get(key)),
                number_or_word(codes.get(key)),
            );
        }
    }
    wrong
}

/// The situation a condition runs with: the codebook's defaults, the shared keys, its own keys.
fn merged(file: &Table, condition: &Table) -> Table {
    let mut situation = defaults();
    for written in [file.get("situation"), condition.get("situation")] {
        situation.extend(written.and_then(Value::as_table).cloned().unwrap_or_default());
    }
    situation
}

/// The situation a row of `codes.csv` asks for; keys without a column keep their default.
fn coded(row: &Row) -> Table {
    let mut situation = defaults();
    let keys: Vec<String> = situation.keys().filter(|key| row.contains_key(*key)).cloned().collect();
    assert_eq!(
        keys.len(),
        21,
        "situation keys among the columns of codes.csv and codes_of_later_keys.csv"
    );
    for key in keys {
        let code = &row[&key];
        if code.is_empty() {
            continue;
        }
        let value = match code.parse::<f64>() {
            Ok(number) => Value::Float(number),
            Err(_) => Value::String(code.clone()),
        };
        situation.insert(key, value);
    }
    situation
}

/// The defaults that the program itself uses.
fn defaults() -> Table {
    Table::try_from(Situation::default()).expect("a situation is a table")
}

/// `observed` as a row asks for it: nothing where only the direction may be used.
fn observed(row: &Row) -> String {
    if row["use"] != "calibrate" {
        return String::new();
    }
    format!("{{ helped = {}, of = {} }}", row["helped"], row["of"])
}

/// `select` as a row asks for it.
fn select(row: &Row) -> String {
    match row["select"].as_str() {
        "" => String::new(),
        feeling => format!(r#"{{ dominant = "{feeling}" }}"#),
    }
}

/// `training` as a row asks for it, from `one_of a, b; 16 hours, 8 weeks`.
fn training(row: &Row) -> String {
    let Some((what, dose)) = row["training"].split_once("; ") else {
        return String::new();
    };
    let programs = match what.strip_prefix("one_of ") {
        None => format!(r#"program = "{what}""#),
        Some(several) => {
            let quoted: Vec<_> = several.split(", ").map(|it| format!(r#""{it}""#)).collect();
            format!("one_of = [{}]", quoted.join(", "))
        }
    };
    let numbers: Vec<&str> = dose.split(' ').filter(|word| word.parse::<f64>().is_ok()).collect();
    let [hours, weeks] = numbers[..] else {
        panic!("two numbers expected in `{dose}`")
    };
    format!("[{{ {programs}, hours = {hours}, weeks = {weeks} }}]")
}

/// The year in parentheses of a row's citation.
fn year(row: &Row) -> String {
    let citation = &row["citation"];
    let year = citation.split('(').nth(1).and_then(|rest| rest.get(..4));
    year.unwrap_or_else(|| panic!("no year in `{citation}`")).to_string()
}

/// A value on one line, without the order of its keys and the kind of its numbers mattering.
fn shown(value: Option<&Value>) -> String {
    match value {
        None => String::new(),
        Some(Value::Array(items)) => {
            let items: Vec<_> = items.iter().map(|it| shown(Some(it))).collect();
            format!("[{}]", items.join(", "))
        }
        Some(Value::Table(table)) => {
            let order = ["helped", "of", "dominant", "program", "one_of", "hours", "weeks"];
            let rank = |key: &str| order.iter().position(|it| *it == key).unwrap_or(order.len());
            let mut keys: Vec<&String> = table.keys().collect();
            keys.sort_by_key(|key| (rank(key), key.as_str()));
            let pairs: Vec<_> = keys
                .iter()
                .map(|key| format!("{key} = {}", shown(table.get(*key))))
                .collect();
            format!("{{ {} }}", pairs.join(", "))
        }
        Some(other) => other.to_string(),
    }
}

/// A situation value for comparison: 40 and 40.0 are the same number.
fn number_or_word(value: Option<&Value>) -> String {
    match value {
        None => "missing".into(),
        Some(Value::Integer(number)) => (*number as f64).to_string(),
        Some(Value::Float(number)) => number.to_string(),
        Some(other) => other.to_string(),
    }
}

/// A key's value as bare text, empty if it is not there.
fn text(table: &Table, key: &str) -> String {
    text_or(table, key, "")
}

/// A key's value as bare text.
fn text_or(table: &Table, key: &str, otherwise: &str) -> String {
    match table.get(key) {
        None => otherwise.into(),
        Some(Value::String(word)) => word.clone(),
        Some(other) => other.to_string(),
    }
}

//! Reference, schema and template say the same as the reader.

use super::{accept, read};
use compassion::document::{Key, Kind};
use compassion::scenario::keys::KEYS;
use compassion::scenario::{describe, reference, schema, template};
use std::collections::BTreeSet;
use toml::{Table, Value};

const EVERY_KEY: &str = include_str!("../../scenarios/every_key.toml");

/// A file has weeks of a timeline or of a community.
const EVERY_KEY_OF_A_COMMUNITY: &str = include_str!("../../scenarios/community/every_key.toml");

/// Rounds of an exchange take the place of both; they are counted, or go on by chance.
const EVERY_KEY_OF_AN_EXCHANGE: [&str; 2] = [
    include_str!("../../scenarios/exchange/every_key.toml"),
    include_str!("../../scenarios/exchange/noise_and_empathy.toml"),
];

/// The paths of a file's keys as [`KEYS`] writes them.
fn collect(path: &str, table: &Table, used: &mut BTreeSet<&'static str>) {
    for (name, value) in table {
        let key = KEYS
            .iter()
            .find(|it| it.parent() == path && it.name() == name)
            .unwrap_or_else(|| panic!("`{name}` of `{path}` is not documented"));
        used.insert(key.path);
        let below = match key.kind {
            Kind::Like(other) => other,
            _ => key.path,
        };
        match (key.kind, value) {
            (Kind::Labels, _) => {}
            (Kind::Named(paths), Value::Table(named)) => {
                for changed in named.values().filter_map(Value::as_table) {
                    for name in changed.keys() {
                        let known = KEYS.iter().any(|it| paths.contains(&it.parent()) && it.name() == name);
                        assert!(known, "`{name}` is a key of none of {paths:?}");
                    }
                }
            }
            (_, Value::Table(it)) => collect(below, it, used),
            (_, Value::Array(list)) => {
                for it in list.iter().filter_map(Value::as_table) {
                    collect(below, it, used);
                }
            }
            _ => {}
        }
    }
}

#[test]
fn every_key_in_the_reference_scenario_is_documented_and_no_other() {
    let mut used = BTreeSet::new();
    for file in [EVERY_KEY, EVERY_KEY_OF_A_COMMUNITY]
        .into_iter()
        .chain(EVERY_KEY_OF_AN_EXCHANGE)
    {
        collect("", &file.parse().expect("it is TOML"), &mut used);
    }
    let documented: BTreeSet<&str> = KEYS.iter().map(|it| it.path).collect();
    assert_eq!(used, documented);
}

#[test]
fn keys_are_unique_and_their_tables_come_before_them() {
    let mut seen = BTreeSet::from([""]);
    let mut targets = BTreeSet::new();
    for key in KEYS {
        assert!(
            seen.contains(key.parent()) || key.parent().ends_with(".<trait>") || key.parent().ends_with(".<scale>"),
            "{}",
            key.path
        );
        assert!(seen.insert(key.path), "{} stands twice", key.path);
        assert!(!key.meaning.is_empty(), "{}", key.path);
        if let Kind::Like(other) = key.kind {
            targets.insert(other);
        }
    }
    for target in targets {
        assert!(KEYS.iter().any(|it| it.parent() == target), "{target} has no keys");
    }
}

/// A default is written in `KEYS` and in the types; they must agree.
#[test]
fn writing_out_a_default_changes_nothing() {
    let with = |table: &str, key: &Key, default: &str| {
        let line = format!("{} = {default}\n", key.name());
        let mut text = String::from("title = 't'\n");
        match table {
            "" => text = line + &text,
            "condition" if key.name() == "network" => {
                return text + "[timeline]\nweeks = 1\nmeasure_at = [0]\n[[condition]]\nname = 'a'\n" + &line;
            }
            "condition" => return text + "[[condition]]\nname = 'a'\n" + &line,
            "condition.trained" => {
                return text
                    + "[community]\nweeks = 1\n[[condition]]\nname = 'a'\n\
                       training = [{ program = 'empathy', hours = 1, weeks = 1 }]\n[condition.trained]\nshare = 0.5\n"
                    + &line;
            }
            "exchange" => text += &format!("[exchange]\nrounds = 3\n{line}"),
            "community" => text += &format!("[community]\nweeks = 1\n{line}"),
            "community.layer" => {
                let network = match key.name() {
                    "rewire" => "network = 'small_world'\ndegree = 4\n",
                    "within" => "network = 'blocks'\ndegree = 4\nsize = 20\n",
                    _ => "network = 'groups'\nsize = 5\n",
                };
                text += &format!("[community]\nweeks = 1\n[[community.layer]]\nname = 'l'\n{network}{line}");
            }
            "condition.training" => {
                return text
                    + "[[condition]]\nname = 'a'\n[[condition.training]]\nprogram = 'empathy'\nhours = 1\nweeks = 1\n"
                    + &line;
            }
            "condition.observed" => {
                return text
                    + "[[condition]]\nname = 'a'\n[condition.observed]\nmeasure = 'latency'\nmean = 9.0\nsd = 1.0\nn = 20\n"
                    + &line;
            }
            "study" => text += &format!("[study]\n{line}"),
            "vary" => text += &format!("[vary]\nkey = 'situation.need'\n{line}"),
            "population.<trait>" => text += &format!("[population.low_mood]\n{line}"),
            "program.<trait>" | "program" => {
                text += "[[program]]\nname = 'p'\n";
                if table == "program" {
                    text += &line;
                }
                text += "[program.low_mood]\nshift = 1\n";
                if table != "program" {
                    text += &line;
                }
            }
            table => text += &format!("[{table}]\n{line}"),
        }
        text + "[[condition]]\nname = 'a'\n"
    };
    let mut count = 0;
    for key in KEYS {
        if let Some(default) = key.default {
            let without = with(key.parent(), key, default).replace(&format!("{} = {default}\n", key.name()), "");
            assert_eq!(
                accept(&with(key.parent(), key, default)),
                accept(&without),
                "{}",
                key.path
            );
            count += 1;
        }
    }
    assert!(count > 30, "only {count} defaults");
}

#[test]
fn the_schema_file_is_a_fresh_one() {
    let committed = include_str!("../../scenarios/scenario.schema.json");
    assert!(
        committed == schema(),
        "scenarios/scenario.schema.json is out of date: write `simulate schema` into it"
    );
}

/// As far as a schema can say it: what stands in the reference scenario is allowed by it.
#[test]
fn the_schema_knows_every_key_of_the_reference_scenario() {
    let schema: serde_json::Value = serde_json::from_str(&schema()).expect("it is JSON");
    let scenario: Table = EVERY_KEY.parse().expect("it is TOML");
    let scenario = serde_json::to_value(scenario).expect("plain data");
    assert_eq!(violations(&schema, &schema, &scenario, "file"), Vec::<String>::new());

    let mut wrong = scenario.clone();
    wrong["situation"]["need"] = 1.4.into();
    wrong["condition"][0]["situation"]["escpae"] = 0.1.into();
    wrong["condition"][1]["unit"] = "crowd".into();
    wrong["program"][0]["low_mood"] = serde_json::json!({ "onset": "late" });
    assert_eq!(violations(&schema, &schema, &wrong, "file").len(), 4);
}

/// The part of JSON Schema that the generated schema uses.
fn violations(
    root: &serde_json::Value,
    schema: &serde_json::Value,
    value: &serde_json::Value,
    at: &str,
) -> Vec<String> {
    use serde_json::Value;
    let mut found = Vec::new();
    if let Some(reference) = schema["$ref"].as_str() {
        let target = root.pointer(reference.trim_start_matches('#')).expect("it is defined");
        found.extend(violations(root, target, value, at));
    }
    let is_type = match schema["type"].as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("boolean") => value.is_boolean(),
        Some("integer") => value.is_u64(),
        Some("number") => value.is_number(),
        Some(other) => panic!("unknown type {other}"),
        None => true,
    };
    let in_range = value.as_f64().is_none_or(|it| {
        schema["minimum"].as_f64().is_none_or(|low| it >= low)
            && schema["maximum"].as_f64().is_none_or(|high| it <= high)
            && schema["exclusiveMinimum"].as_f64().is_none_or(|low| it > low)
    });
    let in_enum = schema["enum"].as_array().is_none_or(|it| it.contains(value));
    if !(is_type && in_range && in_enum) {
        found.push(format!("{at}: {value}"));
    }
    if let Value::Object(map) = value {
        for required in schema["required"].as_array().into_iter().flatten() {
            if !map.contains_key(required.as_str().expect("a name")) {
                found.push(format!("{at}: no {required}"));
            }
        }
        for (name, it) in map {
            let at = format!("{at}.{name}");
            match (&schema["properties"][name], &schema["additionalProperties"]) {
                (Value::Null, Value::Bool(false)) => found.push(at),
                (Value::Null, Value::Null) => {}
                (Value::Null, other) => found.extend(violations(root, other, it, &at)),
                (property, _) => found.extend(violations(root, property, it, &at)),
            }
        }
    }
    for it in value.as_array().into_iter().flatten() {
        if !schema["items"].is_null() {
            found.extend(violations(root, &schema["items"], it, &format!("{at}[]")));
        }
    }
    found
}

#[test]
fn the_template_runs_as_it_is() {
    let (scenario, notes) = read(&template(None)).expect("the template is right");
    assert_eq!(notes, []);
    assert_eq!(scenario.conditions.len(), 2);
    assert_eq!(scenario.conditions[0].situation.need, 0.8);
}

/// Whoever takes the `#` away from any line of the template must get a file that is still right.
#[test]
fn what_the_template_only_suggests_is_right_too() {
    let text: String = template(Some("./scenario.schema.json"))
        .lines()
        .map(|line| {
            let rest = line.strip_prefix("# ").unwrap_or(line);
            let is_key = rest
                .parse::<Table>()
                .is_ok_and(|it| it.keys().any(|name| KEYS.iter().any(|key| key.name() == name)));
            let is_suggestion = is_key || ["[[contrast]]", "[population]", "[vary]"].contains(&rest);
            format!("{}\n", if is_suggestion { rest } else { line })
        })
        .collect();
    let scenario = accept(&text);
    assert_eq!(scenario.contrasts.len(), 1);
    assert_eq!(scenario.vary.map(|vary| vary.key), Some("situation.need".to_owned()));
    assert!(scenario.citation.is_some());
    assert_eq!(scenario.conditions[0].training.len(), 1);
}

#[test]
fn the_reference_says_range_unit_default_and_anchors_of_every_key() {
    let reference = reference(&[]).expect("there are keys");
    for key in KEYS {
        assert!(reference.contains(key.path), "{}", key.path);
    }
    assert!(reference.contains("    a number in (0, 3600], unit: s, default 30.0\n"));
    assert!(reference.contains("      0.9 may leave after a short obligatory part\n"));
    assert!(
        reference.lines().all(|it| it.chars().count() <= 100),
        "lines stay readable"
    );
}

#[test]
fn the_description_is_plain_words() {
    insta::assert_snapshot!(describe(&accept(EVERY_KEY)));
}

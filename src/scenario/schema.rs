//! The JSON Schema of scenario files, for completion and checking in editors.

use super::keys::KEYS;
use crate::document::{Key, Kind, LONGEST_LINE};
use serde_json::{Map, Value, json};

/// The JSON Schema (draft 2020-12) of scenario files, ending with a line break.
pub fn schema() -> String {
    let mut schema = Map::new();
    schema.insert(
        "$schema".to_owned(),
        json!("https://json-schema.org/draft/2020-12/schema"),
    );
    schema.insert("title".to_owned(), json!("scenario of the simulator `compassion`"));
    schema.extend(table(""));
    // Tables whose keys stand in several places are written once.
    let mut shared: Vec<&str> = KEYS
        .iter()
        .filter_map(|it| match it.kind {
            Kind::Like(other) => Some(other),
            _ => None,
        })
        .collect();
    shared.sort_unstable();
    shared.dedup();
    let definitions: Map<String, Value> = shared
        .into_iter()
        .map(|path| (definition(path), Value::Object(table(path))))
        .collect();
    schema.insert("$defs".to_owned(), Value::Object(definitions));
    format!("{:#}\n", Value::Object(schema))
}

/// The schema of a table.
fn table(path: &str) -> Map<String, Value> {
    let keys = || KEYS.iter().filter(|it| it.parent() == path);
    let properties: Map<String, Value> = keys()
        .map(|it| (it.name().to_owned(), Value::Object(property(it))))
        .collect();
    let required: Vec<&str> = keys().filter(|it| it.required).map(Key::name).collect();
    let needs: Map<String, Value> = keys()
        .filter_map(|it| Some((it.name().to_owned(), json!([it.needs?]))))
        .collect();

    let mut schema = Map::new();
    schema.insert("type".to_owned(), json!("object"));
    schema.insert("properties".to_owned(), Value::Object(properties));
    schema.insert("additionalProperties".to_owned(), json!(false));
    if !required.is_empty() {
        schema.insert("required".to_owned(), json!(required));
    }
    if !needs.is_empty() {
        schema.insert("dependentRequired".to_owned(), Value::Object(needs));
    }
    schema
}

fn property(key: &Key) -> Map<String, Value> {
    let kind = match key.kind {
        Kind::Line => line(),
        Kind::Prose => json!({ "type": "string" }),
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::Number(it) => {
            let low = if it.above_low { "exclusiveMinimum" } else { "minimum" };
            json!({ "type": "number", low: it.low, "maximum": it.high })
        }
        Kind::Numbers(it) => {
            json!({ "type": "array", "items": { "type": "number", "minimum": it.low, "maximum": it.high } })
        }
        Kind::Count(low, high) => json!({ "type": "integer", "minimum": low, "maximum": high }),
        Kind::Choice(words) => json!({ "enum": words }),
        Kind::Choices(words) => {
            json!({ "type": "array", "items": { "enum": words }, "uniqueItems": true })
        }
        Kind::Lines => json!({ "type": "array", "items": line() }),
        Kind::Labels => {
            json!({ "type": "object", "additionalProperties": line() })
        }
        Kind::Table => Value::Object(shared_or_own(key.path)),
        Kind::Tables => json!({ "type": "array", "items": Value::Object(table(key.path)) }),
        Kind::TableOrTables => json!({ "oneOf": [
            Value::Object(table(key.path)),
            { "type": "array", "items": Value::Object(table(key.path)) },
        ] }),
        Kind::Like(other) => json!({ "$ref": format!("#/$defs/{}", definition(other)) }),
        Kind::Named(paths) => {
            let keys = KEYS.iter().filter(|child| paths.contains(&child.parent()));
            let properties: Map<String, Value> = keys
                .map(|child| (child.name().to_owned(), Value::Object(property(child))))
                .collect();
            let one = json!({ "type": "object", "properties": properties, "additionalProperties": false });
            json!({ "type": "object", "additionalProperties": one })
        }
    };
    let mut schema = Map::new();
    schema.insert("description".to_owned(), json!(description(key)));
    if let Value::Object(kind) = kind {
        schema.extend(kind);
    }
    let default = key
        .default
        .and_then(|it| format!("it = {it}").parse::<toml::Table>().ok());
    if let Some(default) = default.and_then(|it| serde_json::to_value(it.get("it")?).ok()) {
        schema.insert("default".to_owned(), default);
    }
    schema
}

/// One line of text.
fn line() -> Value {
    json!({ "type": "string", "minLength": 1, "maxLength": LONGEST_LINE })
}

/// A table, by reference if its keys stand elsewhere too.
fn shared_or_own(path: &str) -> Map<String, Value> {
    let is_shared = KEYS
        .iter()
        .any(|it| matches!(it.kind, Kind::Like(other) if other == path));
    if !is_shared {
        return table(path);
    }
    let mut schema = Map::new();
    schema.insert("$ref".to_owned(), json!(format!("#/$defs/{}", definition(path))));
    schema
}

fn description(key: &Key) -> String {
    let unit = match key.unit {
        "" | "1" => String::new(),
        unit => format!(" [{unit}]"),
    };
    let anchors = match key.anchors {
        "" => String::new(),
        anchors => format!(". {anchors}"),
    };
    format!("{}{unit}{anchors}", key.meaning)
}

/// The name of a shared table, without characters that a reference would have to escape.
fn definition(path: &str) -> String {
    path.replace(".<trait>", "_trait").replace(".<scale>", "_scale")
}

//! The reference of all keys, as `simulate keys` prints it.

use super::keys::KEYS;
use crate::document::{Key, Kind};

/// Every key with type, range, unit, default, meaning and anchors.
pub fn reference() -> String {
    let mut out = String::from(
        "Keys of a scenario file. `condition.situation` and `condition.population` take the keys of\n\
         `situation` and `population`; <trait> stands for `regulation` or any of the twelve traits.\n",
    );
    for key in KEYS {
        let is_table = matches!(key.kind, Kind::Table | Kind::Tables | Kind::TableOrTables);
        if is_table {
            out.push('\n');
        }
        let title = heading(key);
        let facts = facts(key);
        out.push_str(&format!("\n{title}\n"));
        out.push_str(&wrapped(key.meaning, "    "));
        if !facts.is_empty() {
            out.push_str(&wrapped(&facts, "    "));
        }
        for anchor in key.anchors.split(" · ").filter(|it| !it.is_empty()) {
            out.push_str(&wrapped(anchor, "      "));
        }
    }
    out
}

fn heading(key: &Key) -> String {
    match key.kind {
        Kind::Table if key.parent().is_empty() => format!("[{}]", key.path),
        Kind::Tables if key.parent().is_empty() => format!("[[{}]]", key.path),
        _ => key.path.to_owned(),
    }
}

/// Type, unit and default in a few words.
pub(super) fn facts(key: &Key) -> String {
    let kind = match key.kind {
        Kind::Table => None,
        Kind::Tables => Some("a list of tables".to_owned()),
        Kind::Named(paths) => Some(format!(
            "a table of tables by their names, each with keys of `{}`",
            paths.join("` or `")
        )),
        Kind::Like(other) => Some(like(other)),
        other => Some(other.to_string()),
    };
    let unit = (!matches!(key.unit, "" | "1")).then(|| format!("unit: {}", key.unit));
    let default = key.default.map(|it| format!("default {it}"));
    let required = key.required.then(|| "required".to_owned());
    let needs = key.needs.map(|it| format!("with {it}"));
    let parts = [kind, unit, default, required, needs];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// A table by its few keys, or by the name of the table that has the same.
fn like(path: &str) -> String {
    const FEW: usize = 3;
    let names: Vec<&str> = KEYS.iter().filter(|it| it.parent() == path).map(Key::name).collect();
    if names.len() > FEW {
        return format!("a table with the keys of `{path}`");
    }
    format!("a table {{ {} }}", names.join(", "))
}

/// Text broken into indented lines of at most 100 characters.
pub(super) fn wrapped(text: &str, indent: &str) -> String {
    const WIDTH: usize = 100;
    let mut out = String::new();
    let mut line = String::from(indent);
    let mut is_first = true;
    for word in text.split(' ') {
        if !is_first && line.chars().count() + 1 + word.chars().count() > WIDTH {
            out.push_str(line.trim_end());
            out.push('\n');
            line = String::from(indent);
            is_first = true;
        }
        if !is_first {
            line.push(' ');
        }
        line.push_str(word);
        is_first = false;
    }
    out + &line + "\n"
}

//! The reference of all keys, as `simulate keys` prints it.

use super::keys::KEYS;
use crate::document::{Key, Kind};
use crate::programs::{Entry as Sourced, entries};
use crate::registry::{Acts, Measure, Mechanism, Trait};
use crate::wording::signed;

/// Something that may stand in a scenario file.
struct Entry {
    /// What it is found by.
    name: String,
    /// Whether it begins a table.
    is_table: bool,
    text: String,
}

/// Everything that may stand in a scenario file: keys with type, range, unit, default, meaning and anchors, then measures, mechanisms and programs; or
/// what has all these words in its name or meaning, none if nothing has.
pub fn reference(words: &[String]) -> Option<String> {
    let words: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    let wanted = |entry: &Entry| {
        let text = entry.text.to_lowercase();
        words
            .iter()
            .all(|word| text.contains(word) || text.replace('_', " ").contains(word))
    };
    let mut out = String::new();
    for (title, entries) in sections() {
        let shown: Vec<Entry> = entries.into_iter().filter(|entry| wanted(entry)).collect();
        if shown.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push_str("\n\n");
        }
        out.push_str(title);
        for entry in shown {
            if entry.is_table && words.is_empty() {
                out.push('\n');
            }
            out.push_str(&format!("\n{}", entry.text));
        }
    }
    (!out.is_empty()).then_some(out)
}

/// The names of everything that may stand in a scenario file.
pub fn names() -> Vec<String> {
    let entries = sections().into_iter().flat_map(|(_, entries)| entries);
    entries.map(|entry| entry.name).collect()
}

fn sections() -> [(&'static str, Vec<Entry>); 4] {
    [
        (
            "Keys of a scenario file. `condition.situation` and `condition.population` take the keys of\n\
             `situation` and `population`; <trait> stands for `regulation` or any of the twelve traits,\n<scale> for a questionnaire.\n",
            KEYS.iter().map(of_key).collect(),
        ),
        (
            "Measures, for `contrast.measure` and `condition.observed.measure`.\n",
            Measure::ALL.into_iter().map(of_measure).collect(),
        ),
        (
            "Mechanisms of the model, for `condition.knockout`.\n",
            Mechanism::ALL.into_iter().map(of_mechanism).collect(),
        ),
        (
            "Training programs, for `condition.training`; `[[program]]` defines one, or changes one of these.\n",
            entries().iter().map(of_program).collect(),
        ),
    ]
}

fn of_key(key: &Key) -> Entry {
    let facts = facts(key);
    let mut text = format!("{}\n{}", heading(key), wrapped(key.meaning, "    "));
    if !facts.is_empty() {
        text.push_str(&wrapped(&facts, "    "));
    }
    for anchor in key.anchors.split(" · ").filter(|it| !it.is_empty()) {
        text.push_str(&wrapped(anchor, "      "));
    }
    Entry {
        name: key.name().to_owned(),
        is_table: matches!(key.kind, Kind::Table | Kind::Tables | Kind::TableOrTables),
        text,
    }
}

fn of_measure(measure: Measure) -> Entry {
    let row = measure.row();
    let unit = if matches!(row.unit, "" | "1") {
        String::new()
    } else {
        format!(", unit: {}", row.unit)
    };
    Entry {
        name: row.key.to_owned(),
        is_table: false,
        text: format!(
            "{}\n{}{}",
            row.key,
            wrapped(row.meaning, "    "),
            wrapped(&format!("{}{unit}", row.range), "    ")
        ),
    }
}

fn of_mechanism(mechanism: Mechanism) -> Entry {
    let row = mechanism.row();
    let acts = match row.acts {
        Acts::InEncounters => "",
        Acts::OverDays => "acts over days: a single scene does not need it",
        Acts::BetweenPeople => "acts between people who meet again: with `[community]`",
        Acts::InExchanges => "acts between two who give and take: with `[exchange]`",
    };
    let acts = if acts.is_empty() {
        String::new()
    } else {
        wrapped(acts, "    ")
    };
    Entry {
        name: row.key.to_owned(),
        is_table: false,
        text: format!("{}\n{}{acts}", row.key, wrapped(row.meaning, "    ")),
    }
}

/// A program by its title, what it does to whom, and how soon.
fn of_program(program: &Sourced) -> Entry {
    let moved = Trait::ALL.into_iter().filter_map(|moved| {
        let shift = program.traits[moved as usize].effect.shift;
        (shift.abs() > 1e-9).then(|| format!("{} {}", moved.key(), signed(shift, 2)))
    });
    let moved: Vec<String> = moved.collect();
    let effect = if moved.is_empty() {
        "moves no trait".to_owned()
    } else {
        format!("{} (SD)", moved.join(", "))
    };
    let pace = format!(
        "63 % of that after {} h; half is lost after {} weeks without practice",
        program.hours_to_63_percent.value, program.half_life_weeks.value
    );
    Entry {
        name: program.name.clone(),
        is_table: false,
        text: format!(
            "{}\n{}{}{}",
            program.name,
            wrapped(&program.title, "    "),
            wrapped(&effect, "    "),
            wrapped(&pace, "    ")
        ),
    }
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

//! `--set key=value`: one key of a file changed from the command line.

use super::choice::REGULATION;
use crate::document::{Data, Entry, Note, Problem, Source, Span, Table, Value, key_and_value, nearest, shown};
use crate::model::agent::Trait;

/// A key and the value that replaces the file's.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Override {
    /// The parts of the key, each with its place in the argument.
    pub path: Vec<(String, Span)>,
    /// The new value.
    pub value: Value,
}

/// Applies the arguments of a source to the table of its file, in order; the last one wins.
///
/// In a list of tables the next part of a key is a name, or a number counted from 1.
pub(super) fn apply(source: &Source, table: &mut Table, problems: &mut Vec<Problem>) -> Vec<Override> {
    let mut applied = Vec::new();
    for (start, text) in source.arguments() {
        let result = key_and_value(text, start).and_then(|(path, value)| {
            set_in_table(table, &path, &value)?;
            Ok(Override { path, value })
        });
        match result {
            Ok(it) => applied.push(it),
            Err(it) => problems.push(it),
        }
    }
    applied
}

/// Notes on arguments that change what all conditions share, where a condition has a value of its own.
pub(super) fn without_effect(overrides: &[Override], table: &Table) -> Vec<Note> {
    overrides
        .iter()
        .filter_map(|it| note_without_effect(it, table))
        .collect()
}

fn note_without_effect(it: &Override, table: &Table) -> Option<Note> {
    let [(shared, _), (key, span), ..] = &it.path[..] else {
        return None;
    };
    if !matches!(&**shared, "situation" | "population") {
        return None;
    }
    let Data::List(conditions) = &table.get("condition")?.value.data else {
        return None;
    };
    let has_own = |condition: &Table| {
        let Some(Data::Table(own)) = condition.get(shared).map(|it| &it.value.data) else {
            return false;
        };
        own.entries.iter().any(|own| overlap(&own.key, key))
    };
    let names: Vec<String> = conditions
        .iter()
        .filter_map(|condition| match &condition.data {
            Data::Table(condition) if has_own(condition) => name_of(condition),
            _ => None,
        })
        .map(|name| format!("`{}`", shown(name)))
        .collect();
    let (first, more) = names.split_first()?;
    let others = match more {
        [] => String::new(),
        [one] => format!(" and {one}"),
        _ => format!(" and {} other conditions", more.len()),
    };
    let (verb, whose) = if more.is_empty() {
        ("has", "its")
    } else {
        ("have", "their")
    };
    Some(Note {
        span: Some(span.clone()),
        message: format!(
            "{first}{others} {verb} `{key}` of {whose} own, which this does not change; \
             `condition.\"NAME\".{shared}.{key}=…` does",
            key = shown(key)
        ),
    })
}

/// Whether two keys of a situation or a population are about the same thing.
fn overlap(one: &str, other: &str) -> bool {
    let is_part = |it: &str| Trait::from_key(it).is_some_and(|it| REGULATION.contains(&it));
    one == other || (one == "regulation" && is_part(other)) || (other == "regulation" && is_part(one))
}

/// Sets the value at a path, which is made where it is not there.
pub(super) fn set_in_table(table: &mut Table, path: &[(String, Span)], value: &Value) -> Result<(), Problem> {
    let Some(((key, key_span), rest)) = path.split_first() else {
        return Ok(());
    };
    if table.get(key).is_none() {
        let data = if rest.is_empty() {
            value.data.clone()
        } else {
            Data::Table(Table::default())
        };
        table.entries.push(Entry {
            key: key.clone(),
            key_span: key_span.clone(),
            value: Value {
                span: value.span.clone(),
                data,
            },
        });
    }
    let Some(entry) = table.get_mut(key) else {
        return Ok(());
    };
    if rest.is_empty() {
        entry.key_span = key_span.clone();
        entry.value = value.clone();
        return Ok(());
    }
    match &mut entry.value.data {
        Data::Table(table) => set_in_table(table, rest, value),
        Data::List(list) => set_in_list(list, key, rest, value),
        _ => {
            let message = format!("`{}` is {}, with no keys in it", shown(key), entry.value.data.name());
            Err(Problem::new(key_span.clone(), message))
        }
    }
}

fn set_in_list(list: &mut [Value], key: &str, path: &[(String, Span)], value: &Value) -> Result<(), Problem> {
    let Some(((which, span), rest)) = path.split_first() else {
        return Ok(());
    };
    let names: Vec<Option<&str>> = list.iter().map(|it| as_table(it).and_then(name_of)).collect();
    let by_number = || which.parse::<usize>().ok()?.checked_sub(1);
    let at = names
        .iter()
        .position(|it| *it == Some(which))
        .or_else(by_number)
        .filter(|it| *it < list.len());
    let Some(at) = at else {
        let message = format!("there is no {key} `{}` among {}", shown(which), list.len());
        let help = match nearest(which, names.into_iter().flatten()) {
            Some(near) => format!("did you mean `{key}.\"{near}\"`?"),
            None => format!("name it, `{key}.\"NAME\"`, or count from 1, `{key}.1`"),
        };
        return Err(Problem::new(span.clone(), message).help(help));
    };
    match list.get_mut(at).map(|it| &mut it.data) {
        Some(Data::Table(table)) if !rest.is_empty() => set_in_table(table, rest, value),
        _ => {
            let message = format!("`{}.{}` is not a key with a value", shown(key), shown(which));
            Err(Problem::new(span.clone(), message).help("add the key that is to change"))
        }
    }
}

fn as_table(value: &Value) -> Option<&Table> {
    match &value.data {
        Data::Table(table) => Some(table),
        _ => None,
    }
}

fn name_of(table: &Table) -> Option<&str> {
    match &table.get("name")?.value.data {
        Data::Text(name) => Some(name),
        _ => None,
    }
}

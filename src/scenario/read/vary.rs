//! `[vary]`: read, and tried at both ends of its range.

use super::{Section, read_all};
use crate::document::{Data, Kind, Note, Problem, Source, Span, Table, Value, key_and_value};
use crate::model::training::Program;
use crate::parameters::shipped_entries;
use crate::scenario::keys::KEYS;
use crate::scenario::overrides::{Override, set_in_table, without_effect};
use crate::scenario::vary::POINTS;
use crate::scenario::{Scenario, Target, Vary};

/// The name of the table.
const TABLE: &str = "vary";

/// Reads the table; whether the file has such a key is seen once all else was read.
pub(super) fn read_vary(top: &Section<'_>, problems: &mut Vec<Problem>) -> Option<Vary> {
    let section = top.table(TABLE, problems)?;
    let key = section.text("key", problems);
    let from = section.number("from", problems).unwrap_or(0.0);
    let to = section.number("to", problems).unwrap_or(1.0);
    let points = section.count_u32("points", problems).unwrap_or(POINTS);
    if from >= to {
        let message = format!("the range ends before it begins: {to} is not above {from}");
        let mut problem = Problem::new(section.span_of("to"), message).help("`from` is the smaller number");
        if section.entry("to").is_none() {
            problem = Problem::new(section.span_of("from"), problem.message).help("without `to` the range ends at 1");
        }
        problems.push(problem);
    }
    Some(Vary {
        key: key?.to_owned(),
        from,
        to,
        points,
    })
}

/// Says what is wrong with a key at either end of its range, and which conditions it does not reach.
pub(super) fn check(
    source: &Source,
    table: &Table,
    builtin: &[Program],
    scenario: &Scenario,
) -> (Vec<Problem>, Vec<Note>) {
    let (Some(vary), Some(entry)) = (&scenario.vary, table.get(TABLE)) else {
        return Default::default();
    };
    let span = |name: &str| {
        let value = match &entry.value.data {
            Data::Table(table) => table.get(name),
            _ => None,
        };
        value.map_or_else(|| entry.value.span.clone(), |entry| entry.value.span.clone())
    };
    let key = span("key");
    let ends = [(vary.from, span("from")), (vary.to, span("to"))];
    match Target::new(&vary.key, scenario, shipped_entries()) {
        Err(error) => (vec![Problem::new(key, error.to_string())], Vec::new()),
        Ok(Target::Parameter { process, name }) => {
            let outside = |(value, span): (f64, Span)| {
                let message = shipped_entries()[&process][&name].read(&value.to_string()).err()?;
                Some(Problem::new(span, message))
            };
            (ends.into_iter().filter_map(outside).collect(), Vec::new())
        }
        Ok(Target::Scenario(path)) if !takes_numbers(&path) => {
            let help = "`simulate sweep FILE --vary KEY=ONE,ANOTHER` runs a file with several words";
            let message = format!("`{path}` is no number, and the answer is drawn over numbers");
            (vec![Problem::new(key, message).help(help)], Vec::new())
        }
        Ok(Target::Scenario(path)) => {
            let varied = Varied {
                source,
                table,
                builtin,
                path: &path,
                key,
            };
            varied.tried(ends)
        }
    }
}

/// Whether a key of this name takes a number; also where there is none of this name.
fn takes_numbers(path: &str) -> bool {
    let name = path.rsplit('.').next().unwrap_or(path);
    let mut known = KEYS.iter().filter(|key| key.name() == name).peekable();
    known.peek().is_none() || known.any(|key| matches!(key.kind, Kind::Number(_) | Kind::Count(..)))
}

/// A file in which a key is varied.
struct Varied<'a> {
    source: &'a Source,
    table: &'a Table,
    builtin: &'a [Program],
    path: &'a str,
    key: Span,
}

impl Varied<'_> {
    fn tried(&self, ends: [(f64, Span); 2]) -> (Vec<Problem>, Vec<Note>) {
        let mut notes = Vec::new();
        for (value, span) in ends {
            match self.at(value, &span) {
                Ok(found) => notes = found,
                Err(problem) => return (vec![problem], Vec::new()),
            }
        }
        (Vec::new(), notes)
    }

    /// The file with the key at a value: notes on it, or the first thing that is wrong.
    fn at(&self, value: f64, span: &Span) -> Result<Vec<Note>, Problem> {
        let mut table = self.table.clone();
        table.entries.retain(|entry| entry.key != TABLE);
        let (path, _) = key_and_value(&format!("{}=0", self.path), 0)?;
        let path: Vec<(String, Span)> = path.into_iter().map(|(part, _)| (part, self.key.clone())).collect();
        let number = match value.fract() == 0.0 {
            #[expect(clippy::cast_possible_truncation, reason = "a whole number, and saturating")]
            true => Data::Integer(value as i128),
            false => Data::Float(value),
        };
        let value = Value {
            span: span.clone(),
            data: number,
        };
        set_in_table(&mut table, &path, &value)?;
        let mut problems = Vec::new();
        let top = Section::open(&table, &super::TOP, "", KEYS, &mut problems);
        read_all(self.source, &top, self.builtin, None, &mut problems, &mut Vec::new());
        match problems.into_iter().next() {
            None => Ok(without_effect(&[Override { path, value }], &table)),
            Some(problem) if problem.span == self.key || problem.span == *span => Err(problem),
            Some(problem) => {
                let message = format!("with this value of `{}`: {}", self.path, problem.message);
                Err(Problem::new(span.clone(), message))
            }
        }
    }
}

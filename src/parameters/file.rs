//! Parameter files from outside: read against the entries that ship with the program, every problem at its place.

use super::record::Record;
use super::{Content, Entries, Entry, ParameterFile, shipped_entries, values};
use crate::document::{Data, Problem, Problems, Source, Table, Unreadable, Value, nearest, parse, shown};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// The table that says where fitted values come from.
const CALIBRATION: &str = "calibration";

/// Problems that are shown. A file of another kind lacks every parameter, and the first few say as much.
const SHOWN: usize = 5;

/// Why there is no parameter set.
#[derive(Debug, thiserror::Error)]
pub enum ParameterError {
    /// The file could not be read.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// The file is not a parameter file.
    #[error(transparent)]
    Invalid(Box<Problems>),
}

/// Reads and checks a parameter file, which has the form of the one that ships with the program: every parameter, none else.
///
/// # Errors
///
/// [`ParameterError`], which names the file and the first places that are wrong.
#[cfg(feature = "files")]
pub fn load(path: &std::path::Path) -> Result<ParameterFile, ParameterError> {
    read(Source::open(path)?)
}

/// Reads and checks a text as a parameter file.
///
/// # Errors
///
/// [`ParameterError::Invalid`], which shows the first places that are wrong.
pub fn read(source: Source) -> Result<ParameterFile, ParameterError> {
    let (table, mut problems) = parse(&source);
    let broken = !problems.is_empty();
    let entries = read_processes(&table, &mut problems);
    if broken {
        // After a syntax error what is missing may only seem so.
        problems.retain(|it| !it.absence);
    }
    let sha256 = sha256(source.text());
    let file = source.path().to_owned();
    let calibration = calibration(&source, &table, &mut problems);
    let values = problems.is_empty().then(|| values(&entries));
    match values {
        Some(Ok(values)) => Ok(ParameterFile {
            file,
            sha256,
            entries,
            values,
            calibration,
        }),
        Some(Err(error)) => Err(invalid(source, vec![Problem::new(0..0, error.to_string())])),
        None => Err(invalid(source, problems)),
    }
}

fn invalid(source: Source, problems: Vec<Problem>) -> ParameterError {
    let problems = Problems::new(source, problems);
    ParameterError::Invalid(Box::new(
        problems
            .at_most(SHOWN)
            .advice("the built-in parameter file, `src/model/parameters.toml`, shows the form"),
    ))
}

/// The digest of a text, in hexadecimal digits.
pub(super) fn sha256(text: &str) -> String {
    Sha256::digest(text).iter().map(|it| format!("{it:02x}")).collect()
}

/// What the file says about the fit its values come from; only looked at where nothing else is wrong.
fn calibration(source: &Source, table: &Table, problems: &mut Vec<Problem>) -> Option<Record> {
    table.get(CALIBRATION)?;
    if !problems.is_empty() {
        return None;
    }
    match toml::from_str::<Content>(source.text()) {
        Ok(content) => content.calibration,
        Err(error) => {
            problems.push(Problem::new(error.span().unwrap_or(0..0), error.message()));
            None
        }
    }
}

fn read_processes(table: &Table, problems: &mut Vec<Problem>) -> Entries {
    let known = shipped_entries();
    let mut entries = Entries::new();
    for it in table.entries.iter().filter(|it| it.key != CALIBRATION) {
        let Some(shipped) = known.get(&it.key) else {
            problems.push(unknown("process", &it.key, it.key_span.clone(), known.keys()));
            continue;
        };
        match &it.value.data {
            Data::Table(process) => {
                let read = read_process(&it.key, process, &it.value, shipped, problems);
                entries.insert(it.key.clone(), read);
            }
            other => {
                let message = format!("`{}` must be a table of parameters, not {}", it.key, other.name());
                problems.push(Problem::new(it.value.span.clone(), message));
            }
        }
    }
    let absent = known.keys().filter(|it| table.get(it).is_none());
    problems.extend(absent.map(|it| Problem::new(0..0, format!("the process `[{it}]` is missing")).from_absence()));
    entries
}

fn read_process(
    name: &str,
    table: &Table,
    at: &Value,
    known: &BTreeMap<String, Entry>,
    problems: &mut Vec<Problem>,
) -> BTreeMap<String, Entry> {
    let mut entries = BTreeMap::new();
    for it in &table.entries {
        let Some(shipped) = known.get(&it.key) else {
            problems.push(unknown("parameter", &it.key, it.key_span.clone(), known.keys()));
            continue;
        };
        let Data::Table(fields) = &it.value.data else {
            let message = format!(
                "`{}` must be a table with value, unit, range, meaning and source",
                it.key
            );
            problems.push(Problem::new(it.value.span.clone(), message).label(it.value.data.name()));
            continue;
        };
        if let Some(entry) = read_entry(&it.key, fields, &it.value, shipped, problems) {
            entries.insert(it.key.clone(), entry);
        }
    }
    for it in known.keys().filter(|it| table.get(it).is_none()) {
        let problem = Problem::new(at.span.clone(), format!("`{it}` is missing from `[{name}]`"));
        problems.push(problem.from_absence());
    }
    entries
}

fn read_entry(name: &str, table: &Table, at: &Value, shipped: &Entry, problems: &mut Vec<Problem>) -> Option<Entry> {
    const FIELDS: [&str; 6] = ["value", "interval", "unit", "range", "meaning", "source"];
    for it in table.entries.iter().filter(|it| !FIELDS.contains(&it.key.as_str())) {
        problems.push(unknown("key", &it.key, it.key_span.clone(), FIELDS));
    }
    let value = number(name, "value", table, at, problems);
    let unit = text(name, "unit", table, at, problems);
    let range = two_numbers(name, "range", table, at, problems);
    let interval = table
        .get("interval")
        .and_then(|_| two_numbers(name, "interval", table, at, problems));
    let meaning = text(name, "meaning", table, at, problems);
    let source = text(name, "source", table, at, problems);
    let (value, unit, range) = (value?, unit?, range?);
    let place = |key| table.get(key).map_or(at.span.clone(), |it| it.value.span.clone());
    let [low, high] = range;
    if !(low..=high).contains(&value) {
        let message = format!("`{name}` is {value}, outside its range [{low}, {high}]");
        problems.push(Problem::new(place("value"), message).label(format!("outside [{low}, {high}]")));
    }
    let [lowest, highest] = shipped.range;
    if low < lowest || high > highest {
        let message =
            format!("the range of `{name}` reaches beyond [{lowest}, {highest}], where the model makes sense");
        problems.push(Problem::new(place("range"), message));
    }
    if unit != shipped.unit {
        let message = format!("`{name}` is in `{}`, not in `{}`", shipped.unit, shown(&unit));
        problems.push(Problem::new(place("unit"), message));
    }
    Some(Entry {
        value,
        unit,
        range,
        meaning: meaning?,
        source: source?,
        interval,
    })
}

fn missing(name: &str, key: &str, at: &Value, problems: &mut Vec<Problem>) {
    let problem = Problem::new(at.span.clone(), format!("`{name}` has no `{key}`"));
    problems.push(problem.from_absence());
}

fn text(name: &str, key: &str, table: &Table, at: &Value, problems: &mut Vec<Problem>) -> Option<String> {
    let Some(it) = table.get(key) else {
        missing(name, key, at, problems);
        return None;
    };
    match &it.value.data {
        Data::Text(text) if !text.trim().is_empty() => Some(text.clone()),
        other => {
            let message = format!("`{key}` of `{name}` must be text that is not empty");
            problems.push(Problem::new(it.value.span.clone(), message).label(other.name()));
            None
        }
    }
}

fn number(name: &str, key: &str, table: &Table, at: &Value, problems: &mut Vec<Problem>) -> Option<f64> {
    let Some(it) = table.get(key) else {
        missing(name, key, at, problems);
        return None;
    };
    finite(&it.value).or_else(|| {
        let message = format!("`{key}` of `{name}` must be a finite number");
        problems.push(Problem::new(it.value.span.clone(), message).label(it.value.data.name()));
        None
    })
}

fn two_numbers(name: &str, key: &str, table: &Table, at: &Value, problems: &mut Vec<Problem>) -> Option<[f64; 2]> {
    let Some(it) = table.get(key) else {
        missing(name, key, at, problems);
        return None;
    };
    let ends = match &it.value.data {
        Data::List(list) => match &list[..] {
            [low, high] => finite(low).zip(finite(high)).filter(|(low, high)| low <= high),
            _ => None,
        },
        _ => None,
    };
    match ends {
        Some((low, high)) => Some([low, high]),
        None => {
            let message = format!("`{key}` of `{name}` must be two finite numbers, the smaller first");
            problems.push(Problem::new(it.value.span.clone(), message));
            None
        }
    }
}

fn finite(value: &Value) -> Option<f64> {
    match value.data {
        Data::Float(it) if it.is_finite() => Some(it),
        Data::Integer(it) => Some(it as f64),
        _ => None,
    }
}

fn unknown<'k>(
    kind: &str,
    key: &str,
    span: crate::document::Span,
    known: impl IntoIterator<Item = impl AsRef<str> + 'k>,
) -> Problem {
    let known: Vec<_> = known.into_iter().collect();
    let near = nearest(key, known.iter().map(AsRef::as_ref));
    let help = near.map(|it| format!("did you mean `{it}`?"));
    Problem::new(span, format!("unknown {kind} `{}`", shown(key))).maybe_help(help)
}

#[cfg(test)]
mod tests {
    use super::super::{SHIPPED, shipped};
    use super::*;

    fn problems(text: String) -> Vec<String> {
        match read(Source::new("p.toml", text)) {
            Ok(_) => Vec::new(),
            Err(ParameterError::Invalid(it)) => it.list().iter().map(|it| it.message.clone()).collect(),
            Err(other) => panic!("{other}"),
        }
    }

    fn changed(from: &str, to: &str) -> String {
        assert!(SHIPPED.contains(from), "`{from}` is in the shipped file");
        SHIPPED.replacen(from, to, 1)
    }

    #[test]
    fn the_shipped_file_reads_as_itself() {
        let read = read(Source::new("p.toml", SHIPPED)).unwrap();
        assert_eq!(read.values, shipped());
        assert_eq!(&read.entries, shipped_entries());
        assert_eq!(read.sha256.len(), 64);
    }

    #[test]
    fn every_problem_is_reported_where_it_stands() {
        let text = changed("leak = {", "laek = {").replacen("[distress]", "[distres]", 1);
        let found = problems(text);
        assert_eq!(
            found,
            [
                "the process `[distress]` is missing",
                "unknown process `distres`",
                "`leak` is missing from `[decision]`",
                "unknown parameter `laek`",
            ]
        );
    }

    #[test]
    fn values_outside_their_range_wrong_units_and_nan_are_refused() {
        let leak = SHIPPED.lines().find(|it| it.starts_with("leak")).unwrap();
        let with = |line: &str| problems(SHIPPED.replacen(leak, line, 1));
        let line = |value: &str, unit: &str, range: &str| {
            format!("leak = {{ value = {value}, unit = \"{unit}\", range = {range}, meaning = \"m\", source = \"s\" }}")
        };
        assert_eq!(with(&line("0.1", "1/s", "[0.001, 1.0]")), [""; 0]);
        assert_eq!(
            with(&line("2.0", "1/s", "[0.001, 1.0]")),
            ["`leak` is 2, outside its range [0.001, 1]"]
        );
        assert_eq!(
            with(&line("nan", "1/s", "[0.001, 1.0]")),
            ["`value` of `leak` must be a finite number"]
        );
        assert_eq!(
            with(&line("0.1", "1/min", "[0.001, 1.0]")),
            ["`leak` is in `1/s`, not in `1/min`"]
        );
        assert_eq!(
            with(&line("0.1", "1/s", "[1.0, 0.5]")),
            ["`range` of `leak` must be two finite numbers, the smaller first"]
        );
        assert_eq!(
            with(&line("0.1", "1/s", "[0.0, 1.0]")),
            ["the range of `leak` reaches beyond [0.001, 1], where the model makes sense"]
        );
        assert_eq!(
            with("leak = 0.1"),
            ["`leak` must be a table with value, unit, range, meaning and source"]
        );
    }

    #[test]
    fn a_syntax_error_hides_what_is_only_seemingly_missing() {
        let found = problems(changed("[distress]", "[distress"));
        assert!(
            !found.is_empty() && found.iter().all(|it| !it.contains("missing")),
            "{found:?}"
        );
    }
}

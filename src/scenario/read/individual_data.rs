//! Tables of people from other files: what each of them did, and what each of them scored.

use crate::document::{Data, Problem, Section, Source, Table, nearest, shown};
use crate::statistics::Moments;

/// Faults of a table that are told one by one.
const MOST_TOLD: usize = 5;

/// What stands for a value that is missing.
const MISSING: [&str; 4] = ["", "NA", "NaN", "."];

/// A table of people, read.
pub(super) struct IndividualData {
    /// Names of the columns.
    pub columns: Vec<String>,
    /// The rows, each with its line.
    pub rows: Vec<(u64, Vec<String>)>,
}

/// A table that another key names; none, and what is wrong with it told, where it cannot be read.
pub(super) fn read_table(
    section: &Section<'_>,
    key: &str,
    source: &Source,
    problems: &mut Vec<Problem>,
) -> Option<IndividualData> {
    let path = section.text(key, problems)?;
    let span = section.span_of(key);
    let mut fault = |message: String| problems.push(Problem::new(span.clone(), message).label("in this file"));
    let text = match source.beside(path) {
        None => {
            fault(format!(
                "`{}` was not read: tables come from files on a computer only",
                shown(path)
            ));
            return None;
        }
        Some(Err(reason)) => {
            fault(reason.clone());
            return None;
        }
        Some(Ok(text)) => text.strip_prefix('\u{feff}').unwrap_or(text),
    };
    let head = text.lines().next().unwrap_or_default();
    // What a spreadsheet writes where the comma stands in numbers.
    let delimiter = if head.contains(';') && !head.contains(',') {
        b';'
    } else {
        b','
    };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let columns: Vec<String> = match reader.headers() {
        Ok(names) => names.iter().map(str::to_owned).collect(),
        Err(error) => {
            fault(format!("`{}`: {error}", shown(path)));
            return None;
        }
    };
    let mut rows = Vec::new();
    for record in reader.records() {
        match record {
            Ok(record) => {
                let line = record.position().map_or(0, csv::Position::line);
                rows.push((line, record.iter().map(str::to_owned).collect()));
            }
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                fault(format!(
                    "`{}`, line {line}: a row has not as many cells as the first line",
                    shown(path)
                ));
                return None;
            }
        }
    }
    if rows.is_empty() {
        fault(format!("`{}` has no row below its first line", shown(path)));
        return None;
    }
    Some(IndividualData { columns, rows })
}

/// The tables of people that a file names: under `population`, `study`, and in its conditions.
pub(super) fn files_named(table: &Table) -> Vec<String> {
    let in_table = |table: &Table, key: &str| match table.get(key).map(|entry| &entry.value.data) {
        Some(Data::Text(path)) => Some(path.clone()),
        _ => None,
    };
    let table_of = |table: &Table, key: &str| match table.get(key).map(|entry| &entry.value.data) {
        Some(Data::Table(inner)) => Some(inner.clone()),
        _ => None,
    };
    let mut files = Vec::new();
    files.extend(table_of(table, "population").and_then(|people| in_table(&people, "people_from")));
    files.extend(table_of(table, "study").and_then(|study| in_table(&study, "observed_from")));
    if let Some(Data::List(conditions)) = table.get("condition").map(|entry| &entry.value.data) {
        for condition in conditions {
            if let Data::Table(condition) = &condition.data {
                files.extend(table_of(condition, "population").and_then(|people| in_table(&people, "people_from")));
            }
        }
    }
    files
}

impl IndividualData {
    /// The number of a column.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|known| known == name)
    }

    /// A number in a range; none where it is missing.
    ///
    /// # Errors
    ///
    /// What is wrong with the cell.
    pub fn number(&self, row: usize, column: usize, [low, high]: [f64; 2]) -> Result<Option<f64>, String> {
        let (line, cells) = &self.rows[row];
        let cell = cells[column].as_str();
        if MISSING.contains(&cell) {
            return Ok(None);
        }
        let wrong = |why: &str| {
            Err(format!(
                "line {line}, `{}`: `{}` {why}",
                shown(&self.columns[column]),
                shown(cell)
            ))
        };
        match cell.parse::<f64>() {
            Ok(value) if (low..=high).contains(&value) => Ok(Some(value)),
            Ok(_) => wrong(&format!("lies outside [{low}, {high}]")),
            Err(_) if cell.contains(',') => wrong("is no number: decimals have a point here"),
            Err(_) => wrong("is no number"),
        }
    }

    /// Mean, spread and number of a column, by rows that are `wanted`.
    ///
    /// # Errors
    ///
    /// What is wrong with the first cells that are.
    pub fn moments(
        &self,
        column: usize,
        range: [f64; 2],
        wanted: impl Fn(usize) -> bool,
    ) -> Result<Moments, Vec<String>> {
        let mut moments = Moments::default();
        let mut faults = Vec::new();
        for row in (0..self.rows.len()).filter(|row| wanted(*row)) {
            match self.number(row, column, range) {
                Ok(value) => value.into_iter().for_each(|value| moments.push(value)),
                Err(fault) => faults.push(fault),
            }
        }
        if faults.is_empty() { Ok(moments) } else { Err(faults) }
    }
}

/// Tells faults of a table at the key that names it.
pub(super) fn told(section: &Section<'_>, key: &str, faults: &[String], problems: &mut Vec<Problem>) {
    let path = section.text(key, &mut Vec::new()).unwrap_or_default();
    for fault in faults.iter().take(MOST_TOLD) {
        let message = format!("`{}`, {fault}", shown(path));
        problems.push(Problem::new(section.span_of(key), message).label("in this file"));
    }
    if let Some(more) = faults.len().checked_sub(MOST_TOLD).filter(|more| *more > 0) {
        let message = format!("`{}`: {more} more cells are wrong", shown(path));
        problems.push(Problem::new(section.span_of(key), message).label("in this file"));
    }
}

/// What name may have been meant.
pub(super) fn did_you_mean<'c>(name: &str, known: impl IntoIterator<Item = &'c str>) -> String {
    nearest(name, known).map_or_else(String::new, |near| format!("; did you mean `{near}`?"))
}

//! `study.observed_from`: what people did, one by one, summarised as `condition.observed`.

use super::individual_data::{IndividualData, did_you_mean, read_table, told};
use super::observed::not_measured;
use crate::document::{Choice, Note, Problem, Section, Source, shown, spelling};
use crate::registry::Measure;
use crate::scenario::{Condition, Observed, ObservedMean};
use std::collections::BTreeMap;

/// The key.
const KEY: &str = "observed_from";

/// The column that says in which condition somebody was.
const CONDITION: &str = "condition";

/// Larger than any value of any measure.
const ANY: f64 = 1e9;

/// Adds what a table of people says to the conditions that they were in.
pub(super) fn read_observed_from(
    section: &Section<'_>,
    source: &Source,
    conditions: &mut [Condition],
    by_name: &BTreeMap<String, usize>,
    problems: &mut Vec<Problem>,
    notes: &mut Vec<Note>,
) {
    let Some(data) = read_table(section, KEY, source, problems) else {
        return;
    };
    let mut refuse = |message: String| told(section, KEY, &[message], problems);
    let Some(condition) = data.column(CONDITION) else {
        let near = did_you_mean(CONDITION, data.columns.iter().map(String::as_str));
        return refuse(format!("line 1: there is no column `{CONDITION}`{near}"));
    };
    let measures: Vec<(usize, Measure)> = data
        .columns
        .iter()
        .enumerate()
        .filter_map(|(number, name)| Some((number, Measure::from_word(name)?)))
        .collect();
    if measures.is_empty() {
        let names: Vec<&str> = data.columns.iter().map(String::as_str).collect();
        let near = names
            .iter()
            .map(|name| did_you_mean(name, Measure::WORDS.iter().copied()));
        let near = near.into_iter().find(|near| !near.is_empty()).unwrap_or_default();
        return refuse(format!("line 1: no column is a measure such as `helped`{near}"));
    }
    let others: Vec<&str> = (0..data.columns.len())
        .filter(|number| *number != condition && measures.iter().all(|(known, _)| known != number))
        .map(|number| data.columns[number].as_str())
        .collect();
    if !others.is_empty() {
        notes.push(Note {
            span: Some(section.span_of(KEY)),
            message: format!("columns that are no measures are not read: `{}`", others.join("`, `")),
        });
    }
    match places(&data, condition, by_name) {
        Err(faults) => told(section, KEY, &faults, problems),
        Ok(places) => {
            for (number, condition) in conditions.iter_mut().enumerate() {
                let is_in = |row: usize| places[row] == number;
                for (column, measure) in &measures {
                    add(section, &data, (*column, *measure), condition, &is_in, problems);
                }
            }
        }
    }
}

/// The condition of each row.
fn places(data: &IndividualData, column: usize, by_name: &BTreeMap<String, usize>) -> Result<Vec<usize>, Vec<String>> {
    let (mut places, mut faults) = (Vec::new(), Vec::new());
    for (line, cells) in &data.rows {
        match by_name.get(&spelling(&cells[column])) {
            Some(place) => places.push(*place),
            None => {
                let near = did_you_mean(&cells[column], by_name.keys().map(String::as_str));
                faults.push(format!(
                    "line {line}: there is no condition `{}`{near}",
                    shown(&cells[column])
                ));
            }
        }
    }
    if faults.is_empty() { Ok(places) } else { Err(faults) }
}

/// Adds what the people of a condition show on a measure.
fn add(
    section: &Section<'_>,
    data: &IndividualData,
    (column, measure): (usize, Measure),
    condition: &mut Condition,
    is_in: &dyn Fn(usize) -> bool,
    problems: &mut Vec<Problem>,
) {
    let range = if measure == Measure::Helped {
        [0.0, 1.0]
    } else {
        [-ANY, ANY]
    };
    let moments = match data.moments(column, range, is_in) {
        Ok(moments) => moments,
        Err(faults) => return told(section, KEY, &faults, problems),
    };
    if moments.count() == 0 {
        return;
    }
    if let Some(mut problem) = not_measured(section, measure, &[condition]) {
        problem.span = section.span_of(KEY);
        problems.push(problem);
        return;
    }
    let is_known = |observed: &Observed| match observed {
        Observed::Helped { .. } => measure == Measure::Helped,
        Observed::Mean(mean) => mean.measure == measure,
    };
    if condition.observed.iter().any(is_known) {
        let fault = format!(
            "`{}` of `{}` stands in the scenario as well",
            measure.word(),
            shown(&condition.name)
        );
        return told(section, KEY, &[fault], problems);
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a file has at most some millions of lines"
    )]
    let n = moments.count() as u32;
    if measure == Measure::Helped {
        let helped =
            (0..data.rows.len()).filter(|row| is_in(*row) && matches!(data.number(*row, column, range), Ok(Some(1.0))));
        let whole = (0..data.rows.len()).filter(|row| is_in(*row)).find(|row| {
            data.number(*row, column, range)
                .is_ok_and(|value| value.is_some_and(|value| value.fract() != 0.0))
        });
        if let Some(row) = whole {
            let fault = format!("line {}, `helped`: neither 0 nor 1", data.rows[row].0);
            return told(section, KEY, &[fault], problems);
        }
        #[expect(clippy::cast_possible_truncation, reason = "as above")]
        let helped = helped.count() as u32;
        condition.observed.push(Observed::Helped { helped, of: n });
    } else {
        condition.observed.push(Observed::Mean(ObservedMean {
            measure,
            mean: moments.mean(),
            sd: moments.sd(),
            n: Some(n),
            calibrate: false,
        }));
    }
}

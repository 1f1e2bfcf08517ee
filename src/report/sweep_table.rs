//! `sweep.csv`: a row for each point, condition, moment and measure, and one for each difference; written as it goes, and read again for charts.

use super::decimal::push_decimal;
use crate::registry::{Column, Measure, codebook, header, name_cell};
use crate::statistics::Estimate;
use crate::sweep::{Answer, Row};
use std::io::Read;

/// Name of the table.
pub const SWEEP_TABLE: &str = "sweep.csv";

/// Name of its codebook.
const CODEBOOK: &str = "sweep_codebook.csv";

/// Name of the import lines.
const IMPORT: &str = "how_to_read_sweep.txt";

/// Decimals of answers.
const PLACES: u32 = 6;

/// The columns behind those of the keys.
const ANSWERS: [(&str, &str, &str, &str); 10] = [
    ("condition", "", "text", "the condition"),
    (
        "compared_with",
        "",
        "text",
        "empty: the row is about the condition alone; else the condition it is compared with, and the row is their difference",
    ),
    (
        "week",
        "weeks",
        "0 …",
        "weeks since the first practice; empty without a timeline",
    ),
    ("measure", "", "text", "what is measured"),
    (
        "value",
        "the measure's",
        "any",
        "share or mean of the condition, or its difference from `compared_with`",
    ),
    (
        "lower",
        "the measure's",
        "any",
        "lower limit of the 95 % interval; of a difference within the same people where they are the same",
    ),
    ("upper", "the measure's", "any", "upper limit"),
    (
        "sd",
        "the measure's",
        "0 …",
        "standard deviation between people; empty for shares and differences",
    ),
    ("n", "people or groups", "1 …", "how many there are"),
    (
        "problem",
        "",
        "text",
        "empty; else why this point cannot be run, and then all cells before it but the keys are empty",
    ),
];

/// The columns of a table over these keys.
fn columns(keys: &[&str]) -> Vec<Column<()>> {
    let point = Column::new("point", ("", "0 …"), "number of the point", ());
    let key = |key: &&str| {
        Column::new(
            (*key).to_owned(),
            ("", "any"),
            "a key that is varied, as it was set at the point",
            (),
        )
    };
    let answers = ANSWERS.map(|(name, unit, range, meaning)| Column::new(name, (unit, range), meaning, ()));
    std::iter::once(point)
        .chain(keys.iter().map(key))
        .chain(answers)
        .collect()
}

/// The first line of the table.
pub fn sweep_header(keys: &[&str]) -> String {
    header(&columns(keys))
}

/// What the table means, and how other programs read it: names and contents.
pub fn sweep_codebook(keys: &[&str]) -> [(&'static str, String); 2] {
    let r = "R:       sweep <- read.csv(\"sweep.csv\", check.names = FALSE)\n";
    let pandas = "Python:  import pandas; sweep = pandas.read_csv(\"sweep.csv\")\n";
    let polars = "         import polars; sweep = polars.read_csv(\"sweep.csv\", infer_schema_length=None)\n";
    let levels = "levels:      rows with an empty `compared_with`: a condition at a point\n";
    let differences = "differences: rows with a `compared_with`: `condition` minus `compared_with` at a point\n";
    let how = format!(
        "sweep.csv has one row for each point, condition, moment and measure, and one for each difference.\n\n{levels}{differences}\n\
         The same people with the same luck stand at every point unless the seed is varied.\n\n{r}{pandas}{polars}"
    );
    [(CODEBOOK, codebook(&columns(keys))), (IMPORT, how)]
}

/// The rows of a point.
pub fn sweep_rows(answer: &Answer) -> Vec<u8> {
    let mut front = answer.point.to_string();
    for value in &answer.values {
        front.push(',');
        front += &name_of_value(value);
    }
    let mut text = Vec::new();
    match &answer.found {
        Ok(rows) if rows.is_empty() => problem(&mut text, &front, "nobody is counted"),
        Ok(rows) => rows.iter().for_each(|row| push_row(&mut text, &front, row)),
        Err(why) => problem(&mut text, &front, why),
    }
    text
}

/// A value as a cell: numbers stay what they are.
fn name_of_value(value: &str) -> String {
    if value.parse::<f64>().is_ok() {
        value.to_owned()
    } else {
        name_cell(value)
    }
}

fn problem(text: &mut Vec<u8>, front: &str, why: &str) {
    let why = why.replace(['\n', '\r'], " ");
    text.extend_from_slice(format!("{front},,,,,,,,,,{}\n", name_cell(&why)).as_bytes());
}

fn push_row(text: &mut Vec<u8>, front: &str, row: &Row) {
    text.extend_from_slice(front.as_bytes());
    text.push(b',');
    text.extend_from_slice(name_cell(&row.condition).as_bytes());
    text.push(b',');
    if let Some(control) = &row.compared_with {
        text.extend_from_slice(name_cell(control).as_bytes());
    }
    text.push(b',');
    if let Some(week) = row.week {
        push_decimal(text, week, 3);
    }
    text.push(b',');
    text.extend_from_slice(row.measure.key().as_bytes());
    for value in [row.estimate.value, row.estimate.lower, row.estimate.upper] {
        text.push(b',');
        push_decimal(text, value, PLACES);
    }
    text.push(b',');
    if let Some(sd) = row.sd {
        push_decimal(text, sd, PLACES);
    }
    text.extend_from_slice(format!(",{},\n", row.n).as_bytes());
}

/// What a table says of one measure, read row by row so that memory holds no more than that; points that could not be run are counted.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SweepRead {
    /// The answers of the measure, each point with its rows.
    pub answers: Vec<Answer>,
    /// How many points could not be run.
    pub failed: u64,
    /// The first of them: its values, and why.
    pub first_failed: Vec<(Vec<String>, String)>,
}

/// Points that could not be run and are told one by one.
const TOLD: usize = 3;

/// Reads a table over so many keys again.
///
/// # Errors
///
/// If it is no such table.
pub fn sweep_read(table: impl Read, keys: usize, measures: &[Measure]) -> Result<SweepRead, csv::Error> {
    let mut read = SweepRead::default();
    let mut reader = csv::Reader::from_reader(table);
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record)? {
        let cell = |at: usize| record.get(at).unwrap_or_default();
        let values = || (1..=keys).map(|at| cell(at).to_owned()).collect::<Vec<_>>();
        let point: u64 = cell(0).parse().unwrap_or_default();
        let answer = |at: usize| cell(keys + 1 + at);
        if !answer(9).is_empty() {
            read.failed += 1;
            if read.first_failed.len() < TOLD {
                read.first_failed.push((values(), answer(9).to_owned()));
            }
            continue;
        }
        let Some(measure) = measures.iter().find(|measure| measure.key() == answer(3)) else {
            continue;
        };
        let number = |at: usize| answer(at).parse::<f64>().ok();
        let row = Row {
            condition: answer(0).to_owned(),
            compared_with: (!answer(1).is_empty()).then(|| answer(1).to_owned()),
            week: number(2),
            measure: *measure,
            estimate: Estimate {
                value: number(4).unwrap_or(f64::NAN),
                lower: number(5).unwrap_or(f64::NAN),
                upper: number(6).unwrap_or(f64::NAN),
            },
            sd: number(7),
            n: answer(8).parse().unwrap_or_default(),
        };
        match read.answers.last_mut() {
            Some(last) if last.point == point => last.found.iter_mut().for_each(|rows| rows.push(row.clone())),
            _ => read.answers.push(Answer {
                point,
                values: values(),
                found: Ok(vec![row]),
            }),
        }
    }
    Ok(read)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_read_as_it_was_written() {
        let row = |compared_with: Option<&str>, measure, sd| Row {
            condition: "friend, of old".to_owned(),
            compared_with: compared_with.map(str::to_owned),
            week: Some(6.0),
            measure,
            estimate: Estimate {
                value: 0.25,
                lower: -0.125,
                upper: 0.5,
            },
            sd,
            n: 600,
        };
        let rows = vec![
            row(None, Measure::Helped, None),
            row(None, Measure::Compassion, Some(1.5)),
            row(Some("=plain"), Measure::Helped, None),
        ];
        let answer = |point, found| Answer {
            point,
            values: vec!["-0.5".to_owned(), "imagine, other".to_owned()],
            found,
        };
        let all = [
            answer(7, Ok(rows)),
            answer(8, Err("not\na number".to_owned())),
            answer(9, Ok(Vec::new())),
        ];
        let keys = ["situation.mood", "b"];
        let mut text = sweep_header(&keys).into_bytes();
        all.iter().for_each(|answer| text.extend(sweep_rows(answer)));
        let lines = String::from_utf8(text.clone()).unwrap();
        assert_eq!(lines.lines().count(), 6, "{lines}");
        assert!(lines.starts_with("point,situation.mood,b,condition,"), "{lines}");
        assert!(
            lines.contains("\n7,-0.5,\"imagine, other\",\"friend, of old\",,6.000,helped,0.250000,"),
            "{lines}"
        );
        let columns = lines.lines().next().unwrap().split(',').count();
        let book = &sweep_codebook(&keys)[0].1;
        assert_eq!(book.lines().count(), columns + 1, "{book}");
        let read = sweep_read(&text[..], 2, &[Measure::Compassion]).unwrap();
        assert_eq!(read.answers.len(), 1);
        assert_eq!(
            read.answers[0].found.as_ref().unwrap(),
            &[row(None, Measure::Compassion, Some(1.5))]
        );
        assert_eq!((read.failed, read.first_failed[0].1.as_str()), (2, "not a number"));
        let helped = sweep_read(&text[..], 2, &[Measure::Helped]).unwrap();
        assert_eq!(helped.answers[0].found.as_ref().unwrap().len(), 2);
    }
}

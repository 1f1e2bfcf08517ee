//! A fitted parameter file: the old one with new values, their intervals, and where they come from.

use super::priors::Priors;
use crate::document::{Data, Source, parse};
use crate::parameters::record::Record;
use crate::parameters::{Entries, Entry};
use serde::Serialize;

/// Significant digits of a fitted value: far more than are known, few enough to read.
const DIGITS: i32 = 6;

/// A value as it stands in the file.
pub fn rounded(value: f64) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return value;
    }
    #[expect(clippy::cast_possible_truncation, reason = "an exponent of ten")]
    let places = DIGITS - 1 - libm::log10(value.abs()).floor() as i32;
    format!("{value:.*}", usize::try_from(places).unwrap_or(0))
        .parse()
        .unwrap_or(value)
}

/// The text of a parameter file with new values of the free parameters, in the order of the old text.
///
/// `values` and `intervals` are in the order of the priors; fitted values get the source "calibrated".
///
/// # Errors
///
/// If a number cannot be written as TOML, which finite numbers can.
pub fn write(
    old_text: &str,
    entries: &Entries,
    priors: &Priors,
    values: &[f64],
    intervals: Option<&[[f64; 2]]>,
    record: &Record,
) -> Result<String, toml::ser::Error> {
    let fitted = |process: &str, name: &str| {
        priors
            .list
            .iter()
            .position(|it| it.process == process && it.name == name)
    };
    let mut text = HEAD.to_owned();
    let (table, _) = parse(&Source::new("", old_text));
    for process in &table.entries {
        let (Data::Table(names), Some(known)) = (&process.value.data, entries.get(&process.key)) else {
            continue;
        };
        text += &format!("\n[{}]\n", process.key);
        for name in &names.entries {
            let Some(entry) = known.get(&name.key) else { continue };
            let mut entry = entry.clone();
            entry.interval = None;
            if let Some(place) = fitted(&process.key, &name.key) {
                entry.value = values[place];
                entry.source = "calibrated".to_owned();
                entry.interval = intervals.map(|it| it[place].map(rounded));
            }
            text += &format!("{} = {}\n", name.key, line(&entry));
        }
    }
    #[derive(Serialize)]
    struct Tail<'a> {
        calibration: &'a Record,
    }
    text.push('\n');
    text += &toml::to_string(&Tail { calibration: record })?;
    Ok(text)
}

const HEAD: &str = "\
# Every parameter of the model: value, unit, range, meaning and source.
# `source` is a key of scenarios/literature.bib, \"calibrated\" (fitted to the published experiments) or \"assumption\".
# `interval` holds 95 % of the plausible values of a fitted parameter; [calibration] says how they were found.
";

/// An entry in one line.
fn line(entry: &Entry) -> String {
    let text = |it: &str| toml::Value::String(it.to_owned()).to_string();
    let numbers = |it: [f64; 2]| format!("[{:?}, {:?}]", it[0], it[1]);
    let interval = entry
        .interval
        .map_or_else(String::new, |it| format!("interval = {}, ", numbers(it)));
    format!(
        "{{ value = {:?}, {interval}unit = {}, range = {}, meaning = {}, source = {} }}",
        entry.value,
        text(&entry.unit),
        numbers(entry.range),
        text(&entry.meaning),
        text(&entry.source)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameters::{SHIPPED, load, shipped_entries};
    use std::collections::BTreeMap;

    #[test]
    fn values_are_rounded_to_six_digits() {
        assert_eq!(rounded(0.123_456_789), 0.123_457);
        assert_eq!(rounded(-1_234.567_89), -1_234.57);
        assert_eq!(rounded(0.0), 0.0);
        assert_eq!(rounded(0.000_012_345_678_9), 0.000_012_345_7);
    }

    #[test]
    fn a_written_file_is_read_back_with_its_new_values() {
        let entries = shipped_entries();
        let priors = Priors::shipped(entries).unwrap();
        let values: Vec<f64> = priors.list.iter().map(|it| rounded(it.value(0.3))).collect();
        let intervals: Vec<[f64; 2]> = priors.list.iter().map(|it| [it.value(-1.0), it.value(1.0)]).collect();
        let record = Record {
            version: "0".to_owned(),
            seed: 1,
            people: 64,
            longest_step_s: 0.5,
            evaluations: 10,
            free_parameters: priors.len(),
            n_cells: 2,
            deviance: 0.1 + 0.2,
            prior: 1.0,
            penalty: 0.0,
            between_study_sd: Some(0.4),
            command: Some("simulate calibrate studies --people 64".to_owned()),
            base_sha256: String::new(),
            priors_sha256: String::new(),
            kept_rounds: None,
            largest_r_hat: None,
            evidence: BTreeMap::from([("a.toml".to_owned(), "00".to_owned())]),
            correlations: None,
        };
        let text = write(SHIPPED, entries, &priors, &values, Some(&intervals), &record).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("p.toml");
        std::fs::write(&path, &text).unwrap();
        let back = load(&path).unwrap();
        assert_eq!(back.calibration, Some(record));
        let mut changed = 0;
        for (process, known) in &back.entries {
            for (name, entry) in known {
                let old = &entries[process][name];
                let free = priors
                    .list
                    .iter()
                    .position(|it| it.process == *process && it.name == *name);
                match free {
                    Some(it) => {
                        assert_eq!(
                            (entry.value, entry.source.as_str()),
                            (values[it], "calibrated"),
                            "{process}.{name}"
                        );
                        assert_eq!(entry.interval, Some(intervals[it].map(rounded)));
                        changed += 1;
                    }
                    None => assert_eq!(
                        (entry.value, &entry.source),
                        (old.value, &old.source),
                        "{process}.{name}"
                    ),
                }
                assert_eq!(
                    (entry.range, &entry.meaning, &entry.unit),
                    (old.range, &old.meaning, &old.unit)
                );
            }
        }
        assert_eq!(changed, priors.len());
        assert_eq!(back.entries.len(), entries.len());
    }
}

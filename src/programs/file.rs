//! The table of programs as it stands in the file.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Cell, Entry, Evidence, Sourced, Standing, Zero};
use crate::model::agent::Trait;
use crate::model::training::{Effect, Onset};

/// The table that the program was built with.
pub(super) const TABLE: &str = include_str!("../model/training/programs.toml");

/// Why a table of programs cannot be used.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ProgramError {
    /// The file is not a table of programs.
    #[error("table of programs: {0}")]
    Format(#[from] toml::de::Error),
    /// A value is missing or makes no sense.
    #[error("program `{program}`, `{key}`: {reason}")]
    Value {
        /// Key of the program.
        program: String,
        /// Key of the value.
        key: String,
        /// What is wrong.
        reason: &'static str,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    program: Vec<RawProgram>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawProgram {
    name: String,
    title: String,
    hours_to_63_percent: Sourced,
    half_life_weeks: Sourced,
    self_report: RawCell,
    #[serde(default)]
    transportation: Option<Sourced>,
    #[serde(default)]
    encounters_per_hour: Option<Sourced>,
    traits: BTreeMap<String, RawCell>,
}

/// Either `shift`, `onset` and `standing`, or `zero`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCell {
    shift: Option<f64>,
    onset: Option<Onset>,
    standing: Option<Standing>,
    zero: Option<Zero>,
    #[serde(default)]
    source: Vec<String>,
    #[serde(default)]
    note: String,
}

/// Reads and checks a table of programs.
pub(super) fn parse(text: &str) -> Result<Vec<Entry>, ProgramError> {
    let file: RawFile = toml::from_str(text)?;
    file.program.into_iter().map(entry).collect()
}

fn entry(mut raw: RawProgram) -> Result<Entry, ProgramError> {
    let problem = |key: &str, reason| ProgramError::Value {
        program: raw.name.clone(),
        key: key.to_owned(),
        reason,
    };
    let mut traits = Vec::with_capacity(Trait::COUNT);
    for it in Trait::ALL {
        let cell = raw
            .traits
            .remove(it.key())
            .ok_or_else(|| problem(it.key(), "missing"))?;
        traits.push(cell.check().map_err(|reason| problem(it.key(), reason))?);
    }
    if let Some(unknown) = raw.traits.keys().next() {
        return Err(problem(unknown, "not a trait"));
    }
    let self_report = raw
        .self_report
        .check()
        .map_err(|reason| problem("self_report", reason))?;
    let numbers = [
        ("hours_to_63_percent", Some(&raw.hours_to_63_percent)),
        ("half_life_weeks", Some(&raw.half_life_weeks)),
        ("transportation", raw.transportation.as_ref()),
        ("encounters_per_hour", raw.encounters_per_hour.as_ref()),
    ];
    for (key, number) in numbers.into_iter().filter_map(|(key, it)| Some((key, it?))) {
        if !(number.value > 0.0 && number.value.is_finite()) {
            return Err(problem(key, "must be positive and finite"));
        }
        if number.source.is_empty() || number.note.is_empty() {
            return Err(problem(key, "needs a source and a note"));
        }
    }
    Ok(Entry {
        traits: traits.try_into().expect("one cell for each trait"),
        self_report,
        name: raw.name,
        title: raw.title,
        hours_to_63_percent: raw.hours_to_63_percent,
        half_life_weeks: raw.half_life_weeks,
        transportation: raw.transportation,
        encounters_per_hour: raw.encounters_per_hour,
    })
}

impl RawCell {
    fn check(self) -> Result<Cell, &'static str> {
        let sourced = !self.source.is_empty() && !self.note.is_empty();
        let (effect, evidence) = match (self.shift, self.onset, self.standing, self.zero) {
            (Some(shift), Some(onset), Some(standing), None) => {
                if !shift.is_finite() || shift == 0.0 {
                    return Err("a shift is finite and not 0; write `zero = \"…\"` for no change");
                }
                if !sourced {
                    return Err("a shift needs a source and a note");
                }
                (Effect { shift, onset }, Evidence::Moves(standing))
            }
            (None, None, None, Some(zero)) => {
                let found_something = !matches!(zero, Zero::NoEvidence | Zero::ByDefinition);
                if found_something && !sourced {
                    return Err("what was found or proposed needs a source and a note");
                }
                let unmoved = Effect {
                    shift: 0.0,
                    onset: Onset::Early,
                };
                (unmoved, Evidence::Stays(zero))
            }
            _ => return Err("either shift, onset and standing, or zero"),
        };
        Ok(Cell {
            effect,
            evidence,
            source: self.source,
            note: self.note,
        })
    }
}

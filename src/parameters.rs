//! Parameter files: one entry for each parameter of the model, with value, unit, range, meaning and source.

mod file;
pub mod record;

#[cfg(feature = "files")]
pub use file::load;
pub use file::{ParameterError, read};

use crate::document::shown;
use crate::model::parameters::Parameters;
use record::Record;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::OnceLock;

/// The parameter file that ships with the program.
pub const SHIPPED: &str = include_str!("model/parameters.toml");

/// One parameter as it stands in a file.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Value in `unit`.
    pub value: f64,
    /// Unit; "1" for a pure number.
    pub unit: String,
    /// Smallest and largest value that makes sense.
    pub range: [f64; 2],
    /// What it means.
    pub meaning: String,
    /// Key of `literature.bib`, "calibrated" or "assumption".
    pub source: String,
    /// 95 % interval of a fitted value, in `unit`.
    #[serde(default)]
    pub interval: Option<[f64; 2]>,
}

impl Entry {
    /// A value as it was written, if it lies in the range.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn read(&self, text: &str) -> Result<f64, String> {
        let [low, high] = self.range;
        let value: Option<f64> = text.replace('_', "").parse().ok();
        match value.filter(|value| (low..=high).contains(value)) {
            Some(value) => Ok(value),
            None => Err(format!("`{}` is not a number in [{low}, {high}]", shown(text))),
        }
    }
}

/// The entries of a file by process and name.
pub type Entries = BTreeMap<String, BTreeMap<String, Entry>>;

/// What a file holds: entries, and where fitted values come from.
#[derive(Debug, Clone, PartialEq, Default)]
struct Content {
    entries: Entries,
    calibration: Option<Record>,
}

impl<'de> Deserialize<'de> for Content {
    /// Table by table rather than with `flatten`, which would lose the places of mistakes.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Tables;

        impl<'de> Visitor<'de> for Tables {
            type Value = Content;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("tables of parameters")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut tables: A) -> Result<Content, A::Error> {
                let mut content = Content::default();
                while let Some(name) = tables.next_key::<String>()? {
                    if name == "calibration" {
                        content.calibration = Some(tables.next_value()?);
                    } else {
                        content.entries.insert(name, tables.next_value()?);
                    }
                }
                Ok(content)
            }
        }

        deserializer.deserialize_map(Tables)
    }
}

/// The values of a set of entries.
///
/// # Errors
///
/// If a parameter is missing or unknown.
pub fn values(entries: &Entries) -> Result<Parameters, serde_json::Error> {
    let table: BTreeMap<_, BTreeMap<_, _>> = entries
        .iter()
        .map(|(process, it)| (process, it.iter().map(|(name, entry)| (name, entry.value)).collect()))
        .collect();
    serde_json::from_value(serde_json::to_value(table)?)
}

/// `base` with other values of some parameters, each by process and name.
///
/// # Panics
///
/// If there is no such parameter.
pub fn with_values<'n>(base: &Parameters, values: impl IntoIterator<Item = ((&'n str, &'n str), f64)>) -> Parameters {
    let mut table = serde_json::to_value(base).expect("parameters are numbers");
    for ((process, name), value) in values {
        table[process][name] = value.into();
    }
    serde_json::from_value(table).expect("the same fields with other numbers")
}

/// A parameter set and the file it was read from.
#[derive(Debug, Clone, PartialEq)]
pub struct ParameterFile {
    /// The file, or "built-in".
    pub file: String,
    /// SHA-256 of its text, in hexadecimal digits.
    pub sha256: String,
    /// What it says.
    pub entries: Entries,
    /// The values alone.
    pub values: Parameters,
    /// How the fitted values were found, if the file says so.
    pub calibration: Option<Record>,
}

impl ParameterFile {
    /// Names of the parameters whose source is "assumption".
    pub fn assumptions(&self) -> Vec<String> {
        let all = self.entries.iter();
        all.flat_map(|(process, entries)| entries.iter().map(move |(name, entry)| (process, name, entry)))
            .filter(|(_, _, entry)| entry.source == "assumption")
            .map(|(process, name, _)| format!("{process}.{name}"))
            .collect()
    }
}

/// How many parameters there are.
pub fn count(entries: &Entries) -> usize {
    entries.values().map(BTreeMap::len).sum()
}

/// The parameter set that ships with the program, and its file.
pub fn builtin() -> ParameterFile {
    ParameterFile {
        file: "built-in".to_owned(),
        sha256: file::sha256(SHIPPED),
        entries: shipped_entries().clone(),
        values: shipped(),
        calibration: shipped_content().calibration.clone(),
    }
}

/// The entries that ship with the program.
pub fn shipped_entries() -> &'static Entries {
    &shipped_content().entries
}

fn shipped_content() -> &'static Content {
    static CONTENT: OnceLock<Content> = OnceLock::new();
    CONTENT.get_or_init(|| toml::from_str(SHIPPED).expect("the shipped parameter file is well-formed (tested)"))
}

/// The parameter set that ships with the program.
pub fn shipped() -> Parameters {
    values(shipped_entries()).expect("the shipped parameter file is complete (tested)")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_values_lie_in_their_ranges() {
        assert!(shipped().decision.leak > 0.0);
        for (process, entries) in shipped_entries() {
            for (name, entry) in entries {
                let [low, high] = entry.range;
                assert!(
                    (low..=high).contains(&entry.value),
                    "{process}.{name} = {} is outside [{low}, {high}]",
                    entry.value
                );
                assert!(!entry.meaning.is_empty() && !entry.source.is_empty() && !entry.unit.is_empty());
            }
        }
    }
}

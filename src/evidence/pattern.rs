//! Named checks of what a model must show, from a table `patterns.csv` beside the scenario files.
//!
//! | statistic                   | value                                                                                   |
//! |-----------------------------|-----------------------------------------------------------------------------------------|
//! | `difference`                | mean of the measure in treatment minus that in control; for `helped` the share          |
//! | `share`                     | mean of the measure in treatment                                                        |
//! | `difference_of_differences` | (treatment − control) − (treatment2 − control2)                                         |
//! | `latency_ratio`             | seconds until half have helped, in treatment over control; without control the seconds themselves; the whole window where fewer help |
//! | `direction_d`               | standardised difference, as the scenario format defines d                               |
//! | `correlation`               | Pearson's r of two measures over the people of treatment                                |
//! | `interior_maximum`          | the highest mean inside a list of conditions (separated by ` \| `) minus the higher mean of its two ends |
//!
//! A check passes if its value lies between `lower` and `upper`, both included.

use crate::document::Choice;
use crate::engine::tally::Tally;
use crate::registry::Measure;
use crate::scenario::Scenario;
use crate::statistics::Histogram;
use crate::summary::predicted_d;
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// A check, found to be about conditions and measures that exist.
#[derive(Debug, Clone, PartialEq)]
pub struct Pattern {
    /// Number of the pattern in the literature's list.
    pub number: u32,
    /// What is checked, in words.
    pub name: String,
    /// What is computed.
    pub statistic: Statistic,
    /// The word for it.
    pub word: &'static str,
    /// Place of the study among the evidence.
    pub study: usize,
    /// Least value that passes.
    pub lower: f64,
    /// Greatest value that passes.
    pub upper: f64,
}

/// What is computed; conditions by their place in the file.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the statistics are described at the module")]
pub enum Statistic {
    Difference {
        measure: Measure,
        treatment: usize,
        control: usize,
    },
    Share {
        measure: Measure,
        condition: usize,
    },
    DifferenceOfDifferences {
        measure: Measure,
        conditions: [usize; 4],
    },
    LatencyRatio {
        treatment: usize,
        control: Option<usize>,
    },
    DirectionD {
        measure: Measure,
        treatment: usize,
        control: usize,
    },
    Correlation {
        measures: [Measure; 2],
        condition: usize,
    },
    InteriorMaximum {
        measure: Measure,
        conditions: Vec<usize>,
    },
}

/// A line of the table as it stands there.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Cells {
    pattern: u32,
    name: String,
    statistic: String,
    file: String,
    treatment: String,
    control: String,
    treatment2: String,
    control2: String,
    measure: String,
    measure2: String,
    lower: f64,
    upper: f64,
    #[serde(rename = "source")]
    _source: String,
    #[serde(rename = "note")]
    _note: String,
}

/// A line of a table, not yet compared with the file that it is about.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    table: PathBuf,
    cells: Cells,
}

/// What is wrong with a table of patterns.
#[derive(Debug, thiserror::Error)]
pub enum PatternError {
    /// It is not such a table.
    #[error("cannot read the patterns in `{}`", table.display())]
    Table {
        /// The table.
        table: PathBuf,
        /// Where and why.
        source: csv::Error,
    },
    /// A cell says something that does not exist.
    #[error("pattern {number} \"{name}\" in `{}`: {what}", table.display())]
    Cell {
        /// The table.
        table: PathBuf,
        /// Number of the pattern.
        number: u32,
        /// Its name.
        name: String,
        /// What is wrong with which value.
        what: String,
    },
}

impl Pattern {
    /// Reads the lines of a table; `#` begins a comment line.
    ///
    /// # Errors
    ///
    /// If a line lacks a cell or a number is none.
    pub fn table(path: &Path) -> Result<Vec<Row>, PatternError> {
        let wrong = |source| PatternError::Table {
            table: path.to_owned(),
            source,
        };
        let mut reader = csv::ReaderBuilder::new()
            .comment(Some(b'#'))
            .from_path(path)
            .map_err(wrong)?;
        let cells = reader.deserialize().collect::<Result<Vec<Cells>, _>>().map_err(wrong)?;
        let row = |cells| Row {
            table: path.to_owned(),
            cells,
        };
        Ok(cells.into_iter().map(row).collect())
    }

    /// The value of the statistic in a run; none if it is about something that a single encounter does not measure, or of nobody.
    ///
    /// `correlation` is that of the two measures over the people of the condition, where the statistic is one.
    pub fn value(&self, tallies: &[Tally], correlation: Option<f64>) -> Option<f64> {
        let mean = |measure, condition: usize| mean(measure, &tallies[condition]);
        match &self.statistic {
            Statistic::Difference {
                measure,
                treatment,
                control,
            } => Some(mean(*measure, *treatment)? - mean(*measure, *control)?),
            Statistic::Share { measure, condition } => mean(*measure, *condition),
            Statistic::DifferenceOfDifferences { measure, conditions } => {
                let [first, second, third, fourth] = conditions.map(|it| mean(*measure, it));
                Some(first? - second? - (third? - fourth?))
            }
            Statistic::LatencyRatio { treatment, control } => {
                let seconds = |condition: usize| {
                    let tally = &tallies[condition];
                    until_half_helped(&tally.latency, tally.units.total())
                };
                Some(seconds(*treatment)? / control.map_or(Some(1.0), seconds)?)
            }
            Statistic::DirectionD {
                measure,
                treatment,
                control,
            } => predicted_d(&tallies[*treatment], &tallies[*control], *measure),
            Statistic::Correlation { .. } => correlation,
            Statistic::InteriorMaximum { measure, conditions } => {
                let means: Option<Vec<f64>> = conditions.iter().map(|it| mean(*measure, *it)).collect();
                interior_maximum(&means?)
            }
        }
    }

    /// Whether a value passes.
    pub fn passes(&self, value: f64) -> bool {
        (self.lower..=self.upper).contains(&value)
    }
}

/// How much higher the highest inner value is than the higher of the two ends; none without an inner value.
pub fn interior_maximum(values: &[f64]) -> Option<f64> {
    let [first, inner @ .., last] = values else {
        return None;
    };
    let highest = inner.iter().copied().reduce(f64::max)?;
    Some(highest - first.max(*last))
}

/// Seconds until half of the units have helped: the median that survival analysis would give, in which those who have not helped by the end
/// count as later, and not as nobody. The whole window, a lower bound, where fewer help; none without units or times.
fn until_half_helped(latency: &Histogram, units: u64) -> Option<f64> {
    let (helped, all) = (latency.count() as f64, units as f64);
    if all == 0.0 {
        return None;
    }
    if helped < all / 2.0 {
        return Some(latency.edge(latency.counts().len()));
    }
    latency.quantile(0.5 * all / helped)
}

/// Mean of a measure over people, or the share of units that helped or punished.
fn mean(measure: Measure, tally: &Tally) -> Option<f64> {
    match measure.outcome() {
        Some(outcome) => tally.units.share(outcome),
        None => {
            let moments = tally.measures.get(&measure).filter(|moments| moments.count() > 0);
            moments.map(|moments| moments.mean())
        }
    }
}

impl Row {
    /// Whether the line is about this file.
    pub fn is_about(&self, file: &Path) -> bool {
        let same_folder = file.parent() == self.table.parent();
        same_folder && file.file_name().is_some_and(|it| it == self.cells.file.as_str())
    }

    /// The check, now that its file is known.
    ///
    /// # Errors
    ///
    /// If a statistic, a measure or a condition does not exist, or the bounds exclude everything.
    pub fn placed(&self, study: usize, scenario: &Scenario) -> Result<Pattern, PatternError> {
        let cells = &self.cells;
        if cells.lower.is_nan() || cells.upper.is_nan() || cells.lower > cells.upper {
            return Err(self.wrong(format!("no value lies between {} and {}", cells.lower, cells.upper)));
        }
        let condition = |name: &str| {
            let found = scenario.conditions.iter().position(|it| it.name == name);
            found.ok_or_else(|| self.wrong(format!("`{}` has no condition `{name}`", cells.file)))
        };
        let pair = || Ok((condition(&cells.treatment)?, condition(&cells.control)?));
        let measure =
            |word: &str| Measure::from_word(word).ok_or_else(|| self.wrong(format!("there is no measure `{word}`")));
        let first = || measure(&cells.measure);
        let (word, statistic) = match cells.statistic.as_str() {
            "difference" => {
                let (measure, (treatment, control)) = (first()?, pair()?);
                let statistic = Statistic::Difference {
                    measure,
                    treatment,
                    control,
                };
                ("difference", statistic)
            }
            "share" => {
                let (measure, condition) = (first()?, condition(&cells.treatment)?);
                ("share", Statistic::Share { measure, condition })
            }
            "difference_of_differences" => {
                let (measure, (treatment, control)) = (first()?, pair()?);
                let conditions = [
                    treatment,
                    control,
                    condition(&cells.treatment2)?,
                    condition(&cells.control2)?,
                ];
                let statistic = Statistic::DifferenceOfDifferences { measure, conditions };
                ("difference_of_differences", statistic)
            }
            "latency_ratio" => {
                let control = (!cells.control.is_empty())
                    .then(|| condition(&cells.control))
                    .transpose()?;
                let treatment = condition(&cells.treatment)?;
                ("latency_ratio", Statistic::LatencyRatio { treatment, control })
            }
            "direction_d" => {
                let (measure, (treatment, control)) = (first()?, pair()?);
                let statistic = Statistic::DirectionD {
                    measure,
                    treatment,
                    control,
                };
                ("direction_d", statistic)
            }
            "correlation" => {
                let (measures, condition) = ([first()?, measure(&cells.measure2)?], condition(&cells.treatment)?);
                ("correlation", Statistic::Correlation { measures, condition })
            }
            "interior_maximum" => {
                let names = cells.treatment.split(" | ");
                let conditions: Vec<usize> = names.map(condition).collect::<Result<_, _>>()?;
                if conditions.len() < 3 {
                    return Err(self.wrong("an inner maximum needs at least three conditions".to_owned()));
                }
                let measure = first()?;
                ("interior_maximum", Statistic::InteriorMaximum { measure, conditions })
            }
            other => return Err(self.wrong(format!("there is no statistic `{other}`"))),
        };
        Ok(Pattern {
            number: cells.pattern,
            name: cells.name.clone(),
            statistic,
            word,
            study,
            lower: cells.lower,
            upper: cells.upper,
        })
    }

    fn wrong(&self, what: String) -> PatternError {
        PatternError::Cell {
            table: self.table.clone(),
            number: self.cells.pattern,
            name: self.cells.name.clone(),
            what,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Five of eight help at 5, 15, 15, 25 and 35 s: half of the eight have by the end of the bin of the fourth.
    #[test]
    fn those_who_have_not_helped_by_the_end_count_as_later() {
        let mut latency = Histogram::new(0.0, 40.0, 4).expect("bins");
        assert_eq!(until_half_helped(&latency, 0), None);
        for seconds in [5.0, 15.0, 15.0, 25.0, 35.0] {
            latency.push(seconds);
        }
        let after = |units| until_half_helped(&latency, units).expect("there are units");
        assert_eq!((after(5), after(8), after(10)), (17.5, 30.0, 40.0));
        assert_eq!(after(11), 40.0, "fewer than half helped: no sooner than the end");
    }
}

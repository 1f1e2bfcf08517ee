//! The situation keys as columns of numbers, for models that know nothing of psychology.

use crate::document::Setting;
use crate::scenario::{Condition, Dominant};

/// Columns that differ between conditions, one row for each condition.
#[derive(Debug, Clone, PartialEq)]
pub struct Features {
    /// Names of the columns.
    pub names: Vec<&'static str>,
    /// One row for each condition.
    pub rows: Vec<Vec<f64>>,
}

impl Features {
    /// Main effects: every situation key, what is counted, who is selected and whether they were trained.
    ///
    /// Counts enter as ln(1 + count), times as ln seconds, words as one indicator for each word but the usual one. Columns that are the
    /// same in all conditions are left out.
    pub fn of(conditions: &[&Condition]) -> Self {
        let all: Vec<Vec<(&'static str, f64)>> = conditions.iter().map(|it| columns(it)).collect();
        let Some(first) = all.first() else {
            return Self {
                names: Vec::new(),
                rows: Vec::new(),
            };
        };
        let varied: Vec<usize> = (0..first.len())
            .filter(|it| all.iter().any(|row| row[*it].1 != first[*it].1))
            .collect();
        Self {
            names: varied.iter().map(|it| first[*it].0).collect(),
            rows: all
                .iter()
                .map(|row| varied.iter().map(|it| row[*it].1).collect())
                .collect(),
        }
    }

    /// Names of the columns that differ among some of the rows.
    pub fn varied_among(&self, rows: &[usize]) -> Vec<&'static str> {
        let differs = |column: &usize| {
            let mut values = rows.iter().map(|it| self.rows[*it][*column]);
            let first = values.next();
            values.any(|it| Some(it) != first)
        };
        (0..self.names.len()).filter(differs).map(|it| self.names[it]).collect()
    }
}

fn columns(condition: &Condition) -> Vec<(&'static str, f64)> {
    let is = |holds: bool| f64::from(u8::from(holds));
    let count = |people: u32| libm::log1p(f64::from(people));
    let situation = &condition.situation;
    let group = condition.unit.size();
    let mut columns = Vec::new();
    for (key, value) in situation.settings() {
        match (key, value) {
            // What is given at most, and what counts, says nothing without its unit.
            ("endowment" | "counts_from", _) | (_, Setting::Text(_)) => {}
            // Without others, neither their behaviour nor their closeness means anything.
            ("bystander_behaviour", Setting::Word(word, words)) => {
                let others = situation.bystanders + group > 1;
                columns.extend(words[1..].iter().map(|one| (*one, is(others && *one == word))));
            }
            ("witness_closeness", Setting::Number(value)) => {
                columns.push((key, if group > 1 { value - 0.3 } else { 0.0 }));
            }
            ("window_s", Setting::Number(value)) => columns.push((key, libm::log(value))),
            (_, Setting::Number(value)) => columns.push((key, value)),
            (_, Setting::Count(value)) => columns.push((key, count(value))),
            (_, Setting::Flag(value)) => columns.push((key, is(value))),
            (_, Setting::Word(word, words)) => columns.extend(words[1..].iter().map(|one| (*one, is(*one == word)))),
        }
    }
    columns.extend([
        ("group_size", count(group)),
        (
            "distress_prevails",
            is(condition.select == Some(Dominant::PersonalDistress)),
        ),
        (
            "concern_prevails",
            is(condition.select == Some(Dominant::EmpathicConcern)),
        ),
        (
            "trained",
            is(condition.training.iter().any(|practice| practice.hours > 0.0)),
        ),
    ]);
    columns
}

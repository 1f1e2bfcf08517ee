//! `comparison.csv`, and what `summary.json` says of comparisons: who helps in which of two conditions, who they are, and through what.

use super::tables::measure_name;
use crate::comparison::pairs::{Change, PairTally};
use crate::comparison::profile;
use crate::comparison::words;
use crate::scenario::Scenario;
use crate::statistics::Estimate;
use serde_json::{Map, Value, json};

/// File name of the codebook.
const CODEBOOK: &str = "comparison_codebook.csv";

/// What a row of comparison.csv can be about.
const SECTIONS: &[(&str, &str, &str)] = &[
    (
        "share",
        "share of people",
        "people, or groups, who helped in both conditions, only in `condition`, only in `compared_with`, or in neither",
    ),
    (
        "difference",
        "unit of the measure",
        "`condition` minus `compared_with` within the same people: helped (share of people) and the means of the other measures",
    ),
    (
        "who_helps_only_in_condition",
        "SD",
        "by how many pooled SD those who help only in `condition` exceed those for whom nothing changes, in a trait or questionnaire scale before training",
    ),
    (
        "who_helps_only_in_compared_with",
        "SD",
        "the same for those who help only in `compared_with`",
    ),
];

/// A row of comparison.csv.
struct Row {
    section: &'static str,
    of: String,
    value: Value,
    interval: Option<(f64, f64)>,
}

/// What is compared, as a table with a row for each number.
///
/// # Errors
///
/// None in practice: it is written to memory.
pub fn comparison_csv(scenario: &Scenario, compared: &[PairTally]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record([
        "condition",
        "compared_with",
        "section",
        "of",
        "value",
        "lower",
        "upper",
        "n",
    ])?;
    for tally in compared {
        let name = |it: usize| scenario.conditions[it].name.as_str();
        for row in rows(tally) {
            let (lower, upper) = row.interval.map_or_else(Default::default, |(lower, upper)| {
                (lower.to_string(), upper.to_string())
            });
            writer.write_record([
                name(tally.pair.treatment),
                name(tally.pair.control),
                row.section,
                &row.of,
                &match row.value {
                    Value::Null => String::new(),
                    other => other.to_string(),
                },
                &lower,
                &upper,
                &tally.joint.people().to_string(),
            ])?;
        }
    }
    writer.into_inner().map_err(|it| it.into_error().into())
}

fn rows(tally: &PairTally) -> Vec<Row> {
    let estimate = |section, of: &str, it: Estimate| Row {
        section,
        of: of.to_owned(),
        value: json!(it.value),
        interval: Some((it.lower, it.upper)),
    };
    let mut rows: Vec<Row> = Change::ALL
        .into_iter()
        .map(|it| Row {
            section: "share",
            of: change_name(it).to_owned(),
            value: json!(share(tally, it)),
            interval: None,
        })
        .collect();
    rows.extend(tally.difference().map(|it| estimate("difference", "helped", it)));
    rows.extend(
        tally
            .mean_differences()
            .map(|(measure, it)| estimate("difference", &measure_name(measure), it)),
    );
    for (section, change) in [
        ("who_helps_only_in_condition", Change::Gained),
        ("who_helps_only_in_compared_with", Change::Lost),
    ] {
        let features = tally.who(change).into_iter().enumerate();
        rows.extend(features.filter_map(|(feature, it)| Some(estimate(section, profile::name(feature), it?))));
    }
    rows
}

/// What is compared, as JSON: one object for each pair.
pub fn comparisons_json(scenario: &Scenario, compared: &[PairTally]) -> Value {
    compared.iter().map(|it| pair_json(scenario, it)).collect()
}

fn pair_json(scenario: &Scenario, tally: &PairTally) -> Value {
    let name = |it: usize| &scenario.conditions[it].name;
    let shares: Map<String, Value> = Change::ALL
        .into_iter()
        .map(|it| (change_name(it).to_owned(), json!(share(tally, it))))
        .collect();
    let measures: Map<String, Value> = tally
        .mean_differences()
        .map(|(measure, it)| (measure_name(measure), json!(it)))
        .collect();
    let who = |change| -> Value {
        let features = tally.who(change).into_iter().enumerate();
        let known = features.filter_map(|(feature, it)| Some((profile::name(feature).to_owned(), json!(it?))));
        Value::Object(known.collect())
    };
    json!({
        "condition": name(tally.pair.treatment),
        "compared_with": name(tally.pair.control),
        "n": tally.joint.people(),
        "share": shares,
        "of_hundred": words::of_hundred(tally),
        "flow": words::flow(scenario, tally),
        "who": words::who(scenario, tally),
        "difference": tally.difference(),
        "measures": measures,
        "who_helps_only_in_condition": who(Change::Gained),
        "who_helps_only_in_compared_with": who(Change::Lost),
    })
}

fn share(tally: &PairTally, change: Change) -> Option<f64> {
    let people = tally.joint.people();
    (people > 0).then(|| tally.count(change) as f64 / people as f64)
}

fn change_name(it: Change) -> &'static str {
    match it {
        Change::Either => "either_way",
        Change::Gained => "only_in_condition",
        Change::Lost => "only_in_compared_with",
        Change::Never => "never",
    }
}

/// The file that explains comparison.csv: name and content.
pub fn comparison_codebook() -> (&'static str, String) {
    let mut text = String::from("section,unit,meaning\n");
    for (section, unit, meaning) in SECTIONS {
        text += &format!("{section},{unit},\"{meaning}\"\n");
    }
    (CODEBOOK, text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comparison::Pair;
    use crate::engine::test_scenario;
    use crate::statistics::Joint;

    #[test]
    fn every_row_is_explained() {
        let mut tally = PairTally::new(Pair {
            treatment: 1,
            control: 0,
        });
        tally.joint = Joint {
            both: 5,
            first_only: 3,
            second_only: 1,
            neither: 1,
        };
        let scenario = test_scenario(&["before", "after, a week"]);
        let table = comparison_csv(&scenario, &[tally.clone()]).unwrap();
        let mut reader = csv::Reader::from_reader(&table[..]);
        let read: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert!(read.len() >= 5 && read.iter().all(|it| &it[0] == "after, a week"));
        for row in &read {
            assert!(SECTIONS.iter().any(|it| it.0 == &row[2]), "{row:?} is not explained");
        }
        assert_eq!((&read[1][3], &read[1][4]), ("only_in_condition", "0.3"));
        let json = comparisons_json(&scenario, &[tally]);
        assert_eq!(json[0]["share"]["only_in_condition"], 0.3);
        assert_eq!(json[0]["of_hundred"], json!([50, 30, 10, 10]));
        let (_, codebook) = comparison_codebook();
        let mut reader = csv::Reader::from_reader(codebook.as_bytes());
        assert_eq!(reader.records().map(Result::unwrap).count(), SECTIONS.len());
    }
}

//! What the columns of `summary.csv` and of the conditions in `summary.json` mean.

use super::codebook::row;
use crate::summary::Summary;

/// File name of the codebook of `summary.csv` and of the conditions in `summary.json`.
const SUMMARY: &str = "summary_codebook.csv";

/// The file that explains the `summary.csv` of this summary: name and content.
pub fn summary_codebook(summary: &Summary) -> (&'static str, String) {
    let rows: Vec<String> = summary_columns(summary)
        .map(|(name, unit, range, meaning)| row(name, unit, range, meaning))
        .collect();
    (SUMMARY, format!("column,unit,range,meaning\n{}", rows.concat()))
}

/// The columns that the table of this summary has.
fn summary_columns(
    summary: &Summary,
) -> impl Iterator<Item = &'static (&'static str, &'static str, &'static str, &'static str)> {
    let over_parameters = summary.uncertainty.is_some();
    SUMMARY_COLUMNS
        .iter()
        .filter(move |it| over_parameters || !it.0.contains("parameters_"))
}

/// Column of the summary, unit, range and meaning. Shares of n are shares of what is counted: of persons, or of groups.
const SUMMARY_COLUMNS: [(&str, &str, &str, &str); 34] = [
    ("name", "", "text", "name of the condition"),
    ("factors", "", "text", "factors of the condition and their levels"),
    ("unit", "", "person or group", "what is counted"),
    (
        "group_size",
        "people",
        "2 …",
        "size of a group; empty where persons are counted",
    ),
    (
        "n",
        "persons or groups",
        "0 …",
        "how many are counted; of them are the shares below unless said otherwise",
    ),
    (
        "helped",
        "share of n",
        "0–1",
        "a group helped if one of its members did",
    ),
    ("left", "share of n", "0–1", "a group left if all of its members did"),
    (
        "undecided",
        "share of n",
        "0–1",
        "neither helped nor left nor punished before the scene was over",
    ),
    (
        "relieved",
        "share of n",
        "0–1",
        "groups with a member who saw another help first; overlaps with the other outcomes, which add up to 1 without it",
    ),
    (
        "punished",
        "share of n",
        "0–1",
        "a group punished if one of its members did and none helped",
    ),
    ("helping_rate", "share of n", "0–1", "the same as helped"),
    (
        "lower",
        "share of n",
        "0–1",
        "lower limit of its 95 % interval (Wilson)",
    ),
    (
        "upper",
        "share of n",
        "0–1",
        "upper limit of its 95 % interval (Wilson)",
    ),
    (
        "parameters_lower",
        "share of n",
        "0–1",
        "lower limit of the helping rate over plausible parameter sets: a fortieth of them predict less",
    ),
    (
        "parameters_upper",
        "share of n",
        "0–1",
        "upper limit of the helping rate over plausible parameter sets: a fortieth of them predict more",
    ),
    (
        "difference",
        "share of n",
        "−1–1",
        "helping rate minus that of the first condition",
    ),
    (
        "difference_lower",
        "share of n",
        "−1–1",
        "lower limit of its 95 % interval (Newcombe)",
    ),
    (
        "difference_upper",
        "share of n",
        "−1–1",
        "upper limit of its 95 % interval (Newcombe)",
    ),
    (
        "difference_parameters_lower",
        "share of n",
        "−1–1",
        "lower limit of the difference over plausible parameter sets",
    ),
    (
        "difference_parameters_upper",
        "share of n",
        "−1–1",
        "upper limit of the difference over plausible parameter sets",
    ),
    (
        "paired",
        "",
        "true or false",
        "whether that is a difference between the same people or groups",
    ),
    (
        "risk_ratio",
        "1",
        "0 …",
        "helping rate over that of the first condition",
    ),
    (
        "odds_ratio",
        "1",
        "0 …",
        "odds of helping over those in the first condition",
    ),
    (
        "cohens_h",
        "1",
        "−π–π",
        "difference of the two rates on the arcsine scale",
    ),
    (
        "latency_median_s",
        "s",
        "0 … window",
        "half of those who help have decided by then; of a group the first",
    ),
    (
        "personal_distress",
        "mean of persons",
        "0 …",
        "personal distress at the decision",
    ),
    (
        "compassion",
        "mean of persons",
        "0 …",
        "compassion at the decision; no upper limit",
    ),
    (
        "overwhelmed",
        "share of persons",
        "0–1",
        "personal distress exceeds compassion, each relative to its median in the norm scene, and the distress of three quarters of people there",
    ),
    (
        "empathy",
        "share of persons",
        "0–1",
        "share the feeling and understand it",
    ),
    (
        "contagion",
        "share of persons",
        "0–1",
        "share the feeling and do not understand it",
    ),
    (
        "theory_of_mind",
        "share of persons",
        "0–1",
        "understand the feeling and do not share it",
    ),
    ("neither", "share of persons", "0–1", "neither share nor understand"),
    (
        "observed_helped",
        "persons or groups",
        "0 …",
        "how many helped in the study or class",
    ),
    ("observed_of", "persons or groups", "1 …", "of how many"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_of_the_summary_is_explained_in_the_order_of_the_table() {
        let scenario = crate::engine::test_scenario(&["one"]);
        let tally = crate::engine::tally::Tally::new(&scenario.conditions[0]);
        let plain = Summary::new(&scenario, &[tally]);
        let uncertainty = crate::summary::Uncertainty {
            ensemble: "test".to_owned(),
            sets: 1,
            people: 1,
        };
        let uncertain = plain.clone().with_uncertainty(uncertainty, &[Vec::new()]);
        for (summary, columns) in [(plain, 30), (uncertain, 34)] {
            let csv = super::super::summary_csv(&summary).unwrap();
            let header = csv::Reader::from_reader(csv.as_slice()).headers().unwrap().clone();
            let explained: Vec<&str> = summary_columns(&summary).map(|it| it.0).collect();
            assert_eq!(header.iter().collect::<Vec<_>>(), explained);
            assert_eq!(explained.len(), columns);
        }
    }
}

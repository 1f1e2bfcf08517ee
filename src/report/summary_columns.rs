//! The columns of `summary.csv` and of the conditions in `summary.json`, from which header, cells and codebook follow.

use crate::registry::{Column, Measure, NAME, Outcome, codebook};
use crate::scenario::{Observed, Unit};
use crate::statistics::Interval;
use crate::summary::{ConditionSummary, Summary};
use serde_json::{Value, json};

/// File name of the codebook of `summary.csv` and of the conditions in `summary.json`.
const SUMMARY: &str = "summary_codebook.csv";

/// A column; null is an empty cell.
type SummaryColumn = Column<fn(&ConditionSummary) -> Value>;

/// The file that explains the `summary.csv` of this summary: name and content.
pub fn summary_codebook(summary: &Summary) -> (&'static str, String) {
    (SUMMARY, codebook(&columns(summary.uncertainty.is_some())))
}

/// The columns of the table, with those over plausible parameter sets or without them.
pub(super) fn columns(over_parameters: bool) -> Vec<SummaryColumn> {
    let mut columns = columns_in_both(over_parameters);
    columns.extend(columns_of_the_table());
    columns
}

/// The columns that the conditions in `summary.json` have as well. Shares of n are shares of what is counted: of persons, or of groups.
pub(super) fn columns_in_both(over_parameters: bool) -> Vec<SummaryColumn> {
    let columns: Vec<SummaryColumn> = vec![
        Column::new("name", ("", NAME), "name of the condition", |condition| {
            json!(condition.name)
        }),
        Column::new(
            "factors",
            ("", NAME),
            "factors of the condition and their levels",
            |condition| json!(levels(condition)),
        ),
        Column::new("unit", ("", "text: person or group"), "what is counted", |condition| {
            json!(if condition.unit == Unit::Person {
                "person"
            } else {
                "group"
            })
        }),
        Column::new(
            "group_size",
            ("people", "2 …"),
            "size of a group; empty where persons are counted",
            |condition| match condition.unit {
                Unit::Person => Value::Null,
                Unit::Group(size) => json!(size),
            },
        ),
        Column::new(
            "n",
            ("persons or groups", "0 …"),
            "how many are counted; of them are the shares below unless said otherwise",
            |condition| json!(condition.units.total()),
        ),
        Column::new(
            "helped",
            ("share of n", "0–1"),
            "a group helped if one of its members did",
            |condition| json!(condition.share(Outcome::Helped)),
        ),
        Column::new(
            "left",
            ("share of n", "0–1"),
            "a group left if all of its members did",
            |condition| json!(condition.share(Outcome::Left)),
        ),
        Column::new(
            "undecided",
            ("share of n", "0–1"),
            "neither helped nor left nor punished before the scene was over; where help is a gift: gave nothing",
            |condition| json!(condition.share(Outcome::Undecided)),
        ),
        Column::new(
            "relieved",
            ("share of n", "0–1"),
            "groups with a member who saw another help first; overlaps with the other outcomes, which add up to 1 without it",
            |condition| json!(condition.share(Outcome::Relieved)),
        ),
        Column::new(
            "punished",
            ("share of n", "0–1"),
            "a group punished if one of its members did and none helped",
            |condition| json!(condition.share(Outcome::Punished)),
        ),
        Column::new(
            "helping_rate",
            ("share of n", "0–1"),
            "the same as helped",
            |condition| json!(condition.helping_rate),
        ),
        Column::new(
            "lower",
            ("share of n", "0–1"),
            "lower limit of its 95 % interval (Wilson)",
            |condition| json!(condition.interval.lower),
        ),
        Column::new(
            "upper",
            ("share of n", "0–1"),
            "upper limit of its 95 % interval (Wilson)",
            |condition| json!(condition.interval.upper),
        ),
        Column::new(
            "parameters_lower",
            ("share of n", "0–1"),
            "lower limit of the helping rate over plausible parameter sets: a fortieth of them predict less",
            |condition| {
                json!(
                    condition
                        .over_parameters
                        .and_then(|over| over.rate)
                        .map(|rate| rate.lower)
                )
            },
        ),
        Column::new(
            "parameters_upper",
            ("share of n", "0–1"),
            "upper limit of the helping rate over plausible parameter sets: a fortieth of them predict more",
            |condition| {
                json!(
                    condition
                        .over_parameters
                        .and_then(|over| over.rate)
                        .map(|rate| rate.upper)
                )
            },
        ),
        Column::new(
            "new_study_lower",
            ("share of n", "0–1"),
            "lower limit of the share in a study that is new: what the parameters leave open, and what sets studies apart beyond their situations; a fortieth lies below",
            |condition| json!(new_study(condition).map(|share| share.lower)),
        ),
        Column::new(
            "new_study_upper",
            ("share of n", "0–1"),
            "upper limit of that share: a fortieth lies above",
            |condition| json!(new_study(condition).map(|share| share.upper)),
        ),
        Column::new(
            "difference",
            ("share of n", "−1–1"),
            "helping rate minus that of the first condition",
            |condition| json!(condition.difference.map(|difference| difference.value)),
        ),
        Column::new(
            "difference_lower",
            ("share of n", "−1–1"),
            "lower limit of its 95 % interval (Newcombe)",
            |condition| json!(condition.difference.map(|difference| difference.lower)),
        ),
        Column::new(
            "difference_upper",
            ("share of n", "−1–1"),
            "upper limit of its 95 % interval (Newcombe)",
            |condition| json!(condition.difference.map(|difference| difference.upper)),
        ),
        Column::new(
            "difference_parameters_lower",
            ("share of n", "−1–1"),
            "lower limit of the difference over plausible parameter sets",
            |condition| {
                json!(
                    condition
                        .over_parameters
                        .and_then(|over| over.difference)
                        .map(|difference| difference.lower)
                )
            },
        ),
        Column::new(
            "difference_parameters_upper",
            ("share of n", "−1–1"),
            "upper limit of the difference over plausible parameter sets",
            |condition| {
                json!(
                    condition
                        .over_parameters
                        .and_then(|over| over.difference)
                        .map(|difference| difference.upper)
                )
            },
        ),
        Column::new(
            "paired",
            ("", "text: true or false"),
            "whether that is a difference between the same people or groups",
            |condition| json!(condition.difference.map(|_| condition.paired)),
        ),
        Column::new(
            "risk_ratio",
            ("1", "0 …"),
            "helping rate over that of the first condition",
            |condition| json!(condition.risk_ratio),
        ),
        Column::new(
            "odds_ratio",
            ("1", "0 …"),
            "odds of helping over those in the first condition",
            |condition| json!(condition.odds_ratio),
        ),
        Column::new(
            "cohens_h",
            ("1", "−π–π"),
            "difference of the two rates on the arcsine scale",
            |condition| json!(condition.cohens_h),
        ),
        Column::new(
            "latency_median_s",
            ("s", "0 … window"),
            "half of the persons who help have decided by then; empty where groups are counted",
            |condition| json!(median_of(condition, |unit| unit == Unit::Person)),
        ),
        Column::new(
            "group_latency_median_s",
            ("s", "0 … window"),
            "in half of the groups that help the first has decided by then; empty where persons are counted",
            |condition| json!(median_of(condition, |unit| unit != Unit::Person)),
        ),
        Column::new(
            "personal_distress",
            ("mean of persons", "0 …"),
            "personal distress at the decision",
            |condition| json!(condition.mean(Measure::PersonalDistress)),
        ),
        Column::new(
            "compassion",
            ("mean of persons", "0 …"),
            "compassion at the decision; no upper limit",
            |condition| json!(condition.mean(Measure::Compassion)),
        ),
        Column::new(
            "overwhelmed",
            ("share of persons", "0–1"),
            "personal distress exceeds compassion, each relative to its median in the norm scene, and the distress of three quarters of people there",
            |condition| json!(condition.overwhelmed),
        ),
    ];
    let wanted = |column: &SummaryColumn| over_parameters || !is_over_parameters(&column.name);
    columns.into_iter().filter(wanted).collect()
}

/// Whether a column is only there with plausible parameter sets.
fn is_over_parameters(name: &str) -> bool {
    name.contains("parameters_") || name.starts_with("new_study_")
}

fn new_study(condition: &ConditionSummary) -> Option<Interval> {
    condition.over_parameters.and_then(|over| over.new_study)
}

/// What `summary.json` says in tables of its own.
fn columns_of_the_table() -> [SummaryColumn; 6] {
    [
        Column::new(
            "empathy",
            ("share of persons", "0–1"),
            "share the feeling and understand it",
            |condition| empathy_states(condition)["empathy"].clone(),
        ),
        Column::new(
            "contagion",
            ("share of persons", "0–1"),
            "share the feeling and do not understand it",
            |condition| empathy_states(condition)["contagion"].clone(),
        ),
        Column::new(
            "theory_of_mind_alone",
            ("share of persons", "0–1"),
            "understand the feeling and do not share it",
            |condition| empathy_states(condition)["theory_of_mind_alone"].clone(),
        ),
        Column::new(
            "neither",
            ("share of persons", "0–1"),
            "neither share nor understand",
            |condition| empathy_states(condition)["neither"].clone(),
        ),
        Column::new(
            "observed_helped",
            ("persons or groups", "0 …"),
            "how many helped in the study or class",
            |condition| json!(counted(condition).map(|(helped, _)| helped)),
        ),
        Column::new(
            "observed_of",
            ("persons or groups", "1 …"),
            "of how many",
            |condition| json!(counted(condition).map(|(_, of)| of)),
        ),
    ]
}

/// The share of people in each of the states that the articles tell apart.
pub(super) fn empathy_states(condition: &ConditionSummary) -> Value {
    let people = condition.people.total();
    let share = |count: u64| (people > 0).then(|| count as f64 / people as f64);
    let states = condition.empathy_states;
    json!({
        "empathy": share(states.empathy),
        "contagion": share(states.contagion),
        "theory_of_mind_alone": share(states.theory_of_mind_alone),
        "neither": share(states.neither),
    })
}

/// By when half of those who help have decided, where such a unit is counted.
fn median_of(condition: &ConditionSummary, counted: fn(Unit) -> bool) -> Option<f64> {
    condition.latency_median_s.filter(|_| counted(condition.unit))
}

/// How many helped of how many, where that was counted.
fn counted(condition: &ConditionSummary) -> Option<(u64, u64)> {
    let count = condition.observed.iter().find_map(Observed::count)?;
    Some((count.successes, count.trials))
}

/// The factors of a condition in one cell.
fn levels(condition: &ConditionSummary) -> String {
    let factors = condition.factors.iter();
    let levels: Vec<String> = factors.map(|(factor, level)| format!("{factor}={level}")).collect();
    levels.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_over_parameter_sets_have_columns_only_where_there_are_some() {
        let names = |over_parameters| -> Vec<String> {
            columns(over_parameters)
                .iter()
                .map(|column| column.name.to_string())
                .collect()
        };
        let (plain, over_parameters) = (names(false), names(true));
        assert_eq!((plain.len(), over_parameters.len()), (31, 37));
        let more = over_parameters.iter().filter(|name| !plain.contains(name));
        assert!(more.into_iter().all(|name| is_over_parameters(name)));
    }
}

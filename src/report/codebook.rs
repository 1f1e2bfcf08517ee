//! What the columns of `people.csv` mean, and how to read it into other programs.

use super::people::{SCALES, STATES, state_name};
use crate::engine::records::Column;
use crate::model::agent::Trait;
use crate::summary::Summary;

/// File name of the codebook.
const CODEBOOK: &str = "people_codebook.csv";

/// File name of the import examples.
const IMPORT: &str = "how_to_read_people.txt";

/// The files that explain `people.csv`: name and content.
pub fn codebook() -> [(&'static str, String); 2] {
    [(CODEBOOK, table()), (IMPORT, IMPORT_TEXT.to_owned())]
}

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

/// One row for each column: its name, unit, range and meaning.
fn table() -> String {
    let mut rows = vec![
        row("condition", "", "text", "name of the condition"),
        row(
            "agent",
            "",
            "0 …",
            "number of the person; the same number is the same person in every condition of a replicate",
        ),
        row("replicate", "", "0 …", "number of the fresh population"),
        row(
            "group",
            "",
            "0 …",
            "number of the group of witnesses; empty where persons are counted one by one",
        ),
    ];
    for it in Trait::ALL {
        let meaning = format!("trait before training: {}", trait_meaning(it));
        rows.push(row(it.key(), "population SD from the norm", "any", &meaning));
    }
    for (scale, name, range) in SCALES
        .iter()
        .zip([
            ("Interpersonal Reactivity Index, Fantasy", "0–28"),
            ("Interpersonal Reactivity Index, Perspective Taking", "0–28"),
            ("Interpersonal Reactivity Index, Empathic Concern", "0–28"),
            ("Interpersonal Reactivity Index, Personal Distress", "0–28"),
            ("Emotion Regulation Questionnaire, Reappraisal", "1–7"),
            ("Emotion Regulation Questionnaire, Suppression", "1–7"),
        ])
        .map(|(scale, (name, range))| (*scale, name, range))
    {
        rows.push(row(
            scale,
            "points",
            range,
            &format!("{name}, before training, with measurement error"),
        ));
    }
    rows.push(row(
        "outcome",
        "",
        "helped, left, undecided, relieved, punished",
        "how the encounter ended; relieved: another member of the group helped",
    ));
    rows.push(row(
        "latency_s",
        "s",
        "0 … window",
        "time from the first cue to the outcome; empty if undecided",
    ));
    for it in STATES {
        let (unit, range, meaning) = state_meaning(it);
        rows.push(row(&state_name(it), unit, range, meaning));
    }
    rows.push(row(
        "amount",
        "units of the endowment",
        "0 … endowment",
        "what was given; empty where help is not a quantity",
    ));
    rows.push(row(
        "hours_practised",
        "h",
        "0 …",
        "hours practised before the scene: on average 64 % of those assigned",
    ));
    for it in Trait::ALL {
        let meaning = format!("what training has added to {}", it.key());
        rows.push(row(
            &format!("gain_{}", it.key()),
            "SD of the single encounter",
            "any",
            &meaning,
        ));
    }
    format!("column,unit,range,meaning\n{}", rows.concat())
}

fn row(name: &str, unit: &str, range: &str, meaning: &str) -> String {
    let cell = |text: &str| {
        if text.contains(',') {
            format!("\"{text}\"")
        } else {
            text.to_owned()
        }
    };
    format!("{name},{},{},{}\n", cell(unit), cell(range), cell(meaning))
}

fn trait_meaning(it: Trait) -> &'static str {
    match it {
        Trait::AffectiveSharing => "how strongly another's feeling is shared",
        Trait::MotorResonance => "how well expressions are read",
        Trait::PerspectiveTaking => "how well another's view is understood",
        Trait::SelfOtherDistinction => "how well own and other's feeling are kept apart",
        Trait::AttentionRegulation => "how well attention is steered",
        Trait::Reappraisal => "how well feelings are reframed",
        Trait::VagalTone => "how fast arousal comes down",
        Trait::CompassionMotive => "how readily compassion is felt",
        Trait::MalleabilityBelief => "the belief that empathy can be cultivated",
        Trait::LowMood => "depressive symptoms",
        Trait::NeedThreshold => "how much evidence it takes to see a need",
        Trait::ReadinessToAct => "how readily one acts, whatever one feels",
    }
}

/// Unit, range and meaning of a state at the decision, or at the end of the scene for who never decided.
fn state_meaning(it: Column) -> (&'static str, &'static str, &'static str) {
    match it {
        Column::LatencyS => ("s", "0 … window", "time of the decision"),
        Column::Attention => ("1", "0–1", "attention to the one in need, at the decision"),
        Column::AffectiveSharing => (
            "1",
            "0 …",
            "affective sharing (vicarious negative affect), at the decision",
        ),
        Column::PerspectiveTaking => (
            "1",
            "0 …",
            "understanding reached by perspective-taking, at the decision",
        ),
        Column::Reappraisal => ("1", "0 …", "reappraisal at work, at the decision"),
        Column::PersonalDistress => ("1", "0 …", "personal distress, at the decision"),
        Column::Compassion => ("1", "0 …", "compassion, at the decision; no upper limit"),
        Column::Indignation => ("1", "0 …", "indignation at whoever is to blame, at the decision"),
        Column::Help => ("1", "0 …", "tendency to help, at the decision; who reaches 1 helps"),
        Column::Leave => ("1", "0 …", "tendency to leave, at the decision; who reaches 1 leaves"),
        Column::Accuracy => ("1", "0–1", "empathic accuracy: how well the other's feeling is read"),
        Column::ResidualArousal => ("1", "0 …", "arousal that is left ten seconds after the scene"),
        Column::NegativeAffect => (
            "points",
            "0–10 and beyond",
            "rating of negative affect after the scene, from 0 to 10; measurement error can carry it beyond",
        ),
        Column::PositiveAffect => (
            "points",
            "0–10 and beyond",
            "rating of positive affect after the scene, from 0 to 10; measurement error can carry it beyond",
        ),
        Column::EmpathyRating => (
            "points",
            "0–10 and beyond",
            "rating of empathy after the scene, from 0 to 10; measurement error can carry it beyond",
        ),
        Column::TheoryOfMind => (
            "points",
            "0–10 and beyond",
            "rating of understanding after the scene, from 0 to 10; measurement error can carry it beyond",
        ),
    }
}

const IMPORT_TEXT: &str = r#"How to read people.csv: one row for each person and condition; people_codebook.csv says what each column means.
The same agent number is the same person with the same luck in every condition (of the same replicate).

R
  people <- read.csv("people.csv")
  aggregate(outcome == "helped" ~ condition, data = people, FUN = mean)

Python
  import pandas; people = pandas.read_csv("people.csv")
  print(people.assign(helped=people.outcome == "helped").groupby("condition").helped.mean())

jamovi
  Menu, Open, This PC: choose people.csv; the columns are recognised
  Analyses, Frequencies, Independent Samples: condition as rows, outcome as columns

JASP
  Menu, Open, Computer: choose people.csv; set condition and outcome to nominal
  Frequencies, Contingency Tables: condition as rows, outcome as columns
"#;

#[cfg(test)]
mod tests {
    use super::super::people::header;
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

    #[test]
    fn every_column_is_explained_in_the_order_of_the_table() {
        let header = String::from_utf8(header()).unwrap();
        let table = table();
        let mut reader = csv::Reader::from_reader(table.as_bytes());
        let explained: Vec<String> = reader.records().map(|it| it.unwrap()[0].to_owned()).collect();
        assert_eq!(explained, header.trim_end().split(',').collect::<Vec<_>>());
    }
}

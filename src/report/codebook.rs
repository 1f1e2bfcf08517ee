//! What the columns of `people.csv` mean, and how to read it into other programs.

use super::people::{SCALES, STATES, lived_measures, lived_name, state_name};
use crate::model::agent::Trait;

/// File name of the codebook.
const CODEBOOK: &str = "people_codebook.csv";

/// File name of the import examples.
const IMPORT: &str = "how_to_read_people.txt";

/// The files that explain `people.csv`: name and content.
pub fn codebook(has_weeks: bool) -> [(&'static str, String); 2] {
    [(CODEBOOK, table(has_weeks)), (IMPORT, IMPORT_TEXT.to_owned())]
}

/// One row for each column: its name, unit, range and meaning.
fn table(has_weeks: bool) -> String {
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
        let about = it.row();
        rows.push(row(&state_name(it), about.unit, about.range, about.meaning));
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
    if has_weeks {
        for it in lived_measures() {
            let about = it.row();
            let meaning = format!(
                "{}; empty where no weeks or encounters lie around the scene",
                about.meaning
            );
            rows.push(row(&lived_name(it), about.unit, about.range, &meaning));
        }
    }
    format!("column,unit,range,meaning\n{}", rows.concat())
}

/// A row of a codebook.
pub(super) fn row(name: &str, unit: &str, range: &str, meaning: &str) -> String {
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
    fn every_column_is_explained_in_the_order_of_the_table() {
        for has_weeks in [false, true] {
            let header = String::from_utf8(header(has_weeks)).unwrap();
            let table = table(has_weeks);
            let mut reader = csv::Reader::from_reader(table.as_bytes());
            let explained: Vec<String> = reader.records().map(|it| it.unwrap()[0].to_owned()).collect();
            assert_eq!(explained, header.trim_end().split(',').collect::<Vec<_>>());
            assert_eq!(header.contains(",burnout,"), has_weeks);
            let mut names = explained.clone();
            names.sort();
            names.dedup();
            assert_eq!(names.len(), explained.len(), "no two columns of one name");
        }
    }
}

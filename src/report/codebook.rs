//! How to read `people.csv` into other programs, and the codebook that its columns make.

use super::people::{Layout, columns};
use crate::registry::codebook;
use crate::wording::thousands;

/// File name of the codebook.
const CODEBOOK: &str = "people_codebook.csv";

/// File name of the import examples.
const IMPORT: &str = "how_to_read_people.txt";

/// The files that explain `people.csv`: name and content.
pub fn people_codebook(layout: &Layout) -> [(&'static str, String); 2] {
    [(CODEBOOK, codebook(&columns(layout))), (IMPORT, how_to_read(layout))]
}

/// What a row is, who has none, what the same number in two conditions means, and how other programs read the table.
fn how_to_read(layout: &Layout) -> String {
    let in_weeks = layout.moments > 1;
    let row = if in_weeks {
        "one row for each person, condition and week"
    } else {
        "one row for each person and condition"
    };
    let left_out = match layout.left_out() {
        None => "Everybody who is counted is in it.".to_owned(),
        Some((left_out, everybody)) => format!(
            "It has the first {} of {} people of each condition, as `--people` says; `--people all` writes everybody.",
            thousands(everybody - left_out),
            thousands(everybody)
        ),
    };
    let weeks = if in_weeks {
        "\nThe weeks of one condition are measurements of the same person with new luck, and questionnaires and ratings with new errors: they agree as a retest does."
    } else {
        ""
    };
    let (formula, by) = if in_weeks {
        ("condition + week", "[\"condition\", \"week\"]")
    } else {
        ("condition", "\"condition\"")
    };
    IMPORT_TEXT
        .replace("{row}", row)
        .replace("{left_out}", &left_out)
        .replace("{weeks}", weeks)
        .replace("{formula}", formula)
        .replace("{by}", by)
        .replace("{over}", if in_weeks { "condition BY week" } else { "condition" })
        .replace("{arms}", if in_weeks { "arm week" } else { "arm" })
        .replace("{variables}", &spss_variables(layout))
}

/// The columns with their types, as SPSS reads a table of text: names as they are, 255 letters for texts.
fn spss_variables(layout: &Layout) -> String {
    let columns = columns(layout);
    let variables = columns.iter().map(|column| {
        let kind = if column.range.starts_with("text") {
            "A255"
        } else {
            "F12.6"
        };
        format!("{} {kind}", column.name)
    });
    let all: Vec<String> = variables.collect();
    all.chunks(4).map(|some| format!("\n    {}", some.join(" "))).collect()
}

const IMPORT_TEXT: &str = r#"How to read people.csv: {row}; people_codebook.csv says what each column means.
{left_out}
The same agent number is the same person with the same luck in every condition (of the same replicate): what this person would have done there.
Conditions are counterfactuals, from which effects are taken, and no repeated measures: what somebody shows in two conditions goes together far more
closely than two measurements of a person do, because luck and errors are shared. `--as-study N` draws studies with people and luck of their own,
or of the same people with new luck and new errors, as `[study]` in the scenario says.{weeks}

R
  people <- read.csv("people.csv")
  aggregate(helped ~ {formula}, data = people, FUN = mean)

Python
  import pandas; people = pandas.read_csv("people.csv")
  print(people.groupby({by}).helped.mean())

  import polars; people = polars.read_csv("people.csv")
  print(people.group_by({by}, maintain_order=True).agg(polars.col("helped").mean()))

SPSS, PSPP
  GET DATA /TYPE=TXT /FILE="people.csv" /ENCODING="UTF8" /DELIMITERS="," /QUALIFIER='"' /FIRSTCASE=2
    /VARIABLES={variables}.
  MEANS TABLES=helped BY {over}.

Stata
  import delimited people.csv, clear
  encode condition, generate(arm)
  mean helped, over({arms})

Excel
  `--excel` writes people_excel.csv beside it, which opens by a double click where commas are decimal
  Elsewhere: Data, From Text/CSV: choose people.csv, File Origin 65001 (UTF-8), Comma

jamovi
  Menu, Open, This PC: choose people.csv; the columns are recognised
  Analyses, Frequencies, Independent Samples: condition as rows, outcome as columns

JASP
  Menu, Open, Computer: choose people.csv; set condition and outcome to nominal
  Frequencies, Contingency Tables: condition as rows, outcome as columns
"#;

#[cfg(test)]
mod tests {
    use super::super::people::{People, people_header};
    use super::*;
    use crate::engine::test_scenario;
    use crate::scenario::Timeline;

    #[test]
    fn columns_have_names_of_their_own_and_the_text_says_what_a_row_is() {
        for has_weeks in [false, true] {
            let mut scenario = test_scenario(&["one", "other"]);
            // One of them has the name of a column.
            scenario.conditions[0].factors = vec![("way_out".into(), "easy".into()), ("amount".into(), "small".into())];
            scenario.conditions[1].protocol.timeline = has_weeks.then(|| Timeline {
                weeks: 1.0,
                measure_at: vec![0.0, 1.0],
            });
            let layout = Layout::new(&scenario, People::First(10));
            let header = people_header(&layout);
            assert!(header.starts_with("condition,way_out,factor_amount,agent,"), "{header}");
            let mut names: Vec<String> = columns(&layout).iter().map(|column| column.name.to_string()).collect();
            assert_eq!(names.iter().any(|name| name == "burnout"), has_weeks);
            let all = names.len();
            names.sort();
            names.dedup();
            assert_eq!(names.len(), all);
            let told = how_to_read(&layout);
            assert!(
                told.contains("the first 10 of 10,000 people of each condition"),
                "{told}"
            );
            assert!(
                told.contains("counterfactuals") && told.contains("retest") == has_weeks,
                "{told}"
            );
        }
    }
}

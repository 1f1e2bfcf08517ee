//! How to read `people.csv` into other programs, and the codebook that its columns make.

use super::people::columns;
use crate::registry::codebook;

/// File name of the codebook.
const CODEBOOK: &str = "people_codebook.csv";

/// File name of the import examples.
const IMPORT: &str = "how_to_read_people.txt";

/// The files that explain `people.csv`: name and content.
pub fn people_codebook(has_weeks: bool) -> [(&'static str, String); 2] {
    [
        (CODEBOOK, codebook(&columns(has_weeks))),
        (IMPORT, IMPORT_TEXT.to_owned()),
    ]
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
    use super::*;

    #[test]
    fn no_two_columns_have_one_name() {
        for has_weeks in [false, true] {
            let mut names: Vec<String> = columns(has_weeks)
                .iter()
                .map(|column| column.name.to_string())
                .collect();
            assert_eq!(names.iter().any(|name| name == "burnout"), has_weeks);
            let all = names.len();
            names.sort();
            names.dedup();
            assert_eq!(names.len(), all);
        }
    }
}

//! The codebook of `comparison.csv`: its columns, and what stands in them in each section.

use crate::registry::{Column, Section, SectionRow, codebook};

/// File name of the codebook.
const CODEBOOK: &str = "comparison_codebook.csv";

/// The columns of comparison.csv.
pub(super) fn columns() -> [Column<()>; 11] {
    let column = |name: &'static str, unit, meaning: &'static str| Column::new(name, unit, meaning, ());
    [
        column("condition", ("", "text"), "the condition"),
        column("compared_with", ("", "text"), "the condition that it is compared with"),
        column(
            "section",
            ("", "text"),
            "what the row is about, explained below as `value in …`",
        ),
        column("of", ("", "text"), "of which trait, mechanism, path, measure or group"),
        column("value", ("of the section", "any"), "the number"),
        column(
            "lower",
            ("of the section", "any"),
            "lower limit of its 95 % interval; empty without one",
        ),
        column("upper", ("of the section", "any"), "upper limit"),
        column("n", ("people or groups", "0 …"), "how many are compared"),
        column("measure", ("", "text"), "the measure that the comparison is about"),
        column(
            "week",
            ("weeks", "0 …"),
            "when the condition was seen; empty without a timeline",
        ),
        column(
            "compared_with_week",
            ("weeks", "0 …"),
            "when the other was seen; empty without a timeline",
        ),
    ]
}

/// The file that explains comparison.csv: name and content.
pub fn comparison_codebook() -> (&'static str, String) {
    let sections = Section::ALL.into_iter().map(|section| {
        let SectionRow {
            key,
            in_json,
            unit,
            meaning,
        } = section.row();
        let under = if in_json.starts_with("differences") {
            ""
        } else {
            "comparison."
        };
        let meaning = format!("{meaning} (in summary.json: {under}{in_json})");
        Column::new(format!("value in {key}"), (unit, "any"), meaning, ())
    });
    (
        CODEBOOK,
        codebook(&columns().into_iter().chain(sections).collect::<Vec<_>>()),
    )
}

//! The codebook of `comparison.csv`: what writes a row names its section.

use crate::registry::{Section, SectionRow};

/// File name of the codebook.
const CODEBOOK: &str = "comparison_codebook.csv";

/// The file that explains comparison.csv: name and content.
pub fn comparison_codebook() -> (&'static str, String) {
    let mut text = String::from("section,in_summary_json,unit,meaning\n");
    for section in Section::ALL {
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
        text += &format!("{key},{under}{in_json},{unit},\"{meaning}\"\n");
    }
    (CODEBOOK, text)
}

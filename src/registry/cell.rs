//! Names and other texts as cells of a table.

use super::columns::quoted;
use std::borrow::Cow;

/// What a codebook says of a column of names.
pub const NAME: &str = "text; a leading apostrophe belongs to the table where one of = + - @ ' follows";

/// A text that no spreadsheet takes for a formula: one that begins as formulas do gets an apostrophe in front, and so does one that begins with an
/// apostrophe, so that all of them can be told apart. Numbers are never passed through here.
///
/// # Source
///
/// OWASP, CSV injection: cells that begin with = + - @ (in either width), a tab or a carriage return.
pub fn text_cell(text: &str) -> Cow<'_, str> {
    let formula = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n', '\''];
    if text.starts_with(formula) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// A [`text_cell`] in quotes where it would break the table.
pub fn name_cell(text: &str) -> String {
    quoted(&text_cell(text)).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_is_a_formula_and_all_names_can_be_told_apart() {
        for (name, cell) in [
            ("plain", "plain"),
            ("a = b", "a = b"),
            ("−0.5 SD", "−0.5 SD"),
            ("=1+2", "'=1+2"),
            ("+49 30", "'+49 30"),
            ("-2", "'-2"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("＝1", "'＝1"),
            ("\t=1", "'\t=1"),
            ("'=1+2", "''=1+2"),
        ] {
            assert_eq!(text_cell(name), cell);
        }
        let cmd = "=cmd|' /C calc'!A1, \"now\"";
        assert_eq!(name_cell(cmd), "\"'=cmd|' /C calc'!A1, \"\"now\"\"\"");
    }
}

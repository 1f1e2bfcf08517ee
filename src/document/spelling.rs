//! Names that look the same.

use unicode_normalization::UnicodeNormalization;

/// A name as a person reads it: two names of one spelling cannot be told apart in a table or chart.
///
/// Compatibility characters are composed (NFKC of Unicode Standard Annex 15), characters that Unicode calls default-ignorable are left
/// out, and blanks of any kind and number count as one space between words. Capitals stay capitals.
pub fn spelling(name: &str) -> String {
    let visible: String = name.nfkc().filter(|character| !is_invisible(*character)).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a character has no form of its own (`Default_Ignorable_Code_Point` of the Unicode Character Database).
fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::spelling;

    #[test]
    fn what_looks_the_same_is_spelt_the_same() {
        for (one, other) in [
            ("easy escape", "easy  escape"),
            ("easy escape", " easy\u{a0}escape "),
            ("caf\u{e9}", "cafe\u{301}"),
            ("finest", "\u{fb01}nest"),
            ("alone", "al\u{200b}one\u{feff}"),
            ("\u{1112}\u{1161}\u{11ab}", "\u{d55c}"),
        ] {
            assert_eq!(spelling(one), spelling(other), "{one:?} {other:?}");
        }
        for (one, other) in [("a", "A"), ("a b", "ab"), ("a-b", "a b"), ("\u{e9}", "e")] {
            assert_ne!(spelling(one), spelling(other), "{one:?} {other:?}");
        }
    }
}

//! The citation keys of a `literature.bib`, and what readers are shown instead of them.

use std::collections::{BTreeMap, BTreeSet};

/// Where the files of published studies lie, by their keys.
const PUBLISHED: &str = "scenarios/published/";

/// The literature that the program comes with.
const SHIPPED: &str = include_str!("../../scenarios/literature.bib");

/// Authors and year by citation key, as a sentence names a work: `Gleichgerrcht & Decety 2013`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Works(BTreeMap<String, String>);

impl Works {
    /// Those of the literature that the program comes with.
    pub fn shipped() -> Self {
        Self::new(SHIPPED)
    }

    /// The works of BibTeX text that name an author and a year, each field on a line of its own.
    pub fn new(text: &str) -> Self {
        let mut works = BTreeMap::new();
        let (mut key, mut authors) = (None, None);
        for line in text.lines().map(str::trim) {
            if let Some((_, rest)) = line.strip_prefix('@').and_then(|rest| rest.split_once('{')) {
                (key, authors) = (rest.split(',').next().map(str::trim), None);
            } else if let Some((field, value)) = line.split_once('=') {
                let value = value.trim().trim_end_matches(',');
                let value = value
                    .strip_prefix('{')
                    .and_then(|it| it.strip_suffix('}'))
                    .unwrap_or(value);
                match (field.trim(), key, &authors) {
                    ("author", ..) => authors = Some(authors_in_words(value)),
                    ("year", Some(key), Some(authors)) => {
                        works.insert(key.to_owned(), format!("{authors} {value}"));
                    }
                    _ => {}
                }
            }
        }
        Self(works)
    }

    /// Authors and year of a work; of a study that is a part of it, `latanedarley1968_1`, those of the work and which part it is.
    pub fn name_of(&self, key: &str) -> Option<String> {
        let of_a_part = || {
            let (work, part) = key.split_once('_')?;
            Some(format!("{} ({part})", self.0.get(work)?))
        };
        self.0.get(key).cloned().or_else(of_a_part)
    }

    /// The citation keys that stand in a text, each with what it names.
    pub fn named_in<'t>(&self, text: &'t str) -> Vec<(&'t str, String)> {
        let words = text.split(|letter: char| !may_stand_in_a_key(letter));
        words.filter_map(|word| Some((word, self.name_of(word)?))).collect()
    }

    /// A text with authors and year in place of citation keys.
    pub fn in_words(&self, text: &str) -> String {
        let (mut told, mut rest) = (String::new(), text);
        while let Some(start) = rest.find(may_stand_in_a_key) {
            let (before, from) = rest.split_at(start);
            let end = from.find(|letter| !may_stand_in_a_key(letter)).unwrap_or(from.len());
            let (word, after) = from.split_at(end);
            told += before;
            rest = after;
            let Some(name) = self.name_of(word) else {
                told += word;
                continue;
            };
            // Of the file of a published study as well.
            if let Some(before) = told.strip_suffix(PUBLISHED) {
                told.truncate(before.len());
                rest = after.strip_prefix(".toml").unwrap_or(after);
            }
            told += &name;
        }
        told + rest
    }
}

fn may_stand_in_a_key(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// One or two authors by name, the first of several: BibTeX's `{Darley and Batson}`.
fn authors_in_words(authors: &str) -> String {
    let all: Vec<String> = authors.split(" and ").map(plain).collect();
    match &all[..] {
        [one] => one.clone(),
        [one, other] if other != "others" => format!("{one} & {other}"),
        _ => format!("{} et al.", all[0]),
    }
}

/// A name without BibTeX's braces and accents.
fn plain(name: &str) -> String {
    const ACCENTED: [(&str, &str); 3] = [("{\\\"o}", "ö"), ("{\\'a}", "á"), ("{\\'e}", "é")];
    let letters = ACCENTED.iter().fold(name.trim().to_owned(), |name, (written, letter)| {
        name.replace(written, letter)
    });
    letters.replace(['{', '}'], "")
}

/// The citation keys of a BibTeX file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bibliography {
    /// Where it was found, as messages show it.
    pub path: String,
    keys: BTreeSet<String>,
}

impl Bibliography {
    /// Takes the keys from BibTeX text: `@type{key,` at the beginning of a line.
    pub fn new(path: impl Into<String>, text: &str) -> Self {
        let keys = text
            .lines()
            .filter_map(|line| {
                let (kind, rest) = line.trim_start().strip_prefix('@')?.split_once(['{', '('])?;
                let kind = kind.trim().to_ascii_lowercase();
                let is_entry = !matches!(&*kind, "comment" | "string" | "preamble");
                let key = rest.split(',').next()?.trim();
                (is_entry && !key.is_empty()).then(|| key.to_owned())
            })
            .collect();
        Self {
            path: path.into(),
            keys,
        }
    }

    /// Whether a key is there.
    pub fn contains(&self, key: &str) -> bool {
        self.keys.contains(key)
    }

    /// All keys, sorted.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::{Bibliography, Works};

    #[test]
    fn every_work_that_ships_has_authors_and_a_year_without_markup() {
        let works = Works::shipped();
        let keys = Bibliography::new("literature.bib", super::SHIPPED);
        for key in keys.keys() {
            let name = works
                .name_of(key)
                .unwrap_or_else(|| panic!("{key} has no authors or no year"));
            assert!(!name.contains(['{', '}', '\\', '"']), "{key}: {name}");
            assert!(name.ends_with(|letter: char| letter.is_ascii_digit()), "{key}: {name}");
        }
        for (key, name) in [
            ("gleichgerrcht2013", "Gleichgerrcht & Decety 2013"),
            ("klimecki2014", "Klimecki et al. 2014"),
            ("weng2013", "Weng et al. 2013"),
            ("boeckler2018", "Böckler et al. 2018"),
            ("latanedarley1968_1", "Latané & Darley 1968 (1)"),
            ("tvbm2016", "Teding van Berkhout & Malouff 2016"),
        ] {
            assert_eq!(works.name_of(key).as_deref(), Some(name));
        }
    }

    #[test]
    fn keys_in_a_text_become_names_and_all_else_stays() {
        let works = Works::shipped();
        for (text, told) in [
            (
                "as seen (batson1981; klimecki2014).",
                "as seen (Batson et al. 1981; Klimecki et al. 2014).",
            ),
            (
                "condon2013_1, scenarios/published/condon2013.toml.",
                "Condon et al. 2013 (1), Condon et al. 2013.",
            ),
            (
                "mybatson1981, batson1981x and nobody2001",
                "mybatson1981, batson1981x and nobody2001",
            ),
            ("", ""),
        ] {
            assert_eq!(works.in_words(text), told);
        }
    }

    #[test]
    fn entries_are_found_and_everything_else_is_not() {
        let text = "@article{batson1981,\n  title = {Is empathic},\n  note = {me@home, later}\n}\n\
                    @comment{old, x}\n@string{jpsp = \"J\"}\n  @Book( eisenberg1998 , title = {x})\n";
        let bibliography = Bibliography::new("literature.bib", text);
        assert_eq!(bibliography.keys().collect::<Vec<_>>(), ["batson1981", "eisenberg1998"]);
        assert!(bibliography.contains("batson1981") && !bibliography.contains("old"));
    }
}

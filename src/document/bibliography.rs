//! The citation keys of a `literature.bib`.

use std::collections::BTreeSet;

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
    use super::Bibliography;

    #[test]
    fn entries_are_found_and_everything_else_is_not() {
        let text = "@article{batson1981,\n  title = {Is empathic},\n  note = {me@home, later}\n}\n\
                    @comment{old, x}\n@string{jpsp = \"J\"}\n  @Book( eisenberg1998 , title = {x})\n";
        let bibliography = Bibliography::new("literature.bib", text);
        assert_eq!(bibliography.keys().collect::<Vec<_>>(), ["batson1981", "eisenberg1998"]);
        assert!(bibliography.contains("batson1981") && !bibliography.contains("old"));
    }
}

//! What may stand in a file: one [`Key`] for each key, from which reader, reference and schema follow.

use std::fmt;

/// One key of a file: the only place where its type, range, unit, default and meaning are written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Key {
    /// Path from the top of the file; lists of tables are one segment, `<trait>` stands for any trait.
    pub path: &'static str,
    /// Type and range.
    pub kind: Kind,
    /// Unit; empty for what has none.
    pub unit: &'static str,
    /// What holds without it, as TOML; `None` if nothing does.
    pub default: Option<&'static str>,
    /// Whether its table is incomplete without it.
    pub required: bool,
    /// The key of the same table without which it says nothing.
    pub needs: Option<&'static str>,
    /// What it means.
    pub meaning: &'static str,
    /// What its values stand for, separated by ` · `; empty if the meaning says it all.
    pub anchors: &'static str,
}

/// Type and range of a value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// One line of text, not empty.
    Line,
    /// Text of any length and form.
    Prose,
    /// `true` or `false`.
    Flag,
    /// A finite number.
    Number(Interval),
    /// A list of finite numbers.
    Numbers(Interval),
    /// A whole number between two others.
    Count(u64, u64),
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A list of these words, none twice.
    Choices(&'static [&'static str]),
    /// A list of lines.
    Lines,
    /// A table of freely named lines.
    Labels,
    /// A table, whose keys follow.
    Table,
    /// A list of tables, whose keys follow.
    Tables,
    /// A table, or a list of such tables.
    TableOrTables,
    /// A table with the keys of another one.
    Like(&'static str),
    /// A table of freely named tables, each with the keys of one of these.
    Named(&'static [&'static str]),
}

/// An interval of finite numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// Whether the lower end itself is outside.
    pub above_low: bool,
}

/// A closed set of words in files.
pub trait Choice: Copy + PartialEq + 'static {
    /// The words, in the order of [`Choice::VALUES`].
    const WORDS: &'static [&'static str];
    /// What they stand for.
    const VALUES: &'static [Self];

    /// What a word stands for.
    fn from_word(word: &str) -> Option<Self> {
        let at = Self::WORDS.iter().position(|it| *it == word)?;
        Self::VALUES.get(at).copied()
    }

    /// The word that stands for this.
    fn word(self) -> &'static str {
        Self::VALUES
            .iter()
            .zip(Self::WORDS)
            .find(|(value, _)| **value == self)
            .map_or("", |(_, word)| word)
    }
}

impl Interval {
    /// Every finite number.
    pub const FINITE: Self = Self::closed(f64::MIN, f64::MAX);

    /// All numbers from `low` to `high`, both included.
    pub const fn closed(low: f64, high: f64) -> Self {
        Self {
            low,
            high,
            above_low: false,
        }
    }

    /// All numbers above `low` up to `high`.
    pub const fn above(low: f64, high: f64) -> Self {
        Self {
            low,
            high,
            above_low: true,
        }
    }

    /// Whether a number lies in it; NaN does not.
    pub fn contains(&self, value: f64) -> bool {
        let high_enough = if self.above_low {
            value > self.low
        } else {
            value >= self.low
        };
        high_enough && value <= self.high
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let open = if self.above_low { '(' } else { '[' };
        write!(formatter, "{open}{}, {}]", self.low, self.high)
    }
}

impl fmt::Display for Kind {
    /// Type and range as they complete "must be …".
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line => formatter.write_str("a line of text"),
            Self::Prose => formatter.write_str("text"),
            Self::Flag => formatter.write_str("true or false"),
            Self::Number(Interval::FINITE) => formatter.write_str("a finite number"),
            Self::Numbers(Interval::FINITE) => formatter.write_str("a list of finite numbers"),
            Self::Number(interval) => write!(formatter, "a number in {interval}"),
            Self::Numbers(interval) => write!(formatter, "a list of numbers in {interval}"),
            Self::Count(low, u64::MAX) => write!(formatter, "a whole number from {low} on"),
            Self::Count(low, high) => write!(formatter, "a whole number in [{low}, {high}]"),
            Self::Choice(words) => write!(formatter, "one of {}", words.join(", ")),
            Self::Choices(words) => write!(formatter, "a list of some of {}", words.join(", ")),
            Self::Lines => formatter.write_str("a list of texts"),
            Self::Labels => formatter.write_str("a table of texts"),
            Self::Named(_) => formatter.write_str("a table of named tables"),
            Self::Table | Self::Like(_) => formatter.write_str("a table"),
            Self::Tables => formatter.write_str("a list of tables"),
            Self::TableOrTables => formatter.write_str("a table, or a list of tables"),
        }
    }
}

impl Key {
    /// A key without unit, default and anchors.
    pub const fn new(path: &'static str, kind: Kind, meaning: &'static str) -> Self {
        Self {
            path,
            kind,
            unit: "",
            default: None,
            required: false,
            needs: None,
            meaning,
            anchors: "",
        }
    }

    /// In this unit.
    #[must_use]
    pub const fn unit(mut self, unit: &'static str) -> Self {
        self.unit = unit;
        self
    }

    /// With this value, as TOML, where a file says nothing.
    #[must_use]
    pub const fn default(mut self, default: &'static str) -> Self {
        self.default = Some(default);
        self
    }

    /// Its table is incomplete without it.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// It says nothing without another key of its table.
    #[must_use]
    pub const fn needs(mut self, other: &'static str) -> Self {
        self.needs = Some(other);
        self
    }

    /// What values stand for.
    #[must_use]
    pub const fn anchors(mut self, anchors: &'static str) -> Self {
        self.anchors = anchors;
        self
    }

    /// The last segment of the path.
    pub fn name(&self) -> &'static str {
        self.path.rsplit('.').next().unwrap_or(self.path)
    }

    /// Whether it stands in the table at this path; empty for the top.
    pub fn is_child_of(&self, path: &str) -> bool {
        let rest = match path {
            "" => Some(self.path),
            _ => self.path.strip_prefix(path).and_then(|it| it.strip_prefix('.')),
        };
        rest.is_some_and(|it| !it.contains('.'))
    }

    /// The path of the table it stands in; empty at the top.
    pub fn parent(&self) -> &'static str {
        self.path.rsplit_once('.').map_or("", |(parent, _)| parent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_knows_its_ends() {
        let closed = Interval::closed(0.0, 1.0);
        assert!(closed.contains(0.0) && closed.contains(1.0));
        let above = Interval::above(0.0, 1.0);
        assert!(!above.contains(0.0) && above.contains(1e-300));
        for outside in [-1e-9, 1.000_001, f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert!(!closed.contains(outside), "{outside}");
        }
        assert_eq!(closed.to_string(), "[0, 1]");
        assert_eq!(above.to_string(), "(0, 1]");
    }

    #[test]
    fn a_path_has_a_name_and_a_parent() {
        let key = Key::new("condition.training.hours", Kind::Table, "");
        assert_eq!((key.parent(), key.name()), ("condition.training", "hours"));
        assert!(key.is_child_of("condition.training"));
        for other in [
            "",
            "condition",
            "condition.train",
            "condition.training.hours",
            "ition.training",
        ] {
            assert!(!key.is_child_of(other), "{other}");
        }
        let top = Key::new("title", Kind::Line, "");
        assert_eq!(top.parent(), "");
        assert!(top.is_child_of(""));
    }
}

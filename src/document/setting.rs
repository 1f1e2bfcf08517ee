//! What a key can be set to, read and shown in the same way for every type.

use super::key::Choice;
use super::problem::Problem;
use super::section::Section;

/// A setting as it is shown: what was read under a key.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Setting<'a> {
    /// A number.
    Number(f64),
    /// A whole number.
    Count(u32),
    /// Yes or no.
    Flag(bool),
    /// One of the words of a closed set, the usual one first.
    Word(&'static str, &'static [&'static str]),
    /// Free text.
    Text(&'a str),
}

/// A type that a key can have.
pub trait Settable: Sized {
    /// What a table says under a key, if it says anything that can be had; what is wrong becomes a problem.
    fn read(table: &Section<'_>, name: &str, problems: &mut Vec<Problem>) -> Option<Self>;

    /// The setting as it is shown.
    fn setting(&self) -> Setting<'_>;
}

impl Settable for f64 {
    fn read(table: &Section<'_>, name: &str, problems: &mut Vec<Problem>) -> Option<Self> {
        table.number(name, problems)
    }

    fn setting(&self) -> Setting<'_> {
        Setting::Number(*self)
    }
}

impl Settable for u32 {
    fn read(table: &Section<'_>, name: &str, problems: &mut Vec<Problem>) -> Option<Self> {
        table.count_u32(name, problems)
    }

    fn setting(&self) -> Setting<'_> {
        Setting::Count(*self)
    }
}

impl Settable for bool {
    fn read(table: &Section<'_>, name: &str, problems: &mut Vec<Problem>) -> Option<Self> {
        table.flag(name, problems)
    }

    fn setting(&self) -> Setting<'_> {
        Setting::Flag(*self)
    }
}

impl Settable for String {
    fn read(table: &Section<'_>, name: &str, problems: &mut Vec<Problem>) -> Option<Self> {
        table.text(name, problems).map(str::to_owned)
    }

    fn setting(&self) -> Setting<'_> {
        Setting::Text(self)
    }
}

impl<C: Choice> Settable for C {
    fn read(table: &Section<'_>, name: &str, problems: &mut Vec<Problem>) -> Option<Self> {
        table.choice(name, problems)
    }

    fn setting(&self) -> Setting<'_> {
        Setting::Word(self.word(), C::WORDS)
    }
}

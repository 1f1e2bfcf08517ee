//! TOML documents in which every value knows its place, and messages that show it.
//!
//! A file is read in three steps, each of which reports *all* it finds:
//!
//! 1. [`Source`]: the text, with the arguments of `--set` behind it, in one space of byte offsets.
//! 2. [`parse`]: the text as a tree of [`Value`]s with spans; syntax problems.
//! 3. [`Section`]: one table, read against a list of [`Key`]s; unknown keys, wrong types and ranges.
//!
//! Whatever is wrong becomes a [`Problem`]; [`Problems`] renders them with line, column and caret.
//! Nothing here knows what a scenario is: parameter files are read the same way.

mod bibliography;
mod checked;
mod key;
mod nearest;
mod nesting;
mod problem;
mod section;
mod setting;
mod slips;
mod source;
mod spelling;
mod tree;

pub use bibliography::{Bibliography, Works};
pub use checked::LONGEST_LINE;
pub use key::{Choice, Interval, Key, Kind};
pub use nearest::nearest;
pub use problem::{Colour, Note, Problem, Problems};
pub use section::Section;
pub use setting::{Settable, Setting};
pub use source::{Place, Source, Unreadable};
pub use spelling::spelling;
pub use tree::{Data, Entry, Table, Value, key_and_value, parse};

/// A range of byte offsets in a [`Source`].
pub type Span = std::ops::Range<usize>;

/// A key as it stands in a sentence: `self_other_distinction` becomes `self–other distinction`, and a questionnaire scale is called as in the field.
pub fn in_words(key: &str) -> String {
    key.replace("self_other", "self–other")
        .replace("self_reported", "self-reported")
        .replace("top_down", "top-down")
        .replace("iri_fs", "IRI Fantasy")
        .replace("iri_pt", "IRI Perspective Taking")
        .replace("iri_ec", "IRI Empathic Concern")
        .replace("iri_pd", "IRI Personal Distress")
        .replace("erq_reappraisal", "ERQ Reappraisal")
        .replace("erq_suppression", "ERQ Suppression")
        .replace('_', " ")
}

/// Text from a file as it may stand in a one-line message: at most 60 characters, nothing invisible.
pub fn shown(text: &str) -> String {
    const LONGEST: usize = 60;
    let mut shown: String = text
        .chars()
        .take(LONGEST)
        .map(|it| {
            if it.is_control() {
                char::REPLACEMENT_CHARACTER
            } else {
                it
            }
        })
        .collect();
    if text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    shown
}

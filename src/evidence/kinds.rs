//! What kind of situation each study is about: so that whole kinds can be left out of a fit.
//!
//! A table `kinds.csv` beside the scenario files says it once for each of them. The kinds are told apart by what the method section describes, and by
//! nothing that came out.

use crate::document::Choice;
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// The name of the table.
pub const TABLE: &str = "kinds.csv";

/// A kind of situation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Somebody is in danger, hurt, or being robbed, here and now.
    Emergency,
    /// Something small has gone wrong for somebody who does not ask.
    EverydayNeed,
    /// Somebody asks for something.
    Request,
    /// Something of one's own, or in one's gift, for somebody who is not met.
    Gift,
    /// Somebody's suffering is watched or overheard from a place of one's own.
    VictimWatched,
}

impl Choice for Kind {
    const WORDS: &'static [&'static str] = &["emergency", "everyday_need", "request", "gift", "victim_watched"];
    const VALUES: &'static [Self] = &[
        Self::Emergency,
        Self::EverydayNeed,
        Self::Request,
        Self::Gift,
        Self::VictimWatched,
    ];
}

/// What is wrong with a table of kinds.
#[derive(Debug, thiserror::Error)]
pub enum KindError {
    /// It is not such a table.
    #[error("cannot read the kinds of studies in `{}`", table.display())]
    Table {
        /// The table.
        table: PathBuf,
        /// Where and why.
        source: csv::Error,
    },
    /// A word that is no kind.
    #[error("`{}` gives `{study}` the kind `{word}`, and there are {}", table.display(), Kind::WORDS.join(", "))]
    Word {
        /// The table.
        table: PathBuf,
        /// The study.
        study: String,
        /// What stands there.
        word: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    study: String,
    kind: String,
}

/// The kind of each study that a table names: the stem of its file, and its kind.
///
/// # Errors
///
/// If it is not such a table.
pub fn read(table: &Path) -> Result<Vec<(String, Kind)>, KindError> {
    let wrong = |source| KindError::Table {
        table: table.to_owned(),
        source,
    };
    let mut reader = csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .from_path(table)
        .map_err(wrong)?;
    let mut kinds = Vec::new();
    for row in reader.deserialize() {
        let Row { study, kind } = row.map_err(wrong)?;
        let kind = Kind::from_word(&kind).ok_or_else(|| KindError::Word {
            table: table.to_owned(),
            study: study.clone(),
            word: kind.clone(),
        })?;
        kinds.push((study, kind));
    }
    Ok(kinds)
}

//! Shards, joined: the same bytes as if all had been run in one go.

use super::sweep_folder::{PROVENANCE, SAME, SweepWork, shard_of};
use super::whole_points::whole_points;
use crate::report::SWEEP_TABLE;
use serde_json::Value;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What of the work may differ between its shards.
const SHARD: &str = "/shard";

/// Shards of one work, in order, none missing.
#[derive(Debug)]
pub struct Shards {
    /// What the first of them says of itself.
    pub first: Value,
    /// Where the shards are, in order.
    pub places: Vec<PathBuf>,
}

/// Why shards cannot be joined.
#[derive(Debug, thiserror::Error)]
pub enum MergeError {
    /// There is nothing to join in a folder.
    #[error("`{}` holds no shard: it has no {what}", place.display())]
    NoShard {
        /// The folder.
        place: PathBuf,
        /// What is missing.
        what: &'static str,
    },
    /// A shard has not come to its end.
    #[error("`{}` is not finished; give its command again, and it goes on where it was", .0.display())]
    Unfinished(PathBuf),
    /// Two shards of different work.
    #[error("`{}` and `{}` are not parts of one whole: the first is {what} {first_value}, the second {other_value}", first.display(), other.display())]
    Other {
        /// A shard.
        first: PathBuf,
        /// Another one.
        other: PathBuf,
        /// In what they differ.
        what: &'static str,
        /// What the first has.
        first_value: String,
        /// What the other has.
        other_value: String,
    },
    /// One shard twice.
    #[error("`{}` and `{}` are both shard {number}/{of}; leave one out", first.display(), second.display())]
    Twice {
        /// A folder.
        first: PathBuf,
        /// Another one.
        second: PathBuf,
        /// Number of the shard.
        number: u32,
        /// How many there are.
        of: u32,
    },
    /// Shards that are not there.
    #[error("of {of} shards {} missing: {}; run {} with `--shard I/{of}`", are(.missing.len()), .missing.join(", "), them(.missing.len()))]
    Missing {
        /// Their numbers.
        missing: Vec<String>,
        /// How many there are.
        of: u32,
    },
    /// What a shard was run of is another thing now.
    #[error(
        "the shards were run {what} {then}, and `{}` is {now} now; join them where it is as it was", path.display()
    )]
    Changed {
        /// The file.
        path: PathBuf,
        /// In what it differs.
        what: &'static str,
        /// What it was.
        then: String,
        /// What it is.
        now: String,
    },
    /// Shards of something that cannot be joined.
    #[error("`{}` does not say how its command was given, so that it cannot be joined", .0.display())]
    NoCommand(PathBuf),
    /// A table that does not hold what its shard should.
    #[error("`{}` does not hold all of its shard, so it was changed by something else; run the shard anew with `--force`", .0.display())]
    Damaged(PathBuf),
    /// The system refused.
    #[error("cannot read `{}`", path.display())]
    System {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

fn are(count: usize) -> &'static str {
    if count == 1 { "one is" } else { "some are" }
}

fn them(count: usize) -> &'static str {
    if count == 1 { "it" } else { "them" }
}

impl Shards {
    /// Sees whether these folders hold all shards of one work.
    ///
    /// # Errors
    ///
    /// [`MergeError`] says which of them do not.
    pub fn find(places: &[PathBuf]) -> Result<Self, MergeError> {
        let mut all: Vec<([u32; 2], Value, &PathBuf)> = Vec::new();
        for place in places {
            let json = provenance_of(place)?;
            if json["finished"] != Value::Bool(true) {
                return Err(match json.get("finished") {
                    Some(_) => MergeError::Unfinished(place.clone()),
                    None => MergeError::NoShard {
                        place: place.clone(),
                        what: "provenance.json of a shard",
                    },
                });
            }
            if let Some((_, first, first_place)) = all.first() {
                same(first_place, first, place, &json)?;
            }
            all.push((shard_of(&json).unwrap_or([1, 1]), json, place));
        }
        all.sort_by_key(|(shard, ..)| *shard);
        let Some(([_, of], first, _)) = all.first() else {
            return Err(MergeError::Missing {
                missing: vec!["1".to_owned()],
                of: 1,
            });
        };
        let of = *of;
        for two in all.windows(2) {
            let [([number, _], _, first), (second_number, _, second)] = [&two[0], &two[1]];
            if *number == second_number[0] {
                return Err(MergeError::Twice {
                    first: (*first).clone(),
                    second: (*second).clone(),
                    number: *number,
                    of,
                });
            }
        }
        let is_there = |wanted: &u32| all.iter().any(|([number, _], ..)| number == wanted);
        let missing: Vec<String> = (1..=of)
            .filter(|wanted| !is_there(wanted))
            .map(|number| number.to_string())
            .collect();
        if !missing.is_empty() {
            return Err(MergeError::Missing { missing, of });
        }
        Ok(Self {
            first: first.clone(),
            places: all.iter().map(|(_, _, place)| (*place).clone()).collect(),
        })
    }

    /// The whole sweep of which these are the shards; none if they are of something else.
    pub fn sweep(&self) -> Option<SweepWork> {
        let work = SweepWork::from_json(&self.first)?;
        Some(SweepWork { shard: None, ..work })
    }

    /// The rows of shard number `at` of a sweep, counted from 0, without their header.
    ///
    /// # Errors
    ///
    /// If it does not hold what it should.
    pub fn rows(&self, whole: &SweepWork, at: usize, header: &str) -> Result<Vec<u8>, MergeError> {
        let path = self.places[at].join(SWEEP_TABLE);
        let bytes = fs::read(&path).map_err(|source| MergeError::System {
            path: path.clone(),
            source,
        })?;
        #[expect(clippy::cast_possible_truncation, reason = "as many as there are folders")]
        let work = SweepWork {
            shard: Some([at as u32 + 1, self.places.len() as u32]),
            ..whole.clone()
        };
        if whole_points(&bytes, header, &work.range()) {
            Ok(bytes[header.len()..].to_vec())
        } else {
            Err(MergeError::Damaged(path))
        }
    }
}

/// Refuses two shards of different work.
fn same(first: &Path, one: &Value, other: &Path, two: &Value) -> Result<(), MergeError> {
    // Whether they are parts of as many shards.
    let of = |json: &Value| {
        json.pointer(SHARD)
            .and_then(|shard| Some(shard.as_str()?.split('/').nth(1)?.to_owned()))
    };
    let told = |json: &Value, at: &str| json.pointer(at).map_or("none".to_owned(), |value| format!("`{value}`"));
    let differs = SAME.iter().find(|(at, _)| match *at {
        SHARD => of(one) != of(two),
        at => one.pointer(at) != two.pointer(at),
    });
    match differs {
        None => Ok(()),
        Some((at, what)) => Err(MergeError::Other {
            first: first.to_owned(),
            other: other.to_owned(),
            what,
            first_value: told(one, at),
            other_value: told(two, at),
        }),
    }
}

fn provenance_of(place: &Path) -> Result<Value, MergeError> {
    let missing = || MergeError::NoShard {
        place: place.to_owned(),
        what: PROVENANCE,
    };
    let text = fs::read_to_string(place.join(PROVENANCE)).map_err(|_| missing())?;
    serde_json::from_str(&text).map_err(|_| missing())
}

//! The folder of a sweep: a table that grows point by point, and says after any interruption where to go on.

use super::replace::UNNAMED;
use super::tables::{TableForm, write_tables};
use super::whole_points::{Kept, Unread, kept};
use super::{FolderError, replace};
use crate::report::Provenance;
use crate::report::SWEEP_TABLE;
use crate::report::pretty;
use crate::wording::thousands;
use serde_json::{Value, json};
use std::fs;
use std::io::{self, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

/// File that says what a folder is the sweep of.
pub(super) const PROVENANCE: &str = "provenance.json";

/// What makes a sweep another one, and how that is told.
pub(super) const SAME: [(&str, &str); 9] = [
    ("/version", "made with version"),
    ("/scenario_sha256", "of a scenario file whose text has the SHA-256"),
    ("/parameters/sha256", "made with parameters whose text has the SHA-256"),
    ("/seed", "made with seed"),
    ("/agents", "of so many people per condition:"),
    ("/replicates", "of so many populations:"),
    ("/sweep", "of other points or measures:"),
    ("/part", "of other work:"),
    ("/shard", "of shard"),
];

/// A sweep: which file, how, over which points, and which part of it.
#[derive(Debug, Clone, PartialEq)]
pub struct SweepWork {
    /// Where the results come from.
    pub provenance: Provenance,
    /// What is varied, as it was written.
    pub vary: Vec<String>,
    /// Changes of the file that hold for all points, as they were written.
    pub set: Vec<String>,
    /// How ranges are laid out: number of points and design; none where there are none.
    pub design: Option<(u32, String)>,
    /// Keys of the measures.
    pub measures: Vec<String>,
    /// All points.
    pub points: u64,
    /// The part of it, such as 3 of 8; all of it where there is none.
    pub shard: Option<[u32; 2]>,
}

/// What becomes of something else that is in the place of a sweep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Others {
    /// It stays, and the sweep is refused.
    Stay,
    /// It is replaced.
    Replaced,
}

/// Why a sweep cannot be written, gone on with or joined.
#[derive(Debug, thiserror::Error)]
pub enum SweepFolderError {
    /// The folder cannot be written.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// Another sweep is in the place.
    #[error(
        "`{}` holds other results: {what} {old}, where this has {new}; choose another place with `--out DIR`, or replace it with `--force`",
        path.display()
    )]
    Other {
        /// The folder.
        path: PathBuf,
        /// In what they differ.
        what: &'static str,
        /// What is there.
        old: String,
        /// What is asked for.
        new: String,
    },
    /// Somebody else writes it.
    #[error("`{}` is being written by another run; wait for it, or choose another place with `--out DIR`", path.display())]
    Busy {
        /// The table.
        path: PathBuf,
    },
    /// The table was changed.
    #[error(
        "line {line} of `{}` does not go on where the line before it ends, so it was changed by something else; begin anew with `--force`, or choose another place with `--out DIR`",
        path.display()
    )]
    Damaged {
        /// The table.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
    },
}

/// The share of a shard in points or pieces, such as the third of eight.
pub(super) fn share(of_all: u64, [number, of]: [u32; 2]) -> Range<u64> {
    // In 128 bits: ten million points times a number of shards.
    let border = |number: u32| (u128::from(of_all) * u128::from(number) / u128::from(of)) as u64;
    border(number - 1)..border(number)
}

/// The shard that a folder says it holds; none where it holds all.
pub(super) fn shard_of(json: &Value) -> Option<[u32; 2]> {
    let (number, of) = json.get("shard")?.as_str()?.split_once('/')?;
    let parts: [u32; 2] = [number.parse().ok()?, of.parse().ok()?];
    (1..=parts[1]).contains(&parts[0]).then_some(parts)
}

impl SweepWork {
    /// The points of its part.
    pub fn range(&self) -> Range<u64> {
        share(self.points, self.shard.unwrap_or([1, 1]))
    }

    /// What was written of a sweep; none if it is none.
    pub fn from_json(json: &Value) -> Option<Self> {
        let texts = |at: &str| -> Option<Vec<String>> { serde_json::from_value(json.pointer(at)?.clone()).ok() };
        let design = |design: &Value| {
            let points = u32::try_from(design.get("points")?.as_u64()?).ok()?;
            Some((points, design.get("design")?.as_str()?.to_owned()))
        };
        Some(Self {
            provenance: serde_json::from_value(json.clone()).ok()?,
            vary: texts("/sweep/vary")?,
            set: texts("/sweep/set")?,
            design: json.pointer("/sweep/design").and_then(design),
            measures: texts("/sweep/measures")?,
            points: json.pointer("/sweep/points")?.as_u64()?,
            shard: shard_of(json),
        })
    }

    fn json(&self, finished: bool) -> Value {
        let mut json = json!(self.provenance);
        json["sweep"] = json!({
            "vary": self.vary,
            "set": self.set,
            "design": self.design.as_ref().map(|(points, design)| json!({ "points": points, "design": design })),
            "measures": self.measures,
            "points": self.points,
        });
        json["shard"] = json!(self.shard.map(|[number, of]| format!("{number}/{of}")));
        json["finished"] = json!(finished);
        json
    }
}

/// A folder in which a sweep is being written.
#[derive(Debug)]
pub struct SweepFolder {
    place: PathBuf,
    work: SweepWork,
    table: fs::File,
    next: u64,
}

impl SweepFolder {
    /// Begins a sweep, or goes on with it where it was left.
    ///
    /// # Errors
    ///
    /// If the place holds something else, unless `others` says that it may be replaced; if the system refuses.
    pub fn begin(place: &Path, work: SweepWork, header: &str, others: Others) -> Result<Self, SweepFolderError> {
        let here = |name: &str| place.join(name);
        let system = |path: PathBuf, source: io::Error| FolderError::System { path, source };
        let is_same = is_same(place, &work.json(false), others)?;
        let path = here(SWEEP_TABLE);
        let mut table = locked(&path)?;
        let range = work.range();
        let Kept { bytes, next } = if is_same {
            kept(&mut table, header, &range).map_err(|error| match error {
                Unread::System(error) => system(path.clone(), error).into(),
                Unread::Damaged(line) => SweepFolderError::Damaged {
                    path: path.clone(),
                    line,
                },
            })?
        } else {
            Kept {
                bytes: 0,
                next: range.start,
            }
        };
        // Before anything stands in the table, so that whenever it is killed the folder says what it is or holds nothing.
        replace(&here(PROVENANCE), &pretty(&work.json(false)))?;
        let begin = |table: &mut fs::File| {
            table.set_len(bytes)?;
            table.seek(SeekFrom::End(0))?;
            if bytes == 0 {
                table.write_all(header.as_bytes())
            } else {
                Ok(())
            }
        };
        begin(&mut table).map_err(|error| system(path.clone(), error))?;
        Ok(Self {
            place: place.to_owned(),
            work,
            table,
            next,
        })
    }

    /// Begins the table anew.
    ///
    /// # Errors
    ///
    /// If the system refuses.
    pub fn clear(&mut self, header: &str) -> Result<(), SweepFolderError> {
        let clear = |table: &mut fs::File| {
            table.set_len(0)?;
            table.seek(SeekFrom::Start(0))?;
            table.write_all(header.as_bytes())
        };
        clear(&mut self.table).map_err(|source| FolderError::System {
            path: self.place.join(SWEEP_TABLE),
            source,
        })?;
        self.next = self.work.range().start;
        Ok(())
    }

    /// The points that are still to be run.
    pub fn missing(&self) -> Range<u64> {
        self.next..self.work.range().end
    }

    /// Where it is.
    pub fn place(&self) -> &Path {
        &self.place
    }

    /// Adds all rows of the next point.
    ///
    /// # Errors
    ///
    /// If the system refuses, for instance because the disk is full; what was written of the point is written anew when the sweep goes on.
    pub fn append(&mut self, rows: &[u8]) -> Result<(), SweepFolderError> {
        let written = self.table.write_all(rows);
        written.map_err(|source| FolderError::System {
            path: self.place.join(SWEEP_TABLE),
            source,
        })?;
        self.next += 1;
        Ok(())
    }

    /// The table from its beginning.
    ///
    /// # Errors
    ///
    /// If the system refuses.
    pub fn table(&self) -> Result<fs::File, SweepFolderError> {
        let path = self.place.join(SWEEP_TABLE);
        fs::File::open(&path).map_err(|source| FolderError::System { path, source }.into())
    }

    /// Writes a file beside the table.
    ///
    /// # Errors
    ///
    /// If the system refuses.
    pub fn write(&self, name: &str, content: &[u8]) -> Result<(), SweepFolderError> {
        Ok(replace(&self.place.join(name), content)?)
    }

    /// Writes the table once more.
    ///
    /// # Errors
    ///
    /// If the system refuses.
    pub fn also_as(&self, form: TableForm) -> Result<(), SweepFolderError> {
        let written = write_tables(&self.place, form);
        written.map_err(|source| {
            let path = self.place.clone();
            FolderError::System { path, source }.into()
        })
    }

    /// Says that all points are there.
    ///
    /// # Errors
    ///
    /// If the system refuses.
    pub fn finish(self) -> Result<PathBuf, SweepFolderError> {
        self.write(PROVENANCE, &pretty(&self.work.json(true)))?;
        Ok(self.place)
    }
}

/// Whether a folder holds nothing, or no more than what was killed before it could say what it is: empty files, and such as were about to get
/// their names, which are taken away.
fn has_nothing_yet(place: &Path) -> bool {
    let Ok(entries) = fs::read_dir(place).and_then(Iterator::collect::<io::Result<Vec<_>>>) else {
        return false;
    };
    let is_unnamed = |entry: &fs::DirEntry| entry.file_name().to_string_lossy().starts_with(UNNAMED);
    let is_nothing = |entry: &fs::DirEntry| {
        let is_empty = |file: fs::Metadata| file.is_file() && file.len() == 0;
        is_unnamed(entry) || entry.metadata().is_ok_and(is_empty)
    };
    let has_nothing = entries.iter().all(is_nothing);
    if has_nothing {
        for entry in entries.iter().filter(|entry| is_unnamed(entry)) {
            // Whether it goes or stays, it says nothing.
            let _ = fs::remove_file(entry.path());
        }
    }
    has_nothing
}

/// Opens a file that only one run writes at a time.
pub(super) fn locked(path: &Path) -> Result<fs::File, SweepFolderError> {
    let mut options = fs::File::options();
    let options = options.read(true).write(true).create(true).truncate(false);
    let file = options.open(path).map_err(|source| FolderError::System {
        path: path.to_owned(),
        source,
    })?;
    // A file system without locks only loses this refusal.
    if matches!(file.try_lock(), Err(fs::TryLockError::WouldBlock)) {
        return Err(SweepFolderError::Busy { path: path.to_owned() });
    }
    Ok(file)
}

/// Makes a folder, if need be, and says whether it holds a part of the same work already; refuses one that holds something else.
pub(super) fn is_same(place: &Path, wanted: &Value, others: Others) -> Result<bool, SweepFolderError> {
    if fs::metadata(place).is_ok_and(|place| !place.is_dir()) {
        return Err(FolderError::IsFile { path: place.to_owned() }.into());
    }
    fs::create_dir_all(place).map_err(|source| FolderError::System {
        path: place.to_owned(),
        source,
    })?;
    let read = fs::read_to_string(place.join(PROVENANCE)).ok();
    let Some(there): Option<Value> = read.and_then(|text| serde_json::from_str(&text).ok()) else {
        return match has_nothing_yet(place) || others == Others::Replaced {
            true => Ok(false),
            false => Err(FolderError::Unknown { path: place.to_owned() }.into()),
        };
    };
    let differs = SAME.iter().find(|(at, _)| there.pointer(at) != wanted.pointer(at));
    match differs {
        None => Ok(true),
        Some(_) if others == Others::Replaced => Ok(false),
        Some((at, what)) => {
            let told = |json: &Value| json.pointer(at).map_or("none".to_owned(), |value| format!("`{value}`"));
            Err(SweepFolderError::Other {
                path: place.to_owned(),
                what,
                old: told(&there),
                new: told(wanted),
            })
        }
    }
}

/// How a stopped sweep says how far it is.
pub fn sweep_progress(what: &str, done: &Range<u64>, all: &Range<u64>) -> String {
    let [done, all] = [done.start - all.start, all.end - all.start].map(thousands);
    format!("{done} of {all} {what} are there, and the same command goes on from them")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whenever it is killed while it begins, it begins again; what somebody else has put there stays.
    #[test]
    fn a_folder_that_was_killed_while_it_began_is_begun_anew() {
        let begin = |before: &[(&str, &str)]| {
            let folder = tempfile::tempdir().unwrap();
            for (name, content) in before {
                fs::write(folder.path().join(name), content).unwrap();
            }
            let begun = SweepFolder::begin(folder.path(), work(3, 1, 1), "point\n", Others::Stay).is_ok();
            let mut names: Vec<String> = fs::read_dir(folder.path())
                .unwrap()
                .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
                .collect();
            names.sort();
            (begun, names)
        };
        let whole = [PROVENANCE.to_owned(), SWEEP_TABLE.to_owned()].to_vec();
        assert_eq!(begin(&[]), (true, whole.clone()));
        assert_eq!(begin(&[(SWEEP_TABLE, "")]), (true, whole.clone()));
        assert_eq!(begin(&[(SWEEP_TABLE, ""), (".tmpA1", "{ \"torn")]), (true, whole));
        assert_eq!(begin(&[("thesis.txt", "mine")]), (false, vec!["thesis.txt".to_owned()]));
    }

    fn work(points: u64, number: u32, of: u32) -> SweepWork {
        SweepWork {
            provenance: Provenance::default(),
            vary: Vec::new(),
            set: Vec::new(),
            design: None,
            measures: Vec::new(),
            points,
            shard: Some([number, of]),
        }
    }

    #[test]
    fn shards_share_all_points() {
        for (points, of) in [(10, 3), (3, 8), (10_000_000, 7), (1, 1)] {
            let range = |number| work(points, number, of).range();
            assert_eq!(range(1).start, 0);
            assert_eq!(range(of).end, points);
            assert!((1..of).all(|number| range(number).end == range(number + 1).start));
        }
    }
}

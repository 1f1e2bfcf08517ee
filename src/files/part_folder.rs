//! The folder of a part of a run: what the people of its pieces have yielded, written as it comes, and gone on with after any interruption.
//!
//! ```text
//! pieces.bin = frames; frame = first piece, piece after the last (8 bytes each), length (4 bytes), gzip of what the run wrote
//! ```

use super::shards::MergeError;
use super::sweep_folder::{Others, PROVENANCE, SweepFolderError, is_same, locked, shard_of, share};
use super::{FolderError, replace};
use crate::report::Provenance;
use crate::report::pretty;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use std::fs;
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

/// The file with what people have yielded.
const PIECES: &str = "pieces.bin";

/// A frame is no longer than this, packed and unpacked: a length that says otherwise is no length.
const LONGEST: u64 = 1 << 32;

/// What is run in parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartOf {
    /// A run.
    Run,
    /// A plan.
    Plan,
    /// A validation.
    Validation,
    /// The walkers of a calibration.
    Calibration,
    /// The points of a sensitivity, in one go.
    Sensitivity,
}

impl PartOf {
    const ALL: [Self; 5] = [
        Self::Run,
        Self::Plan,
        Self::Validation,
        Self::Calibration,
        Self::Sensitivity,
    ];

    const fn key(self) -> &'static str {
        match self {
            Self::Run => "run",
            Self::Plan => "plan",
            Self::Validation => "validation",
            Self::Calibration => "calibration",
            Self::Sensitivity => "sensitivity",
        }
    }

    /// What a folder says that it holds a part of; none if it holds none.
    pub fn from_json(json: &Value) -> Option<Self> {
        let key = json.pointer("/part/of")?.as_str()?;
        Self::ALL.into_iter().find(|part| part.key() == key)
    }
}

/// A part: of what, and which.
#[derive(Debug, Clone)]
pub struct PartWork {
    /// Of what.
    pub of: PartOf,
    /// Where the results come from.
    pub provenance: Provenance,
    /// What else is asked of the run.
    pub asked: String,
    /// All pieces.
    pub pieces: u64,
    /// Which part, such as 3 of 8.
    pub shard: [u32; 2],
}

impl PartWork {
    /// The pieces of the part.
    pub fn range(&self) -> Range<u64> {
        share(self.pieces, self.shard)
    }

    fn json(&self, finished: bool) -> Value {
        let mut json = json!(self.provenance);
        json["part"] = json!({ "of": self.of.key(), "asked": self.asked, "pieces": self.pieces });
        let [number, of] = self.shard;
        json["shard"] = json!(format!("{number}/{of}"));
        json["finished"] = json!(finished);
        json
    }
}

/// A folder in which a part is being written.
#[derive(Debug)]
pub struct PartFolder {
    place: PathBuf,
    work: PartWork,
    pieces: fs::File,
    next: u64,
}

impl PartFolder {
    /// Begins a part, or goes on with it where it was left.
    ///
    /// # Errors
    ///
    /// If the place holds something else, unless `others` says that it may be replaced; if the system refuses.
    pub fn begin(place: &Path, work: PartWork, others: Others) -> Result<Self, SweepFolderError> {
        let is_same = is_same(place, &work.json(false), others)?;
        let path = place.join(PIECES);
        let mut pieces = locked(&path)?;
        let range = work.range();
        let (bytes, next) = if is_same {
            whole(&mut pieces, &range)
        } else {
            (0, range.start)
        };
        replace(&place.join(PROVENANCE), &pretty(&work.json(false)))?;
        let begin = |file: &mut fs::File| file.set_len(bytes).and_then(|()| file.seek(SeekFrom::End(0)));
        begin(&mut pieces).map_err(|source| FolderError::System { path, source })?;
        Ok(Self {
            place: place.to_owned(),
            work,
            pieces,
            next,
        })
    }

    /// The pieces that are still to be run.
    pub fn missing(&self) -> Range<u64> {
        self.next..self.work.range().end
    }

    /// Adds what the next pieces have yielded.
    ///
    /// # Errors
    ///
    /// If the system refuses, for instance because the disk is full; what was written of them is written anew when the part goes on.
    pub fn append(&mut self, pieces: Range<u64>, bytes: &[u8]) -> Result<(), SweepFolderError> {
        let written = frame(&pieces, bytes).and_then(|frame| self.pieces.write_all(&frame));
        written.map_err(|source| FolderError::System {
            path: self.place.join(PIECES),
            source,
        })?;
        self.next = pieces.end;
        Ok(())
    }

    /// What the pieces that are there have yielded, frame by frame.
    ///
    /// # Errors
    ///
    /// If the system refuses.
    pub fn yielded(&self) -> Result<Vec<Vec<u8>>, SweepFolderError> {
        let path = self.place.join(PIECES);
        let file = fs::File::open(&path).map_err(|source| FolderError::System { path, source })?;
        let mut reader = BufReader::new(file);
        let mut all = Vec::new();
        while let Some((pieces, bytes, _)) = next_frame(&mut reader) {
            all.push(bytes);
            if pieces.end >= self.next {
                break;
            }
        }
        Ok(all)
    }

    /// Takes the folder away: what it held a part of is written elsewhere.
    ///
    /// # Errors
    ///
    /// If the system refuses.
    pub fn remove(self) -> Result<(), SweepFolderError> {
        drop(self.pieces);
        let removed = fs::remove_dir_all(&self.place);
        removed.map_err(|source| {
            FolderError::System {
                path: self.place.clone(),
                source,
            }
            .into()
        })
    }

    /// Writes a file beside it.
    ///
    /// # Errors
    ///
    /// If the system refuses.
    pub fn write(&self, name: &str, content: &[u8]) -> Result<(), SweepFolderError> {
        Ok(replace(&self.place.join(name), content)?)
    }

    /// Says that all of the part is there.
    ///
    /// # Errors
    ///
    /// If the system refuses.
    pub fn finish(self) -> Result<PathBuf, SweepFolderError> {
        self.write(PROVENANCE, &pretty(&self.work.json(true)))?;
        Ok(self.place)
    }
}

fn frame(pieces: &Range<u64>, bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(bytes)?;
    let packed = packed.finish()?;
    let length = u32::try_from(packed.len()).map_err(io::Error::other)?;
    let mut frame = Vec::with_capacity(packed.len() + 20);
    frame.extend(pieces.start.to_le_bytes());
    frame.extend(pieces.end.to_le_bytes());
    frame.extend(length.to_le_bytes());
    frame.extend(packed);
    Ok(frame)
}

/// The next frame: its pieces, what it holds, and how long it is in the file; none where none is whole. What was torn or changed does not unpack
/// to what its checksum says.
fn next_frame(file: &mut impl Read) -> Option<(Range<u64>, Vec<u8>, u64)> {
    let mut head = [0; 20];
    file.read_exact(&mut head).ok()?;
    let number = |at: usize| head[at..at + 8].try_into().ok().map(u64::from_le_bytes);
    let length = u64::from(u32::from_le_bytes(head[16..].try_into().ok()?));
    let mut packed = Vec::new();
    file.take(length).read_to_end(&mut packed).ok()?;
    let mut bytes = Vec::new();
    GzDecoder::new(&packed[..]).take(LONGEST).read_to_end(&mut bytes).ok()?;
    let is_whole = packed.len() as u64 == length;
    is_whole.then_some((number(0)?..number(8)?, bytes, 20 + length))
}

/// How many bytes of a file are whole frames, one after the other from the first piece on, and which piece comes next.
fn whole(file: &mut fs::File, range: &Range<u64>) -> (u64, u64) {
    let mut reader = BufReader::with_capacity(1 << 20, file);
    let (mut bytes, mut next) = (0, range.start);
    while let Some((pieces, _, length)) = next_frame(&mut reader) {
        if pieces.start != next || pieces.is_empty() || pieces.end > range.end {
            break;
        }
        (bytes, next) = (bytes + length, pieces.end);
    }
    (bytes, next)
}

/// What all pieces of some parts have yielded, in the order of the parts.
pub fn pieces_of(
    places: &[PathBuf],
    whole: &Value,
) -> Result<impl Iterator<Item = Result<Vec<u8>, MergeError>>, MergeError> {
    let all = whole
        .pointer("/part/pieces")
        .and_then(Value::as_u64)
        .unwrap_or_default();
    let of = shard_of(whole).map_or(1, |[_, of]| of);
    let mut parts = Vec::new();
    for (number, place) in (1..=of).zip(places) {
        let path = place.join(PIECES);
        let file = fs::File::open(&path).map_err(|source| MergeError::System {
            path: path.clone(),
            source,
        })?;
        parts.push((path, BufReader::with_capacity(1 << 20, file), share(all, [number, of])));
    }
    let mut parts = parts.into_iter();
    let mut now = parts.next();
    Ok(std::iter::from_fn(move || {
        loop {
            let (path, file, left) = now.as_mut()?;
            if left.is_empty() {
                now = parts.next();
                continue;
            }
            return Some(match next_frame(file) {
                Some((pieces, bytes, _)) if pieces.start == left.start && pieces.end <= left.end => {
                    left.start = pieces.end;
                    Ok(bytes)
                }
                _ => {
                    *left = 0..0;
                    Err(MergeError::Damaged(path.clone()))
                }
            });
        }
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn work(shard: [u32; 2]) -> PartWork {
        PartWork {
            of: PartOf::Run,
            provenance: Provenance::default(),
            asked: String::new(),
            pieces: 8,
            shard,
        }
    }

    /// At whatever byte the file ends, what is kept is whole frames, and the piece that comes next is the one behind them.
    #[test]
    fn a_part_torn_at_any_byte_is_gone_on_with_from_a_whole_frame() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("part");
        let frames = [(2..3, &b"one"[..]), (3..4, b"two two two")];
        let mut part = PartFolder::begin(&place, work([2, 4]), Others::Stay).unwrap();
        for (pieces, bytes) in &frames {
            part.append(pieces.clone(), bytes).unwrap();
        }
        part.finish().unwrap();
        let bytes = fs::read(place.join(PIECES)).unwrap();
        let first = frame(&frames[0].0, frames[0].1).unwrap().len();
        for end in 0..=bytes.len() {
            fs::write(place.join(PIECES), &bytes[..end]).unwrap();
            let part = PartFolder::begin(&place, work([2, 4]), Others::Stay).unwrap();
            let whole = usize::from(end >= first) + usize::from(end == bytes.len());
            assert_eq!(part.missing(), [2, 3, 4][whole]..4, "after {end} bytes");
            let yielded = part.yielded().unwrap();
            assert!(yielded.iter().zip(&frames).all(|(got, (_, bytes))| got == bytes));
            assert_eq!(yielded.len(), whole);
        }
    }

    /// A changed byte anywhere is noticed: what is behind it is run anew, and never joined.
    #[test]
    fn a_changed_byte_is_never_joined() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("part");
        let mut part = PartFolder::begin(&place, work([1, 1]), Others::Stay).unwrap();
        part.append(0..8, b"what people have yielded").unwrap();
        part.finish().unwrap();
        let bytes = fs::read(place.join(PIECES)).unwrap();
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 0x10;
            fs::write(place.join(PIECES), &changed).unwrap();
            let joined: Vec<_> = pieces_of(std::slice::from_ref(&place), &work([1, 1]).json(true))
                .unwrap()
                .collect();
            let same = joined.len() == 1 && joined[0].as_ref().is_ok_and(|got| got == b"what people have yielded");
            // The head of gzip has bytes that say nothing of what is packed.
            assert!(same || joined.iter().any(Result::is_err), "byte {at}");
        }
    }
}

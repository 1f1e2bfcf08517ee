//! How much of the table of a sweep is whole: what an interruption or another hand has left of it.

use std::io::{self, BufRead, BufReader, Read};
use std::ops::Range;

/// How much of a table is whole, and which point comes next.
pub(super) struct Kept {
    /// How much of it is whole.
    pub(super) bytes: u64,
    /// The point that comes next.
    pub(super) next: u64,
}

/// Why a table cannot be gone on with.
pub(super) enum Unread {
    /// The system refuses.
    System(io::Error),
    /// A line is none of its own.
    Damaged(usize),
}

impl From<io::Error> for Unread {
    fn from(error: io::Error) -> Self {
        Self::System(error)
    }
}

/// What of a table is kept: all points but the last that is there, which may be torn.
pub(super) fn kept(table: impl Read, header: &str, range: &Range<u64>) -> Result<Kept, Unread> {
    let mut reader = BufReader::with_capacity(1 << 20, table);
    let mut line = Vec::new();
    let mut at = reader.read_until(b'\n', &mut line)? as u64;
    if line != header.as_bytes() {
        let torn = header.as_bytes().starts_with(&line) && !line.ends_with(b"\n");
        return match torn {
            true => Ok(Kept {
                bytes: 0,
                next: range.start,
            }),
            false => Err(Unread::Damaged(1)),
        };
    }
    let mut kept = Kept {
        bytes: at,
        next: range.start,
    };
    let mut last = None;
    for number in 2.. {
        line.clear();
        let length = reader.read_until(b'\n', &mut line)? as u64;
        if length == 0 || !line.ends_with(b"\n") {
            break;
        }
        let digits = line.split(|byte| *byte == b',').next().unwrap_or_default();
        let point = std::str::from_utf8(digits)
            .ok()
            .and_then(|digits| digits.parse::<u64>().ok());
        let goes_on = match (last, point) {
            (Some(last), Some(point)) => point == last || point == last + 1,
            (None, Some(point)) => point == range.start,
            (_, None) => false,
        };
        let Some(point) = point.filter(|point| goes_on && range.contains(point)) else {
            return Err(Unread::Damaged(number));
        };
        if last != Some(point) {
            kept = Kept { bytes: at, next: point };
            last = Some(point);
        }
        at += length;
    }
    Ok(kept)
}

/// Whether a table holds all points of a range, each with whole lines.
pub(super) fn whole_points(table: &[u8], header: &str, range: &Range<u64>) -> bool {
    let is_empty = range.is_empty() && table == header.as_bytes();
    let ends = table.ends_with(b"\n") && table.starts_with(header.as_bytes());
    is_empty || ends && kept(table, header, range).is_ok_and(|kept| kept.next + 1 == range.end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    const HEADER: &str = "point,a,condition\n";

    fn kept_of(text: &str, range: Range<u64>) -> Result<(u64, u64), usize> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("t.csv");
        fs::write(&path, text).unwrap();
        match kept(fs::File::open(&path).unwrap(), HEADER, &range) {
            Ok(Kept { bytes, next }) => Ok((bytes, next)),
            Err(Unread::Damaged(line)) => Err(line),
            Err(Unread::System(error)) => panic!("{error}"),
        }
    }

    /// At whatever byte a table ends, what is kept is whole points, and the point that comes next is the one behind them.
    #[test]
    fn a_table_torn_at_any_byte_is_gone_on_with_from_a_whole_point() {
        let rows = ["5,x,a\n5,x,b\n", "6,y,a\n6,y,b\n", "7,z,a\n"];
        let whole = format!("{HEADER}{}", rows.concat());
        for end in 0..=whole.len() {
            let (bytes, next) = kept_of(&whole[..end], 5..8).unwrap();
            let expected = match end {
                _ if end < HEADER.len() => (0, 5),
                _ => {
                    let starts = [0, rows[0].len(), rows[0].len() + rows[1].len()].map(|start| HEADER.len() + start);
                    // A point is there as soon as its first line is.
                    let last = starts.iter().rposition(|start| end >= start + 6).unwrap_or(0);
                    (starts[last] as u64, 5 + last as u64)
                }
            };
            assert_eq!((bytes, next), expected, "after {end} bytes");
        }
    }

    #[test]
    fn a_table_that_was_changed_is_not_gone_on_with() {
        let of = |rows: &str| kept_of(&format!("{HEADER}{rows}"), 5..8);
        assert_eq!(of("6,y,a\n"), Err(2), "the first point is missing");
        assert_eq!(of("5,x,a\n7,y,a\n"), Err(3), "one is missing");
        assert_eq!(of("5,x,a\nnonsense\n"), Err(3));
        assert_eq!(of("5,x,a\n6,x,a\n7,x,a\n8,x,a\n"), Err(5), "beyond the last");
        assert_eq!(kept_of("other\n", 5..8), Err(1));
    }
}

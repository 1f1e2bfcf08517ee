//! Tables as Parquet: the columns of the CSV file, numbers as 64-bit floating point, everything else as text, empty cells as nulls.
//!
//! ```text
//! file   = "PAR1", row groups, footer, length of the footer (4 bytes), "PAR1"
//! column = one page: header, gzip of (length, levels: 1 where there is a value), (values, plain)
//! ```
//!
//! # Source
//!
//! Apache Parquet format 2.9: file layout, `parquet.thrift`, plain encoding, RLE of levels; Apache Thrift compact protocol for headers and footer.

use csv::StringRecord;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::{self, Write};
use std::path::Path;

/// Rows that are held in memory at once.
const ROWS: usize = 1 << 16;

const MAGIC: &[u8; 4] = b"PAR1";

/// Types of `parquet.thrift`, and other of its numbers.
const DOUBLE: i64 = 5;
const BYTE_ARRAY: i64 = 6;
const OPTIONAL: i64 = 1;
const UTF8: i64 = 0;
const PLAIN: i64 = 0;
const RLE: i64 = 3;
const GZIP: i64 = 2;

/// Types of the compact protocol.
const I32: u8 = 5;
const I64: u8 = 6;
const BINARY: u8 = 8;
const LIST: u8 = 9;
const STRUCT: u8 = 12;

/// A column: its name, and whether it holds text.
struct Kind {
    name: String,
    is_text: bool,
}

/// Where a column of a row group lies in the file.
struct Chunk {
    offset: i64,
    unpacked: i64,
    packed: i64,
}

/// Writes a table whose columns of these names are texts.
pub(super) fn write_parquet(table: &Path, texts: &[String], to: &mut impl Write) -> io::Result<()> {
    let kinds = kinds(table, texts)?;
    to.write_all(MAGIC)?;
    let mut offset = MAGIC.len() as i64;
    let mut groups: Vec<(i64, Vec<Chunk>)> = Vec::new();
    let mut rows: Vec<StringRecord> = Vec::new();
    let mut reader = csv::Reader::from_path(table)?;
    let mut records = reader.records();
    loop {
        let next = records.next().transpose()?;
        let is_last = next.is_none();
        rows.extend(next);
        if rows.len() == ROWS || is_last && !rows.is_empty() {
            let mut chunks = Vec::with_capacity(kinds.len());
            for (number, kind) in kinds.iter().enumerate() {
                let (page, unpacked) = page(&rows, number, kind)?;
                to.write_all(&page)?;
                let packed = page.len() as i64;
                chunks.push(Chunk {
                    offset,
                    unpacked,
                    packed,
                });
                offset += packed;
            }
            groups.push((rows.len() as i64, chunks));
            rows.clear();
        }
        if is_last {
            break;
        }
    }
    let footer = footer(&kinds, &groups);
    to.write_all(&footer)?;
    to.write_all(&u32::try_from(footer.len()).map_err(io::Error::other)?.to_le_bytes())?;
    to.write_all(MAGIC)
}

/// The columns of a table; what is not called text is that as soon as a cell is no number.
fn kinds(table: &Path, texts: &[String]) -> io::Result<Vec<Kind>> {
    let mut reader = csv::Reader::from_path(table)?;
    let kind = |name: &str| Kind {
        name: name.to_owned(),
        is_text: texts.iter().any(|text| text == name),
    };
    let mut kinds: Vec<Kind> = reader.headers()?.iter().map(kind).collect();
    let mut row = StringRecord::new();
    while reader.read_record(&mut row)? {
        for (kind, cell) in kinds.iter_mut().zip(&row) {
            kind.is_text |= !cell.is_empty() && cell.parse::<f64>().is_err();
        }
    }
    Ok(kinds)
}

/// The page of a column with its header, and how long that would be if it were not packed.
fn page(rows: &[StringRecord], column: usize, kind: &Kind) -> io::Result<(Vec<u8>, i64)> {
    let cell = |row: &StringRecord| row.get(column).unwrap_or_default().to_owned();
    let mut levels = Vec::new();
    let mut values = Vec::new();
    let mut run: Option<(u64, bool)> = None;
    let mut push_run = |run: Option<(u64, bool)>| {
        if let Some((length, is_there)) = run {
            push_varint(&mut levels, length << 1);
            levels.push(u8::from(is_there));
        }
    };
    for row in rows {
        let cell = cell(row);
        let is_there = !cell.is_empty();
        run = match run {
            Some((length, same)) if same == is_there => Some((length + 1, same)),
            other => {
                push_run(other);
                Some((1, is_there))
            }
        };
        if !is_there {
            continue;
        }
        if kind.is_text {
            let length = u32::try_from(cell.len()).map_err(io::Error::other)?;
            values.extend(length.to_le_bytes());
            values.extend(cell.as_bytes());
        } else {
            let number: f64 = cell.parse().map_err(io::Error::other)?;
            values.extend(number.to_le_bytes());
        }
    }
    push_run(run);
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(&u32::try_from(levels.len()).map_err(io::Error::other)?.to_le_bytes())?;
    packed.write_all(&levels)?;
    packed.write_all(&values)?;
    let packed = packed.finish()?;
    let unpacked = 4 + levels.len() as i64 + values.len() as i64;
    let mut header = Compact::default();
    header.number(1, I32, 0);
    header.number(2, I32, unpacked);
    header.number(3, I32, packed.len() as i64);
    header.begin(5);
    header.number(1, I32, rows.len() as i64);
    header.number(2, I32, PLAIN);
    header.number(3, I32, RLE);
    header.number(4, I32, RLE);
    header.end();
    header.end();
    let mut page = header.bytes;
    let unpacked = unpacked + page.len() as i64;
    page.extend(packed);
    Ok((page, unpacked))
}

/// What the file holds, and where.
fn footer(kinds: &[Kind], groups: &[(i64, Vec<Chunk>)]) -> Vec<u8> {
    let physical = |kind: &Kind| if kind.is_text { BYTE_ARRAY } else { DOUBLE };
    let mut file = Compact::default();
    file.number(1, I32, 1);
    file.list(2, STRUCT, kinds.len() + 1);
    file.element();
    file.text(4, "table");
    file.number(5, I32, kinds.len() as i64);
    file.end();
    for kind in kinds {
        file.element();
        file.number(1, I32, physical(kind));
        file.number(3, I32, OPTIONAL);
        file.text(4, &kind.name);
        if kind.is_text {
            file.number(6, I32, UTF8);
        }
        file.end();
    }
    file.number(3, I64, groups.iter().map(|(rows, _)| rows).sum());
    file.list(4, STRUCT, groups.len());
    for (rows, chunks) in groups {
        file.element();
        file.list(1, STRUCT, chunks.len());
        for (kind, chunk) in kinds.iter().zip(chunks) {
            file.element();
            file.number(2, I64, chunk.offset);
            file.begin(3);
            file.number(1, I32, physical(kind));
            file.list(2, I32, 2);
            file.item(PLAIN);
            file.item(RLE);
            file.list(3, BINARY, 1);
            file.string(&kind.name);
            file.number(4, I32, GZIP);
            file.number(5, I64, *rows);
            file.number(6, I64, chunk.unpacked);
            file.number(7, I64, chunk.packed);
            file.number(9, I64, chunk.offset);
            file.end();
            file.end();
        }
        file.number(2, I64, chunks.iter().map(|chunk| chunk.unpacked).sum());
        file.number(3, I64, *rows);
        file.end();
    }
    file.text(6, concat!("compassion version ", env!("CARGO_PKG_VERSION")));
    file.end();
    file.bytes
}

fn push_varint(bytes: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

/// The compact protocol of Thrift: fields by the distance of their numbers, whole numbers as zigzag varints.
#[derive(Default)]
struct Compact {
    bytes: Vec<u8>,
    /// Number of the last field of this structure.
    last: u8,
    /// The same of those around it.
    around: Vec<u8>,
}

impl Compact {
    fn field(&mut self, number: u8, kind: u8) {
        self.bytes.push((number - self.last) << 4 | kind);
        self.last = number;
    }

    fn number(&mut self, field: u8, kind: u8, value: i64) {
        self.field(field, kind);
        self.item(value);
    }

    fn item(&mut self, value: i64) {
        push_varint(&mut self.bytes, (value << 1 ^ value >> 63) as u64);
    }

    fn text(&mut self, field: u8, text: &str) {
        self.field(field, BINARY);
        self.string(text);
    }

    fn string(&mut self, text: &str) {
        push_varint(&mut self.bytes, text.len() as u64);
        self.bytes.extend(text.as_bytes());
    }

    fn list(&mut self, field: u8, kind: u8, length: usize) {
        self.field(field, LIST);
        match u8::try_from(length) {
            Ok(few @ ..15) => self.bytes.push(few << 4 | kind),
            _ => {
                self.bytes.push(0xf0 | kind);
                push_varint(&mut self.bytes, length as u64);
            }
        }
    }

    fn begin(&mut self, field: u8) {
        self.field(field, STRUCT);
        self.element();
    }

    fn element(&mut self) {
        self.around.push(self.last);
        self.last = 0;
    }

    fn end(&mut self) {
        self.bytes.push(0);
        self.last = self.around.pop().unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::super::tables::{TableForm, texts, write_tables};
    use super::*;
    use flate2::read::GzDecoder;
    use std::fs;
    use std::io::Read;

    /// The worked example of the compact protocol: zigzag, varints of several bytes, fields and an end.
    #[test]
    fn numbers_are_those_of_the_compact_protocol() {
        let mut compact = Compact::default();
        compact.number(1, I32, -1);
        compact.number(4, I64, 150);
        compact.text(5, "é");
        compact.end();
        assert_eq!(
            compact.bytes,
            [0x15, 0x01, 0x36, 0xac, 0x02, 0x18, 0x02, 0xc3, 0xa9, 0x00]
        );
    }

    /// Numbers, text with a comma, empty cells, and a column of text in which nothing stands.
    #[test]
    fn the_pages_hold_the_cells() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("t.csv"), "a,b,c\n1,\"x, y\",\n,z,\n2.5,,\n").unwrap();
        fs::write(at("t_codebook.csv"), "column,unit,range,meaning\na,,0 …,\nc,,text,\n").unwrap();
        write_tables(folder.path(), TableForm::Parquet).unwrap();
        let bytes = fs::read(at("t.parquet")).unwrap();
        assert!(bytes.starts_with(MAGIC) && bytes.ends_with(MAGIC));
        let starts: Vec<usize> = (0..bytes.len())
            .filter(|at| bytes[*at..].starts_with(&[0x1f, 0x8b, 8]))
            .collect();
        let pages = starts.iter().map(|start| {
            let mut page = Vec::new();
            GzDecoder::new(&bytes[*start..]).read_to_end(&mut page).unwrap();
            page
        });
        let pages: Vec<Vec<u8>> = pages.collect();
        let levels = |runs: &[u8], values: &[u8]| [&[runs.len() as u8, 0, 0, 0], runs, values].concat();
        let [one, two] = [1.0_f64, 2.5].map(f64::to_le_bytes);
        assert_eq!(pages[0], levels(&[2, 1, 2, 0, 2, 1], &[one, two].concat()));
        assert_eq!(pages[1], levels(&[4, 1, 2, 0], b"\x04\0\0\0x, y\x01\0\0\0z"));
        assert_eq!(pages[2], levels(&[6, 0], b""));
        let kinds = kinds(&at("t.csv"), &texts(&at("t_codebook.csv")).unwrap()).unwrap();
        assert_eq!(
            kinds.iter().map(|kind| kind.is_text).collect::<Vec<_>>(),
            [false, true, true]
        );
    }
}

//! Rows with a name each, down the page: names wrapped, groups under a header of their own.

use super::font::Weight;
use super::palette::INK;
use super::sheet::{Anchor, Point, Sheet, Stroke};
use super::text::Block;

/// Least room between two names.
const GAP: f64 = 10.0;

/// The measured names of all rows.
pub(crate) struct Rows {
    entries: Vec<Entry>,
    /// Width of the widest name or header.
    pub(crate) width: f64,
}

/// A row once its place is known.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row {
    pub(crate) top: f64,
    pub(crate) bottom: f64,
}

impl Row {
    pub(crate) fn height(&self) -> f64 {
        self.bottom - self.top
    }

    pub(crate) fn centre(&self) -> f64 {
        (self.top + self.bottom) / 2.0
    }
}

struct Entry {
    header: Option<Block>,
    name: Block,
    height: f64,
}

/// How names are set: their size, the column they are wrapped to and the least height of a row.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RowStyle {
    pub(crate) size: f64,
    pub(crate) limit: f64,
    pub(crate) least: f64,
}

impl RowStyle {
    /// Larger letters for fewer rows.
    pub(crate) fn for_count(rows: usize, least: f64) -> Self {
        let (size, limit) = match rows {
            0..=4 => (32.0, 600.0),
            5..=8 => (28.0, 640.0),
            _ => (24.0, 720.0),
        };
        Self { size, limit, least }
    }
}

/// How much larger markers and values are drawn where there are few rows.
pub(crate) fn scale(rows: usize) -> f64 {
    match rows {
        0..=4 => 1.4,
        5..=8 => 1.15,
        _ => 1.0,
    }
}

/// Smaller letters, for long names of many rows.
const SMALLER: [f64; 4] = [24.0, 22.0, 20.0, 17.0];

impl Rows {
    /// Measures rows as [`Rows::new`] does, in the largest letters in which they fit into the height `room`; where none do, in those of the style.
    pub(crate) fn fitted(rows: &[(&str, Option<&str>)], style: RowStyle, room: f64) -> Self {
        let sizes = std::iter::once(style.size).chain(SMALLER.into_iter().filter(|it| *it < style.size));
        let measured = |size| Self::new(rows.iter().copied(), RowStyle { size, ..style });
        sizes
            .map(measured)
            .find(|it| it.height() <= room)
            .unwrap_or_else(|| measured(style.size))
    }

    /// Measures rows, given as name and group; a header stands where the group changes.
    pub(crate) fn new<'a>(rows: impl IntoIterator<Item = (&'a str, Option<&'a str>)>, style: RowStyle) -> Self {
        let RowStyle { size, limit, least } = style;
        let mut before = None;
        let mut entries = Vec::new();
        for (name, group) in rows {
            let header = group
                .filter(|it| before != Some(*it))
                .map(|it| Block::wrap(it, size, Weight::Bold, limit));
            before = group;
            let name = Block::wrap(name, size, Weight::Regular, limit);
            let height = least.max(name.height() + GAP);
            entries.push(Entry { header, name, height });
        }
        let width = entries
            .iter()
            .map(|it| it.name.width.max(it.header.as_ref().map_or(0.0, |it| it.width)))
            .fold(0.0, f64::max);
        Self { entries, width }
    }

    /// The least height in which all rows fit.
    pub(crate) fn height(&self) -> f64 {
        self.entries.iter().map(|it| it.height + header_height(it)).sum()
    }

    /// Spreads the rows over the height from `top` to `bottom` and writes the names, ending at `right`.
    pub(crate) fn draw(&self, sheet: &mut Sheet, right: f64, top: f64, bottom: f64) -> Vec<Row> {
        let spare = ((bottom - top - self.height()) / self.entries.len().max(1) as f64).max(0.0);
        let mut at = top;
        let mut rows = Vec::with_capacity(self.entries.len());
        for entry in &self.entries {
            if let Some(header) = &entry.header {
                sheet.block(header, (right - self.width, at + GAP), Anchor::Start, INK);
                at += header_height(entry);
            }
            let row = Row {
                top: at,
                bottom: at + entry.height + spare,
            };
            let name: Point = (right, row.centre() - entry.name.height() / 2.0);
            sheet.block(&entry.name, name, Anchor::End, INK);
            rows.push(row);
            at = row.bottom;
        }
        rows
    }
}

fn header_height(entry: &Entry) -> f64 {
    entry.header.as_ref().map_or(0.0, |it| it.height() + GAP)
}

/// A bar from `lower` to `upper` with caps, at height `y`.
pub(crate) fn interval(sheet: &mut Sheet, lower: f64, upper: f64, y: f64, cap: f64, stroke: Stroke) {
    let pieces = vec![
        vec![(lower, y), (upper, y)],
        vec![(lower, y - cap), (lower, y + cap)],
        vec![(upper, y - cap), (upper, y + cap)],
    ];
    sheet.path(pieces, stroke);
}

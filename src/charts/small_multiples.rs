//! Small multiples: panels of one form side by side and below each other, under one legend and over one axis title.

use super::axis;
use super::font::Weight;
use super::legend::{Legend, Sample};
use super::number::Tick;
use super::page::{BODY_WIDTH, LABEL, Page};
use super::palette::{GREY, look};
use super::sheet::{Anchor, Rect, TextStyle};
use super::text::Block;

/// Between the legend and how lines and bands are to be read.
const BETWEEN: f64 = 10.0;
/// Below the panels, for the title of their common axis.
pub(super) const FOOT: f64 = 44.0;

/// What stands above all panels: a line for each condition, and how lines and bands are to be read.
pub(super) struct Head {
    legend: Legend,
    reading: Block,
}

impl Head {
    /// The head of lines with these names, with a reading in letters of this size.
    pub(super) fn new<'n>(names: impl Iterator<Item = &'n str>, reading: &str, size: f64) -> Self {
        let entries = names.enumerate().map(|(index, name)| (Sample::Line(look(index)), name));
        Self {
            legend: Legend::new(entries, BODY_WIDTH),
            reading: Block::wrap(reading, size, Weight::Regular, BODY_WIDTH),
        }
    }

    /// How high it is.
    pub(super) fn height(&self) -> f64 {
        self.legend.flow_height() + BETWEEN + self.reading.height()
    }

    /// Draws it at the top of the body.
    pub(super) fn draw(&self, page: &Page) {
        let mut sheet = page.sheet();
        let (left, top) = (page.body.left, page.body.top);
        self.legend.draw_flow(&mut sheet, (left, top));
        let below = top + self.legend.flow_height() + BETWEEN;
        sheet.block(&self.reading, (left, below), Anchor::Start, GREY);
    }
}

/// Where panels stand.
pub(super) struct SmallMultiples {
    /// The room of all of them.
    pub(super) room: Rect,
    /// How many stand side by side.
    pub(super) columns: usize,
    rows: usize,
}

impl SmallMultiples {
    /// So many panels, at most `side_by_side` in a row, below a head of this height and with this margin to the right.
    pub(super) fn new(page: &Page, head: f64, margin: f64, panels: usize, side_by_side: usize) -> Self {
        Self {
            room: Rect {
                top: page.body.top + head,
                right: page.body.right - margin,
                bottom: page.body.bottom - FOOT,
                ..page.body
            },
            columns: side_by_side.min(panels),
            rows: panels.div_ceil(side_by_side),
        }
    }

    /// The place of a panel with these ticks at its left, below a title of this height.
    pub(super) fn place(&self, index: usize, title: f64, ticks: &[Tick]) -> Rect {
        let (row, column) = (index / self.columns, index % self.columns);
        let (width, height) = (
            self.room.width() / self.columns as f64,
            self.room.height() / self.rows as f64,
        );
        let left = self.room.left + width * column as f64;
        Rect {
            left: left + axis::left_width(ticks) + 4.0,
            top: self.room.top + height * row as f64 + title,
            right: left + width - if column + 1 == self.columns { 0.0 } else { 36.0 },
            bottom: self.room.top + height * (row + 1) as f64 - axis::BOTTOM_TICKS,
        }
    }

    /// The title of the axis that all panels have below them.
    pub(super) fn across(&self, page: &Page, title: &str) {
        let middle = (self.room.left + self.room.right) / 2.0;
        let place = (middle, page.body.bottom - 4.0);
        page.sheet().text(title, place, Anchor::Middle, TextStyle::plain(LABEL));
    }

    /// The title of the axis that all panels have at their left, above them.
    pub(super) fn up(&self, page: &Page, title: &str) {
        let place = (self.room.left, self.room.top - 14.0);
        page.sheet().text(title, place, Anchor::Start, TextStyle::plain(LABEL));
    }
}

//! What stands for what.

use super::font::Weight;
use super::page::TICK;
use super::palette::{Hatch, INK, Look, Rgb, WHITE};
use super::rows::interval;
use super::sheet::{Anchor, Point, Rect, Sheet, Stroke, TextStyle};
use super::text::Block;

const SWATCH: f64 = 52.0;
const GAP: f64 = 14.0;
const BETWEEN: f64 = 44.0;

/// A sample of what is explained.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Sample {
    /// A line with its marker.
    Line(Look),
    /// A line alone.
    Stroke(Stroke),
    /// A marker on its interval.
    Interval(Look, f64),
    /// A marker alone.
    Marker(Look),
    /// A number that marks a place.
    Number(usize),
    /// A letter that marks a place, counted from 0.
    Letter(usize),
    /// A filled area.
    Area(Rgb, Hatch, Stroke),
}

/// Entries in reading order, set in lines across the page or in a column.
pub(crate) struct Legend {
    entries: Vec<(Sample, Block)>,
    width: f64,
}

impl Legend {
    /// Measures the entries for a given width.
    pub(crate) fn new<'a>(entries: impl IntoIterator<Item = (Sample, &'a str)>, width: f64) -> Self {
        let limit = width - SWATCH - GAP;
        let entries = entries
            .into_iter()
            .map(|(sample, text)| (sample, Block::wrap(text, TICK, Weight::Regular, limit)))
            .collect();
        Self { entries, width }
    }

    /// Measures the entries for a column of a given width and height: in smaller letters where there are many.
    pub(crate) fn fitted(entries: &[(Sample, &str)], width: f64, height: f64) -> Self {
        let texts: Vec<&str> = entries.iter().map(|it| it.1).collect();
        let fits = |blocks: &[Block]| blocks.iter().map(in_column).sum::<f64>() <= height;
        let blocks = Block::fitted(&texts, Weight::Regular, width - SWATCH - GAP, fits);
        Self {
            entries: entries.iter().map(|it| it.0).zip(blocks).collect(),
            width,
        }
    }

    /// Height when set in lines across the page.
    pub(crate) fn flow_height(&self) -> f64 {
        self.flow().last().map_or(0.0, |(place, block)| place.1 + block)
    }

    /// Width when set in lines across the page.
    pub(crate) fn flow_width(&self) -> f64 {
        let ends = self.flow().into_iter().zip(&self.entries);
        ends.map(|(((x, _), _), (_, block))| x + SWATCH + GAP + block.width)
            .fold(0.0, f64::max)
    }

    /// Height when set in a column.
    pub(crate) fn column_height(&self) -> f64 {
        self.entries.iter().map(|(_, block)| in_column(block)).sum()
    }

    /// Draws it in lines across the page.
    pub(crate) fn draw_flow(&self, sheet: &mut Sheet, (left, top): Point) {
        for ((sample, block), ((x, y), _)) in self.entries.iter().zip(self.flow()) {
            draw_entry(sheet, *sample, block, (left + x, top + y));
        }
    }

    /// Draws it in a column.
    pub(crate) fn draw_column(&self, sheet: &mut Sheet, (left, top): Point) {
        let mut y = top;
        for (sample, block) in &self.entries {
            draw_entry(sheet, *sample, block, (left, y));
            y += in_column(block);
        }
    }

    /// The offset of each entry, and the height below it.
    fn flow(&self) -> Vec<(Point, f64)> {
        let (mut x, mut y, mut tallest) = (0.0, 0.0, 0.0_f64);
        let mut places = Vec::with_capacity(self.entries.len());
        for (_, block) in &self.entries {
            let wide = SWATCH + GAP + block.width;
            if x > 0.0 && x + wide > self.width {
                x = 0.0;
                y += tallest + 8.0;
                tallest = 0.0;
            }
            tallest = tallest.max(block.height());
            places.push(((x, y), tallest));
            x += wide + BETWEEN;
        }
        places
    }
}

/// Height that an entry takes in a column; a marker is higher than a line of small letters.
fn in_column(block: &Block) -> f64 {
    (block.height() + block.size * 0.5).max(2.0 * BADGE + 4.0)
}

/// Radius of a [`badge`].
pub(crate) const BADGE: f64 = 17.0;

/// A number that marks a place and is explained elsewhere.
pub(crate) fn badge(sheet: &mut Sheet, at: Point, number: usize) {
    sheet.circle(at, BADGE, Some(INK.into()), Some(Stroke::new(WHITE, 2.5)));
    let style = TextStyle::bold(20.0).in_colour(WHITE);
    sheet.text_beside(&number.to_string(), at, Anchor::Middle, style);
}

/// A letter that marks a place and is explained elsewhere; after Z come AA, AB and so on.
pub(crate) fn letter(sheet: &mut Sheet, at: Point, number: usize) {
    const ALPHABET: usize = 26;
    let one = |it: usize| char::from(b'A' + (it % ALPHABET) as u8);
    let text: String = match number.checked_sub(ALPHABET) {
        None => one(number).into(),
        Some(beyond) => [one(beyond / ALPHABET), one(beyond)].iter().collect(),
    };
    sheet.circle(at, BADGE, Some(WHITE.into()), Some(Stroke::new(INK, 2.5)));
    sheet.text_beside(&text, at, Anchor::Middle, TextStyle::bold(18.0));
}

fn draw_entry(sheet: &mut Sheet, sample: Sample, block: &Block, (x, y): Point) {
    let middle = y + block.pitch() / 2.0;
    let centre = (x + SWATCH / 2.0, middle);
    match sample {
        Sample::Line(look) => {
            let stroke = Stroke::new(look.rgb, 3.5).dashed(look.dash);
            sheet.line((x, middle), (x + SWATCH, middle), stroke);
            sheet.marker(centre, look, 9.0);
        }
        Sample::Stroke(stroke) => sheet.line((x, middle), (x + SWATCH, middle), stroke),
        Sample::Interval(look, width) => {
            interval(
                sheet,
                x + 4.0,
                x + SWATCH - 4.0,
                middle,
                9.0,
                Stroke::new(look.rgb, width),
            );
            sheet.marker(centre, look, 9.0);
        }
        Sample::Marker(look) => sheet.marker(centre, look, 10.0),
        Sample::Number(number) => badge(sheet, (x + SWATCH - 18.0, middle), number),
        Sample::Letter(number) => letter(sheet, (x + SWATCH - 18.0, middle), number),
        Sample::Area(rgb, hatch, lines) => {
            let at = Rect {
                left: x + 6.0,
                top: middle - 14.0,
                right: x + SWATCH - 2.0,
                bottom: middle + 14.0,
            };
            sheet.cell(at, rgb);
            sheet.hatch(at, hatch, lines);
        }
    }
    sheet.block(block, (x + SWATCH + GAP, y), Anchor::Start, INK);
}

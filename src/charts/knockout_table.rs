//! What becomes of effects when mechanisms are knocked out: a table, coloured by what is lost or won.

use super::estimate::Estimate;
use super::font::Weight;
use super::legend::{Legend, Sample};
use super::page::{BODY_WIDTH, Page, TICK};
use super::palette::{BLUE, GREY, Hatch, INK, Rgb, VERMILLION, WHITE, ink_on};
use super::rows::{RowStyle, Rows};
use super::sheet::{Anchor, Rect, Sheet, Stroke, TextStyle};
use super::text::Block;
use super::{ChartError, Frame, Picture};
use crate::wording::signed;

const CHART: &str = "knockout_table";

/// Effects that one picture can show.
pub const MOST_EFFECTS: usize = 6;

/// Room between two cells.
const GAP: f64 = 6.0;

/// Effects in columns, mechanisms in rows.
#[derive(Debug, Clone, PartialEq)]
pub struct KnockoutTableData {
    /// What is compared with what, at least one and at most [`MOST_EFFECTS`].
    pub effects: Vec<String>,
    /// The effects of the whole model, one for each column.
    pub whole: Vec<Estimate>,
    /// One row per mechanism, at least one.
    pub rows: Vec<KnockoutRow>,
    /// Decimals of the numbers.
    pub decimals: usize,
}

/// The effects without one mechanism, one for each column; none where it was off already.
#[derive(Debug, Clone, PartialEq)]
pub struct KnockoutRow {
    /// The mechanism.
    pub name: String,
    /// What is left of each effect.
    pub effects: Vec<Option<Estimate>>,
}

/// Draws the chart.
///
/// # Errors
///
/// If there is nothing to draw, a row has not as many effects as there are columns, or a number is not finite or outside its own interval.
pub fn draw(data: &KnockoutTableData, frame: &Frame) -> Result<Picture, ChartError> {
    check(data)?;
    let style = RowStyle {
        size: TICK,
        limit: 520.0,
        least: 46.0,
    };
    let names = std::iter::once("whole model").chain(data.rows.iter().map(|it| it.name.as_str()));
    let rows = Rows::new(names.map(|it| (it, None)), style);
    let line = Stroke::new(GREY, 1.0);
    let legend = Legend::new(
        [
            (
                Sample::Area(mixed(VERMILLION, 0.8), Hatch::None, line),
                "less effect than in the whole model",
            ),
            (Sample::Area(mixed(BLUE, 0.8), Hatch::None, line), "more"),
        ],
        BODY_WIDTH,
    );
    let columns = data.effects.len() as f64;
    let left = rows.width + 28.0;
    let width = ((BODY_WIDTH - left) / columns).min(420.0);
    let heads: Vec<Block> = data
        .effects
        .iter()
        .map(|it| Block::wrap(it, TICK, Weight::Bold, width - 2.0 * GAP - 8.0))
        .collect();
    let above = heads.iter().map(Block::height).fold(0.0, f64::max) + 12.0;
    let head = legend.flow_height() + 22.0 + above;
    let page = Page::new(frame, head + rows.height());
    let left = page.body.left + left;
    let mut sheet = page.sheet();
    legend.draw_flow(&mut sheet, (page.body.left, page.body.top));
    for (column, block) in heads.iter().enumerate() {
        let middle = left + (column as f64 + 0.5) * width;
        let top = page.body.top + head - 10.0 - block.height();
        sheet.block(block, (middle, top), Anchor::Middle, INK);
    }
    let places = rows.draw(&mut sheet, left - 24.0, page.body.top + head, page.body.bottom);
    let largest = largest_change(data);
    let whole: Vec<Option<Estimate>> = data.whole.iter().copied().map(Some).collect();
    let all = std::iter::once(&whole).chain(data.rows.iter().map(|it| &it.effects));
    for (number, (effects, place)) in all.zip(places).enumerate() {
        for (column, effect) in effects.iter().enumerate() {
            let x = left + column as f64 * width;
            let at = Rect {
                left: (x + GAP / 2.0).round(),
                top: (place.top + GAP / 2.0).round(),
                right: (x + width - GAP / 2.0).round(),
                bottom: (place.bottom - GAP / 2.0).round(),
            };
            let change = effect.map_or(0.0, |it| towards(it.value, data.whole[column].value));
            let ground = if number == 0 {
                [232, 232, 232]
            } else if change < 0.0 {
                mixed(VERMILLION, -change / largest)
            } else {
                mixed(BLUE, change / largest)
            };
            cell(&mut sheet, at, *effect, ground, data.decimals);
        }
    }
    drop(sheet);
    page.finish()
}

/// An effect and its interval side by side.
fn cell(sheet: &mut Sheet, at: Rect, effect: Option<Estimate>, ground: Rgb, decimals: usize) {
    sheet.cell(at, ground);
    let y = (at.top + at.bottom) / 2.0;
    let (bold, small) = (TextStyle::bold(TICK), TextStyle::plain(20.0));
    let ink = ink_on(ground);
    let Some(it) = effect else {
        sheet.text_beside(
            "–",
            ((at.left + at.right) / 2.0, y),
            Anchor::Middle,
            bold.in_colour(ink),
        );
        return;
    };
    let value = signed(it.value, decimals);
    let range = format!("[{}, {}]", signed(it.lower, decimals), signed(it.upper, decimals));
    let gap = 12.0;
    let wide = bold.width(&value) + gap + small.width(&range);
    if wide <= at.width() - 8.0 {
        let start = (at.left + at.right - wide) / 2.0;
        sheet.text_beside(&value, (start, y), Anchor::Start, bold.in_colour(ink));
        let start = start + bold.width(&value) + gap;
        sheet.text_beside(&range, (start, y), Anchor::Start, small.in_colour(ink));
    } else {
        sheet.text_beside(
            &value,
            ((at.left + at.right) / 2.0, y),
            Anchor::Middle,
            bold.in_colour(ink),
        );
    }
}

/// How much more of an effect there is, in the direction of the whole one.
fn towards(effect: f64, whole: f64) -> f64 {
    if whole < 0.0 { whole - effect } else { effect - whole }
}

/// The largest change of all, so that colours can be compared between columns; not 0.
fn largest_change(data: &KnockoutTableData) -> f64 {
    let changes = data.rows.iter().flat_map(|row| {
        let both = row.effects.iter().zip(&data.whole);
        both.filter_map(|(effect, whole)| Some((effect.as_ref()?.value - whole.value).abs()))
    });
    changes.fold(1e-9, f64::max)
}

/// A colour thinned with white.
fn mixed(rgb: Rgb, share: f64) -> Rgb {
    let share = share.clamp(0.0, 1.0);
    std::array::from_fn(|it| {
        let (white, full) = (f64::from(WHITE[it]), f64::from(rgb[it]));
        (white + (full - white) * share).round() as u8
    })
}

fn check(data: &KnockoutTableData) -> Result<(), ChartError> {
    if data.effects.is_empty() || data.rows.is_empty() {
        return Err(ChartError::Empty {
            chart: CHART,
            what: "effect and one mechanism",
        });
    }
    let expected = data.effects.len();
    let lengths = std::iter::once(("whole model", data.whole.len()))
        .chain(data.rows.iter().map(|it| (it.name.as_str(), it.effects.len())));
    for (of, found) in lengths {
        if found != expected || expected > MOST_EFFECTS {
            return Err(ChartError::Length {
                chart: CHART,
                of: of.to_owned(),
                found,
                expected: expected.min(MOST_EFFECTS),
            });
        }
    }
    for (it, name) in data.whole.iter().zip(&data.effects) {
        it.check(CHART, name)?;
    }
    for row in &data.rows {
        for it in row.effects.iter().flatten() {
            it.check(CHART, &row.name)?;
        }
    }
    Ok(())
}

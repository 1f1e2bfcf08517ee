//! Effects on groups of people, each with its interval: one panel per measure, the same rows in all.

use super::axis;
use super::estimate::{Estimate, check_finite};
use super::legend::{Legend, Sample};
use super::number::{round_out, ticks};
use super::page::{BODY_WIDTH, LABEL, Page, TICK};
use super::palette::{GREY, look};
use super::panel::Panel;
use super::rows::{RowStyle, Rows, interval};
use super::sheet::{Anchor, Rect, Stroke, TextStyle};
use super::text::Block;
use super::{ChartError, Frame, Picture};

const CHART: &str = "effects_by_group";
const PANEL_TITLE: f64 = 50.0;
const BETWEEN: f64 = 96.0;

/// Effects to draw.
#[derive(Debug, Clone, PartialEq)]
pub struct EffectsByGroupData {
    /// Names of the rows, from top to bottom; at least one.
    pub rows: Vec<String>,
    /// Names of what is drawn in each row side by side, in colours of their own; at least one.
    pub series: Vec<String>,
    /// One panel per measure, at least one.
    pub panels: Vec<EffectsByGroupPanel>,
    /// How to read it, below the legend.
    pub reading: String,
}

/// One measure.
#[derive(Debug, Clone, PartialEq)]
pub struct EffectsByGroupPanel {
    /// Its name in words, with its unit.
    pub measure: String,
    /// For each row and each series the effect; none where there is nobody.
    pub effects: Vec<Vec<Option<Estimate>>>,
}

/// Draws the chart.
///
/// # Errors
///
/// If there is no row, series or panel, lists differ in length, or a number is not finite or outside its own interval.
pub fn draw(data: &EffectsByGroupData, frame: &Frame) -> Result<Picture, ChartError> {
    check(data)?;
    let series = data.series.iter().enumerate();
    let legend = Legend::new(
        series.map(|(number, name)| (Sample::Interval(look(number), 2.5), name.as_str())),
        BODY_WIDTH,
    );
    let reading = Block::wrap(&data.reading, TICK, super::font::Weight::Regular, BODY_WIDTH);
    let style = RowStyle {
        size: TICK + 2.0,
        limit: 360.0,
        least: 24.0 * (data.series.len() as f64 + 1.0),
    };
    let rows = Rows::new(data.rows.iter().map(|name| (name.as_str(), None)), style);
    let head = legend.flow_height() + 10.0 + reading.height() + 12.0 + PANEL_TITLE;
    let page = Page::new(frame, head + rows.height() + axis::BOTTOM_TICKS);
    {
        let mut sheet = page.sheet();
        let (left, top) = (page.body.left, page.body.top);
        legend.draw_flow(&mut sheet, (left, top));
        sheet.block(&reading, (left, top + legend.flow_height() + 10.0), Anchor::Start, GREY);
    }
    let first = page.body.left + rows.width + 28.0;
    let width = (page.body.right - first - BETWEEN * (data.panels.len() - 1) as f64) / data.panels.len() as f64;
    let (top, bottom) = (page.body.top + head, page.body.bottom - axis::BOTTOM_TICKS);
    let places = rows.draw(&mut page.sheet(), first - 20.0, top, bottom);
    for (number, measure) in data.panels.iter().enumerate() {
        let left = first + number as f64 * (width + BETWEEN);
        let at = Rect {
            left,
            top,
            right: left + width,
            bottom,
        };
        let shown = || measure.effects.iter().flatten().flatten();
        let low = shown().map(|effect| effect.lower).fold(0.0, f64::min);
        let high = shown().map(|effect| effect.upper).fold(0.0, f64::max);
        let (low, high) = if high > low {
            round_out(low, high, 3)
        } else {
            (-1.0, 1.0)
        };
        let panel = Panel::new(&page, at, (low, high), (0.0, 1.0));
        axis::bottom(&page, &panel, &ticks(low, high, 4), "");
        panel.segment((0.0, 0.0), (0.0, 1.0), Stroke::new(GREY, 3.0))?;
        let mut sheet = page.sheet();
        let title = Block::wrap(&measure.measure, LABEL - 4.0, super::font::Weight::Bold, width);
        sheet.block(
            &title,
            (left, top - 12.0 - title.height()),
            Anchor::Start,
            super::palette::INK,
        );
        for (place, effects) in places.iter().zip(&measure.effects) {
            let step = place.height() / (effects.len() as f64 + 1.0);
            for (series, effect) in effects.iter().enumerate() {
                let y = place.top + step * (series as f64 + 1.0);
                let Some(effect) = effect else {
                    let style = TextStyle::plain(TICK - 4.0).in_colour(GREY);
                    sheet.text_beside("nobody", (panel.place(0.0, 0.0).0 + 10.0, y), Anchor::Start, style);
                    continue;
                };
                let x = |value: f64| panel.place(value, 0.0).0;
                let stroke = Stroke::new(look(series).rgb, 2.5);
                interval(&mut sheet, x(effect.lower), x(effect.upper), y, 7.0, stroke);
                sheet.marker((x(effect.value), y), look(series), 9.0);
            }
        }
    }
    page.finish()
}

fn check(data: &EffectsByGroupData) -> Result<(), ChartError> {
    for (empty, what) in [
        (data.rows.is_empty(), "row"),
        (data.series.is_empty(), "condition"),
        (data.panels.is_empty(), "measure"),
    ] {
        if empty {
            return Err(ChartError::Empty { chart: CHART, what });
        }
    }
    for panel in &data.panels {
        let length = |found, expected| match found == expected {
            true => Ok(()),
            false => Err(ChartError::Length {
                chart: CHART,
                of: panel.measure.clone(),
                found,
                expected,
            }),
        };
        length(panel.effects.len(), data.rows.len())?;
        for (row, effects) in data.rows.iter().zip(&panel.effects) {
            length(effects.len(), data.series.len())?;
            for effect in effects.iter().flatten() {
                for value in [effect.lower, effect.value, effect.upper] {
                    check_finite(CHART, "effect", row, value)?;
                }
            }
        }
    }
    Ok(())
}

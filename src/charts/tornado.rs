//! Which inputs carry an answer: how far each moves it, and which share of its variance each carries alone and with the others.

use super::axis;
use super::estimate::{Estimate, check_finite};
use super::legend::{Legend, Sample};
use super::number::{round_out, ticks};
use super::page::{BODY_WIDTH, Page, TICK};
use super::palette::{BLUE, Dash, GREY, Hatch, Look, SKY, Shape, VERMILLION};
use super::panel::Panel;
use super::rows::{RowStyle, Rows, interval};
use super::sheet::{Anchor, Rect, Stroke, TextStyle};
use super::{ChartError, Frame, Picture};

const CHART: &str = "tornado";

const ALONE: Look = Look {
    rgb: BLUE,
    shape: Shape::Circle,
    hollow: false,
    dash: Dash::Full,
};

const WITH_OTHERS: Look = Look {
    rgb: VERMILLION,
    shape: Shape::Diamond,
    hollow: true,
    dash: Dash::Full,
};

/// Inputs and what they carry, in the order from top to bottom.
#[derive(Debug, Clone, PartialEq)]
pub struct TornadoData {
    /// What is moved, with its unit.
    pub answer: String,
    /// At least one.
    pub rows: Vec<TornadoRow>,
}

/// One input.
#[derive(Debug, Clone, PartialEq)]
pub struct TornadoRow {
    /// The input and its range.
    pub name: String,
    /// Mean of the absolute effects of moving it through its range.
    pub moved: f64,
    /// Mean effect, with its sign.
    pub mean: f64,
    /// Share of the variance that it carries alone and with the others; none where they were not estimated.
    pub shares: Option<[Estimate; 2]>,
}

/// Draws the chart.
///
/// # Errors
///
/// If there are no rows, or a number is not finite.
pub fn draw(data: &TornadoData, frame: &Frame) -> Result<Picture, ChartError> {
    check(data)?;
    let style = RowStyle {
        size: TICK,
        limit: 640.0,
        least: 40.0,
    };
    let rows = Rows::new(data.rows.iter().map(|row| (row.name.as_str(), None)), style);
    let bar = Sample::Area(SKY, Hatch::None, Stroke::new(SKY, 1.0));
    let mut entries = vec![
        (bar, "how far the answer moves over the range of the input"),
        (Sample::Marker(ALONE), "share of its variance: alone"),
        (Sample::Marker(WITH_OTHERS), "with the others"),
    ];
    let has_shares = data.rows.iter().any(|row| row.shares.is_some());
    if !has_shares {
        entries.truncate(1);
    }
    let legend = Legend::new(entries, BODY_WIDTH);
    let head = legend.flow_height() + 20.0;
    let page = Page::new(frame, head + rows.height() + axis::BOTTOM);
    legend.draw_flow(&mut page.sheet(), (page.body.left, page.body.top));
    let left = page.body.left + rows.width + 28.0;
    let right = page.body.right - 20.0;
    let middle = if has_shares {
        left + (right - left) * 0.55
    } else {
        right
    };
    let body = Rect {
        left,
        top: page.body.top + head,
        right: middle,
        bottom: page.body.bottom - axis::BOTTOM,
    };
    let placed = rows.draw(&mut page.sheet(), page.body.left + rows.width, body.top, body.bottom);
    bars(&page, data, body, &placed)?;
    if has_shares {
        let at = Rect {
            left: middle + 60.0,
            right,
            ..body
        };
        shares(&page, data, at, &placed);
    }
    page.finish()
}

fn bars(page: &Page, data: &TornadoData, at: Rect, placed: &[super::rows::Row]) -> Result<(), ChartError> {
    let high = data.rows.iter().map(|row| row.moved).fold(0.0, f64::max).max(1e-9);
    let (low, high) = round_out(0.0, high, 5);
    let panel = Panel::new(page, at, (low, high), (0.0, 1.0));
    axis::bottom(page, &panel, &ticks(low, high, 5), &data.answer);
    let mut sheet = page.sheet();
    for (row, place) in data.rows.iter().zip(placed) {
        let (from, to) = (panel.place(low, 0.0).0, panel.place(row.moved, 0.0).0);
        let cell = Rect {
            left: from,
            top: place.centre() - 12.0,
            right: to,
            bottom: place.centre() + 12.0,
        };
        sheet.cell(cell, SKY);
        let sign = if row.mean > 0.25 * row.moved {
            "+"
        } else if row.mean < -0.25 * row.moved {
            "−"
        } else {
            "±"
        };
        let style = TextStyle::bold(TICK).in_colour(GREY);
        sheet.text_beside(sign, (to + 10.0, place.centre()), Anchor::Start, style);
    }
    Ok(())
}

fn shares(page: &Page, data: &TornadoData, at: Rect, placed: &[super::rows::Row]) {
    let all = || data.rows.iter().filter_map(|row| row.shares).flatten();
    let low = all().fold(0.0_f64, |low, share| low.min(share.lower));
    let high = all().fold(0.1_f64, |high, share| high.max(share.upper));
    let (low, high) = round_out(low, high, 5);
    let panel = Panel::new(page, at, (low, high), (0.0, 1.0));
    axis::bottom(page, &panel, &ticks(low, high, 5), "share of the variance");
    let mut sheet = page.sheet();
    for (row, place) in data.rows.iter().zip(placed) {
        let Some(two) = row.shares else {
            continue;
        };
        for ((share, look), off) in two.into_iter().zip([ALONE, WITH_OTHERS]).zip([-8.0, 8.0]) {
            let x = |value: f64| panel.place(value, 0.0).0;
            let y = place.centre() + off;
            interval(
                &mut sheet,
                x(share.lower),
                x(share.upper),
                y,
                6.0,
                Stroke::new(look.rgb, 2.5),
            );
            sheet.marker((x(share.value), y), look, 8.0);
        }
    }
}

fn check(data: &TornadoData) -> Result<(), ChartError> {
    if data.rows.is_empty() {
        return Err(ChartError::Empty {
            chart: CHART,
            what: "input",
        });
    }
    for row in &data.rows {
        let shares = row
            .shares
            .iter()
            .flatten()
            .flat_map(|share| [share.value, share.lower, share.upper]);
        for value in shares.chain([row.moved, row.mean]) {
            check_finite(CHART, "effect", &row.name, value)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inputs_and_axes_are_named() {
        let share = |value: f64| Estimate {
            value,
            lower: value - 0.05,
            upper: value + 0.05,
        };
        let row = |name: &str, moved: f64, shares| TornadoRow {
            name: name.to_owned(),
            moved,
            mean: -moved,
            shares,
        };
        let data = TornadoData {
            answer: "points of a hundred".to_owned(),
            rows: vec![
                row("compassion.spread", 8.0, Some([share(0.4), share(0.6)])),
                row("decision.leak", 1.0, None),
            ],
        };
        let frame = Frame {
            title: "What carries it?".to_owned(),
            subtitle: None,
            foot: "seed 1".to_owned(),
        };
        let picture = draw(&data, &frame).unwrap();
        for text in [
            "compassion.spread",
            "decision.leak",
            "points of a hundred",
            "share of the variance",
        ] {
            assert!(picture.svg.contains(text), "{text}");
        }
        assert!(
            draw(
                &TornadoData {
                    rows: Vec::new(),
                    ..data
                },
                &frame
            )
            .is_err()
        );
    }
}

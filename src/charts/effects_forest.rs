//! Differences between conditions of the same study: observed with interval, and predicted.

use super::axis;
use super::estimate::{Estimate, check_finite};
use super::legend::{Legend, Sample};
use super::number::{round_out, ticks};
use super::page::{BODY_WIDTH, Page, TICK};
use super::palette::{BLUE, DARK_VERMILLION, GREY, VERMILLION};
use super::panel::Panel;
use super::row_points::{OBSERVED, SIMULATED};
use super::rows::{RowStyle, Rows, interval};
use super::sheet::{Anchor, Rect, Stroke, TextStyle};
use super::{ChartError, Frame, Picture};
use crate::wording::signed;

const CHART: &str = "effects_forest";

/// Differences to draw, in the order from top to bottom.
#[derive(Debug, Clone, PartialEq)]
pub struct EffectsForestData {
    /// What is measured, in words with unit: `difference in people who helped (percentage points)`.
    pub axis: String,
    /// Decimals of the numbers at the right.
    pub decimals: usize,
    /// One row per contrast, at least one.
    pub rows: Vec<EffectsForestRow>,
}

/// One contrast.
#[derive(Debug, Clone, PartialEq)]
pub struct EffectsForestRow {
    /// The study; neighbouring rows of one study stand under one header.
    pub study: String,
    /// What is compared with what.
    pub contrast: String,
    /// The difference that was found, in the unit of the axis, with its interval.
    pub observed: Estimate,
    /// The difference that the model predicts, in the unit of the axis.
    pub predicted: f64,
}

/// Draws the chart.
///
/// # Errors
///
/// If there are no rows, or a number is not finite or outside its own interval.
pub fn draw(data: &EffectsForestData, frame: &Frame) -> Result<Picture, ChartError> {
    check(data)?;
    let style = RowStyle {
        size: TICK,
        limit: 700.0,
        least: 38.0,
    };
    let rows = Rows::new(
        data.rows
            .iter()
            .map(|it| (it.contrast.as_str(), Some(it.study.as_str()))),
        style,
    );
    let legend = Legend::new(
        [
            (Sample::Interval(OBSERVED, 2.5), "observed (95 % interval)"),
            (Sample::Marker(SIMULATED), "predicted"),
        ],
        BODY_WIDTH,
    );
    let text = |it: f64| signed(it, data.decimals);
    let observed: Vec<String> = data
        .rows
        .iter()
        .map(|it| {
            format!(
                "{} [{}, {}]",
                text(it.observed.value),
                text(it.observed.lower),
                text(it.observed.upper)
            )
        })
        .collect();
    let predicted: Vec<String> = data.rows.iter().map(|it| text(it.predicted)).collect();
    let (plain, bold) = (TextStyle::plain(TICK), TextStyle::bold(TICK));
    let widest = |texts: &[String], head: &str| texts.iter().map(|it| plain.width(it)).fold(bold.width(head), f64::max);
    let (observed_width, predicted_width) = (widest(&observed, "observed"), widest(&predicted, "predicted"));
    let head = legend.flow_height().max(40.0) + 16.0;

    let page = Page::new(frame, head + rows.height() + axis::BOTTOM);
    let predicted_right = page.body.right;
    let observed_right = predicted_right - predicted_width - 36.0;
    let at = Rect {
        left: page.body.left + rows.width + 28.0,
        top: page.body.top + head,
        right: observed_right - observed_width - 36.0,
        bottom: page.body.bottom - axis::BOTTOM,
    };
    let (low, high) = data.rows.iter().fold((0.0_f64, 0.0_f64), |(low, high), it| {
        (
            low.min(it.observed.lower).min(it.predicted),
            high.max(it.observed.upper).max(it.predicted),
        )
    });
    let (low, high) = if high > low {
        round_out(low, high, 6)
    } else {
        (-1.0, 1.0)
    };
    let panel = Panel::new(&page, at, (low, high), (0.0, 1.0));
    axis::bottom(&page, &panel, &ticks(low, high, 6), &data.axis);
    panel.segment((0.0, 0.0), (0.0, 1.0), Stroke::new(GREY, 3.0))?;

    let mut sheet = page.sheet();
    legend.draw_flow(&mut sheet, (page.body.left, page.body.top));
    let heading = page.body.top + 21.0;
    sheet.text(
        "observed",
        (observed_right, heading),
        Anchor::End,
        bold.in_colour(DARK_VERMILLION),
    );
    sheet.text(
        "predicted",
        (predicted_right, heading),
        Anchor::End,
        bold.in_colour(BLUE),
    );
    let places = rows.draw(&mut sheet, at.left - 24.0, at.top, at.bottom);
    for (index, (row, place)) in data.rows.iter().zip(places).enumerate() {
        let y = place.centre();
        let x = |value: f64| panel.place(value, 0.0).0;
        interval(
            &mut sheet,
            x(row.observed.lower),
            x(row.observed.upper),
            y,
            8.0,
            Stroke::new(VERMILLION, 2.5),
        );
        sheet.marker((x(row.observed.value), y), OBSERVED, 9.0);
        sheet.marker((x(row.predicted), y), SIMULATED, 8.0);
        sheet.text_beside(&observed[index], (observed_right, y), Anchor::End, plain);
        sheet.text_beside(&predicted[index], (predicted_right, y), Anchor::End, plain);
    }
    drop(sheet);
    page.finish()
}

fn check(data: &EffectsForestData) -> Result<(), ChartError> {
    if data.rows.is_empty() {
        return Err(ChartError::Empty {
            chart: CHART,
            what: "contrast",
        });
    }
    for row in &data.rows {
        row.observed.check(CHART, &row.contrast)?;
        check_finite(CHART, "prediction", &row.contrast, row.predicted)?;
    }
    Ok(())
}

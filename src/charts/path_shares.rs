//! Through what an effect comes: what each path carries of it, with intervals.

use super::axis;
use super::estimate::{Estimate, check_finite};
use super::legend::{Legend, Sample};
use super::number::{round_out, ticks};
use super::page::{BODY_WIDTH, Page, TICK};
use super::palette::{BLUE, Dash, GREY, Hatch, INK, Look, Rgb, Shape, VERMILLION};
use super::panel::Panel;
use super::rows::{RowStyle, Rows, interval};
use super::sheet::{Anchor, Rect, Stroke, TextStyle};
use super::{ChartError, Frame, Picture};
use crate::wording::{decimal, signed};

const CHART: &str = "path_shares";

/// The whole effect of a pair.
const WHOLE: Rgb = [120, 120, 120];
const ALONE: Look = Look {
    rgb: VERMILLION,
    shape: Shape::Triangle,
    hollow: true,
    dash: Dash::Full,
};
const BACK: Look = Look {
    rgb: INK,
    shape: Shape::TriangleDown,
    hollow: true,
    dash: Dash::Full,
};

/// Effects and their paths, in the order from top to bottom.
#[derive(Debug, Clone, PartialEq)]
pub struct PathSharesData {
    /// What is measured, in words with unit.
    pub axis: String,
    /// What the paths are: `the feeling that decides`.
    pub paths: String,
    /// Decimals of the numbers.
    pub decimals: usize,
    /// One block per effect, at least one.
    pub effects: Vec<PathSharesEffect>,
}

/// An effect and what its paths carry, in the unit of the axis.
#[derive(Debug, Clone, PartialEq)]
pub struct PathSharesEffect {
    /// What is compared with what.
    pub name: String,
    /// The whole effect.
    pub whole: Estimate,
    /// Its paths, at least one.
    pub paths: Vec<PathRow>,
}

/// What one path carries.
#[derive(Debug, Clone, PartialEq)]
pub struct PathRow {
    /// The path.
    pub name: String,
    /// The mean over all orders of swapping.
    pub mean: Estimate,
    /// Swapped in alone.
    pub alone: f64,
    /// Swapped back alone.
    pub back: f64,
    /// The mean as a share of the whole; none where there is no effect to speak of.
    pub share: Option<f64>,
}

/// Draws the chart.
///
/// # Errors
///
/// If there is nothing to draw, or a number is not finite or outside its own interval.
pub fn draw(data: &PathSharesData, frame: &Frame) -> Result<Picture, ChartError> {
    check(data)?;
    let count: usize = data.effects.iter().map(|it| it.paths.len() + 1).sum();
    let style = RowStyle {
        size: if count <= 8 { 28.0 } else { TICK },
        limit: 620.0,
        least: if count <= 8 { 62.0 } else { 42.0 },
    };
    let rows = Rows::new(
        data.effects.iter().flat_map(|effect| {
            let group = Some(effect.name.as_str());
            std::iter::once(("whole effect", group)).chain(effect.paths.iter().map(move |it| (it.name.as_str(), group)))
        }),
        style,
    );
    let line = Stroke::new(INK, 2.5);
    let entries = vec![
        (Sample::Area(WHOLE, Hatch::None, line), "whole effect"),
        (Sample::Area(BLUE, Hatch::None, line), &data.paths),
        (Sample::Marker(ALONE), "swapped in alone"),
        (Sample::Marker(BACK), "lost if swapped back"),
    ];
    let legend = Legend::new(entries, BODY_WIDTH);
    let share = |it: &PathRow| {
        it.share
            .map_or_else(|| "–".to_owned(), |it| format!("{}\u{A0}%", decimal(it * 100.0, 0)))
    };
    let (plain, bold) = (TextStyle::plain(TICK), TextStyle::bold(TICK));
    let widest = data
        .effects
        .iter()
        .flat_map(|it| &it.paths)
        .map(|it| plain.width(&share(it)))
        .fold(bold.width("share"), f64::max);
    let head = legend.flow_height() + 46.0;
    let page = Page::new(frame, head + rows.height() + axis::BOTTOM);
    let at = Rect {
        left: page.body.left + rows.width + 28.0,
        top: page.body.top + head,
        right: page.body.right - widest - 130.0,
        bottom: page.body.bottom - axis::BOTTOM,
    };
    let (low, high) = range(data);
    let panel = Panel::new(&page, at, (low, high), (0.0, 1.0));
    axis::bottom(&page, &panel, &ticks(low, high, 8), &data.axis);
    panel.segment((0.0, 0.0), (0.0, 1.0), Stroke::new(GREY, 3.0))?;
    let mut sheet = page.sheet();
    legend.draw_flow(&mut sheet, (page.body.left, page.body.top));
    sheet.text("share", (page.body.right, at.top - 10.0), Anchor::End, bold);
    let places = rows.draw(&mut sheet, at.left - 24.0, at.top, at.bottom);
    let mut places = places.into_iter();
    let x = |value: f64| panel.place(value, 0.0).0;
    let bar = |place: super::rows::Row, it: Estimate, rgb: Rgb, sheet: &mut super::sheet::Sheet| {
        let half = (place.height() * 0.28).min(26.0);
        let y = place.centre();
        let area = Rect {
            left: x(it.value.min(0.0)),
            top: (y - half).round(),
            right: x(it.value.max(0.0)),
            bottom: (y + half).round(),
        };
        sheet.cell(area, rgb);
        interval(sheet, x(it.lower), x(it.upper), y, 9.0, line);
    };
    for effect in &data.effects {
        let Some(place) = places.next() else { break };
        bar(place, effect.whole, WHOLE, &mut sheet);
        let text = signed(effect.whole.value, data.decimals);
        sheet.text_beside(
            &text,
            (x(effect.whole.upper.max(0.0)) + 14.0, place.centre()),
            Anchor::Start,
            bold,
        );
        for (row, place) in effect.paths.iter().zip(places.by_ref()) {
            bar(place, row.mean, BLUE, &mut sheet);
            let y = place.centre();
            let apart = (place.height() * 0.24).min(16.0);
            sheet.marker((x(row.alone), y - apart), ALONE, 7.0);
            sheet.marker((x(row.back), y + apart), BACK, 7.0);
            let end = [row.mean.upper, row.alone, row.back, 0.0]
                .into_iter()
                .fold(f64::NEG_INFINITY, f64::max);
            sheet.text_beside(
                &signed(row.mean.value, data.decimals),
                (x(end) + 14.0, y),
                Anchor::Start,
                plain,
            );
            sheet.text_beside(&share(row), (page.body.right, y), Anchor::End, plain);
        }
    }
    drop(sheet);
    page.finish()
}

/// Round limits that hold everything and zero.
fn range(data: &PathSharesData) -> (f64, f64) {
    let values = data.effects.iter().flat_map(|effect| {
        let paths = effect
            .paths
            .iter()
            .flat_map(|it| [it.mean.lower, it.mean.upper, it.alone, it.back]);
        paths.chain([effect.whole.lower, effect.whole.upper])
    });
    let (low, high) = values.fold((0.0_f64, 0.0_f64), |(low, high), it| (low.min(it), high.max(it)));
    if high > low {
        round_out(low, high, 8)
    } else {
        (-1.0, 1.0)
    }
}

fn check(data: &PathSharesData) -> Result<(), ChartError> {
    if data.effects.iter().all(|it| it.paths.is_empty()) {
        return Err(ChartError::Empty {
            chart: CHART,
            what: "path",
        });
    }
    for effect in &data.effects {
        effect.whole.check(CHART, &effect.name)?;
        for it in &effect.paths {
            it.mean.check(CHART, &it.name)?;
            check_finite(CHART, "alone", &it.name, it.alone)?;
            check_finite(CHART, "back", &it.name, it.back)?;
            check_finite(CHART, "share", &it.name, it.share.unwrap_or(0.0))?;
        }
    }
    Ok(())
}

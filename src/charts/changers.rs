//! Who those are that change: how far their traits and questionnaires lie from those of people for whom nothing changes.

use super::axis;
use super::estimate::Estimate;
use super::legend::{Legend, Sample};
use super::number::{round_out, ticks};
use super::page::{BODY_WIDTH, Page, TICK};
use super::palette::{Dash, GREEN, GREY, Look, Shape, VERMILLION};
use super::panel::Panel;
use super::rows::{RowStyle, Rows, interval};
use super::sheet::{Rect, Stroke};
use super::{ChartError, Frame, Picture};

const CHART: &str = "changers";
/// The axis reaches at least this many SD either way, a medium difference, so that small ones look small.
const LEAST_REACH: f64 = 0.5;
const GAINED: Look = Look {
    rgb: GREEN,
    shape: Shape::Circle,
    hollow: false,
    dash: Dash::Full,
};
const LOST: Look = Look {
    rgb: VERMILLION,
    shape: Shape::Diamond,
    hollow: true,
    dash: Dash::Full,
};

/// Features of people, in the order from top to bottom.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangersData {
    /// Who the first are, for instance `help only after compassion training (712 people)`; none if there are too few to tell.
    pub gained: Option<String>,
    /// Who the others are; none if there are too few to tell.
    pub lost: Option<String>,
    /// What the axis measures, in words with unit.
    pub axis: String,
    /// One row per trait or scale, at least one.
    pub rows: Vec<ChangersRow>,
}

/// One trait or scale.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangersRow {
    /// Its name.
    pub name: String,
    /// Header over neighbouring rows that carry the same one.
    pub group: Option<String>,
    /// How far the first people lie from those for whom nothing changes, in SD.
    pub gained: Option<Estimate>,
    /// How far the others do.
    pub lost: Option<Estimate>,
}

/// Draws the chart.
///
/// # Errors
///
/// If there are no rows, or a number is not finite or outside its own interval.
pub fn draw(data: &ChangersData, frame: &Frame) -> Result<Picture, ChartError> {
    check(data)?;
    let style = RowStyle {
        size: TICK,
        limit: 620.0,
        least: 36.0,
    };
    let rows = Rows::new(
        data.rows.iter().map(|it| (it.name.as_str(), it.group.as_deref())),
        style,
    );
    let both = [
        data.gained.as_deref().map(|it| (Sample::Interval(GAINED, 2.5), it)),
        data.lost.as_deref().map(|it| (Sample::Interval(LOST, 2.5), it)),
    ];
    let legend = Legend::new(both.into_iter().flatten(), BODY_WIDTH);
    let head = legend.flow_height() + 24.0;
    let page = Page::new(frame, head + rows.height() + axis::BOTTOM);
    let at = Rect {
        left: page.body.left + rows.width + 28.0,
        top: page.body.top + head,
        right: page.body.right - 30.0,
        bottom: page.body.bottom - axis::BOTTOM,
    };
    let shown = |it: &ChangersRow| {
        let gained = it.gained.filter(|_| data.gained.is_some());
        [gained, it.lost.filter(|_| data.lost.is_some())]
    };
    let values = data.rows.iter().flat_map(shown).flatten();
    let (low, high) = values.fold((-LEAST_REACH, LEAST_REACH), |(low, high), it| {
        (low.min(it.lower), high.max(it.upper))
    });
    let (low, high) = round_out(low, high, 8);
    let panel = Panel::new(&page, at, (low, high), (0.0, 1.0));
    axis::bottom(&page, &panel, &ticks(low, high, 8), &data.axis);
    panel.segment((0.0, 0.0), (0.0, 1.0), Stroke::new(GREY, 3.0))?;
    let mut sheet = page.sheet();
    legend.draw_flow(&mut sheet, (page.body.left, page.body.top));
    let places = rows.draw(&mut sheet, at.left - 24.0, at.top, at.bottom);
    for (row, place) in data.rows.iter().zip(places) {
        let both = data.gained.is_some() && data.lost.is_some();
        let apart = if both { place.height() * 0.2 } else { 0.0 };
        let [gained, lost] = shown(row);
        for (it, look, y) in [
            (lost, LOST, place.centre() + apart),
            (gained, GAINED, place.centre() - apart),
        ] {
            if let Some(it) = it {
                let x = |value: f64| panel.place(value, 0.0).0;
                interval(&mut sheet, x(it.lower), x(it.upper), y, 6.0, Stroke::new(look.rgb, 2.5));
                sheet.marker((x(it.value), y), look, 8.0);
            }
        }
    }
    drop(sheet);
    page.finish()
}

fn check(data: &ChangersData) -> Result<(), ChartError> {
    let gained = data.gained.is_some() && data.rows.iter().any(|it| it.gained.is_some());
    let lost = data.lost.is_some() && data.rows.iter().any(|it| it.lost.is_some());
    if !gained && !lost {
        return Err(ChartError::Empty {
            chart: CHART,
            what: "trait",
        });
    }
    for row in &data.rows {
        for it in [row.gained, row.lost].into_iter().flatten() {
            it.check(CHART, &row.name)?;
        }
    }
    Ok(())
}

//! A few conditions: one panel per quantity, all conditions in it.

use super::{TimecourseData, TimecoursePanel, extent, moments};
use crate::charts::axis;
use crate::charts::font::Weight;
use crate::charts::legend::{Legend, Sample};
use crate::charts::number::{Tick, ticks};
use crate::charts::page::{BODY_WIDTH, LABEL, Page};
use crate::charts::palette::{GREY, look};
use crate::charts::panel::Panel;
use crate::charts::sheet::{Anchor, Paint, Rect, Stroke, TextStyle};
use crate::charts::text::Block;
use crate::charts::{ChartError, Frame, Picture};

/// Panels side by side.
const COLUMNS: usize = 3;
const PANEL_TITLE: f64 = 46.0;
/// Markers along a line.
const MARKERS: usize = 3;

pub(super) fn draw(data: &TimecourseData, frame: &Frame) -> Result<Picture, ChartError> {
    let entries = data.conditions.iter().enumerate();
    let legend = Legend::new(
        entries.map(|(index, it)| (Sample::Line(look(index)), it.name.as_str())),
        BODY_WIDTH,
    );
    let reading = format!("line: {}; band: {}", data.centre, data.spread);
    let reading = Block::wrap(&reading, LABEL - 4.0, Weight::Regular, BODY_WIDTH);
    let head = legend.flow_height() + 10.0 + reading.height() + 16.0;
    let grid_rows = data.panels.len().div_ceil(COLUMNS);

    let page = Page::new(frame, head + grid_rows as f64 * 260.0);
    {
        let mut sheet = page.sheet();
        let (left, top) = (page.body.left, page.body.top);
        legend.draw_flow(&mut sheet, (left, top));
        let below = top + legend.flow_height() + 10.0;
        sheet.block(&reading, (left, below), Anchor::Start, GREY);
    }
    let room = Rect {
        top: page.body.top + head,
        right: page.body.right - 16.0,
        bottom: page.body.bottom - 44.0,
        ..page.body
    };
    for (index, panel) in data.panels.iter().enumerate() {
        draw_panel(&page, data, panel, index, &room)?;
    }
    let middle = (room.left + room.right) / 2.0;
    page.sheet().text(
        "seconds since the first cue",
        (middle, page.body.bottom - 4.0),
        Anchor::Middle,
        TextStyle::plain(LABEL),
    );
    page.finish()
}

fn draw_panel(
    page: &Page,
    data: &TimecourseData,
    quantity: &TimecoursePanel,
    index: usize,
    room: &Rect,
) -> Result<(), ChartError> {
    let columns = COLUMNS.min(data.panels.len());
    let rows = data.panels.len().div_ceil(COLUMNS);
    let (row, column) = (index / COLUMNS, index % COLUMNS);
    let (width, height) = (room.width() / columns as f64, room.height() / rows as f64);
    let (low, high) = extent(data, quantity);
    let y_ticks: Vec<Tick> = ticks(low, high, 4);
    let left = room.left + width * column as f64;
    let at = Rect {
        left: left + axis::left_width(&y_ticks) + 4.0,
        top: room.top + height * row as f64 + PANEL_TITLE,
        right: left + width - if column + 1 == columns { 0.0 } else { 36.0 },
        bottom: room.top + height * (row + 1) as f64 - axis::BOTTOM_TICKS,
    };
    let (start, end) = (data.time_s[0], data.time_s[data.time_s.len() - 1]);
    let panel = Panel::new(page, at, (start, end), (low, high));
    axis::left(page, &panel, &y_ticks);
    axis::bottom(page, &panel, &ticks(start, end, 4), "");
    page.sheet().text(
        &quantity.quantity,
        (at.left, at.top - 16.0),
        Anchor::Start,
        TextStyle::bold(LABEL - 2.0),
    );

    let courses: Vec<_> = (0..data.conditions.len())
        .map(|it| moments(data, quantity, it))
        .collect();
    for (number, course) in courses.iter().enumerate() {
        let band: Vec<_> = course
            .iter()
            .map(|(time, [_, low, high])| (*time, *low, *high))
            .collect();
        let (rgb, alpha) = (look(number).rgb, 0.16);
        panel.band(&band, Paint { rgb, alpha })?;
    }
    for (number, course) in courses.iter().enumerate() {
        let look = look(number);
        let points = course.iter().map(|(time, [centre, ..])| (*time, *centre));
        panel.line(points, Stroke::new(look.rgb, 4.0).dashed(look.dash))?;
    }
    // Markers are few, and stand at different moments for each line, so that lines on top of each other all show.
    let mut sheet = page.sheet();
    for (number, course) in courses.iter().enumerate() {
        for place in 0..MARKERS {
            let share = (place as f64 + (number as f64 + 0.5) / courses.len() as f64) / MARKERS as f64;
            let (time, [centre, ..]) = course[(share * (course.len() - 1) as f64).round() as usize];
            sheet.marker(panel.place(time, centre), look(number), 8.0);
        }
    }
    Ok(())
}

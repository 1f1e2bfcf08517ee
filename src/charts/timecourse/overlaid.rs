//! A few conditions: one panel per quantity, all conditions in it.

use super::{TimecourseData, TimecoursePanel, extent, moments};
use crate::charts::axis;
use crate::charts::number::{Tick, ticks};
use crate::charts::page::{LABEL, Page};
use crate::charts::palette::look;
use crate::charts::panel::Panel;
use crate::charts::sheet::{Anchor, Paint, Stroke, TextStyle};
use crate::charts::small_multiples::{Head, SmallMultiples};
use crate::charts::{ChartError, Frame, Picture};

/// Panels side by side.
const COLUMNS: usize = 3;
const PANEL_TITLE: f64 = 46.0;
/// Markers along a line.
const MARKERS: usize = 3;

pub(super) fn draw(data: &TimecourseData, frame: &Frame) -> Result<Picture, ChartError> {
    let reading = format!("line: {}; band: {}", data.centre, data.spread);
    let names = data.conditions.iter().map(|condition| condition.name.as_str());
    let head = Head::new(names, &reading, LABEL - 4.0);
    let rows = data.panels.len().div_ceil(COLUMNS);
    let page = Page::new(frame, head.height() + 16.0 + rows as f64 * 260.0);
    head.draw(&page);
    let panels = SmallMultiples::new(&page, head.height() + 16.0, 16.0, data.panels.len(), COLUMNS);
    for (index, panel) in data.panels.iter().enumerate() {
        draw_panel(&page, data, panel, index, &panels)?;
    }
    panels.across(&page, "seconds since the first cue");
    page.finish()
}

fn draw_panel(
    page: &Page,
    data: &TimecourseData,
    quantity: &TimecoursePanel,
    index: usize,
    panels: &SmallMultiples,
) -> Result<(), ChartError> {
    let (low, high) = extent(data, quantity);
    let y_ticks: Vec<Tick> = ticks(low, high, 4);
    let at = panels.place(index, PANEL_TITLE, &y_ticks);
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

//! What goes on in people during the encounter: one small panel per quantity, one line per condition.

use super::axis;
use super::estimate::check_finite;
use super::font::Weight;
use super::legend::{Legend, Sample};
use super::number::{Tick, round_out, ticks};
use super::page::{BODY_WIDTH, LABEL, Page};
use super::palette::{GREY, look};
use super::panel::Panel;
use super::sheet::{Anchor, Paint, Rect, Stroke, TextStyle};
use super::text::Block;
use super::{ChartError, Frame, Picture};

const CHART: &str = "timecourse";
/// Panels side by side.
const COLUMNS: usize = 3;
/// Bands of more conditions than this would hide each other.
const BANDS: usize = 4;
/// Points along a line; a panel is not much wider in pixels.
const POINTS: usize = 300;
/// A quantity that moves less than this does not move.
const FLAT: f64 = 1e-6;
const PANEL_TITLE: f64 = 46.0;
const LEGEND_COLUMN: f64 = 440.0;

/// Courses over time, for some quantities and conditions.
#[derive(Debug, Clone, PartialEq)]
pub struct TimecourseData {
    /// Seconds since the first cue, rising; at least two.
    pub time_s: Vec<f64>,
    /// Names of the conditions, at least one.
    pub conditions: Vec<String>,
    /// One panel per quantity, at least one; three stand side by side.
    pub panels: Vec<TimecoursePanel>,
    /// What a line stands for: `mean`, `median`.
    pub centre: String,
    /// What a band stands for: `middle half of people`.
    pub spread: String,
}

/// One quantity.
#[derive(Debug, Clone, PartialEq)]
pub struct TimecoursePanel {
    /// Name of the quantity in words.
    pub quantity: String,
    /// The vertical axis.
    pub scale: Scale,
    /// One course per condition, in the order of the conditions.
    pub courses: Vec<TimecourseSpread>,
}

/// How the ends of a vertical axis are chosen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Scale {
    /// Given, in the unit of the quantity.
    Fixed(f64, f64),
    /// From what the panel shows.
    Own,
    /// From what all panels of this kind show, so that they can be compared.
    Shared,
}

/// The course of a quantity and its spread between people; each list has one value per moment.
#[derive(Debug, Clone, PartialEq)]
pub struct TimecourseSpread {
    /// Mean or median, in the unit of the quantity.
    pub centre: Vec<f64>,
    /// Lower edge of the band.
    pub lower: Vec<f64>,
    /// Upper edge of the band.
    pub upper: Vec<f64>,
}

/// Draws the chart.
///
/// # Errors
///
/// If there are fewer than two moments, no condition or no panel, if lists differ in length, or if a
/// number is not finite.
pub fn draw(data: &TimecourseData, frame: &Frame) -> Result<Picture, ChartError> {
    check(data)?;
    let entries = || {
        data.conditions
            .iter()
            .enumerate()
            .map(|(index, name)| (Sample::Line(look(index)), name.as_str()))
    };
    let across = Legend::new(entries(), BODY_WIDTH);
    let column = Legend::new(entries(), LEGEND_COLUMN);
    let beside = across.flow_lines() > 2;
    let reading = if data.conditions.len() <= BANDS {
        format!("line: {}; band: {}", data.centre, data.spread)
    } else {
        format!("line: {}", data.centre)
    };
    let reading = Block::wrap(&reading, LABEL - 4.0, Weight::Regular, BODY_WIDTH);
    let head = 16.0 + reading.height() + if beside { 0.0 } else { across.flow_height() + 10.0 };
    let grid_rows = data.panels.len().div_ceil(COLUMNS);
    let least = if beside { column.column_height() } else { 0.0 };

    let page = Page::new(frame, head + least.max(grid_rows as f64 * 260.0));
    {
        let mut sheet = page.sheet();
        let top = page.body.top;
        if beside {
            column.draw_column(&mut sheet, (page.body.right - LEGEND_COLUMN, top + head));
            sheet.block(&reading, (page.body.left, top), Anchor::Start, GREY);
        } else {
            across.draw_flow(&mut sheet, (page.body.left, top));
            sheet.block(
                &reading,
                (page.body.left, top + across.flow_height() + 10.0),
                Anchor::Start,
                GREY,
            );
        }
    }
    let room = Rect {
        top: page.body.top + head,
        right: page.body.right - if beside { LEGEND_COLUMN + 36.0 } else { 16.0 },
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
    let (low, high) = match quantity.scale {
        Scale::Fixed(low, high) => (low, high),
        Scale::Own => extent(data, [quantity]),
        Scale::Shared => extent(data, data.panels.iter().filter(|it| it.scale == Scale::Shared)),
    };
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

    let step = data.time_s.len().div_ceil(POINTS);
    let moments: Vec<usize> = (0..data.time_s.len())
        .step_by(step)
        .chain((data.time_s.len() % step != 1 && step > 1).then_some(data.time_s.len() - 1))
        .collect();
    if data.conditions.len() <= BANDS {
        for (number, course) in quantity.courses.iter().enumerate() {
            let band: Vec<_> = moments
                .iter()
                .map(|&it| (data.time_s[it], course.lower[it], course.upper[it]))
                .collect();
            panel.band(
                &band,
                Paint {
                    rgb: look(number).rgb,
                    alpha: 0.16,
                },
            )?;
        }
    }
    let lines = quantity.courses.len();
    let width = if lines <= BANDS { 4.0 } else { 3.0 };
    for (number, course) in quantity.courses.iter().enumerate() {
        let look = look(number);
        let points = moments.iter().map(|&it| (data.time_s[it], course.centre[it]));
        panel.line(points, Stroke::new(look.rgb, width).dashed(look.dash))?;
    }
    // Markers are few, and stand at different moments for each line, so that lines on top of each other all show.
    let markers = match lines {
        0..=BANDS => 3,
        5..=7 => 2,
        _ => 1,
    };
    let mut sheet = page.sheet();
    for (number, course) in quantity.courses.iter().enumerate() {
        for place in 0..markers {
            let share = (f64::from(place) + (number as f64 + 0.5) / lines as f64) / f64::from(markers);
            let moment = (share * (data.time_s.len() - 1) as f64).round() as usize;
            let at = panel.place(data.time_s[moment], course.centre[moment]);
            sheet.marker(at, look(number), if lines <= BANDS { 8.0 } else { 7.0 });
        }
    }
    Ok(())
}

/// Round ends around what the lines (and bands, if drawn) of these panels take up; 0 is always shown.
fn extent<'a>(data: &TimecourseData, panels: impl IntoIterator<Item = &'a TimecoursePanel>) -> (f64, f64) {
    let bands = data.conditions.len() <= BANDS;
    let courses = panels.into_iter().flat_map(|it| &it.courses);
    let values = courses.flat_map(|it| {
        let edges = it.lower.iter().chain(&it.upper).filter(move |_| bands);
        it.centre.iter().chain(edges)
    });
    let (low, high) = values.fold((0.0_f64, 0.0_f64), |(low, high), &it| (low.min(it), high.max(it)));
    // Where nothing happens a line along the bottom says so.
    if high - low < FLAT {
        (low, low + 1.0)
    } else {
        round_out(low, high, 4)
    }
}

fn check(data: &TimecourseData) -> Result<(), ChartError> {
    for (empty, what) in [
        (data.time_s.len() < 2, "interval of time"),
        (data.conditions.is_empty(), "condition"),
        (data.panels.is_empty(), "panel"),
    ] {
        if empty {
            return Err(ChartError::Empty { chart: CHART, what });
        }
    }
    for &time in &data.time_s {
        check_finite(CHART, "time", "all conditions", time)?;
    }
    for panel in &data.panels {
        let length = |found, expected| {
            if found == expected {
                Ok(())
            } else {
                Err(ChartError::Length {
                    chart: CHART,
                    of: panel.quantity.clone(),
                    found,
                    expected,
                })
            }
        };
        length(panel.courses.len(), data.conditions.len())?;
        for course in &panel.courses {
            for list in [&course.centre, &course.lower, &course.upper] {
                length(list.len(), data.time_s.len())?;
                for &value in list {
                    check_finite(CHART, "course", &panel.quantity, value)?;
                }
            }
        }
    }
    Ok(())
}

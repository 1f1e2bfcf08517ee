//! When people decided to help: the share that has done so, growing over the encounter.

use super::axis;
use super::estimate::check_finite;
use super::font::Weight;
use super::number::{percent, ticks};
use super::page::{Page, TICK};
use super::palette::{Dash, GREY, INK, look};
use super::panel::Panel;
use super::place::dodge;
use super::sheet::{Anchor, Point, Rect, Stroke, TextStyle};
use super::text::Block;
use super::{ChartError, Frame, Picture};
use crate::wording::decimal;

const CHART: &str = "latency";
/// Width of the column of names.
const NAMES: f64 = 520.0;
/// Between the end of a line and its name.
const LEADER: f64 = 74.0;

/// Decision times.
#[derive(Debug, Clone, PartialEq)]
pub struct LatencyData {
    /// End of the encounter in seconds since the first cue, above 0.
    pub window_s: f64,
    /// One line per condition, at least one.
    pub lines: Vec<LatencyLine>,
    /// Who decides: `people`, `groups`.
    pub who: String,
}

/// Decision times of one condition.
#[derive(Debug, Clone, PartialEq)]
pub struct LatencyLine {
    /// Name of the condition.
    pub name: String,
    /// End of its scene in seconds since the first cue, above 0 and at most `window_s`; the line ends there.
    pub end_s: f64,
    /// How many people or groups there were, helping or not.
    pub of: usize,
    /// When each who helped decided to, in seconds since the first cue, in any order.
    pub helped_at_s: Vec<f64>,
}

/// Draws the chart.
///
/// # Errors
///
/// If there are no lines, a time is negative, not finite or beyond the end of its scene, or more people helped than there were.
pub fn draw(data: &LatencyData, frame: &Frame) -> Result<Picture, ChartError> {
    check(data)?;
    let curves: Vec<Curve> = data.lines.iter().map(Curve::new).collect();
    let names: Vec<String> = data
        .lines
        .iter()
        .zip(&curves)
        .map(|(line, curve)| {
            let median = curve
                .median_s
                .map_or(String::new(), |it| format!(" (median\u{A0}{}\u{A0}s)", decimal(it, 1)));
            format!("{} {}{median}", percent(curve.share), line.name)
        })
        .collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let (above, room) = (axis::LEFT_TITLE, Page::room(frame) - axis::LEFT_TITLE - axis::BOTTOM);
    let height = |it: &Block| it.height() + it.size * 0.5;
    let fits = |blocks: &[Block]| blocks.iter().map(height).sum::<f64>() <= room;
    let names = Block::fitted(&names, Weight::Regular, NAMES, fits);
    let heights: Vec<f64> = names.iter().map(height).collect();
    let needed = heights.iter().sum::<f64>();

    let page = Page::new(frame, above + needed.max(500.0) + axis::BOTTOM);
    let y_ticks = axis::share_ticks(5);
    let names_width = names.iter().map(|it| it.width).fold(0.0, f64::max);
    let at = Rect {
        left: page.body.left + axis::left_width(&y_ticks),
        top: page.body.top + above,
        right: page.body.right - names_width - LEADER,
        bottom: page.body.bottom - axis::BOTTOM,
    };
    let panel = Panel::new(&page, at, (0.0, data.window_s), (0.0, 1.0));
    axis::left(&page, &panel, &y_ticks);
    let title = format!("{} who have decided to help", data.who);
    axis::left_title(&page, &panel, &y_ticks, &title);
    axis::bottom(
        &page,
        &panel,
        &ticks(0.0, data.window_s, 8),
        "seconds since the first cue",
    );
    if curves.iter().any(|it| it.median_s.is_some()) {
        page.sheet().text(
            "marker: half of those who help have decided",
            (page.body.right, at.top - 24.0),
            Anchor::End,
            TextStyle::plain(TICK).in_colour(GREY),
        );
    }

    let columns = at.width().ceil() as usize;
    for (index, curve) in curves.iter().enumerate() {
        let look = look(index);
        panel.line(
            curve.steps(data.lines[index].end_s, columns),
            Stroke::new(look.rgb, 4.5).dashed(look.dash),
        )?;
        // Leads from the end of a shorter scene to its name.
        let (end, share) = (data.lines[index].end_s, curve.share);
        if end < data.window_s {
            panel.segment(
                (end, share),
                (data.window_s, share),
                Stroke::new(look.rgb, 1.5).dashed(Dash::Dotted),
            )?;
        }
    }
    let ends: Vec<f64> = curves.iter().map(|it| panel.place(data.window_s, it.share).1).collect();
    let centres = dodge(&ends, &heights, at.top - 12.0, at.bottom + axis::BOTTOM_TICKS);
    let mut sheet = page.sheet();
    for (index, curve) in curves.iter().enumerate() {
        let look = look(index);
        let (left, middle) = (at.right + LEADER, centres[index]);
        let leader = vec![
            (at.right + 4.0, ends[index]),
            (at.right + 16.0, ends[index]),
            (left - 44.0, middle),
            (left - 10.0, middle),
        ];
        sheet.path(vec![leader], Stroke::new(look.rgb, 2.0));
        sheet.marker((left - 24.0, middle), look, 9.0);
        sheet.block(
            &names[index],
            (left, middle - names[index].height() / 2.0),
            Anchor::Start,
            INK,
        );
        if let Some(median) = curve.median_s {
            sheet.marker(panel.place(median, curve.share / 2.0), look, 11.0);
        }
    }
    drop(sheet);
    page.finish()
}

/// The sorted times of one condition.
struct Curve {
    times: Vec<f64>,
    of: f64,
    /// Share of all people who helped in the end.
    share: f64,
    /// Median time of those who helped.
    median_s: Option<f64>,
}

impl Curve {
    fn new(line: &LatencyLine) -> Self {
        let mut times = line.helped_at_s.clone();
        times.sort_by(f64::total_cmp);
        let of = line.of as f64;
        let share = times.len() as f64 / of;
        let half = times.len() / 2;
        let median_s = match times.as_slice() {
            [] => None,
            all if all.len() % 2 == 1 => Some(all[half]),
            all => Some((all[half - 1] + all[half]) / 2.0),
        };
        Self {
            times,
            of,
            share,
            median_s,
        }
    }

    /// The empirical distribution, one step per pixel column at most.
    fn steps(&self, window_s: f64, columns: usize) -> Vec<Point> {
        let mut points = vec![(0.0, 0.0)];
        let mut counted = 0;
        for column in 1..=columns {
            let until = window_s * column as f64 / columns as f64;
            let now = counted + self.times[counted..].partition_point(|&it| it <= until);
            if now > counted {
                points.push((until, counted as f64 / self.of));
                points.push((until, now as f64 / self.of));
                counted = now;
            }
        }
        points.push((window_s, self.share));
        points
    }
}

fn check(data: &LatencyData) -> Result<(), ChartError> {
    if data.lines.is_empty() {
        return Err(ChartError::Empty {
            chart: CHART,
            what: "condition",
        });
    }
    let positive = |value: f64| value.is_finite() && value > 0.0;
    if !positive(data.window_s) {
        return Err(wrong(
            "end of the encounter",
            "all conditions",
            data.window_s,
            "above 0",
        ));
    }
    for line in &data.lines {
        if line.of == 0 {
            return Err(ChartError::Empty {
                chart: CHART,
                what: "person in each condition",
            });
        }
        if !positive(line.end_s) || line.end_s > data.window_s {
            return Err(wrong(
                "end of the scene",
                &line.name,
                line.end_s,
                "above 0 and at most the longest",
            ));
        }
        if line.helped_at_s.len() > line.of {
            return Err(ChartError::Length {
                chart: CHART,
                of: line.name.clone(),
                found: line.helped_at_s.len(),
                expected: line.of,
            });
        }
        for &time in &line.helped_at_s {
            check_finite(CHART, "decision time", &line.name, time)?;
            if !(0.0..=line.end_s).contains(&time) {
                return Err(wrong(
                    "decision time",
                    &line.name,
                    time,
                    "between 0 and the end of the encounter",
                ));
            }
        }
    }
    Ok(())
}

fn wrong(what: &'static str, of: &str, value: f64, allowed: &'static str) -> ChartError {
    ChartError::Value {
        chart: CHART,
        what,
        of: of.to_owned(),
        value,
        allowed,
    }
}

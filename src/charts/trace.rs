//! One person's encounter, second by second: what they felt, what they tended to, where it turned.

use super::axis;
use super::estimate::check_finite;
use super::font::Weight;
use super::legend::{Legend, Sample, badge, letter};
use super::number::{round_out, ticks};
use super::page::{BODY_WIDTH, LABEL, Page, TICK};
use super::palette::{DARK_VERMILLION, Dash, GREY, INK, look};
use super::panel::Panel;
use super::place::dodge;
use super::sheet::{Anchor, Paint, Rect, Stroke, TextStyle};
use super::text::Block;
use super::{ChartError, Frame, Picture};
use crate::wording::decimal;

const CHART: &str = "trace";
/// Width of the column of line names.
const NAMES: f64 = 330.0;
const LEADER: f64 = 70.0;
const PANEL_TITLE: f64 = 44.0;
/// The moment at which two conditions part.
const PARTING: Stroke = Stroke {
    paint: Paint {
        rgb: DARK_VERMILLION,
        alpha: 1.0,
    },
    width: 4.0,
    dash: Dash::Dotted,
};
/// Room for the numbers of turning points above the first panel.
const BADGES: f64 = 44.0;

/// The encounter of one person, and optionally of the same person in another condition.
#[derive(Debug, Clone, PartialEq)]
pub struct TraceData {
    /// Seconds since the first cue, rising; at least two.
    pub time_s: Vec<f64>,
    /// The condition, drawn with full lines.
    pub condition: String,
    /// The other condition, drawn with dashed lines.
    pub other_condition: Option<String>,
    /// Panels from top to bottom, at least one: feelings, tendencies.
    pub panels: Vec<TracePanel>,
    /// Moments worth knowing, explained by number above the panels.
    pub turning_points: Vec<TurningPoint>,
    /// Those of the other condition, marked by letter.
    pub other_turning_points: Vec<TurningPoint>,
    /// When the two conditions part, in seconds since the first cue; none if they do not.
    pub parting_s: Option<f64>,
}

/// Quantities that share an axis.
#[derive(Debug, Clone, PartialEq)]
pub struct TracePanel {
    /// What the quantities have in common, in words.
    pub title: String,
    /// Ends of the vertical axis; `None` chooses them from the lines.
    pub range: Option<(f64, f64)>,
    /// The quantities, at least one.
    pub lines: Vec<TraceLine>,
}

/// One quantity of the person.
#[derive(Debug, Clone, PartialEq)]
pub struct TraceLine {
    /// Name of the quantity in words.
    pub quantity: String,
    /// One value per moment.
    pub values: Vec<f64>,
    /// The same in the other condition.
    pub other: Option<Vec<f64>>,
}

/// A moment at which the encounter turned.
#[derive(Debug, Clone, PartialEq)]
pub struct TurningPoint {
    /// When, in seconds since the first cue.
    pub time_s: f64,
    /// What happened, in words.
    pub text: String,
}

/// Draws the chart.
///
/// # Errors
///
/// If there are fewer than two moments, a panel has no lines, lists differ in length, or a number is
/// not finite.
pub fn draw(data: &TraceData, frame: &Frame) -> Result<Picture, ChartError> {
    check(data)?;
    let full = Stroke::new(INK, 4.0);
    let conditions = Legend::new(
        [(Sample::Stroke(full), data.condition.as_str())].into_iter().chain(
            data.other_condition
                .as_deref()
                .map(|it| (Sample::Stroke(full.dashed(Dash::Dashed)), it)),
        ),
        BODY_WIDTH,
    );
    let texts = |points: &[TurningPoint]| -> Vec<String> {
        let text = |it: &TurningPoint| format!("{}\u{A0}s {}", decimal(it.time_s, 1), it.text);
        points.iter().map(text).collect()
    };
    let (own, others) = (texts(&data.turning_points), texts(&data.other_turning_points));
    let numbers = own
        .iter()
        .enumerate()
        .map(|(index, it)| (Sample::Number(index + 1), it.as_str()));
    let letters = others
        .iter()
        .enumerate()
        .map(|(index, it)| (Sample::Letter(index), it.as_str()));
    let part = data
        .parting_s
        .map(|it| format!("{}\u{A0}s the two part", decimal(it, 1)));
    let part = part.iter().map(|it| (Sample::Stroke(PARTING), it.as_str()));
    let turns = Legend::new(numbers.chain(letters).chain(part), BODY_WIDTH);
    let badges = match (own.is_empty(), others.is_empty()) {
        (true, true) => 0.0,
        (false, false) => 2.0 * BADGES,
        _ => BADGES,
    };
    let turns_height = if badges == 0.0 { 0.0 } else { turns.flow_height() + 10.0 };
    let head = conditions.flow_height() + 10.0 + turns_height;
    let panels = data.panels.len() as f64;

    let page = Page::new(frame, head + badges + panels * 260.0 + 44.0);
    conditions.draw_flow(&mut page.sheet(), (page.body.left, page.body.top));
    turns.draw_flow(
        &mut page.sheet(),
        (page.body.left, page.body.top + conditions.flow_height() + 10.0),
    );

    let room = Rect {
        top: page.body.top + head,
        bottom: page.body.bottom - 44.0,
        ..page.body
    };
    let names = names(data);
    let wide = names.iter().flatten().map(|it| it.width).fold(0.0, f64::max);
    let ranges: Vec<(f64, f64)> = data
        .panels
        .iter()
        .map(|it| it.range.unwrap_or_else(|| extent(it)))
        .collect();
    let left = ranges
        .iter()
        .map(|it| axis::left_width(&ticks(it.0, it.1, 4)))
        .fold(0.0, f64::max);
    let height = (room.height() - badges) / panels;
    for (index, panel) in data.panels.iter().enumerate() {
        // The numbers of turning points stand over the first panel, under its title.
        let (top, above) = if index == 0 {
            (room.top, badges)
        } else {
            (room.top + badges + height * index as f64, 0.0)
        };
        let at = Rect {
            left: room.left + left,
            top: top + PANEL_TITLE + above,
            right: room.right - wide - LEADER,
            bottom: top + above + height - axis::BOTTOM_TICKS,
        };
        let title = if is_nothing(panel) {
            format!("{}: none at any time", panel.title)
        } else {
            panel.title.clone()
        };
        page.sheet().text(
            &title,
            (at.left, top + PANEL_TITLE - 14.0),
            Anchor::Start,
            TextStyle::bold(LABEL - 2.0),
        );
        draw_panel(&page, data, panel, at, ranges[index], &names[index])?;
        if index == 0 {
            draw_badges(&page, data, at);
        }
    }
    let middle = (room.left + left + room.right - wide - LEADER) / 2.0;
    page.sheet().text(
        "seconds since the first cue",
        (middle, page.body.bottom - 4.0),
        Anchor::Middle,
        TextStyle::plain(LABEL),
    );
    page.finish()
}

fn names(data: &TraceData) -> Vec<Vec<Block>> {
    let block = |it: &TraceLine| Block::wrap(&it.quantity, TICK, Weight::Regular, NAMES);
    data.panels
        .iter()
        .map(|panel| panel.lines.iter().map(block).collect())
        .collect()
}

fn draw_panel(
    page: &Page,
    data: &TraceData,
    content: &TracePanel,
    at: Rect,
    range: (f64, f64),
    names: &[Block],
) -> Result<(), ChartError> {
    let (start, end) = span(data);
    let panel = Panel::new(page, at, (start, end), range);
    axis::left(page, &panel, &ticks(range.0, range.1, 4));
    axis::bottom(page, &panel, &ticks(start, end, 8), "");
    for turn in &data.turning_points {
        let dashed = Stroke::new(GREY, 2.0).dashed(Dash::Dashed);
        panel.segment((turn.time_s, range.0), (turn.time_s, range.1), dashed)?;
    }
    if let Some(time) = data.parting_s {
        panel.segment((time, range.0), (time, range.1), PARTING)?;
    }
    let points = |values: &[f64]| {
        data.time_s
            .iter()
            .copied()
            .zip(values.iter().copied())
            .collect::<Vec<_>>()
    };
    for (index, line) in content.lines.iter().enumerate() {
        let stroke = Stroke::new(look(index).rgb, 4.0);
        if let Some(other) = &line.other {
            panel.line(points(other), stroke.dashed(Dash::Dashed))?;
        }
        panel.line(points(&line.values), stroke)?;
    }

    let last = data.time_s.len() - 1;
    let ends: Vec<f64> = content
        .lines
        .iter()
        .map(|it| panel.place(end, it.values[last]).1)
        .collect();
    let heights: Vec<f64> = names.iter().map(|it| it.height() + 6.0).collect();
    let centres = dodge(&ends, &heights, at.top - 14.0, at.bottom + axis::BOTTOM_TICKS);
    let mut sheet = page.sheet();
    for (index, line) in content.lines.iter().enumerate() {
        let look = look(index);
        let (left, middle) = (at.right + LEADER, centres[index]);
        let leader = [
            (at.right + 4.0, ends[index]),
            (at.right + 16.0, ends[index]),
            (left - 42.0, middle),
            (left - 10.0, middle),
        ];
        sheet.path(vec![leader.to_vec()], Stroke::new(look.rgb, 2.0));
        sheet.marker((left - 22.0, middle), look, 8.0);
        sheet.block(
            &names[index],
            (left, middle - names[index].height() / 2.0),
            Anchor::Start,
            INK,
        );
        for place in 0..4 {
            let share = (f64::from(place) + (index as f64 + 0.5) / content.lines.len() as f64) / 4.0;
            let moment = (share * last as f64).round() as usize;
            sheet.marker(panel.place(data.time_s[moment], line.values[moment]), look, 7.0);
        }
    }
    Ok(())
}

/// Numbers over the turning points, and letters over those of the other condition, moved apart where moments are close.
fn draw_badges(page: &Page, data: &TraceData, at: Rect) {
    let (start, end) = span(data);
    let share = |time: f64| ((time - start) / (end - start)).clamp(0.0, 1.0);
    let rows = [(&data.turning_points, false), (&data.other_turning_points, true)];
    let mut bottom = at.top;
    for (points, other) in rows {
        if points.is_empty() {
            continue;
        }
        let wanted: Vec<f64> = points
            .iter()
            .map(|it| at.left + share(it.time_s) * at.width())
            .collect();
        let widths = vec![40.0; wanted.len()];
        let places = dodge(&wanted, &widths, at.left - 20.0, at.right + 20.0);
        let y = bottom - BADGES + 16.0;
        let mut sheet = page.sheet();
        for (index, (&from, &to)) in wanted.iter().zip(&places).enumerate() {
            // Only the row next to the panel is led down to it: the lines of both would cross.
            if bottom == at.top {
                let line = vec![(from, at.top), (from, at.top - 4.0), (to, y)];
                sheet.path(vec![line], Stroke::new(GREY, 2.0));
            }
            if other {
                letter(&mut sheet, (to, y), index);
            } else {
                badge(&mut sheet, (to, y), index + 1);
            }
        }
        bottom -= BADGES;
    }
}

fn span(data: &TraceData) -> (f64, f64) {
    (data.time_s[0], data.time_s[data.time_s.len() - 1])
}

/// Half of a panel that would otherwise be empty is not drawn.
const HALF: f64 = 0.5;

fn values(panel: &TracePanel) -> impl Iterator<Item = f64> {
    let lines = panel.lines.iter();
    lines.flat_map(|it| it.values.iter().chain(it.other.iter().flatten()).copied())
}

/// Whether all lines of a panel lie on 0 all the time; its title says so, since lines on the axis are hardly seen.
fn is_nothing(panel: &TracePanel) -> bool {
    values(panel).all(|it| it == 0.0)
}

/// \[0, 1\] for quantities that keep to it and use half of it or more, or that are 0 throughout; else what the lines take up, and 0.
fn extent(panel: &TracePanel) -> (f64, f64) {
    let (low, high) = values(panel).fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), it| {
        (low.min(it), high.max(it))
    });
    if is_nothing(panel) || (low >= 0.0 && (HALF..=1.0).contains(&high)) {
        (0.0, 1.0)
    } else {
        round_out(low.min(0.0), high, 4)
    }
}

fn check(data: &TraceData) -> Result<(), ChartError> {
    for (empty, what) in [
        (data.time_s.len() < 2, "interval of time"),
        (data.panels.is_empty(), "panel"),
        (data.panels.iter().any(|it| it.lines.is_empty()), "line in each panel"),
    ] {
        if empty {
            return Err(ChartError::Empty { chart: CHART, what });
        }
    }
    for &time in data
        .time_s
        .iter()
        .chain(data.turning_points.iter().map(|it| &it.time_s))
        .chain(data.other_turning_points.iter().map(|it| &it.time_s))
        .chain(&data.parting_s)
    {
        check_finite(CHART, "time", &data.condition, time)?;
    }
    for line in data.panels.iter().flat_map(|it| &it.lines) {
        for values in std::iter::once(&line.values).chain(&line.other) {
            if values.len() != data.time_s.len() {
                return Err(ChartError::Length {
                    chart: CHART,
                    of: line.quantity.clone(),
                    found: values.len(),
                    expected: data.time_s.len(),
                });
            }
            for &value in values {
                check_finite(CHART, "value", &line.quantity, value)?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panel_is_as_high_as_its_lines_need() {
        let of = |values: [f64; 2], other: Option<[f64; 2]>| {
            extent(&TracePanel {
                title: "feelings".to_owned(),
                range: None,
                lines: vec![TraceLine {
                    quantity: "compassion".to_owned(),
                    values: values.to_vec(),
                    other: other.map(|it| it.to_vec()),
                }],
            })
        };
        assert_eq!(of([0.1, 0.5], None), (0.0, 1.0), "half of it is used");
        assert_eq!(of([0.1, 1.0], None), (0.0, 1.0));
        assert_eq!(of([0.1, 0.38], None), (0.0, 0.4), "more than half would be empty");
        assert_eq!(of([0.1, 1.5], None), (0.0, 1.5));
        assert_eq!(of([-0.4, 0.8], None), (-0.4, 0.8));
        assert_eq!(of([0.1, 0.38], Some([0.0, 0.6])), (0.0, 1.0), "the other course counts");
        assert_eq!(of([0.0, 0.0], None), (0.0, 1.0), "an axis needs two ends");
    }
}

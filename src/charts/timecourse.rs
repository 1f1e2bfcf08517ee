//! What goes on in people during the encounter.
//!
//! A few conditions share one panel per quantity. More would hide each other: they get a row each, with the first condition in grey behind.

mod overlaid;
mod rows;

use super::estimate::check_finite;
use super::number::round_out;
use super::{ChartError, Frame, Picture};

const CHART: &str = "timecourse";
/// Bands of more conditions than this would hide each other.
const OVERLAID: usize = 3;
/// Points along a line; a panel is not much wider in pixels.
const POINTS: usize = 300;
/// A quantity that moves less than this does not move.
const FLAT: f64 = 1e-6;

/// Courses over time, for some quantities and conditions.
#[derive(Debug, Clone, PartialEq)]
pub struct TimecourseData {
    /// Seconds since the first cue, rising; at least two.
    pub time_s: Vec<f64>,
    /// The conditions, at least one.
    pub conditions: Vec<TimecourseCondition>,
    /// One panel per quantity, at least one.
    pub panels: Vec<TimecoursePanel>,
    /// What a line stands for: `mean`, `median`.
    pub centre: String,
    /// What a band stands for: `middle half of people`.
    pub spread: String,
}

/// A condition.
#[derive(Debug, Clone, PartialEq)]
pub struct TimecourseCondition {
    /// Its name.
    pub name: String,
    /// When its scene ends, in seconds since the first cue, above 0; its lines end there.
    pub end_s: f64,
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
    if data.conditions.len() <= OVERLAID {
        overlaid::draw(data, frame)
    } else {
        rows::draw(data, frame)
    }
}

/// Round ends around what the lines and bands of a panel take up; 0 is always shown.
fn extent(data: &TimecourseData, panel: &TimecoursePanel) -> (f64, f64) {
    if let Scale::Fixed(low, high) = panel.scale {
        return (low, high);
    }
    let (mut low, mut high) = (0.0_f64, 0.0_f64);
    for number in 0..panel.courses.len() {
        for (_, [centre, lower, upper]) in moments(data, panel, number) {
            low = low.min(centre).min(lower);
            high = high.max(centre).max(upper);
        }
    }
    // Where nothing happens a line along the bottom says so.
    if high - low < FLAT {
        (low, low + 1.0)
    } else {
        round_out(low, high, 4)
    }
}

/// Centre, lower and upper edge of a condition's course, moment by moment up to the end of its scene.
fn moments(data: &TimecourseData, panel: &TimecoursePanel, number: usize) -> Vec<(f64, [f64; 3])> {
    let (course, end) = (&panel.courses[number], data.conditions[number].end_s);
    let step = data.time_s.len().div_ceil(POINTS);
    // The last moment is the first that is not before the end.
    let last = data.time_s.partition_point(|it| *it < end).min(data.time_s.len() - 1);
    let shown = (0..last).step_by(step).chain([last]);
    shown
        .map(|it| {
            let values = [course.centre[it], course.lower[it], course.upper[it]];
            (data.time_s[it].min(end), values)
        })
        .collect()
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
    for it in &data.conditions {
        if !(it.end_s.is_finite() && it.end_s > 0.0) {
            return Err(ChartError::Value {
                chart: CHART,
                what: "end of the scene",
                of: it.name.clone(),
                value: it.end_s,
                allowed: "above 0",
            });
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

//! How measures change over weeks, or from one encounter to the next: one small panel per measure, one line per condition.

use super::axis;
use super::estimate::check_finite;
use super::number::{Tick, round_out, ticks};
use super::page::{LABEL, Page, TICK};
use super::palette::{Dash, GREY, look};
use super::panel::Panel;
use super::sheet::{Anchor, Paint, Stroke, TextStyle};
use super::small_multiples::{FOOT, Head, SmallMultiples};
use super::{ChartError, Frame, Picture};

const CHART: &str = "change";
/// Panels side by side.
const COLUMNS: usize = 3;
/// Markers of more moments than this would touch.
const MARKED: usize = 20;
const PANEL_TITLE: f64 = 46.0;
const PANEL_HEIGHT: f64 = 290.0;

/// Measures over some moments.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangeData {
    /// When people were measured, rising; at least two moments.
    pub at: Vec<f64>,
    /// What `at` counts: `weeks since practice began`.
    pub axis: String,
    /// After which moment follow-ups begin, if there are any.
    pub follow_up_from: Option<f64>,
    /// Names of the conditions, at least one.
    pub conditions: Vec<String>,
    /// One panel per measure, at least one.
    pub panels: Vec<ChangePanel>,
}

/// One measure.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangePanel {
    /// Name of the measure in words, with its unit.
    pub measure: String,
    /// The ends of the axis, where they are given: a share is shown whole.
    pub range: Option<(f64, f64)>,
    /// The least that the axis must span, so that noise does not look like an effect.
    pub least: f64,
    /// One course per condition, in the order of the conditions.
    pub courses: Vec<ChangeCourse>,
}

/// The course of a measure in one condition; lists have one value per moment.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangeCourse {
    /// Mean over people, or a share.
    pub mean: Vec<f64>,
    /// The lower and upper limits of its 95 % interval.
    pub interval: (Vec<f64>, Vec<f64>),
}

/// Draws the chart.
///
/// # Errors
///
/// If there are fewer than two moments, no condition or no panel, if lists differ in length, or if a number is not finite.
pub fn draw(data: &ChangeData, frame: &Frame) -> Result<Picture, ChartError> {
    check(data)?;
    let follow_up = match data.follow_up_from {
        Some(_) => "; right of the dashed line: follow-ups",
        None => "",
    };
    let reading = &format!("line: mean; band: its 95 % interval{follow_up}");
    let head = Head::new(data.conditions.iter().map(String::as_str), reading, TICK);
    let rows = data.panels.len().div_ceil(COLUMNS);
    let page = Page::new(frame, head.height() + 8.0 + rows as f64 * PANEL_HEIGHT + FOOT);
    head.draw(&page);
    let panels = SmallMultiples::new(&page, head.height() + 8.0, 12.0, data.panels.len(), COLUMNS);
    for index in 0..data.panels.len() {
        panel(&page, data, index, &panels)?;
    }
    panels.across(&page, &data.axis);
    page.finish()
}

fn panel(page: &Page, data: &ChangeData, index: usize, panels: &SmallMultiples) -> Result<(), ChartError> {
    let measure = &data.panels[index];
    let (low, high) = extent(measure);
    let y_ticks: Vec<Tick> = ticks(low, high, 4);
    let at = panels.place(index, PANEL_TITLE, &y_ticks);
    let (start, end) = (data.at[0], data.at[data.at.len() - 1]);
    let panel = Panel::new(page, at, (start, end), (low, high));
    axis::left(page, &panel, &y_ticks);
    axis::bottom(page, &panel, &ticks(start, end, 5), "");
    let title = if is_nothing(measure) {
        format!("{}: none at any time", measure.measure)
    } else {
        measure.measure.clone()
    };
    page.sheet().text(
        &title,
        (at.left, at.top - 16.0),
        Anchor::Start,
        TextStyle::bold(LABEL - 2.0),
    );
    if let Some(week) = data.follow_up_from {
        let line = Stroke::new(GREY, 2.0).dashed(Dash::Dashed);
        panel.segment((week, low), (week, high), line)?;
    }
    let moments = || 0..data.at.len();
    for (number, course) in measure.courses.iter().enumerate() {
        let (lower, upper) = &course.interval;
        let band: Vec<_> = moments().map(|it| (data.at[it], lower[it], upper[it])).collect();
        let paint = Paint {
            rgb: look(number).rgb,
            alpha: 0.2,
        };
        panel.band(&band, paint)?;
    }
    for (number, course) in measure.courses.iter().enumerate() {
        let look = look(number);
        let points = moments().map(|it| (data.at[it], course.mean[it]));
        panel.line(points, Stroke::new(look.rgb, 3.5).dashed(look.dash))?;
    }
    let mut sheet = page.sheet();
    let step = data.at.len().div_ceil(MARKED);
    for (number, course) in measure.courses.iter().enumerate() {
        for moment in moments().step_by(step) {
            sheet.marker(panel.place(data.at[moment], course.mean[moment]), look(number), 7.0);
        }
    }
    Ok(())
}

/// Whether a measure is 0 at every moment in every condition; its title says so, since lines on the axis are hardly seen.
fn is_nothing(panel: &ChangePanel) -> bool {
    panel.courses.iter().flat_map(|it| &it.mean).all(|it| *it == 0.0)
}

/// Round ends around what a panel shows, unless they are given. An axis need not begin at 0: changes are small beside what people differ in.
fn extent(panel: &ChangePanel) -> (f64, f64) {
    if let Some(range) = panel.range {
        return range;
    }
    if is_nothing(panel) {
        return (0.0, 1.0);
    }
    let values = panel
        .courses
        .iter()
        .flat_map(|it| it.mean.iter().chain(&it.interval.0).chain(&it.interval.1));
    let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), it| {
        (low.min(*it), high.max(*it))
    });
    let (low, high) = if high - low < panel.least {
        // What is never negative stays so.
        let from = (low + high) / 2.0 - panel.least / 2.0;
        let from = if low >= 0.0 { from.max(0.0) } else { from };
        (from, from + panel.least)
    } else {
        (low, high)
    };
    if high - low < 1e-6 {
        (low - 0.5, low + 0.5)
    } else {
        round_out(low, high, 4)
    }
}

fn check(data: &ChangeData) -> Result<(), ChartError> {
    for (empty, what) in [
        (data.at.len() < 2, "interval of time"),
        (data.conditions.is_empty(), "condition"),
        (data.panels.is_empty(), "panel"),
    ] {
        if empty {
            return Err(ChartError::Empty { chart: CHART, what });
        }
    }
    for &at in &data.at {
        check_finite(CHART, "time", "all conditions", at)?;
    }
    for panel in &data.panels {
        let length = |found, expected| {
            if found == expected {
                return Ok(());
            }
            Err(ChartError::Length {
                chart: CHART,
                of: panel.measure.clone(),
                found,
                expected,
            })
        };
        length(panel.courses.len(), data.conditions.len())?;
        for course in &panel.courses {
            for list in [&course.mean, &course.interval.0, &course.interval.1] {
                length(list.len(), data.at.len())?;
                for &value in list {
                    check_finite(CHART, "course", &panel.measure, value)?;
                }
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A course with an interval of ±0.1.
    fn course(mean: Vec<f64>) -> ChangeCourse {
        let moved = |by: f64| mean.iter().map(|it| it + by).collect();
        ChangeCourse {
            interval: (moved(-0.1), moved(0.1)),
            mean,
        }
    }

    fn data() -> ChangeData {
        let of = |shift: f64| course(vec![1.0, 1.5 + shift, 1.2]);
        ChangeData {
            at: vec![0.0, 8.0, 36.0],
            axis: "weeks since practice began".to_owned(),
            follow_up_from: Some(8.0),
            conditions: vec!["waiting list".to_owned(), "compassion training".to_owned()],
            panels: ["helped", "burnout", "a measure with quite a long name"]
                .map(|name| ChangePanel {
                    measure: name.to_owned(),
                    range: None,
                    least: 0.0,
                    courses: vec![of(0.0), of(0.4)],
                })
                .to_vec(),
        }
    }

    /// The ends of the axis of one course.
    fn ends(mean: [f64; 3], least: f64, range: Option<(f64, f64)>) -> [f64; 2] {
        let panel = ChangePanel {
            measure: "burnout".to_owned(),
            range,
            least,
            courses: vec![ChangeCourse {
                interval: (mean.to_vec(), mean.to_vec()),
                mean: mean.to_vec(),
            }],
        };
        let (low, high) = extent(&panel);
        [low, high].map(|it| (it * 1e6).round() / 1e6)
    }

    #[test]
    fn an_axis_holds_what_its_panel_shows() {
        assert_eq!(ends([4.1, 4.5, 4.9], 0.0, None), [4.0, 5.0], "not from 0 on");
        assert_eq!(ends([4.0, 4.0, 4.0], 0.0, None), [3.5, 4.5], "an axis needs two ends");
        assert_eq!(ends([0.0, 0.0, 0.0], 0.0, None), [0.0, 1.0]);
        assert_eq!(
            ends([81.0, 90.0, 92.0], 0.0, Some((0.0, 100.0))),
            [0.0, 100.0],
            "a share is shown whole"
        );
        let mut wide = data();
        wide.panels[0].courses[0].interval.0[1] = -7.0;
        assert!(extent(&wide.panels[0]).0 <= -7.0, "intervals count");
    }

    #[test]
    fn a_hair_of_a_difference_does_not_fill_an_axis() {
        let [low, high] = ends([0.871, 0.872, 0.873], 0.1, None);
        assert!(low <= 0.822 && high >= 0.922, "a tenth around them: {low} to {high}");
        assert_eq!(ends([0.01, 0.012, 0.015], 0.1, None)[0], 0.0);
        assert_eq!(
            ends([0.2, 0.5, 0.8], 0.1, None),
            [0.2, 0.8],
            "what differs by more stays as it is"
        );
    }

    #[test]
    fn what_never_happens_says_so() {
        let mut data = data();
        assert!(!draw(&data, &frame()).unwrap().svg.contains("none at any time"));
        data.panels[0].courses.fill(ChangeCourse {
            mean: vec![0.0; 3],
            interval: (vec![0.0; 3], vec![0.0; 3]),
        });
        assert!(draw(&data, &frame()).unwrap().svg.contains("helped: none at any time"));
    }

    fn frame() -> Frame {
        Frame {
            title: "What is left when practice stops?".to_owned(),
            subtitle: None,
            foot: "10,000 simulated people per condition".to_owned(),
        }
    }

    #[test]
    fn every_name_and_the_axis_stand_in_the_picture() {
        let picture = draw(&data(), &frame()).unwrap();
        for text in [
            "waiting list",
            "compassion training",
            "burnout",
            "weeks since practice began",
        ] {
            assert!(picture.svg.contains(text), "{text}");
        }
        assert_eq!(picture, draw(&data(), &frame()).unwrap());
    }

    #[test]
    fn what_cannot_be_drawn_is_named() {
        let mut one = data();
        one.at.truncate(1);
        assert!(
            draw(&one, &frame())
                .unwrap_err()
                .to_string()
                .contains("interval of time")
        );
        let mut short = data();
        short.panels[1].courses[0].mean.pop();
        assert!(draw(&short, &frame()).unwrap_err().to_string().contains("burnout"));
        let mut broken = data();
        broken.panels[0].courses[0].mean[1] = f64::NAN;
        assert!(draw(&broken, &frame()).is_err());
    }
}

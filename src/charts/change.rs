//! How measures change over weeks, or from one encounter to the next: one small panel per measure, one line per condition.

use super::axis;
use super::estimate::check_finite;
use super::font::Weight;
use super::legend::{Legend, Sample};
use super::number::{Tick, round_out, ticks};
use super::page::{BODY_WIDTH, LABEL, Page, TICK};
use super::palette::{Dash, GREY, look};
use super::panel::Panel;
use super::sheet::{Anchor, Paint, Rect, Stroke, TextStyle};
use super::text::Block;
use super::{ChartError, Frame, Picture};

const CHART: &str = "change";
/// Panels side by side.
const COLUMNS: usize = 3;
/// Bands of more conditions than this would hide each other.
const BANDS: usize = 3;
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
    /// Name of the measure in words.
    pub measure: String,
    /// One course per condition, in the order of the conditions.
    pub courses: Vec<ChangeCourse>,
}

/// The course of a measure in one condition; lists have one value per moment.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangeCourse {
    /// Mean over people, or a share.
    pub mean: Vec<f64>,
    /// The quartiles between people; none for a share.
    pub quartiles: Option<(Vec<f64>, Vec<f64>)>,
}

impl ChangeData {
    /// Whether bands between the quartiles are drawn.
    pub fn has_bands(&self) -> bool {
        let mut courses = self.panels.iter().flat_map(|it| &it.courses);
        self.conditions.len() <= BANDS && courses.any(|it| it.quartiles.is_some())
    }
}

/// Draws the chart.
///
/// # Errors
///
/// If there are fewer than two moments, no condition or no panel, if lists differ in length, or if a number is not finite.
pub fn draw(data: &ChangeData, frame: &Frame) -> Result<Picture, ChartError> {
    check(data)?;
    let entries = data.conditions.iter().enumerate();
    let legend = Legend::new(
        entries.map(|(index, name)| (Sample::Line(look(index)), name.as_str())),
        BODY_WIDTH,
    );
    let banded = data.has_bands();
    let reading = match (banded, data.follow_up_from) {
        (true, Some(_)) => "line: mean; band: middle half of people; right of the dashed line: follow-ups",
        (true, None) => "line: mean; band: middle half of people",
        (false, Some(_)) => "line: mean; right of the dashed line: follow-ups",
        (false, None) => "line: mean",
    };
    let reading = Block::wrap(reading, TICK, Weight::Regular, BODY_WIDTH);
    let head = legend.flow_height() + 10.0 + reading.height() + 8.0;
    let rows = data.panels.len().div_ceil(COLUMNS);
    let page = Page::new(frame, head + rows as f64 * PANEL_HEIGHT + 44.0);
    {
        let mut sheet = page.sheet();
        let (left, top) = (page.body.left, page.body.top);
        legend.draw_flow(&mut sheet, (left, top));
        sheet.block(&reading, (left, top + legend.flow_height() + 10.0), Anchor::Start, GREY);
    }
    let room = Rect {
        top: page.body.top + head,
        right: page.body.right - 12.0,
        bottom: page.body.bottom - 44.0,
        ..page.body
    };
    for index in 0..data.panels.len() {
        panel(&page, data, index, &room)?;
    }
    page.sheet().text(
        &data.axis,
        ((room.left + room.right) / 2.0, page.body.bottom - 4.0),
        Anchor::Middle,
        TextStyle::plain(LABEL),
    );
    page.finish()
}

fn panel(page: &Page, data: &ChangeData, index: usize, room: &Rect) -> Result<(), ChartError> {
    let measure = &data.panels[index];
    let columns = COLUMNS.min(data.panels.len());
    let rows = data.panels.len().div_ceil(COLUMNS);
    let (row, column) = (index / COLUMNS, index % COLUMNS);
    let (width, height) = (room.width() / columns as f64, room.height() / rows as f64);
    let (low, high) = extent(data, measure);
    let y_ticks: Vec<Tick> = ticks(low, high, 4);
    let left = room.left + width * column as f64;
    let at = Rect {
        left: left + axis::left_width(&y_ticks) + 4.0,
        top: room.top + height * row as f64 + PANEL_TITLE,
        right: left + width - if column + 1 == columns { 0.0 } else { 36.0 },
        bottom: room.top + height * (row + 1) as f64 - axis::BOTTOM_TICKS,
    };
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
    if data.has_bands() {
        for (number, course) in measure.courses.iter().enumerate() {
            if let Some((lower, upper)) = &course.quartiles {
                let band: Vec<_> = moments().map(|it| (data.at[it], lower[it], upper[it])).collect();
                let paint = Paint {
                    rgb: look(number).rgb,
                    alpha: 0.14,
                };
                panel.band(&band, paint)?;
            }
        }
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

/// Round ends around what a panel shows. An axis need not begin at 0: changes are small beside what people differ in.
fn extent(data: &ChangeData, panel: &ChangePanel) -> (f64, f64) {
    if is_nothing(panel) {
        return (0.0, 1.0);
    }
    let mut values: Vec<f64> = panel.courses.iter().flat_map(|it| it.mean.iter().copied()).collect();
    if data.has_bands() {
        let quartiles = panel.courses.iter().filter_map(|it| it.quartiles.as_ref());
        values.extend(quartiles.flat_map(|(lower, upper)| lower.iter().chain(upper).copied()));
    }
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
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
            let quartiles = course.quartiles.iter().flat_map(|(lower, upper)| [lower, upper]);
            for list in quartiles.chain([&course.mean]) {
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

    fn data() -> ChangeData {
        let course = |shift: f64| ChangeCourse {
            mean: vec![1.0, 1.5 + shift, 1.2],
            quartiles: Some((vec![0.5; 3], vec![2.0; 3])),
        };
        ChangeData {
            at: vec![0.0, 8.0, 36.0],
            axis: "weeks since practice began".to_owned(),
            follow_up_from: Some(8.0),
            conditions: vec!["waiting list".to_owned(), "compassion training".to_owned()],
            panels: ["helped", "burnout", "a measure with quite a long name"]
                .map(|name| ChangePanel {
                    measure: name.to_owned(),
                    courses: vec![course(0.0), course(0.4)],
                })
                .to_vec(),
        }
    }

    #[test]
    fn bands_are_drawn_of_few_conditions_and_of_what_has_quartiles() {
        assert!(data().has_bands());
        let mut many = data();
        many.conditions = vec!["a condition".to_owned(); BANDS + 1];
        assert!(!many.has_bands());
        let mut shares = data();
        shares
            .panels
            .iter_mut()
            .flat_map(|it| &mut it.courses)
            .for_each(|it| it.quartiles = None);
        assert!(!shares.has_bands());
    }

    #[test]
    fn an_axis_holds_what_its_panel_shows() {
        let of = |mean: [f64; 3], quartiles: Option<[f64; 2]>| {
            let mut data = data();
            let courses = &mut data.panels[0].courses;
            courses.truncate(1);
            courses[0].mean = mean.to_vec();
            courses[0].quartiles = quartiles.map(|[lower, upper]| (vec![lower; 3], vec![upper; 3]));
            let (low, high) = extent(&data, &data.panels[0]);
            [low, high].map(|it| (it * 1e6).round() / 1e6)
        };
        assert_eq!(of([4.1, 4.5, 4.9], None), [4.0, 5.0], "not from 0 on");
        assert_eq!(of([4.1, 4.5, 4.9], Some([2.2, 6.1])), [2.0, 7.0], "bands count");
        assert_eq!(of([4.0, 4.0, 4.0], None), [3.5, 4.5], "an axis needs two ends");
        assert_eq!(of([0.0, 0.0, 0.0], None), [0.0, 1.0]);
    }

    #[test]
    fn what_never_happens_says_so() {
        let mut data = data();
        assert!(!draw(&data, &frame()).unwrap().svg.contains("none at any time"));
        for it in &mut data.panels[0].courses {
            (it.mean, it.quartiles) = (vec![0.0; 3], None);
        }
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

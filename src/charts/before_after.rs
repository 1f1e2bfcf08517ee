//! Single people before and after, and on the way: a sample of lines for each condition, with the mean of all.

use super::axis;
use super::estimate::check_finite;
use super::font::Weight;
use super::number::{Tick, percent, round_out, ticks};
use super::page::{BODY_WIDTH, LABEL, Page, TICK};
use super::palette::{GREY, look};
use super::panel::Panel;
use super::sheet::{Anchor, Paint, Rect, Stroke, TextStyle};
use super::text::Block;
use super::{ChartError, Frame, Picture};
use crate::wording::signed;

const CHART: &str = "before_after";
/// Panels side by side.
const COLUMNS: usize = 4;
const PANEL_HEIGHT: f64 = 520.0;
/// Height of the numbers above a panel, clear of the uppermost tick.
const SAID: f64 = 58.0;
/// Height of what the moments count, under all panels.
const AXIS: f64 = 44.0;

/// People before and after.
#[derive(Debug, Clone, PartialEq)]
pub struct BeforeAfterData {
    /// Name of the measure in words.
    pub measure: String,
    /// When people were measured, rising; at least two moments.
    pub at: Vec<f64>,
    /// What `at` counts: `weeks since practice began`.
    pub axis: String,
    /// The moment that is compared with the first, by its place in the list.
    pub compared: usize,
    /// The moments that are compared: `week 0 to week 8`.
    pub from_to: String,
    /// One panel per condition, at least one.
    pub panels: Vec<BeforeAfterPanel>,
}

/// The people of one condition.
#[derive(Debug, Clone, PartialEq)]
pub struct BeforeAfterPanel {
    /// Name of the condition.
    pub name: String,
    /// One value per moment, of some people; at least one.
    pub people: Vec<Vec<f64>>,
    /// Share who rise between the moments that are compared, of more people than are drawn.
    pub rise: f64,
    /// Means over all people, one per moment.
    pub mean: Vec<f64>,
}

/// Draws the chart.
///
/// # Errors
///
/// If there are fewer than two moments, no conditions or nobody in one of them, if lists differ in length, or if a number is not finite.
pub fn draw(data: &BeforeAfterData, frame: &Frame) -> Result<Picture, ChartError> {
    check(data)?;
    let columns = COLUMNS.min(data.panels.len());
    let width = BODY_WIDTH / columns as f64;
    let titles: Vec<Block> = data
        .panels
        .iter()
        .map(|it| Block::wrap(&it.name, LABEL - 2.0, Weight::Bold, width - 60.0))
        .collect();
    let title = titles.iter().map(Block::height).fold(0.0, f64::max);
    let reading = format!(
        "{}: each thin line is a person, the thick line the mean of all; who rises, and the mean change, from {}",
        data.measure, data.from_to
    );
    let reading = Block::wrap(&reading, TICK, Weight::Regular, BODY_WIDTH);
    let rows = data.panels.len().div_ceil(COLUMNS);
    let page = Page::new(
        frame,
        reading.height() + 12.0 + rows as f64 * (PANEL_HEIGHT + title) + AXIS,
    );
    page.sheet()
        .block(&reading, (page.body.left, page.body.top), Anchor::Start, GREY);
    let values = data
        .panels
        .iter()
        .flat_map(|it| it.people.iter().flatten().chain(&it.mean));
    let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), &it| {
        (low.min(it), high.max(it))
    });
    let (low, high) = if high - low < 1e-6 {
        (low - 0.5, low + 0.5)
    } else {
        round_out(low, high, 5)
    };
    let y_ticks: Vec<Tick> = ticks(low, high, 5);
    let top = page.body.top + reading.height() + 12.0;
    let height = (page.body.bottom - AXIS - top) / rows as f64;
    for (index, (people, name)) in data.panels.iter().zip(&titles).enumerate() {
        let (row, column) = (index / COLUMNS, index % COLUMNS);
        let left = page.body.left + width * column as f64;
        let at = Rect {
            left: left + axis::left_width(&y_ticks) + 34.0,
            top: top + height * row as f64 + title + SAID,
            right: left + width - 70.0,
            bottom: top + height * (row + 1) as f64 - axis::BOTTOM_TICKS,
        };
        page.sheet()
            .block(name, (left, at.top - title - SAID), Anchor::Start, look(index).rgb);
        let said = format!(
            "{} rise, mean {}",
            percent(people.rise),
            signed(people.mean[data.compared] - people.mean[0], 2)
        );
        page.sheet().text(
            &said,
            (left, at.top - 26.0),
            Anchor::Start,
            TextStyle::plain(TICK).in_colour(GREY),
        );
        panel(&page, data, people, index, at, (low, high), &y_ticks)?;
    }
    page.sheet().text(
        &data.axis,
        ((page.body.left + page.body.right) / 2.0, page.body.bottom - 4.0),
        Anchor::Middle,
        TextStyle::plain(LABEL),
    );
    page.finish()
}

fn panel(
    page: &Page,
    data: &BeforeAfterData,
    people: &BeforeAfterPanel,
    index: usize,
    at: Rect,
    range: (f64, f64),
    y_ticks: &[Tick],
) -> Result<(), ChartError> {
    let (start, end) = (data.at[0], data.at[data.at.len() - 1]);
    let panel = Panel::new(page, at, (start, end), range);
    axis::left(page, &panel, y_ticks);
    axis::bottom(page, &panel, &ticks(start, end, 4), "");
    let look = look(index);
    let alpha = (12.0 / people.people.len() as f64).clamp(0.18, 0.6);
    let points = |values: &[f64]| -> Vec<(f64, f64)> { data.at.iter().copied().zip(values.iter().copied()).collect() };
    for it in &people.people {
        let stroke = Stroke {
            paint: Paint { rgb: look.rgb, alpha },
            ..Stroke::new(look.rgb, 2.0)
        };
        panel.line(points(it), stroke)?;
    }
    panel.line(points(&people.mean), Stroke::new(look.rgb, 7.0))?;
    let mut sheet = page.sheet();
    for (x, y) in points(&people.mean) {
        sheet.marker(panel.place(x, y), look, 11.0);
    }
    Ok(())
}

fn check(data: &BeforeAfterData) -> Result<(), ChartError> {
    if data.panels.is_empty() {
        return Err(ChartError::Empty {
            chart: CHART,
            what: "condition",
        });
    }
    if data.at.len() < 2 {
        return Err(ChartError::Empty {
            chart: CHART,
            what: "interval of time",
        });
    }
    for &at in &data.at {
        check_finite(CHART, "time", "all conditions", at)?;
    }
    for panel in &data.panels {
        for found in panel.people.iter().map(Vec::len).chain([panel.mean.len()]) {
            if found != data.at.len() {
                return Err(ChartError::Length {
                    chart: CHART,
                    of: panel.name.clone(),
                    found,
                    expected: data.at.len(),
                });
            }
        }
        if panel.people.is_empty() {
            return Err(ChartError::Empty {
                chart: CHART,
                what: "person",
            });
        }
        let values = panel.people.iter().flatten().chain(&panel.mean).chain([&panel.rise]);
        for &value in values {
            check_finite(CHART, "measure", &panel.name, value)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data() -> BeforeAfterData {
        let panel = |name: &str| BeforeAfterPanel {
            name: name.to_owned(),
            people: (0..40)
                .map(|it| [7, 3, 5].map(|by| f64::from(it % by)).to_vec())
                .collect(),
            rise: 0.42,
            mean: vec![3.0, 1.0, 2.5],
        };
        BeforeAfterData {
            measure: "negative affect".to_owned(),
            at: vec![0.0, 4.0, 8.0],
            axis: "weeks since practice began".to_owned(),
            compared: 2,
            from_to: "week 0 to week 8".to_owned(),
            panels: ["waiting list", "a course with a name that needs more than one line"]
                .map(panel)
                .to_vec(),
        }
    }

    fn frame() -> Frame {
        Frame {
            title: "Who changes?".to_owned(),
            subtitle: None,
            foot: "seed 1".to_owned(),
        }
    }

    #[test]
    fn conditions_moments_and_means_are_written_out() {
        let picture = draw(&data(), &frame()).unwrap();
        for text in [
            "waiting list",
            "from week 0 to week 8",
            "weeks since practice began",
            "42\u{A0}% rise, mean −0.50",
        ] {
            assert!(picture.svg.contains(text), "{text}");
        }
    }

    #[test]
    fn nobody_cannot_be_drawn() {
        let mut empty = data();
        empty.panels[0].people.clear();
        assert!(draw(&empty, &frame()).unwrap_err().to_string().contains("person"));
        let mut broken = data();
        broken.panels[0].mean[0] = f64::INFINITY;
        assert!(draw(&broken, &frame()).is_err());
        let mut short = data();
        short.panels[1].people[3].pop();
        assert!(
            draw(&short, &frame())
                .unwrap_err()
                .to_string()
                .contains("more than one line")
        );
    }
}

//! What people did against what the model predicts, one point per published cell.

use super::axis;
use super::estimate::{Estimate, check_share};
use super::legend::{BADGE, Legend, Sample, badge};
use super::number::percent;
use super::page::{BODY_WIDTH, LABEL, Page, TICK};
use super::palette::{BLUE, Dash, GREY, INK, Look, PARAMETERS, Shape, VERMILLION};
use super::panel::Panel;
use super::place::beside;
use super::sheet::{Anchor, Paint, Rect, Stroke, TextStyle};
use super::{ChartError, Frame, Picture};

const CHART: &str = "observed_predicted";
const INSIDE: Look = Look {
    rgb: BLUE,
    shape: Shape::Circle,
    hollow: false,
    dash: Dash::Full,
};
const OUTSIDE: Look = Look {
    rgb: VERMILLION,
    shape: Shape::Triangle,
    hollow: false,
    dash: Dash::Full,
};
/// How many of the worst misfits are named.
const NAMED: usize = 8;
/// Width of the bars over plausible parameter sets: many lie over each other.
const BAR: f64 = 5.0;
/// Least side of the square panel.
const SIDE: f64 = 700.0;

/// Observed and predicted proportions.
#[derive(Debug, Clone, PartialEq)]
pub struct ObservedPredictedData {
    /// One point per cell, at least one.
    pub cells: Vec<ObservedPredictedCell>,
    /// Lines of summary for the margin: `81 of 85 predictions inside`.
    pub summary: Vec<String>,
}

/// One published cell.
#[derive(Debug, Clone, PartialEq)]
pub struct ObservedPredictedCell {
    /// Study and condition.
    pub name: String,
    /// Proportion of people who helped, in \[0, 1\], with its 95 % interval.
    pub observed: Estimate,
    /// Predicted proportion, in \[0, 1\].
    pub predicted: f64,
    /// Lower and upper end, in \[0, 1\], of what plausible parameter sets predict.
    pub parameters: Option<[f64; 2]>,
}

impl ObservedPredictedCell {
    fn inside(&self) -> bool {
        (self.observed.lower..=self.observed.upper).contains(&self.predicted)
    }

    /// How far the prediction lies from what was observed, in half-widths of the interval on that side.
    fn misfit(&self) -> f64 {
        let distance = self.predicted - self.observed.value;
        let room = if distance > 0.0 {
            self.observed.upper - self.observed.value
        } else {
            self.observed.value - self.observed.lower
        };
        distance.abs() / room.max(1e-6)
    }
}

/// Draws the chart.
///
/// # Errors
///
/// If there are no cells, or a proportion is not in \[0, 1\] or outside its own interval.
pub fn draw(data: &ObservedPredictedData, frame: &Frame) -> Result<Picture, ChartError> {
    check(data)?;
    let mut worst: Vec<&ObservedPredictedCell> = data.cells.iter().filter(|it| !it.inside()).collect();
    worst.sort_by(|a, b| b.misfit().total_cmp(&a.misfit()));
    worst.truncate(NAMED);
    let texts: Vec<String> = worst
        .iter()
        .map(|it| {
            format!(
                "{} (observed {}, predicted {})",
                it.name,
                percent(it.observed.value),
                percent(it.predicted)
            )
        })
        .collect();
    let column = BODY_WIDTH - SIDE - 260.0;
    let mut samples = vec![
        (
            Sample::Interval(INSIDE, 2.5),
            "prediction inside the observed 95 % interval",
        ),
        (Sample::Interval(OUTSIDE, 2.5), "outside"),
    ];
    if data.cells.iter().any(|it| it.parameters.is_some()) {
        let bar = Stroke::new(PARAMETERS, BAR);
        samples.push((Sample::Stroke(bar), "95 % of plausible parameter sets"));
    }
    let key = Legend::new(samples, column);
    let names = Legend::new(
        texts
            .iter()
            .enumerate()
            .map(|(index, it)| (Sample::Number(index + 1), it.as_str())),
        column,
    );
    let summary_height = data.summary.len() as f64 * 36.0;
    let text_height = key.column_height() + 24.0 + summary_height + 24.0 + 48.0 + names.column_height();

    let page = Page::new(frame, (axis::LEFT_TITLE + SIDE + axis::BOTTOM).max(text_height));
    let y_ticks = axis::share_ticks(5);
    let top = page.body.top + axis::LEFT_TITLE;
    let side = page.body.bottom - axis::BOTTOM - top;
    let left = page.body.left + axis::left_width(&y_ticks);
    let side = side.min(page.body.right - column - 60.0 - left);
    let at = Rect {
        left,
        top,
        right: left + side,
        bottom: top + side,
    };
    let panel = Panel::new(&page, at, (0.0, 1.0), (0.0, 1.0));
    axis::left(&page, &panel, &y_ticks);
    axis::left_title(&page, &panel, &y_ticks, "people who helped: observed");
    axis::bottom(&page, &panel, &y_ticks, "people who helped: predicted");
    panel.segment((0.0, 0.0), (1.0, 1.0), Stroke::new(GREY, 2.5).dashed(Dash::Dashed))?;

    for cell in &data.cells {
        let y = cell.observed.value;
        if let Some([lower, upper]) = cell.parameters {
            panel.segment((lower, y), (upper, y), Stroke::new(PARAMETERS, BAR))?;
        }
    }
    // Misses are drawn last, over the many that fit.
    for inside in [true, false] {
        for cell in data.cells.iter().filter(|it| it.inside() == inside) {
            let look = if inside { INSIDE } else { OUTSIDE };
            let paint = Paint {
                rgb: look.rgb,
                alpha: if inside { 0.45 } else { 0.9 },
            };
            let stroke = Stroke {
                paint,
                width: 2.0,
                dash: Dash::Full,
            };
            panel.segment(
                (cell.predicted, cell.observed.lower),
                (cell.predicted, cell.observed.upper),
                stroke,
            )?;
            page.sheet()
                .marker(panel.place(cell.predicted, cell.observed.value), look, 8.0);
        }
    }

    let mut taken: Vec<Rect> = data
        .cells
        .iter()
        .map(|it| panel.place(it.predicted, it.observed.value))
        .map(|(x, y)| Rect {
            left: x - 8.0,
            top: y - 8.0,
            right: x + 8.0,
            bottom: y + 8.0,
        })
        .collect();
    let mut sheet = page.sheet();
    for (index, cell) in worst.iter().enumerate() {
        let point = panel.place(cell.predicted, cell.observed.value);
        let size = 2.0 * BADGE;
        // Without any room near by the point goes without its number; the list still names it.
        let free = |it: &Rect| !taken.iter().any(|other| other.overlaps(it));
        let Some(at) = beside(point, (size, size), 10.0, &panel.at, free) else {
            continue;
        };
        taken.push(at);
        let centre = ((at.left + at.right) / 2.0, (at.top + at.bottom) / 2.0);
        sheet.line(point, centre, Stroke::new(INK, 2.0));
        badge(&mut sheet, centre, index + 1);
    }
    let text_left = at.right + 60.0;
    let mut y = page.body.top;
    for line in &data.summary {
        sheet.text(
            line,
            (text_left, y + TICK),
            Anchor::Start,
            TextStyle::plain(LABEL - 2.0),
        );
        y += 36.0;
    }
    y += 24.0;
    key.draw_column(&mut sheet, (text_left - 4.0, y));
    y += key.column_height() + 24.0;
    if !worst.is_empty() {
        sheet.text(
            "worst misfits",
            (text_left, y + TICK),
            Anchor::Start,
            TextStyle::bold(LABEL - 2.0),
        );
        names.draw_column(&mut sheet, (text_left - 4.0, y + 48.0));
    }
    drop(sheet);
    page.finish()
}

fn check(data: &ObservedPredictedData) -> Result<(), ChartError> {
    if data.cells.is_empty() {
        return Err(ChartError::Empty {
            chart: CHART,
            what: "cell",
        });
    }
    for cell in &data.cells {
        cell.observed.check_share(CHART, &cell.name)?;
        check_share(CHART, "prediction", &cell.name, cell.predicted)?;
        for end in cell.parameters.into_iter().flatten() {
            check_share(CHART, "end over parameter sets", &cell.name, end)?;
        }
    }
    Ok(())
}

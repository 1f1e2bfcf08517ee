//! What is answered over something that is varied: a line for each condition or difference, a panel for each value of what else is varied.

use super::axis;
use super::estimate::{Estimate, check_finite};
use super::number::{Tick, round_out, ticks};
use super::page::{LABEL, Page, TICK};
use super::palette::{GREY, look};
use super::panel::Panel;
use super::sheet::{Anchor, Paint, Stroke, TextStyle};
use super::small_multiples::{FOOT, Head, SmallMultiples};
use super::{ChartError, Frame, Picture};

const CHART: &str = "curves";
/// Panels side by side.
const COLUMNS: usize = 3;
const PANEL_TITLE: f64 = 46.0;
const PANEL_HEIGHT: f64 = 300.0;
/// Places along a line that have a marker each; with more, some of them have.
const MOST_MARKED: usize = 24;

/// Lines over something that is varied.
#[derive(Debug, Clone, PartialEq)]
pub struct CurvesData {
    /// What is varied, with its unit.
    pub over: String,
    /// Its values, rising, or its names; at least one.
    pub along: Along,
    /// What is answered, with its unit.
    pub answer: String,
    /// The ends of its axis, where they are given: a share is shown whole.
    pub range: Option<(f64, f64)>,
    /// What the band around a line is; empty where there is none.
    pub band: String,
    /// Names of the lines, the same in every panel; at least one.
    pub lines: Vec<String>,
    /// At least one.
    pub panels: Vec<CurvesPanel>,
}

/// Where along the axis the answers stand.
#[derive(Debug, Clone, PartialEq)]
pub enum Along {
    /// At these numbers.
    Numbers(Vec<f64>),
    /// One after the other.
    Names(Vec<String>),
}

/// All lines at one value of what else is varied.
#[derive(Debug, Clone, PartialEq)]
pub struct CurvesPanel {
    /// What it is; empty for the only one.
    pub name: String,
    /// For each line its answers, one for each place; none where there is no answer.
    pub curves: Vec<Vec<Option<Estimate>>>,
}

impl Along {
    fn places(&self) -> Vec<f64> {
        match self {
            Self::Numbers(numbers) => numbers.clone(),
            Self::Names(names) => (0..names.len()).map(|at| at as f64).collect(),
        }
    }

    fn range(&self) -> (f64, f64) {
        match self {
            Self::Numbers(numbers) => (numbers[0], numbers[numbers.len() - 1]),
            Self::Names(names) => (-0.4, names.len() as f64 - 0.6),
        }
    }

    fn ticks(&self, wanted: usize) -> Vec<Tick> {
        match self {
            Self::Numbers(_) => {
                let (low, high) = self.range();
                ticks(low, high, wanted)
            }
            Self::Names(names) => names
                .iter()
                .enumerate()
                .map(|(at, name)| Tick {
                    value: at as f64,
                    label: name.clone(),
                })
                .collect(),
        }
    }
}

/// Draws the chart.
///
/// # Errors
///
/// If there is nothing to draw, if lists differ in length, or if a number is not finite.
pub fn draw(data: &CurvesData, frame: &Frame) -> Result<Picture, ChartError> {
    check(data)?;
    let head = Head::new(data.lines.iter().map(String::as_str), &data.band, TICK);
    let above = head.height() + axis::LEFT_TITLE;
    let rows = data.panels.len().div_ceil(COLUMNS);
    let needed = if rows == 1 { 560.0 } else { rows as f64 * PANEL_HEIGHT };
    let page = Page::new(frame, above + needed + FOOT);
    head.draw(&page);
    let panels = SmallMultiples::new(&page, above, 20.0, data.panels.len(), COLUMNS);
    for index in 0..data.panels.len() {
        panel(&page, data, index, &panels)?;
    }
    panels.up(&page, &data.answer);
    panels.across(&page, &data.over);
    page.finish()
}

/// One scale for all panels: they are to be compared.
fn scale(data: &CurvesData) -> (f64, f64) {
    if let Some(range) = data.range {
        return range;
    }
    let all = || {
        data.panels
            .iter()
            .flat_map(|panel| panel.curves.iter().flatten().flatten())
    };
    let low = all().fold(f64::INFINITY, |low, answer| low.min(answer.lower));
    let high = all().fold(f64::NEG_INFINITY, |high, answer| high.max(answer.upper));
    if low < high {
        round_out(low, high, 5)
    } else {
        (low - 0.5, low + 0.5)
    }
}

fn panel(page: &Page, data: &CurvesData, index: usize, panels: &SmallMultiples) -> Result<(), ChartError> {
    let (low, high) = scale(data);
    let y_ticks: Vec<Tick> = ticks(low, high, 5);
    let shown = &data.panels[index];
    let title = if shown.name.is_empty() { 12.0 } else { PANEL_TITLE };
    let at = panels.place(index, title, &y_ticks);
    let panel = Panel::new(page, at, data.along.range(), (low, high));
    axis::left(page, &panel, &y_ticks);
    axis::bottom(
        page,
        &panel,
        &data.along.ticks(if panels.columns == 1 { 10 } else { 5 }),
        "",
    );
    if low < 0.0 && high > 0.0 {
        panel.segment((panel.x.0, 0.0), (panel.x.1, 0.0), Stroke::new(GREY, 2.5))?;
    }
    page.sheet().text(
        &shown.name,
        (at.left, at.top - 14.0),
        Anchor::Start,
        TextStyle::bold(LABEL - 4.0),
    );
    let places = data.along.places();
    let known = |curve: &[Option<Estimate>]| -> Vec<(f64, Estimate)> {
        let answers = places.iter().zip(curve);
        answers
            .filter_map(|(place, answer)| Some((*place, (*answer)?)))
            .collect()
    };
    let curves: Vec<Vec<(f64, Estimate)>> = shown.curves.iter().map(|curve| known(curve)).collect();
    for (number, curve) in curves.iter().enumerate().filter(|_| !data.band.is_empty()) {
        let band: Vec<_> = curve
            .iter()
            .map(|(x, answer)| (*x, answer.lower, answer.upper))
            .collect();
        let (rgb, alpha) = (look(number).rgb, 0.16);
        panel.band(&band, Paint { rgb, alpha })?;
    }
    for (number, curve) in curves.iter().enumerate() {
        let look = look(number);
        let points = curve.iter().map(|(x, answer)| (*x, answer.value));
        panel.line(points, Stroke::new(look.rgb, 4.0).dashed(look.dash))?;
    }
    let mut sheet = page.sheet();
    let every = places.len().div_ceil(MOST_MARKED);
    for (number, curve) in curves.iter().enumerate() {
        for (x, answer) in curve.iter().skip(number % every).step_by(every) {
            sheet.marker(panel.place(*x, answer.value), look(number), 8.0);
        }
    }
    Ok(())
}

fn check(data: &CurvesData) -> Result<(), ChartError> {
    let places = data.along.places();
    for (empty, what) in [
        (places.is_empty(), "value"),
        (data.lines.is_empty(), "line"),
        (data.panels.is_empty(), "panel"),
    ] {
        if empty {
            return Err(ChartError::Empty { chart: CHART, what });
        }
    }
    for place in &places {
        check_finite(CHART, "value", &data.over, *place)?;
    }
    let mut answers = 0;
    for panel in &data.panels {
        let length = |found, expected| {
            if found == expected {
                return Ok(());
            }
            Err(ChartError::Length {
                chart: CHART,
                of: panel.name.clone(),
                found,
                expected,
            })
        };
        length(panel.curves.len(), data.lines.len())?;
        for (curve, line) in panel.curves.iter().zip(&data.lines) {
            length(curve.len(), places.len())?;
            for answer in curve.iter().flatten() {
                answers += 1;
                for value in [answer.value, answer.lower, answer.upper] {
                    check_finite(CHART, "answer", line, value)?;
                }
            }
        }
    }
    match answers {
        0 => Err(ChartError::Empty {
            chart: CHART,
            what: "answer",
        }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data(along: Along, panels: usize) -> CurvesData {
        let curve = |from: f64| -> Vec<Option<Estimate>> {
            let answer = |at: usize| Estimate {
                value: from + at as f64,
                lower: from + at as f64 - 1.0,
                upper: from + at as f64 + 1.0,
            };
            (0..along.places().len())
                .map(|at| (at != 1).then(|| answer(at)))
                .collect()
        };
        let panel = |number: usize| CurvesPanel {
            name: format!("perspective {number}"),
            curves: vec![curve(-2.0), curve(4.0)],
        };
        CurvesData {
            over: "escape".to_owned(),
            along: along.clone(),
            answer: "people who help (%)".to_owned(),
            range: None,
            band: "band: 95 % interval".to_owned(),
            lines: vec!["plain".to_owned(), "trained".to_owned()],
            panels: (0..panels).map(panel).collect(),
        }
    }

    #[test]
    fn axes_lines_and_panels_are_named() {
        let frame = Frame {
            title: "What if one can leave?".to_owned(),
            subtitle: None,
            foot: "seed 1".to_owned(),
        };
        let names = Along::Names(["natural", "objective", "imagine"].map(str::to_owned).to_vec());
        for (data, labels) in [
            (data(Along::Numbers(vec![0.0, 0.5, 1.0]), 1), ["escape", "0.4"]),
            (data(names, 4), ["perspective 3", "imagine"]),
        ] {
            let picture = draw(&data, &frame).unwrap();
            for text in ["people who help (%)", "plain", "trained", "band"]
                .into_iter()
                .chain(labels)
            {
                assert!(picture.svg.contains(text), "{text}");
            }
        }
        let mut short = data(Along::Numbers(vec![0.0, 1.0]), 1);
        short.panels[0].curves[0].pop();
        assert!(draw(&short, &frame).is_err());
        short.panels[0].curves = vec![vec![None, None]; 2];
        assert!(draw(&short, &frame).unwrap_err().to_string().contains("answer"));
    }
}

//! What is answered over two numbers that are varied: a map in colours for each condition or difference.

use super::axis;
use super::estimate::check_finite;
use super::number::{Tick, round_out, ticks};
use super::page::{LABEL, Page, TICK};
use super::palette::{BLUE, GREY, Rgb, VERMILLION, WHITE, ink_on, viridis};
use super::panel::Panel;
use super::sheet::{Anchor, Rect, TextStyle};
use super::small_multiples::{FOOT, SmallMultiples};
use super::{ChartError, Frame, Picture};
use crate::wording::{decimal, signed};

const CHART: &str = "heat_map";
/// Maps side by side.
const COLUMNS: usize = 3;
const PANEL_TITLE: f64 = 44.0;
const PANEL_HEIGHT: f64 = 320.0;
const SCALE_WIDTH: f64 = 520.0;
const SCALE_HEIGHT: f64 = 96.0;
/// The narrowest cell that has its number.
const NUMBERED: f64 = 66.0;

/// Maps over two things that are varied.
#[derive(Debug, Clone, PartialEq)]
pub struct HeatMapData {
    /// What is varied from left to right, with its unit.
    pub across: String,
    /// Its values, rising, at least two.
    pub columns: Vec<f64>,
    /// What is varied from bottom to top, with its unit.
    pub up: String,
    /// Its values, rising, at least two.
    pub rows: Vec<f64>,
    /// What is answered, with its unit.
    pub answer: String,
    /// Whether answers are differences, so that zero has a colour of its own.
    pub colours: Colouring,
    /// At least one.
    pub maps: Vec<HeatMap>,
}

/// Which colours stand for which answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colouring {
    /// From dark to bright over what there is.
    Level,
    /// From blue below zero through white to vermillion above.
    Difference,
}

/// One map.
#[derive(Debug, Clone, PartialEq)]
pub struct HeatMap {
    /// The condition or difference.
    pub name: String,
    /// Answers row by row, from the bottom; none where there is no answer.
    pub answers: Vec<Option<f64>>,
}

/// Which answer has which colour.
struct Scale {
    low: f64,
    high: f64,
    colouring: Colouring,
}

impl Scale {
    fn new(data: &HeatMapData) -> Self {
        let all = || data.maps.iter().flat_map(|map| map.answers.iter().flatten());
        let low = all().fold(f64::INFINITY, |low, answer| low.min(*answer));
        let high = all().fold(f64::NEG_INFINITY, |high, answer| high.max(*answer));
        let (low, high) = match data.colours {
            Colouring::Level => (low, high),
            Colouring::Difference => (-low.abs().max(high.abs()), low.abs().max(high.abs())),
        };
        let (low, high) = if low < high {
            round_out(low, high, 5)
        } else {
            (low - 0.5, low + 0.5)
        };
        Self {
            low,
            high,
            colouring: data.colours,
        }
    }

    fn of(&self, part: f64) -> Rgb {
        match self.colouring {
            Colouring::Level => viridis(part),
            Colouring::Difference if part < 0.5 => mixed(WHITE, BLUE, 1.0 - 2.0 * part),
            Colouring::Difference => mixed(WHITE, VERMILLION, 2.0 * part - 1.0),
        }
    }

    fn part(&self, answer: f64) -> f64 {
        ((answer - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }

    fn draw(&self, page: &Page, title: &str) {
        const STEPS: u32 = 104;
        let mut sheet = page.sheet();
        let (left, top) = (page.body.left, page.body.top);
        let style = TextStyle::plain(LABEL);
        sheet.text_beside(title, (left, top + 18.0), Anchor::Start, style);
        let start = left + style.width(title) + 30.0;
        let x = |part: f64| (start + SCALE_WIDTH * part).round();
        for step in 0..STEPS {
            let (from, to) = (
                f64::from(step) / f64::from(STEPS),
                f64::from(step + 1) / f64::from(STEPS),
            );
            let at = Rect {
                left: x(from),
                top: top + 2.0,
                right: x(to),
                bottom: top + 34.0,
            };
            sheet.cell(at, self.of((from + to) / 2.0));
        }
        for tick in ticks(self.low, self.high, 5) {
            let style = TextStyle::plain(TICK).in_colour(GREY);
            sheet.text(
                &tick.label,
                (x(self.part(tick.value)), top + 62.0),
                Anchor::Middle,
                style,
            );
        }
    }
}

fn mixed(from: Rgb, to: Rgb, part: f64) -> Rgb {
    let channel = |at: usize| {
        let (from, to) = (f64::from(from[at]), f64::from(to[at]));
        (from + (to - from) * part).round() as u8
    };
    [channel(0), channel(1), channel(2)]
}

/// Draws the chart.
///
/// # Errors
///
/// If there are no maps, fewer than two rows or columns, lists that do not fit together, or numbers that are not finite.
pub fn draw(data: &HeatMapData, frame: &Frame) -> Result<Picture, ChartError> {
    check(data)?;
    let scale = Scale::new(data);
    let grid_rows = data.maps.len().div_ceil(COLUMNS);
    let needed = if grid_rows == 1 {
        520.0
    } else {
        grid_rows as f64 * PANEL_HEIGHT
    };
    let head = SCALE_HEIGHT + axis::LEFT_TITLE;
    let page = Page::new(frame, head + needed + FOOT);
    scale.draw(&page, &data.answer);
    let panels = SmallMultiples::new(&page, head, 20.0, data.maps.len(), COLUMNS);
    for index in 0..data.maps.len() {
        map(&page, data, &scale, index, &panels)?;
    }
    panels.up(&page, &data.up);
    panels.across(&page, &data.across);
    page.finish()
}

fn map(
    page: &Page,
    data: &HeatMapData,
    scale: &Scale,
    index: usize,
    panels: &SmallMultiples,
) -> Result<(), ChartError> {
    let (x_edges, y_edges) = (edges(&data.columns), edges(&data.rows));
    let (x, y) = (ends(&x_edges), ends(&y_edges));
    let y_ticks = marked(&data.rows, y, 8);
    let at = panels.place(index, PANEL_TITLE, &y_ticks);
    let panel = Panel::new(page, at, x, y);
    axis::left(page, &panel, &y_ticks);
    axis::bottom(page, &panel, &marked(&data.columns, x, 8), "");
    let shown = &data.maps[index];
    page.sheet().text(
        &shown.name,
        (at.left, at.top - 14.0),
        Anchor::Start,
        TextStyle::bold(LABEL - 4.0),
    );
    let is_numbered =
        at.width() / data.columns.len() as f64 >= NUMBERED && at.height() / data.rows.len() as f64 >= 30.0;
    for (up, y) in y_edges.windows(2).enumerate() {
        for (across, x) in x_edges.windows(2).enumerate() {
            let Some(answer) = shown.answers[up * data.columns.len() + across] else {
                continue;
            };
            let colour = scale.of(scale.part(answer));
            panel.bar((x[0], y[0]), (x[1], y[1]), colour)?;
            if is_numbered {
                let text = number(answer, scale);
                let place = panel.place((x[0] + x[1]) / 2.0, (y[0] + y[1]) / 2.0);
                let style = TextStyle::plain(TICK - 3.0).in_colour(ink_on(colour));
                page.sheet().text_beside(&text, place, Anchor::Middle, style);
            }
        }
    }
    Ok(())
}

/// An answer with as many places as tell steps of the scale apart.
fn number(answer: f64, scale: &Scale) -> String {
    let places = if scale.high - scale.low >= 5.0 { 0 } else { 2 };
    match scale.colouring {
        Colouring::Level => decimal(answer, places),
        Colouring::Difference => signed(answer, places),
    }
}

/// The values themselves where they are few, else round numbers.
fn marked(values: &[f64], (low, high): (f64, f64), most: usize) -> Vec<Tick> {
    if values.len() > most {
        return ticks(low, high, most);
    }
    let tick = |value: &f64| Tick {
        value: *value,
        label: value.to_string().replace('-', "−"),
    };
    values.iter().map(tick).collect()
}

/// Edges of cells around values: halfway to the next.
fn edges(values: &[f64]) -> Vec<f64> {
    let last = values.len() - 1;
    let mut edges = vec![values[0] - (values[1] - values[0]) / 2.0];
    edges.extend(values.windows(2).map(|two| (two[0] + two[1]) / 2.0));
    edges.push(values[last] + (values[last] - values[last - 1]) / 2.0);
    edges
}

fn ends(edges: &[f64]) -> (f64, f64) {
    (edges[0], edges[edges.len() - 1])
}

fn check(data: &HeatMapData) -> Result<(), ChartError> {
    for (empty, what) in [
        (data.maps.is_empty(), "map"),
        (data.columns.len() < 2, "second column"),
        (data.rows.len() < 2, "second row"),
    ] {
        if empty {
            return Err(ChartError::Empty { chart: CHART, what });
        }
    }
    for (values, name) in [(&data.columns, &data.across), (&data.rows, &data.up)] {
        for value in values {
            check_finite(CHART, "value", name, *value)?;
        }
    }
    for map in &data.maps {
        let expected = data.columns.len() * data.rows.len();
        if map.answers.len() != expected {
            return Err(ChartError::Length {
                chart: CHART,
                of: map.name.clone(),
                found: map.answers.len(),
                expected,
            });
        }
        for answer in map.answers.iter().flatten() {
            check_finite(CHART, "answer", &map.name, *answer)?;
        }
    }
    if data.maps.iter().all(|map| map.answers.iter().all(Option::is_none)) {
        return Err(ChartError::Empty {
            chart: CHART,
            what: "answer",
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_are_named_and_zero_is_white() {
        let answers = vec![Some(-4.0), Some(0.0), None, Some(8.0), Some(2.0), Some(1.0)];
        let mut data = HeatMapData {
            across: "escape".to_owned(),
            columns: vec![0.0, 0.5, 1.0],
            up: "need".to_owned(),
            rows: vec![0.2, 0.8],
            answer: "points".to_owned(),
            colours: Colouring::Difference,
            maps: vec![HeatMap {
                name: "trained − plain".to_owned(),
                answers,
            }],
        };
        let frame = Frame {
            title: "Where does it help?".to_owned(),
            subtitle: None,
            foot: "seed 1".to_owned(),
        };
        let picture = draw(&data, &frame).unwrap();
        for text in ["escape", "need", "trained − plain", "points", "+8", "−4"] {
            assert!(picture.svg.contains(text), "{text}");
        }
        let scale = Scale::new(&data);
        assert_eq!(scale.of(scale.part(0.0)), WHITE);
        assert_eq!(edges(&data.columns), [-0.25, 0.25, 0.75, 1.25]);
        data.maps[0].answers.pop();
        assert!(draw(&data, &frame).is_err());
    }
}

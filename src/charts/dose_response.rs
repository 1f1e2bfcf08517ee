//! What hours of practice bring: the standardised difference from the first condition over the hours practised, a panel per measure.

use super::axis;
use super::estimate::check_finite;
use super::number::{Tick, round_out, ticks};
use super::page::{LABEL, Page, TICK};
use super::palette::{GREY, look};
use super::panel::Panel;
use super::sheet::{Anchor, Stroke, TextStyle};
use super::small_multiples::{FOOT, Head, SmallMultiples};
use super::{ChartError, Frame, Picture};

const CHART: &str = "dose_response";
/// Panels side by side.
const COLUMNS: usize = 3;
const PANEL_TITLE: f64 = 46.0;
const PANEL_HEIGHT: f64 = 290.0;

/// Effects over hours.
#[derive(Debug, Clone, PartialEq)]
pub struct DoseResponseData {
    /// With what the effects compare.
    pub against: String,
    /// Conditions with the same programs in the same order, by rising hours; at least one.
    pub lines: Vec<DoseLine>,
    /// Names of the measures in words, at least one.
    pub measures: Vec<String>,
}

/// One kind of practice at several doses.
#[derive(Debug, Clone, PartialEq)]
pub struct DoseLine {
    /// Name of the program or programs.
    pub name: String,
    /// Mean hours practised in each condition.
    pub hours: Vec<f64>,
    /// For each measure, the standardised difference in each condition.
    pub effects: Vec<Vec<f64>>,
}

/// Draws the chart.
///
/// # Errors
///
/// If there are no lines or measures, if lists differ in length, or if a number is not finite.
pub fn draw(data: &DoseResponseData, frame: &Frame) -> Result<Picture, ChartError> {
    check(data)?;
    let reading = format!("standardised difference from “{}”", data.against);
    let head = Head::new(data.lines.iter().map(|line| line.name.as_str()), &reading, TICK);
    let rows = data.measures.len().div_ceil(COLUMNS);
    let page = Page::new(frame, head.height() + 8.0 + rows as f64 * PANEL_HEIGHT + FOOT);
    head.draw(&page);
    let panels = SmallMultiples::new(&page, head.height() + 8.0, 12.0, data.measures.len(), COLUMNS);
    for index in 0..data.measures.len() {
        panel(&page, data, index, &panels)?;
    }
    panels.across(&page, "mean hours practised");
    page.finish()
}

fn panel(page: &Page, data: &DoseResponseData, index: usize, panels: &SmallMultiples) -> Result<(), ChartError> {
    // One scale for all panels: effects are to be compared.
    let effects = data.lines.iter().flat_map(|it| it.effects.iter().flatten());
    let (low, high) = effects.fold((-0.1_f64, 0.1_f64), |(low, high), &it| (low.min(it), high.max(it)));
    let (low, high) = round_out(low, high, 4);
    let longest = data
        .lines
        .iter()
        .flat_map(|it| &it.hours)
        .fold(1.0_f64, |most, it| most.max(*it));
    let y_ticks: Vec<Tick> = ticks(low, high, 4);
    let at = panels.place(index, PANEL_TITLE, &y_ticks);
    let panel = Panel::new(page, at, (0.0, longest * 1.03), (low, high));
    axis::left(page, &panel, &y_ticks);
    axis::bottom(page, &panel, &ticks(0.0, longest, 5), "");
    panel.segment((0.0, 0.0), (longest * 1.03, 0.0), Stroke::new(GREY, 2.0))?;
    page.sheet().text(
        &data.measures[index],
        (at.left, at.top - 16.0),
        Anchor::Start,
        TextStyle::bold(LABEL - 2.0),
    );
    for (number, line) in data.lines.iter().enumerate() {
        let look = look(number);
        // Without practice there is no effect.
        let points =
            std::iter::once((0.0, 0.0)).chain(line.hours.iter().copied().zip(line.effects[index].iter().copied()));
        panel.line(points, Stroke::new(look.rgb, 3.5).dashed(look.dash))?;
        let mut sheet = page.sheet();
        for (hours, effect) in line.hours.iter().zip(&line.effects[index]) {
            sheet.marker(panel.place(*hours, *effect), look, 8.0);
        }
    }
    Ok(())
}

fn check(data: &DoseResponseData) -> Result<(), ChartError> {
    for (empty, what) in [(data.lines.is_empty(), "dose"), (data.measures.is_empty(), "measure")] {
        if empty {
            return Err(ChartError::Empty { chart: CHART, what });
        }
    }
    for line in &data.lines {
        let length = |found, expected| {
            if found == expected {
                return Ok(());
            }
            Err(ChartError::Length {
                chart: CHART,
                of: line.name.clone(),
                found,
                expected,
            })
        };
        length(line.effects.len(), data.measures.len())?;
        for list in line.effects.iter().chain([&line.hours]) {
            length(list.len(), line.hours.len())?;
            for &value in list {
                check_finite(CHART, "effect", &line.name, value)?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data() -> DoseResponseData {
        let line = |name: &str, size: f64| DoseLine {
            name: name.to_owned(),
            hours: vec![2.0, 8.0, 32.0],
            effects: vec![vec![0.1 * size, 0.3 * size, 0.4 * size]; 2],
        };
        DoseResponseData {
            against: "waiting list".to_owned(),
            lines: vec![line("compassion", 1.0), line("reappraisal", -0.5)],
            measures: vec!["helped".to_owned(), "personal distress".to_owned()],
        }
    }

    #[test]
    fn lines_measures_and_the_comparison_are_named() {
        let frame = Frame {
            title: "How much practice?".to_owned(),
            subtitle: None,
            foot: "seed 1".to_owned(),
        };
        let picture = draw(&data(), &frame).unwrap();
        for text in ["compassion", "reappraisal", "waiting list", "mean hours practised"] {
            assert!(picture.svg.contains(text), "{text}");
        }
        let mut short = data();
        short.lines[0].hours.pop();
        assert!(draw(&short, &frame).unwrap_err().to_string().contains("compassion"));
    }
}

//! How much was given, per condition, where help is a quantity.

use super::axis;
use super::estimate::Estimate;
use super::legend::{Legend, Sample};
use super::number::{round_out, ticks};
use super::page::{BODY_WIDTH, Page, TICK};
use super::palette::WHITE;
use super::panel::Panel;
use super::row_points::{LANE, OBSERVED, RowPoints, SIMULATED};
use super::rows::{self, RowStyle, Rows};
use super::sheet::{Rect, Stroke, TextStyle};
use super::{ChartError, Frame, Picture};
use crate::wording::decimal;

const CHART: &str = "amount";

/// The amounts to draw, in the order from top to bottom.
#[derive(Debug, Clone, PartialEq)]
pub struct AmountData {
    /// One row per condition, at least one.
    pub rows: Vec<AmountRow>,
    /// What the axis measures: `USD given, of 5`.
    pub axis: String,
    /// The most that can be given; positive.
    pub most: f64,
}

/// What was given in one condition.
#[derive(Debug, Clone, PartialEq)]
pub struct AmountRow {
    /// Name of the condition.
    pub name: String,
    /// Mean of the simulated, with its 95 % interval.
    pub simulated: Estimate,
    /// Mean of people in the published study, with its 95 % interval where that can be told.
    pub observed: Option<Estimate>,
}

/// Draws the chart.
///
/// # Errors
///
/// If there are no rows, the most is not positive, or an estimate is not finite or outside its own interval.
pub fn draw(data: &AmountData, frame: &Frame) -> Result<Picture, ChartError> {
    check(data)?;
    let observed = data.rows.iter().any(|it| it.observed.is_some());
    let scale = rows::scale(data.rows.len());
    let lane = LANE * scale;
    let style = RowStyle::for_count(data.rows.len(), if observed { 2.0 * lane } else { lane });
    let mut entries = vec![(Sample::Interval(SIMULATED, 4.0), "simulated")];
    if observed {
        entries.push((Sample::Interval(OBSERVED, 3.0), "observed"));
    }
    let legend = Legend::new(entries, BODY_WIDTH);
    let head = if observed { legend.flow_height() + 18.0 } else { 0.0 };
    let values = TextStyle::bold((TICK * scale).round()).on_ground(WHITE);
    let names = data.rows.iter().map(|it| (it.name.as_str(), None));
    let room = Page::room(frame) - head - axis::BOTTOM;
    let rows = Rows::fitted(&names.collect::<Vec<_>>(), style, room);
    let page = Page::new(frame, head + rows.height() + axis::BOTTOM);
    let high = end(data);
    let at = Rect {
        left: page.body.left + rows.width + 28.0,
        top: page.body.top + head,
        right: page.body.right - values.width(&decimal(high, 2)) - 28.0 * scale,
        bottom: page.body.bottom - axis::BOTTOM,
    };
    let panel = Panel::new(&page, at, (0.0, high), (0.0, 1.0));
    axis::bottom(&page, &panel, &ticks(0.0, high, 8), &data.axis);
    let points = RowPoints {
        panel: &panel,
        values,
        scale,
    };
    let mut sheet = page.sheet();
    if observed {
        legend.draw_flow(&mut sheet, (at.left - 4.0, page.body.top));
    }
    let places = rows.draw(&mut sheet, at.left - 24.0, at.top, at.bottom);
    for (row, place) in data.rows.iter().zip(places) {
        let shift = if row.observed.is_some() { lane / 2.0 } else { 0.0 };
        let (y, observed_y) = (place.centre() - shift, place.centre() + shift);
        sheet.line((at.left, y), (at.right, y), Stroke::grid());
        let value = |it: Estimate| decimal(it.value, 2);
        points.simulated(&mut sheet, row.simulated, &value(row.simulated), y, f64::NEG_INFINITY);
        if let Some(it) = row.observed {
            points.observed(&mut sheet, it, &value(it), observed_y);
        }
    }
    drop(sheet);
    page.finish()
}

/// Where the axis ends: at all that can be given, unless much less is.
fn end(data: &AmountData) -> f64 {
    let all = data
        .rows
        .iter()
        .flat_map(|it| [Some(it.simulated), it.observed])
        .flatten();
    let largest = all.map(|it| it.upper).fold(0.0, f64::max);
    if largest > 0.2 * data.most {
        return largest.max(data.most);
    }
    let (_, high) = round_out(0.0, largest.max(0.02 * data.most), 8);
    high
}

fn check(data: &AmountData) -> Result<(), ChartError> {
    if data.rows.is_empty() {
        return Err(ChartError::Empty {
            chart: CHART,
            what: "condition in which two people are counted",
        });
    }
    if !(data.most > 0.0 && data.most.is_finite()) {
        return Err(ChartError::Value {
            chart: CHART,
            what: "the most that can be given",
            of: data.axis.clone(),
            value: data.most,
            allowed: "positive",
        });
    }
    for it in &data.rows {
        it.simulated.check(CHART, &it.name)?;
        if let Some(observed) = it.observed {
            observed.check(CHART, &it.name)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data(value: f64) -> AmountData {
        let estimate = |value: f64| Estimate {
            value,
            lower: value * 0.95,
            upper: value * 1.05,
        };
        AmountData {
            rows: vec![
                AmountRow {
                    name: "compassion training".to_owned(),
                    simulated: estimate(value),
                    observed: Some(estimate(value * 0.8)),
                },
                AmountRow {
                    name: "reappraisal training".to_owned(),
                    simulated: estimate(value * 0.5),
                    observed: None,
                },
            ],
            axis: "USD given, of 5".to_owned(),
            most: 5.0,
        }
    }

    fn frame() -> Frame {
        Frame {
            title: "Do people give more?".to_owned(),
            subtitle: None,
            foot: "seed 1".to_owned(),
        }
    }

    #[test]
    fn names_means_and_the_axis_stand_in_the_picture() {
        let picture = draw(&data(2.4), &frame()).unwrap();
        for text in [
            "compassion training",
            "2.40",
            "1.92",
            "1.20",
            "USD given, of 5",
            "observed",
        ] {
            assert!(picture.svg.contains(text), "{text}");
        }
    }

    #[test]
    fn the_axis_ends_with_all_there_is_unless_little_is_given() {
        assert_eq!(end(&data(2.4)), 5.0);
        assert!((0.3..=0.5).contains(&end(&data(0.3))), "{}", end(&data(0.3)));
        assert!(end(&data(0.0)) > 0.0, "nothing is an amount as well");
        assert!(end(&data(6.0)) >= 6.3, "what was published lies where it lies");
    }

    #[test]
    fn what_cannot_be_drawn_is_named() {
        let mut nobody = data(1.0);
        nobody.rows.clear();
        assert!(draw(&nobody, &frame()).unwrap_err().to_string().contains("condition"));
        let mut broken = data(1.0);
        broken.rows[0].simulated.value = f64::NAN;
        assert!(draw(&broken, &frame()).is_err());
        let mut empty = data(1.0);
        empty.most = 0.0;
        assert!(draw(&empty, &frame()).is_err());
    }
}

//! What was simulated and what was observed in a row: a mark with its interval, and its value beside it.

use super::estimate::Estimate;
use super::font::Weight;
use super::palette::{BLUE, DARK_VERMILLION, Dash, Look, Shape, VERMILLION};
use super::panel::Panel;
use super::rows::interval;
use super::sheet::{Anchor, Sheet, Stroke, TextStyle};

/// The look of what was simulated.
pub(crate) const SIMULATED: Look = Look {
    rgb: BLUE,
    shape: Shape::Circle,
    hollow: false,
    dash: Dash::Full,
};

/// The look of what people did.
pub(crate) const OBSERVED: Look = Look {
    rgb: VERMILLION,
    shape: Shape::Diamond,
    hollow: true,
    dash: Dash::Full,
};

/// Between the simulated and the observed point of a row, for many rows.
pub(crate) const LANE: f64 = 27.0;

/// How the points of all rows are drawn.
pub(crate) struct RowPoints<'a> {
    pub(crate) panel: &'a Panel,
    /// The style of the values, but for their colour.
    pub(crate) values: TextStyle,
    pub(crate) scale: f64,
}

impl RowPoints<'_> {
    /// What was simulated, with its value in words; behind the interval, and behind what else lies in its way.
    pub(crate) fn simulated(&self, sheet: &mut Sheet, estimate: Estimate, value: &str, y: f64, in_its_way: f64) {
        let style = self.values.in_colour(BLUE);
        let (x, beside) = self.interval(sheet, estimate, y, Stroke::new(BLUE, 3.0 * self.scale));
        // Without a white edge, which would eat an interval as narrow as that of 10,000 people.
        sheet.circle((x, y), self.radius(), Some(BLUE.into()), None);
        sheet.text_beside(value, (beside.max(in_its_way + self.gap()), y), Anchor::Start, style);
    }

    /// What was observed, with its value in words.
    pub(crate) fn observed(&self, sheet: &mut Sheet, estimate: Estimate, value: &str, y: f64) {
        let style = TextStyle {
            weight: Weight::Regular,
            ..self.values.in_colour(DARK_VERMILLION)
        };
        let (x, beside) = self.interval(sheet, estimate, y, Stroke::new(VERMILLION, 2.5 * self.scale));
        sheet.marker((x, y), OBSERVED, self.radius());
        sheet.text_beside(value, (beside, y), Anchor::Start, style);
    }

    /// Draws an interval; where its estimate lies, and where there is room for a value.
    fn interval(&self, sheet: &mut Sheet, estimate: Estimate, y: f64, stroke: Stroke) -> (f64, f64) {
        let [value, lower, upper] =
            [estimate.value, estimate.lower, estimate.upper].map(|it| self.panel.place(it, 0.0).0);
        interval(sheet, lower, upper, y, 10.0 * self.scale, stroke);
        (value, upper.max(value + self.radius()) + self.gap())
    }

    fn radius(&self) -> f64 {
        7.5 * self.scale
    }

    fn gap(&self) -> f64 {
        12.0 * self.scale
    }
}

//! A rectangle of the page with coordinates of its own.

use super::ChartError;
use super::page::Page;
use super::palette::Dash;
use super::sheet::{Paint, Point, Rect, Stroke};
use super::surface::Surface;

/// A plotting area; y points upwards.
pub(crate) struct Panel {
    surface: Surface,
    /// Where the panel lies on the page.
    pub(crate) at: Rect,
    /// The values at its left and right edge.
    pub(crate) x: (f64, f64),
    /// The values at its bottom and top edge.
    pub(crate) y: (f64, f64),
}

impl Panel {
    /// Spans the ranges over the rectangle; a range of no width is widened around its value.
    pub(crate) fn new(page: &Page, at: Rect, x: (f64, f64), y: (f64, f64)) -> Self {
        let open = |(low, high): (f64, f64)| {
            if high > low {
                (low, high)
            } else {
                (low - 0.5, low + 0.5)
            }
        };
        let (x, y) = (open(x), open(y));
        Self {
            surface: Surface::new(page.shared(), at, x, y),
            at,
            x,
            y,
        }
    }

    /// The place of a value on the page; what lies outside the ranges is moved to the edge.
    pub(crate) fn place(&self, x: f64, y: f64) -> Point {
        self.surface.place(self.inside((x, y)))
    }

    /// A line through values.
    pub(crate) fn line(&self, points: impl IntoIterator<Item = Point>, stroke: Stroke) -> Result<(), ChartError> {
        let points = points.into_iter().map(|point| self.inside(point)).collect();
        self.surface.line(points, stroke)
    }

    /// A straight line between two values.
    pub(crate) fn segment(&self, from: Point, to: Point, stroke: Stroke) -> Result<(), ChartError> {
        self.line([from, to], stroke)
    }

    /// The area between two lines, given as (x, lower, upper).
    pub(crate) fn band(&self, points: &[(f64, f64, f64)], paint: Paint) -> Result<(), ChartError> {
        let upper = points.iter().map(|&(x, _, upper)| self.inside((x, upper)));
        let lower = points.iter().rev().map(|&(x, lower, _)| self.inside((x, lower)));
        self.surface.polygon(upper.chain(lower).collect(), paint)
    }

    /// A filled rectangle between two corners.
    pub(crate) fn bar(&self, from: Point, to: Point, paint: impl Into<Paint>) -> Result<(), ChartError> {
        self.surface.rectangle(self.inside(from), self.inside(to), paint.into())
    }

    fn inside(&self, (x, y): Point) -> Point {
        (x.clamp(self.x.0, self.x.1), y.clamp(self.y.0, self.y.1))
    }
}

impl Stroke {
    /// A horizontal or vertical hairline of the grid.
    pub(crate) fn grid() -> Self {
        Self {
            paint: super::palette::GRID.into(),
            width: 2.0,
            dash: Dash::Full,
        }
    }
}

//! Marks straight onto the sheet.

use std::cell::RefCell;
use std::rc::Rc;

use super::super::ChartError;
use super::super::sheet::{Paint, Point, Rect, Sheet, Stroke};
use super::{Edges, FINE, between, edges};

/// Ranges over a rectangle of a sheet.
pub(in super::super) struct Surface {
    sheet: Rc<RefCell<Sheet>>,
    edges: Edges,
    x: (f64, f64),
    y: (f64, f64),
}

impl Surface {
    /// Spans the ranges over the rectangle.
    pub(in super::super) fn new(sheet: &Rc<RefCell<Sheet>>, at: Rect, x: (f64, f64), y: (f64, f64)) -> Self {
        Self {
            sheet: Rc::clone(sheet),
            edges: edges(at),
            x,
            y,
        }
    }

    /// The place of a value on the page.
    pub(in super::super) fn place(&self, (x, y): Point) -> Point {
        (place(x, self.x, self.edges.0), place(y, self.y, self.edges.1))
    }

    /// A line through values.
    pub(in super::super) fn line(&self, points: Vec<Point>, stroke: Stroke) -> Result<(), ChartError> {
        if !points.is_empty() {
            let places = points.into_iter().map(|point| self.place(point)).collect();
            let width = (stroke.width * FINE).round() / FINE;
            let stroke = Stroke { width, ..stroke };
            self.sheet.borrow_mut().path(vec![places], stroke);
        }
        Ok(())
    }

    /// The filled figure with these corners.
    pub(in super::super) fn polygon(&self, corners: Vec<Point>, paint: Paint) -> Result<(), ChartError> {
        let places = corners.into_iter().map(|corner| self.place(corner)).collect();
        self.sheet.borrow_mut().polygon(places, Some(paint), None);
        Ok(())
    }

    /// A filled rectangle between two corners.
    pub(in super::super) fn rectangle(&self, from: Point, to: Point, paint: Paint) -> Result<(), ChartError> {
        let at = between(self.place(from), self.place(to));
        self.sheet.borrow_mut().cell(at, paint);
        Ok(())
    }
}

/// Where a value of a range lies between two edges. A thousandth more is for values that ought to lie on one.
fn place(value: f64, (low, high): (f64, f64), (from, to): (i32, i32)) -> f64 {
    let reach = f64::from(to - from) * ((value - low) / (high - low));
    let reach = if to > from {
        (reach + 1e-3).floor()
    } else {
        (reach - 1e-3).ceil()
    };
    (f64::from(from) + reach) / FINE
}

//! A rectangle of the page with coordinates of its own, by `plotters`.

use std::cell::RefCell;
use std::rc::Rc;

use plotters::coord::Shift;
use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::types::RangedCoordf64;
use plotters::drawing::DrawingArea;
use plotters::element::{Drawable, PointCollection};
use plotters::prelude::{LineSeries, PathElement, Polygon, Rectangle};
use plotters::style::{Color, RGBColor, ShapeStyle};

use super::ChartError;
use super::backend::FINE;
use super::page::Page;
use super::palette::Dash;
use super::sheet::{Paint, Point, Rect, Sheet, Stroke};

type Plane = Cartesian2d<RangedCoordf64, RangedCoordf64>;

/// A plotting area; y points upwards.
pub(crate) struct Panel {
    area: DrawingArea<Sheet, Plane>,
    sheet: Rc<RefCell<Sheet>>,
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
        let fine = |it: f64| (it * FINE).round() as i32;
        let plane = Plane::new(
            x.0..x.1,
            y.0..y.1,
            (fine(at.left)..fine(at.right), fine(at.bottom)..fine(at.top)),
        );
        let whole: DrawingArea<Sheet, Shift> = page.shared().into();
        Self {
            area: whole.apply_coord_spec(plane),
            sheet: Rc::clone(page.shared()),
            at,
            x,
            y,
        }
    }

    /// The place of a value on the page; what lies outside the ranges is moved to the edge.
    pub(crate) fn place(&self, x: f64, y: f64) -> Point {
        let (x, y) = self.area.map_coordinate(&self.inside((x, y)));
        (f64::from(x) / FINE, f64::from(y) / FINE)
    }

    /// A line through values.
    pub(crate) fn line(&self, points: impl IntoIterator<Item = Point>, stroke: Stroke) -> Result<(), ChartError> {
        let points: Vec<Point> = points.into_iter().map(|it| self.inside(it)).collect();
        let dash = std::mem::replace(&mut self.sheet.borrow_mut().dash, stroke.dash);
        let style = pen(stroke);
        let drawn = LineSeries::new(points, style).try_for_each(|it| self.draw(&it));
        self.sheet.borrow_mut().dash = dash;
        drawn
    }

    /// A straight line between two values.
    pub(crate) fn segment(&self, from: Point, to: Point, stroke: Stroke) -> Result<(), ChartError> {
        let dash = std::mem::replace(&mut self.sheet.borrow_mut().dash, stroke.dash);
        let drawn = self.draw(&PathElement::new([self.inside(from), self.inside(to)], pen(stroke)));
        self.sheet.borrow_mut().dash = dash;
        drawn
    }

    /// The area between two lines, given as (x, lower, upper).
    pub(crate) fn band(&self, points: &[(f64, f64, f64)], paint: Paint) -> Result<(), ChartError> {
        let upper = points.iter().map(|&(x, _, upper)| self.inside((x, upper)));
        let lower = points.iter().rev().map(|&(x, lower, _)| self.inside((x, lower)));
        self.draw(&Polygon::new(upper.chain(lower).collect::<Vec<Point>>(), fill(paint)))
    }

    /// A filled rectangle between two corners.
    pub(crate) fn bar(&self, from: Point, to: Point, paint: impl Into<Paint>) -> Result<(), ChartError> {
        self.draw(&Rectangle::new(
            [self.inside(from), self.inside(to)],
            fill(paint.into()),
        ))
    }

    fn inside(&self, (x, y): Point) -> Point {
        (x.clamp(self.x.0, self.x.1), y.clamp(self.y.0, self.y.1))
    }

    fn draw<'a, E>(&self, element: &'a E) -> Result<(), ChartError>
    where
        &'a E: PointCollection<'a, Point>,
        E: Drawable<Sheet>,
    {
        self.area
            .draw(element)
            .map_err(|error| ChartError::Drawing(error.to_string()))
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

fn pen(stroke: Stroke) -> ShapeStyle {
    let [r, g, b] = stroke.paint.rgb;
    RGBColor(r, g, b)
        .mix(stroke.paint.alpha)
        .stroke_width((stroke.width * FINE).round() as u32)
}

fn fill(paint: Paint) -> ShapeStyle {
    let [r, g, b] = paint.rgb;
    RGBColor(r, g, b).mix(paint.alpha).filled()
}

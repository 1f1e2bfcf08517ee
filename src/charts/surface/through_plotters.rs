//! Marks through `plotters`, which draws on a [`Sheet`].
//!
//! `plotters` counts in whole numbers, so it is told that the sheet is [`FINE`] times as large.

use std::cell::RefCell;
use std::convert::Infallible;
use std::rc::Rc;

use plotters::coord::Shift;
use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::types::RangedCoordf64;
use plotters::drawing::DrawingArea;
use plotters::element::{Drawable, PointCollection};
use plotters::prelude::{DrawingBackend, LineSeries, Polygon, Rectangle};
use plotters::style::{Color, RGBColor, ShapeStyle};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingErrorKind,
    text_anchor::{HPos, VPos},
};

use super::super::ChartError;
use super::super::font::{self, Weight};
use super::super::sheet::{Anchor, Paint, Point, Rect, Sheet, Stroke, TextStyle};
use super::{FINE, between, edges};

type Plane = Cartesian2d<RangedCoordf64, RangedCoordf64>;

/// Ranges over a rectangle of a sheet.
pub(in super::super) struct Surface {
    area: DrawingArea<Sheet, Plane>,
    sheet: Rc<RefCell<Sheet>>,
}

impl Surface {
    /// Spans the ranges over the rectangle.
    pub(in super::super) fn new(sheet: &Rc<RefCell<Sheet>>, at: Rect, x: (f64, f64), y: (f64, f64)) -> Self {
        let whole: DrawingArea<Sheet, Shift> = sheet.into();
        let ((left, right), (bottom, top)) = edges(at);
        Self {
            area: whole.apply_coord_spec(Plane::new(x.0..x.1, y.0..y.1, (left..right, bottom..top))),
            sheet: Rc::clone(sheet),
        }
    }

    /// The place of a value on the page.
    pub(in super::super) fn place(&self, value: Point) -> Point {
        pixel(self.area.map_coordinate(&value))
    }

    /// A line through values.
    pub(in super::super) fn line(&self, points: Vec<Point>, stroke: Stroke) -> Result<(), ChartError> {
        let dash = std::mem::replace(&mut self.sheet.borrow_mut().dash, stroke.dash);
        let drawn = LineSeries::new(points, pen(stroke)).try_for_each(|line| self.draw(&line));
        self.sheet.borrow_mut().dash = dash;
        drawn
    }

    /// The filled figure with these corners.
    pub(in super::super) fn polygon(&self, corners: Vec<Point>, paint: Paint) -> Result<(), ChartError> {
        self.draw(&Polygon::new(corners, fill(paint)))
    }

    /// A filled rectangle between two corners.
    pub(in super::super) fn rectangle(&self, from: Point, to: Point, paint: Paint) -> Result<(), ChartError> {
        self.draw(&Rectangle::new([from, to], fill(paint)))
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

fn pen(stroke: Stroke) -> ShapeStyle {
    let [r, g, b] = stroke.paint.rgb;
    let colour = RGBColor(r, g, b).mix(stroke.paint.alpha);
    Color::stroke_width(&colour, (stroke.width * FINE).round() as u32)
}

fn fill(paint: Paint) -> ShapeStyle {
    let [r, g, b] = paint.rgb;
    RGBColor(r, g, b).mix(paint.alpha).filled()
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl DrawingBackend for Sheet {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        (self.width * FINE as u32, self.height * FINE as u32)
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Drawn {
        let (x, y) = pixel(point);
        self.cell(
            Rect {
                left: x,
                top: y,
                right: x + 1.0,
                bottom: y + 1.0,
            },
            paint(color),
        );
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.line(pixel(from), pixel(to), stroke(style, self));
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S, fill: bool) -> Drawn {
        let at = between(pixel(from), pixel(to));
        if fill {
            self.cell(at, paint(style.color()));
        } else {
            let corners = vec![
                (at.left, at.top),
                (at.right, at.top),
                (at.right, at.bottom),
                (at.left, at.bottom),
            ];
            self.polygon(corners, None, Some(stroke(style, self)));
        }
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        let points: Vec<Point> = path.into_iter().map(pixel).collect();
        self.path(vec![points], stroke(style, self));
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(&mut self, centre: BackendCoord, radius: u32, style: &S, fill: bool) -> Drawn {
        let radius = f64::from(radius) / FINE;
        if fill {
            self.circle(pixel(centre), radius, Some(paint(style.color())), None);
        } else {
            self.circle(pixel(centre), radius, None, Some(stroke(style, self)));
        }
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, corners: I, style: &S) -> Drawn {
        self.polygon(
            corners.into_iter().map(pixel).collect(),
            Some(paint(style.color())),
            None,
        );
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, at: BackendCoord) -> Drawn {
        let anchor = style.anchor();
        let size = style.size() / FINE;
        let (x, y) = pixel(at);
        let baseline = match anchor.v_pos {
            VPos::Top => y + size * font::ASCENT,
            VPos::Center => y + size * font::HALF_CAPITAL,
            VPos::Bottom => y - size * font::DESCENT,
        };
        let side = match anchor.h_pos {
            HPos::Left => Anchor::Start,
            HPos::Center => Anchor::Middle,
            HPos::Right => Anchor::End,
        };
        self.text(
            text,
            (x, baseline),
            side,
            TextStyle::plain(size).in_colour(paint(style.color()).rgb),
        );
        Ok(())
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        let width = font::width(text, style.size(), Weight::Regular);
        Ok((width.ceil() as u32, style.size().ceil() as u32))
    }
}

fn pixel((x, y): BackendCoord) -> Point {
    (f64::from(x) / FINE, f64::from(y) / FINE)
}

fn paint(color: BackendColor) -> Paint {
    Paint {
        rgb: color.rgb.into(),
        alpha: color.alpha,
    }
}

fn stroke<S: BackendStyle>(style: &S, sheet: &Sheet) -> Stroke {
    Stroke {
        paint: paint(style.color()),
        width: f64::from(style.stroke_width()) / FINE,
        dash: sheet.dash,
    }
}

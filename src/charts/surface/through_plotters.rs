//! Lets `plotters` draw on a [`Sheet`].
//!
//! `plotters` counts in whole numbers, so it is told that the sheet is [`FINE`] times as large: a
//! curve then bends smoothly, in the SVG as well as between the pixels of the PNG.

use std::convert::Infallible;

use plotters::prelude::DrawingBackend;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingErrorKind,
    text_anchor::{HPos, VPos},
};

use super::font::{self, Weight};
use super::sheet::{Anchor, Paint, Point, Rect, Sheet, Stroke, TextStyle};

/// Units of `plotters` per pixel.
pub(crate) const FINE: f64 = 8.0;

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
        let ((x0, y0), (x1, y1)) = (pixel(from), pixel(to));
        let at = Rect {
            left: x0.min(x1),
            top: y0.min(y1),
            right: x0.max(x1),
            bottom: y0.max(y1),
        };
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

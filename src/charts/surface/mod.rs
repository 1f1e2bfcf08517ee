//! What a panel draws on: ranges of values spanned over a rectangle of the sheet, in whole eighths of a pixel.
//!
//! A curve then bends smoothly, in the SVG as well as between the pixels of the PNG, and its numbers stay short.
//! The feature `plotters` draws through the crate of that name; without it (a web page, which would have to load what that crate brings along) the
//! same marks come straight onto the sheet, which a test holds to be equal.

#[cfg(any(not(feature = "plotters"), test))]
mod straight;
#[cfg(feature = "plotters")]
mod through_plotters;

#[cfg(not(feature = "plotters"))]
pub(super) use straight::Surface;
#[cfg(feature = "plotters")]
pub(super) use through_plotters::Surface;

use super::sheet::{Point, Rect};

/// Parts of a pixel that are told apart.
const FINE: f64 = 8.0;

/// A rectangle in parts of a pixel: `((left, right), (bottom, top))`.
type Edges = ((i32, i32), (i32, i32));

fn edges(at: Rect) -> Edges {
    let fine = |it: f64| (it * FINE).round() as i32;
    ((fine(at.left), fine(at.right)), (fine(at.bottom), fine(at.top)))
}

/// The rectangle between two corners.
fn between((x0, y0): Point, (x1, y1): Point) -> Rect {
    Rect {
        left: x0.min(x1),
        top: y0.min(y1),
        right: x0.max(x1),
        bottom: y0.max(y1),
    }
}

#[cfg(all(test, feature = "plotters"))]
mod tests {
    use super::super::palette::{Dash, INK};
    use super::super::sheet::{Paint, Sheet, Stroke};
    use super::*;
    use std::cell::RefCell;
    use std::rc::Rc;

    const RANGES: [((f64, f64), (f64, f64)); 4] = [
        ((0.0, 1.0), (0.0, 1.0)),
        ((-3.0, 3.0), (-2.0, 2.0)),
        ((0.0, 120.0), (0.35, 0.351)),
        ((1e-3, 17.3), (-1e6, 1e6)),
    ];

    macro_rules! drawn {
        ($surface:ty, $x:expr, $y:expr) => {{
            let sheet = Rc::new(RefCell::new(Sheet::new(400, 300)));
            let at = Rect {
                left: 40.3,
                top: 20.7,
                right: 390.0,
                bottom: 281.1,
            };
            let (x, y) = ($x, $y);
            let surface = <$surface>::new(&sheet, at, x, y);
            let point = |it: u32| {
                let share = f64::from(it) / 37.0;
                let other = (share * 7.3).fract();
                (x.0 + share * (x.1 - x.0), y.0 + other * (y.1 - y.0))
            };
            let points: Vec<Point> = (0..=37).map(point).collect();
            let stroke = Stroke::new(INK, 3.3).dashed(Dash::Dotted);
            let paint = Paint {
                rgb: [1, 2, 3],
                alpha: 0.3,
            };
            surface.line(points.clone(), stroke).unwrap();
            surface.line(Vec::new(), stroke).unwrap();
            surface.line(points[..1].to_vec(), stroke).unwrap();
            surface.line(points[3..5].to_vec(), Stroke::grid()).unwrap();
            surface.polygon(points.clone(), paint).unwrap();
            surface.rectangle(points[9], points[2], paint).unwrap();
            let places: Vec<Point> = points.iter().map(|it| surface.place(*it)).collect();
            let marks = sheet.borrow().marks.clone();
            (places, marks)
        }};
    }

    #[test]
    fn plotters_and_the_sheet_itself_draw_the_same() {
        for (x, y) in RANGES {
            let through = drawn!(through_plotters::Surface, x, y);
            assert_eq!(drawn!(straight::Surface, x, y), through, "{x:?} {y:?}");
            assert!(through.1.len() >= 5, "{:?}", through.1);
        }
    }
}

//! What has been drawn, in order: the one thing that both files of a picture are made from.

use super::font::{self, Weight};
use super::palette::{Dash, Hatch, INK, Look, Rgb, Shape, WHITE};
use super::text::Block;

/// A place on the sheet in pixels, y downwards.
pub(crate) type Point = (f64, f64);

/// A rectangle in pixels, y downwards.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Rect {
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) right: f64,
    pub(crate) bottom: f64,
}

impl Rect {
    pub(crate) fn width(&self) -> f64 {
        self.right - self.left
    }

    pub(crate) fn height(&self) -> f64 {
        self.bottom - self.top
    }

    /// Whether the two share any area.
    pub(crate) fn overlaps(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    /// Whether the two share any area or edge; also true for rectangles without area.
    pub(crate) fn touches(&self, other: &Self) -> bool {
        self.left <= other.right && other.left <= self.right && self.top <= other.bottom && other.top <= self.bottom
    }

    /// Whether the point lies inside.
    pub(crate) fn contains(&self, (x, y): Point) -> bool {
        (self.left..=self.right).contains(&x) && (self.top..=self.bottom).contains(&y)
    }

    /// Whether `other` lies inside.
    pub(crate) fn holds(&self, other: &Self) -> bool {
        self.left <= other.left && self.top <= other.top && self.right >= other.right && self.bottom >= other.bottom
    }
}

/// A colour and how much of it covers what is below.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Paint {
    pub(crate) rgb: Rgb,
    pub(crate) alpha: f64,
}

impl From<Rgb> for Paint {
    fn from(rgb: Rgb) -> Self {
        Self { rgb, alpha: 1.0 }
    }
}

/// A line's colour, width in pixels and dash.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Stroke {
    pub(crate) paint: Paint,
    pub(crate) width: f64,
    pub(crate) dash: Dash,
}

impl Stroke {
    /// A full, opaque line.
    pub(crate) fn new(rgb: Rgb, width: f64) -> Self {
        Self {
            paint: rgb.into(),
            width,
            dash: Dash::Full,
        }
    }

    /// The same line, broken.
    pub(crate) fn dashed(self, dash: Dash) -> Self {
        Self { dash, ..self }
    }
}

/// Where a text stands relative to its x.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// One thing on the sheet.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Mark {
    /// Straight pieces; `closed` joins the last corner to the first.
    Path {
        pieces: Vec<Vec<Point>>,
        closed: bool,
        fill: Option<Paint>,
        stroke: Option<Stroke>,
    },
    /// A filled rectangle, its edges on whole pixels.
    Cell { at: Rect, fill: Paint },
    Circle {
        centre: Point,
        radius: f64,
        fill: Option<Paint>,
        stroke: Option<Stroke>,
    },
    /// Lines of one text, each with the place of its baseline.
    Text {
        lines: Vec<(Point, String)>,
        size: f64,
        weight: Weight,
        anchor: Anchor,
        rgb: Rgb,
    },
}

/// A page to draw on.
#[derive(Debug)]
pub(crate) struct Sheet {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) marks: Vec<Mark>,
    /// The dash of lines that `plotters` draws; it has no notion of dashes.
    #[cfg(feature = "plotters")]
    pub(crate) dash: Dash,
}

impl Sheet {
    pub(crate) fn new(width: u32, height: u32) -> Self {
        Self {
            width,
            height,
            marks: Vec::new(),
            #[cfg(feature = "plotters")]
            dash: Dash::Full,
        }
    }

    /// A straight line.
    pub(crate) fn line(&mut self, from: Point, to: Point, stroke: Stroke) {
        self.path(vec![vec![from, to]], stroke);
    }

    /// Broken lines that belong together.
    pub(crate) fn path(&mut self, pieces: Vec<Vec<Point>>, stroke: Stroke) {
        self.marks.push(Mark::Path {
            pieces,
            closed: false,
            fill: None,
            stroke: Some(stroke),
        });
    }

    /// A closed figure.
    pub(crate) fn polygon(&mut self, corners: Vec<Point>, fill: Option<Paint>, stroke: Option<Stroke>) {
        self.marks.push(Mark::Path {
            pieces: vec![corners],
            closed: true,
            fill,
            stroke,
        });
    }

    /// A rectangle with whole-pixel edges.
    pub(crate) fn cell(&mut self, at: Rect, fill: impl Into<Paint>) {
        self.marks.push(Mark::Cell { at, fill: fill.into() });
    }

    /// A circle.
    pub(crate) fn circle(&mut self, centre: Point, radius: f64, fill: Option<Paint>, stroke: Option<Stroke>) {
        self.marks.push(Mark::Circle {
            centre,
            radius,
            fill,
            stroke,
        });
    }

    /// A point of the given look, edged in white so that points on lines stay apart.
    pub(crate) fn marker(&mut self, (x, y): Point, look: Look, radius: f64) {
        let (fill, edge) = if look.hollow {
            (WHITE, Stroke::new(look.rgb, radius * 0.32))
        } else {
            (look.rgb, Stroke::new(WHITE, radius * 0.2))
        };
        if look.shape == Shape::Circle {
            self.circle((x, y), radius, Some(fill.into()), Some(edge));
        } else {
            let corners = look
                .shape
                .corners()
                .into_iter()
                .map(|(dx, dy)| (x + radius * dx, y + radius * dy));
            self.polygon(corners.collect(), Some(fill.into()), Some(edge));
        }
    }

    /// Lines over a rectangle.
    pub(crate) fn hatch(&mut self, at: Rect, hatch: Hatch, stroke: Stroke) {
        let mut pieces = Vec::new();
        if matches!(hatch, Hatch::Rising | Hatch::Crossed) {
            pieces.extend(diagonals(at, 14.0, false));
        }
        if matches!(hatch, Hatch::Falling | Hatch::Crossed) {
            pieces.extend(diagonals(at, 14.0, true));
        }
        if !pieces.is_empty() {
            self.path(pieces, stroke);
        }
    }

    /// One line of text on a baseline.
    pub(crate) fn text(&mut self, text: &str, at: Point, anchor: Anchor, style: TextStyle) {
        if let Some(ground) = style.ground {
            self.cell(ground_of(text, at, anchor, style), ground);
        }
        self.marks.push(Mark::Text {
            lines: vec![(at, text.to_owned())],
            size: style.size,
            weight: style.weight,
            anchor,
            rgb: style.rgb,
        });
    }

    /// One line of text, capitals and digits centred on y.
    pub(crate) fn text_beside(&mut self, text: &str, (x, y): Point, anchor: Anchor, style: TextStyle) {
        self.text(text, (x, y + style.size * font::HALF_CAPITAL), anchor, style);
    }

    /// A wrapped text from `top` downwards.
    pub(crate) fn block(&mut self, block: &Block, (x, top): Point, anchor: Anchor, rgb: Rgb) {
        let lines = block
            .lines
            .iter()
            .enumerate()
            .map(|(index, line)| ((x, block.baseline(top, index)), line.clone()));
        self.marks.push(Mark::Text {
            lines: lines.collect(),
            size: block.size,
            weight: block.weight,
            anchor,
            rgb,
        });
    }
}

/// How a text looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct TextStyle {
    pub(crate) size: f64,
    pub(crate) weight: Weight,
    pub(crate) rgb: Rgb,
    /// The colour of a patch behind the letters, where lines would run through them.
    pub(crate) ground: Option<Rgb>,
}

impl TextStyle {
    /// Plain dark text.
    pub(crate) fn plain(size: f64) -> Self {
        Self {
            size,
            weight: Weight::Regular,
            rgb: INK,
            ground: None,
        }
    }

    /// Bold dark text.
    pub(crate) fn bold(size: f64) -> Self {
        Self {
            weight: Weight::Bold,
            ..Self::plain(size)
        }
    }

    pub(crate) fn in_colour(self, rgb: Rgb) -> Self {
        Self { rgb, ..self }
    }

    pub(crate) fn on_ground(self, ground: Rgb) -> Self {
        Self {
            ground: Some(ground),
            ..self
        }
    }

    /// The width of one line in this style.
    pub(crate) fn width(&self, text: &str) -> f64 {
        font::width(text, self.size, self.weight)
    }
}

/// The patch behind a line of text, from above its capitals to just below its baseline.
fn ground_of(text: &str, (x, y): Point, anchor: Anchor, style: TextStyle) -> Rect {
    let width = style.width(text);
    let left = match anchor {
        Anchor::Start => x,
        Anchor::Middle => x - width / 2.0,
        Anchor::End => x - width,
    };
    Rect {
        left: left - 3.0,
        top: y - 0.84 * style.size,
        right: left + width + 3.0,
        bottom: y + 0.1 * style.size,
    }
}

/// Diagonals `gap` apart, cut at the edges of the rectangle; a common origin keeps neighbours in step.
fn diagonals(at: Rect, gap: f64, falling: bool) -> Vec<Vec<Point>> {
    // Along a rising line x + y is constant, along a falling one x − y.
    let side = if falling { -1.0 } else { 1.0 };
    let (low, high) = if falling {
        (at.left - at.bottom, at.right - at.top)
    } else {
        (at.left + at.top, at.right + at.bottom)
    };
    let mut pieces = Vec::new();
    let mut step = (low / gap).ceil();
    while step * gap < high {
        let sum = step * gap;
        step += 1.0;
        let ys = [at.left, at.right].map(|x| (side * (sum - x)).clamp(at.top, at.bottom));
        let [from, to] = ys.map(|y| (sum - side * y, y));
        if (from.0 - to.0).abs() > 0.5 {
            pieces.push(vec![from, to]);
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hatches_stay_inside() {
        let at = Rect {
            left: 13.0,
            top: 40.0,
            right: 150.0,
            bottom: 71.0,
        };
        for falling in [false, true] {
            let pieces = diagonals(at, 14.0, falling);
            assert!(pieces.len() >= 9, "{pieces:?}");
            for &(x, y) in pieces.iter().flatten() {
                assert!((at.left - 1e-9..=at.right + 1e-9).contains(&x), "{x}");
                assert!((at.top - 1e-9..=at.bottom + 1e-9).contains(&y), "{y}");
            }
        }
    }
}

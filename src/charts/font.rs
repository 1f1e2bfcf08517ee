//! The two vendored faces: how wide a text is, and what its letters look like.
//!
//! Both files of a picture are laid out with these widths; the SVG asks for the same family first.

use std::sync::OnceLock;

#[cfg(feature = "pixels")]
use super::truetype::Pen;
use super::truetype::{Face, Glyph};

/// Which of the two faces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    Regular,
    Bold,
}

/// How far letters reach above the baseline, in units of the font size.
pub(crate) const ASCENT: f64 = 0.76;
/// How far letters reach below the baseline, in units of the font size.
#[cfg(feature = "plotters")]
pub(crate) const DESCENT: f64 = 0.24;
/// From the baseline to the middle of a capital or digit, in units of the font size.
pub(crate) const HALF_CAPITAL: f64 = 0.365;

const REGULAR: &[u8] = include_bytes!("fonts/DejaVuSans.ttf");
const BOLD: &[u8] = include_bytes!("fonts/DejaVuSans-Bold.ttf");

fn face(weight: Weight) -> &'static Face {
    static FACES: OnceLock<[Face; 2]> = OnceLock::new();
    let [regular, bold] = FACES.get_or_init(|| [REGULAR, BOLD].map(Face::read));
    match weight {
        Weight::Regular => regular,
        Weight::Bold => bold,
    }
}

/// Letters of these texts that the fonts lack, each once, in the order in which they come.
pub(crate) fn missing<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<char> {
    let mut missing = Vec::new();
    for letter in texts.flat_map(str::chars) {
        let shown = letter.is_control() || face(Weight::Regular).glyph(letter).is_some();
        if !shown && !missing.contains(&letter) {
            missing.push(letter);
        }
    }
    missing
}

/// The width of one line of text, in the unit of `size`.
pub(crate) fn width(text: &str, size: f64, weight: Weight) -> f64 {
    let mut end = 0.0;
    run(text, weight, |_, _, after| end = after);
    end * size / f64::from(face(weight).units_per_em)
}

/// Hands the outlines of one line of text to `pen`, its baseline starting at (`x`, `y`), y downwards.
#[cfg(feature = "pixels")]
pub(crate) fn outline(text: &str, size: f64, weight: Weight, x: f64, y: f64, pen: &mut impl Pen) {
    let face = face(weight);
    let scale = size / f64::from(face.units_per_em);
    run(text, weight, |glyph, at, _| {
        let mut placed = Placed {
            pen,
            x: x + at * scale,
            y,
            scale,
        };
        face.outline(glyph, &mut placed);
    });
}

/// Visits each glyph with its start and end, in font units, kerning applied.
fn run(text: &str, weight: Weight, mut visit: impl FnMut(Glyph, f64, f64)) {
    let face = face(weight);
    let mut at = 0.0;
    let mut before: Option<Glyph> = None;
    for letter in text.chars() {
        // What the font lacks is drawn as the replacement character, not left out.
        let glyph = face
            .glyph(letter)
            .or_else(|| face.glyph('\u{FFFD}'))
            .unwrap_or(Glyph(0));
        if let Some(before) = before {
            at += f64::from(face.kerning(before, glyph));
        }
        let advance = f64::from(face.advance(glyph));
        visit(glyph, at, at + advance);
        at += advance;
        before = Some(glyph);
    }
}

/// Moves and scales an outline; font units point upwards, a page points downwards.
#[cfg(feature = "pixels")]
struct Placed<'a, P> {
    pen: &'a mut P,
    x: f64,
    y: f64,
    scale: f64,
}

#[cfg(feature = "pixels")]
impl<P> Placed<'_, P> {
    fn to(&self, (x, y): (f32, f32)) -> (f32, f32) {
        (
            (self.x + f64::from(x) * self.scale) as f32,
            (self.y - f64::from(y) * self.scale) as f32,
        )
    }
}

#[cfg(feature = "pixels")]
impl<P: Pen> Pen for Placed<'_, P> {
    fn move_to(&mut self, to: (f32, f32)) {
        self.pen.move_to(self.to(to));
    }

    fn line_to(&mut self, to: (f32, f32)) {
        self.pen.line_to(self.to(to));
    }

    fn quad_to(&mut self, off: (f32, f32), to: (f32, f32)) {
        self.pen.quad_to(self.to(off), self.to(to));
    }

    fn close(&mut self) {
        self.pen.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The signs that the charts print, and letters of names that a scenario is likely to carry.
    #[test]
    fn the_fonts_have_every_sign_the_charts_need() {
        for weight in [Weight::Regular, Weight::Bold] {
            for sign in "−≤≥±×≈→·–—…„“”‘’°²₀₁₂₃αβγΔκσχ½%éüßØčłŞЖ".chars()
            {
                assert!(face(weight).glyph(sign).is_some(), "{weight:?} lacks {sign}");
            }
        }
    }

    #[test]
    fn width_grows_with_size_and_weight() {
        let text = "Does a way out change who helps?";
        let regular = width(text, 20.0, Weight::Regular);
        assert!((width(text, 40.0, Weight::Regular) - 2.0 * regular).abs() < 1e-9);
        assert!(width(text, 20.0, Weight::Bold) > regular);
        assert_eq!(width("", 20.0, Weight::Regular), 0.0);
    }

    #[test]
    fn kerning_brings_letters_together() {
        let apart = width("A", 100.0, Weight::Regular) + width("V", 100.0, Weight::Regular);
        assert!(width("AV", 100.0, Weight::Regular) < apart);
    }

    #[test]
    fn a_sign_that_the_font_lacks_still_takes_room() {
        assert!(width("慈悲", 20.0, Weight::Regular) > 10.0);
        assert_eq!(missing(["é 慈悲", "悲 🙂"].into_iter()), ['慈', '悲', '🙂']);
    }
}

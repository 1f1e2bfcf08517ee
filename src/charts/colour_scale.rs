//! Shares as colours, over the range that there is.

use super::number::{Tick, percent, round_out, ticks};
use super::page::{LABEL, TICK};
use super::palette::{GREY, Rgb, viridis};
use super::sheet::{Anchor, Point, Rect, Sheet, TextStyle};

/// About how many numbers stand on the colour scale, each the share of a line of equal helping.
const LEVELS: usize = 5;
/// The least range of shares that the colours span: less than that is no pattern.
const LEAST_RANGE: f64 = 0.1;
/// Width of the colour scale.
const SCALE_WIDTH: f64 = 520.0;
/// Height of the colour scale with its numbers.
pub(crate) const SCALE_HEIGHT: f64 = 92.0;

/// Which share has which colour: the whole scale over what the map shows.
pub(crate) struct Colours {
    low: f64,
    high: f64,
    /// Round shares within that range.
    pub(crate) levels: Vec<Tick>,
}

impl Colours {
    pub(crate) fn new(shares: &[f64]) -> Self {
        let (low, high) = shares
            .iter()
            .fold((1.0_f64, 0.0_f64), |(low, high), &it| (low.min(it), high.max(it)));
        let spare = ((LEAST_RANGE - (high - low)) / 2.0).max(0.0);
        let low = (low - spare).clamp(0.0, 1.0 - LEAST_RANGE);
        let high = (high + spare).clamp(low + LEAST_RANGE, 1.0);
        let (low, high) = round_out(low, high, LEVELS);
        let (low, high) = (low.max(0.0), high.min(1.0));
        Self {
            low,
            high,
            levels: ticks(low, high, LEVELS),
        }
    }

    pub(crate) fn of(&self, share: f64) -> Rgb {
        viridis(((share - self.low) / (self.high - self.low)).clamp(0.0, 1.0))
    }

    /// Draws the scale with its title to the left; returns where it ends.
    pub(crate) fn draw(&self, sheet: &mut Sheet, (left, top): Point, who: &str) -> f64 {
        let title = TextStyle::plain(LABEL);
        let text = format!("{who} who help");
        let (bar_top, bar_bottom) = (top + 2.0, top + 34.0);
        sheet.text_beside(&text, (left, (bar_top + bar_bottom) / 2.0), Anchor::Start, title);
        let start = left + title.width(&text) + 30.0;
        const STEPS: u32 = 104;
        let x = |part: f64| (start + SCALE_WIDTH * part).round();
        for it in 0..STEPS {
            let (from, to) = (f64::from(it) / f64::from(STEPS), f64::from(it + 1) / f64::from(STEPS));
            let at = Rect {
                left: x(from),
                top: bar_top,
                right: x(to),
                bottom: bar_bottom,
            };
            sheet.cell(at, viridis((from + to) / 2.0));
        }
        for level in &self.levels {
            let style = TextStyle::plain(TICK).in_colour(GREY);
            let part = (level.value - self.low) / (self.high - self.low);
            sheet.text(
                &percent(level.value),
                (x(part), bar_bottom + 30.0),
                Anchor::Middle,
                style,
            );
        }
        start + SCALE_WIDTH
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_colours_span_what_there_is_and_never_next_to_nothing() {
        let colours = Colours::new(&[0.34, 0.61, 0.5]);
        assert!((colours.low - 0.3).abs() < 1e-9 && (colours.high - 0.65).abs() < 1e-9);
        assert_ne!(colours.of(0.34), colours.of(0.61));
        for level in [0.0, 0.5, 1.0] {
            let flat = Colours::new(&[level; 4]);
            assert!(
                flat.high - flat.low > 0.099 && flat.low >= 0.0 && flat.high <= 1.0,
                "{level}"
            );
            assert!(flat.levels.len() >= 2);
        }
    }
}

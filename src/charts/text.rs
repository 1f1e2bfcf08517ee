//! Text that fits: wrapped at spaces, broken inside a word only where a word is wider than the column.

use super::font::{self, Weight};

/// Longest text that is shown in full, in characters: more is a mistake, and would push all else off the page.
const LONGEST: usize = 400;

/// Letter sizes of names, from what is usual to what can still be read on a slide.
const SIZES: [f64; 5] = [24.0, 22.0, 20.0, 17.0, 15.0];

/// A text broken into lines.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Block {
    pub(crate) lines: Vec<String>,
    pub(crate) size: f64,
    pub(crate) weight: Weight,
    /// Width of the widest line.
    pub(crate) width: f64,
}

impl Block {
    /// Wraps `text` to lines of at most `limit`.
    pub(crate) fn wrap(text: &str, size: f64, weight: Weight, limit: f64) -> Self {
        let lines = wrap(&printable(text), limit, &|it| font::width(it, size, weight));
        let width = lines.iter().map(|it| font::width(it, size, weight)).fold(0.0, f64::max);
        Self {
            lines,
            size,
            weight,
            width,
        }
    }

    /// Wraps texts in the largest size of 24 down to 15 in which they `fit`; in 15 if they fit in none.
    pub(crate) fn fitted(texts: &[&str], weight: Weight, limit: f64, fit: impl Fn(&[Self]) -> bool) -> Vec<Self> {
        let wrapped = |size: f64| -> Vec<Self> { texts.iter().map(|it| Self::wrap(it, size, weight, limit)).collect() };
        SIZES
            .into_iter()
            .map(wrapped)
            .find(|it| fit(it))
            .unwrap_or_else(|| wrapped(SIZES[SIZES.len() - 1]))
    }

    /// From one baseline to the next.
    pub(crate) fn pitch(&self) -> f64 {
        (self.size * 1.22).round()
    }

    /// Height from the top of the first line to the bottom of the last.
    pub(crate) fn height(&self) -> f64 {
        self.pitch() * self.lines.len() as f64
    }

    /// The baseline of line `index`, if the block starts at `top`.
    pub(crate) fn baseline(&self, top: f64, index: usize) -> f64 {
        let lead = (self.pitch() - self.size) / 2.0;
        top + lead + self.size * font::ASCENT + self.pitch() * index as f64
    }
}

/// The text without control characters (which no SVG may contain), cut where nobody would read on.
fn printable(text: &str) -> String {
    let clean: String = text.chars().map(|it| if it.is_control() { ' ' } else { it }).collect();
    if clean.chars().count() <= LONGEST {
        return clean;
    }
    let mut cut: String = clean.chars().take(LONGEST).collect();
    cut.push('…');
    cut
}

fn wrap(text: &str, limit: f64, width: &dyn Fn(&str) -> f64) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split(' ').filter(|it| !it.is_empty()) {
        let longer = if line.is_empty() {
            word.to_owned()
        } else {
            format!("{line} {word}")
        };
        if width(&longer) <= limit {
            line = longer;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for letter in word.chars() {
            line.push(letter);
            if line.chars().count() > 1 && width(&line) > limit {
                line.pop();
                lines.push(std::mem::replace(&mut line, letter.to_string()));
            }
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, limit: usize) -> Vec<String> {
        wrap(text, limit as f64, &|it| it.chars().count() as f64)
    }

    #[test]
    fn wraps_at_spaces() {
        assert_eq!(lines("easy escape, low empathy", 12), ["easy escape,", "low empathy"]);
    }

    #[test]
    fn breaks_a_word_only_where_it_must() {
        assert_eq!(lines("a bcdefgh i", 4), ["a", "bcde", "fgh", "i"].map(String::from));
    }

    #[test]
    fn an_empty_text_is_one_empty_line() {
        assert_eq!(lines("", 10), [""]);
        assert_eq!(lines("   ", 10), [""]);
    }

    #[test]
    fn lines_fit_in_real_letters() {
        let block = Block::wrap(
            "in-group victim, own harm under orders, watched",
            26.0,
            Weight::Bold,
            300.0,
        );
        assert!(block.lines.len() > 1 && block.width <= 300.0, "{block:?}");
    }

    #[test]
    fn control_characters_become_spaces() {
        assert_eq!(Block::wrap("a\u{0}b\nc", 10.0, Weight::Regular, 900.0).lines, ["a b c"]);
    }
}

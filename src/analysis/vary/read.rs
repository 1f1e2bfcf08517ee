//! `KEY=VALUES` as it is written on a command line.

use super::{MOST_POINTS, Values, Varied, VaryError};
use crate::document::Kind;
use crate::scenario::keys::KEYS;

impl Varied {
    /// Reads `KEY=VALUES`; with `has_points` a range of whole numbers is one to choose from, else all of them.
    ///
    /// # Errors
    ///
    /// [`VaryError`] says what is wrong, and how it is written.
    pub fn read(text: &str, has_points: bool) -> Result<Self, VaryError> {
        let form = || VaryError::Form(text.to_owned());
        let (key, values) = split_outside(text, '=').ok_or_else(form)?;
        let (key, values) = (key.trim(), values.trim());
        if key.is_empty() || values.is_empty() {
            return Err(form());
        }
        let all_of_a_count = is_count(key) && (!has_points || is_seed(key));
        let values = match range_parts(values) {
            Some(Parts::Range(low, high)) => range(key, values, [low, high], all_of_a_count)?,
            Some(Parts::Steps(parts)) => steps(key, values, parts)?,
            None => listed(key, values)?,
        };
        Ok(Self {
            key: key.to_owned(),
            values,
        })
    }

    /// Whether it is the seed, so that its values stand for chance.
    pub fn is_seed(&self) -> bool {
        is_seed(&self.key)
    }
}

fn is_seed(key: &str) -> bool {
    matches!(key, "seed" | "run.seed")
}

/// Whether the last part of a key is one of whole numbers.
pub(super) fn is_count(key: &str) -> bool {
    let name = key.rsplit('.').next().unwrap_or(key);
    let is_count = |known: &&crate::document::Key| matches!(known.kind, Kind::Count(..));
    KEYS.iter().filter(is_count).any(|known| known.name() == name)
}

enum Parts<'t> {
    Range(&'t str, &'t str),
    Steps([&'t str; 3]),
}

/// The parts of `low..high` or `low:high:step`.
fn range_parts(values: &str) -> Option<Parts<'_>> {
    if values.starts_with(['"', '\'', '[', '{']) {
        return None;
    }
    if let Some((low, high)) = values.split_once("..") {
        return Some(Parts::Range(low.trim(), high.trim()));
    }
    let parts: Vec<&str> = values.split(':').map(str::trim).collect();
    <[&str; 3]>::try_from(parts).ok().map(Parts::Steps)
}

fn number(key: &str, text: &str, part: &str) -> Result<f64, VaryError> {
    let read = part
        .replace('_', "")
        .parse()
        .ok()
        .filter(|value: &f64| value.is_finite());
    read.ok_or_else(|| VaryError::NotANumber {
        key: key.to_owned(),
        text: text.to_owned(),
        part: part.to_owned(),
    })
}

fn range(key: &str, text: &str, [low, high]: [&str; 2], all: bool) -> Result<Values, VaryError> {
    let ends = [number(key, text, low)?, number(key, text, high)?];
    if ends[0] >= ends[1] {
        return Err(VaryError::UpsideDown {
            key: key.to_owned(),
            text: text.to_owned(),
            low: low.to_owned(),
            high: high.to_owned(),
        });
    }
    if all {
        return steps(key, text, [low, high, "1"]);
    }
    Ok(Values::Range {
        low: ends[0],
        high: ends[1],
        whole: is_count(key),
    })
}

fn steps(key: &str, text: &str, parts: [&str; 3]) -> Result<Values, VaryError> {
    let [low, high, step] = parts;
    let [from, to, by] = [
        number(key, text, low)?,
        number(key, text, high)?,
        number(key, text, step)?,
    ];
    let told = |error: fn(String, String, String, String) -> VaryError| {
        error(key.to_owned(), text.to_owned(), low.to_owned(), high.to_owned())
    };
    if by <= 0.0 {
        return Err(told(|key, text, low, high| VaryError::NoStep { key, text, low, high }));
    }
    if from > to {
        return Err(told(|key, text, low, high| VaryError::UpsideDown {
            key,
            text,
            low,
            high,
        }));
    }
    // A step too many is one that rounding alone keeps inside.
    let last = ((to - from) / by + 1e-9).floor();
    if last >= MOST_POINTS as f64 {
        return Err(VaryError::TooMany {
            points: format!("about {last:e}"),
        });
    }
    let places = decimals(low).max(decimals(step));
    let value = |number: u64| plain(from + number as f64 * by, places);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked above")]
    Ok(Values::Listed((0..=last as u64).map(value).collect()))
}

/// Digits behind the point of a number as it was written.
fn decimals(text: &str) -> usize {
    match text.split_once(['e', 'E']) {
        Some(_) => 12,
        None => text.split_once('.').map_or(0, |(_, behind)| behind.len()),
    }
}

/// A number without zeros at its end.
pub(super) fn plain(value: f64, places: usize) -> String {
    let text = format!("{value:.places$}");
    let text = match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.'),
        false => &text,
    };
    match text {
        "-0" => "0".to_owned(),
        _ => text.to_owned(),
    }
}

fn listed(key: &str, values: &str) -> Result<Values, VaryError> {
    let all: Vec<String> = split_all(values)
        .into_iter()
        .map(|value| value.trim().to_owned())
        .collect();
    if all.iter().any(String::is_empty) {
        return Err(VaryError::Form(format!("{key}={values}")));
    }
    let mut sorted: Vec<&String> = all.iter().collect();
    sorted.sort_unstable();
    if let Some(twice) = sorted.windows(2).find(|two| two[0] == two[1]) {
        return Err(VaryError::SameValue {
            key: key.to_owned(),
            value: twice[0].clone(),
        });
    }
    Ok(Values::Listed(all))
}

/// Both sides of the first such letter outside quotes and brackets.
fn split_outside(text: &str, letter: char) -> Option<(&str, &str)> {
    let at = outside(text, letter).next()?;
    Some((&text[..at], &text[at + letter.len_utf8()..]))
}

/// Everything between commas outside quotes and brackets.
fn split_all(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut from = 0;
    for at in outside(text, ',') {
        parts.push(&text[from..at]);
        from = at + 1;
    }
    parts.push(&text[from..]);
    parts
}

/// Where a letter stands outside quotes and brackets.
fn outside(text: &str, wanted: char) -> impl Iterator<Item = usize> {
    let (mut quote, mut depth) = (None, 0_u32);
    text.char_indices().filter_map(move |(at, letter)| {
        match (quote, letter) {
            (None, _) if letter == wanted && depth == 0 => return Some(at),
            (None, '"' | '\'') => quote = Some(letter),
            (Some(open), _) if open == letter => quote = None,
            (None, '[' | '{') => depth += 1,
            (None, ']' | '}') => depth = depth.saturating_sub(1),
            _ => {}
        }
        None
    })
}

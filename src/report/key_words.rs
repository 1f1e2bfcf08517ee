//! Keys as people read them: in a sentence, at an axis, in a row of a chart.

use crate::document::{Kind, in_words};
use crate::parameters::{Entry, shipped_entries};
use crate::scenario::keys::KEYS;

/// The longest title that an axis has, in letters.
const LONGEST_TITLE: usize = 95;

/// A key as it is called in a sentence.
pub(super) fn key_in_words(key: &str) -> String {
    if let Some(parameter) = key.strip_prefix("parameters.") {
        return in_words(&parameter.replacen('.', ": ", 1));
    }
    let (before, name) = key.rsplit_once('.').unwrap_or(("", key));
    // Its unit stands behind it.
    let name = name.strip_suffix("_s").unwrap_or(name);
    match before {
        "" | "situation" | "run" => in_words(name),
        before => match before.strip_prefix("population.") {
            Some(of) => format!("{} of {}", in_words(name), in_words(of)),
            None => format!("{} ({})", in_words(name), before.replace('"', "")),
        },
    }
}

/// A key as it stands at an axis: what it is called, what it means, and its unit.
pub(super) fn key_at_an_axis(key: &str) -> String {
    let words = key_in_words(key);
    let unit = match key_unit(key) {
        unit if unit.is_empty() => unit,
        unit => format!(" ({unit})"),
    };
    let meaning = parameter(key).map(|entry| entry.meaning.as_str()).or_else(|| {
        let known = KEYS.iter().find(|known| known.path == key)?;
        key.starts_with("situation.").then_some(known.meaning)
    });
    let whole = meaning.map(|meaning| format!("{words}: {meaning}{unit}"));
    whole
        .filter(|whole| whole.chars().count() <= LONGEST_TITLE)
        .unwrap_or(words + &unit)
}

/// The unit of a key, of a share its range; empty where it has none.
pub(super) fn key_unit(key: &str) -> String {
    if let Some(entry) = parameter(key) {
        return match entry.unit.as_str() {
            "1" => String::new(),
            unit => unit.to_owned(),
        };
    }
    let name = key.rsplit('.').next().unwrap_or(key);
    let trait_mean = key.strip_prefix("population.").is_some_and(|rest| rest.contains('.'));
    if trait_mean {
        return "population SD from the norm".to_owned();
    }
    let known = KEYS.iter().find(|known| known.path == key);
    let Some(known) = known.or_else(|| KEYS.iter().find(|known| known.name() == name)) else {
        return String::new();
    };
    match (known.unit, known.kind) {
        ("1", Kind::Number(range)) => format!("{} to {}", range.low, range.high),
        ("" | "1", _) => String::new(),
        (unit, _) => unit.to_owned(),
    }
}

/// The parameter that a key leads to.
fn parameter(key: &str) -> Option<&'static Entry> {
    let (process, name) = key.strip_prefix("parameters.")?.split_once('.')?;
    shipped_entries().get(process)?.get(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_called_by_words_with_their_unit() {
        assert_eq!(key_in_words("situation.window_s"), "window");
        assert_eq!(
            key_in_words("\"compassion training\".hours"),
            "hours (compassion training)"
        );
        assert_eq!(key_in_words("population.low_mood.mean"), "mean of low mood");
        assert_eq!(key_in_words("parameters.compassion.spread"), "compassion: spread");
        assert!(key_at_an_axis("situation.escape").ends_with("ends without helping (0 to 1)"));
        assert_eq!(
            key_at_an_axis("\"compassion training\".hours"),
            "hours (compassion training) (h)"
        );
        assert_eq!(key_unit("situation.window_s"), "s");
        assert_eq!(key_unit("population.low_mood.mean"), "population SD from the norm");
        assert_eq!(key_unit("situation.perspective"), "");
    }
}

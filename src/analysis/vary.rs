//! What is varied: keys, each with values or a range, and the points that come of them.

use super::designs::{self, Design};
use crate::document::Kind;
use crate::scenario::keys::KEYS;

/// Most points of a sweep.
pub const MOST_POINTS: u128 = 10_000_000;

/// Significant places of a number that a design chooses.
const PLACES: i32 = 9;

/// A key and what it is set to.
#[derive(Debug, Clone, PartialEq)]
pub struct Varied {
    /// The key as it was written, also the name of its column.
    pub key: String,
    /// What it is set to.
    pub values: Values,
}

/// What a key is set to.
#[derive(Debug, Clone, PartialEq)]
pub enum Values {
    /// One of these, as text.
    Listed(Vec<String>),
    /// Anything in a range, as a design has it.
    Range {
        /// The lower end.
        low: f64,
        /// The upper end.
        high: f64,
        /// Whether only whole numbers are meant.
        whole: bool,
    },
}

/// How ranges are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// Points of the design.
    pub points: u32,
    /// How they are laid; evenly where nothing is said and one range is varied, else a Latin hypercube.
    pub design: Option<Design>,
    /// What they are drawn with.
    pub seed: u64,
}

/// Why something cannot be varied.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum VaryError {
    /// There is no key or no value.
    #[error(
        "`{0}` does not say what is varied; the form is KEY=VALUES, for instance `situation.escape=0:1:0.1`, `situation.escape=0,0.5,1` or `seed=1..50`"
    )]
    Form(String),
    /// A range that ends before it begins.
    #[error("`{key}={text}` ends before it begins: {high} is not above {low}; write the smaller number first")]
    UpsideDown {
        /// The key.
        key: String,
        /// What was written.
        text: String,
        /// The lower end as written.
        low: String,
        /// The upper end as written.
        high: String,
    },
    /// Something that is no number.
    #[error("`{part}` in `{key}={text}` is not a number; a range is `low..high`, and steps are `low:high:step`")]
    NotANumber {
        /// The key.
        key: String,
        /// What was written.
        text: String,
        /// What is no number.
        part: String,
    },
    /// A step that leads nowhere.
    #[error("`{key}={text}` never gets from {low} to {high}: the step must be above 0")]
    NoStep {
        /// The key.
        key: String,
        /// What was written.
        text: String,
        /// The lower end as written.
        low: String,
        /// The upper end as written.
        high: String,
    },
    /// A range without a number of points.
    #[error(
        "`{key}` is a range, and nothing says how many points of it are run; add `--points N`, or give steps as in `{key}=0:1:0.1`"
    )]
    NoPoints {
        /// The key.
        key: String,
    },
    /// A number of points, and nothing that they could be chosen from.
    #[error("`--points` and `--design` choose from ranges, and no key has one; write `KEY=low..high`")]
    NoRange,
    /// One key twice.
    #[error("`{0}` is varied twice; give all its values at once")]
    Twice(String),
    /// One value twice.
    #[error("`{key}` is set to `{value}` twice")]
    SameValue {
        /// The key.
        key: String,
        /// The value.
        value: String,
    },
    /// Too many points.
    #[error("that makes {points} points, and at most {most} are run; take fewer values, or choose from ranges with `--points N --design lhs`", most = MOST_POINTS)]
    TooMany {
        /// How many.
        points: String,
    },
    /// Too many points, or keys, for a Sobol' sequence.
    #[error(
        "a Sobol' sequence has at most {most} points in {dimensions} dimensions; `--design lhs` has no such limit",
        most = designs::MOST_SOBOL_POINTS,
        dimensions = designs::MOST_SOBOL_DIMENSIONS
    )]
    TooLongForSobol,
}

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
fn is_count(key: &str) -> bool {
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
fn plain(value: f64, places: usize) -> String {
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

/// The points at which a file is run: every point of the design with every combination of listed values, the last key running fastest.
#[derive(Debug, Clone, PartialEq)]
pub struct Points {
    keys: Vec<Varied>,
    /// Places in the unit cube of the keys that have ranges, point by point; one empty point where none has.
    design: Vec<Vec<f64>>,
    /// Combinations of listed values.
    combinations: u64,
}

impl Points {
    /// Lays out keys; `layout` is needed where one has a range, and refused where none has.
    ///
    /// # Errors
    ///
    /// [`VaryError`] if that makes no points, or too many.
    pub fn new(keys: Vec<Varied>, layout: Option<Layout>) -> Result<Self, VaryError> {
        for (number, key) in keys.iter().enumerate() {
            if keys[..number].iter().any(|other| other.key == key.key) {
                return Err(VaryError::Twice(key.key.clone()));
            }
        }
        let ranges = || keys.iter().filter(|key| matches!(key.values, Values::Range { .. }));
        let combinations = keys
            .iter()
            .map(|key| match &key.values {
                Values::Listed(values) => values.len() as u128,
                Values::Range { .. } => 1,
            })
            .fold(1_u128, u128::saturating_mul);
        let all = combinations.saturating_mul(layout.map_or(1, |layout| u128::from(layout.points)));
        if all > MOST_POINTS {
            return Err(VaryError::TooMany {
                points: crate::wording::thousands(u64::try_from(all).unwrap_or(u64::MAX)),
            });
        }
        #[expect(clippy::cast_possible_truncation, reason = "a key is written by hand")]
        let dimensions = ranges().count() as u32;
        let design = match (layout, ranges().next()) {
            (None, None) => vec![Vec::new()],
            (None, Some(range)) => return Err(VaryError::NoPoints { key: range.key.clone() }),
            (Some(_), None) => return Err(VaryError::NoRange),
            (Some(layout), Some(_)) => laid(layout, dimensions)?,
        };
        #[expect(clippy::cast_possible_truncation, reason = "checked above")]
        Ok(Self {
            keys,
            design,
            combinations: combinations as u64,
        })
    }

    /// One key alone, the ends of its range or all that is listed.
    ///
    /// # Errors
    ///
    /// [`VaryError`] if that makes too many points.
    pub fn of_one(key: &Varied) -> Result<Self, VaryError> {
        let ends = Layout {
            points: 2,
            design: None,
            seed: 0,
        };
        let has_range = matches!(key.values, Values::Range { .. });
        Self::new(vec![key.clone()], has_range.then_some(ends))
    }

    /// Keys that all have ranges, at places of the unit cube that somebody else has chosen.
    pub fn placed(keys: Vec<Varied>, places: Vec<Vec<f64>>) -> Self {
        Self {
            keys,
            design: places,
            combinations: 1,
        }
    }

    /// What is varied.
    pub fn keys(&self) -> &[Varied] {
        &self.keys
    }

    /// How many points there are.
    pub fn count(&self) -> u64 {
        self.design.len() as u64 * self.combinations
    }

    /// The values of the keys at point `number`, from 0.
    pub fn at(&self, number: u64) -> Vec<String> {
        #[expect(clippy::cast_possible_truncation, reason = "at most ten million")]
        let place = &self.design[(number / self.combinations) as usize];
        let mut rest = number % self.combinations;
        let mut chosen = vec![String::new(); self.keys.len()];
        let mut dimension = place.len();
        for (at, key) in self.keys.iter().enumerate().rev() {
            chosen[at] = match &key.values {
                Values::Listed(values) => {
                    let count = values.len() as u64;
                    #[expect(clippy::cast_possible_truncation, reason = "below the length of a list")]
                    let value = &values[(rest % count) as usize];
                    rest /= count;
                    value.clone()
                }
                Values::Range { low, high, whole } => {
                    dimension -= 1;
                    within(*low, *high, *whole, place[dimension])
                }
            };
        }
        chosen
    }
}

/// A place in a range, with as many digits as tell places apart.
fn within(low: f64, high: f64, whole: bool, place: f64) -> String {
    if whole {
        // Each whole number has the same share of the range.
        let width = high - low + 1.0;
        return plain((low + (place * width).floor()).min(high), 0);
    }
    let places = (PLACES - 1 - crate::statistics::order_of_magnitude(high - low)).clamp(0, 15);
    plain(low + place * (high - low), places.unsigned_abs() as usize)
}

fn laid(layout: Layout, dimensions: u32) -> Result<Vec<Vec<f64>>, VaryError> {
    let Layout { points, design, seed } = layout;
    match design {
        None if dimensions == 1 => Ok(even(points)),
        None | Some(Design::LatinHypercube) => Ok(designs::latin_hypercube(points, dimensions, seed)),
        Some(Design::Sobol) if points > designs::MOST_SOBOL_POINTS || dimensions > designs::MOST_SOBOL_DIMENSIONS => {
            Err(VaryError::TooLongForSobol)
        }
        Some(Design::Sobol) => Ok(designs::sobol(points, dimensions, seed)),
    }
}

/// From one end to the other in equal steps.
fn even(points: u32) -> Vec<Vec<f64>> {
    let steps = f64::from(points.max(2) - 1);
    (0..points).map(|number| vec![f64::from(number) / steps]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> Vec<String> {
        match Varied::read(text, false).expect(text).values {
            Values::Listed(values) => values,
            range => panic!("{range:?}"),
        }
    }

    #[test]
    fn values_are_listed_stepped_or_counted() {
        assert_eq!(values("situation.escape=0,0.5, 1"), ["0", "0.5", "1"]);
        assert_eq!(values("a=0:1:0.25"), ["0", "0.25", "0.5", "0.75", "1"]);
        assert_eq!(values("a=0:1:0.1")[3], "0.3", "and not 0.30000000000000004");
        assert_eq!(values("a=-1:1:1"), ["-1", "0", "1"]);
        assert_eq!(values("seed=1..4"), ["1", "2", "3", "4"]);
        assert_eq!(values("situation.bystanders=0..2"), ["0", "1", "2"]);
        assert_eq!(
            values("situation.perspective=natural,objective"),
            ["natural", "objective"]
        );
        assert_eq!(values("timeline.measure_at=[0, 6],[0, 12]"), ["[0, 6]", "[0, 12]"]);
        let named = Varied::read("condition.\"a, b = c\".situation.need=0,1", false).unwrap();
        assert_eq!(named.key, "condition.\"a, b = c\".situation.need");
        let range = Varied::read("situation.need=0.2..0.8", true).unwrap().values;
        assert_eq!(
            range,
            Values::Range {
                low: 0.2,
                high: 0.8,
                whole: false
            }
        );
    }

    #[test]
    fn what_cannot_be_varied_is_told_with_what_to_write() {
        let error = |text: &str| Varied::read(text, true).unwrap_err().to_string();
        assert!(error("situation.need").contains("KEY=VALUES"));
        assert!(error("situation.need=").contains("KEY=VALUES"));
        assert!(error("need=1..0").contains("0 is not above 1"));
        assert!(error("need=1:0:0.1").contains("0 is not above 1"));
        assert!(error("need=0:1:0").contains("the step must be above 0"));
        assert!(error("need=0..x").contains("`x`"));
        assert!(error("need=0..inf").contains("`inf`"));
        assert!(error("need=0.5,0.5").contains("twice"));
        assert!(error("need=0:1e9:1e-9").contains("points"));
        let key = |text: &str| Varied::read(text, true).unwrap();
        let points = |keys: Vec<Varied>, layout| Points::new(keys, layout).unwrap_err().to_string();
        assert!(points(vec![key("a=0..1")], None).contains("--points N"));
        let layout = Layout {
            points: 9,
            design: None,
            seed: 1,
        };
        assert!(points(vec![key("a=0,1")], Some(layout)).contains("low..high"));
        assert!(points(vec![key("a=0,1"), key("a=2,3")], None).contains("varied twice"));
        let thousands = ["a=1:10000:1", "b=1:10000:1", "c=1:10000:1"].map(key).to_vec();
        assert!(points(thousands, None).contains("1,000,000,000,000 points"));
        let long = Layout {
            points: 70_000,
            design: Some(Design::Sobol),
            seed: 1,
        };
        assert!(points(vec![key("a=0..1")], Some(long)).contains("Sobol'"));
    }

    #[test]
    fn points_are_all_combinations_the_last_key_fastest() {
        let keys = ["a=1,2", "b=x,y,z"].map(|text| Varied::read(text, false).unwrap());
        let points = Points::new(keys.to_vec(), None).unwrap();
        let all: Vec<String> = (0..points.count()).map(|number| points.at(number).concat()).collect();
        assert_eq!(all, ["1x", "1y", "1z", "2x", "2y", "2z"]);
    }

    #[test]
    fn a_design_is_crossed_with_what_is_listed() {
        let keys = ["seed=1..3", "situation.need=0.2..0.8", "situation.bystanders=0..4"];
        let keys = keys.map(|text| Varied::read(text, true).unwrap());
        let layout = Layout {
            points: 50,
            design: Some(Design::Sobol),
            seed: 4,
        };
        let points = Points::new(keys.to_vec(), Some(layout)).unwrap();
        assert_eq!(points.count(), 150);
        assert_eq!(points.at(0)[1], points.at(2)[1], "the same place for every seed");
        assert_eq!((points.at(0)[0].as_str(), points.at(2)[0].as_str()), ("1", "3"));
        let mut bystanders = [0; 5];
        for number in 0..50 {
            let place = points.at(3 * number);
            assert!((0.2..=0.8).contains(&place[1].parse::<f64>().unwrap()));
            bystanders[place[2].parse::<usize>().unwrap()] += 1;
        }
        assert!(
            bystanders.iter().all(|count| (9..=11).contains(count)),
            "{bystanders:?}"
        );
    }

    #[test]
    fn one_range_is_gone_through_evenly() {
        let keys = vec![Varied::read("situation.need=0..1", true).unwrap()];
        let layout = Layout {
            points: 5,
            design: None,
            seed: 1,
        };
        let points = Points::new(keys, Some(layout)).unwrap();
        let all: Vec<String> = (0..5).map(|number| points.at(number)[0].clone()).collect();
        assert_eq!(all, ["0", "0.25", "0.5", "0.75", "1"]);
    }
}

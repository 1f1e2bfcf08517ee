//! The points that varied keys make.

use super::read::{is_count, plain};
use super::{MOST_POINTS, Values, Varied, VaryError};
use crate::analysis::designs::{self, Design};
use crate::scenario::Vary;
use crate::statistics::order_of_magnitude;

/// Significant places of a number that a design chooses.
const PLACES: i32 = 9;

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

    /// From one end of a range to the other in equal steps; of a key of whole numbers those nearest to the steps.
    pub fn along(vary: &Vary) -> Self {
        let whole = is_count(&vary.key);
        let value = |place: &Vec<f64>| match whole {
            true => plain((vary.from + place[0] * (vary.to - vary.from)).round(), 0),
            false => within(vary.from, vary.to, false, place[0]),
        };
        let mut values: Vec<String> = even(vary.points).iter().map(value).collect();
        values.dedup();
        Self {
            combinations: values.len() as u64,
            keys: vec![Varied {
                key: vary.key.clone(),
                values: Values::Listed(values),
            }],
            design: vec![Vec::new()],
        }
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
    let places = (PLACES - 1 - order_of_magnitude(high - low)).clamp(0, 15);
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

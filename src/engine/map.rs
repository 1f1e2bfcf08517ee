//! The sweet spot: who helps, over how much is shared and how well that is regulated.

use super::block::{Cast, World};
use super::tally;
use crate::model::agent::Trait;
use crate::scenario::Condition;
use rayon::prelude::*;
use std::ops::RangeInclusive;

/// People at each point of the map: the same ones everywhere.
const PEOPLE: u32 = 256;

/// Affective sharing of the columns, in SD from the norm, in quarters.
const SHARING_QUARTERS: RangeInclusive<i32> = -12..=12;

/// Regulation of the rows, in SD from the norm, in quarters.
const REGULATION_QUARTERS: RangeInclusive<i32> = -8..=8;

/// The traits that regulation sets together.
pub const REGULATION: [Trait; 3] = [Trait::AttentionRegulation, Trait::Reappraisal, Trait::VagalTone];

/// Helping rates over affective sharing and regulation.
#[derive(Debug, Clone, PartialEq)]
pub struct Map {
    /// Affective sharing of each column, in SD from the norm.
    pub sharing: Vec<f64>,
    /// Regulation of each row, in SD from the norm.
    pub regulation: Vec<f64>,
    /// Share that helped, row by row.
    pub helped: Vec<f64>,
}

/// The map of a condition's scene: everybody shares and regulates as the point says; in all else they are the population of the condition,
/// without training.
pub fn map(world: &World, condition: &Condition, agents: u32) -> Map {
    let untrained = Condition {
        training: Vec::new(),
        select: None,
        ..condition.clone()
    };
    let people = world.people(0, 0, PEOPLE.min(agents) as usize);
    let in_sd = |quarters: RangeInclusive<i32>| quarters.map(|it| f64::from(it) / 4.0).collect::<Vec<f64>>();
    let (sharing, regulation) = (in_sd(SHARING_QUARTERS), in_sd(REGULATION_QUARTERS));
    let points: Vec<(f64, f64)> = regulation
        .iter()
        .flat_map(|regulation| sharing.iter().map(move |sharing| (*sharing, *regulation)))
        .collect();
    let helped = points
        .into_par_iter()
        .map(|(sharing, regulation)| {
            let mut cast = Cast::new(world, &untrained, 0, &people, people.count, agents);
            let mut everybody = |it: Trait, value: f64| {
                #[expect(clippy::cast_possible_truncation, reason = "lanes are single precision")]
                cast.traits[it as usize].fill(value as f32);
            };
            everybody(Trait::AffectiveSharing, sharing);
            for it in REGULATION {
                everybody(it, regulation);
            }
            let records = cast.meet(world, &untrained);
            tally::helped(&untrained, &records).share().unwrap_or_default()
        })
        .collect();
    Map {
        sharing,
        regulation,
        helped,
    }
}

impl Map {
    /// For each row in which helping peaks between the ends, where it does: sharing and regulation.
    ///
    /// A row counts if its peak stands out from both ends by `prominence`. Rows are smoothed over three columns, and the peak is that of
    /// the parabola through the highest of them and its neighbours.
    pub fn best(&self, prominence: f64) -> Vec<(f64, f64)> {
        let rows = self.helped.chunks(self.sharing.len()).zip(&self.regulation);
        rows.filter_map(|(row, regulation)| {
            let smooth: Vec<f64> = row.windows(3).map(|it| it.iter().sum::<f64>() / 3.0).collect();
            let (top, peak) = smooth
                .iter()
                .enumerate()
                .max_by(|one, other| one.1.total_cmp(other.1))?;
            let ends = smooth.first()?.max(*smooth.last()?);
            if top == 0 || top + 1 == smooth.len() || peak - ends < prominence {
                return None;
            }
            let (before, after) = (smooth[top - 1], smooth[top + 1]);
            let curvature = before - 2.0 * peak + after;
            let shift = if curvature < 0.0 {
                0.5 * (before - after) / curvature
            } else {
                0.0
            };
            let column = self.sharing[1] - self.sharing[0];
            Some((self.sharing[top + 1] + shift * column, *regulation))
        })
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_amount_is_found_between_the_columns() {
        let sharing: Vec<f64> = (-12..=12).map(|it| f64::from(it) / 4.0).collect();
        let parabola = |top: f64| sharing.iter().map(move |it| 0.8 - 0.05 * (it - top).powi(2));
        let map = Map {
            helped: parabola(0.4).chain(sharing.iter().map(|it| 0.5 + 0.1 * it)).collect(),
            regulation: vec![-1.0, 1.0],
            sharing: sharing.clone(),
        };
        let best = map.best(0.05);
        assert_eq!(best.len(), 1, "a row that only rises has no best amount");
        assert!((best[0].0 - 0.4).abs() < 1e-9 && best[0].1 == -1.0, "{best:?}");
    }
}

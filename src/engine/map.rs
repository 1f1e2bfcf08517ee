//! The sweet spot: who helps, over how much is shared and how well that is regulated.

use super::block::{Participants, World};
use super::driver::{Ended, drive};
use super::monitor::{Monitor, Stopped};
use super::tally;
use crate::model::agent::Trait;
use crate::scenario::Condition;
use crate::statistics::power;
use std::convert::Infallible;
use std::ops::RangeInclusive;

/// People at each point of the map: the same ones everywhere.
pub const PEOPLE: u32 = 512;

/// Affective sharing of the columns, in SD from the norm, in quarters.
const SHARING_QUARTERS: RangeInclusive<i32> = -12..=12;

/// Regulation of the rows, in SD from the norm, in quarters.
const REGULATION_QUARTERS: RangeInclusive<i32> = -8..=8;

/// Columns on either side that smoothing takes in, 2.25 SD of sharing.
const SMOOTHED_COLUMNS: usize = 9;

/// Rows on either side that smoothing takes in, 1.5 SD of regulation.
const SMOOTHED_ROWS: usize = 6;

/// Neighbouring rows in which helping must peak between the ends, 1 SD of regulation: fewer are chance.
const LEAST_ROWS: usize = 5;

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
///
/// # Errors
///
/// [`Stopped`] once the monitor asks for it.
pub fn map(world: &World, condition: &Condition, agents: u32, monitor: &dyn Monitor) -> Result<Map, Stopped> {
    let untrained = Condition {
        training: Vec::new(),
        select: None,
        ..condition.clone()
    };
    let wanted = PEOPLE.min(agents);
    // Whole groups, at least one.
    let size = condition.unit.size();
    let wanted = (wanted / size).max(1) * size;
    let people = world.people(0, 0, wanted as usize);
    let in_sd = |quarters: RangeInclusive<i32>| quarters.map(|it| f64::from(it) / 4.0).collect::<Vec<f64>>();
    let (sharing, regulation) = (in_sd(SHARING_QUARTERS), in_sd(REGULATION_QUARTERS));
    let points: Vec<(f64, f64)> = regulation
        .iter()
        .flat_map(|regulation| sharing.iter().map(move |sharing| (*sharing, *regulation)))
        .collect();
    let point = |number: usize| {
        let (sharing, regulation) = points[number];
        let mut participants = Participants::new(world, &untrained, 0, &people, people.count, agents);
        let mut everybody = |it: Trait, value: f64| {
            #[expect(clippy::cast_possible_truncation, reason = "lanes are single precision")]
            participants.traits[it as usize].fill(value as f32);
        };
        everybody(Trait::AffectiveSharing, sharing);
        for it in REGULATION {
            everybody(it, regulation);
        }
        let records = participants.meet(world, &untrained);
        Ok(tally::helped(&untrained, &records).share().unwrap_or_default())
    };
    let mut helped = Vec::with_capacity(points.len());
    let done = drive(points.len(), "mapping", monitor, point, |share| {
        helped.push(share);
        Ok::<(), Infallible>(())
    });
    match done {
        Ok(()) => {}
        Err(Ended::Stopped(stopped)) => return Err(stopped),
        Err(Ended::Kept(never)) => match never {},
    }

    Ok(Map {
        sharing,
        regulation,
        helped,
    })
}

/// The place before a value in a rising list of at least two, and how far it is from there to the next.
fn between(list: &[f64], value: f64) -> (usize, f64) {
    let place = list.partition_point(|it| *it <= value).clamp(1, list.len() - 1) - 1;
    let part = (value - list[place]) / (list[place + 1] - list[place]);
    (place, part.clamp(0.0, 1.0))
}

impl Map {
    /// The map without the noise of a few hundred people: local quadratic smoothing along the rows, then along the columns.
    #[must_use]
    pub fn smoothed(&self) -> Self {
        let (columns, rows) = (self.sharing.len(), self.regulation.len());
        let along_rows: Vec<Vec<f64>> = self
            .helped
            .chunks(columns)
            .map(|it| smooth(it, SMOOTHED_COLUMNS))
            .collect();
        let down: Vec<Vec<f64>> = (0..columns)
            .map(|column| along_rows.iter().map(|row| row[column]).collect::<Vec<f64>>())
            .map(|it| smooth(&it, SMOOTHED_ROWS))
            .collect();
        Self {
            helped: (0..rows)
                .flat_map(|row| down.iter().map(move |column| column[row].clamp(0.0, 1.0)))
                .collect(),
            ..self.clone()
        }
    }

    /// Helping at a point, between those of the map; beyond its edges as at the edge.
    pub fn at(&self, sharing: f64, regulation: f64) -> f64 {
        let (left, x) = between(&self.sharing, sharing);
        let (low, y) = between(&self.regulation, regulation);
        let point = |row: usize, column: usize| self.helped[row * self.sharing.len() + column];
        let along = |row: usize| point(row, left) * (1.0 - x) + point(row, left + 1) * x;
        along(low) * (1.0 - y) + along(low + 1) * y
    }

    /// Where helping peaks between the ends of a row: sharing and regulation, for the most neighbouring rows of which that is true.
    ///
    /// A row counts if its peak stands out from both ends by `prominence`; the peak is that of the parabola through the highest column and
    /// its neighbours. Meant for a map that is [`Map::smoothed`].
    pub fn best(&self, prominence: f64) -> Vec<(f64, f64)> {
        let rows = self.helped.chunks(self.sharing.len()).zip(&self.regulation);
        let peaks: Vec<Option<(f64, f64)>> = rows
            .map(|(row, regulation)| Some((self.peak(row, prominence)?, *regulation)))
            .collect();
        let runs = peaks.split(Option::is_none);
        let longest = runs.reduce(|one, other| if other.len() > one.len() { other } else { one });
        let run: Vec<(f64, f64)> = longest.into_iter().flatten().copied().flatten().collect();
        if run.len() < LEAST_ROWS {
            return Vec::new();
        }
        // Along a flat hilltop the place of the peak is hardly determined: neighbouring rows tell it together.
        let sharing: Vec<f64> = run.iter().map(|it| it.0).collect();
        let smooth = smooth(&sharing, SMOOTHED_ROWS);
        smooth
            .into_iter()
            .zip(run)
            .map(|(sharing, (_, regulation))| (sharing, regulation))
            .collect()
    }

    /// The amount of sharing at which a row peaks, if it peaks.
    fn peak(&self, row: &[f64], prominence: f64) -> Option<f64> {
        let (top, peak) = row.iter().enumerate().max_by(|one, other| one.1.total_cmp(other.1))?;
        let ends = row.first()?.max(*row.last()?);
        if top == 0 || top + 1 == row.len() || peak - ends < prominence {
            return None;
        }
        let (before, after) = (row[top - 1], row[top + 1]);
        let curvature = before - 2.0 * peak + after;
        let shift = if curvature < 0.0 {
            0.5 * (before - after) / curvature
        } else {
            0.0
        };
        Some(self.sharing[top] + shift * (self.sharing[1] - self.sharing[0]))
    }
}

/// The parabola fitted to the neighbours of each value, near ones weighing more (tricube), read at its place (local regression, Cleveland 1979).
fn smooth(values: &[f64], reach: usize) -> Vec<f64> {
    let at = |centre: usize| {
        let near = centre.saturating_sub(reach)..(centre + reach + 1).min(values.len());
        // Sums of weight · x^power and of weight · x^power · y, x in steps from the place itself.
        let (mut powers, mut products) = ([0.0; 5], [0.0; 3]);
        for it in near {
            let x = it as f64 - centre as f64;
            let weight = power(1.0 - power(x.abs() / (reach + 1) as f64, 3), 3);
            let mut term = weight;
            for power in 0..5 {
                powers[power] += term;
                if power < 3 {
                    products[power] += term * values[it];
                }
                term *= x;
            }
        }
        // Cramer's rule for the value of the parabola at x = 0.
        let [s0, s1, s2, s3, s4] = powers;
        let determinant =
            |[a, b, c]: [f64; 3]| a * (s2 * s4 - s3 * s3) - s1 * (b * s4 - s3 * c) + s2 * (b * s3 - s2 * c);
        determinant(products) / determinant([s0, s1, s2])
    };
    (0..values.len()).map(at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::squared;

    #[test]
    fn between_points_a_map_is_a_plane_and_beyond_its_edges_as_at_the_edge() {
        let map = Map {
            sharing: vec![-1.0, 0.0, 1.0],
            regulation: vec![0.0, 2.0],
            helped: vec![0.1, 0.2, 0.3, 0.3, 0.4, 0.5],
        };
        for (sharing, regulation, expected) in [(0.0, 0.0, 0.2), (0.5, 1.0, 0.35), (1.0, 2.0, 0.5), (9.0, -9.0, 0.3)] {
            assert!(
                (map.at(sharing, regulation) - expected).abs() < 1e-12,
                "{sharing} {regulation}"
            );
        }
    }

    #[test]
    fn the_best_amount_is_found_between_the_columns() {
        let sharing: Vec<f64> = (-12..=12).map(|it| f64::from(it) / 4.0).collect();
        let parabola = |top: f64| sharing.iter().map(move |it| 0.8 - 0.05 * squared(it - top));
        let rising = || sharing.iter().map(|it| 0.5 + 0.1 * it);
        let peaked = [-0.4, -0.2, 0.0, 0.2, 0.4];
        let map = Map {
            helped: peaked.into_iter().flat_map(parabola).chain(rising()).collect(),
            regulation: vec![-1.0, -0.75, -0.5, -0.25, 0.0, 0.25],
            sharing: sharing.clone(),
        };
        let best = map.best(0.05);
        assert_eq!(best.len(), 5, "a row that only rises has no best amount");
        for ((sharing, _), top) in best.iter().zip(peaked) {
            assert!((sharing - top).abs() < 1e-6, "{best:?}");
        }
        let few = Map {
            helped: map.helped[sharing.len()..].to_vec(),
            regulation: map.regulation[1..].to_vec(),
            ..map.clone()
        };
        assert_eq!(few.best(0.05), [], "four rows are too few");
    }

    #[test]
    fn smoothing_keeps_a_parabola_and_takes_noise_away() {
        let parabola: Vec<f64> = (0..25).map(|it| 0.7 - 0.001 * squared(f64::from(it) - 9.0)).collect();
        for (smoothed, value) in smooth(&parabola, SMOOTHED_COLUMNS).iter().zip(&parabola) {
            assert!((smoothed - value).abs() < 1e-9, "{smoothed} for {value}");
        }
        let jagged: Vec<f64> = (0..25).map(|it| if it % 2 == 0 { 0.6 } else { 0.4 }).collect();
        let calm = smooth(&jagged, SMOOTHED_COLUMNS);
        assert!(calm[9..16].iter().all(|it| (it - 0.5).abs() < 0.02), "{calm:?}");
    }
}

//! Sobol' indices: which share of an answer's variance each input carries, alone and with the others.

use super::designs;
use crate::random::{Process, Stream};
use crate::statistics::{Estimate, middle_95};

/// Resamples of an interval.
const RESAMPLES: u32 = 400;

/// Most inputs: two dimensions of the sequence for each.
pub const MOST_INPUTS: usize = designs::MOST_SOBOL_DIMENSIONS as usize / 2;

/// What an input carries of the variance of the answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Index {
    /// By itself, whatever the others are: the variance that would go if it were known.
    pub first_order: Estimate,
    /// With all its interactions: the variance that would remain if everything else were known.
    pub total: Estimate,
}

/// Points for first-order and total indices: two independent samples A and B of the cube, and A with one column after the other from B.
#[derive(Debug, Clone, PartialEq)]
pub struct Samples {
    inputs: usize,
    points: Vec<Vec<f64>>,
}

impl Samples {
    /// `count` rows for so many inputs: `count · (inputs + 2)` points.
    ///
    /// # Panics
    ///
    /// Beyond [`MOST_INPUTS`] or [`designs::MOST_SOBOL_POINTS`].
    pub fn new(inputs: usize, count: u32, seed: u64) -> Self {
        assert!(inputs <= MOST_INPUTS, "at most {MOST_INPUTS} inputs");
        #[expect(clippy::cast_possible_truncation, reason = "at most 256")]
        let both = designs::sobol(count, 2 * inputs as u32, seed);
        let mut points = Vec::with_capacity(count as usize * (inputs + 2));
        for row in &both {
            let (a, b) = row.split_at(inputs);
            points.push(a.to_vec());
            for input in 0..inputs {
                let mut mixed = a.to_vec();
                mixed[input] = b[input];
                points.push(mixed);
            }
            points.push(b.to_vec());
        }
        Self { inputs, points }
    }

    /// Where the model is to be run, in this order.
    pub fn points(&self) -> &[Vec<f64>] {
        &self.points
    }

    /// The indices of each input, from the answers at [`Samples::points`]; none where the answer does not vary.
    ///
    /// With `f(A)`, `f(B)` and `f(AB)` the answers at a row of A, of B, and of A with the input from B, and `V` the variance of `f(A)` and `f(B)`:
    ///
    /// ```text
    /// first order:  mean of f(B) · (f(AB) − f(A)) / V
    /// total:        mean of (f(A) − f(AB))² / (2 V)
    /// ```
    ///
    /// Answers are centred first, which leaves both as they are and takes most of the noise off the first. Rows with a missing answer are left out.
    ///
    /// # Source
    ///
    /// Saltelli et al. (2010), "Variance based sensitivity analysis of model output", table 2: the first-order estimator (b), and the total estimator (f)
    /// of Jansen (1999). Intervals: percentiles of 400 bootstrap resamples of rows.
    pub fn indices(&self, answers: &[Option<f64>], seed: u64) -> Option<Vec<Index>> {
        let rows: Vec<Vec<f64>> = answers
            .chunks_exact(self.inputs + 2)
            .filter_map(|row| row.iter().copied().collect())
            .collect();
        let all: Vec<&Vec<f64>> = rows.iter().collect();
        let estimate = self.estimate(&all)?;
        let mut resampled: Vec<[Vec<f64>; 2]> = vec![<[Vec<f64>; 2]>::default(); self.inputs];
        let stream = Stream::new(seed, 0, Process::Resamples, 0);
        for number in 0..RESAMPLES {
            let picked: Vec<&Vec<f64>> = (0..rows.len())
                .map(|at| &rows[pick(&stream, number, at, rows.len())])
                .collect();
            let Some(estimate) = self.estimate(&picked) else {
                continue;
            };
            for (kept, [first, total]) in resampled.iter_mut().zip(estimate) {
                kept[0].push(first);
                kept[1].push(total);
            }
        }
        let bounded = |value: f64, resampled: &[f64]| {
            let interval = middle_95(resampled);
            Estimate {
                value,
                lower: interval.map_or(value, |interval| interval.lower),
                upper: interval.map_or(value, |interval| interval.upper),
            }
        };
        let index = |([first, total], kept): ([f64; 2], &[Vec<f64>; 2])| Index {
            first_order: bounded(first, &kept[0]),
            total: bounded(total, &kept[1]),
        };
        Some(estimate.into_iter().zip(&resampled).map(index).collect())
    }

    /// First-order and total index of each input.
    fn estimate(&self, rows: &[&Vec<f64>]) -> Option<Vec<[f64; 2]>> {
        let last = self.inputs + 1;
        let count = rows.len() as f64;
        let mean = rows.iter().map(|row| row[0] + row[last]).sum::<f64>() / (2.0 * count);
        let square = |x: f64| x * x;
        let squares: f64 = rows
            .iter()
            .map(|row| square(row[0] - mean) + square(row[last] - mean))
            .sum();
        let variance = squares / (2.0 * count);
        if rows.len() < 2 || variance <= 1e-12 * (mean * mean).max(1e-12) {
            return None;
        }
        let index = |input: usize| {
            let (mut first, mut total) = (0.0, 0.0);
            for row in rows {
                let (a, b, mixed) = (row[0], row[last], row[input + 1]);
                first += (b - mean) * (mixed - a);
                total += square(a - mixed);
            }
            [first / count / variance, total / (2.0 * count) / variance]
        };
        Some((0..self.inputs).map(index).collect())
    }
}

/// One of so many rows.
#[expect(clippy::cast_possible_truncation, reason = "at most 65,536 rows")]
fn pick(stream: &Stream, resample: u32, at: usize, rows: usize) -> usize {
    let bits = stream.bits(at as u32, resample)[0];
    ((u64::from(bits) * rows as u64) >> 32) as usize
}

#[cfg(test)]
mod tests {
    use super::super::ishigami;
    use super::*;

    #[test]
    fn indices_of_a_known_function_are_those_of_its_closed_form() {
        let samples = Samples::new(3, 4_096, 2);
        let answers: Vec<Option<f64>> = samples
            .points()
            .iter()
            .map(|point| Some(ishigami::answer(point)))
            .collect();
        let (first, total) = ishigami::indices();
        for (input, index) in samples.indices(&answers, 1).unwrap().iter().enumerate() {
            assert!(
                (index.first_order.value - first[input]).abs() < 0.02,
                "{input}: {index:?} {first:?}"
            );
            assert!(
                (index.total.value - total[input]).abs() < 0.02,
                "{input}: {index:?} {total:?}"
            );
            for (bounded, known) in [(index.first_order, first[input]), (index.total, total[input])] {
                assert!(
                    bounded.lower - 0.02 < known && known < bounded.upper + 0.02,
                    "{input}: {bounded:?} {known}"
                );
                assert!(bounded.lower <= bounded.value && bounded.value <= bounded.upper);
            }
        }
    }

    /// An answer that is a sum has no interactions; one that stands still has no indices.
    #[test]
    fn a_sum_has_no_interactions() {
        let samples = Samples::new(2, 512, 2);
        let answers: Vec<Option<f64>> = samples.points().iter().map(|x| Some(3.0 * x[0] + x[1])).collect();
        let indices = samples.indices(&answers, 1).unwrap();
        assert!((indices[0].first_order.value - 0.9).abs() < 0.01, "{indices:?}");
        assert!((indices[1].total.value - 0.1).abs() < 0.01, "{indices:?}");
        let still = vec![Some(4.0); samples.points().len()];
        assert_eq!(samples.indices(&still, 1), None);
        let mut torn = answers;
        torn[3] = None;
        assert!(samples.indices(&torn, 1).is_some());
    }
}

//! The search for the smallest loss: evolution strategy with covariance matrix adaptation.
//!
//! # Source
//!
//! Hansen (2016) "The CMA Evolution Strategy: A Tutorial", arXiv:1604.00772, with its default constants and positive weights only. The
//! square root of the covariance is Cholesky's triangular one, and the step-size path adds the deviates before they are stretched by it.
//!
//! Candidates are addressed by seed, generation and number, so that a search is the same at any number of threads and can be resumed at
//! every generation.

use super::bits::Exact;
use crate::evidence::linear::stretched;
use crate::population::cholesky::cholesky;
use crate::random::{Process, Stream};
use ndarray::Array2;
use serde::{Deserialize, Serialize};

/// A search, between two generations.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CmaEs {
    seed: u64,
    population: usize,
    generation: u32,
    mean: Exact,
    /// Row by row.
    covariance: Exact,
    step_path: Exact,
    covariance_path: Exact,
    step: Exact,
    best: Exact,
    best_loss: Exact,
}

/// A candidate that counts.
struct Chosen<'a> {
    weight: f64,
    /// Its deviate.
    z: &'a [f64],
    /// The deviate stretched by the covariance.
    y: Vec<f64>,
}

/// Constants of a search in so many dimensions with so many candidates (Hansen 2016, table 1).
struct Constants {
    weights: Vec<f64>,
    selected: f64,
    step_rate: f64,
    step_damping: f64,
    path_rate: f64,
    rank_one: f64,
    rank_mu: f64,
    expected_length: f64,
}

impl Constants {
    fn new(dimension: usize, population: usize) -> Self {
        let (n, candidates) = (dimension as f64, population as f64);
        let raw: Vec<f64> = (1..=population / 2)
            .map(|rank| libm::log((candidates + 1.0) / 2.0) - libm::log(rank as f64))
            .collect();
        let sum: f64 = raw.iter().sum();
        let weights: Vec<f64> = raw.iter().map(|it| it / sum).collect();
        let selected = 1.0 / weights.iter().map(|it| it * it).sum::<f64>();
        let step_rate = (selected + 2.0) / (n + selected + 5.0);
        let rank_one = 2.0 / ((n + 1.3) * (n + 1.3) + selected);
        Self {
            step_damping: 1.0 + 2.0 * (((selected - 1.0) / (n + 1.0)).sqrt() - 1.0).max(0.0) + step_rate,
            path_rate: (4.0 + selected / n) / (n + 4.0 + 2.0 * selected / n),
            rank_mu: (1.0 - rank_one).min(2.0 * (selected - 2.0 + 1.0 / selected) / ((n + 2.0) * (n + 2.0) + selected)),
            expected_length: n.sqrt() * (1.0 - 1.0 / (4.0 * n) + 1.0 / (21.0 * n * n)),
            weights,
            selected,
            step_rate,
            rank_one,
        }
    }
}

impl CmaEs {
    /// A search from `start` with standard deviation `step` in every direction.
    ///
    /// # Panics
    ///
    /// Without a dimension, with fewer than four candidates, or a step that is not positive.
    pub fn new(start: &[f64], step: f64, population: usize, seed: u64) -> Self {
        assert!(
            !start.is_empty() && population >= 4 && step > 0.0,
            "{population} candidates, step {step}"
        );
        let n = start.len();
        let mut covariance = vec![0.0; n * n];
        for it in 0..n {
            covariance[it * n + it] = 1.0;
        }
        Self {
            seed,
            population,
            generation: 0,
            mean: Exact(start.to_vec()),
            covariance: Exact(covariance),
            step_path: Exact(vec![0.0; n]),
            covariance_path: Exact(vec![0.0; n]),
            step: Exact(vec![step]),
            best: Exact(start.to_vec()),
            best_loss: Exact(vec![f64::INFINITY]),
        }
    }

    /// Evaluations so far.
    pub fn evaluations(&self) -> u64 {
        u64::from(self.generation) * self.population as u64
    }

    /// Candidates of each generation.
    pub fn population(&self) -> usize {
        self.population
    }

    /// Whether this is a search with so many candidates in so many dimensions, as a state file must have it.
    pub fn is_of(&self, dimension: usize, population: usize, seed: u64) -> bool {
        let whole = |numbers: &Exact, length: usize| {
            numbers.0.len() == length && numbers.0.iter().all(|number| number.is_finite())
        };
        self.seed == seed
            && self.population == population
            && whole(&self.mean, dimension)
            && whole(&self.covariance, dimension * dimension)
            && whole(&self.step_path, dimension)
            && whole(&self.covariance_path, dimension)
            && whole(&self.best, dimension)
            && whole(&self.step, 1)
            && self.step.0[0] > 0.0
            && self.best_loss.0.len() == 1
            && !self.best_loss.0[0].is_nan()
    }

    /// The best place seen, and its loss (infinite before the first generation).
    pub fn best(&self) -> (&[f64], f64) {
        (&self.best.0, self.best_loss.0[0])
    }

    /// The centre of the next generation.
    pub fn mean(&self) -> &[f64] {
        &self.mean.0
    }

    /// The places to look at in this generation.
    pub fn candidates(&self) -> Vec<Vec<f64>> {
        let root = self.root();
        let step = self.step.0[0];
        self.deviates()
            .iter()
            .map(|z| {
                stretched(&root, z)
                    .iter()
                    .zip(&self.mean.0)
                    .map(|(y, mean)| mean + step * y)
                    .collect()
            })
            .collect()
    }

    /// Goes to the next generation, now that the losses of [`CmaEs::candidates`] are known; a loss that is no number counts as infinite.
    ///
    /// # Panics
    ///
    /// If there are not as many losses as candidates.
    pub fn update(&mut self, losses: &[f64]) {
        assert_eq!(losses.len(), self.population, "a loss for each candidate");
        let n = self.mean.0.len();
        let constants = Constants::new(n, self.population);
        let (root, deviates, step) = (self.root(), self.deviates(), self.step.0[0]);
        let loss = |it: usize| if losses[it].is_nan() { f64::INFINITY } else { losses[it] };
        let mut order: Vec<usize> = (0..self.population).collect();
        order.sort_by(|a, b| loss(*a).total_cmp(&loss(*b)).then(a.cmp(b)));

        let chosen: Vec<Chosen> = constants
            .weights
            .iter()
            .zip(&order)
            .map(|(weight, it)| Chosen {
                weight: *weight,
                y: stretched(&root, &deviates[*it]),
                z: &deviates[*it],
            })
            .collect();
        if loss(order[0]) < self.best_loss.0[0] {
            self.best_loss.0[0] = loss(order[0]);
            self.best.0 = chosen[0]
                .y
                .iter()
                .zip(&self.mean.0)
                .map(|(y, mean)| mean + step * y)
                .collect();
        }
        let average = |of: fn(&Chosen, usize) -> f64| -> Vec<f64> {
            (0..n)
                .map(|at| chosen.iter().map(|it| it.weight * of(it, at)).sum())
                .collect()
        };
        let (z, y) = (average(|it, at| it.z[at]), average(|it, at| it.y[at]));
        for (mean, y) in self.mean.0.iter_mut().zip(&y) {
            *mean += step * y;
        }

        let cs = constants.step_rate;
        let push = (cs * (2.0 - cs) * constants.selected).sqrt();
        for (path, z) in self.step_path.0.iter_mut().zip(&z) {
            *path = (1.0 - cs) * *path + push * z;
        }
        self.generation += 1;
        let length = self.step_path.0.iter().map(|it| it * it).sum::<f64>().sqrt();
        let settled = (1.0 - libm::pow(1.0 - cs, 2.0 * f64::from(self.generation))).sqrt();
        let short = length / settled < (1.4 + 2.0 / (n as f64 + 1.0)) * constants.expected_length;
        let cc = constants.path_rate;
        let push = if short {
            (cc * (2.0 - cc) * constants.selected).sqrt()
        } else {
            0.0
        };
        for (path, y) in self.covariance_path.0.iter_mut().zip(&y) {
            *path = (1.0 - cc) * *path + push * y;
        }

        let (c1, cmu) = (constants.rank_one, constants.rank_mu);
        let missing = if short { 0.0 } else { c1 * cc * (2.0 - cc) };
        for i in 0..n {
            for j in 0..=i {
                let spread: f64 = chosen.iter().map(|it| it.weight * it.y[i] * it.y[j]).sum();
                let path = self.covariance_path.0[i] * self.covariance_path.0[j];
                let old = self.covariance.0[i * n + j];
                let new = (1.0 - c1 - cmu + missing) * old + c1 * path + cmu * spread;
                self.covariance.0[i * n + j] = new;
                self.covariance.0[j * n + i] = new;
            }
        }
        self.step.0[0] = step * libm::exp((cs / constants.step_damping) * (length / constants.expected_length - 1.0));
    }

    /// Standard normal deviates of this generation's candidates.
    fn deviates(&self) -> Vec<Vec<f64>> {
        let n = self.mean.0.len();
        let stream = Stream::new(self.seed, self.generation, Process::Search, 0);
        (0..u32::try_from(self.population).unwrap_or(u32::MAX))
            .map(|candidate| {
                let blocks = (0..u32::try_from(n.div_ceil(4)).unwrap_or(u32::MAX))
                    .flat_map(|block| stream.normals::<f64>(candidate, block));
                blocks.take(n).collect()
            })
            .collect()
    }

    /// The triangular root of the covariance; a little is added to its diagonal where rounding has made it singular.
    fn root(&self) -> Array2<f64> {
        let n = self.mean.0.len();
        let mut matrix = Array2::from_shape_fn((n, n), |(i, j)| self.covariance.0[i * n + j]);
        let mut add = 1e-14 * matrix.diag().iter().fold(1e-300, |a: f64, b| a.max(*b));
        loop {
            match cholesky(&matrix) {
                Ok(root) => return root,
                Err(_) => matrix.diag_mut().iter_mut().for_each(|it| *it += add),
            }
            add *= 10.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minimum(start: &[f64], step: f64, evaluations: u64, seed: u64, loss: impl Fn(&[f64]) -> f64) -> (Vec<f64>, f64) {
        let mut search = CmaEs::new(start, step, 12, seed);
        while search.evaluations() < evaluations {
            let losses: Vec<f64> = search.candidates().iter().map(|it| loss(it)).collect();
            search.update(&losses);
        }
        let (place, loss) = search.best();
        (place.to_vec(), loss)
    }

    fn assert_at(place: &[f64], expected: f64, tolerance: f64) {
        for it in place {
            assert!(
                (it - expected).abs() < tolerance,
                "{place:?} is not within {tolerance} of {expected}"
            );
        }
    }

    #[test]
    fn finds_the_centre_of_a_sphere() {
        let (place, loss) = minimum(&[3.0; 8], 1.0, 4_000, 1, |x| x.iter().map(|it| it * it).sum());
        assert_at(&place, 0.0, 1e-5);
        assert!(loss < 1e-10, "{loss:e}");
    }

    /// Axes from 1 to 1000, turned out of the coordinate directions by one Householder reflection.
    #[test]
    fn finds_the_centre_of_a_turned_ellipsoid() {
        let n = 8;
        let loss = |x: &[f64]| -> f64 {
            let sum: f64 = x.iter().sum();
            let turned = x.iter().map(|it| it - 2.0 * sum / n as f64);
            turned
                .enumerate()
                .map(|(axis, it)| 1e6_f64.powf(axis as f64 / (n - 1) as f64) * it * it)
                .sum()
        };
        let (place, _) = minimum(&[2.0; 8], 1.0, 12_000, 2, loss);
        assert_at(&place, 0.0, 1e-4);
    }

    /// A bent valley; its minimum lies at (1, …, 1).
    #[test]
    fn follows_rosenbrocks_valley() {
        let loss = |x: &[f64]| -> f64 {
            x.windows(2)
                .map(|it| 100.0 * (it[1] - it[0] * it[0]).powi(2) + (1.0 - it[0]).powi(2))
                .sum()
        };
        let (place, _) = minimum(&[-0.5; 5], 0.5, 20_000, 3, loss);
        assert_at(&place, 1.0, 1e-4);
    }

    #[test]
    fn resumes_where_it_was() {
        let loss = |x: &[f64]| {
            x.iter()
                .enumerate()
                .map(|(i, it)| (i + 1) as f64 * it * it)
                .sum::<f64>()
        };
        let run = |mut search: CmaEs, until: u64, through_text: bool| {
            while search.evaluations() < until {
                let losses: Vec<f64> = search.candidates().iter().map(|it| loss(it)).collect();
                search.update(&losses);
                if through_text {
                    search = serde_json::from_str(&serde_json::to_string(&search).unwrap()).unwrap();
                }
            }
            search
        };
        let start = CmaEs::new(&[1.0, -2.0, 0.3], 0.4, 10, 9);
        assert_eq!(run(start.clone(), 400, false), run(start, 400, true));
    }

    #[test]
    fn a_loss_that_is_no_number_is_never_chosen() {
        let (place, _) = minimum(&[2.0, 2.0], 0.5, 2_000, 4, |x| {
            if x[0] < 1.0 {
                f64::NAN
            } else {
                x[0] * x[0] + x[1] * x[1]
            }
        });
        assert!(place[0] >= 1.0 && place[0] < 1.01, "{place:?}");
    }
}

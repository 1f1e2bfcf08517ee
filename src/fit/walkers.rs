//! How uncertain the parameters are: walkers among plausible parameter sets.
//!
//! The loss is −2 ln of the posterior density, so differential-evolution Markov chains draw from the posterior itself: each walker jumps
//! along the difference of two others, which gives jumps the size and direction of the posterior without derivatives. A Laplace
//! approximation would need second derivatives of a loss that is counted in whole people, and importance weights in some 25 dimensions
//! leave a handful of effective sets; the simulated shares depend on the parameters alone (common random numbers), so no likelihood has to be
//! estimated either.
//!
//! # Source
//!
//! ter Braak (2006) Statistics and Computing 16:239: γ = 2.38/√(2 d), every tenth jump with γ = 1. The walkers form two halves; one
//! moves while the other stands still (Foreman-Mackey et al. 2013), so that a half can be computed in parallel.

use super::bits::Exact;
use super::objective::Objective;
use crate::lanes::Real;
use crate::random::{Process, Stream};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

/// Small noise on every jump, in spreads of the priors, so that all places can be reached.
const NOISE: f64 = 1e-3;

/// Every so many rounds walkers try to change places along a whole difference, which carries them between separate peaks.
const WHOLE_DIFFERENCE_EVERY: u32 = 10;

/// Standard deviation of the first places around the best one, in spreads of the priors.
const FIRST_SPREAD: f64 = 0.3;

/// Walkers, between two rounds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Walkers {
    seed: u64,
    round: u32,
    places: Vec<Exact>,
    losses: Exact,
    accepted: u64,
    /// Places that were kept, with a loss each; all walkers of a round after another.
    kept: Vec<Exact>,
    kept_losses: Exact,
}

impl Walkers {
    /// `count` walkers around a place; an even number, and more than there are dimensions.
    ///
    /// # Panics
    ///
    /// If `count` is odd or below 6.
    pub fn new(objective: &Objective, best: &[f64], count: usize, seed: u64) -> Self {
        assert!(count.is_multiple_of(2) && count >= 6, "{count} walkers");
        let stream = Stream::new(seed, 0, Process::Walkers, 1);
        let places: Vec<Exact> = (0_u32..)
            .take(count)
            .map(|walker| {
                let deviates = (0_u32..).flat_map(|block| stream.normals::<f64>(walker, block));
                Exact(best.iter().zip(deviates).map(|(x, z)| x + FIRST_SPREAD * z).collect())
            })
            .collect();
        let losses = places.par_iter().map(|it| objective.loss(&it.0).total()).collect();
        Self {
            seed,
            round: 0,
            places,
            losses: Exact(losses),
            accepted: 0,
            kept: Vec::new(),
            kept_losses: Exact::default(),
        }
    }

    /// Rounds so far; each is one evaluation for each walker.
    pub fn rounds(&self) -> u32 {
        self.round
    }

    /// Number of walkers.
    pub fn count(&self) -> usize {
        self.places.len()
    }

    /// Share of the jumps that were taken.
    pub fn acceptance(&self) -> f64 {
        self.accepted as f64 / (f64::from(self.round) * self.count() as f64).max(1.0)
    }

    /// Lets every walker try one jump; `keep` says whether the places are kept.
    pub fn step(&mut self, objective: &Objective, keep: bool) {
        let half = self.count() / 2;
        for moving in [0..half, half..2 * half] {
            let others = if moving.start == 0 { half } else { 0 };
            let jumps: Vec<(Exact, f64, bool)> = moving
                .clone()
                .into_par_iter()
                .map(|it| self.jump(objective, it, others, half))
                .collect();
            for (walker, (place, loss, taken)) in moving.zip(jumps) {
                if taken {
                    self.places[walker] = place;
                    self.losses.0[walker] = loss;
                    self.accepted += 1;
                }
            }
        }
        self.round += 1;
        if keep {
            self.kept.extend(self.places.iter().cloned());
            self.kept_losses.0.extend(&self.losses.0);
        }
    }

    /// The place that a walker tries, its loss, and whether it goes there.
    fn jump(&self, objective: &Objective, walker: usize, others: usize, half: usize) -> (Exact, f64, bool) {
        let stream = Stream::new(self.seed, self.round, Process::Walkers, 0);
        #[expect(clippy::cast_possible_truncation, reason = "walkers are few")]
        let agent = walker as u32;
        let [first, second, chance, _] = stream.bits(agent, 0);
        let pick = |bits: u32, of: usize| ((u64::from(bits) * of as u64) >> 32) as usize;
        let first = pick(first, half);
        // Another one than the first.
        let second = (first + 1 + pick(second, half - 1)) % half;
        let (first, second) = (&self.places[others + first].0, &self.places[others + second].0);
        let whole = self.round % WHOLE_DIFFERENCE_EVERY == WHOLE_DIFFERENCE_EVERY - 1;
        let gamma = if whole {
            1.0
        } else {
            2.38 / (2.0 * first.len() as f64).sqrt()
        };
        let noise = (1_u32..).flat_map(|block| stream.normals::<f64>(agent, block));
        let from = &self.places[walker].0;
        let place: Vec<f64> = (0..from.len())
            .zip(noise)
            .map(|(it, z)| from[it] + gamma * (first[it] - second[it]) + NOISE * z)
            .collect();
        let loss = objective.loss(&place).total();
        let taken = f64::uniform(chance).ln() < (self.losses.0[walker] - loss) / 2.0;
        (Exact(place), loss, taken)
    }

    /// The kept places with their losses, all walkers of a round after another.
    pub fn kept(&self) -> impl ExactSizeIterator<Item = (&[f64], f64)> {
        self.kept
            .iter()
            .map(|it| it.0.as_slice())
            .zip(self.kept_losses.0.iter().copied())
    }

    /// Gelman and Rubin's R̂ of each coordinate, each walker a chain; close to 1 if all have seen the same. None for fewer than four kept
    /// rounds.
    pub fn convergence(&self) -> Option<Vec<f64>> {
        let chains = self.count();
        let length = self.kept.len() / chains;
        if length < 4 {
            return None;
        }
        let dimension = self.places[0].0.len();
        let of = |coordinate: usize| {
            let chain = |walker: usize| (0..length).map(move |it| self.kept[it * chains + walker].0[coordinate]);
            let n = length as f64;
            let means: Vec<f64> = (0..chains).map(|it| chain(it).sum::<f64>() / n).collect();
            let within: f64 = (0..chains)
                .map(|it| chain(it).map(|x| (x - means[it]).powi(2)).sum::<f64>() / (n - 1.0))
                .sum::<f64>()
                / chains as f64;
            let mean = means.iter().sum::<f64>() / chains as f64;
            let between = means.iter().map(|it| (it - mean).powi(2)).sum::<f64>() / (chains as f64 - 1.0);
            (((n - 1.0) / n * within + between) / within).sqrt()
        };
        Some((0..dimension).map(of).collect())
    }
}

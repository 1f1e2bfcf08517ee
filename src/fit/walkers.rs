//! How uncertain the parameters are: walkers among plausible parameter sets.
//!
//! The loss is −2 ln of the posterior density, so a Markov chain whose steps depend on it draws from the posterior itself. Each walker first wanders
//! on the [emulator](super::emulator), which costs nearly nothing, and the place where it has come to is simulated and taken with the probability
//! that undoes what the emulator gets wrong:
//!
//! ```text
//! ln u < ½ [(loss − loss*) here − (loss − loss*) there],   loss* by the emulator
//! ```
//!
//! One simulation thus carries a walker across the whole posterior, and what is drawn is exact whatever the emulator is worth: a bad one is refused more often.
//!
//! # Source
//!
//! Surrogate transitions: Liu (2001) Monte Carlo Strategies in Scientific Computing, 9.4.3; Christen & Fox (2005) Journal of Computational and Graphical
//! Statistics 14:795. Steps on the emulator: a normal random walk of 2.38/√d plausible standard deviations (Roberts, Gelman & Gilks 1997, Annals of Applied Probability 7:110).

use super::bits::Exact;
use super::objective::Objective;
use super::refine::Refined;
use crate::lanes::Real;
use crate::random::{Process, Stream};
use crate::threads::prelude::*;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Steps on the emulator before a place is simulated, for each dimension, in turn: far ones cross the posterior, near ones lead out of places that
/// the emulator thinks worse of than they are.
const WANDERED: [f64; 3] = [4.0, 1.0, 0.2];

/// Steps for each dimension before the first place.
const AT_FIRST: usize = 12;

/// Rounds of which one is kept.
const KEPT_EVERY: u32 = 5;

/// Walkers, between two rounds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Walkers {
    seed: u64,
    /// Number of the first of them, where others walk elsewhere.
    #[serde(default)]
    first: u32,
    round: u32,
    places: Vec<Exact>,
    losses: Exact,
    accepted: u64,
    /// Places that were kept, all walkers of a round after another.
    kept: Vec<Exact>,
}

impl Walkers {
    /// Walkers of these numbers, each after a walk on the emulator from the best place. None of them knows of the others.
    pub fn new(objective: &Objective, found: &Refined, numbers: Range<u32>, seed: u64) -> Self {
        let stream = Stream::new(seed, 0, Process::Walkers, 1);
        let places: Vec<Exact> = numbers
            .clone()
            .collect::<Vec<u32>>()
            .into_par_iter()
            .map(|walker| {
                let (place, steps) = (&found.place, AT_FIRST * found.place.len());
                let walk = found
                    .surrogate
                    .wander(objective.criterion(), place, steps, stream, [walker, 0]);
                Exact(walk.map_or_else(|| place.clone(), |(place, _)| place))
            })
            .collect();
        let losses = places
            .par_iter()
            .map(|place| objective.loss(&place.0).total())
            .collect();
        Self {
            seed,
            first: numbers.start,
            round: 0,
            places,
            losses: Exact(losses),
            accepted: 0,
            kept: Vec::new(),
        }
    }

    /// Walkers who have walked in parts, in the order of their numbers; none where these are not parts of one whole after as many rounds.
    pub fn joined(parts: Vec<Self>) -> Option<Self> {
        let rounds = parts.first()?.round / KEPT_EVERY;
        let mut parts = parts.into_iter();
        let mut all = parts.next()?;
        let mut counts = vec![all.places.len()];
        let mut kept = vec![std::mem::take(&mut all.kept).into_iter()];
        for part in parts {
            let goes_on = u32::try_from(all.places.len()).is_ok_and(|count| part.first == all.first + count);
            if (part.seed, part.round) != (all.seed, all.round) || !goes_on {
                return None;
            }
            counts.push(part.places.len());
            all.places.extend(part.places);
            all.losses.0.extend(part.losses.0);
            all.accepted += part.accepted;
            kept.push(part.kept.into_iter());
        }
        for _ in 0..rounds {
            for (kept, count) in kept.iter_mut().zip(&counts) {
                all.kept.extend(kept.by_ref().take(*count));
            }
        }
        (all.first == 0).then_some(all)
    }

    /// Rounds so far; each is one simulation for each walker.
    pub fn rounds(&self) -> u32 {
        self.round
    }

    /// Number of walkers.
    pub fn count(&self) -> usize {
        self.places.len()
    }

    /// Share of the simulated places that were taken.
    pub fn acceptance(&self) -> f64 {
        self.accepted as f64 / (f64::from(self.round) * self.count() as f64).max(1.0)
    }

    /// Lets every walker wander to one place and simulate it.
    pub fn step(&mut self, objective: &Objective, found: &Refined) {
        let jumps: Vec<Option<(Vec<f64>, f64)>> = (0..self.count())
            .into_par_iter()
            .map(|walker| self.jump(objective, found, walker))
            .collect();
        for (walker, jump) in jumps.into_iter().enumerate() {
            if let Some((place, loss)) = jump {
                self.places[walker] = Exact(place);
                self.losses.0[walker] = loss;
                self.accepted += 1;
            }
        }
        self.round += 1;
        if self.round.is_multiple_of(KEPT_EVERY) {
            self.kept.extend(self.places.iter().cloned());
        }
    }

    /// The place to which a walker goes, with its loss; none if it stays.
    fn jump(&self, objective: &Objective, found: &Refined, walker: usize) -> Option<(Vec<f64>, f64)> {
        let stream = Stream::new(self.seed, self.round, Process::Walkers, 0);
        #[expect(clippy::cast_possible_truncation, reason = "walkers are few")]
        let agent = self.first + walker as u32;
        let (here, loss) = (&self.places[walker].0, self.losses.0[walker]);
        let steps = WANDERED[self.round as usize % WANDERED.len()] * here.len() as f64;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a small number of steps"
        )]
        let steps = 1 + steps as usize;
        // Block 0 decides about the place that is simulated.
        let walk = found
            .surrogate
            .wander(objective.criterion(), here, steps, stream, [agent, 1]);
        let (place, gain) = walk?;
        let there = objective.loss(&place).total();
        // `gain` is what the emulator says that the loss falls.
        let [chance, ..] = stream.bits(agent, 0);
        let taken = libm::log(f64::uniform(chance)) < (loss - there - gain) / 2.0;
        taken.then_some((place, there))
    }

    /// The kept places after the first third, which lies closer together than what is plausible; all walkers of a round after another.
    pub fn settled(&self) -> &[Exact] {
        let rounds = self.kept.len() / self.count();
        &self.kept[rounds / 3 * self.count()..]
    }

    /// Gelman and Rubin's R̂ of each coordinate, each walker a chain; close to 1 if all have seen the same. None for fewer than four settled
    /// rounds.
    pub fn convergence(&self) -> Option<Vec<f64>> {
        let (chains, settled) = (self.count(), self.settled());
        let length = settled.len() / chains;
        if length < 4 {
            return None;
        }
        let of = |coordinate: usize| {
            let chain = |walker: usize| (0..length).map(move |round| settled[round * chains + walker].0[coordinate]);
            let n = length as f64;
            let squared = |x: f64| x * x;
            let means: Vec<f64> = (0..chains).map(|walker| chain(walker).sum::<f64>() / n).collect();
            let within: f64 = (0..chains)
                .map(|walker| chain(walker).map(|x| squared(x - means[walker])).sum::<f64>() / (n - 1.0))
                .sum::<f64>()
                / chains as f64;
            let mean = means.iter().sum::<f64>() / chains as f64;
            let between = means.iter().map(|of_chain| squared(of_chain - mean)).sum::<f64>() / (chains as f64 - 1.0);
            (((n - 1.0) / n * within + between) / within).sqrt()
        };
        Some((0..self.places[0].0.len()).map(of).collect())
    }

    /// Whether these are `count` walkers of a seed in so many dimensions, as a state file must have them.
    pub fn are(&self, count: usize, dimension: usize, seed: u64) -> bool {
        let whole = |place: &Exact| place.0.len() == dimension && place.0.iter().all(|x| x.is_finite());
        self.seed == seed
            && self.places.len() == count
            && self.losses.0.len() == count
            && self.losses.0.iter().all(|loss| !loss.is_nan())
            && self.kept.len() == self.round as usize / KEPT_EVERY as usize * count
            && self.places.iter().chain(&self.kept).all(whole)
    }
}

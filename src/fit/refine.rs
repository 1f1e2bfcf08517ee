//! The best place by the emulator, corrected by simulation until both agree.

use super::cma_es::CmaEs;
use super::emulator::{Archive, Emulator, terms};
use super::objective::{Criterion, Loss, Objective, Response};
use crate::evidence::linear::stretched;
use crate::random::{Process, Stream};
use ndarray::Array2;
use rayon::prelude::*;

/// Standard deviation of the first places around the start, in spreads of the priors.
const FIRST_SPREAD: f64 = 0.3;

/// Width of the later ones, in that of what is plausible: the emulator must hold a little beyond.
const WIDTH: f64 = 1.2;

/// Candidates of each generation on the emulator.
const CANDIDATES: usize = 16;

/// Generations on the emulator at most.
const GENERATIONS: usize = 150;

/// Generations without a gain of a hundredth after which the emulator has nothing more to tell.
const PATIENCE: usize = 15;

/// How much is simulated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// How often the emulator is corrected.
    pub rounds: u32,
    /// Places simulated in each round.
    pub batch: u32,
    /// Seed of the places.
    pub seed: u64,
    /// Tells searches of one seed apart.
    pub number: u32,
}

impl Plan {
    /// The search over all cells: three places for each coefficient, in eight rounds.
    pub fn whole(dimension: usize, seed: u64) -> Self {
        let rounds = 8;
        Self {
            rounds,
            batch: u32::try_from(3 * terms(dimension)).unwrap_or(u32::MAX).div_ceil(rounds),
            seed,
            number: 0,
        }
    }
}

/// A place where simulation and emulator have met.
#[derive(Debug, Clone)]
pub struct Refined {
    /// The best place that was simulated.
    pub place: Vec<f64>,
    /// What people do there.
    pub response: Response,
    /// Its loss.
    pub loss: Loss,
    /// The emulator around it.
    pub emulator: Emulator,
    /// The root of the covariance of plausible places.
    pub root: Array2<f64>,
    /// Loss at the last minimum of the emulator: what simulation found more than the emulator promised.
    pub surprise: f64,
}

impl Refined {
    /// The loss at a place by the emulator; far from what is plausible, where it knows nothing, more than that.
    pub fn emulated(&self, criterion: &Criterion, place: &[f64]) -> f64 {
        let n = place.len();
        // Forward substitution: how many plausible standard deviations away.
        let mut z: Vec<f64> = place.iter().zip(&self.place).map(|(x, centre)| x - centre).collect();
        for i in 0..n {
            for j in 0..i {
                z[i] -= self.root[[i, j]] * z[j];
            }
            z[i] /= self.root[[i, i]];
        }
        let length: f64 = z.iter().map(|z| z * z).sum();
        criterion.loss(place, &self.emulator.response(place)).total() + beyond(length, n)
    }
}

/// What a squared length in plausible standard deviations costs beyond twice the number of dimensions.
fn beyond(length: f64, dimension: usize) -> f64 {
    (length - 2.0 * dimension as f64).max(0.0)
}

impl Archive {
    /// Simulates places, and keeps what people do there.
    pub fn simulate(&mut self, objective: &Objective, places: Vec<Vec<f64>>) {
        let responses: Vec<Response> = places.par_iter().map(|place| objective.response(place)).collect();
        self.places.extend(places);
        self.responses.extend(responses);
    }
}

/// Searches from the best place of an archive, or from `start` if it is empty; what is simulated on the way is added to it.
///
/// # Errors
///
/// What `each` says, which is called after every round.
pub fn refine<E>(
    objective: &Objective,
    criterion: &Criterion,
    archive: &mut Archive,
    start: &[f64],
    plan: Plan,
    mut each: impl FnMut() -> Result<(), E>,
) -> Result<Refined, E> {
    let mut losses: Vec<f64> = Vec::new();
    let mut surprise = f64::NAN;
    for round in 0..plan.rounds {
        let places = if archive.places.is_empty() {
            let spread = Array2::eye(start.len()) * FIRST_SPREAD;
            around(start, &spread, plan, round)
        } else {
            let (best, emulator, root) = understood(criterion, archive, &mut losses);
            let found = minimum(&emulator, criterion, &archive.places[best], &root, plan.seed);
            let root = emulator.plausible_root(criterion, &found.0);
            surprise = found.1;
            around(&found.0, &(root * WIDTH), plan, round)
        };
        let first = places[0].clone();
        archive.simulate(objective, places);
        let new = archive.places.len() - plan.batch as usize;
        surprise = criterion.loss(&first, &archive.responses[new]).total() - surprise;
        each()?;
    }
    let (best, emulator, root) = understood(criterion, archive, &mut losses);
    let (place, response) = (archive.places[best].clone(), archive.responses[best].clone());
    Ok(Refined {
        loss: criterion.loss(&place, &response),
        place,
        response,
        emulator,
        root,
        surprise,
    })
}

/// The number of the best place so far, the emulator around it, and the root of the covariance of plausible places.
fn understood(criterion: &Criterion, archive: &Archive, losses: &mut Vec<f64>) -> (usize, Emulator, Array2<f64>) {
    let known = losses.len();
    let new = archive.places[known..].par_iter().zip(&archive.responses[known..]);
    losses.par_extend(new.map(|(place, response)| criterion.loss(place, response).total()));
    let best = (0..losses.len())
        .min_by(|a, b| losses[*a].total_cmp(&losses[*b]))
        .unwrap_or_default();
    let centre = &archive.places[best];
    // Plausible places lie about as many units of loss above the best as there are dimensions.
    let scale = 2.0 * centre.len() as f64;
    let weights: Vec<f64> = losses
        .iter()
        .map(|loss| libm::exp(-(loss - losses[best]) / scale))
        .collect();
    let emulator = Emulator::new(archive, &weights, centre);
    let root = emulator.plausible_root(criterion, centre);
    (best, emulator, root)
}

/// The place with the least loss on the emulator, and that loss; steps are measured by what is plausible, and long ones cost.
fn minimum(emulator: &Emulator, criterion: &Criterion, from: &[f64], root: &Array2<f64>, seed: u64) -> (Vec<f64>, f64) {
    let n = from.len();
    let place = |z: &[f64]| -> Vec<f64> {
        let steps = stretched(root, z);
        from.iter().zip(steps).map(|(x, step)| x + step).collect()
    };
    let loss = |z: &[f64]| {
        let place = place(z);
        let length: f64 = z.iter().map(|z| z * z).sum();
        let loss = criterion.loss(&place, &emulator.response(&place)).total();
        loss + beyond(length, n)
    };
    let mut search = CmaEs::new(&vec![0.0; n], 0.3, CANDIDATES, seed);
    let (mut least, mut patience) = (f64::INFINITY, PATIENCE);
    for _ in 0..GENERATIONS {
        let losses: Vec<f64> = search.candidates().iter().map(|z| loss(z)).collect();
        search.update(&losses);
        let (_, best) = search.best();
        if best < least - 0.01 {
            (least, patience) = (best, PATIENCE);
        } else if patience == 0 {
            break;
        } else {
            patience -= 1;
        }
    }
    let (z, loss) = search.best();
    (place(z), loss)
}

/// A place itself, and others around it.
fn around(place: &[f64], root: &Array2<f64>, plan: Plan, round: u32) -> Vec<Vec<f64>> {
    let stream = Stream::new(plan.seed, round, Process::Search, 1 + plan.number);
    let other = |number: u32| {
        let deviates = (0_u32..).flat_map(|block| stream.normals::<f64>(number, block));
        let z: Vec<f64> = deviates.take(place.len()).collect();
        place
            .iter()
            .zip(stretched(root, &z))
            .map(|(x, step)| x + step)
            .collect()
    };
    std::iter::once(place.to_vec())
        .chain((1..plan.batch).map(other))
        .collect()
}

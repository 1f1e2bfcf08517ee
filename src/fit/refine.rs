//! The best place by the emulator, corrected by simulation until both agree.

use super::cma_es::CmaEs;
use super::emulator::{Archive, terms};
use super::objective::{Criterion, Loss, Objective, Response};
use super::surrogate::Surrogate;
use crate::evidence::linear::stretched;
use crate::random::{Process, Stream};
use crate::threads::prelude::*;
use ndarray::Array2;

/// Standard deviation of the first places around the start, in spreads of the priors.
const FIRST_SPREAD: f64 = 0.3;

/// Width of places around the best one, in that of what is plausible: the emulator must hold a little beyond.
const WIDTH: f64 = 1.2;

/// Steps of a walk to a place that the emulator finds plausible, for each dimension.
const WALKED: usize = 4;

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
    /// The search over all cells: five places for each coefficient, in ten rounds.
    pub fn whole(dimension: usize, seed: u64) -> Self {
        let rounds = 10;
        Self {
            rounds,
            batch: u32::try_from(5 * terms(dimension)).unwrap_or(u32::MAX).div_ceil(rounds),
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
    pub surrogate: Surrogate,
    /// Loss at the last minimum of the emulator: what simulation found more than the emulator promised.
    pub surprise: f64,
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
            first(start, plan)
        } else {
            judge(criterion, archive, &mut losses);
            let mut surrogate = Surrogate::new(criterion, archive, &losses);
            let (best, promised) = minimum(&surrogate, criterion, plan.seed);
            surprise = promised;
            surrogate.root = surrogate.emulator.plausible_root(criterion, &best);
            surrogate.centre = best;
            around(&surrogate, criterion, plan, round)
        };
        let new = archive.places.len();
        archive.simulate(objective, places);
        let simulated = criterion.loss(&archive.places[new], &archive.responses[new]).total();
        surprise = simulated - surprise;
        each()?;
    }
    judge(criterion, archive, &mut losses);
    let surrogate = Surrogate::new(criterion, archive, &losses);
    let place = surrogate.centre.clone();
    let best = archive
        .places
        .iter()
        .position(|other| *other == place)
        .unwrap_or_default();
    let response = archive.responses[best].clone();
    Ok(Refined {
        loss: criterion.loss(&place, &response),
        place,
        response,
        surrogate,
        surprise,
    })
}

/// Adds the losses of what was simulated since.
fn judge(criterion: &Criterion, archive: &Archive, losses: &mut Vec<f64>) {
    let known = losses.len();
    let new = archive.places[known..].par_iter().zip(&archive.responses[known..]);
    losses.par_extend(new.map(|(place, response)| criterion.loss(place, response).total()));
}

/// The place with the least loss on the emulator, and that loss; steps are measured by what is plausible, and long ones cost.
fn minimum(surrogate: &Surrogate, criterion: &Criterion, seed: u64) -> (Vec<f64>, f64) {
    let n = surrogate.centre.len();
    let mut search = CmaEs::new(&vec![0.0; n], 0.3, CANDIDATES, seed);
    let (mut least, mut patience) = (f64::INFINITY, PATIENCE);
    for _ in 0..GENERATIONS {
        let loss = |z: &Vec<f64>| surrogate.loss(criterion, &surrogate.place(z));
        let losses: Vec<f64> = search.candidates().iter().map(loss).collect();
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
    (surrogate.place(z), loss)
}

/// Places around a start of which nothing is known, and the start itself before them.
fn first(start: &[f64], plan: Plan) -> Vec<Vec<f64>> {
    let nearby = Array2::eye(start.len()) * FIRST_SPREAD;
    let scattered = (1..plan.batch).map(|number| scattered(start, &nearby, stream(plan, 0), number));
    std::iter::once(start.to_vec()).chain(scattered).collect()
}

/// The centre of a surrogate, and others that are plausible: by Laplace's approximation and a little beyond, or by a walk, in turn.
fn around(surrogate: &Surrogate, criterion: &Criterion, plan: Plan, round: u32) -> Vec<Vec<f64>> {
    let (centre, wide) = (&surrogate.centre, &surrogate.root * WIDTH);
    let other = |number: u32| {
        let place = scattered(centre, &wide, stream(plan, round), number);
        if number.is_multiple_of(2) {
            return place;
        }
        let steps = WALKED * centre.len();
        let block = u32::try_from(centre.len().div_ceil(4)).unwrap_or(u32::MAX);
        let walk = surrogate.wander(criterion, centre, steps, stream(plan, round), [number, block]);
        walk.map_or(place, |(place, _)| place)
    };
    let others: Vec<Vec<f64>> = (1..plan.batch).into_par_iter().map(other).collect();
    std::iter::once(centre.clone()).chain(others).collect()
}

fn stream(plan: Plan, round: u32) -> Stream {
    Stream::new(plan.seed, round, Process::Search, 1 + plan.number)
}

/// A place at random around another one.
fn scattered(centre: &[f64], root: &Array2<f64>, stream: Stream, number: u32) -> Vec<f64> {
    let deviates = (0_u32..).flat_map(|block| stream.normals::<f64>(number, block));
    let z: Vec<f64> = deviates.take(centre.len()).collect();
    let steps = stretched(root, &z);
    centre.iter().zip(steps).map(|(x, step)| x + step).collect()
}

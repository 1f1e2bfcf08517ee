//! The parameters with the smallest loss.

use super::cma_es::CmaEs;
use super::objective::{Loss, Objective};
use rayon::prelude::*;

/// Candidates of each generation: somewhat more than the default of the method, since neighbouring losses differ by chance.
pub const POPULATION: usize = 20;

/// Longest step of an encounter in a fit, in seconds: twice that of a run, for half the time. Helping rates of yes-or-no scenes then lie within
/// .2 percentage points of the limit (`benches/convergence.md`), a fifth of the standard error of the people in a fit.
pub const LONGEST_STEP_S: f64 = 1.0;

/// Standard deviation of the first candidates, in spreads of the priors.
pub const FIRST_STEP: f64 = 0.4;

/// What a fit found.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// The place, in coordinates of the priors.
    pub place: Vec<f64>,
    /// Its loss.
    pub loss: Loss,
    /// Evaluations that it took.
    pub evaluations: u64,
}

/// A search that begins at the centres of the priors.
pub fn search(dimension: usize, seed: u64) -> CmaEs {
    CmaEs::new(&vec![0.0; dimension], FIRST_STEP, POPULATION, seed)
}

/// A search that begins where another has ended, in spreads of the priors from their centres, and looks around at half the distance.
pub fn search_from(start: &[f64], seed: u64) -> CmaEs {
    CmaEs::new(start, FIRST_STEP / 2.0, POPULATION, seed)
}

/// Goes on with a search until it has made so many evaluations; `each` sees it after every generation and may end it early.
///
/// The candidates of a generation are evaluated in parallel; the result does not depend on the number of threads.
///
/// # Errors
///
/// What `each` says.
pub fn fit<E>(
    objective: &Objective,
    search: &mut CmaEs,
    evaluations: u64,
    mut each: impl FnMut(&CmaEs) -> Result<(), E>,
) -> Result<Fit, E> {
    while search.evaluations() < evaluations {
        let candidates = search.candidates();
        let losses: Vec<f64> = candidates.par_iter().map(|it| objective.loss(it).total()).collect();
        search.update(&losses);
        each(search)?;
    }
    // The centre of the last generation averages over chance, and is often better than every candidate.
    let (best, best_loss) = search.best();
    let centre = objective.loss(search.mean());
    let place = if centre.total() <= best_loss {
        search.mean()
    } else {
        best
    };
    Ok(Fit {
        place: place.to_vec(),
        loss: objective.loss(place),
        evaluations: search.evaluations(),
    })
}

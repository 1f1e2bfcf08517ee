//! Whether parameters can be known at all: counts made from known ones, and fitted.

use super::objective::{FittedCell, Objective, Setup};
use super::priors::Priors;
use super::search::{fit, search};
use crate::model::parameters::Parameters;
use crate::random::{Process, Stream};
use crate::statistics::{Count, pearson};
use rand_distr::{Binomial, Distribution};

/// A parameter that was known, and what the fit made of it, in coordinates of the prior.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Recovered {
    /// `process.name`.
    pub name: String,
    /// The true coordinate.
    pub truth: f64,
    /// The fitted one.
    pub fitted: f64,
}

/// How well the parameters came back.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Recovery {
    /// One for each free parameter.
    pub parameters: Vec<Recovered>,
    /// Correlation of true and fitted coordinates.
    pub correlation: Option<f64>,
    /// Root mean square of their differences, in spreads of the priors; about 1 or more where nothing was learnt.
    pub root_mean_square: f64,
    /// G² of the counts under the true parameters, on the people of the fit.
    pub deviance_of_truth: f64,
    /// G² under the fitted ones.
    pub deviance_of_fit: f64,
}

/// Draws parameters from the priors, lets other people than those of the fit produce as many counts as the cells have, and fits them.
///
/// Constraints do not count: most sets that the priors allow break one.
///
/// # Errors
///
/// What `each` says, which is called after every generation.
pub fn recover<E>(
    cells: &[FittedCell],
    base: &Parameters,
    priors: &Priors,
    setup: Setup,
    evaluations: u64,
    seed: u64,
    mut each: impl FnMut() -> Result<(), E>,
) -> Result<Recovery, E> {
    let setup = Setup {
        constrained: false,
        ..setup
    };
    let stream = Stream::new(seed, 0, Process::Recovery, 0);
    let deviates = (0_u32..).flat_map(|block| stream.normals::<f64>(0, block));
    let truth: Vec<f64> = deviates.take(priors.len()).collect();
    let elsewhere = Setup {
        seed: seed ^ setup.seed.rotate_left(32) ^ 1,
        ..setup
    };
    let world = Objective::new(cells, base, priors, elsewhere);
    let rates = world.scored(&world.parameters(&truth));
    let imagined: Vec<FittedCell> = (1_u32..)
        .zip(cells)
        .zip(&rates)
        .map(|((number, cell), rate)| FittedCell {
            observed: draw(stream, number, cell.observed.trials, rate.predicted),
            // Counts that the model made are as good as any.
            replicates_badly: false,
            ..*cell
        })
        .collect();
    let objective = Objective::new(&imagined, base, priors, setup);
    let mut search = search(priors.len(), setup.seed);
    let found = fit(&objective, &mut search, evaluations, |_| each())?;
    let pairs: Vec<(f64, f64)> = truth.iter().copied().zip(found.place.iter().copied()).collect();
    let squares: f64 = pairs.iter().map(|(truth, fitted)| (truth - fitted).powi(2)).sum();
    Ok(Recovery {
        parameters: priors
            .list
            .iter()
            .zip(&pairs)
            .map(|(prior, (truth, fitted))| Recovered {
                name: prior.key(),
                truth: *truth,
                fitted: *fitted,
            })
            .collect(),
        correlation: pearson(&pairs),
        root_mean_square: (squares / pairs.len() as f64).sqrt(),
        deviance_of_truth: objective.loss(&truth).deviance,
        deviance_of_fit: found.loss.deviance,
    })
}

/// So many people of whom each helps with this probability.
fn draw(stream: Stream, cell: u32, trials: u64, rate: f64) -> Count {
    let law = Binomial::new(trials, rate).expect("a rate predicted from counts lies between 0 and 1");
    Count {
        successes: law.sample(&mut stream.generator(cell)),
        trials,
    }
}

//! The posterior as the emulator sees it, and random walks on it, which cost next to nothing.

use super::emulator::{Archive, Emulator};
use super::objective::Criterion;
use crate::evidence::linear::stretched;
use crate::lanes::Real;
use crate::random::Stream;
use ndarray::Array2;

/// The emulator around a place, with what is plausible there.
#[derive(Debug, Clone)]
pub struct Surrogate {
    /// The shares.
    pub emulator: Emulator,
    /// The place.
    pub centre: Vec<f64>,
    /// The root of the covariance of plausible places.
    pub root: Array2<f64>,
}

impl Surrogate {
    /// Of an archive with these losses, around its best place.
    pub fn new(criterion: &Criterion, archive: &Archive, losses: &[f64]) -> Self {
        let best = (0..losses.len())
            .min_by(|a, b| losses[*a].total_cmp(&losses[*b]))
            .unwrap_or_default();
        let centre = archive.places[best].clone();
        // Plausible places lie about as many units of loss above the best as there are dimensions.
        let scale = 2.0 * centre.len() as f64;
        let weight = |loss: &f64| libm::exp(-(loss - losses[best]) / scale);
        let weights: Vec<f64> = losses.iter().map(weight).collect();
        let emulator = Emulator::new(archive, &weights, &centre);
        Self {
            root: emulator.plausible_root(criterion, &centre),
            emulator,
            centre,
        }
    }

    /// The loss at a place by the emulator; far from what is plausible, where it knows nothing, more than that.
    pub fn loss(&self, criterion: &Criterion, place: &[f64]) -> f64 {
        let n = place.len();
        // Forward substitution: how many plausible standard deviations away.
        let mut z: Vec<f64> = place.iter().zip(&self.centre).map(|(x, centre)| x - centre).collect();
        for i in 0..n {
            for j in 0..i {
                z[i] -= self.root[[i, j]] * z[j];
            }
            z[i] /= self.root[[i, i]];
        }
        let length: f64 = z.iter().map(|z| z * z).sum();
        let beyond = (length - 2.0 * n as f64).max(0.0);
        criterion.loss(place, &self.emulator.response(place)).total() + beyond
    }

    /// A place so many plausible standard deviations away as the deviates say.
    pub fn place(&self, z: &[f64]) -> Vec<f64> {
        let steps = stretched(&self.root, z);
        self.centre.iter().zip(steps).map(|(x, step)| x + step).collect()
    }

    /// Where a random walk of so many steps comes to, and how far the emulated loss has fallen; none if it has not moved.
    ///
    /// `block` is the first of the stream's blocks of `walker` that it may use.
    pub fn wander(
        &self,
        criterion: &Criterion,
        from: &[f64],
        steps: usize,
        stream: Stream,
        [walker, block]: [u32; 2],
    ) -> Option<(Vec<f64>, f64)> {
        let n = from.len();
        let scale = 2.38 / (n as f64).sqrt();
        let blocks = u32::try_from(n.div_ceil(4)).unwrap_or(u32::MAX);
        let first = self.loss(criterion, from);
        let (mut here, mut loss, mut moved) = (from.to_vec(), first, false);
        for step in (0_u32..).take(steps) {
            let address = block + step * (blocks + 1);
            let deviates = (address..address + blocks).flat_map(|block| stream.normals::<f64>(walker, block));
            let z: Vec<f64> = deviates.take(n).collect();
            let steps = stretched(&self.root, &z);
            let there: Vec<f64> = here.iter().zip(steps).map(|(x, step)| x + scale * step).collect();
            let emulated = self.loss(criterion, &there);
            let [chance, ..] = stream.bits(walker, address + blocks);
            if libm::log(f64::uniform(chance)) < (loss - emulated) / 2.0 {
                (here, loss, moved) = (there, emulated, true);
            }
        }
        moved.then_some((here, first - loss))
    }
}

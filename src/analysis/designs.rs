//! Designs: the points of the unit cube at which a model is run.

use crate::random::{Process, Stream};

/// Most points of a Sobol' sequence.
pub const MOST_SOBOL_POINTS: u32 = 1 << 16;

/// Most dimensions of a Sobol' sequence.
pub const MOST_SOBOL_DIMENSIONS: u32 = sobol_burley::NUM_DIMENSIONS;

/// How points are laid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Design {
    /// Each key cut into as many layers as there are points, one point in each.
    LatinHypercube,
    /// A sequence that fills the cube evenly at every length.
    Sobol,
}

/// A Latin hypercube of `count` points in so many dimensions: in each dimension one point in each of `count` equal layers, at a random place of it.
///
/// # Source
///
/// McKay, Beckman & Conover (1979), "A comparison of three methods for selecting values of input variables".
pub fn latin_hypercube(count: u32, dimensions: u32, seed: u64) -> Vec<Vec<f64>> {
    let mut points = vec![vec![0.0; dimensions as usize]; count as usize];
    for dimension in 0..dimensions {
        let stream = Stream::new(seed, 0, Process::Design, dimension);
        let mut layers: Vec<(u64, u32)> = (0..count).map(|layer| (bits(&stream, layer, 0), layer)).collect();
        layers.sort_unstable();
        for (point, (_, layer)) in points.iter_mut().zip(layers) {
            let within = unit(bits(&stream, layer, 1));
            point[dimension as usize] = (f64::from(layer) + within) / f64::from(count);
        }
    }
    points
}

/// The first `count` points of a Sobol' sequence, scrambled as Owen has it, so that other seeds give other points as even as these.
///
/// # Panics
///
/// Beyond [`MOST_SOBOL_POINTS`] or [`MOST_SOBOL_DIMENSIONS`].
///
/// # Source
///
/// Sobol' (1967); Owen (1998), "Scrambling Sobol' and Niederreiter–Xing points"; the hash of Burley (2020).
pub fn sobol(count: u32, dimensions: u32, seed: u64) -> Vec<Vec<f64>> {
    assert!(count <= MOST_SOBOL_POINTS && dimensions <= MOST_SOBOL_DIMENSIONS);
    let [low, high, ..] = Stream::new(seed, 0, Process::Design, 0).bits(0_u32, 0);
    let point = |number| {
        let coordinate = |dimension| f64::from(sobol_burley::sample(number, dimension, low ^ high));
        (0..dimensions).map(coordinate).collect()
    };
    (0..count).map(point).collect()
}

fn bits(stream: &Stream, layer: u32, number: u32) -> u64 {
    let [low, high, ..] = stream.bits(layer, number);
    u64::from(high) << 32 | u64::from(low)
}

/// A number in (0, 1) of 64 bits.
fn unit(bits: u64) -> f64 {
    ((bits >> 12) as f64 + 0.5) / (1_u64 << 52) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_latin_hypercube_has_one_point_in_each_layer() {
        let points = latin_hypercube(40, 5, 3);
        for dimension in 0..5 {
            let mut layers: Vec<u32> = points.iter().map(|point| (point[dimension] * 40.0) as u32).collect();
            layers.sort_unstable();
            assert_eq!(layers, (0..40).collect::<Vec<_>>());
        }
        assert_eq!(points, latin_hypercube(40, 5, 3));
        assert_ne!(points, latin_hypercube(40, 5, 4));
    }

    /// Of 256 points, each of the 16 × 16 squares of any two of the first dimensions and each of 256 intervals of one has its share.
    #[test]
    fn a_sobol_sequence_fills_the_cube_evenly() {
        let points = sobol(256, 4, 9);
        for dimension in 0..4 {
            let mut cells: Vec<u32> = points.iter().map(|point| (point[dimension] * 256.0) as u32).collect();
            cells.sort_unstable();
            assert_eq!(cells, (0..256).collect::<Vec<_>>());
        }
        let mut squares = [0; 256];
        for point in &points {
            squares[(point[0] * 16.0) as usize * 16 + (point[1] * 16.0) as usize] += 1;
        }
        assert_eq!(squares, [1; 256]);
        assert_ne!(points, sobol(256, 4, 10));
    }
}

//! A quick stand-in for the simulation near the best place.
//!
//! ```text
//! logit of a share ≈ a + Σ b z + Σ c z z,   z = place − centre
//! ```
//!
//! A thousand simulated responses tell all coefficients of all shares at once; whatever is then asked (the best place, the best place without a study,
//! what else is plausible) costs a thousandth of a simulation. What the stand-in finds is simulated before it is believed.
//!
//! # Source
//!
//! Response surfaces: Box & Wilson (1951) Journal of the Royal Statistical Society B 13:1. Weights by nearness: Cleveland (1979) Journal of the
//! American Statistical Association 74:829.

use super::objective::{Criterion, Response};
use crate::evidence::linear::solve_each;
use crate::population::cholesky::cholesky;
use ndarray::Array2;

/// Price of a squared coefficient of a square or product: a prior of a tenth of a logit for each squared spread, where a response has an error of a tenth.
const RIDGE: f64 = 1.0;

/// The same of a slope: a prior of one logit for each spread.
const SLOPE_RIDGE: f64 = 0.01;

/// Simulated responses, each at its place.
#[derive(Debug, Clone, Default)]
pub struct Archive {
    /// Places in coordinates of the priors.
    pub places: Vec<Vec<f64>>,
    /// What people do there.
    pub responses: Vec<Response>,
}

/// Logits of all shares as functions of the place.
#[derive(Debug, Clone)]
pub struct Emulator {
    centre: Vec<f64>,
    /// For each share its coefficients: 1, each coordinate, each product.
    coefficients: Vec<Vec<f64>>,
    /// How many of the shares are those of cells.
    cells: usize,
}

impl Emulator {
    /// Of responses near `centre`; each counts as its weight says.
    pub fn new(archive: &Archive, weights: &[f64], centre: &[f64]) -> Self {
        let terms = terms(centre.len());
        let mut matrix = vec![0.0; terms * terms];
        let cells = archive.responses.first().map_or(0, |response| response.shares.len());
        let outputs = archive
            .responses
            .first()
            .map_or(0, |response| cells + response.rates.len());
        let mut rights = vec![vec![0.0; terms]; outputs];
        let mut row = Vec::with_capacity(terms);
        for ((place, response), weight) in archive.places.iter().zip(&archive.responses).zip(weights) {
            if *weight < 1e-6 {
                continue;
            }
            features(place, centre, &mut row);
            for (i, x) in row.iter().enumerate() {
                let scaled = weight * x;
                for (sum, y) in matrix[i * terms..=i * terms + i].iter_mut().zip(&row) {
                    *sum += scaled * y;
                }
            }
            let shares = response.shares.iter().chain(&response.rates);
            for (right, share) in rights.iter_mut().zip(shares) {
                let scaled = weight * logit(*share);
                for (sum, x) in right.iter_mut().zip(&row) {
                    *sum += scaled * x;
                }
            }
        }
        let mut symmetric = Array2::from_shape_fn((terms, terms), |(i, j)| matrix[i.max(j) * terms + i.min(j)]);
        for term in 0..terms {
            symmetric[[term, term]] += match term {
                0 => 1e-9,
                _ if term <= centre.len() => SLOPE_RIDGE,
                _ => RIDGE,
            };
        }
        Self {
            centre: centre.to_vec(),
            coefficients: solve_each(&symmetric, &rights).expect("a ridge makes the matrix positive definite"),
            cells,
        }
    }

    /// What people do at a place, nearly.
    pub fn response(&self, place: &[f64]) -> Response {
        let mut row = Vec::with_capacity(terms(self.centre.len()));
        features(place, &self.centre, &mut row);
        let share = |coefficients: &Vec<f64>| {
            let logit: f64 = coefficients
                .iter()
                .zip(&row)
                .map(|(coefficient, x)| coefficient * x)
                .sum();
            1.0 / (1.0 + libm::exp(-logit.clamp(-12.0, 12.0)))
        };
        let mut shares: Vec<f64> = self.coefficients.iter().map(share).collect();
        let rates = shares.split_off(self.cells);
        Response { shares, rates }
    }

    /// How the logit of each cell changes with each coordinate at a place.
    pub fn slopes(&self, place: &[f64]) -> Vec<Vec<f64>> {
        let n = self.centre.len();
        let z: Vec<f64> = place.iter().zip(&self.centre).map(|(x, centre)| x - centre).collect();
        let of = |coefficients: &Vec<f64>| {
            let mut slopes = coefficients[1..=n].to_vec();
            let mut products = coefficients[n + 1..].iter();
            for i in 0..n {
                for j in 0..=i {
                    let product = products.next().copied().unwrap_or_default();
                    slopes[i] += product * z[j];
                    slopes[j] += product * z[i];
                }
            }
            slopes
        };
        self.coefficients[..self.cells].iter().map(of).collect()
    }

    /// The triangular root of the covariance of plausible places around one: the inverse of the prior's and the counts' information (Laplace).
    pub fn plausible_root(&self, criterion: &Criterion, place: &[f64]) -> Array2<f64> {
        let n = place.len();
        let response = self.response(place);
        let slopes = self.slopes(place);
        let mut precision = Array2::<f64>::eye(n);
        for (cells, block) in criterion.information(&response, criterion.between_study_sd(&response)) {
            for (a, first) in cells.iter().enumerate() {
                for (b, second) in cells.iter().enumerate() {
                    let known = block[a * cells.len() + b];
                    for i in 0..n {
                        for j in 0..n {
                            precision[[i, j]] += known * slopes[*first][i] * slopes[*second][j];
                        }
                    }
                }
            }
        }
        // Products in another order differ in the last bit, and the decomposition wants symmetry.
        let symmetric = (&precision + &precision.t()) / 2.0;
        let unit = |at: usize| (0..n).map(|it| f64::from(u8::from(it == at))).collect::<Vec<f64>>();
        let columns =
            solve_each(&symmetric, &(0..n).map(unit).collect::<Vec<_>>()).expect("the prior's precision is 1");
        let covariance = Array2::from_shape_fn((n, n), |(i, j)| (columns[i][j] + columns[j][i]) / 2.0);
        cholesky(&covariance).expect("the inverse of a positive definite matrix is one")
    }
}

/// Number of coefficients in so many dimensions.
pub fn terms(dimension: usize) -> usize {
    1 + dimension + dimension * (dimension + 1) / 2
}

fn features(place: &[f64], centre: &[f64], row: &mut Vec<f64>) {
    row.clear();
    row.push(1.0);
    row.extend(place.iter().zip(centre).map(|(x, centre)| x - centre));
    let n = place.len();
    for i in 1..=n {
        for j in 1..=i {
            row.push(row[i] * row[j]);
        }
    }
}

fn logit(share: f64) -> f64 {
    libm::log(share / (1.0 - share))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Process, Stream};

    /// Logits that are quadratic are found again, with their slopes.
    #[test]
    fn a_quadratic_response_is_found() {
        let truth = |x: &[f64]| [0.3 + x[0] - 0.5 * x[1] + 0.1 * x[0] * x[1], -1.0 + 0.2 * x[1] * x[1]];
        let mut archive = Archive::default();
        let stream = Stream::new(1, 0, Process::Search, 0);
        for number in 0..2_000 {
            let four: [f64; 4] = stream.normals(number, 0);
            let place = four[..2].to_vec();
            let shares = truth(&place).map(|it| 1.0 / (1.0 + libm::exp(-it)));
            archive.responses.push(Response {
                shares: shares[..1].to_vec(),
                rates: shares[1..].to_vec(),
            });
            archive.places.push(place);
        }
        let emulator = Emulator::new(&archive, &vec![1.0; 2_000], &[0.2, -0.1]);
        let place = [0.7, -0.4];
        let found = emulator.response(&place);
        let expected = truth(&place);
        assert!((logit(found.shares[0]) - expected[0]).abs() < 1e-3, "{found:?}");
        assert!((logit(found.rates[0]) - expected[1]).abs() < 1e-3, "{found:?}");
        let slopes = emulator.slopes(&place);
        assert!(
            (slopes[0][0] - 0.96).abs() < 1e-3 && (slopes[0][1] + 0.43).abs() < 1e-3,
            "{slopes:?}"
        );
    }
}

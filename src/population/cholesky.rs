//! The square root of a correlation matrix.

use ndarray::Array2;

/// The lower-triangular `L` with `L · Lᵀ = matrix` (Cholesky–Banachiewicz, row by row).
///
/// Written out rather than taken from a library because the order of every addition is part of the result.
///
/// # Errors
///
/// If `matrix` is not square, not symmetric or not positive definite.
pub fn cholesky(matrix: &Array2<f64>) -> Result<Array2<f64>, NotPositiveDefinite> {
    let n = matrix.nrows();
    let mut lower = Array2::zeros((n, n));
    for i in 0..n {
        for j in 0..=i {
            if matrix.ncols() != n || matrix[[i, j]] != matrix[[j, i]] {
                return Err(NotPositiveDefinite { row: i });
            }
            let mut rest: f64 = matrix[[i, j]];
            for k in 0..j {
                rest -= lower[[i, k]] * lower[[j, k]];
            }
            if i > j {
                lower[[i, j]] = rest / lower[[j, j]];
            } else if rest > 0.0 {
                lower[[i, i]] = rest.sqrt();
            } else {
                return Err(NotPositiveDefinite { row: i });
            }
        }
    }
    Ok(lower)
}

/// Correlations that no people can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("correlations are not symmetric and positive definite at row {row}")]
pub struct NotPositiveDefinite {
    /// Row, from 0, at which the matrix fails.
    pub row: usize,
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    /// The textbook example of the decomposition with integer factors.
    #[test]
    fn reproduces_a_factor_known_exactly() {
        let matrix = array![[4.0, 12.0, -16.0], [12.0, 37.0, -43.0], [-16.0, -43.0, 98.0]];
        let lower = array![[2.0, 0.0, 0.0], [6.0, 1.0, 0.0], [-8.0, 5.0, 3.0]];
        assert_eq!(cholesky(&matrix), Ok(lower));
    }

    #[test]
    fn refuses_correlations_that_contradict_each_other() {
        let contradictory = array![[1.0, 0.9, 0.9], [0.9, 1.0, -0.9], [0.9, -0.9, 1.0]];
        assert_eq!(cholesky(&contradictory), Err(NotPositiveDefinite { row: 2 }));
        assert!(cholesky(&array![[1.0, 0.5], [0.4, 1.0]]).is_err());
        assert!(cholesky(&array![[f64::NAN]]).is_err());
    }
}

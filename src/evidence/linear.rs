//! Systems of linear equations with a symmetric positive definite matrix.

use crate::population::cholesky::{NotPositiveDefinite, cholesky};
use ndarray::Array2;

/// The `x` with `matrix · x = right`, by Cholesky's decomposition.
///
/// # Errors
///
/// If the matrix is not symmetric and positive definite.
pub fn solve(matrix: &Array2<f64>, right: &[f64]) -> Result<Vec<f64>, NotPositiveDefinite> {
    Ok(substituted(&cholesky(matrix)?, right))
}

/// The same for several right sides.
///
/// # Errors
///
/// If the matrix is not symmetric and positive definite.
pub fn solve_each(matrix: &Array2<f64>, rights: &[Vec<f64>]) -> Result<Vec<Vec<f64>>, NotPositiveDefinite> {
    let lower = cholesky(matrix)?;
    Ok(rights.iter().map(|right| substituted(&lower, right)).collect())
}

fn substituted(lower: &Array2<f64>, right: &[f64]) -> Vec<f64> {
    let n = right.len();
    let mut x = right.to_vec();
    for i in 0..n {
        for k in 0..i {
            x[i] -= lower[[i, k]] * x[k];
        }
        x[i] /= lower[[i, i]];
    }
    for i in (0..n).rev() {
        for k in i + 1..n {
            x[i] -= lower[[k, i]] * x[k];
        }
        x[i] /= lower[[i, i]];
    }
    x
}

/// `root · z`, where `root` is lower triangular.
pub fn stretched(root: &Array2<f64>, z: &[f64]) -> Vec<f64> {
    let row = |i: usize| (0..=i).map(|j| root[[i, j]] * z[j]).sum();
    (0..z.len()).map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: 4x + 2y = 2, 2x + 3y = 5 has x = −½, y = 2.
    #[test]
    fn solves_a_small_system() {
        let matrix = ndarray::arr2(&[[4.0, 2.0], [2.0, 3.0]]);
        let x = solve(&matrix, &[2.0, 5.0]).unwrap();
        assert!((x[0] + 0.5).abs() < 1e-14 && (x[1] - 2.0).abs() < 1e-14, "{x:?}");
        assert_eq!(solve_each(&matrix, &[vec![2.0, 5.0]]).unwrap(), [x]);
        assert!(solve(&ndarray::arr2(&[[1.0, 2.0], [2.0, 1.0]]), &[0.0, 0.0]).is_err());
    }
}

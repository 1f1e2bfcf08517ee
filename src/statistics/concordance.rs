//! How close predictions come to what was observed.

use super::pearson::CentredSums;

/// Lin's concordance: how closely pairs lie to the line on which both are equal; none if there is no pair or neither
/// side varies and both agree.
///
/// ```text
/// ρ_c = 2 s_xy / (s_x² + s_y² + (x̄ − ȳ)²)
/// ```
///
/// with variances and covariance over `n`. Unlike a correlation it falls when predictions are off by a constant or by
/// a factor; it is never further from 0 than [`pearson`](super::pearson()).
///
/// # Source
///
/// Lin (1989) Biometrics 45:255, equation 2 with the estimates that follow it (divisor `n`).
pub fn concordance(pairs: &[(f64, f64)]) -> Option<f64> {
    let sums = CentredSums::of(pairs)?;
    let n = pairs.len() as f64;
    let apart = sums.mean_x - sums.mean_y;
    let spread = (sums.xx + sums.yy) / n + apart * apart;
    (spread > 0.0).then(|| 2.0 * (sums.xy / n) / spread)
}

#[cfg(test)]
mod tests {
    use super::super::pearson::tests::ANSCOMBE;
    use super::super::{assert_close, pearson, squared};
    use super::*;

    /// By hand from Lin's formula: x = 1, 2, 3 and y = 2, 4, 6 have s_x² = 2/3, s_y² = 8/3, s_xy = 4/3 and means 2
    /// apart, so ρ_c = (8/3) / (10/3 + 4) = 4/11.
    #[test]
    fn agrees_with_a_small_example() {
        let doubled = [(1.0, 2.0), (2.0, 4.0), (3.0, 6.0)];
        assert_close(concordance(&doubled).unwrap(), 4.0 / 11.0, 1e-15);
    }

    /// Lin (1989): ρ_c = ρ · C_b with C_b = 2 / (v + 1/v + u²), v = σ_x/σ_y, u = (μ_x − μ_y)/√(σ_x σ_y).
    #[test]
    fn is_the_correlation_times_the_bias_correction() {
        let n = ANSCOMBE.len() as f64;
        let mean = |of: fn(&(f64, f64)) -> f64| ANSCOMBE.iter().map(of).sum::<f64>() / n;
        let (x, y) = (mean(|it| it.0), mean(|it| it.1));
        let sd_x = (ANSCOMBE.iter().map(|it| squared(it.0 - x)).sum::<f64>() / n).sqrt();
        let sd_y = (ANSCOMBE.iter().map(|it| squared(it.1 - y)).sum::<f64>() / n).sqrt();
        let (v, u) = (sd_x / sd_y, (x - y) / (sd_x * sd_y).sqrt());
        let bias_correction = 2.0 / (v + 1.0 / v + u * u);
        let expected = pearson(&ANSCOMBE).unwrap() * bias_correction;
        assert_close(concordance(&ANSCOMBE).unwrap(), expected, 1e-14);
    }

    #[test]
    fn is_one_for_perfect_agreement_and_falls_with_a_constant_error() {
        assert_eq!(concordance(&[(0.1, 0.1), (0.7, 0.7)]), Some(1.0));
        assert!(concordance(&[(0.1, 0.3), (0.7, 0.9)]).unwrap() < 0.9);
        assert_eq!(concordance(&[(0.2, 0.2)]), None);
        assert_eq!(concordance(&[]), None);
    }
}

//! When a noisy tendency first reaches a bound: the law that decision times are tested against.

/// The chance that a Wiener process with drift has reached a bound by time `t` (inverse Gaussian law).
///
/// ```text
/// F(t) = Φ((vt − a) / s√t) + exp(2va/s²) Φ((−vt − a) / s√t)
/// ```
///
/// | symbol | argument | meaning                  | unit | range |
/// |--------|----------|--------------------------|------|-------|
/// | `t`    | `time`   | time since the start     | s    | any   |
/// | `a`    | `bound`  | distance to the bound    | 1    | > 0   |
/// | `v`    | `drift`  | drift towards the bound  | 1/s  | any   |
/// | `s`    | `noise`  | SD of the noise          | 1/√s | > 0   |
///
/// # Limits
///
/// 0 at `t ≤ 0`; for `v ≥ 0` it goes to 1, for `v < 0` to `exp(2va/s²)`, the chance to get there at all.
///
/// # Source
///
/// Folks & Chhikara (1978) Journal of the Royal Statistical Society B 40:263, with mean `μ = a/v` and `λ = a²/s²`.
pub fn inverse_gaussian_cdf(time: f64, bound: f64, drift: f64, noise: f64) -> f64 {
    debug_assert!(bound > 0.0 && noise > 0.0, "bound {bound}, noise {noise}");
    if time <= 0.0 {
        return 0.0;
    }
    let scale = noise * time.sqrt();
    let direct = normal_cdf((drift * time - bound) / scale);
    let mirrored = normal_cdf((-drift * time - bound) / scale);
    if mirrored == 0.0 {
        return direct; // its factor may be infinite, the product is not
    }
    (direct + libm::exp(2.0 * drift * bound / (noise * noise)) * mirrored).min(1.0)
}

/// The standard normal distribution function.
fn normal_cdf(z: f64) -> f64 {
    0.5 * libm::erfc(-z / std::f64::consts::SQRT_2)
}

#[cfg(test)]
mod tests {
    use super::super::{assert_close, squared};
    use super::*;

    /// With μ = λ = 1 the law at its mean is Φ(0) + e² Φ(−2) = 0.5 + 7.389056 · 0.02275013 = 0.6681020 (the standard
    /// Wald distribution; for instance `pinvgauss(1)` of the R package statmod).
    #[test]
    fn reproduces_the_standard_wald_law() {
        assert_close(inverse_gaussian_cdf(1.0, 1.0, 1.0, 1.0), 0.668_102_0, 1e-7);
    }

    /// Without drift the law is Lévy's: F(t) = 2 Φ(−a/√t); with a = 1, t = 1: 2 · 0.1586553.
    #[test]
    fn reduces_to_levys_law_without_drift() {
        assert_close(inverse_gaussian_cdf(1.0, 1.0, 0.0, 1.0), 0.317_310_5, 1e-7);
    }

    #[test]
    fn has_the_limits_that_theory_gives() {
        assert_eq!(inverse_gaussian_cdf(0.0, 1.0, 1.0, 1.0), 0.0);
        assert_close(inverse_gaussian_cdf(1e6, 1.0, 0.5, 1.0), 1.0, 1e-12);
        assert_close(inverse_gaussian_cdf(1e6, 1.0, -0.5, 1.0), libm::exp(-1.0), 1e-12);
        assert!(inverse_gaussian_cdf(2.0, 1.0, 50.0, 0.01).is_finite());
    }

    /// Derivative against the density a/√(2π s² t³) · exp(−(a − vt)²/(2 s² t)).
    #[test]
    fn its_slope_is_the_density() {
        let (a, v, s, t, step) = (1.0, 0.1, 0.4, 6.0, 1e-4);
        let slope = (inverse_gaussian_cdf(t + step, a, v, s) - inverse_gaussian_cdf(t - step, a, v, s)) / (2.0 * step);
        let density =
            a / (std::f64::consts::TAU * s * s * t * t * t).sqrt() * libm::exp(-squared(a - v * t) / (2.0 * s * s * t));
        assert_close(slope, density, 1e-8);
    }
}

//! Whether numbers follow a law.

/// The chance of a sample at least as far from a continuous law as this one, if it came from it (one-sample
/// Kolmogorov–Smirnov test); none if the sample is empty or holds a NaN.
///
/// ```text
/// D = max |F_n − F|,   λ = (√n + 0.12 + 0.11/√n) D,   p = 2 Σ_{j≥1} (−1)^(j−1) exp(−2 j² λ²)
/// ```
///
/// `cdf` is the distribution function of the law, with no parameter estimated from the sample.
///
/// # Limits
///
/// Good to two digits of p from n = 5 on, which is enough to compare with a level of significance.
///
/// # Source
///
/// Kolmogorov (1933); the finite-sample factor is Stephens (1970) Journal of the Royal Statistical Society B 32:115.
pub fn kolmogorov_smirnov(sample: &[f64], cdf: impl Fn(f64) -> f64) -> Option<f64> {
    let distance = distance(sample, cdf)?;
    let root = (sample.len() as f64).sqrt();
    Some(survival((root + 0.12 + 0.11 / root) * distance))
}

/// The greatest distance between the steps of the sample and the law.
fn distance(sample: &[f64], cdf: impl Fn(f64) -> f64) -> Option<f64> {
    if sample.is_empty() || sample.iter().any(|it| it.is_nan()) {
        return None;
    }
    let mut sorted = sample.to_vec();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len() as f64;
    let at_each = sorted.iter().enumerate().map(|(below, value)| {
        let expected = cdf(*value);
        let (before, after) = (below as f64 / n, (below as f64 + 1.0) / n);
        (expected - before).max(after - expected)
    });
    Some(at_each.fold(0.0, f64::max))
}

/// Kolmogorov's limit law, from above.
fn survival(lambda: f64) -> f64 {
    if lambda < 0.2 {
        return 1.0; // 1 to twelve digits, and below it the series needs ever more terms
    }
    let mut sum = 0.0;
    for j in 1..=100 {
        let j = f64::from(j);
        let term = libm::exp(-2.0 * j * j * lambda * lambda);
        sum += if j % 2.0 == 1.0 { term } else { -term };
    }
    (2.0 * sum).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::super::assert_close;
    use super::*;

    /// Smirnov (1948) Annals of Mathematical Statistics 19:279: the limit law passes .95 at λ = 1.36 and .99 at 1.63.
    #[test]
    fn reproduces_smirnovs_table() {
        assert_close(survival(1.36), 0.049_486, 1e-6);
        assert_close(survival(1.63), 0.009_846, 1e-6);
        assert_close(survival(0.828), 0.5, 0.001);
        assert_eq!(survival(0.1), 1.0);
    }

    /// Exact critical distances at the 5 % level (Miller 1956, Journal of the American Statistical Association 51:111):
    /// .40925 for n = 10, .29408 for n = 20, .13403 for n = 100. A sample at exactly that distance has p = .05.
    #[test]
    fn small_samples_keep_the_level() {
        for (n, critical) in [(10_i32, 0.409_25), (20, 0.294_08), (100, 0.134_03)] {
            let evenly_moved: Vec<f64> = (1..=n).map(|it| f64::from(it) / f64::from(n) - critical).collect();
            let uniform = |x: f64| x.clamp(0.0, 1.0);
            let p = kolmogorov_smirnov(&evenly_moved, uniform).unwrap();
            assert_close(p, 0.05, 0.001);
        }
    }

    #[test]
    fn tells_a_law_from_another() {
        let evenly: Vec<f64> = (0..200).map(|it| (f64::from(it) + 0.5) / 200.0).collect();
        assert!(kolmogorov_smirnov(&evenly, |x| x).unwrap() > 0.999);
        assert!(kolmogorov_smirnov(&evenly, |x| x * x).unwrap() < 1e-9);
        assert_eq!(kolmogorov_smirnov(&[], |x| x), None);
        assert_eq!(kolmogorov_smirnov(&[f64::NAN], |x| x), None);
    }
}

//! What a model with a posterior would lose on new data of the same kind.

use super::Moments;
use serde::Serialize;

/// The widely applicable information criterion, and how many parameters the data could have moved.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Waic {
    /// −2 (lppd − p); the smaller the better.
    pub value: f64,
    /// The effective number of parameters, `p`.
    pub effective_parameters: f64,
}

/// WAIC of log-likelihoods, a list over draws of the posterior for each datum; none with fewer than two draws or no data.
///
/// ```text
/// lppd = Σᵢ ln (mean over draws of e^ℓᵢ),   p = Σᵢ (variance over draws of ℓᵢ)
/// ```
///
/// | symbol | argument                 | meaning                                                           |
/// |--------|--------------------------|-------------------------------------------------------------------|
/// | `ℓᵢ`   | `log_likelihoods[i]`     | log-likelihood of datum `i` under each draw, up to a constant     |
///
/// With `ℓ` taken against the saturated model (half a deviance, negative) the value is comparable with `G² + 2 · parameters`.
///
/// # Source
///
/// Watanabe (2010) Journal of Machine Learning Research 11:3571; Gelman, Hwang & Vehtari (2014) Statistics and Computing 24:997, equations 5 and 13.
pub fn waic(log_likelihoods: &[Vec<f64>]) -> Option<Waic> {
    if log_likelihoods.is_empty() {
        return None;
    }
    let (mut fit, mut effective_parameters) = (0.0, 0.0);
    for datum in log_likelihoods {
        let best = datum.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let mean = datum.iter().map(|it| libm::exp(it - best)).sum::<f64>() / datum.len() as f64;
        fit += best + libm::log(mean);
        effective_parameters += datum.iter().copied().collect::<Moments>().variance()?;
    }
    Some(Waic {
        value: -2.0 * (fit - effective_parameters),
        effective_parameters,
    })
}

#[cfg(test)]
mod tests {
    use super::super::{assert_close, squared};
    use super::*;
    use crate::lanes::functions::normal_quantile;

    /// By hand: ln((e⁻¹ + e⁻³)/2) = −1.566219 with variance 2, and −½ with none.
    #[test]
    fn agrees_with_a_small_example() {
        let it = waic(&[vec![-1.0, -3.0], vec![-0.5, -0.5]]).unwrap();
        assert_close(it.effective_parameters, 2.0, 1e-12);
        assert_close(it.value, -2.0 * (-1.566_219_17 - 0.5 - 2.0), 1e-7);
        assert_eq!(waic(&[]), None);
        assert_eq!(waic(&[vec![-1.0]]), None);
    }

    /// A normal mean with known variance and a flat prior: one parameter, whatever the number of data (here 400, posterior by its quantiles).
    #[test]
    fn one_parameter_counts_as_about_one() {
        let n = 400;
        let data: Vec<f64> = (0..n)
            .map(|it| normal_quantile((f64::from(it) + 0.5) / f64::from(n)))
            .collect();
        let draws: Vec<f64> = (0..500)
            .map(|it| normal_quantile((f64::from(it) + 0.5) / 500.0) / f64::from(n).sqrt())
            .collect();
        let of = |x: &f64| draws.iter().map(|mean| -0.5 * squared(x - mean)).collect::<Vec<_>>();
        let it = waic(&data.iter().map(of).collect::<Vec<_>>()).unwrap();
        assert_close(it.effective_parameters, 1.0, 0.03);
    }
}

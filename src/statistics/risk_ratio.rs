//! By what factor a share rises.

use super::{Count, Estimate};

/// The share of the first people over the share of the second, with Katz's interval; none if either has nobody.
///
/// ```text
/// RR = (a/m) / (b/n),   limits RR · exp(± z √(1/a − 1/m + 1/b − 1/n))
/// ```
///
/// | symbol | argument       | meaning                       |
/// |--------|----------------|-------------------------------|
/// | `a, m` | `first`        | so many of so many            |
/// | `b, n` | `second`       | so many of so many            |
/// | `z`    | `z`            | normal quantile, 1.96 for 95 %|
///
/// # Zero cells
///
/// If `a` or `b` is 0 the ratio would be 0, infinite or undefined; then ½ is added to `a` and `b` and to `m` and `n`
/// before anything is computed, so that the result is finite and leans towards 1. It is then a bound in spirit, not an
/// estimate.
///
/// # Source
///
/// Katz, Baptista, Azen & Pike (1978) Biometrics 34:469; adding ½: Walter (1975) Biometrika 62:371.
pub fn risk_ratio(first: Count, second: Count, z: f64) -> Option<Estimate> {
    first.share()?;
    second.share()?;
    let added = if first.successes == 0 || second.successes == 0 {
        0.5
    } else {
        0.0
    };
    let [a, m, b, n] = [first.successes, first.trials, second.successes, second.trials].map(|it| it as f64 + added);
    let value = (a / m) / (b / n);
    let standard_error = (1.0 / a - 1.0 / m + 1.0 / b - 1.0 / n).max(0.0).sqrt();
    let factor = libm::exp(z * standard_error);
    Some(Estimate {
        value,
        lower: value / factor,
        upper: value * factor,
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Z_95, assert_close};
    use super::*;

    /// Placebo against aspirin in the Physicians' Health Study: 189 of 11,034 and 104 of 11,037 had an infarction;
    /// Agresti (2007) An Introduction to Categorical Data Analysis, 2.3: relative risk 1.82, 95 % interval 1.43 to 2.30.
    #[test]
    fn reproduces_the_aspirin_study() {
        let placebo = Count {
            successes: 189,
            trials: 11_034,
        };
        let aspirin = Count {
            successes: 104,
            trials: 11_037,
        };
        let ratio = risk_ratio(placebo, aspirin, Z_95).unwrap();
        assert_close(ratio.value, 1.82, 0.005);
        assert_close(ratio.lower, 1.43, 0.005);
        assert_close(ratio.upper, 2.30, 0.01);
    }

    /// By hand: 0 of 9 against 2 of 9 becomes (0.5/9.5) / (2.5/9.5) = 0.2.
    #[test]
    fn nobody_on_one_side_gives_a_finite_ratio() {
        let none = Count {
            successes: 0,
            trials: 9,
        };
        let two = Count {
            successes: 2,
            trials: 9,
        };
        assert_close(risk_ratio(none, two, Z_95).unwrap().value, 0.2, 1e-15);
        assert_close(risk_ratio(two, none, Z_95).unwrap().value, 5.0, 1e-14);
        assert_close(risk_ratio(none, none, Z_95).unwrap().value, 1.0, 0.0);
        let nobody = Count {
            successes: 0,
            trials: 0,
        };
        assert_eq!(risk_ratio(nobody, two, Z_95), None);
    }
}

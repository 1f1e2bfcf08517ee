//! The regularised incomplete beta function, on which the tail of Student's t rests.

/// Terms of the continued fraction at most; it takes about as many as the root of the larger shape.
const MOST_TERMS: u32 = 100_000;

/// A term that changes the fraction by less than this was the last.
const CLOSE: f64 = 1e-15;

/// What takes the place of a denominator of 0.
const TINY: f64 = 1e-300;

/// The share of a beta distribution that lies below `x`.
///
/// ```text
/// I(x; a, b) = xᵃ (1 − x)ᵇ / (a B(a, b)) · 1/(1 + d₁/(1 + d₂/(1 + …)))
/// d₂ₘ₊₁ = −(a + m)(a + b + m) x / ((a + 2m)(a + 2m + 1)),   d₂ₘ = m (b − m) x / ((a + 2m − 1)(a + 2m))
/// ```
///
/// | symbol | argument | meaning                    | unit | range    |
/// |--------|----------|----------------------------|------|----------|
/// | `x`    | `x`      | where the share is read    | 1    | \[0, 1\] |
/// | `a, b` | `a`, `b` | shapes of the distribution | 1    | > 0      |
/// | `B`    |          | beta function              |      |          |
///
/// # Limits
///
/// 0 at 0, 1 at 1; `I(x; a, b) = 1 − I(1 − x; b, a)`, which is used beyond the mean, where the fraction is slow.
///
/// # Source
///
/// NIST Digital Library of Mathematical Functions 8.17.22 and 8.17.4; the fraction by Lentz's method, as modified by
/// Thompson & Barnett (1986) Journal of Computational Physics 64:490.
pub fn incomplete_beta(x: f64, a: f64, b: f64) -> f64 {
    debug_assert!((0.0..=1.0).contains(&x) && a > 0.0 && b > 0.0, "x {x}, a {a}, b {b}");
    if x <= 0.0 || x >= 1.0 {
        return x;
    }
    if x > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - below_mean(1.0 - x, b, a);
    }
    below_mean(x, a, b)
}

fn below_mean(x: f64, a: f64, b: f64) -> f64 {
    let log_beta = libm::lgamma(a) + libm::lgamma(b) - libm::lgamma(a + b);
    let front = libm::exp(a * libm::log(x) + b * libm::log1p(-x) - log_beta) / a;
    front / fraction(x, a, b)
}

/// `1 + d₁/(1 + d₂/(1 + …))`.
fn fraction(x: f64, a: f64, b: f64) -> f64 {
    let apart = |it: f64| if it.abs() < TINY { TINY } else { it };
    let (mut value, mut above, mut below) = (1.0, 1.0, 0.0);
    for term in 1..=MOST_TERMS {
        let m = f64::from(term / 2);
        let d = if term % 2 == 1 {
            -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0))
        } else {
            m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m))
        };
        above = apart(1.0 + d / above);
        below = 1.0 / apart(1.0 + d * below);
        let factor = above * below;
        value *= factor;
        if (factor - 1.0).abs() < CLOSE {
            break;
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::super::{assert_close, power};
    use super::*;

    #[test]
    fn has_the_closed_forms_of_a_shape_of_one() {
        for x in [0.0, 1e-9, 0.1, 0.5, 0.73, 0.999, 1.0] {
            for shape in [0.5, 1.0, 2.0, 7.5, 400.0] {
                assert_close(incomplete_beta(x, shape, 1.0), libm::pow(x, shape), 1e-13);
                assert_close(incomplete_beta(x, 1.0, shape), 1.0 - libm::pow(1.0 - x, shape), 1e-13);
            }
        }
    }

    #[test]
    fn is_the_arcsine_law_for_two_halves() {
        for x in [0.01, 0.25, 0.5, 0.9] {
            let law = libm::asin(f64::sqrt(x)) / std::f64::consts::FRAC_PI_2;
            assert_close(incomplete_beta(x, 0.5, 0.5), law, 1e-13);
        }
    }

    #[test]
    fn half_lies_below_the_middle_of_equal_shapes() {
        for shape in [0.5, 3.0, 80.0, 1e5] {
            assert_close(incomplete_beta(0.5, shape, shape), 0.5, 1e-9);
        }
    }

    /// DLMF 8.17.5: the chance of at least m successes of n is I(p; m, n − m + 1).
    #[test]
    fn adds_up_the_binomial_law() {
        let (n, p) = (30_u32, 0.3);
        let mut choices = 1.0;
        let law: Vec<f64> = (0..=n)
            .map(|k| {
                let chance = choices * power(p, k) * power(1.0 - p, n - k);
                choices *= f64::from(n - k) / f64::from(k + 1);
                chance
            })
            .collect();
        for m in 1..=n {
            let at_least: f64 = law[m as usize..].iter().sum();
            let found = incomplete_beta(p, f64::from(m), f64::from(n - m + 1));
            assert_close(found / at_least, 1.0, 1e-12);
        }
    }
}

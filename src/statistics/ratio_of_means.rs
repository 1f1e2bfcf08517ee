//! What part one difference is of another, both taken of the same people.

use super::Estimate;
use serde::{Deserialize, Serialize};

/// Means, variances and covariance of two numbers of the same people, added one by one or in parts.
///
/// # Source
///
/// The update of Welford (1962) for two variables, joined in parts after Chan, Golub & LeVeque (1983); see [`Moments`](super::Moments).
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Paired {
    count: u64,
    mean: [f64; 2],
    /// Sums of squared deviations of the first, of the second, and of their products.
    sums: [f64; 3],
}

impl Paired {
    /// Adds a person.
    pub fn push(&mut self, first: f64, second: f64) {
        self.merge(&Self {
            count: 1,
            mean: [first, second],
            sums: [0.0; 3],
        });
    }

    /// Adds all that another has seen.
    pub fn merge(&mut self, other: &Self) {
        if other.count == 0 {
            return;
        }
        let (own, others) = (self.count as f64, other.count as f64);
        let apart = [other.mean[0] - self.mean[0], other.mean[1] - self.mean[1]];
        let weight = own * others / (own + others);
        let products = [apart[0] * apart[0], apart[1] * apart[1], apart[0] * apart[1]];
        for ((sum, others_sum), product) in self.sums.iter_mut().zip(other.sums).zip(products) {
            *sum += others_sum + product * weight;
        }
        for (mean, apart) in self.mean.iter_mut().zip(apart) {
            *mean += apart * (others / (own + others));
        }
        self.count += other.count;
    }

    /// How many people were seen.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The mean of the first number with its interval, `m ± z · SE`; none of fewer than two people.
    pub fn first(&self, z: f64) -> Option<Estimate> {
        let [variance, ..] = self.variances_of_means()?;
        Some(around(self.mean[0], z * variance.sqrt()))
    }

    /// The mean of the first number minus that of the second, with its interval; none of fewer than two people.
    pub fn difference(&self, z: f64) -> Option<Estimate> {
        let [first, second, both] = self.variances_of_means()?;
        let variance = (first + second - 2.0 * both).max(0.0);
        Some(around(self.mean[0] - self.mean[1], z * variance.sqrt()))
    }

    /// The mean of the first number over that of the second, with Fieller's interval; none where the second cannot be told from 0.
    ///
    /// ```text
    /// g = z² s₂₂ / m₂²,   R = m₁ / m₂
    /// limits ( R − g s₁₂/s₂₂ ± (z/m₂) √(s₁₁ − 2 R s₁₂ + R² s₂₂ − g (s₁₁ − s₁₂²/s₂₂)) ) / (1 − g)
    /// ```
    ///
    /// | symbol          | meaning                                              |
    /// |-----------------|------------------------------------------------------|
    /// | `m₁, m₂`        | the two means                                        |
    /// | `s₁₁, s₂₂, s₁₂` | variances of the means, and their covariance         |
    /// | `g`             | below 1 where the interval of `m₂` does not contain 0 |
    ///
    /// # Source
    ///
    /// Fieller (1954) Journal of the Royal Statistical Society B 16:175.
    pub fn ratio(&self, z: f64) -> Option<Estimate> {
        let [first, second, both] = self.variances_of_means()?;
        let [numerator, denominator] = self.mean;
        if denominator == 0.0 {
            return None;
        }
        let value = numerator / denominator;
        let g = z * z * second / (denominator * denominator);
        if g >= 1.0 {
            return None;
        }
        let (slope, explained) = if second > 0.0 {
            (both / second, both * both / second)
        } else {
            (0.0, 0.0)
        };
        let inside = first - 2.0 * value * both + value * value * second - g * (first - explained);
        let reach = z / denominator.abs() * inside.max(0.0).sqrt();
        let centre = value - g * slope;
        Some(Estimate {
            value,
            // Rounding must not put the value outside.
            lower: ((centre - reach) / (1.0 - g)).min(value),
            upper: ((centre + reach) / (1.0 - g)).max(value),
        })
    }

    fn variances_of_means(&self) -> Option<[f64; 3]> {
        (self.count > 1).then(|| {
            let count = self.count as f64;
            self.sums.map(|it| it / ((count - 1.0) * count))
        })
    }
}

fn around(value: f64, reach: f64) -> Estimate {
    Estimate {
        value,
        lower: value - reach,
        upper: value + reach,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Moments, Z_95, assert_close};
    use super::*;

    fn paired(values: &[(f64, f64)]) -> Paired {
        let mut paired = Paired::default();
        for (first, second) in values {
            paired.push(*first, *second);
        }
        paired
    }

    /// Pairs without pattern.
    fn sample() -> Vec<(f64, f64)> {
        (0..200)
            .map(|it| {
                let second = 1.0 + f64::from(it % 7) * 0.3;
                (0.4 * second + f64::from(it % 5) * 0.1, second)
            })
            .collect()
    }

    #[test]
    fn means_and_differences_are_those_of_the_numbers_themselves() {
        let paired = paired(&sample());
        let differences: Moments = sample().into_iter().map(|(a, b)| a - b).collect();
        let first: Moments = sample().into_iter().map(|it| it.0).collect();
        let it = paired.difference(Z_95).unwrap();
        assert_close(it.value, differences.mean(), 1e-12);
        assert_close(it.upper - it.value, Z_95 * differences.standard_error().unwrap(), 1e-12);
        let it = paired.first(Z_95).unwrap();
        assert_close(it.upper - it.value, Z_95 * first.standard_error().unwrap(), 1e-12);
        let mut joined = Paired::default();
        for part in sample().chunks(13) {
            joined.merge(&self::paired(part));
        }
        assert_close(
            joined.ratio(Z_95).unwrap().upper,
            paired.ratio(Z_95).unwrap().upper,
            1e-12,
        );
    }

    /// Fieller's limits are the ratios r at which m₁ − r m₂ is just at z standard errors from 0.
    #[test]
    fn the_limits_solve_fiellers_equation() {
        let it = paired(&sample()).ratio(Z_95).unwrap();
        for limit in [it.lower, it.upper] {
            let residual: Moments = sample().into_iter().map(|(a, b)| a - limit * b).collect();
            assert_close((residual.mean() / residual.standard_error().unwrap()).abs(), Z_95, 1e-6);
        }
        assert!(it.lower < it.value && it.value < it.upper);
    }

    #[test]
    fn a_part_of_nothing_is_none_and_the_whole_is_one() {
        assert_eq!(paired(&[(0.0, 0.0), (0.0, 0.0)]).ratio(Z_95), None);
        assert_eq!(paired(&[(1.0, 1.0), (1.0, -1.0)]).ratio(Z_95), None);
        let same: Vec<(f64, f64)> = sample().into_iter().map(|(_, it)| (it, it)).collect();
        let whole = paired(&same).ratio(Z_95).unwrap();
        assert_close(whole.value, 1.0, 1e-12);
        assert_close(whole.upper - whole.lower, 0.0, 1e-6);
    }
}

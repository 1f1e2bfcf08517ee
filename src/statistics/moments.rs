//! Mean and spread of numbers that come one by one, or in parts.

use serde::{Deserialize, Serialize};

/// Numbers whose moments are taken together.
const FEW: usize = 64;

/// Sums that grow side by side.
const SUMS: usize = 8;

/// Mean and sum of squares about it, of numbers seen so far.
///
/// Single numbers are added by Welford's update, many by sums about the mean of each few dozen of them, and parts are joined by Chan's
/// update: all keep their digits where a sum of squares loses them. All depend on order in the last bits: whoever joins parts computed in
/// parallel joins them in a fixed order.
///
/// # Source
///
/// Welford (1962) Technometrics 4:419; Chan, Golub & LeVeque (1983) The American Statistician 37:242.
///
/// # Example
///
/// ```
/// use compassion::statistics::Moments;
///
/// let mut first: Moments = [1.0, 2.0].into_iter().collect();
/// let second: Moments = [3.0].into_iter().collect();
/// first.merge(&second);
/// assert_eq!((first.mean(), first.variance()), (2.0, Some(1.0)));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Moments {
    count: u64,
    mean: f64,
    sum_of_squares: f64,
}

impl Moments {
    /// Adds a number.
    pub fn push(&mut self, value: f64) {
        self.count += 1;
        let before = value - self.mean;
        self.mean += before / self.count as f64;
        self.sum_of_squares += before * (value - self.mean);
    }

    /// Mean and sum of squares of a few numbers, in two passes over sums that do not wait for each other.
    fn of_few(values: &[f64]) -> Self {
        let sum = |term: &dyn Fn(f64) -> f64| {
            let mut sums = [0.0; SUMS];
            for part in values.chunks(SUMS) {
                for (sum, value) in sums.iter_mut().zip(part) {
                    *sum += term(*value);
                }
            }
            sums.iter().sum::<f64>()
        };
        if values.is_empty() {
            return Self::default();
        }
        let mean = sum(&|it| it) / values.len() as f64;
        Self {
            count: values.len() as u64,
            mean,
            sum_of_squares: sum(&|it| (it - mean) * (it - mean)),
        }
    }

    /// Adds all that another has seen.
    pub fn merge(&mut self, other: &Self) {
        if other.count == 0 {
            return;
        }
        let (own, others) = (self.count as f64, other.count as f64);
        let both = own + others;
        let apart = other.mean - self.mean;
        self.count += other.count;
        self.mean += apart * (others / both);
        self.sum_of_squares += other.sum_of_squares + apart * apart * (own * others / both);
    }

    /// How many numbers were seen.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Their mean; 0 if there are none.
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// Sum of squared deviations from the mean.
    pub fn sum_of_squares(&self) -> f64 {
        self.sum_of_squares
    }

    /// Their variance, over `n − 1`; none for fewer than two numbers.
    pub fn variance(&self) -> Option<f64> {
        (self.count > 1).then(|| self.sum_of_squares / (self.count - 1) as f64)
    }

    /// Their standard deviation; none for fewer than two numbers.
    pub fn sd(&self) -> Option<f64> {
        self.variance().map(f64::sqrt)
    }

    /// Standard error of the mean; none for fewer than two numbers.
    pub fn standard_error(&self) -> Option<f64> {
        self.variance().map(|it| (it / self.count as f64).sqrt())
    }
}

impl FromIterator<f64> for Moments {
    fn from_iter<I: IntoIterator<Item = f64>>(values: I) -> Self {
        let (mut moments, mut few, mut count) = (Self::default(), [0.0; FEW], 0);
        for value in values {
            few[count] = value;
            count += 1;
            if count == FEW {
                moments.merge(&Self::of_few(&few));
                count = 0;
            }
        }
        moments.merge(&Self::of_few(&few[..count]));
        moments
    }
}

#[cfg(test)]
mod tests {
    use super::super::assert_close;
    use super::*;

    /// NIST Statistical Reference Datasets, univariate: first value, then two values in turn, 1001 in all.
    fn nist(first: f64, low: f64, high: f64) -> Vec<f64> {
        let mut values = vec![first];
        for _ in 0..500 {
            values.extend([low, high]);
        }
        values
    }

    /// Certified mean and standard deviation of NumAcc1 to NumAcc4.
    #[test]
    fn reproduces_nists_certified_values() {
        let numacc1: Moments = [10_000_001.0, 10_000_003.0, 10_000_002.0].into_iter().collect();
        assert_eq!((numacc1.mean(), numacc1.sd()), (10_000_002.0, Some(1.0)));
        for (values, mean, tolerance) in [
            (nist(1.2, 1.1, 1.3), 1.2, 1e-12),
            (nist(1_000_000.2, 1_000_000.1, 1_000_000.3), 1_000_000.2, 1e-9),
            (nist(10_000_000.2, 10_000_000.1, 10_000_000.3), 10_000_000.2, 1e-8),
        ] {
            let moments: Moments = values.into_iter().collect();
            assert_close(moments.mean(), mean, 1e-15 * mean * 10.0);
            assert_close(moments.sd().unwrap(), 0.1, tolerance);
        }
    }

    #[test]
    fn parts_join_to_the_whole() {
        let values = nist(1_000_000.2, 1_000_000.1, 1_000_000.3);
        let whole: Moments = values.iter().copied().collect();
        let mut joined = Moments::default();
        for part in values.chunks(7) {
            joined.merge(&part.iter().copied().collect());
        }
        joined.merge(&Moments::default());
        assert_eq!(joined.count(), whole.count());
        assert_close(joined.mean(), whole.mean(), 1e-8);
        assert_close(joined.sd().unwrap(), whole.sd().unwrap(), 1e-9);
    }

    #[test]
    fn one_number_has_no_spread() {
        let one: Moments = [3.0].into_iter().collect();
        assert_eq!((one.mean(), one.variance(), one.standard_error()), (3.0, None, None));
        let four: Moments = [1.0, 1.0, 3.0, 3.0].into_iter().collect();
        assert_close(four.standard_error().unwrap(), (1.0_f64 / 3.0).sqrt(), 1e-15);
    }
}

//! The tests of a difference between two shares that a study may use.

use super::{Count, difference_p, fishers_exact, squared};

/// A test of a difference between the shares of different people, two-sided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SharesTest {
    /// χ² with N − 1, Fisher's test in the smallest tables ([`difference_p()`]).
    #[default]
    Campbell,
    /// Fisher's exact test.
    Fisher,
    /// Pearson's χ², without a correction.
    ChiSquared,
}

impl SharesTest {
    /// The two-sided p of no difference; none if a side has nobody.
    ///
    /// # Source
    ///
    /// Campbell (2007) Statistics in Medicine 26:3661; Fisher (1934) Statistical Methods for Research Workers; Pearson (1900) Philosophical
    /// Magazine 50:157.
    pub fn p(self, first: Count, second: Count) -> Option<f64> {
        first.share()?;
        second.share()?;
        let cells = [
            first.successes,
            first.trials - first.successes,
            second.successes,
            second.trials - second.successes,
        ];
        match self {
            Self::Campbell => difference_p(first, second),
            Self::Fisher => Some(fishers_exact(cells)),
            Self::ChiSquared => {
                let [a, b, c, d] = cells.map(|count| count as f64);
                let margins = [a + b, c + d, a + c, b + d];
                if margins.contains(&0.0) {
                    return Some(1.0);
                }
                let chi_squared = squared(a * d - b * c) * (a + b + c + d) / margins.iter().product::<f64>();
                Some(libm::erfc((chi_squared / 2.0).sqrt()))
            }
        }
    }
}

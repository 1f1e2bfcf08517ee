//! The tests of a difference between two shares that a study may use.

use super::two_by_two::{chi_squared_p, four_cells};
use super::{Count, difference_p, fishers_exact};

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
        let cells = four_cells(first, second)?;
        match self {
            Self::Campbell => difference_p(first, second),
            Self::Fisher => Some(fishers_exact(cells)),
            Self::ChiSquared => Some(chi_squared_p(cells, cells.iter().sum::<u64>() as f64)),
        }
    }
}

//! Intervals, contrasts and effect sizes: pure functions of counts and numbers.
//!
//! | question | where |
//! |---|---|
//! | how sure is a share, or a mean? | [`wilson()`], [`mean_interval()`] |
//! | do the same people help more in one condition than in another? | [`paired_difference()`] |
//! | do different people? | [`unpaired_difference()`], of means [`difference_of_means()`] |
//! | does a difference itself differ? | [`linear_contrast()`] |
//! | would a study of so many people have told them apart? | [`difference_p()`] ([`fishers_exact()`]), [`welch_p()`] and [`paired_p()`] ([`student_p()`], [`incomplete_beta()`]) |
//! | by what factor? | [`risk_ratio()`], [`odds_ratio()`] |
//! | what part of an effect is it? | [`Paired::ratio()`] |
//! | how large is that in SD? | [`cohens_h()`], [`cohens_d()`], [`log_odds_d()`], [`standardised_difference()`] |
//! | do predictions go with what was observed? | [`pearson()`], [`concordance()`], [`deviance`], [`waic()`] |
//! | do studies differ by more than their situations say? | [`BetweenStudies`] |
//! | what is to be expected of a new study? | [`NewStudy`] |
//! | how are many numbers spread? | [`moments`], [`histogram`], [`quantile()`], [`middle_95()`] |
//! | do numbers follow a law? | [`kolmogorov_smirnov`], [`first_passage`] |
//!
//! Powers are [`squared()`], [`power()`] and [`power_of_ten()`], everything else that a processor cannot do exactly is `libm`: a system's own
//! mathematics would give another last digit elsewhere.
//!
//! Counts are `u64`. What cannot be computed (nobody was asked, nobody differs) is `None`, never NaN.

use serde::{Deserialize, Serialize};

pub mod between_studies;
pub mod cohens_d;
pub mod cohens_h;
pub mod concordance;
pub mod deviance;
pub mod first_passage;
pub mod fisher;
pub mod histogram;
pub mod incomplete_beta;
pub mod kolmogorov_smirnov;
pub mod linear_contrast;
pub mod log_odds_d;
pub mod moments;
pub mod new_study;
pub mod odds_ratio;
pub mod paired;
pub mod paired_difference;
pub mod pearson;
pub mod powers;
pub mod quantile;
pub mod ratio_of_means;
pub mod risk_ratio;
pub mod rounding;
pub mod shares_test;
mod standardised_difference;
pub mod student;
mod study_power;
pub mod two_by_two;
pub mod unpaired_difference;
pub mod waic;
pub mod welch;
pub mod wilson;

pub use between_studies::{BetweenStudies, StudyCell};
pub use cohens_d::{cohens_d, pooled_sd};
pub use cohens_h::cohens_h;
pub use concordance::concordance;
pub use deviance::{binomial_deviance, predicted_share};
pub use fisher::fishers_exact;
pub use histogram::Histogram;
pub use incomplete_beta::incomplete_beta;
pub use linear_contrast::linear_contrast;
pub use log_odds_d::log_odds_d;
pub use moments::Moments;
pub use new_study::{NewStudy, Plausible};
pub use odds_ratio::odds_ratio;
pub use paired::paired_p;
pub use paired_difference::{Joint, paired_difference};
pub use pearson::pearson;
pub use powers::{order_of_magnitude, power, power_of_ten, squared};
pub use quantile::{middle_95, quantile};
pub use ratio_of_means::Paired;
pub use risk_ratio::risk_ratio;
pub use rounding::{half_up, rounded_parts};
pub use shares_test::SharesTest;
pub use standardised_difference::{mean_interval, standardised_difference};
pub use student::{student_95, student_p};
pub use study_power::{Exaggeration, Sizes, exaggeration, paired_t_power, shares_power_by, smallest, t_power};
pub use two_by_two::difference_p;
pub use unpaired_difference::unpaired_difference;
pub use waic::{Waic, waic};
pub use welch::{difference_of_means, welch_p};
pub use wilson::wilson;

/// The standard normal quantile of a two-sided 95 % interval.
pub const Z_95: f64 = 1.959_963_984_540_054;

/// A range of values that the data do not speak against.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Interval {
    /// Lower limit.
    pub lower: f64,
    /// Upper limit.
    pub upper: f64,
}

impl Interval {
    /// Whether a value lies between the limits or on one.
    pub fn contains(&self, value: f64) -> bool {
        (self.lower..=self.upper).contains(&value)
    }
}

/// A value with its interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Estimate {
    /// The best single value.
    pub value: f64,
    /// Lower limit of the interval.
    pub lower: f64,
    /// Upper limit of the interval.
    pub upper: f64,
}

impl Estimate {
    /// The same in another unit, of which one of this has so many; a positive number.
    #[must_use]
    pub fn times(self, factor: f64) -> Self {
        Self {
            value: self.value * factor,
            lower: self.lower * factor,
            upper: self.upper * factor,
        }
    }

    /// How far the interval reaches to its farther side.
    pub fn reach(self) -> f64 {
        (self.value - self.lower).max(self.upper - self.value)
    }
}

/// So many of so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Count {
    /// How many did.
    pub successes: u64,
    /// Of how many.
    pub trials: u64,
}

impl Count {
    /// The share who did; none if nobody could.
    pub fn share(self) -> Option<f64> {
        (self.trials > 0).then(|| self.successes as f64 / self.trials as f64)
    }
}

#[cfg(test)]
fn assert_close(value: f64, expected: f64, tolerance: f64) {
    assert!(
        (value - expected).abs() <= tolerance,
        "{value} is not within {tolerance} of {expected}"
    );
}

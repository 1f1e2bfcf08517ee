//! What a measure is called, in which unit it is told, and its numbers in words.

use crate::model::situation::Situation;
use crate::registry::{Measure, Source};
use crate::scenario::Condition;
use crate::statistics::Estimate;
use crate::wording::{capital, decimal, is_zero, signed};

/// How much is said beside a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// Its interval, and up to four others by name.
    Full,
    /// The number alone and two others by name: intervals stand in the table beside it.
    Brief,
}

/// How numbers of a measure are told.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    /// What comes before conditions that have more of it.
    pub more: &'static str,
    /// What comes before those that have less.
    pub fewer: &'static str,
    factor: f64,
    decimals: usize,
    unit: &'static str,
    detail: Detail,
}

/// Shares of people, told in points of a hundred.
pub const POINTS: Scale = Scale {
    more: "more",
    fewer: "fewer",
    factor: 100.0,
    decimals: 1,
    unit: " points",
    detail: Detail::Full,
};

/// Means over people, told as they are.
const MEANS: Scale = Scale {
    more: "higher",
    fewer: "lower",
    factor: 1.0,
    decimals: 2,
    unit: "",
    detail: Detail::Full,
};

impl Scale {
    /// The scale of a measure.
    pub fn of(measure: Measure) -> Self {
        if measure.is_share() { POINTS } else { MEANS }
    }

    /// With so much said beside a difference.
    #[must_use]
    pub fn with(self, detail: Detail) -> Self {
        Self { detail, ..self }
    }

    /// How much is said beside a difference.
    pub fn detail(self) -> Detail {
        self.detail
    }

    /// How many are told by name.
    pub fn named(self) -> usize {
        match self.detail {
            Detail::Full => 4,
            Detail::Brief => 2,
        }
    }

    /// With as many decimals as it takes to tell two digits of a difference, three at most.
    #[must_use]
    pub fn fine_enough_for(self, largest: f64) -> Self {
        let is_small = largest.abs() * self.factor < 0.1;
        Self {
            decimals: self.decimals + usize::from(is_small && self.decimals < 3),
            ..self
        }
    }

    /// A number without its sign: `7.6`.
    pub fn size(self, value: f64) -> String {
        self.plain(value.abs())
    }

    /// A number as it is.
    pub fn plain(self, value: f64) -> String {
        decimal(value * self.factor, self.decimals)
    }

    /// A difference with its sign.
    pub fn signed(self, difference: f64) -> String {
        signed(difference * self.factor, self.decimals)
    }

    /// `+7.6 points, 95 % interval +7.1 to +8.2`, and shorter where the words have been said, or where the limits are told by the same digits.
    pub fn with_interval(self, it: Estimate, in_full: bool) -> String {
        let (value, lower, upper) = (self.signed(it.value), self.signed(it.lower), self.signed(it.upper));
        if self.detail == Detail::Brief || (lower == value && upper == value) {
            format!("{value}{}", if in_full { self.unit } else { "" })
        } else if in_full {
            format!("{value}{}, 95 % interval {lower} to {upper}", self.unit)
        } else {
            format!("{value}, {lower} to {upper}")
        }
    }

    /// How large differences that are not worth saying could be: `no difference larger than 2.2 points`.
    pub fn no_difference(self, differences: impl Iterator<Item = Estimate>) -> String {
        let largest = differences
            .map(|it| it.lower.abs().max(it.upper.abs()))
            .fold(0.0, f64::max);
        let largest = self.size(largest);
        if is_zero(&largest) {
            "no difference".to_owned()
        } else {
            format!("no difference larger than {largest}{}", self.unit)
        }
    }
}

/// A measure at the head of its numbers, with its unit: `Burnout in week 12 (rated from 0 to 10)`.
pub fn heading(measure: Measure, when: &str, in_condition: &Condition) -> String {
    let name = capital(measure.in_a_sentence());
    let unit = match (measure.source(), measure.row().told) {
        (Source::Amount, _) => of_endowment(&in_condition.situation),
        (_, "") => return format!("{name}{when}"),
        (_, told) => told.to_owned(),
    };
    format!("{name}{when} ({unit})")
}

/// What an amount is a part of: `of 10 USD`.
fn of_endowment(it: &Situation) -> String {
    let usual = Situation::default();
    if (it.endowment, &it.endowment_unit) == (usual.endowment, &usual.endowment_unit) {
        "share of what one could give".to_owned()
    } else {
        format!("of {} {}", it.endowment, it.endowment_unit)
    }
}

//! A number with its interval.

use super::ChartError;

/// An estimate and the interval around it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The estimate, in the unit of the chart.
    pub value: f64,
    /// Lower end of the interval, at most `value`.
    pub lower: f64,
    /// Upper end of the interval, at least `value`.
    pub upper: f64,
}

impl Estimate {
    /// Refuses an estimate that is not a share with an interval around it.
    pub(crate) fn check_share(&self, chart: &'static str, of: &str) -> Result<(), ChartError> {
        self.check(chart, of)?;
        for (what, value) in [
            ("value", self.value),
            ("lower end", self.lower),
            ("upper end", self.upper),
        ] {
            check_share(chart, what, of, value)?;
        }
        Ok(())
    }

    /// Refuses an estimate that is not finite or lies outside its own interval.
    pub(crate) fn check(&self, chart: &'static str, of: &str) -> Result<(), ChartError> {
        for (what, value) in [
            ("value", self.value),
            ("lower end", self.lower),
            ("upper end", self.upper),
        ] {
            check_finite(chart, what, of, value)?;
        }
        // Intervals at 0 and 1 come out of rounding a hair on the wrong side.
        const ROUNDING: f64 = 1e-9;
        if self.lower > self.value + ROUNDING {
            return Err(wrong(chart, "lower end", of, self.lower, "at most the value"));
        }
        if self.upper < self.value - ROUNDING {
            return Err(wrong(chart, "upper end", of, self.upper, "at least the value"));
        }
        Ok(())
    }
}

/// Refuses NaN and infinities.
pub(crate) fn check_finite(chart: &'static str, what: &'static str, of: &str, value: f64) -> Result<(), ChartError> {
    if value.is_finite() {
        Ok(())
    } else {
        Err(wrong(chart, what, of, value, "finite"))
    }
}

/// Refuses what is not in \[0, 1\].
pub(crate) fn check_share(chart: &'static str, what: &'static str, of: &str, value: f64) -> Result<(), ChartError> {
    // Shares are computed, so the last bit may be off.
    const ROUNDING: f64 = 1e-9;
    if (-ROUNDING..=1.0 + ROUNDING).contains(&value) {
        Ok(())
    } else {
        Err(wrong(chart, what, of, value, "in [0, 1]"))
    }
}

fn wrong(chart: &'static str, what: &'static str, of: &str, value: f64, allowed: &'static str) -> ChartError {
    ChartError::Value {
        chart,
        what,
        of: of.to_owned(),
        value,
        allowed,
    }
}

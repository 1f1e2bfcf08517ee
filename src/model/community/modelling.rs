//! Modelling: who has seen somebody help is a little readier to help for some days.

/// Share of the way to full readiness that one act goes which is seen.
pub const GAIN: f64 = 0.5;

/// Gain of the readiness to act where modelling is full, in SD.
pub const READINESS: f64 = 0.6;

/// Half-life of what was seen, in days.
pub const HALF_LIFE_DAYS: f64 = 2.0;

/// Modelling after help was seen, in \[0, 1\].
///
/// ```text
/// m' = m + k (1 − m)
/// ```
///
/// # Limits
///
/// Never above 1; acts in a row add less and less.
///
/// # Source
///
/// Models raise helping by g = .45 right after one act (Jung, Seo, Han, Henderson & Patall 2020, 88 studies). For how long is not known: some days are an
/// assumption. That those who watch kindness among others without getting any may help less (Chancellor et al. 2018) is not in here: its interval holds
/// no effect as well.
pub fn after_seeing(modelling: f64) -> f64 {
    modelling + GAIN * (1.0 - modelling)
}

/// Modelling a day later.
pub fn a_day_later(modelling: f64) -> f64 {
    modelling * libm::exp2(-1.0 / HALF_LIFE_DAYS)
}

/// What modelling adds to the readiness to act, in SD.
pub fn readiness(modelling: f64) -> f64 {
    READINESS * modelling
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_seen_saturates_and_fades() {
        assert_eq!((after_seeing(0.0), after_seeing(1.0)), (GAIN, 1.0));
        assert!((a_day_later(a_day_later(1.0)) - 0.5).abs() < 1e-12);
        assert_eq!((readiness(0.0), a_day_later(0.0)), (0.0, 0.0));
        assert!(readiness(after_seeing(0.0)) > 0.0);
    }
}

//! Gratitude: what being helped does to the one in need, and what being left alone does.

use crate::model::slow::Slow;

/// Gain of positive mood by being helped once, in SD.
pub const MOOD: f64 = 0.15;

/// Gain of connectedness by being helped once, in SD.
pub const CONNECTEDNESS: f64 = 0.05;

/// Share of the way to full gratitude that one act of help goes.
pub const GAIN: f64 = 0.4;

/// Gain of the compassion motive at full gratitude, in SD.
pub const WARMTH: f64 = 0.4;

/// Half-life of gratitude, in days.
pub const HALF_LIFE_DAYS: f64 = 7.0;

/// Slow states of somebody who was in need, after others have or have not helped; nothing changes where nobody was there.
///
/// ```text
/// helped:                  mood + w_m,  connectedness + w_c
/// left alone by witnesses: mood − w_m,  connectedness − w_c
/// ```
///
/// Both come back with the half-lives of these states.
///
/// # Source
///
/// Receivers of kind acts at a workplace were happier and more connected a month later (Chancellor, Margolis, Jacobs Bao & Lyubomirsky 2018); being
/// passed over by others lowers mood and belonging (Williams 2007, a review). That both weigh the same is an assumption, as are sizes.
#[must_use]
pub fn after_need(slow: &Slow, helped: bool) -> Slow {
    let sign = if helped { 1.0 } else { -1.0 };
    Slow {
        positive_mood: slow.positive_mood + sign * MOOD,
        connectedness: slow.connectedness + sign * CONNECTEDNESS,
        ..*slow
    }
}

/// Gratitude after being helped, in \[0, 1\].
///
/// ```text
/// g' = g + k (1 − g)
/// ```
///
/// # Limits
///
/// Never above 1.
///
/// # Source
///
/// Receivers of kind acts paid on nearly three times as many of them as controls (Chancellor et al. 2018); help given after help received is among the
/// better documented effects of gratitude (Ma, Tunney & Ferguson 2017: r = .37 over 91 studies). Form and size are assumptions.
pub fn after_help(gratitude: f64) -> f64 {
    gratitude + GAIN * (1.0 - gratitude)
}

/// Gratitude a day later.
pub fn a_day_later(gratitude: f64) -> f64 {
    gratitude * libm::exp2(-1.0 / HALF_LIFE_DAYS)
}

/// What gratitude adds to the compassion motive, in SD.
pub fn warmth(gratitude: f64) -> f64 {
    WARMTH * gratitude
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_lifts_and_being_left_alone_lowers_by_as_much() {
        let slow = Slow::default();
        let (up, down) = (after_need(&slow, true), after_need(&slow, false));
        assert!(up.positive_mood > 0.0 && up.connectedness > 0.0);
        assert_eq!(
            (up.positive_mood, up.connectedness),
            (-down.positive_mood, -down.connectedness)
        );
        assert_eq!(after_need(&up, false), Slow::default());
    }

    #[test]
    fn gratitude_saturates_and_fades() {
        assert_eq!((after_help(0.0), after_help(1.0)), (GAIN, 1.0));
        let mut week = 1.0;
        for _ in 0..7 {
            week = a_day_later(week);
        }
        assert!((week - 0.5).abs() < 1e-12);
        assert_eq!((warmth(0.0), a_day_later(0.0)), (0.0, 0.0));
    }
}

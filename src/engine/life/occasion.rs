//! When an encounter takes place: each has a number of its own, by which its luck is drawn.
//!
//! A number tells what the encounter is and when, and never how many there were before, so that no measurement, shift or need changes what comes
//! after it.

use super::DAYS_PER_WEEK;

/// What an encounter is, and when.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Occasion {
    /// The scene, measured in a week (with parts of weeks).
    Scene { week: f64 },
    /// Everyday life in a week.
    Everyday { week: u32 },
    /// Everyday life in a week before the first practice, the earliest first.
    EverydayBefore { week: u32 },
    /// An encounter of the shifts of a week, by its place in the row.
    Shift { week: u32, place: u32 },
    /// As [`Occasion::Shift`], in a week before the first practice.
    ShiftBefore { week: u32, place: u32 },
    /// The needs of a community on a day, counted from the first that was lived.
    Need { day: u32 },
    /// A round of an exchange, from 0.
    Round { number: u32 },
}

/// Encounters of a shift at most (`exposures.count` is at most as many).
const SHIFT: u32 = 1_000;

/// The numbers of each kind begin here; all are below 2²⁴.
const EVERYDAY: u32 = 1_000_000;
const EVERYDAY_BEFORE: u32 = 1_010_000;
const SHIFT_BEFORE: u32 = 1_100_000;
const SHIFTS: u32 = 2_000_000;
const NEEDS: u32 = 8_000_000;
const ROUNDS: u32 = 9_000_000;

impl Occasion {
    /// The number of the encounter; 0 is the scene of a protocol without weeks.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a century has fewer than a million hours"
    )]
    pub fn number(self) -> u32 {
        match self {
            // By the hour.
            Self::Scene { week } => 1 + (week * f64::from(24 * DAYS_PER_WEEK)).round() as u32,
            Self::Everyday { week } => EVERYDAY + week,
            Self::EverydayBefore { week } => EVERYDAY_BEFORE + week,
            Self::Shift { week, place } => SHIFTS + week * SHIFT + place,
            Self::ShiftBefore { week, place } => SHIFT_BEFORE + week * SHIFT + place,
            Self::Need { day } => NEEDS + day,
            Self::Round { number } => ROUNDS + number,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::PAST_WEEKS;
    use super::*;
    use crate::scenario::keys::{MOST_COMMUNITY_WEEKS, MOST_EXPOSURES, MOST_ROUNDS, MOST_WEEKS};

    /// The longest permitted protocol: a century with the most encounters in a row on each day, measured by the hour, and the longest community.
    #[test]
    fn no_two_encounters_of_the_longest_protocol_meet() {
        let weeks = MOST_WEEKS as u32;
        let last_place = MOST_EXPOSURES as u32 - 1;
        let days = (MOST_COMMUNITY_WEEKS as u32 + PAST_WEEKS) * DAYS_PER_WEEK;
        let before = PAST_WEEKS - 1;
        let mut ranges = [
            [Occasion::Scene { week: 0.0 }, Occasion::Scene { week: MOST_WEEKS }],
            [Occasion::Everyday { week: 0 }, Occasion::Everyday { week: weeks }],
            [
                Occasion::EverydayBefore { week: 0 },
                Occasion::EverydayBefore { week: before },
            ],
            [
                Occasion::Shift { week: 0, place: 0 },
                Occasion::Shift {
                    week: weeks,
                    place: last_place,
                },
            ],
            [
                Occasion::ShiftBefore { week: 0, place: 0 },
                Occasion::ShiftBefore {
                    week: before,
                    place: last_place,
                },
            ],
            [Occasion::Need { day: 0 }, Occasion::Need { day: days }],
            [
                Occasion::Round { number: 0 },
                Occasion::Round {
                    number: MOST_ROUNDS as u32,
                },
            ],
        ]
        .map(|range| range.map(Occasion::number));
        ranges.sort_unstable();
        assert!(ranges[0][0] > 0, "0 is the scene of a protocol without weeks");
        for pair in ranges.windows(2) {
            assert!(pair[0][1] < pair[1][0], "{pair:?}");
        }
        assert!(ranges.last().is_some_and(|range| range[1] < 1 << 24), "{ranges:?}");
    }

    #[test]
    fn shifts_of_two_weeks_never_meet() {
        let last = Occasion::Shift {
            week: 0,
            place: MOST_EXPOSURES as u32 - 1,
        };
        assert!(last.number() < Occasion::Shift { week: 1, place: 0 }.number());
        let last = Occasion::ShiftBefore {
            week: 0,
            place: MOST_EXPOSURES as u32 - 1,
        };
        assert!(last.number() < Occasion::ShiftBefore { week: 1, place: 0 }.number());
    }
}

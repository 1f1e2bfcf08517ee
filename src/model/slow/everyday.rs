//! Everyday life: how many people in need one meets, and what an encounter leaves behind.

use serde::{Deserialize, Serialize};

/// Parameters of everyday life.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameters {
    /// People in need met on a day.
    pub encounters_per_day: f64,
    /// Days a week on which those who have shifts work.
    pub shifts_per_week: f64,
    /// Minutes for which feelings outlast an encounter.
    pub aftermath_minutes: f64,
    /// Half-life with which weeks of fatigue become exhaustion, and warm help satisfaction, in days.
    pub memory_half_life_days: f64,
    /// Compassion of an act of help at which half of its satisfaction is reached.
    pub satisfaction_at: f64,
}

/// What encounters leave behind: of one encounter, or of a day.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Load {
    /// Personal distress times the minutes it lasted.
    pub distress_minutes: f64,
    /// Compassion times the minutes it lasted.
    pub compassion_minutes: f64,
    /// Acts of help.
    pub help: f64,
    /// Acts of help, each weighed by the warmth in it, from 0 to 1.
    pub warm_help: f64,
}

impl Load {
    /// What an encounter leaves behind.
    ///
    /// Feelings last until the decision and for a while after it; help gives satisfaction as far as it was moved by compassion, `c/(c + c₅₀)`.
    ///
    /// # Source
    ///
    /// Compassion satisfaction goes with concern, burnout with personal distress: `gleichgerrcht2013`. Emotions outlast their cause:
    /// `verduyn2015`. Minutes and form are assumptions.
    pub fn of_encounter(parameters: &Parameters, distress: f64, compassion: f64, helped: bool, seconds: f64) -> Self {
        let minutes = seconds / 60.0 + parameters.aftermath_minutes;
        let help = f64::from(u8::from(helped));
        Self {
            distress_minutes: distress * minutes,
            compassion_minutes: compassion * minutes,
            help,
            warm_help: help * compassion / (compassion + parameters.satisfaction_at),
        }
    }

    /// So many times this load.
    #[must_use]
    pub fn times(self, count: f64) -> Self {
        Self {
            distress_minutes: self.distress_minutes * count,
            compassion_minutes: self.compassion_minutes * count,
            help: self.help * count,
            warm_help: self.warm_help * count,
        }
    }

    /// Both loads.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            distress_minutes: self.distress_minutes + other.distress_minutes,
            compassion_minutes: self.compassion_minutes + other.compassion_minutes,
            help: self.help + other.help,
            warm_help: self.warm_help + other.warm_help,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: distress .3 for half a minute and ten more is 3.15; help at a compassion of c₅₀ is worth one half.
    #[test]
    fn feelings_last_and_warm_help_satisfies() {
        let p = Parameters {
            aftermath_minutes: 10.0,
            satisfaction_at: 0.4,
            ..crate::parameters::shipped().everyday
        };
        let load = Load::of_encounter(&p, 0.3, 0.4, true, 30.0);
        assert!((load.distress_minutes - 3.15).abs() < 1e-12 && (load.compassion_minutes - 4.2).abs() < 1e-12);
        assert!((load.warm_help - 0.5).abs() < 1e-12);
        assert_eq!(Load::of_encounter(&p, 0.3, 0.4, false, 30.0).warm_help, 0.0);
        assert_eq!(load.plus(load), load.times(2.0));
    }
}

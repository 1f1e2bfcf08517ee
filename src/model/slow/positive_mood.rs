//! Positive mood: raised by helping, by warm moments and by practising kindness; the first link of the virtuous circle.

use serde::{Deserialize, Serialize};

/// Parameters of positive mood.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameters {
    /// Half-life without anything that raises it, in days.
    pub half_life_days: f64,
    /// Gain for each e-fold of one plus the acts of help a day, from the usual, in SD.
    pub helping_weight: f64,
    /// Gain for each e-fold of one plus the minutes a day at a compassion of 1, from the usual, in SD.
    pub warmth_weight: f64,
    /// Gain for each hour a day of practice by somebody whose compassion motive has gained 1 SD, in SD.
    pub practice_weight: f64,
    /// Gain of that for each SD of vagal tone, as a share.
    pub vagal_moderation: f64,
}

/// What positive mood moves towards, in SD from the norm.
///
/// ```text
/// m* = own mood + w_h · help + w_w · warmth + w_p · practice · max(0, 1 + w_v · vagal tone)
/// ```
///
/// `help` and `warmth` are logarithms, ln(1 + today) − ln(1 + usual): a day with many encounters changes less than in proportion.
/// `practice` is hours a day times what the compassion motive has gained: an hour gives more to the skilled, so the return grows in the
/// first weeks.
///
/// # Source
///
/// `fredrickson2008`, `fredrickson2017`: loving-kindness raises positive emotion by dose. `kok2013`: more where vagal tone is high (arrow 21).
/// Helping: article 1. Sizes are assumptions, kept weak.
pub fn target(parameters: &Parameters, own: f64, help: f64, warmth: f64, practice: f64, vagal_tone: f64) -> f64 {
    let p = parameters;
    let eased = (1.0 + p.vagal_moderation * vagal_tone).max(0.0);
    own + p.helping_weight * help + p.warmth_weight * warmth + p.practice_weight * practice * eased
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn helping_warmth_and_practice_raise_it_and_vagal_tone_eases_practice() {
        let p = crate::parameters::shipped().positive_mood;
        assert_eq!(
            target(&p, 0.3, 0.0, 0.0, 0.0, 2.0),
            0.3,
            "without practice vagal tone does nothing"
        );
        assert!(target(&p, 0.0, 1.0, 0.0, 0.0, 0.0) > 0.0 && target(&p, 0.0, 0.0, 1.0, 0.0, 0.0) > 0.0);
        assert!(target(&p, 0.0, 0.0, 0.0, 0.2, 1.0) > target(&p, 0.0, 0.0, 0.0, 0.2, -1.0));
        assert_eq!(target(&p, 0.0, 0.0, 0.0, 0.2, -1e9), 0.0);
    }
}

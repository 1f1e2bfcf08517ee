//! Low mood: how it departs from what a person tends to, by inflammation, felt isolation, distress and the lack of positive mood.

use serde::{Deserialize, Serialize};

/// Parameters of low mood.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameters {
    /// Half-life of a deviation, in days.
    pub half_life_days: f64,
    /// Gain for each SD of inflammation, in SD.
    pub inflammation_weight: f64,
    /// Gain for each SD of felt isolation, in SD.
    pub isolation_weight: f64,
    /// Loss for each SD of positive mood, in SD.
    pub positive_mood_weight: f64,
    /// Gain for each e-fold of one plus the minutes a day at a distress of 1, from the usual, in SD.
    pub distress_weight: f64,
}

/// What the deviation of low mood from the person's own moves towards, in SD.
///
/// ```text
/// l* = w_i · inflammation − w_n · felt connectedness − w_m · positive mood + w_d · distress
/// ```
///
/// `distress` is ln(1 + minutes at a distress of 1) − ln(1 + usual).
///
/// # Source
///
/// Inflammation lowers mood, mostly through felt isolation: `eisenberger2010`. Positive emotion relieves depression: `fredrickson2008`.
/// Empathic distress weighs on mood: `klimecki2014`. Sizes are assumptions, kept weak.
pub fn target(
    parameters: &Parameters,
    inflammation: f64,
    felt_connectedness: f64,
    positive_mood: f64,
    distress: f64,
) -> f64 {
    parameters.inflammation_weight * inflammation
        - parameters.isolation_weight * felt_connectedness
        - parameters.positive_mood_weight * positive_mood
        + parameters.distress_weight * distress
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inflammation_isolation_and_distress_lower_mood_and_good_moments_lift_it() {
        let p = crate::parameters::shipped().low_mood;
        assert_eq!(target(&p, 0.0, 0.0, 0.0, 0.0), 0.0);
        assert!(target(&p, 1.0, 0.0, 0.0, 0.0) > 0.0 && target(&p, 0.0, -1.0, 0.0, 0.0) > 0.0);
        assert!(target(&p, 0.0, 0.0, 0.0, 1.0) > 0.0 && target(&p, 0.0, 0.0, 1.0, 0.0) < 0.0);
    }
}

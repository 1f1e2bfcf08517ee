//! Vagal tone: how it departs from what a person tends to, by connectedness; and what it gives to compassion.

use serde::{Deserialize, Serialize};

/// Parameters of vagal tone over weeks.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameters {
    /// Half-life of a deviation, in days.
    pub half_life_days: f64,
    /// Gain for each SD of connectedness beyond the network, in SD.
    pub connectedness_weight: f64,
    /// Gain of the compassion motive for each SD of deviation, in SD.
    pub compassion_weight: f64,
}

/// What the deviation of vagal tone from the person's own moves towards, in SD.
///
/// ```text
/// v* = w_n · (connectedness − network)
/// ```
///
/// # Source
///
/// Rising connectedness raises resting vagal tone: `kok2013` (arrow 20), disputed, so weak.
pub fn target(parameters: &Parameters, beyond_network: f64) -> f64 {
    parameters.connectedness_weight * beyond_network
}

/// What a deviation of vagal tone adds to the compassion motive, in SD.
///
/// # Source
///
/// Compassion relies on parasympathetic damping of the response to suffering: `mascaro2015` (arrow 19). The size is an assumption, kept weak.
pub fn warmth(parameters: &Parameters, deviation: f64) -> f64 {
    parameters.compassion_weight * deviation
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_raise_it_and_it_warms() {
        let p = crate::parameters::shipped().vagal_tone;
        assert_eq!((target(&p, 0.0), warmth(&p, 0.0)), (0.0, 0.0));
        assert!(target(&p, 1.0) > 0.0 && warmth(&p, 1.0) > 0.0);
    }
}

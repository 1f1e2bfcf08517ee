//! Connectedness: what the network gives, raised by positive mood and by helping; felt less by the inflamed.

use serde::{Deserialize, Serialize};

/// Parameters of connectedness.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameters {
    /// Half-life of what goes beyond the network, in days.
    pub half_life_days: f64,
    /// Gain for each SD of positive mood, in SD.
    pub mood_weight: f64,
    /// Gain for each e-fold of one plus the acts of help a day, from the usual, in SD.
    pub helping_weight: f64,
    /// Loss of felt connectedness for each SD of inflammation, in SD.
    pub inflammation_weight: f64,
}

/// What connectedness moves towards, in SD from the norm.
///
/// ```text
/// n* = network + w_m · positive mood + w_h · help
/// ```
///
/// `help` is ln(1 + acts of help today) − ln(1 + usual).
///
/// # Source
///
/// Positive emotion raises connectedness: `kok2013` (arrow 20). Helping ties people together: article 1. Sizes are assumptions, kept weak.
pub fn target(parameters: &Parameters, network: f64, positive_mood: f64, help: f64) -> f64 {
    network + parameters.mood_weight * positive_mood + parameters.helping_weight * help
}

/// Connectedness as it is felt, in SD from the norm.
///
/// ```text
/// felt = n − w_i · inflammation
/// ```
///
/// # Source
///
/// Immune signalling increases feelings of isolation: `eisenberger2010` (arrow 33).
pub fn felt(parameters: &Parameters, connectedness: f64, inflammation: f64) -> f64 {
    connectedness - parameters.inflammation_weight * inflammation
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mood_and_helping_tie_and_inflammation_isolates() {
        let p = crate::parameters::shipped().connectedness;
        assert_eq!(target(&p, -1.0, 0.0, 0.0), -1.0);
        assert!(target(&p, 0.0, 1.0, 0.0) > 0.0 && target(&p, 0.0, 0.0, 1.0) > 0.0);
        assert!(felt(&p, 0.0, 1.0) < 0.0);
        assert_eq!(felt(&p, 0.4, 0.0), 0.4);
    }
}

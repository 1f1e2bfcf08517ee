//! Oxytocin tone: follows warm contact.

use serde::{Deserialize, Serialize};

/// Parameters of oxytocin tone.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameters {
    /// Half-life of a deviation, in days.
    pub half_life_days: f64,
    /// Gain for each e-fold of one plus the minutes a day at a compassion of 1, from the usual, in SD.
    pub contact_weight: f64,
}

/// What oxytocin tone moves towards, in SD from the norm.
///
/// ```text
/// x* = own tone + w_c · warmth
/// ```
///
/// `warmth` is ln(1 + minutes at a compassion of 1) − ln(1 + usual).
///
/// # Source
///
/// Design: oxytocin tone follows warm contact. `mascaro2015`: no evidence that practice itself alters the oxytocin system, so practice has
/// no arrow of its own here. The size is an assumption, kept weak.
pub fn target(parameters: &Parameters, own: f64, warmth: f64) -> f64 {
    own + parameters.contact_weight * warmth
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn warm_contact_raises_it() {
        let p = crate::parameters::shipped().oxytocin;
        assert_eq!(target(&p, 0.5, 0.0), 0.5);
        assert!(target(&p, 0.0, 1.0) > 0.0);
    }
}

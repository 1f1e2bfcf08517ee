//! Empathic distress fatigue: distress spends regulation; compassion and rest restore it.

use crate::lanes::{Real, functions::exp};
use serde::{Deserialize, Serialize};

/// Parameters of fatigue.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameters {
    /// Fatigue for each minute at a distress of 1.
    pub per_distress_minute: f64,
    /// Recovery for each minute at a compassion of 1.
    pub recovery_per_compassion_minute: f64,
    /// Half-life of fatigue at rest, in hours.
    pub half_life_hours: f64,
    /// Loss of regulation at full fatigue, as a share.
    pub regulation_loss: f64,
    /// Loss of attention at full fatigue, as a logit.
    pub attention_loss: f64,
}

/// Fatigue after an encounter and the rest that follows, in \[0, 1\].
///
/// ```text
/// f' = clamp(f + (1 − f) · (1 − exp(−k_d · D)) − f · (1 − exp(−k_c · C))) · 2^(−rest/half-life)
/// ```
///
/// `D` and `C` are distress and compassion, each times the minutes they lasted.
///
/// # Limits
///
/// Unchanged without distress, compassion and rest; rises with distress, falls with compassion and rest; never leaves \[0, 1\].
///
/// # Source
///
/// "Empathic distress fatigue" (`klimecki2014`; article 1): chronic sharing without care depletes, care restores. Rates are assumptions.
#[inline(always)]
pub fn after<R: Real>(fatigue: R, distress_load: R, compassion_load: R, kept_over_rest: R) -> R {
    let gained = (R::one() - fatigue) * (R::one() - exp(-distress_load));
    let restored = fatigue * (R::one() - exp(-compassion_load));
    (fatigue + gained - restored).positive_part().min(R::one()) * kept_over_rest
}

/// How much less distress tires for each SD of felt connectedness, on a log scale.
///
/// A constant and no parameter: no published cell lasts longer than a scene, so that no fit could tell it. An assumption, kept weak.
pub const SUPPORT: f64 = 0.2;

/// How much more than usually distress tires somebody whom few support.
///
/// ```text
/// exp(−w · felt connectedness)
/// ```
///
/// 1 for people as connected as the norm; `w` is [`SUPPORT`], or 0 where the link is switched off.
///
/// # Source
///
/// Volunteers in demanding roles burn out where support is low (`nichol2023`, an umbrella review; no size). The form is an assumption.
pub fn unsupported(support: f64, felt_connectedness: f64) -> f64 {
    libm::exp(-support * felt_connectedness)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn support_carries_part_of_the_distress() {
        assert_eq!(unsupported(SUPPORT, 0.0), 1.0);
        assert!(unsupported(SUPPORT, -2.0) > 1.4 && unsupported(SUPPORT, 1.0) < 1.0);
        assert_eq!(unsupported(0.0, -2.0), 1.0);
    }

    #[test]
    fn nothing_changes_without_load_and_rest() {
        assert_eq!(after(0.3, 0.0, 0.0, 1.0), 0.3);
        assert_eq!(after(0.0, 0.0, 5.0, 1.0), 0.0);
    }

    #[test]
    fn distress_tires_and_compassion_and_rest_restore() {
        assert!(after(0.3, 0.2, 0.0, 1.0) > 0.3);
        assert!(after(0.3, 0.0, 0.2, 1.0) < 0.3);
        assert_eq!(after(0.3, 0.0, 0.0, 0.5), 0.15);
    }

    #[test]
    fn fatigue_never_leaves_its_range() {
        for (fatigue, distress, compassion) in [(0.0, 80.0, 0.0), (1.0, 80.0, 0.0), (1.0, 0.0, 80.0), (0.5, 80.0, 80.0)]
        {
            let value: f64 = after(fatigue, distress, compassion, 1.0);
            assert!((0.0..=1.0).contains(&value), "{value}");
        }
    }
}

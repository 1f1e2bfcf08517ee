//! What questionnaires show of the slow states: burnout, satisfaction, and the benefits that article 1 names.
//!
//! Read out, and nothing reads them: no benefit is wired in.
//!
//! Scores in SD come with the reliability of other questionnaires; ratings run from 0 to 10 with an error of their own.

use super::Slow;
use crate::model::ratings;
use crate::registry::Readout;
use serde::{Deserialize, Serialize};

/// Parameters of the questionnaires.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameters {
    /// Share of a score's variance that is not measurement error.
    pub reliability: f64,
    /// Measurement error of burnout, fatigue and satisfaction, in points from 0 to 10.
    pub error_sd: f64,
    /// How fast ratings of fatigue and burnout fill their scale.
    pub fatigue_sensitivity: f64,
    /// How fast ratings of compassion satisfaction fill their scale with the square root of warm acts of help a day.
    pub satisfaction_sensitivity: f64,
}

/// What the readouts need of a person beside the slow states.
#[derive(Debug, Clone, Copy)]
pub struct Seen {
    /// Connectedness as it is felt, in SD.
    pub felt_connectedness: f64,
    /// Low mood, trait and deviation, in SD.
    pub low_mood: f64,
    /// Vagal tone, trait and deviation, in SD.
    pub vagal_tone: f64,
    /// Distress that a usual day leaves behind, and satisfaction.
    pub usual_distress: f64,
    /// Warm help of a usual day.
    pub usual_warm_help: f64,
}

/// The readouts of a person; `errors` are standard normal, one for each of [`Readout::ALL`].
///
/// | readout | from |
/// |---|---|
/// | burnout, fatigue | exhaustion of weeks, fatigue of today: `10 (1 − exp(−k x))` |
/// | compassion satisfaction | warm acts of help a day: `10 (1 − exp(−k √x))` |
/// | connectedness, positive mood, low mood | the state of that name |
/// | belonging | connectedness as it is felt |
/// | stress | low mood, distress of the past weeks beyond the usual and fatigue, less oxytocin tone |
/// | resilience (return after a bad day) | vagal tone and positive mood, less exhaustion |
/// | meaning (helping in line with one's motive) | warm acts of help beyond the usual, and positive mood |
/// | physical health | −inflammation |
/// | support received | connectedness, and what helping others ties |
pub fn read(
    parameters: &Parameters,
    slow: &Slow,
    seen: &Seen,
    errors: &[f64; Readout::COUNT],
) -> [f64; Readout::COUNT] {
    let p = parameters;
    let (signal, noise) = (p.reliability.sqrt(), (1.0 - p.reliability).sqrt());
    let distress = slow.distress - seen.usual_distress;
    let warm = slow.satisfaction - seen.usual_warm_help;
    let rating = |feeling: f64, sensitivity: f64| ratings::rating(feeling, sensitivity);
    let latent = [
        rating(slow.exhaustion, p.fatigue_sensitivity),
        rating(slow.satisfaction.max(0.0).sqrt(), p.satisfaction_sensitivity),
        rating(slow.fatigue, p.fatigue_sensitivity),
        slow.connectedness,
        seen.felt_connectedness,
        slow.positive_mood,
        seen.low_mood,
        0.6 * seen.low_mood + 0.2 * distress + 2.0 * slow.exhaustion - 0.3 * slow.oxytocin,
        0.6 * seen.vagal_tone + 0.6 * slow.positive_mood - 2.0 * slow.exhaustion,
        1.0 * warm + 0.5 * slow.positive_mood,
        -slow.inflammation,
        0.8 * slow.connectedness + 0.5 * warm,
    ];
    std::array::from_fn(|it| match Readout::ALL[it] {
        Readout::Burnout | Readout::CompassionSatisfaction | Readout::Fatigue => latent[it] + p.error_sd * errors[it],
        _ => signal * latent[it] + noise * errors[it],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEEN: Seen = Seen {
        felt_connectedness: 0.0,
        low_mood: 0.0,
        vagal_tone: 0.0,
        usual_distress: 0.0,
        usual_warm_help: 0.0,
    };

    fn of(slow: Slow) -> [f64; Readout::COUNT] {
        read(
            &crate::parameters::shipped().questionnaires,
            &slow,
            &SEEN,
            &[0.0; Readout::COUNT],
        )
    }

    #[test]
    fn people_at_the_norm_score_zero() {
        assert!(of(Slow::default()).iter().all(|it| *it == 0.0));
    }

    #[test]
    fn every_readout_goes_with_its_state() {
        let at = |readout: Readout, slow| of(slow)[readout as usize];
        let tired = Slow {
            fatigue: 0.5,
            exhaustion: 0.5,
            ..Slow::default()
        };
        assert!(at(Readout::Burnout, tired) > 1.0 && at(Readout::Fatigue, tired) <= 10.0);
        assert!(at(Readout::Stress, tired) > 0.0 && at(Readout::Resilience, tired) < 0.0);
        let inflamed = Slow {
            inflammation: 1.0,
            ..Slow::default()
        };
        assert!(at(Readout::PhysicalHealth, inflamed) < 0.0);
        let glad = Slow {
            positive_mood: 1.0,
            connectedness: 1.0,
            satisfaction: 0.5,
            ..Slow::default()
        };
        for it in [
            Readout::PositiveMood,
            Readout::Connectedness,
            Readout::CompassionSatisfaction,
            Readout::Resilience,
            Readout::Meaning,
            Readout::SupportReceived,
        ] {
            assert!(at(it, glad) > 0.0, "{it:?}");
        }
    }
}

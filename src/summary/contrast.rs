//! Differences between two conditions that somebody reports or claims, beside those of the run.

use super::asked::Asked;
use crate::engine::tally::Tally;
use crate::registry::Measure;
use crate::scenario::{Contrast, Direction, ObservedContrast, Scenario};
use crate::statistics::{Z_95, cohens_d, log_odds_d, odds_ratio, risk_ratio};

/// Smallest standardised difference that counts as one (the contract's).
pub const SMALLEST: f64 = 0.10;

/// Part of a stated size that a predicted one must reach (the contract's).
const PART_OF_SIZE: f64 = 1.0 / 3.0;

/// How much more than a stated size a predicted one may be where its interval is not known (as the patterns have it).
const OVERDONE: f64 = 1.3;

/// A contrast of the file and what the run says to it.
#[derive(Debug, Clone, PartialEq)]
pub struct ContrastSummary {
    /// Name of the condition that is expected to differ.
    pub treatment: String,
    /// Name of the condition it is compared with.
    pub control: String,
    /// On which measure.
    pub measure: Measure,
    /// When the treatment is measured, in weeks of the timeline, if the file says so.
    pub week: Option<f64>,
    /// When the control is measured, if not in the same week.
    pub from_week: Option<f64>,
    /// What was found or is claimed.
    pub observed: ObservedContrast,
    /// The standardised difference of the run, treatment minus control; none where the run does not answer.
    pub predicted: Option<f64>,
    /// Why there is no such difference; none where there is one.
    pub unanswered: Option<Unanswered>,
    /// Whether the two agree; none if that cannot be said.
    pub agrees: Option<bool>,
    /// Whether the run overdoes a stated size: beyond its 95 % interval, or by a factor of more than 1.3 where it has none; none without a size.
    pub overshoots: Option<bool>,
}

/// Why a run does not answer a contrast.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unanswered {
    /// Nobody has a value in the condition of this name: no one is counted, or nobody did what is measured.
    Nobody(String),
    /// Nobody differs from anybody, so that a difference has no size in SD.
    Alike,
}

impl std::fmt::Display for Unanswered {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Nobody(condition) => write!(formatter, "nobody is counted in “{condition}”"),
            Self::Alike => formatter.write_str("nobody differs from anybody"),
        }
    }
}

impl ContrastSummary {
    /// Compares a contrast with these tallies, one for each condition.
    pub fn new(scenario: &Scenario, contrast: &Contrast, tallies: &[Tally]) -> Self {
        let asked = Asked::new(scenario, contrast);
        let (treatment, control) = (asked.treatment.tally(tallies), asked.control.tally(tallies));
        let predicted = predicted_d(treatment, control, contrast.measure);
        let ratio = ratio(treatment, control, contrast.measure);
        let name = |it: usize| scenario.conditions[it].name.clone();
        Self {
            treatment: name(contrast.treatment),
            control: name(contrast.control),
            measure: contrast.measure,
            week: contrast.week,
            from_week: contrast.from_week,
            observed: contrast.observed,
            predicted,
            unanswered: predicted.is_none().then(|| {
                let sides = [(contrast.treatment, treatment), (contrast.control, control)];
                let empty = sides
                    .into_iter()
                    .find(|(_, tally)| tally.count_on(contrast.measure) == 0);
                empty.map_or(Unanswered::Alike, |(condition, _)| Unanswered::Nobody(name(condition)))
            }),
            agrees: predicted.and_then(|it| agrees(&contrast.observed, it, ratio)),
            overshoots: predicted.and_then(|it| overshoots(&contrast.observed, it, ratio)),
        }
    }
}

/// The standardised difference of a measure between two conditions: mean difference over pooled SD of people, and for shares the log odds
/// ratio times √3/π. None if the measure is not measured in a single encounter.
pub fn predicted_d(treatment: &Tally, control: &Tally, measure: Measure) -> Option<f64> {
    match measure.outcome() {
        Some(outcome) => {
            let (treatment, control) = (treatment.units.count(outcome), control.units.count(outcome));
            odds_ratio(treatment, control, Z_95).map(|it| log_odds_d(it.value))
        }
        None => cohens_d(treatment.measures.get(&measure)?, control.measures.get(&measure)?),
    }
}

/// Rate over rate, or mean over mean.
fn ratio(treatment: &Tally, control: &Tally, measure: Measure) -> Option<f64> {
    match measure.outcome() {
        Some(outcome) => {
            let (treatment, control) = (treatment.units.count(outcome), control.units.count(outcome));
            risk_ratio(treatment, control, Z_95).map(|it| it.value)
        }
        None => {
            let (treatment, control) = (treatment.measures.get(&measure)?, control.measures.get(&measure)?);
            (control.mean() != 0.0).then(|| treatment.mean() / control.mean())
        }
    }
}

/// The standardised difference that a file states, as such or as the correlation that goes with it in two groups of equal size.
///
/// ```text
/// d = 2 r / √(1 − r²)
/// ```
fn stated_d(observed: &ObservedContrast) -> Option<f64> {
    observed
        .d
        .or_else(|| observed.r.map(|r| 2.0 * r / (1.0 - r * r).sqrt()))
}

/// Whether a predicted difference overdoes the observed one.
fn overshoots(observed: &ObservedContrast, predicted: f64, ratio: Option<f64>) -> Option<bool> {
    if let Some(stated) = stated_d(observed) {
        let most = observed
            .d
            .and(observed.se)
            .map_or(OVERDONE * stated.abs(), |se| stated.abs() + Z_95 * se);
        return Some(predicted * stated.signum() > most);
    }
    let (stated, predicted) = (observed.ratio?.ln(), ratio?.ln());
    let most = observed
        .high
        .filter(|_| stated > 0.0)
        .map_or(OVERDONE * stated.abs(), f64::ln);
    Some(predicted * stated.signum() > most)
}

/// Whether a predicted difference agrees with an observed one: the direction, and a third of the size if one is stated; within the limits of
/// a ratio if they are.
fn agrees(observed: &ObservedContrast, predicted: f64, ratio: Option<f64>) -> Option<bool> {
    if let (Some(low), Some(high), Some(ratio)) = (observed.low, observed.high, ratio) {
        return Some((low..=high).contains(&ratio));
    }
    let stated = stated_d(observed);
    let sign = |above: bool| if above { Direction::Rises } else { Direction::Falls };
    let direction = observed
        .direction
        .or_else(|| stated.map(|it| sign(it > 0.0)))
        .or_else(|| observed.ratio.map(|it| sign(it > 1.0)))?;
    let enough = SMALLEST.max(stated.map_or(0.0, |it| it.abs() * PART_OF_SIZE));
    Some(match direction {
        Direction::Rises => predicted >= enough,
        Direction::Falls => predicted <= -enough,
        Direction::Unchanged => predicted.abs() < SMALLEST,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_direction_agrees_from_a_tenth_and_a_third_of_a_stated_size_on() {
        let direction = |direction| ObservedContrast {
            direction: Some(direction),
            ..Default::default()
        };
        for (it, predicted, expected) in [
            (Direction::Rises, 0.10, true),
            (Direction::Rises, 0.09, false),
            (Direction::Falls, -0.2, true),
            (Direction::Falls, 0.2, false),
            (Direction::Unchanged, -0.09, true),
            (Direction::Unchanged, 0.1, false),
        ] {
            assert_eq!(
                agrees(&direction(it), predicted, None),
                Some(expected),
                "{it:?} {predicted}"
            );
        }
        let size = ObservedContrast {
            d: Some(-0.6),
            ..Default::default()
        };
        assert_eq!(agrees(&size, -0.19, None), Some(false));
        assert_eq!(agrees(&size, -0.21, None), Some(true));
        assert_eq!(overshoots(&size, -0.77, None), Some(false));
        assert_eq!(overshoots(&size, -0.79, None), Some(true));
        let with_error = ObservedContrast { se: Some(0.3), ..size };
        assert_eq!(overshoots(&with_error, -1.18, None), Some(false));
        assert_eq!(overshoots(&with_error, -1.19, None), Some(true));
        // r = .3 is d = .63, a third of it .21.
        let correlation = ObservedContrast {
            r: Some(0.3),
            ..Default::default()
        };
        assert_eq!(agrees(&correlation, 0.20, None), Some(false));
        assert_eq!(agrees(&correlation, 0.22, None), Some(true));
        assert_eq!(overshoots(&correlation, 2.2, None), Some(true));
        let ratio = ObservedContrast {
            ratio: Some(1.3),
            low: Some(1.1),
            high: Some(1.5),
            ..Default::default()
        };
        assert_eq!(agrees(&ratio, 0.5, Some(1.6)), Some(false));
        assert_eq!(agrees(&ObservedContrast::default(), 0.5, Some(1.6)), None);
    }
}

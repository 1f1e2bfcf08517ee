//! What a study asks, and what was published about it.

use crate::comparison::Pair;
use crate::comparison::asked::Place;
use crate::comparison::measured::measured;
use crate::registry::Measure;
use crate::scenario::{Contrast, Observed, ObservedContrast, Scenario};
use crate::statistics::{Count, Estimate, Z_95, log_odds_d, odds_ratio};

/// What a study asks.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// Between which conditions.
    pub pair: Pair,
    /// On which measure.
    pub measure: Measure,
    /// The weeks in which treatment and control are measured; none: at the moment that stands for the whole course.
    pub weeks: [Option<f64>; 2],
    /// What was published or is claimed.
    pub published: Option<Published>,
}

/// A published result, or a claim.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Published {
    /// As the file says it.
    pub contrast: Option<ObservedContrast>,
    /// As a standardised difference, with its 95 % interval if that can be told.
    pub d: Option<Estimate>,
}

impl Question {
    /// Whether the same people are measured twice: before and after, in one condition.
    pub fn is_within(&self) -> bool {
        self.pair.treatment == self.pair.control
    }
}

/// What is asked: every contrast of the file on a measure that its conditions have, and helping in every pair that no contrast is about.
pub fn questions(scenario: &Scenario, pairs: &[Pair]) -> Vec<Question> {
    let mut questions: Vec<Question> = scenario
        .contrasts
        .iter()
        .filter(|it| {
            measured(it.measure, &scenario.conditions[it.treatment])
                && measured(it.measure, &scenario.conditions[it.control])
        })
        .map(|it| {
            let pair = Pair {
                treatment: it.treatment,
                control: it.control,
            };
            Question {
                pair,
                measure: it.measure,
                weeks: [it.week, it.from_week.or(it.week)],
                published: published(scenario, pair, it),
            }
        })
        .collect();
    for pair in pairs {
        if !questions
            .iter()
            .any(|it| it.pair == *pair && it.measure == Measure::Helped)
        {
            let d = counted_d(scenario, *pair, Measure::Helped);
            questions.push(Question {
                pair: *pair,
                measure: Measure::Helped,
                weeks: [None; 2],
                published: d.map(|d| Published {
                    contrast: None,
                    d: Some(d),
                }),
            });
        }
    }
    questions
}

/// What was published or is claimed about a contrast; none where it only asks and nobody was counted.
fn published(scenario: &Scenario, pair: Pair, contrast: &Contrast) -> Option<Published> {
    let stated = Some(contrast.observed).filter(ObservedContrast::makes_claim);
    let d = stated_d(&contrast.observed).or_else(|| counted_d(scenario, pair, contrast.measure));
    (stated.is_some() || d.is_some()).then_some(Published { contrast: stated, d })
}

/// Where a question takes treatment and control.
pub(super) fn sides(scenario: &Scenario, question: &Question) -> [Place; 2] {
    let [treatment, control] = question.weeks;
    [
        Place::new(scenario, question.pair.treatment, treatment),
        Place::new(scenario, question.pair.control, control),
    ]
}

/// A published standardised difference; without its standard error it has no width.
fn stated_d(observed: &ObservedContrast) -> Option<Estimate> {
    let value = observed.d?;
    let reach = Z_95 * observed.se.unwrap_or(0.0);
    Some(Estimate {
        value,
        lower: value - reach,
        upper: value + reach,
    })
}

/// The standardised difference of what people did in two conditions, if both were counted, or both measured with spread and number.
fn counted_d(scenario: &Scenario, pair: Pair, measure: Measure) -> Option<Estimate> {
    if pair.treatment == pair.control {
        return None;
    }
    let observed = |it: usize| scenario.conditions[it].observed.as_ref();
    match (observed(pair.treatment)?, observed(pair.control)?) {
        (Observed::Helped { helped: a, of: m }, Observed::Helped { helped: c, of: n })
            if measure == Measure::Helped =>
        {
            let count = |successes: u32, trials: u32| Count {
                successes: successes.into(),
                trials: trials.into(),
            };
            let ratio = odds_ratio(count(*a, *m), count(*c, *n), Z_95)?;
            Some(Estimate {
                value: log_odds_d(ratio.value),
                lower: log_odds_d(ratio.lower),
                upper: log_odds_d(ratio.upper),
            })
        }
        (
            Observed::Mean {
                measure: one,
                mean: a,
                sd: Some(sd_a),
                n: Some(n_a),
            },
            Observed::Mean {
                measure: other,
                mean: b,
                sd: Some(sd_b),
                n: Some(n_b),
            },
        ) if (*one, *other) == (measure, measure) => {
            let (n_a, n_b) = (f64::from(*n_a), f64::from(*n_b));
            let pooled = ((n_a - 1.0) * sd_a * sd_a + (n_b - 1.0) * sd_b * sd_b) / (n_a + n_b - 2.0);
            if !(pooled > 0.0 && pooled.is_finite()) {
                return None;
            }
            let value = (a - b) / pooled.sqrt();
            let reach = Z_95 * ((n_a + n_b) / (n_a * n_b) + value * value / (2.0 * (n_a + n_b))).sqrt();
            Some(Estimate {
                value,
                lower: value - reach,
                upper: value + reach,
            })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::test_scenario;

    const PAIR: Pair = Pair {
        treatment: 1,
        control: 0,
    };

    /// 10 of 11 against 2 of 11 helped: odds 10 to .2222, d = ln 45 · √3/π = 2.0988.
    #[test]
    fn what_people_did_is_the_published_result() {
        let mut scenario = test_scenario(&["plain", "moved"]);
        scenario.conditions[1].observed = Some(Observed::Helped { helped: 10, of: 11 });
        assert_eq!(questions(&scenario, &[PAIR])[0].published, None);
        scenario.conditions[0].observed = Some(Observed::Helped { helped: 2, of: 11 });
        let published = questions(&scenario, &[PAIR])[0].published.unwrap().d.unwrap();
        assert!((published.value - 2.0988).abs() < 1e-3, "{published:?}");
        assert!(published.lower > 0.0 && published.upper > 3.0);
    }
}

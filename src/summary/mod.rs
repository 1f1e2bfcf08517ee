//! What a run shows: rates with intervals, differences from the first condition, effect sizes, and a sentence in plain words.
//!
//! Pure: tallies in, numbers and words out. Charts, files and the terminal all show these numbers.

pub mod answer;
pub mod community;
mod contrast;
mod difference;
pub mod effects;
pub mod exchange;
pub mod joint_outcomes;
mod uncertainty;

pub use contrast::{ContrastSummary, Unanswered, predicted_d};
pub use difference::{Difference, Sum, Within};
pub use uncertainty::{OverParameters, Uncertainty};

use crate::engine::records::Outcome;
use crate::engine::tally::{EmpathyStates, Outcomes, Tally};
use crate::model::agent::Trait;
use crate::registry::Measure;
use crate::scenario::{Condition, Observed, Scenario, Unit};
use crate::statistics::{
    Count, Estimate, Interval, Z_95, cohens_h, odds_ratio, paired_difference, risk_ratio, unpaired_difference, wilson,
};
use std::collections::BTreeMap;

/// Everything that a run of a scenario shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    /// One for each condition, in the order of the file.
    pub conditions: Vec<ConditionSummary>,
    /// One for each `[[contrast]]`.
    pub contrasts: Vec<ContrastSummary>,
    /// The differences that the contrasts ask about, in the units of their measures; empty before [`Summary::with_differences`].
    pub differences: Vec<Difference>,
    /// What the intervals over parameter sets stand on, if there are any.
    pub uncertainty: Option<Uncertainty>,
}

/// What a condition shows. Shares lie in \[0, 1\]; what cannot be computed, because nobody is counted, is none.
#[derive(Debug, Clone, PartialEq)]
pub struct ConditionSummary {
    /// Name.
    pub name: String,
    /// Factor and level.
    pub factors: Vec<(String, String)>,
    /// What is counted.
    pub unit: Unit,
    /// Outcomes of what is counted, persons or groups.
    pub units: Outcomes,
    /// Outcomes of persons.
    pub people: Outcomes,
    /// Units with somebody who was relieved by another's help.
    pub with_relieved: Count,
    /// Share of units that helped.
    pub helping_rate: Option<f64>,
    /// Its 95 % interval (Wilson).
    pub interval: Interval,
    /// Difference of the helping rate from the first condition, with its 95 % interval; none for the first.
    pub difference: Option<Estimate>,
    /// What plausible parameter sets predict, if they were asked.
    pub over_parameters: Option<OverParameters>,
    /// Whether that difference is between the same people.
    pub paired: bool,
    /// Helping rate over that of the first condition.
    pub risk_ratio: Option<f64>,
    /// Odds of helping over those in the first condition.
    pub odds_ratio: Option<f64>,
    /// Cohen's h of the two rates.
    pub cohens_h: Option<f64>,
    /// Half of those who help have decided by then, in seconds; in a group the first.
    pub latency_median_s: Option<f64>,
    /// Share of people who were overwhelmed at the decision.
    pub overwhelmed: Option<f64>,
    /// Number of people in each of the states that the articles tell apart.
    pub empathy_states: EmpathyStates,
    /// Mean and SD between people, of every measure that one encounter has.
    pub measures: BTreeMap<Measure, Spread>,
    /// Mean of each trait with training, in SD from the norm.
    pub traits: [f64; Trait::COUNT],
    /// What people did.
    pub observed: Vec<Observed>,
}

/// Mean and spread between people.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Spread {
    /// Mean.
    pub mean: f64,
    /// Standard deviation; none of fewer than two people.
    pub sd: Option<f64>,
    /// Number of people.
    pub n: u64,
}

impl Summary {
    /// What these tallies, one for each condition, show.
    ///
    /// # Panics
    ///
    /// If there are not as many tallies as conditions.
    pub fn new(scenario: &Scenario, tallies: &[Tally]) -> Self {
        assert_eq!(scenario.conditions.len(), tallies.len(), "a tally for each condition");
        let both = || scenario.conditions.iter().zip(tallies);
        let first = tallies.first().filter(|_| tallies.len() > 1);
        let conditions = both()
            .enumerate()
            .map(|(number, (condition, tally))| ConditionSummary::new(condition, tally, first.filter(|_| number > 0)));
        Self {
            conditions: conditions.collect(),
            contrasts: scenario
                .contrasts
                .iter()
                .map(|it| ContrastSummary::new(scenario, it, tallies))
                .collect(),
            differences: Vec::new(),
            uncertainty: None,
        }
    }

    /// Adds the differences that the contrasts ask about.
    #[must_use]
    pub fn with_differences(mut self, differences: Vec<Difference>) -> Self {
        self.differences = differences;
        self
    }
}

impl ConditionSummary {
    fn new(condition: &Condition, tally: &Tally, first: Option<&Tally>) -> Self {
        let helped = tally.units.count(Outcome::Helped);
        let first_helped = first.map(|it| it.units.count(Outcome::Helped));
        let paired = tally.joint.is_some_and(|it| it.people() > 0);
        let difference = first_helped.and_then(|first| match tally.joint.filter(|_| paired) {
            Some(joint) => paired_difference(joint, Z_95),
            None => unpaired_difference(helped, first, Z_95),
        });
        let compared = |with: fn(Count, Count, f64) -> Option<Estimate>| {
            first_helped
                .and_then(|first| with(helped, first, Z_95))
                .map(|it| it.value)
        };
        let people = Count {
            successes: tally.overwhelmed,
            trials: tally.people.total(),
        };
        Self {
            name: condition.name.clone(),
            factors: condition.factors.clone(),
            unit: condition.unit,
            units: tally.units,
            people: tally.people,
            with_relieved: Count {
                successes: tally.with_relieved,
                trials: tally.units.total(),
            },
            helping_rate: helped.share(),
            interval: wilson(helped, Z_95),
            difference,
            over_parameters: None,
            paired,
            risk_ratio: compared(risk_ratio),
            odds_ratio: compared(odds_ratio),
            cohens_h: first_helped.and_then(|first| Some(cohens_h(helped.share()?, first.share()?))),
            latency_median_s: tally.latency.quantile(0.5),
            overwhelmed: people.share(),
            empathy_states: tally.empathy_states,
            measures: tally
                .measures
                .iter()
                .filter(|(_, it)| it.count() > 0)
                .map(|(measure, it)| {
                    let spread = Spread {
                        mean: it.mean(),
                        sd: it.sd(),
                        n: it.count(),
                    };
                    (*measure, spread)
                })
                .collect(),
            traits: tally.traits.map(|it| it.mean()),
            observed: condition.observed.clone(),
        }
    }

    /// Mean of a measure between people; none if it is not measured in a single encounter, or of nobody.
    pub fn mean(&self, measure: Measure) -> Option<f64> {
        self.measures.get(&measure).map(|it| it.mean)
    }

    /// Share of units with an outcome. A group is never relieved itself: for `Relieved` the share of groups with a member who was, which
    /// overlaps with the others.
    pub fn share(&self, outcome: Outcome) -> Option<f64> {
        match outcome {
            Outcome::Relieved => self.with_relieved.share(),
            _ => self.units.share(outcome),
        }
    }

    /// What people did, as a share with its 95 % interval, if it was counted.
    pub fn observed_rate(&self) -> Option<Estimate> {
        let count = self.observed.iter().find_map(Observed::count)?;
        let interval = wilson(count, Z_95);
        Some(Estimate {
            value: count.share()?,
            lower: interval.lower,
            upper: interval.upper,
        })
    }
}

//! A plan: how many people a real study needs to find each difference that a run predicts.
//!
//! Power is exact for shares (the test gone through over all results) and that of the noncentral t for means and for what the same people show twice.
//! Clusters multiply sizes by the design effect `1 + (m − 1) ρ`, attrition divides them by the share who stay. What rests on the same people, or on
//! who stays, is taken from one large study that is drawn as `[study]` says.

mod asked;
mod over_parameters;

pub use asked::{Allocation, Asked, MeansTest, Tests};
pub use over_parameters::{OverParameters, over_parameters};

use super::Results;
use crate::comparison::study::{Design, Question, Values, drawn, questions};
use crate::comparison::usual_pairs;
use crate::engine::monitor::{Monitor, Stopped};
use crate::engine::place::Place;
use crate::engine::run::Experiment;
use crate::model::parameters::Parameters;
use crate::registry::Measure;
use crate::scenario::Scenario;
use crate::statistics::{
    Count, Exaggeration, Moments, Sizes, Z_95, cohens_d, exaggeration, log_odds_d, odds_ratio, paired_t_power,
    shares_power_by, smallest, t_power,
};
use crate::summary::predicted_d;

/// People of the control beyond which nobody plans a study.
const MOST: u64 = 1 << 20;

/// People per condition of the small study that is told of.
const SMALL: u64 = 20;

/// Sizes at which the power is told, people of the control.
const CURVE: [u64; 14] = [5, 10, 15, 20, 30, 40, 60, 80, 100, 150, 200, 300, 400, 500];

/// People of the large study from which the change of the same people is taken.
const LARGE: u32 = 20_000;

/// What a small study would make of a difference.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Small {
    /// The share of such studies that find it.
    pub power: f64,
    /// Of those, the share with the wrong sign.
    pub wrong_sign: f64,
    /// How many times too large they are, on average.
    pub times: f64,
}

/// What a study is to find.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Effect {
    /// Two shares of different people, of treatment and control.
    Shares([f64; 2]),
    /// Two means of different people: their standardised difference.
    Means(f64),
    /// What the same people show twice: their mean change over its standard deviation.
    Change(f64),
}

/// The plan for one difference.
#[derive(Debug, Clone, PartialEq)]
pub struct Planned {
    /// The condition that is expected to differ.
    pub treatment: String,
    /// The condition it is compared with.
    pub control: String,
    /// In what.
    pub measure: Measure,
    /// The weeks in which treatment and control are measured, where that is said.
    pub weeks: [Option<f64>; 2],
    /// What the study is to find.
    pub effect: Effect,
    /// The shares of treatment and control, where it is a yes or no.
    pub shares: Option<[f64; 2]>,
    /// The standardised difference.
    pub d: f64,
    /// How many people to recruit; none where a million are not enough. The same people on both sides where they are measured twice.
    pub needed: Option<Sizes>,
    /// What studies with 20 people per condition make of it, everything else as asked.
    pub small: Option<Small>,
    /// The power at some sizes of the control, as recruited.
    pub curve: Vec<(u64, f64)>,
    /// The same over plausible parameter sets, if they were asked for.
    pub over_parameters: Option<OverParameters>,
}

impl Planned {
    /// Whether the same people are measured twice.
    pub fn is_within(&self) -> bool {
        matches!(self.effect, Effect::Change(_))
    }
}

/// What is predicted about one question.
#[derive(Debug, Clone, Copy)]
struct Predicted {
    effect: Effect,
    shares: Option<[f64; 2]>,
    d: f64,
}

/// Plans a study of everything that a run is asked about.
///
/// # Errors
///
/// [`Stopped`] once the monitor asks for it.
pub fn plan(
    results: &Results,
    parameters: &Parameters,
    asked: &Asked,
    monitor: &dyn Monitor,
) -> Result<Vec<Planned>, Stopped> {
    let scenario = &results.scenario;
    let predicted = predicted(results, parameters, monitor)?;
    let planned = predicted.into_iter().filter_map(|(question, predicted)| {
        let Predicted { effect, shares, d } = predicted?;
        let asked = asked.of(scenario, &question);
        let power = |control: u64| asked.power_at(effect, control);
        let small = power(SMALL).and_then(|power| {
            let Exaggeration { wrong_sign, times } = exaggeration(errors(effect, asked.counting(SMALL)), asked.alpha)?;
            Some(Small {
                power,
                wrong_sign,
                times,
            })
        });
        let name = |condition: usize| scenario.conditions[condition].name.clone();
        Some(Planned {
            treatment: name(question.pair.treatment),
            control: name(question.pair.control),
            measure: question.measure,
            weeks: question.weeks,
            effect,
            shares,
            d,
            needed: asked.needed(effect),
            small,
            curve: CURVE
                .iter()
                .filter_map(|control| Some((*control, power(*control)?)))
                .collect(),
            over_parameters: None,
        })
    });
    Ok(planned.collect())
}

impl Asked {
    /// Power with so many people recruited for the control.
    fn power_at(&self, effect: Effect, control: u64) -> Option<f64> {
        let sizes = self.counting(control);
        match effect {
            Effect::Shares(shares) => shares_power_by(shares, sizes, self.alpha, self.tests.shares),
            Effect::Means(d) => t_power(d, self.tests.means.as_t(sizes), self.alpha),
            Effect::Change(change) => paired_t_power(change, sizes.control, self.alpha),
        }
    }

    /// How many people to recruit; none where a million are not enough.
    fn needed(&self, effect: Effect) -> Option<Sizes> {
        let control = reachable(effect)
            .then(|| smallest(|control| self.power_at(effect, control), self.power, MOST))
            .flatten()?;
        Some(self.recruited(control))
    }
}

/// What a run predicts about each question; nothing where nobody is counted.
fn predicted(
    results: &Results,
    parameters: &Parameters,
    monitor: &dyn Monitor,
) -> Result<Vec<(Question, Option<Predicted>)>, Stopped> {
    let scenario = &results.scenario;
    let all = questions(scenario, &usual_pairs(scenario));
    let study = &scenario.study;
    let is_selective = study.attrition.is_some_and(|attrition| attrition.depends_on.is_some());
    let is_drawn = |question: &Question| study.is_within() || is_selective || question.is_within();
    let to_draw: Vec<Question> = all.iter().filter(|question| is_drawn(question)).cloned().collect();
    let mut studies = if to_draw.is_empty() {
        Vec::new()
    } else {
        let experiment = Experiment::new(scenario, parameters);
        let design = Design {
            per_condition: LARGE.min(scenario.run.agents),
            repeats: 1,
        };
        drawn(&experiment, &to_draw, design, monitor)?
    }
    .into_iter();
    let of = |question: Question| {
        let predicted = if is_drawn(&question) {
            let study = studies.next().and_then(|mut studies| studies.pop());
            study.and_then(|values| from_study(scenario, &question, &values))
        } else {
            from_run(results, &question)
        };
        (question, predicted)
    };
    Ok(all.into_iter().map(of).collect())
}

/// What the tallies of a run predict.
fn from_run(results: &Results, question: &Question) -> Option<Predicted> {
    let place = |condition, week| Place::new(&results.scenario, condition, week).tally(&results.tallies);
    let [week, from_week] = question.weeks;
    let (treatment, control) = (
        place(question.pair.treatment, week),
        place(question.pair.control, from_week),
    );
    let shares = match question.measure.outcome() {
        Some(outcome) => Some([treatment.units.share(outcome)?, control.units.share(outcome)?]),
        None => None,
    };
    let d = predicted_d(treatment, control, question.measure)?;
    Some(Predicted {
        effect: shares.map_or(Effect::Means(d), Effect::Shares),
        shares,
        d,
    })
}

/// What a large study predicts.
fn from_study(scenario: &Scenario, question: &Question, [treatment, control]: &Values) -> Option<Predicted> {
    let moments = |values: &[Option<f64>]| values.iter().flatten().copied().collect::<Moments>();
    let count = |values: &[Option<f64>]| Count {
        successes: values.iter().flatten().filter(|value| **value > 0.0).count() as u64,
        trials: values.iter().flatten().count() as u64,
    };
    let is_share = question.measure.is_share();
    let shares = match is_share {
        true => Some([count(treatment).share()?, count(control).share()?]),
        false => None,
    };
    let d = match is_share {
        true => log_odds_d(odds_ratio(count(treatment), count(control), Z_95)?.value),
        false => cohens_d(&moments(treatment), &moments(control))?,
    };
    let effect = if scenario.study.is_within() || question.is_within() {
        let both = treatment.iter().zip(control);
        let changes: Moments = both
            .filter_map(|(after, before)| Some((*after)? - (*before)?))
            .collect();
        let spread = changes.sd().filter(|sd| *sd > 0.0)?;
        Effect::Change(changes.mean() / spread)
    } else {
        shares.map_or(Effect::Means(d), Effect::Shares)
    };
    Some(Predicted { effect, shares, d })
}

/// Whether a million people could tell the difference; what they could not, nobody looks for.
fn reachable(effect: Effect) -> bool {
    let size = match effect {
        Effect::Shares([treatment, control]) => (treatment - control).abs(),
        Effect::Means(size) | Effect::Change(size) => size.abs(),
    };
    size > 0.003
}

/// A difference over its standard error in a study of this size.
fn errors(effect: Effect, sizes: Sizes) -> f64 {
    let (n, m) = (sizes.treatment.max(1) as f64, sizes.control.max(1) as f64);
    match effect {
        Effect::Shares([p, q]) => (p - q) / (p * (1.0 - p) / n + q * (1.0 - q) / m).sqrt().max(1e-9),
        Effect::Means(d) => d * (n * m / (n + m)).sqrt(),
        Effect::Change(change) => change * m.sqrt(),
    }
}

#[cfg(test)]
mod tests;

//! What is measured of the people of a condition, person by person or unit by unit.

use super::asked::Asked;
use crate::engine;
use crate::engine::block::Cast;
use crate::engine::records::{Column, Outcome, Records};
use crate::engine::run::Experiment;
use crate::model::situation::HelpKind;
use crate::population::Population;
use crate::registry::{Measure, Source};
use crate::scenario::{Condition, Dominant};
use std::collections::{BTreeMap, BTreeSet};

/// Whether a single encounter in a condition gives a measure.
pub fn measured(measure: Measure, condition: &Condition) -> bool {
    match measure.source() {
        Source::Amount => condition.situation.help == HelpKind::Graded,
        Source::SlowStates(_) => !condition.protocol.is_single(),
        Source::Outcome(_) | Source::Latency | Source::State(_) | Source::SelfReport | Source::Questionnaire(_) => true,
    }
}

/// Whether everybody has a value on a measure in a condition, so that the same people can be compared: who does not help has no latency.
pub fn everybody_has(measure: Measure, condition: &Condition) -> bool {
    measure.source() != Source::Latency && condition.select.is_none() && measured(measure, condition)
}

/// What the people of a block show in a condition on some measures, each at the moment of a number.
pub type Shown = BTreeMap<(usize, Measure), Vec<f64>>;

/// The moments and measures that are asked about in a condition.
pub fn wanted<'a>(asked: impl IntoIterator<Item = &'a Asked>, condition: usize) -> BTreeSet<(usize, Measure)> {
    let all = asked
        .into_iter()
        .flat_map(|it| [(it.treatment, it.measure), (it.control, it.measure)]);
    all.filter(|(place, _)| place.condition == condition)
        .map(|(place, measure)| (place.moment, measure))
        .collect()
}

/// The measure of each unit or person, where [`everybody_has`] it.
pub fn values(
    experiment: &Experiment,
    condition: &Condition,
    cast: &Cast,
    records: &Records,
    measure: Measure,
) -> Vec<f64> {
    let all = self::measure(experiment, condition, cast, records, measure);
    all.into_iter().flatten().collect()
}

/// What units or persons show of the measures `wanted` at a moment.
pub fn shown_at(
    moment: usize,
    wanted: &BTreeSet<(usize, Measure)>,
    (experiment, condition): (&Experiment, &Condition),
    (cast, records): (&Cast, &Records),
) -> Shown {
    let now = wanted.iter().filter(|it| it.0 == moment);
    now.map(|place| (*place, values(experiment, condition, cast, records, place.1)))
        .collect()
}

/// The measure of each unit or person; none for who is not counted or has no value.
pub fn measure(
    experiment: &Experiment,
    condition: &Condition,
    cast: &Cast,
    records: &Records,
    measure: Measure,
) -> Vec<Option<f64>> {
    let kept = |person: usize| {
        let value = |column| f64::from(records.column(column)[person]);
        let (distress, compassion) = (value(Column::PersonalDistress), value(Column::Compassion));
        condition
            .select
            .is_none_or(|it: Dominant| experiment.norm.dominant(distress, compassion) == it)
    };
    let people = 0..records.outcomes.len();
    let size = condition.unit.size() as usize;
    let unit = |outcome: Outcome| -> Vec<Option<f64>> {
        let units = people.clone().step_by(size).map(|first| {
            let mut members = (first..first + size).filter(|it| kept(*it)).peekable();
            members.peek()?;
            Some(f64::from(u8::from(members.any(|it| records.outcomes[it] == outcome))))
        });
        units.collect()
    };
    let of = |value: &dyn Fn(usize) -> Option<f64>| {
        people
            .clone()
            .map(|it| if kept(it) { value(it) } else { None })
            .collect()
    };
    match measure.source() {
        Source::Outcome(outcome) => unit(outcome),
        Source::Latency => {
            of(
                &|it| {
                    (records.outcomes[it] == Outcome::Helped).then(|| f64::from(records.column(Column::LatencyS)[it]))
                },
            )
        }
        Source::Questionnaire(questionnaire) => of(&|person| {
            let traits = cast.trained_traits_of(person);
            Some(cast.people.scales(Population::norm(), person, traits).of(questionnaire))
        }),
        Source::Amount | Source::State(_) | Source::SlowStates(_) | Source::SelfReport => {
            of(&|person| engine::measured::measured(condition, cast, records, measure, person))
        }
    }
}

/// Values that a unit has on a measure: one where the unit is counted, one for each member where people are rated.
pub fn per_unit(condition: &Condition, measure: Measure) -> usize {
    if measure.is_share() {
        1
    } else {
        condition.unit.size() as usize
    }
}

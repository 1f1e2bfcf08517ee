//! What is measured of the people of a condition, person by person or unit by unit.

use crate::contrast::Asked;
use crate::engine;
use crate::engine::block::Participants;
use crate::engine::driver::Observation;
use crate::engine::records::{Column, Outcome, Records};
use crate::engine::run::Experiment;
use crate::registry::{Measure, Source};
use crate::scenario::{Condition, Dominant};
use std::collections::{BTreeMap, BTreeSet};

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

/// The measure of each unit or person, where [everybody has](crate::contrast::everybody_has) it.
pub fn values(
    experiment: &Experiment,
    condition: &Condition,
    participants: &Participants,
    records: &Records,
    measure: Measure,
) -> Vec<f64> {
    let all = self::measure(experiment, condition, participants, records, measure);
    all.into_iter().flatten().collect()
}

/// What units or persons show of the measures `wanted` at a moment.
pub fn shown_at(experiment: &Experiment, wanted: &BTreeSet<(usize, Measure)>, seen: &Observation) -> Shown {
    let now = wanted.iter().filter(|(moment, _)| *moment == seen.moment);
    now.map(|place| {
        let values = values(experiment, seen.condition, seen.participants, seen.records, place.1);
        (*place, values)
    })
    .collect()
}

/// For each unit, person or group, of a condition without selection, whether it helped.
pub fn helped(condition: &Condition, records: &Records) -> Vec<bool> {
    let units = records.outcomes.chunks(condition.unit.size() as usize);
    units.map(|unit| unit.contains(&Outcome::Helped)).collect()
}

/// The measure of each unit or person; none for who is not counted or has no value.
pub fn measure(
    experiment: &Experiment,
    condition: &Condition,
    participants: &Participants,
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
        Source::Amount | Source::State(_) | Source::SlowStates(_) | Source::SelfReport | Source::Questionnaire(_) => {
            of(&|person| engine::measured::measured(condition, participants, records, measure, person))
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

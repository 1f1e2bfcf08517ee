//! What is measured of one person at one moment.

use super::block::Participants;
use super::records::{Column, Outcome, Records};
use super::tally::{amount, outcome_of_unit};
use crate::population::Scales;
use crate::population::scales::NORMS;
use crate::registry::{Measure, Source};
use crate::scenario::Condition;
use std::collections::BTreeMap;

/// What every person of a block shows on some measures at one moment.
pub type Readings = BTreeMap<Measure, Vec<f64>>;

/// A measure of the person at a place; none if it was not measured.
pub fn measured(
    condition: &Condition,
    participants: &Participants,
    records: &Records,
    measure: Measure,
    person: usize,
) -> Option<f64> {
    let column = |state| Some(f64::from(records.column(state)[person]));
    match measure.source() {
        Source::Outcome(outcome) => Some(f64::from(u8::from(records.outcomes[person] == outcome))),
        Source::Amount => Some(amount(condition, records.column(Column::Help)[person])),
        Source::Latency => column(Column::LatencyS),
        Source::State(state) => column(state),
        Source::SlowStates(readout) => Some(participants.slow_states.as_ref()?.readouts[person][readout as usize]),
        Source::SelfReport => Some(self_reported_compassion(participants, person)),
        Source::Questionnaire(questionnaire) => Some(participants.filled_in(person).of(questionnaire)),
    }
}

/// What everybody shows on these measures, to be compared with the same people elsewhere, of outcomes each unit and of all others each person;
/// what was not measured is left out, and latency, which not everybody has.
pub fn readings(
    condition: &Condition,
    participants: &Participants,
    records: &Records,
    measures: &[Measure],
) -> Readings {
    let units = |outcome: Outcome| -> Vec<f64> {
        let units = records.outcomes.chunks(condition.unit.size() as usize);
        let ended = units.filter_map(|members| outcome_of_unit(members.iter().copied()));
        ended.map(|it| f64::from(u8::from(it == outcome))).collect()
    };
    let of = |measure: &Measure| {
        let values: Option<Vec<f64>> = match measure.source() {
            Source::Outcome(outcome) => Some(units(outcome)),
            Source::Latency => None,
            Source::Amount
            | Source::State(_)
            | Source::SlowStates(_)
            | Source::SelfReport
            | Source::Questionnaire(_) => (0..records.outcomes.len())
                .map(|person| measured(condition, participants, records, *measure, person))
                .collect(),
        };
        Some((*measure, values?))
    };
    measures.iter().filter_map(of).collect()
}

/// What a person says of their own compassion for others, in SD from the norm: the empathic-concern scale, and what a program makes people say
/// beside what it makes of them.
pub fn self_reported_compassion(participants: &Participants, person: usize) -> f64 {
    said_of_oneself(participants, person, &participants.filled_in(person))
}

/// As [`self_reported_compassion`], of somebody who has filled in the questionnaires after training.
pub(super) fn said_of_oneself(participants: &Participants, person: usize, shown: &Scales) -> f64 {
    let [_, _, norm, ..] = NORMS;
    (shown.iri_ec - norm.mean) / norm.sd
        + participants
            .trained
            .self_report
            .get(person)
            .copied()
            .unwrap_or_default()
}

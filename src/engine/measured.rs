//! What is measured of one person at one moment.

use super::block::Cast;
use super::records::{Column, Records};
use super::tally::amount;
use crate::population::scales::NORMS;
use crate::population::{Population, Scales};
use crate::registry::{Measure, Source};
use crate::scenario::Condition;
use std::collections::BTreeMap;

/// What every person of a block shows on some measures at one moment.
pub type Readings = BTreeMap<Measure, Vec<f64>>;

/// A measure of the person at a place; none if it was not measured. Questionnaires on traits are those filled in before training.
pub fn measured(condition: &Condition, cast: &Cast, records: &Records, measure: Measure, person: usize) -> Option<f64> {
    let column = |state| Some(f64::from(records.column(state)[person]));
    match measure.source() {
        Source::Outcome(outcome) => Some(f64::from(u8::from(records.outcomes[person] == outcome))),
        Source::Amount => Some(amount(condition, records.column(Column::Help)[person])),
        Source::Latency => column(Column::LatencyS),
        Source::State(state) => column(state),
        Source::SlowStates(readout) => Some(cast.living.as_ref()?.readouts[person][readout as usize]),
        Source::SelfReport => Some(self_reported_compassion(cast, person)),
        Source::Questionnaire(questionnaire) => {
            let scales = cast.people.scales(Population::norm(), person, cast.traits_of(person));
            Some(scales.of(questionnaire))
        }
    }
}

/// What everybody shows on these measures, to be compared with the same people elsewhere; those that were not measured are left out, those
/// that not everybody has, and the questionnaires on traits, which [`measured`] reads before training.
pub fn readings(condition: &Condition, cast: &Cast, records: &Records, measures: &[Measure]) -> Readings {
    let people = 0..records.outcomes.len();
    let of = |it: &Measure| {
        let values: Option<Vec<f64>> = people
            .clone()
            .map(|person| measured(condition, cast, records, *it, person))
            .collect();
        Some((*it, values?))
    };
    let compared = measures.iter().filter(|measure| match measure.source() {
        Source::Latency | Source::Questionnaire(_) => false,
        Source::Outcome(_) | Source::Amount | Source::State(_) | Source::SlowStates(_) | Source::SelfReport => true,
    });
    compared.filter_map(of).collect()
}

/// What a person says of their own compassion for others, in SD from the norm: the empathic-concern scale, and what a program makes people say
/// beside what it makes of them.
pub fn self_reported_compassion(cast: &Cast, person: usize) -> f64 {
    let shown = cast
        .people
        .scales(Population::norm(), person, cast.trained_traits_of(person));
    said_of_oneself(cast, person, &shown)
}

/// As [`self_reported_compassion`], of somebody who has filled in the questionnaires after training.
pub(super) fn said_of_oneself(cast: &Cast, person: usize, shown: &Scales) -> f64 {
    let [_, _, norm, ..] = NORMS;
    (shown.iri_ec - norm.mean) / norm.sd + cast.trained.self_report.get(person).copied().unwrap_or_default()
}

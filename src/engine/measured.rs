//! What is measured of one person at one moment.

use super::block::Cast;
use super::records::{Column, Outcome, Records};
use super::tally::amount;
use crate::model::slow::readouts::Readout;
use crate::population::scales::NORMS;
use crate::population::{Population, Scales};
use crate::scenario::{Condition, Measure};
use std::collections::BTreeMap;

/// What every person of a block shows on some measures at one moment.
pub type Readings = BTreeMap<Measure, Vec<f64>>;

/// A measure of the person at a place; none if it was not measured. Questionnaires on traits are those filled in before training.
pub fn measured(condition: &Condition, cast: &Cast, records: &Records, measure: Measure, person: usize) -> Option<f64> {
    let column = |it| Some(f64::from(records.column(it)[person]));
    let did = |outcome| Some(f64::from(u8::from(records.outcomes[person] == outcome)));
    let scales = || cast.people.scales(Population::norm(), person, cast.traits_of(person));
    match measure {
        Measure::Helped => did(Outcome::Helped),
        Measure::Punished => did(Outcome::Punished),
        Measure::Amount => Some(amount(condition, records.column(Column::Help)[person])),
        Measure::Latency => column(Column::LatencyS),
        Measure::NegativeAffect => column(Column::NegativeAffect),
        Measure::PositiveAffect => column(Column::PositiveAffect),
        Measure::EmpathyRating => column(Column::EmpathyRating),
        Measure::Accuracy => column(Column::Accuracy),
        Measure::TheoryOfMind => column(Column::TheoryOfMind),
        Measure::PersonalDistress => column(Column::PersonalDistress),
        Measure::Compassion => column(Column::Compassion),
        Measure::IriPt => Some(scales().iri_pt),
        Measure::IriEc => Some(scales().iri_ec),
        Measure::IriPd => Some(scales().iri_pd),
        Measure::IriFs => Some(scales().iri_fs),
        Measure::ErqReappraisal => Some(scales().erq_reappraisal),
        Measure::ErqSuppression => Some(scales().erq_suppression),
        Measure::SelfReportedCompassion => Some(self_reported_compassion(cast, person)),
        _ => {
            let (readout, _) = READOUTS.into_iter().find(|(_, it)| *it == measure)?;
            Some(cast.living.as_ref()?.readouts[person][readout as usize])
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
    let left_out = [
        Measure::Latency,
        Measure::IriPt,
        Measure::IriEc,
        Measure::IriPd,
        Measure::IriFs,
        Measure::ErqReappraisal,
        Measure::ErqSuppression,
    ];
    let compared = measures.iter().filter(|it| !left_out.contains(it));
    compared.filter_map(of).collect()
}

/// What is read out of slow states, by the measure of its name.
pub const READOUTS: [(Readout, Measure); Readout::COUNT] = [
    (Readout::Burnout, Measure::Burnout),
    (Readout::CompassionSatisfaction, Measure::CompassionSatisfaction),
    (Readout::Fatigue, Measure::Fatigue),
    (Readout::Connectedness, Measure::Connectedness),
    (Readout::Belonging, Measure::Belonging),
    (Readout::PositiveMood, Measure::PositiveMood),
    (Readout::LowMood, Measure::LowMood),
    (Readout::Stress, Measure::Stress),
    (Readout::Resilience, Measure::Resilience),
    (Readout::Meaning, Measure::Meaning),
    (Readout::PhysicalHealth, Measure::PhysicalHealth),
    (Readout::SupportReceived, Measure::SupportReceived),
];

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

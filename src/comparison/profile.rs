//! Who they are: traits and questionnaires of those who change, against those who do not.

use crate::engine::block::Participants;
use crate::model::agent::Trait;
use crate::population::{Population, SCALES, Scale};
use crate::statistics::{Estimate, Moments, Z_95, standardised_difference};
use serde::{Deserialize, Serialize};

/// Traits and questionnaire scales that a profile has.
pub const FEATURES: usize = Trait::COUNT + SCALES;

/// Mean and spread of every trait, in SD from the norm, and of every questionnaire scale, in its points, over some people.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Profile([Moments; FEATURES]);

impl Default for Profile {
    fn default() -> Self {
        Self([Moments::default(); FEATURES])
    }
}

impl Profile {
    /// Adds the person at `place`, as they are before training.
    pub fn push(&mut self, participants: &Participants, place: usize) {
        for (moments, value) in self.0.iter_mut().zip(features(participants, place)) {
            moments.push(value);
        }
    }

    /// Adds later people.
    pub fn merge(&mut self, later: &Self) {
        for (own, later) in self.0.iter_mut().zip(&later.0) {
            own.merge(later);
        }
    }

    /// How many people it is of.
    pub fn people(&self) -> u64 {
        self.0[0].count()
    }

    /// By how many pooled SD these people exceed others in each feature, with the 95 % interval; none where a side has fewer than two people or
    /// nobody differs from anybody.
    pub fn against(&self, others: &Self) -> [Option<Estimate>; FEATURES] {
        std::array::from_fn(|it| standardised_difference(&self.0[it], &others.0[it], Z_95))
    }
}

/// The name of a feature: the key of a trait, or of a questionnaire scale.
pub fn name(feature: usize) -> &'static str {
    match feature.checked_sub(Trait::COUNT) {
        None => Trait::ALL[feature].key(),
        Some(scale) => match Scale::MEASURED[scale] {
            Scale::IriFs => "iri_fs",
            Scale::IriPt => "iri_pt",
            Scale::IriEc => "iri_ec",
            Scale::IriPd => "iri_pd",
            Scale::ErqReappraisal => "erq_reappraisal",
            Scale::ErqSuppression => "erq_suppression",
            Scale::MindfulAttention => "mindful_attention",
            Scale::DepressiveSymptoms => "depressive_symptoms",
        },
    }
}

fn features(participants: &Participants, place: usize) -> [f64; FEATURES] {
    let traits = participants.traits_of(place);
    let scales = participants.people.scales(Population::norm(), place, traits);
    let scales = [
        scales.iri_fs,
        scales.iri_pt,
        scales.iri_ec,
        scales.iri_pd,
        scales.erq_reappraisal,
        scales.erq_suppression,
    ];
    std::array::from_fn(|it| match it.checked_sub(Trait::COUNT) {
        None => traits[it],
        Some(scale) => scales[scale],
    })
}

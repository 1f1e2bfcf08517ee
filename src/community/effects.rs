//! Effects under interference: what training a part of a community does to everybody, to the trained and to the others.
//!
//! The same community is lived with the training and without it, so that each effect is a difference within the same people, and communities are the
//! sample.
//!
//! | effect     | difference                                                       |
//! |------------|------------------------------------------------------------------|
//! | overall    | of everybody                                                     |
//! | total      | of the trained                                                   |
//! | spill-over | of the untrained, and of those at each distance from the trained |
//! | direct     | total less spill-over                                            |
//!
//! After Hudgens & Halloran (2008), Toward causal inference with interference.

use super::run::CommunityTally;
use super::sums::{CommunityMeasure, Group};
use crate::statistics::{Estimate, Moments, student_95};

/// Communities of a run, as far as they are known.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Communities {
    /// Each community, in order.
    pub each: Vec<CommunityTally>,
}

/// A mean over communities.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EffectEstimate {
    /// The mean, and its 95 % interval where there are two communities or more.
    pub estimate: Estimate,
    /// Communities behind it.
    pub communities: u64,
}

/// What is a difference of what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EffectKind {
    /// Of a group: overall, total, spill-over.
    Of(Group),
    /// Total less spill-over.
    Direct,
}

impl EffectKind {
    /// Every effect.
    pub fn all() -> impl Iterator<Item = Self> {
        let groups = Group::ALL.into_iter().map(Self::Of);
        groups.chain([Self::Direct])
    }

    /// The word in tables.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Of(Group::All) => "overall",
            Self::Of(Group::Trained) => "total",
            Self::Of(Group::Untrained) => "spill_over",
            Self::Of(Group::OneStep) => "spill_over_one_step",
            Self::Of(Group::TwoSteps) => "spill_over_two_steps",
            Self::Of(Group::ThreeSteps) => "spill_over_three_steps",
            Self::Of(Group::Farther) => "spill_over_farther",
            Self::Direct => "direct",
        }
    }
}

impl Communities {
    /// What a measure is on average in a group at a moment of a condition; the group is that of the training of condition `by`.
    pub fn mean(
        &self,
        condition: usize,
        by: usize,
        moment: usize,
        group: Group,
        measure: CommunityMeasure,
    ) -> Option<EffectEstimate> {
        let values = self.each.iter();
        told(values.filter_map(|community| value(community, condition, by, moment, group, measure)))
    }

    /// What the training of a condition does at a moment, beside the first condition.
    pub fn effect(
        &self,
        condition: usize,
        moment: usize,
        kind: EffectKind,
        measure: CommunityMeasure,
    ) -> Option<EffectEstimate> {
        let of = |community: &CommunityTally, group| {
            let with = value(community, condition, condition, moment, group, measure)?;
            Some(with - value(community, 0, condition, moment, group, measure)?)
        };
        told(self.each.iter().filter_map(|community| match kind {
            EffectKind::Of(group) => of(community, group),
            EffectKind::Direct => Some(of(community, Group::Trained)? - of(community, Group::Untrained)?),
        }))
    }

    /// People in a group of a condition on average; the group is that of the training of condition `by`.
    pub fn people(&self, condition: usize, by: usize, group: Group) -> f64 {
        let count = |community: &CommunityTally| {
            let moments = community.sums[condition][by].as_ref();
            moments
                .and_then(|moments| moments.first())
                .map_or(0, |classes| group.of(classes).people)
        };
        self.each.iter().map(|community| count(community) as f64).sum::<f64>() / self.each.len().max(1) as f64
    }
}

fn value(
    community: &CommunityTally,
    condition: usize,
    by: usize,
    moment: usize,
    group: Group,
    measure: CommunityMeasure,
) -> Option<f64> {
    let classes = community.sums[condition][by].as_ref()?.get(moment)?;
    measure.of(&group.of(classes))
}

/// The mean over communities with its interval: `m ± t s/√n`, with `n − 1` degrees of freedom.
fn told(values: impl Iterator<Item = f64>) -> Option<EffectEstimate> {
    let moments: Moments = values.collect();
    let communities = moments.count();
    if communities == 0 {
        return None;
    }
    let value = moments.mean();
    let reach = match moments.sd() {
        Some(sd) if communities > 1 => student_95(communities as f64 - 1.0) * sd / (communities as f64).sqrt(),
        _ => 0.0,
    };
    Some(EffectEstimate {
        estimate: Estimate {
            value,
            lower: value - reach,
            upper: value + reach,
        },
        communities,
    })
}

//! What people make of others who look on: how needed help seems, and how strongly they hold back.

use crate::lanes::Real;
use crate::model::person::Person;
use crate::model::scene::Scene;
use crate::model::{bystanders, perception};

/// Where the inaction that is seen stands among [`Onlookers::columns`].
pub(super) const INACTION: usize = 0;

/// Where the inhibition stands among [`Onlookers::columns`].
pub(super) const INHIBITION: usize = 2;

/// How a person sees others who are not simulated but taken to be like them.
#[derive(Clone, Copy)]
pub(super) struct Onlookers<R> {
    /// How far their inaction is seen.
    pub(super) inaction: R,
    /// Need as it is understood while they do what they do.
    pub(super) need_seen: R,
    /// How strongly their inaction holds back those who fear to stand out.
    pub(super) inhibition: R,
}

impl<R: Real> Onlookers<R> {
    /// Before anybody has moved.
    #[inline(always)]
    pub(super) fn start(scene: &Scene<R>, person: &Person<R>) -> Self {
        Self {
            inaction: R::zero(),
            need_seen: need_seen(scene, person, scene.confederates),
            inhibition: inhibition(scene, scene.confederates),
        }
    }

    /// The fields in order.
    #[inline(always)]
    pub(super) fn columns(self) -> [R; 3] {
        [self.inaction, self.need_seen, self.inhibition]
    }

    /// As they stand in [`Onlookers::columns`].
    #[inline(always)]
    pub(super) fn from_columns([inaction, need_seen, inhibition]: [R; 3]) -> Self {
        Self {
            inaction,
            need_seen,
            inhibition,
        }
    }

    /// One step on: their inaction fades as this person's tendency to help rises.
    #[inline(always)]
    pub(super) fn go_on(&mut self, scene: &Scene<R>, person: &Person<R>, help: R) {
        if !scene.others_seen {
            return;
        }
        let target = bystanders::inaction_target(help);
        self.inaction = self.inaction + (target - self.inaction) * scene.inaction_step;
        let seen = scene.confederates + scene.others_like_me * self.inaction;
        self.need_seen = need_seen(scene, person, seen);
        self.inhibition = inhibition(scene, seen);
    }
}

/// How strongly so much inaction of others holds back those who fear to stand out.
#[inline(always)]
pub(super) fn inhibition<R: Real>(scene: &Scene<R>, inaction: R) -> R {
    scene.inhibition * inaction
}

/// Need as it is understood when so much inaction of others is seen.
#[inline(always)]
pub(super) fn need_seen<R: Real>(scene: &Scene<R>, person: &Person<R>, inaction: R) -> R {
    let evidence = scene.evidence - scene.inaction_cost * inaction;
    perception::interpretation(
        evidence,
        person.need_threshold,
        scene.interpretation_steepness,
        scene.need,
    )
}

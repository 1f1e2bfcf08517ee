//! Observers that every run has: what is counted of each condition, and what is kept of everybody.

use super::cohort::Cohort;
use super::driver::{Observation, Observer};
use super::monitor::Stopped;
use super::place::Place;
use super::run::Experiment;
use super::tally::{Tally, joint};
use crate::scenario::Condition;

/// The tally of each condition, with those of all its moments.
pub struct Tallies<'a>(pub &'a Experiment<'a>);

/// A tally, and for each unit whether it helped at the moment that stands for the whole; none where a selection makes the units of two
/// conditions differ.
type Counted = (Tally, Option<Vec<bool>>);

impl Observer for Tallies<'_> {
    type Sight = Counted;
    type State = Vec<Tally>;

    fn wants(&self, _: Place) -> bool {
        true
    }

    fn sight(&self, condition: usize) -> Counted {
        (Tally::new(&self.0.scenario.conditions[condition]), None)
    }

    fn see(&self, seen: &Observation, (whole, whole_helped): &mut Counted) {
        let Experiment { parameters, norm, .. } = self.0;
        let (condition, participants, records) = (seen.condition, seen.participants, seen.records);
        let (mut tally, helped) = Tally::of(condition, parameters, norm, participants, records, seen.selected);
        let mut course = std::mem::take(&mut whole.course);
        if seen.is_main {
            (*whole, *whole_helped) = (tally.clone(), helped);
        }
        if condition.protocol.has_course() {
            tally.take_sample(condition, participants, records);
            course.push(tally);
        }
        whole.course = course;
    }

    fn gather(&self, _: &Cohort, sights: Vec<Counted>) -> Result<Vec<Tally>, Stopped> {
        let conditions = &self.0.scenario.conditions;
        let first = sights.first().and_then(|(_, helped)| helped.clone());
        let is_like_the_first =
            |condition: &Condition| condition.select.is_none() && condition.unit == conditions[0].unit;
        let with_the_first = |(number, (mut tally, helped)): (usize, Counted)| {
            if let (Some(first), Some(helped)) = (&first, helped)
                && number > 0
                && is_like_the_first(&conditions[number])
            {
                tally.joint = Some(joint(&helped, first));
            }
            tally
        };
        Ok(sights.into_iter().enumerate().map(with_the_first).collect())
    }
}

/// What a closure makes of the people of each block in each condition: in every week of a timeline, or else at the moment that stands for the whole.
pub struct Kept<F>(pub F);

impl<F: Fn(&Observation) -> K + Sync, K: Send> Observer for Kept<F> {
    type Sight = Vec<K>;
    type State = Vec<K>;

    fn wants(&self, _: Place) -> bool {
        true
    }

    fn sight(&self, _: usize) -> Vec<K> {
        Vec::new()
    }

    fn see(&self, seen: &Observation, sight: &mut Vec<K>) {
        if seen.is_main || seen.condition.protocol.timeline.is_some() {
            sight.push(self.0(seen));
        }
    }

    fn gather(&self, _: &Cohort, sights: Vec<Vec<K>>) -> Result<Vec<K>, Stopped> {
        Ok(sights.into_iter().flatten().collect())
    }
}

//! What the same people did in any two conditions: what a difference between two conditions, or between two differences, can be sure of.
//!
//! Fed piece by piece while a run goes on, in memory that does not grow with the number of people.

use crate::engine::norm_scene::NormScene;
use crate::engine::records::{Column, Outcome};
use crate::engine::run::Played;
use crate::engine::tally::outcome_of_unit;
use crate::scenario::{Scenario, Unit};
use crate::statistics::{Count, Estimate, Joint, Z_95, linear_contrast};

/// Conditions that are compared with each other at most; the work grows with their square.
pub const MOST: usize = 256;

/// What is compared between conditions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub enum Deed {
    /// Helped: a person, or a group.
    Helped,
    /// Left: a person, or all of a group.
    Left,
    /// Punished: a person, or one of a group.
    Punished,
    /// Was overwhelmed at the decision: always a person.
    Overwhelmed,
}

impl Deed {
    /// Every deed.
    pub const ALL: [Self; 4] = [Self::Helped, Self::Left, Self::Punished, Self::Overwhelmed];
}

/// Who did what, of the people of one block in one condition.
#[derive(Debug, Clone, PartialEq)]
pub struct Deeds {
    condition: usize,
    /// For each deed a bit for each who is counted, in order, and how many there are.
    done: [(Vec<u64>, u64); Deed::ALL.len()],
}

/// How many did what, in each condition and in each two.
#[derive(Debug, Clone, PartialEq)]
pub struct Together {
    /// What is counted; none where a selection makes the people of two conditions differ.
    units: Vec<Option<Unit>>,
    /// By deed and condition.
    counts: [Vec<Count>; Deed::ALL.len()],
    /// By deed and two conditions: how many did in both.
    both: [Vec<u64>; Deed::ALL.len()],
    /// The conditions of the block that is being counted.
    block: Vec<Deeds>,
}

impl Deeds {
    /// Who did what of those played; none beyond the conditions that are compared.
    pub fn of(played: &Played, norm: &NormScene) -> Option<Self> {
        if played.number >= MOST {
            return None;
        }
        let (records, selected) = (played.records, played.selected);
        let size = played.condition.unit.size() as usize;
        let outcomes: Vec<Outcome> = (0..records.outcomes.len())
            .step_by(size)
            .filter_map(|first| {
                let members = (first..first + size).filter(|it| selected[*it]);
                outcome_of_unit(members.map(|it| records.outcomes[it]))
            })
            .collect();
        let ended = |outcome| bits(outcomes.iter().map(|it| *it == outcome));
        let distress = records.column(Column::PersonalDistress);
        let compassion = records.column(Column::Compassion);
        let people = (0..records.outcomes.len()).filter(|it| selected[*it]);
        let overwhelmed = people.map(|it| norm.overwhelmed(f64::from(distress[it]), f64::from(compassion[it])));
        Some(Self {
            condition: played.number,
            done: [
                ended(Outcome::Helped),
                ended(Outcome::Left),
                ended(Outcome::Punished),
                bits(overwhelmed),
            ],
        })
    }
}

fn bits(done: impl Iterator<Item = bool>) -> (Vec<u64>, u64) {
    let (mut words, mut count) = (Vec::new(), 0);
    for it in done {
        if count % 64 == 0 {
            words.push(0);
        }
        if let Some(last) = words.last_mut() {
            *last |= u64::from(it) << (count % 64);
        }
        count += 1;
    }
    (words, count)
}

impl Together {
    /// Nobody yet.
    pub fn new(scenario: &Scenario) -> Self {
        let conditions = &scenario.conditions[..scenario.conditions.len().min(MOST)];
        let nobody = Count {
            successes: 0,
            trials: 0,
        };
        Self {
            units: conditions
                .iter()
                .map(|it| it.select.is_none().then_some(it.unit))
                .collect(),
            counts: std::array::from_fn(|_| vec![nobody; conditions.len()]),
            both: std::array::from_fn(|_| vec![0; conditions.len() * conditions.len()]),
            block: Vec::with_capacity(conditions.len()),
        }
    }

    /// Adds the people of one block in one condition; blocks come one after the other, and in each its conditions in their order.
    pub fn add(&mut self, deeds: Deeds) {
        self.block.push(deeds);
        let conditions = self.units.len();
        if self.block.len() < conditions {
            return;
        }
        let block = std::mem::take(&mut self.block);
        for deed in 0..Deed::ALL.len() {
            for (one, here) in block.iter().enumerate() {
                debug_assert_eq!(here.condition, one, "conditions come in order");
                let (words, people) = &here.done[deed];
                self.counts[deed][one].successes += ones(words.iter().copied());
                self.counts[deed][one].trials += people;
                for (other, there) in block.iter().enumerate().skip(one + 1) {
                    if self.same_people(one, other) {
                        let pairs = words.iter().zip(&there.done[deed].0);
                        self.both[deed][one * conditions + other] += ones(pairs.map(|(one, other)| one & other));
                    }
                }
            }
        }
    }

    /// Number of conditions that are compared.
    pub fn conditions(&self) -> usize {
        self.units.len()
    }

    /// How many did in a condition.
    pub fn count(&self, deed: Deed, condition: usize) -> Count {
        self.counts[deed as usize][condition]
    }

    /// What the same people did in two conditions; none if they are not the same people, each counted in both.
    pub fn joint(&self, deed: Deed, one: usize, other: usize) -> Option<Joint> {
        if !self.same_people(one, other) {
            return None;
        }
        let place = one.min(other) * self.units.len() + one.max(other);
        let both = self.both[deed as usize][place];
        let (first, second) = (self.count(deed, one), self.count(deed, other));
        Some(Joint {
            both,
            first_only: first.successes - both,
            second_only: second.successes - both,
            neither: first.trials + both - first.successes - second.successes,
        })
    }

    /// A weighted sum of the shares of some conditions, with its 95 % interval: paired where the people are the same.
    pub fn contrast(&self, deed: Deed, terms: &[(usize, f64)]) -> Option<Estimate> {
        let weights: Vec<f64> = terms.iter().map(|it| it.1).collect();
        let counts: Vec<Count> = terms.iter().map(|it| self.count(deed, it.0)).collect();
        let phi = |one: usize, other: usize| {
            let joint = self.joint(deed, terms[one].0, terms[other].0);
            joint.map_or(0.0, Joint::phi)
        };
        linear_contrast(&weights, &counts, phi, Z_95)
    }

    /// The share of one condition minus that of another.
    pub fn difference(&self, deed: Deed, of: usize, from: usize) -> Option<Estimate> {
        self.contrast(deed, &[(of, 1.0), (from, -1.0)])
    }

    fn same_people(&self, one: usize, other: usize) -> bool {
        one != other && self.units[one].is_some() && self.units[one] == self.units[other]
    }
}

fn ones(words: impl Iterator<Item = u64>) -> u64 {
    words.map(|it| u64::from(it.count_ones())).sum()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::engine::monitor::Unwatched;
    use crate::engine::run::Experiment;
    use crate::engine::tally::Tally;
    use crate::engine::test_scenario;
    use crate::parameters::shipped;
    use crate::scenario::Dominant;
    use crate::summary::{Difference, Within};
    use std::convert::Infallible;

    /// Runs a scenario, counts who did what, and takes the differences that it asks about.
    pub(crate) fn run(scenario: &Scenario) -> (Vec<Tally>, Together, Vec<Difference>) {
        let parameters = shipped();
        let experiment = Experiment::new(scenario, &parameters);
        let (mut together, mut within) = (Together::new(scenario), Within::new(scenario));
        let tallies = experiment.run(
            &Unwatched,
            |played| (Deeds::of(played, &experiment.norm), played.readings.to_vec()),
            |(deeds, readings)| {
                deeds.into_iter().for_each(|it| together.add(it));
                within.add(readings);
                Ok::<_, Infallible>(())
            },
        );
        let tallies = tallies.unwrap_or_default();
        let differences = within.differences(&tallies);
        (tallies, together, differences)
    }

    #[test]
    fn counts_are_those_of_the_run() {
        let mut scenario = test_scenario(&["plain", "easy", "trio", "chosen"]);
        (scenario.run.agents, scenario.run.replicates) = (2_500, 2);
        scenario.conditions[1].situation.escape = 0.9;
        scenario.conditions[2].unit = Unit::Group(3);
        scenario.conditions[3].select = Some(Dominant::EmpathicConcern);
        let (tallies, together, _) = run(&scenario);
        for (number, tally) in tallies.iter().enumerate() {
            for (deed, outcome) in [(Deed::Helped, Outcome::Helped), (Deed::Left, Outcome::Left)] {
                assert_eq!(
                    together.count(deed, number),
                    tally.units.count(outcome),
                    "{number} {deed:?}"
                );
            }
            let overwhelmed = together.count(Deed::Overwhelmed, number);
            assert_eq!(
                (overwhelmed.successes, overwhelmed.trials),
                (tally.overwhelmed, tally.people.total())
            );
        }
        assert_eq!(together.joint(Deed::Helped, 1, 0), tallies[1].joint);
        assert_eq!(together.joint(Deed::Helped, 2, 0), None, "groups are not persons");
        assert_eq!(together.joint(Deed::Helped, 3, 0), None, "not everybody is counted");
    }
}

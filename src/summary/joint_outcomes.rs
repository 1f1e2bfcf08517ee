//! What the same people did in any two conditions: what a difference between two conditions, or between two differences, can be sure of.
//!
//! In memory that does not grow with the number of people.

use crate::engine::cohort::Cohort;
use crate::engine::driver::{Observation, Observer};
use crate::engine::monitor::Stopped;
use crate::engine::place::Place;
use crate::engine::records::{Column, Outcome};
use crate::engine::run::Experiment;
use crate::engine::tally::outcome_of_unit;
use crate::scenario::{Scenario, Unit};
use crate::statistics::{Count, Estimate, Joint, Z_95, linear_contrast};
use serde::{Deserialize, Serialize};

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

/// Who did what, of the people of one block in one condition: for each deed a bit for each who is counted, in order, and how many there are.
pub type Deeds = [(Vec<u64>, u64); Deed::ALL.len()];

/// How many did what, in each condition and in each two.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct JointOutcomes {
    /// What is counted; none where a selection makes the people of two conditions differ.
    units: Vec<Option<Unit>>,
    /// By deed and condition.
    counts: [Vec<Count>; Deed::ALL.len()],
    /// By deed and two conditions: how many did in both.
    both: [Vec<u64>; Deed::ALL.len()],
}

/// Observes who did what.
pub struct DeedsObserver<'a>(pub &'a Experiment<'a>);

impl Observer for DeedsObserver<'_> {
    type Sight = Deeds;
    type State = JointOutcomes;

    fn wants(&self, place: Place) -> bool {
        place.condition < MOST && place.is_main(self.0.scenario)
    }

    fn sight(&self, _: usize) -> Deeds {
        Deeds::default()
    }

    fn see(&self, seen: &Observation, done: &mut Deeds) {
        let (records, selected) = (seen.records, seen.selected);
        let size = seen.condition.unit.size() as usize;
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
        let norm = &self.0.norm;
        let overwhelmed = people.map(|it| norm.overwhelmed(f64::from(distress[it]), f64::from(compassion[it])));
        *done = [
            ended(Outcome::Helped),
            ended(Outcome::Left),
            ended(Outcome::Punished),
            bits(overwhelmed),
        ];
    }

    fn gather(&self, _: &Cohort, mut block: Vec<Deeds>) -> Result<JointOutcomes, Stopped> {
        block.truncate(MOST);
        let mut joint_outcomes = JointOutcomes::new(self.0.scenario);
        joint_outcomes.count_block(&block);
        Ok(joint_outcomes)
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

impl JointOutcomes {
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
        }
    }

    /// Counts the people of a block, condition by condition.
    fn count_block(&mut self, block: &[Deeds]) {
        let conditions = self.units.len();
        for deed in 0..Deed::ALL.len() {
            for (one, here) in block.iter().enumerate() {
                let (words, people) = &here[deed];
                self.counts[deed][one].successes += ones(words.iter().copied());
                self.counts[deed][one].trials += people;
                for (other, there) in block.iter().enumerate().skip(one + 1) {
                    if self.same_people(one, other) {
                        let pairs = words.iter().zip(&there[deed].0);
                        self.both[deed][one * conditions + other] += ones(pairs.map(|(one, other)| one & other));
                    }
                }
            }
        }
    }

    /// Adds other people of the same scenario.
    pub fn merge(&mut self, other: &Self) {
        for (own, others) in self.counts.iter_mut().flatten().zip(other.counts.iter().flatten()) {
            own.successes += others.successes;
            own.trials += others.trials;
        }
        for (own, others) in self.both.iter_mut().flatten().zip(other.both.iter().flatten()) {
            *own += others;
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
    use crate::engine::tally::Tally;
    use crate::engine::test_scenario;
    use crate::parameters::shipped;
    use crate::scenario::Dominant;
    use crate::study::{self, Options};
    use crate::summary::Difference;

    /// Runs a scenario, counts who did what, and takes the differences that it asks about.
    pub(crate) fn run(scenario: &Scenario) -> (Vec<Tally>, JointOutcomes, Vec<Difference>) {
        let options = Options {
            pairs: Some(Vec::new()),
            ..Options::default()
        };
        let results = study::run(scenario, &shipped(), &options, &Unwatched).expect("nobody stops it");
        (results.tallies, results.joint_outcomes, results.summary.differences)
    }

    #[test]
    fn counts_are_those_of_the_run() {
        let mut scenario = test_scenario(&["plain", "easy", "trio", "chosen"]);
        (scenario.run.agents, scenario.run.replicates) = (2_500, 2);
        scenario.conditions[1].situation.escape = 0.9;
        scenario.conditions[2].unit = Unit::Group(3);
        scenario.conditions[3].select = Some(Dominant::EmpathicConcern);
        let (tallies, joint_outcomes, _) = run(&scenario);
        for (number, tally) in tallies.iter().enumerate() {
            for (deed, outcome) in [(Deed::Helped, Outcome::Helped), (Deed::Left, Outcome::Left)] {
                assert_eq!(
                    joint_outcomes.count(deed, number),
                    tally.units.count(outcome),
                    "{number} {deed:?}"
                );
            }
            let overwhelmed = joint_outcomes.count(Deed::Overwhelmed, number);
            assert_eq!(
                (overwhelmed.successes, overwhelmed.trials),
                (tally.overwhelmed, tally.people.total())
            );
        }
        assert_eq!(joint_outcomes.joint(Deed::Helped, 1, 0), tallies[1].joint);
        assert_eq!(joint_outcomes.joint(Deed::Helped, 2, 0), None, "groups are not persons");
        assert_eq!(
            joint_outcomes.joint(Deed::Helped, 3, 0),
            None,
            "not everybody is counted"
        );
    }
}

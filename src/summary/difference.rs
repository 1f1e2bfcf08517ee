//! Differences in the measures that a file asks about, within the same people where they are the same.

use super::asked::{Asked, Place, asked};
use super::contrast::predicted_d;
use crate::engine::measured::Readings;
use crate::engine::tally::Tally;
use crate::scenario::{Scenario, Unit};
use crate::statistics::{Estimate, Paired, Z_95, difference_of_means, unpaired_difference};

/// A difference in the unit of its measure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// Of what.
    pub asked: Asked,
    /// The mean, or share, of the control.
    pub control: f64,
    /// Treatment minus control with its 95 % interval.
    pub estimate: Estimate,
    /// Whether that is within the same people.
    pub paired: bool,
    /// How many people (or groups) were measured in both places, or in the treatment where they are not the same.
    pub people: u64,
    /// The standardised difference between people; none where nobody differs from anybody.
    pub d: Option<f64>,
}

/// What the same people show in the places that a file asks about; fed piece by piece while a run goes on.
#[derive(Debug, Clone)]
pub struct Within {
    asked: Vec<Asked>,
    sums: Vec<Paired>,
    /// Whether the people are the same, for each of `asked`.
    same: Vec<bool>,
    /// Readings of the block that is being counted, condition by condition.
    block: Vec<Vec<Readings>>,
    conditions: usize,
}

impl Within {
    /// Nobody yet.
    pub fn new(scenario: &Scenario) -> Self {
        let asked = asked(scenario);
        Self {
            sums: vec![Paired::default(); asked.len()],
            same: asked.iter().map(|it| same_people(scenario, it)).collect(),
            asked,
            block: Vec::new(),
            conditions: scenario.conditions.len(),
        }
    }

    /// Adds what the people of one block show in one condition; blocks come one after the other, and in each its conditions in their order.
    pub fn add(&mut self, readings: Vec<Readings>) {
        self.block.push(readings);
        if self.block.len() < self.conditions {
            return;
        }
        let block = std::mem::take(&mut self.block);
        for ((asked, sum), _) in self.asked.iter().zip(&mut self.sums).zip(&self.same).filter(|it| *it.1) {
            let values = |it: Place| block[it.condition].get(it.moment)?.get(&asked.measure);
            if let (Some(treatment), Some(control)) = (values(asked.treatment), values(asked.control)) {
                treatment.iter().zip(control).for_each(|(a, b)| sum.push(*a, *b));
            }
        }
    }

    /// The differences, of what was measured; `tallies` are those of the same run, one for each condition.
    pub fn differences(&self, tallies: &[Tally]) -> Vec<Difference> {
        let all = self.asked.iter().zip(&self.sums);
        all.filter_map(|(asked, sum)| Difference::new(*asked, sum, tallies))
            .collect()
    }
}

impl Difference {
    fn new(asked: Asked, within: &Paired, tallies: &[Tally]) -> Option<Self> {
        let (treatment, control) = (asked.treatment.tally(tallies), asked.control.tally(tallies));
        let (mean, between, people) = if let Some(outcome) = asked.measure.outcome() {
            let (treatment, control) = (treatment.units.count(outcome), control.units.count(outcome));
            (
                control.share()?,
                unpaired_difference(treatment, control, Z_95),
                treatment.trials,
            )
        } else {
            let of = |it: &Tally| it.measures.get(&asked.measure).filter(|it| it.count() > 0).copied();
            let (treatment, control) = (of(treatment)?, of(control)?);
            (
                control.mean(),
                difference_of_means(&treatment, &control, Z_95),
                treatment.count(),
            )
        };
        let (same, within) = (within.count(), within.difference(Z_95));
        Some(Self {
            asked,
            control: mean,
            estimate: within.or(between)?,
            paired: within.is_some(),
            people: if within.is_some() { same } else { people },
            d: predicted_d(treatment, control, asked.measure),
        })
    }
}

/// Whether the same people are counted in both places; what groups do is not a measure of their people.
fn same_people(scenario: &Scenario, asked: &Asked) -> bool {
    let [one, other] = [asked.treatment, asked.control].map(|it| &scenario.conditions[it.condition]);
    let of_persons = one.unit == Unit::Person || asked.measure.outcome().is_none();
    one.select.is_none() && other.select.is_none() && one.unit == other.unit && of_persons
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::test_scenario;
    use crate::model::agent::Trait;
    use crate::registry::Measure;
    use crate::scenario::Contrast;
    use crate::summary::together::tests::run;

    /// What people who feel for others show more of, and the tallies; in groups of so many.
    fn of_motive(unit: Unit) -> (Vec<Tally>, Vec<Difference>) {
        let mut scenario = test_scenario(&["plain", "warm"]);
        (scenario.run.agents, scenario.run.replicates) = (2_400, 2);
        scenario.conditions[1].population[Trait::CompassionMotive as usize].mean = 0.5;
        scenario.conditions.iter_mut().for_each(|it| it.unit = unit);
        let contrast = |measure| Contrast::asking(1, 0, measure);
        scenario.contrasts = [Measure::Compassion, Measure::Helped, Measure::Burnout]
            .map(contrast)
            .to_vec();
        let (tallies, _, differences) = run(&scenario);
        (tallies, differences)
    }

    #[test]
    fn differences_are_those_of_the_means_and_surer_within_people() {
        let (tallies, differences) = of_motive(Unit::Person);
        let [compassion, helped] = differences[..] else {
            panic!("burnout is not measured in a single encounter: {differences:?}");
        };
        let of = |it: usize| &tallies[it].measures[&Measure::Compassion];
        let between = difference_of_means(of(1), of(0), Z_95).unwrap();
        assert!(
            (compassion.estimate.value - between.value).abs() < 1e-9,
            "{compassion:?}"
        );
        assert!((compassion.control - of(0).mean()).abs() < 1e-12);
        let width = |it: Estimate| it.upper - it.lower;
        assert!(compassion.paired && width(compassion.estimate) < 0.5 * width(between));
        assert!(helped.paired && helped.estimate.value > 0.0, "{helped:?}");
    }

    #[test]
    fn what_groups_do_is_not_compared_within_people() {
        let (_, differences) = of_motive(Unit::Group(3));
        let paired: Vec<bool> = differences.iter().map(|it| it.paired).collect();
        assert_eq!(
            paired,
            [true, false],
            "feelings are those of people, help is that of groups"
        );
    }
}

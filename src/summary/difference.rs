//! Differences in the measures that a file asks about, within the same people where they are the same.

use super::asked::{Asked, Place, asked};
use super::contrast::predicted_d;
use crate::engine::cohort::Cohort;
use crate::engine::driver::{Observation, Observer};
use crate::engine::measured::{Readings, readings};
use crate::engine::monitor::Stopped;
use crate::engine::tally::Tally;
use crate::registry::Measure;
use crate::scenario::{Scenario, Unit};
use crate::statistics::{Estimate, Paired, Z_95, difference_of_means, unpaired_difference};
use std::collections::BTreeMap;

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

/// Observes what the same people show in the places that a file asks about.
#[derive(Debug, Clone)]
pub struct Within {
    asked: Vec<Asked>,
    /// Whether the people are the same, for each of `asked`.
    same: Vec<bool>,
}

impl Within {
    /// For all that the scenario asks.
    pub fn new(scenario: &Scenario) -> Self {
        let asked = asked(scenario);
        Self {
            same: asked.iter().map(|it| same_people(scenario, it)).collect(),
            asked,
        }
    }

    /// Nobody's sums.
    pub fn nobody(&self) -> Vec<Paired> {
        vec![Paired::default(); self.asked.len()]
    }

    /// Adds the people of a block to the sums.
    pub fn add(&self, sums: &mut [Paired], block: Vec<Vec<[f64; 2]>>) {
        for (sum, people) in sums.iter_mut().zip(block) {
            people
                .into_iter()
                .for_each(|[treatment, control]| sum.push(treatment, control));
        }
    }

    /// The differences, of what was measured; sums and tallies, one for each condition, are those of the same run.
    pub fn differences(&self, sums: &[Paired], tallies: &[Tally]) -> Vec<Difference> {
        let all = self.asked.iter().zip(sums);
        all.filter_map(|(asked, sum)| Difference::new(*asked, sum, tallies))
            .collect()
    }

    /// What is asked within the same people.
    fn within(&self) -> impl Iterator<Item = &Asked> {
        self.asked
            .iter()
            .zip(&self.same)
            .filter(|(_, same)| **same)
            .map(|(asked, _)| asked)
    }
}

impl Observer for Within {
    /// By the number of the moment.
    type Sight = BTreeMap<usize, Readings>;
    /// For each question the treatment and the control of each person.
    type State = Vec<Vec<[f64; 2]>>;

    fn wants(&self, place: Place) -> bool {
        self.within()
            .any(|asked| [asked.treatment, asked.control].contains(&place))
    }

    fn sight(&self, _: usize) -> Self::Sight {
        BTreeMap::new()
    }

    fn see(&self, seen: &Observation, sight: &mut Self::Sight) {
        let here = |asked: &&Asked| [asked.treatment, asked.control].contains(&seen.place());
        let measures: Vec<Measure> = self.within().filter(here).map(|asked| asked.measure).collect();
        sight.insert(
            seen.moment,
            readings(seen.condition, seen.cast, seen.records, &measures),
        );
    }

    fn gather(&self, _: &Cohort, sights: Vec<Self::Sight>) -> Result<Self::State, Stopped> {
        let of = |(asked, same): (&Asked, &bool)| {
            let values = |place: Place| sights[place.condition].get(&place.moment)?.get(&asked.measure);
            match (values(asked.treatment), values(asked.control)) {
                (Some(treatment), Some(control)) if *same => treatment
                    .iter()
                    .zip(control)
                    .map(|(treatment, control)| [*treatment, *control])
                    .collect(),
                _ => Vec::new(),
            }
        };
        Ok(self.asked.iter().zip(&self.same).map(of).collect())
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

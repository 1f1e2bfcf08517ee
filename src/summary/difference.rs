//! Differences in the measures that a file asks about, within the same people where they are the same.

use super::contrast::predicted_d;
use crate::contrast::{Asked, asked};
use crate::engine::cohort::Cohort;
use crate::engine::driver::{Observation, Observer};
use crate::engine::measured::{Readings, readings};
use crate::engine::monitor::Stopped;
use crate::engine::place::Place;
use crate::engine::tally::Tally;
use crate::registry::Measure;
use crate::scenario::Scenario;
use crate::statistics::{Estimate, Joint, Paired, Z_95, difference_of_means, paired_difference, unpaired_difference};
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

/// What is kept of the same people in two places.
#[derive(Debug, Clone, Copy)]
pub enum Sum {
    /// Of a yes or no, who did where.
    Share(Joint),
    /// Of all else, means and spread.
    Mean(Paired),
}

impl Sum {
    fn of(asked: &Asked) -> Self {
        match asked.measure.outcome() {
            Some(_) => Self::Share(Joint::default()),
            None => Self::Mean(Paired::default()),
        }
    }

    fn push(&mut self, treatment: f64, control: f64) {
        match self {
            Self::Share(joint) => joint.push(treatment > 0.0, control > 0.0),
            Self::Mean(paired) => paired.push(treatment, control),
        }
    }

    fn count(&self) -> u64 {
        match self {
            Self::Share(joint) => joint.people(),
            Self::Mean(paired) => paired.count(),
        }
    }

    fn difference(&self) -> Option<Estimate> {
        match self {
            Self::Share(joint) => paired_difference(*joint, Z_95),
            Self::Mean(paired) => paired.difference(Z_95),
        }
    }
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
    pub fn nobody(&self) -> Vec<Sum> {
        self.asked.iter().map(Sum::of).collect()
    }

    /// Adds the people of a block to the sums.
    pub fn add(&self, sums: &mut [Sum], block: Vec<Vec<[f64; 2]>>) {
        for (sum, people) in sums.iter_mut().zip(block) {
            people
                .into_iter()
                .for_each(|[treatment, control]| sum.push(treatment, control));
        }
    }

    /// The differences, of what was measured; sums and tallies, one for each condition, are those of the same run.
    pub fn differences(&self, sums: &[Sum], tallies: &[Tally]) -> Vec<Difference> {
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
            readings(seen.condition, seen.participants, seen.records, &measures),
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
    fn new(asked: Asked, within: &Sum, tallies: &[Tally]) -> Option<Self> {
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
        let (same, within) = (within.count(), within.difference());
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

/// Whether the same people, or the same groups of them, are counted in both places.
fn same_people(scenario: &Scenario, asked: &Asked) -> bool {
    let [one, other] = [asked.treatment, asked.control].map(|it| &scenario.conditions[it.condition]);
    one.select.is_none() && other.select.is_none() && one.unit == other.unit
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::test_scenario;
    use crate::model::agent::Trait;
    use crate::registry::Measure;
    use crate::scenario::{Contrast, Unit};
    use crate::summary::joint_outcomes::tests::run;

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

    /// The summary, the comparison of the same people and what a contrast asks about show one and the same interval, of persons and of groups.
    #[test]
    fn a_difference_in_helping_has_the_interval_of_the_summary() {
        for unit in [Unit::Person, Unit::Group(3)] {
            let (tallies, differences) = of_motive(unit);
            let helped = differences[1];
            assert!(helped.paired, "{unit:?}");
            let joint = tallies[1].joint.expect("both count the same");
            assert_eq!(Some(helped.estimate), paired_difference(joint, Z_95), "{unit:?}");
            assert_eq!(helped.people, joint.people());
        }
    }

    /// Twelve people of whom nobody, or everybody, helps: no limit beyond ±1, and none without width.
    #[test]
    fn at_nobody_and_everybody_an_interval_has_width_and_ends_at_one() {
        let mut scenario = test_scenario(&["nobody", "nobody again", "everybody", "everybody again"]);
        scenario.run.agents = 12;
        for (number, condition) in scenario.conditions.iter_mut().enumerate() {
            let readiness = &mut condition.population[Trait::ReadinessToAct as usize];
            (readiness.mean, readiness.sd) = (if number < 2 { -10.0 } else { 10.0 }, 0.0);
            condition.situation.need = if number < 2 { 0.0 } else { 1.0 };
            condition.situation.window_s = 60.0;
        }
        let contrast = |(treatment, control)| Contrast::asking(treatment, control, Measure::Helped);
        scenario.contrasts = [(1, 0), (3, 2), (2, 0)].map(contrast).to_vec();
        let (_, _, differences) = run(&scenario);
        let shown = |treatment, control| {
            let places =
                |it: &&Difference| (it.asked.treatment.condition, it.asked.control.condition) == (treatment, control);
            differences.iter().find(places).expect("it is asked").estimate
        };
        // Wilson's upper limit of 0 in 12 is .2425. Of two zeros, or two ones, one limit on either side is the share itself; of a zero and a one
        // both sides add: √2 · .2425 = .3429.
        for (treatment, control) in [(1, 0), (3, 2)] {
            let same = shown(treatment, control);
            assert!((same.value, same.lower + same.upper) == (0.0, 0.0), "{same:?}");
            assert!((same.upper - 0.242_5).abs() < 1e-3, "{same:?}");
        }
        let whole = shown(2, 0);
        assert!((whole.value, whole.upper) == (1.0, 1.0), "{whole:?}");
        assert!((whole.lower - (1.0 - 0.342_9)).abs() < 1e-3, "{whole:?}");
    }
}

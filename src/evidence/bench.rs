//! A bench of conditions: people drawn once, to meet the same scenes again and again with other parameters.
//!
//! The people, their luck and what the lot gave them are the same whatever the parameters (common random numbers), so that two parameter
//! sets differ by what they do and not by whom they met.

use crate::engine::block::{Participants, World};
use crate::engine::measured::measured;
use crate::engine::norm_scene::NormScene;
use crate::engine::records::{Column, Outcome, Records};
use crate::lanes::Level;
use crate::model::parameters::Parameters;
use crate::model::situation::Situation;
use crate::model::training::Program;
use crate::registry::Measure;
use crate::scenario::Condition;
use crate::statistics::{Count, predicted_share};

/// Conditions with the people who meet them.
pub struct Bench {
    seed: u64,
    longest_step_s: f64,
    level: Level,
    stands: Vec<Stand>,
    selects: bool,
}

/// One condition and its people.
struct Stand {
    condition: Condition,
    programs: Vec<Program>,
    participants: Participants<'static>,
}

impl Bench {
    /// Draws `people` people for each of these conditions, the same everywhere; each comes with the programs that its training names.
    ///
    /// Where groups are counted, people beyond the last whole group stay away.
    pub fn new<'c>(
        conditions: impl IntoIterator<Item = (&'c Condition, &'c [Program])>,
        people: u32,
        seed: u64,
        longest_step_s: f64,
    ) -> Self {
        let level = Level::best();
        // No draw of people depends on a parameter.
        let parameters = crate::parameters::shipped();
        let drawn = world(&parameters, &[], seed, longest_step_s, level).people(0, 0, people as usize);
        let stands: Vec<Stand> = conditions
            .into_iter()
            .map(|(condition, programs)| {
                let world = world(&parameters, programs, seed, longest_step_s, level);
                let whole = people / condition.unit.size() * condition.unit.size();
                let participants = Participants::new(&world, condition, 0, &drawn, whole as usize, people);
                Stand {
                    condition: condition.clone(),
                    programs: programs.to_vec(),
                    participants: participants.into_owned(),
                }
            })
            .collect();
        Self {
            seed,
            longest_step_s,
            level,
            selects: stands.iter().any(|it| it.condition.select.is_some()),
            stands,
        }
    }

    /// Number of conditions.
    pub fn len(&self) -> usize {
        self.stands.len()
    }

    /// Whether there is no condition.
    pub fn is_empty(&self) -> bool {
        self.stands.is_empty()
    }

    /// How many of how many helped in each condition, persons or groups.
    pub fn helped(&self, parameters: &Parameters) -> Vec<Count> {
        let norm = self.norm(parameters);
        self.stands
            .iter()
            .map(|it| self.one(parameters, norm.as_ref(), it, &it.condition))
            .collect()
    }

    /// What is predicted of each condition on its measure as a share within (0, 1): how many help, or where the mean lies between its bounds.
    ///
    /// # Panics
    ///
    /// If there are not as many measures as conditions, or one has no bounds.
    pub fn shares(&self, parameters: &Parameters, measures: &[Measure]) -> Vec<f64> {
        assert_eq!(measures.len(), self.stands.len(), "a measure for each condition");
        let norm = self.norm(parameters);
        let stands = self.stands.iter().zip(measures);
        stands
            .map(|(stand, measure)| match measure {
                Measure::Helped => predicted_share(self.one(parameters, norm.as_ref(), stand, &stand.condition)),
                measure => {
                    let world = world(parameters, &stand.programs, self.seed, self.longest_step_s, self.level);
                    let records = stand.participants.meet(&world, &stand.condition);
                    mean_share(stand, norm.as_ref(), &records, *measure)
                }
            })
            .collect()
    }

    /// As [`Bench::helped`], with each condition changed first.
    pub fn helped_where(&self, parameters: &Parameters, change: impl Fn(usize, &mut Condition)) -> Vec<Count> {
        let norm = self.norm(parameters);
        let stands = self.stands.iter().enumerate();
        stands
            .map(|(number, it)| {
                let mut condition = it.condition.clone();
                change(number, &mut condition);
                self.one(parameters, norm.as_ref(), it, &condition)
            })
            .collect()
    }

    /// The situation of a condition.
    pub fn situation(&self, condition: usize) -> &Situation {
        &self.stands[condition].condition.situation
    }

    /// What feelings are compared with, if somebody is selected by them.
    fn norm(&self, parameters: &Parameters) -> Option<NormScene> {
        self.selects
            .then(|| NormScene::new(parameters, self.longest_step_s, self.level))
    }

    fn one(&self, parameters: &Parameters, norm: Option<&NormScene>, stand: &Stand, condition: &Condition) -> Count {
        let world = world(parameters, &stand.programs, self.seed, self.longest_step_s, self.level);
        count(condition, norm, &stand.participants.meet(&world, condition))
    }
}

fn world<'a>(
    parameters: &'a Parameters,
    programs: &'a [Program],
    seed: u64,
    longest_step_s: f64,
    level: Level,
) -> World<'a> {
    World {
        parameters,
        programs,
        seed,
        longest_step_s,
        level,
        encounters: None,
    }
}

/// Where the mean of those who are counted lies between the bounds of a measure, kept within (0, 1) as shares are.
fn mean_share(stand: &Stand, norm: Option<&NormScene>, records: &Records, measure: Measure) -> f64 {
    let condition = &stand.condition;
    let [low, high] = condition.bounds(measure).expect("a measure with bounds");
    // Of those who help only: who never decided has no time of decision.
    let has = |person: usize| measure != Measure::Latency || records.outcomes[person] == Outcome::Helped;
    let people =
        (0..records.outcomes.len()).filter(|person| has(*person) && is_counted(condition, norm, records, *person));
    let values = people.filter_map(|person| measured(condition, &stand.participants, records, measure, person));
    let (sum, count) = values.fold((0.0, 0.0), |(sum, count), value| {
        (sum + (value - low) / (high - low), count + 1.0)
    });
    (sum + 0.5) / (count + 1.0)
}

/// Whether a person is counted: everybody is, or those in whom the wanted feeling prevails.
fn is_counted(condition: &Condition, norm: Option<&NormScene>, records: &Records, person: usize) -> bool {
    let felt = |column| f64::from(records.column(column)[person]);
    match (condition.select, norm) {
        (Some(wanted), Some(norm)) => norm.dominant(felt(Column::PersonalDistress), felt(Column::Compassion)) == wanted,
        _ => true,
    }
}

/// How many of those who are counted helped.
fn count(condition: &Condition, norm: Option<&NormScene>, records: &Records) -> Count {
    let size = condition.unit.size() as usize;
    let counted = |person: usize| is_counted(condition, norm, records, person);
    let mut count = Count {
        successes: 0,
        trials: 0,
    };
    for first in (0..records.outcomes.len()).step_by(size) {
        let mut members = (first..first + size).filter(|it| counted(*it)).peekable();
        if members.peek().is_some() {
            count.trials += 1;
            count.successes += u64::from(members.any(|it| records.outcomes[it] == Outcome::Helped));
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::run::Experiment;
    use crate::engine::test_scenario;
    use crate::model::situation::HelpKind;
    use crate::parameters::shipped;
    use crate::scenario::ObservedMean;
    use crate::statistics::binomial_deviance;

    /// What a fit counts of means is what a run measures.
    #[test]
    fn shares_of_means_are_those_that_a_run_measures() {
        let mut scenario = test_scenario(&["choice", "gift"]);
        (scenario.run.agents, scenario.run.seed) = (800, 3);
        let gift = &mut scenario.conditions[1].situation;
        (gift.help, gift.endowment) = (HelpKind::Graded, 5.0);
        let run = Experiment::new(&scenario, &shipped()).tallies();
        let of = |condition: usize, measure: Measure| {
            let conditions = [(&scenario.conditions[condition], &[][..])];
            let bench = Bench::new(conditions, 800, 3, crate::engine::LONGEST_STEP_S);
            bench.shares(&shipped(), &[measure])[0]
        };
        for (condition, measure) in [
            (0, Measure::Latency),
            (0, Measure::NegativeAffect),
            (1, Measure::Amount),
        ] {
            let [low, high] = scenario.conditions[condition].bounds(measure).unwrap();
            let mean = run[condition].measures[&measure].mean();
            let (share, expected) = (of(condition, measure), (mean - low) / (high - low));
            assert!((share - expected).abs() < 2e-3, "{measure:?}: {share} and {expected}");
        }
    }

    /// A prediction one standard error away costs about 1, as in a normal law; two cost 4.
    #[test]
    fn a_mean_costs_its_distance_in_standard_errors_squared() {
        let observed = ObservedMean {
            measure: Measure::Amount,
            mean: 3.0,
            sd: Some(1.5),
            n: Some(400),
            calibrate: true,
        };
        let count = observed.as_share([0.0, 5.0]).unwrap();
        assert_eq!((count.successes, count.trials), (640, 1067));
        let error = observed.standard_error().unwrap();
        for (errors, cost) in [(0.0, 0.0), (1.0, 1.0), (-2.0, 4.0)] {
            let deviance = binomial_deviance(count, (3.0 + errors * error) / 5.0);
            assert!(
                (deviance - cost).abs() < 0.15,
                "{errors} standard errors cost {deviance}"
            );
        }
    }
}

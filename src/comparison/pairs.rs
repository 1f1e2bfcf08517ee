//! Pairs of conditions: who helps in both, in one of them only, or in neither, and by how much every measure differs within people.

use super::blocks::{Block, helped, over_blocks};
use super::profile::{FEATURES, Profile};
use super::{Pair, Stopped};
use crate::engine::block::Cast;
use crate::engine::records::{Column, Records};
use crate::engine::run::Experiment;
use crate::engine::tally::amount;
use crate::model::situation::HelpKind;
use crate::scenario::{Condition, Measure};
use crate::statistics::{Estimate, Joint, Moments, Z_95, mean_interval, paired_difference};
use std::ops::Range;
use std::sync::atomic::AtomicBool;

/// Measures of which the difference within people is taken, beside helping.
const MEASURES: [(Measure, Column); 7] = [
    (Measure::NegativeAffect, Column::NegativeAffect),
    (Measure::PositiveAffect, Column::PositiveAffect),
    (Measure::EmpathyRating, Column::EmpathyRating),
    (Measure::Accuracy, Column::Accuracy),
    (Measure::TheoryOfMind, Column::TheoryOfMind),
    (Measure::PersonalDistress, Column::PersonalDistress),
    (Measure::Compassion, Column::Compassion),
];

/// What a pair of conditions shows of the same people.
#[derive(Debug, Clone, PartialEq)]
pub struct PairTally {
    /// Which conditions.
    pub pair: Pair,
    /// Who helped in the treatment (first) and in the control (second); units, persons or groups.
    pub joint: Joint,
    /// Who they are, in the order of [`Change::ALL`]; empty where groups are counted.
    pub profiles: [Profile; 4],
    /// Treatment minus control within people, for each measure that both scenes have.
    pub measures: Vec<(Measure, Moments)>,
}

/// What the treatment changes for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Helps in both conditions.
    Either,
    /// Helps only in the treatment.
    Gained,
    /// Helps only in the control.
    Lost,
    /// Helps in neither.
    Never,
}

impl Change {
    /// Every change.
    pub const ALL: [Self; 4] = [Self::Either, Self::Gained, Self::Lost, Self::Never];

    fn of(treatment: bool, control: bool) -> Self {
        match (treatment, control) {
            (true, true) => Self::Either,
            (true, false) => Self::Gained,
            (false, true) => Self::Lost,
            (false, false) => Self::Never,
        }
    }
}

impl PairTally {
    /// The tally of nobody.
    pub fn new(pair: Pair) -> Self {
        Self {
            pair,
            joint: Joint::default(),
            profiles: Default::default(),
            measures: Vec::new(),
        }
    }

    /// Helping in the treatment minus helping in the control, with its 95 % interval; none of nobody.
    pub fn difference(&self) -> Option<Estimate> {
        paired_difference(self.joint, Z_95)
    }

    /// How many changed so.
    pub fn count(&self, change: Change) -> u64 {
        match change {
            Change::Either => self.joint.both,
            Change::Gained => self.joint.first_only,
            Change::Lost => self.joint.second_only,
            Change::Never => self.joint.neither,
        }
    }

    /// By how many SD those who changed so exceed, in each trait and scale, those for whom nothing changes (who help in both or in neither).
    pub fn who(&self, change: Change) -> [Option<Estimate>; FEATURES] {
        let mut unchanged = self.profiles[Change::Either as usize];
        unchanged.merge(&self.profiles[Change::Never as usize]);
        self.profiles[change as usize].against(&unchanged)
    }

    /// Treatment minus control within people, with its 95 % interval, for each measure.
    pub fn mean_differences(&self) -> impl Iterator<Item = (Measure, Estimate)> {
        let measures = self.measures.iter();
        measures.filter_map(|(measure, moments)| Some((*measure, mean_interval(moments, Z_95)?)))
    }

    fn of(pair: Pair, conditions: &[Condition], met: &[Option<Met>]) -> Self {
        let mut tally = Self::new(pair);
        let (Some(treatment), Some(control)) = (&met[pair.treatment], &met[pair.control]) else {
            return tally;
        };
        let persons = treatment.helped.len() == control.cast.people.count;
        for (place, (there, here)) in treatment.helped.iter().zip(&control.helped).enumerate() {
            let change = Change::of(*there, *here);
            *match change {
                Change::Either => &mut tally.joint.both,
                Change::Gained => &mut tally.joint.first_only,
                Change::Lost => &mut tally.joint.second_only,
                Change::Never => &mut tally.joint.neither,
            } += 1;
            if persons {
                tally.profiles[change as usize].push(&control.cast, place);
            }
        }
        let (there, here) = (&conditions[pair.treatment], &conditions[pair.control]);
        for (measure, column) in MEASURES {
            let values = treatment
                .records
                .column(column)
                .iter()
                .zip(control.records.column(column));
            let moments = values.map(|(a, b)| f64::from(*a) - f64::from(*b)).collect();
            tally.measures.push((measure, moments));
        }
        if [there, here].iter().all(|it| it.situation.help == HelpKind::Graded) {
            let given = treatment
                .records
                .column(Column::Help)
                .iter()
                .zip(control.records.column(Column::Help));
            let moments = given.map(|(a, b)| amount(there, *a) - amount(here, *b)).collect();
            tally.measures.push((Measure::Amount, moments));
        }
        tally
    }

    /// Adds later people.
    pub fn merge(&mut self, later: &Self) {
        self.joint.both += later.joint.both;
        self.joint.first_only += later.joint.first_only;
        self.joint.second_only += later.joint.second_only;
        self.joint.neither += later.joint.neither;
        for (own, later) in self.profiles.iter_mut().zip(&later.profiles) {
            own.merge(later);
        }
        if self.measures.is_empty() {
            self.measures.clone_from(&later.measures);
        } else {
            for ((_, own), (_, later)) in self.measures.iter_mut().zip(&later.measures) {
                own.merge(later);
            }
        }
    }
}

/// What the people of a block did in a condition.
struct Met<'a> {
    cast: Cast<'a>,
    records: Records,
    helped: Vec<bool>,
}

/// Compares pairs of conditions over people `people` of every replicate.
///
/// # Errors
///
/// [`Stopped`] once `stop` is true.
pub fn compare(
    experiment: &Experiment,
    pairs: &[Pair],
    people: Range<u32>,
    (stop, progress): (&AtomicBool, &(dyn Fn(usize) + Sync)),
) -> Result<Vec<PairTally>, Stopped> {
    let conditions = &experiment.scenario.conditions;
    let work = |block: &Block| -> Vec<PairTally> {
        let met: Vec<Option<Met>> = conditions
            .iter()
            .enumerate()
            .map(|(number, condition)| {
                let wanted = pairs.iter().any(|it| it.treatment == number || it.control == number);
                wanted.then(|| {
                    let (cast, records) = block.meet(condition);
                    let helped = helped(condition, &records);
                    Met { cast, records, helped }
                })
            })
            .collect();
        pairs.iter().map(|it| PairTally::of(*it, conditions, &met)).collect()
    };
    let mut tallies: Vec<PairTally> = pairs.iter().map(|it| PairTally::new(*it)).collect();
    let replicates = 0..experiment.scenario.run.replicates;
    over_blocks(experiment, people, replicates, (stop, progress), work, |block| {
        for (tally, later) in tallies.iter_mut().zip(&block) {
            tally.merge(later);
        }
    })?;
    Ok(tallies)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comparison::usual_pairs;
    use crate::engine::test_scenario;
    use crate::model::agent::Trait;
    use crate::model::training::Practice;
    use crate::parameters::shipped;
    use crate::scenario::{Scenario, Unit};

    fn scenario() -> Scenario {
        let mut scenario = test_scenario(&["untrained", "trained", "other"]);
        scenario.run.agents = 3_000;
        scenario.run.replicates = 2;
        for it in &mut scenario.conditions {
            (it.situation.need, it.situation.escape) = (0.8, 0.9);
        }
        scenario.conditions[1].population[Trait::CompassionMotive as usize].mean = 1.0;
        scenario.conditions[2].unit = Unit::Group(2);
        scenario
    }

    fn compared(scenario: &Scenario, people: Range<u32>) -> Vec<PairTally> {
        let parameters = shipped();
        let never = AtomicBool::new(false);
        let experiment = Experiment::new(scenario, &parameters);
        compare(&experiment, &usual_pairs(scenario), people, (&never, &|_| {})).unwrap()
    }

    #[test]
    fn the_run_says_the_same_of_the_same_pair() {
        let scenario = scenario();
        let tallies = Experiment::new(&scenario, &shipped()).tallies();
        let pairs = compared(&scenario, 0..3_000);
        assert_eq!(pairs.len(), 1);
        assert_eq!(Some(pairs[0].joint), tallies[1].joint);
        let compassion = pairs[0]
            .measures
            .iter()
            .find(|it| it.0 == Measure::Compassion)
            .unwrap()
            .1;
        let mean = |tally: usize| tallies[tally].measures[&Measure::Compassion].mean();
        assert!((compassion.mean() - (mean(1) - mean(0))).abs() < 1e-9);
        let people: u64 = pairs[0].profiles.iter().map(Profile::people).sum();
        assert_eq!(people, 6_000);
    }

    /// Parts add up to the whole, and no number depends on threads.
    #[test]
    fn people_can_be_added_later() {
        let scenario = scenario();
        let pool = rayon::ThreadPoolBuilder::new().num_threads(3).build().unwrap();
        let whole = pool.install(|| compared(&scenario, 0..3_000));
        let mut parts = compared(&scenario, 0..2_048);
        parts[0].merge(&compared(&scenario, 2_048..3_000)[0]);
        assert_eq!(whole[0].joint, parts[0].joint);
        assert_eq!(whole, compared(&scenario, 0..3_000));
    }

    /// Without any difference in training, everybody does in one condition what they do in the other, to the bit.
    #[test]
    fn with_the_training_table_emptied_all_conditions_are_identical() {
        let mut scenario = test_scenario(&["untrained", "trained"]);
        scenario.run.agents = 2_000;
        scenario.conditions[1].training = vec![Practice {
            transportation: 0.0,
            programs: vec![1],
            hours: 40.0,
            weeks: 8.0,
        }];
        let trained = compared(&scenario, 0..2_000);
        assert!(trained[0].joint.first_only > 0, "the program does something");
        for effect in scenario.programs.iter_mut().flat_map(|it| &mut it.effects) {
            effect.shift = 0.0;
        }
        let pair = &compared(&scenario, 0..2_000)[0];
        assert_eq!((pair.joint.first_only, pair.joint.second_only), (0, 0));
        assert!(
            pair.measures
                .iter()
                .all(|(_, it)| it.mean() == 0.0 && it.sum_of_squares() == 0.0)
        );
        assert!(pair.who(Change::Gained).iter().all(Option::is_none));
    }

    #[test]
    fn groups_are_compared_as_groups_and_have_no_profile() {
        let mut scenario = scenario();
        for it in &mut scenario.conditions {
            it.unit = Unit::Group(3);
        }
        let pairs = compared(&scenario, 0..3_000);
        assert_eq!(pairs[0].joint.people(), 2_000);
        assert!(pairs[0].profiles.iter().all(|it| it.people() == 0));
    }

    /// Those whom more compassion moves are people without much distress of their own to begin with and with little compassion to spare.
    #[test]
    fn those_who_change_are_not_like_the_others() {
        let pair = &compared(&scenario(), 0..3_000)[0];
        let who = pair.who(Change::Gained);
        let clear = who.iter().flatten().filter(|it| it.lower > 0.0 || it.upper < 0.0);
        assert!(clear.count() > 0);
    }
}

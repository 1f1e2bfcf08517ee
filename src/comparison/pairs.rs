//! Pairs of conditions: who helps in both, in one of them only, or in neither, and by how much every measure differs within people.

use super::Pair;
use super::measured::{Shown, helped, shown_at, wanted};
use super::measured_contrast::{MeasuredContrast, Shift};
use super::profile::{FEATURES, Profile};
use crate::contrast::Asked;
use crate::engine::block::{BLOCK, Participants};
use crate::engine::cohort::Cohort;
use crate::engine::driver::{Observation, Observed, Observer};
use crate::engine::monitor::{Monitor, Silent, Stopped};
use crate::engine::place::Place;
use crate::engine::records::{Column, Records};
use crate::engine::run::Experiment;
use crate::engine::tally::amount;
use crate::registry::{Measure, Source};
use crate::scenario::Scenario;
use crate::statistics::{Estimate, Joint, Moments, Z_95, mean_interval, paired_difference};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::ops::Range;

/// What a pair of conditions shows of the same people.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PairTally {
    /// Which conditions.
    pub pair: Pair,
    /// Who helped in the treatment (first) and in the control (second); units, persons or groups.
    pub joint: Joint,
    /// Who they are, in the order of [`Change::ALL`]; empty where groups are counted.
    pub profiles: [Profile; 4],
    /// Treatment minus control within people, for each measure that both scenes have.
    pub measures: Vec<(Measure, Moments)>,
    /// The measure that is asked about; none where that is helping at the moments that stand for the whole.
    pub told: Option<MeasuredContrast>,
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
            told: None,
        }
    }

    /// The tally of nobody on what the file asks about the pair; `sd` is that of the measure between people, as far as it is known beforehand.
    fn asking(scenario: &Scenario, pair: Pair, sd: Option<f64>) -> Self {
        let asked = Asked::about(scenario, pair);
        Self {
            told: (!asked.is_usual(scenario)).then(|| MeasuredContrast::new(asked, sd)),
            ..Self::new(pair)
        }
    }

    /// The difference that is asked about, with its 95 % interval: as a share of people, or in the unit of a measure; none of nobody.
    pub fn effect(&self) -> Option<Estimate> {
        match &self.told {
            None => self.difference(),
            Some(told) => told.difference(),
        }
    }

    /// Its size, to be compared with those of other pairs: about as many people as it moves over a line that half of them have passed.
    pub fn size(&self) -> f64 {
        // The density of a normal distribution at its mean, 1/√(2π), is how many people an SD moves over it.
        const PEOPLE_PER_SD: f64 = 0.4;
        match &self.told {
            Some(told) if !told.asked.is_share() => {
                told.standardised().map_or(0.0, |it| PEOPLE_PER_SD * it.value.abs())
            }
            _ => self.effect().map_or(0.0, |it| it.value.abs()),
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

    /// How many change so in what is asked about: gained is higher in the treatment, lost is lower.
    pub fn changed(&self, change: Change) -> u64 {
        self.told
            .as_ref()
            .map_or_else(|| self.count(change), |it| it.count(shift(change)))
    }

    /// How many those who change so are held against: of helping people for whom nothing changes, of a measure all others.
    pub fn held_against(&self, change: Change) -> u64 {
        match &self.told {
            None => self.count(Change::Either) + self.count(Change::Never),
            Some(told) => told.people() - told.count(shift(change)),
        }
    }

    /// By how many SD those who change so in what is asked about exceed those they are held against, in each trait and scale.
    pub fn who_changed(&self, change: Change) -> [Option<Estimate>; FEATURES] {
        self.told
            .as_ref()
            .map_or_else(|| self.who(change), |it| it.who(shift(change)))
    }

    /// Treatment minus control within people, with its 95 % interval, for each measure.
    pub fn mean_differences(&self) -> impl Iterator<Item = (Measure, Estimate)> {
        let measures = self.measures.iter();
        measures.filter_map(|(measure, moments)| Some((*measure, mean_interval(moments, Z_95)?)))
    }

    /// Counts the people of a block in an empty self.
    fn count_up(mut self, scenario: &Scenario, met: &[Met]) -> Self {
        let (pair, conditions) = (self.pair, &scenario.conditions);
        let (treatment, control) = (&met[pair.treatment], &met[pair.control]);
        let (Some((_, treated, helped_there)), Some((participants, untreated, helped_here))) =
            (&treatment.main, &control.main)
        else {
            return self;
        };
        let persons = helped_there.len() == participants.people.count;
        for (place, (there, here)) in helped_there.iter().zip(helped_here).enumerate() {
            self.joint.push(*there, *here);
            if persons {
                let change = Change::of(*there, *here);
                self.profiles[change as usize].push(participants, place);
            }
        }
        if let Some(told) = &mut self.told {
            let Asked {
                measure,
                treatment: there,
                control: here,
            } = told.asked;
            let (there, here) = (
                treatment.shown.get(&(there.moment, measure)),
                control.shown.get(&(here.moment, measure)),
            );
            let participants = pair.counts_persons(scenario).then_some(participants);
            told.push(
                there.map_or(&[], Vec::as_slice),
                here.map_or(&[], Vec::as_slice),
                participants,
            );
        }
        let (there, here) = (&conditions[pair.treatment], &conditions[pair.control]);
        for measure in Measure::ALL {
            if let Source::State(state) = measure.source() {
                let values = treated.column(state).iter().zip(untreated.column(state));
                let moments = values.map(|(a, b)| f64::from(*a) - f64::from(*b)).collect();
                self.measures.push((measure, moments));
            }
        }
        if [there, here].iter().all(|condition| condition.is_graded()) {
            let given = treated.column(Column::Help).iter().zip(untreated.column(Column::Help));
            let moments = given.map(|(a, b)| amount(there, *a) - amount(here, *b)).collect();
            self.measures.push((Measure::Amount, moments));
        }
        self
    }

    /// Adds later people.
    pub fn merge(&mut self, later: &Self) {
        self.joint += later.joint;
        for (own, later) in self.profiles.iter_mut().zip(&later.profiles) {
            own.merge(later);
        }
        if let (Some(told), Some(later)) = (&mut self.told, &later.told) {
            told.merge(later);
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

/// What a change in helping corresponds to in a measure.
fn shift(change: Change) -> Shift {
    match change {
        Change::Gained => Shift::Higher,
        Change::Lost => Shift::Lower,
        Change::Either | Change::Never => Shift::Same,
    }
}

/// What the people of a block did in a condition.
#[derive(Default)]
pub struct Met {
    /// What they did at the moment that stands for the whole, and who they are.
    main: Option<(Participants<'static>, Records, Vec<bool>)>,
    /// What is asked about.
    shown: Shown,
}

/// Observes pairs of conditions.
pub struct Pairs<'a> {
    experiment: &'a Experiment<'a>,
    nobody: Vec<PairTally>,
    /// Moments and measures that are asked about, in each condition.
    wanted: Vec<BTreeSet<(usize, Measure)>>,
}

impl<'a> Pairs<'a> {
    /// For these pairs.
    ///
    /// # Errors
    ///
    /// [`Stopped`] once the monitor asks for it.
    pub fn new(experiment: &'a Experiment<'a>, pairs: &[Pair], monitor: &dyn Monitor) -> Result<Self, Stopped> {
        let scenario = experiment.scenario;
        let asking = |sds: &[Option<f64>]| {
            let each = pairs.iter().zip(sds);
            each.map(|(pair, sd)| PairTally::asking(scenario, *pair, *sd)).collect()
        };
        let first = Self::with(experiment, asking(&vec![None; pairs.len()]));
        let is_mean = |tally: &PairTally| tally.told.as_ref().is_some_and(|told| !told.asked.is_share());
        if !first.nobody.iter().any(is_mean) {
            return Ok(first);
        }
        // The first people, whatever the run, say how much people differ: so a longer run is a shorter one continued.
        let tallies = first.compare(0..BLOCK, 0..1, &Silent(monitor))?;
        let sds: Vec<Option<f64>> = tallies.iter().map(|tally| tally.told.as_ref()?.sd()).collect();
        Ok(Self::with(experiment, asking(&sds)))
    }

    fn with(experiment: &'a Experiment<'a>, nobody: Vec<PairTally>) -> Self {
        let asked: Vec<Asked> = nobody
            .iter()
            .filter_map(|tally| Some(tally.told.as_ref()?.asked))
            .collect();
        let conditions = 0..experiment.scenario.conditions.len();
        Self {
            experiment,
            nobody,
            wanted: conditions.map(|condition| wanted(&asked, condition)).collect(),
        }
    }

    /// Tallies of nobody.
    pub fn nobody(&self) -> Vec<PairTally> {
        self.nobody.clone()
    }

    /// Compares these people and replicates.
    ///
    /// # Errors
    ///
    /// [`Stopped`] once the monitor asks for it.
    pub fn compare(
        &self,
        people: Range<u32>,
        replicates: Range<u32>,
        monitor: &dyn Monitor,
    ) -> Result<Vec<PairTally>, Stopped> {
        let mut tallies = self.nobody();
        let observed = Observed {
            experiment: self.experiment,
            people,
            replicates,
            phase: "comparing the same people",
            observer: self,
        };
        observed.run_to_end(monitor, |block| {
            for (tally, later) in tallies.iter_mut().zip(&block) {
                tally.merge(later);
            }
        })?;
        Ok(tallies)
    }
}

impl Observer for Pairs<'_> {
    type Sight = Met;
    type State = Vec<PairTally>;

    fn wants(&self, place: Place) -> bool {
        let mut pairs = self.nobody.iter().map(|tally| tally.pair);
        let is_compared = pairs.any(|pair| [pair.treatment, pair.control].contains(&place.condition));
        let mut asked = self.wanted[place.condition].iter();
        is_compared && (place.is_main(self.experiment.scenario) || asked.any(|(moment, _)| *moment == place.moment))
    }

    fn sight(&self, _: usize) -> Met {
        Met::default()
    }

    fn see(&self, seen: &Observation, met: &mut Met) {
        met.shown
            .extend(shown_at(self.experiment, &self.wanted[seen.number], seen));
        if seen.is_main {
            let helped = helped(seen.condition, seen.records);
            met.main = Some((seen.participants.clone().into_owned(), seen.records.clone(), helped));
        }
    }

    fn gather(&self, _: &Cohort, met: Vec<Met>) -> Result<Vec<PairTally>, Stopped> {
        let tallies = self.nobody().into_iter();
        Ok(tallies
            .map(|tally| tally.count_up(self.experiment.scenario, &met))
            .collect())
    }
}

/// Compares pairs of conditions over people `people` of every replicate.
///
/// # Errors
///
/// [`Stopped`] once the monitor asks for it.
pub fn compare(
    experiment: &Experiment,
    pairs: &[Pair],
    people: Range<u32>,
    monitor: &dyn Monitor,
) -> Result<Vec<PairTally>, Stopped> {
    Pairs::new(experiment, pairs, monitor)?.compare(people, 0..experiment.scenario.run.replicates, monitor)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comparison::usual_pairs;
    use crate::engine::monitor::Unwatched;
    use crate::engine::test_scenario;
    use crate::model::agent::Trait;
    use crate::model::mechanism::{Knockout, Mechanism};
    use crate::model::training::Practice;
    use crate::parameters::shipped;
    use crate::scenario::{Contrast, Scenario, Timeline, Unit};

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
        let experiment = Experiment::new(scenario, &parameters);
        compare(&experiment, &usual_pairs(scenario), people, &Unwatched).unwrap()
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

    /// The same numbers as those of the run, in the week that the file asks about; who differs by less than a fifth of an SD does not count.
    #[test]
    fn a_measure_that_the_file_asks_about_is_told_instead_of_helping() {
        let mut scenario = scenario();
        scenario.run.agents = 1_500;
        for it in &mut scenario.conditions {
            it.protocol.timeline = Some(Timeline {
                weeks: 2.0,
                measure_at: vec![0.0, 2.0, 4.0],
            });
        }
        scenario.contrasts = vec![Contrast {
            week: Some(4.0),
            ..Contrast::asking(1, 0, Measure::CompassionSatisfaction)
        }];
        let tallies = Experiment::new(&scenario, &shipped()).tallies();
        let pair = &compared(&scenario, 0..1_500)[0];
        assert_eq!(Some(pair.joint), tallies[1].joint, "helping is that of the main moment");
        let told = pair.told.as_ref().unwrap();
        let mean = |it: usize| tallies[it].course[2].measures[&Measure::CompassionSatisfaction].mean();
        let difference = told.difference().unwrap();
        assert!((difference.value - (mean(1) - mean(0))).abs() < 1e-9, "{difference:?}");
        assert!((told.control() - mean(0)).abs() < 1e-9);
        assert_eq!(told.people(), 3_000);
        let shifts = Shift::ALL.map(|it| told.count(it));
        assert_eq!(shifts.iter().sum::<u64>(), 3_000);
        assert!(shifts[0] > shifts[1], "more of the motive satisfies: {shifts:?}");
        let standardised = told.standardised().unwrap();
        assert!((standardised.value * told.sd().unwrap() - difference.value).abs() < 1e-12);

        let mut parts = compared(&scenario, 0..1_024);
        parts[0].merge(&compared(&scenario, 1_024..1_500)[0]);
        let parts = parts[0].told.as_ref().unwrap();
        assert_eq!(
            Shift::ALL.map(|it| parts.count(it)),
            shifts,
            "a longer run is a shorter one continued"
        );
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

    /// Those whom more compassion moves are people who do not act by themselves; belief, knocked out, does not tell them apart.
    #[test]
    fn those_who_change_are_not_like_the_others() {
        let mut scenario = scenario();
        scenario.run.agents = 12_000;
        for it in &mut scenario.conditions {
            it.knockout = Knockout::NONE.with(Mechanism::MalleabilityBelief);
        }
        let who = compared(&scenario, 0..12_000)[0].who(Change::Gained);
        let readiness = who[Trait::ReadinessToAct as usize].expect("enough people");
        assert!(readiness.upper < -0.05, "{readiness:?}");
        let belief = who[Trait::MalleabilityBelief as usize].expect("enough people");
        assert!(
            belief.value.abs() < 0.06 && belief.upper - belief.lower < 0.12,
            "{belief:?}"
        );
    }
}

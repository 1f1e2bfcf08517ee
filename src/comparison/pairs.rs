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
mod tests;

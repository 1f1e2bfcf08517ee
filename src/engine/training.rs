//! What training has given to the people of a block: by plan or by lot, each at their own pace.

use super::Gains;
use super::people::People;
use crate::lanes::{Bits, Job, Real};
use crate::model::agent::Trait;
use crate::model::mechanism::Mechanism;
use crate::model::training::Practice;
use crate::model::training::course::{Gained, Learner, assigned_in_week, gained};
use crate::model::training::learning::{Parameters, adherence, rate};
use crate::random::{Process, Stream};
use crate::scenario::Condition;
use std::borrow::Cow;

use super::block::World;

/// What practice has given by a moment.
#[derive(Debug, Clone)]
pub struct Trained {
    /// Change of each trait.
    pub gains: Gains,
    /// Hours practised by each person; empty if nothing is assigned.
    pub hours: Vec<f64>,
    /// What a questionnaire of compassion shows beside the traits, in its SD; empty if nothing.
    pub self_report: Vec<f64>,
}

impl Trained {
    /// Before any practice.
    pub fn nothing() -> Self {
        Self {
            gains: Gains::Same([0.0; Trait::COUNT]),
            hours: Vec::new(),
            self_report: Vec::new(),
        }
    }
}

/// The people of a block as learners of what a condition assigns.
///
/// How a person learns depends on who, and on no condition; the lot of a person depends on who and which practice (counted from 0).
pub struct Trainees<'a> {
    world: World<'a>,
    condition: &'a Condition,
    learners: Vec<Learner>,
    /// Which program of each practice the lot gave to each person; one row for all where there is no lot.
    picked: Vec<Vec<usize>>,
}

impl<'a> Trainees<'a> {
    /// These people, whose belief that empathy can be cultivated is given in SD.
    pub fn new(world: &World<'a>, condition: &'a Condition, people: &People, belief: &[f32], replicate: u32) -> Self {
        let practices = &condition.training;
        if practices.is_empty() {
            return Self {
                world: *world,
                condition,
                learners: Vec::new(),
                picked: Vec::new(),
            };
        }
        let learning = &world.parameters.learning;
        let believes = !condition.knockout.lacks(Mechanism::MalleabilityBelief);
        let [share_practised, rate, transportation] = world.level.run(Learners {
            stream: Stream::new(world.seed, replicate, Process::Practice, 0),
            agents: &people.agents,
            belief,
            belief_weight: if believes { learning.belief_weight } else { 0.0 },
            learning,
        });
        let learner = |place: usize| Learner {
            share_practised: f64::from(share_practised[place]),
            rate: f64::from(rate[place]),
            transportation: f64::from(transportation[place]),
        };
        let lot = Stream::new(world.seed, replicate, Process::Lot, 0);
        let picked = if practices.iter().all(|it| it.programs.len() == 1) {
            vec![vec![0; practices.len()]]
        } else {
            people.agents.iter().map(|it| picked(lot, practices, *it)).collect()
        };
        Self {
            world: *world,
            condition,
            learners: (0..people.agents.len()).map(learner).collect(),
            picked,
        }
    }

    fn picked_by(&self, place: usize) -> &[usize] {
        match &self.picked[..] {
            [all] => all,
            each => &each[place],
        }
    }
}

/// What practice brings to the people of a block.
pub trait Course: Sync {
    /// What it has given to everybody by a week.
    fn trained(&self, week: f64) -> Trained;

    /// Hours that everybody practises in the week that begins at `week`, and the people in need whom they meet in it by practising.
    fn practised_in(&self, week: f64) -> Vec<(f64, f64)>;
}

impl Course for Trainees<'_> {
    fn trained(&self, week: f64) -> Trained {
        let practices = &self.condition.training;
        if practices.is_empty() {
            return Trained::nothing();
        }
        let programs = self.world.programs;
        let moves = practices
            .iter()
            .flat_map(|it| &it.programs)
            .any(|it| programs[*it].moves());
        let believes = !self.condition.knockout.lacks(Mechanism::MalleabilityBelief);
        let learning = &self.world.parameters.learning;
        let mut columns: Box<[Vec<f32>; Trait::COUNT]> =
            Box::new(std::array::from_fn(|_| Vec::with_capacity(self.learners.len())));
        let mut trained = Trained::nothing();
        for (place, learner) in self.learners.iter().enumerate() {
            let Gained {
                traits,
                self_report,
                hours,
            } = gained(
                learning,
                programs,
                practices,
                self.picked_by(place),
                learner,
                believes,
                week,
            );
            trained.hours.push(hours);
            trained.self_report.push(self_report);
            for (column, gain) in columns.iter_mut().zip(traits) {
                #[expect(clippy::cast_possible_truncation, reason = "lanes are single precision")]
                column.push(gain as f32);
            }
        }
        if moves {
            trained.gains = Gains::Each(columns);
        }
        trained
    }

    fn practised_in(&self, week: f64) -> Vec<(f64, f64)> {
        let practised = |(place, learner): (usize, &Learner)| {
            let share = learner.share_practised;
            let (mut hours, mut met) = (0.0, 0.0);
            for (program, assigned) in assigned_in_week(&self.condition.training, self.picked_by(place), week) {
                hours += share * assigned;
                met += share * assigned * self.world.programs[program].encounters_per_hour;
            }
            (hours, met)
        };
        self.learners.iter().enumerate().map(practised).collect()
    }
}

/// How people differ as learners, whatever they practise: the columns of [`Learner`].
struct Learners<'a> {
    stream: Stream,
    agents: &'a [u32],
    belief: &'a [f32],
    belief_weight: f64,
    learning: &'a Parameters,
}

impl Job for Learners<'_> {
    type Output = [Vec<f32>; 3];

    #[inline(always)]
    fn run<R: Real>(self) -> [Vec<f32>; 3] {
        let mut columns = [const { Vec::new() }; 3];
        for column in &mut columns {
            column.resize(self.agents.len(), 0.0);
        }
        for at in (0..self.agents.len()).step_by(R::WIDTH) {
            let drawn = self.stream.normals::<R>(R::Bits::load(&self.agents[at..]), 0);
            let [persistence, talent, transportation, _] = drawn;
            let (it, belief) = (self.learning, R::load(&self.belief[at..]));
            let share = adherence(it.share_practised, it.adherence_spread, persistence);
            let rate = rate(it.rate_spread, talent, self.belief_weight, belief);
            for (column, lanes) in columns.iter_mut().zip([share, rate, transportation]) {
                lanes.store(&mut column[at..]);
            }
        }
        columns
    }
}

/// Which program of each practice the lot gives to a person.
pub fn picked(lot: Stream, practices: &[Practice], agent: u32) -> Vec<usize> {
    (0_u32..)
        .zip(practices)
        .map(|(number, practice)| {
            let [bits, ..] = lot.bits(agent, number);
            // The upper half of the product is uniform over 0 … n − 1.
            ((u64::from(bits) * practice.programs.len() as u64) >> 32) as usize
        })
        .collect()
}

/// Gains with something added to some traits of everybody, as columns.
pub(super) fn with_added<'g>(gains: &'g Gains, people: usize, added: &[(Trait, &[f64])]) -> Cow<'g, Gains> {
    if added.is_empty() {
        return Cow::Borrowed(gains);
    }
    #[expect(clippy::cast_possible_truncation, reason = "lanes are single precision")]
    let mut columns: Box<[Vec<f32>; Trait::COUNT]> = match gains {
        Gains::Each(columns) => columns.clone(),
        Gains::Same(same) => Box::new(std::array::from_fn(|it| vec![same[it] as f32; people])),
    };
    for (which, values) in added {
        for (sum, value) in columns[*which as usize].iter_mut().zip(*values) {
            #[expect(clippy::cast_possible_truncation, reason = "lanes are single precision")]
            let value = *value as f32;
            *sum += value;
        }
    }
    Cow::Owned(Gains::Each(columns))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::LONGEST_STEP_S;
    use crate::lanes::Level;
    use crate::model::parameters::Parameters;
    use crate::parameters::shipped;
    use crate::programs::builtin;
    use crate::statistics::{Moments, pearson, squared};

    fn world(parameters: &Parameters) -> World<'_> {
        World {
            parameters,
            programs: builtin(),
            seed: 3,
            longest_step_s: LONGEST_STEP_S,
            level: Level::best(),
            encounters: None,
        }
    }

    fn practising(programs: &[&str], hours: f64) -> Condition {
        let mut condition = crate::engine::test_scenario(&["test"]).conditions.remove(0);
        let place = |name: &&str| builtin().iter().position(|it| it.name == *name).unwrap();
        condition.training = vec![Practice {
            programs: programs.iter().map(place).collect(),
            hours,
            weeks: 8.0,
            transportation: 0.0,
        }];
        condition
    }

    fn trained(condition: &Condition, first: usize, count: usize) -> Trained {
        let parameters = shipped();
        let world = world(&parameters);
        let people = world.people(0, 0, 20_000).part(first, count);
        let belief = people.latents[Trait::MalleabilityBelief as usize].clone();
        Trainees::new(&world, condition, &people, &belief, 0).trained(8.0)
    }

    fn column(trained: &Trained, which: Trait) -> Vec<f64> {
        let Gains::Each(columns) = &trained.gains else {
            panic!("people differ in what they gain");
        };
        columns[which as usize].iter().map(|it| f64::from(*it)).collect()
    }

    #[test]
    fn the_lot_is_fair_and_belongs_to_the_person() {
        let condition = practising(&["empathy", "compassion", "mindfulness"], 16.0);
        let lot = Stream::new(3, 0, Process::Lot, 0);
        let mut counts = [0_u32; 3];
        for agent in 0..9_000 {
            counts[picked(lot, &condition.training, agent)[0]] += 1;
        }
        // χ² with 2 degrees of freedom exceeds 13.8 once in a thousand seeds.
        let distance: f64 = counts
            .iter()
            .map(|it| squared(f64::from(*it) - 3_000.0) / 3_000.0)
            .sum();
        assert!(distance < 13.8, "{counts:?}");
        let (all, part) = (trained(&condition, 0, 200), trained(&condition, 100, 50));
        for which in Trait::ALL {
            assert_eq!(column(&all, which)[100..150], column(&part, which)[..50]);
        }
        assert_eq!(all.hours[100..150], part.hours[..50]);
    }

    /// A person practises the same share in every condition, whatever is practised.
    #[test]
    fn adherence_belongs_to_the_person() {
        let (course, control) = (practising(&["compassion"], 16.0), practising(&["active_control"], 8.0));
        let (course, control) = (trained(&course, 0, 500), trained(&control, 0, 500));
        for (one, other) in course.hours.iter().zip(&control.hours) {
            assert!((one - 2.0 * other).abs() < 1e-9);
        }
        assert!(matches!(control.gains, Gains::Same(it) if it == [0.0; Trait::COUNT]));
    }

    /// Parsons et al. (2017): 64 % of what is assigned is practised, and practice goes with outcome at r = .26. 20,000 people: standard errors
    /// .002 and .007; the bounds allow for other courses and a belief that speeds learning.
    #[test]
    fn practice_goes_with_gain_as_weakly_as_within_studies() {
        for hours in [7.0, 16.0, 39.0] {
            let trained = trained(&practising(&["compassion"], hours), 0, 20_000);
            let share: Moments = trained.hours[..20_000].iter().map(|it| it / hours).collect();
            assert!((share.mean() - 0.64).abs() < 0.01, "{}", share.mean());
            let gains = column(&trained, Trait::CompassionMotive);
            let pairs: Vec<(f64, f64)> = trained.hours.iter().copied().zip(gains).take(20_000).collect();
            let r = pearson(&pairs).unwrap();
            assert!((0.20..0.32).contains(&r), "{hours} h: {r}");
        }
    }

    #[test]
    fn nothing_assigned_is_nothing_gained() {
        let mut condition = practising(&["compassion"], 16.0);
        condition.training.clear();
        let trained = trained(&condition, 0, 16);
        assert!(matches!(trained.gains, Gains::Same(it) if it == [0.0; Trait::COUNT]));
        assert!(trained.hours.is_empty() && trained.self_report.is_empty());
    }
}

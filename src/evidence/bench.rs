//! A bench of conditions: people drawn once, to meet the same scenes again and again with other parameters.
//!
//! The people, their luck and what the lot gave them are the same whatever the parameters (common random numbers), so that two parameter
//! sets differ by what they do and not by whom they met.

use crate::engine::block::{Participants, World};
use crate::engine::norm_scene::NormScene;
use crate::engine::records::{Column, Outcome, Records};
use crate::lanes::Level;
use crate::model::parameters::Parameters;
use crate::model::situation::Situation;
use crate::model::training::Program;
use crate::scenario::Condition;
use crate::statistics::Count;

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

/// How many of those who are counted helped.
fn count(condition: &Condition, norm: Option<&NormScene>, records: &Records) -> Count {
    let size = condition.unit.size() as usize;
    let (distress, compassion) = (
        records.column(Column::PersonalDistress),
        records.column(Column::Compassion),
    );
    let counted = |person: usize| match (condition.select, norm) {
        (Some(wanted), Some(norm)) => {
            norm.dominant(f64::from(distress[person]), f64::from(compassion[person])) == wanted
        }
        _ => true,
    };
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

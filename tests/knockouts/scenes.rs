//! The named scenes, and what is read from the people who met them.

use crate::trial::alone;
use compassion::engine::LONGEST_STEP_S;
use compassion::engine::block::{Participants, World};
use compassion::engine::norm_scene::NormScene;
use compassion::engine::records::{Column, Outcome, Records};
use compassion::lanes::Level;
use compassion::model::agent::{Trait, TraitShift};
use compassion::model::mechanism::Mechanism;
use compassion::model::situation::Situation;
use compassion::model::training::Practice;
use compassion::parameters::shipped;
use compassion::scenario::Condition;

/// People in each scene: a share of them is exact within .004 (standard error), and the same people stand in both conditions.
pub const PEOPLE: usize = 20_000;

/// Vivid and distressing, and one could walk away.
pub fn vivid() -> Situation {
    Situation {
        need: 0.85,
        vividness: 0.9,
        ambiguity: 0.1,
        escape: 0.9,
        cost: 0.4,
        window_s: 40.0,
        ..Situation::default()
    }
}

/// Something may have happened next door.
pub fn ambiguous() -> Situation {
    Situation {
        need: 0.6,
        ambiguity: 0.5,
        window_s: 120.0,
        ..Situation::default()
    }
}

/// A scene with these mechanisms knocked out.
pub fn without(condition: &Condition, mechanisms: &[Mechanism]) -> Condition {
    let knockout = mechanisms.iter().fold(condition.knockout, |set, it| set.with(*it));
    Condition {
        knockout,
        ..condition.clone()
    }
}

/// A scene met by people of whom everybody, or the mean, lies so far from the norm in some traits.
pub fn with(mut condition: Condition, traits: &[Trait], mean: f64, sd: f64) -> Condition {
    for it in traits {
        condition.population[*it as usize] = TraitShift { mean, sd };
    }
    condition
}

/// A scene after so many assigned hours of a program.
pub fn trained(condition: &Condition, program: &str, hours: f64) -> Condition {
    let programs = compassion::programs::builtin();
    let place = programs.iter().position(|it| it.name == program).unwrap();
    let practice = Practice {
        programs: vec![place],
        hours,
        weeks: 8.0,
        transportation: 0.0,
    };
    Condition {
        training: vec![practice],
        ..condition.clone()
    }
}

/// What the first people of the norm population do: the same ones with the same luck in every scene.
pub fn records(condition: &Condition) -> Records {
    let parameters = shipped();
    let world = World {
        parameters: &parameters,
        programs: compassion::programs::builtin(),
        seed: 2015,
        longest_step_s: LONGEST_STEP_S,
        level: Level::best(),
        encounters: None,
    };
    let people = world.people(0, 0, PEOPLE);
    Participants::new(&world, condition, 0, &people, PEOPLE, u32::MAX).meet(&world, condition)
}

/// Share of people who ended so.
pub fn share(condition: &Condition, outcome: Outcome) -> f64 {
    let outcomes = records(condition).outcomes;
    outcomes.iter().filter(|it| **it == outcome).count() as f64 / outcomes.len() as f64
}

pub fn helped(condition: &Condition) -> f64 {
    share(condition, Outcome::Helped)
}

pub fn left(condition: &Condition) -> f64 {
    share(condition, Outcome::Left)
}

pub fn mean(condition: &Condition, column: Column) -> f64 {
    let records = records(condition);
    let sum: f64 = records.column(column).iter().map(|it| f64::from(*it)).sum();
    sum / records.outcomes.len() as f64
}

/// Share of people who share and understand as given.
pub fn in_state(condition: &Condition, sharing: bool, understanding: bool) -> f64 {
    let (records, ratings) = (records(condition), shipped().ratings);
    let at_least = |column: Column, person: usize, least: f64| f64::from(records.column(column)[person]) >= least;
    let such = (0..PEOPLE).filter(|it| {
        at_least(Column::AffectiveSharing, *it, ratings.sharing_present) == sharing
            && at_least(Column::PerspectiveTaking, *it, ratings.understanding_present) == understanding
    });
    such.count() as f64 / PEOPLE as f64
}

/// Share of people who are overwhelmed.
pub fn overwhelmed(condition: &Condition) -> f64 {
    let (parameters, records) = (shipped(), records(condition));
    let norm = NormScene::new(&parameters, LONGEST_STEP_S, Level::best());
    let value = |column: Column, person: usize| f64::from(records.column(column)[person]);
    let such =
        (0..PEOPLE).filter(|it| norm.overwhelmed(value(Column::PersonalDistress, *it), value(Column::Compassion, *it)));
    such.count() as f64 / PEOPLE as f64
}

/// The scene as it is.
pub fn scene(situation: Situation) -> Condition {
    alone(situation)
}

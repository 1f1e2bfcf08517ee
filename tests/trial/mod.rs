//! The same people in one scene after another: what every test of the model starts from.

use compassion::engine::LONGEST_STEP_S;
use compassion::engine::block::{Cast, World};
use compassion::engine::records::Records;
use compassion::lanes::Level;
use compassion::model::agent::{Trait, TraitShift};
use compassion::model::mechanism::Knockout;
use compassion::model::parameters::Parameters;
use compassion::model::situation::Situation;
use compassion::scenario::{Condition, Unit};

/// Everybody meets this scene alone, untrained, with nothing switched off.
pub fn alone(situation: Situation) -> Condition {
    Condition {
        name: String::new(),
        factors: Vec::new(),
        situation,
        population: [TraitShift::default(); Trait::COUNT],
        training: Vec::new(),
        knockout: Knockout::NONE,
        unit: Unit::Person,
        select: None,
        observed: None,
    }
}

/// Lets the first so many people of the norm population meet a scene: the same ones with the same luck in every call.
pub fn meet(parameters: &Parameters, condition: &Condition, people: usize) -> Records {
    let world = World {
        parameters,
        programs: compassion::programs::builtin(),
        seed: 2015,
        longest_step_s: LONGEST_STEP_S,
        level: Level::best(),
    };
    let drawn = world.people(0, 0, people);
    Cast::new(&world, condition, 0, &drawn, people, u32::MAX).meet(&world, condition)
}

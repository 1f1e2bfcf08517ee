//! The plainest condition: what every test of the model starts from.

use compassion::model::agent::{Trait, TraitShift};
use compassion::model::mechanism::Knockout;
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
        observed: Vec::new(),
        protocol: compassion::scenario::Protocol::default(),
    }
}

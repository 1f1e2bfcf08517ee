//! A scene and its people, nudged, and what is read from them.

use crate::trial::alone;
use compassion::engine::LONGEST_STEP_S;
use compassion::engine::block::{Participants, World};
use compassion::engine::persons::{self, InitialState, MilieuColumns};
use compassion::engine::records::{Column, Outcome, Records};
use compassion::lanes::Level;
use compassion::model::agent::{Trait, TraitShift};
use compassion::model::mechanism::Mechanism;
use compassion::model::situation::Situation;
use compassion::model::training::Practice;
use compassion::parameters::shipped;
use compassion::scenario::Condition;

/// People in each scene.
pub const PEOPLE: usize = 6000;

/// A scene with its people and the slow states in which they meet it.
#[derive(Clone)]
pub struct Nudged {
    condition: Condition,
    /// Connectedness, inflammation and oxytocin tone, in SD.
    slow: [f32; 3],
}

impl Nudged {
    /// The scene as it is.
    pub fn scene(situation: Situation) -> Self {
        Self {
            condition: alone(situation),
            slow: [0.0; 3],
        }
    }

    /// Moves everybody so many SD in some traits.
    pub fn shifted(mut self, traits: &[Trait], sd: f64) -> Self {
        for it in traits {
            self.condition.population[*it as usize] = TraitShift { mean: sd, sd: 1.0 };
        }
        self
    }

    /// Knocks a mechanism out.
    pub fn without(mut self, mechanism: Mechanism) -> Self {
        self.condition.knockout = self.condition.knockout.with(mechanism);
        self
    }

    /// Puts everybody through sixty hours of a program.
    pub fn trained(mut self, program: &str) -> Self {
        let place = compassion::programs::builtin()
            .iter()
            .position(|it| it.name == program)
            .unwrap();
        self.condition.training = vec![Practice {
            programs: vec![place],
            hours: 60.0,
            weeks: 8.0,
            transportation: 0.0,
        }];
        self
    }

    /// Sets everybody's connectedness, inflammation and oxytocin tone.
    pub fn slow(mut self, connectedness: f32, inflammation: f32, oxytocin: f32) -> Self {
        self.slow = [connectedness, inflammation, oxytocin];
        self
    }

    fn records(&self) -> Records {
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
        let participants = Participants::new(&world, &self.condition, 0, &people, PEOPLE, u32::MAX);
        let [connectedness, inflammation, oxytocin] = self.slow.map(|it| vec![it; people.agents.len()]);
        let milieu = MilieuColumns {
            connectedness,
            inflammation,
            oxytocin,
        };
        let initial = InitialState {
            milieu: Some(&milieu),
            ..participants.initial()
        };
        persons::meet(world.level, &world.encounter(&self.condition, 0), &initial)
    }

    /// Mean of a column at the decision.
    pub fn mean(&self, column: Column) -> f64 {
        let records = self.records();
        records.column(column).iter().map(|it| f64::from(*it)).sum::<f64>() / PEOPLE as f64
    }

    /// Share of people who ended so.
    pub fn share(&self, outcome: Outcome) -> f64 {
        let outcomes = self.records().outcomes;
        outcomes.iter().filter(|it| **it == outcome).count() as f64 / PEOPLE as f64
    }

    /// Share of people who both share and understand.
    pub fn empathy(&self) -> f64 {
        let (records, ratings) = (self.records(), shipped().ratings);
        let both = (0..PEOPLE).filter(|it| {
            let value = |column| f64::from(records.column(column)[*it]);
            value(Column::AffectiveSharing) >= ratings.sharing_present
                && value(Column::PerspectiveTaking) >= ratings.understanding_present
        });
        both.count() as f64 / PEOPLE as f64
    }

    /// Personal distress for each unit of what is shared.
    pub fn distress_per_sharing(&self) -> f64 {
        self.mean(Column::PersonalDistress) / self.mean(Column::AffectiveSharing)
    }
}

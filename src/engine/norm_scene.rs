//! The norm scene: what personal distress and compassion are compared with.
//!
//! The two feelings have no common unit, so "distress exceeds compassion" needs a yardstick for each: its median in the scene with all keys
//! at the codebook's defaults, met by the norm population without training.

use super::block::{Participants, World};
use super::life::load;
use super::records::{Column, Records};
use crate::lanes::Level;
use crate::model::agent::{Trait, TraitShift};
use crate::model::mechanism::Knockout;
use crate::model::parameters::Parameters;
use crate::model::situation::Situation;
use crate::model::slow::everyday::Load;
use crate::scenario::{Condition, Dominant, Protocol, Unit};
use crate::statistics::quantile;
use serde::Serialize;

/// People in the norm scene: enough for medians within about 2 % of their spread.
const PEOPLE: usize = 4096;

/// Seed of the norm scene: fixed, so that what counts as overwhelmed does not depend on the seed of a run.
const SEED: u64 = 2015;

/// Yardsticks of the feelings at the decision.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct NormScene {
    /// Median of personal distress.
    pub median_distress: f64,
    /// Median of compassion.
    pub median_compassion: f64,
    /// 75th percentile of personal distress.
    pub distress_75: f64,
    /// What an encounter leaves behind on average.
    pub usual: Load,
}

impl NormScene {
    /// Lets 4,096 people of the norm population meet the scene of the codebook's defaults.
    pub fn new(parameters: &Parameters, longest_step_s: f64, level: Level) -> Self {
        let world = World {
            parameters,
            programs: &[],
            seed: SEED,
            longest_step_s,
            level,
            encounters: None,
        };
        let condition = Condition {
            name: String::new(),
            factors: Vec::new(),
            situation: Situation::default(),
            population: [TraitShift::default(); Trait::COUNT],
            training: Vec::new(),
            knockout: Knockout::NONE,
            unit: Unit::Person,
            select: None,
            observed: Vec::new(),
            protocol: Protocol::default(),
        };
        let people = world.people(0, 0, PEOPLE);
        let participants = Participants::new(&world, &condition, 0, &people, PEOPLE, u32::MAX);
        let records = participants.meet(&world, &condition);
        let sorted = |column| {
            let mut values = records.column(column).to_vec();
            values.sort_by(f32::total_cmp);
            values
        };
        let (distress, compassion) = (sorted(Column::PersonalDistress), sorted(Column::Compassion));
        let below = |sorted: &[f32], share| quantile(sorted, share).expect("the norm scene has people");
        Self {
            median_distress: below(&distress, 0.5),
            median_compassion: below(&compassion, 0.5),
            distress_75: below(&distress, 0.75),
            usual: mean_load(parameters, &records),
        }
    }

    /// The feeling that prevails: the one that exceeds its median by the larger factor.
    ///
    /// ```text
    /// personal distress prevails where  d / median d  >  c / median c
    /// ```
    pub fn dominant(&self, distress: f64, compassion: f64) -> Dominant {
        // Multiplied out, so that a median of 0 needs no case of its own.
        if distress * self.median_compassion > compassion * self.median_distress {
            Dominant::PersonalDistress
        } else {
            Dominant::EmpathicConcern
        }
    }

    /// Whether somebody is overwhelmed: personal distress prevails, and exceeds that of three quarters of people in the norm scene.
    pub fn overwhelmed(&self, distress: f64, compassion: f64) -> bool {
        distress > self.distress_75 && self.dominant(distress, compassion) == Dominant::PersonalDistress
    }
}

/// What the encounter of these records leaves behind on average.
fn mean_load(parameters: &Parameters, records: &Records) -> Load {
    let people = records.outcomes.len();
    let loads = (0..people).map(|it| load(parameters, records, it));
    loads.fold(Load::default(), Load::plus).times(1.0 / people as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::LONGEST_STEP_S;
    use crate::parameters::shipped;

    #[test]
    fn a_quarter_of_the_norm_scene_exceeds_its_75th_percentile() {
        let norm = NormScene::new(&shipped(), LONGEST_STEP_S, Level::best());
        assert!(
            0.0 < norm.median_distress && norm.median_distress < norm.distress_75,
            "{norm:?}"
        );
        assert!(norm.median_compassion > 0.0, "{norm:?}");
        assert_eq!(norm, NormScene::new(&shipped(), LONGEST_STEP_S, Level::Plain));
    }

    #[test]
    fn who_is_overwhelmed_feels_much_distress_and_relatively_little_compassion() {
        let norm = NormScene {
            median_distress: 0.2,
            median_compassion: 0.4,
            distress_75: 0.3,
            usual: Load::default(),
        };
        assert!(norm.overwhelmed(0.35, 0.5));
        assert!(!norm.overwhelmed(0.25, 0.0), "not much distress");
        assert!(!norm.overwhelmed(0.35, 0.8), "compassion prevails");
        assert_eq!(norm.dominant(0.2, 0.4), Dominant::EmpathicConcern);
    }
}

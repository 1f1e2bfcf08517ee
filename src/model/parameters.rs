//! All parameters of the model, one struct for each process.

use crate::model::{
    affective_sharing, anger, bystanders, compassion, decision, distress, fatigue, giving, milieu, motor_resonance,
    perception, perspective_taking, ratings, regulation, self_other, slow, training,
};
use serde::{Deserialize, Serialize};

/// One parameter set: the same for the whole world, whatever is being simulated.
///
/// Values, units, ranges and sources stand in `parameters.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each field is the process of its name")]
pub struct Parameters {
    pub perception: perception::Parameters,
    pub motor_resonance: motor_resonance::Parameters,
    pub affective_sharing: affective_sharing::Parameters,
    pub perspective_taking: perspective_taking::Parameters,
    pub self_other: self_other::Parameters,
    pub regulation: regulation::Parameters,
    pub distress: distress::Parameters,
    pub compassion: compassion::Parameters,
    pub anger: anger::Parameters,
    pub bystanders: bystanders::Parameters,
    pub milieu: milieu::Parameters,
    pub decision: decision::Parameters,
    pub giving: giving::Parameters,
    pub ratings: ratings::Parameters,
    pub fatigue: fatigue::Parameters,
    pub learning: training::learning::Parameters,
    pub everyday: slow::everyday::Parameters,
    pub positive_mood: slow::positive_mood::Parameters,
    pub connectedness: slow::connectedness::Parameters,
    pub inflammation: slow::inflammation::Parameters,
    pub oxytocin: slow::oxytocin::Parameters,
    pub low_mood: slow::low_mood::Parameters,
    pub vagal_tone: slow::vagal_tone::Parameters,
    pub questionnaires: slow::readouts::Parameters,
}

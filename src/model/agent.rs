//! Who a person is: twelve traits, which change only by training.

use serde::Serialize;

/// A stable trait of a person, measured in population standard deviations from the norm (z).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(usize)]
pub enum Trait {
    /// How strongly another's feeling is shared.
    AffectiveSharing,
    /// How well expressions are read.
    MotorResonance,
    /// How well another's view is understood.
    PerspectiveTaking,
    /// How well own and other's feeling are kept apart.
    SelfOtherDistinction,
    /// How well attention is steered.
    AttentionRegulation,
    /// How well feelings are reframed.
    Reappraisal,
    /// How fast arousal comes down.
    VagalTone,
    /// How readily compassion is felt.
    CompassionMotive,
    /// The belief that empathy can be cultivated.
    MalleabilityBelief,
    /// Depressive symptoms.
    LowMood,
    /// How much evidence it takes to see a need.
    NeedThreshold,
    /// How readily one acts, whatever one feels.
    ReadinessToAct,
}

impl Trait {
    /// Number of traits.
    pub const COUNT: usize = 12;

    /// Every trait, in the order of the contract.
    pub const ALL: [Self; Self::COUNT] = [
        Self::AffectiveSharing,
        Self::MotorResonance,
        Self::PerspectiveTaking,
        Self::SelfOtherDistinction,
        Self::AttentionRegulation,
        Self::Reappraisal,
        Self::VagalTone,
        Self::CompassionMotive,
        Self::MalleabilityBelief,
        Self::LowMood,
        Self::NeedThreshold,
        Self::ReadinessToAct,
    ];

    /// The key used in files and columns.
    pub const fn key(self) -> &'static str {
        match self {
            Self::AffectiveSharing => "affective_sharing",
            Self::MotorResonance => "motor_resonance",
            Self::PerspectiveTaking => "perspective_taking",
            Self::SelfOtherDistinction => "self_other_distinction",
            Self::AttentionRegulation => "attention_regulation",
            Self::Reappraisal => "reappraisal",
            Self::VagalTone => "vagal_tone",
            Self::CompassionMotive => "compassion_motive",
            Self::MalleabilityBelief => "malleability_belief",
            Self::LowMood => "low_mood",
            Self::NeedThreshold => "need_threshold",
            Self::ReadinessToAct => "readiness_to_act",
        }
    }

    /// The trait of a key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.key() == key)
    }
}

/// How a population differs from the norm in one trait: a draw is `mean + sd · z`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct TraitShift {
    /// Mean, in population SD from the norm.
    pub mean: f64,
    /// Spread, in population SD; 0 makes everybody alike.
    pub sd: f64,
}

impl Default for TraitShift {
    fn default() -> Self {
        Self { mean: 0.0, sd: 1.0 }
    }
}

/// One shift for each trait, indexed by `Trait as usize`.
pub type PopulationShift = [TraitShift; Trait::COUNT];

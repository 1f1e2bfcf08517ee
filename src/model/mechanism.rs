//! The mechanisms of the model, each of which can be knocked out.

use serde::{Serialize, Serializer};

/// A mechanism that `knockout = [...]` can switch off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u32)]
pub enum Mechanism {
    /// Attention to the one in need.
    Perception,
    /// Reading the expression; feeds affective sharing and empathic accuracy.
    MotorResonance,
    /// Vicarious negative affect.
    AffectiveSharing,
    /// Slower, controlled understanding.
    PerspectiveTaking,
    /// Keeping apart whose pain it is.
    SelfOtherDistinction,
    /// Fast regulation: turning towards or away.
    AttentionDeployment,
    /// Slow regulation: lowering arousal after its delay.
    Reappraisal,
    /// How fast arousal comes down.
    VagalBrake,
    /// The self-focused aversive state.
    PersonalDistress,
    /// The other-focused warm state.
    CompassionMotive,
    /// Compassion without sharing.
    TopDownCompassion,
    /// Indignation of a mired person at a blamed perpetrator.
    EmpathicAnger,
    /// Closeness, blame, perspective instruction and efficacy.
    ContextualAppraisal,
    /// Passive others define an ambiguous scene as harmless, and inhibit who would act before them.
    Interpretation,
    /// Felt share of responsibility among those present.
    DiffusionOfResponsibility,
    /// Oxytocin, inflammation, connectedness and low mood together, and having just been shut out.
    Milieu,
    /// Distress spends regulation.
    Fatigue,
    /// Belief that empathy can be cultivated.
    MalleabilityBelief,
    /// What raises positive mood from day to day, and what it raises.
    PositiveMood,
    /// What ties people beyond their network, and what being tied gives.
    Connectedness,
    /// What inflames, and what inflammation does.
    Inflammation,
    /// What raises oxytocin tone, and what it damps.
    Oxytocin,
    /// What moves mood away from the trait, and what low mood does.
    LowMood,
    /// What moves vagal tone away from the trait, and what that gives to compassion.
    VagalTone,
    /// What an hour of kindness practice gives to positive mood.
    KindnessPractice,
    /// What being helped, or left alone, does to the one in need.
    Gratitude,
    /// Readiness that comes of having seen somebody help.
    Modelling,
    /// Mood and exhaustion that pass between people who meet.
    Contagion,
    /// Ties that grow with help and fade where people do not meet.
    Ties,
}

impl Mechanism {
    /// Every mechanism within a person: those of the design table in its order, then the links between slow states.
    pub const ALL: [Self; 25] = [
        Self::Perception,
        Self::MotorResonance,
        Self::AffectiveSharing,
        Self::PerspectiveTaking,
        Self::SelfOtherDistinction,
        Self::AttentionDeployment,
        Self::Reappraisal,
        Self::VagalBrake,
        Self::PersonalDistress,
        Self::CompassionMotive,
        Self::TopDownCompassion,
        Self::EmpathicAnger,
        Self::ContextualAppraisal,
        Self::Interpretation,
        Self::DiffusionOfResponsibility,
        Self::Milieu,
        Self::Fatigue,
        Self::MalleabilityBelief,
        Self::PositiveMood,
        Self::Connectedness,
        Self::Inflammation,
        Self::Oxytocin,
        Self::LowMood,
        Self::VagalTone,
        Self::KindnessPractice,
    ];

    /// The links between people who meet again and again, which only a community needs.
    pub const BETWEEN_PEOPLE: [Self; 4] = [Self::Gratitude, Self::Modelling, Self::Contagion, Self::Ties];

    /// The key used in `knockout = [...]`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Perception => "perception",
            Self::MotorResonance => "motor_resonance",
            Self::AffectiveSharing => "affective_sharing",
            Self::PerspectiveTaking => "perspective_taking",
            Self::SelfOtherDistinction => "self_other_distinction",
            Self::AttentionDeployment => "attention_deployment",
            Self::Reappraisal => "reappraisal",
            Self::VagalBrake => "vagal_brake",
            Self::PersonalDistress => "personal_distress",
            Self::CompassionMotive => "compassion_motive",
            Self::TopDownCompassion => "top_down_compassion",
            Self::EmpathicAnger => "empathic_anger",
            Self::ContextualAppraisal => "contextual_appraisal",
            Self::Interpretation => "interpretation",
            Self::DiffusionOfResponsibility => "diffusion_of_responsibility",
            Self::Milieu => "milieu",
            Self::Fatigue => "fatigue",
            Self::MalleabilityBelief => "malleability_belief",
            Self::PositiveMood => "positive_mood",
            Self::Connectedness => "connectedness",
            Self::Inflammation => "inflammation",
            Self::Oxytocin => "oxytocin",
            Self::LowMood => "low_mood",
            Self::VagalTone => "vagal_tone",
            Self::KindnessPractice => "kindness_practice",
            Self::Gratitude => "gratitude",
            Self::Modelling => "modelling",
            Self::Contagion => "contagion",
            Self::Ties => "ties",
        }
    }

    /// Whether it acts over days only, so that a single scene does not need it.
    pub const fn acts_over_days(self) -> bool {
        matches!(
            self,
            Self::PositiveMood
                | Self::Connectedness
                | Self::Inflammation
                | Self::Oxytocin
                | Self::VagalTone
                | Self::KindnessPractice
        )
    }

    /// The mechanism of a key.
    pub fn from_key(key: &str) -> Option<Self> {
        let mut every = Self::ALL.into_iter().chain(Self::BETWEEN_PEOPLE);
        every.find(|mechanism| mechanism.key() == key)
    }
}

/// A set of mechanisms that are switched off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Knockout(u32);

impl Knockout {
    /// Nothing is switched off.
    pub const NONE: Self = Self(0);

    /// This set with one mechanism more.
    #[must_use]
    pub const fn with(self, mechanism: Mechanism) -> Self {
        Self(self.0 | 1 << mechanism as u32)
    }

    /// Whether a mechanism is switched off.
    pub const fn lacks(self, mechanism: Mechanism) -> bool {
        self.0 & (1 << mechanism as u32) != 0
    }

    /// The mechanisms that are switched off, in the order of [`Mechanism::ALL`], then those between people.
    pub fn mechanisms(self) -> impl Iterator<Item = Mechanism> {
        let every = Mechanism::ALL.into_iter().chain(Mechanism::BETWEEN_PEOPLE);
        every.filter(move |mechanism| self.lacks(*mechanism))
    }
}

impl Serialize for Knockout {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.mechanisms().map(Mechanism::key))
    }
}

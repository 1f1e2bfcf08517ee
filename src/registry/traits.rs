//! The traits of a person.

use super::list::list;

/// What the registry says of a trait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TraitRow {
    /// The word used in files and columns.
    pub key: &'static str,
    /// What it means.
    pub meaning: &'static str,
}

/// A trait.
const fn of(key: &'static str, meaning: &'static str) -> TraitRow {
    TraitRow { key, meaning }
}

list! {
    /// A stable trait of a person, measured in population standard deviations from the norm (z).
    Trait: TraitRow {
        AffectiveSharing = of("affective_sharing", "how strongly another's feeling is shared"),
        MotorResonance = of("motor_resonance", "how well expressions are read"),
        PerspectiveTaking = of("perspective_taking", "how well another's view is understood"),
        SelfOtherDistinction = of("self_other_distinction", "how well own and other's feeling are kept apart"),
        AttentionRegulation = of("attention_regulation", "how well attention is steered"),
        Reappraisal = of("reappraisal", "how well feelings are reframed"),
        VagalTone = of("vagal_tone", "how fast arousal comes down"),
        CompassionMotive = of("compassion_motive", "how readily compassion is felt"),
        MalleabilityBelief = of("malleability_belief", "the belief that empathy can be cultivated"),
        LowMood = of("low_mood", "depressive symptoms"),
        NeedThreshold = of("need_threshold", "how much evidence it takes to see a need"),
        ReadinessToAct = of("readiness_to_act", "how readily one acts, whatever one feels"),
    }
}

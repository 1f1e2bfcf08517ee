//! The mechanisms of the model, each of which can be knocked out.

use super::list::list;

/// Where a mechanism acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Acts {
    /// In an encounter (and over days, as far as encounters follow each other).
    InEncounters,
    /// Over days only, so that a single scene does not need it.
    OverDays,
    /// Between people who meet again and again, so that only a community needs it.
    BetweenPeople,
    /// Between two who give and take, so that only an exchange needs it.
    InExchanges,
}

/// What the registry says of a mechanism.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MechanismRow {
    /// The word used in `knockout = [...]` and in columns.
    pub key: &'static str,
    /// What it does.
    pub meaning: &'static str,
    /// Where it acts.
    pub acts: Acts,
}

const fn within(key: &'static str, meaning: &'static str) -> MechanismRow {
    MechanismRow {
        key,
        meaning,
        acts: Acts::InEncounters,
    }
}

const fn over_days(key: &'static str, meaning: &'static str) -> MechanismRow {
    MechanismRow {
        key,
        meaning,
        acts: Acts::OverDays,
    }
}

const fn between_people(key: &'static str, meaning: &'static str) -> MechanismRow {
    MechanismRow {
        key,
        meaning,
        acts: Acts::BetweenPeople,
    }
}

const fn in_exchanges(key: &'static str, meaning: &'static str) -> MechanismRow {
    MechanismRow {
        key,
        meaning,
        acts: Acts::InExchanges,
    }
}

list! {
    /// A mechanism that `knockout = [...]` can switch off: those of the design table in its order, then the links between slow states, then
    /// those between people.
    Mechanism: MechanismRow {
        Perception = within("perception", "attention to the one in need"),
        MotorResonance = within("motor_resonance", "reading the expression; feeds affective sharing and empathic accuracy"),
        AffectiveSharing = within("affective_sharing", "vicarious negative affect"),
        PerspectiveTaking = within("perspective_taking", "slower, controlled understanding"),
        SelfOtherDistinction = within("self_other_distinction", "keeping apart whose pain it is"),
        AttentionDeployment = within("attention_deployment", "fast regulation: turning towards or away"),
        Reappraisal = within("reappraisal", "slow regulation: lowering arousal after its delay"),
        VagalBrake = within("vagal_brake", "how fast arousal comes down"),
        PersonalDistress = within("personal_distress", "the self-focused aversive state"),
        CompassionMotive = within("compassion_motive", "the other-focused warm state"),
        TopDownCompassion = within("top_down_compassion", "compassion without sharing"),
        EmpathicAnger = within("empathic_anger", "indignation of a mired person at a blamed perpetrator"),
        ContextualAppraisal = within("contextual_appraisal", "closeness, blame, perspective instruction and efficacy"),
        Interpretation = within("interpretation", "passive others define an ambiguous scene as harmless, and inhibit who would act before them"),
        DiffusionOfResponsibility = within("diffusion_of_responsibility", "felt share of responsibility among those present"),
        Milieu = within("milieu", "oxytocin, inflammation, connectedness and low mood together, and having just been shut out"),
        Fatigue = within("fatigue", "distress spends regulation"),
        MalleabilityBelief = within("malleability_belief", "belief that empathy can be cultivated"),
        PositiveMood = over_days("positive_mood", "what raises positive mood from day to day, and what it raises"),
        Connectedness = over_days("connectedness", "what ties people beyond their network, and what being tied gives"),
        Inflammation = over_days("inflammation", "what inflames, and what inflammation does"),
        Oxytocin = over_days("oxytocin", "what raises oxytocin tone, and what it damps"),
        LowMood = within("low_mood", "what moves mood away from the trait, and what low mood does"),
        VagalTone = over_days("vagal_tone", "what moves vagal tone away from the trait, and what that gives to compassion"),
        KindnessPractice = over_days("kindness_practice", "what an hour of kindness practice gives to positive mood"),
        Gratitude = between_people("gratitude", "what being helped, or left alone, does to the one in need"),
        Modelling = between_people("modelling", "readiness that comes of having seen somebody help"),
        Contagion = between_people("contagion", "mood and exhaustion that pass between people who meet"),
        Ties = between_people("ties", "ties that grow with help and fade where people do not meet"),
        Reciprocity = in_exchanges("reciprocity", "what a partner did in an exchange, and what is expected of them"),
    }
}

impl Mechanism {
    /// The mechanisms within a person, which every protocol can have.
    pub fn within_people() -> impl Iterator<Item = Self> + Clone {
        let all = Self::ALL.into_iter();
        all.filter(|mechanism| !matches!(mechanism.row().acts, Acts::BetweenPeople | Acts::InExchanges))
    }

    /// The mechanisms between people, which only a community has.
    pub fn between_people() -> impl Iterator<Item = Self> + Clone {
        let all = Self::ALL.into_iter();
        all.filter(|mechanism| mechanism.row().acts == Acts::BetweenPeople)
    }
}

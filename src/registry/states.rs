//! What is recorded of a person when an encounter is over.

use super::list::list;
use super::measures::Measure;

/// What the registry says of an outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutcomeRow {
    /// The word used in files and charts.
    pub key: &'static str,
}

list! {
    /// How an encounter ends for one person: who is relieved saw another of the group help first, who punished the one to blame, who is
    /// undecided decided nothing before the chance was over.
    Outcome: OutcomeRow {
        Helped = OutcomeRow { key: "helped" },
        Left = OutcomeRow { key: "left" },
        Undecided = OutcomeRow { key: "undecided" },
        Relieved = OutcomeRow { key: "relieved" },
        Punished = OutcomeRow { key: "punished" },
    }
}

/// In which conditions of a scenario help is a quantity, so that who gives nothing has not stayed undecided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gifts {
    /// In none.
    Nowhere,
    /// In some.
    Somewhere,
    /// In all.
    Everywhere,
}

impl Outcome {
    /// What the outcome is called in tables and charts.
    pub const fn words(self, gifts: Gifts) -> &'static str {
        match (self, gifts) {
            (Self::Helped, Gifts::Everywhere) => "gave something",
            (Self::Undecided, Gifts::Everywhere) => "gave nothing",
            (Self::Undecided, Gifts::Somewhere) => "undecided, or gave nothing",
            (Self::Relieved, _) => "relieved (another helped)",
            _ => self.key(),
        }
    }
}

/// What the registry says of a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StateRow {
    /// The word used in files.
    pub key: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// The values it can have.
    pub range: &'static str,
    /// What it means.
    pub meaning: &'static str,
}

/// A state at the decision, from zero on.
const fn at_the_decision(key: &'static str, meaning: &'static str) -> StateRow {
    StateRow {
        key,
        unit: "1",
        range: "0 …",
        meaning,
    }
}

/// What a measure is read from.
const fn measured(measure: Measure) -> StateRow {
    let row = measure.row();
    StateRow {
        key: row.key,
        unit: row.unit,
        range: row.range,
        meaning: row.meaning,
    }
}

list! {
    /// A state of a person at the decision (at the end of the scene for who never decided), or a reading after the scene.
    State: StateRow {
        LatencyS = StateRow { key: "latency_s", unit: "s", range: "0 … window", meaning: "time of the decision" },
        Attention = StateRow { range: "0–1", ..at_the_decision("attention", "attention to the one in need, at the decision") },
        AffectiveSharing = at_the_decision("affective_sharing", "affective sharing (vicarious negative affect), at the decision"),
        PerspectiveTaking = at_the_decision("perspective_taking", "understanding reached by perspective-taking, at the decision"),
        Reappraisal = at_the_decision("reappraisal", "reappraisal at work, at the decision"),
        PersonalDistress = measured(Measure::PersonalDistress),
        Compassion = measured(Measure::Compassion),
        Indignation = at_the_decision("indignation", "indignation at whoever is to blame, at the decision"),
        Help = at_the_decision("help_tendency", "tendency to help, at the decision; who reaches 1 helps"),
        Leave = at_the_decision("leave_tendency", "tendency to leave, at the decision; who reaches 1 leaves"),
        Accuracy = measured(Measure::Accuracy),
        ResidualArousal = at_the_decision("residual_arousal", "arousal that is left ten seconds after the scene"),
        NegativeAffect = measured(Measure::NegativeAffect),
        PositiveAffect = measured(Measure::PositiveAffect),
        EmpathyRating = measured(Measure::EmpathyRating),
        TheoryOfMind = measured(Measure::TheoryOfMind),
        #[cfg(test)]
        Scratch = measured(Measure::Scratch),
    }
}

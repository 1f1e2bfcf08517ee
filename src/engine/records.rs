//! Records: what is known of each person when the encounter is over.

use super::people::PADDING;

/// How an encounter ends for one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Outcome {
    /// Helped.
    Helped,
    /// Left.
    Left,
    /// Decided nothing before the chance was over.
    Undecided,
    /// Saw another of the group help first.
    Relieved,
    /// Punished the one to blame.
    Punished,
}

impl Outcome {
    /// Every outcome.
    pub const ALL: [Self; 5] = [
        Self::Helped,
        Self::Left,
        Self::Undecided,
        Self::Relieved,
        Self::Punished,
    ];

    /// The word used in files and charts.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Helped => "helped",
            Self::Left => "left",
            Self::Undecided => "undecided",
            Self::Relieved => "relieved",
            Self::Punished => "punished",
        }
    }
}

/// A quantity that is recorded of each person, at the decision or at the end of the scene.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(usize)]
#[expect(missing_docs, reason = "each is the state or reading of its name")]
pub enum Column {
    LatencyS,
    Attention,
    AffectiveSharing,
    PerspectiveTaking,
    Reappraisal,
    PersonalDistress,
    Compassion,
    Indignation,
    Help,
    Leave,
    Accuracy,
    ResidualArousal,
    NegativeAffect,
    PositiveAffect,
    EmpathyRating,
    TheoryOfMind,
}

impl Column {
    /// Number of columns.
    pub const COUNT: usize = 16;

    /// Every column, in order.
    pub const ALL: [Self; Self::COUNT] = [
        Self::LatencyS,
        Self::Attention,
        Self::AffectiveSharing,
        Self::PerspectiveTaking,
        Self::Reappraisal,
        Self::PersonalDistress,
        Self::Compassion,
        Self::Indignation,
        Self::Help,
        Self::Leave,
        Self::Accuracy,
        Self::ResidualArousal,
        Self::NegativeAffect,
        Self::PositiveAffect,
        Self::EmpathyRating,
        Self::TheoryOfMind,
    ];

    /// The word used in files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::LatencyS => "latency_s",
            Self::Attention => "attention",
            Self::AffectiveSharing => "affective_sharing",
            Self::PerspectiveTaking => "perspective_taking",
            Self::Reappraisal => "reappraisal",
            Self::PersonalDistress => "personal_distress",
            Self::Compassion => "compassion",
            Self::Indignation => "indignation",
            Self::Help => "help_tendency",
            Self::Leave => "leave_tendency",
            Self::Accuracy => "accuracy",
            Self::ResidualArousal => "residual_arousal",
            Self::NegativeAffect => "negative_affect",
            Self::PositiveAffect => "positive_affect",
            Self::EmpathyRating => "empathy_rating",
            Self::TheoryOfMind => "theory_of_mind",
        }
    }
}

/// The records of consecutive people, one column for each quantity.
#[derive(Debug, Clone, PartialEq)]
pub struct Records {
    /// How it ended.
    pub outcomes: Vec<Outcome>,
    /// What was recorded, indexed by `Column as usize`.
    pub columns: [Vec<f32>; Column::COUNT],
}

impl Records {
    /// Room for so many people, all undecided.
    pub fn room_for(people: usize) -> Self {
        Self {
            outcomes: vec![Outcome::Undecided; people],
            columns: std::array::from_fn(|_| vec![0.0; people]),
        }
    }

    /// Columns that hold how a person was at the end, the first ones; the others are read from them.
    pub(super) const TAKEN_DOWN: usize = 10;

    /// Takes down how a person ended, from one lane of rows in the order of [`Column`].
    pub(super) fn take_down(
        &mut self,
        place: usize,
        outcome: Outcome,
        lane: usize,
        rows: &[[f32; PADDING]; Self::TAKEN_DOWN],
    ) {
        self.outcomes[place] = outcome;
        for (column, row) in self.columns.iter_mut().zip(rows) {
            column[place] = row[lane];
        }
    }

    /// Keeps the first `people` only.
    pub(super) fn truncate(&mut self, people: usize) {
        self.outcomes.truncate(people);
        for column in &mut self.columns {
            column.truncate(people);
        }
    }

    /// One column.
    pub fn column(&self, column: Column) -> &[f32] {
        &self.columns[column as usize]
    }
}

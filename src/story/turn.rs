//! The words of turning points: what can happen, with which feeling or tendency.

use super::others::Place;
use crate::engine::records::Outcome;
use crate::model::State;
use crate::scenario::Dominant;

/// A moment at which the encounter turned.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Turn {
    /// Seconds since the first cue.
    pub time_s: f64,
    /// What happened.
    pub what: What,
}

/// What happens at a turning point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum What {
    /// Attention passed half of its peak, sooner or later than in most.
    Noticed(Place),
    /// Understanding passed half of its final value; soon or late, and whether it comes to more or less than in most.
    Understood {
        /// Soon (low) or late (high).
        when: Place,
        /// Little or much.
        much: Place,
    },
    /// A feeling left the middle half of people, and stayed out of it for long.
    Stands {
        /// Which.
        feeling: Feeling,
        /// Weaker or stronger than in most.
        place: Place,
        /// When it was back there; none if it never was.
        until_s: Option<f64>,
    },
    /// A feeling was at its height, and then came down.
    Peaked {
        /// Which.
        feeling: Feeling,
        /// How high.
        height: f64,
    },
    /// Reappraisal had begun to work, and came to more than in most.
    RegulationSetIn,
    /// A feeling came to prevail: for the first time and unlike in most, or over the other.
    Prevails {
        /// Which.
        feeling: Dominant,
        /// Whether the other had prevailed before.
        over_the_other: bool,
    },
    /// A tendency took the lead: for the first time, or from another.
    Leads {
        /// Which.
        tendency: Tendency,
        /// The one that led before.
        before: Option<Tendency>,
    },
    /// A tendency came close to deciding, and did not.
    Close {
        /// Which.
        tendency: Tendency,
        /// How far it came.
        height: f64,
        /// Whether it then fell.
        drew_back: bool,
    },
    /// The encounter was decided, or over; sooner or later than for most with whom it ended so.
    Ended(Outcome, Place),
}

/// A feeling that can be followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feeling {
    /// Affective sharing.
    Sharing,
    /// Personal distress.
    Distress,
    /// Compassion.
    Compassion,
    /// Indignation.
    Indignation,
}

impl Feeling {
    pub(super) const ALL: [Self; 4] = [Self::Sharing, Self::Distress, Self::Compassion, Self::Indignation];

    pub(super) fn of(self, state: &State<f64>) -> f64 {
        match self {
            Self::Sharing => state.affective_sharing,
            Self::Distress => state.personal_distress,
            Self::Compassion => state.compassion,
            Self::Indignation => state.indignation,
        }
    }
}

/// A tendency that can decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tendency {
    /// To help.
    Help,
    /// To leave.
    Leave,
    /// To punish.
    Punish,
}

impl Tendency {
    pub(super) const ALL: [Self; 3] = [Self::Help, Self::Leave, Self::Punish];

    /// The tendency that brought about an outcome.
    pub(super) fn deciding(outcome: Outcome) -> Option<Self> {
        match outcome {
            Outcome::Helped => Some(Self::Help),
            Outcome::Left => Some(Self::Leave),
            Outcome::Punished => Some(Self::Punish),
            Outcome::Undecided | Outcome::Relieved => None,
        }
    }

    /// The strongest of the others.
    pub(super) fn rival(self, state: &State<f64>) -> f64 {
        let others = Self::ALL.into_iter().filter(|it| *it != self);
        others.map(|it| it.of(state)).fold(0.0, f64::max)
    }

    pub(super) fn of(self, state: &State<f64>) -> f64 {
        match self {
            Self::Help => state.help,
            Self::Leave => state.leave,
            Self::Punish => state.punish,
        }
    }
}

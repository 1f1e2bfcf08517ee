//! What is kept of a community: sums over people of each class, from measurement to measurement.

use crate::registry::{Measure, Readout, Source};
use serde::{Deserialize, Serialize};

/// Classes of people: the trained, and the others by their distance to the nearest of them.
pub const CLASSES: usize = 5;

/// Sums over the people of a class.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Sums {
    /// How many they are.
    pub people: u64,
    /// Times that one of them was in need since the last measurement.
    pub needs: u64,
    /// Of these, how often anybody was at hand.
    pub attended: u64,
    /// Of these, how often anybody helped.
    pub met: u64,
    /// Times that one of them was at hand when somebody was in need.
    pub at_hand: u64,
    /// Of these, how often they helped.
    pub helped: u64,
    /// How many of them help in the scene of the condition.
    pub help_in_scene: u64,
    /// Sums of what questionnaires show, in the order of [`Readout::ALL`].
    pub readouts: [f64; Readout::COUNT],
}

impl Sums {
    /// Adds others.
    pub fn add(&mut self, other: &Self) {
        self.people += other.people;
        self.needs += other.needs;
        self.attended += other.attended;
        self.met += other.met;
        self.at_hand += other.at_hand;
        self.helped += other.helped;
        self.help_in_scene += other.help_in_scene;
        for (own, other) in self.readouts.iter_mut().zip(other.readouts) {
            *own += other;
        }
    }
}

/// A group of people in a community.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Everybody.
    All,
    /// Those who get the training.
    Trained,
    /// Everybody else.
    Untrained,
    /// Those tied to somebody trained.
    OneStep,
    /// Those two steps from the nearest.
    TwoSteps,
    /// Those three steps from the nearest.
    ThreeSteps,
    /// Those farther away, or without a way.
    Farther,
}

impl Group {
    /// Every group.
    pub const ALL: [Self; 7] = [
        Self::All,
        Self::Trained,
        Self::Untrained,
        Self::OneStep,
        Self::TwoSteps,
        Self::ThreeSteps,
        Self::Farther,
    ];

    /// The word in tables.
    pub const fn key(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Trained => "trained",
            Self::Untrained => "untrained",
            Self::OneStep => "one step away",
            Self::TwoSteps => "two steps away",
            Self::ThreeSteps => "three steps away",
            Self::Farther => "farther away",
        }
    }

    const fn classes(self) -> std::ops::Range<usize> {
        match self {
            Self::All => 0..5,
            Self::Trained => 0..1,
            Self::Untrained => 1..5,
            Self::OneStep => 1..2,
            Self::TwoSteps => 2..3,
            Self::ThreeSteps => 3..4,
            Self::Farther => 4..5,
        }
    }

    /// The sums of this group.
    pub fn of(self, classes: &[Sums; CLASSES]) -> Sums {
        let mut sums = Sums::default();
        for class in &classes[self.classes()] {
            sums.add(class);
        }
        sums
    }
}

/// What is told of a community.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommunityMeasure {
    /// Share of people who help in the scene of the condition, which everybody meets alone.
    Helped,
    /// Share of needs in which anybody helped.
    NeedsMet,
    /// Share of those at hand who helped.
    HelpingPerWitness,
    /// What a questionnaire shows on average.
    Mean(Readout),
}

impl CommunityMeasure {
    /// Every measure, in order.
    pub fn all() -> impl Iterator<Item = Self> {
        let counted = [Self::Helped, Self::NeedsMet, Self::HelpingPerWitness].into_iter();
        counted.chain(Readout::ALL.into_iter().map(Self::Mean))
    }

    /// The measure of the registry that is read from the same questionnaire.
    pub fn questionnaire(self) -> Option<Measure> {
        let Self::Mean(readout) = self else {
            return None;
        };
        let mut measures = Measure::ALL.into_iter();
        measures.find(|measure| measure.source() == Source::SlowStates(readout))
    }

    /// The word in tables.
    pub fn key(self) -> &'static str {
        match self {
            Self::Helped => Measure::Helped.key(),
            Self::NeedsMet => "needs_met",
            Self::HelpingPerWitness => "helping_per_witness",
            Self::Mean(_) => self.questionnaire().map_or("", Measure::key),
        }
    }

    /// Its unit.
    pub fn unit(self) -> &'static str {
        match self {
            Self::Helped | Self::NeedsMet | Self::HelpingPerWitness => "1",
            Self::Mean(_) => self.questionnaire().map_or("", |measure| measure.row().unit),
        }
    }

    /// Whether it is a share.
    pub const fn is_share(self) -> bool {
        matches!(self, Self::Helped | Self::NeedsMet | Self::HelpingPerWitness)
    }

    /// Its value in a group; none where there is nobody, or nothing happened.
    pub fn of(self, sums: &Sums) -> Option<f64> {
        let share = |part: u64, whole: u64| (whole > 0).then(|| part as f64 / whole as f64);
        match self {
            Self::Helped => share(sums.help_in_scene, sums.people),
            Self::NeedsMet => share(sums.met, sums.needs),
            Self::HelpingPerWitness => share(sums.helped, sums.at_hand),
            Self::Mean(readout) => (sums.people > 0).then(|| sums.readouts[readout as usize] / sums.people as f64),
        }
    }
}

//! An exchange: two who meet round after round, each of whom may give.

use crate::model::exchange::machines::Machine;

/// Rounds of giving and taking.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Exchange {
    /// How long it goes on.
    pub length: Length,
    /// What a gift brings the other, for 1 given.
    pub benefit: f64,
    /// How often a decision comes out as its opposite, as everybody knows; at most ½.
    pub noise: f64,
    /// With whom.
    pub partner: Partner,
}

/// How long an exchange goes on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Length {
    /// So many rounds.
    Rounds(u32),
    /// After each round with this chance, below 1.
    Continue(f64),
}

/// With whom somebody exchanges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Partner {
    /// With another person of the condition: the first with the second, the third with the fourth.
    Same,
    /// With a rule.
    Machine(Machine),
}

impl Length {
    /// Share of exchanges that are still going on in the last round that is played.
    const LEFT: f64 = 0.01;

    /// Rounds that are played: of those that go on by chance, as many as nearly all have.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a checked chance gives less than a thousand"
    )]
    pub fn rounds(self) -> u32 {
        match self {
            Self::Rounds(rounds) => rounds,
            Self::Continue(chance) => (libm::log(Self::LEFT) / libm::log(chance)).ceil().max(1.0) as u32,
        }
    }

    /// How much a round counts, counted from 0: the share of exchanges that it is played in.
    pub fn weight(self, round: u32) -> f64 {
        match self {
            Self::Rounds(_) => 1.0,
            Self::Continue(chance) => libm::pow(chance, f64::from(round)),
        }
    }
}

//! Links between people who meet again and again, each in a file of its own.
//!
//! | link        | what it does                                                                        | file          |
//! |-------------|-------------------------------------------------------------------------------------|---------------|
//! | gratitude   | being helped lifts mood, ties and warmth; being left alone before others lowers them | [`gratitude`] |
//! | modelling   | who has seen somebody help is a little readier for some days                         | [`modelling`] |
//! | contagion   | mood and exhaustion move a little towards those of people who are met                | [`contagion`] |
//! | ties        | help strengthens a tie, absence fades it, and nobody holds more than their capacity  | [`ties`]      |
//!
//! Sizes are constants and no parameters: no published cell lasts longer than a scene, so that no fit could tell them. All are assumptions, kept weak.

pub mod contagion;
pub mod gratitude;
pub mod modelling;
pub mod ties;

use crate::model::mechanism::{Knockout, Mechanism};

/// What other people have left in a person, beside the slow states.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Left {
    /// Gratitude, in \[0, 1\].
    pub gratitude: f64,
    /// Readiness that comes of having seen somebody help, in \[0, 1\].
    pub modelling: f64,
}

/// Which links are at work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BetweenPeople {
    /// Gratitude, and being left alone.
    pub gratitude: bool,
    /// Modelling.
    pub modelling: bool,
    /// Contagion.
    pub contagion: bool,
    /// Change of ties.
    pub ties: bool,
}

impl BetweenPeople {
    /// The links that are not switched off.
    pub const fn without(knockout: Knockout) -> Self {
        Self {
            gratitude: !knockout.lacks(Mechanism::Gratitude),
            modelling: !knockout.lacks(Mechanism::Modelling),
            contagion: !knockout.lacks(Mechanism::Contagion),
            ties: !knockout.lacks(Mechanism::Ties),
        }
    }
}

impl Left {
    /// What is left of it a day later.
    #[must_use]
    pub fn a_day_later(self) -> Self {
        Self {
            gratitude: gratitude::a_day_later(self.gratitude),
            modelling: modelling::a_day_later(self.modelling),
        }
    }
}

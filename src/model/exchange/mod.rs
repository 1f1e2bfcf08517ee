//! Giving and taking: two who meet again and again, round after round, each time with the choice to give.
//!
//! | process     | what it does                                                                       | file            |
//! |-------------|------------------------------------------------------------------------------------|-----------------|
//! | expectation | what the other did moves what is expected of them, less the more noise explains it  | [`expectation`] |
//! | reciprocity | what is expected moves closeness and what a gift costs; a refusal is held against them | [`reciprocity`] |
//!
//! A round is an encounter like any other, and to give is to help: nothing in here decides. [`machines`] are partners that follow a rule.
//!
//! Sizes are constants and no parameters: no cell of the fit has rounds. They were set on the rows of one experiment that `tests/exchange.rs` names.

pub mod expectation;
pub mod machines;
pub mod reciprocity;

/// What came out of a round for one of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(usize)]
pub enum Happened {
    /// Both gave.
    Both,
    /// I gave, they did not.
    OnlyI,
    /// They gave, I did not.
    OnlyThey,
    /// Neither gave.
    Neither,
}

impl Happened {
    /// Everything that can come out of a round.
    pub const ALL: [Self; 4] = [Self::Both, Self::OnlyI, Self::OnlyThey, Self::Neither];

    /// What came out for somebody who gave or not, of a partner who gave or not.
    pub const fn of(mine: bool, theirs: bool) -> Self {
        match (mine, theirs) {
            (true, true) => Self::Both,
            (true, false) => Self::OnlyI,
            (false, true) => Self::OnlyThey,
            (false, false) => Self::Neither,
        }
    }

    /// As the partner sees it.
    #[must_use]
    pub const fn turned(self) -> Self {
        match self {
            Self::OnlyI => Self::OnlyThey,
            Self::OnlyThey => Self::OnlyI,
            Self::Both | Self::Neither => self,
        }
    }

    /// Whether the partner gave.
    pub const fn they_gave(self) -> bool {
        matches!(self, Self::Both | Self::OnlyThey)
    }
}

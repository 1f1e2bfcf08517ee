//! The words that stand in files for the model's closed sets of choices.

use super::{Direction, Dominant, Partner, Who};
use crate::document::Choice;
use crate::model::agent::Trait;
use crate::model::exchange::machines::Machine;
use crate::model::training::Onset;

impl Choice for Onset {
    const WORDS: &'static [&'static str] = &["early", "late"];
    const VALUES: &'static [Self] = &[Self::Early, Self::Late];
}

impl Choice for Dominant {
    const WORDS: &'static [&'static str] = &["personal_distress", "empathic_concern"];
    const VALUES: &'static [Self] = &[Self::PersonalDistress, Self::EmpathicConcern];
}

impl Choice for Direction {
    const WORDS: &'static [&'static str] = &["rises", "falls", "unchanged"];
    const VALUES: &'static [Self] = &[Self::Rises, Self::Falls, Self::Unchanged];
}

/// Whether a person or a group is counted, before the size is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum UnitWord {
    Person,
    Group,
}

/// The form of a network, before its numbers are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NetworkWord {
    SmallWorld,
    Random,
    ScaleFree,
    Groups,
    Blocks,
    Ring,
    Complete,
    File,
    Strangers,
}

impl Choice for UnitWord {
    const WORDS: &'static [&'static str] = &["person", "group"];
    const VALUES: &'static [Self] = &[Self::Person, Self::Group];
}

impl Choice for NetworkWord {
    const WORDS: &'static [&'static str] = &[
        "small_world",
        "random",
        "scale_free",
        "groups",
        "blocks",
        "ring",
        "complete",
        "file",
        "strangers",
    ];
    const VALUES: &'static [Self] = &[
        Self::SmallWorld,
        Self::Random,
        Self::ScaleFree,
        Self::Groups,
        Self::Blocks,
        Self::Ring,
        Self::Complete,
        Self::File,
        Self::Strangers,
    ];
}

impl Choice for Who {
    const WORDS: &'static [&'static str] = &["random", "most_connected", "least_connected", "together"];
    const VALUES: &'static [Self] = &[Self::Random, Self::MostConnected, Self::LeastConnected, Self::Together];
}

impl Choice for Partner {
    const WORDS: &'static [&'static str] = &[
        "same",
        "tit_for_tat",
        "generous_tit_for_tat",
        "win_stay_lose_shift",
        "always_give",
        "never_give",
    ];
    const VALUES: &'static [Self] = &[
        Self::Same,
        Self::Machine(Machine::TitForTat),
        Self::Machine(Machine::GenerousTitForTat),
        Self::Machine(Machine::WinStayLoseShift),
        Self::Machine(Machine::AlwaysGive),
        Self::Machine(Machine::NeverGive),
    ];
}

/// The traits that `regulation` sets together.
pub(super) const REGULATION: [Trait; 3] = [Trait::AttentionRegulation, Trait::Reappraisal, Trait::VagalTone];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::situation::{BystanderBehaviour, EmotionLabel, HelpKind, Perspective};
    use crate::registry::Measure;
    use serde::Serialize;
    use std::fmt::Debug;

    /// Files, summaries and columns must spell a choice the same way.
    fn same_as_serialised<C: Choice + Serialize + Debug>() {
        assert_eq!(C::WORDS.len(), C::VALUES.len());
        for (word, value) in C::WORDS.iter().zip(C::VALUES) {
            let serialised = serde_json::to_value(value).expect("a unit variant");
            assert_eq!(serialised, *word);
            assert_eq!(C::from_word(word), Some(*value));
            assert_eq!(value.word(), *word);
        }
        assert_eq!(C::from_word("no such word"), None);
    }

    #[test]
    fn words_are_those_of_the_summaries() {
        same_as_serialised::<Perspective>();
        same_as_serialised::<BystanderBehaviour>();
        same_as_serialised::<EmotionLabel>();
        same_as_serialised::<HelpKind>();
        same_as_serialised::<Onset>();
        same_as_serialised::<Dominant>();
        same_as_serialised::<Direction>();
        same_as_serialised::<Measure>();
    }
}

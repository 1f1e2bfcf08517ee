//! Two conditions lived by the same people with the same luck: who helps only in one of them, who these people are, and through what it comes.
//!
//! Read [`pairs`] for who helps where, [`profile`] for who they are, [`paths`] (divided by
//! [`shares`]) and [`knockouts`] for through what, [`precision`] for how many people it takes, and [`study`] for what a real study of so many
//! people would have found.
//!
//! Every question is answered block by block ([`blocks`]): the people of a block are drawn once and meet every scene that the question needs,
//! so that all that is compared is compared person by person.

pub mod blocks;
pub mod knockouts;
pub mod pairs;
pub mod paths;
pub mod precision;
pub mod profile;
pub mod shares;
pub mod study;
pub mod words;

use crate::scenario::{Scenario, Unit};
use knockouts::WithoutMechanism;
use pairs::PairTally;
use precision::Search;
use shares::Shares;
use study::{Design, Found};

/// Two conditions that are compared, as places in the scenario's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// The condition that is expected to differ.
    pub treatment: usize,
    /// The condition that it is compared with.
    pub control: usize,
}

/// Why two conditions cannot be compared person by person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotTheSame {
    /// One of them counts only people in whom some feeling prevails.
    #[error("one of them keeps only people in whom a feeling prevails, so they are not the same people")]
    Selected,
    /// One counts persons and the other groups, or groups of different size.
    #[error("one of them counts persons and the other groups, or groups of another size")]
    Units,
    /// They are one and the same.
    #[error("a condition cannot be compared with itself")]
    Itself,
}

/// With so few conditions each is compared with each.
pub const FEW_CONDITIONS: usize = 3;

/// The pairs that are compared unless others are asked for: every condition with the first; each with each where there are few.
///
/// Pairs that do not count the same people are left out.
pub fn usual_pairs(scenario: &Scenario) -> Vec<Pair> {
    let conditions = scenario.conditions.len();
    let controls = if conditions <= FEW_CONDITIONS { conditions } else { 1 };
    (0..controls)
        .flat_map(|control| (control + 1..conditions).map(move |treatment| Pair { treatment, control }))
        .filter(|it| it.check(scenario).is_ok())
        .collect()
}

impl Pair {
    /// Whether the two conditions count the same people.
    ///
    /// # Errors
    ///
    /// [`NotTheSame`] says why not.
    pub fn check(self, scenario: &Scenario) -> Result<(), NotTheSame> {
        let (treatment, control) = (&scenario.conditions[self.treatment], &scenario.conditions[self.control]);
        if self.treatment == self.control {
            Err(NotTheSame::Itself)
        } else if treatment.select.is_some() || control.select.is_some() {
            Err(NotTheSame::Selected)
        } else if treatment.unit != control.unit {
            Err(NotTheSame::Units)
        } else {
            Ok(())
        }
    }

    /// Whether persons are counted, and not groups.
    pub fn counts_persons(self, scenario: &Scenario) -> bool {
        scenario.conditions[self.control].unit == Unit::Person
    }
}

/// Everything that was compared; what was not asked for is empty or none.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Comparison {
    /// Who helps in which of two conditions, pair by pair.
    pub pairs: Vec<PairTally>,
    /// How the effect of each pair is shared between paths.
    pub shares: Vec<Shares>,
    /// The effect of each pair without each mechanism.
    pub knockouts: Vec<Vec<WithoutMechanism>>,
    /// How many people it took.
    pub search: Option<Search>,
    /// What studies would have found, and how large they were.
    pub studies: Option<(Design, Vec<Found>)>,
}

/// Somebody asked to stop before all people were simulated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("stopped before all people were compared")]
pub struct Stopped;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::test_scenario;
    use crate::scenario::Dominant;

    #[test]
    fn few_conditions_are_compared_each_with_each_and_many_with_the_first() {
        let pairs = |names: &[&str]| -> Vec<(usize, usize)> {
            let pairs = usual_pairs(&test_scenario(names)).into_iter();
            pairs.map(|it| (it.treatment, it.control)).collect()
        };
        assert_eq!(pairs(&["a"]), []);
        assert_eq!(pairs(&["a", "b", "c"]), [(1, 0), (2, 0), (2, 1)]);
        assert_eq!(pairs(&["a", "b", "c", "d"]), [(1, 0), (2, 0), (3, 0)]);
    }

    #[test]
    fn only_like_is_compared_with_like() {
        let mut scenario = test_scenario(&["one", "pair", "moved"]);
        scenario.conditions[1].unit = Unit::Group(2);
        scenario.conditions[2].select = Some(Dominant::EmpathicConcern);
        assert_eq!(usual_pairs(&scenario), []);
        let check = |treatment, control| Pair { treatment, control }.check(&scenario);
        assert_eq!(check(1, 0), Err(NotTheSame::Units));
        assert_eq!(check(2, 0), Err(NotTheSame::Selected));
        assert_eq!(check(1, 1), Err(NotTheSame::Itself));
    }
}

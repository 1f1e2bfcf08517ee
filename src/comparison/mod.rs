//! Two conditions lived by the same people with the same luck: who helps only in one of them, who these people are, and through what it comes.
//!
//! Read [`crate::contrast`] for what is asked of two conditions (helping, unless the file's first contrast between them names another measure),
//! [`pairs`] for who helps where, [`measured_contrast`] for whose measure is higher where, [`profile`] for who they are, [`paths`], [`feelings`] (both divided by
//! [`shares`]) and [`knockouts`] for through what, [`precision`] for how many people it takes, and [`study`] for what a real study of so many
//! people would have found.
//!
//! Every question is answered by an observer of the one run ([`crate::engine::driver`]): the people of a block are drawn once and meet every scene
//! that the questions need, so that all that is compared is compared person by person.

pub mod feelings;
pub mod knockouts;
pub mod measured;
pub mod measured_contrast;
mod mixed;
pub mod pairs;
pub mod paths;
pub mod precision;
pub mod profile;
pub mod shares;
pub mod study;
pub mod words;

pub use crate::contrast::{NotTheSame, Pair};

use crate::scenario::Scenario;
use knockouts::WithoutMechanism;
use pairs::PairTally;
use precision::Search;
use shares::Shares;
use study::{Design, Found};

/// With so few conditions each is compared with each.
pub const FEW_CONDITIONS: usize = 3;

/// The pairs that are compared unless others are asked for: every condition with the first (each with each where there are few),
/// and the two that the file's first contrast names; each as the file looks at it where it asks about another measure than helping.
///
/// Pairs that do not count the same people are left out; [`words::not_compared`] says so.
pub fn usual_pairs(scenario: &Scenario) -> Vec<Pair> {
    let conditions = scenario.conditions.len();
    let controls = if conditions <= FEW_CONDITIONS { conditions } else { 1 };
    let mut pairs: Vec<Pair> = (0..controls)
        .flat_map(|control| (control + 1..conditions).map(move |treatment| Pair { treatment, control }))
        .collect();
    pairs.extend(asked_first(scenario).filter(|asked| !pairs.iter().any(|it| it.is_of(*asked))));
    pairs.retain(|it| it.check(scenario).is_ok());
    pairs.into_iter().map(|it| it.as_asked(scenario)).collect()
}

/// The pair that the file's first contrast names.
fn asked_first(scenario: &Scenario) -> Option<Pair> {
    scenario.contrasts.first().map(|it| Pair {
        treatment: it.treatment,
        control: it.control,
    })
}

/// The pair of which most is told: that of the file's first contrast, or else the one with the largest difference,
/// among those of which there is `enough` to tell.
pub fn most_telling<'a>(
    scenario: &Scenario,
    pairs: impl IntoIterator<Item = &'a PairTally>,
    enough: impl Fn(&PairTally) -> bool,
) -> Option<&'a PairTally> {
    let size = PairTally::size;
    let pairs: Vec<&PairTally> = pairs.into_iter().filter(|it| enough(it)).collect();
    let asked = asked_first(scenario).and_then(|asked| pairs.iter().find(|it| it.pair.is_of(asked)));
    // Of equal ones the first.
    let largest = || {
        pairs
            .iter()
            .reduce(|one, other| if size(other) > size(one) { other } else { one })
    };
    asked.or_else(largest).copied()
}

/// Everything that was compared; what was not asked for is empty or none.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Comparison {
    /// Who helps in which of two conditions, pair by pair.
    pub pairs: Vec<PairTally>,
    /// How the effect of each pair is shared between paths.
    pub shares: Vec<Shares>,
    /// How the effect of each pair is shared between the feelings through which it acts, where that can be told.
    pub feelings: Vec<Option<Shares>>,
    /// The effect of each pair without each mechanism.
    pub knockouts: Vec<Vec<WithoutMechanism>>,
    /// How many people it took.
    pub search: Option<Search>,
    /// What studies would have found, and how large they were.
    pub studies: Option<(Design, Vec<Found>)>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::test_scenario;
    use crate::registry::Measure;
    use crate::scenario::{Contrast, Dominant, Unit};
    use crate::statistics::Joint;

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

    /// A scenario whose first contrast is about these two conditions.
    fn asking(names: &[&str], treatment: usize, control: usize) -> Scenario {
        let mut scenario = test_scenario(names);
        scenario
            .contrasts
            .push(Contrast::asking(treatment, control, Measure::Helped));
        scenario
    }

    #[test]
    fn what_the_file_asks_first_is_compared_and_told() {
        let scenario = asking(&["a", "b", "c", "d"], 3, 2);
        let pairs = usual_pairs(&scenario);
        let told: Vec<(usize, usize)> = pairs.iter().map(|it| (it.treatment, it.control)).collect();
        assert_eq!(told, [(1, 0), (2, 0), (3, 0), (3, 2)]);
        let known = usual_pairs(&asking(&["a", "b", "c", "d"], 0, 2));
        assert_eq!(known.len(), 3, "turned round it is the same pair");

        let mut tallies: Vec<PairTally> = pairs.into_iter().map(PairTally::new).collect();
        for (number, it) in tallies.iter_mut().enumerate() {
            it.joint = Joint {
                both: 50,
                first_only: 10,
                second_only: if number == 1 { 40 } else { 5 },
                neither: 50,
            };
        }
        let most = |scenario: &Scenario, least: u64| {
            let told = most_telling(scenario, &tallies, |it| it.joint.second_only >= least);
            told.map(|it| (it.pair.treatment, it.pair.control))
        };
        assert_eq!(most(&scenario, 0), Some((3, 2)));
        assert_eq!(
            most(&scenario, 30),
            Some((2, 0)),
            "nobody changes in the pair asked for"
        );
        assert_eq!(
            most(&test_scenario(&["a", "b", "c", "d"]), 0),
            Some((2, 0)),
            "a loss counts as a gain does"
        );
        assert_eq!(most(&scenario, 99), None);
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

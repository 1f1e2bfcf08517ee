//! Communities as tables and pictures.

mod layout;
mod pictures;
mod tables;

pub(super) use pictures::community_charts;
pub(crate) use pictures::community_data;
#[cfg(feature = "pixels")]
pub(super) use pictures::community_film;
pub use tables::{
    community_codebooks, community_csv, community_effects_csv, community_people_csv, community_ties_csv, ties_csv,
};

use crate::community::run::divisions;
use crate::community::sums::Group;
use crate::scenario::Scenario;

/// The groups that are told of in a condition, each with the condition whose training makes them: everybody, and with a training the trained and the
/// others; in the first condition, with which the others are compared, those whom each of these trains.
fn groups(scenario: &Scenario, condition: usize) -> Vec<(usize, Group)> {
    let mut groups = vec![(condition, Group::All)];
    for by in divisions(scenario, condition) {
        if !scenario.conditions[by].training.is_empty() {
            let some = Group::ALL.into_iter().filter(|group| *group != Group::All);
            groups.extend(some.map(|group| (by, group)));
        }
    }
    groups
}

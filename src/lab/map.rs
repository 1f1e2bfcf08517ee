//! The sweet spot: helping over affective sharing and regulation, with the people of each condition on it.

use super::courses::thousandths;
use crate::engine::block::Participants;
use crate::engine::map::{PEOPLE, REGULATION};
use crate::engine::monitor::Unwatched;
use crate::engine::run::Experiment;
use crate::model::agent::Trait;
use crate::scenario::{Condition, Unit};
use serde_json::{Value, json};

/// How far helping must peak above both ends of a row of the map, as a share, to be called a sweet spot.
const SWEET_SPOT: f64 = 0.01;

/// The map of a condition's scene, and where the first people of the run stand on it in every condition: with what they have practised.
pub(super) fn map(experiment: &Experiment, condition: usize) -> Value {
    let scenario = experiment.scenario;
    let scene = &scenario.conditions[condition];
    let map = crate::engine::map::map(&experiment.world(), scene, scenario.run.agents, &Unwatched)
        .expect("nobody stops it")
        .smoothed();
    let best: Vec<[f64; 2]> = map
        .best(SWEET_SPOT)
        .into_iter()
        .map(|(x, y)| [thousandths(x), thousandths(y)])
        .collect();
    let marks: Vec<Value> = scenario.conditions.iter().map(|it| mark(experiment, it)).collect();
    json!({
        "condition": condition,
        "people": PEOPLE.min(scenario.run.agents),
        "sharing": map.sharing,
        "regulation": map.regulation,
        "helped": map.helped.iter().map(|it| thousandths(*it)).collect::<Vec<_>>(),
        "best": best,
        "marks": marks,
    })
}

/// Where the first people of a run stand on average.
fn mark(experiment: &Experiment, condition: &Condition) -> Value {
    let world = experiment.world();
    let alone = Condition {
        unit: Unit::Person,
        ..condition.clone()
    };
    let count = PEOPLE.min(experiment.scenario.run.agents);
    let people = world.people(0, 0, count as usize);
    let participants = Participants::new(&world, &alone, 0, &people, people.count, count);
    let traits: Vec<[f64; Trait::COUNT]> = (0..people.count)
        .map(|place| participants.trained_traits_of(place))
        .collect();
    let mean = |of: &dyn Fn(&[f64; Trait::COUNT]) -> f64| {
        thousandths(traits.iter().map(of).sum::<f64>() / traits.len().max(1) as f64)
    };
    let regulation = |it: &[f64; Trait::COUNT]| {
        REGULATION.iter().map(|regulates| it[*regulates as usize]).sum::<f64>() / REGULATION.len() as f64
    };
    json!({
        "name": condition.name,
        "sharing": mean(&|it| it[Trait::AffectiveSharing as usize]),
        "regulation": mean(&regulation),
    })
}

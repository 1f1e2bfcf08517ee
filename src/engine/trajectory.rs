//! One person's encounter, step by step: exactly the person of the run.

use super::block::{Participants, World};
use super::life;
use super::people::People;
use super::records::{Column, Outcome};
use super::run::Experiment;
use super::watch::Watch;
use crate::model::State;
use crate::model::scene;
use crate::scenario::Condition;

/// The course of one person's encounter.
#[derive(Clone)]
pub struct Trajectory {
    /// Seconds since the first cue, from 0 to the end of the scene.
    pub times_s: Vec<f64>,
    /// How the person was at each time; after the decision as at the decision.
    pub states: Vec<State<f64>>,
    /// How it ended.
    pub outcome: Outcome,
    /// When, in seconds; the end of the scene if nothing was decided.
    pub latency_s: f64,
}

impl Trajectory {
    /// The state at a time: that after the last step before it.
    pub fn at(&self, time_s: f64) -> Option<&State<f64>> {
        let steps = self.times_s.partition_point(|it| *it <= time_s + 1e-9);
        self.states.get(steps.checked_sub(1)?)
    }
}

/// The encounter of person `agent` in a condition, to the bit as in the run.
///
/// Where groups are counted the person meets the scene with the group; none if the person is beyond the last whole group of the run.
pub fn trajectory(experiment: &Experiment, condition: &Condition, replicate: u32, agent: u32) -> Option<Trajectory> {
    let (world, agents) = (&experiment.world(), experiment.scenario.run.agents);
    let (people, place) = company(world, condition, replicate, agent, agents)?;
    let participants = Participants::new(world, condition, replicate, &people, people.count, agents);
    let participants = life::arrive(world, condition, participants, &experiment.norm.usual);
    let mut watch = OnePerson {
        place,
        states: vec![State::start()],
    };
    let records = participants.watch(world, condition, &mut watch);
    let steps = scene::steps(&condition.situation, world.longest_step_s);
    let step_s = condition.situation.window_s / f64::from(steps);
    let mut states = watch.states;
    let last = *states.last()?;
    states.resize(steps as usize + 1, last);
    Some(Trajectory {
        times_s: (0..=steps).map(|it| f64::from(it) * step_s).collect(),
        states,
        outcome: records.outcomes[place],
        latency_s: f64::from(records.column(Column::LatencyS)[place]),
    })
}

/// The person, or the group that the person belongs to, and the person's place in it.
fn company(world: &World, condition: &Condition, replicate: u32, agent: u32, agents: u32) -> Option<(People, usize)> {
    let size = condition.unit.size();
    let first = agent / size * size;
    let whole = first.checked_add(size).is_some_and(|it| it <= agents);
    whole.then(|| (world.people(replicate, first, size as usize), (agent - first) as usize))
}

/// Follows the person at one place.
struct OnePerson {
    place: usize,
    states: Vec<State<f64>>,
}

impl Watch for OnePerson {
    fn see(&mut self, place: usize, _: u32, state: &State<f64>) {
        if place == self.place {
            self.states.push(*state);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::persons;
    use crate::lanes::Job;
    use crate::model::situation::BystanderBehaviour;
    use crate::parameters::shipped;
    use crate::scenario::{Scenario, Unit};

    fn scenario(unit: Unit) -> Scenario {
        let mut scenario = crate::engine::test_scenario(&["test"]);
        let condition = &mut scenario.conditions[0];
        condition.unit = unit;
        condition.situation.bystander_behaviour = BystanderBehaviour::Free;
        condition.situation.need = 0.7;
        scenario
    }

    /// To the bit: every outcome, latency and final state of the run is that of the trajectory.
    #[test]
    fn a_trajectory_is_the_person_of_the_run() {
        let parameters = shipped();
        for unit in [Unit::Person, Unit::Group(3)] {
            let mut scenario = scenario(unit);
            scenario.run.agents = 300;
            let condition = &scenario.conditions[0];
            let experiment = Experiment::new(&scenario, &parameters);
            let world = experiment.world();
            let people = world.people(0, 0, 300);
            let participants = Participants::new(&world, condition, 0, &people, 300, 300);
            let records = participants.meet(&world, condition);
            for place in 0..300 {
                let agent = u32::try_from(place).unwrap();
                let one = trajectory(&experiment, condition, 0, agent).unwrap();
                assert_eq!(one.outcome, records.outcomes[place], "{unit:?}, person {place}");
                let at = |column| f64::from(records.column(column)[place]);
                let last = one.states.last().unwrap();
                assert_eq!(one.latency_s, at(Column::LatencyS), "{unit:?}, person {place}");
                assert_eq!(last.help, at(Column::Help), "{unit:?}, person {place}");
                assert_eq!(last.compassion, at(Column::Compassion), "{unit:?}, person {place}");
                assert_eq!(one.states.len(), one.times_s.len());
            }
        }
    }

    /// Single precision decides like double precision, but for a person now and then who stood on the bound.
    #[test]
    fn the_readable_reference_decides_alike() {
        let parameters = shipped();
        let scenario = scenario(Unit::Person);
        let condition = &scenario.conditions[0];
        let world = Experiment::new(&scenario, &parameters).world();
        let count = 4_000;
        let people = world.people(0, 0, count);
        let participants = Participants::new(&world, condition, 0, &people, count, u32::MAX);
        let lanes = participants.meet(&world, condition);
        let reference = persons::Meet {
            encounter: &world.encounter(condition, 0),
            initial: &participants.initial(),
            watch: None,
        }
        .run::<f64>();
        let pairs = || lanes.outcomes.iter().zip(&reference.outcomes);
        let alike = pairs().filter(|(one, other)| one == other).count();
        assert!(alike as f64 >= 0.995 * count as f64, "{alike} of {count} end alike");
        let helped = |it: Outcome| i32::from(it == Outcome::Helped);
        let apart: i32 = pairs().map(|(one, other)| helped(*one) - helped(*other)).sum();
        assert!(
            f64::from(apart.abs()) <= 0.003 * count as f64,
            "{apart} of {count} more help"
        );
    }

    /// Weeks and a shift lie before the scene, and it is still the person of the run.
    #[test]
    fn a_trajectory_at_the_end_of_a_timeline_is_the_person_of_the_run() {
        let parameters = shipped();
        let mut scenario = scenario(Unit::Person);
        scenario.run.agents = 60;
        scenario.conditions[0].protocol = crate::scenario::Protocol {
            timeline: Some(crate::scenario::Timeline {
                weeks: 2.0,
                measure_at: vec![0.0, 1.5, 2.0, 3.0],
            }),
            exposures: Some(crate::scenario::Exposures {
                count: 3,
                spacing_hours: 1.0,
                situation: crate::model::situation::Situation::default(),
            }),
            exchange: None,
            network: -1.0,
            community: None,
        };
        let experiment = Experiment::new(&scenario, &parameters);
        let mut latencies = Vec::new();
        let done = experiment.run(
            &crate::engine::monitor::Unwatched,
            |seen| {
                let main = seen.place().is_main(&scenario);
                main.then(|| seen.records.column(Column::LatencyS).to_vec())
            },
            |kept| {
                latencies.extend(kept.unwrap_or_default());
                Ok::<_, std::convert::Infallible>(())
            },
        );
        assert_eq!(done.unwrap_or_default()[0].course.len(), 4);
        for agent in [0, 1, 17, 59] {
            let one = trajectory(&experiment, &scenario.conditions[0], 0, agent).unwrap();
            assert_eq!(one.latency_s, f64::from(latencies[agent as usize]), "person {agent}");
        }
    }

    #[test]
    fn who_is_beyond_the_last_whole_group_has_no_encounter() {
        let parameters = shipped();
        let mut scenario = scenario(Unit::Group(3));
        scenario.run.agents = 10;
        let experiment = Experiment::new(&scenario, &parameters);
        assert!(trajectory(&experiment, &scenario.conditions[0], 0, 9).is_none());
        assert!(trajectory(&experiment, &scenario.conditions[0], 0, 8).is_some());
    }
}

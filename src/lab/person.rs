//! One person, second by second, in one condition and in another.

use super::courses::thousandths;
use super::everybody::hundredths;
use crate::engine::block::Participants;
use crate::engine::records::Outcome;
use crate::engine::run::Experiment;
use crate::engine::trajectory::{Trajectory, trajectory};
use crate::model::agent::Trait;
use crate::scenario::{Condition, Dominant, Unit};
use crate::story::followed::FOLLOWED;
use crate::story::{Feeling, Others, Place, Tendency, Turn, What, parting, turning_points};
use serde_json::{Map, Value, json};

/// Points of time that are told of a person, at most.
const POINTS: usize = 160;

/// The person in a condition, and in another, with the moment at which the two part.
///
/// # Errors
///
/// If there is no such person.
pub(super) fn person(
    experiment: &Experiment,
    agent: u32,
    condition: usize,
    against: Option<usize>,
) -> Result<Value, String> {
    let here = followed(experiment, agent, condition)?;
    let there = against.map(|there| followed(experiment, agent, there)).transpose()?;
    let mut json = json!({ "agent": agent, "here": told(experiment, agent, condition, &here) });
    if let (Some(place), Some(there)) = (against, &there) {
        json["there"] = told(experiment, agent, place, there);
        let moment = parting(&here.course, &there.course, [&here.others, &there.others]);
        json["parting"] = moment.map_or(Value::Null, |it| {
            json!({
                "time_s": hundredths(it.time_s),
                "tendency": it.tendency.map(|(which, here, there)| json!({ "which": tendency(which), "here": here, "there": there })),
                "state": it.state.map(|it| json!({ "name": key_of(it.name), "here": it.here, "there": it.there, "sd": it.sd })),
            })
        });
    }
    Ok(json)
}

/// A person's encounter, and those of others in the same scene.
struct Followed {
    course: Trajectory,
    others: Others,
    turns: Vec<Turn>,
}

fn followed(experiment: &Experiment, agent: u32, place: usize) -> Result<Followed, String> {
    let scenario = experiment.scenario;
    let condition = &scenario.conditions[place];
    let course = (agent < scenario.run.agents)
        .then(|| trajectory(experiment, condition, 0, agent))
        .flatten()
        .ok_or_else(|| format!("there is no person {agent} in `{}`", condition.name))?;
    let others = Others::of(experiment, place, 0);
    let turns = turning_points(&course, &experiment.norm, &others);
    Ok(Followed { course, others, turns })
}

fn told(experiment: &Experiment, agent: u32, place: usize, followed: &Followed) -> Value {
    let course = &followed.course;
    let stride = course.times_s.len().div_ceil(POINTS).max(1);
    let last = course.times_s.len() - 1;
    let points: Vec<usize> = (0..last).step_by(stride).chain([last]).collect();
    let states: Map<String, Value> = FOLLOWED
        .iter()
        .map(|state| {
            let values = points
                .iter()
                .map(|point| thousandths((state.of)(&course.states[*point])));
            (state.key.to_owned(), json!(values.collect::<Vec<_>>()))
        })
        .collect();
    json!({
        "condition": place,
        "outcome": course.outcome.key(),
        "latency_s": hundredths(course.latency_s),
        "times_s": points.iter().map(|point| hundredths(course.times_s[*point])).collect::<Vec<_>>(),
        "states": states,
        "turns": followed.turns.iter().map(turn).collect::<Vec<_>>(),
        "traits": traits(experiment, agent, &experiment.scenario.conditions[place]),
    })
}

/// The traits of the person, with what they have practised.
fn traits(experiment: &Experiment, agent: u32, condition: &Condition) -> Value {
    let world = experiment.world();
    // Alone: who somebody is does not depend on the group.
    let alone = Condition {
        unit: Unit::Person,
        ..condition.clone()
    };
    let people = world.people(0, agent, 1);
    let participants = Participants::new(&world, &alone, 0, &people, 1, experiment.scenario.run.agents);
    let traits = participants.trained_traits_of(0);
    let all = Trait::ALL
        .iter()
        .map(|which| (which.key().to_owned(), json!(hundredths(traits[*which as usize]))));
    Value::Object(all.collect())
}

/// A turning point, in parts from which a sentence can be made in any language.
fn turn(turn: &Turn) -> Value {
    let mut json = match turn.what {
        What::Noticed(when) => json!({ "what": "noticed", "when": side(when) }),
        What::Understood { when, much } => json!({ "what": "understood", "when": side(when), "much": side(much) }),
        What::Stands {
            feeling: which,
            place,
            until_s,
        } => {
            json!({ "what": "stands", "feeling": feeling(which), "much": side(place), "until_s": until_s.map(hundredths) })
        }
        What::Peaked { feeling: which, height } => {
            json!({ "what": "peaked", "feeling": feeling(which), "height": hundredths(height) })
        }
        What::RegulationSetIn => json!({ "what": "regulation_set_in" }),
        What::Prevails {
            feeling,
            over_the_other,
        } => {
            let feeling = match feeling {
                Dominant::PersonalDistress => "personal_distress",
                Dominant::EmpathicConcern => "compassion",
            };
            json!({ "what": if over_the_other { "overtakes" } else { "prevails" }, "feeling": feeling })
        }
        What::Leads {
            tendency: which,
            before,
        } => {
            json!({ "what": "leads", "tendency": tendency(which), "before": before.map(tendency) })
        }
        What::Close {
            tendency: which,
            height,
            drew_back,
        } => {
            let what = if drew_back { "drew_back" } else { "close" };
            json!({ "what": what, "tendency": tendency(which), "height": hundredths(height) })
        }
        What::Ended(outcome, when) => {
            let name: &str = Outcome::key(outcome);
            json!({ "what": "ended", "outcome": name, "when": side(when) })
        }
    };
    json["time_s"] = json!(hundredths(turn.time_s));
    json
}

const fn side(place: Place) -> &'static str {
    match place {
        Place::Low => "low",
        Place::Middle => "middle",
        Place::High => "high",
    }
}

const fn feeling(feeling: Feeling) -> &'static str {
    match feeling {
        Feeling::Sharing => "affective_sharing",
        Feeling::Distress => "personal_distress",
        Feeling::Compassion => "compassion",
        Feeling::Indignation => "indignation",
    }
}

const fn tendency(tendency: Tendency) -> &'static str {
    match tendency {
        Tendency::Help => "help",
        Tendency::Leave => "leave",
        Tendency::Punish => "punish",
    }
}

/// The key of a state by its name in sentences.
fn key_of(name: &str) -> &'static str {
    FOLLOWED.iter().find(|it| it.name == name).map_or("", |it| it.key)
}

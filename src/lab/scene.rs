//! What is about to be run, as a page shows it.

use super::community;
use crate::document::{Interval, Key, Kind};
use crate::model::agent::Trait;
use crate::model::mechanism::Mechanism;
use crate::model::situation::Situation;
use crate::programs;
use crate::report::comments;
use crate::scenario::keys::KEYS;
use crate::scenario::{Condition, Contrast, Scenario, Timeline, Unit};
use serde_json::{Map, Value, json};

/// The scenario: titles, the comments that explain it, its conditions with everything they inherit, and what can be changed.
pub(super) fn scene(scenario: &Scenario, text: &str) -> Value {
    json!({
        "title": scenario.title,
        "question": scenario.question.trim(),
        "citation": scenario.citation,
        "comments": comments(text),
        "seed": scenario.run.seed,
        "agents": scenario.run.agents,
        "replicates": scenario.run.replicates,
        "community": scenario.conditions.first().map_or(Value::Null, community::setting),
        "weeks": scenario.conditions.first().and_then(|it| it.protocol.timeline.as_ref()).map(lived),
        "vary": scenario.vary.as_ref().map(|vary| json!({ "key": vary.key, "from": vary.from, "to": vary.to })),
        "own_programs": scenario.own_programs().iter().map(|it| it.name.as_str()).collect::<Vec<_>>(),
        "conditions": scenario.conditions.iter().map(|it| condition(scenario, it)).collect::<Vec<_>>(),
        "contrasts": scenario.contrasts.iter().map(contrast).collect::<Vec<_>>(),
    })
}

/// Weeks that people live through, follow-ups and all.
fn lived(timeline: &Timeline) -> f64 {
    timeline
        .measure_at
        .iter()
        .fold(timeline.weeks, |last, week| last.max(*week))
}

fn condition(scenario: &Scenario, it: &Condition) -> Value {
    let practice = |it: &crate::model::training::Practice| {
        let programs = it.programs.iter().map(|place| scenario.programs[*place].name.as_str());
        json!({ "programs": programs.collect::<Vec<_>>(), "hours": it.hours, "weeks": it.weeks })
    };
    let population: Map<String, Value> = Trait::ALL
        .iter()
        .zip(&it.population)
        .map(|(which, shift)| (which.key().to_owned(), json!({ "mean": shift.mean, "sd": shift.sd })))
        .collect();
    let factors: Map<String, Value> = it
        .factors
        .iter()
        .map(|(factor, level)| (factor.clone(), json!(level)))
        .collect();
    json!({
        "name": it.name,
        "factors": factors,
        "situation": it.situation,
        "population": population,
        "training": it.training.iter().map(practice).collect::<Vec<_>>(),
        "knockout": it.knockout.mechanisms().map(Mechanism::key).collect::<Vec<_>>(),
        "network": it.protocol.network,
        "group_size": if let Unit::Group(size) = it.unit { json!(size) } else { Value::Null },
        "selected": it.select,
        "trained": it.protocol.community.as_ref().map_or(Value::Null, community::trained),
    })
}

fn contrast(it: &Contrast) -> Value {
    json!({
        "treatment": it.treatment,
        "control": it.control,
        "measure": it.measure,
        "week": it.week,
        "from_week": it.from_week,
        "observed": it.observed,
    })
}

/// What can be changed in any scenario: the keys of a situation with type, range, meaning and anchors; traits, mechanisms and built-in programs.
pub(super) fn codebook() -> Value {
    json!({
        "situation": situation(),
        "usual": Situation::default(),
        "traits": Trait::ALL.iter().map(|it| it.key()).collect::<Vec<_>>(),
    "mechanisms": Mechanism::within_people().map(Mechanism::key).collect::<Vec<_>>(),
        "between_people": Mechanism::between_people().map(Mechanism::key).collect::<Vec<_>>(),
        "programs": programs::builtin().iter().map(|it| it.name.as_str()).collect::<Vec<_>>(),
    })
}

fn situation() -> Value {
    let keys = KEYS
        .iter()
        .filter_map(|key| Some((key.path.strip_prefix("situation.")?, key)));
    let entries: Map<String, Value> = keys.map(|(name, key)| (name.to_owned(), entry(key))).collect();
    Value::Object(entries)
}

fn entry(key: &Key) -> Value {
    let range = |it: Interval| json!([it.low, it.high]);
    let (kind, bounds) = match key.kind {
        Kind::Number(interval) => (json!("number"), range(interval)),
        Kind::Count(low, high) => (json!("count"), json!([low, high])),
        Kind::Choice(words) => (json!("choice"), json!(words)),
        Kind::Flag => (json!("flag"), Value::Null),
        _ => (json!("text"), Value::Null),
    };
    json!({ "kind": kind, "range": bounds, "meaning": key.meaning, "anchors": anchors(key) })
}

/// The anchors of a key, each a value and what it stands for.
fn anchors(key: &Key) -> Vec<(String, String)> {
    let parts = key.anchors.split(" · ").filter(|it| !it.is_empty());
    let pair = |it: &str| {
        let (value, words) = it.split_once(' ')?;
        Some((value.trim_end_matches(':').to_owned(), words.to_owned()))
    };
    parts.filter_map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_of_every_number_of_a_situation_are_numbers_with_words() {
        let codebook = situation();
        let cost = codebook["cost"]["anchors"].as_array().unwrap();
        assert_eq!(cost[0], json!(["0.1", "a few seconds"]));
        assert_eq!(
            codebook["perspective"]["anchors"][1],
            json!(["objective", "asked to stay detached"])
        );
        assert_eq!(codebook["escape"]["range"], json!([0.0, 1.0]));
    }
}

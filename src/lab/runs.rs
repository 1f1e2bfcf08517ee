//! The runs that come with a page: what it shows at once, and where nothing may be computed.

use super::answer;
use super::teaching::Scene;
use crate::document::Works;
use crate::engine::monitor::Monitor;
use serde_json::{Map, Value, json};

/// People who are shown as dots.
const DOTS: u32 = 200;

/// What a page reads of the rates of a condition.
const OF_CONDITIONS: [&str; 13] = [
    "name",
    "unit",
    "helped",
    "lower",
    "upper",
    "left",
    "undecided",
    "punished",
    "overwhelmed",
    "difference",
    "difference_lower",
    "difference_upper",
    "observed",
];

/// What a page reads of a difference.
const OF_DIFFERENCES: [&str; 9] = [
    "measure",
    "treatment",
    "control",
    "week",
    "from_week",
    "d",
    "difference",
    "lower",
    "upper",
];

/// Why a scenario cannot stand in a page.
#[derive(Debug, thiserror::Error)]
#[error("`{id}` cannot stand in a lab\n\n{error}")]
pub struct NoScene {
    /// Its name.
    id: String,
    /// What is wrong, as the engine tells it.
    error: String,
}

/// Everything that a page holds about its scenarios, and the answers to what it asks of them before anything is changed.
///
/// # Errors
///
/// [`NoScene`] of the first scenario that is wrong.
pub(super) fn runs(scenes: &[Scene], monitor: &dyn Monitor) -> Result<Value, NoScene> {
    let mut told = Vec::new();
    let (mut codebook, mut regions) = (Value::Null, Value::Null);
    for (place, scene) in scenes.iter().enumerate() {
        monitor.advanced("scenarios", place, scenes.len());
        let first = asked(scene, &[json!({ "what": "codebook" }), json!({ "what": "scene" })])?;
        codebook = first["codebook"].clone();
        let view = &first["scene"];
        let mut everybody = vec![json!({ "what": "rates" }), json!({ "what": "people", "count": DOTS })];
        let is_of_communities = !view["community"].is_null();
        if is_of_communities {
            // Which condition is shown is known beforehand, so that everybody lives once.
            let (shown, _) = telling(view, None).unwrap_or((0, 0));
            everybody.push(json!({ "what": "community", "condition": shown }));
            everybody.push(json!({ "what": "community_effects" }));
        }
        let mut run = asked(scene, &everybody)?;
        trim(&mut run["rates"]["conditions"], &OF_CONDITIONS);
        trim(&mut run["rates"]["differences"], &OF_DIFFERENCES);
        let mut answers = Map::new();
        for ask in everybody {
            keep(&mut answers, &ask, &run);
        }
        let more = if is_of_communities {
            Vec::new()
        } else {
            of_people_by_themselves(view, &run["rates"])
        };
        for ask in more {
            let mut answer = asked(scene, std::slice::from_ref(&ask))?;
            if answer["brain"].is_object() {
                // What is said of a region is the same in every scene.
                regions = answer["brain"]["regions"].clone();
                trim(&mut answer["brain"]["regions"], &["key", "reading"]);
            }
            keep(&mut answers, &ask, &answer);
        }
        told.push(
            json!({ "id": scene.id, "group": scene.group, "text": scene.text, "scene": view, "answers": answers }),
        );
    }
    let works = works_in(&[&Value::Array(told.clone()), &regions]);
    Ok(
        json!({ "version": env!("CARGO_PKG_VERSION"), "codebook": codebook, "regions": regions, "works": works, "scenarios": told }),
    )
}

/// Authors and year by each citation key that stands somewhere: readers are shown these.
fn works_in(texts: &[&Value]) -> Value {
    let works = Works::shipped();
    let mut named = Map::new();
    for text in texts.iter().map(|it| it.to_string()) {
        named.extend(
            works
                .named_in(&text)
                .into_iter()
                .map(|(key, name)| (key.to_owned(), json!(name))),
        );
    }
    Value::Object(named)
}

/// What is told of people who meet a scene by themselves.
fn of_people_by_themselves(view: &Value, rates: &Value) -> Vec<Value> {
    let mut asks = vec![json!({ "what": "map", "condition": 0 })];
    if let Some((treatment, control)) = telling(view, None) {
        asks.push(json!({ "what": "brain", "treatment": treatment, "control": control }));
    }
    if let Some((treatment, control)) = telling(view, Some(rates)) {
        asks.push(json!({ "what": "comparison", "treatment": treatment, "control": control }));
    }
    asks
}

fn asked(scene: &Scene, ask: &[Value]) -> Result<Value, NoScene> {
    let request = json!({ "scenario": scene.text, "ask": ask });
    let answer: Value = serde_json::from_str(&answer(&request.to_string())).unwrap_or_default();
    match answer.get("error").and_then(Value::as_str) {
        None => Ok(answer),
        Some(error) => Err(NoScene {
            id: scene.id.clone(),
            error: error.to_owned(),
        }),
    }
}

/// Keeps of each entry what a page reads.
fn trim(entries: &mut Value, fields: &[&str]) {
    for entry in entries.as_array_mut().into_iter().flatten() {
        if let Value::Object(entry) = entry {
            entry.retain(|field, _| fields.contains(&field.as_str()));
        }
    }
}

/// Keeps what was answered, under what was asked as a page writes it.
fn keep(answers: &mut Map<String, Value>, ask: &Value, answer: &Value) {
    let name = ask["what"].as_str().unwrap_or_default();
    answers.insert(ask.to_string(), json!({ name: answer[name] }));
}

/// The two conditions of which most is told, as a page chooses them: those of the first contrast between two conditions, or else the first one
/// and the one that differs most from it.
fn telling(scene: &Value, rates: Option<&Value>) -> Option<(u64, u64)> {
    let places = |it: &Value| Some((it["treatment"].as_u64()?, it["control"].as_u64()?));
    let contrasts = scene["contrasts"].as_array().into_iter().flatten().filter_map(places);
    let conditions = scene["conditions"].as_array().map_or(0, Vec::len);
    let mut most = (1, f64::MIN);
    for place in 1..conditions {
        let size = rates
            .and_then(|rates| rates["conditions"][place]["difference"].as_f64())
            .unwrap_or(0.0)
            .abs();
        if size > most.1 {
            most = (place as u64, size);
        }
    }
    contrasts
        .into_iter()
        .find(|(treatment, control)| treatment != control)
        .or((conditions > 1).then_some((most.0, 0)))
}

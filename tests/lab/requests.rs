//! Requests that the engine in the page and the native library must answer with the same bytes; shared by `tests/lab.rs` and the interpreter beside this file.

use super::teaching::{Scene, teaching};
use serde_json::{Value, json};

/// The requests: everything that can be asked, of every teaching scenario, with few people.
pub fn requests() -> Vec<String> {
    teaching().iter().map(request).collect()
}

fn request(scene: &Scene) -> String {
    let is_long = ["[timeline]", "[exposures]"]
        .iter()
        .any(|table| scene.text.contains(table));
    // A person of weeks is thousands of encounters.
    let agents = if is_long { 8 } else { 60 };
    let set = [format!("run.agents={agents}"), "situation.cost=0.35".to_owned()];
    let mut ask = vec![
        json!({ "what": "codebook" }),
        json!({ "what": "scene" }),
        json!({ "what": "rates" }),
        json!({ "what": "people", "count": 20 }),
        json!({ "what": "take_home", "people": 3 }),
    ];
    if !is_long {
        ask.push(json!({ "what": "person", "agent": 3, "condition": 0, "against": 1 }));
    }
    // Once is enough of what takes long.
    if scene.id == "distress" {
        ask.extend([
            json!({ "what": "courses" }),
            json!({ "what": "map", "condition": 0 }),
            json!({ "what": "brain", "treatment": 2, "control": 0 }),
            json!({ "what": "comparison", "treatment": 2, "control": 0 }),
        ]);
    }
    let request: Value = json!({ "scenario": scene.text, "set": set, "ask": ask });
    request.to_string()
}

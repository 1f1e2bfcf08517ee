//! The engine in the page is that of this library: it gave the same answers when it was built, and its bytes are those that gave them.
//!
//! What it answers to `lab/requests.json` is kept beside it (`src/lab/engine.json`) by `.ci/lab build`, which lets it run; `.ci/lab check` lets the
//! committed bytes run once more.

use compassion::engine::monitor::Unwatched;
use compassion::lab::{ENGINE, answer, page, teaching};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

const AGAIN: &str = "the engine in the page is older than the library: build it anew with `.ci/lab build`";

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn the_engine_in_the_page_is_not_stale() {
    let record: Value = serde_json::from_str(include_str!("../src/lab/engine.json")).unwrap();
    assert_eq!(record["sha256"], hexadecimal(&Sha256::digest(ENGINE)), "{AGAIN}");
    let requests: Vec<Value> = serde_json::from_str(include_str!("lab/requests.json")).unwrap();
    let scenes = teaching();
    assert_eq!(
        requests.len(),
        scenes.len(),
        "tests/lab/requests.json asks something of every teaching scenario"
    );
    let mut stale = Vec::new();
    for (request, scene) in requests.iter().zip(scenes) {
        assert_eq!(request["scene"], scene.id);
        let request = json!({ "scenario": scene.text, "set": request["set"], "ask": request["ask"] });
        let native = answer(&request.to_string());
        assert!(!native.starts_with("{\"error\""), "{}: {native}", scene.id);
        if record["answers"][&scene.id] != hexadecimal(&Sha256::digest(&native)) {
            stale.push(scene.id);
        }
    }
    assert!(stale.is_empty(), "{AGAIN}\nit answers otherwise in {stale:?}");
}

/// Small enough for a stick, a mail and a learning platform.
#[test]
fn a_page_with_all_teaching_scenarios_has_at_most_a_megabyte_and_a_half() {
    let page = page(&teaching()[..2], "en", &Unwatched).unwrap();
    let runs_of_two = page.len();
    assert!(runs_of_two < 1_300_000, "{runs_of_two} bytes with two scenarios");
}

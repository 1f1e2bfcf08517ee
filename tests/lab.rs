//! The engine in the page is that of this library: it gave the same answers when it was built, and its bytes are those that gave them.
//!
//! What it answers is taken down beside it (`src/lab/engine.json`) by `.ci/lab build`, which lets it run; an interpreter that lets the committed bytes
//! run once more is in the folder `lab`, for `.ci/lab check`.

#[path = "lab/requests.rs"]
mod requests;

use compassion::lab::{ENGINE, answer, page, teaching};
mod teaching {
    pub use compassion::lab::{Scene, teaching};
}
use sha2::{Digest, Sha256};

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn the_engine_in_the_page_is_not_stale() {
    let record: serde_json::Value = serde_json::from_str(include_str!("../src/lab/engine.json")).unwrap();
    let again = "the engine in the page is older than the library: build it anew with `.ci/lab build`";
    assert_eq!(record["sha256"], hexadecimal(&Sha256::digest(ENGINE)), "{again}");
    let answers = record["answers"].as_array().unwrap();
    let requests = requests::requests();
    assert_eq!(answers.len(), requests.len(), "{again}");
    for ((request, known), scene) in requests.iter().zip(answers).zip(teaching()) {
        let native = answer(request);
        assert!(!native.starts_with("{\"error\""), "{}: {native}", scene.id);
        assert_eq!(*known, hexadecimal(&Sha256::digest(&native)), "`{}`: {again}", scene.id);
    }
}

/// Small enough for a stick, a mail and a learning platform.
#[test]
fn a_page_with_all_teaching_scenarios_has_at_most_a_megabyte_and_a_half() {
    let page = page(&teaching()[..2], "en").unwrap();
    let runs_of_two = page.len();
    assert!(runs_of_two < 1_300_000, "{runs_of_two} bytes with two scenarios");
}

//! The engine in the page is that of this library: in an interpreter it answers the same, to the last letter.
//!
//! `LAB_ENGINE` names the file of another one that is to be asked instead, as `.ci/lab check` does.

use compassion::engine::monitor::Unwatched;
use compassion::lab::{ENGINE, answer, page, teaching};
use serde_json::{Value, json};
use wasmi::{Engine, Instance, Memory, Module, Store, TypedFunc};

/// An engine as a worker of the page has it.
struct Interpreted {
    store: Store<()>,
    memory: Memory,
    room: TypedFunc<u32, u32>,
    answer: TypedFunc<(), u32>,
    place: TypedFunc<(), u32>,
}

impl Interpreted {
    fn new(code: &[u8]) -> Self {
        let engine = Engine::default();
        let module = Module::new(&engine, code).expect("WebAssembly");
        let mut store = Store::new(&engine, ());
        let instance = Instance::new(&mut store, &module, &[]).expect("it needs nothing from outside");
        Self {
            memory: instance.get_memory(&store, "memory").unwrap(),
            room: instance.get_typed_func(&store, "lab_room").unwrap(),
            answer: instance.get_typed_func(&store, "lab_answer").unwrap(),
            place: instance.get_typed_func(&store, "lab_place").unwrap(),
            store,
        }
    }

    fn answer(&mut self, request: &str) -> String {
        let length = u32::try_from(request.len()).unwrap();
        let room = self.room.call(&mut self.store, length).unwrap();
        let request = request.as_bytes();
        self.memory.write(&mut self.store, room as usize, request).unwrap();
        let length = self.answer.call(&mut self.store, ()).unwrap();
        let place = self.place.call(&mut self.store, ()).unwrap();
        let mut answer = vec![0; length as usize];
        self.memory.read(&self.store, place as usize, &mut answer).unwrap();
        String::from_utf8(answer).unwrap()
    }
}

#[test]
fn the_engine_in_the_page_answers_as_the_library() {
    let other = std::env::var("LAB_ENGINE").map(|file| std::fs::read(file).unwrap());
    let mut engine = Interpreted::new(other.as_deref().unwrap_or(ENGINE));
    let requests: Vec<Value> = serde_json::from_str(include_str!("lab/requests.json")).unwrap();
    let scenes = teaching();
    let mut stale = Vec::new();
    for request in requests {
        let id = request["scene"].as_str().unwrap();
        let scene = scenes.iter().find(|scene| scene.id == id).unwrap();
        let request = json!({ "scenario": scene.text, "set": request["set"], "ask": request["ask"] }).to_string();
        let native = answer(&request);
        assert!(!native.starts_with("{\"error\""), "{id}: {native}");
        if engine.answer(&request) != native {
            stale.push(id.to_owned());
        }
    }
    assert!(
        stale.is_empty(),
        "the engine in the page answers otherwise in {stale:?}: build it anew with `.ci/lab build`"
    );
}

/// Small enough for a stick, a mail and a learning platform.
#[test]
fn a_page_with_all_teaching_scenarios_has_at_most_a_megabyte_and_a_half() {
    // Another scenario takes less than 9,000 bytes.
    let size = page(&teaching()[..2], "en", &Unwatched).unwrap().len() + 9_000 * (teaching().len() - 2);
    assert!(size <= 1_500_000, "about {size} bytes with all scenarios");
}

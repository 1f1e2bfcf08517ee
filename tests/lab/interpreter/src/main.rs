//! Lets an engine answer the requests of the tests and prints what is taken down beside it: the hash of its bytes and of each answer.
//!
//! `interpreter ENGINE COMPILER`; the second is written down as it is given.

#[path = "../../requests.rs"]
mod requests;
#[path = "../../../../src/lab/teaching.rs"]
mod teaching;

use sha2::{Digest, Sha256};
use std::error::Error;
use wasmi::{Engine, Instance, Linker, Module, Store};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (file, compiler) = (arguments.next().ok_or("no engine")?, arguments.next().unwrap_or_default());
    let bytes = std::fs::read(file)?;
    let mut page = Page::open(&bytes)?;
    let mut answers = Vec::new();
    for request in requests::requests() {
        answers.push(hexadecimal(&Sha256::digest(page.answer(&request)?)));
    }
    let record = serde_json::json!({ "sha256": hexadecimal(&Sha256::digest(&bytes)), "compiler": compiler, "answers": answers });
    println!("{record:#}");
    Ok(())
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What the script of the page does, without a page.
struct Page {
    store: Store<()>,
    instance: Instance,
}

impl Page {
    fn open(bytes: &[u8]) -> Result<Self, Box<dyn Error>> {
        let engine = Engine::default();
        let module = Module::new(&engine, bytes)?;
        let mut store = Store::new(&engine, ());
        let instance = Linker::new(&engine).instantiate_and_start(&mut store, &module)?;
        Ok(Self { store, instance })
    }

    fn answer(&mut self, request: &str) -> Result<Vec<u8>, Box<dyn Error>> {
        let Self { store, instance } = self;
        let memory = instance.get_memory(&*store, "memory").ok_or("no memory")?;
        let room = instance.get_typed_func::<i32, i32>(&*store, "lab_room")?;
        let at = room.call(&mut *store, i32::try_from(request.len())?)?;
        memory.write(&mut *store, usize::try_from(at)?, request.as_bytes())?;
        let length = instance.get_typed_func::<(), i32>(&*store, "lab_answer")?.call(&mut *store, ())?;
        let at = instance.get_typed_func::<(), i32>(&*store, "lab_place")?.call(&mut *store, ())?;
        let mut answer = vec![0; usize::try_from(length)?];
        memory.read(&*store, usize::try_from(at)?, &mut answer)?;
        Ok(answer)
    }
}

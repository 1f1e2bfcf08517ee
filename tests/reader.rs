//! The scenario reader, from outside: what it accepts, and what it says about what it refuses.

#[path = "reader/accepted.rs"]
mod accepted;
#[path = "reader/asked.rs"]
mod asked;
#[path = "reader/community.rs"]
mod community;
#[path = "reader/contradictions.rs"]
mod contradictions;
#[path = "reader/exchange.rs"]
mod exchange;
#[path = "reader/generated.rs"]
mod generated;
#[path = "reader/load.rs"]
mod load;
#[path = "reader/overrides.rs"]
mod overrides;
#[path = "reader/parameter_file.rs"]
mod parameter_file;
#[path = "reader/properties.rs"]
mod properties;
#[path = "reader/refused.rs"]
mod refused;
#[path = "reader/slips.rs"]
mod slips;
#[path = "reader/snapshots.rs"]
mod snapshots;

use compassion::document::{Bibliography, Note, Problems, Source};
use compassion::model::training::Program;
use compassion::scenario::{self, Scenario};

/// Stand-ins for the built-in programs: the reader only looks at their names.
fn builtin() -> Vec<Program> {
    ["empathy", "compassion", "mindfulness", "waiting_list"]
        .map(Program::without_effect)
        .to_vec()
}

fn bibliography() -> Bibliography {
    Bibliography::new("literature.bib", "@article{batson1981,\n}\n@book{eisenberg1998,\n}\n")
}

fn read(text: &str) -> Result<(Scenario, Vec<Note>), Problems> {
    scenario::read(&Source::new("a.toml", text), &builtin(), Some(&bibliography()))
}

/// Reads a file that must be right.
#[track_caller]
fn accept(text: &str) -> Scenario {
    match read(text) {
        Ok((scenario, _)) => scenario,
        Err(problems) => panic!("{problems}"),
    }
}

/// Every problem of a file as `line:column message`.
#[track_caller]
fn refuse(text: &str) -> Vec<String> {
    let problems = read(text).expect_err("it is wrong");
    problems
        .list()
        .iter()
        .map(|it| {
            let place = problems.source_text().place(it.span.start);
            format!("{}:{} {}", place.line, place.column, it.message)
        })
        .collect()
}

/// A file in which something can go wrong on lines of its own.
const RIGHT: &str = r#"title = "t"
[situation]
need = 0.5
[[condition]]
name = "a"
[[condition]]
name = "b"
"#;

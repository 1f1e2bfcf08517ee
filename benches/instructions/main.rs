//! The engine under a counter of instructions: `check.sh` beside this file runs this with `LEVEL TIMES` and compares.
//!
//! Lets the same people meet the scene so many times over on one thread, and prints how many steps one time takes.
//! What a second time adds is the encounter alone, without reading the scenario and drawing people.

#[path = "../crowd/mod.rs"]
mod crowd;

use compassion::lanes::Level;
use crowd::Setting;

/// People who meet the scene: four blocks.
const PEOPLE: u32 = 4096;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|it| it != "--bench").collect();
    let [level, times] = &arguments[..] else {
        println!("`benches/instructions/check.sh` counts the engine's instructions");
        return;
    };
    let named = |it: &Level| format!("{it:?}").eq_ignore_ascii_case(level);
    let Some(level) = Level::available().into_iter().find(named) else {
        println!("no {level} here: {:?}", Level::available());
        return;
    };
    let times: u32 = times.parse().unwrap_or_else(|it| panic!("`{times}`: {it}"));
    let setting = Setting::flagship();
    let people = setting.people(level, PEOPLE);
    let participants_by_condition = setting.participants_by_condition(level, &people);
    crowd::with_threads(1, || {
        for _ in 0..times {
            let outcomes = setting.outcomes(&setting.meet(level, &participants_by_condition));
            println!(
                "{} people, {} helped, {} steps",
                PEOPLE, outcomes.helped, outcomes.steps
            );
        }
    });
}

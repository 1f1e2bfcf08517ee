//! The brain as a reading, for two conditions.

use super::courses::thousandths;
use crate::engine::run::Experiment;
use crate::neural::{Process, Scan, regions};
use serde_json::{Map, Value, json};

/// How much more the processes of each region are at work in one condition than in another.
pub(super) fn brain(experiment: &Experiment, treatment: usize, control: usize) -> Value {
    let [here, there] = [treatment, control].map(|place| Scan::of(experiment, &experiment.scenario.conditions[place]));
    let read: Vec<Value> = regions()
        .iter()
        .map(|region| {
            let trained = region
                .trained
                .iter()
                .map(|it| json!({ "program": it.program, "direction": it.direction.word(), "study": it.study }));
            json!({
                "key": region.key,
                "name": region.name,
                "says": region.says,
                "processes": region.processes,
                "source": region.source,
                "trained": trained.collect::<Vec<_>>(),
                "reading": here.reading(&there, region).map(thousandths),
            })
        })
        .collect();
    let processes: Map<String, Value> = Process::ALL
        .iter()
        .filter_map(|process| {
            let name = serde_json::to_value(process).ok()?.as_str()?.to_owned();
            Some((name, json!(here.more_than(&there, *process).map(thousandths))))
        })
        .collect();
    json!({ "treatment": treatment, "control": control, "regions": read, "processes": processes })
}

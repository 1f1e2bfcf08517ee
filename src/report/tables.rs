//! `summary.json` and `summary.csv`.

use super::provenance::ParameterSet;
use super::summary_columns::{columns, columns_in_both, empathy_states};
use crate::document::Choice;
use crate::engine::place::Place;
use crate::engine::records::Outcome;
use crate::registry::text_cell;
use crate::scenario::{Observed, ObservedContrast, Scenario};
use crate::summary::{ConditionSummary, ContrastSummary, Difference, Summary};
use serde_json::{Map, Value, json};

/// The numbers of a run as JSON. Shares lie in \[0, 1\]; what cannot be computed is null.
pub fn summary_json(scenario: &Scenario, summary: &Summary, parameters: &ParameterSet, answer: &str) -> Value {
    let mut json = json!({
        "title": scenario.title,
        "question": scenario.question,
        "answer": answer,
        "version": env!("CARGO_PKG_VERSION"),
        "seed": scenario.run.seed,
        "agents": scenario.run.agents,
        "replicates": scenario.run.replicates,
        "parameters": parameters,
        "conditions": summary.conditions.iter().map(condition).collect::<Vec<_>>(),
        "contrasts": summary.contrasts.iter().map(contrast).collect::<Vec<_>>(),
        "differences": summary.differences.iter().map(|it| difference(scenario, it)).collect::<Vec<_>>(),
    });
    if let Some(it) = &summary.uncertainty {
        json["uncertainty"] = json!({ "ensemble": it.ensemble, "sets": it.sets, "agents": it.people });
    }
    json
}

fn condition(it: &ConditionSummary) -> Value {
    let mut json = Map::new();
    for column in columns_in_both(it.over_parameters.is_some()) {
        json.insert(column.name.into_owned(), (column.cell)(it));
    }
    let factors = it.factors.iter().map(|(factor, level)| (factor.clone(), json!(level)));
    json.insert("factors".to_owned(), Value::Object(factors.collect()));
    let shares = Outcome::ALL.map(|outcome| (outcome.key().to_owned(), json!(it.people.share(outcome))));
    let mut people: Map<String, Value> = shares.into_iter().collect();
    people.insert("n".to_owned(), json!(it.people.total()));
    json.insert("people".to_owned(), Value::Object(people));
    json.insert("empathy_states".to_owned(), empathy_states(it));
    let measures = it
        .measures
        .iter()
        .map(|(measure, spread)| (measure.word().to_owned(), json!(spread)));
    json.insert("measures".to_owned(), Value::Object(measures.collect()));
    json.insert(
        "observed".to_owned(),
        match &it.observed[..] {
            [] => Value::Null,
            [one] => observed(one),
            several => several.iter().map(observed).collect(),
        },
    );
    Value::Object(json)
}

fn observed(it: &Observed) -> Value {
    match it {
        Observed::Helped { helped, of } => json!({ "helped": helped, "of": of }),
        Observed::Mean(mean) => json!(mean),
    }
}

fn contrast(it: &ContrastSummary) -> Value {
    json!({
        "treatment": it.treatment,
        "control": it.control,
        "measure": it.measure,
        "week": it.week,
        "from_week": it.from_week,
        "observed": Some(it.observed).filter(ObservedContrast::makes_claim),
        "predicted": it.predicted,
        "agrees": it.agrees,
        "note": it.unanswered.as_ref().map(ToString::to_string),
    })
}

/// A difference that the contrasts ask about, in the unit of its measure.
fn difference(scenario: &Scenario, it: &Difference) -> Value {
    let name = |it: Place| &scenario.conditions[it.condition].name;
    let asked = it.asked;
    json!({
        "measure": asked.measure,
        "treatment": name(asked.treatment),
        "control": name(asked.control),
        "week": asked.treatment.week(scenario),
        "from_week": asked.control.week(scenario).filter(|_| !asked.at_one_moment()),
        "control_mean": it.control,
        "difference": it.estimate.value,
        "lower": it.estimate.lower,
        "upper": it.estimate.upper,
        "paired": it.paired,
        "d": it.d,
    })
}

/// The numbers of a run as a table, one row for each condition, with the names of [`summary_json`].
///
/// # Errors
///
/// None in practice: it is written to memory.
pub fn summary_csv(summary: &Summary) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let columns = columns(summary.uncertainty.is_some());
    if !summary.conditions.is_empty() {
        writer.write_record(columns.iter().map(|column| &*column.name))?;
    }
    for condition in &summary.conditions {
        writer.write_record(columns.iter().map(|column| match (column.cell)(condition) {
            Value::Null => String::new(),
            Value::String(text) => text_cell(&text).into_owned(),
            other => other.to_string(),
        }))?;
    }
    writer.into_inner().map_err(|it| it.into_error().into())
}

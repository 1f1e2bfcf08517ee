//! `summary.json` and `summary.csv`.

use super::provenance::ParameterSet;
use crate::document::Choice;
use crate::engine::records::Outcome;
use crate::registry::Measure;
use crate::scenario::{Observed, ObservedContrast, Scenario, Unit};
use crate::summary::asked::Place;
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
    for (name, cell) in cells(it) {
        json.insert(name.to_owned(), cell);
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
        it.observed.as_ref().map_or(Value::Null, observed),
    );
    Value::Object(json)
}

/// What stands in one row of the table, in the order of its columns; intervals over parameter sets only where there are some.
fn cells(it: &ConditionSummary) -> Vec<(&'static str, Value)> {
    let difference = it.difference;
    let mut cells = vec![
        ("name", json!(it.name)),
        ("factors", Value::Null),
        ("unit", json!(if it.unit == Unit::Person { "person" } else { "group" })),
        (
            "group_size",
            match it.unit {
                Unit::Person => Value::Null,
                Unit::Group(size) => json!(size),
            },
        ),
        ("n", json!(it.units.total())),
        ("helped", json!(it.share(Outcome::Helped))),
        ("left", json!(it.share(Outcome::Left))),
        ("undecided", json!(it.share(Outcome::Undecided))),
        ("relieved", json!(it.share(Outcome::Relieved))),
        ("punished", json!(it.share(Outcome::Punished))),
        ("helping_rate", json!(it.helping_rate)),
        ("lower", json!(it.interval.lower)),
        ("upper", json!(it.interval.upper)),
    ];
    if let Some(over) = it.over_parameters {
        cells.push(("parameters_lower", json!(over.rate.map(|it| it.lower))));
        cells.push(("parameters_upper", json!(over.rate.map(|it| it.upper))));
    }
    cells.extend([
        ("difference", json!(difference.map(|it| it.value))),
        ("difference_lower", json!(difference.map(|it| it.lower))),
        ("difference_upper", json!(difference.map(|it| it.upper))),
    ]);
    if let Some(over) = it.over_parameters {
        let (lower, upper) = (over.difference.map(|it| it.lower), over.difference.map(|it| it.upper));
        cells.push(("difference_parameters_lower", json!(lower)));
        cells.push(("difference_parameters_upper", json!(upper)));
    }
    cells.extend([
        ("paired", json!(difference.map(|_| it.paired))),
        ("risk_ratio", json!(it.risk_ratio)),
        ("odds_ratio", json!(it.odds_ratio)),
        ("cohens_h", json!(it.cohens_h)),
        ("latency_median_s", json!(it.latency_median_s)),
        ("personal_distress", json!(it.mean(Measure::PersonalDistress))),
        ("compassion", json!(it.mean(Measure::Compassion))),
        ("overwhelmed", json!(it.overwhelmed)),
    ]);
    cells
}

fn empathy_states(it: &ConditionSummary) -> Value {
    let people = it.people.total();
    let share = |count: u64| (people > 0).then(|| count as f64 / people as f64);
    let states = it.empathy_states;
    json!({
        "empathy": share(states.empathy),
        "contagion": share(states.contagion),
        "theory_of_mind": share(states.theory_of_mind),
        "neither": share(states.neither),
    })
}

fn observed(it: &Observed) -> Value {
    match it {
        Observed::Helped { helped, of } => json!({ "helped": helped, "of": of }),
        Observed::Mean { measure, mean, sd, n } => json!({ "measure": measure, "mean": mean, "sd": sd, "n": n }),
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
    for (number, it) in summary.conditions.iter().enumerate() {
        let mut cells = cells(it);
        let states = empathy_states(it);
        for name in ["empathy", "contagion", "theory_of_mind", "neither"] {
            cells.push((name, states[name].clone()));
        }
        let (helped, of) = match it.observed {
            Some(Observed::Helped { helped, of }) => (json!(helped), json!(of)),
            _ => (Value::Null, Value::Null),
        };
        cells.extend([("observed_helped", helped), ("observed_of", of)]);
        if number == 0 {
            writer.write_record(cells.iter().map(|it| it.0))?;
        }
        writer.write_record(cells.into_iter().map(|(name, cell)| match (name, cell) {
            ("factors", _) => levels(it),
            (_, Value::Null) => String::new(),
            (_, Value::String(text)) => text,
            (_, other) => other.to_string(),
        }))?;
    }
    writer.into_inner().map_err(|it| it.into_error().into())
}

/// The factors of a condition in one cell.
fn levels(it: &ConditionSummary) -> String {
    let levels: Vec<String> = it
        .factors
        .iter()
        .map(|(factor, level)| format!("{factor}={level}"))
        .collect();
    levels.join("; ")
}

//! `effects.csv`: main effects of crossed factors and their interactions.

use crate::registry::{Column, Measure, codebook, header, name_cell};
use crate::summary::effects::{Effect, Step};
use serde_json::{Value, json};

/// File name of the codebook.
const CODEBOOK: &str = "effects_codebook.csv";

/// What a column shows of an effect.
type Cell = fn(&Effect) -> String;

/// The columns of the table, in order.
fn columns() -> [Column<Cell>; 9] {
    [
        Column::new(
            "factors",
            ("", "text"),
            "the factors that take part; several: their interaction",
            |effect| joined(effect, |step| &step.factor),
        ),
        Column::new("levels", ("", "text"), "the level of each of them", |effect| {
            joined(effect, |step| &step.level)
        }),
        Column::new(
            "compared_with",
            ("", "text"),
            "the first level of each of them in the file",
            |effect| joined(effect, |step| &step.from),
        ),
        Column::new(
            "order",
            ("", "1, 2, 3"),
            "1 main effect, 2 and 3 interactions of two and three factors",
            |effect| effect.factors.len().to_string(),
        ),
        Column::new("measure", ("", "text"), "the measure", |_| {
            Measure::Helped.key().to_owned()
        }),
        Column::new(
            "value",
            ("1", "any"),
            "order 1: mean share at `levels` minus mean share at `compared_with`, over all combinations of the other factors alike; order 2: by how much that difference differs between the levels of the other; order 3: by how much the interaction of two does",
            |effect| effect.estimate.value.to_string(),
        ),
        Column::new(
            "lower",
            ("1", "any"),
            "lower limit of the 95 % interval, paired where the people are the same",
            |effect| effect.estimate.lower.to_string(),
        ),
        Column::new("upper", ("1", "any"), "upper limit", |effect| {
            effect.estimate.upper.to_string()
        }),
        Column::new("conditions", ("", "2 …"), "conditions that enter", |effect| {
            effect.conditions.to_string()
        }),
    ]
}

/// The table, a row for each effect.
pub fn effects_csv(effects: &[Effect]) -> String {
    let columns = columns();
    let row = |effect: &Effect| {
        let cells: Vec<String> = columns.iter().map(|column| (column.cell)(effect)).collect();
        cells.join(",") + "\n"
    };
    header(&columns) + &effects.iter().map(row).collect::<String>()
}

/// The effects as JSON.
pub fn effects_json(effects: &[Effect]) -> Value {
    let each = effects.iter().map(|effect| {
        let step = |step: &Step| json!({ "factor": step.factor, "level": step.level, "compared_with": step.from });
        json!({
            "factors": effect.factors.iter().map(step).collect::<Vec<_>>(),
            "order": effect.factors.len(),
            "measure": Measure::Helped.key(),
            "value": effect.estimate.value,
            "lower": effect.estimate.lower,
            "upper": effect.estimate.upper,
            "conditions": effect.conditions,
        })
    });
    Value::Array(each.collect())
}

/// What the columns of [`effects_csv`] mean: file name and content.
pub fn effects_codebook() -> (&'static str, String) {
    (CODEBOOK, codebook(&columns()))
}

fn joined(effect: &Effect, name: fn(&Step) -> &String) -> String {
    let names: Vec<&str> = effect.factors.iter().map(|step| name(step).as_str()).collect();
    name_cell(&names.join(" × "))
}

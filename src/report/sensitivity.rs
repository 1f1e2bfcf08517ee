//! What carries an answer: as a table, a chart and sentences.

use super::key_words::{key_in_words, key_unit};
use super::pictures::{everybody, frame};
use crate::charts::tornado::{self, TornadoData, TornadoRow};
use crate::charts::{ChartError, Picture, estimate};
use crate::registry::{Column, codebook, header, name_cell};
use crate::scenario::Scenario;
use crate::statistics::Estimate;
use crate::sweep::sensitivity::{Carried, Input, Sensitivity};
use crate::wording::{decimal, listed, signed, thousands};

/// Inputs that the chart shows.
const MOST_ROWS: usize = 16;

/// Inputs that the sentences name.
const NAMED: usize = 3;

/// What a column shows of an input.
type Cell = fn(&Carried) -> String;

fn text(number: Option<f64>) -> String {
    number.map_or_else(String::new, |number| number.to_string())
}

/// The columns of the table, in order.
fn columns() -> Vec<Column<Cell>> {
    let column = |name: &'static str, of: (&'static str, &'static str), meaning: &'static str, cell: Cell| {
        Column::new(name, of, meaning, cell)
    };
    let share = ("1", "about 0–1");
    let answer = ("the measure's", "any");
    vec![
        column("input", ("", "text"), "what is varied", |carried| {
            name_cell(&carried.input.key)
        }),
        column("low", ("the input's", "any"), "its lowest value", |carried| {
            carried.input.low.to_string()
        }),
        column(
            "value",
            ("the input's", "any"),
            "its value where nothing is varied; empty where conditions differ in it",
            |carried| text(carried.input.value),
        ),
        column("high", ("the input's", "any"), "its highest value", |carried| {
            carried.input.high.to_string()
        }),
        column("reason", ("", "text"), "why it is varied so far", |carried| {
            name_cell(carried.input.reason)
        }),
        column(
            "mean_effect",
            answer,
            "screening (Morris): mean change of the answer when the input goes through its range",
            |carried| text(carried.screened.map(|screened| screened.mean)),
        ),
        column(
            "mean_absolute_effect",
            answer,
            "mean of the absolute changes: how much the input matters",
            |carried| text(carried.screened.map(|screened| screened.mean_absolute)),
        ),
        column(
            "deviation",
            answer,
            "their standard deviation: how far the change depends on other inputs",
            |carried| text(carried.screened.map(|screened| screened.deviation)),
        ),
        column(
            "first_order",
            share,
            "Sobol' index among the inputs that were kept: share of the variance that the input carries alone; empty for the others",
            |carried| text(carried.index.map(|index| index.first_order.value)),
        ),
        column(
            "first_order_lower",
            share,
            "lower limit of its 95 % interval",
            |carried| text(carried.index.map(|index| index.first_order.lower)),
        ),
        column("first_order_upper", share, "upper limit", |carried| {
            text(carried.index.map(|index| index.first_order.upper))
        }),
        column(
            "total",
            share,
            "Sobol' index: share that it carries with all its interactions",
            |carried| text(carried.index.map(|index| index.total.value)),
        ),
        column("total_lower", share, "lower limit of its 95 % interval", |carried| {
            text(carried.index.map(|index| index.total.lower))
        }),
        column("total_upper", share, "upper limit", |carried| {
            text(carried.index.map(|index| index.total.upper))
        }),
    ]
}

/// The table, a row for each input.
pub fn sensitivity_csv(found: &Sensitivity) -> String {
    let columns = columns();
    let row = |carried: &Carried| {
        let cells: Vec<String> = columns.iter().map(|column| (column.cell)(carried)).collect();
        cells.join(",") + "\n"
    };
    header(&columns) + &found.inputs.iter().map(row).collect::<String>()
}

/// What its columns mean: file name and content.
pub fn sensitivity_codebook() -> (&'static str, String) {
    ("sensitivity_codebook.csv", codebook(&columns()))
}

/// How many of the answer's units are one; and what they are called.
fn unit(found: &Sensitivity) -> (f64, &'static str) {
    match found.question.measure.is_share() {
        true => (100.0, "percentage points"),
        false => (1.0, found.question.measure.row().unit),
    }
}

fn named(input: &Input) -> String {
    key_in_words(&input.key)
}

/// The unit of an input behind its range; of a share nothing.
fn unit_behind(input: &Input) -> String {
    match key_unit(&input.key) {
        unit if unit.is_empty() || unit.contains(" to ") => String::new(),
        unit => format!(" {unit}"),
    }
}

/// The chart of the inputs that matter most.
///
/// # Errors
///
/// If there is nothing to draw.
pub fn sensitivity_chart(scenario: &Scenario, found: &Sensitivity) -> Result<Picture, ChartError> {
    let (factor, unit) = unit(found);
    let share = |share: Estimate| estimate::Estimate {
        value: share.value,
        lower: share.lower,
        upper: share.upper,
    };
    let row = |carried: &Carried| {
        let screened = carried.screened?;
        let Input { low, high, .. } = carried.input;
        Some(TornadoRow {
            name: format!(
                "{}, {} to {}{}",
                named(&carried.input),
                short(low),
                short(high),
                unit_behind(&carried.input)
            ),
            moved: screened.mean_absolute * factor,
            mean: screened.mean * factor,
            shares: carried
                .index
                .map(|index| [share(index.first_order), share(index.total)]),
        })
    };
    let question = &found.question;
    let hangs = found
        .inputs
        .first()
        .map_or_else(String::new, |most| format!(" hangs most on {}", named(&most.input)));
    let finding = format!(
        "“{} − {}” in {}{hangs}",
        question.treatment,
        question.control,
        question.measure.in_a_sentence()
    );
    let data = TornadoData {
        answer: format!("change of the difference ({unit})"),
        rows: found.inputs.iter().filter_map(row).take(MOST_ROWS).collect(),
    };
    let frame = frame(
        scenario,
        finding,
        &everybody(scenario),
        &format!(
            " · {} runs over {} inputs",
            thousands(found.runs as u64),
            found.inputs.len()
        ),
    );
    tornado::draw(&data, &frame)
}

/// A number with three digits that count.
fn short(value: f64) -> String {
    let places = (2 - crate::statistics::order_of_magnitude(value.abs().max(1e-9))).clamp(0, 6);
    let text = decimal(value, places.unsigned_abs() as usize);
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}

/// What carries the answer, and how far it holds, in sentences.
pub fn sensitivity_in_words(found: &Sensitivity) -> Vec<String> {
    let (factor, unit) = unit(found);
    let number = |value: f64| signed(value * factor, if factor > 1.0 { 1 } else { 2 });
    let question = &found.question;
    let mut told = Vec::new();
    let what = format!(
        "{} − {} in {}",
        question.treatment,
        question.control,
        question.measure.in_a_sentence()
    );
    match found.base {
        Some(base) => told.push(format!("{what}: {} {unit} where nothing is varied.", number(base))),
        None => told.push(format!("{what}: no answer where nothing is varied.")),
    }
    if !found.answers.is_empty() {
        let least = found.answers.iter().copied().fold(f64::INFINITY, f64::min);
        let most = found.answers.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        told.push(format!(
            "Over all inputs at once it lies between {} and {}, and keeps its direction in {} of {} runs.",
            number(least),
            number(most),
            thousands(found.same_direction() as u64),
            thousands(found.answers.len() as u64)
        ));
    }
    let moving = found
        .inputs
        .iter()
        .filter_map(|carried| Some((carried, carried.screened?)));
    let most: Vec<String> = moving
        .take(NAMED)
        .map(|(carried, screened)| {
            let moved = decimal(screened.mean_absolute * factor, if factor > 1.0 { 1 } else { 2 });
            let share = carried.index.map_or_else(String::new, |index| {
                format!(
                    ", {} % of the variance alone",
                    decimal(100.0 * index.first_order.value.max(0.0), 0)
                )
            });
            format!("{} ({moved} {unit}{share})", named(&carried.input))
        })
        .collect();
    if !most.is_empty() {
        told.push(format!(
            "Of {} inputs these move it most: {}.",
            found.inputs.len(),
            listed(&most)
        ));
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::morris::Screened;
    use crate::analysis::sobol::Index;
    use crate::registry::Measure;
    use crate::sweep::sensitivity::Question;

    #[test]
    fn table_and_sentences_say_which_input_moves_the_answer() {
        let exact = |value: f64| Estimate {
            value,
            lower: value,
            upper: value,
        };
        let carried = |key: &str, moved: f64, index| Carried {
            input: Input {
                key: key.to_owned(),
                low: 0.5,
                high: 1.5,
                value: Some(1.0),
                reason: "half its value to either side",
            },
            screened: Some(Screened {
                mean: -moved,
                mean_absolute: moved,
                deviation: 0.0,
            }),
            index,
        };
        let index = Index {
            first_order: exact(0.4),
            total: exact(0.6),
        };
        let found = Sensitivity {
            question: Question {
                treatment: "warm".to_owned(),
                control: "plain".to_owned(),
                measure: Measure::Helped,
            },
            base: Some(0.2),
            inputs: vec![
                carried("parameters.compassion.spread", 0.08, Some(index)),
                carried("b", 0.01, None),
            ],
            answers: vec![0.2, -0.01, 0.3],
            runs: 9,
        };
        let csv = sensitivity_csv(&found);
        let lines: Vec<&str> = csv.lines().collect();
        assert_eq!(lines.len(), 3);
        assert!(lines[0].starts_with("input,low,value,high,reason,mean_effect"), "{csv}");
        assert!(lines[1].ends_with(",0.4,0.4,0.4,0.6,0.6,0.6"), "{csv}");
        assert!(lines[2].ends_with(",,,,,,"), "{csv}");
        let told = sensitivity_in_words(&found).join(" ");
        for part in [
            "+20.0 percentage points",
            "between −1.0 and +30.0",
            "in 2 of 3 runs",
            "compassion: spread (8.0 percentage points, 40 % of the variance alone)",
        ] {
            assert!(told.contains(part), "{part}: {told}");
        }
        assert_eq!(
            [short(0.5), short(12.345), short(-0.001_25)],
            ["0.5", "12.3", "−0.00125"]
        );
    }
}

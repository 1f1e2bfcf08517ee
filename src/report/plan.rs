//! The plan of a study as a table and as power curves.

use super::pictures::{everybody, frame};
use crate::charts::curves::{self, Along, CurvesData, CurvesPanel};
use crate::charts::{ChartError, Picture, estimate::Estimate};
use crate::registry::{Column, codebook, header, name_cell};
use crate::scenario::Scenario;
use crate::study::plan::{Asked, Planned};
use crate::wording::thousands;

/// Power from which on nothing more is shown.
const CERTAIN: f64 = 0.995;

/// Sizes that are shown in any case.
const FEWEST_SIZES: usize = 6;

/// Curves that the chart shows.
const MOST_LINES: usize = 14;

/// What a column shows of a plan.
type Cell = fn(&Planned) -> String;

fn text<T: ToString>(value: Option<T>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

/// The columns of the table, in order.
fn columns() -> Vec<Column<Cell>> {
    let column = |name: &'static str, of: (&'static str, &'static str), meaning: &'static str, cell: Cell| {
        Column::new(name, of, meaning, cell)
    };
    vec![
        column(
            "treatment",
            ("", "text"),
            "the condition that is expected to differ",
            |plan| name_cell(&plan.treatment),
        ),
        column("control", ("", "text"), "the condition it is compared with", |plan| {
            name_cell(&plan.control)
        }),
        column("measure", ("", "text"), "in what", |plan| plan.measure.key().to_owned()),
        column(
            "share_treatment",
            ("1", "0–1"),
            "predicted share of the treatment, of a yes or no",
            |plan| text(plan.shares.map(|shares| shares[0])),
        ),
        column(
            "share_control",
            ("1", "0–1"),
            "predicted share of the control",
            |plan| text(plan.shares.map(|shares| shares[1])),
        ),
        column("d", ("pooled SD", "any"), "predicted standardised difference", |plan| {
            plan.d.to_string()
        }),
        column(
            "n_treatment",
            ("people", "2 …"),
            "people to recruit for the treatment; empty where a million are not enough",
            |plan| text(plan.needed.map(|needed| needed.treatment)),
        ),
        column(
            "n_control",
            ("people", "2 …"),
            "people to recruit for the control",
            |plan| text(plan.needed.map(|needed| needed.control)),
        ),
        column(
            "same_people",
            ("", "0 or 1"),
            "1: the same people are measured twice, and n_treatment are n_control",
            |plan| u8::from(plan.is_within()).to_string(),
        ),
        column(
            "n_control_lower",
            ("people", "2 …"),
            "with --uncertainty: the size below which 2.5 % of the plausible parameter sets lie",
            |plan| {
                text(
                    plan.over_parameters
                        .and_then(|over| over.lower)
                        .map(|needed| needed.control),
                )
            },
        ),
        column(
            "n_control_upper",
            ("people", "2 …"),
            "with --uncertainty: the size below which 97.5 % of them lie; empty where a million are not enough",
            |plan| {
                text(
                    plan.over_parameters
                        .and_then(|over| over.upper)
                        .map(|needed| needed.control),
                )
            },
        ),
        column(
            "assurance",
            ("1", "0–1"),
            "with --uncertainty: the chance that a study of the planned size finds the difference, over all sets",
            |plan| text(plan.over_parameters.and_then(|over| over.assurance)),
        ),
        column(
            "power_of_20",
            ("1", "0–1"),
            "the share of studies with 20 people in the control that find the difference",
            |plan| text(plan.small.map(|small| small.power)),
        ),
        column(
            "type_s_of_20",
            ("1", "0–0.5"),
            "of those that find one, the share with the wrong sign",
            |plan| text(plan.small.map(|small| small.wrong_sign)),
        ),
        column(
            "type_m_of_20",
            ("1", "1 …"),
            "how many times too large the difference is in them, on average",
            |plan| text(plan.small.map(|small| small.times)),
        ),
    ]
}

/// The table, a row for each difference.
pub fn plan_csv(planned: &[Planned]) -> String {
    let columns = columns();
    let row = |plan: &Planned| {
        let cells: Vec<String> = columns.iter().map(|column| (column.cell)(plan)).collect();
        cells.join(",") + "\n"
    };
    header(&columns) + &planned.iter().map(row).collect::<String>()
}

/// What its columns mean: file name and content.
pub fn plan_codebook() -> (&'static str, String) {
    ("plan_codebook.csv", codebook(&columns()))
}

/// What the plan says first: how many people it takes for most, and for how many differences.
fn finding(planned: &[Planned], asked: &Asked) -> String {
    let sizes: Vec<u64> = planned
        .iter()
        .filter_map(|plan| plan.needed)
        .map(|needed| needed.control)
        .collect();
    let power = crate::wording::decimal(100.0 * asked.power, 0);
    match (sizes.iter().min(), sizes.iter().max()) {
        (Some(least), Some(most)) if least == most => {
            format!("{} per condition find it in {power} of 100 studies", thousands(*most))
        }
        (Some(least), Some(most)) => format!(
            "It takes {} to {} per condition to find a difference in {power} of 100 studies",
            thousands(*least),
            thousands(*most)
        ),
        _ => "A million people per condition find none of these differences".to_owned(),
    }
}

/// Power over the size of the control.
///
/// # Errors
///
/// If there is nothing to draw.
pub fn plan_chart(scenario: &Scenario, planned: &[Planned], asked: &Asked) -> Result<Picture, ChartError> {
    let mut sizes: Vec<u64> = planned
        .iter()
        .flat_map(|plan| plan.curve.iter().map(|(size, _)| *size))
        .collect();
    sizes.sort_unstable();
    sizes.dedup();
    // Where every study finds everything, larger ones show nothing more.
    let is_certain = |size: &u64| {
        let at = |plan: &Planned| {
            plan.curve
                .iter()
                .find(|(known, _)| known == size)
                .is_none_or(|(_, power)| *power > CERTAIN)
        };
        planned.iter().all(at)
    };
    if let Some(last) = sizes.iter().position(is_certain) {
        sizes.truncate((last + 1).max(FEWEST_SIZES));
    }
    let curve = |plan: &Planned| {
        let at = |size: &u64| {
            let (_, power) = plan.curve.iter().find(|(known, _)| known == size)?;
            Some(Estimate {
                value: 100.0 * power,
                lower: 100.0 * power,
                upper: 100.0 * power,
            })
        };
        sizes.iter().map(at).collect()
    };
    let shown = &planned[..planned.len().min(MOST_LINES)];
    let name = |plan: &Planned| {
        format!(
            "{} − {}: {}",
            plan.treatment,
            plan.control,
            plan.measure.in_a_sentence()
        )
    };
    let data = CurvesData {
        over: "people recruited for the control".to_owned(),
        along: Along::Numbers(sizes.iter().map(|size| *size as f64).collect()),
        answer: "studies that find the difference (%)".to_owned(),
        range: Some((0.0, 100.0)),
        band: String::new(),
        lines: shown.iter().map(name).collect(),
        panels: vec![CurvesPanel {
            name: String::new(),
            curves: shown.iter().map(curve).collect(),
        }],
    };
    let notes = format!(
        " · two-sided α = {} · exact for shares, noncentral t for means{}",
        asked.alpha,
        if shown.iter().any(Planned::is_within) {
            " and changes"
        } else {
            ""
        }
    );
    let finding = finding(planned, asked);
    curves::draw(&data, &frame(scenario, finding, &everybody(scenario), &notes))
}

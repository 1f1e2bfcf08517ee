//! The table on the terminal: conditions in rows, in as many columns as a line holds; those that answer the question first.

use super::columns::{Column, GAVE_NOTHING, INTERVAL, OVER_PARAMETERS, UNDECIDED, chosen, columns as all_columns};
use compassion::engine::records::Outcome;
use compassion::registry::{Gifts, Measure};
use compassion::scenario::{Scenario, Unit};
use compassion::statistics::{Estimate, Interval, rounded_parts};
use compassion::study::Results;
use compassion::summary::joint_outcomes::Deed;
use compassion::summary::{ConditionSummary, OverParameters, Summary};
use compassion::wording::{self, decimal};

/// Heading of a difference with its interval.
pub const DIFFERENCE: &str = "difference [95 %]";

/// Rows that are printed; the files have all of them.
const MOST_ROWS: usize = 60;

/// How helping went in each condition, and how it differs from the first; where plausible parameter sets were asked, their intervals too.
pub fn conditions(results: &Results, width: usize) -> String {
    let Results { scenario, summary, .. } = results;
    let mut text = chosen(&names(scenario, summary), of_conditions(results), width);
    let more = summary.conditions.len().saturating_sub(MOST_ROWS);
    if more > 0 {
        text += &format!("  … and {more} more conditions, in summary.csv\n");
    }
    text
}

/// The same with every column, in several tables below each other where they are more than a line holds.
pub fn in_full(results: &Results) -> String {
    let names = names(&results.scenario, &results.summary);
    let columns = of_conditions(results);
    let rows: Vec<Vec<String>> = names
        .into_iter()
        .enumerate()
        .map(|(row, name)| {
            std::iter::once(name)
                .chain(columns.iter().map(|column| column.cell(row)))
                .collect()
        })
        .collect();
    all_columns(&rows)
}

/// What the numbers of the table are, and how sure they are.
pub fn legend(results: &Results) -> String {
    let Results {
        scenario,
        summary,
        joint_outcomes,
        ..
    } = results;
    let mut parts = Vec::new();
    if let [first, others @ ..] = &summary.conditions[..]
        && !others.is_empty()
    {
        let name = &first.name;
        parts.push(format!("Differences are from “{name}”, in points of 100."));
        let same = (1..joint_outcomes.conditions()).filter(|it| joint_outcomes.joint(Deed::Helped, *it, 0).is_some());
        match same.count() {
            0 => (),
            all if all == others.len() => parts.push(format!(
                "Gained: help there and not in “{name}”; lost: the other way round; of the same 100 {}.",
                units(scenario.conditions[0].unit)
            )),
            _ => parts.push(format!(
                "Gained: help there and not in “{name}”; lost: the other way round; of the same 100 {}, where they are the same.",
                units(scenario.conditions[0].unit)
            )),
        }
        let reach = |it: &ConditionSummary| {
            let rate = it.helping_rate?;
            Some((it.interval.upper - rate).max(rate - it.interval.lower))
        };
        let widest = summary.conditions.iter().filter_map(reach).reduce(f64::max);
        if let Some(widest) = widest {
            parts.push(format!(
                "Rates of helping are known to ±{} or better (95 % interval).",
                decimal(widest * 100.0, 1)
            ));
        }
    }
    if let Some(it) = &summary.uncertainty {
        parts.push(format!(
            "Over parameters: the middle 95 % of {} plausible parameter sets, {} people under each.",
            it.sets,
            wording::thousands(it.people.into())
        ));
    }
    parts.join(" ")
}

pub fn units(unit: Unit) -> &'static str {
    match unit {
        Unit::Person => "people",
        Unit::Group(_) => "groups",
    }
}

/// The names of the conditions, under what is counted in them.
fn names(scenario: &Scenario, summary: &Summary) -> Vec<String> {
    let groups = scenario.conditions.iter().filter(|it| it.unit != Unit::Person).count();
    let counted = match groups {
        0 => "of 100 people",
        all if all == scenario.conditions.len() => "of 100 groups",
        _ => "of 100 people or groups",
    };
    let names = summary.conditions.iter().take(MOST_ROWS).map(|it| it.name.clone());
    std::iter::once(counted.to_owned()).chain(names).collect()
}

fn of_conditions(results: &Results) -> Vec<Column> {
    let Results {
        scenario,
        summary,
        joint_outcomes,
        ..
    } = results;
    let shown = &summary.conditions[..summary.conditions.len().min(MOST_ROWS)];
    let column = |head: &str, rank: u8, cell: &dyn Fn(&ConditionSummary) -> String| {
        Column::new(head, rank, shown.iter().map(cell).collect())
    };
    let graded = scenario.conditions.iter().any(|it| it.is_graded());
    let compared = summary.conditions.len() > 1;
    let uncertain = summary.uncertainty.is_some();
    let over = |of: fn(&OverParameters) -> Option<Interval>, sign: bool| {
        column(&OVER_PARAMETERS.replace(' ', "\n"), 0, &|it| {
            let interval = it.over_parameters.as_ref().and_then(of);
            interval.map_or_else(String::new, |it| bounds(it.lower, it.upper, sign))
        })
    };
    let mut columns = vec![
        column("helped", 0, &|it| share(it.helping_rate)),
        column(INTERVAL, if compared { 6 } else { 0 }, &|it| {
            it.helping_rate
                .map_or_else(String::new, |_| bounds(it.interval.lower, it.interval.upper, false))
        }),
    ];
    columns.extend(uncertain.then(|| over(|it| it.rate, false)));
    if compared {
        columns.push(if uncertain {
            column("difference", 0, &|it| {
                it.difference.map_or_else(String::new, |it| points(it.value))
            })
        } else {
            let differences: Vec<Option<Estimate>> = shown.iter().map(|it| it.difference).collect();
            Column::new(DIFFERENCE, 0, with_intervals(&differences, points))
        });
        columns.extend(uncertain.then(|| over(|it| it.difference, true)));
        columns.extend(gained_and_lost(results, if uncertain { 4 } else { 1 }));
    }
    if shown.iter().any(|it| it.observed_rate().is_some()) {
        let observed: Vec<Option<Estimate>> = shown.iter().map(ConditionSummary::observed_rate).collect();
        let told = |value: f64| decimal(value * 100.0, 1);
        columns.push(Column::new("people did", 2, with_intervals(&observed, told)));
    }
    if graded {
        columns.push(column("given", 1, &|it| {
            it.mean(Measure::Amount).map_or("–".to_owned(), |it| decimal(it, 2))
        }));
    }
    // Of the shares of a row none is rounded so that they no longer add up to everybody.
    let outcomes = [Outcome::Helped, Outcome::Left, Outcome::Undecided, Outcome::Punished];
    let ends = |of: usize, it: &ConditionSummary| {
        let shares: Option<Vec<f64>> = outcomes.iter().map(|end| Some(it.share(*end)? * 100.0)).collect();
        shares.map_or("–".to_owned(), |all| decimal(rounded_parts(&all, 1)[of], 1))
    };
    let overwhelmed: Vec<String> = (0..shown.len())
        .map(|it| {
            if it < joint_outcomes.conditions() {
                share(joint_outcomes.count(Deed::Overwhelmed, it).share())
            } else {
                "–".to_owned()
            }
        })
        .collect();
    columns.push(column("left", 2, &|it| ends(1, it)));
    columns.push(Column::new("over-\nwhelmed", 3, overwhelmed));
    let undecided = match scenario.gifts() {
        Gifts::Everywhere => GAVE_NOTHING,
        Gifts::Nowhere | Gifts::Somewhere => UNDECIDED,
    };
    columns.push(column(&undecided.replace(' ', "\n"), 7, &|it| ends(2, it)));
    // Punishing, which few scenes allow, stands in the table where it happened.
    if shown
        .iter()
        .any(|it| it.share(Outcome::Punished).is_some_and(|share| share > 0.0))
    {
        columns.push(column("punished", 1, &|it| ends(3, it)));
    }
    let mean = |of: Measure, it: &ConditionSummary| it.mean(of).map_or("–".to_owned(), |it| decimal(it, 2));
    columns.push(column("distress", 8, &|it| mean(Measure::PersonalDistress, it)));
    columns.push(column("compassion", 8, &|it| mean(Measure::Compassion, it)));
    columns
}

/// Who of the same people helps here only, and who in the first condition only; none where no condition counts the same people.
fn gained_and_lost(results: &Results, rank: u8) -> Vec<Column> {
    let joint_outcomes = &results.joint_outcomes;
    let joints: Vec<_> = (0..results.summary.conditions.len().min(MOST_ROWS))
        .map(|it| (it < joint_outcomes.conditions()).then(|| joint_outcomes.joint(Deed::Helped, it, 0))?)
        .collect();
    if joints.iter().flatten().next().is_none() {
        return Vec::new();
    }
    let of = |count: &dyn Fn(&compassion::statistics::Joint) -> u64| {
        let cell = |it: &Option<compassion::statistics::Joint>| match it {
            Some(it) if it.people() > 0 => decimal(count(it) as f64 * 100.0 / it.people() as f64, 1),
            _ => String::new(),
        };
        joints.iter().map(cell).collect()
    };
    vec![
        Column::new("gained", rank, of(&|it| it.first_only)),
        Column::new("lost", rank, of(&|it| it.second_only)),
    ]
}

fn share(of: Option<f64>) -> String {
    of.map_or("–".to_owned(), |it| decimal(it * 100.0, 1))
}

/// A difference of shares in points of a hundred.
pub fn points(difference: f64) -> String {
    wording::signed(difference * 100.0, 1)
}

/// Differences with their intervals, each of both in a column of its own.
pub fn with_intervals(differences: &[Option<Estimate>], told: impl Fn(f64) -> String) -> Vec<String> {
    let interval = |it: &Estimate| format!("[{}, {}]", told(it.lower), told(it.upper));
    let widths = differences.iter().flatten().map(|it| interval(it).chars().count());
    let width = widths.max().unwrap_or(0);
    let cell = |it: &Option<Estimate>| {
        it.map_or_else(String::new, |it| {
            format!("{} {:>width$}", told(it.value), interval(&it))
        })
    };
    differences.iter().map(cell).collect()
}

fn bounds(lower: f64, upper: f64, sign: bool) -> String {
    let bound = |it: f64| if sign { points(it) } else { decimal(it * 100.0, 1) };
    format!("[{}, {}]", bound(lower), bound(upper))
}

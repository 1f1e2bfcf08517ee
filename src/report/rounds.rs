//! Exchanges as a table and as charts: how often people gave, round by round, and after what had happened.

use super::findings::{Of, ends, hundred, quoted};
use super::pictures::{Draw, Drawing, PictureError, chart_estimate, everybody, frame, named};
use crate::charts::curves::{self, Along, CurvesData, CurvesPanel};
use crate::charts::estimate::Estimate;
use crate::engine::tally::Tally;
use crate::model::exchange::Happened;
use crate::registry::{Column, Outcome, codebook, header, name_cell};
use crate::scenario::Scenario;
use crate::statistics::{Count, Interval, Z_95, wilson};
use crate::study::Results;
use crate::summary::exchange::{Giving, key};
use std::fmt::Write;

/// Lines that a chart shows at most.
const MOST_LINES: usize = 8;

/// What the columns of `exchange.csv` mean.
fn columns() -> [Column<()>; 7] {
    let column = |name: &'static str, unit, meaning: &'static str| Column::new(name, unit, meaning, ());
    [
        column("condition", ("", "text"), "the condition"),
        column(
            "round",
            ("rounds", "1 …"),
            "the round; empty: all rounds together, each counted as often as it is played",
        ),
        column(
            "after",
            ("", "text"),
            "what came out of the round before: both_gave, only_i_gave, only_they_gave, neither_gave; all: whatever came out",
        ),
        column(
            "people",
            ("people", "0 …"),
            "people behind the share in a round; of all rounds together, people",
        ),
        column(
            "giving",
            ("1", "0–1"),
            "share of decisions to give, before noise; empty where nobody was asked to decide",
        ),
        column(
            "lower",
            ("1", "0–1"),
            "lower limit of the 95 % interval, Wilson's of a round, over people or pairs of all rounds together; empty where decisions of the same people count several times",
        ),
        column("upper", ("1", "0–1"), "upper limit"),
    ]
}

/// What the columns of `exchange.csv` mean: file name and content.
pub fn exchange_codebook() -> (&'static str, String) {
    ("exchange_codebook.csv", codebook(&columns()))
}

/// How often people gave, a row for each condition, round and what had happened before; none where nobody exchanges.
pub fn exchange_csv(scenario: &Scenario, tallies: &[Tally]) -> Option<String> {
    if !scenario.has_exchange() {
        return None;
    }
    let mut table = header(&columns());
    for (condition, tally) in scenario.conditions.iter().zip(tallies) {
        let name = name_cell(&condition.name);
        let giving = Giving::of(condition, tally)?;
        let people = tally.people.total();
        let Estimate { value, lower, upper } = chart_estimate(giving.overall);
        let _ = writeln!(table, "{name},,all,{people},{value},{lower},{upper}");
        for (happened, share) in Happened::ALL.into_iter().zip(giving.after) {
            let share = share.map_or_else(String::new, |share| share.to_string());
            let _ = writeln!(table, "{name},,{},{people},{share},,", key(happened));
        }
        for (number, round) in (1..).zip(&tally.course) {
            let of_all = ("all", round.people.count(Outcome::Helped));
            let after = Happened::ALL
                .into_iter()
                .map(|happened| (key(happened), round.exchange.after[happened as usize]));
            for (word, count) in std::iter::once(of_all).chain(after) {
                let cells = match share(count) {
                    Some(share) => format!("{},{},{}", share.value, share.lower, share.upper),
                    None => ",,".to_owned(),
                };
                let _ = writeln!(table, "{name},{number},{word},{},{cells}", count.trials);
            }
        }
    }
    Some(table)
}

/// The charts of a run with exchanges, to be drawn in any order.
pub(super) fn exchange_charts(results: &Results) -> Vec<Draw<'_>> {
    if !results.scenario.has_exchange() {
        return Vec::new();
    }
    vec![
        Box::new(move || by_round(&results.scenario, &results.tallies)),
        Box::new(move || by_what_happened(&results.scenario, &results.tallies)),
    ]
}

fn names(scenario: &Scenario) -> Vec<String> {
    let conditions = scenario.conditions.iter().take(MOST_LINES);
    conditions.map(|condition| condition.name.clone()).collect()
}

/// A share with its interval; none of nobody.
fn share(count: Count) -> Option<Estimate> {
    let Interval { lower, upper } = wilson(count, Z_95);
    Some(Estimate {
        value: count.share()?,
        lower,
        upper,
    })
}

/// A share in percent.
fn percent(share: Estimate) -> Estimate {
    Estimate {
        value: 100.0 * share.value,
        lower: 100.0 * share.lower,
        upper: 100.0 * share.upper,
    }
}

/// Giving from round to round.
fn by_round(scenario: &Scenario, tallies: &[Tally]) -> Result<Drawing, PictureError> {
    let rounds = tallies.iter().map(|tally| tally.course.len()).max().unwrap_or(0);
    let curve = |tally: &Tally| {
        let given = |round: &Tally| share(round.people.count(Outcome::Helped)).map(percent);
        tally.course.iter().map(given).collect()
    };
    let data = CurvesData {
        over: "round".to_owned(),
        along: Along::Numbers((1..=rounds).map(|round| round as f64).collect()),
        answer: "give in this round (%)".to_owned(),
        range: Some((0.0, 100.0)),
        band: "band: 95 % interval over people".to_owned(),
        lines: names(scenario),
        panels: vec![CurvesPanel {
            name: String::new(),
            curves: tallies.iter().take(MOST_LINES).map(curve).collect(),
        }],
    };
    let finding = finding(scenario, tallies);
    named(
        "giving",
        curves::draw(&data, &frame(scenario, finding, &everybody(scenario), "")),
    )
}

/// What the chart says: where people gave most often over all rounds, and where least.
fn finding(scenario: &Scenario, tallies: &[Tally]) -> String {
    let given = scenario
        .conditions
        .iter()
        .zip(tallies)
        .filter_map(|(condition, tally)| {
            Some(Of {
                name: &condition.name,
                value: Giving::of(condition, tally)?.overall.value,
            })
        });
    let given: Vec<Of> = given.collect();
    match ends(&given, 0.0) {
        Some((most, least)) => format!(
            "People give most in {} ({} of 100 rounds), least in {} ({})",
            quoted(most.name),
            hundred(most.value),
            quoted(least.name),
            hundred(least.value)
        ),
        None => given.first().map_or_else(String::new, |all| {
            format!("People give in {} of 100 rounds", hundred(all.value))
        }),
    }
}

/// Giving after what had happened in the round before.
fn by_what_happened(scenario: &Scenario, tallies: &[Tally]) -> Result<Drawing, PictureError> {
    let curve = |(condition, tally)| {
        let after = Giving::of(condition, tally).map_or([None; 4], |giving| giving.after);
        let exact = |share| Estimate {
            value: 100.0 * share,
            lower: 100.0 * share,
            upper: 100.0 * share,
        };
        after.into_iter().map(|share: Option<f64>| share.map(exact)).collect()
    };
    let words = ["both had given", "only they themselves", "only the other", "neither"];
    let data = CurvesData {
        over: "who had given in the round before".to_owned(),
        along: Along::Names(words.map(str::to_owned).to_vec()),
        answer: "give (%)".to_owned(),
        range: Some((0.0, 100.0)),
        band: "all rounds together, each counted as often as it is played".to_owned(),
        lines: names(scenario),
        panels: vec![CurvesPanel {
            name: String::new(),
            curves: scenario
                .conditions
                .iter()
                .zip(tallies)
                .take(MOST_LINES)
                .map(curve)
                .collect(),
        }],
    };
    let kept: Vec<f64> = (scenario.conditions.iter().zip(tallies))
        .filter_map(|(condition, tally)| Giving::of(condition, tally)?.after[Happened::OnlyI as usize])
        .collect();
    let finding = match (
        kept.iter().copied().reduce(f64::min),
        kept.iter().copied().reduce(f64::max),
    ) {
        (Some(low), Some(high)) => format!(
            "After a gift that was not returned, {:.0} to {:.0} % give again",
            100.0 * low,
            100.0 * high
        ),
        _ => "Giving after what had happened".to_owned(),
    };
    named(
        "giving_after",
        curves::draw(&data, &frame(scenario, finding, &everybody(scenario), "")),
    )
}

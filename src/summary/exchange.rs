//! What an exchange shows: how often people gave, and after what.

use crate::engine::tally::Tally;
use crate::model::exchange::Happened;
use crate::registry::Outcome;
use crate::scenario::{Condition, Exchange, Partner, Scenario};
use crate::statistics::{Estimate, Z_95, mean_interval};

/// Conditions that are told of at most; the tables have all of them.
const MOST: usize = 6;

/// How often people decided to give in an exchange, over all rounds, each with its weight.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Giving {
    /// In which share of rounds, with its 95 % interval over people, or over pairs where people play with each other.
    pub overall: Estimate,
    /// In which share of the first rounds.
    pub first: f64,
    /// In which share of rounds after each of [`Happened::ALL`]; none where that never happened.
    pub after: [Option<f64>; Happened::ALL.len()],
}

impl Giving {
    /// What the people of a condition gave; none where they do not exchange.
    pub fn of(condition: &Condition, tally: &Tally) -> Option<Self> {
        let exchange = condition.protocol.exchange.as_ref()?;
        let so_far = &tally.course.last()?.exchange.so_far;
        let value = so_far.mean();
        let alone = Estimate {
            value,
            lower: value,
            upper: value,
        };
        Some(Self {
            overall: mean_interval(so_far, Z_95).unwrap_or(alone),
            first: tally.course[0].people.share(Outcome::Helped)?,
            after: Happened::ALL.map(|happened| after(exchange, &tally.course, happened)),
        })
    }
}

/// In which share of rounds people gave after something had happened in the one before.
fn after(exchange: &Exchange, rounds: &[Tally], happened: Happened) -> Option<f64> {
    let (mut gave, mut all) = (0.0, 0.0);
    for (number, round) in (0..).zip(rounds) {
        let (weight, count) = (exchange.length.weight(number), round.exchange.after[happened as usize]);
        gave += weight * count.successes as f64;
        all += weight * count.trials as f64;
    }
    (all > 0.0).then(|| gave / all)
}

/// What stands for what had happened, in tables.
pub const fn key(happened: Happened) -> &'static str {
    match happened {
        Happened::Both => "both_gave",
        Happened::OnlyI => "only_i_gave",
        Happened::OnlyThey => "only_they_gave",
        Happened::Neither => "neither_gave",
    }
}

/// A sentence for each condition.
pub fn exchange_in_words(scenario: &Scenario, tallies: &[Tally]) -> Vec<String> {
    let percent = |share: f64| format!("{:.0} %", 100.0 * share);
    let told = |(condition, tally): (&Condition, &Tally)| {
        let giving = Giving::of(condition, tally)?;
        let partner = match condition.protocol.exchange?.partner {
            Partner::Same => "each other",
            Partner::Machine(_) => "a machine",
        };
        let [both, only_i, only_they, neither] =
            giving.after.map(|share| share.map_or_else(|| "–".to_owned(), percent));
        Some(format!(
            "In “{}” people gave in {} of rounds with {partner}, and in {} of the first: after both had given in {both}, after they alone had in {only_i}, after the other alone had in {only_they}, after neither had in {neither}.",
            condition.name,
            percent(giving.overall.value),
            percent(giving.first),
        ))
    };
    scenario
        .conditions
        .iter()
        .zip(tallies)
        .take(MOST)
        .filter_map(told)
        .collect()
}

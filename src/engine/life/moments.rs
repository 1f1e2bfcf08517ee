//! The moments at which people are seen.

use crate::model::training::weeks_in_all;
use crate::scenario::Condition;

/// A moment at which people are seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moment {
    /// Weeks since the first practice began.
    pub week: f64,
    /// Number of the encounter in a row, from 1; the scene comes after the last of them. In an exchange, number of the round. None where only the scene
    /// is seen.
    pub exposure: Option<u32>,
    /// Whether this moment stands for the whole where only one can.
    pub is_main: bool,
}

/// The moments at which a condition is seen, in order.
pub fn moments(condition: &Condition) -> Vec<Moment> {
    if let Some(exchange) = &condition.protocol.exchange {
        let rounds = exchange.length.rounds();
        let round = |number| Moment {
            week: weeks_in_all(&condition.training),
            exposure: Some(number),
            is_main: number == rounds,
        };
        return (1..=rounds).map(round).collect();
    }
    let main = condition.main_measurement();
    let exposures = condition.protocol.exposures.as_ref();
    match (&condition.protocol.timeline, exposures) {
        (None, Some(exposures)) => (1..=exposures.count + 1)
            .map(|number| Moment {
                week: weeks_in_all(&condition.training),
                exposure: Some(number),
                is_main: number > exposures.count,
            })
            .collect(),
        _ => (condition.measured_at().into_iter().enumerate())
            .map(|(number, week)| Moment {
                week,
                exposure: None,
                is_main: number == main,
            })
            .collect(),
    }
}

/// The number of the moment that stands for the whole.
pub fn main(condition: &Condition) -> usize {
    if let Some(exchange) = &condition.protocol.exchange {
        return exchange.length.rounds() as usize - 1;
    }
    match (&condition.protocol.timeline, &condition.protocol.exposures) {
        (None, Some(exposures)) => exposures.count as usize,
        _ => condition.main_measurement(),
    }
}

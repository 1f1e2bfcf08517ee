//! The score with each mechanism switched off, everything else as it is: nothing is refitted.

use super::bench::Bench;
use super::score::{Score, ScoredCell};
use crate::model::mechanism::Mechanism;
use crate::model::parameters::Parameters;
use crate::statistics::{Count, predicted_share};
use crate::threads::prelude::*;
use std::sync::atomic::{AtomicBool, Ordering};

/// Scores the cells of a bench without each mechanism in turn, and first with all of them.
///
/// `cells` are the study and the count of each condition of the bench. None if `stop` came true.
pub fn knockouts(
    bench: &Bench,
    cells: &[(usize, Count)],
    parameters: &Parameters,
    stop: &AtomicBool,
) -> Option<Vec<(Option<Mechanism>, Score)>> {
    let each: Vec<Option<Mechanism>> = std::iter::once(None)
        .chain(Mechanism::within_people().map(Some))
        .collect();
    each.into_par_iter()
        .map(|mechanism| {
            if stop.load(Ordering::Relaxed) {
                return None;
            }
            let helped = bench.helped_where(parameters, |_, condition| {
                if let Some(mechanism) = mechanism {
                    condition.knockout = condition.knockout.with(mechanism);
                }
            });
            let scored = cells.iter().zip(helped).map(|((study, observed), helped)| ScoredCell {
                study: *study,
                observed: *observed,
                predicted: predicted_share(helped),
            });
            Some((mechanism, Score::of(&scored.collect::<Vec<_>>())))
        })
        .collect()
}

//! How far a score depends on how the situations were coded.

use super::bench::Bench;
use super::score::{Score, ScoredCell};
use crate::model::parameters::Parameters;
use crate::model::situation::Situation;
use crate::random::{Process, Stream};
use crate::statistics::{Count, predicted_share};
use rayon::prelude::*;
use serde::Serialize;
use std::sync::atomic::{AtomicBool, Ordering};

/// The spread of a score over recodings.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Spread {
    /// A twentieth of the recodings lie below.
    pub lower: f64,
    /// Half of them do.
    pub median: f64,
    /// Nineteen twentieths do.
    pub upper: f64,
}

/// The spread of scores when each key of each study is coded a little differently.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Jitter {
    /// SD of a code.
    pub sd: f64,
    /// Number of recodings.
    pub repeats: u32,
    /// Deviance as coded, with the same people.
    pub deviance_as_coded: f64,
    /// Deviance.
    pub deviance: Spread,
    /// Share of cells inside.
    pub inside: Spread,
    /// Correlation of observed and predicted shares.
    pub correlation: Option<Spread>,
}

/// Scores cells after recoding: each key of a study moves by the same normal deviate in all its conditions, and stays in its range.
///
/// `cells` are the study and the count of each condition of the bench. Deviates are addressed by seed, repeat, study and key. None if `stop`
/// came true.
pub fn jitter(
    bench: &Bench,
    cells: &[(usize, Count)],
    parameters: &Parameters,
    sd: f64,
    repeats: u32,
    seed: u64,
    stop: &AtomicBool,
) -> Option<Jitter> {
    let score = |helped: Vec<Count>| {
        let scored = cells.iter().zip(helped).map(|((study, observed), helped)| ScoredCell {
            study: *study,
            observed: *observed,
            predicted: predicted_share(helped),
        });
        Score::of(&scored.collect::<Vec<_>>())
    };
    let scores: Option<Vec<Score>> = (0..repeats)
        .into_par_iter()
        .map(|repeat| {
            let stream = Stream::new(seed, repeat, Process::Recoding, 0);
            let recoded = || {
                bench.helped_where(parameters, |it, condition| {
                    recode(&mut condition.situation, stream, cells[it].0, sd)
                })
            };
            (!stop.load(Ordering::Relaxed)).then(|| score(recoded()))
        })
        .collect();
    let scores = scores?;
    let spread = |of: &dyn Fn(&Score) -> Option<f64>| spread(scores.iter().filter_map(of).collect());
    Some(Jitter {
        sd,
        repeats,
        deviance_as_coded: score(bench.helped(parameters)).deviance,
        deviance: spread(&|it| Some(it.deviance)).unwrap_or(NOTHING),
        inside: spread(&Score::inside_share).unwrap_or(NOTHING),
        correlation: spread(&|it| it.correlation),
    })
}

/// The spread of no recodings.
const NOTHING: Spread = Spread {
    lower: f64::NAN,
    median: f64::NAN,
    upper: f64::NAN,
};

/// Moves each key that is a degree.
fn recode(situation: &mut Situation, stream: Stream, study: usize, sd: f64) {
    let keys = [
        &mut situation.need,
        &mut situation.vividness,
        &mut situation.ambiguity,
        &mut situation.closeness,
        &mut situation.blame,
        &mut situation.escape,
        &mut situation.cost,
        &mut situation.efficacy,
        &mut situation.haste,
        &mut situation.guilt,
        &mut situation.responsibility,
        &mut situation.evaluation,
        &mut situation.exclusion,
    ];
    let deviate = |key: u32| -> f64 {
        #[expect(clippy::cast_possible_truncation, reason = "studies are few")]
        let four: [f64; 4] = stream.normals(study as u32, key / 4);
        sd * four[(key % 4) as usize]
    };
    for (number, key) in (0_u32..).zip(keys) {
        *key = (*key + deviate(number)).clamp(0.0, 1.0);
    }
    situation.mood = (situation.mood + deviate(13)).clamp(-1.0, 1.0);
}

/// The 5th, 50th and 95th of a hundred; none of nothing.
fn spread(mut values: Vec<f64>) -> Option<Spread> {
    values.sort_by(f64::total_cmp);
    let last = values.len().checked_sub(1)?;
    let at = |percent: usize| values[(last * percent + 50) / 100];
    Some(Spread {
        lower: at(5),
        median: at(50),
        upper: at(95),
    })
}

//! Order effects: where the same people meet all conditions, some do in a condition what they did in the one before it.
//!
//! ```text
//! y(k) = y(k − 1) with the chance c, else what the person would do fresh;     k = 1, 2, … in the order of the person
//! ```
//!
//! The order is drawn for each person, all being equally likely, so that a difference between two conditions is (1 − c) of what it would be, and
//! more of it where others lie between. That people stay with what they have done is consistency (Cialdini et al. 1995); how much, is asked of
//! whoever plans the study.

use super::Measure;
use crate::engine::place::Place;
use crate::random::Stream;
use std::collections::{BTreeMap, BTreeSet};

/// Lets a share of people carry over what they did; `stream` is that of a condition. Who has no value has none to carry over, and gets none.
pub(super) fn carry_over(
    share: f64,
    values: &mut BTreeMap<(Place, Measure), Vec<Option<f64>>>,
    stream: impl Fn(usize) -> Stream,
) {
    let asked: BTreeSet<(usize, Measure)> = values.keys().map(|(place, measure)| (place.moment, *measure)).collect();
    for (moment, measure) in asked {
        let of: Vec<(Place, Measure)> = values
            .keys()
            .copied()
            .filter(|(place, of)| (place.moment, *of) == (moment, measure))
            .collect();
        let streams: Vec<Stream> = of.iter().map(|(place, _)| stream(place.condition)).collect();
        let people = of.iter().map(|key| values[key].len()).min().unwrap_or_default();
        for person in 0..people {
            #[expect(clippy::cast_possible_truncation, reason = "at most some millions of people")]
            let mut met: Vec<([u32; 2], usize)> = streams
                .iter()
                .enumerate()
                .map(|(number, stream)| {
                    let [order, repeats, ..] = stream.bits(person as u32, 0);
                    ([order, repeats], number)
                })
                .collect();
            met.sort_unstable();
            let mut before = None;
            for ([_, repeats], number) in met {
                let value = values
                    .get_mut(&of[number])
                    .and_then(|values| values.get_mut(person))
                    .expect("as many people in each");
                let repeats = (f64::from(repeats) + 0.5) / 4_294_967_296.0 < share;
                if let (Some(before), true, Some(value)) = (before, repeats, value.as_mut()) {
                    *value = before;
                }
                before = value.or(before);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Process;

    fn values(share: f64, conditions: usize) -> Vec<Vec<f64>> {
        let place = |condition| Place { condition, moment: 0 };
        let mut values = (0..conditions)
            .map(|condition| ((place(condition), Measure::Helped), vec![Some(condition as f64); 4_000]))
            .collect();
        let stream = |condition: usize| Stream::new(5, condition as u32, Process::Order, 0);
        carry_over(share, &mut values, stream);
        values
            .into_values()
            .map(|of| of.into_iter().flatten().collect())
            .collect()
    }

    /// Half carry over: of two conditions that differ by 1, the difference is .5; whoever does so shows the same in both, whichever came first.
    #[test]
    fn a_share_does_what_was_done_before_in_either_order() {
        assert_eq!(values(0.0, 2), [vec![0.0; 4_000], vec![1.0; 4_000]]);
        let both = values(0.5, 2);
        let mean = |of: &[f64]| of.iter().sum::<f64>() / 4_000.0;
        assert!((mean(&both[0]) - 0.25).abs() < 0.03 && (mean(&both[1]) - 0.75).abs() < 0.03);
        let pairs: BTreeSet<[u8; 2]> = both[0]
            .iter()
            .zip(&both[1])
            .map(|(one, other)| [*one as u8, *other as u8])
            .collect();
        assert_eq!(
            pairs,
            BTreeSet::from([[0, 0], [0, 1], [1, 1]]),
            "never the other way round"
        );
    }

    /// Everybody carries over: all conditions show what the first of each person did, and each is first as often.
    #[test]
    fn who_always_carries_over_shows_the_first_condition_everywhere() {
        let all = values(1.0, 3);
        for person in 0..4_000 {
            assert!(all.iter().all(|of| of[person] == all[0][person]));
        }
        for first in 0..3 {
            let share = all[0].iter().filter(|value| **value as usize == first).count() as f64 / 4_000.0;
            assert!((share - 1.0 / 3.0).abs() < 0.03, "{first}: {share}");
        }
    }
}

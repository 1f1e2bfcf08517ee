//! How an effect is shared between paths.
//!
//! Let `v(S)` be whether a person helps (1 or 0), or their measure, when the paths in `S` are as in the treatment and all others as in the control:
//! `v(∅)` is the control, `v(all)` the treatment, and `v(all) − v(∅)` the effect. Of a path `p`,
//!
//! ```text
//! alone   v({p}) − v(∅)                  what it does when nothing else is treated: swapped in
//! back    v(all) − v(all without p)      what is lost when it alone is as untreated: swapped back
//! mean    Σ_S |S|! (k − |S| − 1)! / k! · (v(S ∪ {p}) − v(S))
//! ```
//!
//! where the sum runs over all sets `S` of the `k` paths that lack `p`: the mean of what the path adds over all orders in which the paths
//! could be swapped in. These means add up to the effect; alone and back need not, because paths need or replace each other. What is left,
//! `effect − Σ alone`, is the interplay. All of it is taken person by person and then averaged over people, who give the intervals.
//!
//! # Source
//!
//! The mean over orders is the value of Shapley (1953) *Contributions to the Theory of Games* II:307.

use crate::statistics::{Estimate, Paired, Z_95};
use serde::{Deserialize, Serialize};

/// What one path carries, each beside the whole effect of the same person.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Carried {
    /// Swapped in alone.
    pub alone: Paired,
    /// Swapped back alone.
    pub back: Paired,
    /// Mean over all orders.
    pub mean: Paired,
}

impl Carried {
    /// Whether swapping the path, in or back or in any order, changes anything for anybody.
    pub fn moves_anybody(&self) -> bool {
        let still = |it: &Paired| it.first(Z_95).is_none_or(|it| (it.lower, it.upper) == (0.0, 0.0));
        !(still(&self.alone) && still(&self.back) && still(&self.mean))
    }
}

/// An effect and its paths.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Shares {
    /// Keys of the paths in which the two conditions differ; they are not written down, since whoever adds these people knows them.
    #[serde(skip)]
    pub paths: Vec<&'static str>,
    /// What each of them carries.
    pub carried: Vec<Carried>,
    /// What is left when all have been swapped in alone.
    pub interplay: Paired,
    /// The effect, beside itself.
    pub whole: Paired,
}

impl Shares {
    /// Nobody's shares.
    pub fn new(paths: Vec<&'static str>) -> Self {
        Self {
            carried: vec![Carried::default(); paths.len()],
            paths,
            interplay: Paired::default(),
            whole: Paired::default(),
        }
    }

    /// Adds people: `shown[S]` says of each of them whether they help (1 or 0), or their measure, with the paths in `S`, whose bits are the
    /// places in [`Shares::paths`].
    ///
    /// # Panics
    ///
    /// If there is not a list for every set of paths, or the lists differ in length.
    pub fn push(&mut self, shown: &[Vec<f64>]) {
        let count = self.paths.len();
        assert_eq!(shown.len(), 1 << count, "a list for every set of paths");
        let weights = order_weights(count);
        let all = shown.len() - 1;
        let value = |person: usize, set: usize| shown[set][person];
        for person in 0..shown[0].len() {
            let v = |set: usize| value(person, set);
            let effect = v(all) - v(0);
            let mut interplay = effect;
            for (place, carried) in self.carried.iter_mut().enumerate() {
                let path = 1 << place;
                let without = (0..=all).filter(|set| set & path == 0);
                let mean = without.map(|set| weights[set.count_ones() as usize] * (v(set | path) - v(set)));
                let alone = v(path) - v(0);
                carried.alone.push(alone, effect);
                carried.back.push(v(all) - v(all & !path), effect);
                carried.mean.push(mean.sum(), effect);
                interplay -= alone;
            }
            self.interplay.push(interplay, effect);
            self.whole.push(effect, effect);
        }
    }

    /// Adds later people.
    pub fn merge(&mut self, later: &Self) {
        for (own, later) in self.carried.iter_mut().zip(&later.carried) {
            own.alone.merge(&later.alone);
            own.back.merge(&later.back);
            own.mean.merge(&later.mean);
        }
        self.interplay.merge(&later.interplay);
        self.whole.merge(&later.whole);
    }

    /// The effect, with its 95 % interval; none of fewer than two people.
    pub fn effect(&self) -> Option<Estimate> {
        self.whole.first(Z_95)
    }
}

/// The weight of a set by its size: the share of orders of `count` paths in which just its members come before a given path.
fn order_weights(count: usize) -> Vec<f64> {
    let factorial = |it: usize| (1..=it).map(|it| it as f64).product::<f64>();
    (0..count)
        .map(|size| factorial(size) * factorial(count - size - 1) / factorial(count))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two people, two paths. The first person helps if either path is treated; the second only if both are.
    fn either_and_both() -> Shares {
        let mut shares = Shares::new(vec!["one", "other"]);
        shares.push(&[vec![0.0, 0.0], vec![1.0, 0.0], vec![1.0, 0.0], vec![1.0, 1.0]]);
        shares
    }

    #[test]
    fn paths_that_replace_or_need_each_other_share_alike() {
        let shares = either_and_both();
        let value = |it: &Paired| it.first(Z_95).unwrap().value;
        for carried in &shares.carried {
            assert_eq!(value(&carried.alone), 0.5);
            assert_eq!(value(&carried.back), 0.5);
            assert_eq!(value(&carried.mean), 0.5);
        }
        assert_eq!(value(&shares.interplay), 0.0);
        assert_eq!(shares.effect().unwrap().value, 1.0);
    }

    #[test]
    fn the_means_add_up_to_the_effect() {
        let mut shares = Shares::new(vec!["a", "b", "c"]);
        // Whether somebody helps with each of the eight sets, for 60 people without pattern.
        let helps = |set: u32, person: u32| f64::from(u8::from((person * 7 + set * 5) % 11 > 5));
        let helped: Vec<Vec<f64>> = (0..8)
            .map(|set| (0..60).map(|person| helps(set, person)).collect())
            .collect();
        shares.push(&helped);
        let sum: f64 = shares.carried.iter().map(|it| it.mean.first(Z_95).unwrap().value).sum();
        assert!((sum - shares.effect().unwrap().value).abs() < 1e-12);
        let alone: f64 = shares
            .carried
            .iter()
            .map(|it| it.alone.first(Z_95).unwrap().value)
            .sum();
        let left = shares.interplay.first(Z_95).unwrap().value;
        assert!((alone + left - shares.effect().unwrap().value).abs() < 1e-12);
    }

    #[test]
    fn without_paths_there_is_no_effect_to_share() {
        let mut shares = Shares::new(Vec::new());
        shares.push(&[vec![1.0, 0.0, 1.0]]);
        assert_eq!(shares.effect().map(|it| it.value), Some(0.0));
        assert_eq!(shares.whole.ratio(Z_95), None);
    }
}

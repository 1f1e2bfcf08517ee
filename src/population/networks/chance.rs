//! Ties by chance: each pair independently, alike for everybody or more likely within a block.

use super::{draw, unit};
use crate::random::Stream;

/// The pairs of a random network: each with the chance `degree / (people − 1)`.
///
/// # Limits
///
/// Ties of a person are binomial; clustering is the chance itself.
///
/// # Source
///
/// Gilbert (1959), "Random graphs".
pub fn random(people: u32, degree: f64, stream: &Stream) -> Vec<(u32, u32)> {
    let chance = degree / f64::from(people.saturating_sub(1).max(1));
    let mut pairs = Vec::new();
    for person in 1..people {
        let mut chooser = Chooser::new(stream, person, 0);
        chooser.choose(person, chance, |other| pairs.push((other, person)));
    }
    pairs
}

/// The pairs of a network of blocks of `size` people that follow each other: a person has `within · degree` ties in their own block and the
/// others outside it, on average.
///
/// # Source
///
/// Holland, Laskey & Leinhardt (1983), "Stochastic blockmodels: First steps".
pub fn blocks(people: u32, degree: f64, size: u32, within: f64, stream: &Stream) -> Vec<(u32, u32)> {
    let inside = within * degree / f64::from(size.min(people).saturating_sub(1).max(1));
    let outside = (1.0 - within) * degree / f64::from(people.saturating_sub(size).max(1));
    let mut pairs = Vec::new();
    for person in 1..people {
        let first = person / size * size;
        let mut chooser = Chooser::new(stream, person, 0);
        chooser.choose(person - first, inside, |other| pairs.push((first + other, person)));
        let mut chooser = Chooser::new(stream, person, 1);
        chooser.choose(first, outside, |other| pairs.push((other, person)));
    }
    pairs
}

/// Chooses among those who came before a person.
///
/// Each candidate has a uniform number of their own, and is chosen if it lies below the chance. They are found in the order of these numbers:
/// the smallest of `n` uniform numbers above `u` is `1 − (1 − u) v^(1/n)` with `v` uniform, and belongs to any of the `n` with equal chance.
/// A smaller chance therefore keeps the first of the same list.
struct Chooser<'a> {
    stream: &'a Stream,
    person: u32,
    next: u32,
}

impl<'a> Chooser<'a> {
    /// `list` tells apart lists of the same person.
    fn new(stream: &'a Stream, person: u32, list: u32) -> Self {
        Self {
            stream,
            person,
            next: list << 31,
        }
    }

    fn draw(&mut self) -> u64 {
        let drawn = draw(self.stream, self.person, self.next);
        self.next += 1;
        drawn
    }

    fn choose(&mut self, candidates: u32, chance: f64, mut take: impl FnMut(u32)) {
        let mut chosen: Vec<u32> = Vec::new();
        let mut lowest = 0.0;
        for left in (1..=candidates).rev() {
            let v = unit(self.draw());
            lowest = 1.0 - (1.0 - lowest) * libm::exp(libm::log(v) / f64::from(left));
            if lowest >= chance {
                return;
            }
            // As many places as are left, counted over those not chosen yet: the chosen are kept sorted.
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a number below one times a u32"
            )]
            let mut other = (unit(self.draw()) * f64::from(left)) as u32;
            let mut at = 0;
            while at < chosen.len() && chosen[at] <= other {
                other += 1;
                at += 1;
            }
            chosen.insert(at, other);
            take(other);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Network;
    use super::super::stream;

    /// Binomial(999, 12/999) for each of 1,000 people: mean 12 (standard error √12/√1000 · √2, since ties are shared), variance near 11.9.
    #[test]
    fn ties_of_a_person_are_binomial() {
        let ties = Network::Random { degree: 12.0 }.ties(1_000, &stream("friends", 2, 0));
        let degrees: Vec<f64> = (0..1_000).map(|person| f64::from(ties.degree(person))).collect();
        let mean = degrees.iter().sum::<f64>() / 1_000.0;
        let variance = degrees
            .iter()
            .map(|degree| (degree - mean) * (degree - mean))
            .sum::<f64>()
            / 999.0;
        assert!((mean - 12.0).abs() < 0.62, "{mean}");
        assert!((variance - 11.86).abs() < 2.2, "{variance}");
    }

    #[test]
    fn random_ties_cluster_as_they_are_dense() {
        let ties = Network::Random { degree: 30.0 }.ties(600, &stream("friends", 2, 0));
        assert!((ties.clustering().unwrap() - 30.0 / 599.0).abs() < 0.006);
    }

    /// 40 blocks of 25: inside, 300 pairs a block with chance .7 · 10 / 24; outside, 487,500 pairs with chance 3 / 975. Five SD.
    #[test]
    fn blocks_have_binomial_counts_of_ties() {
        let network = Network::Blocks {
            degree: 10.0,
            size: 25,
            within: 0.7,
        };
        let ties = network.ties(1_000, &stream("friends", 2, 0));
        let (inside, outside): (Vec<_>, Vec<_>) = ties.pairs().partition(|(a, b)| a / 25 == b / 25);
        assert!((inside.len() as f64 - 3_500.0).abs() < 5.0 * 49.8, "{}", inside.len());
        assert!((outside.len() as f64 - 1_500.0).abs() < 5.0 * 38.7, "{}", outside.len());
    }

    #[test]
    fn with_a_chance_of_one_everybody_is_tied() {
        let ties = Network::Random { degree: 19.0 }.ties(20, &stream("friends", 2, 0));
        assert_eq!(ties.directed(), 20 * 19);
    }
}

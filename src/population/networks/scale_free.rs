//! Newcomers who tie themselves to those who have many ties.

use super::{draw, unit};
use crate::random::Stream;

/// The pairs of a scale-free network: everybody who comes ties themselves to `ties` different others, each chosen by the number of ties they have.
///
/// The first `ties` + 1 people all know each other.
///
/// # Limits
///
/// In the long run `P(k) = 2m(m + 1) / (k(k + 1)(k + 2))` of the people have `k ≥ m` ties, with `m` the ties of a newcomer.
///
/// # Source
///
/// Barabási & Albert (1999), "Emergence of scaling in random networks"; the distribution: Dorogovtsev, Mendes & Samukhin (2000), equation 9.
pub fn pairs(people: u32, ties: u32, stream: &Stream) -> Vec<(u32, u32)> {
    let first = people.min(ties + 1);
    // Every end of every tie: somebody drawn from here is drawn by their number of ties.
    let mut ends: Vec<u32> = Vec::with_capacity(2 * people as usize * ties as usize);
    for person in 0..first {
        for other in 0..person {
            ends.extend([other, person]);
        }
    }
    let mut chosen: Vec<u32> = Vec::with_capacity(ties as usize);
    for person in first..people {
        chosen.clear();
        let (known, mut number) = (ends.len(), 0);
        while chosen.len() < ties as usize {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a number below one times a length"
            )]
            let at = (unit(draw(stream, person, number)) * known as f64) as usize;
            number += 1;
            if !chosen.contains(&ends[at]) {
                chosen.push(ends[at]);
            }
        }
        for other in &chosen {
            ends.extend([*other, person]);
        }
    }
    ends.chunks_exact(2).map(|tie| (tie[0], tie[1])).collect()
}

#[cfg(test)]
mod tests {
    use super::super::Network;
    use super::super::stream;

    /// 20,000 people with m = 3: shares with 3, 4, 5, 6 and at least 20 ties; P(k ≥ K) = m(m + 1) / (K(K + 1)).
    #[test]
    fn numbers_of_ties_follow_the_power_law() {
        let ties = Network::ScaleFree { degree: 6 }.ties(20_000, &stream("fame", 4, 0));
        let share = |wanted: &dyn Fn(u32) -> bool| {
            (0..20_000).filter(|person| wanted(ties.degree(*person))).count() as f64 / 20_000.0
        };
        for k in 3_u32..=6 {
            let x = f64::from(k);
            let expected = 24.0 / (x * (x + 1.0) * (x + 2.0));
            assert!(
                (share(&|degree| degree == k) - expected).abs() < 0.015,
                "{k}: {}",
                share(&|degree| degree == k)
            );
        }
        assert!((share(&|degree| degree >= 20) - 12.0 / 420.0).abs() < 0.004);
        assert!((ties.directed() as f64 / 20_000.0 - 6.0).abs() < 0.01);
    }
}

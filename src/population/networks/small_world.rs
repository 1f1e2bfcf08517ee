//! Circles of neighbours, some of whose ties lead elsewhere.

use super::{draw, place_of, unit};
use crate::random::Stream;

/// Most draws for one end of a tie: with so many rejected, the person is tied to nearly everybody, and the tie stays where it was.
const TRIES: u32 = 64;

/// The pairs of a ring: each person with the `degree`/2 that follow.
///
/// # Limits
///
/// Clustering is `3(k − 2) / (4(k − 1))` as long as the circle is longer than `3k/2` (Barrat & Weigt 2000, equation 2, without rewiring).
pub fn ring(people: u32, degree: u32) -> Vec<(u32, u32)> {
    let half = degree / 2;
    (0..people)
        .flat_map(|person| (1..=half).map(move |step| (person, next(person, step, people))))
        .collect()
}

/// The pairs of a small world: those of a ring, the far end of each led to somebody else with the chance `rewire`.
///
/// # Limits
///
/// A ring where `rewire` is 0; hardly more clustered than by chance where it is 1, though everybody keeps `degree`/2 ties of their own.
///
/// # Source
///
/// Watts & Strogatz (1998), "Collective dynamics of 'small-world' networks". The place a tie is led to comes from [`place_of`], so that a
/// person more moves few of them.
pub fn pairs(people: u32, degree: u32, rewire: f64, stream: &Stream) -> Vec<(u32, u32)> {
    let half = degree / 2;
    let mut ties: Vec<Tie> = Vec::with_capacity(people as usize * half as usize);
    for person in 0..people {
        for step in 1..=half {
            let led = unit(draw(stream, person, step << 8)) < rewire;
            ties.push(Tie {
                person,
                step,
                other: next(person, step, people),
                tries: u32::from(led),
            });
        }
    }
    for tie in &mut ties {
        if tie.tries > 0 {
            tie.lead(people, stream);
        }
    }
    // Two ties of one pair are possible as long as one of them was led there: that one tries again.
    loop {
        ties.sort_unstable_by_key(|tie| (tie.pair(), tie.tries, tie.person, tie.step));
        let mut twice = false;
        for at in 1..ties.len() {
            if ties[at].pair() == ties[at - 1].pair() {
                ties[at].lead(people, stream);
                twice = true;
            }
        }
        if !twice {
            return ties.into_iter().map(|tie| tie.pair()).collect();
        }
    }
}

/// A tie of a person to one of those that follow, or to whom it was led.
struct Tie {
    person: u32,
    step: u32,
    other: u32,
    tries: u32,
}

impl Tie {
    fn pair(&self) -> (u32, u32) {
        (self.person.min(self.other), self.person.max(self.other))
    }

    /// Leads the far end to the next place that was drawn for it, or home where nothing is free.
    fn lead(&mut self, people: u32, stream: &Stream) {
        loop {
            if self.tries > TRIES {
                // Home may be taken by a tie that was led there, which then moves on: it sorts behind this one.
                (self.other, self.tries) = (next(self.person, self.step, people), 0);
                return;
            }
            let drawn = place_of(draw(stream, self.person, self.step << 8 | self.tries), people);
            self.tries += 1;
            if drawn != self.person {
                self.other = drawn;
                return;
            }
        }
    }
}

fn next(person: u32, step: u32, people: u32) -> u32 {
    #[expect(clippy::cast_possible_truncation, reason = "below `people`")]
    {
        ((u64::from(person) + u64::from(step)) % u64::from(people)) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::super::Network;
    use super::super::stream;

    #[test]
    fn a_ring_has_the_clustering_of_its_closed_form() {
        for degree in [4_u32, 6, 10] {
            let k = f64::from(degree);
            let ties = Network::Ring { degree }.ties(200, &stream("friends", 1, 0));
            let expected = 3.0 * (k - 2.0) / (4.0 * (k - 1.0));
            assert!((ties.clustering().unwrap() - expected).abs() < 1e-12, "{degree}");
            assert_eq!(
                ties,
                Network::SmallWorld { degree, rewire: 0.0 }.ties(200, &stream("friends", 1, 0))
            );
        }
    }

    /// A tie more or less survives with (1 − β)³ (Barrat & Weigt 2000); at β = 1 nothing is left but chance.
    #[test]
    fn rewiring_opens_the_triangles() {
        let clustering = |rewire| {
            let network = Network::SmallWorld { degree: 10, rewire };
            network.ties(3_000, &stream("friends", 1, 0)).clustering().unwrap()
        };
        let whole = clustering(0.0);
        for rewire in [0.1_f64, 0.3] {
            let expected = whole * (1.0 - rewire) * (1.0 - rewire) * (1.0 - rewire);
            assert!(
                (clustering(rewire) - expected).abs() < 0.02,
                "{rewire}: {} {expected}",
                clustering(rewire)
            );
        }
        assert!(clustering(1.0) < 0.01);
    }

    #[test]
    fn rewiring_keeps_the_number_of_ties() {
        for (people, degree, rewire) in [(30, 8, 0.5), (12, 10, 1.0), (500, 6, 1.0)] {
            let ties = Network::SmallWorld { degree, rewire }.ties(people, &stream("friends", 5, 0));
            assert_eq!(
                ties.directed(),
                (people * degree) as usize,
                "{people} {degree} {rewire}"
            );
        }
    }
}

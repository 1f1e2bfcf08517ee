//! Ties as flat arrays: for each person the others, in order, and how strong each tie is.

/// The ties of a layer, each held at both of its ends.
#[derive(Debug, Clone, PartialEq)]
pub struct Ties {
    /// Where the ties of each person begin, and the end of the last.
    starts: Vec<usize>,
    /// The other end of each tie, sorted for each person.
    others: Vec<u32>,
    /// Strength of each tie seen from this end, > 0; 1 is a tie as it was when it was formed.
    strengths: Vec<f32>,
}

/// Why pairs are not ties.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0} and {1} are tied twice, or to themselves, or are not among the people")]
pub struct TiedTwice(u32, u32);

impl Ties {
    /// Ties of strength 1 between pairs of people, in any order.
    ///
    /// # Errors
    ///
    /// If a pair stands twice, a person is tied to themselves, or a number is not below `people`.
    pub fn new(people: u32, pairs: Vec<(u32, u32)>) -> Result<Self, TiedTwice> {
        Self::weighted(people, pairs.into_iter().map(|(a, b)| (a, b, 1.0)))
    }

    /// Ties of some strength between pairs of people, in any order.
    ///
    /// # Errors
    ///
    /// As [`Ties::new`].
    pub fn weighted(
        people: u32,
        ties: impl IntoIterator<Item = (u32, u32, f32), IntoIter: Clone>,
    ) -> Result<Self, TiedTwice> {
        let ties = ties.into_iter();
        let mut starts = vec![0_usize; people as usize + 1];
        for (a, b, _) in ties.clone() {
            if a == b || a.max(b) >= people {
                return Err(TiedTwice(a, b));
            }
            starts[a as usize + 1] += 1;
            starts[b as usize + 1] += 1;
        }
        for person in 0..people as usize {
            starts[person + 1] += starts[person];
        }
        let mut next = starts.clone();
        let directed = starts[people as usize];
        let (mut others, mut strengths) = (vec![0_u32; directed], vec![0.0_f32; directed]);
        for (a, b, strength) in ties {
            for (own, other) in [(a, b), (b, a)] {
                let place = &mut next[own as usize];
                (others[*place], strengths[*place]) = (other, strength);
                *place += 1;
            }
        }
        let mut sorted: Vec<(u32, f32)> = Vec::new();
        for person in 0..people {
            let own = starts[person as usize]..starts[person as usize + 1];
            sorted.clear();
            sorted.extend(
                others[own.clone()]
                    .iter()
                    .copied()
                    .zip(strengths[own.clone()].iter().copied()),
            );
            sorted.sort_unstable_by_key(|(other, _)| *other);
            if let Some(twice) = sorted.windows(2).find(|two| two[0].0 == two[1].0) {
                return Err(TiedTwice(person, twice[0].0));
            }
            for (place, (other, strength)) in own.zip(&sorted) {
                (others[place], strengths[place]) = (*other, *strength);
            }
        }
        Ok(Self {
            starts,
            others,
            strengths,
        })
    }

    /// How many people there are.
    #[expect(clippy::cast_possible_truncation, reason = "made of a u32 of people")]
    pub fn people(&self) -> u32 {
        (self.starts.len() - 1) as u32
    }

    /// How many ties there are, counted at both ends.
    pub fn directed(&self) -> usize {
        self.others.len()
    }

    /// How many ties a person has.
    #[expect(clippy::cast_possible_truncation, reason = "fewer than there are people")]
    pub fn degree(&self, person: u32) -> u32 {
        self.range(person).len() as u32
    }

    /// Where the ties of a person stand among all.
    pub fn range(&self, person: u32) -> std::ops::Range<usize> {
        self.starts[person as usize]..self.starts[person as usize + 1]
    }

    /// The other end of each tie, person by person.
    pub fn others(&self) -> &[u32] {
        &self.others
    }

    /// Strength of each tie as seen from its person, in the order of [`Ties::others`].
    pub fn strengths(&self) -> &[f32] {
        &self.strengths
    }

    /// Strengths, to be changed.
    pub fn strengths_mut(&mut self) -> &mut [f32] {
        &mut self.strengths
    }

    /// The ties of a person: the other and how strong the tie is, in order of the others.
    pub fn of(&self, person: u32) -> impl Iterator<Item = (u32, f32)> + '_ {
        let own = self.range(person);
        self.others[own.clone()]
            .iter()
            .copied()
            .zip(self.strengths[own].iter().copied())
    }

    /// Every tie once, the lower number first, in order.
    pub fn pairs(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        (0..self.people()).flat_map(move |person| {
            let others = &self.others[self.range(person)];
            others
                .iter()
                .filter(move |other| **other > person)
                .map(move |other| (person, *other))
        })
    }

    /// The clustering coefficient: of all two ties that meet in a person, the mean share, person by person, that a third tie closes; none where
    /// nobody has two ties (Watts & Strogatz 1998).
    pub fn clustering(&self) -> Option<f64> {
        let (mut sum, mut count) = (0.0, 0_u32);
        for person in 0..self.people() {
            let own = &self.others[self.range(person)];
            if own.len() < 2 {
                continue;
            }
            let closed: usize = own
                .iter()
                .map(|other| shared(own, &self.others[self.range(*other)]))
                .sum();
            sum += closed as f64 / (own.len() * (own.len() - 1)) as f64;
            count += 1;
        }
        (count > 0).then(|| sum / f64::from(count))
    }

    /// Steps from each person to the nearest of some people along ties; none where there is no way.
    pub fn distance_to(&self, nearest: impl IntoIterator<Item = u32>) -> Vec<Option<u32>> {
        let mut distance = vec![None; self.people() as usize];
        let mut reached: Vec<u32> = Vec::new();
        for person in nearest {
            if distance[person as usize].is_none() {
                distance[person as usize] = Some(0);
                reached.push(person);
            }
        }
        let mut steps = 0;
        while !reached.is_empty() {
            steps += 1;
            let mut further = Vec::new();
            for person in reached {
                for other in &self.others[self.range(person)] {
                    if distance[*other as usize].is_none() {
                        distance[*other as usize] = Some(steps);
                        further.push(*other);
                    }
                }
            }
            reached = further;
        }
        distance
    }
}

/// How many numbers two sorted lists share.
fn shared(a: &[u32], b: &[u32]) -> usize {
    let (mut at, mut both) = (0, 0);
    for number in a {
        while at < b.len() && b[at] < *number {
            at += 1;
        }
        both += usize::from(at < b.len() && b[at] == *number);
    }
    both
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A triangle 0 1 2 with a tail 2 3, and 4 alone.
    fn kite() -> Ties {
        Ties::weighted(5, [(1, 0, 0.5), (2, 1, 1.0), (0, 2, 2.0), (3, 2, 1.0)]).unwrap()
    }

    #[test]
    fn ties_stand_at_both_ends_in_order() {
        let ties = kite();
        assert_eq!(ties.of(2).collect::<Vec<_>>(), [(0, 2.0), (1, 1.0), (3, 1.0)]);
        assert_eq!(ties.pairs().collect::<Vec<_>>(), [(0, 1), (0, 2), (1, 2), (2, 3)]);
        assert_eq!((ties.directed(), ties.degree(4), ties.people()), (8, 0, 5));
    }

    /// By hand: 0 and 1 have their one pair closed, 2 one of three; 3 and 4 have no pair.
    #[test]
    fn clustering_is_the_mean_share_of_closed_pairs() {
        let clustering = kite().clustering().unwrap();
        assert!((clustering - (1.0 + 1.0 + 1.0 / 3.0) / 3.0).abs() < 1e-12);
        assert_eq!(Ties::new(3, vec![(0, 1)]).unwrap().clustering(), None);
    }

    #[test]
    fn distance_is_the_shortest_way_to_the_nearest() {
        assert_eq!(kite().distance_to([3]), [Some(2), Some(2), Some(1), Some(0), None]);
        assert_eq!(kite().distance_to([]), [None; 5]);
    }

    #[test]
    fn what_is_not_a_tie_is_refused() {
        for pairs in [vec![(0, 0)], vec![(0, 1), (1, 0)], vec![(0, 3)]] {
            assert!(Ties::new(3, pairs).is_err());
        }
    }
}

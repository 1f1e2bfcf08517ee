//! Groups in which everybody knows everybody: families, wards, teams.

use super::{draw, unit};
use crate::random::Stream;

/// Groups that are filled at the same time: people who are near by number meet in several layers, but not in all.
const OPEN: u32 = 16;

/// Which group each person is in: groups of `size` that are filled one person after the other, `OPEN` at a time, every free seat with the same
/// chance. Where people do not fill the last groups, these have fewer.
pub fn seats(people: u32, size: u32, stream: &Stream) -> Vec<u32> {
    let batch = OPEN.saturating_mul(size);
    let mut groups = Vec::with_capacity(people as usize);
    for first in (0..people).step_by(batch as usize) {
        let here = batch.min(people - first);
        let mut free: Vec<u32> = (0..here.div_ceil(size)).map(|_| size).collect();
        for person in first..first + here {
            let left: u32 = free.iter().sum();
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a number below one times a u32"
            )]
            let mut seat = (unit(draw(stream, person, 0)) * f64::from(left)) as u32;
            let mut group = 0;
            while seat >= free[group] {
                seat -= free[group];
                group += 1;
            }
            free[group] -= 1;
            #[expect(clippy::cast_possible_truncation, reason = "fewer groups than people")]
            groups.push(first / size + group as u32);
        }
    }
    groups
}

/// Everybody with everybody of the same group.
pub fn pairs(groups: &[u32]) -> Vec<(u32, u32)> {
    let count = groups.iter().max().map_or(0, |last| *last as usize + 1);
    let mut members: Vec<Vec<u32>> = vec![Vec::new(); count];
    for (person, group) in (0..).zip(groups) {
        members[*group as usize].push(person);
    }
    let mut pairs = Vec::new();
    for group in &members {
        for (at, person) in group.iter().enumerate() {
            pairs.extend(group[at + 1..].iter().map(|other| (*person, *other)));
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::super::Network;
    use super::super::stream;
    use super::*;
    use crate::random::Process;

    #[test]
    fn groups_are_full_where_people_fill_them() {
        for (people, size) in [(120, 12), (600, 4), (1_000, 3), (7, 12)] {
            let seats = seats(people, size, &Stream::new(1, 0, Process::Ties, 5));
            let mut counts = vec![0; people.div_ceil(size) as usize];
            for group in &seats {
                counts[*group as usize] += 1;
            }
            assert!(counts.iter().all(|count| *count <= size), "{counts:?}");
            assert_eq!(counts.iter().sum::<u32>(), people);
            if people % size == 0 {
                assert!(counts.iter().all(|count| *count == size), "{counts:?}");
            }
        }
    }

    /// Two layers of groups share few pairs: 600 people in families of 4 and wards of 12.
    #[test]
    fn layers_of_groups_cut_across_each_other() {
        let (families, wards) = (Network::Groups { size: 4 }, Network::Groups { size: 12 });
        let families: Vec<_> = families.ties(600, &stream("family", 1, 0)).pairs().collect();
        let wards: Vec<_> = wards.ties(600, &stream("ward", 1, 0)).pairs().collect();
        let both = families.iter().filter(|pair| wards.binary_search(pair).is_ok()).count();
        assert!(both * 5 < families.len(), "{both} of {}", families.len());
        assert_eq!(families.len(), 150 * 6);
    }
}

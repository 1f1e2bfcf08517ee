//! Where the people of a community stand in a picture: those who belong together, together.

use crate::population::networks::Network;
use crate::scenario::Community;

/// Rounds of pushing and pulling.
const ROUNDS: usize = 300;

/// The golden angle, in radians.
const GOLDEN: f64 = 2.399_963_229_728_653;

/// A place for each person in a square of side 1; `ties` are those of each layer.
///
/// Groups stand as rings side by side, a ring or small world as a circle; everybody else is moved by their ties (Fruchterman & Reingold 1991).
pub(super) fn places(community: &Community, ties: &[Vec<(u32, u32)>], people: usize) -> Vec<(f64, f64)> {
    let of = |wanted: &dyn Fn(&Network) -> bool| {
        let mut layers = community.layers.iter().zip(ties);
        layers.find(|(layer, _)| wanted(&layer.network)).map(|(_, pairs)| pairs)
    };
    if let Some(pairs) = of(&|network| matches!(network, Network::Groups { .. })) {
        return in_groups(&components(pairs, people));
    }
    if of(&|network| matches!(network, Network::Ring { .. } | Network::SmallWorld { .. })).is_some() {
        let places = (0..people).map(|person| on_circle(person as f64 / people as f64, 0.48));
        return places.collect();
    }
    let all: Vec<(u32, u32)> = ties.concat();
    if all.is_empty() {
        return (0..people).map(|person| sunflower(person, people)).collect();
    }
    pushed_and_pulled(&all, people)
}

fn on_circle(turn: f64, radius: f64) -> (f64, f64) {
    let angle = std::f64::consts::TAU * turn;
    (0.5 + radius * libm::sin(angle), 0.5 - radius * libm::cos(angle))
}

fn sunflower(person: usize, people: usize) -> (f64, f64) {
    let radius = 0.48 * ((person as f64 + 0.5) / people as f64).sqrt();
    let angle = person as f64 * GOLDEN;
    (0.5 + radius * libm::cos(angle), 0.5 + radius * libm::sin(angle))
}

/// People who are tied, directly or through others; each group in order, groups by their first.
fn components(pairs: &[(u32, u32)], people: usize) -> Vec<Vec<u32>> {
    let mut first: Vec<u32> = (0_u32..).take(people).collect();
    fn root(first: &mut [u32], person: u32) -> u32 {
        let mut at = person;
        while first[at as usize] != at {
            first[at as usize] = first[first[at as usize] as usize];
            at = first[at as usize];
        }
        at
    }
    for (one, other) in pairs {
        let (one, other) = (root(&mut first, *one), root(&mut first, *other));
        first[one.max(other) as usize] = one.min(other);
    }
    let mut groups: Vec<Vec<u32>> = vec![Vec::new(); people];
    for person in (0_u32..).take(people) {
        groups[root(&mut first, person) as usize].push(person);
    }
    groups.retain(|group| !group.is_empty());
    groups
}

/// Groups as rings in a grid, wider than high.
fn in_groups(groups: &[Vec<u32>]) -> Vec<(f64, f64)> {
    let people = groups.iter().map(Vec::len).sum();
    let mut places = vec![(0.5, 0.5); people];
    let columns = (1..).find(|columns| columns * columns >= groups.len()).unwrap_or(1);
    let rows = groups.len().div_ceil(columns);
    let (width, height) = (1.0 / columns as f64, 1.0 / rows as f64);
    for (number, group) in groups.iter().enumerate() {
        let (column, row) = (number % columns, number / columns);
        let centre = ((column as f64 + 0.5) * width, (row as f64 + 0.5) * height);
        for (place, person) in group.iter().enumerate() {
            let (x, y) = match group.len() {
                1 => (0.5, 0.5),
                size => on_circle(place as f64 / size as f64, 0.36),
            };
            places[*person as usize] = (centre.0 + (x - 0.5) * width, centre.1 + (y - 0.5) * height);
        }
    }
    places
}

/// Everybody pushes everybody away, and ties pull.
fn pushed_and_pulled(ties: &[(u32, u32)], people: usize) -> Vec<(f64, f64)> {
    let mut places: Vec<(f64, f64)> = (0..people).map(|person| sunflower(person, people)).collect();
    let apart = 0.8 / (people as f64).sqrt();
    for round in 0..ROUNDS {
        let most = 0.1 * (1.0 - round as f64 / ROUNDS as f64) + 0.001;
        let mut moves = vec![(0.0, 0.0); people];
        for one in 0..people {
            for other in one + 1..people {
                let (dx, dy) = (places[one].0 - places[other].0, places[one].1 - places[other].1);
                let push = apart * apart / (dx * dx + dy * dy).max(1e-6);
                moves[one] = (moves[one].0 + push * dx, moves[one].1 + push * dy);
                moves[other] = (moves[other].0 - push * dx, moves[other].1 - push * dy);
            }
        }
        for (one, other) in ties {
            let (one, other) = (*one as usize, *other as usize);
            let (dx, dy) = (places[one].0 - places[other].0, places[one].1 - places[other].1);
            let pull = (dx * dx + dy * dy).sqrt() / apart;
            moves[one] = (moves[one].0 - pull * dx, moves[one].1 - pull * dy);
            moves[other] = (moves[other].0 + pull * dx, moves[other].1 + pull * dy);
        }
        for (place, (dx, dy)) in places.iter_mut().zip(moves) {
            let length = (dx * dx + dy * dy).sqrt().max(1e-9);
            let step = length.min(most) / length;
            *place = (place.0 + step * dx, place.1 + step * dy);
        }
    }
    stretched(&places)
}

/// The same places, filling the square.
fn stretched(places: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let range = |of: &dyn Fn(&(f64, f64)) -> f64| {
        let values = places.iter().map(of);
        values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
            (low.min(value), high.max(value))
        })
    };
    let (x, y) = (range(&|place| place.0), range(&|place| place.1));
    let within = |value: f64, (low, high): (f64, f64)| if high > low { (value - low) / (high - low) } else { 0.5 };
    places
        .iter()
        .map(|place| (within(place.0, x), within(place.1, y)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_stand_together_and_apart_from_others() {
        let groups = components(&[(0, 2), (2, 4), (1, 3)], 6);
        assert_eq!(groups, [vec![0, 2, 4], vec![1, 3], vec![5]]);
        let places = in_groups(&groups);
        let distance = |one: usize, other: usize| {
            let (dx, dy) = (places[one].0 - places[other].0, places[one].1 - places[other].1);
            (dx * dx + dy * dy).sqrt()
        };
        assert!(distance(0, 2) < distance(0, 1) && distance(1, 3) < distance(1, 5));
    }

    #[test]
    fn everybody_stands_on_the_page_and_those_tied_nearer() {
        // Two cliques of five, one tie between them.
        let clique = |first: u32| (0..5).flat_map(move |one| (0..one).map(move |other| (first + other, first + one)));
        let ties: Vec<(u32, u32)> = clique(0).chain(clique(5)).chain([(4, 5)]).collect();
        let places = pushed_and_pulled(&ties, 10);
        assert!(
            places
                .iter()
                .all(|(x, y)| (0.0..=1.0).contains(x) && (0.0..=1.0).contains(y))
        );
        let mean = |pairs: &[(usize, usize)]| {
            let sum: f64 = pairs
                .iter()
                .map(|(one, other)| {
                    let (dx, dy) = (places[*one].0 - places[*other].0, places[*one].1 - places[*other].1);
                    (dx * dx + dy * dy).sqrt()
                })
                .sum();
            sum / pairs.len() as f64
        };
        assert!(mean(&[(0, 1), (2, 3), (6, 7)]) < 0.6 * mean(&[(0, 9), (1, 8), (2, 7)]));
    }
}

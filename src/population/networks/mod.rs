//! Networks: who knows whom, and how well.
//!
//! A [`Network`] says how ties come about; [`Network::ties`] lays them out as [`Ties`], flat arrays that hold each tie at both of its ends.
//! Every draw is addressed by layer and person, so that the same people have the same ties in every condition, and a person more leaves most
//! ties as they were.
//!
//! | network      | ties                                                          | file            |
//! |--------------|---------------------------------------------------------------|-----------------|
//! | ring         | to the nearest on a circle                                    | [`small_world`] |
//! | small world  | as a ring, some of them led elsewhere                         | [`small_world`] |
//! | random       | each pair with the same chance                                | [`chance`]      |
//! | blocks       | each pair with a chance that is larger within a block         | [`chance`]      |
//! | scale-free   | newcomers tie themselves to those who have many               | [`scale_free`]  |
//! | groups       | everybody within groups of one size                           | [`groups`]      |
//! | complete     | everybody with everybody                                      | [`groups`]      |
//! | file         | as observed                                                   | [`contacts`]    |

pub mod chance;
pub mod contacts;
pub mod groups;
pub mod scale_free;
pub mod small_world;
mod ties;

pub use ties::{TiedTwice, Ties};

use crate::random::Stream;

/// How the ties of a layer come about.
#[derive(Debug, Clone, PartialEq)]
pub enum Network {
    /// On a circle, to as many of the nearest; an even number.
    Ring {
        /// Ties of a person.
        degree: u32,
    },
    /// As a ring, each tie led elsewhere with this chance (Watts & Strogatz 1998).
    SmallWorld {
        /// Ties of a person, on average; an even number.
        degree: u32,
        /// Chance that a tie is led elsewhere, in \[0, 1\].
        rewire: f64,
    },
    /// Every pair with the same chance (Gilbert 1959).
    Random {
        /// Ties of a person, on average.
        degree: f64,
    },
    /// Blocks of people, more densely tied within (Holland, Laskey & Leinhardt 1983).
    Blocks {
        /// Ties of a person, on average.
        degree: f64,
        /// People in a block; the last one may have fewer.
        size: u32,
        /// Share of ties that stay within the block, in \[0, 1\].
        within: f64,
    },
    /// Newcomers tie themselves to those who have many ties (Barabási & Albert 1999).
    ScaleFree {
        /// Ties of a person, on average: twice the ties of a newcomer.
        degree: u32,
    },
    /// Everybody within groups of one size.
    Groups {
        /// People in a group; where people do not fill all groups, some have fewer.
        size: u32,
    },
    /// Everybody with everybody.
    Complete,
    /// Ties that were observed.
    Observed(Ties),
    /// No ties: whoever is met is anybody.
    Strangers,
}

impl Network {
    /// The ties among so many people, from draws of [`Process::Ties`](crate::random::Process) under the [number](number_of) of the layer.
    pub fn ties(&self, people: u32, stream: &Stream) -> Ties {
        let pairs = match self {
            Self::Ring { degree } => small_world::ring(people, *degree),
            Self::SmallWorld { degree, rewire } => small_world::pairs(people, *degree, *rewire, stream),
            Self::Random { degree } => chance::random(people, *degree, stream),
            Self::Blocks { degree, size, within } => chance::blocks(people, *degree, *size, *within, stream),
            Self::ScaleFree { degree } => scale_free::pairs(people, degree / 2, stream),
            Self::Groups { size } => groups::pairs(&groups::seats(people, *size, stream)),
            Self::Complete => groups::pairs(&vec![0; people as usize]),
            Self::Observed(ties) => return ties.clone(),
            Self::Strangers => Vec::new(),
        };
        Ties::new(people, pairs).expect("generators tie each pair once, and nobody to themselves")
    }
}

/// The number under which a layer of this name draws, below 2²⁴: its place in the file must not matter.
///
/// FNV-1a (Fowler, Noll & Vo), folded to 24 bits.
pub fn number_of(layer: &str) -> u32 {
    let hash = layer.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    (hash >> 24) ^ (hash & 0x00ff_ffff)
}

/// One of `count` places for a draw, so that one place more moves few draws: a share of 1/(`count` + 1).
///
/// Jump consistent hash (Lamping & Veach 2014, "A fast, minimal memory, consistent hash algorithm"), with the places drawn from 64 bits.
///
/// # Limits
///
/// Uniform over places; 0 where there is one place.
pub fn place_of(draw: u64, count: u32) -> u32 {
    let (mut key, mut place, mut next) = (draw, 0_u64, 0_u64);
    while next < u64::from(count) {
        place = next;
        key = key.wrapping_mul(2_862_933_555_777_941_757).wrapping_add(1);
        let scale = (1_u64 << 31) as f64 / ((key >> 33) + 1) as f64;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a saturated number ends the loop"
        )]
        {
            next = ((place + 1) as f64 * scale) as u64;
        }
    }
    #[expect(clippy::cast_possible_truncation, reason = "below `count`")]
    {
        place as u32
    }
}

/// 64 bits of one person's draw of this number.
fn draw(stream: &Stream, person: u32, number: u32) -> u64 {
    let [low, high, ..] = stream.bits(person, number);
    u64::from(high) << 32 | u64::from(low)
}

/// A number in (0, 1) of 64 bits.
fn unit(draw: u64) -> f64 {
    ((draw >> 12) as f64 + 0.5) / (1_u64 << 52) as f64
}

/// The draws of a layer, for tests.
#[cfg(test)]
fn stream(layer: &str, seed: u64, replicate: u32) -> Stream {
    Stream::new(seed, replicate, crate::random::Process::Ties, number_of(layer))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Process;

    /// All generators, small enough to be looked at and large enough to have structure.
    fn networks() -> Vec<Network> {
        vec![
            Network::Ring { degree: 6 },
            Network::SmallWorld { degree: 6, rewire: 0.2 },
            Network::Random { degree: 6.0 },
            Network::Blocks {
                degree: 6.0,
                size: 25,
                within: 0.7,
            },
            Network::ScaleFree { degree: 6 },
            Network::Groups { size: 7 },
        ]
    }

    #[test]
    fn both_ends_agree_and_nobody_is_tied_to_themselves() {
        for network in networks() {
            let ties = network.ties(500, &stream("friends", 3, 0));
            for person in 0..500 {
                for (other, _) in ties.of(person) {
                    assert_ne!(other, person, "{network:?}");
                    assert!(ties.of(other).any(|(back, _)| back == person), "{network:?}");
                }
            }
        }
    }

    /// Ring-like networks and those of newcomers keep all old ties but a few; chance loses as much as its density falls.
    #[test]
    fn a_person_more_leaves_most_ties_as_they_were() {
        for network in networks() {
            let pairs = |people| {
                network
                    .ties(people, &stream("friends", 3, 0))
                    .pairs()
                    .collect::<Vec<_>>()
            };
            let (before, after) = (pairs(500), pairs(501));
            let kept = before.iter().filter(|pair| after.binary_search(pair).is_ok()).count();
            assert!(
                kept as f64 > 0.97 * before.len() as f64,
                "{network:?}: {kept} of {}",
                before.len()
            );
        }
    }

    #[test]
    fn layers_seeds_and_communities_differ_and_repeat() {
        let network = Network::Random { degree: 6.0 };
        let ties = network.ties(300, &stream("friends", 3, 0));
        assert_eq!(ties, network.ties(300, &stream("friends", 3, 0)));
        for other in [
            network.ties(300, &stream("ward", 3, 0)),
            network.ties(300, &stream("friends", 4, 0)),
            network.ties(300, &stream("friends", 3, 1)),
        ] {
            assert_ne!(ties, other);
        }
    }

    #[test]
    fn places_are_uniform_and_one_more_moves_few() {
        let mut counts = [0_u32; 10];
        let (mut moved, draws) = (0, 20_000);
        for number in 0..draws {
            let bits = draw(&Stream::new(1, 0, Process::Ties, 0), number, 0);
            counts[place_of(bits, 10) as usize] += 1;
            moved += u32::from(place_of(bits, 10) != place_of(bits, 11));
        }
        // Binomial(20,000, 1/10): SD 42; (20,000, 1/11): SD 41. Five SD.
        assert!(counts.iter().all(|count| count.abs_diff(2_000) < 212), "{counts:?}");
        assert!(moved.abs_diff(1_818) < 205, "{moved}");
        assert_eq!(place_of(u64::MAX, 1), 0);
    }

    #[test]
    fn strangers_have_no_ties_and_everybody_has_all_in_a_complete_network() {
        assert_eq!(Network::Strangers.ties(5, &stream("street", 1, 0)).directed(), 0);
        let complete = Network::Complete.ties(5, &stream("all", 1, 0));
        assert!((0..5).all(|person| complete.degree(person) == 4));
    }
}

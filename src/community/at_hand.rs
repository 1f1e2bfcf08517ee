//! Who is at hand: those among whom a need arises.

use super::contacts::{Contacts, days_below, of_16_bits};
use super::day::Today;
use super::needs::InNeed;
use crate::population::networks::{Network, Ties, number_of, place_of};
use crate::random::{Process, Stream};
use crate::scenario::{Layer, Need};

/// Most who are at hand in one need.
const MOST: usize = 100;

/// People at hand in the needs of a day.
#[derive(Debug, Default)]
pub(super) struct Gatherings {
    /// Each need with those at hand, kinds in the order of the file, in them people in theirs.
    pub(super) all: Vec<Gathering>,
    /// Those at hand, need after need.
    pub(super) witnesses: Vec<Witness>,
}

/// Somebody in need, and who is at hand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gathering {
    /// Which kind of need.
    pub(super) need: usize,
    /// Who is in need.
    pub(super) person: u32,
    /// The first of those at hand among [`Gatherings::witnesses`], and how many they are.
    pub(super) first: usize,
    /// How many are at hand.
    pub(super) count: usize,
}

/// Somebody at hand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Witness {
    /// Who.
    pub(super) person: u32,
    /// Their tie to the one in need, and that one's tie to them, among the ties of the layer; none of strangers.
    pub(super) ties: Option<(usize, usize)>,
}

impl Gathering {
    /// Where those at hand stand among all.
    pub(super) fn witnesses(&self) -> std::ops::Range<usize> {
        self.first..self.first + self.count
    }
}

impl Gatherings {
    /// Adds the needs of a kind with those at hand, who come from this layer.
    pub(super) fn add(
        &mut self,
        number: usize,
        need: &Need,
        (layer, ties, contacts): (&Layer, &Ties, &Contacts),
        arisen: &[InNeed],
        today: &Today,
    ) {
        for in_need in arisen {
            let first = self.witnesses.len();
            match layer.network {
                Network::Strangers => self.add_strangers(need, *in_need, ties.people(), today),
                _ => self.add_tied(need, layer, ties, contacts, in_need.person, today),
            }
            self.all.push(Gathering {
                need: number,
                person: in_need.person,
                first,
                count: self.witnesses.len() - first,
            });
        }
    }

    /// Of those whom a person meets today, each with the same chance.
    fn add_tied(&mut self, need: &Need, layer: &Layer, ties: &Ties, contacts: &Contacts, person: u32, today: &Today) {
        let first = self.witnesses.len();
        let share = of_16_bits(need.witnesses / layer.contacts_per_day.max(f64::MIN_POSITIVE));
        let stream = today.week.stream(Process::AtHand, &need.name);
        let own = ties.range(person);
        for (tie, days) in own.clone().zip(contacts.of(own)) {
            if days >> today.weekday & 1 == 0 || self.witnesses.len() - first == MOST {
                continue;
            }
            let other = ties.others()[tie];
            if days_below(stream.bits(person, other), share) >> today.weekday & 1 == 1 {
                let back = ties.range(other);
                let place = ties.others()[back.clone()].binary_search(&person);
                let place = place.expect("ties are held at both ends");
                self.witnesses.push(Witness {
                    person: other,
                    ties: Some((back.start + place, tie)),
                });
            }
        }
    }

    /// Anybody, as many as a Poisson number says.
    fn add_strangers(&mut self, need: &Need, in_need: InNeed, people: u32, today: &Today) {
        let first = self.witnesses.len();
        let wanted = poisson(need.witnesses, in_need.bits).min(MOST).min(people as usize - 1);
        let stream = Stream::new(
            today.week.seed,
            today.week.replicate,
            Process::AtHand,
            number_of(&need.name),
        );
        let mut tries = 0;
        while self.witnesses.len() - first < wanted && tries < 16 * MOST as u32 {
            let [low, high, ..] = stream.bits(in_need.person, today.number << 16 | tries);
            tries += 1;
            let person = place_of(u64::from(high) << 32 | u64::from(low), people);
            let known = self.witnesses[first..].iter().any(|witness| witness.person == person);
            if person != in_need.person && !known {
                self.witnesses.push(Witness { person, ties: None });
            }
        }
    }
}

/// A Poisson number of this mean, from 32 bits, by adding up its chances.
fn poisson(mean: f64, bits: u32) -> usize {
    let draw = (f64::from(bits) + 0.5) / 4_294_967_296.0;
    let mut chance = libm::exp(-mean);
    let (mut sum, mut number) = (chance, 0_usize);
    while draw > sum && number < MOST {
        number += 1;
        chance *= mean / number as f64;
        sum += chance;
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Mean 3 of 20,000 numbers: SD √(3/20,000) = .012; five SD.
    #[test]
    fn poisson_numbers_have_their_mean_and_variance() {
        let stream = Stream::new(3, 0, Process::AtHand, 0);
        let numbers: Vec<f64> = (0..20_000)
            .map(|person| poisson(3.0, stream.bits::<u32>(person, 0)[0]) as f64)
            .collect();
        let mean = numbers.iter().sum::<f64>() / 20_000.0;
        let variance = numbers
            .iter()
            .map(|number| (number - mean) * (number - mean))
            .sum::<f64>()
            / 20_000.0;
        assert!(
            (mean - 3.0).abs() < 0.06 && (variance - 3.0).abs() < 0.2,
            "{mean} {variance}"
        );
        assert_eq!(poisson(0.0, u32::MAX), 0);
    }
}

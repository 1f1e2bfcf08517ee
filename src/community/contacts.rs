//! Who meets whom: which ties of a layer are met on which days of a week.

use super::day::Week;
use crate::engine::block::BLOCK;
use crate::engine::driver::each;
use crate::engine::life::DAYS_PER_WEEK;
use crate::lanes::{Bits, Job, Level, Real};
use crate::population::networks::{Ties, number_of};
use crate::random::{Process, Stream};
use crate::scenario::Layer;

/// Bits of an encounter number that say the week; the others say what for.
const WEEK_BITS: u32 = 10;

/// Bits of an encounter number that say what for.
const PURPOSE_BITS: u32 = 14;

/// Pairs that are drawn at a time: a multiple of every register's width.
const AT_ONCE: usize = 256;

/// The days of a week on which each tie is met: a bit for each day, ties in the order of [`Ties::others`].
#[derive(Debug, Clone, Default)]
pub(super) struct Contacts(Vec<u8>);

impl Contacts {
    /// The days of a week, the same at both ends of a tie.
    ///
    /// A tie of strength `s` when it was formed is met on a day with the chance `c s / mean sum of s`, at most 1, where `c` is how many are met on average.
    pub(super) fn of_week(layer: &Layer, ties: &Ties, week: Week, level: Level) -> Self {
        let total: f64 = ties.strengths().iter().map(|strength| f64::from(*strength)).sum();
        let per_strength = layer.contacts_per_day * f64::from(ties.people()) / total.max(f64::MIN_POSITIVE);
        let stream = week.stream(Process::Contacts, &layer.name);
        let blocks: Vec<u32> = (0..ties.people()).step_by(BLOCK as usize).collect();
        let parts = each(blocks, |first| {
            let people = first..ties.people().min(first + BLOCK);
            level.run(Draw {
                ties,
                people,
                stream,
                per_strength,
            })
        });
        Self(parts.concat())
    }

    /// The days on which a tie is met.
    pub(super) fn days(&self, tie: usize) -> u8 {
        self.0[tie]
    }

    /// The days of ties that stand together.
    pub(super) fn of(&self, ties: std::ops::Range<usize>) -> &[u8] {
        &self.0[ties]
    }
}

impl Week {
    /// The draws of this week for a purpose.
    pub(super) fn stream(&self, process: Process, purpose: &str) -> Stream {
        let purpose = number_of(purpose) & ((1 << PURPOSE_BITS) - 1);
        Stream::new(self.seed, self.replicate, process, purpose << WEEK_BITS | self.number)
    }
}

/// The chance as a number of 16 bits, of which a draw must stay below.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 0 and 65,536"
)]
pub(super) fn of_16_bits(chance: f64) -> u32 {
    (chance.clamp(0.0, 1.0) * 65_536.0).round() as u32
}

/// The bits of each day of a week on which a draw of 16 bits stays below a threshold.
pub(super) fn days_below(bits: [u32; 4], threshold: u32) -> u8 {
    let mut days = 0;
    for day in 0..DAYS_PER_WEEK {
        let word = bits[(day / 2) as usize];
        let half = if day % 2 == 0 { word & 0xffff } else { word >> 16 };
        days |= u8::from(half < threshold) << day;
    }
    days
}

struct Draw<'a> {
    ties: &'a Ties,
    people: std::ops::Range<u32>,
    stream: Stream,
    per_strength: f64,
}

impl Job for Draw<'_> {
    type Output = Vec<u8>;

    #[inline(always)]
    fn run<R: Real>(self) -> Vec<u8> {
        let first = self.ties.range(self.people.start).start;
        let end = self.ties.range(self.people.end - 1).end;
        let (mut low, mut high) = (vec![0_u32; end - first], vec![0_u32; end - first]);
        for person in self.people.clone() {
            for tie in self.ties.range(person) {
                let other = self.ties.others()[tie];
                low[tie - first] = person.min(other);
                high[tie - first] = person.max(other);
            }
        }
        let strengths = &self.ties.strengths()[first..end];
        let mut days = Vec::with_capacity(end - first);
        let mut words = [[0_u32; AT_ONCE]; 4];
        let (mut these, mut those) = ([0_u32; AT_ONCE], [0_u32; AT_ONCE]);
        for at in (0..end - first).step_by(AT_ONCE) {
            let count = AT_ONCE.min(end - first - at);
            these[..count].copy_from_slice(&low[at..at + count]);
            those[..count].copy_from_slice(&high[at..at + count]);
            for lane in (0..count).step_by(R::WIDTH) {
                let drawn = self
                    .stream
                    .bits_at(R::Bits::load(&these[lane..]), R::Bits::load(&those[lane..]));
                for (word, bits) in words.iter_mut().zip(drawn) {
                    bits.store(&mut word[lane..]);
                }
            }
            for place in 0..count {
                let threshold = of_16_bits(self.per_strength * f64::from(strengths[at + place]));
                days.push(days_below(std::array::from_fn(|word| words[word][place]), threshold));
            }
        }
        days
    }
}

//! Needs: who is in need today, and of what kind.

use super::day::Today;
use crate::engine::block::BLOCK;
use crate::engine::driver::each;
use crate::engine::life::DAYS_PER_WEEK;
use crate::lanes::{Bits, Job, Level, Real};
use crate::population::networks::number_of;
use crate::random::{Process, Stream};
use crate::scenario::Need;

/// Somebody in need today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct InNeed {
    /// Who.
    pub(super) person: u32,
    /// Bits of this need beside those that it arises by.
    pub(super) bits: u32,
}

/// Who is in need of a kind today, in the order of people.
///
/// A need arises with the chance `rate / 7` a day, of each person and kind by itself.
pub(super) fn of_today(need: &Need, people: u32, today: &Today, level: Level) -> Vec<InNeed> {
    let chance = need.per_person_per_week / f64::from(DAYS_PER_WEEK);
    if chance <= 0.0 {
        return Vec::new();
    }
    let stream = Stream::new(
        today.week.seed,
        today.week.replicate,
        Process::Needs,
        number_of(&need.name),
    );
    let blocks: Vec<u32> = (0..people).step_by(BLOCK as usize).collect();
    let parts = each(blocks, |first| {
        level.run(Draw {
            stream,
            people: first..people.min(first + BLOCK),
            day: today.number,
            threshold: of_32_bits(chance),
        })
    });
    parts.concat()
}

/// A chance as a number of 32 bits, of which a draw must stay below.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 0 and 2³²"
)]
fn of_32_bits(chance: f64) -> u64 {
    (chance.clamp(0.0, 1.0) * 4_294_967_296.0).round() as u64
}

struct Draw {
    stream: Stream,
    people: std::ops::Range<u32>,
    day: u32,
    threshold: u64,
}

impl Job for Draw {
    type Output = Vec<InNeed>;

    #[inline(always)]
    fn run<R: Real>(self) -> Vec<InNeed> {
        const MOST: usize = 32;
        let mut arisen = Vec::new();
        let (mut numbers, mut first, mut second) = ([0_u32; MOST], [0_u32; MOST], [0_u32; MOST]);
        for start in self.people.clone().step_by(R::WIDTH) {
            for (number, person) in numbers.iter_mut().zip(start..) {
                *number = person;
            }
            let [decides, others, ..] = self.stream.bits(R::Bits::load(&numbers), self.day);
            decides.store(&mut first);
            others.store(&mut second);
            for (lane, person) in (start..self.people.end).take(R::WIDTH).enumerate() {
                if u64::from(first[lane]) < self.threshold {
                    arisen.push(InNeed {
                        person,
                        bits: second[lane],
                    });
                }
            }
        }
        arisen
    }
}

//! The generator's bits in the orders in which the engine uses them, without end, for TestU01: `run.sh` beside this file.

use compassion::engine::RandomStreams;
use compassion::lanes::{Bits, Job, Level, Real};
use compassion::random::Stream;
use std::io::{self, BufWriter, Write};

/// Seed of the flagship scenario.
const SEED: u64 = 20_140_509;

/// Blocks of 32 steps that an encounter of 80 steps takes.
const BLOCKS: u32 = 3;

/// Widest register, in lanes.
const WIDEST: usize = 16;

/// An order in which bits are read.
#[derive(Clone, Copy)]
enum Order {
    /// Lanes side by side, block of steps after block of steps, each of the three words that a person's shocks come from.
    Lanes,
    /// The shocks themselves: step by step the sign for helping of each lane, then that for leaving.
    Shocks,
    /// One person after the other, each with all their words.
    Persons,
    /// Uniform numbers in (0, 1) as drawn for today's deviations, all 23 bits of them.
    Uniforms,
    /// The same person in one fresh population after the other.
    Replicates,
    /// The same person under one seed after the other.
    Seeds,
    /// Not ours: a linear congruential generator that must fail.
    Control,
}

const ORDERS: [(&str, Order); 7] = [
    ("lanes", Order::Lanes),
    ("shocks", Order::Shocks),
    ("persons", Order::Persons),
    ("uniforms", Order::Uniforms),
    ("replicates", Order::Replicates),
    ("seeds", Order::Seeds),
    ("control", Order::Control),
];

fn main() {
    let order = std::env::args().find_map(|it| ORDERS.into_iter().find(|(name, _)| *name == it));
    let Some((_, order)) = order else {
        println!("`benches/randomness/run.sh` feeds these bits to TestU01");
        return;
    };
    let mut words = Words(BufWriter::with_capacity(1 << 16, io::stdout().lock()));
    let ended = match order {
        Order::Lanes | Order::Shocks | Order::Uniforms => Level::best().run(Side {
            order,
            words: &mut words,
        }),
        Order::Persons => persons(&mut words),
        Order::Replicates => many(&mut words, |it| RandomStreams::new(SEED, it, 0).tendencies),
        Order::Seeds => many(&mut words, |it| RandomStreams::new(u64::from(it), 0, 0).tendencies),
        Order::Control => control(&mut words),
    };
    // The battery stops reading once it has enough.
    if let Err(error) = ended {
        assert_eq!(error.kind(), io::ErrorKind::BrokenPipe, "{error}");
    }
}

/// Where words go.
struct Words<W: Write>(BufWriter<W>);

impl<W: Write> Words<W> {
    fn put(&mut self, word: u32) -> io::Result<()> {
        self.0.write_all(&word.to_le_bytes())
    }
}

/// People side by side in lanes.
struct Side<'a, W: Write> {
    order: Order,
    words: &'a mut Words<W>,
}

impl<W: Write> Job for Side<'_, W> {
    type Output = io::Result<()>;

    #[inline(always)]
    fn run<R: Real>(self) -> io::Result<()> {
        let streams = RandomStreams::new(SEED, 0, 0);
        let mut left = Bitstring::default();
        for first in (0..u32::MAX - WIDEST as u32).step_by(R::WIDTH) {
            let numbers: Vec<u32> = (first..).take(R::WIDTH).collect();
            let agents = R::Bits::load(&numbers);
            if matches!(self.order, Order::Uniforms) {
                for bits in streams.occasion.bits(agents, 0) {
                    let mut lanes = [0.0; WIDEST];
                    R::uniform(bits).store(&mut lanes);
                    for uniform in &lanes[..R::WIDTH] {
                        left.push((uniform * 8_388_608.0) as u32, 23, self.words)?;
                    }
                }
                continue;
            }
            for block in 0..BLOCKS {
                let words = streams.tendencies.bits(agents, block);
                if matches!(self.order, Order::Lanes) {
                    for word in &words[..3] {
                        let mut lanes = [0; WIDEST];
                        word.store(&mut lanes);
                        lanes[..R::WIDTH].iter().try_for_each(|it| self.words.put(*it))?;
                    }
                } else {
                    for index in 0..32 {
                        for word in &words[..2] {
                            let mut lanes = [0.0; WIDEST];
                            R::one().flip_sign(*word, index).store(&mut lanes);
                            for sign in &lanes[..R::WIDTH] {
                                left.push(u32::from(*sign < 0.0), 1, self.words)?;
                            }
                        }
                    }
                }
            }
        }
        Ok(())
    }
}

/// Bits that do not make a word yet.
#[derive(Default)]
struct Bitstring {
    bits: u64,
    count: u32,
}

impl Bitstring {
    /// Appends the lowest `count` bits of a number.
    fn push<W: Write>(&mut self, number: u32, count: u32, words: &mut Words<W>) -> io::Result<()> {
        self.bits = self.bits << count | u64::from(number);
        self.count += count;
        if self.count >= 32 {
            self.count -= 32;
            words.put((self.bits >> self.count) as u32)?;
            self.bits &= (1 << self.count) - 1;
        }
        Ok(())
    }
}

fn persons<W: Write>(words: &mut Words<W>) -> io::Result<()> {
    let streams = RandomStreams::new(SEED, 0, 0);
    for agent in 0..u32::MAX {
        for block in 0..BLOCKS {
            let bits = streams.tendencies.bits(agent, block);
            bits.into_iter().try_for_each(|it| words.put(it))?;
        }
    }
    Ok(())
}

fn many<W: Write>(words: &mut Words<W>, stream: impl Fn(u32) -> Stream) -> io::Result<()> {
    for number in 0..u32::MAX {
        let bits = stream(number).bits(0_u32, 0);
        bits.into_iter().try_for_each(|it| words.put(it))?;
    }
    Ok(())
}

fn control<W: Write>(words: &mut Words<W>) -> io::Result<()> {
    let mut state = 1_u32;
    loop {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        words.put(state)?;
    }
}

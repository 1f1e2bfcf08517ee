//! The operations of one step without any of them waiting for another.

use super::STEPS_PER_BLOCK;
use super::counting::Counts;
use super::processor;
use compassion::engine::RandomStreams;
use compassion::lanes::{Bits as _, Job, Mask as _, Real};
use std::hint::black_box;

/// What one step does; the bench counts it anew and stops if this is no longer so.
pub const MIX: Counts = Counts {
    additions: 38,
    multiplications: 43,
    divisions: 4,
    extremes: 5,
    comparisons: 2,
    choices: 3,
    signs: 2,
    masks: 8,
    products: 0,
    exclusive_ors: 0,
};

/// As many operations of each kind as a step has, spread evenly, each on the register that has rested longest.
///
/// `a` addition, `m` multiplication, `d` division, `x` the larger of two, `c` a comparison and a choice by it, `b` a choice,
/// `s` the addition of a shock of one of two words, `l` a comparison and a look at the mask.
/// Of the operations on masks only that of `l` is here: the others are how the engine lets those who have decided stand still.
macro_rules! operations {
    ($self:ident; ($($r:ident)*);) => {};
    ($self:ident; ($first:ident $($r:ident)*); a $($rest:tt)*) => {
        $first = $first + $self.addend;
        operations!($self; ($($r)* $first); $($rest)*);
    };
    ($self:ident; ($first:ident $($r:ident)*); m $($rest:tt)*) => {
        $first = $first * $self.factor;
        operations!($self; ($($r)* $first); $($rest)*);
    };
    ($self:ident; ($first:ident $($r:ident)*); d $($rest:tt)*) => {
        $first = $first / $self.divisor;
        operations!($self; ($($r)* $first); $($rest)*);
    };
    ($self:ident; ($first:ident $($r:ident)*); x $($rest:tt)*) => {
        $first = $first.max($self.least);
        operations!($self; ($($r)* $first); $($rest)*);
    };
    ($self:ident; ($first:ident $($r:ident)*); c $($rest:tt)*) => {
        $first = R::select($first.less($self.bound), $first, $self.bound);
        operations!($self; ($($r)* $first); $($rest)*);
    };
    ($self:ident; ($first:ident $($r:ident)*); b $($rest:tt)*) => {
        $first = R::select($self.active, $first, $self.bound);
        operations!($self; ($($r)* $first); $($rest)*);
    };
    ($self:ident; ($first:ident $($r:ident)*); l $($rest:tt)*) => {
        $self.seen |= $self.active.and_not($first.less($self.bound)).bits();
        operations!($self; ($($r)* $first); $($rest)*);
    };
    ($self:ident; ($first:ident $($r:ident)*); s $word:literal $($rest:tt)*) => {
        $first = $first + $self.addend.flip_sign($self.bits[$word], $self.index);
        operations!($self; ($($r)* $first); $($rest)*);
    };
}

struct Operands<R: Real> {
    addend: R,
    factor: R,
    divisor: R,
    least: R,
    bound: R,
    active: R::Mask,
    bits: [R::Bits; 4],
    index: u32,
    seen: u32,
}

/// Runs the mix for so many blocks of steps: seconds for each agent-step.
pub struct Independent {
    pub blocks: u32,
}

impl Job for Independent {
    type Output = f64;

    #[inline(always)]
    fn run<R: Real>(self) -> f64 {
        let numbers: Vec<u32> = (0..R::WIDTH as u32).collect();
        let agents = R::Bits::load(&numbers);
        let streams = RandomStreams::new(7, 0, 0);
        let s = |value: f64| R::splat(black_box(value));
        let mut it = Operands {
            addend: s(0.001),
            factor: s(0.999),
            divisor: s(1.001),
            least: s(0.01),
            bound: s(10.0),
            active: R::zero().less(R::one()),
            bits: [agents; 4],
            index: 0,
            seen: 0,
        };
        let (mut r0, mut r1, mut r2, mut r3) = (s(0.1), s(0.2), s(0.3), s(0.4));
        let (mut r4, mut r5, mut r6, mut r7) = (s(0.5), s(0.6), s(0.7), s(0.8));
        let (mut r8, mut r9, mut r10, mut r11) = (s(0.9), s(1.0), s(1.1), s(1.2));
        let started = processor::seconds();
        for block in 0..self.blocks {
            it.bits = streams.tendencies.bits(agents, block);
            for index in 0..STEPS_PER_BLOCK {
                it.index = index;
                operations!(it; (r0 r1 r2 r3 r4 r5 r6 r7 r8 r9 r10 r11);
                    m m m a m a m a m a x m a d m a m a m m a m a m a m a x m a m a m a d m m a m a m a m a c l m b s 0 b s 1 x a m a m a
                    m a m m a d m a m a m x a m a m a m a m m a m a m a d m x a m a m a m a m
                );
            }
        }
        let took = processor::seconds() - started;
        let sum = r0 + r1 + r2 + r3 + r4 + r5 + r6 + r7 + r8 + r9 + r10 + r11;
        let mut kept = [0.0; 16];
        sum.store(&mut kept);
        black_box((kept, it.seen));
        took / f64::from(self.blocks * STEPS_PER_BLOCK) / R::WIDTH as f64
    }
}

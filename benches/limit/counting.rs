//! A number that counts what is done with it.

use compassion::lanes::{Bits, Mask, Real};
use std::cell::RefCell;
use std::ops::{Add, Div, Mul, Neg, Sub};

/// How often each kind of operation was done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Additions and subtractions.
    pub additions: u32,
    pub multiplications: u32,
    pub divisions: u32,
    /// Larger or smaller of two.
    pub extremes: u32,
    pub comparisons: u32,
    /// One or the other, by a mask.
    pub choices: u32,
    /// Shocks whose sign a bit turns: a shift, an and, an exclusive or.
    pub signs: u32,
    /// Operations on masks.
    pub masks: u32,
    /// 64-bit products of the generator.
    pub products: u32,
    /// Exclusive ors of the generator.
    pub exclusive_ors: u32,
}

impl Counts {
    /// All operations on floating-point numbers.
    pub fn floating(&self) -> u32 {
        self.additions + self.multiplications + self.divisions + self.extremes + self.comparisons + self.choices
    }
}

thread_local! {
    static COUNTS: RefCell<Counts> = RefCell::default();
}

/// One more operation of a kind.
fn count(kind: impl FnOnce(&mut Counts) -> &mut u32) {
    COUNTS.with_borrow_mut(|it| *kind(it) += 1);
}

/// What is done while something runs.
pub fn counted<T>(work: impl FnOnce() -> T) -> (T, Counts) {
    COUNTS.set(Counts::default());
    let result = work();
    (result, COUNTS.take())
}

/// A single-precision number that counts.
#[derive(Clone, Copy)]
pub struct Counting(pub f32);

/// An answer that counts.
#[derive(Clone, Copy)]
pub struct CountingMask(bool);

/// A whole number that counts.
#[derive(Clone, Copy)]
pub struct CountingBits(pub u32);

macro_rules! arithmetic {
    ($operation:ident, $method:ident, $kind:ident, $symbol:tt) => {
        impl $operation for Counting {
            type Output = Self;
            fn $method(self, other: Self) -> Self {
                count(|it| &mut it.$kind);
                Self(self.0 $symbol other.0)
            }
        }
    };
}

arithmetic!(Add, add, additions, +);
arithmetic!(Sub, sub, additions, -);
arithmetic!(Mul, mul, multiplications, *);
arithmetic!(Div, div, divisions, /);

impl Neg for Counting {
    type Output = Self;
    fn neg(self) -> Self {
        count(|it| &mut it.additions);
        Self(-self.0)
    }
}

impl Real for Counting {
    const WIDTH: usize = 1;
    type Mask = CountingMask;
    type Wide = Self;
    type Bits = CountingBits;

    fn splat(value: f64) -> Self {
        Self(value as f32)
    }

    fn load(values: &[f32]) -> Self {
        Self(values[0])
    }

    fn store(self, values: &mut [f32]) {
        values[0] = self.0;
    }

    fn max(self, other: Self) -> Self {
        count(|it| &mut it.extremes);
        Self(self.0.max(other.0))
    }

    fn min(self, other: Self) -> Self {
        count(|it| &mut it.extremes);
        Self(self.0.min(other.0))
    }

    fn sqrt(self) -> Self {
        unreachable!("no step takes a root")
    }

    fn less(self, other: Self) -> CountingMask {
        count(|it| &mut it.comparisons);
        CountingMask(self.0 < other.0)
    }

    fn select(mask: CountingMask, yes: Self, no: Self) -> Self {
        count(|it| &mut it.choices);
        if mask.0 { yes } else { no }
    }

    fn only(self, mask: CountingMask) -> Self {
        count(|it| &mut it.masks);
        Self(if mask.0 { self.0 } else { 0.0 })
    }

    fn round(self) -> Self {
        unreachable!("no step rounds")
    }

    fn power_of_two(self) -> Self {
        unreachable!("no step takes an exponential")
    }

    fn mantissa_exponent(self) -> (Self, Self) {
        unreachable!("no step takes a logarithm")
    }

    fn uniform(_: CountingBits) -> Self {
        unreachable!("no step draws a uniform number")
    }

    fn flip_sign(self, bits: CountingBits, index: u32) -> Self {
        count(|it| &mut it.signs);
        Self(if bits.0 >> index & 1 == 1 { -self.0 } else { self.0 })
    }

    fn store_together(self, _: CountingMask, _: &mut [f32]) {
        unreachable!("no step moves people")
    }
}

impl Mask for CountingMask {
    const WIDTH: usize = 1;

    fn bits(self) -> u32 {
        count(|it| &mut it.masks);
        u32::from(self.0)
    }

    fn and(self, other: Self) -> Self {
        count(|it| &mut it.masks);
        Self(self.0 && other.0)
    }

    fn and_not(self, other: Self) -> Self {
        count(|it| &mut it.masks);
        Self(self.0 && !other.0)
    }

    fn or(self, other: Self) -> Self {
        count(|it| &mut it.masks);
        Self(self.0 || other.0)
    }
}

impl Bits for CountingBits {
    const WIDTH: usize = 1;
    type Mask = CountingMask;

    fn splat(value: u32) -> Self {
        Self(value)
    }

    fn load(values: &[u32]) -> Self {
        Self(values[0])
    }

    fn store(self, values: &mut [u32]) {
        values[0] = self.0;
    }

    fn store_together(self, _: CountingMask, _: &mut [u32]) {
        unreachable!("no step moves people")
    }

    fn xor(self, other: Self) -> Self {
        count(|it| &mut it.exclusive_ors);
        Self(self.0 ^ other.0)
    }

    fn multiply_wide(self, constant: u32) -> (Self, Self) {
        count(|it| &mut it.products);
        let product = u64::from(self.0) * u64::from(constant);
        (Self((product >> 32) as u32), Self(product as u32))
    }
}

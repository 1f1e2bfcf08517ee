//! Vector lanes: the numbers in which the equations are written.
//!
//! Every equation of the model is a function over [`Real`].
//! `f64` implements it (the readable reference), and so do the lanes: [`Plain`] everywhere, and SSE2, AVX2, AVX-512 and WebAssembly registers where there are any.
//! Lanes compute in single precision with plain `+ − × ÷ √` only, never with a fused multiply-add or an approximate reciprocal,
//! so that each lane holds the same bits at every width.

use std::ops::{Add, Div, Mul, Neg, Sub};

pub mod functions;
mod level;
mod plain;
mod reference;
mod twice;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod wasm;
#[cfg(target_arch = "x86_64")]
mod x86;

pub use level::{Job, Level};
pub use plain::Plain;
pub use twice::Twice;

/// A number, or several side by side.
pub trait Real:
    Copy + Add<Output = Self> + Sub<Output = Self> + Mul<Output = Self> + Div<Output = Self> + Neg<Output = Self>
{
    /// How many numbers stand side by side.
    const WIDTH: usize;

    /// The answer to a comparison, one for each lane.
    type Mask: Mask;

    /// Whole numbers of 32 bits, one for each lane.
    type Bits: Bits<Mask = Self::Mask>;

    /// The lanes for long work on many people: two registers as one where the processor has room for both.
    type Wide: Real;

    /// The same value in every lane.
    fn splat(value: f64) -> Self;

    /// The first `WIDTH` numbers of a slice.
    ///
    /// # Panics
    ///
    /// If the slice is shorter than `WIDTH`.
    fn load(values: &[f32]) -> Self;

    /// Writes the lanes to the first `WIDTH` places of a slice.
    ///
    /// # Panics
    ///
    /// If the slice is shorter than `WIDTH`.
    fn store(self, values: &mut [f32]);

    /// The larger of two numbers; `other` if they are equal.
    #[must_use]
    fn max(self, other: Self) -> Self;

    /// The smaller of two numbers; `other` if they are equal.
    #[must_use]
    fn min(self, other: Self) -> Self;

    /// Square root.
    #[must_use]
    fn sqrt(self) -> Self;

    /// Where this number is less than the other.
    fn less(self, other: Self) -> Self::Mask;

    /// `yes` where the mask holds, `no` elsewhere.
    fn select(mask: Self::Mask, yes: Self, no: Self) -> Self;

    /// The number where the mask holds, 0 elsewhere.
    #[must_use]
    fn only(self, mask: Self::Mask) -> Self;

    /// The nearest whole number, ties to even, of a number below 2²² in size.
    #[must_use]
    fn round(self) -> Self;

    /// 2ⁿ of a whole number n between −126 and 127.
    #[must_use]
    fn power_of_two(self) -> Self;

    /// Splits a positive normal number x into m and e with x = m · 2ᵉ and ½ ≤ m < 1.
    fn mantissa_exponent(self) -> (Self, Self);

    /// A uniform number in (0, 1), the centre of one of 2²³ cells, from the upper 23 bits.
    fn uniform(bits: Self::Bits) -> Self;

    /// The number with its sign turned where bit `index` (0 the lowest) is set.
    #[must_use]
    fn flip_sign(self, bits: Self::Bits, index: u32) -> Self;

    /// Writes the lanes where the mask holds to the first places of a slice, in order. What stands after them in the first `WIDTH` places may
    /// be overwritten.
    ///
    /// # Panics
    ///
    /// May panic if the slice is shorter than `WIDTH`, whatever the mask.
    fn store_together(self, mask: Self::Mask, values: &mut [f32]);

    /// Zero in every lane.
    #[must_use]
    fn zero() -> Self {
        Self::splat(0.0)
    }

    /// One in every lane.
    #[must_use]
    fn one() -> Self {
        Self::splat(1.0)
    }

    /// The positive part, `[x]₊ = max(0, x)`.
    #[must_use]
    fn positive_part(self) -> Self {
        self.max(Self::zero())
    }
}

/// The answers to a comparison, one for each lane.
pub trait Mask: Copy {
    /// How many answers stand side by side; 32 at most.
    const WIDTH: usize;

    /// One bit for each lane, the first lane lowest.
    fn bits(self) -> u32;

    /// Where both hold.
    #[must_use]
    fn and(self, other: Self) -> Self;

    /// Where this holds and the other does not.
    #[must_use]
    fn and_not(self, other: Self) -> Self;

    /// Where at least one holds.
    #[must_use]
    fn or(self, other: Self) -> Self;
}

/// Whole numbers of 32 bits, side by side; all arithmetic wraps.
pub trait Bits: Copy {
    /// How many numbers stand side by side.
    const WIDTH: usize;

    /// The answer to a comparison, one for each lane.
    type Mask: Mask;

    /// The same value in every lane.
    fn splat(value: u32) -> Self;

    /// The first `WIDTH` numbers of a slice.
    ///
    /// # Panics
    ///
    /// If the slice is shorter than `WIDTH`.
    fn load(values: &[u32]) -> Self;

    /// Writes the lanes to the first `WIDTH` places of a slice.
    ///
    /// # Panics
    ///
    /// If the slice is shorter than `WIDTH`.
    fn store(self, values: &mut [u32]);

    /// As [`Real::store_together`].
    ///
    /// # Panics
    ///
    /// May panic if the slice is shorter than `WIDTH`.
    fn store_together(self, mask: Self::Mask, values: &mut [u32]);

    /// Exclusive or.
    #[must_use]
    fn xor(self, other: Self) -> Self;

    /// Upper and lower half of the 64-bit product with a constant.
    fn multiply_wide(self, constant: u32) -> (Self, Self);
}

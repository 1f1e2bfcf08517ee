//! Two registers side by side as one.
//!
//! Each operation is done to the one and then to the other, and neither waits for the other: while one register waits for a division, the
//! processor has the same work on the other at hand.

use super::{Bits, Mask, Real};
use std::ops::{Add, Div, Mul, Neg, Sub};

/// Two registers of numbers.
#[derive(Clone, Copy)]
pub struct Twice<R>(R, R);

/// Two registers of whole numbers.
#[derive(Clone, Copy)]
pub struct TwiceBits<B>(B, B);

/// The answers to a comparison of two registers with two others.
#[derive(Clone, Copy)]
pub struct TwiceMask<M>(M, M);

impl<R: Real> Real for Twice<R> {
    const WIDTH: usize = 2 * R::WIDTH;
    type Mask = TwiceMask<R::Mask>;
    type Wide = Self;
    type Bits = TwiceBits<R::Bits>;

    #[inline(always)]
    fn splat(value: f64) -> Self {
        let both = R::splat(value);
        Self(both, both)
    }

    #[inline(always)]
    fn load(values: &[f32]) -> Self {
        Self(R::load(values), R::load(&values[R::WIDTH..]))
    }

    #[inline(always)]
    fn store(self, values: &mut [f32]) {
        self.0.store(values);
        self.1.store(&mut values[R::WIDTH..]);
    }

    #[inline(always)]
    fn max(self, other: Self) -> Self {
        Self(self.0.max(other.0), self.1.max(other.1))
    }

    #[inline(always)]
    fn min(self, other: Self) -> Self {
        Self(self.0.min(other.0), self.1.min(other.1))
    }

    #[inline(always)]
    fn sqrt(self) -> Self {
        Self(self.0.sqrt(), self.1.sqrt())
    }

    #[inline(always)]
    fn less(self, other: Self) -> Self::Mask {
        TwiceMask(self.0.less(other.0), self.1.less(other.1))
    }

    #[inline(always)]
    fn select(mask: Self::Mask, yes: Self, no: Self) -> Self {
        Self(R::select(mask.0, yes.0, no.0), R::select(mask.1, yes.1, no.1))
    }

    #[inline(always)]
    fn only(self, mask: Self::Mask) -> Self {
        Self(self.0.only(mask.0), self.1.only(mask.1))
    }

    #[inline(always)]
    fn round(self) -> Self {
        Self(self.0.round(), self.1.round())
    }

    #[inline(always)]
    fn power_of_two(self) -> Self {
        Self(self.0.power_of_two(), self.1.power_of_two())
    }

    #[inline(always)]
    fn mantissa_exponent(self) -> (Self, Self) {
        let ((mantissa, exponent), (other_mantissa, other_exponent)) =
            (self.0.mantissa_exponent(), self.1.mantissa_exponent());
        (Self(mantissa, other_mantissa), Self(exponent, other_exponent))
    }

    #[inline(always)]
    fn uniform(bits: Self::Bits) -> Self {
        Self(R::uniform(bits.0), R::uniform(bits.1))
    }

    #[inline(always)]
    fn flip_sign(self, bits: Self::Bits, index: u32) -> Self {
        Self(self.0.flip_sign(bits.0, index), self.1.flip_sign(bits.1, index))
    }

    #[inline(always)]
    fn store_together(self, mask: Self::Mask, values: &mut [f32]) {
        self.0.store_together(mask.0, values);
        let first = mask.0.bits().count_ones() as usize;
        self.1.store_together(mask.1, &mut values[first..]);
    }
}

impl<M: Mask> Mask for TwiceMask<M> {
    const WIDTH: usize = 2 * M::WIDTH;

    #[inline(always)]
    fn bits(self) -> u32 {
        self.0.bits() | self.1.bits() << M::WIDTH
    }

    #[inline(always)]
    fn and(self, other: Self) -> Self {
        Self(self.0.and(other.0), self.1.and(other.1))
    }

    #[inline(always)]
    fn and_not(self, other: Self) -> Self {
        Self(self.0.and_not(other.0), self.1.and_not(other.1))
    }

    #[inline(always)]
    fn or(self, other: Self) -> Self {
        Self(self.0.or(other.0), self.1.or(other.1))
    }
}

impl<B: Bits> Bits for TwiceBits<B> {
    const WIDTH: usize = 2 * B::WIDTH;
    type Mask = TwiceMask<B::Mask>;

    #[inline(always)]
    fn splat(value: u32) -> Self {
        let both = B::splat(value);
        Self(both, both)
    }

    #[inline(always)]
    fn load(values: &[u32]) -> Self {
        Self(B::load(values), B::load(&values[B::WIDTH..]))
    }

    #[inline(always)]
    fn store(self, values: &mut [u32]) {
        self.0.store(values);
        self.1.store(&mut values[B::WIDTH..]);
    }

    #[inline(always)]
    fn store_together(self, mask: Self::Mask, values: &mut [u32]) {
        self.0.store_together(mask.0, values);
        let first = mask.0.bits().count_ones() as usize;
        self.1.store_together(mask.1, &mut values[first..]);
    }

    #[inline(always)]
    fn xor(self, other: Self) -> Self {
        Self(self.0.xor(other.0), self.1.xor(other.1))
    }

    #[inline(always)]
    fn multiply_wide(self, constant: u32) -> (Self, Self) {
        let ((high, low), (other_high, other_low)) = (self.0.multiply_wide(constant), self.1.multiply_wide(constant));
        (Self(high, other_high), Self(low, other_low))
    }
}

impl<R: Real> Add for Twice<R> {
    type Output = Self;
    #[inline(always)]
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0, self.1 + other.1)
    }
}

impl<R: Real> Sub for Twice<R> {
    type Output = Self;
    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0, self.1 - other.1)
    }
}

impl<R: Real> Mul for Twice<R> {
    type Output = Self;
    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        Self(self.0 * other.0, self.1 * other.1)
    }
}

impl<R: Real> Div for Twice<R> {
    type Output = Self;
    #[inline(always)]
    fn div(self, other: Self) -> Self {
        Self(self.0 / other.0, self.1 / other.1)
    }
}

impl<R: Real> Neg for Twice<R> {
    type Output = Self;
    #[inline(always)]
    fn neg(self) -> Self {
        Self(-self.0, -self.1)
    }
}

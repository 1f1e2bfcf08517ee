//! Double precision, one number at a time: the readable reference.

use super::{Bits, Mask, Real};

impl Real for f64 {
    const WIDTH: usize = 1;
    type Mask = bool;
    type Wide = Self;
    type Bits = u32;

    #[inline(always)]
    fn splat(value: f64) -> Self {
        value
    }

    #[inline(always)]
    fn load(values: &[f32]) -> Self {
        f64::from(values[0])
    }

    #[inline(always)]
    #[expect(clippy::cast_possible_truncation, reason = "records are kept in single precision")]
    fn store(self, values: &mut [f32]) {
        values[0] = self as f32;
    }

    #[inline(always)]
    fn max(self, other: Self) -> Self {
        if self > other { self } else { other }
    }

    #[inline(always)]
    fn min(self, other: Self) -> Self {
        if self < other { self } else { other }
    }

    #[inline(always)]
    fn sqrt(self) -> Self {
        f64::sqrt(self)
    }

    #[inline(always)]
    fn less(self, other: Self) -> bool {
        self < other
    }

    #[inline(always)]
    fn select(mask: bool, yes: Self, no: Self) -> Self {
        if mask { yes } else { no }
    }

    #[inline(always)]
    fn only(self, mask: bool) -> Self {
        if mask { self } else { 0.0 }
    }

    #[inline(always)]
    fn round(self) -> Self {
        self.round_ties_even()
    }

    #[inline(always)]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "n is whole and within the exponent's range"
    )]
    fn power_of_two(self) -> Self {
        f64::from_bits(((self as i64 + 1023) as u64) << 52)
    }

    #[inline(always)]
    #[expect(clippy::cast_precision_loss, reason = "an exponent has eleven bits")]
    fn mantissa_exponent(self) -> (Self, Self) {
        let bits = self.to_bits();
        let exponent = (bits >> 52) as i64 - 1022;
        let mantissa = f64::from_bits(bits & 0x000f_ffff_ffff_ffff | 0x3fe0_0000_0000_0000);
        (mantissa, exponent as f64)
    }

    #[inline(always)]
    fn uniform(bits: u32) -> Self {
        (f64::from(bits >> 9) + 0.5) * (1.0 / 8_388_608.0)
    }

    #[inline(always)]
    fn flip_sign(self, bits: u32, index: u32) -> Self {
        if bits >> index & 1 == 1 { -self } else { self }
    }

    #[inline(always)]
    fn store_together(self, _: bool, values: &mut [f32]) {
        self.store(values);
    }
}

impl Mask for bool {
    const WIDTH: usize = 1;

    #[inline(always)]
    fn bits(self) -> u32 {
        u32::from(self)
    }

    #[inline(always)]
    fn and(self, other: Self) -> Self {
        self && other
    }

    #[inline(always)]
    fn and_not(self, other: Self) -> Self {
        self && !other
    }

    #[inline(always)]
    fn or(self, other: Self) -> Self {
        self || other
    }
}

impl Bits for u32 {
    const WIDTH: usize = 1;
    type Mask = bool;

    #[inline(always)]
    fn splat(value: u32) -> Self {
        value
    }

    #[inline(always)]
    fn load(values: &[u32]) -> Self {
        values[0]
    }

    #[inline(always)]
    fn store(self, values: &mut [u32]) {
        values[0] = self;
    }

    #[inline(always)]
    fn store_together(self, _: bool, values: &mut [u32]) {
        Bits::store(self, values);
    }

    #[inline(always)]
    fn xor(self, other: Self) -> Self {
        self ^ other
    }

    #[inline(always)]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the halves of the product are what is wanted"
    )]
    fn multiply_wide(self, constant: u32) -> (Self, Self) {
        let product = u64::from(self) * u64::from(constant);
        ((product >> 32) as u32, product as u32)
    }
}

//! Lanes in the registers of WebAssembly: 4 numbers at a time.
//!
//! A program for WebAssembly either has these instructions or does not load at all, so there is nothing to ask for at run time:
//! this file is compiled where the feature `simd128` is on.

use super::plain::ROUNDER;
use super::{Bits, Mask, Real, Twice};
use std::arch::wasm32::*;
use std::ops::{Add, Div, Mul, Neg, Sub};

/// Numbers side by side in one register.
#[derive(Clone, Copy)]
pub(super) struct Simd128(v128);

/// Whole numbers side by side in one register.
#[derive(Clone, Copy)]
pub(super) struct Simd128Bits(v128);

/// Answers side by side: all bits of a lane for yes, none for no.
#[derive(Clone, Copy)]
pub(super) struct Simd128Mask(v128);

/// For each mask of four lanes, which bytes come to each place when the lanes that it names move together.
static TOGETHER: [[u8; 16]; 16] = {
    let mut table = [[0; 16]; 16];
    let mut mask = 0;
    while mask < 16 {
        let (mut lane, mut count) = (0, 0);
        while lane < 4 {
            if mask >> lane & 1 == 1 {
                let mut byte = 0;
                while byte < 4 {
                    table[mask][4 * count + byte] = (4 * lane + byte) as u8;
                    byte += 1;
                }
                count += 1;
            }
            lane += 1;
        }
        mask += 1;
    }
    table
};

/// The lanes of a mask moved together at the front.
#[inline(always)]
fn moved_together(lanes: v128, mask: Simd128Mask) -> v128 {
    let places = &TOGETHER[mask.bits() as usize & 15];
    // SAFETY: a row of the table is a whole register.
    u8x16_swizzle(lanes, unsafe { v128_load(places.as_ptr().cast()) })
}

impl Real for Simd128 {
    const WIDTH: usize = 4;
    type Mask = Simd128Mask;
    type Wide = Twice<Self>;
    type Bits = Simd128Bits;

    #[inline(always)]
    #[expect(clippy::cast_possible_truncation, reason = "lanes are single precision")]
    fn splat(value: f64) -> Self {
        Self(f32x4_splat(value as f32))
    }

    #[inline(always)]
    fn load(values: &[f32]) -> Self {
        let values = &values[..4];
        // SAFETY: the slice holds a full register.
        Self(unsafe { v128_load(values.as_ptr().cast()) })
    }

    #[inline(always)]
    fn store(self, values: &mut [f32]) {
        let values = &mut values[..4];
        // SAFETY: the slice holds a full register.
        unsafe { v128_store(values.as_mut_ptr().cast(), self.0) }
    }

    // `pmax(a, b)` is `b` where a < b, and `pmin(a, b)` is `b` where b < a.
    #[inline(always)]
    fn max(self, other: Self) -> Self {
        Self(f32x4_pmax(other.0, self.0))
    }

    #[inline(always)]
    fn min(self, other: Self) -> Self {
        Self(f32x4_pmin(other.0, self.0))
    }

    #[inline(always)]
    fn sqrt(self) -> Self {
        Self(f32x4_sqrt(self.0))
    }

    #[inline(always)]
    fn less(self, other: Self) -> Simd128Mask {
        Simd128Mask(f32x4_lt(self.0, other.0))
    }

    #[inline(always)]
    fn select(mask: Simd128Mask, yes: Self, no: Self) -> Self {
        Self(v128_bitselect(yes.0, no.0, mask.0))
    }

    #[inline(always)]
    fn only(self, mask: Simd128Mask) -> Self {
        Self(v128_and(self.0, mask.0))
    }

    #[inline(always)]
    fn round(self) -> Self {
        (self + Self::splat(ROUNDER)) - Self::splat(ROUNDER)
    }

    #[inline(always)]
    fn power_of_two(self) -> Self {
        // With the rounder added, the number itself stands in the lowest bits; conversion takes several instructions here.
        let n = (self + Self::splat(ROUNDER)).0;
        Self(i32x4_shl(i32x4_add(n, i32x4_splat(127)), 23))
    }

    #[inline(always)]
    fn mantissa_exponent(self) -> (Self, Self) {
        let mantissa = v128_or(v128_and(self.0, u32x4_splat(0x007f_ffff)), u32x4_splat(0x3f00_0000));
        let exponent = i32x4_sub(u32x4_shr(self.0, 23), i32x4_splat(126));
        (Self(mantissa), Self(f32x4_convert_i32x4(exponent)))
    }

    #[inline(always)]
    fn uniform(bits: Simd128Bits) -> Self {
        let upper = Self(f32x4_convert_i32x4(u32x4_shr(bits.0, 9)));
        (upper + Self::splat(0.5)) * Self::splat(1.0 / 8_388_608.0)
    }

    #[inline(always)]
    fn flip_sign(self, bits: Simd128Bits, index: u32) -> Self {
        let sign = v128_and(i32x4_shl(bits.0, 31 - index), i32x4_splat(i32::MIN));
        Self(v128_xor(self.0, sign))
    }

    #[inline(always)]
    fn store_together(self, mask: Simd128Mask, values: &mut [f32]) {
        Self(moved_together(self.0, mask)).store(values);
    }
}

impl Mask for Simd128Mask {
    const WIDTH: usize = 4;

    #[inline(always)]
    fn bits(self) -> u32 {
        u32::from(u32x4_bitmask(self.0))
    }

    #[inline(always)]
    fn and(self, other: Self) -> Self {
        Self(v128_and(self.0, other.0))
    }

    #[inline(always)]
    fn and_not(self, other: Self) -> Self {
        Self(v128_andnot(self.0, other.0))
    }

    #[inline(always)]
    fn or(self, other: Self) -> Self {
        Self(v128_or(self.0, other.0))
    }
}

impl Bits for Simd128Bits {
    const WIDTH: usize = 4;
    type Mask = Simd128Mask;

    #[inline(always)]
    fn splat(value: u32) -> Self {
        Self(u32x4_splat(value))
    }

    #[inline(always)]
    fn load(values: &[u32]) -> Self {
        let values = &values[..4];
        // SAFETY: the slice holds a full register.
        Self(unsafe { v128_load(values.as_ptr().cast()) })
    }

    #[inline(always)]
    fn store(self, values: &mut [u32]) {
        let values = &mut values[..4];
        // SAFETY: the slice holds a full register.
        unsafe { v128_store(values.as_mut_ptr().cast(), self.0) }
    }

    #[inline(always)]
    fn store_together(self, mask: Simd128Mask, values: &mut [u32]) {
        Self(moved_together(self.0, mask)).store(values);
    }

    #[inline(always)]
    fn xor(self, other: Self) -> Self {
        Self(v128_xor(self.0, other.0))
    }

    #[inline(always)]
    fn multiply_wide(self, constant: u32) -> (Self, Self) {
        let factor = u32x4_splat(constant);
        let first = u64x2_extmul_low_u32x4(self.0, factor);
        let second = u64x2_extmul_high_u32x4(self.0, factor);
        let high = u32x4_shuffle::<1, 3, 5, 7>(first, second);
        let low = u32x4_shuffle::<0, 2, 4, 6>(first, second);
        (Self(high), Self(low))
    }
}

impl Add for Simd128 {
    type Output = Self;
    #[inline(always)]
    fn add(self, other: Self) -> Self {
        Self(f32x4_add(self.0, other.0))
    }
}

impl Sub for Simd128 {
    type Output = Self;
    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        Self(f32x4_sub(self.0, other.0))
    }
}

impl Mul for Simd128 {
    type Output = Self;
    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        Self(f32x4_mul(self.0, other.0))
    }
}

impl Div for Simd128 {
    type Output = Self;
    #[inline(always)]
    fn div(self, other: Self) -> Self {
        Self(f32x4_div(self.0, other.0))
    }
}

impl Neg for Simd128 {
    type Output = Self;
    #[inline(always)]
    fn neg(self) -> Self {
        Self(f32x4_neg(self.0))
    }
}

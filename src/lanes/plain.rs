//! Lanes without vector instructions: for other processors, and one at a time for traces.

use super::{Bits, Mask, Real};
use std::array::from_fn;
use std::ops::{Add, Div, Mul, Neg, Sub};

/// 2²³ + 2²²: adding it to a small single-precision number rounds that to a whole one, ties to even, at every width alike.
pub(super) const ROUNDER: f64 = 12_582_912.0;

/// `N` single-precision numbers side by side.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plain<const N: usize>([f32; N]);

/// `N` whole numbers side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlainBits<const N: usize>([u32; N]);

/// `N` answers side by side, all bits set for yes and none for no: compilers turn choices by bits into whole registers, choices by `bool` not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlainMask<const N: usize>([u32; N]);

impl<const N: usize> Real for Plain<N> {
    const WIDTH: usize = N;
    type Mask = PlainMask<N>;
    type Wide = Self;
    type Bits = PlainBits<N>;

    #[inline(always)]
    #[expect(clippy::cast_possible_truncation, reason = "lanes are single precision")]
    fn splat(value: f64) -> Self {
        Self([value as f32; N])
    }

    #[inline(always)]
    fn load(values: &[f32]) -> Self {
        Self(from_fn(|i| values[i]))
    }

    #[inline(always)]
    fn store(self, values: &mut [f32]) {
        values[..N].copy_from_slice(&self.0);
    }

    #[inline(always)]
    fn max(self, other: Self) -> Self {
        Self(from_fn(|i| if self.0[i] > other.0[i] { self.0[i] } else { other.0[i] }))
    }

    #[inline(always)]
    fn min(self, other: Self) -> Self {
        Self(from_fn(|i| if self.0[i] < other.0[i] { self.0[i] } else { other.0[i] }))
    }

    #[inline(always)]
    fn sqrt(self) -> Self {
        Self(self.0.map(f32::sqrt))
    }

    #[inline(always)]
    fn less(self, other: Self) -> PlainMask<N> {
        PlainMask(from_fn(|i| if self.0[i] < other.0[i] { u32::MAX } else { 0 }))
    }

    #[inline(always)]
    fn select(mask: PlainMask<N>, yes: Self, no: Self) -> Self {
        Self(from_fn(|i| {
            f32::from_bits(chosen(mask.0[i], yes.0[i].to_bits(), no.0[i].to_bits()))
        }))
    }

    #[inline(always)]
    fn only(self, mask: PlainMask<N>) -> Self {
        Self(from_fn(|i| f32::from_bits(self.0[i].to_bits() & mask.0[i])))
    }

    #[inline(always)]
    fn round(self) -> Self {
        (self + Self::splat(ROUNDER)) - Self::splat(ROUNDER)
    }

    #[inline(always)]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "n is whole and within the exponent's range"
    )]
    fn power_of_two(self) -> Self {
        Self(self.0.map(|n| f32::from_bits(((n as i32 + 127) as u32) << 23)))
    }

    #[inline(always)]
    #[expect(clippy::cast_precision_loss, reason = "an exponent has eight bits")]
    fn mantissa_exponent(self) -> (Self, Self) {
        let mantissa = self.0.map(|x| f32::from_bits(x.to_bits() & 0x007f_ffff | 0x3f00_0000));
        let exponent = self.0.map(|x| ((x.to_bits() >> 23) as i32 - 126) as f32);
        (Self(mantissa), Self(exponent))
    }

    #[inline(always)]
    #[expect(clippy::cast_precision_loss, reason = "23 bits fit a single-precision number")]
    fn uniform(bits: PlainBits<N>) -> Self {
        Self(bits.0.map(|x| ((x >> 9) as f32 + 0.5) * (1.0 / 8_388_608.0)))
    }

    #[inline(always)]
    fn flip_sign(self, bits: PlainBits<N>, index: u32) -> Self {
        Self(from_fn(|i| {
            f32::from_bits(self.0[i].to_bits() ^ (bits.0[i] << (31 - index) & 0x8000_0000))
        }))
    }

    #[inline(always)]
    fn store_together(self, mask: PlainMask<N>, values: &mut [f32]) {
        values[..N].copy_from_slice(&moved_together(self.0, mask.bits()));
    }
}

/// `yes` where the bits of a mask are set, `no` elsewhere.
#[inline(always)]
fn chosen(mask: u32, yes: u32, no: u32) -> u32 {
    yes & mask | no & !mask
}

/// The lanes of a mask (one bit each) moved together at the front.
#[inline(always)]
pub(super) fn moved_together<T: Copy, const N: usize>(lanes: [T; N], mask: u32) -> [T; N] {
    let (mut together, mut count) = (lanes, 0);
    for (lane, value) in lanes.into_iter().enumerate() {
        // Written whether it counts or not, and overwritten by the next that does.
        together[count] = value;
        count += (mask >> lane & 1) as usize;
    }
    together
}

impl<const N: usize> Mask for PlainMask<N> {
    const WIDTH: usize = N;

    #[inline(always)]
    fn bits(self) -> u32 {
        self.0.iter().rev().fold(0, |bits, it| bits << 1 | it & 1)
    }

    #[inline(always)]
    fn and(self, other: Self) -> Self {
        Self(from_fn(|i| self.0[i] & other.0[i]))
    }

    #[inline(always)]
    fn and_not(self, other: Self) -> Self {
        Self(from_fn(|i| self.0[i] & !other.0[i]))
    }

    #[inline(always)]
    fn or(self, other: Self) -> Self {
        Self(from_fn(|i| self.0[i] | other.0[i]))
    }
}

impl<const N: usize> Bits for PlainBits<N> {
    const WIDTH: usize = N;
    type Mask = PlainMask<N>;

    #[inline(always)]
    fn splat(value: u32) -> Self {
        Self([value; N])
    }

    #[inline(always)]
    fn load(values: &[u32]) -> Self {
        Self(from_fn(|i| values[i]))
    }

    #[inline(always)]
    fn store(self, values: &mut [u32]) {
        values[..N].copy_from_slice(&self.0);
    }

    #[inline(always)]
    fn store_together(self, mask: PlainMask<N>, values: &mut [u32]) {
        values[..N].copy_from_slice(&moved_together(self.0, mask.bits()));
    }

    #[inline(always)]
    fn xor(self, other: Self) -> Self {
        Self(from_fn(|i| self.0[i] ^ other.0[i]))
    }

    #[inline(always)]
    fn multiply_wide(self, constant: u32) -> (Self, Self) {
        let halves = self.0.map(|it| it.multiply_wide(constant));
        (Self(halves.map(|it| it.0)), Self(halves.map(|it| it.1)))
    }
}

impl<const N: usize> Add for Plain<N> {
    type Output = Self;
    #[inline(always)]
    fn add(self, other: Self) -> Self {
        Self(from_fn(|i| self.0[i] + other.0[i]))
    }
}

impl<const N: usize> Sub for Plain<N> {
    type Output = Self;
    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        Self(from_fn(|i| self.0[i] - other.0[i]))
    }
}

impl<const N: usize> Mul for Plain<N> {
    type Output = Self;
    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        Self(from_fn(|i| self.0[i] * other.0[i]))
    }
}

impl<const N: usize> Div for Plain<N> {
    type Output = Self;
    #[inline(always)]
    fn div(self, other: Self) -> Self {
        Self(from_fn(|i| self.0[i] / other.0[i]))
    }
}

impl<const N: usize> Neg for Plain<N> {
    type Output = Self;
    #[inline(always)]
    fn neg(self) -> Self {
        Self(self.0.map(|x| -x))
    }
}

//! Lanes in x86-64 registers: 4 (SSE2), 8 (AVX2) or 16 (AVX-512) numbers at a time.
//!
//! Every operation is inlined into a function that [`super::Level::run`] calls only on a processor that has the instructions;
//! that is what makes each `unsafe` block here sound. A row of [`TOGETHER`], the only memory read without a slice of a register's length, is a
//! whole register.

use super::plain::{ROUNDER, moved_together};
use super::{Bits, Job, Mask, Real, Twice};
use std::arch::x86_64::*;
use std::ops::{Add, Div, Mul, Neg, Sub};

#[target_feature(enable = "sse2")]
pub(super) unsafe fn run_sse2<J: Job>(job: J) -> J::Output {
    job.run::<Sse2>()
}

#[target_feature(enable = "avx2")]
pub(super) unsafe fn run_avx2<J: Job>(job: J) -> J::Output {
    job.run::<Avx2>()
}

#[target_feature(enable = "avx512f")]
pub(super) unsafe fn run_avx512<J: Job>(job: J) -> J::Output {
    job.run::<Avx512>()
}

/// For each mask of eight lanes, which lane comes to each place when those that it names move together.
static TOGETHER: [[u32; 8]; 256] = {
    let mut table = [[0; 8]; 256];
    let mut mask = 0;
    while mask < 256 {
        let (mut lane, mut count) = (0, 0);
        while lane < 8 {
            if mask >> lane & 1 == 1 {
                table[mask][count] = lane;
                count += 1;
            }
            lane += 1;
        }
        mask += 1;
    }
    table
};

/// The lanes of a mask moved together; SSE2 has no instruction for it.
#[target_feature(enable = "sse2")]
#[inline]
fn moved_together_sse2(lanes: __m128, mask: u32) -> __m128 {
    let mut values = [0.0; 4];
    // SAFETY: the array holds a full register.
    unsafe { _mm_storeu_ps(values.as_mut_ptr(), lanes) };
    let [first, second, third, fourth] = moved_together(values, mask);
    _mm_setr_ps(first, second, third, fourth)
}

/// One level: the register types and the instructions; what differs in kind (comparison, selection) is passed as expressions.
macro_rules! level {
    (
        $real:ident, $bits:ident, $mask:ident, $width:literal, $ps:ty, $int:ty, $answer:ty, wide: $wide:ty,
        set1: $set1:ident, loadu: $loadu:ident, storeu: $storeu:ident, add: $add:ident, sub: $sub:ident, mul: $mul:ident, div: $div:ident,
        max: $max:ident, min: $min:ident, sqrt: $sqrt:ident, to_int: $to_int:ident, from_int: $from_int:ident, as_int: $as_int:ident, as_ps: $as_ps:ident,
        set1_int: $set1_int:ident, add_int: $add_int:ident, sub_int: $sub_int:ident, and: $and:ident, or: $or:ident, xor: $xor:ident,
        shift_left: $shift_left:ident, shift_right: $shift_right:ident, shift_left_by: $shift_left_by:ident, mul_even: $mul_even:ident,
        shift_right_64: $shift_right_64:ident, shift_left_64: $shift_left_64:ident,
        set1_int64: $set1_int64:ident, less: |$la:ident, $lb:ident| $less:expr, select: |$sm:ident, $sy:ident, $sn:ident| $select:expr, only: |$om:ident, $ov:ident| $only:expr, compress: |$pm:ident, $pv:ident| $compress:expr, mask_bits: |$ma:ident| $mask_bits:expr, combine: |$ca:ident, $cb:ident| $and_masks:expr, $and_not_masks:expr, $or_masks:expr,
    ) => {
        /// Numbers side by side in one register.
        #[derive(Clone, Copy)]
        pub(super) struct $real($ps);

        /// Whole numbers side by side in one register.
        #[derive(Clone, Copy)]
        pub(super) struct $bits($int);

        /// Answers side by side.
        #[derive(Clone, Copy)]
        pub(super) struct $mask($answer);

        impl Real for $real {
            const WIDTH: usize = $width;
            type Mask = $mask;
            type Wide = $wide;
            type Bits = $bits;

            #[inline(always)]
            #[expect(clippy::cast_possible_truncation, reason = "lanes are single precision")]
            fn splat(value: f64) -> Self {
                // SAFETY: see the head of this file.
                Self(unsafe { $set1(value as f32) })
            }

            #[inline(always)]
            fn load(values: &[f32]) -> Self {
                let values = &values[..$width];
                // SAFETY: the slice holds a full register; see also the head of this file.
                Self(unsafe { $loadu(values.as_ptr()) })
            }

            #[inline(always)]
            fn store(self, values: &mut [f32]) {
                let values = &mut values[..$width];
                // SAFETY: the slice holds a full register; see also the head of this file.
                unsafe { $storeu(values.as_mut_ptr(), self.0) }
            }

            #[inline(always)]
            fn max(self, other: Self) -> Self {
                // SAFETY: see the head of this file.
                Self(unsafe { $max(self.0, other.0) })
            }

            #[inline(always)]
            fn min(self, other: Self) -> Self {
                // SAFETY: see the head of this file.
                Self(unsafe { $min(self.0, other.0) })
            }

            #[inline(always)]
            fn sqrt(self) -> Self {
                // SAFETY: see the head of this file.
                Self(unsafe { $sqrt(self.0) })
            }

            #[inline(always)]
            fn less(self, other: Self) -> $mask {
                let ($la, $lb) = (self.0, other.0);
                // SAFETY: see the head of this file.
                $mask(unsafe { $less })
            }

            #[inline(always)]
            fn select(mask: $mask, yes: Self, no: Self) -> Self {
                let ($sm, $sy, $sn) = (mask.0, yes.0, no.0);
                // SAFETY: see the head of this file.
                Self(unsafe { $select })
            }

            #[inline(always)]
            fn only(self, mask: $mask) -> Self {
                let ($om, $ov) = (mask.0, self.0);
                // SAFETY: see the head of this file.
                Self(unsafe { $only })
            }

            #[inline(always)]
            fn round(self) -> Self {
                (self + Self::splat(ROUNDER)) - Self::splat(ROUNDER)
            }

            #[inline(always)]
            fn power_of_two(self) -> Self {
                // SAFETY: see the head of this file.
                Self(unsafe { $as_ps($shift_left::<23>($add_int($to_int(self.0), $set1_int(127)))) })
            }

            #[inline(always)]
            fn mantissa_exponent(self) -> (Self, Self) {
                // SAFETY: see the head of this file.
                unsafe {
                    let bits = $as_int(self.0);
                    let mantissa = $or($and(bits, $set1_int(0x007f_ffff)), $set1_int(0x3f00_0000));
                    let exponent = $sub_int($shift_right::<23>(bits), $set1_int(126));
                    (Self($as_ps(mantissa)), Self($from_int(exponent)))
                }
            }

            #[inline(always)]
            fn uniform(bits: $bits) -> Self {
                // SAFETY: see the head of this file.
                let upper = Self(unsafe { $from_int($shift_right::<9>(bits.0)) });
                (upper + Self::splat(0.5)) * Self::splat(1.0 / 8_388_608.0)
            }

            #[inline(always)]
            #[expect(clippy::cast_possible_wrap, reason = "a bit pattern")]
            fn flip_sign(self, bits: $bits, index: u32) -> Self {
                // SAFETY: see the head of this file.
                unsafe {
                    let count = _mm_cvtsi32_si128(31 - index as i32);
                    let sign = $and($shift_left_by(bits.0, count), $set1_int(i32::MIN));
                    Self($as_ps($xor($as_int(self.0), sign)))
                }
            }

            #[inline(always)]
            fn store_together(self, mask: $mask, values: &mut [f32]) {
                let ($pm, $pv) = (mask, self.0);
                // SAFETY: see the head of this file.
                Self(unsafe { $compress }).store(values);
            }
        }

        impl Mask for $mask {
            const WIDTH: usize = $width;

            #[inline(always)]
            fn bits(self) -> u32 {
                let $ma = self.0;
                // SAFETY: see the head of this file.
                unsafe { $mask_bits }
            }

            #[inline(always)]
            fn and(self, other: Self) -> Self {
                let ($ca, $cb) = (self.0, other.0);
                // SAFETY: see the head of this file.
                Self(unsafe { $and_masks })
            }

            #[inline(always)]
            fn and_not(self, other: Self) -> Self {
                let ($ca, $cb) = (self.0, other.0);
                // SAFETY: see the head of this file.
                Self(unsafe { $and_not_masks })
            }

            #[inline(always)]
            fn or(self, other: Self) -> Self {
                let ($ca, $cb) = (self.0, other.0);
                // SAFETY: see the head of this file.
                Self(unsafe { $or_masks })
            }
        }

        impl Bits for $bits {
            const WIDTH: usize = $width;
            type Mask = $mask;

            #[inline(always)]
            #[expect(clippy::cast_possible_wrap, reason = "a bit pattern")]
            fn splat(value: u32) -> Self {
                // SAFETY: see the head of this file.
                Self(unsafe { $set1_int(value as i32) })
            }

            #[inline(always)]
            fn load(values: &[u32]) -> Self {
                let values = &values[..$width];
                // SAFETY: the slice holds a full register; see also the head of this file.
                Self(unsafe { $as_int($loadu(values.as_ptr().cast())) })
            }

            #[inline(always)]
            fn store(self, values: &mut [u32]) {
                let values = &mut values[..$width];
                // SAFETY: the slice holds a full register; see also the head of this file.
                unsafe { $storeu(values.as_mut_ptr().cast(), $as_ps(self.0)) }
            }

            #[inline(always)]
            fn store_together(self, mask: $mask, values: &mut [u32]) {
                // SAFETY: see the head of this file.
                let ($pm, $pv) = (mask, unsafe { $as_ps(self.0) });
                // SAFETY: see the head of this file.
                Self(unsafe { $as_int($compress) }).store(values);
            }

            #[inline(always)]
            fn xor(self, other: Self) -> Self {
                // SAFETY: see the head of this file.
                Self(unsafe { $xor(self.0, other.0) })
            }

            #[inline(always)]
            #[expect(clippy::cast_possible_wrap, reason = "a bit pattern")]
            fn multiply_wide(self, constant: u32) -> (Self, Self) {
                // SAFETY: see the head of this file.
                unsafe {
                    // The multiplier takes every other lane: once for the even ones, once for the odd ones.
                    let factor = $set1_int(constant as i32);
                    let upper = $set1_int64(-0x1_0000_0000);
                    let lower = $set1_int64(0xffff_ffff);
                    let even = $mul_even(self.0, factor);
                    let odd = $mul_even($shift_right_64::<32>(self.0), factor);
                    let high = $or($shift_right_64::<32>(even), $and(odd, upper));
                    let low = $or($and(even, lower), $shift_left_64::<32>(odd));
                    (Self(high), Self(low))
                }
            }
        }

        impl Add for $real {
            type Output = Self;
            #[inline(always)]
            fn add(self, other: Self) -> Self {
                // SAFETY: see the head of this file.
                Self(unsafe { $add(self.0, other.0) })
            }
        }

        impl Sub for $real {
            type Output = Self;
            #[inline(always)]
            fn sub(self, other: Self) -> Self {
                // SAFETY: see the head of this file.
                Self(unsafe { $sub(self.0, other.0) })
            }
        }

        impl Mul for $real {
            type Output = Self;
            #[inline(always)]
            fn mul(self, other: Self) -> Self {
                // SAFETY: see the head of this file.
                Self(unsafe { $mul(self.0, other.0) })
            }
        }

        impl Div for $real {
            type Output = Self;
            #[inline(always)]
            fn div(self, other: Self) -> Self {
                // SAFETY: see the head of this file.
                Self(unsafe { $div(self.0, other.0) })
            }
        }

        impl Neg for $real {
            type Output = Self;
            #[inline(always)]
            fn neg(self) -> Self {
                // SAFETY: see the head of this file.
                Self(unsafe { $as_ps($xor($as_int(self.0), $set1_int(i32::MIN))) })
            }
        }
    };
}

level! {
    Sse2, Sse2Bits, Sse2Mask, 4, __m128, __m128i, __m128, wide: Sse2,
    set1: _mm_set1_ps, loadu: _mm_loadu_ps, storeu: _mm_storeu_ps, add: _mm_add_ps, sub: _mm_sub_ps, mul: _mm_mul_ps, div: _mm_div_ps,
    max: _mm_max_ps, min: _mm_min_ps, sqrt: _mm_sqrt_ps, to_int: _mm_cvtps_epi32, from_int: _mm_cvtepi32_ps, as_int: _mm_castps_si128, as_ps: _mm_castsi128_ps,
    set1_int: _mm_set1_epi32, add_int: _mm_add_epi32, sub_int: _mm_sub_epi32, and: _mm_and_si128, or: _mm_or_si128, xor: _mm_xor_si128,
    shift_left: _mm_slli_epi32, shift_right: _mm_srli_epi32, shift_left_by: _mm_sll_epi32, mul_even: _mm_mul_epu32,
    shift_right_64: _mm_srli_epi64, shift_left_64: _mm_slli_epi64,
    set1_int64: _mm_set1_epi64x, less: |a, b| _mm_cmplt_ps(a, b), select: |m, y, n| _mm_or_ps(_mm_and_ps(m, y), _mm_andnot_ps(m, n)), only: |m, v| _mm_and_ps(m, v), compress: |m, v| moved_together_sse2(v, m.bits()), mask_bits: |m| _mm_movemask_ps(m).cast_unsigned(), combine: |a, b| _mm_and_ps(a, b), _mm_andnot_ps(b, a), _mm_or_ps(a, b),
}

level! {
    Avx2, Avx2Bits, Avx2Mask, 8, __m256, __m256i, __m256, wide: Avx2,
    set1: _mm256_set1_ps, loadu: _mm256_loadu_ps, storeu: _mm256_storeu_ps, add: _mm256_add_ps, sub: _mm256_sub_ps, mul: _mm256_mul_ps, div: _mm256_div_ps,
    max: _mm256_max_ps, min: _mm256_min_ps, sqrt: _mm256_sqrt_ps, to_int: _mm256_cvtps_epi32, from_int: _mm256_cvtepi32_ps, as_int: _mm256_castps_si256, as_ps: _mm256_castsi256_ps,
    set1_int: _mm256_set1_epi32, add_int: _mm256_add_epi32, sub_int: _mm256_sub_epi32, and: _mm256_and_si256, or: _mm256_or_si256, xor: _mm256_xor_si256,
    shift_left: _mm256_slli_epi32, shift_right: _mm256_srli_epi32, shift_left_by: _mm256_sll_epi32, mul_even: _mm256_mul_epu32,
    shift_right_64: _mm256_srli_epi64, shift_left_64: _mm256_slli_epi64,
    set1_int64: _mm256_set1_epi64x, less: |a, b| _mm256_cmp_ps::<_CMP_LT_OQ>(a, b), select: |m, y, n| _mm256_blendv_ps(n, y, m), only: |m, v| _mm256_and_ps(m, v), compress: |m, v| _mm256_permutevar8x32_ps(v, _mm256_loadu_si256(TOGETHER[m.bits() as usize].as_ptr().cast())), mask_bits: |m| _mm256_movemask_ps(m).cast_unsigned(), combine: |a, b| _mm256_and_ps(a, b), _mm256_andnot_ps(b, a), _mm256_or_ps(a, b),
}

level! {
    Avx512, Avx512Bits, Avx512Mask, 16, __m512, __m512i, __mmask16, wide: Twice<Avx512>,
    set1: _mm512_set1_ps, loadu: _mm512_loadu_ps, storeu: _mm512_storeu_ps, add: _mm512_add_ps, sub: _mm512_sub_ps, mul: _mm512_mul_ps, div: _mm512_div_ps,
    max: _mm512_max_ps, min: _mm512_min_ps, sqrt: _mm512_sqrt_ps, to_int: _mm512_cvtps_epi32, from_int: _mm512_cvtepi32_ps, as_int: _mm512_castps_si512, as_ps: _mm512_castsi512_ps,
    set1_int: _mm512_set1_epi32, add_int: _mm512_add_epi32, sub_int: _mm512_sub_epi32, and: _mm512_and_si512, or: _mm512_or_si512, xor: _mm512_xor_si512,
    shift_left: _mm512_slli_epi32, shift_right: _mm512_srli_epi32, shift_left_by: _mm512_sll_epi32, mul_even: _mm512_mul_epu32,
    shift_right_64: _mm512_srli_epi64, shift_left_64: _mm512_slli_epi64,
    set1_int64: _mm512_set1_epi64, less: |a, b| _mm512_cmp_ps_mask::<_CMP_LT_OQ>(a, b), select: |m, y, n| _mm512_mask_blend_ps(m, n, y), only: |m, v| _mm512_maskz_mov_ps(m, v), compress: |m, v| _mm512_maskz_compress_ps(m.0, v), mask_bits: |m| _cvtmask16_u32(m), combine: |a, b| _kand_mask16(a, b), _kandn_mask16(b, a), _kor_mask16(a, b),
}

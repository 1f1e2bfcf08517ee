//! Which vector instructions the processor offers, and how work is handed to them.

use super::Real;

/// A set of vector instructions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// No vector instructions of our own choosing.
    Plain,
    /// 4 lanes; every x86-64 processor has them.
    Sse2,
    /// 8 lanes.
    Avx2,
    /// 16 lanes.
    Avx512,
    /// 4 lanes, in a browser.
    Simd128,
}

/// Work that can be done at any width.
pub trait Job {
    /// What it gives back.
    type Output;

    /// Does the work in lanes of type `R`.
    ///
    /// Implementations must be `#[inline(always)]`, or the compiler leaves the vector instructions unused.
    fn run<R: Real>(self) -> Self::Output;
}

impl Level {
    /// The levels of this processor, the narrowest first.
    pub fn available() -> Vec<Self> {
        // A program for WebAssembly has these instructions or does not load at all; then nothing else is compiled, for a smaller file.
        if cfg!(all(target_arch = "wasm32", target_feature = "simd128")) {
            return vec![Self::Simd128];
        }
        let plain = vec![Self::Plain];
        #[cfg(not(target_arch = "x86_64"))]
        return plain;
        #[cfg(target_arch = "x86_64")]
        {
            let mut levels = plain;
            levels.push(Self::Sse2);
            if is_x86_feature_detected!("avx2") {
                levels.push(Self::Avx2);
            }
            if is_x86_feature_detected!("avx512f") {
                levels.push(Self::Avx512);
            }
            levels
        }
    }

    /// The widest level of this processor.
    pub fn best() -> Self {
        Self::available().pop().unwrap_or(Self::Plain)
    }

    /// Does a job at this level.
    ///
    /// # Panics
    ///
    /// If the processor lacks the level; [`Level::available`] lists those that it has.
    pub fn run<J: Job>(self, job: J) -> J::Output {
        assert!(
            Self::available().contains(&self),
            "this processor has no {self:?} lanes"
        );
        match self {
            #[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
            Self::Plain => job.run::<super::Plain<4>>(),
            #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
            Self::Simd128 => job.run::<super::wasm::Simd128>(),
            // SAFETY: the processor has the instructions, by the assertion above.
            #[cfg(target_arch = "x86_64")]
            Self::Sse2 => unsafe { super::x86::run_sse2(job) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => unsafe { super::x86::run_avx2(job) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Self::Avx512 => unsafe { super::x86::run_avx512(job) },
            _ => unreachable!("these lanes are not among the available ones"),
        }
    }
}

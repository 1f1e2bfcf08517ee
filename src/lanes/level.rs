//! Which vector instructions the processor offers, and how work is handed to them.

use super::{Plain, Real};

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
        let mut levels = vec![Self::Plain];
        #[cfg(target_arch = "x86_64")]
        {
            levels.push(Self::Sse2);
            if is_x86_feature_detected!("avx2") {
                levels.push(Self::Avx2);
            }
            if is_x86_feature_detected!("avx512f") {
                levels.push(Self::Avx512);
            }
        }
        levels
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
            Self::Plain => job.run::<Plain<4>>(),
            // SAFETY: the processor has the instructions, by the assertion above.
            #[cfg(target_arch = "x86_64")]
            Self::Sse2 => unsafe { super::x86::run_sse2(job) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => unsafe { super::x86::run_avx2(job) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Self::Avx512 => unsafe { super::x86::run_avx512(job) },
            #[cfg(not(target_arch = "x86_64"))]
            _ => unreachable!("only plain lanes are available here"),
        }
    }
}

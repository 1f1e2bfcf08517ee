//! The shocks to the tendencies: one bit for each person, step and tendency.

use super::{Encounter, STEPS_PER_BLOCK};
use crate::lanes::{Bits, Real};
use crate::model::Shocks;

/// The shocks of one step, drawn 32 steps at a time.
pub(super) struct ShockBits<B> {
    bits: [B; 4],
}

impl<B: Bits> ShockBits<B> {
    /// The bits for the block of steps that `step` lies in.
    #[inline(always)]
    pub(super) fn draw(encounter: &Encounter, agents: B, step: u32) -> Self {
        Self {
            bits: encounter.luck.tendencies.bits(agents, step / STEPS_PER_BLOCK),
        }
    }

    /// The shocks of one step.
    #[inline(always)]
    pub(super) fn at<R: Real<Bits = B>>(&self, step: u32) -> Shocks<R> {
        let index = step % STEPS_PER_BLOCK;
        Shocks {
            help: R::sign(self.bits[0], index),
            leave: R::sign(self.bits[1], index),
            punish: R::sign(self.bits[2], index),
        }
    }
}

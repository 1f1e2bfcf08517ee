//! The shocks to the tendencies: one bit for each person, step and tendency.

use super::{Encounter, STEPS_PER_BLOCK};
use crate::lanes::{Bits, Real};
use crate::model::Shocks;

/// How many tendencies there are.
pub(super) const TENDENCIES: usize = 3;

/// The shocks of [`STEPS_PER_BLOCK`] steps.
#[derive(Clone, Copy)]
pub(super) struct ShockBits<B>([B; TENDENCIES]);

impl<B: Bits> ShockBits<B> {
    /// The bits for the block of steps that `step` lies in.
    #[inline(always)]
    pub(super) fn draw(encounter: &Encounter, agents: B, step: u32) -> Self {
        let [help, leave, punish, _] = encounter.streams.tendencies.bits(agents, step / STEPS_PER_BLOCK);
        Self([help, leave, punish])
    }

    /// The bits that stand in columns from place `at` on.
    #[inline(always)]
    pub(super) fn load<const N: usize>(columns: &[[u32; N]; TENDENCIES], at: usize) -> Self {
        let [help, leave, punish] = columns;
        Self([B::load(&help[at..]), B::load(&leave[at..]), B::load(&punish[at..])])
    }

    /// A number for each tendency, in the order of the races.
    #[inline(always)]
    pub(super) fn columns(self) -> [B; TENDENCIES] {
        self.0
    }

    /// The shocks of one step.
    #[inline(always)]
    pub(super) fn at<R: Real<Bits = B>>(&self, step: u32) -> Shocks<R> {
        let [help, leave, punish] = self.0;
        Shocks {
            help,
            leave,
            punish,
            index: step % STEPS_PER_BLOCK,
        }
    }
}

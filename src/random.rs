//! Random numbers addressed by what they are for: seed, replicate, process, agent, step.
//!
//! What a person draws depends on who, when and what for, and on nothing that anybody else drew.
//! Two conditions of one scenario therefore have the same people with the same luck.
//!
//! # Layout, version 1
//!
//! Philox4x32-10 (Salmon, Moraes, Dror & Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3") turns a key and a counter into 128 bits.
//!
//! | word      | holds                                                 |
//! |-----------|-------------------------------------------------------|
//! | key 0, 1  | seed, lower and upper half                            |
//! | counter 0 | agent                                                 |
//! | counter 1 | step, or which draw of a process that has no steps    |
//! | counter 2 | process (lower 8 bits) and encounter (upper 24 bits)  |
//! | counter 3 | replicate                                             |
//!
//! The layout is part of every result: a change is announced as **Results change:** in the changelog.

use crate::lanes::{Bits, Real, functions::normal_quantile};
use rand::TryRng;
use std::convert::Infallible;

/// What a number is drawn for. The value is part of the result: never renumber.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub enum Process {
    /// Stable traits and the errors of the questionnaires.
    People = 1,
    /// How a person differs from themselves on this occasion.
    Occasion = 2,
    /// Noise of the tendencies to help, leave and punish.
    Tendencies = 3,
    /// Measurement error of ratings after the scene.
    Ratings = 4,
    /// Which of several programs the lot gives to a person.
    Lot = 5,
    /// How a person practises and learns.
    Practice = 6,
    /// What the slow states of a person come back to.
    Home = 7,
    /// Errors of the questionnaires on slow states.
    Questionnaires = 8,
    /// Who is tied to whom.
    Ties = 9,
    /// On which days a tie is met.
    Contacts = 10,
    /// When somebody is in need.
    Needs = 11,
    /// Who is at hand then.
    AtHand = 12,
    /// Who in a community is trained.
    Trained = 13,
    /// What noise and a machine do in an exchange.
    Noise = 14,
    /// Candidates in the search for the best parameters.
    Search = 101,
    /// Other codes for the situations of published studies.
    Recoding = 102,
    /// Counts that a known parameter set would have produced.
    Recovery = 103,
    /// Walkers among plausible parameter sets.
    Walkers = 104,
    /// Points at which a model is run.
    Design = 105,
    /// Resamples behind an interval.
    Resamples = 106,
    /// Who is lost to a study.
    Attrition = 107,
    /// In which order people meet the conditions of a study, and what they carry over.
    Order = 108,
}

/// All draws of one process in one encounter of one replicate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stream {
    key: [u32; 2],
    process_and_encounter: u32,
    replicate: u32,
}

impl Stream {
    /// The stream of a process; `encounter` counts from 0 and stays below 2²⁴.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the halves of the seed are what is wanted"
    )]
    pub fn new(seed: u64, replicate: u32, process: Process, encounter: u32) -> Self {
        debug_assert!(encounter < 1 << 24, "encounter {encounter} does not fit its 24 bits");
        Self {
            key: [seed as u32, (seed >> 32) as u32],
            process_and_encounter: process as u32 | encounter << 8,
            replicate,
        }
    }

    /// All draws of one agent, step after step.
    pub fn generator(&self, agent: u32) -> Generator {
        Generator {
            stream: *self,
            agent,
            next_step: 0,
            left: Vec::with_capacity(4),
        }
    }

    /// 128 bits for each agent at one step.
    #[inline(always)]
    pub fn bits<B: Bits>(&self, agents: B, step: u32) -> [B; 4] {
        self.bits_at(agents, B::splat(step))
    }

    /// 128 bits for each agent at a step of their own, or for each pair of agents.
    #[inline(always)]
    pub fn bits_at<B: Bits>(&self, agents: B, steps: B) -> [B; 4] {
        let counter = [
            agents,
            steps,
            B::splat(self.process_and_encounter),
            B::splat(self.replicate),
        ];
        philox4x32_10(counter, self.key)
    }

    /// Four standard normal numbers for each agent.
    #[inline(always)]
    pub fn normals<R: Real>(&self, agents: R::Bits, step: u32) -> [R; 4] {
        let [first, second, third, fourth] = self.bits(agents, step);
        [normal(first), normal(second), normal(third), normal(fourth)]
    }
}

/// A standard normal number from 32 bits.
///
/// A function and not a closure for `map`: what the compiler does not inline has no vector instructions.
#[inline(always)]
fn normal<R: Real>(bits: R::Bits) -> R {
    normal_quantile(R::uniform(bits))
}

/// One agent's numbers of a process, one after the other: a generator for the distributions of the `rand` family.
#[derive(Debug, Clone)]
pub struct Generator {
    stream: Stream,
    agent: u32,
    next_step: u32,
    left: Vec<u32>,
}

impl Generator {
    fn next(&mut self) -> u32 {
        if self.left.is_empty() {
            self.left
                .extend(self.stream.bits(self.agent, self.next_step).into_iter().rev());
            self.next_step += 1;
        }
        self.left.pop().unwrap_or_default()
    }
}

impl TryRng for Generator {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(self.next())
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let low = u64::from(self.next());
        Ok(u64::from(self.next()) << 32 | low)
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for chunk in bytes.chunks_mut(4) {
            chunk.copy_from_slice(&self.next().to_le_bytes()[..chunk.len()]);
        }
        Ok(())
    }
}

/// Philox4x32 with ten rounds.
#[inline(always)]
pub fn philox4x32_10<B: Bits>(counter: [B; 4], key: [u32; 2]) -> [B; 4] {
    let [mut c0, mut c1, mut c2, mut c3] = counter;
    let [mut k0, mut k1] = key;
    for _ in 0..10 {
        let (high0, low0) = c0.multiply_wide(0xd251_1f53);
        let (high1, low1) = c2.multiply_wide(0xcd9e_8d57);
        c0 = high1.xor(c1).xor(B::splat(k0));
        c1 = low1;
        c2 = high0.xor(c3).xor(B::splat(k1));
        c3 = low0;
        k0 = k0.wrapping_add(0x9e37_79b9);
        k1 = k1.wrapping_add(0xbb67_ae85);
    }
    [c0, c1, c2, c3]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The known answers of the reference implementation (Random123, `kat_vectors`, philox4x32 10).
    #[test]
    fn philox_gives_the_known_answers() {
        let cases = [
            ([0; 4], [0; 2], [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]),
            (
                [u32::MAX; 4],
                [u32::MAX; 2],
                [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd],
            ),
            (
                [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344],
                [0xa409_3822, 0x299f_31d0],
                [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1],
            ),
        ];
        for (counter, key, expected) in cases {
            assert_eq!(philox4x32_10(counter, key), expected);
        }
    }

    /// The generator gives the bits of its agent in order, whole words and bytes alike.
    #[test]
    fn a_generator_reads_its_agent_step_after_step() {
        let stream = Stream::new(7, 0, Process::People, 0);
        let expected: Vec<u32> = (0..2).flat_map(|step| stream.bits(3_u32, step)).collect();
        let mut words = stream.generator(3);
        let read: Vec<u32> = (0..8).map(|_| words.next()).collect();
        assert_eq!(read, expected);
        let mut bytes = [0; 6];
        stream.generator(3).try_fill_bytes(&mut bytes).unwrap();
        assert_eq!(bytes[..4], expected[0].to_le_bytes());
        assert_eq!(bytes[4..], expected[1].to_le_bytes()[..2]);
    }

    /// Two addresses that differ in one part share no draw.
    #[test]
    fn every_part_of_the_address_matters() {
        let base = Stream::new(7, 0, Process::People, 0);
        let mut seen = vec![base.bits(3_u32, 0), base.bits(4_u32, 0), base.bits(3_u32, 1)];
        for stream in [
            Stream::new(8, 0, Process::People, 0),
            Stream::new(7 | 1 << 40, 0, Process::People, 0),
            Stream::new(7, 1, Process::People, 0),
            Stream::new(7, 0, Process::Occasion, 0),
            Stream::new(7, 0, Process::People, 1),
        ] {
            seen.push(stream.bits(3_u32, 0));
        }
        let distinct: std::collections::BTreeSet<_> = seen.iter().collect();
        assert_eq!(distinct.len(), seen.len());
    }
}

//! A community: people who know each other, day after day.
//!
//! Start with [`day`], the plan of a day, a line for each step. A person's own life is that of the [engine](crate::engine::life), where a community without
//! ties and needs lives exactly as a timeline does; what passes between people stands in [`crate::model::community`].
//!
//! Every draw is addressed by what it is for: the same people, ties, needs and luck in every condition. What is done to one person reaches others only
//! along ties that are met and needs that are seen, so that nothing changes, to the bit, in whom it cannot have reached yet.

mod at_hand;
mod contacts;
pub mod day;
pub mod effects;
mod encounters;
mod life;
mod needs;
mod replicate;
pub mod run;
pub mod sums;
mod trained;

use crate::engine::block::BLOCK;

/// Where a person stands: the number of the block, and the place in it.
fn place_of(person: u32) -> (usize, usize) {
    ((person / BLOCK) as usize, (person % BLOCK) as usize)
}

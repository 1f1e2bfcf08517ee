//! The fit of the parameters to what people did, and how sure they are.
//!
//! | question                                         | modules                                                    |
//! |--------------------------------------------------|------------------------------------------------------------|
//! | what was believed before                         | [`priors`] [`constraints`]                                 |
//! | which parameters fit                             | [`objective`] [`cma_es`] [`search`] [`emulator`] [`mod@refine`] [`bits`] |
//! | how sure are they                                | [`walkers`] [`posterior`] [`ensemble`]                     |
//! | what is written and read                         | [`parameter_file`] [`state`], [`record`](crate::parameters::record) |
//! | do they predict what they have not seen          | [`left_out`]                                               |
//! | can they be known at all                         | [`recovery`]                                               |
//!
//! What was fitted when, and what came of it, is told in `HISTORY.md` beside these files.

pub mod bits;
pub mod cma_es;
pub mod constraints;
pub mod emulator;
pub mod ensemble;
pub mod left_out;
pub mod objective;
pub mod parameter_file;
pub mod posterior;
pub mod priors;
pub mod recovery;
pub mod refine;
pub mod search;
pub mod state;
pub mod walkers;

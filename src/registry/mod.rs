//! The registry: the only lists of what can be measured, recorded and asked about, one row each.
//!
//! Reader, schema, tables, charts, words and codebooks iterate these lists; nothing else writes them out.
//! The registry knows words and units, and no equation: how a measure is read out of what is recorded follows from its [`Source`] in
//! [`crate::engine::measured`].

mod list;
mod measures;
mod states;

pub use measures::{Chart, Measure, MeasureRow, Questionnaire, Readout, Source};
pub use states::{Outcome, State, StateRow};

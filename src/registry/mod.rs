//! The registry: the only lists of what can be measured, recorded and asked about, one row each.
//!
//! Reader, schema, tables, charts, words and codebooks iterate these lists; nothing else writes them out.
//! The registry knows words and units, and no equation: how a measure is read out of what is recorded follows from its [`Source`] in
//! [`crate::engine::measured`].

mod cell;
mod columns;
mod list;
mod measures;
mod mechanisms;
mod sections;
mod situation;
mod states;
#[cfg(test)]
mod tests;
mod traits;

pub use cell::{NAME, name_cell, text_cell};
pub use columns::{Column, codebook, header};
pub use measures::{Chart, Measure, MeasureRow, Need, Questionnaire, Readout, Source};
pub use mechanisms::{Acts, Mechanism, MechanismRow};
pub use sections::{Section, SectionRow};
pub use situation::{BystanderBehaviour, EmotionLabel, HelpKind, Perspective, Situation, SituationRow};
pub use states::{Gifts, Outcome, OutcomeRow, State, StateRow};
pub use traits::{Trait, TraitRow};

//! Who a person is: twelve traits, which change only by training.

pub use crate::registry::Trait;

use serde::Serialize;

/// How a population differs from the norm in one trait: a draw is `mean + sd · z`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct TraitShift {
    /// Mean, in population SD from the norm.
    pub mean: f64,
    /// Spread, in population SD; 0 makes everybody alike.
    pub sd: f64,
}

impl Default for TraitShift {
    fn default() -> Self {
        Self { mean: 0.0, sd: 1.0 }
    }
}

/// One shift for each trait, indexed by `Trait as usize`.
pub type PopulationShift = [TraitShift; Trait::COUNT];

//! Which mechanisms of the model are knocked out.

pub use crate::registry::Mechanism;
use serde::{Serialize, Serializer};

/// A set of mechanisms that are switched off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Knockout(u32);

impl Knockout {
    /// Nothing is switched off.
    pub const NONE: Self = Self(0);

    /// This set with one mechanism more.
    #[must_use]
    pub const fn with(self, mechanism: Mechanism) -> Self {
        Self(self.0 | 1 << mechanism as u32)
    }

    /// Whether a mechanism is switched off.
    pub const fn lacks(self, mechanism: Mechanism) -> bool {
        self.0 & (1 << mechanism as u32) != 0
    }

    /// The mechanisms that are switched off, in the order of the registry.
    pub fn mechanisms(self) -> impl Iterator<Item = Mechanism> {
        Mechanism::ALL
            .into_iter()
            .filter(move |mechanism| self.lacks(*mechanism))
    }
}

impl Serialize for Knockout {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.mechanisms().map(Mechanism::key))
    }
}

//! Records: what is known of each person when the encounter is over.

use super::people::PADDING;

pub use crate::registry::{Outcome, State as Column};

/// The records of consecutive people, one column for each quantity.
#[derive(Debug, Clone, PartialEq)]
pub struct Records {
    /// How it ended.
    pub outcomes: Vec<Outcome>,
    /// What was recorded, indexed by `Column as usize`.
    pub columns: [Vec<f32>; Column::COUNT],
}

impl Records {
    /// Room for so many people, all undecided.
    pub fn room_for(people: usize) -> Self {
        Self {
            outcomes: vec![Outcome::Undecided; people],
            columns: std::array::from_fn(|_| vec![0.0; people]),
        }
    }

    /// Columns that hold how a person was at the end, the first ones; the others are read from them.
    pub(super) const TAKEN_DOWN: usize = 10;

    /// Takes down how a person ended, from one lane of rows in the order of [`Column`].
    pub(super) fn take_down(
        &mut self,
        place: usize,
        outcome: Outcome,
        lane: usize,
        rows: &[[f32; PADDING]; Self::TAKEN_DOWN],
    ) {
        self.outcomes[place] = outcome;
        for (column, row) in self.columns.iter_mut().zip(rows) {
            column[place] = row[lane];
        }
    }

    /// Keeps the first `people` only.
    pub(super) fn truncate(&mut self, people: usize) {
        self.outcomes.truncate(people);
        for column in &mut self.columns {
            column.truncate(people);
        }
    }

    /// One column.
    pub fn column(&self, column: Column) -> &[f32] {
        &self.columns[column as usize]
    }
}

//! Watching an encounter step by step.

use super::people::PADDING;
use crate::lanes::Real;
use crate::model::{STATES, State};

/// Somebody who is shown how people are after each step.
pub(super) trait Watch {
    /// How the person at `place` of the block is after `steps` steps; the last time is the step of the decision.
    fn see(&mut self, place: usize, steps: u32, state: &State<f64>);
}

/// Shows the people of some `lanes` (one bit each) after `steps` steps; `places` says where each stands in the block.
#[inline(always)]
pub(super) fn show<R: Real>(
    watch: &mut dyn Watch,
    lanes: u32,
    steps: u32,
    state: &State<R>,
    places: impl Fn(usize) -> usize,
) {
    let mut rows = [[0.0; PADDING]; STATES];
    for (row, value) in rows.iter_mut().zip(state.columns()) {
        value.store(row);
    }
    for lane in (0..R::WIDTH).filter(|lane| lanes >> lane & 1 == 1) {
        let state = State::from_columns(rows.map(|row: [f32; PADDING]| f64::from(row[lane])));
        watch.see(places(lane), steps, &state);
    }
}

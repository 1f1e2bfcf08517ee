//! Watching an encounter step by step.

use super::people::PADDING;
use crate::lanes::Real;
use crate::model::State;

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
    let values = [
        state.attention,
        state.affective_sharing,
        state.perspective_taking,
        state.reappraisal,
        state.personal_distress,
        state.compassion,
        state.indignation,
        state.help,
        state.leave,
        state.punish,
    ];
    let mut rows = [[0.0; PADDING]; 10];
    for (row, value) in rows.iter_mut().zip(values) {
        value.store(row);
    }
    for lane in (0..R::WIDTH).filter(|lane| lanes >> lane & 1 == 1) {
        let [
            attention,
            affective_sharing,
            perspective_taking,
            reappraisal,
            personal_distress,
            compassion,
            indignation,
            help,
            leave,
            punish,
        ] = rows.map(|row: [f32; PADDING]| f64::from(row[lane]));
        let state = State {
            attention,
            affective_sharing,
            perspective_taking,
            reappraisal,
            personal_distress,
            compassion,
            indignation,
            help,
            leave,
            punish,
        };
        watch.see(places(lane), steps, &state);
    }
}

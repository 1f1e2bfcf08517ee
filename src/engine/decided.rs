//! Who decides in a step, and how that is taken down.

use super::people::PADDING;
use super::records::{Outcome, Records};
use crate::lanes::{Mask, Real};
use crate::model::State;
use crate::model::scene::Scene;

/// Who decided in a step, for what, and when within it.
pub(super) struct Decided<R: Real> {
    /// Everybody who decided.
    pub(super) anybody: R::Mask,
    pub(super) helped: R::Mask,
    pub(super) left: R::Mask,
    pub(super) punished: R::Mask,
    /// When, as a share of the step.
    pub(super) when: R,
}

/// Who of the `active` people decided in a step, if anybody did.
///
/// Where two tendencies cross the bound in the same step, the one that crossed earlier decides, on a straight line over the step; a tie helps.
/// Letting one of them win every such step would bias helping by up to 0.7 points at steps of a second (`benches/convergence.md`).
#[inline(always)]
pub(super) fn decided<R: Real>(
    scene: &Scene<R>,
    before: &State<R>,
    after: &State<R>,
    active: R::Mask,
) -> Option<Decided<R>> {
    if scene.graded {
        return None;
    }
    let foremost = after.help.max(after.leave);
    let foremost = if scene.punishing {
        foremost.max(after.punish)
    } else {
        foremost
    };
    let anybody = active.and_not(foremost.less(scene.bound));
    if anybody.bits() == 0 {
        return None;
    }
    let never = R::splat(2.0);
    let crossing = |before: R, after: R| {
        let share = (scene.bound - before) / (after - before).max(R::splat(1e-9));
        R::select(after.less(scene.bound), never, share.positive_part().min(R::one()))
    };
    let help = crossing(before.help, after.help);
    let leave = crossing(before.leave, after.leave);
    let punish = if scene.punishing {
        crossing(before.punish, after.punish)
    } else {
        never
    };
    let when = help.min(leave).min(punish);
    let helped = anybody.and_not(when.less(help));
    let rest = anybody.and_not(helped);
    let left = rest.and_not(when.less(leave));
    Some(Decided {
        anybody,
        helped,
        left,
        punished: rest.and_not(left),
        when,
    })
}

impl<R: Real> Decided<R> {
    /// Takes down how these people are now that they have decided at `time_s`.
    #[inline(always)]
    pub(super) fn take_down(
        &self,
        records: &mut Records,
        state: &State<R>,
        time_s: R,
        places: impl Fn(usize) -> usize,
    ) {
        let outcomes = [
            (self.helped.bits(), Outcome::Helped),
            (self.left.bits(), Outcome::Left),
            (self.punished.bits(), Outcome::Punished),
        ];
        for (lanes, outcome) in outcomes {
            if lanes != 0 {
                take_down(records, lanes, outcome, state, time_s, &places);
            }
        }
    }
}

/// Takes down how the people in some `lanes` (one bit each) ended, in what state and when; `places` says where each lane stands in the records.
#[inline(always)]
pub(super) fn take_down<R: Real>(
    records: &mut Records,
    lanes: u32,
    outcome: Outcome,
    state: &State<R>,
    time_s: R,
    places: impl Fn(usize) -> usize,
) {
    let values = [
        time_s,
        state.attention,
        state.affective_sharing,
        state.perspective_taking,
        state.reappraisal,
        state.personal_distress,
        state.compassion,
        state.indignation,
        state.help,
        state.leave,
    ];
    let mut rows = [[0.0; PADDING]; Records::TAKEN_DOWN];
    for (row, value) in rows.iter_mut().zip(values) {
        value.store(row);
    }
    let mut left = lanes;
    while left != 0 {
        let lane = left.trailing_zeros() as usize;
        records.take_down(places(lane), outcome, lane, &rows);
        left &= left - 1;
    }
}

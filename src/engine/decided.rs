//! Who decides in a step, and how that is taken down.

use super::people::PADDING;
use super::records::{Outcome, Records};
use crate::lanes::{Mask, Real};
use crate::model::scene::Scene;
use crate::model::{State, Tendencies};

/// Who decided in a step, for what, and when within it.
pub(super) struct Decided<R: Real> {
    /// Everybody who decided.
    pub(super) anybody: R::Mask,
    pub(super) helped: R::Mask,
    pub(super) left: R::Mask,
    /// When, as a share of the step.
    pub(super) when: R,
}

/// Who of the `active` people has not decided yet.
#[inline(always)]
pub(super) fn still_undecided<R: Real>(scene: &Scene<R>, state: &State<R>, active: R::Mask) -> R::Mask {
    // Where help is a quantity nobody has helped before the end, but one can refuse.
    let foremost = if scene.graded {
        state.leave
    } else {
        state.help.max(state.leave)
    };
    let foremost = if scene.punishing {
        foremost.max(state.punish)
    } else {
        foremost
    };
    active.and(foremost.less(scene.bound))
}

/// Who of the `active` people decided in a step, if anybody did.
#[inline(always)]
pub(super) fn decided<R: Real>(
    scene: &Scene<R>,
    before: &State<R>,
    after: &State<R>,
    active: R::Mask,
) -> Option<Decided<R>> {
    let anybody = active.and_not(still_undecided(scene, after, active));
    if anybody.bits() == 0 {
        return None;
    }
    Some(Decided::of(scene, &before.tendencies(), &after.tendencies(), anybody))
}

/// A share of a step that does not come.
const NEVER: f64 = 2.0;

/// When within a step a tendency reaches the bound, as a share of the step; [`NEVER`] if it does not.
#[inline(always)]
fn crossing<R: Real>(bound: R, before: R, after: R) -> R {
    let share = (bound - before) / (after - before).max(R::splat(1e-9));
    R::select(after.less(bound), R::splat(NEVER), share.positive_part().min(R::one()))
}

impl<R: Real> Decided<R> {
    /// What people decided in the step that took one of their tendencies over the bound.
    ///
    /// Where two cross it in the same step, the one that crossed earlier decides, on a straight line over the step; a tie helps.
    /// Letting one of them win every such step would bias helping by up to 0.7 points at steps of a second (`benches/convergence.md`).
    #[inline(always)]
    pub(super) fn of(scene: &Scene<R>, before: &Tendencies<R>, after: &Tendencies<R>, anybody: R::Mask) -> Self {
        let help = if scene.graded {
            R::splat(NEVER)
        } else {
            crossing(scene.bound, before.help, after.help)
        };
        let leave = crossing(scene.bound, before.leave, after.leave);
        let punish = if scene.punishing {
            crossing(scene.bound, before.punish, after.punish)
        } else {
            R::splat(NEVER)
        };
        let when = help.min(leave).min(punish);
        let helped = anybody.and_not(when.less(help));
        let left = anybody.and_not(helped).and_not(when.less(leave));
        Self {
            anybody,
            helped,
            left,
            when,
        }
    }

    /// Takes down how these people are now that they have decided at `time_s`.
    #[inline(always)]
    pub(super) fn take_down(
        &self,
        records: &mut Records,
        state: &State<R>,
        time_s: R,
        places: impl Fn(usize) -> usize,
    ) {
        let (helped, left) = (self.helped.bits(), self.left.bits());
        take_down(records, self.anybody.bits(), state, time_s, |lane| {
            let outcome = if helped >> lane & 1 == 1 {
                Outcome::Helped
            } else if left >> lane & 1 == 1 {
                Outcome::Left
            } else {
                Outcome::Punished
            };
            (places(lane), outcome)
        });
    }
}

/// Takes down how the people in some `lanes` (one bit each) ended, in what state and when; `how` says of each lane where it stands in the
/// records and how it ended.
#[inline(always)]
pub(super) fn take_down<R: Real>(
    records: &mut Records,
    lanes: u32,
    state: &State<R>,
    time_s: R,
    how: impl Fn(usize) -> (usize, Outcome),
) {
    let mut rows = [[0.0; PADDING]; Records::TAKEN_DOWN];
    time_s.store(&mut rows[0]);
    // There is no row for what is not taken down: it stands last.
    for (row, value) in rows[1..].iter_mut().zip(state.columns()) {
        value.store(row);
    }
    let mut left = lanes;
    while left != 0 {
        let lane = left.trailing_zeros() as usize;
        let (place, outcome) = how(lane);
        records.take_down(place, outcome, lane, &rows);
        left &= left - 1;
    }
}

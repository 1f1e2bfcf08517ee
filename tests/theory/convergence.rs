//! At the shipped longest step, helping rates lie within 0.2 percentage points of the limit of ever shorter steps.
//!
//! `benches/convergence.rs` shows it for a dozen scenes and six step lengths; here stand the two scenes in which a step could matter most.

use crate::trial::alone;
use compassion::engine::LONGEST_STEP_S;
use compassion::engine::block::{BLOCK, Participants, World};
use compassion::engine::records::Outcome;
use compassion::lanes::Level;
use compassion::model::situation::Situation;
use compassion::parameters::shipped;
use rayon::prelude::*;

/// People in each scene: the ordinary one is .1 points from its limit, and two errors of .024 must fit in beside that.
const PEOPLE: u32 = 1 << 22;

/// Greatest distance from the limit, two standard errors included.
const TOLERANCE: f64 = 0.002;

/// Everybody hurries by: both tendencies are quick, so that they often cross the bound in the same step.
#[test]
fn the_shipped_step_is_short_enough_for_people_in_a_hurry() {
    assert_converged(Situation {
        haste: 1.0,
        escape: 1.0,
        ambiguity: 0.5,
        window_s: 15.0,
        ..Situation::default()
    });
}

/// A long chance: many steps, slow tendencies, and the reflecting floor matters.
#[test]
fn the_shipped_step_is_short_enough_for_an_ordinary_scene() {
    assert_converged(Situation::default());
}

/// Compares the shipped step with the limit `2 r(Δ/8) − r(Δ/4)`, which removes an error in proportion to the step. The standard error is
/// that of the difference person by person: the same people with the same occasions, but other shocks.
fn assert_converged(situation: Situation) {
    let [shipped, quarter, eighth] = [1.0, 4.0, 8.0].map(|it| helpers(&situation, LONGEST_STEP_S / it));
    let differences = (0..shipped.len()).map(|it| shipped[it] - 2.0 * eighth[it] + quarter[it]);
    let n = shipped.len() as f64;
    let (sum, squares) = differences.fold((0.0, 0.0), |(sum, squares), it| (sum + it, squares + it * it));
    let mean = sum / n;
    let error = ((squares / n - mean * mean) / n).sqrt();
    assert!(
        mean.abs() + 2.0 * error < TOLERANCE,
        "helping at {LONGEST_STEP_S} s differs from its limit by {:+.3} ± {:.3} points",
        100.0 * mean,
        100.0 * error
    );
}

/// 1 for each person who helped, 0 for each who did not.
fn helpers(situation: &Situation, longest_step_s: f64) -> Vec<f64> {
    let (parameters, condition) = (shipped(), alone(situation.clone()));
    let world = World {
        parameters: &parameters,
        programs: &[],
        seed: 2011,
        longest_step_s,
        level: Level::best(),
        encounters: None,
    };
    let blocks = (0..PEOPLE / BLOCK).into_par_iter().flat_map_iter(|block| {
        let people = world.people(0, block * BLOCK, BLOCK as usize);
        let records = Participants::new(&world, &condition, 0, &people, people.count, PEOPLE).meet(&world, &condition);
        let helped = |outcome| f64::from(u8::from(outcome == Outcome::Helped));
        records.outcomes.into_iter().map(helped)
    });
    blocks.collect()
}

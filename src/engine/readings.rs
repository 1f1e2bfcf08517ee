//! What is read of people when the encounter is over: accuracy, arousal that is left, and ratings with their errors.

use super::Encounter;
use super::people::PADDING;
use super::records::{Column, Outcome, Records};
use crate::lanes::{Bits, Real};
use crate::model::person::Body;
use crate::model::situation::{HelpKind, Situation};
use crate::model::{giving, motor_resonance, ratings, regulation};

/// Time after a scene at which the arousal that is left is read, in seconds.
const RECOVERY_S: f64 = 10.0;

/// Time constant with which arousal comes down after a scene, in seconds.
const RECOVERY_TIME_S: f64 = 10.0;

/// Where help is a quantity, the smallest share of the endowment that counts as giving: one coin of twenty.
///
/// It lies above the reflecting bound of the tendencies, which is half a shock.
pub const SMALLEST_GIFT: f32 = 0.05;

/// What the readings need of each person beside the final state.
pub(super) struct Readable {
    pub(super) resonant_vividness: Vec<f32>,
    pub(super) vagal_brake: Vec<f32>,
}

impl Readable {
    /// Room for so many people.
    pub(super) fn room_for(people: usize) -> Self {
        Self {
            resonant_vividness: vec![0.0; people],
            vagal_brake: vec![0.0; people],
        }
    }

    /// Takes down the body in each lane, at the places given.
    #[inline(always)]
    pub(super) fn note<R: Real>(&mut self, body: &Body<R>, lanes: usize, places: impl Fn(usize) -> usize) {
        let (mut vividness, mut brake) = ([0.0; PADDING], [0.0; PADDING]);
        body.resonant_vividness.store(&mut vividness);
        body.vagal_brake.store(&mut brake);
        for (lane, (vividness, brake)) in vividness.into_iter().zip(brake).take(lanes).enumerate() {
            self.resonant_vividness[places(lane)] = vividness;
            self.vagal_brake[places(lane)] = brake;
        }
    }
}

/// A register of a column of the records, from place `at` on.
#[inline(always)]
fn of<R: Real>(records: &Records, column: Column, at: usize) -> R {
    R::load(&records.column(column)[at..])
}

/// Adds the readings to records of everybody's final state; `agents` are the numbers of the people in the records, which may be padded.
#[inline(always)]
pub(super) fn read<R: Real>(records: &mut Records, readable: &Readable, encounter: &Encounter, agents: &[u32]) {
    let (motor, rating) = (&encounter.parameters.motor_resonance, &encounter.parameters.ratings);
    let accuracy_weight = R::splat(motor.accuracy_weight);
    let recovery = R::splat(RECOVERY_S / RECOVERY_TIME_S);
    let sensitivity = R::splat(rating.sensitivity);
    let (relief, relief_at) = (R::splat(rating.compassion_relief), R::splat(rating.relief_at));
    let error_sd = R::splat(rating.error_sd);
    let mood = R::splat(encounter.situation.mood.max(0.0));
    for at in (0..agents.len()).step_by(R::WIDTH) {
        let (sharing, understanding) = (
            of(records, Column::AffectiveSharing, at),
            of(records, Column::PerspectiveTaking, at),
        );
        let (distress, compassion) = (
            of(records, Column::PersonalDistress, at),
            of(records, Column::Compassion, at),
        );
        let (attention, reappraisal) = (of(records, Column::Attention, at), of(records, Column::Reappraisal, at));
        let resonant_vividness = R::load(&readable.resonant_vividness[at..]);
        let vagal_brake = R::load(&readable.vagal_brake[at..]);
        let accuracy = motor_resonance::accuracy(resonant_vividness * attention, understanding, accuracy_weight);
        let residual = regulation::residual_arousal(sharing, vagal_brake, reappraisal, recovery);
        accuracy.store(&mut records.columns[Column::Accuracy as usize][at..]);
        residual.store(&mut records.columns[Column::ResidualArousal as usize][at..]);
        // What each rating is a rating of; four have their errors from one draw.
        let felt = [
            (
                Column::NegativeAffect,
                ratings::negative_affect(sharing, distress, compassion, relief, relief_at),
            ),
            (Column::PositiveAffect, compassion + mood),
            (Column::EmpathyRating, sharing * understanding * R::splat(4.0)),
            (Column::TheoryOfMind, understanding),
            #[cfg(test)]
            (Column::Scratch, distress + compassion),
        ];
        for (draw, felt) in felt.chunks(4).enumerate() {
            let errors = encounter
                .streams
                .ratings
                .normals::<R>(R::Bits::load(&agents[at..]), draw as u32);
            for ((column, feeling), error) in felt.iter().zip(errors) {
                let rated = ratings::on_the_form(ratings::rating(*feeling, sensitivity) + error_sd * error);
                rated.store(&mut records.columns[*column as usize][at..]);
            }
        }
    }
    if encounter.situation.help == HelpKind::Graded {
        let reluctance = R::splat(encounter.parameters.giving.reluctance);
        for at in (0..agents.len()).step_by(R::WIDTH) {
            let share = giving::share(of(records, Column::Help, at), reluctance);
            share.store(&mut records.columns[Column::Help as usize][at..]);
        }
        let counts = counts_from(encounter.situation);
        let given = &mut records.columns[Column::Help as usize];
        for (outcome, given) in records.outcomes.iter_mut().zip(given) {
            *given = gift(*given, *outcome == Outcome::Left);
            if *outcome != Outcome::Left {
                *outcome = if *given >= counts {
                    Outcome::Helped
                } else {
                    Outcome::Undecided
                };
            }
        }
    }
}

/// The least share of the endowment that counts as help.
pub(super) fn counts_from(situation: &Situation) -> f32 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "shares are worked with in single precision"
    )]
    let asked = (situation.counts_from / situation.endowment) as f32;
    asked.max(SMALLEST_GIFT)
}

/// The share that is given: nothing by those who refuse, and less than the smallest gift is nothing.
pub(super) fn gift(share: f32, refused: bool) -> f32 {
    if refused || share < SMALLEST_GIFT { 0.0 } else { share }
}

//! A ward round: one encounter after the other, with fatigue carried over.

use super::scenes::vivid;
use compassion::engine::block::{Participants, World};
use compassion::engine::records::Column;
use compassion::engine::{Encounter, LONGEST_STEP_S, RandomStreams, persons};
use compassion::lanes::Level;
use compassion::model::fatigue;
use compassion::model::mechanism::Knockout;
use compassion::model::situation::Situation;
use compassion::parameters::shipped;

const PEOPLE: usize = 4000;

/// One encounter of the round.
pub struct Visit {
    /// Mean attention at the decision.
    pub attention: f64,
    /// Mean reappraisal at the decision.
    pub reappraisal: f64,
    /// Mean personal distress at the decision.
    pub distress: f64,
    /// Mean fatigue afterwards, in \[0, 1\].
    pub fatigue: f64,
}

/// Twenty patients in great pain, four minutes each, with two minutes in between; whoever does the round stays to the end of each visit.
pub fn round(knockout: Knockout) -> Vec<Visit> {
    let parameters = shipped();
    let situation = Situation {
        window_s: 240.0,
        escape: 0.3,
        ..vivid()
    };
    let (minutes, rest_hours) = (situation.window_s / 60.0, 2.0 / 60.0);
    let world = World {
        parameters: &parameters,
        programs: &[],
        seed: 2014,
        longest_step_s: LONGEST_STEP_S,
        level: Level::best(),
        encounters: None,
    };
    let condition = crate::trial::alone(situation.clone());
    let people = world.people(0, 0, PEOPLE);
    let participants = Participants::new(&world, &condition, 0, &people, PEOPLE, u32::MAX);
    let kept = libm::exp2(-rest_hours / parameters.fatigue.half_life_hours);
    let mut tired = vec![0.0_f32; people.agents.len()];
    let visits = (0..20).map(|number| {
        let encounter = Encounter {
            parameters: &parameters,
            situation: &situation,
            knockout,
            longest_step_s: LONGEST_STEP_S,
            streams: RandomStreams::new(2014, 0, number),
        };
        let initial = persons::InitialState {
            fatigue: Some(&tired),
            ..participants.initial()
        };
        let records = persons::meet(Level::best(), &encounter, &initial);
        for (person, tired) in tired.iter_mut().take(PEOPLE).enumerate() {
            let load =
                |column: Column, per_minute: f64| per_minute * minutes * f64::from(records.column(column)[person]);
            let after = fatigue::after(
                f64::from(*tired),
                load(Column::PersonalDistress, parameters.fatigue.per_distress_minute),
                load(Column::Compassion, parameters.fatigue.recovery_per_compassion_minute),
                kept,
            );
            #[expect(clippy::cast_possible_truncation, reason = "lanes are single precision")]
            {
                *tired = after as f32;
            }
        }
        let mean = |values: &[f32]| values.iter().map(|it| f64::from(*it)).sum::<f64>() / values.len() as f64;
        Visit {
            attention: mean(records.column(Column::Attention)),
            reappraisal: mean(records.column(Column::Reappraisal)),
            distress: mean(records.column(Column::PersonalDistress)),
            fatigue: mean(&tired[..PEOPLE]),
        }
    });
    visits.collect()
}

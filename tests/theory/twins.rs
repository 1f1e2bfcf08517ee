//! Each person and their twin, with the same random numbers, end in the same way.

use crate::trial::alone;
use crate::twin::Twin;
use compassion::engine::block::{Participants, World};
use compassion::engine::records::Column;
use compassion::engine::{Encounter, Gains, LONGEST_STEP_S, RandomStreams, persons};
use compassion::lanes::Level;
use compassion::model::agent::Trait;
use compassion::model::mechanism::Knockout;
use compassion::model::situation::{BystanderBehaviour, EmotionLabel, Perspective, Situation};
use compassion::parameters::shipped;

const PEOPLE: usize = 2000;

/// Greatest difference of a state or, in seconds, of a decision time: single precision over at most a few hundred steps.
const TOLERANCE: f64 = 2e-3;

/// People per thousand who may end otherwise, because rounding carried a tendency over the bound a step earlier or later.
const OTHERWISE_PER_MILLE: usize = 2;

/// Connectedness, inflammation and oxytocin tone of everybody, in SD: exact in single precision.
const MILIEU: [f64; 3] = [-0.5, 0.75, 0.25];

/// What the twin's states are called in the records.
const STATES: [Column; 9] = [
    Column::Attention,
    Column::AffectiveSharing,
    Column::PerspectiveTaking,
    Column::Reappraisal,
    Column::PersonalDistress,
    Column::Compassion,
    Column::Indignation,
    Column::Help,
    Column::Leave,
];

fn vivid() -> Situation {
    Situation {
        need: 0.85,
        vividness: 0.9,
        ambiguity: 0.1,
        escape: 0.9,
        cost: 0.4,
        window_s: 40.0,
        ..Situation::default()
    }
}

#[test]
fn in_an_ordinary_scene() {
    agree(&Situation::default(), [0.0; Trait::COUNT], 0.0);
}

#[test]
fn in_a_vivid_scene_that_one_may_leave_trained_and_tired() {
    agree(&vivid(), std::array::from_fn(|it| 0.1 * it as f64 - 0.3), 0.4);
}

#[test]
fn asked_to_imagine_oneself_by_a_friend_who_is_to_blame() {
    let situation = Situation {
        perspective: Perspective::ImagineSelf,
        closeness: 0.8,
        blame: 0.4,
        mood: -0.6,
        guilt: 0.6,
        responsibility: 0.5,
        evaluation: 0.9,
        victims: 4,
        emotion_label: EmotionLabel::ConcernSalient,
        exclusion: 0.7,
        efficacy: 1.0,
        ..vivid()
    };
    agree(&situation, [0.0; Trait::COUNT], 0.0);
}

#[test]
fn asked_to_imagine_the_other_in_a_hurry() {
    let situation = Situation {
        perspective: Perspective::ImagineOther,
        haste: 1.0,
        escape: 1.0,
        emotion_label: EmotionLabel::DistressSalient,
        window_s: 15.3,
        ..vivid()
    };
    agree(&situation, [0.0; Trait::COUNT], 0.0);
}

#[test]
fn staying_objective_before_a_perpetrator_who_can_be_punished() {
    let situation = Situation {
        perspective: Perspective::Objective,
        perpetrator: 1.0,
        punishing_possible: true,
        need: 1.0,
        ..vivid()
    };
    agree(&situation, [0.0; Trait::COUNT], 0.0);
}

#[test]
fn among_others_who_are_passive_or_free() {
    for bystander_behaviour in [BystanderBehaviour::Passive, BystanderBehaviour::Free] {
        let situation = Situation {
            bystanders: 2,
            bystander_behaviour,
            ambiguity: 0.3,
            window_s: 90.0,
            perpetrator: 0.5,
            ..vivid()
        };
        agree(&situation, [0.0; Trait::COUNT], 0.0);
    }
}

fn agree(situation: &Situation, gains: [f64; Trait::COUNT], fatigue: f64) {
    let (parameters, condition) = (shipped(), alone(situation.clone()));
    let world = World {
        parameters: &parameters,
        programs: &[],
        seed: 1967,
        longest_step_s: LONGEST_STEP_S,
        level: Level::best(),
        encounters: None,
    };
    let people = world.people(0, 0, PEOPLE);
    let participants = Participants::new(&world, &condition, 0, &people, PEOPLE, u32::MAX);
    let encounter = Encounter {
        parameters: &parameters,
        situation,
        knockout: Knockout::NONE,
        longest_step_s: LONGEST_STEP_S,
        streams: RandomStreams::new(1967, 0, 0),
    };
    #[expect(clippy::cast_possible_truncation, reason = "lanes are single precision")]
    let tired = vec![fatigue as f32; people.agents.len()];
    #[expect(clippy::cast_possible_truncation, reason = "lanes are single precision")]
    let [connectedness, inflammation, oxytocin] = MILIEU.map(|it| vec![it as f32; people.agents.len()]);
    let milieu = persons::MilieuColumns {
        connectedness,
        inflammation,
        oxytocin,
    };
    let (gained, initial) = (Gains::Same(gains), participants.initial());
    let initial = persons::InitialState {
        gains: &gained,
        fatigue: Some(&tired),
        milieu: Some(&milieu),
        ..initial
    };
    let records = persons::meet(Level::best(), &encounter, &initial);

    let mut otherwise = 0;
    for person in 0..PEOPLE {
        let agent = people.agents[person];
        let [motive, threshold, readiness, _] = encounter.streams.occasion.normals::<f64>(agent, 0);
        let twin = Twin {
            parameters: &parameters,
            situation,
            traits: participants.traits_of(person),
            gains,
            today: [motive, threshold, readiness],
            fatigue,
            milieu: MILIEU,
            longest_step_s: LONGEST_STEP_S,
        };
        let ending = twin.live(|step| {
            let [help, leave, punish, _] = encounter.streams.tendencies.bits(agent, step / 32);
            [help, leave, punish].map(|bits| if bits >> (step % 32) & 1 == 1 { -1.0 } else { 1.0 })
        });
        let latency = f64::from(records.column(Column::LatencyS)[person]);
        if ending.outcome != records.outcomes[person] || (ending.latency_s - latency).abs() > TOLERANCE {
            otherwise += 1;
            continue;
        }
        for (column, expected) in STATES.iter().zip(ending.states) {
            let value = f64::from(records.column(*column)[person]);
            let scale = expected.abs().max(1.0);
            assert!(
                (value - expected).abs() < TOLERANCE * scale,
                "person {person}, {column:?}: {value} of {expected}"
            );
        }
    }
    assert!(
        otherwise * 1000 <= OTHERWISE_PER_MILLE * PEOPLE,
        "{otherwise} of {PEOPLE} people end otherwise or at another time than their twins"
    );
}

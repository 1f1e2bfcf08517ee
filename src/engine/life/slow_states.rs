//! The slow states of the people of a block, and what an encounter needs of them.

use super::super::Gains;
use super::super::block::{Participants, World};
use super::super::persons::MilieuColumns;
use super::super::training::with_added;
use crate::model::agent::Trait;
use crate::model::community::{Left, gratitude, modelling};
use crate::model::slow::everyday::Load;
use crate::model::slow::readouts::{Seen, read};
use crate::model::slow::{Links, SetPoints, Slow};
use crate::population::SCALES;
use crate::random::{Process, Stream};
use crate::registry::Readout;

/// The slow states of the people of a block; columns as long as those of the people.
#[derive(Debug, Clone)]
pub struct SlowStates {
    /// The slow states of each person.
    pub states: Vec<Slow>,
    /// What they come back to, without training.
    set_points: Vec<SetPoints>,
    /// What questionnaires showed of each person when they were last filled in; empty before that.
    pub readouts: Vec<[f64; Readout::COUNT]>,
    /// The errors of that filling-in on the questionnaires about traits; empty before it.
    pub scale_errors: Vec<[f64; SCALES]>,
    /// What other people have left in each person; empty where people are by themselves.
    pub left: Vec<Left>,
    /// What encounters in a row did since the last rest; none outside of them.
    fatigue: Vec<f32>,
    milieu: MilieuColumns,
    gains: Gains,
}

impl SlowStates {
    /// These people with slow states where they belong, before anything has happened.
    pub(super) fn new(world: &World, participants: &Participants) -> Self {
        let stream = Stream::new(world.seed, participants.replicate, Process::Home, 0);
        let agents = &participants.people.agents;
        let set_points: Vec<SetPoints> = agents
            .iter()
            .enumerate()
            .map(|(place, agent)| {
                let [mood, network, inflammation, oxytocin] = stream.normals::<f64>(*agent, 0);
                let own = |which: Trait| f64::from(participants.traits[which as usize][place]);
                SetPoints {
                    mood,
                    network,
                    inflammation,
                    oxytocin,
                    low_mood: own(Trait::LowMood),
                    vagal_tone: own(Trait::VagalTone),
                }
            })
            .collect();
        let states = set_points.iter().map(at_set_points).collect();
        let people = agents.len();
        Self {
            states,
            set_points,
            readouts: Vec::new(),
            scale_errors: Vec::new(),
            left: Vec::new(),
            fatigue: vec![0.0; people],
            milieu: MilieuColumns {
                connectedness: vec![0.0; people],
                inflammation: vec![0.0; people],
                oxytocin: vec![0.0; people],
            },
            gains: participants.trained.gains.clone(),
        }
    }

    /// What people have gained for the next encounter: by training, and by how their slow states depart from their traits.
    pub fn gains(&self) -> &Gains {
        &self.gains
    }

    /// Takes other gains into the next encounter.
    pub(in super::super) fn face_with(&mut self, gains: Gains) {
        self.gains = gains;
    }

    /// Fatigue for the next encounter.
    pub fn fatigue(&self) -> &[f32] {
        &self.fatigue
    }

    /// The milieu of the next encounter.
    pub fn milieu(&self) -> &MilieuColumns {
        &self.milieu
    }

    /// Changes what everybody's network gives, by so many SD.
    pub fn rewire(&mut self, network: f64) {
        for set_points in &mut self.set_points {
            set_points.network += network;
        }
    }

    /// What a person's slow states come back to when training has gained so much.
    pub(super) fn set_points(&self, place: usize, gained: &[f64; Trait::COUNT]) -> SetPoints {
        let own = self.set_points[place];
        SetPoints {
            low_mood: own.low_mood + gained[Trait::LowMood as usize],
            vagal_tone: own.vagal_tone + gained[Trait::VagalTone as usize],
            ..own
        }
    }

    /// What a person brings to an encounter of now, beside traits and training.
    #[expect(clippy::cast_possible_truncation, reason = "lanes are single precision")]
    pub fn facing(&self, place: usize, links: &Links) -> Facing {
        let slow = &self.states[place];
        let left = self.left.get(place).copied().unwrap_or_default();
        Facing {
            fatigue: slow.fatigue as f32,
            connectedness: links.felt_connectedness(slow) as f32,
            inflammation: slow.inflammation as f32,
            oxytocin: slow.oxytocin as f32,
            added: [
                (Trait::LowMood, slow.low_mood),
                (Trait::VagalTone, slow.vagal_tone),
                (
                    Trait::CompassionMotive,
                    links.warmth(slow) + gratitude::warmth(left.gratitude),
                ),
                (Trait::ReadinessToAct, modelling::readiness(left.modelling)),
            ],
        }
    }

    /// Makes the columns for the next encounter ready.
    pub(super) fn face(&mut self, trained: &Gains, links: &Links) {
        let people = self.states.len();
        let mut added = Facing::ADDED.map(|which| (which, Vec::with_capacity(people)));
        for place in 0..people {
            let facing = self.facing(place, links);
            self.fatigue[place] = facing.fatigue;
            self.milieu.connectedness[place] = facing.connectedness;
            self.milieu.inflammation[place] = facing.inflammation;
            self.milieu.oxytocin[place] = facing.oxytocin;
            for ((_, column), (_, value)) in added.iter_mut().zip(facing.added) {
                column.push(value);
            }
        }
        let added: Vec<(Trait, &[f64])> = added.iter().map(|(which, column)| (*which, &column[..])).collect();
        self.gains = with_added(trained, people, &added).into_owned();
    }

    /// Lets everybody fill in the questionnaires; `errors` says whose errors these are, `usual` what a usual day leaves behind.
    pub(super) fn fill_in(
        &mut self,
        world: &World,
        participants: &Participants,
        links: &Links,
        errors: Stream,
        usual: &Load,
    ) {
        let questionnaires = &world.parameters.questionnaires;
        let one = |(place, slow): (usize, &Slow)| {
            let agent = participants.people.agents[place];
            let mut own = [0.0; Readout::COUNT];
            for (step, four) in (0_u32..).zip(own.chunks_exact_mut(4)) {
                four.copy_from_slice(&errors.normals::<f64>(agent, step));
            }
            let set_points = self.set_points(place, &participants.gains_of(place));
            let seen = Seen {
                felt_connectedness: links.felt_connectedness(slow),
                low_mood: set_points.low_mood + slow.low_mood,
                vagal_tone: set_points.vagal_tone + slow.vagal_tone,
                usual_distress: usual.distress_minutes,
                usual_warm_help: usual.warm_help,
            };
            read(questionnaires, slow, &seen, &own)
        };
        self.readouts = self.states.iter().enumerate().map(one).collect();
        // Behind those of the readouts in the stream.
        const FIRST: u32 = Readout::COUNT.div_ceil(4) as u32;
        let of_scales = |agent: &u32| {
            let mut own = [0.0; SCALES];
            for (step, some) in (FIRST..).zip(own.chunks_mut(4)) {
                some.copy_from_slice(&errors.normals::<f64>(*agent, step)[..some.len()]);
            }
            own
        };
        self.scale_errors = participants.people.agents.iter().map(of_scales).collect();
    }
}

/// What a person brings to an encounter of now, beside traits and training.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Facing {
    /// Fatigue.
    pub fatigue: f32,
    /// Connectedness as it is felt.
    pub connectedness: f32,
    /// Inflammation.
    pub inflammation: f32,
    /// Oxytocin tone.
    pub oxytocin: f32,
    /// What is added to traits, in SD.
    pub added: [(Trait, f64); 4],
}

impl Facing {
    /// The traits to which something is added, in order.
    const ADDED: [Trait; 4] = [
        Trait::LowMood,
        Trait::VagalTone,
        Trait::CompassionMotive,
        Trait::ReadinessToAct,
    ];
}

/// Slow states where they belong.
fn at_set_points(set_points: &SetPoints) -> Slow {
    Slow {
        positive_mood: set_points.mood,
        connectedness: set_points.network,
        inflammation: set_points.inflammation,
        oxytocin: set_points.oxytocin,
        ..Slow::default()
    }
}

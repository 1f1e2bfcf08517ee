//! The slow states of the people of a block, and what an encounter needs of them.

use super::super::Gains;
use super::super::block::{Cast, World};
use super::super::persons::MilieuColumns;
use super::super::training::with_added;
use crate::model::agent::Trait;
use crate::model::slow::everyday::Load;
use crate::model::slow::readouts::{Seen, read};
use crate::model::slow::{Home, Links, Slow};
use crate::random::{Process, Stream};
use crate::registry::Readout;

/// The slow states of the people of a block; columns as long as those of the people.
#[derive(Debug, Clone)]
pub struct Living {
    /// The slow states of each person.
    pub states: Vec<Slow>,
    /// What they come back to, without training.
    homes: Vec<Home>,
    /// What questionnaires showed of each person when they were last filled in; empty before that.
    pub readouts: Vec<[f64; Readout::COUNT]>,
    /// What encounters in a row did since the last rest; none outside of them.
    fatigue: Vec<f32>,
    milieu: MilieuColumns,
    gains: Gains,
}

impl Living {
    /// These people with slow states where they belong, before anything has happened.
    pub(super) fn new(world: &World, cast: &Cast) -> Self {
        let stream = Stream::new(world.seed, cast.replicate, Process::Home, 0);
        let agents = &cast.people.agents;
        let homes: Vec<Home> = agents
            .iter()
            .enumerate()
            .map(|(place, agent)| {
                let [mood, network, inflammation, oxytocin] = stream.normals::<f64>(*agent, 0);
                let own = |which: Trait| f64::from(cast.traits[which as usize][place]);
                Home {
                    mood,
                    network,
                    inflammation,
                    oxytocin,
                    low_mood: own(Trait::LowMood),
                    vagal_tone: own(Trait::VagalTone),
                }
            })
            .collect();
        let states = homes.iter().map(at_home).collect();
        let people = agents.len();
        Self {
            states,
            homes,
            readouts: Vec::new(),
            fatigue: vec![0.0; people],
            milieu: MilieuColumns {
                connectedness: vec![0.0; people],
                inflammation: vec![0.0; people],
                oxytocin: vec![0.0; people],
            },
            gains: cast.trained.gains.clone(),
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
    pub(super) fn rewire(&mut self, network: f64) {
        for home in &mut self.homes {
            home.network += network;
        }
    }

    /// What a person's slow states come back to when training has gained so much.
    pub(super) fn home(&self, place: usize, gained: &[f64; Trait::COUNT]) -> Home {
        let own = self.homes[place];
        Home {
            low_mood: own.low_mood + gained[Trait::LowMood as usize],
            vagal_tone: own.vagal_tone + gained[Trait::VagalTone as usize],
            ..own
        }
    }

    /// Makes the columns for the next encounter ready.
    #[expect(clippy::cast_possible_truncation, reason = "lanes are single precision")]
    pub(super) fn face(&mut self, trained: &Gains, links: &Links) {
        let people = self.states.len();
        for (place, slow) in self.states.iter().enumerate() {
            self.fatigue[place] = slow.fatigue as f32;
            self.milieu.connectedness[place] = links.felt_connectedness(slow) as f32;
            self.milieu.inflammation[place] = slow.inflammation as f32;
            self.milieu.oxytocin[place] = slow.oxytocin as f32;
        }
        let of = |read: &dyn Fn(&Slow) -> f64| self.states.iter().map(read).collect::<Vec<f64>>();
        let (low_mood, vagal_tone) = (of(&|it| it.low_mood), of(&|it| it.vagal_tone));
        let warmth = of(&|it| links.warmth(it));
        let added: [(Trait, &[f64]); 3] = [
            (Trait::LowMood, &low_mood),
            (Trait::VagalTone, &vagal_tone),
            (Trait::CompassionMotive, &warmth),
        ];
        self.gains = with_added(trained, people, &added).into_owned();
    }

    /// Lets everybody fill in the questionnaires; `errors` says whose errors these are, `usual` what a usual day leaves behind.
    pub(super) fn fill_in(&mut self, world: &World, cast: &Cast, links: &Links, errors: Stream, usual: &Load) {
        let questionnaires = &world.parameters.questionnaires;
        let one = |(place, slow): (usize, &Slow)| {
            let agent = cast.people.agents[place];
            let mut own = [0.0; Readout::COUNT];
            for (step, four) in (0_u32..).zip(own.chunks_exact_mut(4)) {
                four.copy_from_slice(&errors.normals::<f64>(agent, step));
            }
            let home = self.home(place, &cast.gains_of(place));
            let seen = Seen {
                felt_connectedness: links.felt_connectedness(slow),
                low_mood: home.low_mood + slow.low_mood,
                vagal_tone: home.vagal_tone + slow.vagal_tone,
                usual_distress: usual.distress_minutes,
                usual_warm_help: usual.warm_help,
            };
            read(questionnaires, slow, &seen, &own)
        };
        self.readouts = self.states.iter().enumerate().map(one).collect();
    }
}

/// Slow states where they belong.
fn at_home(home: &Home) -> Slow {
    Slow {
        positive_mood: home.mood,
        connectedness: home.network,
        inflammation: home.inflammation,
        oxytocin: home.oxytocin,
        ..Slow::default()
    }
}

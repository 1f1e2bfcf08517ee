//! People who meet the scene one by one, side by side in lanes.
//!
//! As people decide, those who have not close ranks, so that an early decision saves the steps that would follow.

use super::crowd::{self, Crowd};
use super::people::People;
use super::readings::{Readable, read};
use super::records::Records;
use super::watch::Watch;
use super::{Encounter, Gains, STEPS_PER_BLOCK};
use crate::lanes::{Bits, Job, Level, Real};
use crate::model::agent::Trait;
use crate::model::milieu::Milieu;
use crate::model::person::{Bearing, Person};
use crate::model::scene::Scene;

/// Steps between two looks at who is left; a divisor of [`STEPS_PER_BLOCK`].
const STEPS_AT_A_TIME: u32 = 8;

/// What people bring to an encounter, beside their luck.
#[derive(Clone, Copy)]
pub struct InitialState<'a> {
    /// Who they are.
    pub people: &'a People,
    /// Their traits after the population was shifted.
    pub traits: &'a [Vec<f32>; Trait::COUNT],
    /// What training has added.
    pub gains: &'a Gains,
    /// Their fatigue; none if nobody is tired.
    pub fatigue: Option<&'a [f32]>,
    /// The slow states they live in; as usual if nothing is said.
    pub milieu: Option<&'a MilieuColumns>,
}

/// The slow states of the people of a block, in SD from the norm; columns as long as those of [`People`].
#[derive(Debug, Clone)]
pub struct MilieuColumns {
    /// How connected they feel to others.
    pub connectedness: Vec<f32>,
    /// Inflammation.
    pub inflammation: Vec<f32>,
    /// Oxytocin tone.
    pub oxytocin: Vec<f32>,
}

/// Lets every person of a block meet the scene alone.
pub fn meet(level: Level, encounter: &Encounter, initial: &InitialState) -> Records {
    level.run(Meet {
        encounter,
        initial,
        watch: None,
    })
}

/// As [`meet`], with every step shown to somebody who watches.
pub(super) struct Meet<'a, 'w> {
    pub(super) encounter: &'a Encounter<'a>,
    pub(super) initial: &'a InitialState<'a>,
    pub(super) watch: Option<&'w mut (dyn Watch + 'w)>,
}

impl Job for Meet<'_, '_> {
    type Output = Records;

    #[inline(always)]
    fn run<R: Real>(self) -> Records {
        self.run_in_lanes::<R::Wide>()
    }
}

impl Meet<'_, '_> {
    #[inline(always)]
    fn run_in_lanes<R: Real>(self) -> Records {
        let Self {
            encounter,
            initial,
            mut watch,
        } = self;
        let scene = Scene::<R>::new(
            encounter.parameters,
            encounter.situation,
            encounter.knockout,
            0,
            encounter.longest_step_s,
        );
        let people = initial.people;
        let end_s = R::splat(encounter.situation.window_s);
        let steps_at_a_time = if watch.is_some() { 1 } else { STEPS_AT_A_TIME };
        let mut records = Records::room_for(people.agents.len());
        let mut readable = Readable::room_for(people.agents.len());
        let mut crowd = Crowd::new();
        for part in (0..people.agents.len()).step_by(crowd::PEOPLE) {
            for at in (part..people.agents.len().min(part + crowd::PEOPLE)).step_by(R::WIDTH) {
                let agents = R::Bits::load(&people.agents[at..]);
                let (person, body) = Person::new(&scene, &bearing::<R>(encounter, initial, agents, at));
                readable.note(&body, R::WIDTH, |lane| at + lane);
                crowd.add(&scene, agents, &person);
            }
            let mut steps = 0;
            while steps < scene.steps && !crowd.is_empty() {
                if steps % STEPS_PER_BLOCK == 0 {
                    crowd.draw_shocks::<R>(encounter, steps);
                }
                let until = scene.steps.min(steps + steps_at_a_time);
                crowd.go_on(&scene, &(steps..until), people.first, &mut records, &mut watch);
                steps = until;
            }
            crowd.take_down_undecided(end_s, people.first, &mut records);
            crowd.clear();
        }
        read::<R>(&mut records, &readable, encounter, &people.agents);
        records.truncate(people.count);
        records
    }
}

/// What the people in the lanes from place `at` bring.
#[inline(always)]
pub(super) fn bearing<R: Real>(
    encounter: &Encounter,
    initial: &InitialState,
    agents: R::Bits,
    at: usize,
) -> Bearing<R> {
    let [motive, threshold, readiness, _] = encounter.streams.occasion.normals::<R>(agents, 0);
    Bearing {
        traits: load(initial.traits, at),
        gains: match initial.gains {
            Gains::Same(gains) => same(gains),
            Gains::Each(columns) => load(columns, at),
        },
        occasion: [motive, threshold, readiness],
        fatigue: initial.fatigue.map_or(R::zero(), |it| R::load(&it[at..])),
        milieu: match initial.milieu {
            None => Milieu::norm(),
            Some(it) => Milieu {
                connectedness: R::load(&it.connectedness[at..]),
                inflammation: R::load(&it.inflammation[at..]),
                oxytocin: R::load(&it.oxytocin[at..]),
            },
        },
    }
}

/// The lanes from place `at` of each column.
///
/// A loop and not a closure for `from_fn`: what the compiler does not inline has no vector instructions.
#[inline(always)]
fn load<R: Real>(columns: &[Vec<f32>; Trait::COUNT], at: usize) -> [R; Trait::COUNT] {
    let mut lanes = [R::zero(); Trait::COUNT];
    for (lanes, column) in lanes.iter_mut().zip(columns) {
        *lanes = R::load(&column[at..]);
    }
    lanes
}

/// The same value in every lane, for each trait.
#[inline(always)]
pub(super) fn same<R: Real>(values: &[f64; Trait::COUNT]) -> [R; Trait::COUNT] {
    let mut lanes = [R::zero(); Trait::COUNT];
    for (lanes, value) in lanes.iter_mut().zip(values) {
        *lanes = R::splat(*value);
    }
    lanes
}

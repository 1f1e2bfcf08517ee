//! People who meet the scene one by one, side by side in lanes.
//!
//! As people decide, those who have not close ranks, so that an early decision saves the steps that would follow.

use super::decided::{decided, take_down};
use super::people::People;
use super::readings::{Readable, read};
use super::records::{Outcome, Records};
use super::shocks::ShockBits;
use super::watch::{Watch, show};
use super::{Encounter, Gains};
use crate::lanes::{Bits, Job, Level, Mask, Real};
use crate::model::agent::Trait;
use crate::model::milieu::Milieu;
use crate::model::person::{Bearing, Person};
use crate::model::scene::Scene;
use crate::model::{State, bystanders, perception, step};
use std::ops::Range;

/// Steps between two looks at who is left.
const STEPS_AT_A_TIME: u32 = 16;

/// Ranks are closed once fewer lanes than this share are taken.
const TAKEN: f64 = 0.75;

/// What people bring to an encounter, beside their luck.
#[derive(Clone, Copy)]
pub struct Brought<'a> {
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
pub fn meet(level: Level, encounter: &Encounter, brought: &Brought) -> Records {
    level.run(Meet {
        encounter,
        brought,
        watch: None,
    })
}

/// As [`meet`], with every step shown to somebody who watches.
pub(super) struct Meet<'a, 'w> {
    pub(super) encounter: &'a Encounter<'a>,
    pub(super) brought: &'a Brought<'a>,
    pub(super) watch: Option<&'w mut (dyn Watch + 'w)>,
}

impl Job for Meet<'_, '_> {
    type Output = Records;

    #[inline(always)]
    fn run<R: Real>(self) -> Records {
        let Self {
            encounter,
            brought,
            mut watch,
        } = self;
        let scene = Scene::<R>::new(
            encounter.parameters,
            encounter.situation,
            encounter.knockout,
            0,
            encounter.longest_step_s,
        );
        let people = brought.people;
        let mut records = Records::room_for(people.agents.len());
        let mut readable = Readable::room_for(people.agents.len());
        let mut ranks: Vec<Rank<R>> = Vec::with_capacity(people.agents.len() / R::WIDTH);
        for at in (0..people.agents.len()).step_by(R::WIDTH) {
            let agents = R::Bits::load(&people.agents[at..]);
            let bearing = bearing::<R>(encounter, brought, agents, at);
            let person = Person::new(&scene, &bearing);
            readable.note(&person, R::WIDTH, |lane| at + lane);
            ranks.push(Rank {
                agents,
                need_seen: need_seen(&scene, &person, scene.confederates),
                resolve: resolve(&scene, scene.confederates),
                person,
                state: State::start(),
                inaction: R::zero(),
                undecided: R::zero().less(R::one()),
            });
        }
        let mut steps = 0;
        while steps < scene.steps && !ranks.is_empty() {
            let until = scene.steps.min(steps + STEPS_AT_A_TIME);
            let mut at = 0;
            while at < ranks.len() {
                ranks[at].go_on(&scene, encounter, people.first, steps..until, &mut records, &mut watch);
                if ranks[at].undecided.bits() == 0 {
                    // The one that takes its place has not yet been called on.
                    ranks.swap_remove(at);
                } else {
                    at += 1;
                }
            }
            close(&mut ranks);
            steps = until;
        }
        let end = R::splat(encounter.situation.window_s);
        for it in &ranks {
            let places = it.places(people.first);
            take_down(
                &mut records,
                it.undecided.bits(),
                Outcome::Undecided,
                &it.state,
                end,
                |lane| places[lane],
            );
        }
        read::<R>(&mut records, &readable, encounter, &people.agents);
        records.truncate(people.count);
        records
    }
}

/// People side by side in the scene, at least one of them undecided.
struct Rank<R: Real> {
    agents: R::Bits,
    person: Person<R>,
    state: State<R>,
    /// How far the inaction of others like the person is seen.
    inaction: R,
    /// Need as it is understood.
    need_seen: R,
    /// What the inaction of others leaves of the wish to act.
    resolve: R,
    undecided: R::Mask,
}

impl<R: Real> Rank<R> {
    /// Takes these people through some steps, or until all have decided.
    #[inline(always)]
    fn go_on(
        &mut self,
        scene: &Scene<R>,
        encounter: &Encounter,
        first: u32,
        steps: Range<u32>,
        records: &mut Records,
        watch: &mut Option<&mut (dyn Watch + '_)>,
    ) {
        let person = self.person;
        let (mut state, mut undecided) = (self.state, self.undecided);
        let (mut inaction, mut need_seen, mut resolve) = (self.inaction, self.need_seen, self.resolve);
        let shocks = ShockBits::draw(encounter, self.agents, steps.start);
        for now in steps {
            if scene.others_seen {
                // Others who are not simulated are taken to be like the person: their inaction fades as this one's tendency rises.
                let target = bystanders::inaction_target(state.help);
                inaction = inaction + (target - inaction) * scene.inaction_step;
                let seen = scene.confederates + scene.others_like_me * scene.witness_weight * inaction;
                need_seen = self::need_seen(scene, &person, seen);
                resolve = self::resolve(scene, seen);
            }
            let after = step(&state, &person, scene, need_seen, resolve, shocks.at(now));
            let before = undecided;
            if let Some(decided) = decided(scene, &state, &after, undecided) {
                let time_s = R::splat(scene.step_s * f64::from(now)) + R::splat(scene.step_s) * decided.when;
                let places = self.places(first);
                decided.take_down(records, &after, time_s, |lane| places[lane]);
                undecided = undecided.and_not(decided.anybody);
            }
            state = after;
            if let Some(watch) = watch {
                let places = self.places(first);
                show(*watch, before.bits(), now + 1, &state, |lane| places[lane]);
            }
            if undecided.bits() == 0 {
                break;
            }
        }
        (self.state, self.undecided) = (state, undecided);
        (self.inaction, self.need_seen, self.resolve) = (inaction, need_seen, resolve);
    }

    /// Where the person in each lane stands in a block whose first person is number `first`.
    #[inline(always)]
    fn places(&self, first: u32) -> [usize; super::people::PADDING] {
        let mut agents = [first; super::people::PADDING];
        self.agents.store(&mut agents);
        agents.map(|it| (it - first) as usize)
    }
}

/// Fills lanes whose person has decided with people of the last ranks, lane for lane, if enough lanes are free.
#[inline(always)]
fn close<R: Real>(ranks: &mut Vec<Rank<R>>) {
    let mut taken = 0;
    for it in ranks.iter() {
        taken += it.undecided.bits().count_ones();
    }
    if f64::from(taken) > TAKEN * (ranks.len() * R::WIDTH) as f64 {
        return;
    }
    let mut front = 0;
    while front + 1 < ranks.len() {
        let last = ranks.len() - 1;
        let (fronts, backs) = ranks.split_at_mut(last);
        let (to, from) = (&mut fronts[front], &mut backs[0]);
        let moving = from.undecided.and_not(to.undecided);
        if moving.bits() != 0 {
            to.agents = R::select_bits(moving, from.agents, to.agents);
            to.person = Person::select(moving, &from.person, &to.person);
            to.state = State::select(moving, &from.state, &to.state);
            to.inaction = R::select(moving, from.inaction, to.inaction);
            to.need_seen = R::select(moving, from.need_seen, to.need_seen);
            to.resolve = R::select(moving, from.resolve, to.resolve);
            to.undecided = to.undecided.or(moving);
            from.undecided = from.undecided.and_not(moving);
        }
        if from.undecided.bits() == 0 {
            ranks.truncate(last);
        } else {
            front += 1;
        }
    }
}

/// What is left of the wish to act when so much inaction of others is seen.
#[inline(always)]
pub(super) fn resolve<R: Real>(scene: &Scene<R>, inaction: R) -> R {
    bystanders::resolve(bystanders::seen_inaction(inaction), scene.audience_inhibition)
}

/// Need as it is understood when so much inaction of others is seen.
#[inline(always)]
pub(super) fn need_seen<R: Real>(scene: &Scene<R>, person: &Person<R>, inaction: R) -> R {
    let evidence = scene.evidence - scene.inaction_cost * bystanders::seen_inaction(inaction);
    perception::interpretation(
        evidence,
        person.need_threshold,
        scene.interpretation_steepness,
        scene.need,
    )
}

/// What the people in the lanes from place `at` bring.
#[inline(always)]
fn bearing<R: Real>(encounter: &Encounter, brought: &Brought, agents: R::Bits, at: usize) -> Bearing<R> {
    let [motive, threshold, readiness, _] = encounter.luck.occasion.normals::<R>(agents, 0);
    Bearing {
        traits: load(brought.traits, at),
        gains: match brought.gains {
            Gains::Same(gains) => same(gains),
            Gains::Each(columns) => load(columns, at),
        },
        occasion: [motive, threshold, readiness],
        fatigue: brought.fatigue.map_or(R::zero(), |it| R::load(&it[at..])),
        milieu: match brought.milieu {
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

//! People who have not decided yet, side by side in columns small enough for the first-level cache.
//!
//! A register of them is taken out, lives some steps, and is put back without those who have decided, so that no lane stands idle
//! for long and nobody's decision interrupts the others.

use super::Encounter;
use super::decided::{Decided, still_undecided, take_down};
use super::onlookers::{INACTION, INHIBITION, Onlookers};
use super::people::PADDING;
use super::records::{Outcome, Records};
use super::shocks::{ShockBits, TENDENCIES};
use super::watch::{Watch, show};
use crate::lanes::{Bits, Mask, Real};
use crate::model::person::{self, Person};
use crate::model::scene::Scene;
use crate::model::{INDIGNATION, PUNISH, STATES, State, Tendencies, step};
use std::ops::Range;

/// Most people in a crowd; a multiple of every register's width.
pub(super) const PEOPLE: usize = 256;

/// Registers are read and written whole, also beyond the last person. Columns a little longer than a power of two do not all fall on the
/// same lines of the cache.
const ROOM: usize = PEOPLE + PADDING;

/// People in a scene, all of them undecided.
pub(super) struct Crowd {
    count: usize,
    agents: [u32; ROOM],
    shocks: [[u32; ROOM]; TENDENCIES],
    person: [[f32; ROOM]; person::COLUMNS],
    state: [[f32; ROOM]; STATES],
    onlookers: [[f32; ROOM]; 3],
}

impl Crowd {
    /// Nobody.
    pub(super) fn new() -> Box<Self> {
        Box::new(Self {
            count: 0,
            agents: [0; ROOM],
            shocks: [[0; ROOM]; TENDENCIES],
            person: [[0.0; ROOM]; person::COLUMNS],
            state: [[0.0; ROOM]; STATES],
            onlookers: [[0.0; ROOM]; 3],
        })
    }

    /// Whether nobody is left.
    pub(super) fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Adds a register of people before the scene begins.
    ///
    /// # Panics
    ///
    /// If there are more than [`PEOPLE`] then.
    #[inline(always)]
    pub(super) fn add<R: Real>(&mut self, scene: &Scene<R>, agents: R::Bits, person: &Person<R>) {
        let at = self.count;
        assert!(at + R::WIDTH <= PEOPLE, "a crowd is full");
        agents.store(&mut self.agents[at..]);
        store(&mut self.person, at, person.columns());
        store(&mut self.state, at, State::<R>::start().columns());
        store(&mut self.onlookers, at, Onlookers::start(scene, person).columns());
        self.count += R::WIDTH;
    }

    /// Draws everybody's shocks for the block of steps that `step` lies in.
    #[inline(always)]
    pub(super) fn draw_shocks<R: Real>(&mut self, encounter: &Encounter, step: u32) {
        for at in (0..self.count).step_by(R::WIDTH) {
            let drawn = ShockBits::draw(encounter, R::Bits::load(&self.agents[at..]), step);
            for (column, bits) in self.shocks.iter_mut().zip(drawn.columns()) {
                bits.store(&mut column[at..]);
            }
        }
    }

    /// Takes everybody through some steps of one block of shocks. Who decides is taken down and gone; `first` is the number of the first
    /// person of the records. Somebody who watches is shown how people are after the last of the steps.
    #[inline(always)]
    pub(super) fn go_on<R: Real>(
        &mut self,
        scene: &Scene<R>,
        steps: &Range<u32>,
        first: u32,
        records: &mut Records,
        watch: &mut Option<&mut (dyn Watch + '_)>,
    ) {
        let mut kept = 0;
        for at in (0..self.count).step_by(R::WIDTH) {
            let mut rank = self.rank::<R>(at);
            for now in steps.clone() {
                rank.go_on(scene, now);
            }
            if let Some(watch) = watch {
                let places = rank.places(first);
                show(*watch, rank.here.bits(), steps.end, &rank.state, |lane| places[lane]);
            }
            rank.take_down_decided(scene, first, records);
            kept = self.keep(scene, &rank, kept);
        }
        self.count = kept;
    }

    /// Takes down everybody who is left when the scene ends at `end_s`.
    #[inline(always)]
    pub(super) fn take_down_undecided<R: Real>(&self, end_s: R, first: u32, records: &mut Records) {
        for at in (0..self.count).step_by(R::WIDTH) {
            let rank = self.rank::<R>(at);
            let places = rank.places(first);
            take_down(records, rank.undecided.bits(), &rank.state, end_s, |lane| {
                (places[lane], Outcome::Undecided)
            });
        }
    }

    /// Sends everybody away.
    pub(super) fn clear(&mut self) {
        self.count = 0;
    }

    /// The people from place `at` on, as far as there are any.
    #[inline(always)]
    fn rank<R: Real>(&self, at: usize) -> Rank<R> {
        let here = first_lanes::<R>(self.count.saturating_sub(at));
        let state = State::from_columns(load(&self.state, at));
        Rank {
            agents: R::Bits::load(&self.agents[at..]),
            shocks: ShockBits::load(&self.shocks, at),
            person: Person::from_columns(load(&self.person, at)),
            onlookers: Onlookers::from_columns(load(&self.onlookers, at)),
            before: state.tendencies(),
            last_step_s: R::zero(),
            state,
            here,
            undecided: here,
        }
    }

    /// Puts those of a rank who are undecided to the `kept` people who have been put back; how many these are then.
    ///
    /// Columns that no step of this scene reads, or in which everybody is alike, stay as they are.
    #[inline(always)]
    fn keep<R: Real>(&mut self, scene: &Scene<R>, rank: &Rank<R>, kept: usize) -> usize {
        let undecided = rank.undecided;
        rank.agents.store_together(undecided, &mut self.agents[kept..]);
        let [help, leave, punish] = rank.shocks.columns();
        help.store_together(undecided, &mut self.shocks[0][kept..]);
        leave.store_together(undecided, &mut self.shocks[1][kept..]);
        if scene.punishing {
            punish.store_together(undecided, &mut self.shocks[2][kept..]);
        }
        let (person, state, onlookers) = (rank.person.columns(), rank.state.columns(), rank.onlookers.columns());
        let unseen = !scene.others_seen;
        keep(&mut self.person, kept, undecided, person, |it| {
            unseen && it == person::NEED_THRESHOLD
        });
        keep(&mut self.state, kept, undecided, state, |it| {
            !scene.angering && it == INDIGNATION || !scene.punishing && it == PUNISH
        });
        keep(&mut self.onlookers, kept, undecided, onlookers, |it| {
            unseen && (it == INACTION || it == INHIBITION)
        });
        kept + undecided.bits().count_ones() as usize
    }
}

/// A register of people.
struct Rank<R: Real> {
    agents: R::Bits,
    shocks: ShockBits<R::Bits>,
    person: Person<R>,
    onlookers: Onlookers<R>,
    /// How they are; of those who have decided, how they were then.
    state: State<R>,
    /// The tendencies before the last step.
    before: Tendencies<R>,
    /// When the last step began, in seconds.
    last_step_s: R,
    /// Who was undecided when they were taken out.
    here: R::Mask,
    undecided: R::Mask,
}

impl<R: Real> Rank<R> {
    /// Lives step `now`. Whoever has decided stands still.
    #[inline(always)]
    fn go_on(&mut self, scene: &Scene<R>, now: u32) {
        let now_s = R::splat(scene.step_s * f64::from(now));
        self.onlookers.go_on(scene, &self.person, self.state.help);
        let Onlookers {
            need_seen, inhibition, ..
        } = self.onlookers;
        let (undecided, shocks) = (self.undecided, self.shocks.at(now));
        self.before = Tendencies::select(undecided, &self.state.tendencies(), &self.before);
        self.last_step_s = R::select(undecided, now_s, self.last_step_s);
        self.state = step(
            &self.state,
            &self.person,
            scene,
            need_seen,
            inhibition,
            shocks,
            undecided,
        );
        self.undecided = still_undecided(scene, &self.state, undecided);
    }

    /// Takes down those who have decided since they were taken out.
    #[inline(always)]
    fn take_down_decided(&self, scene: &Scene<R>, first: u32, records: &mut Records) {
        let decided = self.here.and_not(self.undecided);
        if decided.bits() == 0 {
            return;
        }
        let decided = Decided::of(scene, &self.before, &self.state.tendencies(), decided);
        let time_s = self.last_step_s + R::splat(scene.step_s) * decided.when;
        let places = self.places(first);
        decided.take_down(records, &self.state, time_s, |lane| places[lane]);
    }

    /// Where the person in each lane stands in records whose first person is number `first`.
    #[inline(always)]
    fn places(&self, first: u32) -> [usize; PADDING] {
        let mut agents = [first; PADDING];
        self.agents.store(&mut agents);
        agents.map(|it| it.wrapping_sub(first) as usize)
    }
}

/// The first `count` lanes, or all of them.
#[inline(always)]
fn first_lanes<R: Real>(count: usize) -> R::Mask {
    let mut numbers = [0.0; PADDING];
    for (lane, number) in numbers.iter_mut().enumerate() {
        *number = lane as f32;
    }
    R::load(&numbers).less(R::splat(count.min(PADDING) as f64))
}

/// A register of each column, from place `at` on.
///
/// Loops and not closures here and below: what the compiler does not inline has no vector instructions.
#[inline(always)]
fn load<R: Real, const N: usize>(columns: &[[f32; ROOM]; N], at: usize) -> [R; N] {
    let mut lanes = [R::zero(); N];
    for (lanes, column) in lanes.iter_mut().zip(columns) {
        *lanes = R::load(&column[at..]);
    }
    lanes
}

/// Writes a register to each column, from place `at` on.
#[inline(always)]
fn store<R: Real, const N: usize>(columns: &mut [[f32; ROOM]; N], at: usize, lanes: [R; N]) {
    for (lanes, column) in lanes.into_iter().zip(columns) {
        lanes.store(&mut column[at..]);
    }
}

/// Writes the lanes of the mask, moved together, to each column that is not idle, from place `at` on.
#[inline(always)]
fn keep<R: Real, const N: usize>(
    columns: &mut [[f32; ROOM]; N],
    at: usize,
    mask: R::Mask,
    lanes: [R; N],
    idle: impl Fn(usize) -> bool,
) {
    for (number, (lanes, column)) in lanes.into_iter().zip(columns).enumerate() {
        if !idle(number) {
            lanes.store_together(mask, &mut column[at..]);
        }
    }
}

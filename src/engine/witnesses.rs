//! Groups of witnesses who see each other, one group in each lane.

use super::people::PADDING;
use super::persons::{Brought, Ended, Places, Reading, ShockBits, Unwatched, Watch, decided, keep, need_seen, same};
use super::records::{Outcome, Records};
use super::{Encounter, Gains, STEPS_PER_BLOCK};
use crate::lanes::{Bits, Job, Level, Mask, Real};
use crate::model::agent::Trait;
use crate::model::milieu::Milieu;
use crate::model::person::{Bearing, Person};
use crate::model::scene::Scene;
use crate::model::{State, bystanders, step};

/// Lets the people of a block meet the scene in groups of `size`; people beyond the last whole group stay out of the records.
///
/// # Panics
///
/// If `size` is 0.
pub fn meet(level: Level, encounter: &Encounter, brought: &Brought, size: usize) -> Records {
    assert!(size > 0, "a group has at least one member");
    let watch = &mut Unwatched;
    level.run(Meet {
        encounter,
        brought,
        size,
        watch,
    })
}

/// As [`meet`], with every step shown to somebody.
pub(super) struct Meet<'a, W> {
    pub(super) encounter: &'a Encounter<'a>,
    pub(super) brought: &'a Brought<'a>,
    pub(super) size: usize,
    pub(super) watch: &'a mut W,
}

/// A member of each of the groups in the lanes.
struct Member<R: Real> {
    agents: R::Bits,
    person: Person<R>,
    state: State<R>,
    ended: Ended<R>,
    /// In the scene and undecided.
    active: R::Mask,
    /// How far this member's inaction is visible to the others.
    inaction: R,
    relieved: u32,
}

impl<W: Watch> Job for Meet<'_, W> {
    type Output = Records;

    #[inline(always)]
    fn run<R: Real>(self) -> Records {
        let Self {
            encounter,
            brought,
            size,
            watch,
        } = self;
        let witnesses = u32::try_from(size - 1).unwrap_or(u32::MAX);
        let scene = Scene::<R>::new(
            encounter.parameters,
            encounter.situation,
            encounter.knockout,
            witnesses,
            encounter.longest_step_s,
        );
        let reading = Reading::<R>::new(encounter);
        let groups = brought.people.count / size;
        let mut records = Records::room_for(groups * size);
        let mut lanes = Records::room_for(PADDING);
        for first in (0..groups).step_by(R::WIDTH) {
            // A loop and not a closure for `map`: what the compiler does not inline has no vector instructions.
            let mut members: Vec<Member<R>> = Vec::with_capacity(size);
            for place in 0..size {
                members.push(member(encounter, brought, &scene, first, groups, size, place));
            }
            one_encounter(&scene, encounter, &mut members, first * size, watch);
            for (place, member) in members.iter().enumerate() {
                member
                    .ended
                    .write(&mut lanes, &reading, encounter, &member.person, member.agents, 0);
                for lane in 0..R::WIDTH.min(groups - first) {
                    let to = (first + lane) * size + place;
                    for (column, from) in records.columns.iter_mut().zip(&lanes.columns) {
                        column[to] = from[lane];
                    }
                    let relieved = member.relieved >> lane & 1 == 1;
                    records.outcomes[to] = if relieved {
                        Outcome::Relieved
                    } else {
                        lanes.outcomes[lane]
                    };
                }
            }
        }
        records
    }
}

/// One member of each of several groups; lanes beyond the last group repeat it.
#[derive(Clone, Copy)]
struct Members {
    first: usize,
    last: usize,
    size: usize,
    place: usize,
}

impl Members {
    /// Place of the person in a lane.
    #[inline(always)]
    fn of(self, lane: usize) -> usize {
        (self.first + lane).min(self.last) * self.size + self.place
    }

    #[inline(always)]
    fn gather_one<R: Real>(self, column: &[f32]) -> R {
        let mut values = [0.0; PADDING];
        for (lane, value) in values.iter_mut().enumerate() {
            *value = column[self.of(lane)];
        }
        R::load(&values)
    }

    #[inline(always)]
    fn gather<R: Real>(self, columns: &[Vec<f32>; Trait::COUNT]) -> [R; Trait::COUNT] {
        let mut lanes = [R::zero(); Trait::COUNT];
        for (lanes, column) in lanes.iter_mut().zip(columns) {
            *lanes = self.gather_one(column);
        }
        lanes
    }
}

/// Member number `place` of the groups from `first` on; lanes beyond the last group repeat it.
#[inline(always)]
fn member<R: Real>(
    encounter: &Encounter,
    brought: &Brought,
    scene: &Scene<R>,
    first: usize,
    groups: usize,
    size: usize,
    place: usize,
) -> Member<R> {
    let members = Members {
        first,
        last: groups - 1,
        size,
        place,
    };
    let mut numbers = [0; PADDING];
    for (lane, number) in numbers.iter_mut().enumerate() {
        *number = brought.people.agents[members.of(lane)];
    }
    let agents = R::Bits::load(&numbers);
    let [motive, threshold, readiness, _] = encounter.luck.occasion.normals::<R>(agents, 0);
    let bearing = Bearing {
        traits: members.gather(brought.traits),
        gains: match brought.gains {
            Gains::Same(gains) => same(gains),
            Gains::Each(columns) => members.gather(columns),
        },
        occasion: [motive, threshold, readiness],
        fatigue: match brought.fatigue {
            Some(column) => members.gather_one(column),
            None => R::zero(),
        },
        milieu: match brought.milieu {
            Some(it) => Milieu {
                connectedness: members.gather_one(&it.connectedness),
                inflammation: members.gather_one(&it.inflammation),
                oxytocin: members.gather_one(&it.oxytocin),
            },
            None => Milieu::norm(),
        },
    };
    let state = State::start();
    Member {
        agents,
        person: Person::new(scene, &bearing),
        state,
        ended: Ended {
            state,
            latency_s: R::splat(encounter.situation.window_s),
            helped: 0,
            left: 0,
            punished: 0,
        },
        active: R::zero().less(R::one()),
        inaction: R::zero(),
        relieved: 0,
    }
}

#[inline(always)]
fn one_encounter<R: Real, W: Watch>(
    scene: &Scene<R>,
    encounter: &Encounter,
    members: &mut [Member<R>],
    first: usize,
    watch: &mut W,
) {
    let stride = members.len();
    let step_s = R::splat(scene.step_s);
    let mut time = R::zero();
    let mut shocks: Vec<ShockBits<R::Bits>> = Vec::with_capacity(members.len());
    for now in 0..scene.steps {
        if now % STEPS_PER_BLOCK == 0 {
            shocks.clear();
            for it in members.iter() {
                shocks.push(ShockBits::draw(encounter, it.agents, now));
            }
        }
        // Everybody sees the others as they were before this step, so that the order of the members cannot matter.
        let mut total = scene.confederates;
        if scene.others_seen {
            for member in members.iter_mut() {
                // Somebody who has left shows nothing but inaction.
                let shown = R::select(member.active, bystanders::inaction_target(member.state.help), R::one());
                member.inaction = member.inaction + (shown - member.inaction) * scene.inaction_step;
                total = total + scene.witness_weight * member.inaction;
            }
        }
        let mut anybody_helped = time.less(R::zero());
        for (member, shocks) in members.iter_mut().zip(&shocks) {
            let seen = if scene.others_seen {
                total - scene.witness_weight * member.inaction
            } else {
                total
            };
            let understood = need_seen(scene, &member.person, seen);
            let after = step(&member.state, &member.person, scene, understood, shocks.at(now));
            if let Some(decided) = decided(scene, &member.state, &after, member.active) {
                member.ended.decide(&decided, &after, time + step_s * decided.when);
                member.active = member.active.and_not(decided.anybody);
                anybody_helped = anybody_helped.or(decided.helped);
            }
            member.state = after;
        }
        time = time + step_s;
        // One who helps ends it for the others.
        if anybody_helped.bits() != 0 {
            for member in members.iter_mut() {
                let relieved = member.active.and(anybody_helped);
                member.relieved |= relieved.bits();
                member.ended.latency_s = R::select(relieved, time, member.ended.latency_s);
                member.ended.state = keep(relieved, &member.state, &member.ended.state);
                member.active = member.active.and_not(relieved);
            }
        }
        for (place, it) in members.iter().enumerate() {
            let places = Places {
                first: first + place,
                stride,
            };
            watch.see(places, now + 1, it.active, &it.state, &it.ended.state);
        }
        if members.iter().all(|it| it.active.bits() == 0) {
            break;
        }
    }
    for member in members.iter_mut() {
        member.ended.state = keep(member.active, &member.state, &member.ended.state);
    }
}

//! Groups of witnesses who see each other, one group in each lane.

use super::decided::{decided, take_down};
use super::onlookers::{inhibition, need_seen};
use super::people::PADDING;
use super::persons::{InitialState, same};
use super::readings::{Readable, read};
use super::records::{Outcome, Records};
use super::shocks::ShockBits;
use super::watch::{Watch, show};
use super::{Encounter, Gains, STEPS_PER_BLOCK};
use crate::lanes::{Bits, Job, Level, Mask, Real};
use crate::model::agent::Trait;
use crate::model::milieu::Milieu;
use crate::model::person::{Bearing, Body, Person};
use crate::model::scene::Scene;
use crate::model::situation::Situation;
use crate::model::{State, bystanders, step};

/// Lets the people of a block meet the scene in groups of `size`; people beyond the last whole group stay out of the records.
///
/// # Panics
///
/// If `size` is 0.
pub fn meet(level: Level, encounter: &Encounter, initial: &InitialState, size: usize) -> Records {
    assert!(size > 0, "a group has at least one member");
    level.run(Meet {
        encounter,
        initial,
        size,
        standing: None,
        watch: None,
    })
}

/// Which scene of a [`Palette`] somebody stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing(u8);

/// As [`meet`], each in the scene of a palette that is said for them.
///
/// # Panics
///
/// If `size` is 0.
pub fn meet_standing(
    level: Level,
    encounter: &Encounter,
    initial: &InitialState,
    size: usize,
    standing: (&Palette, &[Standing]),
) -> Records {
    assert!(size > 0, "a group has at least one member");
    let meet = Meet {
        encounter,
        initial,
        size,
        standing: Some(standing),
        watch: None,
    };
    level.run(meet).checked()
}

/// As [`meet`], with every step shown to somebody who watches.
pub(super) struct Meet<'a, 'w> {
    pub(super) encounter: &'a Encounter<'a>,
    pub(super) initial: &'a InitialState<'a>,
    pub(super) size: usize,
    /// Which scene each person stands in; that of the situation where nothing is said.
    pub(super) standing: Option<(&'a Palette, &'a [Standing])>,
    pub(super) watch: Option<&'w mut (dyn Watch + 'w)>,
}

/// A member of each of the groups in the lanes.
struct Member<R: Real> {
    members: Members,
    /// Which of the scenes they stand in.
    scene: usize,
    agents: R::Bits,
    person: Person<R>,
    state: State<R>,
    /// In the scene and undecided.
    active: R::Mask,
    /// How far this member's inaction is visible to the others.
    inaction: R,
}

impl Job for Meet<'_, '_> {
    type Output = Records;

    #[inline(always)]
    fn run<R: Real>(self) -> Records {
        let Self {
            encounter,
            initial,
            size,
            standing,
            mut watch,
        } = self;
        let same = [scene_of::<R>(encounter, encounter.situation, size)];
        let people = initial.people;
        let groups = people.count / size;
        let mut records = Records::room_for(people.agents.len());
        let mut readable = Readable::room_for(people.agents.len());
        for first in (0..groups).step_by(R::WIDTH) {
            // A loop and not a closure for `map`: what the compiler does not inline has no vector instructions.
            let mut members: Vec<Member<R>> = Vec::with_capacity(size);
            let mut own: Vec<Scene<R>> = Vec::new();
            for place in 0..size {
                let who = Members {
                    first,
                    last: groups - 1,
                    size,
                    place,
                };
                if let Some((palette, standing)) = standing {
                    own.push(palette.scene(who, standing));
                }
                let scene = own.last().unwrap_or(&same[0]);
                let (mut member, body) = member(encounter, initial, scene, who);
                member.scene = own.len().saturating_sub(1);
                readable.note(&body, who.count::<R>(), |lane| who.of(lane));
                members.push(member);
            }
            let scenes = if own.is_empty() { &same[..] } else { &own };
            one_encounter(scenes, encounter, &mut members, &mut records, &mut watch);
        }
        read::<R>(&mut records, &readable, encounter, &people.agents);
        records.truncate(groups * size);
        records
    }
}

/// The scene of a situation for a member of a group of `size`.
fn scene_of<R: Real>(encounter: &Encounter, situation: &Situation, size: usize) -> Scene<R> {
    let witnesses = u32::try_from(size - 1).unwrap_or(u32::MAX);
    Scene::new(
        encounter.parameters,
        situation,
        encounter.knockout,
        witnesses,
        encounter.longest_step_s,
    )
}

/// Scenes of which each person stands in one; they take equally long.
pub struct Palette(Vec<Scene<f64>>);

/// How finely situations are coded.
const STEP: f64 = 0.05;

/// Steps from 0 to 1.
pub const STEPS: u8 = 20;

/// The nearest step of the codebook to a number in \[0, 1\].
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 0 and the number of steps"
)]
pub fn step_of(share: f64) -> u8 {
    (share / STEP).round().clamp(0.0, f64::from(STEPS)) as u8
}

/// The number of a step of the codebook.
pub fn share_of(step: u8) -> f64 {
    f64::from(step) * STEP
}

impl Palette {
    /// The scene of an encounter at every closeness of the codebook, for groups of one size; whose luck the encounter has does not matter.
    pub fn by_closeness(encounter: &Encounter, size: usize) -> Self {
        let at = |step| Situation {
            closeness: share_of(step),
            ..encounter.situation.clone()
        };
        Self::of(encounter, size, (0..=STEPS).map(at))
    }

    /// The scenes of situations that differ in neither window nor what can be done.
    ///
    /// # Panics
    ///
    /// If there are more than can be told apart.
    pub fn of(encounter: &Encounter, size: usize, situations: impl Iterator<Item = Situation>) -> Self {
        let scenes: Vec<_> = situations
            .map(|situation| scene_of(encounter, &situation, size))
            .collect();
        assert!(scenes.len() <= 1 << u8::BITS, "{} scenes", scenes.len());
        Self(scenes)
    }

    /// The scene in which each lane stands where its member does.
    #[inline(always)]
    fn scene<R: Real>(&self, members: Members, standing: &[Standing]) -> Scene<R> {
        let mut lanes = [&self.0[0]; PADDING];
        for (lane, scene) in lanes.iter_mut().enumerate().take(R::WIDTH) {
            *scene = &self.0[usize::from(standing[members.of(lane)].0)];
        }
        Scene::side_by_side(&lanes)
    }
}

impl Standing {
    /// In the scene of this number.
    pub const fn number(scene: u8) -> Self {
        Self(scene)
    }

    /// In that of [`Palette::by_closeness`] nearest to a closeness.
    pub fn as_close_as(closeness: f64) -> Self {
        Self(step_of(closeness))
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
    /// Lanes that hold somebody for the first time.
    #[inline(always)]
    fn count<R: Real>(self) -> usize {
        R::WIDTH.min(self.last + 1 - self.first)
    }

    /// One bit for each of those lanes.
    #[inline(always)]
    fn bits<R: Real>(self) -> u32 {
        u32::MAX >> (32 - self.count::<R>())
    }

    /// Place of the person in a lane.
    #[inline(always)]
    fn of(self, lane: usize) -> usize {
        (self.first + lane).min(self.last) * self.size + self.place
    }

    #[inline(always)]
    fn gather_one<R: Real>(self, column: &[f32]) -> R {
        let mut values = [0.0; PADDING];
        for (lane, value) in values.iter_mut().enumerate().take(R::WIDTH) {
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

/// A member of each of some groups, before the scene begins.
#[inline(always)]
fn member<R: Real>(
    encounter: &Encounter,
    initial: &InitialState,
    scene: &Scene<R>,
    members: Members,
) -> (Member<R>, Body<R>) {
    let mut numbers = [0; PADDING];
    for (lane, number) in numbers.iter_mut().enumerate().take(R::WIDTH) {
        *number = initial.people.agents[members.of(lane)];
    }
    let agents = R::Bits::load(&numbers);
    let [motive, threshold, readiness, _] = encounter.streams.occasion.normals::<R>(agents, 0);
    let bearing = Bearing {
        traits: members.gather(initial.traits),
        gains: match initial.gains {
            Gains::Same(gains) => same(gains),
            Gains::Each(columns) => members.gather(columns),
        },
        occasion: [motive, threshold, readiness],
        fatigue: match initial.fatigue {
            Some(column) => members.gather_one(column),
            None => R::zero(),
        },
        milieu: match initial.milieu {
            Some(it) => Milieu {
                connectedness: members.gather_one(&it.connectedness),
                inflammation: members.gather_one(&it.inflammation),
                oxytocin: members.gather_one(&it.oxytocin),
            },
            None => Milieu::norm(),
        },
    };
    let (person, body) = Person::new(scene, &bearing);
    let member = Member {
        members,
        scene: 0,
        agents,
        person,
        state: State::start(),
        active: R::zero().less(R::one()),
        inaction: R::zero(),
    };
    (member, body)
}

#[inline(always)]
fn one_encounter<R: Real>(
    scenes: &[Scene<R>],
    encounter: &Encounter,
    members: &mut [Member<R>],
    records: &mut Records,
    watch: &mut Option<&mut (dyn Watch + '_)>,
) {
    // Scenes of members take equally long, and show as much of the others.
    let scene = &scenes[0];
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
        let mut anybody_helped = R::zero().less(R::zero());
        for (member, shocks) in members.iter_mut().zip(&shocks) {
            let scene = &scenes[member.scene];
            let seen = if scene.others_seen {
                total - scene.witness_weight * member.inaction
            } else {
                total
            };
            let understood = need_seen(scene, &member.person, seen);
            let after = step(
                &member.state,
                &member.person,
                scene,
                understood,
                inhibition(scene, seen),
                shocks.at(now),
                member.active,
            );
            let who = member.members;
            if let Some(watch) = watch {
                let lanes = member.active.bits() & who.bits::<R>();
                show(*watch, lanes, now + 1, &after, |lane| who.of(lane));
            }
            if let Some(decided) = decided(scene, &member.state, &after, member.active) {
                let time_s = R::splat(scene.step_s * f64::from(now)) + R::splat(scene.step_s) * decided.when;
                // A lane beyond the last group repeats it, and takes down the same once more.
                decided.take_down(records, &after, time_s, |lane| who.of(lane));
                member.active = member.active.and_not(decided.anybody);
                anybody_helped = anybody_helped.or(decided.helped);
            }
            member.state = after;
        }
        // One who helps ends it for the others.
        if anybody_helped.bits() != 0 {
            let time_s = R::splat(scene.step_s * f64::from(now + 1));
            for member in members.iter_mut() {
                let relieved = member.active.and(anybody_helped);
                let who = member.members;
                take_down(records, relieved.bits(), &member.state, time_s, |lane| {
                    (who.of(lane), Outcome::Relieved)
                });
                member.active = member.active.and_not(relieved);
            }
        }
        let mut active = 0;
        for it in members.iter() {
            active |= it.active.bits();
        }
        if active == 0 {
            break;
        }
    }
    let end = R::splat(encounter.situation.window_s);
    for member in members.iter() {
        let who = member.members;
        take_down(records, member.active.bits(), &member.state, end, |lane| {
            (who.of(lane), Outcome::Undecided)
        });
    }
}

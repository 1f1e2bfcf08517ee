//! People who meet the scene one by one, side by side in lanes.

use super::people::People;
use super::records::{Column, Outcome, Records};
use super::{Encounter, Gains, STEPS_PER_BLOCK};
use crate::lanes::{Bits, Job, Level, Mask, Real};
use crate::model::agent::Trait;
use crate::model::milieu::Milieu;
use crate::model::person::{Bearing, Person};
use crate::model::scene::Scene;
use crate::model::{Shocks, State, bystanders, motor_resonance, perception, ratings, regulation, step};

/// Time after a scene at which the arousal that is left is read, in seconds.
const RECOVERY_S: f64 = 10.0;

/// Time constant with which arousal comes down after a scene, in seconds.
const RECOVERY_TIME_S: f64 = 10.0;

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
    let watch = &mut Unwatched;
    level.run(Meet {
        encounter,
        brought,
        watch,
    })
}

/// As [`meet`], with every step shown to somebody.
pub(super) struct Meet<'a, W> {
    pub(super) encounter: &'a Encounter<'a>,
    pub(super) brought: &'a Brought<'a>,
    pub(super) watch: &'a mut W,
}

/// Somebody who is shown how people are after each step.
pub(super) trait Watch {
    /// How the people from place `at` on, one in each lane, `stride` places apart, are after `steps` steps; who has decided is shown as at the decision.
    fn see<R: Real>(&mut self, places: Places, steps: u32, active: R::Mask, state: &State<R>, decided: &State<R>);
}

/// Which people of a block stand in the lanes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Places {
    /// Place of the person in the first lane.
    pub(super) first: usize,
    /// How far the person in the next lane is away.
    pub(super) stride: usize,
}

impl Places {
    /// Place of the person in a lane.
    pub(super) fn of(self, lane: usize) -> usize {
        self.first + lane * self.stride
    }
}

/// Nobody watches: the steps leave no trace but the records.
pub(super) struct Unwatched;

impl Watch for Unwatched {
    #[inline(always)]
    fn see<R: Real>(&mut self, _: Places, _: u32, _: R::Mask, _: &State<R>, _: &State<R>) {}
}

impl<W: Watch> Job for Meet<'_, W> {
    type Output = Records;

    #[inline(always)]
    fn run<R: Real>(self) -> Records {
        let Self {
            encounter,
            brought,
            watch,
        } = self;
        let scene = Scene::<R>::new(
            encounter.parameters,
            encounter.situation,
            encounter.knockout,
            0,
            encounter.longest_step_s,
        );
        let reading = Reading::<R>::new(encounter);
        let people = brought.people;
        let mut records = Records::room_for(people.agents.len());
        for at in (0..people.agents.len()).step_by(R::WIDTH) {
            let agents = R::Bits::load(&people.agents[at..]);
            let bearing = bearing::<R>(encounter, brought, agents, at);
            let person = Person::new(&scene, &bearing);
            let ended = one_encounter(
                &scene,
                &person,
                encounter,
                agents,
                Places { first: at, stride: 1 },
                watch,
            );
            ended.write(&mut records, &reading, encounter, &person, agents, at);
        }
        records.outcomes.truncate(people.count);
        for column in &mut records.columns {
            column.truncate(people.count);
        }
        records
    }
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

/// The shocks of one step, drawn 32 steps at a time.
pub(super) struct ShockBits<B> {
    bits: [B; 4],
}

impl<B: Bits> ShockBits<B> {
    /// The bits for the block of steps that `step` lies in.
    #[inline(always)]
    pub(super) fn draw(encounter: &Encounter, agents: B, step: u32) -> Self {
        Self {
            bits: encounter.luck.tendencies.bits(agents, step / STEPS_PER_BLOCK),
        }
    }

    /// The shocks of one step.
    #[inline(always)]
    pub(super) fn at<R: Real<Bits = B>>(&self, step: u32) -> Shocks<R> {
        let index = step % STEPS_PER_BLOCK;
        Shocks {
            help: R::sign(self.bits[0], index),
            leave: R::sign(self.bits[1], index),
            punish: R::sign(self.bits[2], index),
        }
    }
}

/// How the encounters in the lanes ended.
pub(super) struct Ended<R: Real> {
    pub(super) state: State<R>,
    pub(super) latency_s: R,
    pub(super) helped: u32,
    pub(super) left: u32,
    pub(super) punished: u32,
}

/// Who decided in a step, for what, and when within it.
pub(super) struct Decided<R: Real> {
    /// Everybody who decided.
    pub(super) anybody: R::Mask,
    pub(super) helped: R::Mask,
    pub(super) left: R::Mask,
    pub(super) punished: R::Mask,
    /// When, as a share of the step.
    pub(super) when: R,
}

/// Who of the `active` people decided in a step, if anybody did.
///
/// Where two tendencies cross the bound in the same step, the one that crossed earlier decides, on a straight line over the step; a tie helps.
/// Letting one of them win every such step would bias helping by up to 0.7 points at steps of a second (`benches/convergence.md`).
#[inline(always)]
pub(super) fn decided<R: Real>(
    scene: &Scene<R>,
    before: &State<R>,
    after: &State<R>,
    active: R::Mask,
) -> Option<Decided<R>> {
    if scene.graded {
        return None;
    }
    let foremost = after.help.max(after.leave);
    let foremost = if scene.punishing {
        foremost.max(after.punish)
    } else {
        foremost
    };
    let anybody = active.and_not(foremost.less(scene.bound));
    if anybody.bits() == 0 {
        return None;
    }
    let never = R::splat(2.0);
    let crossing = |before: R, after: R| {
        let share = (scene.bound - before) / (after - before).max(R::splat(1e-9));
        R::select(after.less(scene.bound), never, share.positive_part().min(R::one()))
    };
    let help = crossing(before.help, after.help);
    let leave = crossing(before.leave, after.leave);
    let punish = if scene.punishing {
        crossing(before.punish, after.punish)
    } else {
        never
    };
    let when = help.min(leave).min(punish);
    let helped = anybody.and_not(when.less(help));
    let rest = anybody.and_not(helped);
    let left = rest.and_not(when.less(leave));
    Some(Decided {
        anybody,
        helped,
        left,
        punished: rest.and_not(left),
        when,
    })
}

#[inline(always)]
fn one_encounter<R: Real, W: Watch>(
    scene: &Scene<R>,
    person: &Person<R>,
    encounter: &Encounter,
    agents: R::Bits,
    places: Places,
    watch: &mut W,
) -> Ended<R> {
    let step_s = R::splat(scene.step_s);
    let mut active = R::zero().less(R::one());
    let mut state = State::start();
    let mut ended = Ended {
        state,
        latency_s: R::splat(encounter.situation.window_s),
        helped: 0,
        left: 0,
        punished: 0,
    };
    let mut inaction = R::zero();
    let mut need_seen = need_seen(scene, person, scene.confederates);
    let mut time = R::zero();
    'scene: for block in 0..scene.steps.div_ceil(STEPS_PER_BLOCK) {
        let first = block * STEPS_PER_BLOCK;
        let shocks = ShockBits::draw(encounter, agents, first);
        for index in 0..STEPS_PER_BLOCK.min(scene.steps - first) {
            if scene.others_seen {
                // Others who are not simulated are taken to be like the person: their inaction fades as this one's tendency rises.
                let target = bystanders::inaction_target(state.help);
                inaction = inaction + (target - inaction) * scene.inaction_step;
                let seen = scene.confederates + scene.others_like_me * scene.witness_weight * inaction;
                need_seen = self::need_seen(scene, person, seen);
            }
            let after = step(&state, person, scene, need_seen, shocks.at(index));
            if let Some(decided) = decided(scene, &state, &after, active) {
                ended.decide(&decided, &after, time + step_s * decided.when);
                active = active.and_not(decided.anybody);
            }
            state = after;
            time = time + step_s;
            watch.see(places, first + index + 1, active, &state, &ended.state);
            if active.bits() == 0 {
                break 'scene;
            }
        }
    }
    ended.state = keep(active, &state, &ended.state);
    ended
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

/// The new state where the mask holds, the old one elsewhere.
#[inline(always)]
pub(super) fn keep<R: Real>(mask: R::Mask, new: &State<R>, old: &State<R>) -> State<R> {
    let pick = |new: R, old: R| R::select(mask, new, old);
    State {
        attention: pick(new.attention, old.attention),
        affective_sharing: pick(new.affective_sharing, old.affective_sharing),
        perspective_taking: pick(new.perspective_taking, old.perspective_taking),
        reappraisal: pick(new.reappraisal, old.reappraisal),
        personal_distress: pick(new.personal_distress, old.personal_distress),
        compassion: pick(new.compassion, old.compassion),
        indignation: pick(new.indignation, old.indignation),
        help: pick(new.help, old.help),
        leave: pick(new.leave, old.leave),
        punish: pick(new.punish, old.punish),
    }
}

/// The constants with which states are read out.
pub(super) struct Reading<R> {
    accuracy_weight: R,
    recovery: R,
    sensitivity: R,
    relief: R,
    relief_at: R,
    error_sd: R,
    mood: R,
}

impl<R: Real> Reading<R> {
    pub(super) fn new(encounter: &Encounter) -> Self {
        let (motor, rating) = (&encounter.parameters.motor_resonance, &encounter.parameters.ratings);
        Self {
            accuracy_weight: R::splat(motor.accuracy_weight),
            recovery: R::splat(RECOVERY_S / RECOVERY_TIME_S),
            sensitivity: R::splat(rating.sensitivity),
            relief: R::splat(rating.compassion_relief),
            relief_at: R::splat(rating.relief_at),
            error_sd: R::splat(rating.error_sd),
            mood: R::splat(encounter.situation.mood.max(0.0)),
        }
    }
}

impl<R: Real> Ended<R> {
    /// Takes down who decided, in what state and when.
    #[inline(always)]
    pub(super) fn decide(&mut self, decided: &Decided<R>, state: &State<R>, time_s: R) {
        self.helped |= decided.helped.bits();
        self.left |= decided.left.bits();
        self.punished |= decided.punished.bits();
        self.latency_s = R::select(decided.anybody, time_s, self.latency_s);
        self.state = keep(decided.anybody, state, &self.state);
    }

    /// Writes the people in the lanes to their places in the records.
    #[inline(always)]
    pub(super) fn write(
        &self,
        records: &mut Records,
        reading: &Reading<R>,
        encounter: &Encounter,
        person: &Person<R>,
        agents: R::Bits,
        at: usize,
    ) {
        let state = &self.state;
        let errors = encounter.luck.ratings.normals::<R>(agents, 0);
        let negative = ratings::negative_affect(
            state.affective_sharing,
            state.personal_distress,
            state.compassion,
            reading.relief,
            reading.relief_at,
        );
        let rated = |feeling: R, error: R| ratings::rating(feeling, reading.sensitivity) + reading.error_sd * error;
        let values = [
            self.latency_s,
            state.attention,
            state.affective_sharing,
            state.perspective_taking,
            state.reappraisal,
            state.personal_distress,
            state.compassion,
            state.indignation,
            state.help,
            state.leave,
            motor_resonance::accuracy(
                person.resonant_vividness * state.attention,
                state.perspective_taking,
                reading.accuracy_weight,
            ),
            regulation::residual_arousal(
                state.affective_sharing,
                person.vagal_brake,
                state.reappraisal,
                reading.recovery,
            ),
            rated(negative, errors[0]),
            rated(state.compassion + reading.mood, errors[1]),
            rated(
                state.affective_sharing * state.perspective_taking * R::splat(4.0),
                errors[2],
            ),
            rated(state.perspective_taking, errors[3]),
        ];
        for (column, value) in records.columns.iter_mut().zip(values) {
            value.store(&mut column[at..]);
        }
        for (lane, outcome) in records.outcomes[at..at + R::WIDTH].iter_mut().enumerate() {
            let is = |mask: u32| mask >> lane & 1 == 1;
            *outcome = if is(self.helped) {
                Outcome::Helped
            } else if is(self.left) {
                Outcome::Left
            } else if is(self.punished) {
                Outcome::Punished
            } else {
                Outcome::Undecided
            };
        }
        if encounter.situation.help == crate::model::situation::HelpKind::Graded {
            let given = &records.columns[Column::Help as usize][at..at + R::WIDTH];
            for (outcome, given) in records.outcomes[at..].iter_mut().zip(given) {
                *outcome = if *given >= SMALLEST_GIFT {
                    Outcome::Helped
                } else {
                    Outcome::Undecided
                };
            }
        }
    }
}

/// Where help is a quantity, the smallest share of the endowment that counts as giving: one coin of twenty.
///
/// It lies above the reflecting bound of the tendencies, which is half a shock.
pub const SMALLEST_GIFT: f32 = 0.05;

//! How far the engine lies from what this machine can do: `cargo bench --bench limit` prints the table of `RESULTS.md`.
//!
//! The operations of one step are counted with numbers that count; then the same mix of operations runs without any of them waiting for
//! another, at the same vector level in the same minute. What the engine reaches of that rate is the fraction.

#![recursion_limit = "512"]

mod counting;
#[path = "../crowd/mod.rs"]
mod crowd;
mod mix;
#[path = "../crowd/processor.rs"]
mod processor;

use compassion::engine::LONGEST_STEP_S;
use compassion::engine::block::Participants;
use compassion::engine::records::Records;
use compassion::lanes::{Bits, Job, Level, Mask, Real};
use compassion::model::agent::Trait;
use compassion::model::milieu::Milieu;
use compassion::model::person::{Bearing, Person};
use compassion::model::scene::Scene;
use compassion::model::{Shocks, State, perception, step};
use counting::{Counting, CountingBits, Counts, counted};
use crowd::Setting;
use std::hint::black_box;

/// Steps that one draw of bits lasts.
const STEPS_PER_BLOCK: u32 = 32;

/// People who meet the scene: so few that a repetition fits between two interruptions by other programs.
const PEOPLE: u32 = 1 << 13;

/// Repetitions of which the shortest counts.
const ROUNDS: u32 = 100;

fn main() {
    let setting = Setting::flagship();
    let counts = counts(&setting);
    assert_eq!(
        counts,
        mix::MIX,
        "a step's operations have changed: write them into benches/limit/mix.rs"
    );
    println!("One agent-step: {} floating-point operations", counts.floating());
    println!(
        "{counts:?}, and {:?} for the bits of {STEPS_PER_BLOCK} steps.\n",
        bits_counts(&setting)
    );
    for level in Level::available().into_iter().filter(|it| *it != Level::Plain) {
        report(&setting, level, &counts);
    }
}

fn report(setting: &Setting, level: Level, counts: &Counts) {
    let people = setting.people(level, PEOPLE);
    let mut engine = f64::INFINITY;
    let mut start = f64::INFINITY;
    let mut limit = f64::INFINITY;
    let mut one = f64::INFINITY;
    let mut two = f64::INFINITY;
    let mut steps = 0;
    let hurried = setting.cut_after_one_step();
    let (participants_by_condition, hurried_casts) = (
        setting.participants_by_condition(level, &people),
        hurried.participants_by_condition(level, &people),
    );
    // In turn, so that a busy moment of the machine hits all of them.
    for _ in 0..ROUNDS {
        let (worked, records) = timed(setting, level, &participants_by_condition);
        steps = setting.outcomes(&records).steps;
        engine = engine.min(worked);
        start = start.min(timed(&hurried, level, &hurried_casts).0);
        limit = limit.min(level.run(mix::Independent { blocks: 1_000 }));
        one = one.min(level.run(Steps::<1> { setting, blocks: 1_000 }));
        two = two.min(level.run(Steps::<2> { setting, blocks: 1_000 }));
    }
    let count = f64::from(PEOPLE);
    let per_step = 1e9 * engine / steps as f64;
    let limit = 1e9 * limit;
    let (one, two) = (1e9 * one, 1e9 * two);
    let start = 1e9 * start / steps as f64;
    println!(
        "| {level:?} | ns per agent-step | million agent-steps/s | thousand million operations/s | share of the limit |"
    );
    println!("|---|---:|---:|---:|---:|");
    let row = |name: &str, ns: f64| {
        println!(
            "| {name} | {ns:.3} | {:.0} | {:.1} | {:.0} % |",
            1e3 / ns,
            f64::from(counts.floating()) / ns,
            100.0 * limit / ns
        );
    };
    row("the same operations, none waiting for another", limit);
    row("`step` for one register of people", one);
    row("`step` for two registers in turn", two);
    row("the engine, to everybody's decision", per_step);
    println!(
        "\nOf the engine's {per_step:.3} ns, {start:.3} are spent before the second step and after the last (constants of a person, ratings, records); \
         {:.1} steps to a decision.\n",
        steps as f64 / count
    );
}

/// Lets people meet a scene on one thread: seconds of the processor, and what is known of them.
fn timed(setting: &Setting, level: Level, participants_by_condition: &[Participants]) -> (f64, Vec<Records>) {
    crowd::with_threads(1, || {
        let started = processor::seconds();
        let records = setting.meet(level, participants_by_condition);
        (processor::seconds() - started, records)
    })
}

/// The operations of one step: the model's step, its shocks, and a look whether somebody has decided.
fn counts(setting: &Setting) -> Counts {
    let (scene, person, need_seen) = somebody::<Counting>(setting);
    let (before, bits) = (State::start(), CountingBits(0x1234_5678));
    let active = Counting(0.0).less(Counting(1.0));
    let look = |state: &State<Counting>| active.and_not(state.help.max(state.leave).less(scene.bound)).bits();
    counted(|| {
        look(&step(
            &before,
            &person,
            &scene,
            need_seen,
            Counting(1.0),
            shocks([bits; 3], 5),
            active,
        ))
    })
    .1
}

/// The operations of one draw of bits.
fn bits_counts(setting: &Setting) -> Counts {
    let luck = setting.world(Level::Plain).encounter(setting.condition(), 0).streams;
    counted(|| luck.tendencies.bits(CountingBits(7), 0)).1
}

#[inline(always)]
fn shocks<R: Real>(bits: [R::Bits; 3], index: u32) -> Shocks<R> {
    Shocks {
        help: bits[0],
        leave: bits[1],
        punish: bits[2],
        index,
    }
}

/// The scene, an ordinary person in it, and the need they see.
#[inline(always)]
fn somebody<R: Real>(setting: &Setting) -> (Scene<R>, Person<R>, R) {
    let (world, condition) = (setting.world(Level::Plain), setting.condition());
    let it = world.encounter(condition, 0);
    let reference = Scene::<f64>::new(it.parameters, it.situation, it.knockout, 0, LONGEST_STEP_S);
    let scene = Scene::<R>::new(it.parameters, it.situation, it.knockout, 0, LONGEST_STEP_S);
    let bearing = Bearing {
        traits: [0.0; Trait::COUNT],
        gains: [0.0; Trait::COUNT],
        occasion: [0.0; 3],
        fatigue: 0.0,
        milieu: Milieu::norm(),
    };
    let (it, _) = Person::new(&reference, &bearing);
    let need_seen = perception::interpretation(
        reference.evidence,
        it.need_threshold,
        reference.interpretation_steepness,
        reference.need,
    );
    let s = |value: f64| R::splat(black_box(value));
    let person = Person {
        free_attention: s(it.free_attention),
        need_threshold: s(it.need_threshold),
        sharing_gain: s(it.sharing_gain),
        recovery_step: s(it.recovery_step),
        understanding_gain: s(it.understanding_gain),
        overlap: s(it.overlap),
        deployment_gain: s(it.deployment_gain),
        reappraisal_gain: s(it.reappraisal_gain),
        appraisal: s(it.appraisal),
        bottom_up: s(it.bottom_up),
        top_down: s(it.top_down),
        help_drift: s(it.help_drift),
    };
    (scene, person, s(need_seen))
}

/// The model's step over and over, for `N` registers of people in turn, nobody ever deciding: seconds for each agent-step.
struct Steps<'a, const N: usize> {
    setting: &'a Setting,
    blocks: u32,
}

impl<const N: usize> Job for Steps<'_, N> {
    type Output = f64;

    #[inline(always)]
    fn run<R: Real>(self) -> f64 {
        let numbers: Vec<u32> = (0..R::WIDTH as u32).collect();
        let agents = R::Bits::load(&numbers);
        let (scene, person, need_seen) = somebody::<R>(self.setting);
        let luck = self
            .setting
            .world(Level::Plain)
            .encounter(self.setting.condition(), 0)
            .streams;
        let mut states = [State::<R>::start(); N];
        let active = R::zero().less(R::one());
        let mut decided = 0;
        let started = processor::seconds();
        for block in 0..self.blocks {
            let bits = luck.tendencies.bits(agents, block);
            for index in 0..STEPS_PER_BLOCK {
                for state in &mut states {
                    *state = step(
                        state,
                        &person,
                        &scene,
                        need_seen,
                        R::one(),
                        shocks([bits[0], bits[1], bits[2]], index),
                        active,
                    );
                    decided |= active.and_not(state.help.max(state.leave).less(scene.bound)).bits();
                }
            }
        }
        let took = processor::seconds() - started;
        let mut kept = [0.0; 16];
        for state in states {
            state.help.store(&mut kept);
            black_box((kept, decided));
            state.compassion.store(&mut kept);
            black_box(kept);
            state.punish.store(&mut kept);
            black_box(kept);
        }
        took / f64::from(self.blocks * STEPS_PER_BLOCK) / (N * R::WIDTH) as f64
    }
}

//! A race with constant drift follows the laws of a Wiener process.

use crate::trial::alone;
use compassion::engine::block::{Participants, World};
use compassion::engine::records::{Column, Outcome};
use compassion::lanes::Level;
use compassion::model::agent::Trait;
use compassion::model::mechanism::Knockout;
use compassion::model::milieu::Milieu;
use compassion::model::parameters::Parameters;
use compassion::model::person::{Bearing, Person};
use compassion::model::scene::Scene;
use compassion::model::situation::Situation;
use compassion::model::{Shocks, State, decision, step};
use compassion::parameters::shipped;
use compassion::random::{Process, Stream};
use compassion::statistics::first_passage::inverse_gaussian_cdf;
use compassion::statistics::kolmogorov_smirnov::kolmogorov_smirnov;
use libm::erfc;

/// Enough that a law 0.014 away would be refused.
const PEOPLE: u32 = 20_000;

/// People at each step length.
const GROUP: u32 = 1000;

/// Level of significance of both tests: on the fixed seed a failure is a change and not bad luck.
const ALPHA: f64 = 0.001;

/// Nobody feels or differs; the tendency to help drifts, the one to leave does not move.
///
/// `drift` and `noise` are those that tendencies have in a scene of this length: the parameters hold for one of half a minute.
fn constant_drift(drift: f64, noise: f64, window_s: f64) -> Parameters {
    let mut parameters = shipped();
    let pace = decision::pace(window_s);
    let decision = &mut parameters.decision;
    decision.compassion_weight = 0.0;
    decision.distress_weight = 0.0;
    decision.leaving_weight = 0.0;
    decision.leave_bias = -1e3;
    decision.prompting_need = 1e-9;
    decision.standing_by_weight = 0.0;
    decision.evaluation_weight = 0.0;
    decision.readiness_sd = 0.0;
    decision.help_bias = drift / pace;
    decision.noise = noise / pace.sqrt();
    decision.leak = 1e-7;
    parameters
}

/// Without the reflecting floor the law is the inverse Gaussian. The equations are those of the engine, the loop is this test's own, and
/// what has not happened when the scene ends is conditioned away: the law of those who decided is F(t) / F(window). Where everybody drifts
/// alike, all walk on one lattice, whose points reach the bound in a rhythm of some steps; forty step lengths, from 0.34 to 0.54 s, blur it.
#[test]
fn decision_times_with_constant_drift_are_inverse_gaussian() {
    let (drift, noise, window_s) = (0.02, 0.07, 70.0);
    let parameters = constant_drift(drift, noise, window_s);
    let situation = Situation {
        window_s,
        ..Situation::default()
    };
    let bearing = Bearing {
        traits: [0.0; Trait::COUNT],
        gains: [0.0; Trait::COUNT],
        occasion: [0.0; 3],
        fatigue: 0.0,
        milieu: Milieu::norm(),
    };
    let steps: Vec<u32> = (130..210).step_by(2).collect();
    let scenes: Vec<Scene<f64>> = steps
        .iter()
        .map(|steps| {
            let longest_step_s = window_s / f64::from(*steps) * (1.0 + 1e-9);
            let mut scene = Scene::new(&parameters, &situation, Knockout::NONE, 0, longest_step_s);
            scene.floor = f64::NEG_INFINITY;
            scene
        })
        .collect();
    let stream = Stream::new(1915, 0, Process::Tendencies, 0);
    let times: Vec<f64> = (0..PEOPLE)
        .filter_map(|agent| {
            let scene = &scenes[agent as usize % scenes.len()];
            let (person, _) = Person::new(scene, &bearing);
            first_passage(scene, &person, |block| stream.bits(agent, block)[0])
        })
        .collect();

    let decided = inverse_gaussian_cdf(window_s, 1.0, drift, noise);
    let share = times.len() as f64 / f64::from(PEOPLE);
    let error = (decided * (1.0 - decided) / f64::from(PEOPLE)).sqrt();
    assert!(
        (share - decided).abs() < 3.3 * error,
        "{share} decided, {decided} should"
    );
    assert!(decided < 0.995, "the end of the scene is not tested");
    let p = kolmogorov_smirnov(&times, |time| inverse_gaussian_cdf(time, 1.0, drift, noise) / decided).unwrap();
    assert!(p > ALPHA, "p = {p}");
    // The test can tell: with a twentieth more drift it refuses.
    let other = 1.05 * drift;
    let decided = inverse_gaussian_cdf(window_s, 1.0, other, noise);
    let p = kolmogorov_smirnov(&times, |time| inverse_gaussian_cdf(time, 1.0, other, noise) / decided).unwrap();
    assert!(p < ALPHA, "p = {p} with another drift");
}

/// When the tendency to help of one person first reaches the bound, in seconds; none if it does not.
fn first_passage(scene: &Scene<f64>, person: &Person<f64>, bits: impl Fn(u32) -> u32) -> Option<f64> {
    let mut state = State::start();
    for now in 0..scene.steps {
        let shocks = Shocks {
            help: bits(now / 32),
            leave: 0,
            punish: 0,
            index: now % 32,
        };
        let after = step(&state, person, scene, 1.0, 0.0, shocks, true);
        if after.help >= scene.bound {
            let within = (scene.bound - state.help) / (after.help - state.help);
            return Some((f64::from(now) + within) * scene.step_s);
        }
        state = after;
    }
    None
}

/// With the reflecting floor and no drift a tendency is the size of a Wiener process, and decides when that leaves (−1, 1). The engine
/// itself; but without drift and leak its walk stays on one lattice, and how far it shoots over the bound depends on where the bound lies
/// between two points of it. Scenes have drifts that differ, which average over that; here twenty step lengths do, from 0.44 to 0.52 s, so
/// that the phase of the bound runs once through the lattice.
///
/// ```text
/// F(t) = 2 Σ_{k≥0} (−1)^k erfc((2k + 1) / (s √(2t)))
/// ```
#[test]
fn decision_times_without_drift_are_exits_from_an_interval() {
    let (noise, window_s) = (0.12, 120.0);
    let law = |time: f64| {
        if time <= 0.0 {
            return 0.0;
        }
        let term = |k: i32| {
            let sign = if k % 2 == 0 { 2.0 } else { -2.0 };
            sign * erfc(f64::from(2 * k + 1) / (noise * (2.0 * time).sqrt()))
        };
        (0..50).map(term).sum()
    };
    let parameters = constant_drift(0.0, noise, window_s);
    let condition = alone(Situation {
        window_s,
        ..Situation::default()
    });
    let steps = (230..270).step_by(2);
    let mut decided: Vec<f64> = Vec::new();
    for (group, steps) in (0..).zip(steps.clone()) {
        let world = World {
            parameters: &parameters,
            programs: &[],
            seed: 1905,
            longest_step_s: window_s / f64::from(steps) * (1.0 + 1e-9),
            level: Level::best(),
            encounters: None,
        };
        let people = world.people(0, group * GROUP, GROUP as usize);
        let records = Participants::new(&world, &condition, 0, &people, people.count, PEOPLE).meet(&world, &condition);
        assert!(
            records.outcomes.iter().all(|it| *it != Outcome::Left),
            "nobody drifts to leave"
        );
        let times = records.outcomes.iter().zip(records.column(Column::LatencyS));
        decided.extend(times.filter(|it| *it.0 == Outcome::Helped).map(|it| f64::from(*it.1)));
    }
    assert_eq!(GROUP * steps.len() as u32, PEOPLE);
    let (share, expected) = (decided.len() as f64 / f64::from(PEOPLE), law(window_s));
    let error = (expected * (1.0 - expected) / f64::from(PEOPLE)).sqrt();
    assert!(
        (share - expected).abs() < 3.3 * error,
        "{share} decided, {expected} should"
    );
    assert!(
        (0.5..0.99).contains(&expected),
        "the end of the scene is not tested: {expected}"
    );
    let p = kolmogorov_smirnov(&decided, |time| law(time) / expected).unwrap();
    assert!(p > ALPHA, "p = {p}");
}

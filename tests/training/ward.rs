//! Nurses on a ward: fatigue within a shift, burnout over weeks, and who tires.

use super::{d, scenario, tallies};
use compassion::engine::measured::measured;
use compassion::engine::monitor::Unwatched;
use compassion::engine::run::Experiment;
use compassion::parameters::shipped;
use compassion::registry::Measure;
use compassion::scenario::Scenario;
use compassion::statistics::pearson;

const WARD: &str =
    "[situation]\nneed = 0.7\nvividness = 0.9\nambiguity = 0.0\nescape = 0.1\nresponsibility = 0.5\nwindow_s = 120\n";

/// A measure of everybody in the first condition, at the moment that stands for the whole.
fn of_everybody(scenario: &Scenario, measures: [Measure; 4]) -> Vec<[f64; 4]> {
    let parameters = shipped();
    let mut rows = Vec::new();
    let done = Experiment::new(scenario, &parameters).run(
        &Unwatched,
        |played| {
            let value = |person, measure| {
                measured(played.condition, played.participants, played.records, measure, person).expect("measured")
            };
            let people = 0..played.selected.len();
            people
                .map(|person| measures.map(|it| value(person, it)))
                .collect::<Vec<_>>()
        },
        |kept| {
            rows.extend(kept);
            Ok::<_, std::convert::Infallible>(())
        },
    );
    assert!(done.is_ok());
    rows
}

/// Burnout goes with personal distress, satisfaction with concern (gleichgerrcht2013; sizes .2 to .4 and .3 to .4 from memory): in the mean of
/// three wards, each with other people, and in each of them not far from there. 3,000 nurses each: a correlation of .3 has a standard error of
/// .017, the mean of three of .010; the mean may miss the bands by two of these.
#[test]
fn distress_burns_out_and_concern_satisfies() {
    let wards = [
        (1974, 10, WARD),
        (
            7,
            6,
            "[situation]\nneed = 0.85\nvividness = 0.9\nambiguity = 0.0\nescape = 0.0\nresponsibility = 0.5\nwindow_s = 120\n",
        ),
        (
            23,
            8,
            "[situation]\nneed = 0.5\nvividness = 0.8\nambiguity = 0.1\nescape = 0.3\nresponsibility = 0.5\nwindow_s = 60\n",
        ),
    ];
    let (mut burnout, mut satisfaction) = (Vec::new(), Vec::new());
    for (seed, patients, ward) in wards {
        let scenario = scenario(&format!(
            "[run]\nseed = {seed}\nagents = 3_000\n[timeline]\nweeks = 8\nmeasure_at = [8]\n\
             [exposures]\ncount = {patients}\nspacing_hours = 0.75\n{ward}[[condition]]\nname = 'a ward'\n"
        ));
        let rows = of_everybody(
            &scenario,
            [
                Measure::IriPd,
                Measure::Burnout,
                Measure::IriEc,
                Measure::CompassionSatisfaction,
            ],
        );
        let r = |x: usize, y: usize| {
            let pairs: Vec<(f64, f64)> = rows.iter().map(|it| (it[x], it[y])).collect();
            pearson(&pairs).expect("both vary")
        };
        println!(
            "seed {seed}: PD × burnout {:.3}, EC × satisfaction {:.3}, EC × burnout {:.3}",
            r(0, 1),
            r(2, 3),
            r(2, 1)
        );
        assert!((0.15..=0.45).contains(&r(0, 1)), "PD × burnout {:.3}", r(0, 1));
        assert!((0.25..=0.45).contains(&r(2, 3)), "EC × satisfaction {:.3}", r(2, 3));
        assert!(r(2, 1) < r(0, 1), "concern burns out less than distress");
        burnout.push(r(0, 1));
        satisfaction.push(r(2, 3));
    }
    let mean = |all: &[f64]| all.iter().sum::<f64>() / all.len() as f64;
    assert!((0.18..=0.42).contains(&mean(&burnout)), "PD × burnout {burnout:.3?}");
    assert!(
        (0.3..=0.4).contains(&mean(&satisfaction)),
        "EC × satisfaction {satisfaction:.3?}"
    );
}

/// Within a shift fatigue rises and wears attention down; with the mechanism switched off nobody tires.
#[test]
fn a_shift_tires_and_a_night_restores() {
    let scenario = scenario(&format!(
        "[run]\nseed = 12\nagents = 2_000\n[exposures]\ncount = 10\nspacing_hours = 0.75\n{WARD}\
         [[condition]]\nname = 'tiring'\n[[condition]]\nname = 'tireless'\nknockout = ['fatigue']\n"
    ));
    let arms = tallies(&scenario);
    let mean = |arm: usize, moment: usize, measure| arms[arm].course[moment].measures[&measure].mean();
    assert_eq!(arms[0].course.len(), 11, "ten encounters and the scene");
    let fatigue = |arm, moment| mean(arm, moment, Measure::Fatigue);
    // A rating has an error of 1.5; its mean over 2,000 people one of .03.
    assert!(
        fatigue(0, 9) > fatigue(0, 0) + 1.0,
        "{} → {}",
        fatigue(0, 0),
        fatigue(0, 9)
    );
    // A rating has a floor, so that error alone lifts the mean of those who do not tire; it stays where it was.
    assert!((fatigue(1, 9) - fatigue(1, 0)).abs() < 0.15);
    let distress = d(&arms[0].course[10], &arms[1].course[10], Measure::PersonalDistress);
    assert!(distress > 0.02, "tired people are more distressed: {distress:+.3}");
}

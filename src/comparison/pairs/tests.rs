//! People in two conditions at once, against the run.

use super::*;
use crate::comparison::usual_pairs;
use crate::engine::monitor::Unwatched;
use crate::engine::test_scenario;
use crate::model::agent::Trait;
use crate::model::mechanism::{Knockout, Mechanism};
use crate::model::training::Practice;
use crate::parameters::shipped;
use crate::scenario::{Contrast, Scenario, Timeline, Unit};

fn scenario() -> Scenario {
    let mut scenario = test_scenario(&["untrained", "trained", "other"]);
    scenario.run.agents = 3_000;
    scenario.run.replicates = 2;
    for it in &mut scenario.conditions {
        (it.situation.need, it.situation.escape) = (0.8, 0.9);
    }
    scenario.conditions[1].population[Trait::CompassionMotive as usize].mean = 1.0;
    scenario.conditions[2].unit = Unit::Group(2);
    scenario
}

fn compared(scenario: &Scenario, people: Range<u32>) -> Vec<PairTally> {
    let parameters = shipped();
    let experiment = Experiment::new(scenario, &parameters);
    compare(&experiment, &usual_pairs(scenario), people, &Unwatched).unwrap()
}

#[test]
fn the_run_says_the_same_of_the_same_pair() {
    let scenario = scenario();
    let tallies = Experiment::new(&scenario, &shipped()).tallies();
    let pairs = compared(&scenario, 0..3_000);
    assert_eq!(pairs.len(), 1);
    assert_eq!(Some(pairs[0].joint), tallies[1].joint);
    let compassion = pairs[0]
        .measures
        .iter()
        .find(|it| it.0 == Measure::Compassion)
        .unwrap()
        .1;
    let mean = |tally: usize| tallies[tally].measures[&Measure::Compassion].mean();
    assert!((compassion.mean() - (mean(1) - mean(0))).abs() < 1e-9);
    let people: u64 = pairs[0].profiles.iter().map(Profile::people).sum();
    assert_eq!(people, 6_000);
}

/// The same numbers as those of the run, in the week that the file asks about; who differs by less than a fifth of an SD does not count.
#[test]
fn a_measure_that_the_file_asks_about_is_told_instead_of_helping() {
    let mut scenario = scenario();
    scenario.run.agents = 1_500;
    for it in &mut scenario.conditions {
        it.protocol.timeline = Some(Timeline {
            weeks: 2.0,
            measure_at: vec![0.0, 2.0, 4.0],
        });
    }
    scenario.contrasts = vec![Contrast {
        week: Some(4.0),
        ..Contrast::asking(1, 0, Measure::CompassionSatisfaction)
    }];
    let tallies = Experiment::new(&scenario, &shipped()).tallies();
    let pair = &compared(&scenario, 0..1_500)[0];
    assert_eq!(Some(pair.joint), tallies[1].joint, "helping is that of the main moment");
    let told = pair.told.as_ref().unwrap();
    let mean = |it: usize| tallies[it].course[2].measures[&Measure::CompassionSatisfaction].mean();
    let difference = told.difference().unwrap();
    assert!((difference.value - (mean(1) - mean(0))).abs() < 1e-9, "{difference:?}");
    assert!((told.control() - mean(0)).abs() < 1e-9);
    assert_eq!(told.people(), 3_000);
    let shifts = Shift::ALL.map(|it| told.count(it));
    assert_eq!(shifts.iter().sum::<u64>(), 3_000);
    assert!(shifts[0] > shifts[1], "more of the motive satisfies: {shifts:?}");
    let standardised = told.standardised().unwrap();
    assert!((standardised.value * told.sd().unwrap() - difference.value).abs() < 1e-12);

    let mut parts = compared(&scenario, 0..1_024);
    parts[0].merge(&compared(&scenario, 1_024..1_500)[0]);
    let parts = parts[0].told.as_ref().unwrap();
    assert_eq!(
        Shift::ALL.map(|it| parts.count(it)),
        shifts,
        "a longer run is a shorter one continued"
    );
}

/// Parts add up to the whole, and no number depends on threads.
#[test]
fn people_can_be_added_later() {
    let scenario = scenario();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(3).build().unwrap();
    let whole = pool.install(|| compared(&scenario, 0..3_000));
    let mut parts = compared(&scenario, 0..2_048);
    parts[0].merge(&compared(&scenario, 2_048..3_000)[0]);
    assert_eq!(whole[0].joint, parts[0].joint);
    assert_eq!(whole, compared(&scenario, 0..3_000));
}

/// Without any difference in training, everybody does in one condition what they do in the other, to the bit.
#[test]
fn with_the_training_table_emptied_all_conditions_are_identical() {
    let mut scenario = test_scenario(&["untrained", "trained"]);
    scenario.run.agents = 2_000;
    scenario.conditions[1].training = vec![Practice {
        transportation: 0.0,
        programs: vec![1],
        hours: 40.0,
        weeks: 8.0,
    }];
    let trained = compared(&scenario, 0..2_000);
    assert!(trained[0].joint.first_only > 0, "the program does something");
    for effect in scenario.programs.iter_mut().flat_map(|it| &mut it.effects) {
        effect.shift = 0.0;
    }
    let pair = &compared(&scenario, 0..2_000)[0];
    assert_eq!((pair.joint.first_only, pair.joint.second_only), (0, 0));
    assert!(
        pair.measures
            .iter()
            .all(|(_, it)| it.mean() == 0.0 && it.sum_of_squares() == 0.0)
    );
    assert!(pair.who(Change::Gained).iter().all(Option::is_none));
}

#[test]
fn groups_are_compared_as_groups_and_have_no_profile() {
    let mut scenario = scenario();
    for it in &mut scenario.conditions {
        it.unit = Unit::Group(3);
    }
    let pairs = compared(&scenario, 0..3_000);
    assert_eq!(pairs[0].joint.people(), 2_000);
    assert!(pairs[0].profiles.iter().all(|it| it.people() == 0));
}

/// Those whom more compassion moves are people who do not act by themselves; belief, knocked out, does not tell them apart.
#[test]
fn those_who_change_are_not_like_the_others() {
    let mut scenario = scenario();
    scenario.run.agents = 12_000;
    for it in &mut scenario.conditions {
        it.knockout = Knockout::NONE.with(Mechanism::MalleabilityBelief);
    }
    let who = compared(&scenario, 0..12_000)[0].who(Change::Gained);
    let readiness = who[Trait::ReadinessToAct as usize].expect("enough people");
    assert!(readiness.upper < -0.05, "{readiness:?}");
    let belief = who[Trait::MalleabilityBelief as usize].expect("enough people");
    assert!(
        belief.value.abs() < 0.06 && belief.upper - belief.lower < 0.12,
        "{belief:?}"
    );
}

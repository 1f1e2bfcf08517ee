use super::*;
use crate::comparison::Pair;
use crate::engine::monitor::Unwatched;
use crate::engine::records::Outcome;
use crate::engine::test_scenario;
use crate::model::agent::Trait;
use crate::parameters::shipped;
use crate::registry::Measure;
use crate::scenario::{Dominant, Unit};
use crate::statistics::Z_95;
use libm::erfc;

const PAIR: Pair = Pair {
    treatment: 1,
    control: 0,
};

fn question(measure: Measure) -> Question {
    Question {
        pair: PAIR,
        measure,
        weeks: [None; 2],
        published: None,
    }
}

fn found(scenario: &Scenario, measure: Measure, design: Design) -> Found {
    let parameters = shipped();
    let experiment = Experiment::new(scenario, &parameters);
    studies(&experiment, &[question(measure)], design, &Unwatched)
        .unwrap()
        .remove(0)
}

/// Two conditions alike but for the motive of compassion in the second.
fn scenario(motive: f64) -> Scenario {
    let mut scenario = test_scenario(&["plain", "moved"]);
    for it in &mut scenario.conditions {
        (it.situation.need, it.situation.escape) = (0.8, 0.9);
    }
    scenario.conditions[1].population[Trait::CompassionMotive as usize].mean = motive;
    scenario
}

/// Where nothing differs, one study in twenty says that it does: 4,000 studies show .05 within .013 (four standard errors and the grain of
/// small counts).
#[test]
fn studies_of_nothing_are_significant_once_in_twenty() {
    let design = Design {
        per_condition: 40,
        repeats: 4_000,
    };
    for measure in [Measure::Helped, Measure::NegativeAffect] {
        let power = found(&scenario(0.0), measure, design).significant().share().unwrap();
        assert!((power - 0.05).abs() < 0.013, "{measure:?}: {power}");
    }
}

/// The normal approximation for two known rates, two-sided: Φ((|p₁ − p₂| − z √(2 p̄ q̄ / n)) / √(p₁q₁/n + p₂q₂/n)).
#[test]
fn power_is_what_the_normal_approximation_says() {
    let scenario = scenario(1.5);
    let tallies = Experiment::new(&scenario, &shipped()).tallies();
    let rate = |it: usize| tallies[it].units.share(Outcome::Helped).unwrap();
    let (a, b) = (rate(1), rate(0));
    for n in [40_u32, 100] {
        let design = Design {
            per_condition: n,
            repeats: 2_000,
        };
        let power = found(&scenario, Measure::Helped, design).significant().share().unwrap();
        let mean = (a + b) / 2.0;
        let n = f64::from(n);
        let under_null = Z_95 * (2.0 * mean * (1.0 - mean) / n).sqrt();
        let spread = ((a * (1.0 - a) + b * (1.0 - b)) / n).sqrt();
        let expected = 0.5 * erfc(-((a - b).abs() - under_null) / spread / std::f64::consts::SQRT_2);
        assert!((0.1..0.95).contains(&expected), "{expected} tests nothing");
        assert!((power - expected).abs() < 0.04, "n = {n}: {power} and {expected}");
    }
}

/// People of studies are nobody else: those of one condition are not those of another, and another condition more changes nothing.
#[test]
fn people_are_fresh_and_belong_to_the_name_of_the_condition() {
    let two = scenario(0.5);
    let mut three = two.clone();
    three.conditions.push(Condition {
        name: "third".to_owned(),
        ..two.conditions[0].clone()
    });
    let design = Design {
        per_condition: 20,
        repeats: 50,
    };
    assert_eq!(
        found(&two, Measure::Compassion, design),
        found(&three, Measure::Compassion, design)
    );
    let numbers: Vec<u32> = (0..3).map(|it| population_of(&three.conditions, it)).collect();
    assert!(numbers.iter().all(|it| *it >= POPULATIONS && *it < u32::MAX));
    assert!(numbers[0] != numbers[1] && numbers[1] != numbers[2]);
    // With the same people in both conditions every study would find exactly nothing.
    let null = found(&scenario(0.0), Measure::Compassion, design);
    assert!(null.studies.iter().flatten().all(|it| it.d != 0.0));
    assert_eq!(null.studies.len(), 50);
}

/// Before and after in one condition the same people are measured twice; a contrast of another week is measured in that week.
#[test]
fn weeks_are_those_that_the_contrast_names() {
    use crate::model::training::Practice;
    use crate::scenario::Timeline;
    let mut scenario = scenario(0.0);
    for it in &mut scenario.conditions {
        it.protocol.timeline = Some(Timeline {
            weeks: 1.0,
            measure_at: vec![0.0, 1.0],
        });
    }
    scenario.conditions[1].training = vec![Practice {
        transportation: 0.0,
        programs: vec![0],
        hours: 20.0,
        weeks: 1.0,
    }];
    let parameters = shipped();
    let experiment = Experiment::new(&scenario, &parameters);
    let design = Design {
        per_condition: 40,
        repeats: 25,
    };
    let ask = |treatment, control, weeks: [f64; 2]| {
        let question = Question {
            pair: Pair { treatment, control },
            measure: Measure::NegativeAffect,
            weeks: weeks.map(Some),
            published: None,
        };
        let found = studies(&experiment, &[question], design, &Unwatched).unwrap();
        (found[0].means().0.unwrap(), found[0].significant().successes)
    };
    // 1,000 people in all: a standardised difference has a standard error of .045.
    let (rise, often) = ask(1, 1, [1.0, 0.0]);
    assert!(
        rise > 0.2 && often > 5,
        "after empathy training: {rise:+.2}, {often} of 25"
    );
    let (nothing, seldom) = ask(0, 0, [1.0, 0.0]);
    assert!(
        nothing.abs() < 0.15 && seldom < 5,
        "without: {nothing:+.2}, {seldom} of 25"
    );
    let (before, _) = ask(1, 0, [0.0, 0.0]);
    assert!(before.abs() < 0.2, "between arms before: {before:+.2}");
    let (after, _) = ask(1, 0, [1.0, 1.0]);
    assert!(after > 0.2, "between arms after: {after:+.2}");
}

#[test]
fn groups_and_selections_are_studied_as_they_are_counted() {
    let mut scenario = scenario(0.5);
    for it in &mut scenario.conditions {
        it.unit = Unit::Group(3);
    }
    scenario.conditions[0].select = Some(Dominant::EmpathicConcern);
    let design = Design {
        per_condition: 15,
        repeats: 30,
    };
    let helped = found(&scenario, Measure::Helped, design);
    assert_eq!(helped.studies.iter().flatten().count(), 30);
    let rated = found(&scenario, Measure::PositiveAffect, design);
    assert_eq!(rated.studies.iter().flatten().count(), 30);
}

/// The same people in both conditions, each time with new luck: two measures of one person go together as far as the person goes, and no
/// further; where the conditions are alike, one study in twenty finds something.
#[test]
fn people_who_come_back_have_their_traits_and_not_their_luck() {
    use crate::scenario::Subjects;
    use crate::statistics::pearson;
    let mut scenario = scenario(0.0);
    scenario.study.design = Subjects::Within;
    let design = Design {
        per_condition: 2_000,
        repeats: 1,
    };
    let parameters = shipped();
    let experiment = Experiment::new(&scenario, &parameters);
    let questions = [question(Measure::Compassion), question(Measure::IriPt)];
    let drawn = drawn(&experiment, &questions, design, &Unwatched).unwrap();
    let correlation = |number: usize| {
        let [one, other]: &Values = &drawn[number][0];
        let both = one.iter().flatten().copied().zip(other.iter().flatten().copied());
        pearson(&both.collect::<Vec<(f64, f64)>>()).unwrap()
    };
    let (state, form) = (correlation(0), correlation(1));
    assert!((0.1..0.9).contains(&state), "compassion {state}");
    assert!(
        (0.70..0.84).contains(&form),
        "a form and itself {form}: its reliability is .78"
    );
    let small = Design {
        per_condition: 40,
        repeats: 2_000,
    };
    let found = studies(&experiment, &questions[..1], small, &Unwatched).unwrap();
    let power = found[0].significant().share().unwrap();
    assert!((power - 0.05).abs() < 0.015, "{power}");
}

/// Arms are as unequal as the file says, and a share of each is lost.
#[test]
fn arms_are_as_large_as_the_file_says() {
    use crate::scenario::Attrition;
    let mut scenario = scenario(0.5);
    scenario.study.allocation = vec![1, 3];
    scenario.study.attrition = Some(Attrition {
        share: 0.25,
        depends_on: Some(Measure::PersonalDistress),
    });
    let parameters = shipped();
    let experiment = Experiment::new(&scenario, &parameters);
    let design = Design {
        per_condition: 200,
        repeats: 10,
    };
    let questions = [question(Measure::PersonalDistress)];
    let drawn = drawn(&experiment, &questions, design, &Unwatched).unwrap();
    for [treatment, control] in &drawn[0] {
        assert_eq!((treatment.len(), control.len()), (600, 200));
        let lost = treatment.iter().filter(|value| value.is_none()).count();
        assert!((100..200).contains(&lost), "{lost} of 600");
    }
    let mean = |study: &Values| {
        let values: Vec<f64> = study[0].iter().flatten().copied().collect();
        values.iter().sum::<f64>() / values.len() as f64
    };
    let whole = {
        let mut scenario = scenario.clone();
        scenario.study.attrition = None;
        let experiment = Experiment::new(&scenario, &parameters);
        mean(&super::drawn(&experiment, &questions, design, &Unwatched).unwrap()[0][0])
    };
    assert!(mean(&drawn[0][0]) < whole - 0.01, "the most distressed are gone");
}

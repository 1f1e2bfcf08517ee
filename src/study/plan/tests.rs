use super::*;
use crate::comparison::study::studies;
use crate::engine::monitor::Unwatched;
use crate::engine::test_scenario;
use crate::parameters::shipped;
use crate::scenario::{Attrition, Clusters, Subjects};
use crate::statistics::SharesTest;
use crate::study::{Options, run};

const USUAL: Asked = Asked {
    power: 0.8,
    alpha: 0.05,
    allocation: None,
    attrition: 0.0,
    clusters: None,
    tests: Tests {
        shares: SharesTest::Campbell,
        means: MeansTest::T,
    },
};

fn power_of_shares(shares: [f64; 2], sizes: Sizes) -> Option<f64> {
    shares_power_by(shares, sizes, 0.05, SharesTest::Campbell)
}

fn planned(asked: &Asked) -> Planned {
    let mut scenario = test_scenario(&["far", "near"]);
    scenario.run.agents = 600;
    scenario.conditions[0].situation.closeness = 0.1;
    scenario.conditions[1].situation.closeness = 0.8;
    let results = run(&scenario, &shipped(), &Options::default(), &Unwatched).unwrap();
    plan(&results, &shipped(), asked, &Unwatched).unwrap().remove(0)
}

#[test]
fn a_plan_reaches_its_power_and_no_smaller_one_does() {
    let plan = planned(&USUAL);
    let needed = plan.needed.unwrap();
    let shares = plan.shares.unwrap();
    assert!(power_of_shares(shares, needed).unwrap() >= 0.8);
    let fewer = Sizes {
        treatment: needed.treatment - 2,
        control: needed.control - 2,
    };
    assert!(power_of_shares(shares, fewer).unwrap() < 0.81);
    assert!(
        plan.curve.windows(2).all(|two| two[1].1 > two[0].1 - 0.02),
        "{:?}",
        plan.curve
    );
}

#[test]
fn attrition_clusters_and_allocation_cost_people() {
    let plain = planned(&USUAL).needed.unwrap();
    let lost = planned(&Asked {
        attrition: 0.5,
        ..USUAL
    })
    .needed
    .unwrap();
    assert!(lost.control.abs_diff(2 * plain.control) <= 4, "{lost:?} {plain:?}");
    let clusters = Clusters { size: 11, icc: 0.1 };
    let alike = planned(&Asked {
        clusters: Some(clusters),
        ..USUAL
    });
    assert!(
        alike.needed.unwrap().control.abs_diff(2 * plain.control) <= 4,
        "design effect of 2"
    );
    let allocation = Allocation {
        treatment: 2,
        control: 1,
    };
    let uneven = planned(&Asked {
        allocation: Some(allocation),
        ..USUAL
    })
    .needed
    .unwrap();
    assert_eq!(uneven.treatment, 2 * uneven.control);
    assert!(uneven.control < plain.control && uneven.treatment + uneven.control > 2 * plain.control);
}

/// Eleven designs: how many of 1,500 drawn studies find the difference is what the plan says, within four standard errors of a share.
#[test]
fn studies_that_are_drawn_find_as_often_as_the_plan_says() {
    let between = crate::scenario::StudyDesign::default();
    let within = crate::scenario::StudyDesign {
        design: Subjects::Within,
        ..between.clone()
    };
    let carried = crate::scenario::StudyDesign {
        carry_over: 0.4,
        ..within.clone()
    };
    let uneven = crate::scenario::StudyDesign {
        allocation: vec![1, 2],
        ..between.clone()
    };
    let lost = crate::scenario::StudyDesign {
        attrition: Some(Attrition {
            share: 0.25,
            depends_on: Some(Measure::PersonalDistress),
        }),
        ..between.clone()
    };
    let designs = [
        (Measure::Helped, 20, &between),
        (Measure::Helped, 40, &between),
        (Measure::Helped, 30, &uneven),
        (Measure::Helped, 40, &lost),
        (Measure::NegativeAffect, 20, &between),
        (Measure::NegativeAffect, 60, &between),
        (Measure::NegativeAffect, 30, &uneven),
        (Measure::NegativeAffect, 40, &lost),
        (Measure::Helped, 25, &within),
        (Measure::NegativeAffect, 30, &within),
        (Measure::Helped, 40, &carried),
    ];
    for (measure, size, design) in designs {
        let mut scenario = test_scenario(&["far", "near"]);
        scenario.run.agents = 8_000;
        scenario.conditions[0].situation.closeness = 0.2;
        scenario.conditions[1].situation.closeness = 0.6;
        scenario.contrasts = vec![crate::scenario::Contrast::asking(1, 0, measure)];
        scenario.study = design.clone();
        let parameters = shipped();
        let results = run(&scenario, &parameters, &Options::default(), &Unwatched).unwrap();
        let asked = Asked {
            attrition: design.attrition.map_or(0.0, |attrition| attrition.share),
            ..USUAL
        };
        let plans = plan(&results, &parameters, &asked, &Unwatched).unwrap();
        let plan = plans.iter().find(|plan| plan.measure == measure).unwrap();
        let experiment = Experiment::new(&scenario, &parameters);
        let questions = questions(&scenario, &usual_pairs(&scenario));
        let question = questions.iter().find(|question| question.measure == measure).unwrap();
        let drawn = Design {
            per_condition: size,
            repeats: 1_500,
        };
        let found = studies(&experiment, std::slice::from_ref(question), drawn, &Unwatched).unwrap();
        let found = found[0].significant().share().unwrap();
        let said = asked
            .of(&scenario, question)
            .power_at(plan.effect, u64::from(size))
            .unwrap();
        assert!((0.08..0.99).contains(&said), "{measure:?} {size}: {said} tests nothing");
        let error = (said * (1.0 - said) / 1_500.0).sqrt();
        // The effect itself is known to a few hundredths of a standard error.
        assert!(
            (found - said).abs() < 4.0 * error + 0.02,
            "{measure:?} {size} {design:?}: {found} and {said}"
        );
    }
}

/// Over sets that are all alike a plan is the plan.
#[test]
fn a_plan_over_one_parameter_set_is_the_plan() {
    let mut scenario = test_scenario(&["far", "near"]);
    scenario.run.agents = 600;
    scenario.conditions[0].situation.closeness = 0.1;
    scenario.conditions[1].situation.closeness = 0.8;
    let parameters = shipped();
    let results = run(&scenario, &parameters, &Options::default(), &Unwatched).unwrap();
    let mut planned = plan(&results, &parameters, &USUAL, &Unwatched).unwrap();
    let sets = [shipped(), shipped(), shipped()];
    over_parameters(&mut planned, &scenario, &sets, &USUAL, &Unwatched).unwrap();
    let plan = &planned[0];
    let over = plan.over_parameters.unwrap();
    assert_eq!((over.sets, over.lower, over.upper), (3, plan.needed, plan.needed));
    assert!(over.assurance.unwrap() >= 0.8 && over.same_sign == 1.0);
}

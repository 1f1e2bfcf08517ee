//! The same people with the same luck in every arm and at any number of threads; and nothing works but what the table says.

use super::{scenario, shipped_scenario, tallies};
use compassion::engine::run::Experiment;
use compassion::lanes::Level;
use compassion::model::training::Program;
use compassion::parameters::shipped;
use compassion::scenario::Scenario;

/// Two weeks with a shift, two arms, more people than one block.
fn small() -> Scenario {
    scenario(
        "[run]\nseed = 21\nagents = 1_500\n[timeline]\nweeks = 2\nmeasure_at = [0, 0.5, 2, 4]\n\
         [exposures]\ncount = 2\nspacing_hours = 1\n\
         [[condition]]\nname = 'waiting'\ntraining = [{ program = 'waiting_list', hours = 10, weeks = 2 }]\n\
         [[condition]]\nname = 'volunteers'\ntraining = [{ one_of = ['volunteering', 'compassion'], hours = 10, weeks = 2 }]\n",
    )
}

/// With the table emptied every arm is the same, to the last bit: no program works through anything but its listed traits.
#[test]
fn with_an_empty_table_all_arms_are_identical() {
    for mut scenario in [small(), shipped_scenario("empathy_then_compassion", 1_500)] {
        for it in &mut scenario.programs {
            *it = Program::without_effect(&it.name);
        }
        let mut arms = tallies(&scenario);
        // Only the second is compared with the first.
        arms[1].joint = None;
        assert!(arms[0] == arms[1], "arms differ without any program that works");
    }
}

/// Encounters in a row without weeks between them: practice of another length brings no other luck.
#[test]
fn encounters_in_a_row_bring_everybody_the_same_luck() {
    let mut scenario = scenario(
        "[run]\nseed = 22\nagents = 1_500\n[exposures]\ncount = 3\nspacing_hours = 1\n\
         [[condition]]\nname = 'untrained'\n\
         [[condition]]\nname = 'trained'\ntraining = [{ program = 'compassion', hours = 10, weeks = 8 }]\n",
    );
    let arms = tallies(&scenario);
    let lost = arms[1].joint.expect("the same people").second_only;
    assert!(lost < 15, "{lost} of 1,500 help only without compassion training");
    for it in &mut scenario.programs {
        *it = Program::without_effect(&it.name);
    }
    let arms = tallies(&scenario);
    for (one, other) in arms[0].course.iter().zip(&arms[1].course) {
        assert!(one.units == other.units && one.measures == other.measures);
    }
}

#[test]
fn before_practice_all_arms_are_identical() {
    let arms = tallies(&small());
    assert!(arms[0].course[0] == arms[1].course[0] && arms[0].course[2] != arms[1].course[2]);
}

#[test]
fn no_number_depends_on_threads_or_vector_instructions() {
    let (scenario, parameters) = (small(), shipped());
    let expected = tallies(&scenario);
    for threads in [1, 3] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        assert!(pool.install(|| tallies(&scenario)) == expected, "{threads} threads");
    }
    let plain = Experiment {
        level: Level::Plain,
        ..Experiment::new(&scenario, &parameters)
    };
    assert!(plain.tallies() == expected, "without vector instructions");
}

/// A measurement more changes no other one, and an arm more no other arm.
#[test]
fn other_moments_and_other_arms_change_nothing() {
    let all = tallies(&small());
    let mut fewer = small();
    for it in &mut fewer.conditions {
        it.protocol.timeline.as_mut().unwrap().measure_at = vec![0.0, 2.0];
    }
    fewer.conditions.swap(0, 1);
    let fewer = tallies(&fewer);
    for (arm, other) in [(0, 1), (1, 0)] {
        assert!(all[arm].course[0] == fewer[other].course[0], "at the beginning");
        assert!(all[arm].course[2] == fewer[other].course[1], "at the end");
    }
}

/// Training before a single scene is training at the end of a timeline: hours and traits are the same people's.
#[test]
fn practice_is_the_same_with_and_without_a_timeline() {
    let text = |timeline: &str| {
        scenario(&format!(
            "[run]\nseed = 5\nagents = 1_000\n{timeline}[[condition]]\nname = 'a'\n\
             training = [{{ program = 'compassion', hours = 16, weeks = 8 }}]\n"
        ))
    };
    let single = tallies(&text(""));
    let timed = tallies(&text("[timeline]\nweeks = 8\nmeasure_at = [0, 8]\n"));
    assert_eq!(single[0].hours, timed[0].hours);
    assert_eq!(single[0].traits, timed[0].traits);
}

//! One test for each row of the design's table "What must be in".

use super::scenes::*;
use super::series::round;
use compassion::engine::records::{Column, Outcome};
use compassion::model::agent::Trait;
use compassion::model::mechanism::{Knockout, Mechanism};
use compassion::model::situation::{BystanderBehaviour, Situation};

/// What every row has to move its outcome by.
const CLEAR: f64 = 0.05;

/// What rows marked weak have to move it by, as their evidence is.
const WEAK: f64 = 0.02;

/// Refuses an outcome that does not rise by at least so much.
fn rises(what: &str, before: f64, after: f64, at_least: f64) {
    println!("{what}: {before:.3} → {after:.3}");
    assert!(
        after - before >= at_least,
        "{what}: {before:.3} → {after:.3}, which is no rise by {at_least}"
    );
}

/// Refuses an outcome that does not fall by at least so much.
fn falls(what: &str, before: f64, after: f64, at_least: f64) {
    println!("{what}: {before:.3} → {after:.3}");
    assert!(
        before - after >= at_least,
        "{what}: {before:.3} → {after:.3}, which is no fall by {at_least}"
    );
}

/// Refuses a difference between two scenes that does not lose at least so much.
fn shrinks(what: &str, mechanism: Mechanism, [less, more]: [Situation; 2], at_least: f64) {
    let (less, more) = (scene(less), scene(more));
    let before = helped(&more) - helped(&less);
    let after = helped(&without(&more, &[mechanism])) - helped(&without(&less, &[mechanism]));
    assert!(before > 0.0, "{what}: {before:+.3} with the mechanism at work");
    falls(what, before, after.abs(), at_least);
}

/// An outcome with the mechanism and without it.
fn both(
    situation: Situation,
    mechanism: Mechanism,
    outcome: impl Fn(&compassion::scenario::Condition) -> f64,
) -> (f64, f64) {
    let with = scene(situation);
    (outcome(&with), outcome(&without(&with, &[mechanism])))
}

#[test]
fn without_perception_nobody_is_noticed() {
    let (before, after) = both(Situation::default(), Mechanism::Perception, |it| {
        mean(it, Column::Attention)
    });
    falls("attention in the default scene", before, after, CLEAR);
    assert_eq!(after, 0.0);
    let (before, after) = both(Situation::default(), Mechanism::Perception, helped);
    falls("helping in the default scene", before, after, CLEAR);
}

#[test]
fn without_motor_resonance_accuracy_falls() {
    let (before, after) = both(Situation::default(), Mechanism::MotorResonance, |it| {
        mean(it, Column::Accuracy)
    });
    falls("accuracy in the default scene", before, after, CLEAR);
}

#[test]
fn without_affective_sharing_there_is_theory_of_mind_without_feeling() {
    let (before, after) = both(vivid(), Mechanism::AffectiveSharing, |it| in_state(it, false, true));
    rises("theory of mind alone in the vivid scene", before, after, CLEAR);
}

#[test]
fn without_perspective_taking_there_is_emotional_contagion() {
    let (before, after) = both(vivid(), Mechanism::PerspectiveTaking, |it| in_state(it, true, false));
    rises("sharing alone in the vivid scene", before, after, CLEAR);
}

#[test]
fn without_self_other_distinction_people_are_distressed_and_leave() {
    let (before, after) = both(vivid(), Mechanism::SelfOtherDistinction, |it| {
        mean(it, Column::PersonalDistress)
    });
    rises("personal distress in the vivid scene", before, after, CLEAR);
    let (before, after) = both(vivid(), Mechanism::SelfOtherDistinction, left);
    rises("leaving in the vivid scene", before, after, CLEAR);
}

#[test]
fn without_attention_deployment_vivid_scenes_arouse_too_much() {
    let (before, after) = both(vivid(), Mechanism::AttentionDeployment, |it| {
        mean(it, Column::AffectiveSharing)
    });
    rises("arousal in the vivid scene", before, after, CLEAR);
    let (before, after) = both(vivid(), Mechanism::AttentionDeployment, left);
    assert!(after > before, "leaving in the vivid scene: {before:.3} → {after:.3}");
}

#[test]
fn without_reappraisal_arousal_outlasts_the_scene() {
    let (before, after) = both(vivid(), Mechanism::Reappraisal, |it| mean(it, Column::ResidualArousal));
    rises("arousal left after the vivid scene", before, after, CLEAR);
}

#[test]
fn without_the_vagal_brake_recovery_is_slow() {
    let (before, after) = both(vivid(), Mechanism::VagalBrake, |it| mean(it, Column::ResidualArousal));
    rises("arousal left after the vivid scene", before, after, CLEAR);
}

#[test]
fn without_personal_distress_ease_of_escape_stops_mattering() {
    let situation = |escape| Situation { escape, ..vivid() };
    shrinks(
        "how much more is helped where leaving is hard",
        Mechanism::PersonalDistress,
        [situation(0.9), situation(0.0)],
        CLEAR,
    );
    let gone = |escape| helped(&without(&scene(situation(escape)), &[Mechanism::PersonalDistress]));
    let rest = gone(0.0) - gone(0.9);
    assert!(rest.abs() < 0.02, "{rest:+.3} is left of the effect of escape");
}

#[test]
fn without_the_compassion_motive_only_distress_driven_help_remains() {
    let (before, after) = both(vivid(), Mechanism::CompassionMotive, helped);
    falls("helping where one can leave", before, after, CLEAR);
    // What remains of helping above that of people who feel nothing comes from distress, where one cannot leave.
    let trapped = without(
        &scene(Situation { escape: 0.0, ..vivid() }),
        &[Mechanism::CompassionMotive],
    );
    let numb = without(&trapped, &[Mechanism::PersonalDistress]);
    rises(
        "helping without compassion where one cannot leave",
        helped(&numb),
        helped(&trapped),
        CLEAR,
    );
}

#[test]
fn without_top_down_compassion_training_loses_most_of_its_effect() {
    let (before, after) = both(vivid(), Mechanism::TopDownCompassion, helped);
    falls("helping in the vivid scene", before, after, CLEAR);
    let gain = |knockout: &[Mechanism]| {
        let untrained = without(&scene(vivid()), knockout);
        mean(&trained(&untrained, "compassion", 60.0), Column::Compassion) - mean(&untrained, Column::Compassion)
    };
    let (before, after) = (gain(&[]), gain(&[Mechanism::TopDownCompassion]));
    falls(
        "compassion gained by sixty hours of compassion training",
        before,
        after,
        WEAK,
    );
    assert!(after < before / 2.0, "{after:.3} of {before:.3} is left of the gain");
}

#[test]
fn without_empathic_anger_nobody_punishes() {
    let situation = Situation {
        perpetrator: 1.0,
        punishing_possible: true,
        escape: 0.5,
        ..vivid()
    };
    let punished = |it: &_| share(it, Outcome::Punished);
    let (before, after) = both(situation, Mechanism::EmpathicAnger, punished);
    falls("punishing in the vivid scene with a perpetrator", before, after, CLEAR);
    assert_eq!(after, 0.0);
}

#[test]
fn without_contextual_appraisal_everyone_is_treated_alike() {
    let near = |closeness| Situation {
        closeness,
        ..Situation::default()
    };
    shrinks(
        "in-group over rival group",
        Mechanism::ContextualAppraisal,
        [near(0.1), near(0.65)],
        CLEAR,
    );
    let to_blame = |blame| Situation {
        blame,
        ..Situation::default()
    };
    shrinks(
        "innocent over guilty",
        Mechanism::ContextualAppraisal,
        [to_blame(1.0), to_blame(0.0)],
        CLEAR,
    );
}

#[test]
fn without_interpretation_bystanders_stop_mattering_in_ambiguous_scenes() {
    let others = |bystander_behaviour| Situation {
        bystanders: 2,
        bystander_behaviour,
        ..ambiguous()
    };
    let scenes = [others(BystanderBehaviour::Passive), others(BystanderBehaviour::Unseen)];
    shrinks(
        "helping before unseen over before passive others",
        Mechanism::Interpretation,
        scenes,
        CLEAR,
    );
}

#[test]
fn without_diffusion_of_responsibility_group_size_stops_mattering() {
    let others = |bystanders| Situation {
        bystanders,
        ..ambiguous()
    };
    shrinks(
        "alone over among four others",
        Mechanism::DiffusionOfResponsibility,
        [others(4), others(0)],
        CLEAR,
    );
}

#[test]
fn without_the_milieu_isolation_stops_mattering() {
    let shut_out = |exclusion| Situation {
        exclusion,
        ..Situation::default()
    };
    shrinks(
        "included over shut out",
        Mechanism::Milieu,
        [shut_out(1.0), shut_out(0.0)],
        WEAK,
    );
    let low = with(scene(Situation::default()), &[Trait::LowMood], 2.0, 0.5);
    rises(
        "helping in low mood",
        helped(&low),
        helped(&without(&low, &[Mechanism::Milieu])),
        WEAK,
    );
}

#[test]
fn without_fatigue_nobody_burns_out() {
    let tiring = round(Knockout::NONE);
    let untiring = round(Knockout::NONE.with(Mechanism::Fatigue));
    let (first, last, fresh) = (&tiring[0], &tiring[19], &untiring[19]);
    println!(
        "fatigue {:.3}, reappraisal {:.3} and {:.3}, distress {:.3} and {:.3}",
        last.fatigue, last.reappraisal, fresh.reappraisal, last.distress, fresh.distress
    );
    rises("fatigue over twenty patients", first.fatigue, last.fatigue, CLEAR);
    rises(
        "attention to the twentieth patient",
        last.attention,
        fresh.attention,
        CLEAR,
    );
    assert!(last.reappraisal < fresh.reappraisal, "fatigue leaves reappraisal alone");
    assert!(
        (first.attention - untiring[0].attention).abs() < 1e-9,
        "nobody is tired at first"
    );
}

#[test]
fn without_the_malleability_belief_inducing_it_does_nothing() {
    let distant = Situation {
        closeness: 0.1,
        ambiguity: 0.5,
        need: 0.7,
        vividness: 0.8,
        ..Situation::default()
    };
    let believing = |mean_z: f64, knockout: &[Mechanism]| {
        let people = with(scene(distant.clone()), &[Trait::MalleabilityBelief], mean_z, 1.0);
        helped(&without(&people, knockout))
    };
    let effect = |knockout: &[Mechanism]| believing(1.0, knockout) - believing(-1.0, knockout);
    let (before, after) = (effect(&[]), effect(&[Mechanism::MalleabilityBelief]));
    falls(
        "help to somebody distant: belief induced, over its opposite",
        before,
        after,
        WEAK,
    );
    assert_eq!(after, 0.0);
}

/// Every mechanism of the list has its test above, or among the circles of slow states, found by its name.
#[test]
fn every_mechanism_has_a_test() {
    let (scenes, weeks) = (include_str!("mechanisms.rs"), include_str!("../training/circles.rs"));
    for it in Mechanism::within_people() {
        let tested = format!("Mechanism::{it:?}");
        assert!(
            [scenes, weeks].iter().any(|source| source.contains(&tested)),
            "{} has no test",
            it.key()
        );
    }
}

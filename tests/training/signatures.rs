//! What single studies found: sequences, modules, courses.

use super::{d, scenario, shipped_scenario, tallies};
use compassion::scenario::Measure;

/// Klimecki et al. (2014): all five ordinal targets, with sizes. 40,000 people: the standard error of a difference between moments is .007,
/// so the bounds of .3, .2 and .02 are two of these and more away from what the shipped parameters give.
#[test]
fn empathy_training_hurts_and_compassion_training_mends() {
    let arms = tallies(&shipped_scenario("empathy_then_compassion", 40_000));
    let [memory, trained] = &arms[..] else {
        panic!("two arms");
    };
    let at = |week: usize| &trained.course[week];
    let (negative, positive) = (Measure::NegativeAffect, Measure::PositiveAffect);
    let rise = d(at(1), at(0), negative);
    assert!(rise > 0.3, "1. negative affect after empathy training: {rise:+.3}");
    let flat = d(&memory.course[1], &memory.course[0], negative);
    assert!(flat.abs() < 0.05, "1. after memory training: {flat:+.3}");
    let (fall, left) = (d(at(2), at(1), negative), d(at(2), at(0), negative));
    assert!(fall < -0.1, "2. it falls with compassion training: {fall:+.3}");
    assert!(left.abs() < 0.2, "2. back to the baseline: {left:+.3}");
    let (up, before) = (d(at(2), at(0), positive), d(at(1), at(0), positive));
    assert!(
        up > 0.2 && up > before + 0.1,
        "3. positive affect: {before:+.3}, then {up:+.3}"
    );
    let ratings = d(at(2), at(1), Measure::EmpathyRating);
    assert!(
        ratings > -0.05,
        "4. empathy ratings do not fall with compassion training: {ratings:+.3}"
    );
    let hours = trained.hours.mean();
    assert!(
        before <= 0.02,
        "3. positive affect does not rise with empathy training: {before:+.3}"
    );
    assert!(
        (8.0..10.0).contains(&hours),
        "5. a day each suffices, {hours:.1} h in all"
    );
}

/// CBCT: understanding first, motivation later (mascaro2015). After a quarter of the course a larger share of the final gain in accuracy
/// has come than of the gain in compassion.
#[test]
fn in_cbct_accuracy_comes_before_motivation() {
    let scenario = scenario(
        "[run]\nseed = 8\nagents = 40_000\n[timeline]\nweeks = 8\nmeasure_at = [0, 2, 8]\n\
         [[condition]]\nname = 'waiting'\n\
         [[condition]]\nname = 'cbct'\ntraining = [{ program = 'cbct', hours = 16, weeks = 8 }]\n",
    );
    let arms = tallies(&scenario);
    let gained = |measure, week: usize| d(&arms[1].course[week], &arms[0].course[week], measure);
    let part = |measure| gained(measure, 1) / gained(measure, 2);
    let (accuracy, compassion) = (part(Measure::Accuracy), part(Measure::SelfReportedCompassion));
    assert!(gained(Measure::Accuracy, 2) > 0.2 && gained(Measure::SelfReportedCompassion, 2) > 0.1);
    assert!(
        accuracy > compassion + 0.15,
        "accuracy {accuracy:.2}, compassion {compassion:.2}"
    );
}

/// Birnie, Speca & Carlson (2010): after mindfulness training perspective-taking is up, personal distress down, concern flat.
#[test]
fn mindfulness_has_its_signature() {
    let arms = tallies(&scenario(
        "[run]\nseed = 10\nagents = 20_000\n[[condition]]\nname = 'before'\n\
         [[condition]]\nname = 'mbsr'\ntraining = [{ program = 'mindfulness', hours = 24, weeks = 8 }]\n",
    ));
    let of = |measure| d(&arms[1], &arms[0], measure);
    assert!(
        of(Measure::IriPt) > 0.1,
        "perspective-taking {:+.3}",
        of(Measure::IriPt)
    );
    assert!(
        of(Measure::IriPd) < -0.1,
        "personal distress {:+.3}",
        of(Measure::IriPd)
    );
    assert!(of(Measure::IriEc).abs() < 0.05, "concern {:+.3}", of(Measure::IriEc));
}

/// The three modules of ReSource part: each is highest where it trains (accuracy stands in for attention, which is no measure).
#[test]
fn the_three_modules_part() {
    let arms = tallies(&shipped_scenario("three_modules", 20_000));
    let [control, presence, affect, perspective] = &arms[..] else {
        panic!("four arms");
    };
    let of = |arm, measure| d(arm, control, measure);
    for (other, name) in [(presence, "presence"), (perspective, "perspective")] {
        let amount = of(other, Measure::Amount);
        assert!(amount.abs() < 0.1, "{name}: amount {amount:+.3}");
        assert!(
            of(affect, Measure::Compassion) > of(other, Measure::Compassion) + 0.1,
            "{name}"
        );
    }
    assert!(of(affect, Measure::Amount) > 0.1);
    assert!(of(perspective, Measure::TheoryOfMind) > of(presence, Measure::TheoryOfMind) + 0.1);
    assert!(of(perspective, Measure::TheoryOfMind) > of(affect, Measure::TheoryOfMind) + 0.1);
}

/// Weng et al. (2013), as the design puts it: reappraisal lowers distress as much as compassion training, and adds half its helping or less.
#[test]
fn reappraisal_calms_and_hardly_helps() {
    let arms = tallies(&scenario(
        "[run]\nseed = 13\nagents = 20_000\n\
         [situation]\nneed = 0.85\nvividness = 0.9\nambiguity = 0.1\nescape = 0.9\ncost = 0.4\nwindow_s = 40\n\
         [[condition]]\nname = 'none'\n\
         [[condition]]\nname = 'compassion'\ntraining = [{ program = 'compassion', hours = 7, weeks = 2 }]\n\
         [[condition]]\nname = 'reappraisal'\ntraining = [{ program = 'reappraisal', hours = 7, weeks = 2 }]\n",
    ));
    let of = |arm: usize, measure| d(&arms[arm], &arms[0], measure);
    let (warm, calm) = (of(1, Measure::PersonalDistress), of(2, Measure::PersonalDistress));
    assert!(calm < -0.1 && calm <= warm, "distress: {warm:+.3} and {calm:+.3}");
    let (warm, calm) = (of(1, Measure::Helped), of(2, Measure::Helped));
    assert!(warm > 0.1 && calm <= 0.5 * warm, "helping: {warm:+.3} and {calm:+.3}");
}

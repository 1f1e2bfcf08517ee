//! The constraints on every fit, (a) to (e): no published cell manipulates sharing, so that a fit could push it out unnoticed.

use super::scenes::*;
use compassion::engine::records::Column;
use compassion::model::agent::Trait;
use compassion::model::mechanism::Mechanism;
use compassion::model::situation::Situation;

const REGULATION: [Trait; 3] = [Trait::AttentionRegulation, Trait::Reappraisal, Trait::VagalTone];

/// Helping of people who all share and regulate alike, from −3 to +3 SD of sharing in half SD.
fn over_sharing(regulation: f64) -> Vec<f64> {
    let bearable_only_with_skill = Situation {
        need: 0.8,
        vividness: 0.9,
        ambiguity: 0.1,
        escape: 0.9,
        cost: 0.25,
        window_s: 40.0,
        ..Situation::default()
    };
    let alike = with(scene(bearable_only_with_skill), &REGULATION, regulation, 0.0);
    let of = |halves: i32| {
        helped(&with(
            alike.clone(),
            &[Trait::AffectiveSharing],
            f64::from(halves) / 2.0,
            0.0,
        ))
    };
    (-6..=6).map(of).collect()
}

/// Where a row of helping rates peaks, in SD of sharing: the mean of the places within .01 of the top.
fn peak(rates: &[f64]) -> f64 {
    let top = rates.iter().copied().fold(0.0, f64::max);
    let places: Vec<f64> = (-6..=6)
        .zip(rates)
        .filter(|(_, rate)| top - **rate <= 0.01)
        .map(|(it, _)| f64::from(it) / 2.0)
        .collect();
    places.iter().sum::<f64>() / places.len() as f64
}

#[test]
fn a_there_is_a_sweet_spot_and_regulation_moves_it() {
    let [low, norm, high] = [-1.0, 0.0, 1.0].map(over_sharing);
    println!("1 SD low in regulation: {low:.3?}\nat the norm: {norm:.3?}\n1 SD high: {high:.3?}");
    let top = low.iter().copied().fold(0.0, f64::max);
    assert!(top - low[0] >= 0.05, "only {:.3} above −3 SD", top - low[0]);
    assert!(top - low[12] >= 0.05, "only {:.3} above +3 SD", top - low[12]);
    let peaks = [&low, &norm, &high].map(|it| peak(it));
    assert!(
        peaks.is_sorted() && peaks[2] - peaks[0] >= 0.5,
        "the peak does not move right with regulation: {peaks:?}"
    );
}

#[test]
fn b_sharing_helps_where_arousal_is_bearable() {
    let bearable = scene(Situation::default());
    let numb = without(&bearable, &[Mechanism::AffectiveSharing]);
    let loss = helped(&bearable) - helped(&numb);
    assert!(loss >= 0.05, "without sharing helping falls by only {loss:.3}");
}

#[test]
fn c_regulation_helps_where_arousal_is_not() {
    let vivid = scene(vivid());
    let unregulated = without(
        &vivid,
        &[
            Mechanism::AttentionDeployment,
            Mechanism::Reappraisal,
            Mechanism::VagalBrake,
        ],
    );
    let loss = helped(&vivid) - helped(&unregulated);
    assert!(loss >= 0.05, "without regulation helping falls by only {loss:.3}");
    let (calm, upset) = (overwhelmed(&vivid), overwhelmed(&unregulated));
    assert!(
        upset - calm >= 0.05,
        "overwhelmed: {calm:.3} with regulation, {upset:.3} without"
    );
}

#[test]
fn d_no_mechanism_of_a_trait_is_a_gate() {
    let default = scene(Situation::default());
    let all = helped(&default);
    for mechanism in [
        Mechanism::AffectiveSharing,
        Mechanism::PerspectiveTaking,
        Mechanism::SelfOtherDistinction,
        Mechanism::CompassionMotive,
        Mechanism::TopDownCompassion,
        Mechanism::AttentionDeployment,
        Mechanism::Reappraisal,
        Mechanism::VagalBrake,
        Mechanism::MotorResonance,
        Mechanism::MalleabilityBelief,
    ] {
        let rest = helped(&without(&default, &[mechanism])) / all;
        println!("{}: {rest:.2} of helping is left", mechanism.key());
        assert!(
            rest >= 1.0 / 3.0,
            "without {} only {rest:.3} of helping is left",
            mechanism.key()
        );
    }
}

#[test]
fn e_compassion_training_works_from_the_top_down() {
    for situation in [Situation::default(), vivid()] {
        let untrained = scene(situation);
        let gain = |it: &_| helped(&trained(it, "compassion", 16.0)) - helped(it);
        let (with, without) = (
            gain(&untrained),
            gain(&without(&untrained, &[Mechanism::TopDownCompassion])),
        );
        println!("gain in helping {with:.3}, without the top-down path {without:.3}");
        assert!(with >= 0.02, "compassion training adds only {with:.3}");
        assert!(
            without < with / 2.0,
            "without the top-down path {without:.3} of {with:.3} is left"
        );
    }
    assert!(mean(&scene(vivid()), Column::Compassion) > 0.0);
}

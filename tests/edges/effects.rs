//! What each arrow's nudge moves, and by how much at least.
//!
//! The least sizes are about half of what the shipped parameters give: far above the noise, which is nothing, since the people and their
//! luck are the same, and low enough for parameters to be fitted again.

use crate::nudge::Nudged;
use compassion::engine::records::{Column, Outcome};
use compassion::model::agent::Trait;
use compassion::model::mechanism::{Knockout, Mechanism};
use compassion::model::milieu::Milieu;
use compassion::model::person::{Bearing, Person};
use compassion::model::regulation::residual_arousal;
use compassion::model::scene::Scene;
use compassion::model::situation::{Perspective, Situation};
use compassion::model::slow::everyday::Load;
use compassion::model::slow::{Day, Links, SetPoints, Slow};
use compassion::parameters::shipped;

/// How far an effect moved.
pub struct Effect {
    pub what: &'static str,
    pub size: f64,
    /// Least size, whatever the sign.
    pub at_least: f64,
}

fn effect(what: &'static str, before: f64, after: f64, at_least: f64) -> Effect {
    Effect {
        what,
        size: after - before,
        at_least,
    }
}

fn default() -> Nudged {
    Nudged::scene(Situation::default())
}

/// Vivid and distressing, and one could walk away.
fn vivid_situation() -> Situation {
    Situation {
        need: 0.85,
        vividness: 0.9,
        ambiguity: 0.1,
        escape: 0.9,
        cost: 0.4,
        window_s: 40.0,
        ..Situation::default()
    }
}

fn vivid() -> Nudged {
    Nudged::scene(vivid_situation())
}

/// The effect of everybody moving from 1 SD below the norm of a trait to 1 SD above.
fn by_trait(scene: &Nudged, of: Trait, what: &'static str, read: impl Fn(&Nudged) -> f64, at_least: f64) -> Effect {
    let at = |sd: f64| read(&scene.clone().shifted(&[of], sd));
    effect(what, at(-1.0), at(1.0), at_least)
}

/// The effects of an arrow; none if it is not in the code.
pub fn effects(id: u32) -> Option<Vec<Effect>> {
    let moved = match id {
        1..=8 => perceiving(id),
        9..=13 => feeling(id),
        14..=18 | 24 => regulating(id),
        25..=27 | 29 => distinguishing(id),
        30..=32 | 34 | 37..=41 | 43 => backdrop(id),
        19 | 20 | 21 | 33 | 35 | 36 => slow(id),
        44 => believing(),
        _ => return None,
    };
    Some(moved)
}

fn perceiving(id: u32) -> Vec<Effect> {
    let vividness = |vividness| {
        Nudged::scene(Situation {
            vividness,
            ..Situation::default()
        })
    };
    let numb = default().without(Mechanism::AffectiveSharing);
    let sharing = |it: &Nudged| it.mean(Column::AffectiveSharing);
    let accuracy = |it: &Nudged| it.mean(Column::Accuracy);
    match id {
        1 => vec![effect(
            "sharing",
            sharing(&vividness(0.4)),
            sharing(&vividness(0.9)),
            0.1,
        )],
        2 => vec![effect(
            "attention",
            default().mean(Column::Attention),
            default().trained("cbct").mean(Column::Attention),
            0.004,
        )],
        3 => vec![by_trait(&default(), Trait::MotorResonance, "accuracy", accuracy, 0.05)],
        4 => vec![by_trait(&default(), Trait::MotorResonance, "sharing", sharing, 0.01)],
        5 => vec![effect("share in empathy", numb.empathy(), default().empathy(), 0.3)],
        6 => vec![
            effect(
                "compassion",
                numb.mean(Column::Compassion),
                default().mean(Column::Compassion),
                0.03,
            ),
            effect(
                "helping",
                numb.share(Outcome::Helped),
                default().share(Outcome::Helped),
                0.05,
            ),
        ],
        7 => vec![by_trait(
            &default(),
            Trait::PerspectiveTaking,
            "share in empathy",
            Nudged::empathy,
            0.05,
        )],
        _ => vec![by_trait(
            &default(),
            Trait::PerspectiveTaking,
            "accuracy",
            accuracy,
            0.05,
        )],
    }
}

fn feeling(id: u32) -> Vec<Effect> {
    let undistressed = vivid().without(Mechanism::PersonalDistress);
    match id {
        9 => vec![effect(
            "personal distress",
            vivid().mean(Column::PersonalDistress),
            vivid().without(Mechanism::Reappraisal).mean(Column::PersonalDistress),
            0.05,
        )],
        10 => vec![effect(
            "helping",
            undistressed.share(Outcome::Helped),
            vivid().share(Outcome::Helped),
            0.05,
        )],
        11 => vec![effect(
            "leaving",
            undistressed.share(Outcome::Left),
            vivid().share(Outcome::Left),
            0.1,
        )],
        12 => {
            let perpetrator = Nudged::scene(Situation {
                perpetrator: 1.0,
                ..vivid_situation()
            });
            let at = |sd| {
                perpetrator
                    .clone()
                    .shifted(&[Trait::SelfOtherDistinction], sd)
                    .mean(Column::Indignation)
            };
            vec![effect("indignation", at(1.0), at(-1.0), 0.01)]
        }
        _ => {
            let fuel = |motive: f64| {
                let scene = default().shifted(&[Trait::CompassionMotive], motive);
                scene.mean(Column::Compassion) - scene.without(Mechanism::AffectiveSharing).mean(Column::Compassion)
            };
            vec![effect("what sharing adds to compassion", fuel(-1.0), fuel(1.0), 0.03)]
        }
    }
}

fn regulating(id: u32) -> Vec<Effect> {
    let asked = |perspective| {
        Nudged::scene(Situation {
            perspective,
            ..Situation::default()
        })
    };
    let sharing = |it: &Nudged| it.mean(Column::AffectiveSharing);
    match id {
        14 => vec![
            by_trait(
                &default(),
                Trait::AttentionRegulation,
                "sharing of those who attend better",
                sharing,
                0.01,
            ),
            effect(
                "sharing when asked to stay objective",
                sharing(&default()),
                sharing(&asked(Perspective::Objective)),
                0.04,
            ),
        ],
        15 => {
            let faint = Nudged::scene(Situation {
                vividness: 0.5,
                need: 0.6,
                ..Situation::default()
            });
            let strong = Nudged::scene(Situation {
                vividness: 1.0,
                need: 1.0,
                ..Situation::default()
            });
            let regulated = |scene: &Nudged, share: f64, sd: f64| {
                sharing(
                    &scene
                        .clone()
                        .shifted(&[Trait::AffectiveSharing], share)
                        .shifted(&[Trait::AttentionRegulation], sd),
                )
            };
            vec![
                effect(
                    "arousal where it is too low",
                    regulated(&faint, -1.0, -1.5),
                    regulated(&faint, -1.0, 1.5),
                    0.01,
                ),
                effect(
                    "arousal where it is too high",
                    regulated(&strong, 2.0, -1.5),
                    regulated(&strong, 2.0, 1.5),
                    0.03,
                ),
            ]
        }
        16 => vec![by_trait(
            &vivid(),
            Trait::Reappraisal,
            "arousal left after the scene",
            |it| it.mean(Column::ResidualArousal),
            0.01,
        )],
        17 => {
            let near = Nudged::scene(Situation {
                closeness: 0.8,
                ..Situation::default()
            });
            let hurried = Nudged::scene(Situation {
                haste: 1.0,
                ..Situation::default()
            });
            vec![
                effect("sharing with one of us", sharing(&default()), sharing(&near), 0.01),
                effect("sharing in a hurry", sharing(&default()), sharing(&hurried), 0.03),
            ]
        }
        18 => {
            let rate = |reappraisal: f64| -libm::log(residual_arousal(1.0, 1.0, reappraisal, 1.0));
            vec![effect("rate at which arousal comes down", rate(0.0), rate(1.0), 0.5)]
        }
        _ => {
            let all = [Trait::AttentionRegulation, Trait::Reappraisal, Trait::VagalTone];
            let at = |sd| vivid().shifted(&all, sd).share(Outcome::Helped);
            vec![effect("helping", at(-1.0), at(1.0), 0.05)]
        }
    }
}

fn distinguishing(id: u32) -> Vec<Effect> {
    let distinct = |sd| vivid().shifted(&[Trait::SelfOtherDistinction], sd);
    let asked = |perspective| {
        Nudged::scene(Situation {
            perspective,
            ..Situation::default()
        })
    };
    let understanding = |it: &Nudged| it.mean(Column::PerspectiveTaking);
    match id {
        25 => vec![
            effect(
                "personal distress",
                distinct(1.0).mean(Column::PersonalDistress),
                distinct(-1.0).mean(Column::PersonalDistress),
                0.04,
            ),
            effect(
                "leaving",
                distinct(1.0).share(Outcome::Left),
                distinct(-1.0).share(Outcome::Left),
                0.1,
            ),
        ],
        26 => vec![effect(
            "helping",
            distinct(-1.0).share(Outcome::Helped),
            distinct(1.0).share(Outcome::Helped),
            0.05,
        )],
        27 => vec![effect(
            "understanding",
            understanding(&asked(Perspective::ImagineSelf)),
            understanding(&asked(Perspective::ImagineOther)),
            0.03,
        )],
        _ => vec![by_trait(
            &default(),
            Trait::CompassionMotive,
            "helping",
            |it| it.share(Outcome::Helped),
            0.05,
        )],
    }
}

fn backdrop(id: u32) -> Vec<Effect> {
    let compassion = |it: &Nudged| it.mean(Column::Compassion);
    let sharing = |it: &Nudged| it.mean(Column::AffectiveSharing);
    let understanding = |it: &Nudged| it.mean(Column::PerspectiveTaking);
    let low = |sd| default().shifted(&[Trait::LowMood], sd);
    let inflamed = |sd| default().slow(0.0, sd, 0.0);
    let tone = |sd| default().slow(0.0, 0.0, sd);
    match id {
        30 => {
            let shut_out = Nudged::scene(Situation {
                exclusion: 1.0,
                ..Situation::default()
            });
            vec![
                effect("sharing", sharing(&default()), sharing(&shut_out), 0.015),
                effect(
                    "helping",
                    default().share(Outcome::Helped),
                    shut_out.share(Outcome::Helped),
                    0.05,
                ),
            ]
        }
        31 => {
            let connected = |sd| default().slow(sd, 0.0, 0.0);
            vec![
                effect("sharing", sharing(&connected(1.0)), sharing(&connected(-1.0)), 0.005),
                effect(
                    "compassion",
                    compassion(&connected(1.0)),
                    compassion(&connected(-1.0)),
                    0.005,
                ),
            ]
        }
        32 => vec![
            effect("share in empathy", low(0.0).empathy(), low(2.5).empathy(), 0.01),
            effect(
                "understanding",
                understanding(&low(0.0)),
                understanding(&low(2.5)),
                0.05,
            ),
        ],
        34 => {
            let at = |sd| vivid().slow(0.0, sd, 0.0).distress_per_sharing();
            vec![effect("distress for each unit shared", at(-1.0), at(1.0), 0.005)]
        }
        37 => vec![
            effect("sharing", sharing(&inflamed(-1.0)), sharing(&inflamed(1.0)), 0.005),
            effect(
                "compassion",
                compassion(&inflamed(-1.0)),
                compassion(&inflamed(1.0)),
                0.005,
            ),
        ],
        38 => {
            let relief = |from: f64| compassion(&low(from - 1.0)) - compassion(&low(from));
            vec![effect(
                "what relief adds to compassion",
                relief(0.0),
                relief(2.5),
                0.005,
            )]
        }
        39 => vec![effect(
            "attention",
            tone(-1.0).mean(Column::Attention),
            tone(1.0).mean(Column::Attention),
            0.01,
        )],
        40 => vec![effect("vagal brake", vagal_brake(-1.0), vagal_brake(1.0), 0.03)],
        41 => {
            let at = |sd| vivid().slow(0.0, 0.0, sd).distress_per_sharing();
            vec![effect("distress for each unit shared", at(-1.0), at(1.0), 0.005)]
        }
        _ => vec![
            effect(
                "compassion with oxytocin tone",
                compassion(&tone(-1.0)),
                compassion(&tone(1.0)),
                0.002,
            ),
            effect(
                "understanding with inflammation",
                understanding(&inflamed(-1.0)),
                understanding(&inflamed(1.0)),
                0.01,
            ),
            effect(
                "helping with inflammation",
                inflamed(-1.0).share(Outcome::Helped),
                inflamed(1.0).share(Outcome::Helped),
                0.005,
            ),
        ],
    }
}

/// Slow states after a quarter of a year of equal days.
fn settled(home: &SetPoints, day: &Day) -> Slow {
    let links = Links::new(&shipped(), Knockout::NONE, 1.0);
    let mut slow = Slow::default();
    for _ in 0..91 {
        slow = compassion::model::slow::day(&slow, home, day, &Load::default(), &links);
    }
    slow
}

fn slow(id: u32) -> Vec<Effect> {
    let links = Links::new(&shipped(), Knockout::NONE, 1.0);
    let usual = |home: SetPoints| settled(&home, &Day::default());
    let mood = |sd| {
        usual(SetPoints {
            mood: sd,
            ..SetPoints::default()
        })
    };
    let inflamed = |sd| {
        usual(SetPoints {
            inflammation: sd,
            ..SetPoints::default()
        })
    };
    match id {
        19 => {
            let warmed = |sd| {
                let slow = Slow {
                    vagal_tone: sd,
                    ..Slow::default()
                };
                default()
                    .shifted(&[Trait::CompassionMotive], links.warmth(&slow))
                    .mean(Column::Compassion)
            };
            vec![effect("compassion", warmed(-1.0), warmed(1.0), 0.002)]
        }
        20 => vec![
            effect("connectedness", mood(-1.0).connectedness, mood(1.0).connectedness, 0.1),
            effect("vagal tone", mood(-1.0).vagal_tone, mood(1.0).vagal_tone, 0.01),
        ],
        21 => {
            let practising = Day {
                kindness_practice: 0.2,
                ..Day::default()
            };
            let gain = |sd| {
                let home = SetPoints {
                    vagal_tone: sd,
                    ..SetPoints::default()
                };
                settled(&home, &practising).positive_mood - usual(home).positive_mood
            };
            vec![effect(
                "what practice adds to positive mood",
                gain(-1.0),
                gain(1.0),
                0.02,
            )]
        }
        33 => {
            let isolation = |sd| -links.felt_connectedness(&inflamed(sd));
            vec![effect("felt isolation", isolation(-1.0), isolation(1.0), 0.1)]
        }
        35 => {
            let at = |network| {
                usual(SetPoints {
                    network,
                    ..SetPoints::default()
                })
                .inflammation
            };
            vec![effect("inflammation", at(1.0), at(-1.0), 0.1)]
        }
        _ => {
            let at = |low_mood| {
                usual(SetPoints {
                    low_mood,
                    ..SetPoints::default()
                })
                .inflammation
            };
            vec![effect("inflammation", at(-1.0), at(1.0), 0.1)]
        }
    }
}

/// The vagal brake of a person at the norm, with so much oxytocin tone.
fn vagal_brake(oxytocin: f64) -> f64 {
    let scene = Scene::new(&shipped(), &Situation::default(), Knockout::NONE, 0, 0.5);
    let bearing = Bearing {
        traits: [0.0; Trait::COUNT],
        gains: [0.0; Trait::COUNT],
        occasion: [0.0; 3],
        fatigue: 0.0,
        milieu: Milieu {
            oxytocin,
            ..Milieu::norm()
        },
    };
    Person::new(&scene, &bearing).1.vagal_brake
}

fn believing() -> Vec<Effect> {
    let hard = Nudged::scene(Situation {
        closeness: 0.1,
        ambiguity: 0.5,
        need: 0.7,
        vividness: 0.8,
        ..Situation::default()
    });
    let understanding = |it: &Nudged| it.mean(Column::PerspectiveTaking);
    vec![by_trait(
        &hard,
        Trait::MalleabilityBelief,
        "understanding",
        understanding,
        0.05,
    )]
}

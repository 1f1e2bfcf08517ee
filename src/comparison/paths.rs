//! Through which faculty an effect enters: the treated person with the untreated traits of one path, and the other way round.
//!
//! A path is a set of traits that act on the same process of the model. Swapping it gives a person, for these traits alone, the score and the
//! training of the other condition. Slow states that have moved a trait (low mood, vagal tone, warmth) count with that trait; what they
//! do beside is a path of its own. What else differs between two conditions (the situation and what is knocked out) is a path as well, so
//! that swapping all of them makes one condition into the other, to the bit. [`super::shares`] says how the effect is divided.
//!
//! What people do and feel in the scene is swapped as they come into it. What weeks leave behind (burnout, mood) has come about on the way: there the
//! whole course is lived once more for every set of paths, with the traits and the gains of its paths week by week.

use super::Pair;
use super::asked::Asked;
use super::blocks::{Block, over_blocks};
use super::measured::values;
use super::mixed::{Lives, column, mixed};
use super::shares::Shares;
use crate::engine::block::{BLOCK, Cast};
use crate::engine::monitor::{Monitor, Stopped};
use crate::engine::run::Experiment;
use crate::model::agent::Trait;
use crate::registry::Measure;
use crate::scenario::Condition;
use std::ops::Range;

/// Traits that act on the same process, or what is outside the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Path {
    /// Steering attention, and noticing a need.
    Attention,
    /// Sharing feelings, and the reading of expressions that feeds it.
    AffectiveSharing,
    /// Taking the other's perspective, and the belief that makes one try.
    Understanding,
    /// Keeping apart whose pain it is.
    SelfOtherDistinction,
    /// Reframing, and calming down.
    Regulation,
    /// The motive of compassion.
    Compassion,
    /// Low mood.
    LowMood,
    /// Readiness to act, whatever is felt.
    ReadinessToAct,
    /// Fatigue, connectedness, inflammation and oxytocin tone that weeks or other encounters have left behind.
    SlowStates,
    /// Practising itself, whatever it trains: the time spent in kindness, and the people in need who are met by it.
    Practice,
    /// What programs make people say of themselves beside what they make of them.
    SelfReport,
    /// The situation, what is knocked out, and what lies around the scene.
    Circumstances,
}

impl Path {
    /// Every path.
    pub const ALL: [Self; 12] = [
        Self::Attention,
        Self::AffectiveSharing,
        Self::Understanding,
        Self::SelfOtherDistinction,
        Self::Regulation,
        Self::Compassion,
        Self::LowMood,
        Self::ReadinessToAct,
        Self::SlowStates,
        Self::Practice,
        Self::SelfReport,
        Self::Circumstances,
    ];

    /// The word used in files and charts.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Attention => "attention",
            Self::AffectiveSharing => "affective_sharing",
            Self::Understanding => "understanding",
            Self::SelfOtherDistinction => "self_other_distinction",
            Self::Regulation => "regulation",
            Self::Compassion => "compassion",
            Self::LowMood => "low_mood",
            Self::ReadinessToAct => "readiness_to_act",
            Self::SlowStates => "slow_states",
            Self::Practice => "practice_itself",
            Self::SelfReport => "self_report",
            Self::Circumstances => "circumstances",
        }
    }

    /// The traits that belong to it.
    pub const fn traits(self) -> &'static [Trait] {
        match self {
            Self::Attention => &[Trait::AttentionRegulation, Trait::NeedThreshold],
            Self::AffectiveSharing => &[Trait::AffectiveSharing, Trait::MotorResonance],
            Self::Understanding => &[Trait::PerspectiveTaking, Trait::MalleabilityBelief],
            Self::SelfOtherDistinction => &[Trait::SelfOtherDistinction],
            Self::Regulation => &[Trait::Reappraisal, Trait::VagalTone],
            Self::Compassion => &[Trait::CompassionMotive],
            Self::LowMood => &[Trait::LowMood],
            Self::ReadinessToAct => &[Trait::ReadinessToAct],
            Self::SlowStates | Self::Practice | Self::SelfReport | Self::Circumstances => &[],
        }
    }
}

/// The paths in which the people of a pair of conditions differ, by the first people of the run.
///
/// # Errors
///
/// [`Stopped`] once the monitor asks for it.
pub fn differing(experiment: &Experiment, pair: Pair, monitor: &dyn Monitor) -> Result<Vec<Path>, Stopped> {
    let asked = Asked::about(experiment.scenario, pair);
    let first = 0..BLOCK.min(experiment.scenario.run.agents);
    let mut paths = Vec::new();
    let work = |block: &Block| {
        if asked.measure.is_of_slow_states() {
            Lives::new(experiment, block, &asked).differing()
        } else {
            differing_in_the_scene(experiment, block, &asked)
        }
    };
    over_blocks(experiment, first, 0..1, "finding paths", monitor, work, |it| paths = it)?;
    Ok(paths)
}

fn differing_in_the_scene(experiment: &Experiment, block: &Block, asked: &Asked) -> Vec<Path> {
    let [(treatment, there), (control, here)] = conditions(experiment, asked);
    let (treated, untreated) = (block.come(treatment, there).0, block.come(control, here).0);
    let length = treated.people.agents.len();
    let gains = |it: &Cast, number| column(it.brought().gains, number, length);
    let differs = |it: &Path| match it {
        Path::Circumstances => {
            let scenes = (
                treatment.situation != control.situation,
                treatment.knockout != control.knockout,
            );
            scenes != (false, false) || treated.scene != untreated.scene
        }
        Path::SlowStates => slow_columns(&treated) != slow_columns(&untreated),
        Path::SelfReport => {
            asked.measure == Measure::SelfReportedCompassion
                && treated.trained.self_report != untreated.trained.self_report
        }
        Path::Practice => false,
        other => other.traits().iter().any(|it| {
            let number = *it as usize;
            treated.traits[number] != untreated.traits[number] || gains(&treated, number) != gains(&untreated, number)
        }),
    };
    Path::ALL.into_iter().filter(differs).collect()
}

/// Divides the effect of each pair between the paths in which it differs, over people `people` of every replicate.
///
/// # Errors
///
/// [`Stopped`] once the monitor asks for it.
pub fn shares(
    experiment: &Experiment,
    pairs: &[Pair],
    people: Range<u32>,
    monitor: &dyn Monitor,
) -> Result<Vec<Shares>, Stopped> {
    let paths: Result<Vec<Vec<Path>>, Stopped> = pairs.iter().map(|it| differing(experiment, *it, monitor)).collect();
    let paths = paths?;
    let empty = |paths: &Vec<Path>| Shares::new(paths.iter().map(|it| it.key()).collect());
    let mut shares: Vec<Shares> = paths.iter().map(empty).collect();
    let work = |block: &Block| -> Vec<Shares> {
        let of = |(pair, paths): (&Pair, &Vec<Path>)| {
            let mut shares = empty(paths);
            shares.push(&with_every_set(experiment, block, *pair, paths));
            shares
        };
        pairs.iter().zip(&paths).map(of).collect()
    };
    let replicates = 0..experiment.scenario.run.replicates;
    over_blocks(
        experiment,
        people,
        replicates,
        "swapping paths",
        monitor,
        work,
        |later| {
            for (own, later) in shares.iter_mut().zip(&later) {
                own.merge(later);
            }
        },
    )?;
    Ok(shares)
}

/// What people show with each set of paths swapped in.
fn with_every_set(experiment: &Experiment, block: &Block, pair: Pair, paths: &[Path]) -> Vec<Vec<f64>> {
    let asked = Asked::about(experiment.scenario, pair);
    let sets = 0..1_usize << paths.len();
    let swapped_in = |set: usize| {
        move |path: Path| {
            let place = paths.iter().position(|it| *it == path);
            place.is_some_and(|it| set >> it & 1 == 1)
        }
    };
    if asked.measure.is_of_slow_states() {
        let lives = Lives::new(experiment, block, &asked);
        return sets.map(|set| lives.lived(&swapped_in(set))).collect();
    }
    let [(treatment, there), (control, here)] = conditions(experiment, &asked);
    let (treated, untreated) = (block.come(treatment, there).0, block.come(control, here).0);
    sets.map(|set| {
        let swapped = swapped_in(set);
        let condition = if swapped(Path::Circumstances) {
            treatment
        } else {
            control
        };
        let cast = mixed(&treated, &untreated, swapped);
        let records = cast.meet(&block.world, condition);
        values(experiment, condition, &cast, &records, asked.measure)
    })
    .collect()
}

/// Fatigue and milieu as they come into the scene; nothing where no weeks lie behind it.
fn slow_columns<'a>(cast: &'a Cast) -> [&'a [f32]; 4] {
    let brought = cast.brought();
    let milieu = brought.milieu;
    [
        brought.fatigue.unwrap_or_default(),
        milieu.map_or(&[][..], |it| &it.connectedness),
        milieu.map_or(&[][..], |it| &it.inflammation),
        milieu.map_or(&[][..], |it| &it.oxytocin),
    ]
}

/// Treatment and control, each with the number of the moment.
pub(super) fn conditions<'a>(experiment: &Experiment<'a>, asked: &Asked) -> [(&'a Condition, usize); 2] {
    let conditions = &experiment.scenario.conditions;
    [asked.treatment, asked.control].map(|it| (&conditions[it.condition], it.moment))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comparison::blocks::helped;
    use crate::comparison::pairs::compare;
    use crate::engine::monitor::Unwatched;
    use crate::engine::test_scenario;
    use crate::model::mechanism::{Knockout, Mechanism};
    use crate::model::training::Practice;
    use crate::parameters::shipped;
    use crate::scenario::{Contrast, Exposures, Scenario, Timeline};
    use crate::statistics::Z_95;

    const PAIR: Pair = Pair {
        treatment: 1,
        control: 0,
    };

    /// No training, and forty hours of the programs given: several are one of them by lot.
    fn scenario(programs: &[&str]) -> Scenario {
        let mut scenario = test_scenario(&["untrained", "trained"]);
        scenario.run.agents = 2_000;
        for it in &mut scenario.conditions {
            (it.situation.need, it.situation.vividness, it.situation.escape) = (0.85, 0.9, 0.9);
        }
        let place = |name: &&str| scenario.programs.iter().position(|it| it.name == *name).unwrap();
        let programs = programs.iter().map(place).collect();
        scenario.conditions[1].training = vec![Practice {
            programs,
            hours: 40.0,
            weeks: 8.0,
            transportation: 0.0,
        }];
        scenario
    }

    fn shared(scenario: &Scenario) -> Shares {
        let parameters = shipped();
        let experiment = Experiment::new(scenario, &parameters);
        shares(&experiment, &[PAIR], 0..2_000, &Unwatched).unwrap().remove(0)
    }

    #[test]
    fn every_trait_belongs_to_one_path() {
        for it in Trait::ALL {
            let paths = Path::ALL.iter().filter(|path| path.traits().contains(&it));
            assert_eq!(paths.count(), 1, "{it:?}");
        }
    }

    /// With training, another population, another scene, a lot and a knock-out: nothing but the paths makes the difference.
    #[test]
    fn swapping_everything_is_the_whole_effect_person_by_person() {
        let mut scenario = scenario(&["compassion", "mindfulness"]);
        let trained = &mut scenario.conditions[1];
        trained.situation.closeness = 0.7;
        trained.knockout = Knockout::NONE.with(Mechanism::VagalBrake);
        trained.population[Trait::LowMood as usize].mean = -0.5;
        let parameters = shipped();
        let experiment = Experiment::new(&scenario, &parameters);
        let paths = differing(&experiment, PAIR, &Unwatched).unwrap();
        assert!(paths.contains(&Path::Circumstances) && paths.contains(&Path::LowMood) && paths.len() >= 4);
        let mut blocks = 0;
        let work = |block: &Block| {
            let sets = with_every_set(&experiment, block, PAIR, &paths);
            let met = |it: usize| {
                let condition = &scenario.conditions[it];
                let helps = |it: bool| f64::from(u8::from(it));
                let helped = helped(condition, &block.meet(condition).1);
                helped.into_iter().map(helps).collect::<Vec<f64>>()
            };
            (sets.first() == Some(&met(0))) && (sets.last() == Some(&met(1)))
        };
        over_blocks(&experiment, 0..2_000, 0..1, "", &Unwatched, work, |same| {
            assert!(same);
            blocks += 1;
        })
        .unwrap();
        assert_eq!(blocks, 2);
        let compared = compare(&experiment, &[PAIR], 0..2_000, &Unwatched).unwrap();
        let whole = shared(&scenario).effect().unwrap().value;
        assert!((whole - compared[0].difference().unwrap().value).abs() < 1e-12);
    }

    /// Weeks with shifts, in which one arm trains, was another person before, and comes home to another network.
    fn lived_scenario(measure: Measure) -> Scenario {
        let mut scenario = scenario(&["compassion"]);
        let exposures = Exposures {
            count: 2,
            spacing_hours: 1.0,
            situation: scenario.conditions[0].situation.clone(),
        };
        for it in &mut scenario.conditions {
            it.protocol.exposures = Some(exposures.clone());
            it.protocol.timeline = Some(Timeline {
                weeks: 3.0,
                measure_at: vec![0.0, 3.0, 5.0],
            });
        }
        let trained = &mut scenario.conditions[1];
        (trained.training[0].hours, trained.training[0].weeks) = (20.0, 3.0);
        trained.population[Trait::VagalTone as usize].mean = -0.5;
        trained.protocol.network = 0.5;
        scenario.contrasts = vec![Contrast {
            week: Some(5.0),
            ..Contrast::asking(1, 0, measure)
        }];
        scenario
    }

    /// Slow states are lived once more for every set; what one says of oneself, and what one feels, is swapped as one comes into the scene of the week.
    #[test]
    fn with_everything_swapped_a_measure_is_that_of_the_treatment_in_the_week_that_is_asked() {
        for measure in [
            Measure::Burnout,
            Measure::PositiveMood,
            Measure::SelfReportedCompassion,
            Measure::NegativeAffect,
            Measure::IriEc,
        ] {
            let scenario = lived_scenario(measure);
            let parameters = shipped();
            let experiment = Experiment::new(&scenario, &parameters);
            let paths = differing(&experiment, PAIR, &Unwatched).unwrap();
            assert!(paths.contains(&Path::Compassion), "{measure:?}: {paths:?}");
            assert_eq!(
                paths.contains(&Path::Practice),
                measure.is_of_slow_states(),
                "{measure:?}: {paths:?}"
            );
            assert_eq!(
                paths.contains(&Path::SelfReport),
                measure == Measure::SelfReportedCompassion
            );
            let work = |block: &Block| {
                let sets = with_every_set(&experiment, block, PAIR, &paths);
                let shown = |it: usize| {
                    let condition = &scenario.conditions[it];
                    let (cast, records) = block.come(condition, 2);
                    values(&experiment, condition, &cast, &records, measure)
                };
                let ends = (sets.first() == Some(&shown(0)), sets.last() == Some(&shown(1)));
                (ends, sets.first() != sets.last())
            };
            over_blocks(&experiment, 0..50, 0..1, "", &Unwatched, work, |found| {
                assert_eq!(found, ((true, true), true), "{measure:?}");
            })
            .unwrap();
        }
    }

    /// Compassion training works by the motive that it trains, and reappraisal training by regulation.
    #[test]
    fn the_path_that_is_trained_carries_the_effect() {
        for (program, path) in [("compassion", "compassion"), ("reappraisal", "regulation")] {
            let shares = shared(&scenario(&[program]));
            let mean = |place: usize| shares.carried[place].mean.first(Z_95).unwrap().value.abs();
            let most = (0..shares.paths.len())
                .max_by(|a, b| mean(*a).total_cmp(&mean(*b)))
                .unwrap();
            assert_eq!(shares.paths[most], path, "{program}");
        }
    }

    #[test]
    fn without_training_there_is_no_path() {
        let mut scenario = scenario(&["compassion"]);
        for effect in scenario.programs.iter_mut().flat_map(|it| &mut it.effects) {
            effect.shift = 0.0;
        }
        let shares = shared(&scenario);
        assert!(shares.paths.is_empty());
        let effect = shares.effect().unwrap();
        assert_eq!((effect.lower, effect.value, effect.upper), (0.0, 0.0, 0.0));
        assert_eq!(shares.whole.ratio(Z_95), None);
    }
}

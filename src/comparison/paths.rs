//! Through which faculty an effect enters: the treated person with the untreated traits of one path, and the other way round.
//!
//! A path is a set of traits that act on the same process of the model. Swapping it gives a person, for these traits alone, the score and the
//! training of the other condition. Slow states that have moved a trait (low mood, vagal tone, warmth) count with that trait; what they
//! do beside is a path of its own. What else differs between two conditions (the situation and what is knocked out) is a path as well, so
//! that swapping all of them makes one condition into the other, to the bit. [`super::shares`] says how the effect is divided.

use super::blocks::{Block, helped, over_blocks};
use super::shares::Shares;
use super::{Pair, Stopped};
use crate::engine::Gains;
use crate::engine::block::{BLOCK, Cast};
use crate::engine::life;
use crate::engine::run::Experiment;
use crate::model::agent::Trait;
use crate::scenario::Condition;
use std::ops::Range;
use std::sync::atomic::AtomicBool;

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
    /// The situation and what is knocked out.
    Circumstances,
}

impl Path {
    /// Every path.
    pub const ALL: [Self; 10] = [
        Self::Attention,
        Self::AffectiveSharing,
        Self::Understanding,
        Self::SelfOtherDistinction,
        Self::Regulation,
        Self::Compassion,
        Self::LowMood,
        Self::ReadinessToAct,
        Self::SlowStates,
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
            Self::SlowStates | Self::Circumstances => &[],
        }
    }
}

/// The paths in which the people of a pair of conditions differ, by the first people of the run.
pub fn differing(experiment: &Experiment, pair: Pair) -> Vec<Path> {
    let world = experiment.world();
    let agents = experiment.scenario.run.agents;
    let count = BLOCK.min(agents);
    let people = world.people(0, 0, count as usize);
    let (treatment, control) = conditions(experiment, pair);
    let cast = |condition| {
        life::arrive(
            &world,
            condition,
            Cast::new(&world, condition, 0, &people, count as usize, agents),
            &experiment.norm.usual,
        )
    };
    let (treated, untreated) = (cast(treatment), cast(control));
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
/// [`Stopped`] once `stop` is true.
pub fn shares(
    experiment: &Experiment,
    pairs: &[Pair],
    people: Range<u32>,
    (stop, progress): (&AtomicBool, &(dyn Fn(usize) + Sync)),
) -> Result<Vec<Shares>, Stopped> {
    let paths: Vec<Vec<Path>> = pairs.iter().map(|it| differing(experiment, *it)).collect();
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
    over_blocks(experiment, people, replicates, (stop, progress), work, |later| {
        for (own, later) in shares.iter_mut().zip(&later) {
            own.merge(later);
        }
    })?;
    Ok(shares)
}

/// Who helps with each set of paths swapped in.
fn with_every_set(experiment: &Experiment, block: &Block, pair: Pair, paths: &[Path]) -> Vec<Vec<bool>> {
    let (treatment, control) = conditions(experiment, pair);
    let (treated, untreated) = (block.cast(treatment), block.cast(control));
    let sets = 0..1_usize << paths.len();
    sets.map(|set| {
        let swapped = |path: Path| {
            let place = paths.iter().position(|it| *it == path);
            place.is_some_and(|it| set >> it & 1 == 1)
        };
        let condition = if swapped(Path::Circumstances) {
            treatment
        } else {
            control
        };
        let cast = mixed(&treated, &untreated, swapped);
        helped(condition, &cast.meet(&block.world, condition))
    })
    .collect()
}

/// The same people with some paths as in one condition and the others as in the other; circumstances bring their luck with them.
fn mixed<'a>(treated: &Cast<'a>, untreated: &Cast<'a>, swapped: impl Fn(Path) -> bool) -> Cast<'a> {
    let from = |path: Path| if swapped(path) { treated } else { untreated };
    let mut cast = untreated.clone();
    cast.scene = from(Path::Circumstances).scene;
    cast.living.clone_from(&from(Path::SlowStates).living);
    let mut gains = untreated.brought().gains.clone();
    for path in Path::ALL.into_iter().filter(|it| swapped(*it)) {
        for it in path.traits() {
            let number = *it as usize;
            cast.traits[number].clone_from(&treated.traits[number]);
            match (&mut gains, treated.brought().gains) {
                (Gains::Same(own), Gains::Same(other)) => own[number] = other[number],
                (own, other) => {
                    let length = cast.traits[number].len();
                    let mut columns = each(own, length);
                    columns[number] = column(other, number, length);
                    gains = Gains::Each(columns);
                }
            }
        }
    }
    cast.face_with(gains);
    cast
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

fn each(gains: &Gains, length: usize) -> Box<[Vec<f32>; Trait::COUNT]> {
    Box::new(std::array::from_fn(|it| column(gains, it, length)))
}

#[expect(clippy::cast_possible_truncation, reason = "lanes are single precision")]
fn column(gains: &Gains, number: usize, length: usize) -> Vec<f32> {
    match gains {
        Gains::Same(gains) => vec![gains[number] as f32; length],
        Gains::Each(columns) => columns[number].clone(),
    }
}

fn conditions<'a>(experiment: &Experiment<'a>, pair: Pair) -> (&'a Condition, &'a Condition) {
    let conditions = &experiment.scenario.conditions;
    (&conditions[pair.treatment], &conditions[pair.control])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comparison::pairs::compare;
    use crate::engine::test_scenario;
    use crate::model::mechanism::{Knockout, Mechanism};
    use crate::model::training::Practice;
    use crate::parameters::shipped;
    use crate::scenario::Scenario;
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
        let never = AtomicBool::new(false);
        let experiment = Experiment::new(scenario, &parameters);
        shares(&experiment, &[PAIR], 0..2_000, (&never, &|_| {}))
            .unwrap()
            .remove(0)
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
        let paths = differing(&experiment, PAIR);
        assert!(paths.contains(&Path::Circumstances) && paths.contains(&Path::LowMood) && paths.len() >= 4);
        let never = AtomicBool::new(false);
        let mut blocks = 0;
        let work = |block: &Block| {
            let sets = with_every_set(&experiment, block, PAIR, &paths);
            let met = |it: usize| {
                let condition = &scenario.conditions[it];
                helped(condition, &block.meet(condition).1)
            };
            (sets.first() == Some(&met(0))) && (sets.last() == Some(&met(1)))
        };
        over_blocks(&experiment, 0..2_000, 0..1, (&never, &|_| {}), work, |same| {
            assert!(same);
            blocks += 1;
        })
        .unwrap();
        assert_eq!(blocks, 2);
        let compared = compare(&experiment, &[PAIR], 0..2_000, (&never, &|_| {})).unwrap();
        let whole = shared(&scenario).effect().unwrap().value;
        assert!((whole - compared[0].difference().unwrap().value).abs() < 1e-12);
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

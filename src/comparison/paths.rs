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
use super::measured::values;
use super::mixed::{Lives, column, mixed};
use super::shares::Shares;
use crate::contrast::Asked;
use crate::engine::block::{BLOCK, Participants};
use crate::engine::cohort::Cohort;
use crate::engine::driver::{Observation, Observer};
use crate::engine::monitor::{Monitor, Stopped};
use crate::engine::place::Place;
use crate::engine::run::Experiment;
use crate::model::agent::Trait;
use crate::registry::Measure;
use crate::scenario::Condition;
use std::collections::BTreeMap;

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

/// People as they come to the moments that are asked about, by the number of the moment.
pub(super) type Arrivals = BTreeMap<usize, Participants<'static>>;

/// The paths in which the people of a pair of conditions differ, by the first people of the run.
///
/// # Errors
///
/// [`Stopped`] once the monitor asks for it.
pub fn differing(experiment: &Experiment, pair: Pair, monitor: &dyn Monitor) -> Result<Vec<Path>, Stopped> {
    let asked = Asked::about(experiment.scenario, pair);
    let first = 0..BLOCK.min(experiment.scenario.run.agents);
    let cohort = Cohort::draw(experiment, &first, 0, 0, monitor);
    if asked.measure.is_of_slow_states() {
        return Ok(Lives::new(experiment, &cohort, &asked).differing());
    }
    let [(treatment, there), (control, here)] = conditions(experiment, &asked);
    let (treated, _) = cohort.come(treatment, there)?;
    let (untreated, _) = cohort.come(control, here)?;
    Ok(differing_in_the_scene(experiment, &asked, &treated, &untreated))
}

fn differing_in_the_scene(
    experiment: &Experiment,
    asked: &Asked,
    treated: &Participants,
    untreated: &Participants,
) -> Vec<Path> {
    let [(treatment, _), (control, _)] = conditions(experiment, asked);
    let length = treated.people.agents.len();
    let gains = |it: &Participants, number| column(it.initial().gains, number, length);
    let differs = |it: &Path| match it {
        Path::Circumstances => {
            let scenes = (
                treatment.situation != control.situation,
                treatment.knockout != control.knockout,
            );
            scenes != (false, false) || treated.scene != untreated.scene
        }
        Path::SlowStates => slow_columns(treated) != slow_columns(untreated),
        Path::SelfReport => {
            asked.measure == Measure::SelfReportedCompassion
                && treated.trained.self_report != untreated.trained.self_report
        }
        Path::Practice => false,
        other => other.traits().iter().any(|it| {
            let number = *it as usize;
            treated.traits[number] != untreated.traits[number] || gains(treated, number) != gains(untreated, number)
        }),
    };
    Path::ALL.into_iter().filter(differs).collect()
}

/// Divides the effect of each pair between the paths in which it differs.
pub struct PathsObserver<'a> {
    experiment: &'a Experiment<'a>,
    /// What is asked about each pair, and in which paths it differs.
    pairs: Vec<(Asked, Vec<Path>)>,
}

impl<'a> PathsObserver<'a> {
    /// For these pairs.
    ///
    /// # Errors
    ///
    /// [`Stopped`] once the monitor asks for it.
    pub fn new(experiment: &'a Experiment<'a>, pairs: &[Pair], monitor: &dyn Monitor) -> Result<Self, Stopped> {
        let of = |pair: &Pair| {
            Ok((
                Asked::about(experiment.scenario, *pair),
                differing(experiment, *pair, monitor)?,
            ))
        };
        let pairs: Result<Vec<(Asked, Vec<Path>)>, Stopped> = pairs.iter().map(of).collect();
        Ok(Self {
            experiment,
            pairs: pairs?,
        })
    }

    /// Nobody's shares.
    pub fn nobody(&self) -> Vec<Shares> {
        self.pairs.iter().map(|(_, paths)| shares_of(paths)).collect()
    }
}

fn shares_of(paths: &[Path]) -> Shares {
    Shares::new(paths.iter().map(|path| path.key()).collect())
}

impl Observer for PathsObserver<'_> {
    type Sight = Arrivals;
    type State = Vec<Shares>;

    fn wants(&self, place: Place) -> bool {
        let is_asked =
            |asked: &Asked| !asked.measure.is_of_slow_states() && [asked.treatment, asked.control].contains(&place);
        self.pairs.iter().any(|(asked, _)| is_asked(asked))
    }

    fn sight(&self, _: usize) -> Arrivals {
        Arrivals::new()
    }

    fn see(&self, seen: &Observation, arrivals: &mut Arrivals) {
        arrivals.insert(seen.moment, seen.participants.clone().into_owned());
    }

    fn gather(&self, cohort: &Cohort, arrivals: Vec<Arrivals>) -> Result<Vec<Shares>, Stopped> {
        let of = |(asked, paths): &(Asked, Vec<Path>)| {
            let mut shares = shares_of(paths);
            let come = |place: Place| arrivals[place.condition].get(&place.moment);
            let come = come(asked.treatment).zip(come(asked.control));
            shares.push(&with_every_set(self.experiment, cohort, asked, paths, come)?);
            Ok(shares)
        };
        self.pairs.iter().map(of).collect()
    }
}

/// What people show with each set of paths swapped in; `come` are those who come into the treatment, and into the control, where what is asked
/// about is of the scene.
fn with_every_set(
    experiment: &Experiment,
    cohort: &Cohort,
    asked: &Asked,
    paths: &[Path],
    come: Option<(&Participants<'static>, &Participants<'static>)>,
) -> Result<Vec<Vec<f64>>, Stopped> {
    let sets = 0..1_usize << paths.len();
    let swapped_in = |set: usize| {
        move |path: Path| {
            let place = paths.iter().position(|it| *it == path);
            place.is_some_and(|it| set >> it & 1 == 1)
        }
    };
    let Some((treated, untreated)) = come else {
        let lives = Lives::new(experiment, cohort, asked);
        return sets.map(|set| lives.lived(&swapped_in(set))).collect();
    };
    let [(treatment, _), (control, _)] = conditions(experiment, asked);
    sets.map(|set| {
        cohort.check()?;
        let swapped = swapped_in(set);
        let condition = if swapped(Path::Circumstances) {
            treatment
        } else {
            control
        };
        let participants = mixed(treated, untreated, swapped);
        let records = participants.meet(&cohort.world, condition);
        Ok(values(experiment, condition, &participants, &records, asked.measure))
    })
    .collect()
}

/// Fatigue and milieu as they come into the scene; nothing where no weeks lie behind it.
fn slow_columns<'a>(participants: &'a Participants) -> [&'a [f32]; 4] {
    let initial = participants.initial();
    let milieu = initial.milieu;
    [
        initial.fatigue.unwrap_or_default(),
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
    use crate::comparison::measured::helped;
    use crate::comparison::pairs::compare;
    use crate::engine::driver::Observed;
    use crate::engine::monitor::Unwatched;
    use crate::engine::records::Records;
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
        let observer = PathsObserver::new(&experiment, &[PAIR], &Unwatched).unwrap();
        let mut shares = observer.nobody().remove(0);
        let everybody = Observed::everybody(&experiment, &observer);
        everybody
            .run_to_end(&Unwatched, |block| shares.merge(&block[0]))
            .unwrap();
        shares
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
        let asked = Asked::about(&scenario, PAIR);
        for first in [0, BLOCK] {
            let cohort = Cohort::draw(&experiment, &(0..2_000), 0, first, &Unwatched);
            let come = |condition: usize| cohort.come(&scenario.conditions[condition], 0).unwrap();
            let [(untreated, did_untreated), (treated, did_treated)] = [0, 1].map(come);
            let sets = with_every_set(&experiment, &cohort, &asked, &paths, Some((&treated, &untreated))).unwrap();
            let met = |condition: usize, records| {
                let helped = helped(&scenario.conditions[condition], records);
                helped
                    .into_iter()
                    .map(|helps| f64::from(u8::from(helps)))
                    .collect::<Vec<f64>>()
            };
            assert_eq!(sets.first(), Some(&met(0, &did_untreated)));
            assert_eq!(sets.last(), Some(&met(1, &did_treated)));
        }
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
            let cohort = Cohort::draw(&experiment, &(0..50), 0, 0, &Unwatched);
            let come = |condition: usize| cohort.come(&scenario.conditions[condition], 2).unwrap();
            let [untreated, treated] = [0, 1].map(come);
            let seen = (!measure.is_of_slow_states()).then_some((&treated.0, &untreated.0));
            let asked = Asked::about(&scenario, PAIR);
            let sets = with_every_set(&experiment, &cohort, &asked, &paths, seen).unwrap();
            let shown = |condition: usize, (participants, records): &(Participants, Records)| {
                values(
                    &experiment,
                    &scenario.conditions[condition],
                    participants,
                    records,
                    measure,
                )
            };
            assert_eq!(sets.first(), Some(&shown(0, &untreated)), "{measure:?}");
            assert_eq!(sets.last(), Some(&shown(1, &treated)), "{measure:?}");
            assert_ne!(sets.first(), sets.last(), "{measure:?}");
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

//! Through which feeling an effect acts: the decision of each person with the distress, or the compassion, of the other condition.
//!
//! A path of [`super::paths`] says where a difference enters a person; this says by which feeling it reaches the decision. Distress,
//! compassion and the need that is noticed are those that the person really has in the one or the other condition, moment by moment; only the race
//! of the tendencies is run again ([`crate::engine::feelings`]). Everything else that bears on it (what helping costs, how easy it is to leave,
//! readiness to act, indignation) is a fourth path, so that with all of them swapped one condition becomes the other. [`super::shares`] says how the effect is divided.

use super::Pair;
use super::paths::{Arrivals, conditions};
use super::shares::Shares;
use crate::contrast::Asked;
use crate::engine::block::Participants;
use crate::engine::cohort::Cohort;
use crate::engine::driver::{Observation, Observer};
use crate::engine::feelings::{BEARING, mixtures};
use crate::engine::monitor::Stopped;
use crate::engine::place::Place;
use crate::engine::run::Experiment;
use crate::engine::tally::amount;
use crate::registry::Measure;

/// Divides the effect of each pair between the feelings through which it acts; none where another measure than helping or the amount given is
/// asked about, where groups are counted, or the two scenes do not last equally long or are not met with the same luck.
pub struct FeelingsObserver<'a> {
    experiment: &'a Experiment<'a>,
    /// What is asked about each pair, where its effect can be divided.
    pairs: Vec<Option<Asked>>,
}

impl<'a> FeelingsObserver<'a> {
    /// For these pairs.
    pub fn new(experiment: &'a Experiment<'a>, pairs: &[Pair]) -> Self {
        let of = |pair: &Pair| {
            let asked = Asked::about(experiment.scenario, *pair);
            let is_decided = matches!(asked.measure, Measure::Helped | Measure::Amount);
            (is_decided && pair.counts_persons(experiment.scenario)).then_some(asked)
        };
        Self {
            experiment,
            pairs: pairs.iter().map(of).collect(),
        }
    }

    /// Nobody's shares.
    pub fn nobody(&self) -> Vec<Option<Shares>> {
        vec![Some(Shares::new(BEARING.to_vec())); self.pairs.len()]
    }
}

/// Adds later people, where the effect of all can be divided.
pub fn merge(whole: &mut [Option<Shares>], later: &[Option<Shares>]) {
    for (own, later) in whole.iter_mut().zip(later) {
        match (own.as_mut(), later) {
            (Some(own), Some(later)) => own.merge(later),
            _ => *own = None,
        }
    }
}

impl Observer for FeelingsObserver<'_> {
    type Sight = Arrivals;
    type State = Vec<Option<Shares>>;

    fn wants(&self, place: Place) -> bool {
        let mut asked = self.pairs.iter().flatten();
        asked.any(|asked| [asked.treatment, asked.control].contains(&place))
    }

    fn sight(&self, _: usize) -> Arrivals {
        Arrivals::new()
    }

    fn see(&self, seen: &Observation, arrivals: &mut Arrivals) {
        arrivals.insert(seen.moment, seen.participants.clone().into_owned());
    }

    fn gather(&self, cohort: &Cohort, arrivals: Vec<Arrivals>) -> Result<Self::State, Stopped> {
        let of = |asked: &Option<Asked>| {
            cohort.check()?;
            let Some(asked) = asked else { return Ok(None) };
            let come = |place: Place| &arrivals[place.condition][&place.moment];
            let mixed = mixed(
                self.experiment,
                cohort,
                asked,
                come(asked.treatment),
                come(asked.control),
            );
            Ok(mixed.map(|mixed| {
                let mut shares = Shares::new(BEARING.to_vec());
                shares.push(&mixed);
                shares
            }))
        };
        self.pairs.iter().map(of).collect()
    }
}

/// Who helps, or what they give, with each mixture of the feelings of both conditions.
fn mixed(
    experiment: &Experiment,
    cohort: &Cohort,
    asked: &Asked,
    treated: &Participants,
    untreated: &Participants,
) -> Option<Vec<Vec<f64>>> {
    let [(treatment, _), (control, _)] = conditions(experiment, asked);
    let mixed = mixtures(
        cohort.world.level,
        (&untreated.scene_of(&cohort.world, control), &untreated.initial()),
        (&treated.scene_of(&cohort.world, treatment), &treated.initial()),
    )?;
    if asked.measure == Measure::Amount {
        // What there is to give belongs to everything else, the last of what is mixed.
        let of = |(mixture, help): (usize, &Vec<f32>)| {
            let from = if mixture >> (BEARING.len() - 1) & 1 == 1 {
                treatment
            } else {
                control
            };
            help.iter().map(|it| amount(from, *it)).collect()
        };
        return Some(mixed.help.iter().enumerate().map(of).collect());
    }
    let helps = |it: &bool| f64::from(u8::from(*it));
    Some(mixed.helped.iter().map(|it| it.iter().map(helps).collect()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comparison::measured::values;
    use crate::engine::block::BLOCK;
    use crate::engine::driver::Observed;
    use crate::engine::monitor::Unwatched;
    use crate::engine::records::Records;
    use crate::engine::test_scenario;
    use crate::model::agent::Trait;
    use crate::model::mechanism::{Knockout, Mechanism};
    use crate::model::situation::{BystanderBehaviour, HelpKind};
    use crate::parameters::shipped;
    use crate::scenario::{Contrast, Scenario, Unit};
    use crate::statistics::Z_95;

    const PAIR: Pair = Pair {
        treatment: 1,
        control: 0,
    };

    fn scenario() -> Scenario {
        let mut scenario = test_scenario(&["before", "after"]);
        scenario.run.agents = 1_500;
        for it in &mut scenario.conditions {
            (it.situation.need, it.situation.vividness, it.situation.escape) = (0.85, 0.9, 0.9);
        }
        scenario
    }

    /// Whether the mixtures of one condition alone are what its people do.
    fn ends_are_the_conditions(scenario: &Scenario) -> bool {
        let parameters = shipped();
        let experiment = Experiment::new(scenario, &parameters);
        let asked = Asked::about(scenario, PAIR);
        [0, BLOCK].into_iter().all(|first| {
            let cohort = Cohort::draw(&experiment, &(0..1_500), 0, first, &Unwatched);
            let come = |condition: usize| cohort.come(&scenario.conditions[condition], 0).unwrap();
            let [untreated, treated] = [0, 1].map(come);
            let mixed = mixed(&experiment, &cohort, &asked, &treated.0, &untreated.0).unwrap();
            let met = |condition: usize, (participants, records): &(Participants, Records)| {
                values(
                    &experiment,
                    &scenario.conditions[condition],
                    participants,
                    records,
                    asked.measure,
                )
            };
            mixed[0] == met(0, &untreated) && mixed[15] == met(1, &treated) && mixed[0] != mixed[15]
        })
    }

    /// The shares of the effect of the pair.
    fn shared(scenario: &Scenario) -> Option<Shares> {
        let parameters = shipped();
        let experiment = Experiment::new(scenario, &parameters);
        let observer = FeelingsObserver::new(&experiment, &[PAIR]);
        let mut shares = observer.nobody();
        let everybody = Observed::everybody(&experiment, &observer);
        everybody
            .run_to_end(&Unwatched, |block| merge(&mut shares, &block))
            .unwrap();
        shares.remove(0)
    }

    /// In every kind of scene: escape and cost differ, others are seen to do nothing, somebody can be punished, help is a quantity.
    #[test]
    fn swapping_everything_is_the_whole_effect_person_by_person() {
        let mut other_scene = scenario();
        let after = &mut other_scene.conditions[1];
        (after.situation.escape, after.situation.cost) = (0.1, 0.6);
        after.knockout = Knockout::NONE.with(Mechanism::Reappraisal);
        after.population[Trait::ReadinessToAct as usize].mean = 0.5;
        assert!(ends_are_the_conditions(&other_scene));

        let mut watched = scenario();
        let mut angry = scenario();
        let mut graded = scenario();
        for it in 0..2 {
            let scene = &mut watched.conditions[it].situation;
            (scene.bystanders, scene.bystander_behaviour, scene.ambiguity) = (3, BystanderBehaviour::Free, 0.5);
            let scene = &mut angry.conditions[it].situation;
            (scene.perpetrator, scene.punishing_possible) = (1.0, true);
            graded.conditions[it].situation.help = HelpKind::Graded;
        }
        // What can be given differs, and is what is asked about.
        let mut given = graded.clone();
        given.conditions[1].situation.endowment = 3.0;
        given.contrasts = vec![Contrast::asking(1, 0, Measure::Amount)];
        for scenario in [&mut watched, &mut angry, &mut graded, &mut given] {
            scenario.conditions[1].population[Trait::CompassionMotive as usize].mean = 1.0;
            assert!(ends_are_the_conditions(scenario));
        }
    }

    fn mean_of(shares: &Shares, path: &str) -> f64 {
        let place = shares.paths.iter().position(|it| *it == path).unwrap();
        shares.carried[place].mean.first(Z_95).unwrap().value
    }

    /// More sharing acts through both feelings, against each other; more compassion through compassion.
    #[test]
    fn distress_and_compassion_are_told_apart() {
        let shares_of = |moved: Trait| {
            let mut scenario = scenario();
            scenario.conditions[1].population[moved as usize].mean = 1.0;
            shared(&scenario).unwrap()
        };
        let sharing = shares_of(Trait::AffectiveSharing);
        assert!(
            mean_of(&sharing, "personal_distress") < -0.01,
            "distress drives people away"
        );
        assert_eq!(mean_of(&sharing, "everything_else"), 0.0);
        let motive = shares_of(Trait::CompassionMotive);
        assert!(mean_of(&motive, "compassion") > 0.05);
        assert!(mean_of(&motive, "personal_distress").abs() < 1e-12);
    }

    #[test]
    fn groups_and_scenes_of_different_length_have_no_such_shares() {
        let mut longer = scenario();
        longer.conditions[1].situation.window_s += 7.0;
        assert_eq!(shared(&longer), None);
        let mut groups = scenario();
        for it in &mut groups.conditions {
            it.unit = Unit::Group(2);
        }
        assert_eq!(shared(&groups), None);
    }
}

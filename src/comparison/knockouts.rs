//! What becomes of an effect when a mechanism of the model is knocked out, in both conditions and for the same people.

use super::Pair;
use super::measured::{Shown, shown_at, values, wanted};
use crate::contrast::Asked;
use crate::engine::cohort::Cohort;
use crate::engine::driver::{Observation, Observer};
use crate::engine::monitor::Stopped;
use crate::engine::place::Place;
use crate::engine::run::Experiment;
use crate::model::mechanism::Mechanism;
use crate::registry::{Acts, Measure};
use crate::scenario::Condition;
use crate::statistics::{Estimate, Joint, Paired, Z_95, paired_difference};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// An effect without one mechanism.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct WithoutMechanism {
    /// What is knocked out.
    pub mechanism: Mechanism,
    /// Of a yes or no, who does (who helps) in the treatment (first) and in the control (second) without it; empty of a measure.
    pub joint: Joint,
    is_share: bool,
    /// The effect without it, beside the whole effect of the same person.
    pub effects: Paired,
    /// For how many the knock-out changes whether they help, or their measure, in either condition.
    pub moved: u64,
}

impl WithoutMechanism {
    fn new(mechanism: Mechanism, asked: &Asked) -> Self {
        Self {
            mechanism,
            is_share: asked.is_share(),
            joint: Joint::default(),
            effects: Paired::default(),
            moved: 0,
        }
    }

    /// The effect that is left, with its 95 % interval; none of nobody.
    pub fn effect(&self) -> Option<Estimate> {
        if self.is_share {
            paired_difference(self.joint, Z_95)
        } else {
            self.effects.first(Z_95)
        }
    }

    /// The effect that is left minus the whole effect, with its 95 % interval; none of fewer than two people.
    pub fn change(&self) -> Option<Estimate> {
        self.effects.difference(Z_95)
    }

    /// The part of the effect that is left, with its 95 % interval; none where there is no effect to speak of.
    pub fn part_left(&self) -> Option<Estimate> {
        self.effects.ratio(Z_95)
    }

    /// Adds a person: their measure in the treatment and in the control, and the same without the mechanism.
    fn push(&mut self, whole: (f64, f64), without: (f64, f64)) {
        if self.is_share {
            self.joint.push(without.0 > 0.0, without.1 > 0.0);
        }
        self.effects.push(without.0 - without.1, whole.0 - whole.1);
        self.moved += u64::from(without != whole);
    }

    /// Adds the people of a block: their measures, and the same without the mechanism, in the treatment and in the control.
    fn push_all(&mut self, treatment: (&[f64], &[f64]), control: (&[f64], &[f64])) {
        let whole = treatment.0.iter().zip(control.0);
        let without = treatment.1.iter().zip(control.1);
        for ((there, here), (there_without, here_without)) in whole.zip(without) {
            self.push((*there, *here), (*there_without, *here_without));
        }
    }

    fn merge(&mut self, later: &Self) {
        self.joint += later.joint;
        self.effects.merge(&later.effects);
        self.moved += later.moved;
    }
}

/// Takes the effect of each pair without each mechanism that both of its conditions have.
pub struct KnockoutsObserver<'a> {
    experiment: &'a Experiment<'a>,
    /// What is asked about each pair.
    asked: Vec<Asked>,
    /// Moments and measures that are asked about, in each condition.
    wanted: Vec<BTreeSet<(usize, Measure)>>,
}

impl<'a> KnockoutsObserver<'a> {
    /// For these pairs.
    pub fn new(experiment: &'a Experiment<'a>, pairs: &[Pair]) -> Self {
        let asked: Vec<Asked> = pairs
            .iter()
            .map(|pair| Asked::about(experiment.scenario, *pair))
            .collect();
        let conditions = 0..experiment.scenario.conditions.len();
        Self {
            experiment,
            wanted: conditions.map(|condition| wanted(&asked, condition)).collect(),
            asked,
        }
    }

    /// The effects of nobody.
    pub fn nobody(&self) -> Vec<Vec<WithoutMechanism>> {
        let conditions = &self.experiment.scenario.conditions;
        let has = |asked: &Asked, mechanism: Mechanism| {
            let mut places = [asked.treatment, asked.control].into_iter();
            places.all(|place| !conditions[place.condition].knockout.lacks(mechanism))
        };
        let each = self.asked.iter().map(|asked| {
            let mechanisms = Mechanism::within_people().filter(|mechanism| has(asked, *mechanism));
            mechanisms
                .map(|mechanism| WithoutMechanism::new(mechanism, asked))
                .collect()
        });
        each.collect()
    }

    /// What people show in a condition without each mechanism.
    fn without_each(&self, cohort: &Cohort, number: usize, whole: Shown) -> Result<Everyone, Stopped> {
        let condition = &self.experiment.scenario.conditions[number];
        let wanted = &self.wanted[number];
        let moments: BTreeSet<usize> = wanted.iter().map(|(moment, _)| *moment).collect();
        let without = Mechanism::within_people().map(|mechanism| {
            let acts = !(mechanism.row().acts == Acts::OverDays && condition.protocol.is_single());
            if !acts || wanted.is_empty() {
                return Ok(whole.clone());
            }
            let condition = Condition {
                knockout: condition.knockout.with(mechanism),
                ..condition.clone()
            };
            // Lived anew each time: what lies before the scene needs the mechanism as well.
            let mut shown = Shown::new();
            cohort.live(&condition, &moments, &mut |moment, participants, records| {
                for (_, measure) in wanted.iter().filter(|(when, _)| *when == moment) {
                    let values = values(self.experiment, &condition, participants, records, *measure);
                    shown.insert((moment, *measure), values);
                }
                Ok(())
            })?;
            Ok(shown)
        });
        let without: Result<Vec<Shown>, Stopped> = without.collect();
        Ok(Everyone {
            without: without?,
            whole,
        })
    }
}

/// Adds later people.
pub fn merge(whole: &mut [Vec<WithoutMechanism>], later: &[Vec<WithoutMechanism>]) {
    for (own, later) in whole.iter_mut().flatten().zip(later.iter().flatten()) {
        own.merge(later);
    }
}

impl Observer for KnockoutsObserver<'_> {
    type Sight = Shown;
    type State = Vec<Vec<WithoutMechanism>>;

    fn wants(&self, place: Place) -> bool {
        let mut wanted = self.wanted[place.condition].iter();
        wanted.any(|(moment, _)| *moment == place.moment)
    }

    fn sight(&self, _: usize) -> Shown {
        Shown::new()
    }

    fn see(&self, seen: &Observation, shown: &mut Shown) {
        shown.extend(shown_at(self.experiment, &self.wanted[seen.number], seen));
    }

    fn gather(&self, cohort: &Cohort, shown: Vec<Shown>) -> Result<Self::State, Stopped> {
        let each = shown.into_iter().enumerate();
        let everyone: Result<Vec<Everyone>, Stopped> = each
            .map(|(number, whole)| self.without_each(cohort, number, whole))
            .collect();
        let everyone = everyone?;
        let mut effects = self.nobody();
        for (asked, effects) in self.asked.iter().zip(&mut effects) {
            let (treatment, control) = (&everyone[asked.treatment.condition], &everyone[asked.control.condition]);
            let (there, here) = (asked.treatment.moment, asked.control.moment);
            for effect in effects {
                effect.push_all(
                    treatment.of((there, asked.measure), effect.mechanism),
                    control.of((here, asked.measure), effect.mechanism),
                );
            }
        }
        Ok(effects)
    }
}

/// What everybody shows in a condition, and without each mechanism, in the order of the registry.
struct Everyone {
    whole: Shown,
    without: Vec<Shown>,
}

impl Everyone {
    /// A measure at a moment, whole and without the mechanism.
    fn of(&self, measure: (usize, Measure), mechanism: Mechanism) -> (&[f64], &[f64]) {
        (of(&self.whole, measure), of(&self.without[mechanism as usize], measure))
    }
}

fn of(shown: &Shown, measure: (usize, Measure)) -> &[f64] {
    shown.get(&measure).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comparison::usual_pairs;
    use crate::engine::driver::Observed;
    use crate::engine::monitor::Unwatched;
    use crate::engine::test_scenario;
    use crate::model::mechanism::Knockout;
    use crate::model::training::Practice;
    use crate::parameters::shipped;
    use crate::scenario::Scenario;

    /// The effects of the usual pairs.
    fn without_each(scenario: &Scenario) -> Vec<Vec<WithoutMechanism>> {
        let parameters = shipped();
        let experiment = Experiment::new(scenario, &parameters);
        let observer = KnockoutsObserver::new(&experiment, &usual_pairs(scenario));
        let mut effects = observer.nobody();
        let everybody = Observed::everybody(&experiment, &observer);
        everybody
            .run_to_end(&Unwatched, |block| merge(&mut effects, &block))
            .unwrap();
        effects
    }

    /// The top-down path carries compassion training; with it gone most of the gain is gone, in the ordinary scene in which the fit asks for it
    /// (where suffering is strong and in plain sight sharing carries about half). What a scene has not, moves nobody.
    #[test]
    fn the_effect_of_compassion_training_needs_the_top_down_path() {
        let mut scenario = test_scenario(&["untrained", "trained"]);
        scenario.run.agents = 16_000;
        for it in &mut scenario.conditions {
            it.knockout = Knockout::NONE.with(Mechanism::MalleabilityBelief);
        }
        let program = scenario.programs.iter().position(|it| it.name == "compassion").unwrap();
        scenario.conditions[1].training = vec![Practice {
            programs: vec![program],
            hours: 40.0,
            weeks: 8.0,
            transportation: 0.0,
        }];
        let effects = without_each(&scenario);
        assert_eq!(
            effects[0].len(),
            Mechanism::within_people().count() - 1,
            "what is off already is not knocked out again"
        );
        let of = |mechanism| effects[0].iter().find(|it| it.mechanism == mechanism).unwrap();
        let left = of(Mechanism::TopDownCompassion).part_left().unwrap();
        // Most of the gain: less than half of it is left, and surely less than two thirds.
        assert!(left.value < 0.5 && left.upper < 2.0 / 3.0, "{left:?}");
        let bystanders = of(Mechanism::Interpretation);
        assert_eq!(bystanders.moved, 0);
        assert_eq!(bystanders.part_left().unwrap().value, 1.0);
        assert_eq!(bystanders.change().unwrap().value, 0.0);
    }

    /// Belief speeds a course that lies before the scene: the course is lived anew without it.
    #[test]
    fn what_lies_before_the_scene_needs_the_mechanism_as_well() {
        let mut scenario = test_scenario(&["untrained", "trained"]);
        scenario.run.agents = 4_000;
        scenario.conditions[1].training = vec![Practice {
            programs: vec![scenario.programs.iter().position(|it| it.name == "compassion").unwrap()],
            hours: 10.0,
            weeks: 4.0,
            transportation: 0.0,
        }];
        let effects = without_each(&scenario);
        let of = |mechanism| effects[0].iter().find(|it| it.mechanism == mechanism).unwrap();
        assert!(of(Mechanism::MalleabilityBelief).moved > 0);
    }
}

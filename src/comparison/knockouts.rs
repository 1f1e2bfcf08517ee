//! What becomes of an effect when a mechanism of the model is knocked out, in both conditions and for the same people.

use super::Pair;
use super::asked::Asked;
use super::blocks::{Block, over_blocks};
use super::measured::{Shown, shown_at, wanted};
use crate::engine::monitor::{Monitor, Stopped};
use crate::engine::run::Experiment;
use crate::model::mechanism::Mechanism;
use crate::registry::Measure;
use crate::scenario::Condition;
use crate::statistics::{Estimate, Joint, Paired, Z_95, paired_difference};
use std::collections::BTreeSet;
use std::ops::Range;

/// An effect without one mechanism.
#[derive(Debug, Clone, Copy, PartialEq)]
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

/// The effect of each pair without each mechanism that both of its conditions have, over people `people` of every replicate.
///
/// # Errors
///
/// [`Stopped`] once the monitor asks for it.
pub fn without_each(
    experiment: &Experiment,
    pairs: &[Pair],
    people: Range<u32>,
    monitor: &dyn Monitor,
) -> Result<Vec<Vec<WithoutMechanism>>, Stopped> {
    let conditions = &experiment.scenario.conditions;
    let has = |pair: &Pair, mechanism: Mechanism| {
        [pair.treatment, pair.control]
            .iter()
            .all(|it| !conditions[*it].knockout.lacks(mechanism))
    };
    let asked: Vec<Asked> = pairs.iter().map(|it| Asked::about(experiment.scenario, *it)).collect();
    let empty: Vec<Vec<WithoutMechanism>> = pairs
        .iter()
        .zip(&asked)
        .map(|(pair, asked)| {
            Mechanism::ALL
                .into_iter()
                .filter(|it| has(pair, *it))
                .map(|it| WithoutMechanism::new(it, asked))
                .collect()
        })
        .collect();
    let mut effects = empty.clone();
    let work = |block: &Block| {
        let all = |number: usize| {
            let wanted = wanted(&asked, number);
            (!wanted.is_empty()).then(|| everyone(experiment, block, &conditions[number], &wanted))
        };
        let shown: Vec<Option<Everyone>> = (0..conditions.len()).map(all).collect();
        let mut effects = empty.clone();
        for (asked, effects) in asked.iter().zip(&mut effects) {
            let [treatment, control] = [asked.treatment, asked.control].map(|it| shown[it.condition].as_ref());
            if let (Some(treatment), Some(control)) = (treatment, control) {
                let (there, here) = (asked.treatment.moment, asked.control.moment);
                for it in effects {
                    it.push_all(
                        treatment.of((there, asked.measure), it.mechanism),
                        control.of((here, asked.measure), it.mechanism),
                    );
                }
            }
        }
        effects
    };
    let replicates = 0..experiment.scenario.run.replicates;
    over_blocks(experiment, people, replicates, "knocking out", monitor, work, |later| {
        for (own, later) in effects.iter_mut().flatten().zip(later.iter().flatten()) {
            own.merge(later);
        }
    })?;
    Ok(effects)
}

/// What everybody shows in a condition, and without each mechanism, in the order of [`Mechanism::ALL`].
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

fn everyone(
    experiment: &Experiment,
    block: &Block,
    condition: &Condition,
    wanted: &BTreeSet<(usize, Measure)>,
) -> Everyone {
    let seen: BTreeSet<usize> = wanted.iter().map(|(moment, _)| *moment).collect();
    let last = seen.last().copied().unwrap_or_default();
    // Lived anew each time: what lies before the scene needs the mechanism as well.
    let shown_in = |condition: &Condition| {
        let mut shown = Shown::new();
        block.live(condition, (&seen, last), &mut |moment, cast, records| {
            shown.extend(shown_at(moment, wanted, (experiment, condition), (cast, records)));
        });
        shown
    };
    let whole = shown_in(condition);
    let without = Mechanism::ALL.into_iter().map(|mechanism| {
        if mechanism.acts_over_days() && condition.protocol.is_single() {
            return whole.clone();
        }
        shown_in(&Condition {
            knockout: condition.knockout.with(mechanism),
            ..condition.clone()
        })
    });
    let without = without.collect();
    Everyone { whole, without }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comparison::usual_pairs;
    use crate::engine::monitor::Unwatched;
    use crate::engine::test_scenario;
    use crate::model::mechanism::Knockout;
    use crate::model::training::Practice;
    use crate::parameters::shipped;

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
        let parameters = shipped();
        let experiment = Experiment::new(&scenario, &parameters);
        let effects = without_each(&experiment, &usual_pairs(&scenario), 0..16_000, &Unwatched).unwrap();
        assert_eq!(
            effects[0].len(),
            Mechanism::ALL.len() - 1,
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
        scenario.conditions[1].training = vec![Practice {
            programs: vec![scenario.programs.iter().position(|it| it.name == "compassion").unwrap()],
            hours: 10.0,
            weeks: 4.0,
            transportation: 0.0,
        }];
        let parameters = shipped();
        let experiment = Experiment::new(&scenario, &parameters);
        let effects = without_each(&experiment, &usual_pairs(&scenario), 0..4_000, &Unwatched).unwrap();
        let of = |mechanism| effects[0].iter().find(|it| it.mechanism == mechanism).unwrap();
        assert!(of(Mechanism::MalleabilityBelief).moved > 0);
    }
}

//! Contrasts: which differences between two conditions are asked about, on which measure, of whom, and when it is taken in either.

use crate::engine::place::Place;
use crate::registry::{Measure, Source};
use crate::scenario::{Condition, Contrast, Scenario, Unit};
use serde::{Deserialize, Serialize};

/// A difference in a measure, treatment minus control.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// On which measure.
    pub measure: Measure,
    /// Where it is expected to differ.
    pub treatment: Place,
    /// Where it is compared with.
    pub control: Place,
}

/// Two conditions that are compared, as places in the scenario's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pair {
    /// The condition that is expected to differ.
    pub treatment: usize,
    /// The condition that it is compared with.
    pub control: usize,
}

/// Why two conditions cannot be compared person by person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotTheSame {
    /// One of them counts only people in whom some feeling prevails.
    #[error("one of them keeps only people in whom a feeling prevails, so they are not the same people")]
    Selected,
    /// One counts persons and the other groups, or groups of different size.
    #[error("one of them counts persons and the other groups, or groups of another size")]
    Units,
    /// They are one and the same.
    #[error("a condition cannot be compared with itself")]
    Itself,
}

impl Asked {
    /// What a contrast compares.
    pub fn new(scenario: &Scenario, contrast: &Contrast) -> Self {
        Self {
            measure: contrast.measure,
            treatment: Place::new(scenario, contrast.treatment, contrast.week),
            control: Place::new(scenario, contrast.control, contrast.from_week.or(contrast.week)),
        }
    }

    /// Whether both are taken at the same moment.
    pub fn at_one_moment(&self) -> bool {
        self.treatment.moment == self.control.moment
    }

    /// Whether this is the same question, whichever side is compared with the other.
    pub fn is_about(&self, other: &Self) -> bool {
        let places = [other.treatment, other.control];
        self.measure == other.measure && places.contains(&self.treatment) && places.contains(&self.control)
    }

    /// The weeks of treatment and control, where they have weeks and are not simply those that stand for the whole.
    pub fn weeks(&self, scenario: &Scenario) -> [Option<f64>; 2] {
        [self.treatment, self.control].map(|it| it.week(scenario))
    }

    /// What the file's first contrast between these two conditions asks about, whichever it compares with the other; helping where there is none.
    ///
    /// Contrasts on what not everybody has are passed over.
    pub fn about(scenario: &Scenario, pair: Pair) -> Self {
        let Some(contrast) = first_contrast(scenario, pair) else {
            return Self {
                measure: Measure::Helped,
                treatment: Place::new(scenario, pair.treatment, None),
                control: Place::new(scenario, pair.control, None),
            };
        };
        let asked = Self::new(scenario, contrast);
        if contrast.treatment == pair.treatment {
            return asked;
        }
        Self {
            treatment: asked.control,
            control: asked.treatment,
            ..asked
        }
    }

    /// Whether helping is asked about, at the moments that stand for the whole.
    pub fn is_usual(&self, scenario: &Scenario) -> bool {
        self.measure == Measure::Helped && self.treatment.is_main(scenario) && self.control.is_main(scenario)
    }

    /// Whether a yes or no is asked about.
    pub fn is_share(&self) -> bool {
        self.measure.is_share()
    }
}

impl Pair {
    /// Whether both pairs are of the same two conditions, whichever is compared with the other.
    pub fn is_of(self, other: Self) -> bool {
        let turned = Self {
            treatment: other.control,
            control: other.treatment,
        };
        self == other || self == turned
    }

    /// Whether the two conditions count the same people.
    ///
    /// # Errors
    ///
    /// [`NotTheSame`] says why not.
    pub fn check(self, scenario: &Scenario) -> Result<(), NotTheSame> {
        let (treatment, control) = (&scenario.conditions[self.treatment], &scenario.conditions[self.control]);
        if self.treatment == self.control {
            Err(NotTheSame::Itself)
        } else if treatment.select.is_some() || control.select.is_some() {
            Err(NotTheSame::Selected)
        } else if treatment.unit != control.unit {
            Err(NotTheSame::Units)
        } else {
            Ok(())
        }
    }

    /// Whether persons are counted, and not groups.
    pub fn counts_persons(self, scenario: &Scenario) -> bool {
        scenario.conditions[self.control].unit == Unit::Person
    }

    /// The pair as the file's first contrast between the two conditions looks at it, where that is not about helping.
    pub fn as_asked(self, scenario: &Scenario) -> Self {
        match first_contrast(scenario, self) {
            Some(it) if !Asked::about(scenario, self).is_usual(scenario) => Self {
                treatment: it.treatment,
                control: it.control,
            },
            _ => self,
        }
    }
}

/// Whether a single encounter in a condition gives a measure.
pub fn measured(measure: Measure, condition: &Condition) -> bool {
    match measure.source() {
        Source::Amount => condition.is_graded(),
        Source::SlowStates(_) => !condition.protocol.is_single(),
        Source::Outcome(_) | Source::Latency | Source::State(_) | Source::SelfReport | Source::Questionnaire(_) => true,
    }
}

/// Whether everybody has a value on a measure in a condition, so that the same people can be compared: who does not help has no latency.
pub fn everybody_has(measure: Measure, condition: &Condition) -> bool {
    measure.source() != Source::Latency && condition.select.is_none() && measured(measure, condition)
}

/// The file's first contrast between two conditions on what everybody has.
fn first_contrast(scenario: &Scenario, pair: Pair) -> Option<&Contrast> {
    let of_both = |it: &&Contrast| {
        let named = Pair {
            treatment: it.treatment,
            control: it.control,
        };
        let has = |condition: usize| everybody_has(it.measure, &scenario.conditions[condition]);
        named.is_of(pair) && has(it.treatment) && has(it.control)
    };
    scenario.contrasts.iter().find(of_both)
}

/// What a file asks about, measure by measure in the order in which its contrasts name them, each pair once.
///
/// Conditions that contrasts link with each other are compared with one of them, on every measure and at every moment that a contrast
/// among them names: whether compassion training protects from burnout is asked as well where the file only says that it burns out less
/// than empathy training, which burns out more than no training. What else contrasts name follows.
pub fn asked(scenario: &Scenario) -> Vec<Asked> {
    let own: Vec<Asked> = scenario.contrasts.iter().map(|it| Asked::new(scenario, it)).collect();
    let linked = linked(&own, scenario.conditions.len());
    let mut all: Vec<Asked> = Vec::new();
    let mut add = |it: Asked| {
        if !all.iter().any(|known| known.is_about(&it)) {
            all.push(it);
        }
    };
    let mut told: Vec<Measure> = Vec::new();
    for Asked { measure, .. } in &own {
        if told.contains(measure) {
            continue;
        }
        told.push(*measure);
        let here = || own.iter().filter(|it| it.measure == *measure);
        for it in here().filter(|it| it.at_one_moment()) {
            let members = &linked[it.control.condition];
            let control = reference(&own, members);
            for treatment in members.iter().copied().filter(|it| *it != control) {
                let place = |condition| Place {
                    condition,
                    moment: it.control.moment,
                };
                add(Asked {
                    measure: *measure,
                    treatment: place(treatment),
                    control: place(control),
                });
            }
        }
        here().copied().for_each(&mut add);
    }
    all
}

/// For each condition those that contrasts link it with, itself among them, in the order of the file.
fn linked(own: &[Asked], conditions: usize) -> Vec<Vec<usize>> {
    let mut groups: Vec<usize> = (0..conditions).collect();
    for it in own.iter().filter(|it| it.at_one_moment()) {
        let (from, to) = (groups[it.treatment.condition], groups[it.control.condition]);
        groups.iter_mut().filter(|it| **it == from).for_each(|it| *it = to);
    }
    let members = |group: &usize| (0..conditions).filter(|it| groups[*it] == *group).collect();
    groups.iter().map(members).collect()
}

/// The first of these conditions from which no contrast expects a change, or the first of all.
fn reference(own: &[Asked], members: &[usize]) -> usize {
    let is_control = |condition: &&usize| {
        let mut contrasts = own.iter().filter(|it| it.at_one_moment());
        !contrasts.any(|it| it.treatment.condition == **condition)
    };
    *members.iter().find(is_control).unwrap_or(&members[0])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::test_scenario;

    #[test]
    fn the_first_contrast_of_a_pair_says_what_is_asked_whichever_way_it_looks() {
        let mut scenario = test_scenario(&["usual", "warm", "empathic"]);
        let contrast = |treatment, control, measure| Contrast::asking(treatment, control, measure);
        scenario.contrasts = vec![
            contrast(1, 0, Measure::Latency),
            contrast(1, 0, Measure::Burnout),
            contrast(0, 1, Measure::Compassion),
            contrast(1, 0, Measure::Helped),
        ];
        let about = |treatment, control| Asked::about(&scenario, Pair { treatment, control });
        let asked = about(1, 0);
        assert_eq!(
            asked.measure,
            Measure::Compassion,
            "not everybody has a latency, and no weeks no burnout"
        );
        assert_eq!((asked.treatment.condition, asked.control.condition), (1, 0));
        assert!(!asked.is_usual(&scenario));
        assert!(about(2, 0).is_usual(&scenario));
        let pair = |treatment, control| Pair { treatment, control };
        assert_eq!(
            pair(1, 0).as_asked(&scenario),
            pair(0, 1),
            "as the contrast on compassion looks at it"
        );
        scenario.contrasts.remove(2);
        assert_eq!(pair(0, 1).as_asked(&scenario), pair(0, 1), "helping stays as it is");
    }

    /// Treatment, control and measure of what is asked by a file with these contrasts.
    fn pairs(conditions: &[&str], contrasts: &[(usize, usize, Measure)]) -> Vec<(usize, usize, Measure)> {
        let mut scenario = test_scenario(conditions);
        scenario.contrasts = contrasts
            .iter()
            .map(|(treatment, control, measure)| Contrast::asking(*treatment, *control, *measure))
            .collect();
        let asked = asked(&scenario).into_iter();
        asked
            .map(|it| (it.treatment.condition, it.control.condition, it.measure))
            .collect()
    }

    #[test]
    fn linked_conditions_are_compared_with_the_one_that_is_only_a_control() {
        let (burnout, fatigue) = (Measure::Burnout, Measure::Fatigue);
        let nurses = pairs(
            &["usual", "compassion", "empathy"],
            &[(2, 0, fatigue), (2, 0, burnout), (1, 2, burnout)],
        );
        let with_the_first = |measure| [(1, 0, measure), (2, 0, measure)];
        let mut expected = with_the_first(fatigue).to_vec();
        expected.extend(with_the_first(burnout));
        expected.push((1, 2, burnout));
        assert_eq!(nurses, expected);
    }

    #[test]
    fn a_pair_is_asked_about_once_and_what_is_not_linked_stays_apart() {
        let measure = Measure::TheoryOfMind;
        let found = pairs(
            &["fixed", "malleable", "fixed, off", "malleable, off"],
            &[(1, 0, measure), (3, 2, measure), (0, 1, measure)],
        );
        assert_eq!(found, [(1, 0, measure), (3, 2, measure)]);
    }
}

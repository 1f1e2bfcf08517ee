//! Which differences a file asks about: those of its contrasts, and those that complete them.

use crate::engine::life::moments;
use crate::engine::tally::Tally;
use crate::scenario::{Contrast, Measure, Scenario};

/// A condition at a moment of its course.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Index of the condition.
    pub condition: usize,
    /// Index of the moment.
    pub moment: usize,
}

/// A difference in a measure, treatment minus control.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// On which measure.
    pub measure: Measure,
    /// Where it is expected to differ.
    pub treatment: Place,
    /// Where it is compared with.
    pub control: Place,
}

impl Place {
    /// A condition in a week of its timeline; at the moment that stands for the whole where no week is given.
    pub fn new(scenario: &Scenario, condition: usize, week: Option<f64>) -> Self {
        let of = &scenario.conditions[condition];
        let timeline = of.protocol.timeline.as_ref();
        let measured = timeline.zip(week).and_then(|(it, week)| it.measured_in(week));
        let moment = measured.or_else(|| moments(of).iter().position(|it| it.is_main));
        Self {
            condition,
            moment: moment.unwrap_or_default(),
        }
    }

    /// Its tally, of all conditions' tallies.
    pub fn tally(self, tallies: &[Tally]) -> &Tally {
        let whole = &tallies[self.condition];
        whole.course.get(self.moment).unwrap_or(whole)
    }

    /// The week in which people are seen there; none without a timeline.
    pub fn week(self, scenario: &Scenario) -> Option<f64> {
        let condition = &scenario.conditions[self.condition];
        condition.protocol.timeline.as_ref()?;
        moments(condition).get(self.moment).map(|it| it.week)
    }

    /// Whether this is the moment that stands for the whole.
    pub fn is_main(self, scenario: &Scenario) -> bool {
        Self::new(scenario, self.condition, None) == self
    }
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

    fn is_about(&self, other: &Self) -> bool {
        let places = [other.treatment, other.control];
        self.measure == other.measure && places.contains(&self.treatment) && places.contains(&self.control)
    }
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
    use crate::scenario::ObservedContrast;

    /// Treatment, control and measure of what is asked by a file with these contrasts.
    fn pairs(conditions: &[&str], contrasts: &[(usize, usize, Measure)]) -> Vec<(usize, usize, Measure)> {
        let mut scenario = test_scenario(conditions);
        scenario.contrasts = contrasts
            .iter()
            .map(|(treatment, control, measure)| Contrast {
                treatment: *treatment,
                control: *control,
                measure: *measure,
                week: None,
                from_week: None,
                observed: ObservedContrast::default(),
            })
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

//! Which differences a file asks about: those of its contrasts, and those that complete them.

pub use crate::engine::asked::{Asked, Place};

use crate::registry::Measure;
use crate::scenario::Scenario;

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
    use crate::scenario::Contrast;

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

//! Main effects of crossed factors and their interactions, as numbers.

use super::joint_outcomes::{Deed, JointOutcomes};
use crate::scenario::Scenario;
use crate::statistics::Estimate;

/// The most factors that an interaction is taken of.
const MOST_FACTORS: usize = 3;

/// What a level of a factor does to helping beside the factor's first level, or how far that depends on other factors.
#[derive(Debug, Clone, PartialEq)]
pub struct Effect {
    /// The factors that take part, each with its level and the first level, which that is compared with.
    pub factors: Vec<Step>,
    /// The effect, a difference of shares, with its 95 % interval.
    pub estimate: Estimate,
    /// Conditions that enter.
    pub conditions: usize,
}

/// A level of a factor and the level that it is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The factor.
    pub factor: String,
    /// The level.
    pub level: String,
    /// The first level of the factor in the file.
    pub from: String,
}

/// The effects of the factors of a scenario: main effects first, then interactions of two and of three factors; none where the conditions do not
/// cross at least two factors, every combination of levels once.
///
/// ```text
/// effect = (1/m) Σ_c p_c Π_f s_f(c),   s_f(c) = +1 at the level, −1 at the first level, 0 at others
/// ```
///
/// over all conditions `c`, with `p_c` the share who help, `f` the factors that take part, and `m` the combinations of all other factors. A main
/// effect is thus a difference of unweighted marginal means, an interaction a difference of differences (of differences).
pub fn effects(scenario: &Scenario, joint_outcomes: &JointOutcomes) -> Vec<Effect> {
    let Some(design) = Design::of(scenario, joint_outcomes.conditions()) else {
        return Vec::new();
    };
    let mut sets: Vec<Vec<usize>> = Vec::new();
    for size in 1..=MOST_FACTORS.min(design.factors.len()) {
        sets.extend(subsets(design.factors.len(), size));
    }
    let steps = sets.iter().flat_map(|set| design.steps(set));
    steps
        .filter_map(|steps| design.effect(&steps, joint_outcomes))
        .collect()
}

/// A complete crossing of factors.
struct Design {
    /// Each factor with its levels, in the order of the file.
    factors: Vec<(String, Vec<String>)>,
    /// For each condition the place of its level of each factor.
    levels: Vec<Vec<usize>>,
}

impl Design {
    fn of(scenario: &Scenario, compared: usize) -> Option<Self> {
        let conditions = &scenario.conditions;
        if compared < conditions.len() {
            return None;
        }
        let mut factors: Vec<(String, Vec<String>)> = Vec::new();
        for (factor, level) in conditions.iter().flat_map(|condition| &condition.factors) {
            let place = factors
                .iter()
                .position(|(known, _)| known == factor)
                .unwrap_or_else(|| {
                    factors.push((factor.clone(), Vec::new()));
                    factors.len() - 1
                });
            if !factors[place].1.contains(level) {
                factors[place].1.push(level.clone());
            }
        }
        factors.retain(|(_, levels)| levels.len() > 1);
        let place = |condition: &crate::scenario::Condition, (factor, levels): &(String, Vec<String>)| {
            let own = condition.factors.iter().find(|(known, _)| known == factor)?;
            levels.iter().position(|level| *level == own.1)
        };
        let levels: Option<Vec<Vec<usize>>> = conditions
            .iter()
            .map(|condition| factors.iter().map(|factor| place(condition, factor)).collect())
            .collect();
        let levels = levels?;
        let cells: usize = factors.iter().map(|(_, levels)| levels.len()).product();
        let mut distinct = levels.clone();
        distinct.sort();
        distinct.dedup();
        let unit = conditions.first()?.unit;
        let is_crossed = factors.len() > 1 && distinct.len() == cells && levels.len() == cells;
        (is_crossed && conditions.iter().all(|condition| condition.unit == unit)).then_some(Self { factors, levels })
    }

    /// For these factors every choice of one level other than the first of each: pairs of factor and level.
    fn steps(&self, set: &[usize]) -> Vec<Vec<(usize, usize)>> {
        let mut all: Vec<Vec<(usize, usize)>> = vec![Vec::new()];
        for factor in set {
            let levels = 1..self.factors[*factor].1.len();
            let longer = all.iter().flat_map(|steps| {
                levels.clone().map(|level| {
                    let mut steps = steps.clone();
                    steps.push((*factor, level));
                    steps
                })
            });
            all = longer.collect();
        }
        all
    }

    fn effect(&self, steps: &[(usize, usize)], joint_outcomes: &JointOutcomes) -> Option<Effect> {
        let sign = |levels: &[usize]| -> f64 {
            let signs = steps.iter().map(|(factor, level)| match levels[*factor] {
                0 => -1.0,
                own if own == *level => 1.0,
                _ => 0.0,
            });
            signs.product()
        };
        let taking_part = |factor: &usize| steps.iter().any(|(own, _)| own == factor);
        let others = (0..self.factors.len()).filter(|factor| !taking_part(factor));
        let others: usize = others.map(|factor| self.factors[factor].1.len()).product();
        let terms = self
            .levels
            .iter()
            .enumerate()
            .map(|(condition, levels)| (condition, sign(levels) / others as f64));
        let terms: Vec<(usize, f64)> = terms.filter(|(_, weight)| *weight != 0.0).collect();
        Some(Effect {
            estimate: joint_outcomes.contrast(Deed::Helped, &terms)?,
            conditions: terms.len(),
            factors: steps
                .iter()
                .map(|(factor, level)| {
                    let (name, levels) = &self.factors[*factor];
                    Step {
                        factor: name.clone(),
                        level: levels[*level].clone(),
                        from: levels[0].clone(),
                    }
                })
                .collect(),
        })
    }
}

/// Every set of so many of the first `count` numbers, in order.
fn subsets(count: usize, size: usize) -> Vec<Vec<usize>> {
    let mut all: Vec<Vec<usize>> = vec![Vec::new()];
    for _ in 0..size {
        let longer = all.iter().flat_map(|set| {
            let first = set.last().map_or(0, |last| last + 1);
            (first..count).map(|number| {
                let mut set = set.clone();
                set.push(number);
                set
            })
        });
        all = longer.collect();
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::records::Outcome;
    use crate::engine::test_scenario;
    use crate::summary::joint_outcomes::tests::run;

    /// Perspective, escape and likeness, two levels each, the first factor changing slowest.
    fn two_by_two_by_two() -> Scenario {
        let names = ["a", "b", "c", "d", "e", "f", "g", "h"];
        let mut scenario = test_scenario(&names);
        scenario.run.agents = 2_000;
        for (number, condition) in scenario.conditions.iter_mut().enumerate() {
            let bit = |place: usize| number >> place & 1;
            let level = |place: usize, [low, high]: [&str; 2]| [low, high][bit(place)].to_owned();
            condition.factors = vec![
                ("need".into(), level(2, ["low", "high"])),
                ("escape".into(), level(1, ["easy", "hard"])),
                ("likeness".into(), level(0, ["like", "unlike"])),
            ];
            condition.situation.need = [0.4, 0.8][bit(2)];
            condition.situation.escape = [0.9, 0.0][bit(1)];
            condition.situation.closeness = [0.65, 0.3][bit(0)];
        }
        scenario
    }

    #[test]
    fn effects_of_three_factors_are_those_of_the_rates_by_hand() {
        let scenario = two_by_two_by_two();
        let (tallies, joint_outcomes, _) = run(&scenario);
        let rate: Vec<f64> = tallies
            .iter()
            .map(|tally| tally.units.share(Outcome::Helped).unwrap())
            .collect();
        let found = effects(&scenario, &joint_outcomes);
        let names: Vec<usize> = found.iter().map(|effect| effect.factors.len()).collect();
        assert_eq!(names, [1, 1, 1, 2, 2, 2, 3]);
        let by_hand = [
            (rate[4] + rate[5] + rate[6] + rate[7] - rate[0] - rate[1] - rate[2] - rate[3]) / 4.0,
            (rate[2] + rate[3] + rate[6] + rate[7] - rate[0] - rate[1] - rate[4] - rate[5]) / 4.0,
            (rate[1] + rate[3] + rate[5] + rate[7] - rate[0] - rate[2] - rate[4] - rate[6]) / 4.0,
            (rate[6] + rate[7] - rate[4] - rate[5] - rate[2] - rate[3] + rate[0] + rate[1]) / 2.0,
            (rate[5] + rate[7] - rate[4] - rate[6] - rate[1] - rate[3] + rate[0] + rate[2]) / 2.0,
            (rate[3] + rate[7] - rate[2] - rate[6] - rate[1] - rate[5] + rate[0] + rate[4]) / 2.0,
            (rate[7] - rate[6] - rate[5] + rate[4]) - (rate[3] - rate[2] - rate[1] + rate[0]),
        ];
        for (effect, expected) in found.iter().zip(by_hand) {
            let it = effect.estimate;
            assert!((it.value - expected).abs() < 1e-12, "{effect:?}: {expected}");
            assert!(it.lower < it.value && it.value < it.upper, "{effect:?}");
        }
        let likeness = &found[2].factors[0];
        assert_eq!((likeness.level.as_str(), likeness.from.as_str()), ("unlike", "like"));
    }

    #[test]
    fn conditions_that_do_not_cross_have_no_effects() {
        let mut scenario = two_by_two_by_two();
        scenario.conditions.pop();
        let (_, joint_outcomes, _) = run(&scenario);
        assert_eq!(effects(&scenario, &joint_outcomes), []);
        let mut one = test_scenario(&["a", "b"]);
        one.conditions[0].factors = vec![("x".into(), "1".into())];
        one.conditions[1].factors = vec![("x".into(), "2".into())];
        let (_, joint_outcomes, _) = run(&one);
        assert_eq!(
            effects(&one, &joint_outcomes),
            [],
            "a main effect alone is the difference of the conditions"
        );
    }
}

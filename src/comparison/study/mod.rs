//! What real studies of so many people would have found: fresh people in every condition of every study, with luck of their own.
//!
//! A study draws people from the model as an experimenter draws them from the street: nobody stands in two conditions or two studies. Their
//! address is a population of their own for each condition, told apart by the condition's name, in which study `r` has the people
//! `r · n … (r + 1) · n − 1`; a condition left out or added changes no other.
//!
//! What one study finds is told in [`Found`]. Groups count as one; where a condition keeps only some people, a study recruits `n` and tests
//! those who are kept.

mod found;
mod question;

pub use found::{ALPHA, Finding, Found};
pub use question::{Published, Question, questions};

use super::asked::Place;
use super::blocks::{Block, over_blocks};
use super::measured::{measure, per_unit};
use crate::engine::monitor::{Monitor, Stopped};
use crate::engine::run::Experiment;
use crate::registry::Measure;
use crate::scenario::{Condition, Scenario};
use found::finding;
use question::sides;
use std::collections::{BTreeMap, BTreeSet};

/// Populations from this number on belong to studies; runs have fewer replicates.
const POPULATIONS: u32 = 1 << 31;

/// The most people that all studies of one condition may have.
pub const MOST_PEOPLE: u64 = 20_000_000;

/// How large and how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Design {
    /// People, or groups where groups are counted, in each condition of a study.
    pub per_condition: u32,
    /// Number of studies.
    pub repeats: u32,
}

/// Draws the studies of every question.
///
/// # Errors
///
/// [`Stopped`] once the monitor asks for it.
pub fn studies(
    experiment: &Experiment,
    questions: &[Question],
    design: Design,
    monitor: &dyn Monitor,
) -> Result<Vec<Found>, Stopped> {
    let conditions = &experiment.scenario.conditions;
    let mut values: BTreeMap<(Place, Measure), Vec<Option<f64>>> = BTreeMap::new();
    for (number, condition) in conditions.iter().enumerate().filter(|(it, _)| asked(questions, *it)) {
        let mut wanted: Vec<(Place, Measure)> = questions
            .iter()
            .flat_map(|it| sides(experiment.scenario, it).map(|place| (place, it.measure)))
            .filter(|(it, _)| it.condition == number)
            .collect();
        wanted.sort_unstable();
        wanted.dedup();
        let population = population_of(conditions, number);
        let people = design.per_condition * design.repeats * condition.unit.size();
        let work = |block: &Block| -> Vec<Vec<Option<f64>>> {
            let mut read = vec![Vec::new(); wanted.len()];
            let seen: BTreeSet<usize> = wanted.iter().map(|(it, _)| it.moment).collect();
            let last = seen.last().copied().unwrap_or_default();
            block.live(condition, (&seen, last), &mut |moment, cast, records| {
                for ((place, of), read) in wanted.iter().zip(&mut read) {
                    if place.moment == moment {
                        *read = measure(experiment, condition, cast, records, *of);
                    }
                }
            });
            read
        };
        over_blocks(
            experiment,
            0..people,
            population..population + 1,
            "drawing studies",
            monitor,
            work,
            |block| {
                for (asked, later) in wanted.iter().zip(block) {
                    values.entry(*asked).or_default().extend(later);
                }
            },
        )?;
    }
    let found = questions.iter().map(|question| {
        let of = |place: Place| {
            let all = values.get(&(place, question.measure)).map_or(&[][..], Vec::as_slice);
            let each = design.per_condition as usize * per_unit(&conditions[place.condition], question.measure);
            all.chunks_exact(each).take(design.repeats as usize)
        };
        let [treatment, control] = sides(experiment.scenario, question);
        let studies = of(treatment).zip(of(control));
        Found {
            question: question.clone(),
            studies: studies
                .map(|(treatment, control)| finding(question, treatment, control))
                .collect(),
        }
    });
    Ok(found.collect())
}

/// People in all studies of one condition; none if more than can be simulated.
pub fn people(scenario: &Scenario, design: Design) -> Option<u64> {
    let members = scenario.conditions.iter().map(|it| it.unit.size()).max().unwrap_or(1);
    let people = u64::from(design.per_condition) * u64::from(design.repeats) * u64::from(members);
    (people <= MOST_PEOPLE).then_some(people)
}

fn asked(questions: &[Question], condition: usize) -> bool {
    questions
        .iter()
        .any(|it| it.pair.treatment == condition || it.pair.control == condition)
}

/// The number of the population that a condition's studies draw from: a hash of its name (FNV-1a), moved on past earlier conditions with the same.
fn population_of(conditions: &[Condition], number: usize) -> u32 {
    let hash = |it: &Condition| {
        let mixed = it.name.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
            (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
        });
        // One less than all, so that there is a population after each.
        mixed % (POPULATIONS - 1)
    };
    let mut taken = Vec::with_capacity(number + 1);
    for it in &conditions[..=number] {
        let mut place = hash(it);
        while taken.contains(&place) {
            place = (place + 1) % (POPULATIONS - 1);
        }
        taken.push(place);
    }
    POPULATIONS + taken.pop().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comparison::Pair;
    use crate::engine::monitor::Unwatched;
    use crate::engine::records::Outcome;
    use crate::engine::test_scenario;
    use crate::model::agent::Trait;
    use crate::parameters::shipped;
    use crate::registry::Measure;
    use crate::scenario::{Dominant, Unit};
    use crate::statistics::Z_95;
    use statrs::function::erf::erfc;

    const PAIR: Pair = Pair {
        treatment: 1,
        control: 0,
    };

    fn question(measure: Measure) -> Question {
        Question {
            pair: PAIR,
            measure,
            weeks: [None; 2],
            published: None,
        }
    }

    fn found(scenario: &Scenario, measure: Measure, design: Design) -> Found {
        let parameters = shipped();
        let experiment = Experiment::new(scenario, &parameters);
        studies(&experiment, &[question(measure)], design, &Unwatched)
            .unwrap()
            .remove(0)
    }

    /// Two conditions alike but for the motive of compassion in the second.
    fn scenario(motive: f64) -> Scenario {
        let mut scenario = test_scenario(&["plain", "moved"]);
        for it in &mut scenario.conditions {
            (it.situation.need, it.situation.escape) = (0.8, 0.9);
        }
        scenario.conditions[1].population[Trait::CompassionMotive as usize].mean = motive;
        scenario
    }

    /// Where nothing differs, one study in twenty says that it does: 4,000 studies show .05 within .013 (four standard errors and the grain of
    /// small counts).
    #[test]
    fn studies_of_nothing_are_significant_once_in_twenty() {
        let design = Design {
            per_condition: 40,
            repeats: 4_000,
        };
        for measure in [Measure::Helped, Measure::NegativeAffect] {
            let power = found(&scenario(0.0), measure, design).significant().share().unwrap();
            assert!((power - 0.05).abs() < 0.013, "{measure:?}: {power}");
        }
    }

    /// The normal approximation for two known rates, two-sided: Φ((|p₁ − p₂| − z √(2 p̄ q̄ / n)) / √(p₁q₁/n + p₂q₂/n)).
    #[test]
    fn power_is_what_the_normal_approximation_says() {
        let scenario = scenario(1.5);
        let tallies = Experiment::new(&scenario, &shipped()).tallies();
        let rate = |it: usize| tallies[it].units.share(Outcome::Helped).unwrap();
        let (a, b) = (rate(1), rate(0));
        for n in [40_u32, 100] {
            let design = Design {
                per_condition: n,
                repeats: 2_000,
            };
            let power = found(&scenario, Measure::Helped, design).significant().share().unwrap();
            let mean = (a + b) / 2.0;
            let n = f64::from(n);
            let under_null = Z_95 * (2.0 * mean * (1.0 - mean) / n).sqrt();
            let spread = ((a * (1.0 - a) + b * (1.0 - b)) / n).sqrt();
            let expected = 0.5 * erfc(-((a - b).abs() - under_null) / spread / std::f64::consts::SQRT_2);
            assert!((0.1..0.95).contains(&expected), "{expected} tests nothing");
            assert!((power - expected).abs() < 0.04, "n = {n}: {power} and {expected}");
        }
    }

    /// People of studies are nobody else: those of one condition are not those of another, and another condition more changes nothing.
    #[test]
    fn people_are_fresh_and_belong_to_the_name_of_the_condition() {
        let two = scenario(0.5);
        let mut three = two.clone();
        three.conditions.push(Condition {
            name: "third".to_owned(),
            ..two.conditions[0].clone()
        });
        let design = Design {
            per_condition: 20,
            repeats: 50,
        };
        assert_eq!(
            found(&two, Measure::Compassion, design),
            found(&three, Measure::Compassion, design)
        );
        let numbers: Vec<u32> = (0..3).map(|it| population_of(&three.conditions, it)).collect();
        assert!(numbers.iter().all(|it| *it >= POPULATIONS && *it < u32::MAX));
        assert!(numbers[0] != numbers[1] && numbers[1] != numbers[2]);
        // With the same people in both conditions every study would find exactly nothing.
        let null = found(&scenario(0.0), Measure::Compassion, design);
        assert!(null.studies.iter().flatten().all(|it| it.d != 0.0));
        assert_eq!(null.studies.len(), 50);
    }

    /// Before and after in one condition the same people are measured twice; a contrast of another week is measured in that week.
    #[test]
    fn weeks_are_those_that_the_contrast_names() {
        use crate::model::training::Practice;
        use crate::scenario::Timeline;
        let mut scenario = scenario(0.0);
        for it in &mut scenario.conditions {
            it.protocol.timeline = Some(Timeline {
                weeks: 1.0,
                measure_at: vec![0.0, 1.0],
            });
        }
        scenario.conditions[1].training = vec![Practice {
            transportation: 0.0,
            programs: vec![0],
            hours: 20.0,
            weeks: 1.0,
        }];
        let parameters = shipped();
        let experiment = Experiment::new(&scenario, &parameters);
        let design = Design {
            per_condition: 40,
            repeats: 25,
        };
        let ask = |treatment, control, weeks: [f64; 2]| {
            let question = Question {
                pair: Pair { treatment, control },
                measure: Measure::NegativeAffect,
                weeks: weeks.map(Some),
                published: None,
            };
            let found = studies(&experiment, &[question], design, &Unwatched).unwrap();
            (found[0].means().0.unwrap(), found[0].significant().successes)
        };
        // 1,000 people in all: a standardised difference has a standard error of .045.
        let (rise, often) = ask(1, 1, [1.0, 0.0]);
        assert!(
            rise > 0.2 && often > 5,
            "after empathy training: {rise:+.2}, {often} of 25"
        );
        let (nothing, seldom) = ask(0, 0, [1.0, 0.0]);
        assert!(
            nothing.abs() < 0.15 && seldom < 5,
            "without: {nothing:+.2}, {seldom} of 25"
        );
        let (before, _) = ask(1, 0, [0.0, 0.0]);
        assert!(before.abs() < 0.2, "between arms before: {before:+.2}");
        let (after, _) = ask(1, 0, [1.0, 1.0]);
        assert!(after > 0.2, "between arms after: {after:+.2}");
    }

    #[test]
    fn groups_and_selections_are_studied_as_they_are_counted() {
        let mut scenario = scenario(0.5);
        for it in &mut scenario.conditions {
            it.unit = Unit::Group(3);
        }
        scenario.conditions[0].select = Some(Dominant::EmpathicConcern);
        let design = Design {
            per_condition: 15,
            repeats: 30,
        };
        let helped = found(&scenario, Measure::Helped, design);
        assert_eq!(helped.studies.iter().flatten().count(), 30);
        let rated = found(&scenario, Measure::PositiveAffect, design);
        assert_eq!(rated.studies.iter().flatten().count(), 30);
    }
}

//! The answer to a scenario's question in plain words, put together from the numbers of the run.

use super::{ConditionSummary, Summary};
use crate::engine::records::Outcome;
use crate::scenario::Unit;

/// Smallest difference in overwhelmed or leaving people that is worth a word, as a share.
const WORTH_SAYING: f64 = 0.03;

/// A few sentences: who helps most and least, whether that differs from the first condition, and what becomes of leaving and of being
/// overwhelmed.
///
/// Only what the numbers say is said: another result gives other sentences.
pub fn answer(summary: &Summary) -> String {
    let conditions: Vec<&ConditionSummary> = summary
        .conditions
        .iter()
        .filter(|it| it.helping_rate.is_some())
        .collect();
    match conditions[..] {
        [] => "Nobody is counted in any condition, so there is nothing to compare.".to_owned(),
        [only] => alone(only),
        [first, ref others @ ..] => {
            let parts = [
                extremes(&conditions),
                differences(first, others),
                trend(first, others, "leave", |it| it.share(Outcome::Left)),
                trend(first, others, "are overwhelmed", |it| it.overwhelmed),
            ];
            parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
        }
    }
}

fn alone(only: &ConditionSummary) -> String {
    let (rate, interval) = (only.helping_rate.unwrap_or_default(), only.interval);
    format!(
        "{} of 100 {} help (95 % interval {} to {}); {} leave, and {} of 100 people are overwhelmed.",
        points(rate),
        units(only),
        points(interval.lower),
        points(interval.upper),
        points(only.share(Outcome::Left).unwrap_or_default()),
        points(only.overwhelmed.unwrap_or_default()),
    )
}

/// Who helps most and who least.
fn extremes(conditions: &[&ConditionSummary]) -> Option<String> {
    let by_rate = |one: &&&ConditionSummary, other: &&&ConditionSummary| {
        let rate = |it: &ConditionSummary| it.helping_rate.unwrap_or_default();
        rate(one).total_cmp(&rate(other))
    };
    // Of several with the same rate the first one of the file.
    let most = conditions.iter().rev().max_by(by_rate)?;
    let least = conditions.iter().min_by(by_rate)?;
    let (high, low) = (most.helping_rate?, least.helping_rate?);
    Some(
        if most.units.of(Outcome::Helped) == least.units.of(Outcome::Helped) && high == low {
            format!(
                "Equally many help in all conditions ({} of 100 {}).",
                points(high),
                units(most)
            )
        } else {
            format!(
                "Most help in “{}” ({} of 100 {}), fewest in “{}” ({}).",
                most.name,
                points(high),
                units(most),
                least.name,
                points(low)
            )
        },
    )
}

/// Which conditions differ from the first, and which cannot be told apart from it.
fn differences(first: &ConditionSummary, others: &[&ConditionSummary]) -> Option<String> {
    let mut more = Vec::new();
    let mut fewer = Vec::new();
    let mut same = Vec::new();
    for it in others {
        let Some(difference) = it.difference else { continue };
        let by = format!("“{}” ({} points)", it.name, signed_points(difference.value));
        if difference.lower > 0.0 {
            more.push(by);
        } else if difference.upper < 0.0 {
            fewer.push(by);
        } else {
            same.push(format!("“{}”", it.name));
        }
    }
    let mut parts = Vec::new();
    if !more.is_empty() {
        parts.push(format!("more help in {}", list(&more)));
    }
    if !fewer.is_empty() {
        parts.push(format!("fewer help in {}", list(&fewer)));
    }
    if !same.is_empty() {
        let some = list(&same);
        parts.push(format!(
            "{some} cannot be told apart from it (the interval of the difference includes zero)"
        ));
    }
    (!parts.is_empty()).then(|| format!("Compared with “{}”, {}.", first.name, parts.join("; ")))
}

/// How a share other than helping moves from the first condition to the one where it differs most.
fn trend(
    first: &ConditionSummary,
    others: &[&ConditionSummary],
    present: &str,
    share: impl Fn(&ConditionSummary) -> Option<f64>,
) -> Option<String> {
    let start = share(first)?;
    let mut changes: Vec<(&ConditionSummary, f64)> = others.iter().filter_map(|it| Some((*it, share(it)?))).collect();
    changes.sort_by(|one, other| one.1.total_cmp(&other.1));
    let (lowest, highest) = (changes.first()?, changes.last()?);
    let (falls, rises) = (start - lowest.1 >= WORTH_SAYING, highest.1 - start >= WORTH_SAYING);
    let to = |(condition, share): &(&ConditionSummary, f64)| format!("{} in “{}”", points(*share), condition.name);
    let from = format!("{} of 100 {present} in “{}”", points(start), first.name);
    Some(match (falls, rises) {
        (false, false) => {
            format!(
                "About as many {present} in every condition ({} of 100 in “{}”).",
                points(start),
                first.name
            )
        }
        (true, false) => format!("{from}, as few as {}.", to(lowest)),
        (false, true) => format!("{from}, as many as {}.", to(highest)),
        (true, true) => format!("{from}, between {} and {}.", to(lowest), to(highest)),
    })
}

fn units(condition: &ConditionSummary) -> &'static str {
    match condition.unit {
        Unit::Person => "people",
        Unit::Group(_) => "groups",
    }
}

/// A share in whole points of a hundred.
fn points(share: f64) -> String {
    format!("{:.0}", share * 100.0)
}

fn signed_points(difference: f64) -> String {
    let points = format!("{:+.1}", difference * 100.0);
    if points == "-0.0" {
        "+0.0".to_owned()
    } else {
        points.replace('-', "−")
    }
}

/// “a”, “b” and “c”.
fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::run::Experiment;
    use crate::engine::test_scenario;
    use crate::model::mechanism::{Knockout, Mechanism};
    use crate::parameters::shipped;
    use crate::scenario::Scenario;

    /// Practice in compassion before a scene that one could walk away from; `knockout` holds in the second condition.
    fn answered(knockout: Knockout) -> String {
        let mut scenario: Scenario = test_scenario(&["untrained", "trained"]);
        scenario.run.agents = 4_000;
        for it in &mut scenario.conditions {
            (it.situation.need, it.situation.escape) = (0.8, 0.9);
        }
        let trained = &mut scenario.conditions[1];
        trained.population[crate::model::agent::Trait::CompassionMotive as usize].mean = 1.0;
        trained.knockout = knockout;
        let parameters = shipped();
        answer(&Summary::new(
            &scenario,
            &Experiment::new(&scenario, &parameters).tallies(),
        ))
    }

    #[test]
    fn a_knock_out_that_turns_the_result_round_turns_the_sentence_round() {
        let whole = answered(Knockout::NONE);
        let without = answered(Knockout::NONE.with(Mechanism::CompassionMotive));
        assert!(whole.starts_with("Most help in “trained”"), "{whole}");
        assert!(whole.contains("more help in “trained” (+"), "{whole}");
        assert!(without.starts_with("Most help in “untrained”"), "{without}");
        assert!(without.contains("fewer help in “trained” (−"), "{without}");
    }

    #[test]
    fn two_conditions_that_are_alike_are_not_told_apart() {
        let mut scenario = test_scenario(&["one", "other"]);
        scenario.run.agents = 500;
        let parameters = shipped();
        let text = answer(&Summary::new(
            &scenario,
            &Experiment::new(&scenario, &parameters).tallies(),
        ));
        assert!(text.starts_with("Equally many help in all conditions"), "{text}");
        assert!(text.contains("“other” cannot be told apart from it"), "{text}");
        assert!(text.contains("About as many leave in every condition"), "{text}");
    }
}

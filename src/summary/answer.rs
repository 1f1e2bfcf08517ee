//! The answer to a scenario's question in plain words, put together from the numbers of the run.

use super::{ConditionSummary, Summary};
use crate::engine::records::Outcome;
use crate::scenario::Unit;
use crate::statistics::half_up;

/// Smallest difference in overwhelmed or leaving people that is worth a word, as a share.
const WORTH_SAYING: f64 = 0.03;

/// Two or three sentences: who helps most and least and by how much, and what becomes of leaving and of being overwhelmed.
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
        [first, ..] => {
            let parts = [extremes(first, &conditions), rest(&conditions)];
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

/// Who helps most and who least, and how far that is from the condition that all are compared with.
fn extremes(first: &ConditionSummary, conditions: &[&ConditionSummary]) -> Option<String> {
    let by_rate = |one: &&&ConditionSummary, other: &&&ConditionSummary| {
        let rate = |it: &ConditionSummary| it.helping_rate.unwrap_or_default();
        rate(one).total_cmp(&rate(other))
    };
    // Of several with the same rate the first one of the file.
    let most = conditions.iter().rev().max_by(by_rate)?;
    let least = conditions.iter().min_by(by_rate)?;
    let (high, low) = (most.helping_rate?, least.helping_rate?);
    if high == low {
        let (rate, units) = (points(high), units(most));
        return Some(format!("Equally many help in all conditions ({rate} of 100 {units})."));
    }
    let extremes = format!(
        "Most help in “{}” ({} of 100 {}), fewest in “{}” ({}{}).",
        most.name,
        points(high),
        units(most),
        least.name,
        points(low),
        if units(most) == units(least) {
            String::new()
        } else {
            format!(" of 100 {}", units(least))
        },
    );
    let compared: Vec<String> = [most, least].into_iter().filter_map(|it| compared(it)).collect();
    Some(match &compared[..] {
        [] => extremes,
        some => format!("{extremes} Compared with “{}”, {}.", first.name, some.join(" and ")),
    })
}

/// How a condition differs from the first one; none for the first.
fn compared(condition: &ConditionSummary) -> Option<String> {
    let (name, difference) = (&condition.name, condition.difference?);
    let (lower, upper) = (signed_points(difference.lower), signed_points(difference.upper));
    let by = format!(
        "{} points, 95 % interval {lower} to {upper}",
        signed_points(difference.value)
    );
    Some(if difference.lower > 0.0 {
        format!("more help in “{name}” ({by})")
    } else if difference.upper < 0.0 {
        format!("fewer help in “{name}” ({by})")
    } else {
        format!("“{name}” cannot be told apart from it ({by})")
    })
}

/// What becomes of leaving and of being overwhelmed.
fn rest(conditions: &[&ConditionSummary]) -> Option<String> {
    let left = range(conditions, |it| it.share(Outcome::Left))?;
    let overwhelmed = range(conditions, |it| it.overwhelmed)?;
    let words = |range: &Range, present: &str| match range {
        Range::Same(share) => format!("about as many {present} everywhere ({} of 100)", points(*share)),
        Range::From((low, least), (high, most)) => format!(
            "most {present} in “{}” ({} of 100), fewest in “{}” ({})",
            most.name,
            points(*high),
            least.name,
            points(*low)
        ),
    };
    let mut parts = vec![words(&left, "leave"), words(&overwhelmed, "are overwhelmed")];
    let punished = range(conditions, |it| it.share(Outcome::Punished))?;
    if matches!(punished, Range::From(..)) {
        parts.push(words(&punished, "punish"));
    }
    let sentence = format!("{}.", parts.join("; "));
    let first = sentence.chars().next()?;
    Some(first.to_uppercase().chain(sentence.chars().skip(1)).collect())
}

/// Where a share lies over all conditions.
enum Range<'a> {
    /// About the same everywhere.
    Same(f64),
    /// Lowest and highest share, and where.
    From((f64, &'a ConditionSummary), (f64, &'a ConditionSummary)),
}

fn range<'a>(
    conditions: &[&'a ConditionSummary],
    share: impl Fn(&ConditionSummary) -> Option<f64>,
) -> Option<Range<'a>> {
    let shares = || conditions.iter().filter_map(|it| Some((share(it)?, *it)));
    let lowest = shares().min_by(|one, other| one.0.total_cmp(&other.0))?;
    // Of several with the same share the first one of the file.
    let highest = shares().reduce(|one, other| if other.0 > one.0 { other } else { one })?;
    Some(if highest.0 - lowest.0 < WORTH_SAYING {
        Range::Same(shares().next()?.0)
    } else {
        Range::From(lowest, highest)
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
    format!("{:.0}", half_up(share * 100.0, 0))
}

fn signed_points(difference: f64) -> String {
    let points = format!("{:+.1}", half_up(difference * 100.0, 1));
    if points == "-0.0" {
        "+0.0".to_owned()
    } else {
        points.replace('-', "−")
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
        assert!(text.contains("About as many leave everywhere ("), "{text}");
    }
}

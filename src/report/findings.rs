//! Titles of charts: what each of them shows, put into a sentence from its numbers.

use crate::comparison::pairs::PairTally;
use crate::engine::place::Place;
use crate::engine::records::Outcome;
use crate::registry::Gifts;
use crate::scenario::{Scenario, Unit};
use crate::summary::{ConditionSummary, Summary};
use crate::wording::{decimal, in_week};

/// Shares that lie closer together than this are not told apart in a title.
const ALIKE: f64 = 0.03;

/// Letters of a condition's name in a title.
const NAME: usize = 44;

/// A condition and its number.
pub(super) struct Of<'a> {
    pub(super) name: &'a str,
    pub(super) value: f64,
}

/// The highest and the lowest of some conditions; none of fewer than two, or where they lie closer together than `least`.
pub(super) fn ends<'o, 'a>(all: &'o [Of<'a>], least: f64) -> Option<(&'o Of<'a>, &'o Of<'a>)> {
    // Of equal ones the first.
    let highest = all
        .iter()
        .reduce(|one, other| if other.value > one.value { other } else { one })?;
    let lowest = all
        .iter()
        .reduce(|one, other| if other.value < one.value { other } else { one })?;
    (highest.value - lowest.value >= least && highest.value > lowest.value).then_some((highest, lowest))
}

/// A condition's name between quotation marks; the middle of a long one is left out.
pub(super) fn quoted(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    if letters.len() <= NAME {
        return format!("“{name}”");
    }
    let part = |letters: &[char]| letters.iter().collect::<String>().trim().to_owned();
    let half = (NAME - 1) / 2;
    format!(
        "“{}…{}”",
        part(&letters[..half]),
        part(&letters[letters.len() - half..])
    )
}

/// The week that stands for the whole, where there are weeks: ` in week 8`.
pub(super) fn when(scenario: &Scenario) -> String {
    let week = Place::new(scenario, 0, None).week(scenario);
    week.map_or_else(String::new, |week| format!(" {}", in_week(week)))
}

/// A share in whole points of a hundred.
pub(super) fn hundred(share: f64) -> String {
    decimal(share * 100.0, 0)
}

/// Who helps most, and who least.
pub(super) fn helping(scenario: &Scenario, summary: &Summary) -> String {
    let rates: Vec<Of> = summary
        .conditions
        .iter()
        .filter_map(|it| of(it, it.helping_rate))
        .collect();
    let when = when(scenario);
    let units = |name: &str| {
        let unit = scenario.conditions.iter().find(|it| it.name == name).map(|it| it.unit);
        if matches!(unit, Some(Unit::Group(_))) {
            "groups"
        } else {
            "people"
        }
    };
    match (&rates[..], ends(&rates, ALIKE)) {
        ([], _) => "Nobody is counted".to_owned(),
        ([only], _) => format!("{} of 100 {} help{when}", hundred(only.value), units(only.name)),
        (_, Some((most, fewest))) => {
            let apart = if units(most.name) == units(fewest.name) {
                String::new()
            } else {
                format!(" of 100 {}", units(fewest.name))
            };
            format!(
                "Most help in {} ({} of 100 {}), fewest in {} ({}{apart}){when}",
                quoted(most.name),
                hundred(most.value),
                units(most.name),
                quoted(fewest.name),
                hundred(fewest.value),
            )
        }
        (several, None) => {
            let mean = several.iter().map(|it| it.value).sum::<f64>() / several.len() as f64;
            format!("About {} of 100 help in every condition{when}", hundred(mean))
        }
    }
}

/// How the encounter ends otherwise: the ending in which conditions differ most.
pub(super) fn endings(scenario: &Scenario, summary: &Summary) -> String {
    const OTHERS: [(Outcome, &str); 4] = [
        (Outcome::Left, "leave"),
        (Outcome::Undecided, "stay undecided"),
        (Outcome::Relieved, "are relieved by another's help"),
        (Outcome::Punished, "punish"),
    ];
    let when = when(scenario);
    let shares = |outcome| -> Vec<Of> {
        let counted = summary
            .conditions
            .iter()
            .filter_map(|it| of(it, it.people.share(outcome)));
        counted.collect()
    };
    if let [only] = &summary.conditions[..] {
        let share = |outcome| only.people.share(outcome).map_or_else(String::new, hundred);
        return format!(
            "{} of 100 people help{when}, {} leave, {} stay undecided",
            share(Outcome::Helped),
            share(Outcome::Left),
            share(Outcome::Undecided)
        );
    }
    let graded = |outcome| outcome == Outcome::Undecided && scenario.gifts() == Gifts::Everywhere;
    let told = OTHERS.into_iter().filter_map(|(outcome, verb)| {
        let all = shares(outcome);
        let (most, fewest) = ends(&all, ALIKE)?;
        let verb = if graded(outcome) { "give nothing" } else { verb };
        let text = format!(
            "Most {verb} in {} ({} of 100), fewest in {} ({}){when}",
            quoted(most.name),
            hundred(most.value),
            quoted(fewest.name),
            hundred(fewest.value)
        );
        Some((most.value - fewest.value, text))
    });
    let largest = told.reduce(|one, other| if other.0 > one.0 { other } else { one });
    largest.map_or_else(
        || format!("Who does not help does the same in every condition{when}"),
        |it| it.1,
    )
}

/// Which value is highest and which lowest, of a mean: `Personal distress at the end of the scene: …`.
pub(super) fn means(what: &str, all: &[Of], told: &dyn Fn(f64) -> String) -> String {
    match (all, ends(all, 0.0)) {
        ([only], _) => format!("{what}: {}", told(only.value)),
        (_, Some((highest, lowest))) if told(highest.value) != told(lowest.value) => format!(
            "{what}: highest in {} ({}), lowest in {} ({})",
            quoted(highest.name),
            told(highest.value),
            quoted(lowest.name),
            told(lowest.value)
        ),
        _ => format!("{what}: the same in every condition"),
    }
}

/// Who helps only in one of two conditions, in the pair with the largest difference.
pub(super) fn gained(scenario: &Scenario, pairs: &[&PairTally]) -> String {
    let size = |it: &PairTally| it.difference().map_or(0.0, |it| it.value.abs());
    let largest = pairs
        .iter()
        .copied()
        .reduce(|one, other| if size(other) > size(one) { other } else { one });
    let Some(pair) = largest else {
        return "Nobody is compared".to_owned();
    };
    let of = |count: u64| hundred(count as f64 / pair.joint.people().max(1) as f64);
    let name = |condition: usize| quoted(&scenario.conditions[condition].name);
    format!(
        "{} of 100 help only in {}, {} only in {}{}",
        of(pair.joint.first_only),
        name(pair.pair.treatment),
        of(pair.joint.second_only),
        name(pair.pair.control),
        when(scenario)
    )
}

fn of(it: &ConditionSummary, value: Option<f64>) -> Option<Of<'_>> {
    Some(Of {
        name: &it.name,
        value: value?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all<'a>(values: &[(&'a str, f64)]) -> Vec<Of<'a>> {
        values.iter().map(|(name, value)| Of { name, value: *value }).collect()
    }

    #[test]
    fn the_highest_and_the_lowest_are_told_and_what_is_alike_is_not() {
        let told = |values: &[(&str, f64)]| means("Compassion", &all(values), &|value| decimal(value, 2));
        assert_eq!(
            told(&[("a", 0.2), ("b", 0.5), ("c", 0.1)]),
            "Compassion: highest in “b” (0.50), lowest in “c” (0.10)"
        );
        assert_eq!(told(&[("a", 0.2)]), "Compassion: 0.20");
        assert_eq!(
            told(&[("a", 0.2), ("b", 0.201)]),
            "Compassion: the same in every condition"
        );
        assert!(ends(&all(&[("a", 0.5), ("b", 0.51)]), ALIKE).is_none());
    }

    #[test]
    fn a_long_name_keeps_its_ends() {
        let name = quoted(&format!(
            "after eight weeks {} wearing shirt 12",
            "of practice ".repeat(8)
        ));
        assert!(name.chars().count() <= NAME + 2, "{name}");
        assert!(
            name.starts_with("“after eight weeks") && name.ends_with("shirt 12”"),
            "{name}"
        );
    }
}

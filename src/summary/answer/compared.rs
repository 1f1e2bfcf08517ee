//! Conditions compared with one of them, in words.

use super::words::{counted, listed, points, size, verb, with_interval};
use crate::statistics::Estimate;
use crate::summary::ConditionSummary;
use crate::summary::together::{Deed, Together};

/// Smallest difference that is called one, as a share: three people of a hundred, which one would hardly notice in a class or a street.
pub const WORTH_SAYING: f64 = 0.03;

/// How many did in the first condition, and in which others more or fewer did; none if nobody is counted.
pub fn with_the_first(deed: Deed, conditions: &[ConditionSummary], together: &Together) -> Option<String> {
    let first = conditions.first()?;
    let share = together.count(deed, 0).share()?;
    let others: Vec<usize> = (1..together.conditions()).collect();
    let name = |it: usize| conditions[it].name.as_str();
    let compared = differences(
        deed,
        0,
        &others,
        &Named {
            name: &name,
            conditions,
        },
        together,
    );
    Some(format!(
        "In “{}” {} of 100 {} {}: {compared}.",
        first.name,
        points(share),
        counted(first.unit, deed),
        verb(deed),
    ))
}

/// How conditions are called.
pub struct Named<'a> {
    /// The name of each, or its level of a factor.
    pub name: &'a dyn Fn(usize) -> &'a str,
    /// The conditions.
    pub conditions: &'a [ConditionSummary],
}

/// In which conditions more or fewer did than in one of them, the largest differences first, and which cannot be told from it.
pub fn differences(deed: Deed, from: usize, others: &[usize], named: &Named, together: &Together) -> String {
    let units = |it: usize| counted(named.conditions[it].unit, deed);
    let mut all: Vec<(usize, Estimate)> = others
        .iter()
        .filter_map(|it| Some((*it, together.difference(deed, *it, from)?)))
        .collect();
    all.sort_by(|one, other| other.1.value.abs().total_cmp(&one.1.value.abs()));
    let told = |it: &Estimate| it.value.abs() >= WORTH_SAYING && it.lower * it.upper > 0.0;
    let mut in_full = true;
    let mut parts = Vec::new();
    for (word, above) in [("more", true), ("fewer", false)] {
        let here = all.iter().filter(|(_, it)| told(it) && (it.value > 0.0) == above);
        let here: Vec<String> = here
            .map(|(condition, it)| {
                let shown = with_interval(*it, std::mem::take(&mut in_full));
                // Only where something else is counted than in the condition it is compared with.
                let own = units(*condition);
                let unit = if own == units(from) {
                    String::new()
                } else {
                    format!("{own}, ")
                };
                format!("“{}” ({unit}{shown})", (named.name)(*condition))
            })
            .collect();
        if !here.is_empty() {
            parts.push(format!("{word} with {}", listed(here)));
        }
    }
    let alike: Vec<&(usize, Estimate)> = all.iter().filter(|(_, it)| !told(it)).collect();
    if !alike.is_empty() {
        let names = alike
            .iter()
            .map(|(condition, _)| format!("“{}”", (named.name)(*condition)));
        let names = listed(names.collect());
        parts.push(format!("{} with {names}", no_difference(alike.iter().map(|it| it.1))));
    }
    parts.join("; ")
}

/// How large differences that are not worth saying could be.
pub fn no_difference(differences: impl Iterator<Item = Estimate>) -> String {
    let largest = differences
        .map(|it| it.lower.abs().max(it.upper.abs()))
        .fold(0.0, f64::max);
    match size(largest).as_str() {
        "0.0" => "no difference".to_owned(),
        largest => format!("no difference larger than {largest} points"),
    }
}

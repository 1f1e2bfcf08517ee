//! Conditions compared with one of them, in words.

use super::scale::Scale;
use super::words::{counted, listed_up_to, points, verb};
use crate::statistics::Estimate;
use crate::summary::ConditionSummary;
use crate::summary::joint_outcomes::{Deed, JointOutcomes};

/// Smallest difference that is called one, as a share: three people of a hundred, which one would hardly notice in a class or a street.
pub const WORTH_SAYING: f64 = 0.03;

/// How many did in the first condition, and in which others more or fewer did; none if nobody is counted. `when` is said where there are
/// weeks to tell apart.
pub fn with_the_first(
    deed: Deed,
    conditions: &[ConditionSummary],
    when: &str,
    joint_outcomes: &JointOutcomes,
    scale: Scale,
) -> Option<String> {
    let first = conditions.first()?;
    let share = joint_outcomes.count(deed, 0).share()?;
    let others: Vec<usize> = (1..joint_outcomes.conditions()).collect();
    let name = |it: usize| conditions[it].name.as_str();
    let compared = differences(
        deed,
        0,
        &others,
        &Named {
            name: &name,
            conditions,
        },
        joint_outcomes,
        scale,
    );
    Some(format!(
        "In “{}” {} of 100 {} {}{when}: {compared}.",
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

/// In which conditions more or fewer did than in one of them.
pub fn differences(
    deed: Deed,
    from: usize,
    others: &[usize],
    named: &Named,
    joint_outcomes: &JointOutcomes,
    scale: Scale,
) -> String {
    let units = |it: usize| counted(named.conditions[it].unit, deed);
    let compared = others.iter().filter_map(|it| {
        let difference = joint_outcomes.difference(deed, *it, from)?;
        Some(Compared {
            label: format!("with “{}”", (named.name)(*it)),
            // Only where something else is counted than in the condition it is compared with.
            unit: if units(*it) == units(from) { "" } else { units(*it) },
            told: difference.value.abs() >= WORTH_SAYING && difference.lower * difference.upper > 0.0,
            difference,
        })
    });
    sorted_out(compared.collect(), scale)
}

/// Something that is compared with something else.
pub struct Compared {
    /// What it is, with its preposition: `with “compassion training”`, `in week 2`.
    pub label: String,
    /// What is counted there, if something else than in what it is compared with.
    pub unit: &'static str,
    /// By how much it differs.
    pub difference: Estimate,
    /// Whether that is worth saying.
    pub told: bool,
}

/// What is higher, what is lower, the largest differences first, and what cannot be told apart.
pub fn sorted_out(mut all: Vec<Compared>, scale: Scale) -> String {
    all.sort_by(|one, other| other.difference.value.abs().total_cmp(&one.difference.value.abs()));
    let mut in_full = true;
    let mut parts = Vec::new();
    for (word, above) in [(scale.more, true), (scale.fewer, false)] {
        let here = all.iter().filter(|it| it.told && (it.difference.value > 0.0) == above);
        let here: Vec<String> = here
            .enumerate()
            .map(|(place, it)| {
                let shown = scale.with_interval(it.difference, std::mem::take(&mut in_full));
                let unit = if it.unit.is_empty() { "" } else { ", " };
                format!("{} ({}{unit}{shown})", preposition_once(&it.label, place), it.unit)
            })
            .collect();
        if !here.is_empty() {
            parts.push(format!("{word} {}", listed_up_to(scale.named(), here)));
        }
    }
    let alike = || all.iter().filter(|it| !it.told);
    let names = alike()
        .enumerate()
        .map(|(place, it)| preposition_once(&it.label, place).to_owned());
    let names: Vec<String> = names.collect();
    if !names.is_empty() {
        let none = scale.no_difference(alike().map(|it| it.difference));
        parts.push(format!("{none} {}", listed_up_to(scale.named(), names)));
    }
    parts.join("; ")
}

/// `with “a”` at the first place of a list, and `“b”` after it.
fn preposition_once(label: &str, place: usize) -> &str {
    match label.strip_prefix("with ") {
        Some(name) if place > 0 => name,
        _ => label,
    }
}

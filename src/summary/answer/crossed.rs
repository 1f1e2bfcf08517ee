//! Conditions that cross factors: what one factor does where the others are so or so.

use super::compared::{Named, WORTH_SAYING, differences};
use super::scale::{Detail, Scale};
use super::words::{counted, listed, points};
use crate::document::in_words;
use crate::scenario::Unit;
use crate::statistics::Estimate;
use crate::summary::ConditionSummary;
use crate::summary::joint_outcomes::{Deed, JointOutcomes};
use crate::wording::capital;

/// Circumstances that are told one by one.
const TOLD: usize = 6;

/// A design in which a factor varies within at least two circumstances.
pub struct Crossing<'a> {
    conditions: &'a [ConditionSummary],
    joint_outcomes: &'a JointOutcomes,
    scale: Scale,
    /// The factor that is followed: the first two conditions differ in it.
    focus: String,
    circumstances: Vec<Circumstance>,
}

/// Conditions that differ in the factor in focus alone.
struct Circumstance {
    /// The other factors and their levels.
    others: Vec<(String, String)>,
    /// Conditions in the order of the file.
    conditions: Vec<usize>,
}

impl<'a> Crossing<'a> {
    /// The crossing that the factors of the conditions make; none if there is none.
    ///
    /// The factor in focus is the one in which the first two conditions of the file differ: files list conditions in nested order, the
    /// factor of interest changing fastest. Circumstances in which it does not vary are left to the main effects.
    pub fn new(conditions: &'a [ConditionSummary], joint_outcomes: &'a JointOutcomes, scale: Scale) -> Option<Self> {
        let conditions = &conditions[..joint_outcomes.conditions()];
        let [first, second, ..] = conditions else {
            return None;
        };
        let focus = first
            .factors
            .iter()
            .find(|(name, here)| level(second, name).is_some_and(|there| there != here))?
            .0
            .clone();
        let mut circumstances: Vec<Circumstance> = Vec::new();
        for (number, condition) in conditions.iter().enumerate() {
            // A condition that has no part in the crossing is left out of it.
            if level(condition, &focus).is_none() {
                continue;
            }
            let others: Vec<(String, String)> = condition.factors.iter().filter(|it| it.0 != focus).cloned().collect();
            match circumstances.iter_mut().find(|it| it.others == others) {
                Some(it) => it.conditions.push(number),
                None => circumstances.push(Circumstance {
                    others,
                    conditions: vec![number],
                }),
            }
        }
        let several = |it: &&Circumstance| it.conditions.len() > 1;
        (circumstances.iter().filter(several).count() > 1).then_some(Self {
            conditions,
            joint_outcomes,
            scale,
            focus,
            circumstances,
        })
    }

    /// What the factor in focus does to helping in each circumstance, whether it does as much everywhere, and what the other factors do.
    pub fn sentences(&self) -> Vec<String> {
        let mut sentences = self.within_each();
        if self.scale.detail() == Detail::Full {
            sentences = vec![sentences.join(" ")];
        }
        sentences.extend(self.interaction());
        sentences.extend(self.main_effects());
        sentences
    }

    /// Circumstances of which something is told.
    fn told(&self) -> usize {
        match self.scale.detail() {
            Detail::Full => TOLD,
            Detail::Brief => 2,
        }
    }

    /// What the factor in focus does to helping in each circumstance.
    pub fn within_each(&self) -> Vec<String> {
        let several = self.circumstances.iter().filter(|it| it.conditions.len() > 1);
        several.take(self.told()).filter_map(|it| self.within(it)).collect()
    }

    /// A number for each condition, level by level of the factor in focus.
    pub fn one_by_one(&self, number: &dyn Fn(usize) -> String) -> String {
        let told = self.circumstances.iter().take(TOLD);
        let parts: Vec<String> = told
            .map(|it| {
                let conditions = it.conditions.iter();
                let numbers = conditions.map(|it| format!("{} with “{}”", number(*it), self.level(*it)));
                format!("if {}, {}", self.words(it), listed(numbers.collect()))
            })
            .collect();
        parts.join("; ")
    }

    fn level(&self, condition: usize) -> &str {
        level(&self.conditions[condition], &self.focus).unwrap_or_default()
    }

    /// `empathy is “low”`.
    fn words(&self, it: &Circumstance) -> String {
        let words: Vec<String> = it
            .others
            .iter()
            .map(|(name, level)| format!("{} is “{level}”", in_words(name)))
            .collect();
        words.join(" and ")
    }

    /// With which level most help, and how far the others are from that.
    fn within(&self, it: &Circumstance) -> Option<String> {
        let share = |it: usize| self.joint_outcomes.count(Deed::Helped, it).share();
        let mut best = *it.conditions.first()?;
        for other in &it.conditions {
            if share(*other)? > share(best)? {
                best = *other;
            }
        }
        let others: Vec<usize> = it.conditions.iter().copied().filter(|it| *it != best).collect();
        let apart: Vec<Estimate> = others
            .iter()
            .filter_map(|it| self.joint_outcomes.difference(Deed::Helped, *it, best))
            .collect();
        let (helpers, units) = (points(share(best)?), counted(self.unit(best), Deed::Helped));
        let words = capital(&format!("if {}", self.words(it)));
        let focus = in_words(&self.focus);
        if apart.iter().all(|it| it.value.abs() < WORTH_SAYING) {
            let none = self.scale.no_difference(apart.into_iter());
            return Some(format!(
                "{words}, {focus} makes {none} ({helpers} of 100 {units} help)."
            ));
        }
        let named = Named {
            name: &|it| self.level(it),
            conditions: self.conditions,
        };
        Some(format!(
            "{words}, most help with {focus} “{}” ({helpers} of 100 {units}): {}.",
            self.level(best),
            differences(Deed::Helped, best, &others, &named, self.joint_outcomes, self.scale)
        ))
    }

    /// Whether the strongest step of the factor in focus does as much in the other circumstances as in the first.
    fn interaction(&self) -> Option<String> {
        let mut several = self.circumstances.iter().filter(|it| it.conditions.len() > 1);
        let reference = several.next()?;
        let step = self.strongest_step(reference)?;
        let (from, to) = (self.level(step.0).to_owned(), self.level(step.1).to_owned());
        let effect = self.joint_outcomes.difference(Deed::Helped, step.1, step.0)?;
        let mut parts = Vec::new();
        for it in several.take(TOLD) {
            let find = |level: &str| it.conditions.iter().copied().find(|it| self.level(*it) == level);
            let (Some(low), Some(high)) = (find(&from), find(&to)) else {
                continue;
            };
            let there = self.joint_outcomes.difference(Deed::Helped, high, low)?;
            let terms = [(high, 1.0), (low, -1.0), (step.1, -1.0), (step.0, 1.0)];
            let change = self.joint_outcomes.contrast(Deed::Helped, &terms)?;
            let shown = by(change, parts.is_empty(), self.scale);
            parts.push(format!(
                "{} if {} ({shown})",
                compared(effect, there, change),
                self.words(it)
            ));
        }
        (!parts.is_empty()).then(|| {
            format!(
                "Between “{from}” and “{to}” the difference is {}, than if {}.",
                listed(parts),
                self.words(reference)
            )
        })
    }

    /// The two levels that are farthest apart, the one that comes first in the file first.
    fn strongest_step(&self, it: &Circumstance) -> Option<(usize, usize)> {
        let pairs = it
            .conditions
            .iter()
            .enumerate()
            .flat_map(|(place, from)| it.conditions[place + 1..].iter().map(move |to| (*from, *to)));
        // Persons and groups differ in more than the factor.
        let comparable = |it: &(usize, usize)| self.unit(it.0) == self.unit(it.1);
        let size = |it: &(usize, usize)| {
            let difference = self.joint_outcomes.difference(Deed::Helped, it.1, it.0);
            difference.map_or(0.0, |it| it.value.abs())
        };
        pairs
            .filter(comparable)
            .max_by(|one, other| size(one).total_cmp(&size(other)))
    }

    fn unit(&self, condition: usize) -> Unit {
        self.conditions[condition].unit
    }

    /// What each other factor does on average over conditions that are alike in the rest.
    fn main_effects(&self) -> Vec<String> {
        let mut names: Vec<&str> = Vec::new();
        for it in &self.circumstances {
            for (name, _) in &it.others {
                if !names.contains(&name.as_str()) {
                    names.push(name);
                }
            }
        }
        names.into_iter().filter_map(|it| self.main_effect(it)).collect()
    }

    fn main_effect(&self, name: &str) -> Option<String> {
        let mut levels: Vec<&str> = Vec::new();
        for it in self.conditions.iter().filter_map(|it| level(it, name)) {
            if !levels.contains(&it) {
                levels.push(it);
            }
        }
        let reference = *levels.first()?;
        let mut parts = Vec::new();
        for other in &levels[1..] {
            let pairs = self.pairs(name, reference, other);
            let weight = 1.0 / pairs.len().max(1) as f64;
            let terms: Vec<(usize, f64)> = pairs
                .iter()
                .flat_map(|(from, to)| [(*to, weight), (*from, -weight)])
                .collect();
            if let Some(difference) = self
                .joint_outcomes
                .contrast(Deed::Helped, &terms)
                .filter(|_| !pairs.is_empty())
            {
                let shown = self.scale.with_interval(difference, parts.is_empty());
                parts.push(format!("{} “{other}” ({shown})", direction(difference)));
            }
        }
        (!parts.is_empty()).then(|| {
            format!(
                "Other things being equal, compared with {} “{reference}”, {}.",
                in_words(name),
                listed(parts)
            )
        })
    }

    /// Conditions that differ in one factor alone, and in it are so and so.
    fn pairs(&self, name: &str, from: &str, to: &str) -> Vec<(usize, usize)> {
        let rest = |it: &ConditionSummary| -> Vec<(String, String)> {
            it.factors.iter().filter(|it| it.0 != name).cloned().collect()
        };
        let mut pairs = Vec::new();
        for (one, here) in self.conditions.iter().enumerate() {
            for (other, there) in self.conditions.iter().enumerate() {
                let levels = level(here, name) == Some(from) && level(there, name) == Some(to);
                if levels && here.unit == there.unit && rest(here) == rest(there) {
                    pairs.push((one, other));
                }
            }
        }
        pairs
    }
}

fn level<'a>(condition: &'a ConditionSummary, factor: &str) -> Option<&'a str> {
    let mut factors = condition.factors.iter();
    factors.find(|it| it.0 == factor).map(|it| it.1.as_str())
}

/// How an effect here compares with one there.
fn compared(here: Estimate, there: Estimate, change: Estimate) -> &'static str {
    if change.lower * change.upper <= 0.0 {
        "no other"
    } else if here.lower * here.upper > 0.0 && there.lower * there.upper > 0.0 && here.value * there.value < 0.0 {
        "the other way round"
    } else if there.value.abs() < here.value.abs() {
        "smaller"
    } else {
        "larger"
    }
}

/// By how much two effects differ, without a sign.
fn by(change: Estimate, in_full: bool, scale: Scale) -> String {
    let [one, other] = [change.lower, change.upper].map(|it| scale.size(it));
    if change.lower * change.upper <= 0.0 {
        return scale.no_difference(std::iter::once(change));
    }
    let (low, high) = if change.value < 0.0 { (other, one) } else { (one, other) };
    let between = if in_full { " points, 95 % interval" } else { "," };
    if scale.detail() == Detail::Brief {
        return format!("by {} points", scale.size(change.value));
    }
    format!("by {}{between} {low} to {high}", scale.size(change.value))
}

fn direction(difference: Estimate) -> &'static str {
    if difference.lower > 0.0 {
        "more help with"
    } else if difference.upper < 0.0 {
        "fewer with"
    } else {
        "no clear difference with"
    }
}

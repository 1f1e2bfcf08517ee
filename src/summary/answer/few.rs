//! What so few people did that nothing can be compared: they are counted.

use super::words::{counted, listed, verb};
use crate::engine::records::Outcome;
use crate::scenario::Unit;
use crate::summary::ConditionSummary;
use crate::summary::joint_outcomes::Deed;

/// From so many persons or groups on, shares of a hundred mean something.
const ENOUGH: u64 = 10;

/// Who helps, counted; none where some condition has enough to speak of shares.
pub fn few(conditions: &[ConditionSummary]) -> Option<Vec<String>> {
    if conditions.iter().any(|it| it.units.total() >= ENOUGH) {
        return None;
    }
    let one_person = |it: &ConditionSummary| it.unit == Unit::Person && it.units.total() == 1;
    let mut told = vec![if conditions.iter().all(one_person) {
        one(conditions)
    } else {
        several(conditions)
    }];
    if conditions.len() > 1 {
        told.push("So few say nothing about how conditions differ.".to_owned());
    }
    Some(told)
}

/// Where somebody helps.
fn one(conditions: &[ConditionSummary]) -> String {
    let where_they = |help: bool| {
        let here = conditions
            .iter()
            .filter(|it| (it.units.of(Outcome::Helped) == 1) == help);
        listed(here.map(|it| format!("“{}”", it.name)).collect())
    };
    match (where_they(true), where_they(false)) {
        (helps, not) if not.is_empty() => format!("The one person helps in {helps}."),
        (helps, not) if helps.is_empty() => format!("The one person does not help in {not}."),
        (helps, not) => format!("The one person helps in {helps}, and does not in {not}."),
    }
}

fn several(conditions: &[ConditionSummary]) -> String {
    let mut said = "";
    let counts = conditions.iter().map(|it| {
        let (helpers, all) = (it.units.of(Outcome::Helped), it.units.total());
        let units = counted(it.unit, Deed::Helped);
        // What is counted is said where it changes.
        let units = if std::mem::replace(&mut said, units) == units {
            String::new()
        } else {
            format!(" {units} {}", verb(Deed::Helped))
        };
        format!("{helpers} of {all}{units} in “{}”", it.name)
    });
    format!("{}.", listed(counts.collect()))
}

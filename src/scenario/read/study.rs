//! `[study]`: how real people would be studied, and what they did.

use crate::document::{Note, Problem, Section};
use crate::scenario::study_design::{Attrition, Clusters, StudyDesign};
use crate::scenario::{Condition, Unit};

/// Conditions are at most so much larger than others.
const LARGEST_WEIGHT: f64 = 100.0;

/// Reads the design.
pub(super) fn read_study(
    section: &Section<'_>,
    conditions: &[Condition],
    problems: &mut Vec<Problem>,
    notes: &mut Vec<Note>,
) -> StudyDesign {
    let design = StudyDesign {
        design: section.choice("design", problems).unwrap_or_default(),
        allocation: read_allocation(section, conditions.len(), problems),
        attrition: section.table("attrition", problems).and_then(|table| {
            Some(Attrition {
                depends_on: table.choice("depends_on", problems),
                share: table.number("share", problems)?,
            })
        }),
        clusters: section.table("clusters", problems).and_then(|table| {
            let icc = table.number("icc", problems);
            Some(Clusters {
                size: table.count_u32("size", problems)?,
                icc: icc?,
            })
        }),
        carry_over: section.number("carry_over", problems).unwrap_or_default(),
    };
    let mut refuse = |key: &str, message: &str, help: &str| {
        problems.push(Problem::new(section.span_of(key), message).help(help));
    };
    if design.is_within() {
        if conditions.iter().any(|condition| !condition.training.is_empty()) {
            let help = "a crossover takes conditions that leave nothing behind; use `design = \"between\"`";
            refuse("design", "nobody can unlearn a course before the next condition", help);
        } else if conditions
            .iter()
            .any(|condition| condition.unit != Unit::Person || condition.select.is_some())
        {
            let help = "use `design = \"between\"`";
            refuse(
                "design",
                "groups and selected people are not the same people in every condition",
                help,
            );
        } else if conditions.windows(2).any(|two| two[0].population != two[1].population) {
            let help = "leave `condition.population` out, or use `design = \"between\"`";
            refuse("design", "the same people cannot differ in their population", help);
        } else if conditions.iter().any(|condition| !condition.protocol.is_single()) {
            let help =
                "a contrast with `from_week` compares the same people; use `design = \"between\"` for the conditions";
            refuse(
                "design",
                "weeks or encounters before a condition would be lived twice",
                help,
            );
        }
        if design.clusters.is_some() {
            let help = "leave `clusters` out: whoever meets all conditions is compared with themselves";
            refuse(
                "clusters",
                "clusters say nothing where the same people meet all conditions",
                help,
            );
        }
        if !design.allocation.is_empty() {
            let help = "leave `allocation` out";
            refuse(
                "allocation",
                "the same people meet all conditions, so none can have more of them",
                help,
            );
        }
    }
    if design.carry_over > 0.0 && !design.is_within() {
        notes.push(Note {
            span: section.entry("carry_over").map(|entry| entry.key_span.clone()),
            message: "`carry_over` says nothing here: nobody meets a second condition (`design = \"within\"`)"
                .to_owned(),
        });
    }
    if design.attrition.is_some() && conditions.iter().any(|condition| condition.unit != Unit::Person) {
        let help = "leave `attrition` out, or count persons";
        refuse("attrition", "who of a group is lost is not modelled", help);
    }
    design
}

fn read_allocation(section: &Section<'_>, conditions: usize, problems: &mut Vec<Problem>) -> Vec<u32> {
    if section.entry("allocation").is_none() {
        return Vec::new();
    }
    let before = problems.len();
    let weights = section.numbers("allocation", problems);
    if problems.len() > before {
        return Vec::new();
    }
    let span = section.span_of("allocation");
    if weights.len() != conditions {
        let message = format!("{} numbers for {conditions} conditions", weights.len());
        let help = "one for each condition in the order of the file, for instance `allocation = [2, 1]`";
        problems.push(Problem::new(span, message).help(help));
        return Vec::new();
    }
    if let Some(wrong) = weights
        .iter()
        .find(|weight| weight.fract() != 0.0 || **weight > LARGEST_WEIGHT)
    {
        let message = format!("{wrong} is no whole number up to {LARGEST_WEIGHT}");
        problems.push(Problem::new(span, message).help("two people here for one there are `[2, 1]`"));
        return Vec::new();
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole and at most 100"
    )]
    let whole: Vec<u32> = weights.iter().map(|weight| *weight as u32).collect();
    whole
}

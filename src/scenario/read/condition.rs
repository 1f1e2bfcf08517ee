//! `[[condition]]`.

use super::{Shared, observed, population, training};
use crate::document::{Note, Problem, Section};
use crate::model::mechanism::{Knockout, Mechanism};
use crate::registry::Acts;
use crate::scenario::choice::UnitWord;
use crate::scenario::keys::MOST_TABLES;
use crate::scenario::{Condition, Protocol, Unit};

/// Reads a condition, which begins with what all of them share.
pub(super) fn read_condition(
    section: &Section<'_>,
    shared: &Shared<'_>,
    is_first: bool,
    problems: &mut Vec<Problem>,
    notes: &mut Vec<Note>,
) -> Condition {
    let mut condition = Condition {
        name: section.text("name", problems).unwrap_or_default().to_owned(),
        factors: section.labels("factors", problems),
        situation: shared.situation.clone(),
        population: shared.population,
        training: Vec::new(),
        knockout: Knockout::NONE,
        unit: read_unit(section, shared.agents, problems, notes),
        select: None,
        observed: Vec::new(),
        protocol: Protocol::default(),
    };
    if let Some(table) = section.table("situation", problems) {
        condition.situation.read(&table, problems);
    }
    if let Some(table) = section.table("population", problems) {
        population::override_traits(&table, shared.source, &mut condition.population, problems);
    }
    for practice in section.tables("training", MOST_TABLES, problems) {
        let practice = training::read_practice(&practice, shared.programs, problems, notes);
        condition.training.push(practice);
    }
    condition.protocol =
        shared
            .protocol
            .of_condition(&condition.situation, &condition.training, section, is_first, problems);
    for word in section.choices("knockout", problems) {
        if let Some(mechanism) = Mechanism::from_key(word) {
            let protocol = &condition.protocol;
            let missing = match mechanism.row().acts {
                Acts::InExchanges => protocol.exchange.is_none().then_some("an `[exchange]`"),
                Acts::BetweenPeople => protocol.community.is_none().then_some("a `[community]`"),
                Acts::InEncounters | Acts::OverDays => None,
            };
            if let Some(missing) = missing {
                let message = format!("`{word}` acts between people who meet again: it says nothing without {missing}");
                problems.push(Problem::new(section.span_of("knockout"), message).from_absence());
            }
            condition.knockout = condition.knockout.with(mechanism);
        }
    }
    if condition.unit != Unit::Person && condition.protocol.community.is_some() {
        let message = "in a community everybody meets the scene alone; groups form where a need arises";
        problems.push(Problem::new(section.span_of("unit"), message).help("a `[[community.need]]` with `witnesses`"));
    }
    if let Some(table) = section.table("select", problems) {
        condition.select = table.choice("dominant", problems);
    }
    condition.observed = observed::read_observed(section, &condition, problems);
    condition
}

fn read_unit(section: &Section<'_>, agents: u32, problems: &mut Vec<Problem>, notes: &mut Vec<Note>) -> Unit {
    let word = section.choice("unit", problems).unwrap_or(UnitWord::Person);
    let size = section.count_u32("group_size", problems);
    match (word, section.entry("unit"), section.entry("group_size")) {
        (UnitWord::Group, Some(unit), None) => {
            let message = "`unit = \"group\"` needs a `group_size`";
            let problem = Problem::new(unit.value.span.clone(), message);
            problems.push(problem.label("`group_size` is missing").from_absence());
        }
        (UnitWord::Person, Some(_), Some(entry)) => {
            let message = "`group_size` says nothing without `unit = \"group\"`";
            problems.push(Problem::new(entry.key_span.clone(), message));
        }
        _ => {}
    }
    match (word, size) {
        (UnitWord::Group, Some(size)) => {
            if size > agents {
                let people = if agents == 1 { "person does" } else { "people do" };
                let message = format!("{agents} {people} not make one group of {size}");
                let problem = Problem::new(section.span_of("group_size"), message);
                problems.push(problem.help("raise `run.agents`"));
            } else if !agents.is_multiple_of(size) {
                let (groups, over) = (agents / size, agents % size);
                let (plural, are) = (
                    if groups == 1 { "" } else { "s" },
                    if over == 1 { "person is" } else { "people are" },
                );
                let message = format!(
                    "{agents} people make {groups} group{plural} of {size}; {over} {are} left over and not counted"
                );
                // Of several conditions with groups of this size the first says it.
                if notes.iter().all(|note| note.message != message) {
                    let span = Some(section.span_of("group_size"));
                    notes.push(Note { span, message });
                }
            }
            Unit::Group(size)
        }
        _ => Unit::Person,
    }
}

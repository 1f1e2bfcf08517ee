//! `[exchange]`, and what a condition changes in it.

use crate::document::{Problem, Section};
use crate::model::situation::{HelpKind, Situation};
use crate::scenario::{Exchange, Length, Partner};

/// The table of a file, read once; conditions begin with it.
pub(super) struct Table<'t> {
    section: Section<'t>,
    exchange: Option<Exchange>,
    people: u32,
}

/// Reads what is the same for all conditions.
pub(super) fn read_table<'t>(top: &Section<'t>, people: u32, problems: &mut Vec<Problem>) -> Option<Table<'t>> {
    let section = top.table("exchange", problems)?;
    for other in ["timeline", "exposures", "community"] {
        if top.entry(other).is_some() {
            let message = format!("a file has an `[exchange]` or `[{other}]`: rounds follow each other within minutes");
            problems.push(Problem::new(section.span(), message).help(format!("take the `[{other}]` out")));
        }
    }
    let length = read_length(&section, problems);
    let exchange = length.and_then(|length| {
        let usual = Exchange {
            length,
            benefit: 2.0,
            noise: 0.0,
            partner: Partner::Same,
        };
        changed(usual, &section, people, problems)
    });
    Some(Table {
        section,
        exchange,
        people,
    })
}

impl Table<'_> {
    /// The exchange of a condition that meets this scene.
    pub(super) fn of_condition(
        &self,
        section: &Section<'_>,
        scene: &Situation,
        problems: &mut Vec<Problem>,
    ) -> Option<Exchange> {
        if scene.help == HelpKind::Graded {
            let message = "in a round of an exchange one gives or does not: help cannot be `graded`";
            problems.push(Problem::new(self.section.span(), message));
        }
        for (key, why) in [
            ("unit", "people exchange two by two, and each is counted"),
            ("select", "whoever exchanges is counted in all rounds"),
        ] {
            if let Some(entry) = section.entry(key) {
                let message = format!("`{key}` does not go with an `[exchange]`: {why}");
                problems.push(Problem::new(entry.key_span.clone(), message));
            }
        }
        let Some(own) = section.table("exchange", problems) else {
            return self.exchange;
        };
        for key in ["rounds", "continue"] {
            if let Some(entry) = own.entry(key) {
                let message = format!("`{key}` is the same in all conditions, so that rounds can be compared");
                let problem = Problem::new(entry.key_span.clone(), message);
                problems.push(problem.help("change it in `[exchange]`, or write a second file"));
            }
        }
        changed(self.exchange?, &own, self.people, problems)
    }
}

/// How long it goes on.
fn read_length(section: &Section<'_>, problems: &mut Vec<Problem>) -> Option<Length> {
    let rounds = section.count_u32("rounds", problems);
    let chance = section.number("continue", problems);
    match (section.entry("rounds"), section.entry("continue")) {
        (Some(_), None) => rounds.map(Length::Rounds),
        (None, Some(_)) => chance.map(Length::Continue),
        (None, None) => {
            let message = "an exchange has `rounds`, or goes on with a chance";
            let problem = Problem::new(section.span(), message).label("`rounds` or `continue` is missing");
            problems.push(
                problem
                    .help("write for instance `rounds = 20`, or `continue = 0.875`")
                    .from_absence(),
            );
            None
        }
        (Some(_), Some(entry)) => {
            let message = "an exchange has `rounds` or goes on with a chance, not both";
            problems.push(Problem::new(entry.key_span.clone(), message).help("take one of them out"));
            None
        }
    }
}

/// An exchange of which a table changes single keys.
fn changed(usual: Exchange, section: &Section<'_>, people: u32, problems: &mut Vec<Problem>) -> Option<Exchange> {
    let exchange = Exchange {
        benefit: section.number("benefit", problems).unwrap_or(usual.benefit),
        noise: section.number("noise", problems).unwrap_or(usual.noise),
        partner: section.choice("partner", problems).unwrap_or(usual.partner),
        ..usual
    };
    if exchange.partner == Partner::Same && !people.is_multiple_of(2) {
        let message = format!("{people} people do not make pairs: one would have no partner");
        let problem = Problem::new(section.span_of("partner"), message);
        problems.push(problem.help("make `run.agents` even, or give them a machine as `partner`"));
        return None;
    }
    Some(exchange)
}

//! `[[program]]` and `condition.training`.

use crate::document::{Note, Problem, Problems, Section, Span, nearest, shown, spelling};
use crate::model::agent::Trait;
use crate::model::training::{Effect, Onset, Practice, Program};
use crate::scenario::Condition;
use crate::scenario::choice::REGULATION;
use std::collections::BTreeSet;

/// Hours of a week.
const HOURS_PER_WEEK: f64 = 168.0;

/// Reads one of the file's own programs and puts it behind the others.
///
/// One that has the name of a built-in program begins as that program, and is meant wherever the file names it. `spelt` has the names of the
/// file's programs so far as a person reads them. False if it has no name and is left out.
pub(super) fn read_program(
    section: &Section<'_>,
    built_in: usize,
    programs: &mut Vec<Program>,
    spelt: &mut BTreeSet<String>,
    problems: &mut Vec<Problem>,
) -> bool {
    let given = section.text("name", problems);
    let name = given.unwrap_or_default();
    let changed = programs[..built_in].iter().find(|it| it.name == name);
    let mut program = changed.cloned().unwrap_or_else(|| Program::without_effect(name));
    if let Some(hours) = section.number("hours_to_63_percent", problems) {
        program.hours_to_63_percent = hours;
    }
    if let Some(weeks) = section.number("half_life_weeks", problems) {
        program.half_life_weeks = weeks;
    }
    let mut set = |name: &str, traits: &[Trait]| {
        if let Some(section) = section.table(name, problems)
            && let Some(shift) = section.number("shift", problems)
        {
            let onset: Option<Onset> = section.choice("onset", problems);
            for it in traits {
                let effect = &mut program.effects[*it as usize];
                *effect = Effect {
                    shift,
                    onset: onset.unwrap_or(effect.onset),
                };
            }
        }
    };
    set("regulation", &REGULATION);
    for it in Trait::ALL {
        set(it.key(), &[it]);
    }

    let alike = |program: &&Program| program.name != name && spelling(&program.name) == spelling(name);
    if let Some(alike) = programs[..built_in].iter().find(alike) {
        let message = format!(
            "`{}` looks like the built-in program `{}` and is another name",
            shown(name),
            alike.name
        );
        let problem = Problem::new(section.span_of("name"), message);
        let help = "write it as it is to change that program, or give your program a name of its own";
        problems.push(
            problem
                .label("differs in blanks or in characters that cannot be seen")
                .help(help),
        );
    } else if given.is_some() && !spelt.insert(spelling(name)) {
        let message = format!("`{}` is the name of another program", shown(name));
        let problem = Problem::new(section.span_of("name"), message);
        problems.push(problem.help("give your program a name of its own"));
    }
    if given.is_some() {
        programs.push(program);
    }
    given.is_some()
}

/// A note for each of the file's own programs, named at these places, that no condition practises.
pub(super) fn not_practised(
    programs: &[Program],
    built_in: usize,
    named_at: &[Span],
    conditions: &[Condition],
) -> Vec<Note> {
    let practices = conditions.iter().flat_map(|it| &it.training);
    let practised: BTreeSet<usize> = practices.flat_map(|it| &it.programs).copied().collect();
    let idle = (built_in..)
        .zip(named_at)
        .filter(|(number, _)| !practised.contains(number));
    let note = |(at, (number, span)): (usize, (usize, &Span))| {
        let name = &programs[number].name;
        // A search for help beyond what is shown is wasted.
        let practised = practised.iter().filter(|_| at < Problems::SHOWN);
        let near = nearest(name, practised.map(|it| programs[*it].name.as_str()));
        let hint = near.map_or_else(String::new, |near| {
            format!("; `{}` is practised: is it the same?", shown(near))
        });
        Note {
            span: Some(span.clone()),
            message: format!("no condition practises `{}`, so it changes nothing{hint}", shown(name)),
        }
    };
    idle.enumerate().map(note).collect()
}

/// Reads one practice.
pub(super) fn read_practice(
    section: &Section<'_>,
    programs: &[Program],
    problems: &mut Vec<Problem>,
    notes: &mut Vec<Note>,
) -> Practice {
    let (hours, weeks) = (section.number("hours", problems), section.number("weeks", problems));
    if let (Some(hours), Some(weeks)) = (hours, weeks) {
        let span = section.span_of("hours");
        if hours > 0.0 && weeks == 0.0 {
            let message = format!("{hours} hours of practice need some weeks, and `weeks` is 0");
            problems.push(Problem::new(span, message));
        } else if hours > weeks * HOURS_PER_WEEK {
            let message = format!("{hours} hours of practice do not fit into {weeks} weeks");
            let most = format!("at most {} hours", weeks * HOURS_PER_WEEK);
            problems.push(Problem::new(span, message).label(most));
        }
    }
    let chosen = read_choice_of_programs(section, programs, problems);
    let transportation = section.number("transportation", problems);
    if transportation.is_some() && !chosen.is_empty() && chosen.iter().all(|it| programs[*it].transportation == 0.0) {
        let names: Vec<String> = chosen
            .iter()
            .map(|it| format!("`{}`", shown(&programs[*it].name)))
            .collect();
        notes.push(Note {
            span: Some(section.span_of("transportation")),
            message: format!(
                "`transportation` says nothing here: stories carry away, and {} tells none",
                names.join(" or ")
            ),
        });
    }
    Practice {
        programs: chosen,
        hours: hours.unwrap_or(0.0),
        weeks: weeks.unwrap_or(0.0),
        transportation: transportation.unwrap_or(0.0),
    }
}

fn read_choice_of_programs(section: &Section<'_>, programs: &[Program], problems: &mut Vec<Problem>) -> Vec<usize> {
    let one = section.text("program", problems);
    let several = match one {
        Some(_) => Vec::new(),
        None => section.lines("one_of", problems),
    };
    match (section.entry("program"), section.entry("one_of")) {
        (Some(_), Some(other)) => {
            let message = "`program` and `one_of` cannot both be there";
            problems.push(Problem::new(other.key_span.clone(), message));
        }
        (None, None) => {
            let message = "a practice has a `program`, or several in `one_of`";
            let problem = Problem::new(section.span(), message).label("`program` is missing");
            problems.push(problem.from_absence());
        }
        (None, Some(entry)) if several.len() < 2 => {
            let message = "`one_of` chooses by lot between at least two programs";
            problems.push(Problem::new(entry.value.span.clone(), message));
        }
        _ => {}
    }
    let mut chosen = Vec::new();
    let one = one.map(|it| (it, section.span_of("program")));
    for (name, span) in one.into_iter().chain(several) {
        // A file's own program comes after the built-in one that it changes.
        match programs.iter().rposition(|it| it.name == name) {
            None => problems.push(unknown_program(name, span, programs, problems.len())),
            Some(at) if chosen.contains(&at) => {
                let message = format!("`{}` stands twice in `one_of`", shown(name));
                problems.push(Problem::new(span, message));
            }
            Some(at) => chosen.push(at),
        }
    }
    chosen
}

fn unknown_program(name: &str, span: Span, programs: &[Program], before: usize) -> Problem {
    let message = format!("there is no program `{}`", shown(name));
    if before >= Problems::SHOWN {
        return Problem::new(span, message);
    }
    let mut seen = BTreeSet::new();
    let names: Vec<&str> = programs
        .iter()
        .map(|program| &*program.name)
        .filter(|name| seen.insert(*name))
        .collect();
    let list = names.join(", ");
    let help = match nearest(name, names) {
        Some(near) => format!("did you mean `{near}`? the programs are {list}"),
        None => format!("the programs are {list}; a file defines its own under `[[program]]`"),
    };
    Problem::new(span, message).help(help)
}

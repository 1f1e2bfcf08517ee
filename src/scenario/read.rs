//! From a source to a checked scenario, or to everything that is wrong with it.

mod community;
mod condition;
mod exchange;
mod idle;
mod individual_data;
mod network;
mod observed;
mod observed_from;
mod population;
mod protocol;
mod study;
mod training;
mod vary;

use super::keys::{KEYS, MOST_PEOPLE, MOST_TABLES};
use super::{Condition, Contrast, Run, Scenario, StudyDesign, Timeline, overrides};
use crate::document::{
    Bibliography, Note, Problem, Problems, Section, Source, Span, Table, nearest, parse, shown, spelling,
};
use crate::model::agent::{PopulationShift, Trait, TraitShift};
use crate::model::situation::Situation;
use crate::model::training::Program;
use std::collections::{BTreeMap, BTreeSet};

/// Reads a scenario and checks all of it; the arguments in `source` replace keys of the file first.
///
/// `builtin` are the programs that a file may name without defining them. Without a `bibliography`
/// the citation is not checked, which a note says.
///
/// # Errors
///
/// Every problem of the file, in its order.
///
/// # Example
///
/// ```
/// use compassion::{document::Source, scenario};
///
/// let text = "title = 'Who helps?'\nsituaton.need = 0.8\n[[condition]]\nname = 'a'\n";
/// let problems = scenario::read(&Source::new("a.toml", text), &[], None).unwrap_err();
/// assert!(problems.to_string().contains("did you mean `situation`?"));
/// ```
pub fn read(
    source: &Source,
    builtin: &[Program],
    bibliography: Option<&Bibliography>,
) -> Result<(Scenario, Vec<Note>), Problems> {
    let (scenario, mut notes, table) = read_table(source, builtin, bibliography)?;
    let (problems, further) = vary::check(source, &table, builtin, &scenario);
    if problems.is_empty() {
        notes.extend(further);
        return Ok((scenario, notes));
    }
    Err(told(source, problems))
}

/// As [`read`], for one of many points at which a file is run whose `[vary]` was checked before.
///
/// # Errors
///
/// Every problem of the file, in its order.
pub fn read_at_a_point(source: &Source, builtin: &[Program]) -> Result<(Scenario, Vec<Note>), Problems> {
    read_table(source, builtin, None).map(|(scenario, notes, _)| (scenario, notes))
}

fn told(source: &Source, problems: Vec<Problem>) -> Problems {
    Problems::new(source.clone(), problems)
        .advice("`simulate keys` lists every key with its unit, range, default and meaning")
}

/// Reads a scenario, and the table that it was read from.
fn read_table(
    source: &Source,
    builtin: &[Program],
    bibliography: Option<&Bibliography>,
) -> Result<(Scenario, Vec<Note>, Table), Problems> {
    let (mut table, syntax) = parse(source);
    let mut problems = Vec::new();
    let mut notes = Vec::new();
    let is_empty = table.entries.is_empty() && syntax.is_empty();
    let overrides = overrides::apply(source, &mut table, &mut problems);
    if is_empty && overrides.is_empty() {
        let message = "the file is empty: a scenario has a title and at least one condition";
        let help = "`simulate new FILE` writes a commented template";
        problems.push(Problem::new(0..0, message).help(help));
    } else {
        let top = Section::open(&table, &TOP, "", KEYS, &mut problems);
        let scenario = read_all(source, &top, builtin, bibliography, &mut problems, &mut notes);
        notes.extend(overrides::without_effect(&overrides, &table));
        if problems.is_empty() && syntax.is_empty() {
            return Ok((scenario, notes, table));
        }
    }
    problems.retain(|it| is_more_than_an_echo(it, &syntax, source));
    problems.extend(syntax);
    Err(told(source, problems))
}

/// The files of ties and of people that a scenario names, which are to be put beside its source before it is read.
pub fn files_named(source: &Source) -> Vec<String> {
    let (mut table, _) = parse(source);
    overrides::apply(source, &mut table, &mut Vec::new());
    let mut files = community::files_named(&table);
    files.extend(individual_data::files_named(&table));
    files
}

/// Where the top of a file stands.
const TOP: Span = 0..0;

/// Whether a problem would still be there without the syntax errors (in the order of the file).
fn is_more_than_an_echo(problem: &Problem, syntax: &[Problem], source: &Source) -> bool {
    if syntax.is_empty() || source.is_argument(problem.span.start) {
        return true;
    }
    if problem.absence {
        return false;
    }
    let text = source.text();
    let before = text.get(..problem.span.start).unwrap_or(text);
    let line = before.rfind('\n').map_or(0, |it| it + 1);
    // Keys behind a broken header land in another table.
    let header = before.rfind("\n[").map_or(0, |it| it + 1);
    ![line, header].into_iter().any(|start| {
        let rest = text.get(start..).unwrap_or_default();
        let end = start + rest.find('\n').unwrap_or(rest.len());
        let at = syntax.partition_point(|it| it.span.start < start);
        syntax.get(at).is_some_and(|it| it.span.start <= end)
    })
}

fn read_all(
    source: &Source,
    top: &Section<'_>,
    builtin: &[Program],
    bibliography: Option<&Bibliography>,
    problems: &mut Vec<Problem>,
    notes: &mut Vec<Note>,
) -> Scenario {
    let title = top.text("title", problems).unwrap_or_default().to_owned();
    let question = top.text("question", problems).unwrap_or_default().to_owned();
    let citation = read_citation(top, bibliography, problems, notes);
    let run = read_run(top, problems);

    let mut programs = builtin.to_vec();
    let (mut named_at, mut spelt) = (Vec::new(), BTreeSet::new());
    for section in top.tables("program", MOST_TABLES, problems) {
        if training::read_program(&section, builtin.len(), &mut programs, &mut spelt, problems) {
            named_at.push(section.span_of("name"));
        }
    }

    let mut shared = Shared {
        situation: Situation::default(),
        population: [TraitShift::default(); Trait::COUNT],
        programs: &programs,
        source,
        agents: run.agents,
        protocol: protocol::read_tables(top, run.agents, source, problems),
    };
    if let Some(section) = top.table("population", problems) {
        population::override_traits(&section, source, &mut shared.population, problems);
    }
    if let Some(section) = top.table("situation", problems) {
        shared.situation.read(&section, problems);
    }

    let (mut conditions, by_name) = read_conditions(top, &shared, problems, notes);
    let study = top
        .table("study", problems)
        .map_or_else(StudyDesign::default, |section| {
            observed_from::read_observed_from(&section, source, &mut conditions, &by_name, problems, notes);
            study::read_study(&section, &conditions, problems, notes)
        });
    let vary = vary::read_vary(top, problems);
    let contrasts = read_contrasts(top, &conditions, &by_name, shared.protocol.timeline(), problems, notes);
    notes.extend(training::not_practised(
        &programs,
        builtin.len(),
        &named_at,
        &conditions,
    ));
    Scenario {
        title,
        question,
        citation,
        run,
        conditions,
        contrasts,
        study,
        vary,
        programs,
        built_in_programs: builtin.len(),
    }
}

/// What all conditions begin with.
struct Shared<'p> {
    situation: Situation,
    population: PopulationShift,
    programs: &'p [Program],
    source: &'p Source,
    agents: u32,
    protocol: protocol::Tables<'p>,
}

fn read_citation(
    top: &Section<'_>,
    bibliography: Option<&Bibliography>,
    problems: &mut Vec<Problem>,
    notes: &mut Vec<Note>,
) -> Option<String> {
    let citation = top.text("citation", problems)?;
    let span = top.span_of("citation");
    match bibliography {
        None => notes.push(Note {
            span: Some(span),
            message: format!(
                "`{}` was not looked up: there is no literature.bib in this folder or the one above",
                shown(citation)
            ),
        }),
        Some(it) if !it.contains(citation) => {
            let message = format!("`{}` has no entry `{}`", it.path, shown(citation));
            let help = nearest(citation, it.keys()).map(|near| format!("did you mean `{near}`?"));
            problems.push(Problem::new(span, message).maybe_help(help));
        }
        Some(_) => {}
    }
    Some(citation.to_owned())
}

fn read_run(top: &Section<'_>, problems: &mut Vec<Problem>) -> Run {
    let mut run = Run::default();
    let Some(section) = top.table("run", problems) else {
        return run;
    };
    run.seed = section.count("seed", problems).unwrap_or(run.seed);
    run.agents = section.count_u32("agents", problems).unwrap_or(run.agents);
    run.replicates = section.count_u32("replicates", problems).unwrap_or(run.replicates);
    if u64::from(run.agents) * u64::from(run.replicates) > MOST_PEOPLE {
        let message = format!(
            "{} people times {} replicates are more than {MOST_PEOPLE} people",
            run.agents, run.replicates
        );
        let span = section.span_of("replicates");
        problems.push(Problem::new(span, message).help("lower `agents` or `replicates`"));
    }
    run
}

/// The conditions, and the number of each by its name.
fn read_conditions(
    top: &Section<'_>,
    shared: &Shared<'_>,
    problems: &mut Vec<Problem>,
    notes: &mut Vec<Note>,
) -> (Vec<Condition>, BTreeMap<String, usize>) {
    let sections = top.tables("condition", MOST_TABLES, problems);
    if let (Some(entry), true) = (top.entry("condition"), sections.is_empty())
        && matches!(&entry.value.data, crate::document::Data::List(list) if list.is_empty())
    {
        let message = "there is no condition: a scenario has at least one `[[condition]]`";
        problems.push(Problem::new(entry.value.span.clone(), message));
    }
    let mut conditions: Vec<Condition> = Vec::with_capacity(sections.len());
    let mut by_name = BTreeMap::new();
    for (number, section) in sections.iter().enumerate() {
        let condition = condition::read_condition(section, shared, number == 0, problems, notes);
        if !condition.name.is_empty()
            && let Some(earlier) = by_name.insert(spelling(&condition.name), number)
        {
            let span = section.span_of("name");
            problems.push(same_name(
                span,
                "two conditions are called",
                &conditions[earlier].name,
                &condition.name,
            ));
        }
        conditions.push(condition);
    }
    report_levels(&sections, &conditions, problems);
    notes.extend(idle::without_effect(top, &sections, &conditions));
    (conditions, by_name)
}

/// The problem of a name that cannot be told from an earlier one.
fn same_name(span: Span, what: &str, earlier: &str, later: &str) -> Problem {
    let problem = Problem::new(span, format!("{what} `{}`", shown(&spelling(later))));
    if earlier == later {
        problem.label("the second of this name")
    } else {
        let label = "the second of this name: they differ only in blanks, in characters that cannot be seen, or in how Unicode writes them";
        problem.label(label)
    }
}

/// Factors and levels of one spelling that are not the same text would be crossed as if they were different ones.
fn report_levels(sections: &[Section<'_>], conditions: &[Condition], problems: &mut Vec<Problem>) {
    let mut known: BTreeMap<(String, Option<String>), &str> = BTreeMap::new();
    for (section, condition) in sections.iter().zip(conditions) {
        for (factor, level) in &condition.factors {
            let names = [
                (spelling(factor), None, factor),
                (spelling(factor), Some(spelling(level)), level),
            ];
            for (factor, level, name) in names {
                let is_level = level.is_some();
                let first = known.entry((factor, level)).or_insert(name);
                if *first != name {
                    let what = if is_level {
                        "a level is written in two ways,"
                    } else {
                        "a factor is written in two ways,"
                    };
                    problems.push(same_name(section.span_of("factors"), what, first, name));
                }
            }
        }
    }
}

fn read_contrasts(
    top: &Section<'_>,
    conditions: &[Condition],
    by_name: &BTreeMap<String, usize>,
    timeline: Option<&Timeline>,
    problems: &mut Vec<Problem>,
    notes: &mut Vec<Note>,
) -> Vec<Contrast> {
    top.tables("contrast", MOST_TABLES, problems)
        .iter()
        .filter_map(|it| observed::read_contrast(it, conditions, by_name, timeline, problems, notes))
        .collect()
}

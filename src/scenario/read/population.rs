//! `[population]` and `condition.population`.

use super::individual_data::{did_you_mean, read_table, told};
use crate::document::{Problem, Section, Source};
use crate::model::agent::{PopulationShift, Trait, TraitShift};
use crate::population::Scale;
use crate::population::from_scores::{SHIFTING, Scores, from_scores};
use crate::scenario::choice::REGULATION;

/// Name of the key of each scale, in the order of [`SHIFTING`].
const NAMES: [&str; 4] = ["iri_pt", "iri_ec", "iri_pd", "erq_reappraisal"];

/// The key that names a file of people.
const PEOPLE_FROM: &str = "people_from";

/// People of whom a spread can be told.
const FEWEST: u64 = 3;

/// Replaces in a population what a table says about it; what a trait leaves out stays as it was.
pub(super) fn override_traits(
    table: &Section<'_>,
    source: &Source,
    population: &mut PopulationShift,
    problems: &mut Vec<Problem>,
) {
    if let Some(scored) = read_scores(table, source, problems) {
        *population = scored;
    }
    let mut set = |name: &str, traits: &[Trait]| {
        let Some(section) = table.table(name, problems) else {
            return;
        };
        let mean = section.number("mean", problems);
        let sd = section.number("sd", problems);
        for it in traits {
            let old = population[*it as usize];
            population[*it as usize] = TraitShift {
                mean: mean.unwrap_or(old.mean),
                sd: sd.unwrap_or(old.sd),
            };
        }
    };
    // First the three together, so that one of them set beside it goes before it.
    set("regulation", &REGULATION);
    for it in Trait::ALL {
        set(it.key(), &[it]);
    }
}

/// The population that questionnaires speak of; none where none is named.
fn read_scores(table: &Section<'_>, source: &Source, problems: &mut Vec<Problem>) -> Option<PopulationShift> {
    let before = problems.len();
    let mut scores: Vec<(&str, Scores)> = read_people(table, source, problems);
    for (scale, name) in SHIFTING.into_iter().zip(NAMES) {
        let Some(section) = table.table(name, problems) else {
            continue;
        };
        let given = Scores {
            scale,
            mean: section.number("mean", problems),
            sd: section.number("sd", problems),
        };
        let most = if scale == Scale::ErqReappraisal { 7.0 } else { 28.0 };
        if given.mean.is_some_and(|mean| mean > most) {
            let message = format!("a mean on this form lies within [0, {most}]");
            problems.push(Problem::new(section.span_of("mean"), message));
        }
        match scores.iter_mut().find(|(_, known)| known.scale == scale) {
            Some(known) => {
                known.0 = name;
                known.1.mean = given.mean.or(known.1.mean);
                known.1.sd = given.sd.or(known.1.sd);
            }
            None => scores.push((name, given)),
        }
    }
    if scores.is_empty() || problems.len() > before {
        return None;
    }
    let all: Vec<Scores> = scores.iter().map(|(_, scores)| *scores).collect();
    match from_scores(&all) {
        Ok(population) => Some(population),
        Err((at, error)) => {
            let span = table.span_of(scores[at].0);
            problems.push(
                Problem::new(span, error.to_string())
                    .help("a form filled in by people who are all alike still scatters"),
            );
            None
        }
    }
}

/// Means and spreads of a file of people, each under the key that names it.
fn read_people<'n>(table: &Section<'_>, source: &Source, problems: &mut Vec<Problem>) -> Vec<(&'n str, Scores)> {
    if table.entry(PEOPLE_FROM).is_none() {
        return Vec::new();
    }
    let Some(data) = read_table(table, PEOPLE_FROM, source, problems) else {
        return Vec::new();
    };
    let mut all = Vec::new();
    for (scale, name) in SHIFTING.into_iter().zip(NAMES) {
        let Some(column) = data.column(name) else {
            continue;
        };
        let range = if scale == Scale::ErqReappraisal {
            [1.0, 7.0]
        } else {
            [0.0, 28.0]
        };
        match data.moments(column, range, |_| true) {
            Err(faults) => told(table, PEOPLE_FROM, &faults, problems),
            Ok(moments) if moments.count() < FEWEST => {
                let fault = format!(
                    "`{name}` has {} scores: a spread takes at least {FEWEST}",
                    moments.count()
                );
                told(table, PEOPLE_FROM, &[fault], problems);
            }
            Ok(moments) => all.push((
                PEOPLE_FROM,
                Scores {
                    scale,
                    mean: Some(moments.mean()),
                    sd: moments.sd(),
                },
            )),
        }
    }
    let has_any = NAMES.iter().any(|name| data.column(name).is_some());
    if !has_any {
        let near = data.columns.iter().map(|column| did_you_mean(column, NAMES));
        let near = near.into_iter().find(|near| !near.is_empty()).unwrap_or_default();
        let fault = format!("line 1: no column is one of {}{near}", NAMES.join(", "));
        told(table, PEOPLE_FROM, &[fault], problems);
    }
    all
}

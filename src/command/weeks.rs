//! The table of a study over weeks, or of encounters in a row: measures and conditions in rows, moments in columns.

use super::columns::{Column, chosen};
use compassion::engine::life::{Moment, main, moments};
use compassion::registry::Measure;
use compassion::report::{moment_label, seen};
use compassion::scenario::Scenario;
use compassion::study::Results;
use compassion::summary::joint_outcomes::Deed;
use compassion::wording::{capital, decimal};

/// Rows of conditions that are printed; the tables of the folder have all of them.
const MOST_ROWS: usize = 40;

/// The table; none where everybody is seen once.
pub fn conditions(results: &Results, width: usize) -> Option<String> {
    let scenario = &results.scenario;
    let times = times(scenario)?;
    let measures = measures(results);
    let mut names = vec![String::new()];
    for measure in &measures {
        let told = measure.row().told;
        let unit = if told.is_empty() {
            String::new()
        } else {
            format!(" ({told})")
        };
        names.push(format!("{}{unit}", capital(measure.in_a_sentence())));
        names.extend(
            scenario
                .conditions
                .iter()
                .map(|condition| format!("  {}", condition.name)),
        );
    }
    let first = &scenario.conditions[0];
    let mut columns: Vec<Column> = times
        .iter()
        .enumerate()
        .map(|(number, moment)| {
            let kept = [0, main(first), times.len() - 1].contains(&number);
            let rank = if kept { 0 } else { 2 + u8::from(number % 2 == 1) };
            let cells = measures.iter().flat_map(|measure| cells(results, *measure, number));
            Column::new(&moment_label(first, moment), rank, cells.collect())
        })
        .collect();
    columns.extend(gained_and_lost(results, &measures, &times));
    Some(chosen(&names, columns, width))
}

/// What the numbers of the table are.
pub fn legend(results: &Results) -> String {
    let first = &results.scenario.conditions[0].name;
    let gained = if measures(results).contains(&Measure::Helped) && results.scenario.conditions.len() > 1 {
        format!(" Gained: of the same 100, help there and not in “{first}”; lost: the other way round.")
    } else {
        String::new()
    };
    let every = if results.scenario.has_exchange() {
        "exchange.csv has every round"
    } else {
        "timeline.csv has every measure at every moment"
    };
    format!("Means; {every}, comparison.csv the differences with their 95 % intervals.{gained}")
}

/// When people are seen; none where that is once.
fn times(scenario: &Scenario) -> Option<Vec<Moment>> {
    let longest = scenario.conditions.iter().map(moments).max_by_key(Vec::len)?;
    (longest.len() > 1).then_some(longest)
}

/// What the contrasts of the file name, in their order, and helping (or what is given).
fn measures(results: &Results) -> Vec<Measure> {
    let scenario = &results.scenario;
    let graded = scenario.conditions[0].is_graded();
    let helping = if graded { Measure::Amount } else { Measure::Helped };
    let named = scenario.contrasts.iter().map(|contrast| contrast.measure);
    let mut measures: Vec<Measure> = Vec::new();
    for measure in named.chain([helping]) {
        let is_seen = results
            .tallies
            .iter()
            .flat_map(|tally| &tally.course)
            .any(|tally| seen(tally, measure).is_some());
        if is_seen && !measures.contains(&measure) {
            measures.push(measure);
        }
    }
    measures.truncate((MOST_ROWS / (scenario.conditions.len() + 1)).max(1));
    measures
}

/// A measure at a moment: a line without a number for its name, then one for each condition.
fn cells(results: &Results, measure: Measure, moment: usize) -> Vec<String> {
    let cell = |tally: &compassion::engine::tally::Tally| {
        let Some(seen) = tally.course.get(moment).and_then(|tally| seen(tally, measure)) else {
            return "–".to_owned();
        };
        if measure.is_share() {
            decimal(seen.mean * 100.0, 1)
        } else {
            decimal(seen.mean, 2)
        }
    };
    std::iter::once(String::new())
        .chain(results.tallies.iter().map(cell))
        .collect()
}

/// Who of the same people helps here only, and who in the first condition only, at the moment that stands for the whole.
fn gained_and_lost(results: &Results, measures: &[Measure], times: &[Moment]) -> Vec<Column> {
    let (scenario, joint_outcomes) = (&results.scenario, &results.joint_outcomes);
    let first = &scenario.conditions[0];
    let when = times
        .get(main(first))
        .map_or_else(String::new, |moment| moment_label(first, moment));
    let column = |head: &str, count: fn(&compassion::statistics::Joint) -> u64| {
        let cell = |condition: usize| {
            let joint = (condition < joint_outcomes.conditions())
                .then(|| joint_outcomes.joint(Deed::Helped, condition, 0))??;
            (joint.people() > 0).then(|| decimal(count(&joint) as f64 * 100.0 / joint.people() as f64, 1))
        };
        let cells = measures.iter().flat_map(|measure| {
            let conditions = 0..scenario.conditions.len();
            let told = conditions.map(move |condition| (*measure == Measure::Helped).then_some(condition));
            std::iter::once(None).chain(told)
        });
        let cells = cells.map(|condition| condition.and_then(&cell).unwrap_or_default());
        Column::new(&format!("{head},\n{when}"), 1, cells.collect())
    };
    if scenario.conditions.len() < 2 || !measures.contains(&Measure::Helped) {
        return Vec::new();
    }
    vec![
        column("gained", |joint| joint.first_only),
        column("lost", |joint| joint.second_only),
    ]
}

//! The table of chosen pairs: what the same people show in one condition, in the other, and the difference.

use super::columns::{Column, chosen};
use super::table::{DIFFERENCE, points, units, with_intervals};
use compassion::comparison::pairs::PairTally;
use compassion::document::in_words;
use compassion::registry::Measure;
use compassion::statistics::{Estimate, Joint, Z_95, paired_difference};
use compassion::study::Results;
use compassion::summary::joint_outcomes::Deed;
use compassion::wording::{decimal, signed};

/// Pairs that are printed; comparison.csv has all of them.
const MOST_PAIRS: usize = 6;

/// Measures that are shown without being asked for.
const USUAL: [Measure; 2] = [Measure::PersonalDistress, Measure::Compassion];

/// A row of the table: a pair's name, or something that it shows.
#[derive(Default)]
struct Row {
    name: String,
    treatment: String,
    control: String,
    /// Of a share in points of 100, else in the unit of the measure.
    difference: Option<(Estimate, Told)>,
    joint: Option<Joint>,
}

/// In what a difference is told.
#[derive(Clone, Copy, PartialEq)]
enum Told {
    Points,
    Unit,
}

/// The table.
pub fn table(results: &Results, width: usize) -> String {
    let pairs = &results.comparison.pairs;
    let rows: Vec<Row> = pairs
        .iter()
        .take(MOST_PAIRS)
        .flat_map(|tally| of_pair(results, tally))
        .collect();
    let control = pairs.first().map_or(0, |tally| tally.pair.control);
    let counted = format!("of 100 {}", units(results.scenario.conditions[control].unit));
    let names: Vec<String> = std::iter::once(counted)
        .chain(rows.iter().map(|row| row.name.clone()))
        .collect();
    let told = |wanted: Told| -> Vec<Option<Estimate>> {
        let of = |row: &Row| row.difference.filter(|(_, told)| *told == wanted).map(|(it, _)| it);
        rows.iter().map(of).collect()
    };
    let shares = with_intervals(&told(Told::Points), points);
    let means = with_intervals(&told(Told::Unit), told_finely);
    let differences = shares
        .into_iter()
        .zip(means)
        .map(|(share, mean)| if share.is_empty() { mean } else { share });
    let of_hundred = |count: fn(&Joint) -> u64| {
        let cell = |row: &Row| {
            let joint = row.joint.filter(|joint| joint.people() > 0);
            joint.map_or_else(String::new, |it| {
                decimal(count(&it) as f64 * 100.0 / it.people() as f64, 1)
            })
        };
        rows.iter().map(cell).collect()
    };
    let columns = vec![
        Column::new("first", 0, rows.iter().map(|row| row.treatment.clone()).collect()),
        Column::new("second", 0, rows.iter().map(|row| row.control.clone()).collect()),
        Column::new(DIFFERENCE, 0, differences.collect()),
        Column::new("only in\nfirst", 1, of_hundred(|joint| joint.first_only)),
        Column::new("only in\nsecond", 1, of_hundred(|joint| joint.second_only)),
    ];
    let mut text = chosen(&names, columns, width);
    if pairs.len() > MOST_PAIRS {
        text += &format!("… and {} more pairs, in comparison.csv\n", pairs.len() - MOST_PAIRS);
    }
    text
}

/// A difference in the unit of a measure; a small one with one decimal more.
fn told_finely(value: f64) -> String {
    signed(value, if value.abs() < 0.1 { 3 } else { 2 })
}

/// What the numbers of the table are.
pub fn legend(results: &Results) -> String {
    let scenario = &results.scenario;
    let main = results.comparison.pairs.first().map_or(0, |tally| tally.pair.treatment);
    let week = compassion::engine::place::Place::new(scenario, main, None).week(scenario);
    let when = week.map_or_else(String::new, |week| format!(", {}", compassion::wording::in_week(week)));
    format!(
        "The same people with the same luck in both{when}; a difference is first minus second, of shares in points of 100."
    )
}

fn of_pair(results: &Results, tally: &PairTally) -> Vec<Row> {
    let scenario = &results.scenario;
    let name = |condition: usize| &scenario.conditions[condition].name;
    let mut rows = vec![Row {
        name: format!("{} − {}", name(tally.pair.treatment), name(tally.pair.control)),
        ..Row::default()
    }];
    rows.extend([Deed::Helped, Deed::Left, Deed::Overwhelmed].map(|deed| of_deed(results, tally, deed)));
    let asked = scenario.contrasts.iter().map(|contrast| contrast.measure);
    let mut measures: Vec<Measure> = Vec::new();
    for measure in USUAL.into_iter().chain(asked) {
        if !measures.contains(&measure) {
            measures.push(measure);
        }
    }
    rows.extend(
        measures
            .into_iter()
            .filter_map(|measure| of_measure(results, tally, measure)),
    );
    rows
}

fn of_deed(results: &Results, tally: &PairTally, deed: Deed) -> Row {
    let joint_outcomes = &results.joint_outcomes;
    let (treatment, control) = (tally.pair.treatment, tally.pair.control);
    let counted = treatment.max(control) < joint_outcomes.conditions();
    let share = |condition: usize| {
        let share = counted.then(|| joint_outcomes.count(deed, condition).share()).flatten();
        share.map_or_else(|| "–".to_owned(), |it| decimal(it * 100.0, 1))
    };
    let joint = match deed {
        Deed::Helped => Some(tally.joint),
        _ => counted
            .then(|| joint_outcomes.joint(deed, treatment, control))
            .flatten(),
    };
    let word = match deed {
        Deed::Helped => "helped",
        Deed::Left => "left",
        Deed::Punished => "punished",
        Deed::Overwhelmed => "overwhelmed",
    };
    Row {
        name: format!("  {word}"),
        treatment: share(treatment),
        control: share(control),
        difference: joint.and_then(|it| Some((paired_difference(it, Z_95)?, Told::Points))),
        joint,
    }
}

/// A measure that everybody has at the moment that stands for the whole; none for others.
fn of_measure(results: &Results, tally: &PairTally, measure: Measure) -> Option<Row> {
    let (_, difference) = tally.mean_differences().find(|(other, _)| *other == measure)?;
    let mean = |condition: usize| {
        let mean = results.summary.conditions[condition].mean(measure);
        mean.map_or_else(|| "–".to_owned(), |it| decimal(it, 2))
    };
    Some(Row {
        name: format!("  {}", in_words(measure.key())),
        treatment: mean(tally.pair.treatment),
        control: mean(tally.pair.control),
        difference: Some((difference, Told::Unit)),
        joint: None,
    })
}

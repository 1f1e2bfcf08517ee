//! `community.csv` and `community_effects.csv`: what happens in communities week by week, and what training does there.

use super::groups;
use crate::community::effects::{Communities, EffectKind, Told};
use crate::community::sums::CommunityMeasure;
use crate::engine::life::moments;
use crate::population::networks::Ties;
use crate::registry::{Column, codebook, header, name_cell};
use crate::scenario::Scenario;
use std::fmt::Write;

/// What the columns of both tables mean.
fn columns() -> [Column<()>; 12] {
    let column = |name: &'static str, unit, meaning: &'static str| Column::new(name, unit, meaning, ());
    [
        column("condition", ("", "text"), "the condition"),
        column(
            "compared_with",
            ("", "text"),
            "community_effects.csv: the condition that it is compared with, the first; the same communities are lived in both",
        ),
        column(
            "group",
            ("", "text"),
            "community.csv: all; trained and untrained people; one, two or three steps (ties) away from the nearest trained person; farther away, or without a way",
        ),
        column(
            "trained_in",
            ("", "text"),
            "community.csv: the condition whose training makes the group; in the first condition these people are not trained, and the rows say how they do without",
        ),
        column(
            "effect",
            ("", "text"),
            "community_effects.csv: overall (everybody), total (the trained), spill_over (the untrained, and by steps from the nearest trained person), direct (total less spill_over)",
        ),
        column("week", ("weeks", "0 …"), "week since the first practice began"),
        column(
            "people",
            ("people", "0 …"),
            "people in the group, on average over communities",
        ),
        column(
            "measure",
            ("", "text"),
            "helped: share who help in the scene of the condition, which everybody meets alone and without a trace; needs_met: share of needs since the last measurement in which anybody helped; helping_per_witness: share of those at hand who helped themselves, one who is relieved by another's help counted as not helping; the others as in people_codebook.csv",
        ),
        column(
            "value",
            ("unit of the measure", "any"),
            "mean over communities, or mean difference",
        ),
        column(
            "lower",
            ("unit of the measure", "any"),
            "lower limit of the 95 % interval over communities (Student's t); empty with one community",
        ),
        column("upper", ("unit of the measure", "any"), "upper limit"),
        column("communities", ("", "1 …"), "communities behind it"),
    ]
}

/// What the columns of both tables mean: file name and content.
pub fn community_codebook() -> (&'static str, String) {
    ("community_codebook.csv", codebook(&columns()))
}

fn head(names: &[&str]) -> String {
    let columns: Vec<Column<()>> = columns()
        .into_iter()
        .filter(|column| names.contains(&&*column.name))
        .collect();
    header(&columns)
}

fn cells(told: &Told) -> String {
    let estimate = told.estimate;
    if told.communities < 2 {
        return format!("{},,,{}", estimate.value, told.communities);
    }
    format!(
        "{},{},{},{}",
        estimate.value, estimate.lower, estimate.upper, told.communities
    )
}

/// What happens in communities, a row for each condition, group, week and measure.
pub fn community_csv(scenario: &Scenario, communities: &Communities) -> String {
    let names = [
        "condition",
        "group",
        "trained_in",
        "week",
        "people",
        "measure",
        "value",
        "lower",
        "upper",
        "communities",
    ];
    let mut table = head(&names);
    for (number, condition) in scenario.conditions.iter().enumerate() {
        for (by, group) in groups(scenario, number) {
            let people = communities.people(number, by, group);
            for (moment, when) in moments(condition).iter().enumerate() {
                for measure in CommunityMeasure::all() {
                    let Some(told) = communities.mean(number, by, moment, group, measure) else {
                        continue;
                    };
                    let trained_in = match scenario.conditions[by].training.is_empty() {
                        true => String::new(),
                        false => name_cell(&scenario.conditions[by].name),
                    };
                    let _ = writeln!(
                        table,
                        "{},{},{trained_in},{},{people},{},{}",
                        name_cell(&condition.name),
                        group.key(),
                        when.week,
                        measure.key(),
                        cells(&told)
                    );
                }
            }
        }
    }
    table
}

/// What training does in communities, a row for each condition beside the first, effect, week and measure.
pub fn community_effects_csv(scenario: &Scenario, communities: &Communities) -> String {
    let names = [
        "condition",
        "compared_with",
        "effect",
        "week",
        "measure",
        "value",
        "lower",
        "upper",
        "communities",
    ];
    let mut table = head(&names);
    for (number, condition) in scenario.conditions.iter().enumerate().skip(1) {
        for kind in EffectKind::all() {
            for (moment, when) in moments(condition).iter().enumerate() {
                for measure in CommunityMeasure::all() {
                    let Some(told) = communities.effect(number, moment, kind, measure) else {
                        continue;
                    };
                    let _ = writeln!(
                        table,
                        "{},{},{},{},{},{}",
                        name_cell(&condition.name),
                        name_cell(&scenario.conditions[0].name),
                        kind.key(),
                        when.week,
                        measure.key(),
                        cells(&told)
                    );
                }
            }
        }
    }
    table
}

/// Ties as a table that a scenario can be read with.
pub fn ties_csv(ties: &Ties) -> String {
    let mut table = String::from("from,to,weight\n");
    for person in 0..ties.people() {
        for (other, strength) in ties.of(person).filter(|(other, _)| *other > person) {
            let _ = writeln!(table, "{person},{other},{strength}");
        }
    }
    table
}

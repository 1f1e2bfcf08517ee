//! Tables of communities: what happens in them week by week, what training does there, who is tied to whom.

use super::groups;
use crate::community::effects::{Communities, EffectEstimate, EffectKind};
use crate::community::run::Portrait;
use crate::community::sums::CommunityMeasure;
use crate::engine::life::moments;
use crate::population::networks::Ties;
use crate::registry::{Column, codebook, header, name_cell};
use crate::scenario::Scenario;
use std::fmt::Write;

/// What the columns of all these tables mean, each once.
fn columns() -> [Column<()>; 23] {
    let column = |name: &'static str, unit, meaning: &'static str| Column::new(name, unit, meaning, ());
    [
        column("condition", ("", "text"), "the condition"),
        column(
            "compared_with",
            ("", "text"),
            "the condition that it is compared with, the first; the same communities are lived in both",
        ),
        column(
            "group",
            ("", "text"),
            "all; trained and untrained people; one, two or three steps (ties) away from the nearest trained person; farther away, or without a way",
        ),
        column(
            "trained_in",
            ("", "text"),
            "the condition whose training makes the group; in the first condition these people are not trained, and the rows say how they do without",
        ),
        column(
            "effect",
            ("", "text"),
            "overall (everybody), total (the trained), spill_over (the untrained, and by steps from the nearest trained person), direct (total less spill_over)",
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
        column(
            "Source",
            ("", "0 …"),
            "a person of the first community, as `agent` in people.csv",
        ),
        column("Target", ("", "0 …"), "another, to whom the first is tied"),
        column("Type", ("", "text"), "Undirected: a tie has no direction"),
        column("Weight", ("", "0 …"), "strength of the tie at the end"),
        column("layer", ("", "text"), "layer of the community"),
        column(
            "Id",
            ("", "0 …"),
            "a person of the first community, as `agent` in people.csv",
        ),
        column("degree", ("ties", "0 …"), "number of ties in all layers"),
        column(
            "trained",
            ("", "0 or 1"),
            "whether the condition's training reaches the person",
        ),
        column(
            "steps_to_trained",
            ("ties", "0 … 4"),
            "steps to the nearest trained person; 4 stands for four and more, and for no way; empty where nobody is trained",
        ),
        column(
            "burnout_before",
            ("points", "0–10"),
            "burnout when people are first seen",
        ),
        column("burnout_after", ("points", "0–10"), "burnout when people are last seen"),
    ]
}

const COMMUNITY: &[&str] = &[
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
const EFFECTS: &[&str] = &[
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
const TIES: &[&str] = &["Source", "Target", "Type", "Weight", "layer", "condition"];
const PEOPLE: &[&str] = &[
    "Id",
    "condition",
    "degree",
    "trained",
    "steps_to_trained",
    "burnout_before",
    "burnout_after",
];

/// What the columns of the tables mean: file names and content.
pub fn community_codebooks() -> [(&'static str, String); 4] {
    [
        ("community_codebook.csv", COMMUNITY),
        ("community_effects_codebook.csv", EFFECTS),
        ("community_ties_codebook.csv", TIES),
        ("community_people_codebook.csv", PEOPLE),
    ]
    .map(|(file, names)| (file, codebook(&chosen(names))))
}

/// The columns of these names, in their order.
fn chosen(names: &[&str]) -> Vec<Column<()>> {
    let mut all: Vec<Column<()>> = columns().into();
    let take = |name: &&str| {
        let place = all.iter().position(|column| column.name == *name);
        all.swap_remove(place.expect("every column is explained"))
    };
    names.iter().map(take).collect()
}

fn head(names: &[&str]) -> String {
    header(&chosen(names))
}

fn cells(told: &EffectEstimate) -> String {
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
    let mut table = head(COMMUNITY);
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
    let mut table = head(EFFECTS);
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

/// Who is tied to whom in the first community, as Gephi and networkx read it: a row for each tie and condition.
pub fn community_ties_csv(scenario: &Scenario, portraits: &[Portrait]) -> String {
    let mut table = head(TIES);
    for (condition, portrait) in scenario.conditions.iter().zip(portraits) {
        let community = condition.protocol.community.as_ref();
        let layers = community.map_or(&[][..], |community| &community.layers);
        for (layer, (pairs, strengths)) in layers.iter().zip(portrait.ties.iter().zip(&portrait.strengths)) {
            for ((one, other), strength) in pairs.iter().zip(strengths) {
                let _ = writeln!(
                    table,
                    "{one},{other},Undirected,{strength},{},{}",
                    name_cell(&layer.name),
                    name_cell(&condition.name)
                );
            }
        }
    }
    table
}

/// The people of the first community, as Gephi and networkx read them: a row for each person and condition.
pub fn community_people_csv(scenario: &Scenario, portraits: &[Portrait]) -> String {
    let mut table = head(PEOPLE);
    for (condition, portrait) in scenario.conditions.iter().zip(portraits) {
        let mut degrees = vec![0_u32; portrait.classes.len()];
        for (one, other) in portrait.ties.iter().flatten() {
            degrees[*one as usize] += 1;
            degrees[*other as usize] += 1;
        }
        let (Some(before), Some(after)) = (portrait.burnout.first(), portrait.burnout.last()) else {
            continue;
        };
        let trains = portrait.classes.contains(&0);
        for (person, class) in portrait.classes.iter().enumerate() {
            let steps = match (trains, class) {
                (false, _) => String::new(),
                (true, steps) => steps.to_string(),
            };
            let _ = writeln!(
                table,
                "{person},{},{},{},{steps},{},{}",
                name_cell(&condition.name),
                degrees[person],
                u8::from(*class == 0),
                before[person],
                after[person]
            );
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

//! What `summary.json` says of comparisons.

use super::comparison::{change_name, share, shift_name, spread_of_d};
use crate::comparison::knockouts::WithoutMechanism;
use crate::comparison::measured_contrast::{MeasuredContrast, Shift};
use crate::comparison::pairs::{Change, PairTally};
use crate::comparison::precision::Reach;
use crate::comparison::shares::Shares;
use crate::comparison::study::{Design, Found};
use crate::comparison::words::{self};
use crate::comparison::{Comparison, profile};
use crate::document::Choice as _;
use crate::scenario::Scenario;
use crate::statistics::{Paired, Z_95};
use serde_json::{Map, Value, json};

/// Everything that was compared, as JSON; what was not asked for is left out.
pub fn comparison_json(scenario: &Scenario, comparison: &Comparison) -> Value {
    let pairs = comparison.pairs.iter().enumerate().map(|(number, tally)| {
        let mut json = pair_json(scenario, tally);
        if let Some(shares) = comparison.shares.get(number) {
            json["paths"] = paths_json(tally, shares);
        }
        if let Some(Some(shares)) = comparison.feelings.get(number) {
            json["feelings"] = paths_json(tally, shares);
        }
        if let Some(without) = comparison.knockouts.get(number) {
            let each = without
                .iter()
                .map(|it| (it.mechanism.key().to_owned(), knockout_json(it)));
            json["without"] = Value::Object(each.collect());
        }
        json
    });
    let mut json = json!({ "pairs": pairs.collect::<Vec<_>>() });
    if let Some(search) = &comparison.search {
        json["precision"] = json!({
            "wanted": search.wanted,
            "unit": match search.unit {
                Reach::People => "share of people",
                Reach::Sd => "SD",
                Reach::Either => "share of people, or SD of a measure",
            },
            "reach": search.reach,
            "reached": search.reached(),
            "people": search.people(),
            "looks": search.looks,
        });
    }
    if let Some((design, found)) = &comparison.studies {
        json["studies"] = studies_json(scenario, *design, found);
    }
    json
}

fn paths_json(tally: &PairTally, shares: &Shares) -> Value {
    let mean = |it: &Paired| json!(it.first(Z_95));
    let each = shares.paths.iter().zip(&shares.carried).map(|(path, it)| {
        let carried = json!({
            "swapped_in_alone": mean(&it.alone),
            "swapped_back": mean(&it.back),
            "mean_of_orders": mean(&it.mean),
            "share": it.mean.ratio(Z_95),
        });
        ((*path).to_owned(), carried)
    });
    json!({
        "difference": tally.effect(),
        "each": Value::Object(each.collect()),
        "interplay": mean(&shares.interplay),
    })
}

fn knockout_json(it: &WithoutMechanism) -> Value {
    json!({
        "difference": it.effect(),
        "minus_whole": it.change(),
        "part_left": it.part_left(),
        "people_moved": it.moved,
    })
}

fn studies_json(scenario: &Scenario, design: Design, found: &[Found]) -> Value {
    let name = |it: usize| &scenario.conditions[it].name;
    let each = found.iter().map(|it| {
        json!({
            "condition": name(it.question.pair.treatment),
            "compared_with": name(it.question.pair.control),
            "measure": it.question.measure,
            "week": it.question.weeks[0],
            "from_week": it.question.weeks[1].filter(|from| Some(*from) != it.question.weeks[0]),
            "power": it.significant().share(),
            "power_lower": it.power_interval().lower,
            "power_upper": it.power_interval().upper,
            "d": spread_of_d(it),
            "mean_d": it.means().0,
            "mean_d_if_significant": it.means().1,
            "as_large_as_published": it.as_large_as_published(),
            "published": it.question.published.map(|it| json!({ "as_stated": it.contrast, "d": it.d })),
        })
    });
    json!({
        "per_condition": design.per_condition,
        "repeats": design.repeats,
        "questions": each.collect::<Vec<_>>(),
    })
}

fn pair_json(scenario: &Scenario, tally: &PairTally) -> Value {
    let name = |it: usize| &scenario.conditions[it].name;
    let told = tally.told.as_ref();
    let shares: Map<String, Value> = Change::ALL
        .into_iter()
        .map(|it| (change_name(it).to_owned(), json!(share(tally, it))))
        .collect();
    let measures: Map<String, Value> = tally
        .mean_differences()
        .map(|(measure, it)| (measure.word().to_owned(), json!(it)))
        .collect();
    let who = |change| -> Value {
        let features = tally.who(change).into_iter().enumerate();
        let known = features.filter_map(|(feature, it)| Some((profile::name(feature).to_owned(), json!(it?))));
        Value::Object(known.collect())
    };
    // What is asked beside helping stands apart.
    let helping = PairTally {
        told: None,
        ..tally.clone()
    };
    let mut json = json!({
        "condition": name(tally.pair.treatment),
        "compared_with": name(tally.pair.control),
        "n": tally.joint.people(),
        "share": shares,
        "of_hundred": words::of_hundred(tally),
        "flow": words::flow(scenario, tally),
        "who": words::who(scenario, &helping),
        "difference": tally.difference(),
        "measures": measures,
        "who_helps_only_in_condition": who(Change::Gained),
        "who_helps_only_in_compared_with": who(Change::Lost),
    });
    if let Some(told) = told {
        json["asked"] = told_json(scenario, tally, told);
    }
    json
}

fn told_json(scenario: &Scenario, tally: &PairTally, told: &MeasuredContrast) -> Value {
    let people = told.people();
    let share = |it: Shift| (people > 0).then(|| told.count(it) as f64 / people as f64);
    let shares = Shift::ALL.map(|it| (shift_name(it).to_owned(), json!(share(it))));
    let who = |shift| -> Value {
        let features = told.who(shift).into_iter().enumerate();
        let known = features.filter_map(|(feature, it)| Some((profile::name(feature).to_owned(), json!(it?))));
        Value::Object(known.collect())
    };
    let [week, compared_with_week] = told.asked.weeks(scenario);
    json!({
        "measure": told.asked.measure,
        "week": week,
        "compared_with_week": compared_with_week,
        "n": people,
        "share": Value::Object(shares.into_iter().collect()),
        "mean_in_compared_with": told.control(),
        "difference": told.difference(),
        "sd": told.sd(),
        "difference_in_sd": told.sd().and(told.standardised()),
        "change": words::change(scenario, tally),
        "who": words::who(scenario, tally),
        "whose_measure_is_higher": who(Shift::Higher),
        "whose_measure_is_lower": who(Shift::Lower),
    })
}

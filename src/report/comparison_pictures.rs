//! The charts of a comparison: which numbers go into which chart.

use super::comparison::{pair_in_words, published_in_words, question_in_words};
use super::pictures::{Draw, Drawing, PictureError, everybody, frame, named};
use crate::charts::estimate::Estimate;
use crate::charts::{
    changers as changers_chart, flow as flow_chart, knockout_table as knockout_chart, path_shares as paths_chart,
    studies as studies_chart,
};
use crate::comparison::pairs::{Change, PairTally};
use crate::comparison::shares::{Carried, Shares};
use crate::comparison::study::{Design, Found};
use crate::comparison::words::{changing, feature, not_compared, of_hundred};
use crate::comparison::{Comparison, Pair, most_telling, profile};
use crate::document::in_words;
use crate::model::agent::Trait;
use crate::model::mechanism::Mechanism;
use crate::scenario::{Scenario, Unit};
use crate::statistics::{self, Z_95};
use crate::wording::thousands;

/// Effects whose paths are drawn at most; the tables have all of them.
const MOST_EFFECTS: usize = 4;

/// Questions to studies that are drawn at most.
const MOST_QUESTIONS: usize = 16;

/// The charts of what was compared, to be drawn in any order.
pub fn comparison_charts<'a>(scenario: &'a Scenario, comparison: &'a Comparison) -> Vec<Draw<'a>> {
    let mut charts: Vec<Draw<'a>> = Vec::new();
    let pairs: Vec<&PairTally> = comparison.pairs.iter().filter(|it| it.joint.people() > 0).collect();
    if !pairs.is_empty() {
        let all = pairs.clone();
        charts.push(Box::new(move || flow(scenario, &all)));
    }
    if let Some(pair) = most_telling(scenario, pairs, |it| !changing(scenario, it).is_empty()) {
        charts.push(Box::new(move || changers(scenario, pair)));
    }
    if comparison.shares.iter().any(|it| !it.paths.is_empty()) {
        charts.push(Box::new(move || path_shares(scenario, comparison)));
    }
    if comparison.knockouts.iter().flatten().any(|it| it.moved > 0) {
        charts.push(Box::new(move || knockouts(scenario, comparison)));
    }
    if let Some((design, found)) = &comparison.studies
        && found.iter().any(|it| it.studies.iter().flatten().next().is_some())
    {
        charts.push(Box::new(move || studies(scenario, *design, found)));
    }
    charts
}

/// Who helps in the one condition and in the other.
fn flow(scenario: &Scenario, pairs: &[&PairTally]) -> Result<Drawing, PictureError> {
    let shown = &pairs[..pairs.len().min(flow_chart::MOST_PAIRS)];
    let pair = |it: &&PairTally| {
        let share = |change| it.count(change) as f64 / it.joint.people() as f64;
        flow_chart::FlowPair {
            before: name(scenario, it.pair.control).to_owned(),
            after: name(scenario, it.pair.treatment).to_owned(),
            either: share(Change::Either),
            gained: share(Change::Gained),
            lost: share(Change::Lost),
            never: share(Change::Never),
            of_hundred: of_hundred(it).unwrap_or_default(),
        }
    };
    let data = flow_chart::FlowData {
        pairs: shown.iter().map(pair).collect(),
    };
    let groups = scenario.conditions.iter().any(|it| it.unit != Unit::Person);
    let counted = if groups { " · groups count as one" } else { "" };
    let compared: Vec<Pair> = pairs.iter().map(|it| it.pair).collect();
    let others = not_compared(scenario, &compared).map_or_else(String::new, |it| format!(" · {it}"));
    let notes = format!(
        " · the same people with the same luck on both sides{counted}{}{others}",
        more(pairs.len(), shown.len(), "pairs")
    );
    let mut around = frame(scenario, usize::MAX, &everybody(scenario), &notes);
    around.subtitle = Some("Who helps in the one condition, and in the other?".to_owned());
    named("flow", flow_chart::draw(&data, &around))
}

/// Who those are that help only in the treatment, or only in the control.
fn changers(scenario: &Scenario, tally: &PairTally) -> Result<Drawing, PictureError> {
    let (gained, lost) = (tally.who(Change::Gained), tally.who(Change::Lost));
    let drawn = changing(scenario, tally);
    let people = |change, only_in| {
        let count = thousands(tally.count(change));
        let told = format!("help only in “{}” ({count} people)", name(scenario, only_in));
        drawn.contains(&change).then_some(told)
    };
    let rows = (0..profile::FEATURES).map(|it| changers_chart::ChangersRow {
        name: feature(it),
        group: Some(if it < Trait::COUNT { "traits" } else { "questionnaires" }.to_owned()),
        gained: gained[it].map(chart_estimate),
        lost: lost[it].map(chart_estimate),
    });
    let data = changers_chart::ChangersData {
        gained: people(Change::Gained, tally.pair.treatment),
        lost: people(Change::Lost, tally.pair.control),
        axis: "SD above people for whom nothing changes".to_owned(),
        rows: rows.collect(),
    };
    let notes = " · before training, 95 % intervals";
    let mut around = frame(scenario, usize::MAX, &everybody(scenario), notes);
    around.subtitle = Some(format!("Who changes: {}", pair_in_words(scenario, tally.pair)));
    named("changers", changers_chart::draw(&data, &around))
}

/// What each path carries of each effect, and each feeling.
fn path_shares(scenario: &Scenario, comparison: &Comparison) -> Result<Drawing, PictureError> {
    let with_paths = || {
        let shares = comparison.shares.iter().zip(&comparison.feelings);
        let all = comparison.pairs.iter().zip(shares);
        all.filter(|(_, (paths, _))| !paths.paths.is_empty())
    };
    let effect = |(tally, (paths, feelings)): (&PairTally, (&Shares, &Option<Shares>))| {
        let mut rows = path_rows("enters by", false, paths);
        rows.extend(feelings.iter().flat_map(|it| path_rows("acts through", true, it)));
        Some(paths_chart::PathSharesEffect {
            name: pair_in_words(scenario, tally.pair),
            whole: points(tally.difference()?),
            paths: rows,
        })
    };
    let data = paths_chart::PathSharesData {
        axis: "difference in people who help (points of 100)".to_owned(),
        effects: with_paths().take(MOST_EFFECTS).filter_map(effect).collect(),
    };
    let notes = format!(
        " · what a path adds, averaged over all orders of swapping, 95 % intervals{}",
        more(with_paths().count(), MOST_EFFECTS, "effects")
    );
    let mut around = frame(scenario, usize::MAX, &everybody(scenario), &notes);
    around.subtitle = Some("Through what does a difference come?".to_owned());
    named("path_shares", paths_chart::draw(&data, &around))
}

fn path_rows(how: &str, feelings: bool, shares: &Shares) -> Vec<paths_chart::PathRow> {
    let row = |(path, it): (&&str, &Carried)| {
        Some(paths_chart::PathRow {
            name: format!("{how} {}", in_words(path)),
            feeling: feelings,
            mean: points(it.mean.first(Z_95)?),
            alone: it.alone.first(Z_95)?.value * 100.0,
            back: it.back.first(Z_95)?.value * 100.0,
            share: it.mean.ratio(Z_95).map(|it| it.value),
        })
    };
    let carrying = shares
        .paths
        .iter()
        .zip(&shares.carried)
        .filter(|(_, it)| it.moves_anybody());
    carrying.filter_map(row).collect()
}

/// What becomes of each effect when each mechanism is knocked out.
fn knockouts(scenario: &Scenario, comparison: &Comparison) -> Result<Drawing, PictureError> {
    let shown = comparison.pairs.len().min(knockout_chart::MOST_EFFECTS);
    let (pairs, without) = (&comparison.pairs[..shown], &comparison.knockouts[..shown]);
    let of = |pair: usize, mechanism| without[pair].iter().find(|it| it.mechanism == mechanism);
    let moves = |it: &Mechanism| (0..shown).any(|pair| of(pair, *it).is_some_and(|it| it.moved > 0));
    let rows = Mechanism::ALL
        .into_iter()
        .filter(moves)
        .map(|mechanism| knockout_chart::KnockoutRow {
            name: format!("without {}", in_words(mechanism.key())),
            effects: (0..shown)
                .map(|pair| of(pair, mechanism)?.effect().map(points))
                .collect(),
        });
    let data = knockout_chart::KnockoutTableData {
        effects: pairs.iter().map(|it| pair_in_words(scenario, it.pair)).collect(),
        whole: pairs.iter().filter_map(|it| it.difference().map(points)).collect(),
        rows: rows.collect(),
        decimals: 1,
    };
    let idle = Mechanism::ALL.into_iter().filter(|it| !moves(it)).count();
    let notes = format!(
        " · 95 % intervals · {idle} of {} mechanisms move nobody here{}",
        Mechanism::ALL.len(),
        more(comparison.pairs.len(), shown, "effects")
    );
    let mut around = frame(scenario, usize::MAX, &everybody(scenario), &notes);
    around.subtitle =
        Some("Difference in people who help (points of 100), with a mechanism knocked out on both sides".to_owned());
    named("knockouts", knockout_chart::draw(&data, &around))
}

/// What studies would have found.
fn studies(scenario: &Scenario, design: Design, found: &[Found]) -> Result<Drawing, PictureError> {
    let row = |it: &Found| {
        let published = it.question.published.and_then(|it| it.d);
        Some(studies_chart::StudiesRow {
            name: question_in_words(&it.question),
            group: Some(pair_in_words(scenario, it.question.pair)),
            studies: it
                .studies
                .iter()
                .flatten()
                .map(|study| (study.d, study.p < crate::comparison::study::ALPHA))
                .collect(),
            median: it.quantile_d(0.5)?,
            power: it.significant().share()?,
            published: published.map(chart_estimate),
            stated: published_in_words(&it.question),
        })
    };
    // Neighbouring rows of one pair stand under one header.
    let mut sorted: Vec<&Found> = found.iter().collect();
    sorted.sort_by_key(|it| found.iter().position(|first| first.question.pair == it.question.pair));
    let rows: Vec<studies_chart::StudiesRow> = sorted.into_iter().filter_map(row).collect();
    let notes = format!(
        " · fresh people in every study · two-sided tests{}",
        more(rows.len(), MOST_QUESTIONS, "questions")
    );
    let data = studies_chart::StudiesData {
        axis: "standardised difference d that a study finds".to_owned(),
        rows: rows.into_iter().take(MOST_QUESTIONS).collect(),
    };
    let people = format!("{} simulated studies", thousands(design.repeats.into()));
    let mut around = frame(scenario, usize::MAX, &people, &notes);
    around.subtitle = Some(format!(
        "What would a study with {} per condition find?",
        thousands(design.per_condition.into())
    ));
    named("studies", studies_chart::draw(&data, &around))
}

fn name(scenario: &Scenario, condition: usize) -> &str {
    &scenario.conditions[condition].name
}

fn more(of: usize, shown: usize, what: &str) -> String {
    if of > shown {
        format!(" · first {shown} of {of} {what}")
    } else {
        String::new()
    }
}

fn chart_estimate(it: statistics::Estimate) -> Estimate {
    Estimate {
        value: it.value,
        lower: it.lower,
        upper: it.upper,
    }
}

/// A share of people in points of 100.
fn points(it: statistics::Estimate) -> Estimate {
    Estimate {
        value: it.value * 100.0,
        lower: it.lower * 100.0,
        upper: it.upper * 100.0,
    }
}

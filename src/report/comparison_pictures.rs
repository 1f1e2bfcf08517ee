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
use crate::comparison::told::{LEAST_SD, Told};
use crate::comparison::words::{asked_in_words, changes, changing, feature, not_compared, of_hundred};
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
    // Differences in people and differences in SD have not one axis.
    for kind in [Kind::People, Kind::Sd] {
        let pairs = kind.pairs(comparison);
        let has_paths = |it: &usize| comparison.shares.get(*it).is_some_and(|it| !it.paths.is_empty());
        let moves = |it: &usize| {
            let without = comparison.knockouts.get(*it);
            without.is_some_and(|it| it.iter().any(|it| it.moved > 0))
        };
        if pairs.iter().any(has_paths) {
            let pairs = pairs.clone();
            charts.push(Box::new(move || path_shares(scenario, comparison, kind, &pairs)));
        }
        if pairs.iter().any(moves) {
            charts.push(Box::new(move || knockouts(scenario, comparison, kind, &pairs)));
        }
    }
    if let Some((design, found)) = &comparison.studies
        && found.iter().any(|it| it.studies.iter().flatten().next().is_some())
    {
        charts.push(Box::new(move || studies(scenario, *design, found)));
    }
    charts
}

/// In what differences are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Points of 100 people who help.
    People,
    /// SD of a measure.
    Sd,
}

impl Kind {
    fn of(tally: &PairTally) -> Self {
        match &tally.told {
            Some(told) if !told.asked.is_share() => Self::Sd,
            _ => Self::People,
        }
    }

    /// The pairs of which a difference of this kind is asked, by their numbers.
    fn pairs(self, comparison: &Comparison) -> Vec<usize> {
        let mut pairs: Vec<usize> = (0..comparison.pairs.len()).collect();
        pairs.retain(|it| Self::of(&comparison.pairs[*it]) == self);
        pairs
    }

    /// What all these pairs are asked about, or what stands for it where they are not asked about one measure.
    fn measure(self, scenario: &Scenario, comparison: &Comparison, pairs: &[usize]) -> String {
        let mut asked = pairs.iter().map(|it| asked(scenario, &comparison.pairs[*it]));
        let first = asked.next().flatten();
        match (self, first) {
            (Self::People, None) if asked.all(|it| it.is_none()) => "people who help".to_owned(),
            (_, Some(first)) if asked.all(|it| it.as_ref() == Some(&first)) => first,
            (Self::People, _) => "people who do".to_owned(),
            (Self::Sd, _) => "the measure".to_owned(),
        }
    }

    fn decimals(self) -> usize {
        match self {
            Self::People => 1,
            Self::Sd => 2,
        }
    }

    /// A number in the unit of a pair.
    fn told(self, tally: &PairTally, it: statistics::Estimate) -> Estimate {
        match self {
            Self::People => points(it),
            Self::Sd => chart_estimate(it.times(1.0 / tally.told.as_ref().map_or(1.0, Told::unit))),
        }
    }
}

/// What is asked about a pair, if that is not helping.
fn asked(scenario: &Scenario, tally: &PairTally) -> Option<String> {
    Some(asked_in_words(scenario, &tally.told.as_ref()?.asked))
}

/// A pair and what is asked about it.
fn asked_title(scenario: &Scenario, tally: &PairTally) -> String {
    let title = pair_in_words(scenario, tally.pair);
    match asked(scenario, tally) {
        None => title,
        Some(asked) => format!("{asked}: {title}"),
    }
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

/// Who those are that help only in the treatment, or only in the control; or in whom the measure that is asked about is higher or lower.
fn changers(scenario: &Scenario, tally: &PairTally) -> Result<Drawing, PictureError> {
    let (gained, lost) = (tally.who_changed(Change::Gained), tally.who_changed(Change::Lost));
    let drawn = changing(scenario, tally);
    let people = |change| {
        let count = thousands(tally.changed(change));
        let told = format!("{} ({count} people)", changes(scenario, tally, change));
        drawn.contains(&change).then_some(told)
    };
    let rows = (0..profile::FEATURES).map(|it| changers_chart::ChangersRow {
        name: feature(it),
        group: Some(if it < Trait::COUNT { "traits" } else { "questionnaires" }.to_owned()),
        gained: gained[it].map(chart_estimate),
        lost: lost[it].map(chart_estimate),
    });
    let data = changers_chart::ChangersData {
        gained: people(Change::Gained),
        lost: people(Change::Lost),
        axis: match tally.told {
            None => "SD above people for whom nothing changes".to_owned(),
            Some(_) => "SD above all others".to_owned(),
        },
        rows: rows.collect(),
    };
    let mut notes = " · before training, 95 % intervals".to_owned();
    if Kind::of(tally) == Kind::Sd {
        notes += &format!(" · higher: by more than {LEAST_SD} SD");
    }
    let mut around = frame(scenario, usize::MAX, &everybody(scenario), &notes);
    around.subtitle = Some(format!("Who changes: {}", asked_title(scenario, tally)));
    named("changers", changers_chart::draw(&data, &around))
}

/// What each path carries of each effect, and each feeling.
fn path_shares(
    scenario: &Scenario,
    comparison: &Comparison,
    kind: Kind,
    pairs: &[usize],
) -> Result<Drawing, PictureError> {
    let with_paths: Vec<usize> = pairs
        .iter()
        .copied()
        .filter(|it| !comparison.shares[*it].paths.is_empty())
        .collect();
    let shown = &with_paths[..with_paths.len().min(MOST_EFFECTS)];
    let effect = |number: &usize| {
        let tally = &comparison.pairs[*number];
        let told = |it| kind.told(tally, it);
        let mut rows = path_rows("enters by", false, &comparison.shares[*number], &told);
        let feelings = comparison.feelings[*number].iter();
        rows.extend(feelings.flat_map(|it| path_rows("acts through", true, it, &told)));
        Some(paths_chart::PathSharesEffect {
            name: asked_title(scenario, tally),
            whole: told(tally.effect()?),
            paths: rows,
        })
    };
    let measure = kind.measure(scenario, comparison, shown);
    let (name, axis) = match kind {
        Kind::People => ("path_shares", format!("difference in {measure} (points of 100)")),
        Kind::Sd => (
            "path_shares_of_measures",
            format!("difference in {measure} (SD between people)"),
        ),
    };
    let data = paths_chart::PathSharesData {
        axis,
        decimals: kind.decimals(),
        effects: shown.iter().filter_map(effect).collect(),
    };
    let notes = format!(
        " · what a path adds, averaged over all orders of swapping, 95 % intervals{}",
        more(with_paths.len(), shown.len(), "effects")
    );
    let mut around = frame(scenario, usize::MAX, &everybody(scenario), &notes);
    around.subtitle = Some("Through what does a difference come?".to_owned());
    named(name, paths_chart::draw(&data, &around))
}

fn path_rows(
    how: &str,
    feelings: bool,
    shares: &Shares,
    told: &dyn Fn(statistics::Estimate) -> Estimate,
) -> Vec<paths_chart::PathRow> {
    let row = |(path, it): (&&str, &Carried)| {
        Some(paths_chart::PathRow {
            name: format!("{how} {}", in_words(path)),
            feeling: feelings,
            mean: told(it.mean.first(Z_95)?),
            alone: told(it.alone.first(Z_95)?).value,
            back: told(it.back.first(Z_95)?).value,
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
fn knockouts(
    scenario: &Scenario,
    comparison: &Comparison,
    kind: Kind,
    pairs: &[usize],
) -> Result<Drawing, PictureError> {
    let shown = &pairs[..pairs.len().min(knockout_chart::MOST_EFFECTS)];
    let tally = |it: &usize| &comparison.pairs[*it];
    let of = |it: &usize, mechanism| comparison.knockouts[*it].iter().find(|it| it.mechanism == mechanism);
    let moves = |mechanism: &Mechanism| shown.iter().any(|it| of(it, *mechanism).is_some_and(|it| it.moved > 0));
    let rows = Mechanism::ALL
        .into_iter()
        .filter(moves)
        .map(|mechanism| knockout_chart::KnockoutRow {
            name: format!("without {}", in_words(mechanism.key())),
            effects: shown
                .iter()
                .map(|it| Some(kind.told(tally(it), of(it, mechanism)?.effect()?)))
                .collect(),
        });
    let data = knockout_chart::KnockoutTableData {
        effects: shown.iter().map(|it| asked_title(scenario, tally(it))).collect(),
        whole: shown
            .iter()
            .filter_map(|it| Some(kind.told(tally(it), tally(it).effect()?)))
            .collect(),
        rows: rows.collect(),
        decimals: kind.decimals(),
    };
    let idle = Mechanism::ALL.into_iter().filter(|it| !moves(it)).count();
    let notes = format!(
        " · 95 % intervals · {idle} of {} mechanisms move nobody here{}",
        Mechanism::ALL.len(),
        more(pairs.len(), shown.len(), "effects")
    );
    let mut around = frame(scenario, usize::MAX, &everybody(scenario), &notes);
    let measure = kind.measure(scenario, comparison, shown);
    let (name, unit) = match kind {
        Kind::People => ("knockouts", "points of 100"),
        Kind::Sd => ("knockouts_of_measures", "SD between people"),
    };
    around.subtitle = Some(format!(
        "Difference in {measure} ({unit}), with a mechanism knocked out on both sides"
    ));
    named(name, knockout_chart::draw(&data, &around))
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

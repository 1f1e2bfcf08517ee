//! The charts of a comparison: which numbers go into which chart.

use super::comparison::{pair_in_words, published_in_words, question_in_words, subjects_in_words};
use super::findings;
use super::pictures::{Draw, Drawing, PictureError, chart_estimate, everybody, frame, named};
use crate::charts::estimate::Estimate;
use crate::charts::{flow as flow_chart, path_shares as paths_chart, studies as studies_chart};
use crate::comparison::Comparison;
use crate::comparison::measured_contrast::MeasuredContrast;
use crate::comparison::pairs::{Change, PairTally};
use crate::comparison::shares::{Carried, Shares};
use crate::comparison::study::{Design, Found};
use crate::comparison::words::{asked_in_words, of_hundred};
use crate::document::in_words;
use crate::scenario::{Scenario, Unit};
use crate::statistics::{self, Z_95};
use crate::wording::{capital, signed, thousands};

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
    // Differences in people and differences in SD have not one axis.
    for kind in [Kind::People, Kind::Sd] {
        for division in [Division::Faculties, Division::Feelings] {
            let pairs = kind.pairs(comparison);
            if pairs.iter().any(|number| division.of(comparison, *number).is_some()) {
                charts.push(Box::new(move || path_shares(scenario, comparison, kind, division)));
            }
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

    /// Decimals that tell the differences of these pairs.
    fn decimals(self, comparison: &Comparison, pairs: &[usize]) -> usize {
        let told = pairs.iter().filter_map(|it| comparison.pairs[*it].told.as_ref());
        match self {
            Self::People => 1,
            Self::Sd => told.map(MeasuredContrast::decimals).min().unwrap_or(2),
        }
    }

    /// A number in the unit of a pair.
    fn told(self, tally: &PairTally, it: statistics::Estimate) -> Estimate {
        match self {
            Self::People => points(it),
            Self::Sd => chart_estimate(it.times(1.0 / tally.told.as_ref().map_or(1.0, MeasuredContrast::unit))),
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
    let notes = format!(
        " · the same people with the same luck on both sides{counted}{}",
        more(pairs.len(), shown.len(), "pairs")
    );
    let around = frame(
        scenario,
        findings::gained(scenario, shown),
        &everybody(scenario),
        &notes,
    );
    named("flow", flow_chart::draw(&data, &around))
}

/// Into what an effect is divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Division {
    /// The faculties by which it enters.
    Faculties,
    /// The feelings through which it acts.
    Feelings,
}

impl Division {
    /// The shares of a pair, by its number; none where it is not divided so.
    fn of(self, comparison: &Comparison, number: usize) -> Option<&Shares> {
        let shares = match self {
            Self::Faculties => comparison.shares.get(number),
            Self::Feelings => comparison.feelings.get(number).and_then(Option::as_ref),
        };
        shares.filter(|shares| !shares.paths.is_empty())
    }

    /// What the parts are.
    fn parts(self) -> &'static str {
        match self {
            Self::Faculties => "what was changed in people",
            Self::Feelings => "the feeling that decides",
        }
    }

    /// The name of its chart.
    fn chart(self, kind: Kind) -> &'static str {
        match (self, kind) {
            (Self::Faculties, Kind::People) => "path_shares",
            (Self::Faculties, Kind::Sd) => "path_shares_of_measures",
            (Self::Feelings, Kind::People) => "feeling_shares",
            (Self::Feelings, Kind::Sd) => "feeling_shares_of_measures",
        }
    }
}

/// What each path carries of each effect.
fn path_shares(
    scenario: &Scenario,
    comparison: &Comparison,
    kind: Kind,
    division: Division,
) -> Result<Drawing, PictureError> {
    let mut divided = kind.pairs(comparison);
    divided.retain(|number| division.of(comparison, *number).is_some());
    let shown = &divided[..divided.len().min(MOST_EFFECTS)];
    let effect = |number: &usize| {
        let tally = &comparison.pairs[*number];
        let told = |it| kind.told(tally, it);
        Some(paths_chart::PathSharesEffect {
            name: asked_title(scenario, tally),
            whole: told(tally.effect()?),
            paths: path_rows(division.of(comparison, *number)?, &told),
        })
    };
    let measure = kind.measure(scenario, comparison, shown);
    let data = paths_chart::PathSharesData {
        axis: match kind {
            Kind::People => format!("difference in {measure} (points of 100)"),
            Kind::Sd => format!("difference in {measure} (SD between people)"),
        },
        paths: division.parts().to_owned(),
        decimals: kind.decimals(comparison, shown),
        effects: shown.iter().filter_map(effect).collect(),
    };
    let notes = format!(
        " · what a path adds, averaged over all orders of swapping, 95 % intervals{}",
        more(divided.len(), shown.len(), "effects")
    );
    let around = frame(scenario, largest_part(&data), &everybody(scenario), &notes);
    named(division.chart(kind), paths_chart::draw(&data, &around))
}

/// What carries most of the first effect.
fn largest_part(data: &paths_chart::PathSharesData) -> String {
    let Some(effect) = data.effects.first() else {
        return "Nothing differs".to_owned();
    };
    let size = |it: &paths_chart::PathRow| it.mean.value.abs();
    let largest = effect
        .paths
        .iter()
        .reduce(|one, other| if size(other) > size(one) { other } else { one });
    let told = |value: f64| signed(value, data.decimals);
    match largest {
        Some(path) => format!(
            "{}: {} of {} by {}",
            capital(&effect.name),
            told(path.mean.value),
            told(effect.whole.value),
            path.name
        ),
        None => format!("{}: {}", capital(&effect.name), told(effect.whole.value)),
    }
}

fn path_rows(shares: &Shares, told: &dyn Fn(statistics::Estimate) -> Estimate) -> Vec<paths_chart::PathRow> {
    let row = |(path, it): (&&str, &Carried)| {
        Some(paths_chart::PathRow {
            name: in_words(path).to_owned(),
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
        " · {} · two-sided tests{}",
        subjects_in_words(scenario),
        more(rows.len(), MOST_QUESTIONS, "questions")
    );
    let data = studies_chart::StudiesData {
        axis: "standardised difference d that a study finds".to_owned(),
        rows: rows.into_iter().take(MOST_QUESTIONS).collect(),
    };
    let people = format!("{} simulated studies", thousands(design.repeats.into()));
    let power = |it: &&Found| it.significant().share();
    let first = found.iter().find(|it| power(it).is_some());
    let finding = first.map_or_else(String::new, |it| {
        format!(
            "With {} per condition {} of 100 studies find it (p < .05): {}, {}",
            thousands(design.per_condition.into()),
            findings::hundred(power(&it).unwrap_or_default()),
            question_in_words(&it.question),
            pair_in_words(scenario, it.question.pair)
        )
    });
    let around = frame(scenario, finding, &people, &notes);
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

/// A share of people in points of 100.
fn points(it: statistics::Estimate) -> Estimate {
    Estimate {
        value: it.value * 100.0,
        lower: it.lower * 100.0,
        upper: it.upper * 100.0,
    }
}

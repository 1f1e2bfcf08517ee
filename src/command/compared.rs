//! What is printed of a comparison.

use super::columns::{INTERVAL, columns};
use super::precise::precision;
use compassion::comparison::knockouts::WithoutMechanism;
use compassion::comparison::pairs::PairTally;
use compassion::comparison::shares::Shares;
use compassion::comparison::study::{Design, Found};
use compassion::comparison::words::{changing, flow, not_compared, told as told_of, who};
use compassion::comparison::{Comparison, Pair, most_telling};
use compassion::document::in_words;
use compassion::report::{self, pair_in_words};
use compassion::scenario::Scenario;
use compassion::statistics::{Estimate, Z_95};
use compassion::wording::{self, capital, decimal, thousands};

/// Pairs, questions or mechanisms that are printed; the files have all of them.
const MOST_ROWS: usize = 12;

/// Everything that was compared, in sections with an empty line after each; empty if nothing was.
pub fn comparison(scenario: &Scenario, comparison: &Comparison) -> String {
    let sections = [
        comparison.search.as_ref().map(|it| precision(scenario, it)),
        same_people(scenario, &comparison.pairs),
        through_what(scenario, comparison),
        comparison
            .studies
            .as_ref()
            .map(|(design, found)| studies(scenario, *design, found)),
    ];
    sections.into_iter().flatten().map(|it| it + "\n").collect()
}

/// What the same people did in two conditions, pair by pair, and who they are.
fn same_people(scenario: &Scenario, tallies: &[PairTally]) -> Option<String> {
    let told: Vec<&PairTally> = tallies.iter().filter(|it| it.joint.people() > 0).collect();
    let pairs: Vec<Pair> = tallies.iter().map(|it| it.pair).collect();
    let others = not_compared(scenario, &pairs).map(|it| format!("{}.", capital(&it)));
    if let [] | [_] = told[..] {
        let only = told.first();
        let parts = [
            only.and_then(|it| flow(scenario, it)),
            only.and_then(|it| who(scenario, it)),
            others,
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        return (!parts.is_empty()).then(|| format!("{}\n", parts.join(" ")));
    }
    // Where all are compared with one, its name stands once.
    let shared = told.iter().all(|it| it.pair.control == told[0].pair.control);
    let name = |it: usize| &scenario.conditions[it].name;
    let people = if told.iter().all(|it| it.joint.people() >= 100) {
        "the same 100 people"
    } else {
        "the same people"
    };
    let than = if shared {
        format!("against {}", name(told[0].pair.control))
    } else {
        "by the first".to_owned()
    };
    let head = format!("{people}: helpers gained and lost {than}");
    let mut rows = vec![cells([
        &head,
        "both",
        "gained",
        "lost",
        "never",
        "difference",
        INTERVAL,
    ])];
    rows.extend(told.iter().take(MOST_ROWS).filter_map(|it| {
        let difference = it.difference()?;
        let mut row = vec![if shared {
            name(it.pair.treatment).clone()
        } else {
            pair_in_words(scenario, it.pair)
        }];
        row.extend(told_of(it)?.1.map(|it| it.to_string()));
        row.extend([points(difference.value), interval(difference)]);
        Some(row)
    }));
    let mut text = columns(&rows);
    text += &left_out(told.len(), "pairs");
    if let Some(others) = others {
        text += &format!("{others}\n");
    }
    let most = most_telling(scenario, told, |it| !changing(scenario, it).is_empty());
    if let Some(who) = most.and_then(|it| who(scenario, it)) {
        text += &format!("\n{who}\n");
    }
    Some(text)
}

/// Through what each difference comes: paths, then knock-outs.
fn through_what(scenario: &Scenario, comparison: &Comparison) -> Option<String> {
    if comparison.shares.is_empty() {
        return None;
    }
    let mut rows = vec![cells([
        "through what, in points of 100 people",
        "swapped in alone",
        "swapped back",
        "mean of all orders",
        INTERVAL,
        "share of the effect",
    ])];
    let both = comparison.shares.iter().zip(&comparison.feelings);
    for (tally, (paths, feelings)) in comparison.pairs.iter().zip(both).take(MOST_ROWS) {
        rows.push(whole_row(&pair_in_words(scenario, tally.pair), tally.difference()));
        rows.extend(path_rows("enters by", paths));
        rows.extend(feelings.iter().flat_map(|it| path_rows("acts through", it)));
    }
    let mut text = columns(&rows);
    text += &left_out(comparison.shares.len(), "pairs");
    let mut rows = vec![cells([
        "with a mechanism knocked out",
        "difference",
        INTERVAL,
        "part of the effect left",
    ])];
    for (tally, without) in comparison.pairs.iter().zip(&comparison.knockouts).take(MOST_ROWS) {
        rows.push(vec![pair_in_words(scenario, tally.pair)]);
        rows.extend(knockout_rows(without));
    }
    text += &format!("\n{}", columns(&rows));
    Some(text)
}

/// The whole difference, above its paths.
fn whole_row(title: &str, whole: Option<Estimate>) -> Vec<String> {
    vec![
        title.to_owned(),
        String::new(),
        String::new(),
        whole.map_or_else(nothing, |it| points(it.value)),
        whole.map_or_else(nothing, interval),
    ]
}

/// What each path carries; a path that carries nothing for anybody is left out.
fn path_rows(how: &str, shares: &Shares) -> Vec<Vec<String>> {
    let value = |it: Option<Estimate>| it.map_or_else(nothing, |it| points(it.value));
    let carrying = shares
        .paths
        .iter()
        .zip(&shares.carried)
        .filter(|(_, it)| it.moves_anybody());
    let mut rows: Vec<Vec<String>> = Vec::with_capacity(shares.paths.len() + 1);
    rows.extend(carrying.map(|(path, it)| {
        let mean = it.mean.first(Z_95);
        vec![
            format!("  {how} {}", in_words(path)),
            value(it.alone.first(Z_95)),
            value(it.back.first(Z_95)),
            value(mean),
            mean.map_or_else(nothing, interval),
            share(it.mean.ratio(Z_95)),
        ]
    }));
    if rows.len() > 1 {
        rows.push(vec![
            "  left: interplay".to_owned(),
            value(shares.interplay.first(Z_95)),
        ]);
    }
    rows
}

/// The mechanisms without which the effect changes most.
fn knockout_rows(without: &[WithoutMechanism]) -> Vec<Vec<String>> {
    const MOST: usize = 3;
    let mut sorted: Vec<&WithoutMechanism> = without.iter().filter(|it| it.moved > 0).collect();
    let size = |it: &WithoutMechanism| it.change().map_or(0.0, |it| it.value.abs());
    sorted.sort_by(|one, other| size(other).total_cmp(&size(one)));
    let rows = sorted.into_iter().take(MOST).map(|it| {
        let effect = it.effect();
        vec![
            format!("  without {}", in_words(it.mechanism.key())),
            effect.map_or_else(nothing, |it| points(it.value)),
            effect.map_or_else(nothing, interval),
            share(it.part_left()),
        ]
    });
    rows.collect()
}

/// What studies of so many people would have found.
fn studies(scenario: &Scenario, design: Design, found: &[Found]) -> String {
    let mut rows = vec![cells([
        "as a study",
        "p < .05",
        INTERVAL,
        "median d",
        "middle 95 % of studies",
        "mean d where p < .05",
        "published",
    ])];
    let sized = found.iter().any(|it| it.as_large_as_published().is_some());
    if sized {
        rows[0].push("studies that find as much".to_owned());
    }
    let d = |it: Option<f64>| it.map_or_else(nothing, signed);
    rows.extend(found.iter().take(MOST_ROWS).map(|it| {
        let power = it.power_interval();
        let percent = |it: f64| decimal(it * 100.0, 1);
        let mut row = vec![
            format!(
                "{}: {}",
                report::question_in_words(&it.question),
                pair_in_words(scenario, it.question.pair)
            ),
            it.significant()
                .share()
                .map_or_else(nothing, |it| format!("{} %", percent(it))),
            format!("[{}, {}]", percent(power.lower), percent(power.upper)),
            d(it.quantile_d(0.5)),
            format!("{} to {}", d(it.quantile_d(0.025)), d(it.quantile_d(0.975))),
            d(it.means().1),
            report::published_in_words(&it.question),
        ];
        if sized {
            let as_large = it.as_large_as_published();
            row.push(as_large.map_or_else(nothing, |it| format!("{} %", percent(it))));
        }
        row
    }));
    format!(
        "{} studies with {} per condition, each with fresh people and luck of its own:\n{}{}",
        thousands(design.repeats.into()),
        thousands(design.per_condition.into()),
        columns(&rows),
        left_out(found.len(), "questions")
    )
}

fn cells<const N: usize>(texts: [&str; N]) -> Vec<String> {
    texts.map(str::to_owned).to_vec()
}

fn nothing() -> String {
    "–".to_owned()
}

fn left_out(rows: usize, of: &str) -> String {
    match rows.checked_sub(MOST_ROWS) {
        None | Some(0) => String::new(),
        Some(more) => format!("  … and {more} more {of}, in comparison.csv\n"),
    }
}

fn interval(it: Estimate) -> String {
    format!("[{}, {}]", points(it.lower), points(it.upper))
}

/// A part of an effect, in per cent, with its interval; where there is no effect to speak of it has no parts.
fn share(part: Option<Estimate>) -> String {
    let percent = |it: f64| decimal(it * 100.0, 0);
    part.map_or_else(nothing, |it| {
        format!("{} % [{}, {}]", percent(it.value), percent(it.lower), percent(it.upper))
    })
}

/// A difference of shares in points of a hundred.
fn points(difference: f64) -> String {
    wording::signed(difference * 100.0, 1)
}

fn signed(d: f64) -> String {
    wording::signed(d, 2)
}

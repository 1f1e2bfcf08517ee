//! What is printed of a comparison.

use super::columns::{INTERVAL, LINE, columns};
use super::precise::precision;
use super::screen::wrapped;
use compassion::comparison::knockouts::WithoutMechanism;
use compassion::comparison::measured_contrast::{LEAST_SD, MeasuredContrast};
use compassion::comparison::pairs::PairTally;
use compassion::comparison::shares::Shares;
use compassion::comparison::study::{Design, Found};
use compassion::comparison::words::{asked_in_words, change, changing, not_compared, shifted, told as told_of, who};
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
    let pairs = same_people(scenario, &comparison.pairs).map(|it| it + "\n");
    pairs.unwrap_or_default() + &asked_for(scenario, comparison)
}

/// What flags asked for, in sections with an empty line after each; empty if none did.
pub fn asked_for(scenario: &Scenario, comparison: &Comparison) -> String {
    let sections = [
        comparison.search.as_ref().map(|it| precision(scenario, it)),
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
            only.and_then(|it| change(scenario, it)),
            only.and_then(|it| who(scenario, it)),
            others,
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        return (!parts.is_empty()).then(|| wrapped(&parts.join(" "), LINE));
    }
    let asked: Vec<&PairTally> = told.iter().copied().filter(|it| it.told.is_some()).collect();
    let tables = [measures(scenario, &asked), helpers(scenario, &told)];
    let tables: Vec<String> = tables.into_iter().flatten().collect();
    let mut text = tables.join("\n");
    if let Some(others) = others {
        text += &wrapped(&others, LINE);
    }
    let most = most_telling(scenario, told, |it| !changing(scenario, it).is_empty());
    if let Some(who) = most.and_then(|it| who(scenario, it)) {
        text += &format!("\n{}", wrapped(&who, LINE));
    }
    Some(text)
}

/// Helpers gained and lost, pair by pair; none if there are no pairs.
fn helpers(scenario: &Scenario, told: &[&PairTally]) -> Option<String> {
    let first = told.first()?;
    // Where all are compared with one, its name stands once.
    let shared = told.iter().all(|it| it.pair.control == first.pair.control);
    let name = |it: usize| &scenario.conditions[it].name;
    let than = if shared {
        format!("against {}", name(first.pair.control))
    } else {
        "by the first".to_owned()
    };
    let head = format!("{}: helpers gained and lost {than}", people(told));
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
    Some(columns(&rows) + &left_out(told.len(), "pairs"))
}

/// The measures that the file asks about, pair by pair; none if it asks about helping alone.
fn measures(scenario: &Scenario, told: &[&PairTally]) -> Option<String> {
    if told.is_empty() {
        return None;
    }
    let head = format!("{}: whose measure is higher in the first", people(told));
    let (higher, lower) = (format!("higher by > {LEAST_SD} SD"), "lower".to_owned());
    let mut rows = vec![cells([
        &head,
        &higher,
        "about the same",
        &lower,
        "difference",
        "95 % interval",
        "in SD",
    ])];
    let mut before = None;
    for tally in told.iter().take(MOST_ROWS) {
        let Some(told) = &tally.told else { continue };
        let (Some(difference), Some((_, [higher, lower, same]))) = (told.difference(), shifted(told)) else {
            continue;
        };
        let measure = asked_in_words(scenario, &told.asked);
        if before.as_ref() != Some(&measure) {
            rows.push(vec![measure.clone()]);
            before = Some(measure);
        }
        let mut row = vec![format!("  {}", pair_in_words(scenario, tally.pair))];
        row.extend([higher, same, lower].map(|it| it.to_string()));
        if told.asked.is_share() {
            row.extend([points(difference.value), interval(difference), nothing()]);
        } else {
            let decimals = told.decimals();
            let unit = Unit { of_one: 1.0, decimals };
            row.extend([unit.value(difference.value), unit.interval(difference)]);
            row.push(told.standardised().map_or_else(nothing, |it| unit.value(it.value)));
        }
        rows.push(row);
    }
    Some(columns(&rows) + &left_out(told.len(), "pairs"))
}

fn people(told: &[&PairTally]) -> &'static str {
    let people = |it: &&PairTally| it.told.as_ref().map_or(it.joint.people(), MeasuredContrast::people);
    if told.iter().all(|it| people(it) >= 100) {
        "the same 100 people"
    } else {
        "the same people"
    }
}

/// In what differences are told.
#[derive(Clone, Copy)]
struct Unit {
    /// How many of it are one person of one, or one of a measure.
    of_one: f64,
    decimals: usize,
}

impl Unit {
    /// Points of 100 people.
    const POINTS: Self = Self {
        of_one: 100.0,
        decimals: 1,
    };

    /// The unit of what is asked about a pair.
    fn of(tally: &PairTally) -> Self {
        let told = tally.told.as_ref();
        let sd = told.and_then(|it| Some((it.sd()?, it.decimals())));
        sd.map_or(Self::POINTS, |(sd, decimals)| Self {
            of_one: 1.0 / sd,
            decimals,
        })
    }

    fn value(self, value: f64) -> String {
        wording::signed(value * self.of_one, self.decimals)
    }

    fn interval(self, it: Estimate) -> String {
        format!("[{}, {}]", self.value(it.lower), self.value(it.upper))
    }
}

/// Through what each difference comes: paths, then knock-outs; those in people first, then those in measures.
fn through_what(scenario: &Scenario, comparison: &Comparison) -> Option<String> {
    if comparison.shares.is_empty() {
        return None;
    }
    let is_mean = |it: &usize| {
        let told = comparison.pairs[*it].told.as_ref();
        told.is_some_and(|it| !it.asked.is_share())
    };
    let (means, shares): (Vec<usize>, Vec<usize>) = (0..comparison.pairs.len()).partition(is_mean);
    let both = [("points of 100 people", shares), ("SD of the measure", means)];
    let both = both.into_iter().filter(|(_, pairs)| !pairs.is_empty());
    let sections: Vec<String> = both
        .map(|(unit, pairs)| of_one_unit(scenario, comparison, unit, &pairs))
        .collect();
    Some(sections.join("\n"))
}

/// Paths and knock-outs of the pairs that are told in a unit.
fn of_one_unit(scenario: &Scenario, comparison: &Comparison, unit: &str, pairs: &[usize]) -> String {
    let head = format!("through what, in {unit}");
    let mut rows = vec![cells([
        &head,
        "swapped in alone",
        "swapped back",
        "mean of all orders",
        INTERVAL,
        "share of the effect",
    ])];
    let named = |tally: &PairTally| {
        let title = pair_in_words(scenario, tally.pair);
        match &tally.told {
            None => title,
            Some(told) => format!("{}: {title}", asked_in_words(scenario, &told.asked)),
        }
    };
    for number in pairs.iter().take(MOST_ROWS) {
        let (tally, unit) = (&comparison.pairs[*number], Unit::of(&comparison.pairs[*number]));
        rows.push(whole_row(&named(tally), tally.effect(), unit));
        rows.extend(path_rows("enters by", &comparison.shares[*number], unit));
        let feelings = comparison.feelings[*number].iter();
        rows.extend(feelings.flat_map(|it| path_rows("acts through", it, unit)));
    }
    let mut text = columns(&rows);
    text += &left_out(pairs.len(), "pairs");
    let mut rows = vec![cells([
        "with a mechanism knocked out",
        "difference",
        INTERVAL,
        "part of the effect left",
    ])];
    for number in pairs.iter().take(MOST_ROWS) {
        let tally = &comparison.pairs[*number];
        rows.push(vec![named(tally)]);
        rows.extend(knockout_rows(&comparison.knockouts[*number], Unit::of(tally)));
    }
    text += &format!("\n{}", columns(&rows));
    text
}

/// The whole difference, above its paths.
fn whole_row(title: &str, whole: Option<Estimate>, unit: Unit) -> Vec<String> {
    vec![
        title.to_owned(),
        String::new(),
        String::new(),
        whole.map_or_else(nothing, |it| unit.value(it.value)),
        whole.map_or_else(nothing, |it| unit.interval(it)),
    ]
}

/// What each path carries; a path that carries nothing for anybody is left out.
fn path_rows(how: &str, shares: &Shares, unit: Unit) -> Vec<Vec<String>> {
    let value = |it: Option<Estimate>| it.map_or_else(nothing, |it| unit.value(it.value));
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
            mean.map_or_else(nothing, |it| unit.interval(it)),
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
fn knockout_rows(without: &[WithoutMechanism], unit: Unit) -> Vec<Vec<String>> {
    const MOST: usize = 3;
    let mut sorted: Vec<&WithoutMechanism> = without.iter().filter(|it| it.moved > 0).collect();
    let size = |it: &WithoutMechanism| it.change().map_or(0.0, |it| it.value.abs());
    sorted.sort_by(|one, other| size(other).total_cmp(&size(one)));
    let rows = sorted.into_iter().take(MOST).map(|it| {
        let effect = it.effect();
        vec![
            format!("  without {}", in_words(it.mechanism.key())),
            effect.map_or_else(nothing, |it| unit.value(it.value)),
            effect.map_or_else(nothing, |it| unit.interval(it)),
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
        "{} studies with {} per condition, {}:\n{}{}",
        thousands(design.repeats.into()),
        thousands(design.per_condition.into()),
        report::subjects_in_words(scenario),
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
    Unit::POINTS.interval(it)
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
    Unit::POINTS.value(difference)
}

fn signed(d: f64) -> String {
    wording::signed(d, 2)
}

//! `comparison.csv`, and what `summary.json` says of comparisons: who helps in which of two conditions, who they are, and through what.

use super::comparison_codebook;
use crate::comparison::knockouts::WithoutMechanism;
use crate::comparison::measured_contrast::{MeasuredContrast, Shift};
use crate::comparison::pairs::{Change, PairTally};
use crate::comparison::shares::Shares;
use crate::comparison::study::{Found, Question};
use crate::comparison::words::in_weeks;
use crate::comparison::{Comparison, Pair, profile};
use crate::document::{Choice, in_words};
use crate::engine::place::Place;
use crate::registry::{Measure, Section, text_cell};
use crate::scenario::{Direction, Scenario, Subjects};
use crate::statistics::{Estimate, Paired, Z_95};
use crate::summary::Difference;
use crate::wording::signed;

/// A row of comparison.csv.
struct Row {
    section: Section,
    of: String,
    /// The measure that the row is about, where it is not that of all rows beside it.
    measure: Option<Measure>,
    value: Option<f64>,
    interval: Option<(f64, f64)>,
}

/// Everything that was compared, as a table with a row for each number; `differences` are those that the file's contrasts ask about.
///
/// # Errors
///
/// None in practice: it is written to memory.
pub fn comparison_csv(
    scenario: &Scenario,
    comparison: &Comparison,
    differences: &[Difference],
) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(comparison_codebook::columns().iter().map(|column| &*column.name))?;
    let mut write = |pair: Pair, n: u64, (measure, weeks): (Measure, [Option<f64>; 2]), rows: Vec<Row>| {
        let name = |it: usize| text_cell(&scenario.conditions[it].name);
        let [of, with] = weeks.map(|it| it.map_or_else(String::new, |it| it.to_string()));
        rows.into_iter().try_for_each(|row| {
            let (lower, upper) = row.interval.map_or_else(Default::default, |(lower, upper)| {
                (lower.to_string(), upper.to_string())
            });
            let value = row.value.map_or_else(String::new, |it| it.to_string());
            let (treatment, control) = (name(pair.treatment), name(pair.control));
            writer.write_record([
                &*treatment,
                &*control,
                row.section.key(),
                &*text_cell(&row.of),
                &value,
                &lower,
                &upper,
                &n.to_string(),
                row.measure.unwrap_or(measure).word(),
                &of,
                &with,
            ])
        })
    };
    let main = |pair: Pair| {
        let week = |condition| Place::new(scenario, condition, None).week(scenario);
        [week(pair.treatment), week(pair.control)]
    };
    for (number, tally) in comparison.pairs.iter().enumerate() {
        let (people, pair) = (tally.joint.people(), tally.pair);
        write(pair, people, (Measure::Helped, main(pair)), pair_rows(tally))?;
        let mut asked = (people, (Measure::Helped, main(pair)));
        if let Some(told) = &tally.told {
            asked = (told.people(), (told.asked.measure, told.asked.weeks(scenario)));
            write(pair, asked.0, asked.1, told_rows(told))?;
        }
        let (people, asked) = asked;
        if let Some(shares) = comparison.shares.get(number) {
            write(pair, people, asked, path_rows(&PATH_SECTIONS, shares))?;
        }
        if let Some(Some(shares)) = comparison.feelings.get(number) {
            write(pair, people, asked, path_rows(&FEELING_SECTIONS, shares))?;
        }
        if let Some(without) = comparison.knockouts.get(number) {
            write(pair, people, asked, without.iter().flat_map(knockout_rows).collect())?;
        }
    }
    for it in differences {
        let pair = Pair {
            treatment: it.asked.treatment.condition,
            control: it.asked.control.condition,
        };
        let asked = (it.asked.measure, it.asked.weeks(scenario));
        write(pair, it.people, asked, vec![asked_row(scenario, it)])?;
    }
    for it in comparison.studies.iter().flat_map(|(_, found)| found) {
        let pair = it.question.pair;
        let weeks = match it.question.weeks {
            [None, None] => main(pair),
            weeks => weeks,
        };
        write(
            pair,
            it.studies.len() as u64,
            (it.question.measure, weeks),
            study_rows(it),
        )?;
    }
    writer.into_inner().map_err(|it| it.into_error().into())
}

impl Row {
    fn estimate(section: Section, of: &str, it: Option<Estimate>) -> Self {
        Self {
            section,
            of: of.to_owned(),
            measure: None,
            value: it.map(|it| it.value),
            interval: it.map(|it| (it.lower, it.upper)),
        }
    }

    fn number(section: Section, of: &str, value: Option<f64>) -> Self {
        Self {
            section,
            of: of.to_owned(),
            measure: None,
            value,
            interval: None,
        }
    }
}

fn pair_rows(tally: &PairTally) -> Vec<Row> {
    let mut rows: Vec<Row> = Change::ALL
        .into_iter()
        .map(|it| Row::number(Section::Share, change_name(it), share(tally, it)))
        .collect();
    rows.push(Row::estimate(Section::Difference, "helped", tally.difference()));
    let means = tally.mean_differences();
    rows.extend(means.map(|(measure, it)| Row {
        measure: Some(measure),
        ..Row::estimate(Section::Difference, measure.word(), Some(it))
    }));
    for (section, change) in [
        (Section::WhoHelpsOnlyInCondition, Change::Gained),
        (Section::WhoHelpsOnlyInComparedWith, Change::Lost),
    ] {
        let features = tally.who(change).into_iter().enumerate();
        rows.extend(features.filter_map(|(it, d)| Some(Row::estimate(section, profile::name(it), Some(d?)))));
    }
    rows
}

/// The measure that the file asks about a pair, where that is not helping at the moment that stands for the whole.
fn told_rows(told: &MeasuredContrast) -> Vec<Row> {
    let share = |it: Shift| (told.people() > 0).then(|| told.count(it) as f64 / told.people() as f64);
    let mut rows: Vec<Row> = Shift::ALL
        .into_iter()
        .map(|it| Row::number(Section::MeasureShare, shift_name(it), share(it)))
        .collect();
    let of = told.asked.measure.word();
    rows.push(Row::estimate(Section::MeasureDifference, of, told.difference()));
    rows.extend(told.sd().map(|it| Row::number(Section::MeasureSd, of, Some(it))));
    if told.sd().is_some() {
        rows.push(Row::estimate(Section::MeasureDifferenceInSd, of, told.standardised()));
    }
    for (section, shift) in [
        (Section::WhoseMeasureIsHigher, Shift::Higher),
        (Section::WhoseMeasureIsLower, Shift::Lower),
    ] {
        let features = told.who(shift).into_iter().enumerate();
        rows.extend(features.filter_map(|(it, d)| Some(Row::estimate(section, profile::name(it), Some(d?)))));
    }
    rows
}

pub(super) fn shift_name(it: Shift) -> &'static str {
    match it {
        Shift::Higher => "higher",
        Shift::Lower => "lower",
        Shift::Same => "about_the_same",
    }
}

/// A difference that a contrast asks about, with the weeks in which the two are measured.
fn asked_row(scenario: &Scenario, it: &Difference) -> Row {
    let weeks = [it.asked.treatment, it.asked.control].map(|it| it.week(scenario));
    let of = it.asked.measure.word().to_owned() + &in_weeks(weeks);
    let section = if it.paired {
        Section::AskedDifference
    } else {
        Section::AskedDifferenceBetween
    };
    Row::estimate(section, &of, Some(it.estimate))
}

/// Sections of alone, back, mean, share and interplay.
const PATH_SECTIONS: [Section; 5] = [
    Section::PathSwappedInAlone,
    Section::PathSwappedBack,
    Section::PathMeanOfOrders,
    Section::PathShare,
    Section::PathInterplay,
];

/// The same, of feelings.
const FEELING_SECTIONS: [Section; 5] = [
    Section::FeelingSwappedInAlone,
    Section::FeelingSwappedBack,
    Section::FeelingMeanOfOrders,
    Section::FeelingShare,
    Section::FeelingInterplay,
];

fn path_rows(sections: &[Section; 5], shares: &Shares) -> Vec<Row> {
    let [alone, back, orders, share, interplay] = *sections;
    let mean = |it: &Paired| it.first(Z_95);
    let mut rows: Vec<Row> = shares
        .paths
        .iter()
        .zip(&shares.carried)
        .flat_map(|(path, it)| {
            [
                Row::estimate(alone, path, mean(&it.alone)),
                Row::estimate(back, path, mean(&it.back)),
                Row::estimate(orders, path, mean(&it.mean)),
                Row::estimate(share, path, it.mean.ratio(Z_95)),
            ]
        })
        .collect();
    rows.push(Row::estimate(interplay, "", mean(&shares.interplay)));
    rows
}

fn knockout_rows(it: &WithoutMechanism) -> [Row; 3] {
    let of = it.mechanism.key();
    [
        Row::estimate(Section::DifferenceWithout, of, it.effect()),
        Row::estimate(Section::DifferenceWithoutMinusWhole, of, it.change()),
        Row::estimate(Section::PartLeftWithout, of, it.part_left()),
    ]
}

fn study_rows(it: &Found) -> Vec<Row> {
    let of = it.question.measure.word().to_owned() + &in_weeks(it.question.weeks);
    let power = it.significant().share().map(|value| Estimate {
        value,
        lower: it.power_interval().lower,
        upper: it.power_interval().upper,
    });
    let mut rows = vec![
        Row::estimate(Section::StudyPower, &of, power),
        Row::estimate(Section::StudyD, &of, spread_of_d(it)),
        Row::number(Section::StudyDIfSignificant, &of, it.means().1),
    ];
    let published = it.question.published.and_then(|it| it.d);
    rows.extend(published.map(|d| Row::estimate(Section::PublishedD, &of, Some(d))));
    let as_large = it.as_large_as_published();
    rows.extend(as_large.map(|it| Row::number(Section::StudyAsLargeAsPublished, &of, Some(it))));
    rows
}

/// Median and middle 95 % of the standardised differences of studies.
pub(super) fn spread_of_d(it: &Found) -> Option<Estimate> {
    Some(Estimate {
        value: it.quantile_d(0.5)?,
        lower: it.quantile_d(0.025)?,
        upper: it.quantile_d(0.975)?,
    })
}

pub(super) fn share(tally: &PairTally, change: Change) -> Option<f64> {
    let people = tally.joint.people();
    (people > 0).then(|| tally.count(change) as f64 / people as f64)
}

pub(super) fn change_name(it: Change) -> &'static str {
    match it {
        Change::Either => "either_way",
        Change::Gained => "only_in_condition",
        Change::Lost => "only_in_compared_with",
        Change::Never => "never",
    }
}

/// Two conditions that are compared; one alone where two of its weeks are.
pub fn pair_in_words(scenario: &Scenario, pair: Pair) -> String {
    let name = |it: usize| &scenario.conditions[it].name;
    if pair.treatment == pair.control {
        return name(pair.treatment).clone();
    }
    format!("{} against {}", name(pair.treatment), name(pair.control))
}

/// What is asked of studies: the measure, and when it is taken where the file says so.
pub fn question_in_words(question: &Question) -> String {
    in_words(question.measure.word()) + &in_weeks(question.weeks)
}

/// Who meets the conditions of the studies that are drawn, and who of them is lost.
pub fn subjects_in_words(scenario: &Scenario) -> String {
    let study = &scenario.study;
    let mut told = match study.design {
        Subjects::Between => "each with fresh people and luck of its own",
        Subjects::Within => "the same people in all conditions of a study, with new luck and new error in each",
    }
    .to_owned();
    if study.carry_over > 0.0 && study.is_within() {
        told += &format!(
            ", {} of 100 doing what they did in the one before",
            crate::wording::decimal(100.0 * study.carry_over, 0)
        );
    }
    if !study.allocation.is_empty() {
        let weights: Vec<String> = study.allocation.iter().map(u32::to_string).collect();
        told += &format!(", times {} in the order of the file", weights.join(", "));
    }
    if let Some(attrition) = &study.attrition {
        told += &format!(", {} of 100 lost", crate::wording::decimal(100.0 * attrition.share, 0));
        if let Some(measure) = attrition.depends_on {
            told += &format!(", those high in {} first", measure.in_a_sentence());
        }
    }
    told
}

/// What was published or is claimed about a question: a standardised difference with its interval, or a direction; a dash for nothing.
pub fn published_in_words(question: &Question) -> String {
    let d = |it: f64| signed(it, 2);
    let Some(published) = question.published else {
        return "–".to_owned();
    };
    if let Some(it) = published.d {
        return if it.upper > it.lower {
            format!("{} [{}, {}]", d(it.value), d(it.lower), d(it.upper))
        } else {
            d(it.value)
        };
    }
    let contrast = published.contrast.unwrap_or_default();
    match (contrast.direction, contrast.ratio, contrast.r) {
        (Some(Direction::Rises), ..) => "rises".to_owned(),
        (Some(Direction::Falls), ..) => "falls".to_owned(),
        (Some(Direction::Unchanged), ..) => "unchanged".to_owned(),
        (None, Some(ratio), _) => format!("ratio {ratio}"),
        (None, None, Some(r)) => format!("r = {r}"),
        (None, None, None) => "–".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::comparison_codebook::comparison_codebook;
    use super::super::comparison_json;
    use super::*;
    use crate::comparison::Pair;
    use crate::engine::test_scenario;
    use crate::statistics::Joint;
    use serde_json::json;

    #[test]
    fn every_row_is_explained() {
        let mut tally = PairTally::new(Pair {
            treatment: 1,
            control: 0,
        });
        tally.joint = Joint {
            both: 5,
            first_only: 3,
            second_only: 1,
            neither: 1,
        };
        let scenario = test_scenario(&["before", "after, a week"]);
        let mut without = Shares::new(vec!["compassion"]);
        without.push(&[vec![0.0, 1.0], vec![1.0, 1.0]]);
        let comparison = Comparison {
            pairs: vec![tally],
            feelings: vec![Some(without.clone())],
            shares: vec![without],
            ..Comparison::default()
        };
        let table = comparison_csv(&scenario, &comparison, &[]).unwrap();
        let mut reader = csv::Reader::from_reader(&table[..]);
        let read: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert!(read.len() >= 5 && read.iter().all(|it| &it[0] == "after, a week"));
        for row in &read {
            assert!(Section::from_key(&row[2]).is_some(), "{row:?} is not explained");
        }
        assert_eq!((&read[1][3], &read[1][4]), ("only_in_condition", "0.3"));
        let json = comparison_json(&scenario, &comparison);
        let pair = &json["pairs"][0];
        assert_eq!(pair["share"]["only_in_condition"], 0.3);
        assert_eq!(pair["of_hundred"], json!([50, 30, 10, 10]));
        assert_eq!(pair["paths"]["each"]["compassion"]["mean_of_orders"]["value"], 0.5);
        assert!(pair["without"].is_null() && json["studies"].is_null());
        let (_, codebook) = comparison_codebook();
        let mut reader = csv::Reader::from_reader(codebook.as_bytes());
        let explained: Vec<String> = reader.records().map(|row| row.unwrap()[0].to_owned()).collect();
        assert_eq!(explained.len(), 11 + Section::COUNT);
        let mut reader = csv::Reader::from_reader(&table[..]);
        assert_eq!(reader.headers().unwrap().iter().collect::<Vec<_>>(), &explained[..11]);
    }
}

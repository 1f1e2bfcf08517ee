//! The charts of a run: which numbers go into which chart.

use super::community::community_charts;
use super::comparison_pictures::comparison_charts;
use super::doses;
use super::findings;
use super::over_key::over_key_charts;
use super::over_time;
use super::rounds::exchange_charts;
use super::sweet_spot::{has_a_peak, sweet_spot};
use crate::charts::estimate::Estimate;
use crate::charts::{
    ChartError, Frame, Picture, amount as amount_chart, helping_rate as helping_rate_chart, latency as latency_chart,
    outcomes as outcomes_chart, timecourse as timecourse_chart,
};
use crate::engine::records::Outcome;
use crate::engine::tally::Tally;
use crate::engine::timecourse::{self, Course, Quantity, TimeCourses};
use crate::registry::Measure;
use crate::scenario::{Condition, Scenario, Unit};
use crate::statistics::{Z_95, mean_interval};
use crate::study::Results;
use crate::summary::{ConditionSummary, Summary};
use crate::wording::{decimal, person_or_people, thousands};

/// Conditions that have a row in a chart, on slides; the tables have all of them.
const MOST_ROWS: usize = 48;

/// Rows on a slide.
const ROWS: usize = 12;

/// Rows of panels on a slide.
const PANEL_ROWS: usize = 6;

/// Conditions that share panels.
const OVERLAID: usize = 3;

/// Conditions that a chart with a line for each shows at most.
pub(super) const MOST_LINES: usize = timecourse::MOST_CONDITIONS;

/// People that a line of decision times stands for at most: more would not be seen.
const MOST_TIMES: u64 = 20_000;

/// A chart under its name.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    /// File name without ending.
    pub name: String,
    /// Both forms.
    pub picture: Picture,
}

/// Why a chart could not be drawn.
#[derive(Debug, thiserror::Error)]
#[error("{name}.png and {name}.svg: {source}")]
pub struct PictureError {
    pub(super) name: String,
    pub(super) source: ChartError,
}

/// A chart that is still to be drawn.
pub type Draw<'a> = Box<dyn FnOnce() -> Result<Drawing, PictureError> + Send + 'a>;

/// The charts of a run, to be drawn in any order; of what everybody does none if nobody is counted in any condition.
pub fn charts(results: &Results) -> Vec<Draw<'_>> {
    let (scenario, summary, tallies) = (&results.scenario, &results.summary, &results.tallies);
    let mut charts = comparison_charts(scenario, &results.comparison);
    if summary.conditions.iter().all(|it| it.helping_rate.is_none()) {
        return charts;
    }
    if let Some(map) = results.map.as_ref().filter(|map| has_a_peak(scenario, summary, map)) {
        charts.push(Box::new(move || sweet_spot(scenario, summary, map)));
    }
    if let Some(courses) = &results.time_courses {
        for slide in of_courses(courses.conditions.len()) {
            charts.push(Box::new(move || timecourse(scenario, courses, &slide)));
        }
    }
    let rows: Vec<usize> = (0..scenario.conditions.len().min(MOST_ROWS)).collect();
    for slide in Slide::all(&rows, ROWS) {
        let same = slide.clone();
        charts.push(Box::new(move || helping_rate(scenario, summary, &slide)));
        charts.push(Box::new(move || outcomes(scenario, summary, &same)));
    }
    // What is given is given when the scene ends: nobody can be early.
    if scenario.conditions.iter().any(|condition| !condition.is_graded()) {
        charts.push(Box::new(move || latency(scenario, tallies)));
    }
    if scenario.conditions.iter().any(Condition::is_graded) {
        let given: Vec<usize> = rows
            .into_iter()
            .filter(|it| scenario.conditions[*it].is_graded())
            .collect();
        for slide in Slide::all(&given, ROWS) {
            charts.push(Box::new(move || amount(scenario, tallies, &slide)));
        }
    }
    if over_time::has_course(scenario) {
        charts.extend(over_time::charts(scenario, tallies));
    }
    charts.extend(community_charts(results));
    if let Some(over) = &results.over {
        charts.extend(over_key_charts(scenario, over));
    }
    charts.extend(exchange_charts(results));
    if let Some(drawn) = doses::dose_response(scenario, tallies) {
        charts.push(Box::new(move || drawn));
    }
    charts
}

/// Some of what a chart shows, on a slide of its own.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Slide {
    /// What is on it, by number.
    pub(super) shown: Vec<usize>,
    number: usize,
    of: usize,
}

impl Slide {
    /// Slides with at most so many of these things on each.
    pub(super) fn all(things: &[usize], on_each: usize) -> Vec<Self> {
        let slides = things.chunks(on_each.max(1));
        let of = slides.len();
        let slide = |(number, shown): (usize, &[usize])| Self {
            shown: shown.to_vec(),
            number,
            of,
        };
        slides.enumerate().map(slide).collect()
    }

    /// The name of a chart's slide: that of the chart, with a number from the second one on.
    pub(super) fn name(&self, chart: &str) -> String {
        match self.number {
            0 => chart.to_owned(),
            later => format!("{chart}_{}", later + 1),
        }
    }

    /// Which slide of how many, in a foot.
    pub(super) fn note(&self) -> String {
        if self.of == 1 {
            String::new()
        } else {
            format!(" · slide {} of {}", self.number + 1, self.of)
        }
    }
}

/// What stands around a chart: its finding, the question, and where it comes from.
pub(super) fn frame(scenario: &Scenario, finding: String, people: &str, notes: &str) -> Frame {
    let question = scenario.question.trim();
    let (subtitle, scene) = if question.is_empty() {
        (scenario.title.clone(), String::new())
    } else {
        (question.to_owned(), format!("{} · ", scenario.title))
    };
    Frame {
        title: finding,
        subtitle: Some(subtitle),
        foot: format!(
            "{scene}{people} · seed {}{notes} · compassion {}",
            scenario.run.seed,
            env!("CARGO_PKG_VERSION")
        ),
    }
}

/// How many people, or groups, a chart of the whole run stands for.
pub(super) fn everybody(scenario: &Scenario) -> String {
    let run = scenario.run;
    let replicates = u64::from(run.replicates);
    let people = u64::from(run.agents) * replicates;
    let mut counts: Vec<String> = Vec::new();
    for it in &scenario.conditions {
        let count = match it.unit {
            Unit::Person => format!("{} simulated {}", thousands(people), person_or_people(people)),
            Unit::Group(size) => {
                let groups = u64::from(run.agents / size) * replicates;
                let plural = if groups == 1 { "" } else { "s" };
                format!("{} simulated group{plural} of {size}", thousands(groups))
            }
        };
        if !counts.contains(&count) {
            counts.push(count);
        }
    }
    format!("n = {} per condition", counts.join(" or "))
}

/// What is counted in these conditions.
fn who(scenario: &Scenario) -> String {
    let groups = scenario.conditions.iter().filter(|it| it.unit != Unit::Person).count();
    let who = match groups {
        0 => "people",
        all if all == scenario.conditions.len() => "groups",
        _ => "people or groups",
    };
    who.to_owned()
}

/// Helping rate of each condition, with what people did.
fn helping_rate(scenario: &Scenario, summary: &Summary, slide: &Slide) -> Result<Drawing, PictureError> {
    let row = |it: &ConditionSummary| {
        Some(helping_rate_chart::HelpingRateRow {
            name: it.name.clone(),
            group: None,
            simulated: Estimate {
                value: it.helping_rate?,
                lower: it.interval.lower,
                upper: it.interval.upper,
            },
            parameters: it.over_parameters.and_then(|it| it.rate).map(|it| [it.lower, it.upper]),
            overwhelmed: it.overwhelmed,
            left: it.share(Outcome::Left),
            observed: it.observed_rate().map(chart_estimate),
        })
    };
    let data = helping_rate_chart::HelpingRateData {
        rows: slide
            .shown
            .iter()
            .filter_map(|it| row(&summary.conditions[*it]))
            .collect(),
        who: who(scenario),
    };
    let groups = scenario.conditions.iter().any(|it| it.unit != Unit::Person);
    let notes = if groups {
        " · a group helped if one of it did, and left if all did; the overwhelmed are people · 95 % Wilson intervals"
    } else {
        " · 95 % Wilson intervals"
    };
    let mut notes = notes.to_owned();
    if let Some(it) = &summary.uncertainty {
        let people = u64::from(it.people);
        notes += &format!(
            " · pale bars: {} plausible parameter sets, {} {} under each",
            it.sets,
            thousands(people),
            person_or_people(people)
        );
    }
    notes += &slide.note();
    let frame = frame(
        scenario,
        findings::helping(scenario, summary),
        &everybody(scenario),
        &notes,
    );
    named(slide.name("helping_rate"), helping_rate_chart::draw(&data, &frame))
}

/// What was given in each condition in which help is a quantity, with what people gave.
fn amount(scenario: &Scenario, tallies: &[Tally], slide: &Slide) -> Result<Drawing, PictureError> {
    let given = |it: usize| tallies[it].measures.get(&Measure::Amount);
    let row = |it: &usize| {
        let condition = &scenario.conditions[*it];
        Some(amount_chart::AmountRow {
            name: condition.name.clone(),
            simulated: chart_estimate(mean_interval(given(*it)?, Z_95)?),
            observed: observed_amount(condition),
        })
    };
    let graded = || scenario.conditions.iter().filter(|it| it.is_graded());
    let endowments = || graded().map(|it| &it.situation);
    let most = endowments().map(|it| it.endowment).fold(0.0, f64::max);
    let unit = endowments().next().map_or("units", |it| it.endowment_unit.as_str());
    let same = endowments().all(|it| it.endowment.to_bits() == most.to_bits() && it.endowment_unit == unit);
    let axis = if same {
        format!("mean amount given ({unit}, of {most})")
    } else {
        format!("mean amount given ({unit}, of {most} or less)")
    };
    let means = scenario
        .conditions
        .iter()
        .enumerate()
        .filter_map(|(number, condition)| {
            Some(findings::Of {
                name: &condition.name,
                value: given(number)?.mean(),
            })
        });
    let finding = findings::means(
        &format!("Given of {most} {unit}{}", findings::when(scenario)),
        &means.collect::<Vec<_>>(),
        &|value| decimal(value, 2),
    );
    let data = amount_chart::AmountData {
        rows: slide.shown.iter().filter_map(row).collect(),
        axis,
        most,
    };
    let notes = format!(" · 95 % intervals of means{}", slide.note());
    let frame = frame(scenario, finding, &everybody(scenario), &notes);
    named(slide.name("amount"), amount_chart::draw(&data, &frame))
}

/// The mean that people gave, with its 95 % interval where spread and number are known.
fn observed_amount(condition: &Condition) -> Option<Estimate> {
    let observed = condition.observed_mean(Measure::Amount)?;
    let reach = Z_95 * observed.standard_error().unwrap_or_default();
    Some(Estimate {
        value: observed.mean,
        lower: observed.mean - reach,
        upper: observed.mean + reach,
    })
}

pub(super) fn chart_estimate(it: crate::statistics::Estimate) -> Estimate {
    Estimate {
        value: it.value,
        lower: it.lower,
        upper: it.upper,
    }
}

/// How the encounter ended for the people of each condition, one by one also where groups are counted.
fn outcomes(scenario: &Scenario, summary: &Summary, slide: &Slide) -> Result<Drawing, PictureError> {
    let row = |it: &ConditionSummary| {
        let share = |outcome| it.people.share(outcome);
        Some(outcomes_chart::OutcomesRow {
            name: it.name.clone(),
            group: None,
            helped: share(Outcome::Helped)?,
            left: share(Outcome::Left)?,
            undecided: share(Outcome::Undecided)?,
            relieved: share(Outcome::Relieved)?,
            punished: share(Outcome::Punished)?,
        })
    };
    let data = outcomes_chart::OutcomesData {
        rows: slide
            .shown
            .iter()
            .filter_map(|it| row(&summary.conditions[*it]))
            .collect(),
        names: [
            Outcome::Helped,
            Outcome::Relieved,
            Outcome::Undecided,
            Outcome::Punished,
            Outcome::Left,
        ]
        .map(|outcome| outcome.words(scenario.gifts())),
    };
    let run = scenario.run;
    let people = u64::from(run.agents) * u64::from(run.replicates);
    let people = format!(
        "n = {} simulated {} per condition",
        thousands(people),
        person_or_people(people)
    );
    let groups = scenario.conditions.iter().any(|it| it.unit != Unit::Person);
    let notes = if groups {
        " · every person counts, also in groups"
    } else {
        ""
    };
    let notes = format!("{notes}{}", slide.note());
    let frame = frame(scenario, findings::endings(scenario, summary), &people, &notes);
    named(slide.name("outcomes"), outcomes_chart::draw(&data, &frame))
}

/// When people decided to help.
fn latency(scenario: &Scenario, tallies: &[Tally]) -> Result<Drawing, PictureError> {
    let timed = || {
        scenario
            .conditions
            .iter()
            .zip(tallies)
            .filter(|(it, _)| !it.is_graded())
    };
    let shown = || timed().take(MOST_LINES);
    let line = |(condition, tally): (&Condition, &Tally)| {
        let (of, helped_at_s) = decision_times(tally);
        latency_chart::LatencyLine {
            name: condition.name.clone(),
            end_s: condition.situation.window_s,
            of,
            helped_at_s,
        }
    };
    let data = latency_chart::LatencyData {
        window_s: shown().map(|(it, _)| it.situation.window_s).fold(0.0, f64::max),
        lines: shown().map(line).filter(|it| it.of > 0).collect(),
        who: who(scenario),
    };
    let note = if scenario.conditions.iter().any(Condition::is_graded) {
        " · without conditions in which help is a quantity, which is given when the scene ends"
    } else {
        ""
    };
    let more = match timed().count().saturating_sub(MOST_LINES) {
        0 => String::new(),
        _ => format!(" · first {MOST_LINES} conditions"),
    };
    let half = shown().filter_map(|(condition, tally)| {
        Some(findings::Of {
            name: &condition.name,
            value: tally.latency.quantile(0.5)?,
        })
    });
    let finding = findings::means(
        &format!("When half of the helpers have decided{}", findings::when(scenario)),
        &half.collect::<Vec<_>>(),
        &|seconds| format!("{} s", decimal(seconds, 1)),
    );
    let finding = finding
        .replace("highest in", "latest in")
        .replace("lowest in", "earliest in");
    let frame = frame(scenario, finding, &everybody(scenario), &format!("{note}{more}"));
    named("latency", latency_chart::draw(&data, &frame))
}

/// Of how many, and decision times as the histogram keeps them, spread evenly within each bin; both thinned where there are very many.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "at most 20,000 people"
)]
fn decision_times(tally: &Tally) -> (usize, Vec<f64>) {
    let (total, histogram) = (tally.units.total(), &tally.latency);
    let kept = (MOST_TIMES as f64 / total.max(1) as f64).min(1.0);
    let scaled = |count: u64| (count as f64 * kept).round() as usize;
    let mut times = Vec::new();
    let mut before = 0;
    for (bin, count) in histogram.counts().iter().enumerate() {
        let here = scaled(before + count) - scaled(before);
        let (start, end) = (histogram.edge(bin), histogram.edge(bin + 1));
        times.extend((0..here).map(|it| start + (end - start) * (it as f64 + 0.5) / here as f64));
        before += count;
    }
    (scaled(total), times)
}

/// The slides of the course of the scene in so many conditions: a few share panels, more have a row each, the first one on every slide.
fn of_courses(conditions: usize) -> Vec<Slide> {
    let all: Vec<usize> = (0..conditions).collect();
    if conditions <= OVERLAID {
        return Slide::all(&all, OVERLAID);
    }
    let mut slides = Slide::all(&all[1..], PANEL_ROWS - 1);
    slides.iter_mut().for_each(|slide| slide.shown.insert(0, 0));
    slides
}

/// Attention, feelings and tendencies in the course of the scene.
fn timecourse(scenario: &Scenario, courses: &TimeCourses, slide: &Slide) -> Result<Drawing, PictureError> {
    let by_condition = &courses.conditions;
    let spread = |it: &Course| timecourse_chart::TimecourseSpread {
        centre: it.median.clone(),
        lower: it.lower.clone(),
        upper: it.upper.clone(),
    };
    let panels = Quantity::ALL.map(|quantity| {
        use timecourse_chart::Scale;
        let (name, scale) = match quantity {
            Quantity::Attention => ("attention (0–1)", Scale::Fixed(0.0, 1.0)),
            Quantity::AffectiveSharing => ("affective sharing", Scale::Own),
            Quantity::PersonalDistress => ("personal distress", Scale::Own),
            Quantity::Compassion => ("compassion", Scale::Own),
            Quantity::Help => ("tendency to help", Scale::Fixed(0.0, 1.0)),
            Quantity::Leave => ("tendency to leave", Scale::Fixed(0.0, 1.0)),
        };
        let course = |it: &usize| spread(&by_condition[*it][quantity as usize]);
        timecourse_chart::TimecoursePanel {
            quantity: name.to_owned(),
            scale,
            courses: slide.shown.iter().map(course).collect(),
        }
    });
    let condition = |it: &usize| timecourse_chart::TimecourseCondition {
        name: scenario.conditions[*it].name.clone(),
        end_s: scenario.conditions[*it].situation.window_s,
    };
    let data = timecourse_chart::TimecourseData {
        time_s: courses.times_s.clone(),
        conditions: slide.shown.iter().map(condition).collect(),
        panels: panels.into(),
        centre: "median".to_owned(),
        spread: "middle half of people".to_owned(),
    };
    let people =
        "the first 400 people, or all if fewer · a tendency of 1 decides, and they stay as they are from then on";
    let frame = frame(scenario, in_the_end(scenario, courses), people, &slide.note());
    named(slide.name("timecourse"), timecourse_chart::draw(&data, &frame))
}

/// The feeling in which conditions differ most when the scene ends, beside how much people differ in it.
fn in_the_end(scenario: &Scenario, courses: &TimeCourses) -> String {
    let feelings = [
        (Quantity::PersonalDistress, "Personal distress"),
        (Quantity::Compassion, "Compassion"),
        (Quantity::AffectiveSharing, "Affective sharing"),
    ];
    let told = feelings.map(|(quantity, word)| {
        let of = |it: &[Course; Quantity::ALL.len()]| it[quantity as usize].median.last().copied().unwrap_or_default();
        let all = scenario.conditions.iter().zip(&courses.conditions);
        let all: Vec<findings::Of> = all
            .map(|(condition, course)| findings::Of {
                name: &condition.name,
                value: of(course),
            })
            .collect();
        let half = |it: &Course| {
            it.upper
                .last()
                .zip(it.lower.last())
                .map_or(0.0, |(upper, lower)| upper - lower)
        };
        let usual = courses
            .conditions
            .iter()
            .map(|it| half(&it[quantity as usize]))
            .fold(0.0, f64::max);
        let apart = findings::ends(&all, 0.0).map_or(0.0, |(high, low)| high.value - low.value);
        let what = format!("{word} at the end of the scene{}", findings::when(scenario));
        (
            apart / usual.max(1e-9),
            findings::means(&what, &all, &|value| decimal(value, 2)),
        )
    });
    let largest = told
        .into_iter()
        .reduce(|one, other| if other.0 > one.0 { other } else { one });
    largest.map_or_else(String::new, |it| it.1)
}

pub(super) fn named(name: impl Into<String>, picture: Result<Picture, ChartError>) -> Result<Drawing, PictureError> {
    let name = name.into();
    match picture {
        Ok(picture) => Ok(Drawing { name, picture }),
        Err(source) => Err(PictureError { name, source }),
    }
}

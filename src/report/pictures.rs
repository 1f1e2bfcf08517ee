//! The charts of a run: which numbers go into which chart.

use super::community::community_charts;
use super::comparison_pictures::comparison_charts;
use super::doses;
use super::over_time;
use super::sweet_spot::{has_a_peak, sweet_spot};
use crate::charts::estimate::Estimate;
use crate::charts::{
    ChartError, Frame, Picture, amount as amount_chart, helping_rate as helping_rate_chart, latency as latency_chart,
    outcomes as outcomes_chart, timecourse as timecourse_chart,
};
use crate::engine::records::Outcome;
use crate::engine::tally::Tally;
use crate::engine::timecourse::{self, Course, Quantity, TimeCourses};
use crate::model::situation::HelpKind;
use crate::registry::Measure;
use crate::scenario::{Condition, Scenario, Unit};
use crate::statistics::{Z_95, mean_interval};
use crate::study::Results;
use crate::summary::{ConditionSummary, Summary};
use crate::wording::{person_or_people, thousands};

/// Conditions that a chart with a row for each shows at most; the tables have all of them.
const MOST_ROWS: usize = 40;

/// Conditions that a chart with a line for each shows at most.
pub(super) const MOST_LINES: usize = timecourse::MOST_CONDITIONS;

/// People that a line of decision times stands for at most: more would not be seen.
const MOST_TIMES: u64 = 20_000;

/// A chart under its name.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    /// File name without ending.
    pub name: &'static str,
    /// Both forms.
    pub picture: Picture,
}

/// Why a chart could not be drawn.
#[derive(Debug, thiserror::Error)]
#[error("{name}.png and {name}.svg: {source}")]
pub struct PictureError {
    name: &'static str,
    source: ChartError,
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
        charts.push(Box::new(move || timecourse(scenario, courses)));
    }
    charts.push(Box::new(move || helping_rate(scenario, summary)));
    charts.push(Box::new(move || outcomes(scenario, summary)));
    // What is given is given when the scene ends: nobody can be early.
    if scenario.conditions.iter().any(|condition| !is_graded(condition)) {
        charts.push(Box::new(move || latency(scenario, tallies)));
    }
    if scenario.conditions.iter().any(is_graded) {
        charts.push(Box::new(move || amount(scenario, tallies)));
    }
    if over_time::has_course(scenario) {
        charts.push(Box::new(move || over_time::change(scenario, tallies)));
        charts.push(Box::new(move || over_time::before_after(scenario, tallies)));
    }
    charts.extend(community_charts(results));
    if let Some(drawn) = doses::dose_response(scenario, tallies) {
        charts.push(Box::new(move || drawn));
    }
    charts
}

/// What stands around a chart that shows at most so many conditions.
pub(super) fn frame(scenario: &Scenario, most: usize, people: &str, notes: &str) -> Frame {
    let asked = !scenario.question.trim().is_empty();
    let title = if asked {
        scenario.question.trim()
    } else {
        &scenario.title
    };
    let conditions = scenario.conditions.len();
    let more = if most < conditions {
        format!(" · first {most} of {conditions} conditions")
    } else {
        String::new()
    };
    Frame {
        title: title.to_owned(),
        subtitle: (asked && title != scenario.title).then(|| scenario.title.clone()),
        foot: format!(
            "{people} · seed {}{notes}{more} · compassion {}",
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
fn helping_rate(scenario: &Scenario, summary: &Summary) -> Result<Drawing, PictureError> {
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
        rows: summary.conditions.iter().take(MOST_ROWS).filter_map(row).collect(),
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
    let frame = frame(scenario, MOST_ROWS, &everybody(scenario), &notes);
    named("helping_rate", helping_rate_chart::draw(&data, &frame))
}

/// What was given in each condition in which help is a quantity, with what people gave.
fn amount(scenario: &Scenario, tallies: &[Tally]) -> Result<Drawing, PictureError> {
    let graded = |it: &&(&Condition, &Tally)| is_graded(it.0);
    let all: Vec<(&Condition, &Tally)> = scenario.conditions.iter().zip(tallies).collect();
    let row = |(condition, tally): &(&Condition, &Tally)| {
        let given = tally.measures.get(&Measure::Amount)?;
        Some(amount_chart::AmountRow {
            name: condition.name.clone(),
            simulated: chart_estimate(mean_interval(given, Z_95)?),
            observed: observed_amount(condition),
        })
    };
    let rows: Vec<amount_chart::AmountRow> = all.iter().filter(graded).filter_map(row).take(MOST_ROWS).collect();
    let endowments = || all.iter().filter(graded).map(|it| &it.0.situation);
    let most = endowments().map(|it| it.endowment).fold(0.0, f64::max);
    let unit = endowments().next().map_or("units", |it| it.endowment_unit.as_str());
    let same = endowments().all(|it| it.endowment.to_bits() == most.to_bits() && it.endowment_unit == unit);
    let data = amount_chart::AmountData {
        rows,
        axis: if same {
            format!("mean amount given ({unit}, of {most})")
        } else {
            format!("mean amount given ({unit}, of {most} or less)")
        },
        most,
    };
    let frame = frame(scenario, MOST_ROWS, &everybody(scenario), " · 95 % intervals of means");
    named("amount", amount_chart::draw(&data, &frame))
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
fn outcomes(scenario: &Scenario, summary: &Summary) -> Result<Drawing, PictureError> {
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
        rows: summary.conditions.iter().take(MOST_ROWS).filter_map(row).collect(),
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
    let frame = frame(scenario, MOST_ROWS, &people, notes);
    named("outcomes", outcomes_chart::draw(&data, &frame))
}

/// Whether help is a quantity.
fn is_graded(condition: &Condition) -> bool {
    condition.situation.help == HelpKind::Graded
}

/// When people decided to help.
fn latency(scenario: &Scenario, tallies: &[Tally]) -> Result<Drawing, PictureError> {
    let timed = || scenario.conditions.iter().zip(tallies).filter(|(it, _)| !is_graded(it));
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
    let note = if scenario.conditions.iter().any(is_graded) {
        " · without conditions in which help is a quantity, which is given when the scene ends"
    } else {
        ""
    };
    let frame = frame(scenario, MOST_LINES, &everybody(scenario), note);
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

/// Attention, feelings and tendencies in the course of the scene.
fn timecourse(scenario: &Scenario, courses: &TimeCourses) -> Result<Drawing, PictureError> {
    let shown = &scenario.conditions[..courses.conditions.len()];
    let by_condition = &courses.conditions;
    let spread = |it: &Course| timecourse_chart::TimecourseSpread {
        centre: it.mean.clone(),
        lower: it.lower.clone(),
        upper: it.upper.clone(),
    };
    let panels = Quantity::ALL.map(|quantity| {
        use timecourse_chart::Scale;
        let (name, scale) = match quantity {
            Quantity::Attention => ("attention", Scale::Fixed(0.0, 1.0)),
            Quantity::AffectiveSharing => ("affective sharing", Scale::Own),
            Quantity::PersonalDistress => ("personal distress", Scale::Own),
            Quantity::Compassion => ("compassion", Scale::Own),
            Quantity::Help => ("tendency to help", Scale::Fixed(0.0, 1.0)),
            Quantity::Leave => ("tendency to leave", Scale::Fixed(0.0, 1.0)),
        };
        timecourse_chart::TimecoursePanel {
            quantity: name.to_owned(),
            scale,
            courses: by_condition.iter().map(|it| spread(&it[quantity as usize])).collect(),
        }
    });
    let data = timecourse_chart::TimecourseData {
        time_s: courses.times_s.clone(),
        conditions: shown
            .iter()
            .map(|it| timecourse_chart::TimecourseCondition {
                name: it.name.clone(),
                end_s: it.situation.window_s,
            })
            .collect(),
        panels: panels.into(),
        centre: "mean".to_owned(),
        spread: "middle half of people".to_owned(),
    };
    let people =
        "the first 400 people, or all if fewer · a tendency of 1 decides, and people stay as they are from then on";
    named(
        "timecourse",
        timecourse_chart::draw(&data, &frame(scenario, MOST_LINES, people, "")),
    )
}

pub(super) fn named(name: &'static str, picture: Result<Picture, ChartError>) -> Result<Drawing, PictureError> {
    match picture {
        Ok(picture) => Ok(Drawing { name, picture }),
        Err(source) => Err(PictureError { name, source }),
    }
}

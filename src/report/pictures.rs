//! The charts of a run: which numbers go into which chart.

use crate::charts::estimate::Estimate;
use crate::charts::{ChartError, Frame, Picture, helping_rate as helping_rate_chart};
use crate::engine::run::Experiment;
use crate::engine::tally::Tally;
use crate::scenario::{Scenario, Unit};
use crate::summary::{ConditionSummary, Summary};

/// Conditions that a chart shows at most; the tables have all of them.
const MOST: usize = 40;

/// A chart under its name.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    /// File name without ending.
    pub name: &'static str,
    /// Both forms.
    pub picture: Picture,
}

/// Which chart could not be drawn.
#[derive(Debug, thiserror::Error)]
#[error("cannot draw the chart `{name}`")]
pub struct PictureError {
    name: &'static str,
    source: ChartError,
}

/// A chart that is still to be drawn.
pub type Draw<'a> = Box<dyn FnOnce() -> Result<Drawing, PictureError> + Send + 'a>;

/// The charts of a run, to be drawn in any order.
pub fn charts<'a>(experiment: &'a Experiment, summary: &'a Summary, _tallies: &'a [Tally]) -> Vec<Draw<'a>> {
    let scenario = experiment.scenario;
    if summary.conditions.iter().all(|it| it.helping_rate.is_none()) {
        return Vec::new();
    }
    vec![Box::new(move || helping_rate(scenario, summary))]
}

/// What stands around the charts of a scenario.
pub(super) fn frame(scenario: &Scenario, intervals: &str) -> Frame {
    let title = if scenario.question.is_empty() {
        &scenario.title
    } else {
        &scenario.question
    };
    let run = scenario.run;
    let people = u64::from(run.agents) * u64::from(run.replicates);
    let shown = scenario.conditions.len().min(MOST);
    let more = if shown < scenario.conditions.len() {
        format!(" · first {shown} of {} conditions", scenario.conditions.len())
    } else {
        String::new()
    };
    Frame {
        title: title.clone(),
        subtitle: (scenario.question != scenario.title && !scenario.question.is_empty())
            .then(|| scenario.title.clone()),
        foot: format!(
            "{} simulated people per condition · seed {}{intervals}{more} · compassion {}",
            thousands(people),
            run.seed,
            env!("CARGO_PKG_VERSION")
        ),
    }
}

/// Helping rate of each condition, with what people did.
///
/// # Errors
///
/// If the chart cannot be drawn.
fn helping_rate(scenario: &Scenario, summary: &Summary) -> Result<Drawing, PictureError> {
    let estimate = |it: &crate::statistics::Estimate| Estimate {
        value: it.value,
        lower: it.lower,
        upper: it.upper,
    };
    let rows = shown(summary).filter_map(|it| {
        Some(helping_rate_chart::HelpingRateRow {
            name: it.name.clone(),
            group: None,
            simulated: Estimate {
                value: it.helping_rate?,
                lower: it.interval.lower,
                upper: it.interval.upper,
            },
            observed: it.observed_rate().as_ref().map(estimate),
        })
    });
    let data = helping_rate_chart::HelpingRateData { rows: rows.collect() };
    let groups = scenario.conditions.iter().any(|it| it.unit != Unit::Person);
    let intervals = if groups {
        " · share of persons or groups that helped, 95 % Wilson intervals"
    } else {
        " · 95 % Wilson intervals"
    };
    named(
        "helping_rate",
        helping_rate_chart::draw(&data, &frame(scenario, intervals)),
    )
}

/// The conditions that charts show.
pub(super) fn shown(summary: &Summary) -> impl Iterator<Item = &ConditionSummary> {
    summary.conditions.iter().take(MOST)
}

pub(super) fn named(name: &'static str, picture: Result<Picture, ChartError>) -> Result<Drawing, PictureError> {
    match picture {
        Ok(picture) => Ok(Drawing { name, picture }),
        Err(source) => Err(PictureError { name, source }),
    }
}

/// 10,000.
pub fn thousands(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

//! `[timeline]`, `[exposures]`, `[community]` and `[exchange]`.

use super::{community, exchange};
use crate::document::{Problem, Section, Source};
use crate::model::situation::Situation;
use crate::model::training::{Practice, weeks_in_all};
use crate::scenario::keys::MOST_MEASUREMENTS;
use crate::scenario::{Exposures, Protocol, Timeline};

const HOURS_PER_DAY: f64 = 24.0;

/// Weeks of practice may add up to this much more than `weeks`: sums of decimal fractions are not exact.
const ROUNDING_WEEKS: f64 = 1e-9;

/// The four tables of a file, each where it is there.
pub(super) struct Tables<'t> {
    timeline: Option<(Section<'t>, Option<Timeline>)>,
    exposures: Option<Section<'t>>,
    community: Option<community::Table<'t>>,
    exchange: Option<exchange::Table<'t>>,
}

/// Reads what is the same for all conditions.
pub(super) fn read_tables<'t>(
    top: &Section<'t>,
    people: u32,
    source: &'t Source,
    problems: &mut Vec<Problem>,
) -> Tables<'t> {
    Tables {
        timeline: top.table("timeline", problems).map(|it| {
            let timeline = read_timeline(&it, problems);
            (it, timeline)
        }),
        exposures: top.table("exposures", problems),
        community: community::read_table(top, people, source, problems),
        exchange: exchange::read_table(top, people, problems),
    }
}

impl Tables<'_> {
    /// The timeline, if there is a sound one: of a file, or of its community.
    pub(super) fn timeline(&self) -> Option<&Timeline> {
        let weeks = self.community.as_ref().and_then(community::Table::timeline);
        self.timeline
            .as_ref()
            .and_then(|(_, timeline)| timeline.as_ref())
            .or(weeks)
    }

    /// The protocol of a condition with this scene and this training. Only the first condition reports what is wrong in the tables themselves.
    pub(super) fn of_condition(
        &self,
        scene: &Situation,
        training: &[Practice],
        section: &Section<'_>,
        is_first: bool,
        problems: &mut Vec<Problem>,
    ) -> Protocol {
        if let Some(timeline) = self.timeline() {
            report_late_training(timeline, training, section, problems);
        }
        let mut reported = Vec::new();
        let exposures = self.exposures.as_ref().and_then(|it| {
            let mut met = scene.clone();
            if let Some(table) = it.table("situation", &mut reported) {
                met.read(&table, &mut reported);
            }
            let exposures = Exposures {
                count: it.count_u32("count", &mut reported)?,
                spacing_hours: it.number("spacing_hours", &mut reported)?,
                situation: met,
            };
            if self.timeline.is_some() || self.community.is_some() {
                report_long_shift(&exposures, it, &mut reported);
            }
            Some(exposures)
        });
        if is_first {
            problems.extend(reported);
        }
        let network = section.number("network", problems);
        if network.is_some() && self.timeline().is_none() {
            let message = "`network` says nothing without a `[timeline]`: it takes weeks, and none pass";
            problems.push(Problem::new(section.span_of("network"), message).from_absence());
        }
        let community = match &self.community {
            Some(table) => Some(table.of_condition(section, training, problems)),
            None => {
                for key in ["trained", "community"] {
                    if let Some(entry) = section.entry(key) {
                        let message = format!("`{key}` says nothing without a `[community]`");
                        problems.push(Problem::new(entry.key_span.clone(), message).from_absence());
                    }
                }
                None
            }
        };
        let exchange = match &self.exchange {
            Some(table) => table.of_condition(section, scene, problems),
            None => {
                if let Some(entry) = section.entry("exchange") {
                    let message = "`exchange` says nothing without an `[exchange]`";
                    problems.push(Problem::new(entry.key_span.clone(), message).from_absence());
                }
                None
            }
        };
        Protocol {
            timeline: self.timeline().cloned(),
            exposures,
            network: network.unwrap_or(0.0),
            community,
            exchange,
        }
    }
}

fn read_timeline(section: &Section<'_>, problems: &mut Vec<Problem>) -> Option<Timeline> {
    let before = problems.len();
    let weeks = section.number("weeks", problems);
    let measure_at = section.numbers("measure_at", problems);
    section.entry("measure_at")?;
    let span = section.span_of("measure_at");
    if measure_at.is_empty() && problems.len() == before {
        let message = "`measure_at` is empty: nothing would be measured";
        problems.push(Problem::new(span, message).help("write for instance `measure_at = [0, 8]`"));
    } else if let Some(pair) = measure_at.windows(2).find(|it| it[0] >= it[1]) {
        let message = format!("`measure_at` must rise, and {} follows {}", pair[1], pair[0]);
        problems.push(Problem::new(span, message));
    } else if measure_at.len() > MOST_MEASUREMENTS {
        let message = format!(
            "{} measurements: at most {MOST_MEASUREMENTS} are taken",
            measure_at.len()
        );
        problems.push(Problem::new(span, message));
    }
    (problems.len() == before).then_some(Timeline {
        weeks: weeks?,
        measure_at,
    })
}

/// With a timeline the encounters in a row are the shift of every working day.
fn report_long_shift(exposures: &Exposures, section: &Section<'_>, problems: &mut Vec<Problem>) {
    let hours = f64::from(exposures.count) * exposures.spacing_hours;
    if hours <= HOURS_PER_DAY {
        return;
    }
    let message = format!(
        "{} encounters, {} hours from one to the next, are a shift of {hours} hours: longer than the day on which it is worked",
        exposures.count, exposures.spacing_hours
    );
    let problem = Problem::new(section.span_of("spacing_hours"), message);
    let help = "with a `[timeline]` they come on every working day; lower `count` or `spacing_hours`, or leave the timeline out";
    problems.push(problem.help(help));
}

/// What a timeline calls a follow-up must not lie within the training.
fn report_late_training(
    timeline: &Timeline,
    training: &[Practice],
    section: &Section<'_>,
    problems: &mut Vec<Problem>,
) {
    let end = weeks_in_all(training);
    if end <= timeline.weeks + ROUNDING_WEEKS {
        return;
    }
    let weeks = timeline.weeks;
    let within = timeline.measure_at.iter().find(|it| **it > weeks && **it < end);
    let message = match within {
        Some(week) => format!(
            "week {week} is a follow-up, since the timeline has {weeks} weeks, but this training ends in week {end} only"
        ),
        None => format!("this training takes {end} weeks, and the timeline has {weeks}"),
    };
    let problem = Problem::new(section.span_of("training"), message);
    problems.push(problem.help(format!("raise `timeline.weeks` to {end}, or shorten the training")));
}

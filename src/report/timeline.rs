//! `timeline.csv`: one row for each condition, moment and measure.

use super::decimal::push_decimal;
use super::people::quoted;
use crate::engine::life::{Moment, moments};
use crate::engine::tally::Tally;
use crate::registry::Measure;
use crate::scenario::Scenario;

/// What is known of a measure at a moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Seen {
    /// Mean over people, or the share of units.
    pub mean: f64,
    /// Standard deviation between people; of a share, √(p (1 − p)).
    pub sd: f64,
    /// Number of people or units.
    pub n: u64,
}

/// A measure of a tally; none if it has not been measured, or of nobody.
pub fn seen(tally: &Tally, measure: Measure) -> Option<Seen> {
    if let Some(outcome) = measure.outcome() {
        let mean = tally.units.share(outcome)?;
        return Some(Seen {
            mean,
            sd: (mean * (1.0 - mean)).sqrt(),
            n: tally.units.total(),
        });
    }
    let moments = tally.measures.get(&measure).filter(|it| it.count() > 0)?;
    Some(Seen {
        mean: moments.mean(),
        sd: moments.sd().unwrap_or_default(),
        n: moments.count(),
    })
}

/// The table; none where nothing lies around the scenes.
pub fn timeline_csv(scenario: &Scenario, tallies: &[Tally]) -> Option<Vec<u8>> {
    if scenario.conditions.iter().all(|it| it.protocol.is_single()) {
        return None;
    }
    let mut text = b"condition,week,exposure,follow_up,measure,mean,sd,n\n".to_vec();
    for (condition, tally) in scenario.conditions.iter().zip(tallies) {
        let name = quoted(&condition.name);
        let weeks = condition.protocol.timeline.as_ref().map(|it| it.weeks);
        for (moment, tally) in moments(condition).iter().zip(&tally.course) {
            let follow_up = weeks.is_some_and(|it| moment.week > it);
            for (measure, seen) in Measure::ALL.into_iter().filter_map(|it| Some((it, seen(tally, it)?))) {
                row(&mut text, &name, moment, follow_up, measure.key(), &seen);
            }
        }
    }
    Some(text)
}

fn row(text: &mut Vec<u8>, name: &[u8], moment: &Moment, follow_up: bool, measure: &str, seen: &Seen) {
    text.extend_from_slice(name);
    text.push(b',');
    push_decimal(text, moment.week, 3);
    let exposure = moment.exposure.map_or(String::new(), |it| it.to_string());
    let yes = if follow_up { "yes" } else { "no" };
    text.extend_from_slice(format!(",{exposure},{yes},{measure},").as_bytes());
    push_decimal(text, seen.mean, 5);
    text.push(b',');
    push_decimal(text, seen.sd, 5);
    text.extend_from_slice(format!(",{}\n", seen.n).as_bytes());
}

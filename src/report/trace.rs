//! One person's encounter as chart, table and JSON.

use super::decimal::push_decimal;
use super::pictures::{Drawing, PictureError, named};
use crate::charts::Frame;
use crate::charts::trace::{TraceData, TraceLine, TracePanel, TurningPoint, draw};
use crate::engine::trajectory::Trajectory;
use crate::scenario::Scenario;
use crate::story::followed::{
    ATTENTION, COMPASSION, DISTRESS, FOLLOWED, Followed, HELP, INDIGNATION, LEAVE, PUNISH, REAPPRAISAL, SHARING,
    UNDERSTANDING,
};
use crate::story::{Parting, Turn, label};
use serde_json::{Value, json};

/// The chart ends when this many times the time to the decision has passed.
const AFTERWARDS: f64 = 1.2;

/// A condition's name and the course of the encounter in it.
type Named<'a> = (&'a str, &'a Trajectory);

/// The same person in another condition.
pub struct Against<'a> {
    /// Name of the condition.
    pub condition: &'a str,
    /// The course of the encounter in it.
    pub course: &'a Trajectory,
    /// Its turning points.
    pub turns: Vec<Turn>,
    /// Where the two part; none if they do not.
    pub parting: Option<Parting>,
}

fn marked(turns: &[Turn]) -> Vec<TurningPoint> {
    let point = |it: &Turn| TurningPoint {
        time_s: it.time_s,
        text: label(it),
    };
    turns.iter().map(point).collect()
}

/// Attention, feelings and tendencies of one person, with the same person in another condition as dashed lines.
///
/// # Errors
///
/// If the chart cannot be drawn.
pub fn trace_chart(
    scenario: &Scenario,
    agent: u32,
    here: Named,
    turns: &[Turn],
    against: Option<&Against>,
) -> Result<Drawing, PictureError> {
    let (condition, course) = here;
    let there = against.map(|it| (it.condition, it.course));
    // Where nothing more happens there is nothing to see.
    let decided = there.map_or(course.latency_s, |(_, other)| other.latency_s.max(course.latency_s));
    let steps = course
        .times_s
        .partition_point(|it| *it <= decided * AFTERWARDS + 1.0)
        .max(2);
    let times_s = &course.times_s[..steps.min(course.times_s.len())];
    let values =
        |course: &Trajectory, state: Followed| times_s.iter().filter_map(|it| course.at(*it).map(state.of)).collect();
    let line = |state: Followed| TraceLine {
        quantity: state.name.to_owned(),
        values: values(course, state),
        other: there.map(|(_, other)| values(other, state)),
    };
    let panel = |title: &str, range, lines| TracePanel {
        title: title.to_owned(),
        range,
        lines,
    };
    // What is 0 in both courses, as where nobody is to blame, has no line.
    let occurs = |state: &Followed| {
        let mut all = std::iter::once(course).chain(there.map(|it| it.1));
        all.any(|it| it.states.iter().any(|it| (state.of)(it) > 0.0))
    };
    let rare = |state: Followed| Some(state).filter(occurs);
    let feelings = [DISTRESS, COMPASSION, REAPPRAISAL].into_iter().chain(rare(INDIGNATION));
    let tendencies = [HELP, LEAVE].into_iter().chain(rare(PUNISH));
    let data = TraceData {
        time_s: times_s.to_vec(),
        condition: condition.to_owned(),
        other_condition: there.map(|it| it.0.to_owned()),
        panels: vec![
            panel(
                "the other: attention, sharing, understanding",
                None,
                [ATTENTION, SHARING, UNDERSTANDING].map(line).to_vec(),
            ),
            panel("feelings and their regulation", None, feelings.map(line).collect()),
            panel(
                "tendencies (the first at 1 decides)",
                Some((0.0, 1.0)),
                tendencies.map(line).collect(),
            ),
        ],
        turning_points: marked(turns),
        other_turning_points: against.map(|it| marked(&it.turns)).unwrap_or_default(),
        parting_s: against.and_then(|it| it.parting).map(|it| it.time_s),
    };
    let frame = Frame {
        title: format!("Person {agent} in “{condition}”"),
        subtitle: Some(scenario.title.clone()),
        foot: format!(
            "one simulated person; after the decision as at the decision · seed {} · compassion {}",
            scenario.run.seed,
            env!("CARGO_PKG_VERSION")
        ),
    };
    named("trace", draw(&data, &frame))
}

/// Every state at every step, one row for each condition and time.
pub fn trace_csv(here: Named, there: Option<Named>) -> Vec<u8> {
    let mut text = b"condition,time_s".to_vec();
    for state in FOLLOWED {
        text.push(b',');
        text.extend_from_slice(state.key.as_bytes());
    }
    text.push(b'\n');
    for (condition, course) in std::iter::once(here).chain(there) {
        let name = crate::registry::name_cell(condition);
        for (time, state) in course.times_s.iter().zip(&course.states) {
            text.extend_from_slice(name.as_bytes());
            text.push(b',');
            push_decimal(&mut text, *time, 3);
            for followed in FOLLOWED {
                text.push(b',');
                push_decimal(&mut text, (followed.of)(state), 5);
            }
            text.push(b'\n');
        }
    }
    text
}

/// How one person's encounter went.
pub fn trace_json(scenario: &Scenario, condition: usize, agent: u32, course: &Trajectory, turns: &[Turn]) -> Value {
    json!({
        "condition": scenario.conditions[condition].name,
        "agent": agent,
        "seed": scenario.run.seed,
        "outcome": course.outcome.key(),
        "latency_s": course.latency_s,
        "turning_points": turns
            .iter()
            .map(|it| json!({ "time_s": it.time_s, "what": label(it) }))
            .collect::<Vec<_>>(),
    })
}

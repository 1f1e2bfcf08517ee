//! One person's encounter as chart, table and JSON.

use super::decimal::push_decimal;
use super::pictures::{Drawing, PictureError, named};
use crate::charts::Frame;
use crate::charts::trace::{TraceData, TraceLine, TracePanel, TurningPoint, draw};
use crate::engine::trajectory::Trajectory;
use crate::model::State;
use crate::scenario::Scenario;
use crate::story::{Parting, Turn, label};
use serde_json::{Value, json};

type Read = fn(&State<f64>) -> f64;

/// The states of a trajectory under their names.
const STATES: [(&str, Read); 10] = [
    ("attention", |it| it.attention),
    ("affective_sharing", |it| it.affective_sharing),
    ("perspective_taking", |it| it.perspective_taking),
    ("reappraisal", |it| it.reappraisal),
    ("personal_distress", |it| it.personal_distress),
    ("compassion", |it| it.compassion),
    ("indignation", |it| it.indignation),
    ("help_tendency", |it| it.help),
    ("leave_tendency", |it| it.leave),
    ("punish_tendency", |it| it.punish),
];

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
    let values = |course: &Trajectory, read: Read| times_s.iter().filter_map(|it| course.at(*it).map(read)).collect();
    let line = |quantity: &str, read: Read| TraceLine {
        quantity: quantity.to_owned(),
        values: values(course, read),
        other: there.map(|(_, other)| values(other, read)),
    };
    let panel = |title: &str, range, lines| TracePanel {
        title: title.to_owned(),
        range,
        lines,
    };
    let mut tendencies = vec![line("to help", |it| it.help), line("to leave", |it| it.leave)];
    if course.states.iter().any(|it| it.punish > 0.0) {
        tendencies.push(line("to punish", |it| it.punish));
    }
    let data = TraceData {
        time_s: times_s.to_vec(),
        condition: condition.to_owned(),
        other_condition: there.map(|it| it.0.to_owned()),
        panels: vec![
            panel(
                "the other: attention, sharing, understanding",
                None,
                vec![
                    line("attention", |it| it.attention),
                    line("affective sharing", |it| it.affective_sharing),
                    line("understanding", |it| it.perspective_taking),
                ],
            ),
            panel(
                "feelings and their regulation",
                None,
                vec![
                    line("personal distress", |it| it.personal_distress),
                    line("compassion", |it| it.compassion),
                    line("reappraisal", |it| it.reappraisal),
                ],
            ),
            panel("tendencies (the first at 1 decides)", Some((0.0, 1.0)), tendencies),
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
    for (name, _) in STATES {
        text.push(b',');
        text.extend_from_slice(name.as_bytes());
    }
    text.push(b'\n');
    for (condition, course) in std::iter::once(here).chain(there) {
        let name = super::people::quoted(condition);
        for (time, state) in course.times_s.iter().zip(&course.states) {
            text.extend_from_slice(&name);
            text.push(b',');
            push_decimal(&mut text, *time, 3);
            for (_, read) in STATES {
                text.push(b',');
                push_decimal(&mut text, read(state), 5);
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

//! Where the same person in two conditions goes two ways.

use super::Tendency;
use crate::engine::records::Outcome;
use crate::engine::trajectory::Trajectory;
use crate::model::State;

/// Difference of a tendency from which the two have parted.
const APART: f64 = 0.1;

/// The moment at which two encounters of the same person part.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parting {
    /// Seconds since the first cue.
    pub time_s: f64,
    /// The tendency that differs most, with its value here and there; none if one has decided while the other has not.
    pub tendency: Option<(Tendency, f64, f64)>,
    /// The state that differs most, relative to the larger, with its value here and there.
    pub state: (&'static str, f64, f64),
}

/// The first moment at which a tendency differs by more than 0.1, or the decisions do; none if the two never part.
pub fn parting(here: &Trajectory, there: &Trajectory) -> Option<Parting> {
    here.times_s.iter().zip(&here.states).find_map(|(time, state)| {
        let other = at(there, *time)?;
        let decided = |it: &Trajectory| (it.latency_s <= *time).then_some(it.outcome);
        let (tendency, one, two) = Tendency::ALL
            .map(|it| (it, it.of(state), it.of(other)))
            .into_iter()
            .max_by(|one, other| (one.1 - one.2).abs().total_cmp(&(other.1 - other.2).abs()))?;
        let far = (one - two).abs() > APART;
        let differently = ends_differ(decided(here), decided(there)) && here.outcome != there.outcome;
        (far || differently).then(|| Parting {
            time_s: *time,
            tendency: far.then_some((tendency, one, two)),
            state: most_different(state, other),
        })
    })
}

fn ends_differ(here: Option<Outcome>, there: Option<Outcome>) -> bool {
    here != there
}

/// The state of a trajectory at a time: that after the last step before it.
fn at(trajectory: &Trajectory, time_s: f64) -> Option<&State<f64>> {
    let steps = trajectory.times_s.partition_point(|it| *it <= time_s + 1e-9);
    trajectory.states.get(steps.checked_sub(1)?)
}

fn most_different(here: &State<f64>, there: &State<f64>) -> (&'static str, f64, f64) {
    let states = [
        ("attention", here.attention, there.attention),
        ("affective sharing", here.affective_sharing, there.affective_sharing),
        ("understanding", here.perspective_taking, there.perspective_taking),
        ("reappraisal", here.reappraisal, there.reappraisal),
        ("personal distress", here.personal_distress, there.personal_distress),
        ("compassion", here.compassion, there.compassion),
        ("indignation", here.indignation, there.indignation),
    ];
    // Weak states differ by large factors without consequence.
    let relative = |it: &(&str, f64, f64)| (it.1 - it.2).abs() / it.1.max(it.2).max(0.05);
    let mut most = states[0];
    for it in states {
        if relative(&it) > relative(&most) {
            most = it;
        }
    }
    most
}

#[cfg(test)]
mod tests {
    use super::super::tests::trajectory;
    use super::*;

    #[test]
    fn two_encounters_part_where_a_tendency_differs_by_a_tenth() {
        let course = |speed: f64| {
            trajectory(20, Outcome::Undecided, 20.0, move |time, state| {
                state.compassion = 0.3 * speed;
                state.help = speed * time / 100.0;
            })
        };
        let parting = parting(&course(3.0), &course(1.0)).unwrap();
        assert_eq!(parting.time_s, 6.0);
        assert!(matches!(parting.tendency, Some((Tendency::Help, here, there)) if here > there));
        assert_eq!(parting.state.0, "compassion");
        assert_eq!(super::parting(&course(1.0), &course(1.2)), None);
    }

    #[test]
    fn a_decision_parts_two_who_stood_close_together() {
        let helped = trajectory(20, Outcome::Helped, 7.5, |time, state| state.help = 0.1 * time);
        let left = trajectory(20, Outcome::Left, 9.0, |time, state| state.help = 0.1 * time - 0.01);
        let parting = parting(&helped, &left).unwrap();
        assert_eq!((parting.time_s, parting.tendency), (8.0, None));
    }
}

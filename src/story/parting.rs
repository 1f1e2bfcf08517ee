//! Where the same person in two conditions goes two ways.

use super::followed::{Followed, STATES};
use super::{Others, Tendency};
use crate::engine::trajectory::Trajectory;

/// Difference of a tendency from which the two have parted.
const APART: f64 = 0.1;

/// Differences of states below this part of the spread between people have set nobody apart; what is commonly called a small effect.
const FELT: f64 = 0.2;

/// The moment at which two encounters of the same person part.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parting {
    /// Seconds since the first cue.
    pub time_s: f64,
    /// The tendency that differs most, with its value here and there; none if one has decided while the other has not.
    pub tendency: Option<(Tendency, f64, f64)>,
    /// The state that differs most; none if all are nearly alike.
    pub state: Option<Difference>,
}

/// A state that differs between two encounters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// Its name.
    pub name: &'static str,
    /// Its value here.
    pub here: f64,
    /// Its value there.
    pub there: f64,
    /// The difference in standard deviations between people.
    pub sd: f64,
}

/// The moment from which a tendency differs by more than 0.1 until the first of the two decides, or that decision if they end otherwise;
/// none if the two never part, or come together again and end alike.
///
/// Which state differs most is judged in standard deviations between people (pooled over both conditions, at that moment):
/// the states have no unit in common, and one that is small in everybody may still differ by a large factor without consequence.
pub fn parting(here: &Trajectory, there: &Trajectory, people: [&Others; 2]) -> Option<Parting> {
    let first_s = here.latency_s.min(there.latency_s);
    let steps = here.times_s.partition_point(|it| *it <= first_s);
    let times_s = &here.times_s[..steps];
    let together = times_s
        .iter()
        .rposition(|it| most_apart(here, there, *it).is_none_or(|it| !far(it)));
    let start = together.map_or(0, |it| it + 1);
    let time_s = match times_s.get(start) {
        Some(time_s) => *time_s,
        None if here.outcome != there.outcome => first_s,
        None => return None,
    };
    Some(Parting {
        time_s,
        tendency: most_apart(here, there, time_s).filter(|it| far(*it)),
        state: most_different(here, there, time_s, people),
    })
}

fn far((_, here, there): (Tendency, f64, f64)) -> bool {
    (here - there).abs() > APART
}

/// The tendency that differs most at a time.
fn most_apart(here: &Trajectory, there: &Trajectory, time_s: f64) -> Option<(Tendency, f64, f64)> {
    let (here, there) = (here.at(time_s)?, there.at(time_s)?);
    let all = Tendency::ALL.map(|it| (it, it.of(here), it.of(there))).into_iter();
    all.max_by(|one, other| (one.1 - one.2).abs().total_cmp(&(other.1 - other.2).abs()))
}

fn most_different(here: &Trajectory, there: &Trajectory, time_s: f64, people: [&Others; 2]) -> Option<Difference> {
    let (here, there) = (here.at(time_s)?, there.at(time_s)?);
    let differences = STATES.iter().map(|&Followed { name, of: read, .. }| {
        let [one, other] = people.map(|it| it.spread(time_s, read));
        let spread = libm::hypot(one, other) / std::f64::consts::SQRT_2;
        let (here, there) = (read(here), read(there));
        let sd = if spread > 0.0 {
            (here - there).abs() / spread
        } else {
            0.0
        };
        Difference { name, here, there, sd }
    });
    let most = differences.max_by(|one, other| one.sd.total_cmp(&other.sd));
    most.filter(|it| it.sd >= FELT)
}

#[cfg(test)]
mod tests {
    use super::super::tests::trajectory;
    use super::*;
    use crate::engine::records::Outcome;

    /// Two people whose compassion lies this far apart, and whose reappraisal differs much less.
    fn people(compassion: f64) -> Others {
        let one = |sign: f64| {
            trajectory(20, Outcome::Undecided, 20.0, move |_, state| {
                state.compassion = 0.4 + sign * compassion / 2.0;
                state.reappraisal = 0.4 + sign * 0.2;
            })
        };
        Others::new(vec![one(-1.0), one(1.0)])
    }

    #[test]
    fn two_encounters_part_where_a_tendency_differs_by_a_tenth() {
        let course = |speed: f64| {
            trajectory(20, Outcome::Undecided, 20.0, move |time, state| {
                state.compassion = 0.3 * speed;
                state.reappraisal = 0.01 * speed;
                state.help = speed * time / 100.0;
            })
        };
        let others = people(0.5);
        let part = |one, other| parting(&course(one), &course(other), [&others, &others]);
        let parting = part(3.0, 1.0).unwrap();
        assert_eq!(parting.time_s, 6.0);
        assert!(matches!(parting.tendency, Some((Tendency::Help, here, there)) if here > there));
        assert_eq!(parting.state.unwrap().name, "compassion");
        assert_eq!(part(1.0, 1.2), None);
    }

    /// The larger factor does not count, but how people differ: here reappraisal trebles and stays small.
    #[test]
    fn states_are_compared_in_the_spread_between_people() {
        let course = |reappraisal: f64, compassion: f64| {
            trajectory(20, Outcome::Undecided, 20.0, move |_, state| {
                state.reappraisal = reappraisal;
                state.compassion = compassion;
                state.help = compassion;
            })
        };
        for (spread, expected) in [(0.1, "compassion"), (1.5, "reappraisal")] {
            let others = people(spread);
            let it = parting(&course(0.05, 0.4), &course(0.15, 0.6), [&others, &others]).unwrap();
            assert_eq!(it.state.unwrap().name, expected, "{spread}");
        }
        let others = people(0.0);
        let helped = trajectory(20, Outcome::Helped, 7.5, |time, state| state.help = 0.1 * time);
        let there = trajectory(20, Outcome::Undecided, 20.0, |_, _| {});
        assert_eq!(parting(&helped, &there, [&others, &others]).unwrap().state, None);
    }

    #[test]
    fn who_comes_together_again_and_ends_alike_has_not_parted() {
        let course = |strays: f64| {
            trajectory(20, Outcome::Helped, 9.5, move |time, state| {
                state.help = 0.1 * time - if (3.0..6.0).contains(&time) { strays } else { 0.0 };
            })
        };
        let others = people(0.5);
        assert_eq!(parting(&course(0.0), &course(0.2), [&others, &others]), None);
    }

    #[test]
    fn a_decision_parts_two_who_stood_close_together() {
        let helped = trajectory(20, Outcome::Helped, 7.5, |time, state| state.help = 0.1 * time);
        let left = trajectory(20, Outcome::Left, 9.0, |time, state| state.help = 0.1 * time - 0.01);
        let others = people(0.5);
        let parting = parting(&helped, &left, [&others, &others]).unwrap();
        assert_eq!((parting.time_s, parting.tendency), (7.5, None));
    }
}

//! Which tendency led, which came close, and where the lead changed hands.

use super::{Tendency, Turn, What, lived};
use crate::engine::trajectory::Trajectory;

/// How far a tendency must be ahead of the one that led, to lead.
const LEAD: f64 = 0.1;

/// A tendency that came this far and did not decide was close.
const CLOSE: f64 = 0.7;

/// How far a tendency must fall for the person to have drawn back.
const BACK: f64 = 0.2;

/// Where a tendency took the lead by more than noise, and at last the one that decided.
///
/// A close race may be won without ever such a lead. The turn then stands where the winner overtook for good,
/// or at the decision if that was within the last step, so that nobody leans one way and goes another.
pub(super) fn leading(trajectory: &Trajectory) -> Vec<Turn> {
    let lived = lived(trajectory);
    let mut turns = Vec::new();
    let mut leader: Option<Tendency> = None;
    for (step, state) in lived.iter().enumerate() {
        let tendencies = Tendency::ALL.into_iter();
        let Some(first) = tendencies.max_by(|one, other| one.of(state).total_cmp(&other.of(state))) else {
            continue;
        };
        let level = leader.map_or_else(|| first.rival(state), |it| it.of(state));
        if leader != Some(first) && first.of(state) > level + LEAD {
            turns.push(turn(trajectory.times_s[step], first, leader));
            leader = Some(first);
        }
    }
    if let Some(winner) = Tendency::deciding(trajectory.outcome).filter(|it| leader != Some(*it)) {
        let overtook = lived
            .iter()
            .rposition(|it| winner.of(it) <= winner.rival(it))
            .map_or(0, |it| it + 1);
        let time_s = match overtook < lived.len() {
            true => trajectory.times_s[overtook],
            false => trajectory.latency_s,
        };
        turns.push(turn(time_s, winner, leader));
    }
    turns
}

fn turn(time_s: f64, tendency: Tendency, before: Option<Tendency>) -> Turn {
    Turn {
        time_s,
        what: What::Leads { tendency, before },
    }
}

/// Tendencies that came close to deciding and did not decide.
pub(super) fn close(trajectory: &Trajectory) -> Vec<Turn> {
    let lived = lived(trajectory);
    let decided = Tendency::deciding(trajectory.outcome);
    let all = Tendency::ALL.into_iter().filter(|it| decided != Some(*it));
    all.filter_map(|tendency| {
        let heights = lived.iter().map(|it| tendency.of(it)).enumerate();
        let (step, height) = heights.max_by(|one, other| one.1.total_cmp(&other.1))?;
        let what = What::Close {
            tendency,
            height,
            drew_back: tendency.of(lived.last()?) < height - BACK,
        };
        (height >= CLOSE).then(|| Turn {
            time_s: trajectory.times_s[step],
            what,
        })
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::trajectory;
    use super::*;
    use crate::engine::records::Outcome;

    #[test]
    fn who_draws_back_was_close() {
        let it = trajectory(20, Outcome::Undecided, 20.0, |time, state| {
            state.leave = if time < 10.0 { time / 11.0 } else { 0.4 };
        });
        let close: Vec<Turn> = close(&it);
        let expected = What::Close {
            tendency: Tendency::Leave,
            height: 9.0 / 11.0,
            drew_back: true,
        };
        assert_eq!(
            close.iter().map(|it| (it.time_s, it.what)).collect::<Vec<_>>(),
            [(9.0, expected)]
        );
    }

    /// Helping leads by a little more than noise, and leaving wins by less.
    #[test]
    fn the_last_lean_is_towards_what_was_done() {
        let (help, leave) = (Tendency::Help, Tendency::Leave);
        for (overtakes_s, expected) in [(8.0, 8.0), (9.5, 9.4)] {
            let it = trajectory(12, Outcome::Left, 9.4, |time, state| {
                state.help = time / 10.0;
                state.leave = if time >= overtakes_s {
                    time / 10.0 + 0.05
                } else {
                    time / 12.0
                };
            });
            let turns: Vec<(f64, What)> = leading(&it).iter().map(|it| (it.time_s, it.what)).collect();
            let leads = |tendency, before| What::Leads { tendency, before };
            let helping = leads(help, None);
            assert_eq!(turns, [(7.0, helping), (expected, leads(leave, Some(help)))]);
        }
    }
}

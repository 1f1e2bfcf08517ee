//! One person's encounter in words: turning points found in a trajectory, and the story they make.
//!
//! Nothing is told that the trajectory does not show.

mod parting;
mod words;

pub use parting::{Parting, parting};
pub use words::{label, story, story_of_parting};

use crate::engine::norm_scene::NormScene;
use crate::engine::records::Outcome;
use crate::engine::trajectory::Trajectory;
use crate::model::State;
use crate::scenario::Dominant;

/// Attention below which the one in need was never noticed.
const NOTICEABLE: f64 = 0.05;

/// Understanding and reappraisal below which there is nothing to tell.
const TELLABLE: f64 = 0.05;

/// Part of its peak by which sharing must fall after it, to have peaked.
const FALL: f64 = 0.05;

/// Part of their largest value at which regulation has set in.
const ONSET: f64 = 0.1;

/// Feelings below this part of their medians in the norm scene are too weak for one to prevail.
const FEELING: f64 = 0.5;

/// How far a tendency must be ahead of the one that led, to lead.
const LEAD: f64 = 0.05;

/// A moment at which the encounter turned.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Turn {
    /// Seconds since the first cue.
    pub time_s: f64,
    /// What happened.
    pub what: What,
}

/// What happens at a turning point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum What {
    /// Attention passed half of its peak.
    Noticed,
    /// Understanding passed half of its final value.
    Understood,
    /// Affective sharing was at its height.
    SharingPeaked {
        /// How high.
        sharing: f64,
    },
    /// Reappraisal had begun to work.
    RegulationSetIn,
    /// A feeling came to prevail: for the first time, or over the other.
    Prevails {
        /// Which.
        feeling: Dominant,
        /// Whether the other had prevailed before.
        over_the_other: bool,
    },
    /// A tendency took the lead: for the first time, or from another.
    Leads {
        /// Which.
        tendency: Tendency,
        /// The one that led before.
        before: Option<Tendency>,
    },
    /// The encounter was decided, or over.
    Ended(Outcome),
}

/// A tendency that can decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tendency {
    /// To help.
    Help,
    /// To leave.
    Leave,
    /// To punish.
    Punish,
}

impl Tendency {
    const ALL: [Self; 3] = [Self::Help, Self::Leave, Self::Punish];

    fn of(self, state: &State<f64>) -> f64 {
        match self {
            Self::Help => state.help,
            Self::Leave => state.leave,
            Self::Punish => state.punish,
        }
    }
}

/// The turning points of a trajectory, in order of time, the end last.
pub fn turning_points(trajectory: &Trajectory, norm: &NormScene) -> Vec<Turn> {
    let lived = lived(trajectory);
    let mut turns = Vec::new();
    turns.extend(noticed(lived));
    turns.extend(understood(lived));
    turns.extend(sharing_peaked(lived));
    turns.extend(regulation_set_in(lived));
    turns.extend(prevailing(lived, norm));
    turns.extend(leading(lived));
    let mut turns: Vec<Turn> = turns
        .into_iter()
        .map(|(step, what)| Turn {
            time_s: trajectory.times_s[step],
            what,
        })
        .collect();
    // The sort is stable: at the same time, noticing comes before understanding, and feeling before leaning.
    turns.sort_by(|one, other| one.time_s.total_cmp(&other.time_s));
    turns.push(Turn {
        time_s: trajectory.latency_s,
        what: What::Ended(trajectory.outcome),
    });
    turns
}

/// The states up to the decision.
fn lived(trajectory: &Trajectory) -> &[State<f64>] {
    let steps = trajectory
        .times_s
        .iter()
        .take_while(|it| **it <= trajectory.latency_s)
        .count();
    &trajectory.states[..steps]
}

fn noticed(lived: &[State<f64>]) -> Option<(usize, What)> {
    let peak = lived.iter().map(|it| it.attention).fold(0.0, f64::max);
    if peak < NOTICEABLE {
        return None;
    }
    Some((lived.iter().position(|it| it.attention >= peak / 2.0)?, What::Noticed))
}

fn understood(lived: &[State<f64>]) -> Option<(usize, What)> {
    let last = lived.last()?.perspective_taking;
    if last < TELLABLE {
        return None;
    }
    let step = lived.iter().position(|it| it.perspective_taking >= last / 2.0)?;
    Some((step, What::Understood))
}

fn sharing_peaked(lived: &[State<f64>]) -> Option<(usize, What)> {
    let all = lived.iter().map(|it| it.affective_sharing).enumerate();
    let (step, sharing) = all.max_by(|one, other| one.1.total_cmp(&other.1))?;
    let fell = lived.last()?.affective_sharing < sharing * (1.0 - FALL);
    (fell && sharing >= TELLABLE).then_some((step, What::SharingPeaked { sharing }))
}

fn regulation_set_in(lived: &[State<f64>]) -> Option<(usize, What)> {
    let most = lived.iter().map(|it| it.reappraisal).fold(0.0, f64::max);
    if most < TELLABLE {
        return None;
    }
    let step = lived.iter().position(|it| it.reappraisal >= ONSET * most)?;
    Some((step, What::RegulationSetIn))
}

fn prevailing(lived: &[State<f64>], norm: &NormScene) -> Vec<(usize, What)> {
    let mut turns = Vec::new();
    let mut before = None;
    for (step, state) in lived.iter().enumerate() {
        let felt = state.personal_distress > FEELING * norm.median_distress
            || state.compassion > FEELING * norm.median_compassion;
        let feeling = norm.dominant(state.personal_distress, state.compassion);
        if felt && before != Some(feeling) {
            let over_the_other = before.is_some();
            turns.push((
                step,
                What::Prevails {
                    feeling,
                    over_the_other,
                },
            ));
            before = Some(feeling);
        }
    }
    turns
}

fn leading(lived: &[State<f64>]) -> Vec<(usize, What)> {
    let mut turns = Vec::new();
    let mut leader: Option<Tendency> = None;
    for (step, state) in lived.iter().enumerate() {
        let tendencies = Tendency::ALL.into_iter();
        let Some(first) = tendencies.max_by(|one, other| one.of(state).total_cmp(&other.of(state))) else {
            continue;
        };
        let level = match leader {
            Some(it) => it.of(state),
            None => Tendency::ALL
                .into_iter()
                .filter(|it| *it != first)
                .map(|it| it.of(state))
                .fold(0.0, f64::max),
        };
        if leader != Some(first) && first.of(state) > level + LEAD {
            turns.push((
                step,
                What::Leads {
                    tendency: first,
                    before: leader,
                },
            ));
            leader = Some(first);
        }
    }
    turns
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) const NORM: NormScene = NormScene {
        median_distress: 0.1,
        median_compassion: 0.2,
        distress_75: 0.2,
        usual: crate::model::slow::everyday::Load {
            distress_minutes: 0.0,
            compassion_minutes: 0.0,
            help: 0.0,
            warm_help: 0.0,
        },
    };

    /// A trajectory of one step per second whose states a function gives.
    pub(crate) fn trajectory(
        steps: u32,
        outcome: Outcome,
        latency_s: f64,
        state: impl Fn(f64, &mut State<f64>),
    ) -> Trajectory {
        let times_s: Vec<f64> = (0..=steps).map(f64::from).collect();
        let states = times_s.iter().map(|time| {
            let mut it = State::start();
            state(time.min(latency_s), &mut it);
            it
        });
        Trajectory {
            states: states.collect(),
            times_s,
            outcome,
            latency_s,
        }
    }

    #[test]
    fn turning_points_stand_where_the_trajectory_turns() {
        let it = trajectory(20, Outcome::Helped, 15.5, |time, state| {
            state.attention = (time / 4.0).min(0.8);
            state.perspective_taking = time / 15.0;
            state.affective_sharing = if time < 6.0 { time / 6.0 } else { 1.6 - time / 10.0 };
            state.personal_distress = 0.1;
            state.compassion = time / 40.0;
            state.leave = (time / 10.0).min(0.4);
            state.help = time / 20.0;
        });
        let turns = turning_points(&it, &NORM);
        let when = |what: What| turns.iter().find(|it| it.what == what).map(|it| it.time_s);
        assert_eq!(when(What::Noticed), Some(2.0));
        assert_eq!(when(What::Understood), Some(8.0));
        assert_eq!(when(What::SharingPeaked { sharing: 1.0 }), Some(6.0));
        let prevails = |feeling, over_the_other| What::Prevails {
            feeling,
            over_the_other,
        };
        assert_eq!(when(prevails(Dominant::PersonalDistress, false)), Some(0.0));
        assert_eq!(when(prevails(Dominant::EmpathicConcern, true)), Some(8.0));
        let leads = |tendency, before| What::Leads { tendency, before };
        assert_eq!(when(leads(Tendency::Leave, None)), Some(2.0));
        assert_eq!(when(leads(Tendency::Help, Some(Tendency::Leave))), Some(10.0));
        assert_eq!(
            turns.last().map(|it| (it.time_s, it.what)),
            Some((15.5, What::Ended(Outcome::Helped)))
        );
        assert!(
            !turns.iter().any(|it| it.what == What::RegulationSetIn),
            "nothing was regulated"
        );
    }

    #[test]
    fn who_notices_nothing_has_no_story_but_its_end() {
        let turns = turning_points(&trajectory(10, Outcome::Undecided, 10.0, |_, _| {}), &NORM);
        assert_eq!(turns.len(), 1);
    }
}

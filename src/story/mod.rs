//! One person's encounter in words: turning points found in a trajectory, and the story they make.
//!
//! Nothing is told that the trajectory, held against those of other people in the same scene, does not show.

pub mod followed;
mod leaning;
mod others;
mod parting;
mod telling;
mod turn;
mod words;

pub use others::{Others, Place};
pub use parting::{Difference, Parting, parting};
pub use telling::story;
pub use turn::{Feeling, Tendency, Turn, What};
pub use words::{label, person, story_of_parting};

use crate::engine::norm_scene::NormScene;
use crate::engine::trajectory::Trajectory;
use crate::model::State;
use crate::scenario::Dominant;

/// Attention below which the one in need was never noticed.
const NOTICEABLE: f64 = 0.05;

/// Understanding and feeling below which there is nothing to tell.
const TELLABLE: f64 = 0.05;

/// Part of its peak by which a feeling must fall after it, to have peaked.
const FALL: f64 = 0.15;

/// Part of their largest value at which regulation has set in.
const ONSET: f64 = 0.1;

/// Feelings below this part of their medians in the norm scene are too weak for one to prevail.
const FEELING: f64 = 0.5;

/// How far a feeling must lie beyond a quartile of others to be told.
const BEYOND: f64 = 0.02;

/// Part of the time up to the decision for which it must do so.
const LASTING: f64 = 0.25;

/// The turning points of a trajectory, in order of time, the end last.
///
/// What is as in most `others` is no turning point of this person, so that two people have the same story only if they fare alike.
pub fn turning_points(trajectory: &Trajectory, norm: &NormScene, others: &Others) -> Vec<Turn> {
    let lived = lived(trajectory);
    let mut turns = Vec::new();
    turns.extend(noticed(trajectory, others));
    turns.extend(understood(trajectory, others));
    for feeling in Feeling::ALL {
        turns.extend(stands(feeling, trajectory, others));
        turns.extend(peaked(feeling, lived));
    }
    turns.extend(regulation_set_in(lived, others));
    turns.extend(prevailing(lived, norm).into_iter().filter(|it| match it.1 {
        What::Prevails {
            feeling,
            over_the_other: false,
        } => others.share(|it| first_feeling(it, norm) == Some(feeling)) < 0.5,
        _ => true,
    }));
    let at = |(step, what): (usize, What)| Turn {
        time_s: trajectory.times_s[step],
        what,
    };
    let mut turns: Vec<Turn> = turns.into_iter().map(at).collect();
    turns.extend(leaning::leading(trajectory));
    turns.extend(leaning::close(trajectory));
    // The sort is stable: at the same time, noticing comes before understanding, and feeling before leaning.
    turns.sort_by(|one, other| one.time_s.total_cmp(&other.time_s));
    let alike = |it: &Trajectory| (it.outcome == trajectory.outcome).then_some(it.latency_s);
    turns.push(Turn {
        time_s: trajectory.latency_s,
        what: What::Ended(trajectory.outcome, others.place_of(trajectory.latency_s, 0.0, alike)),
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

fn noticed(trajectory: &Trajectory, others: &Others) -> Option<(usize, What)> {
    let step = noticing(lived(trajectory))?;
    let when = |it: &Trajectory| Some(it.times_s[noticing(lived(it))?]);
    let place = others.place_of(trajectory.times_s[step], 0.0, when);
    (place != Place::Middle).then_some((step, What::Noticed(place)))
}

/// The step at which attention passed half of its peak; none if the one in need was never noticed.
fn noticing(lived: &[State<f64>]) -> Option<usize> {
    let peak = lived.iter().map(|it| it.attention).fold(0.0, f64::max);
    let step = lived.iter().position(|it| it.attention >= peak / 2.0)?;
    (peak >= NOTICEABLE).then_some(step)
}

fn understood(trajectory: &Trajectory, others: &Others) -> Option<(usize, What)> {
    let last = |it: &Trajectory| lived(it).last().map_or(0.0, |it| it.perspective_taking);
    let step = |it: &Trajectory| {
        let half = last(it) / 2.0;
        let step = lived(it).iter().position(|it| it.perspective_taking >= half)?;
        (last(it) >= TELLABLE).then_some(step)
    };
    let own = step(trajectory)?;
    let when = others.place_of(trajectory.times_s[own], 0.0, |it| Some(it.times_s[step(it)?]));
    let much = others.place_of(last(trajectory), 0.0, |it| Some(last(it)));
    (when != Place::Middle || much != Place::Middle).then_some((own, What::Understood { when, much }))
}

/// When a feeling lay beyond the middle half of people, for each long stay there.
fn stands(feeling: Feeling, trajectory: &Trajectory, others: &Others) -> Vec<(usize, What)> {
    let lived = lived(trajectory);
    let places = lived.iter().enumerate().map(|(step, state)| {
        let place = others.place_at(step, feeling.of(state), BEYOND, |it| feeling.of(it));
        (step, place)
    });
    let places: Vec<(usize, Place)> = places.collect();
    let stays = places.chunk_by(|one, other| one.1 == other.1);
    stays
        .filter(|it| it[0].1 != Place::Middle && it.len() as f64 >= LASTING * lived.len() as f64)
        .map(|it| {
            let (first, place) = it[0];
            let after = first + it.len();
            let until_s = (after < lived.len()).then(|| trajectory.times_s[after]);
            (
                first,
                What::Stands {
                    feeling,
                    place,
                    until_s,
                },
            )
        })
        .collect()
}

fn peaked(feeling: Feeling, lived: &[State<f64>]) -> Option<(usize, What)> {
    let all = lived.iter().map(|it| feeling.of(it)).enumerate();
    let (step, height) = all.max_by(|one, other| one.1.total_cmp(&other.1))?;
    let fell = feeling.of(lived.last()?) < height * (1.0 - FALL);
    (fell && height >= TELLABLE).then_some((step, What::Peaked { feeling, height }))
}

fn regulation_set_in(lived: &[State<f64>], others: &Others) -> Option<(usize, What)> {
    let most = lived.iter().map(|it| it.reappraisal).fold(0.0, f64::max);
    let place = others.place_at(lived.len() - 1, most, BEYOND, |it| it.reappraisal);
    if most < TELLABLE || place != Place::High {
        return None;
    }
    let step = lived.iter().position(|it| it.reappraisal >= ONSET * most)?;
    Some((step, What::RegulationSetIn))
}

/// The feeling that prevailed first.
fn first_feeling(trajectory: &Trajectory, norm: &NormScene) -> Option<Dominant> {
    match prevailing(lived(trajectory), norm).first()?.1 {
        What::Prevails { feeling, .. } => Some(feeling),
        _ => None,
    }
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

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::engine::records::Outcome;

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
        let turns = turning_points(&it, &NORM, &others());
        let when = |what: What| turns.iter().find(|it| it.what == what).map(|it| it.time_s);
        assert_eq!(when(What::Noticed(Place::Low)), Some(2.0), "{turns:?}");
        let (when_understood, much) = (Place::High, Place::High);
        let understood = What::Understood {
            when: when_understood,
            much,
        };
        assert_eq!(when(understood), Some(8.0), "{turns:?}");
        let sharing = Feeling::Sharing;
        let stands = What::Stands {
            feeling: sharing,
            place: Place::High,
            until_s: Some(13.0),
        };
        assert_eq!(
            when(stands),
            Some(1.0),
            "twice as much as others share by then: {turns:?}"
        );
        let peaked = What::Peaked {
            feeling: sharing,
            height: 1.0,
        };
        assert_eq!(when(peaked), Some(6.0));
        let prevails = |feeling, over_the_other| What::Prevails {
            feeling,
            over_the_other,
        };
        assert_eq!(when(prevails(Dominant::PersonalDistress, false)), Some(0.0));
        assert_eq!(when(prevails(Dominant::EmpathicConcern, true)), Some(8.0));
        let leads = |tendency, before| What::Leads { tendency, before };
        assert_eq!(when(leads(Tendency::Leave, None)), Some(3.0));
        assert_eq!(when(leads(Tendency::Help, Some(Tendency::Leave))), Some(11.0));
        let last = turns.last().map(|it| (it.time_s, it.what));
        assert_eq!(last, Some((15.5, What::Ended(Outcome::Helped, Place::High))));
        assert!(
            !turns.iter().any(|it| it.what == What::RegulationSetIn),
            "nothing was regulated"
        );
    }

    /// Nine who notice after three seconds, understand a little after four, share 0.3 at most, and help after twelve.
    fn others() -> Others {
        let one = || {
            trajectory(20, Outcome::Helped, 12.0, |time, state| {
                state.attention = (time / 6.0).min(1.0);
                state.perspective_taking = (time / 20.0).min(0.4);
                state.affective_sharing = (time / 10.0).min(0.3);
                state.compassion = 0.4;
                state.help = time / 12.0;
            })
        };
        Others::new((0..9).map(|_| one()).collect())
    }

    #[test]
    fn who_fares_as_all_do_has_no_turning_point_but_leaning_and_the_end() {
        let it = others().courses().remove(0);
        let turns = turning_points(&it, &NORM, &others());
        let told: Vec<What> = turns.into_iter().map(|it| it.what).collect();
        let leads = What::Leads {
            tendency: Tendency::Help,
            before: None,
        };
        assert_eq!(told, [leads, What::Ended(Outcome::Helped, Place::Middle)]);
    }

    #[test]
    fn who_notices_nothing_has_no_story_but_its_end() {
        let turns = turning_points(
            &trajectory(10, Outcome::Undecided, 10.0, |_, _| {}),
            &NORM,
            &Others::new(Vec::new()),
        );
        assert_eq!(turns.len(), 1);
    }
}

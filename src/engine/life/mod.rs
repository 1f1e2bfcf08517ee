//! Weeks and encounters in a row: how the people of a block live through the protocol of a condition.
//!
//! Days pass one by one ([`slow::day`](crate::model::slow::day)); what the encounters of a day leave behind is sampled once a week, by letting everybody live through an
//! encounter of everyday life (and a shift, where there are shifts) and taking it for every such day of that week. An encounter costs a
//! thousand times as much as a day, and what is slow sees the mean of many days only.

mod days;
mod moments;
mod occasion;
mod slow_states;

pub use days::Life;
pub use moments::{Moment, main, moments};
pub use occasion::Occasion;
pub use slow_states::{Facing, SlowStates};

use super::block::{Participants, World};
use super::exchange;
use super::monitor::{Monitor, Stopped, Unwatched};
use super::records::{Column, Outcome, Records};
use super::training::Course;
use crate::model::parameters::Parameters;
use crate::model::slow::everyday::Load;
use crate::model::training::weeks_in_all;
use crate::scenario::Condition;
use std::collections::BTreeSet;

/// Weeks of the past before the first practice, so that people begin in a life that they already lead: some half-lives of every slow state.
pub const PAST_WEEKS: u32 = 13;

/// Days of a week.
pub const DAYS_PER_WEEK: u32 = 7;

/// What the encounter of a person leaves behind.
pub fn load(parameters: &Parameters, records: &Records, person: usize) -> Load {
    let value = |column| f64::from(records.column(column)[person]);
    Load::of_encounter(
        &parameters.everyday,
        value(Column::PersonalDistress),
        value(Column::Compassion),
        records.outcomes[person] == Outcome::Helped,
        value(Column::LatencyS),
    )
}

/// How people come to their moments.
pub struct Schedule<'a> {
    /// What an encounter of everyday life leaves behind in people at the norm ([`NormScene::usual`](super::norm_scene::NormScene)).
    pub usual: &'a Load,
    /// What practice brings them.
    pub course: &'a dyn Course,
    /// What [`past`] has made of them, if it has been lived already.
    pub past: Option<&'a SlowStates>,
    /// The moments at which they are seen, by their numbers. Nothing is met only to be seen at others, and nothing after the last.
    pub seen: &'a BTreeSet<usize>,
    /// Who may stop them between two days or encounters.
    pub monitor: &'a dyn Monitor,
}

/// What sees people live: at the moment of a number, with what they did.
pub type See<'s> = dyn FnMut(usize, &Participants, &Records) -> Result<(), Stopped> + 's;

/// Lets participants live through the protocol of a condition; `see` is shown them at those of its [`moments`] that are to be seen, in
/// order.
///
/// # Errors
///
/// [`Stopped`] once the monitor asks for it.
pub fn live(
    world: &World,
    condition: &Condition,
    participants: Participants,
    schedule: &Schedule,
    see: &mut See,
) -> Result<(), Stopped> {
    if let Some(exchange) = &condition.protocol.exchange {
        return exchange::play(world, condition, exchange, participants, schedule, see);
    }
    if condition.protocol.is_single() {
        let records = participants.meet(world, condition);
        return see(0, &participants, &records);
    }
    let mut life = Life::of(world, condition, participants, schedule);
    match schedule.past {
        Some(past) => life.participants.slow_states = Some(Box::new(past.clone())),
        None => life.past()?,
    }
    life.slow_states().rewire(condition.protocol.network);
    let moments = moments(condition);
    match (&condition.protocol.timeline, &condition.protocol.exposures) {
        (None, Some(exposures)) => {
            life.train(weeks_in_all(&condition.training));
            // Practice of another length brings no other luck: nothing is measured by the week here.
            life.exposed(exposures, 0.0, &mut |number, life, records| {
                let number = number as usize;
                if schedule.seen.contains(&number) {
                    see(number, &life.participants, records)?;
                }
                Ok(())
            })?;
            let last = moments.len() - 1;
            if schedule.seen.contains(&last) {
                let records = life.scene(0.0);
                see(last, &life.participants, &records)?;
            }
        }
        _ => {
            let mut today = 0;
            for number in schedule.seen {
                let week = moments[*number].week;
                let day = day_of(week);
                life.advance(today, day)?;
                today = day;
                life.measure(week, &mut |participants, records| see(*number, participants, records))?;
            }
        }
    }
    Ok(())
}

/// What a quarter of a year before the first practice makes of these people: the same wherever the same people lead the same lives.
///
/// # Errors
///
/// [`Stopped`] once the monitor asks for it.
pub fn past(
    world: &World,
    condition: &Condition,
    participants: Participants,
    usual: &Load,
    monitor: &dyn Monitor,
) -> Result<SlowStates, Stopped> {
    let nothing = participants.trainees(world, condition);
    let schedule = Schedule {
        usual,
        course: &nothing,
        past: None,
        seen: &BTreeSet::new(),
        monitor,
    };
    let mut life = Life::of(world, condition, participants, &schedule);
    life.past()?;
    Ok(*life
        .participants
        .slow_states
        .expect("people live from the first day on"))
}

/// These people as they come into the scene of a condition: at once, or at the moment of its protocol that stands for the whole.
///
/// `usual` is what an encounter of everyday life leaves behind in people at the norm ([`NormScene::usual`](crate::engine::norm_scene::NormScene::usual)).
pub fn arrive<'c>(
    world: &World,
    condition: &Condition,
    participants: Participants<'c>,
    usual: &Load,
) -> Participants<'c> {
    if condition.protocol.is_single() {
        return participants;
    }
    let trainees = participants.trainees(world, condition);
    let schedule = Schedule {
        usual,
        course: &trainees,
        past: None,
        seen: &BTreeSet::from([main(condition)]),
        monitor: &Unwatched,
    };
    let mut arrived = None;
    let lived = live(world, condition, participants, &schedule, &mut |_, participants, _| {
        arrived = Some(participants.clone().into_owned());
        Ok(())
    });
    debug_assert!(lived.is_ok(), "nobody stops them");
    arrived.expect("the moment that stands for the whole is seen")
}

/// The day on which a week begins, rounded: days since the first practice began.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a century has fewer than a million days"
)]
fn day_of(week: f64) -> u32 {
    (week * f64::from(DAYS_PER_WEEK)).round() as u32
}

//! Giving and taking: the people of a block play rounds with each other, or with a machine.
//!
//! Each round is an encounter in the lanes. Rounds follow each other within minutes, so that people differ from themselves on another day in all of them
//! alike; what is new in each are the shocks, the errors of the ratings, and noise.

use super::block::{Participants, World};
use super::life::{Occasion, Schedule};
use super::monitor::Stopped;
use super::records::{Outcome, Records};
use super::witnesses::{Palette, STEPS, Standing, meet_standing, share_of, step_of};
use super::{Encounter, RandomStreams};
use crate::model::exchange::{Happened, expectation, reciprocity};
use crate::model::mechanism::Mechanism;
use crate::model::situation::Situation;
use crate::random::{Process, Stream};
use crate::scenario::{Condition, Exchange, Partner};
use crate::statistics::{Count, Moments};
use serde::{Deserialize, Serialize};
use std::sync::atomic::Ordering;

/// What lies behind the people of a block in a round.
#[derive(Debug, Clone, PartialEq)]
pub struct Rounds {
    /// What came out of the round before for each person; nothing in the first.
    pub before: Vec<Option<Happened>>,
    /// In which share of the rounds up to this one each has decided to give, each round with its weight.
    pub gave: Vec<f64>,
}

/// What the people of a condition gave up to a round.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Giving {
    /// How many decided to give in this round, after each of [`Happened::ALL`] in the round before.
    pub after: [Count; Happened::ALL.len()],
    /// In which share of the rounds up to this one people decided to give; of two who play with each other, their mean.
    pub so_far: Moments,
}

impl Giving {
    /// What people gave in a round.
    pub(super) fn of(condition: &Condition, rounds: &Rounds, outcomes: &[Outcome]) -> Self {
        let mut giving = Self::default();
        for (before, outcome) in rounds.before.iter().zip(outcomes) {
            if let Some(happened) = before {
                let count = &mut giving.after[*happened as usize];
                count.trials += 1;
                count.successes += u64::from(*outcome == Outcome::Helped);
            }
        }
        let together = match condition.protocol.exchange.map(|exchange| exchange.partner) {
            Some(Partner::Same) => 2,
            _ => 1,
        };
        let mean = |shares: &[f64]| shares.iter().sum::<f64>() / shares.len() as f64;
        giving.so_far = rounds.gave.chunks(together).map(mean).collect();
        giving
    }

    /// Adds the people of a later block.
    pub(super) fn merge(&mut self, later: &Self) {
        for (own, later) in self.after.iter_mut().zip(later.after) {
            own.successes += later.successes;
            own.trials += later.trials;
        }
        self.so_far.merge(&later.so_far);
    }
}

/// What sees people after each round, by its number from 0.
type See<'s> = dyn FnMut(usize, &Participants, &Records) -> Result<(), Stopped> + 's;

/// Lets participants exchange; `see` is shown them after those rounds that are to be seen, in order.
///
/// # Errors
///
/// [`Stopped`] once the monitor asks for it; whatever `see` says.
pub(super) fn play(
    world: &World,
    condition: &Condition,
    exchange: &Exchange,
    mut participants: Participants,
    schedule: &Schedule,
    see: &mut See,
) -> Result<(), Stopped> {
    let Some(last) = schedule.seen.last() else {
        return Ok(());
    };
    let people = participants.people.count;
    let places = participants.people.agents.len();
    let palette = palette(world, condition, exchange, participants.replicate);
    let mut minds = vec![Mind::before(condition); places];
    let mut given = vec![0.0; people];
    let mut weights = 0.0;
    for number in 0..=*last {
        schedule.monitor.check()?;
        let round = Round::new(world, condition, exchange, participants.replicate, number);
        let standing: Vec<Standing> = minds.iter().map(Mind::standing).collect();
        let records = round.meet(world, &participants, (&palette, &standing));
        let decided: Vec<bool> = records
            .outcomes
            .iter()
            .map(|outcome| *outcome == Outcome::Helped)
            .collect();
        let weight = exchange.length.weight(round.number);
        weights += weight;
        for (given, gives) in given.iter_mut().zip(&decided) {
            *given += weight * f64::from(u8::from(*gives));
        }
        participants.rounds = Some(Box::new(Rounds {
            before: minds[..people].iter().map(|mind| mind.happened).collect(),
            gave: given.iter().map(|given| given / weights).collect(),
        }));
        if schedule.seen.contains(&number) {
            see(number, &participants, &records)?;
        }
        let mine: Vec<bool> = (0..people)
            .map(|at| decided[at] != round.turned(participants.people.agents[at]))
            .collect();
        for (at, mind) in minds.iter_mut().enumerate().take(people) {
            let theirs = match exchange.partner {
                Partner::Same => mine[at ^ 1],
                Partner::Machine(machine) => {
                    let of_theirs = mind.happened.map(Happened::turned);
                    round.machine_gives(participants.people.agents[at], machine.gives(of_theirs))
                }
            };
            mind.learn(exchange.noise, mine[at], theirs);
        }
    }
    Ok(())
}

/// What a person thinks of their partner before a round.
#[derive(Clone, Copy)]
struct Mind {
    /// What came out of the round before.
    happened: Option<Happened>,
    /// How sure it is that the other meant to give in it.
    meant: f64,
    /// What is expected of them.
    expected: f64,
    /// Whether anything is learnt.
    learns: bool,
}

impl Mind {
    /// Before anything has happened.
    fn before(condition: &Condition) -> Self {
        Self {
            happened: None,
            meant: 1.0,
            expected: expectation::BEFORE,
            learns: !condition.knockout.lacks(Mechanism::Reciprocity),
        }
    }

    /// After a round.
    fn learn(&mut self, noise: f64, mine: bool, theirs: bool) {
        self.happened = Some(Happened::of(mine, theirs));
        if self.learns {
            self.meant = expectation::meant(self.expected, noise, theirs);
            self.expected = expectation::after(self.expected, self.meant);
        }
    }

    /// The scene in which they stand: by what is expected, and by how far a refusal is excused.
    fn standing(&self) -> Standing {
        Standing::number(step_of(self.expected) * (BLAME_STEPS + 1) + blamed(self))
    }
}

/// Steps of blame, which is coded more coarsely than what is expected.
const BLAME_STEPS: u8 = 10;

/// How far the partner is held to have refused, in steps.
fn blamed(mind: &Mind) -> u8 {
    match mind.happened {
        Some(happened) if mind.learns && !happened.they_gave() => step_of(1.0 - mind.meant) * BLAME_STEPS / STEPS,
        _ => 0,
    }
}

/// The scenes of all that people may think.
fn palette(world: &World, condition: &Condition, exchange: &Exchange, replicate: u32) -> Palette {
    let situations = (0..=STEPS).flat_map(|expected| {
        (0..=BLAME_STEPS).map(move |blame| {
            let refused = f64::from(blame) / f64::from(BLAME_STEPS);
            reciprocity::in_round(
                &condition.situation,
                exchange.benefit,
                exchange.noise,
                share_of(expected),
                refused,
            )
        })
    });
    let situations: Vec<Situation> = situations.collect();
    Palette::of(&world.encounter(condition, replicate), 1, situations.into_iter())
}

/// A round: whose luck it has, and what noise does in it.
struct Round<'a> {
    number: u32,
    encounter: Encounter<'a>,
    noise: Stream,
    exchange: &'a Exchange,
}

impl<'a> Round<'a> {
    #[expect(clippy::cast_possible_truncation, reason = "rounds are few")]
    fn new(world: &'a World, condition: &'a Condition, exchange: &'a Exchange, replicate: u32, number: usize) -> Self {
        let number = number as u32;
        let encounter = world.encounter(condition, replicate);
        let streams = RandomStreams {
            occasion: encounter.streams.occasion,
            ..RandomStreams::new(world.seed, replicate, Occasion::Round { number }.number())
        };
        Self {
            number,
            encounter: Encounter { streams, ..encounter },
            noise: Stream::new(world.seed, replicate, Process::Noise, 0),
            exchange,
        }
    }

    fn meet(&self, world: &World, participants: &Participants, standing: (&Palette, &[Standing])) -> Records {
        if let Some(encounters) = world.encounters {
            encounters.fetch_add(participants.people.count as u64, Ordering::Relaxed);
        }
        meet_standing(world.level, &self.encounter, &participants.initial(), 1, standing)
    }

    /// Numbers of a person in this round, from 0 to 1: for their own noise, for what a machine does, and for its noise.
    fn draws(&self, person: u32) -> [f64; 3] {
        let [own, machine, noise, _] = self.noise.bits(person, self.number);
        [own, machine, noise].map(|bits: u32| f64::from(bits) / 4_294_967_296.0)
    }

    /// Whether a person's decision comes out as its opposite.
    fn turned(&self, person: u32) -> bool {
        self.draws(person)[0] < self.exchange.noise
    }

    /// Whether a gift comes out of a machine that means to give with a chance.
    fn machine_gives(&self, person: u32, chance: f64) -> bool {
        let [_, means, noise] = self.draws(person);
        (means < chance) != (noise < self.exchange.noise)
    }
}

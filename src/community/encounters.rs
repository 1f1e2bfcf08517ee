//! Encounters: those at hand meet the need as groups that see each other, many groups side by side in the engine's lanes.

use super::at_hand::{Gatherings, Witness};
use super::day::Today;
use super::life::CommunityLife;
use super::place_of;
use crate::engine::driver::each;
use crate::engine::life::{Occasion, load};
use crate::engine::people::{PADDING, People};
use crate::engine::persons::{InitialState, MilieuColumns};
use crate::engine::records::Outcome;
use crate::engine::witnesses::{Palette, Standing, meet_standing};
use crate::engine::{Encounter, Gains, RandomStreams};
use crate::model::agent::Trait;
use crate::model::community::ties;
use crate::model::slow::everyday::Load;
use crate::population::networks::number_of;
use std::collections::BTreeMap;
use std::sync::atomic::Ordering;

/// Groups that are taken together at most: enough to fill lanes, few enough to keep threads busy.
const GROUPS: usize = 256;

/// What somebody at hand did, and what it leaves behind in them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Met {
    pub(super) outcome: Outcome,
    pub(super) load: Load,
}

/// The scene of each kind of need at every closeness, for groups of each size that has come up.
#[derive(Default)]
pub(super) struct Palettes(BTreeMap<(usize, usize), Palette>);

/// Groups of one size in one kind of need.
struct Batch {
    need: usize,
    size: usize,
    /// Their numbers among all gatherings.
    groups: Vec<usize>,
}

/// Lets all who are at hand meet their need; what they did, in the order of [`Gatherings::witnesses`].
pub(super) fn meet(life: &CommunityLife, palettes: &mut Palettes, gatherings: &Gatherings, today: &Today) -> Vec<Met> {
    let batches = batches(gatherings);
    for batch in &batches {
        let encounter = encounter(life, batch.need, today);
        let place = palettes.0.entry((batch.need, batch.size));
        place.or_insert_with(|| Palette::by_closeness(&encounter, batch.size));
    }
    let palettes = &palettes.0;
    let lived = each(batches, |batch| {
        let met = one_batch(life, &palettes[&(batch.need, batch.size)], gatherings, &batch, today);
        (batch, met)
    });
    let nobody = Met {
        outcome: Outcome::Undecided,
        load: Load::default(),
    };
    let mut all = vec![nobody; gatherings.witnesses.len()];
    for (batch, met) in lived {
        for (group, met) in batch.groups.iter().zip(met.chunks_exact(batch.size)) {
            all[gatherings.all[*group].witnesses()].copy_from_slice(met);
        }
    }
    all
}

/// Groups of one kind and size together.
fn batches(gatherings: &Gatherings) -> Vec<Batch> {
    let mut by_kind: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for (number, gathering) in gatherings.all.iter().enumerate() {
        if gathering.count > 0 {
            by_kind
                .entry((gathering.need, gathering.count))
                .or_default()
                .push(number);
        }
    }
    let cut = by_kind.into_iter().flat_map(|((need, size), groups)| {
        let parts: Vec<Batch> = groups
            .chunks(GROUPS)
            .map(|groups| Batch {
                need,
                size,
                groups: groups.to_vec(),
            })
            .collect();
        parts
    });
    cut.collect()
}

/// The encounter that a kind of need is today.
fn encounter<'a>(life: &'a CommunityLife, need: usize, today: &Today) -> Encounter<'a> {
    let world = life.world;
    Encounter {
        parameters: world.parameters,
        situation: &life.community.needs[need].situation,
        knockout: life.condition.knockout,
        longest_step_s: world.longest_step_s,
        streams: RandomStreams::new(
            world.seed,
            today.week.replicate,
            Occasion::Need { day: today.number }.number(),
        ),
    }
}

/// The number under which somebody at hand draws their luck: of the two and the kind of need, so that it is the same in every condition.
///
/// The finaliser of `SplitMix64` (Steele, Lea & Flood 2014).
fn number_for_luck(witness: u32, in_need: u32, need: &str) -> u32 {
    let mut mixed = u64::from(witness) << 32 | u64::from(in_need);
    mixed ^= u64::from(number_of(need)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((mixed ^ mixed >> 31) >> 32) as u32
}

/// How close somebody at hand is to the one in need.
fn standing(life: &CommunityLife, need: usize, witness: &Witness) -> Standing {
    let layer = life.community.needs[need].layer;
    let closeness = life.community.layers[layer].closeness;
    Standing::as_close_as(match witness.ties {
        Some((own, _)) => ties::closeness(closeness, f64::from(life.strengths[layer][own])),
        None => closeness,
    })
}

fn one_batch(
    life: &CommunityLife,
    palette: &Palette,
    gatherings: &Gatherings,
    batch: &Batch,
    today: &Today,
) -> Vec<Met> {
    let count = batch.groups.len() * batch.size;
    let padded = count.next_multiple_of(PADDING);
    let column = || vec![0.0_f32; padded];
    let mut people = People {
        first: 0,
        count,
        agents: vec![0; padded],
        latents: std::array::from_fn(|_| Vec::new()),
        errors: std::array::from_fn(|_| Vec::new()),
    };
    let mut traits: [Vec<f32>; Trait::COUNT] = std::array::from_fn(|_| column());
    let mut gains: Box<[Vec<f32>; Trait::COUNT]> = Box::new(std::array::from_fn(|_| column()));
    let (mut fatigue, mut milieu) = (
        column(),
        MilieuColumns {
            connectedness: column(),
            inflammation: column(),
            oxytocin: column(),
        },
    );
    let mut standing_of = vec![Standing::number(0); padded];
    let name = &life.community.needs[batch.need].name;
    let in_order = batch.groups.iter().flat_map(|group| {
        let gathering = &gatherings.all[*group];
        let witnesses = &gatherings.witnesses[gathering.witnesses()];
        witnesses.iter().map(move |witness| (gathering.person, witness))
    });
    for (at, (in_need, witness)) in in_order.enumerate() {
        let (block, place) = place_of(witness.person);
        let participants = life.lives[block].participants();
        let slow_states = participants
            .slow_states
            .as_ref()
            .expect("people live from the first day on");
        people.agents[at] = number_for_luck(witness.person, in_need, name);
        for (column, own) in traits.iter_mut().zip(&participants.traits) {
            column[at] = own[place];
        }
        for (column, gained) in gains.iter_mut().zip(participants.gains_of(place)) {
            #[expect(clippy::cast_possible_truncation, reason = "lanes are single precision")]
            {
                column[at] = gained as f32;
            }
        }
        let facing = slow_states.facing(place, &life.links);
        (fatigue[at], milieu.connectedness[at]) = (facing.fatigue, facing.connectedness);
        (milieu.inflammation[at], milieu.oxytocin[at]) = (facing.inflammation, facing.oxytocin);
        for (which, value) in facing.added {
            #[expect(clippy::cast_possible_truncation, reason = "lanes are single precision")]
            {
                gains[which as usize][at] += value as f32;
            }
        }
        standing_of[at] = standing(life, batch.need, witness);
    }
    let world = life.world;
    if let Some(encounters) = world.encounters {
        encounters.fetch_add(count as u64, Ordering::Relaxed);
    }
    let gains = Gains::Each(gains);
    let initial = InitialState {
        people: &people,
        traits: &traits,
        gains: &gains,
        fatigue: Some(&fatigue),
        milieu: Some(&milieu),
    };
    let encounter = encounter(life, batch.need, today);
    let records = meet_standing(world.level, &encounter, &initial, batch.size, (palette, &standing_of));
    (0..count)
        .map(|at| Met {
            outcome: records.outcomes[at],
            load: load(world.parameters, &records, at),
        })
        .collect()
}

//! The plan of a day, in one place.

use super::at_hand::Gatherings;
use super::encounters;
use super::life::CommunityLife;
use super::needs;

/// The steps of a day in their order, as `simulate check` says them.
pub const PLAN: [(&str, &str); 7] = [
    ("needs", "each need arises in each person with its chance"),
    (
        "at hand",
        "of those whom the person meets today, some are at hand; in a layer of strangers, anybody",
    ),
    (
        "encounters",
        "those at hand meet the need as a group that sees each other, each as close as their own tie; one who helps relieves the others",
    ),
    (
        "what it leaves",
        "feelings and acts in those at hand; gratitude in the helped, a loss of mood in those left alone; help strengthens the tie",
    ),
    ("modelling", "who saw somebody help is a little readier for some days"),
    (
        "contagion",
        "mood and exhaustion move a little towards those of people met today",
    ),
    (
        "slow states",
        "everyday life, practice and shifts as in a timeline; ties that were not met for a week fade",
    ),
];

/// A week of a community, counted from the beginning of the past.
#[derive(Debug, Clone, Copy)]
pub(super) struct Week {
    /// Seed of everything random.
    pub(super) seed: u64,
    /// Which community.
    pub(super) replicate: u32,
    /// Its number.
    pub(super) number: u32,
}

/// A day of a community.
#[derive(Debug, Clone, Copy)]
pub(super) struct Today {
    /// The week that it belongs to.
    pub(super) week: Week,
    /// Its place in the week, from 0.
    pub(super) weekday: u32,
    /// Its number, counted from the beginning of the past.
    pub(super) number: u32,
}

/// A day in everybody's life.
pub(super) fn live(life: &mut CommunityLife, today: &Today) {
    let mut gatherings = Gatherings::default();
    for (number, need) in life.community.needs.iter().enumerate() {
        let arisen = needs::of_today(need, life.people, today, life.world.level);
        let layer = need.layer;
        let from = (
            &life.community.layers[layer],
            &*life.networks[layer],
            &life.contacts[layer],
        );
        gatherings.add(number, need, from, &arisen, today);
    }
    let mut palettes = std::mem::take(&mut life.palettes);
    let met = encounters::meet(life, &mut palettes, &gatherings, today);
    life.palettes = palettes;
    life.leave(&gatherings, &met);
    life.move_towards_those_met(today);
    life.pass(today);
}

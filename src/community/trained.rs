//! Who is trained: part of a community, and how far everybody else is from the nearest of them.

use super::place_of;
use crate::engine::Gains;
use crate::engine::training::{Course, Trained, Trainees};
use crate::population::networks::{Network, Ties};
use crate::random::{Process, Stream};
use crate::scenario::{Community, Condition, TrainedShare, Who};
use std::sync::Arc;

/// The class of the trained; the others are numbered by their distance to the nearest, 4 for four steps and more.
pub(super) const TRAINED: u8 = 0;

/// The class of those farthest away, or without a way.
pub(super) const FARTHER: u8 = 4;

/// The class of each person by who is trained in a condition: 0 the trained, then by steps along ties to the nearest.
pub(super) fn classes(
    condition: &Condition,
    community: &Community,
    networks: &[Arc<Ties>],
    people: u32,
    (seed, replicate): (u64, u32),
) -> Vec<u8> {
    let trained = match (condition.training.is_empty(), community.trained) {
        (true, _) => Vec::new(),
        (false, None) => (0..people).collect(),
        (false, Some(share)) => chosen(share, community, networks, people, (seed, replicate)),
    };
    let mut classes = vec![FARTHER; people as usize];
    for person in &trained {
        classes[*person as usize] = TRAINED;
    }
    let mut reached = trained;
    for class in 1..FARTHER {
        let mut further = Vec::new();
        for person in reached {
            for network in networks {
                for (other, _) in network.of(person) {
                    if classes[other as usize] == FARTHER {
                        classes[other as usize] = class;
                        further.push(other);
                    }
                }
            }
        }
        reached = further;
    }
    classes
}

/// The people who are trained, as many as the share says.
fn chosen(
    share: TrainedShare,
    community: &Community,
    networks: &[Arc<Ties>],
    people: u32,
    (seed, replicate): (u64, u32),
) -> Vec<u32> {
    let lot = Stream::new(seed, replicate, Process::Trained, 0);
    let draw = |person: u32| {
        let [low, high, ..] = lot.bits(person, 0);
        u64::from(high) << 32 | u64::from(low)
    };
    let mut order: Vec<u32> = (0..people).collect();
    order.sort_by_key(|person| draw(*person));
    let degree = |person: &u32| networks.iter().map(|network| network.degree(*person)).sum::<u32>();
    match share.who {
        Who::Random => {}
        Who::MostConnected => order.sort_by_key(|person| std::cmp::Reverse(degree(person))),
        Who::LeastConnected => order.sort_by_key(degree),
        Who::Together => order = neighbourhoods(&order, community, networks),
    }
    order.truncate(share.of(people) as usize);
    order
}

/// People in an order in which those tied stand together: whole groups where a layer has groups or blocks, or else neighbourhoods of the first layer.
fn neighbourhoods(order: &[u32], community: &Community, networks: &[Arc<Ties>]) -> Vec<u32> {
    let is_of_groups = |network: &Network| matches!(network, Network::Groups { .. } | Network::Blocks { .. });
    let layers = || community.layers.iter().zip(networks);
    let grouped = layers().find(|(layer, _)| is_of_groups(&layer.network));
    let Some((_, ties)) = grouped.or_else(|| layers().find(|(_, ties)| ties.directed() > 0)) else {
        return order.to_vec();
    };
    let mut together: Vec<u32> = Vec::with_capacity(order.len());
    let mut known = vec![false; order.len()];
    for person in order {
        if !std::mem::replace(&mut known[*person as usize], true) {
            let mut at = together.len();
            together.push(*person);
            while let Some(person) = together.get(at).copied() {
                at += 1;
                for (other, _) in ties.of(person) {
                    if !std::mem::replace(&mut known[other as usize], true) {
                        together.push(other);
                    }
                }
            }
        }
    }
    together
}

/// The people of a block as learners, of whom only some are trained.
pub(super) struct Chosen<'a> {
    trainees: Trainees<'a>,
    trained: Vec<bool>,
}

impl<'a> Chosen<'a> {
    /// Those of a block of people from `first` on who are in the class of the trained.
    pub(super) fn new(trainees: Trainees<'a>, classes: &[u8], first: u32, columns: usize) -> Self {
        let (block, _) = place_of(first);
        debug_assert!(place_of(first) == (block, 0), "a block begins with its first person");
        let trained = (first as usize..first as usize + columns)
            .map(|person| classes.get(person).is_some_and(|class| *class == TRAINED))
            .collect();
        Self { trainees, trained }
    }

    fn untrained(&self) -> impl Iterator<Item = usize> + '_ {
        let places = self.trained.iter().enumerate();
        places.filter(|(_, trained)| !**trained).map(|(place, _)| place)
    }
}

impl Course for Chosen<'_> {
    fn trained(&self, week: f64) -> Trained {
        let mut trained = self.trainees.trained(week);
        for place in self.untrained() {
            if let Gains::Each(columns) = &mut trained.gains {
                for column in columns.iter_mut() {
                    column[place] = 0.0;
                }
            }
            for column in [&mut trained.hours, &mut trained.self_report] {
                if let Some(value) = column.get_mut(place) {
                    *value = 0.0;
                }
            }
        }
        trained
    }

    fn practised_in(&self, week: f64) -> Vec<(f64, f64)> {
        let mut practised = self.trainees.practised_in(week);
        for place in self.untrained() {
            if let Some(practised) = practised.get_mut(place) {
                *practised = (0.0, 0.0);
            }
        }
        practised
    }
}

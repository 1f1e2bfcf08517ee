//! The people of a community in one condition, and what passes between them.

use super::at_hand::{Gathering, Gatherings};
use super::contacts::Contacts;
use super::day::{Today, Week};
use super::encounters::{Met, Palettes};
use super::place_of;
use super::sums::{CLASSES, Sums};
use crate::engine::block::{BLOCK, World};
use crate::engine::driver::each;
use crate::engine::life::{Life, SlowStates};
use crate::engine::monitor::Stopped;
use crate::engine::records::Outcome;
use crate::model::community::{BetweenPeople, Left, contagion, gratitude, modelling, ties};
use crate::model::slow::{Links, Slow};
use crate::population::networks::Ties;
use crate::scenario::{Community, Condition};
use std::sync::Arc;

/// The people of a community in one condition.
pub(super) struct CommunityLife<'a> {
    /// What is the same for everybody.
    pub(super) world: &'a World<'a>,
    /// The condition.
    pub(super) condition: &'a Condition,
    /// Who knows whom and what happens, in this condition.
    pub(super) community: &'a Community,
    /// How many people there are.
    pub(super) people: u32,
    /// The ties of each layer as they were formed.
    pub(super) networks: Vec<Arc<Ties>>,
    /// How strong they are now.
    pub(super) strengths: Vec<Vec<f32>>,
    /// On which days of this week each is met.
    pub(super) contacts: Vec<Contacts>,
    /// The lives of people, block after block.
    pub(super) lives: Vec<Life<'a, 'a>>,
    /// Links between the slow states of a person.
    pub(super) links: Links,
    /// Links between people.
    pub(super) between: BetweenPeople,
    /// Scenes made ready.
    pub(super) palettes: Palettes,
    /// Ways to divide people into classes: a class for each person.
    pub(super) divisions: Vec<&'a [u8]>,
    /// What has happened since people were last measured, for each division and class.
    pub(super) happened: Vec<[Sums; CLASSES]>,
    /// Who has helped whom in this week, where that is kept.
    pub(super) helped: Option<Vec<(u32, u32)>>,
}

/// What a quarter of a year before the first practice has made of a community.
#[derive(Clone)]
pub(super) struct Past {
    livings: Vec<SlowStates>,
    strengths: Vec<Vec<f32>>,
}

impl CommunityLife<'_> {
    /// What these people have become.
    pub(super) fn past(&mut self) -> Past {
        Past {
            livings: self.lives.iter_mut().map(|life| life.slow_states().clone()).collect(),
            strengths: self.strengths.clone(),
        }
    }

    /// Begins where a past ends.
    pub(super) fn begin_after(&mut self, past: &Past) {
        for (life, slow_states) in self.lives.iter_mut().zip(&past.livings) {
            life.remember_all(slow_states);
        }
        self.strengths.clone_from(&past.strengths);
    }

    /// Begins a week: what everyday life brings in it, and who meets whom.
    pub(super) fn begin(
        &mut self,
        week: Week,
        begin: impl Fn(&mut Life) -> Result<(), Stopped> + Sync + Send,
    ) -> Result<(), Stopped> {
        each(self.lives.iter_mut().collect(), begin)
            .into_iter()
            .collect::<Result<(), Stopped>>()?;
        for life in &mut self.lives {
            let people = life.slow_states().states.len();
            life.slow_states().left.resize(people, Left::default());
        }
        let layers = self.community.layers.iter().zip(&self.networks);
        let level = self.world.level;
        self.contacts = layers
            .map(|(layer, ties)| Contacts::of_week(layer, ties, week, level))
            .collect();
        Ok(())
    }

    /// Ends a week: ties that were not met fade, the others return to where they belong.
    pub(super) fn end_week(&mut self) {
        if !self.between.ties {
            return;
        }
        let kept = ties::kept_over_a_week();
        for ((network, strengths), contacts) in self.networks.iter().zip(&mut self.strengths).zip(&self.contacts) {
            for (tie, strength) in strengths.iter_mut().enumerate() {
                let formed = f64::from(network.strengths()[tie]);
                let met = contacts.days(tie) != 0;
                #[expect(clippy::cast_possible_truncation, reason = "strengths are kept in single precision")]
                {
                    *strength = ties::a_week_later(f64::from(*strength), formed, met, kept) as f32;
                }
            }
        }
    }

    /// How strong the tie of each pair is in each layer, the mean of both ends, in the order of [`Ties::pairs`].
    pub(super) fn strengths_of_pairs(&self) -> Vec<Vec<f64>> {
        let layers = self.networks.iter().zip(&self.strengths);
        let of_layer = |(network, strengths): (&Arc<Ties>, &Vec<f32>)| {
            let strength = |person: u32, other: u32| {
                let own = network.range(person);
                let place = network.others()[own.clone()].binary_search(&other);
                f64::from(strengths[own.start + place.expect("ties are held at both ends")])
            };
            let pairs = network.pairs();
            pairs
                .map(|(one, other)| 0.5 * (strength(one, other) + strength(other, one)))
                .collect()
        };
        layers.map(of_layer).collect()
    }

    fn slow(&mut self, person: u32) -> (&mut Slow, &mut Left) {
        let (block, place) = place_of(person);
        let slow_states = self.lives[block].slow_states();
        (&mut slow_states.states[place], &mut slow_states.left[place])
    }

    /// What the needs of a day leave behind: in those at hand, in the one in need, in ties, and in who saw help.
    pub(super) fn leave(&mut self, gatherings: &Gatherings, met: &[Met]) {
        for gathering in &gatherings.all {
            let of_these = &met[gathering.witnesses()];
            let helped = of_these.iter().any(|met| met.outcome == Outcome::Helped);
            self.count(gatherings, gathering, of_these, helped);
            if gathering.count == 0 {
                continue;
            }
            if self.between.gratitude {
                let (slow, left) = self.slow(gathering.person);
                *slow = gratitude::after_need(slow, helped);
                if helped {
                    left.gratitude = gratitude::after_help(left.gratitude);
                }
            }
            for (witness, met) in gatherings.witnesses[gathering.witnesses()].iter().zip(of_these) {
                let (block, place) = place_of(witness.person);
                let load = &mut self.lives[block].among_others()[place];
                *load = load.plus(met.load);
                match met.outcome {
                    Outcome::Relieved if self.between.modelling => {
                        let (_, left) = self.slow(witness.person);
                        left.modelling = modelling::after_seeing(left.modelling);
                    }
                    Outcome::Helped => self.after_help(gathering, witness.person, witness.ties),
                    _ => {}
                }
            }
        }
    }

    /// Help strengthens the tie at both ends, as far as each can hold it.
    fn after_help(&mut self, gathering: &Gathering, helper: u32, between: Option<(usize, usize)>) {
        if let Some(pairs) = &mut self.helped {
            pairs.push((helper, gathering.person));
        }
        let (Some((own, other)), true) = (between, self.between.ties) else {
            return;
        };
        let layer = self.community.needs[gathering.need].layer;
        for (person, tie) in [(helper, own), (gathering.person, other)] {
            let strengths = &mut self.strengths[layer];
            #[expect(clippy::cast_possible_truncation, reason = "strengths are kept in single precision")]
            {
                strengths[tie] = ties::after_help(f64::from(strengths[tie])) as f32;
            }
            let ties = self.networks[layer].range(person);
            let sum = |strengths: &[f32]| strengths.iter().map(|strength| f64::from(*strength)).sum::<f64>();
            let capacity = sum(&self.networks[layer].strengths()[ties.clone()]);
            let left = ties::held(sum(&strengths[ties.clone()]), capacity);
            for strength in &mut strengths[ties] {
                #[expect(clippy::cast_possible_truncation, reason = "strengths are kept in single precision")]
                {
                    *strength = (f64::from(*strength) * left) as f32;
                }
            }
        }
    }

    /// Counts a need and what those at hand did.
    fn count(&mut self, gatherings: &Gatherings, gathering: &Gathering, met: &[Met], helped: bool) {
        for (division, happened) in self.divisions.iter().zip(&mut self.happened) {
            let own = &mut happened[usize::from(division[gathering.person as usize])];
            own.needs += 1;
            own.attended += u64::from(gathering.count > 0);
            own.met += u64::from(helped);
            for (witness, met) in gatherings.witnesses[gathering.witnesses()].iter().zip(met) {
                let own = &mut happened[usize::from(division[witness.person as usize])];
                own.at_hand += 1;
                own.helped += u64::from(met.outcome == Outcome::Helped);
            }
        }
    }

    /// Mood and exhaustion move towards those of people met today.
    pub(super) fn move_towards_those_met(&mut self, today: &Today) {
        if !self.between.contagion || self.networks.iter().all(|network| network.directed() == 0) {
            return;
        }
        let states: Vec<[f64; 3]> = (self.lives.iter_mut())
            .flat_map(|life| {
                let count = life.participants().people.count;
                life.slow_states().states[..count]
                    .iter()
                    .map(passing_on)
                    .collect::<Vec<_>>()
            })
            .collect();
        // Sums have an order of their own, so that the place of a layer in the file does not matter.
        let mut layers: Vec<(&str, &Ties, &Contacts)> = (self.community.layers.iter())
            .zip(self.networks.iter().zip(&self.contacts))
            .map(|(layer, (network, contacts))| (layer.name.as_str(), &**network, contacts))
            .collect();
        layers.sort_by_key(|(name, ..)| *name);
        each((0_u32..).zip(&mut self.lives).collect(), |(block, life)| {
            let count = life.participants().people.count;
            for (person, slow) in (block * BLOCK..).zip(&mut life.slow_states().states[..count]) {
                let (mut sums, mut met) = ([0.0; 3], 0);
                for (_, network, contacts) in &layers {
                    let ties = network.range(person);
                    for (other, days) in network.others()[ties.clone()].iter().zip(contacts.of(ties)) {
                        if days >> today.weekday & 1 == 1 {
                            met += 1;
                            for (sum, state) in sums.iter_mut().zip(states[*other as usize]) {
                                *sum += state;
                            }
                        }
                    }
                }
                if met > 0 {
                    let own = passing_on(slow);
                    let after: [f64; 3] =
                        std::array::from_fn(|which| contagion::after_meeting(own[which], sums[which], met));
                    [slow.positive_mood, slow.low_mood, slow.exhaustion] = after;
                }
            }
        });
    }

    /// The day passes in everybody's slow states.
    pub(super) fn pass(&mut self, today: &Today) {
        each(self.lives.iter_mut().collect(), |life| {
            life.pass(today.weekday);
            for left in life
                .slow_states()
                .left
                .iter_mut()
                .filter(|left| **left != Left::default())
            {
                *left = left.a_day_later();
            }
        });
    }
}

/// The states that pass from person to person.
fn passing_on(slow: &Slow) -> [f64; 3] {
    [slow.positive_mood, slow.low_mood, slow.exhaustion]
}

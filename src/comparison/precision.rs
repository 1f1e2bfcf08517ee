//! How many people it takes until differences are known as precisely as is wanted.
//!
//! The same people as always, and more of them: person 20,000 is the same in a run of 20,001 as in one of a million, so that a search which
//! continues where it ended is a run of as many people from the start. The first look is after the scenario's own number of people; each
//! further one after as many as the last interval says are needed (and at most four times as many), always in whole blocks. It ends at the
//! first look at which every difference is precise enough, or at the limit; never by the clock.

use super::Pair;
use super::blocks::grain;
use super::pairs::{PairTally, compare};
use crate::engine::monitor::{Monitor, Silent, Stopped};
use crate::engine::run::Experiment;
use crate::statistics::Estimate;

/// By how much the number of people grows at most from one look to the next.
const MOST_GROWTH: f64 = 4.0;

/// People beyond those that the last interval asks for, so that the next look is the last one as a rule.
const RESERVE: f64 = 1.02;

/// What a search for enough people came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Search {
    /// How far an interval may reach from its difference, as a share of people, or in SD of a measure.
    pub wanted: f64,
    /// People per condition and replicate at each look; the last is the number taken.
    pub looks: Vec<u32>,
    /// How far the widest interval reaches at the last look, in the same units.
    pub reach: f64,
    /// What that counts.
    pub unit: Reach,
}

/// What it counts how far intervals reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// A share of people, of all differences.
    People,
    /// SD of measures, of all differences.
    Sd,
    /// The one of some, the other of others.
    Either,
}

impl Reach {
    fn of(tallies: &[PairTally]) -> Self {
        let is_mean = |it: &PairTally| it.told.as_ref().is_some_and(|it| !it.asked.is_share());
        let means = tallies.iter().filter(|it| is_mean(it)).count();
        match means {
            0 => Self::People,
            all if all == tallies.len() => Self::Sd,
            _ => Self::Either,
        }
    }
}

impl Search {
    /// People per condition and replicate that were taken.
    pub fn people(&self) -> u32 {
        self.looks.last().copied().unwrap_or_default()
    }

    /// People per condition and replicate that the last interval says it takes.
    pub fn enough(&self) -> f64 {
        f64::from(self.people()) * (self.reach / self.wanted).powi(2)
    }

    /// Whether every difference is as precise as was wanted.
    pub fn reached(&self) -> bool {
        self.reach <= self.wanted
    }
}

/// How far the interval of the difference that is asked about reaches to its farther side, as a share of people or in SD; 1 of nobody.
pub fn reach(tally: &PairTally) -> f64 {
    let standardised = match &tally.told {
        None => tally.difference(),
        Some(told) => told.standardised(),
    };
    standardised.map_or(1.0, Estimate::reach)
}

/// Takes more and more people until the 95 % interval of the difference that is asked about each pair reaches at most `wanted` to either side
/// (helping: as a share of people; a measure: in SD between people), or `most` people (rounded to whole blocks) per condition and replicate are reached. `look` is told the people and the widest reach at each look.
///
/// # Errors
///
/// [`Stopped`] once the monitor asks for it.
pub fn search(
    experiment: &Experiment,
    pairs: &[Pair],
    wanted: f64,
    most: u32,
    monitor: &dyn Monitor,
    look: &dyn Fn(u32, f64, Reach),
) -> Result<Search, Stopped> {
    let grain = grain(&experiment.scenario.conditions);
    let whole = |people: f64| {
        let blocks = (people / grain as f64).ceil().max(1.0);
        let limit = (u64::from(most) / grain).max(1);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "at least 1 and limited"
        )]
        let blocks = blocks.min(limit as f64) as u64;
        u32::try_from(blocks * grain).unwrap_or(u32::MAX)
    };
    let mut tallies: Vec<PairTally> = Vec::new();
    let mut looks = Vec::new();
    let mut until = whole(f64::from(experiment.scenario.run.agents));
    loop {
        let from = looks.last().copied().unwrap_or(0);
        let later = compare(experiment, pairs, from..until, &Silent(monitor))?;
        if tallies.is_empty() {
            tallies = later;
        } else {
            for (tally, later) in tallies.iter_mut().zip(&later) {
                tally.merge(later);
            }
        }
        looks.push(until);
        let widest = tallies.iter().map(reach).fold(0.0, f64::max);
        let unit = Reach::of(&tallies);
        look(until, widest, unit);
        let needed = (widest / wanted).powi(2) * RESERVE;
        let next = whole(f64::from(until) * needed.min(MOST_GROWTH)).max(whole(f64::from(until) + 1.0));
        if widest <= wanted || next <= until {
            return Ok(Search {
                wanted,
                looks,
                reach: widest,
                unit,
            });
        }
        until = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comparison::usual_pairs;
    use crate::engine::monitor::Unwatched;
    use crate::engine::test_scenario;
    use crate::model::agent::Trait;
    use crate::parameters::shipped;
    use crate::registry::Measure;
    use crate::scenario::{Contrast, Scenario};

    fn scenario() -> Scenario {
        let mut scenario = test_scenario(&["plain", "moved"]);
        scenario.run.agents = 500;
        scenario.conditions[1].population[Trait::CompassionMotive as usize].mean = 1.0;
        scenario
    }

    fn searched(scenario: &Scenario, wanted: f64, most: u32) -> Search {
        let parameters = shipped();
        let experiment = Experiment::new(scenario, &parameters);
        search(
            &experiment,
            &usual_pairs(scenario),
            wanted,
            most,
            &Unwatched,
            &|_, _, _| {},
        )
        .unwrap()
    }

    fn reach_of(scenario: &Scenario, people: u32) -> f64 {
        let parameters = shipped();
        let experiment = Experiment::new(scenario, &parameters);
        let tallies = compare(&experiment, &usual_pairs(scenario), 0..people, &Unwatched);
        reach(&tallies.unwrap()[0])
    }

    /// A run of as many people from the start has the same interval, and one look earlier it was too wide.
    #[test]
    fn it_ends_at_the_first_look_that_is_precise_enough() {
        let scenario = scenario();
        let found = searched(&scenario, 0.006, 1_000_000);
        assert!(found.reached() && found.looks.len() >= 2, "{found:?}");
        assert_eq!(found.looks[0], 1_024);
        assert!(found.looks.iter().all(|it| it % 1_024 == 0));
        assert_eq!(reach_of(&scenario, found.people()), found.reach);
        let before = found.looks[found.looks.len() - 2];
        assert!(reach_of(&scenario, before) > 0.006);
        assert_eq!(searched(&scenario, 0.006, 1_000_000), found);
    }

    /// An SD is a unit that does not depend on how many people there are, so that its interval narrows as that of a share does.
    #[test]
    fn a_measure_is_searched_in_sd() {
        let mut scenario = scenario();
        scenario.contrasts = vec![Contrast::asking(1, 0, Measure::Compassion)];
        let found = searched(&scenario, 0.008, 1_000_000);
        assert_eq!(found.unit, Reach::Sd);
        assert!(found.reached() && found.looks.len() >= 2, "{found:?}");
        assert_eq!(reach_of(&scenario, found.people()), found.reach);
    }

    #[test]
    fn the_limit_holds_and_what_is_precise_already_takes_no_more() {
        let scenario = scenario();
        let limited = searched(&scenario, 1e-4, 5_000);
        assert_eq!((limited.people(), limited.reached()), (4_096, false));
        let easy = searched(&scenario, 0.5, 1_000_000);
        assert_eq!((easy.looks, easy.reach <= 0.5), (vec![1_024], true));
    }
}

//! What plausible parameter sets predict: the same people with the same luck under each of them.

use super::bench::Bench;
use crate::engine::monitor::{Monitor, Silent};
use crate::engine::records::Outcome;
use crate::engine::run::{Ended, Experiment};
use crate::model::parameters::Parameters;
use crate::scenario::Scenario;
use crate::statistics::{Count, Interval, Waic, binomial_deviance, middle_95, predicted_share, waic};
use rayon::prelude::*;
use std::convert::Infallible;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// The most people per condition that meet the scene under each set: their Monte-Carlo error, ±2 points at most, is small beside what the
/// parameters leave open, and they take no longer than a few runs.
pub const MOST_PEOPLE: u32 = 2_000;

/// How many people of a scenario meet it under each set: the first of the first population.
pub fn people(scenario: &Scenario) -> u32 {
    scenario.run.agents.min(MOST_PEOPLE)
}

/// How many helped in each condition, a list for each parameter set; none once the monitor asks to stop.
///
/// No number depends on the number of threads.
pub fn helped(scenario: &Scenario, sets: &[Parameters], monitor: &dyn Monitor) -> Option<Vec<Vec<Count>>> {
    let mut scenario = scenario.clone();
    scenario.run.agents = people(&scenario);
    scenario.run.replicates = 1;
    let finished = AtomicUsize::new(0);
    sets.par_iter()
        .map(|parameters| {
            let experiment = Experiment::new(&scenario, parameters);
            let run = experiment.run(&Silent(monitor), |_| (), |()| Ok::<_, Infallible>(()));
            let tallies = match run {
                Ok(it) => it,
                Err(Ended::Stopped(_)) => return None,
                Err(Ended::Kept(never)) => match never {},
            };
            monitor.advanced(
                "plausible parameter sets",
                finished.fetch_add(1, Ordering::Relaxed) + 1,
                sets.len(),
            );
            Some(tallies.iter().map(|it| it.units.count(Outcome::Helped)).collect())
        })
        .collect()
}

/// What plausible parameter sets predict for the cells of a validation.
#[derive(Debug, Clone, PartialEq)]
pub struct PlausibleCells {
    /// Where the sets come from: a file, or "built-in".
    pub ensemble: String,
    /// How many sets.
    pub sets: usize,
    /// People of each cell under each set.
    pub people: u32,
    /// The middle 95 % of the share who helped, one for each cell; none if nobody is counted under any set.
    pub cells: Vec<Option<Interval>>,
    /// WAIC against the saturated model, if every cell can be scored under at least two sets.
    pub waic: Option<Waic>,
}

impl PlausibleCells {
    /// Lets the conditions of a bench, of which `observed` says what people did, happen under each of some sets that come from `ensemble`; none
    /// if `stop` came true.
    pub fn new(
        bench: &Bench,
        observed: &[Count],
        sets: &[Parameters],
        ensemble: String,
        people: u32,
        stop: &AtomicBool,
    ) -> Option<Self> {
        let helped: Option<Vec<Vec<Count>>> = sets
            .par_iter()
            .map(|it| (!stop.load(Ordering::Relaxed)).then(|| bench.helped(it)))
            .collect();
        let helped = helped?;
        let predicted = |cell: usize| helped.iter().map(move |set| set[cell]);
        let cells = 0..observed.len();
        let shares = |cell| predicted(cell).filter_map(Count::share).collect::<Vec<_>>();
        let lacking = |cell: usize| {
            let deviance = |it| binomial_deviance(observed[cell], predicted_share(it));
            predicted(cell).map(|it| -0.5 * deviance(it)).collect::<Vec<_>>()
        };
        Some(Self {
            ensemble,
            sets: sets.len(),
            people,
            waic: waic(&cells.clone().map(lacking).collect::<Vec<_>>()),
            cells: cells.map(|cell| middle_95(&shares(cell))).collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::monitor::Unwatched;
    use crate::engine::test_scenario;
    use crate::parameters::shipped;

    fn sets() -> Vec<Parameters> {
        let weights = [0.5, 1.0, 2.0].into_iter().map(|factor| {
            let mut it = shipped();
            it.decision.compassion_weight *= factor;
            it
        });
        weights.collect()
    }

    fn scenario(agents: u32) -> Scenario {
        let mut scenario = test_scenario(&["plain", "easy"]);
        scenario.run.agents = agents;
        scenario.conditions[1].situation.escape = 0.9;
        scenario
    }

    fn all(scenario: &Scenario, sets: &[Parameters]) -> Vec<Vec<Count>> {
        helped(scenario, sets, &Unwatched).unwrap()
    }

    #[test]
    fn the_shipped_set_gives_the_counts_of_the_run_and_others_give_others() {
        let scenario = scenario(1_100);
        let parameters = shipped();
        let tallies = Experiment::new(&scenario, &parameters).tallies();
        let run: Vec<Count> = tallies.iter().map(|it| it.units.count(Outcome::Helped)).collect();
        let found = all(&scenario, &sets());
        assert_eq!(found[1], run);
        assert!(found[0] != run && found[2] != run, "compassion moves people to help");
    }

    #[test]
    fn no_number_depends_on_threads() {
        let (scenario, sets) = (scenario(1_100), sets());
        let with = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| all(&scenario, &sets))
        };
        assert_eq!(with(1), with(2));
    }

    #[test]
    fn many_people_are_the_first_two_thousand_of_one_population() {
        let mut many = scenario(5_000);
        many.run.replicates = 3;
        assert_eq!(all(&many, &sets()[..1]), all(&scenario(MOST_PEOPLE), &sets()[..1]));
    }

    #[test]
    fn cells_are_open_where_sets_differ() {
        let scenario = scenario(500);
        let bench = Bench::new(scenario.conditions.iter().map(|it| (it, &[][..])), 500, 1, 0.5);
        let never = AtomicBool::new(false);
        let observed = [Count {
            successes: 3,
            trials: 10,
        }; 2];
        let of =
            |sets: &[Parameters]| PlausibleCells::new(&bench, &observed, sets, String::new(), 500, &never).unwrap();
        let same = of(&[shipped(), shipped()]);
        let shares: Vec<_> = bench.helped(&shipped()).into_iter().map(Count::share).collect();
        let exactly: Vec<_> = shares
            .iter()
            .map(|it| it.map(|it| Interval { lower: it, upper: it }))
            .collect();
        assert_eq!(same.cells, exactly);
        assert_eq!(same.waic.unwrap().effective_parameters, 0.0);
        let different = of(&sets());
        for it in different.cells {
            assert!(it.is_some_and(|it| it.lower < it.upper), "{it:?}");
        }
        assert!(different.waic.unwrap().effective_parameters > 0.0);
    }

    #[test]
    fn it_ends_when_somebody_stops_it() {
        let stop = AtomicBool::new(true);
        assert_eq!(helped(&scenario(100), &sets(), &stop), None);
        let scenario = scenario(100);
        let bench = Bench::new(scenario.conditions.iter().map(|it| (it, &[][..])), 100, 1, 0.5);
        let observed = [Count {
            successes: 1,
            trials: 2,
        }; 2];
        assert_eq!(
            PlausibleCells::new(&bench, &observed, &sets(), String::new(), 100, &stop),
            None
        );
    }
}

//! Everything that is observed of the people of a run, and its sum over all of them.

use super::Options;
use crate::community::effects::Communities;
use crate::community::run::{CommunityTally, Lived, MOST_PORTRAYED};
use crate::comparison::feelings::{self, FeelingsObserver};
use crate::comparison::knockouts::{self, KnockoutsObserver, WithoutMechanism};
use crate::comparison::pairs::{PairTally, Pairs};
use crate::comparison::paths::PathsObserver;
use crate::comparison::shares::Shares;
use crate::comparison::{Comparison, Pair, usual_pairs};
use crate::engine::block::BLOCK;
use crate::engine::driver::{Ended, Observation, Observed, Observer};
use crate::engine::monitor::{Monitor, Stopped};
use crate::engine::observers::{Kept, Tallies};
use crate::engine::run::Experiment;
use crate::engine::tally::Tally;
use crate::engine::timecourse::{Course, CourseObserver, Quantity};
use crate::model::parameters::Parameters;
use crate::scenario::Scenario;
use crate::summary::joint_outcomes::{DeedsObserver, JointOutcomes};
use crate::summary::{Sum, Within};
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::sync::atomic::AtomicU64;

/// Observers of the ways by which a difference comes about.
type Through<'a> = (PathsObserver<'a>, (FeelingsObserver<'a>, KnockoutsObserver<'a>));

/// All observers of a run.
pub(super) type Watching<'a, F> = (
    ((Tallies<'a>, Kept<F>), Option<CourseObserver<'a>>),
    ((DeedsObserver<'a>, Within), (Pairs<'a>, Option<Through<'a>>)),
);

/// What is kept of the ways by which a difference comes about: paths, feelings, knock-outs.
type ByWay = (Vec<Shares>, (Vec<Option<Shares>>, Vec<Vec<WithoutMechanism>>));

/// What all observers have kept of one block.
pub(super) type Block<K> = (
    ((Vec<Tally>, Vec<K>), Option<Vec<[Course; Quantity::ALL.len()]>>),
    ((JointOutcomes, Vec<Vec<[f64; 2]>>), (Vec<PairTally>, Option<ByWay>)),
);

/// A piece of work: one block of people, or all of a community.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Piece<S> {
    /// What was observed of each block.
    pub blocks: Vec<S>,
    /// What is known of the community, where people live in one.
    pub community: Option<CommunityTally>,
}

/// The sum over all people so far.
pub(super) struct Gathered {
    pub tallies: Vec<Tally>,
    pub joint_outcomes: JointOutcomes,
    pub within: Within,
    pub sums: Vec<Sum>,
    pub comparison: Comparison,
    pub courses: Vec<[Course; Quantity::ALL.len()]>,
    pub communities: Communities,
}

/// The experiment, with encounters counted.
pub(super) fn counting<'a>(
    scenario: &'a Scenario,
    parameters: &'a Parameters,
    encounters: &'a AtomicU64,
) -> Experiment<'a> {
    Experiment {
        encounters: Some(encounters),
        ..Experiment::new(scenario, parameters)
    }
}

/// The pairs that are compared.
pub(super) fn compared(scenario: &Scenario, options: &Options) -> Vec<Pair> {
    options.pairs.clone().unwrap_or_else(|| usual_pairs(scenario))
}

/// Observers of what is asked for.
pub(super) fn watching<'a, F: Fn(&Observation) -> K + Sync, K: Send>(
    experiment: &'a Experiment<'a>,
    options: &Options,
    monitor: &dyn Monitor,
    keep: F,
) -> Result<Watching<'a, F>, Stopped> {
    let pairs = compared(experiment.scenario, options);
    let within = Within::new(experiment.scenario);
    let compared = Pairs::new(experiment, &pairs, monitor)?;
    let through = if options.paths {
        Some((
            PathsObserver::new(experiment, &pairs, monitor)?,
            (
                FeelingsObserver::new(experiment, &pairs),
                KnockoutsObserver::new(experiment, &pairs),
            ),
        ))
    } else {
        None
    };
    let course = options.time_course.then(|| CourseObserver::new(experiment));
    Ok((
        ((Tallies(experiment), Kept(keep)), course),
        ((DeedsObserver(experiment), within), (compared, through)),
    ))
}

impl Gathered {
    /// Nobody yet.
    pub(super) fn nobody<F>(scenario: &Scenario, watching: &Watching<F>, options: &Options) -> Self {
        let (_, ((_, within), (compared, through))) = watching;
        let mut comparison = Comparison {
            pairs: compared.nobody(),
            search: options.search.clone(),
            ..Comparison::default()
        };
        if let Some((paths, (feelings, knockouts))) = through {
            comparison.shares = paths.nobody();
            comparison.feelings = feelings.nobody();
            comparison.knockouts = knockouts.nobody();
        }
        Self {
            tallies: scenario.conditions.iter().map(Tally::new).collect(),
            joint_outcomes: JointOutcomes::new(scenario),
            sums: within.nobody(),
            within: within.clone(),
            comparison,
            courses: Vec::new(),
            communities: Communities::default(),
        }
    }

    /// Adds the next piece; `take` gets what was kept of it.
    pub(super) fn add<K, E>(
        &mut self,
        piece: Piece<Block<K>>,
        take: &mut impl FnMut(K) -> Result<(), E>,
    ) -> Result<(), E> {
        self.communities.each.extend(piece.community);
        for (((block, kept), course), ((deeds, asked), (pairs, through))) in piece.blocks {
            for (tally, block) in self.tallies.iter_mut().zip(&block) {
                tally.merge(block);
            }
            self.courses.extend(course.into_iter().flatten());
            self.joint_outcomes.merge(&deeds);
            self.within.add(&mut self.sums, asked);
            for (tally, block) in self.comparison.pairs.iter_mut().zip(&pairs) {
                tally.merge(block);
            }
            if let Some((paths, (feelings, knockouts))) = through {
                for (shares, block) in self.comparison.shares.iter_mut().zip(&paths) {
                    shares.merge(block);
                }
                feelings::merge(&mut self.comparison.feelings, &feelings);
                knockouts::merge(&mut self.comparison.knockouts, &knockouts);
            }
            kept.into_iter().try_for_each(&mut *take)?;
        }
        Ok(())
    }
}

/// How many pieces of work a run has: blocks of people, or communities.
pub(super) fn pieces(scenario: &Scenario) -> usize {
    let run = scenario.run;
    if scenario.has_community() {
        run.replicates as usize
    } else {
        run.agents.div_ceil(BLOCK) as usize * run.replicates as usize
    }
}

/// Lets the people of some pieces live, each by themselves or in communities; `take` gets what was observed of each piece in order.
pub(super) fn live<O: Observer, E>(
    experiment: &Experiment,
    observer: &O,
    options: &Options,
    pieces: Range<usize>,
    monitor: &dyn Monitor,
    mut take: impl FnMut(Piece<O::State>) -> Result<(), E>,
) -> Result<(), Ended<E>> {
    if !experiment.scenario.has_community() {
        return Observed::everybody(experiment, observer).run_blocks(pieces, monitor, |block| {
            take(Piece {
                blocks: vec![block],
                community: None,
            })
        });
    }
    #[expect(clippy::cast_possible_truncation, reason = "at most as many as there are replicates")]
    let replicates = pieces.start as u32..pieces.end as u32;
    let lived = Lived {
        experiment,
        observer,
        replicates,
        largest_portrait: if options.ties { u32::MAX } else { MOST_PORTRAYED },
    };
    lived.run(monitor, |blocks, community| {
        take(Piece {
            blocks,
            community: Some(community),
        })
    })
}

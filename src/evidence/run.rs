//! Everything that the evidence asks of a parameter set, simulated.

use super::pattern::Statistic;
use super::studies::{Evidence, Study};
use crate::engine::LONGEST_STEP_S;
use crate::engine::measured::measured;
use crate::engine::norm_scene::NormScene;
use crate::engine::run::{Ended, Experiment, Played};
use crate::engine::tally::Tally;
use crate::lanes::Level;
use crate::model::parameters::Parameters;
use crate::registry::Measure;
use crate::scenario::Scenario;
use rayon::prelude::*;
use std::convert::Infallible;
use std::sync::atomic::AtomicBool;

/// What one study's people did.
#[derive(Debug, Clone, PartialEq)]
pub struct StudyRun {
    /// One tally for each condition.
    pub tallies: Vec<Tally>,
    /// The correlation that each pattern of this study asks for, in the order of all patterns; none for the others.
    pub correlations: Vec<Option<f64>>,
}

/// Runs all studies with one parameter set, on all processors; none if `stop` came true. `done` is told whenever one is finished.
pub fn run(
    evidence: &Evidence,
    parameters: &Parameters,
    stop: &AtomicBool,
    done: &(dyn Fn() + Sync),
) -> Option<Vec<StudyRun>> {
    let norm = NormScene::new(parameters, LONGEST_STEP_S, Level::best());
    let studies: Vec<(usize, &Study)> = evidence.studies.iter().enumerate().collect();
    studies
        .into_par_iter()
        .map(|(number, study)| {
            let asked = evidence.patterns.iter().map(|it| match it.statistic {
                Statistic::Correlation { measures, condition } if it.study == number => Some((measures, condition)),
                _ => None,
            });
            let it = one(&study.scenario, parameters, norm, stop, &asked.collect::<Vec<_>>())?;
            done();
            Some(it)
        })
        .collect()
}

type Asked = Option<([Measure; 2], usize)>;

fn one(
    scenario: &Scenario,
    parameters: &Parameters,
    norm: NormScene,
    stop: &AtomicBool,
    asked: &[Asked],
) -> Option<StudyRun> {
    let experiment = Experiment {
        scenario,
        parameters,
        norm,
        level: Level::best(),
    };
    let mut sums = vec![Sums::default(); asked.len()];
    let tallies = experiment.run(
        stop,
        |played| {
            let of = |it: &Asked| match it {
                Some((measures, condition)) if *condition == played.number => Sums::of(played, *measures),
                _ => Some(Sums::default()),
            };
            asked.iter().map(of).collect::<Vec<_>>()
        },
        |parts| {
            for (sum, part) in sums.iter_mut().zip(parts) {
                sum.add(part);
            }
            Ok::<_, Infallible>(())
        },
    );
    let tallies = match tallies {
        Ok(it) => it,
        Err(Ended::Stopped(_)) => return None,
        Err(Ended::Kept(never)) => match never {},
    };
    Some(StudyRun {
        tallies,
        correlations: sums.iter().map(Sums::correlation).collect(),
    })
}

/// Sums over people of two measures, from which their correlation follows; scales stay below 100, so double precision is enough.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    n: f64,
    x: f64,
    y: f64,
    xx: f64,
    yy: f64,
    xy: f64,
    unknown: bool,
}

impl Sums {
    /// The people of a piece who are counted; none if a measure is not one of a single encounter.
    fn of(played: &Played, measures: [Measure; 2]) -> Option<Self> {
        let mut sums = Self::default();
        for person in (0..played.selected.len()).filter(|it| played.selected[*it]) {
            let value = |measure| measured(played.condition, played.cast, played.records, measure, person);
            let (x, y) = (value(measures[0])?, value(measures[1])?);
            sums.n += 1.0;
            sums.x += x;
            sums.y += y;
            sums.xx += x * x;
            sums.yy += y * y;
            sums.xy += x * y;
        }
        Some(sums)
    }

    fn add(&mut self, part: Option<Self>) {
        let Some(part) = part else {
            self.unknown = true;
            return;
        };
        self.n += part.n;
        self.x += part.x;
        self.y += part.y;
        self.xx += part.xx;
        self.yy += part.yy;
        self.xy += part.xy;
    }

    fn correlation(&self) -> Option<f64> {
        let (xx, yy) = (self.xx - self.x * self.x / self.n, self.yy - self.y * self.y / self.n);
        let scale = (xx * yy).sqrt();
        let known = !self.unknown && self.n > 1.0 && scale > 1e-9;
        known.then(|| (self.xy - self.x * self.y / self.n) / scale)
    }
}

//! Everything that the evidence asks of a parameter set, simulated.

use super::pattern::Statistic;
use super::studies::{Evidence, Study};
use crate::engine::LONGEST_STEP_S;
use crate::engine::block::BLOCK;
use crate::engine::driver::{Ended, Observation, Observed, at_once};
use crate::engine::measured::measured;
use crate::engine::monitor::Monitor;
use crate::engine::norm_scene::NormScene;
use crate::engine::observers::{Kept, Tallies};
use crate::engine::run::Experiment;
use crate::engine::tally::Tally;
use crate::lanes::Level;
use crate::model::parameters::Parameters;
use crate::registry::Measure;
use crate::scenario::Scenario;
use crate::threads::prelude::*;
use serde::{Deserialize, Serialize};
use std::ops::Range;
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
            let scored = Scored::new(evidence, number, study);
            let experiment = experiment(&study.scenario, parameters, norm);
            let observer = (Tallies(&experiment), Kept(|played: &Observation| scored.keep(played)));
            let mut gathered = scored.nobody();
            let everybody = Observed::everybody(&experiment, &observer);
            everybody.run_to_end(stop, |block| gathered.add(block)).ok()?;
            done();
            Some(gathered.run())
        })
        .collect()
}

/// How many blocks of people all studies have.
pub fn blocks(evidence: &Evidence) -> u64 {
    evidence.studies.iter().map(blocks_of).sum()
}

fn blocks_of(study: &Study) -> u64 {
    let run = study.scenario.run;
    u64::from(run.agents.div_ceil(BLOCK)) * u64::from(run.replicates)
}

/// Runs some blocks of all studies, counted from the first study on; `write` gets what they have yielded, some at a time, in order.
///
/// # Errors
///
/// [`Ended::Stopped`] once the monitor asks for it; whatever `write` says.
pub fn run_part<E>(
    evidence: &Evidence,
    parameters: &Parameters,
    part: Range<u64>,
    monitor: &dyn Monitor,
    mut write: impl FnMut(Range<u64>, &[u8]) -> Result<(), E>,
) -> Result<(), Ended<E>> {
    let norm = NormScene::new(parameters, LONGEST_STEP_S, Level::best());
    let mut before = 0;
    for (number, study) in evidence.studies.iter().enumerate() {
        let all = before..before + blocks_of(study);
        before = all.end;
        let mut next = all.start.max(part.start);
        let end = all.end.min(part.end);
        if end <= next {
            continue;
        }
        let scored = Scored::new(evidence, number, study);
        let experiment = experiment(&study.scenario, parameters, norm);
        let observer = (Tallies(&experiment), Kept(|played: &Observation| scored.keep(played)));
        #[expect(
            clippy::cast_possible_truncation,
            reason = "as many as a study has, which is counted in memory"
        )]
        let range = (next - all.start) as usize..(end - all.start) as usize;
        let mut blocks: Vec<Block> = Vec::new();
        Observed::everybody(&experiment, &observer).run_blocks(range, monitor, |block| {
            blocks.push(block);
            let until = next + blocks.len() as u64;
            if blocks.len() < at_once() && until < end {
                return Ok(());
            }
            let bytes = postcard::to_stdvec(&blocks).expect("sums are plain numbers");
            blocks.clear();
            let written = next..until;
            next = until;
            write(written, &bytes)
        })?;
    }
    Ok(())
}

/// Joins what the parts of a validation have written, given in order, to what all studies would have yielded in one go.
///
/// # Errors
///
/// Whatever reading says; none inside where what is written is not of these studies.
pub fn run_joined<E>(
    evidence: &Evidence,
    written: impl Iterator<Item = Result<Vec<u8>, E>>,
) -> Result<Option<Vec<StudyRun>>, E> {
    let mut studies = evidence.studies.iter().enumerate();
    let mut runs: Vec<StudyRun> = Vec::new();
    let mut now: Option<(u64, Gathered)> = None;
    for bytes in written {
        let Ok(blocks) = postcard::from_bytes::<Vec<Block>>(&bytes?) else {
            return Ok(None);
        };
        for block in blocks {
            let Some((left, mut gathered)) = now.take().or_else(|| {
                let (number, study) = studies.next()?;
                Some((blocks_of(study), Scored::new(evidence, number, study).nobody()))
            }) else {
                return Ok(None);
            };
            gathered.add(block);
            match left - 1 {
                0 => runs.push(gathered.run()),
                left => now = Some((left, gathered)),
            }
        }
    }
    Ok((runs.len() == evidence.studies.len()).then_some(runs))
}

fn experiment<'a>(scenario: &'a Scenario, parameters: &'a Parameters, norm: NormScene) -> Experiment<'a> {
    Experiment {
        scenario,
        parameters,
        norm,
        level: Level::best(),
        encounters: None,
        returning: None,
    }
}

/// What is kept of one block: a tally of each condition, and for each the sums that patterns ask for; none where a measure is missing.
type Block = (Vec<Tally>, Vec<Vec<Option<Sums>>>);

/// A study, with the correlations that patterns ask for.
struct Scored<'a> {
    scenario: &'a Scenario,
    /// For each pattern the measures and the condition, if it asks for a correlation of this study.
    asked: Vec<Option<([Measure; 2], usize)>>,
}

/// What the people of a study have done so far.
struct Gathered {
    tallies: Vec<Tally>,
    sums: Vec<Sums>,
}

impl<'a> Scored<'a> {
    fn new(evidence: &Evidence, number: usize, study: &'a Study) -> Self {
        let asked = evidence.patterns.iter().map(|pattern| match pattern.statistic {
            Statistic::Correlation { measures, condition } if pattern.study == number => Some((measures, condition)),
            _ => None,
        });
        Self {
            scenario: &study.scenario,
            asked: asked.collect(),
        }
    }

    fn keep(&self, played: &Observation) -> Vec<Option<Sums>> {
        let of = |asked: &Option<([Measure; 2], usize)>| match asked {
            Some((measures, condition)) if *condition == played.number => Sums::of(played, *measures),
            _ => Some(Sums::default()),
        };
        self.asked.iter().map(of).collect()
    }

    fn nobody(&self) -> Gathered {
        Gathered {
            tallies: self.scenario.conditions.iter().map(Tally::new).collect(),
            sums: vec![Sums::default(); self.asked.len()],
        }
    }
}

impl Gathered {
    fn add(&mut self, (block, kept): Block) {
        for (tally, block) in self.tallies.iter_mut().zip(&block) {
            tally.merge(block);
        }
        for parts in kept {
            for (sum, part) in self.sums.iter_mut().zip(parts) {
                sum.add(part);
            }
        }
    }

    fn run(self) -> StudyRun {
        StudyRun {
            tallies: self.tallies,
            correlations: self.sums.iter().map(Sums::correlation).collect(),
        }
    }
}

/// Sums over people of two measures, from which their correlation follows; scales stay below 100, so double precision is enough.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
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
    fn of(played: &Observation, measures: [Measure; 2]) -> Option<Self> {
        let mut sums = Self::default();
        for person in (0..played.selected.len()).filter(|it| played.selected[*it]) {
            let value = |measure| measured(played.condition, played.participants, played.records, measure, person);
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

//! Everything that the evidence asks of a parameter set, simulated.

use super::evidence::{Evidence, Study};
use super::pattern::Statistic;
use crate::engine::LONGEST_STEP_S;
use crate::engine::norm_scene::NormScene;
use crate::engine::records::{Column, Outcome};
use crate::engine::run::{Ended, Experiment, Played};
use crate::engine::tally::{READOUTS, Tally, amount, self_reported_compassion};
use crate::lanes::Level;
use crate::model::parameters::Parameters;
use crate::population::Population;
use crate::scenario::{Measure, Scenario};
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

/// Runs all studies with one parameter set, on all processors; `done` is told how many are finished.
pub fn run(evidence: &Evidence, parameters: &Parameters, done: &(dyn Fn() + Sync)) -> Vec<StudyRun> {
    let norm = NormScene::new(parameters, LONGEST_STEP_S, Level::best());
    let studies: Vec<(usize, &Study)> = evidence.studies.iter().enumerate().collect();
    studies
        .into_par_iter()
        .map(|(number, study)| {
            let asked = evidence.patterns.iter().map(|it| match it.statistic {
                Statistic::Correlation { measures, condition } if it.study == number => Some((measures, condition)),
                _ => None,
            });
            let it = one(&study.scenario, parameters, norm, &asked.collect::<Vec<_>>());
            done();
            it
        })
        .collect()
}

type Asked = Option<([Measure; 2], usize)>;

fn one(scenario: &Scenario, parameters: &Parameters, norm: NormScene, asked: &[Asked]) -> StudyRun {
    let experiment = Experiment {
        scenario,
        parameters,
        norm,
        level: Level::best(),
    };
    let mut sums = vec![Sums::default(); asked.len()];
    let never = AtomicBool::new(false);
    let tallies = experiment.run(
        &never,
        &|_| {},
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
        Err(Ended::Stopped) => unreachable!("nobody stops it"),
        Err(Ended::Kept(never)) => match never {},
    };
    StudyRun {
        tallies,
        correlations: sums.iter().map(Sums::correlation).collect(),
    }
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
            let (x, y) = (value(played, measures[0], person)?, value(played, measures[1], person)?);
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

/// A measure of one person; none if a single encounter does not have it.
fn value(played: &Played, measure: Measure, person: usize) -> Option<f64> {
    let column = |it| Some(f64::from(played.records.column(it)[person]));
    let did = |outcome| Some(f64::from(u8::from(played.records.outcomes[person] == outcome)));
    let scales = || {
        played
            .cast
            .people
            .scales(Population::norm(), person, played.cast.traits_of(person))
    };
    match measure {
        Measure::Helped => did(Outcome::Helped),
        Measure::Punished => did(Outcome::Punished),
        Measure::Amount => Some(amount(played.condition, played.records.column(Column::Help)[person])),
        Measure::Latency => column(Column::LatencyS),
        Measure::NegativeAffect => column(Column::NegativeAffect),
        Measure::PositiveAffect => column(Column::PositiveAffect),
        Measure::EmpathyRating => column(Column::EmpathyRating),
        Measure::Accuracy => column(Column::Accuracy),
        Measure::TheoryOfMind => column(Column::TheoryOfMind),
        Measure::PersonalDistress => column(Column::PersonalDistress),
        Measure::Compassion => column(Column::Compassion),
        Measure::IriPt => Some(scales().iri_pt),
        Measure::IriEc => Some(scales().iri_ec),
        Measure::IriPd => Some(scales().iri_pd),
        Measure::IriFs => Some(scales().iri_fs),
        Measure::ErqReappraisal => Some(scales().erq_reappraisal),
        Measure::ErqSuppression => Some(scales().erq_suppression),
        Measure::SelfReportedCompassion => Some(self_reported_compassion(played.cast, person)),
        _ => {
            let (readout, _) = READOUTS.into_iter().find(|(_, it)| *it == measure)?;
            Some(played.cast.living.as_ref()?.readouts[person][readout as usize])
        }
    }
}

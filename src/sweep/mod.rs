//! A sweep: a scenario at many points, the same people with the same luck at each of them, so that curves are smooth.
//!
//! Which points there are says [`crate::analysis::vary`]; here each of them becomes a scenario and a parameter set, is run, and answers with [`Row`]s.
//! Nothing here touches files; whoever takes the answers gets them in the order of the points, whatever the number of threads.

mod rows;
pub mod sensitivity;

pub use rows::{Measures, Row};

use crate::analysis::vary::{Points, Varied};
use crate::document::{Note, Problems, Source};
use crate::engine::driver::{Ended, drive};
use crate::engine::monitor::{Monitor, Silent, Stopped};
use crate::model::parameters::Parameters;
use crate::parameters::{Entries, values};
use crate::programs;
use crate::scenario::{self, KeyError, Scenario, Target};
use std::convert::Infallible;
use std::ops::Range;

/// The flag under which messages show what is varied.
pub const FLAG: &str = "--vary";

/// Values of a key that are tried before it is said that none of them is possible.
const TRIED: u64 = 64;

/// A scenario, and the points at which it is run.
#[derive(Debug, Clone, PartialEq)]
pub struct Sweep {
    /// The file, with what is changed in it at all points.
    source: Source,
    /// What the file is where nothing is varied.
    base: Scenario,
    entries: Entries,
    parameters: Parameters,
    targets: Vec<Target>,
    points: Points,
    measures: Vec<crate::registry::Measure>,
}

/// What a point has answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// Number of the point, from 0.
    pub point: u64,
    /// The values of the keys.
    pub values: Vec<String>,
    /// What was found there, or why the point cannot be run.
    pub found: Result<Vec<Row>, String>,
}

/// What all points have answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Answers {
    /// What is varied.
    pub keys: Vec<Varied>,
    /// The measures they answer with.
    pub measures: Vec<crate::registry::Measure>,
    /// The answers, in the order of the points.
    pub answers: Vec<Answer>,
}

/// Why there is nothing to run.
#[derive(Debug, thiserror::Error)]
pub enum SweepError {
    /// A key cannot be varied.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// No value of a key makes a valid file; what is wrong with the first of them.
    #[error(transparent)]
    NoValue(Box<Problems>),
    /// No value of a parameter is possible.
    #[error("no value of `{key}` is possible: {problem}")]
    NoParameter {
        /// The key.
        key: String,
        /// What is wrong with the first of them.
        problem: String,
    },
}

/// A scenario and its parameters at one point.
struct Place {
    scenario: Scenario,
    parameters: Option<Parameters>,
}

/// Why there is none.
enum Impossible {
    File(Box<Problems>),
    Parameter(String),
}

impl Sweep {
    /// A file that was read as `base`, with a parameter file, at some points.
    ///
    /// # Errors
    ///
    /// [`SweepError`] if a key is not known, or none of its values is possible.
    pub fn new(
        source: Source,
        base: Scenario,
        entries: Entries,
        points: Points,
        measures: &Measures,
    ) -> Result<Self, SweepError> {
        let targets = points.keys().iter().map(|key| Target::new(&key.key, &base, &entries));
        let this = Self {
            targets: targets.collect::<Result<_, _>>()?,
            parameters: values(&entries).expect("entries that were read are complete"),
            measures: measures.of(&base),
            source,
            base,
            entries,
            points,
        };
        this.check_keys()?;
        Ok(this)
    }

    /// A file that was read as `base`, over the key of its `[vary]`; none where it has none.
    ///
    /// # Errors
    ///
    /// [`SweepError`] if the key is none of these parameters.
    pub fn over(source: Source, base: &Scenario, entries: &Entries) -> Result<Option<Self>, SweepError> {
        let Some(vary) = &base.vary else {
            return Ok(None);
        };
        let points = Points::along(vary);
        Self::new(source, base.clone(), entries.clone(), points, &Measures::Asked).map(Some)
    }

    /// The points.
    pub fn points(&self) -> &Points {
        &self.points
    }

    /// The scenario where nothing is varied.
    pub fn base(&self) -> &Scenario {
        &self.base
    }

    /// The measures that points answer with, of those that their conditions have.
    pub fn measures(&self) -> &[crate::registry::Measure] {
        &self.measures
    }

    /// What a person should know about the keys that are varied, such as conditions with values of their own.
    pub fn notes(&self) -> Vec<Note> {
        let valid = (0..self.points.count().min(TRIED)).find_map(|point| {
            let source = self.source_at(&self.points.at(point));
            scenario::read_at_a_point(&source, programs::builtin()).ok()
        });
        let varied = |note: &Note| {
            note.span
                .as_ref()
                .is_some_and(|span| self.source.text().len() < span.start)
        };
        valid.map_or_else(Vec::new, |(_, notes)| notes.into_iter().filter(varied).collect())
    }

    /// Runs points; `take` gets their answers in order.
    ///
    /// # Errors
    ///
    /// [`Ended::Stopped`] once the monitor asks for it; whatever `take` says.
    pub fn run<E>(
        &self,
        points: Range<u64>,
        monitor: &dyn Monitor,
        take: impl FnMut(Answer) -> Result<(), E>,
    ) -> Result<(), Ended<E>> {
        #[expect(clippy::cast_possible_truncation, reason = "at most ten million points")]
        let count = points.end.saturating_sub(points.start) as usize;
        let work = |number: usize| self.answer(points.start + number as u64, &Silent(monitor));
        drive(count, "points", monitor, work, take)
    }

    /// The answers of all points.
    ///
    /// # Errors
    ///
    /// [`Stopped`] once the monitor asks for it.
    pub fn answers(&self, monitor: &dyn Monitor) -> Result<Answers, Stopped> {
        let mut answers = Vec::new();
        let take = |answer| {
            answers.push(answer);
            Ok::<(), Infallible>(())
        };
        match self.run(0..self.points.count(), monitor, take) {
            Ok(()) => {}
            Err(Ended::Stopped(stopped)) => return Err(stopped),
            Err(Ended::Kept(never)) => match never {},
        }
        Ok(Answers {
            keys: self.points.keys().to_vec(),
            measures: self.measures.clone(),
            answers,
        })
    }

    /// What one point answers.
    ///
    /// # Errors
    ///
    /// [`Stopped`] once the monitor asks for it.
    pub fn answer(&self, point: u64, monitor: &dyn Monitor) -> Result<Answer, Stopped> {
        let values = self.points.at(point);
        let found = match self.place(&values) {
            Ok(place) => {
                let parameters = place.parameters.as_ref().unwrap_or(&self.parameters);
                Ok(rows::rows(&place.scenario, parameters, &self.measures, monitor)?)
            }
            Err(Impossible::Parameter(problem)) => Err(problem),
            Err(Impossible::File(problems)) => Err(problems
                .list()
                .first()
                .map_or_else(String::new, |problem| problem.message.clone())),
        };
        Ok(Answer { point, values, found })
    }

    fn place(&self, values: &[String]) -> Result<Place, Impossible> {
        let mut changed = Vec::new();
        for (target, value) in self.targets.iter().zip(values) {
            if let Target::Parameter { process, name } = target {
                let value = self.entries[process][name].read(value).map_err(Impossible::Parameter)?;
                changed.push(((process.as_str(), name.as_str()), value));
            }
        }
        let parameters = (!changed.is_empty()).then(|| crate::parameters::with_values(&self.parameters, changed));
        let scenario = if self.targets.iter().any(|target| matches!(target, Target::Scenario(_))) {
            let read = scenario::read_at_a_point(&self.source_at(values), programs::builtin());
            read.map_err(|problems| Impossible::File(Box::new(problems)))?.0
        } else {
            self.base.clone()
        };
        Ok(Place { scenario, parameters })
    }

    /// The file with the values of a point.
    fn source_at(&self, values: &[String]) -> Source {
        let mut source = self.source.clone();
        for (target, value) in self.targets.iter().zip(values) {
            if let Target::Scenario(key) = target {
                source.push_argument(FLAG, &format!("{key}={value}"));
            }
        }
        source
    }

    /// Refuses a key of which no value is possible where everything else is as in the file: it is unknown, misspelt, or out of its range.
    fn check_keys(&self) -> Result<(), SweepError> {
        for (number, key) in self.points.keys().iter().enumerate() {
            let Ok(alone) = Points::of_one(key) else {
                continue;
            };
            let mut first = None;
            let possible = (0..alone.count().min(TRIED)).any(|point| {
                let only = Self {
                    targets: vec![self.targets[number].clone()],
                    ..self.clone()
                };
                let tried = only.place(&alone.at(point));
                match tried {
                    Ok(_) => true,
                    Err(impossible) => {
                        first.get_or_insert(impossible);
                        false
                    }
                }
            });
            match first.filter(|_| !possible) {
                Some(Impossible::File(problems)) => return Err(SweepError::NoValue(problems)),
                Some(Impossible::Parameter(problem)) => {
                    let key = key.key.clone();
                    return Err(SweepError::NoParameter { key, problem });
                }
                None => {}
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;

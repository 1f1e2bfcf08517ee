//! Which inputs carry an answer: all of them screened with few runs (Morris), then those that matter most with many (Sobol').
//!
//! The answer is one difference between two conditions; inputs are parameters, keys of the situation, traits, or single keys, each with a range.

use super::{Answer, Impossible, Measures, Row, Sweep, SweepError};
use crate::analysis::morris::{Screened, Trajectories};
use crate::analysis::sobol::{Index, MOST_INPUTS, Samples};
use crate::analysis::vary::{Points, Values, Varied};
use crate::document::{Kind, Source};
use crate::engine::driver::Ended;
use crate::engine::monitor::{Monitor, Stopped};
use crate::model::agent::Trait;
use crate::parameters::{Entries, Entry};
use crate::registry::Measure;
use crate::scenario::Scenario;
use crate::scenario::keys::KEYS;
use std::convert::Infallible;

/// How far an assumption is varied: by this part of its value to either side.
pub const PART_OF_AN_ASSUMPTION: f64 = 0.5;

/// How far an assumption of zero is varied: by this part of the range that makes sense.
const PART_OF_A_RANGE: f64 = 0.1;

/// How far the mean of a trait is varied to either side, in SD.
const TRAIT_SD: f64 = 1.0;

/// An input and its range.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// The key, as [`crate::analysis::vary`] has it.
    pub key: String,
    /// The lowest value.
    pub low: f64,
    /// The highest value.
    pub high: f64,
    /// What it is where nothing is varied, if it is one number.
    pub value: Option<f64>,
    /// Why it is varied so far.
    pub reason: &'static str,
}

impl Input {
    fn varied(&self) -> Varied {
        Varied {
            key: self.key.clone(),
            values: Values::Range {
                low: self.low,
                high: self.high,
                whole: false,
            },
        }
    }
}

/// What is varied.
#[derive(Debug, Clone, PartialEq)]
pub enum Over {
    /// Every parameter whose source is "assumption".
    Assumptions,
    /// Every parameter.
    Parameters,
    /// Every key of the situation that is a share or a mood.
    Situation,
    /// The mean of every trait.
    Traits,
    /// One key.
    Key(Varied),
}

/// The inputs that are meant, each once, in the order of the files that have them.
pub fn inputs(over: &[Over], entries: &Entries) -> Vec<Input> {
    let mut all: Vec<Input> = Vec::new();
    for over in over {
        let these = match over {
            Over::Assumptions => parameters(entries, |entry| entry.source == "assumption"),
            Over::Parameters => parameters(entries, |_| true),
            Over::Situation => KEYS.iter().filter_map(of_situation).collect(),
            Over::Traits => Trait::ALL.into_iter().map(of_trait).collect(),
            Over::Key(key) => of_key(key).into_iter().collect(),
        };
        for input in these {
            if !all.iter().any(|known| known.key == input.key) {
                all.push(input);
            }
        }
    }
    all
}

fn parameters(entries: &Entries, wanted: impl Fn(&Entry) -> bool) -> Vec<Input> {
    let named = entries
        .iter()
        .flat_map(|(process, entries)| entries.iter().map(move |(name, entry)| (process, name, entry)));
    named
        .filter(|(_, _, entry)| wanted(entry))
        .map(|(process, name, entry)| {
            let ([low, high], reason) = range(entry);
            Input {
                key: format!("parameters.{process}.{name}"),
                low,
                high,
                value: Some(entry.value),
                reason,
            }
        })
        .filter(|input| input.low < input.high)
        .collect()
}

/// The plausible range of a parameter, and the rule that gives it: the interval of its fit; else half its value to either side, since what is
/// assumed is known in its order of magnitude and no better; never beyond what makes sense.
fn range(entry: &Entry) -> ([f64; 2], &'static str) {
    let [least, most] = entry.range;
    let within = |[low, high]: [f64; 2]| [low.clamp(least, most), high.clamp(least, most)];
    if let Some(interval) = entry.interval {
        return (within(interval), "the 95 % interval of its fit");
    }
    let reach = PART_OF_AN_ASSUMPTION * entry.value.abs();
    if reach > 0.0 {
        let around = [entry.value - reach, entry.value + reach];
        return (within(around), "half its value to either side");
    }
    let reach = PART_OF_A_RANGE * (most - least);
    (
        within([-reach, reach]),
        "a tenth of the range that makes sense, to either side of zero",
    )
}

fn of_situation(key: &crate::document::Key) -> Option<Input> {
    let Kind::Number(range) = key.kind else {
        return None;
    };
    let is_share = range.high == 1.0 && (range.low == 0.0 || range.low == -1.0);
    (key.parent() == "situation" && is_share).then(|| Input {
        key: key.path.to_owned(),
        low: range.low,
        high: range.high,
        value: None,
        reason: "all that a scene can be",
    })
}

fn of_trait(of: Trait) -> Input {
    Input {
        key: format!("population.{}.mean", of.key()),
        low: -TRAIT_SD,
        high: TRAIT_SD,
        value: None,
        reason: "one SD of the population to either side of the norm",
    }
}

fn of_key(key: &Varied) -> Option<Input> {
    let Values::Range { low, high, .. } = key.values else {
        return None;
    };
    Some(Input {
        key: key.key.clone(),
        low,
        high,
        value: None,
        reason: "as asked for",
    })
}

/// The difference that is asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The condition that is expected to differ.
    pub treatment: String,
    /// The condition that it is compared with.
    pub control: String,
    /// In what.
    pub measure: Measure,
}

impl Question {
    /// What a file asks first; helping of its second condition against its first where no contrast asks anything.
    pub fn first(scenario: &Scenario) -> Option<Self> {
        let name = |number: usize| scenario.conditions[number].name.clone();
        let contrast = scenario.contrasts.first().map(|contrast| Self {
            treatment: name(contrast.treatment),
            control: name(contrast.control),
            measure: contrast.measure,
        });
        let of_two = || Self {
            treatment: name(1),
            control: name(0),
            measure: Measure::Helped,
        };
        contrast.or_else(|| (scenario.conditions.len() > 1).then(of_two))
    }

    /// Its answer among the rows of a point; the other way round where they are.
    fn answer(&self, rows: &[Row]) -> Option<f64> {
        let of = |treatment: &str, control: &str| {
            rows.iter().rfind(|row| {
                row.measure == self.measure
                    && row.condition == treatment
                    && row.compared_with.as_deref() == Some(control)
            })
        };
        let level = |condition: &str| {
            let mut levels = rows.iter().rev();
            let found = levels
                .find(|row| row.measure == self.measure && row.condition == condition && row.compared_with.is_none());
            found.map(|row| row.estimate.value)
        };
        of(&self.treatment, &self.control)
            .map(|row| row.estimate.value)
            .or_else(|| of(&self.control, &self.treatment).map(|row| -row.estimate.value))
            .or_else(|| Some(level(&self.treatment)? - level(&self.control)?))
    }
}

/// How much is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effort {
    /// Ways through all inputs for the screening.
    pub ways: u32,
    /// How many of the inputs that matter most get indices.
    pub kept: usize,
    /// Rows of the samples for the indices; none with 0.
    pub rows: u32,
}

impl Effort {
    /// How many of these inputs get indices.
    fn kept(&self, inputs: usize) -> usize {
        inputs.min(self.kept).min(MOST_INPUTS)
    }

    /// Points in all, with the one where nothing is varied.
    pub fn points(&self, inputs: usize) -> u64 {
        let (ways, rows, kept) = (u64::from(self.ways), u64::from(self.rows), self.kept(inputs) as u64);
        let samples = if kept > 0 { rows * (kept + 2) } else { 0 };
        ways * (inputs as u64 + 1) + samples + 1
    }
}

/// What an input carries.
#[derive(Debug, Clone, PartialEq)]
pub struct Carried {
    /// The input.
    pub input: Input,
    /// What the screening says; none where the answer is missing.
    pub screened: Option<Screened>,
    /// Which share of the variance it carries among those that were kept; none of the others.
    pub index: Option<Index>,
}

/// What carries an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Sensitivity {
    /// The question.
    pub question: Question,
    /// The answer where nothing is varied; none if there is none.
    pub base: Option<f64>,
    /// The inputs, those that move the answer most first.
    pub inputs: Vec<Carried>,
    /// The answers of the screening that are there.
    pub answers: Vec<f64>,
    /// Runs in all.
    pub runs: usize,
}

/// What was answered before an interruption, and who keeps what is answered from then on.
pub struct Answered<'a, E> {
    /// The answers of the first points, in their order; none of a point that has none.
    pub known: &'a [Option<f64>],
    /// Takes the answers of all points behind them, in order.
    pub keep: &'a mut dyn FnMut(Option<f64>) -> Result<(), E>,
}

impl<E> Answered<'_, E> {
    /// The known answers of the next points, at most as many as these.
    fn next(&mut self, points: usize) -> Vec<Option<f64>> {
        let (next, later) = self.known.split_at(points.min(self.known.len()));
        self.known = later;
        next.to_vec()
    }
}

/// Why it cannot be said what carries an answer.
#[derive(Debug, thiserror::Error)]
pub enum SensitivityError<E = Infallible> {
    /// There is nothing to vary.
    #[error(
        "there is nothing to vary: no input has a range; `--over` takes assumptions, parameters, situation, traits or KEY=low..high"
    )]
    NoInputs,
    /// A key cannot be varied.
    #[error(transparent)]
    Sweep(#[from] SweepError),
    /// An end of a range makes no valid file, so that shares of the variance would be those of what is left.
    #[error("`{key}` cannot be {value}: {problem}")]
    Beyond {
        /// The key.
        key: String,
        /// The end of its range.
        value: String,
        /// What is wrong there.
        problem: String,
    },
    /// It was stopped.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// Answers could not be kept.
    #[error("answers could not be kept")]
    Kept(E),
}

/// The file with its parameters.
#[derive(Debug, Clone)]
pub struct Studied {
    /// The text.
    pub source: Source,
    /// What it says.
    pub scenario: Scenario,
    /// The parameters.
    pub entries: Entries,
}

impl Studied {
    /// Which of these inputs carry the answer to a question.
    ///
    /// # Errors
    ///
    /// [`SensitivityError`].
    pub fn sensitivity(
        &self,
        inputs: &[Input],
        question: Question,
        effort: Effort,
        monitor: &dyn Monitor,
    ) -> Result<Sensitivity, SensitivityError> {
        let answered = Answered {
            known: &[],
            keep: &mut |_| Ok(()),
        };
        self.going_on(inputs, question, effort, monitor, answered)
    }

    /// As [`Studied::sensitivity`], going on with what was answered before.
    ///
    /// # Errors
    ///
    /// [`SensitivityError`]; whatever the keeper of answers says.
    pub fn going_on<E>(
        &self,
        inputs: &[Input],
        question: Question,
        effort: Effort,
        monitor: &dyn Monitor,
        mut answered: Answered<E>,
    ) -> Result<Sensitivity, SensitivityError<E>> {
        if inputs.is_empty() {
            return Err(SensitivityError::NoInputs);
        }
        self.check_ends(inputs, &question)?;
        let seed = self.scenario.run.seed;
        let ways = Trajectories::new(inputs.len(), effort.ways, seed);
        let answers = self.answers(inputs, ways.points(), &question, monitor, &mut answered)?;
        let screened = ways.screen(&answers);
        let moved = |number: &usize| screened[*number].map_or(-1.0, |screened| screened.mean_absolute);
        let mut order: Vec<usize> = (0..inputs.len()).collect();
        order.sort_by(|one, other| moved(other).total_cmp(&moved(one)).then(one.cmp(other)));
        let kept = &order[..effort.kept(inputs.len())];
        let mut runs = answers.len();
        let mut indices = None;
        if effort.rows > 0 && !kept.is_empty() {
            let kept: Vec<Input> = kept.iter().map(|number| inputs[*number].clone()).collect();
            let samples = Samples::new(kept.len(), effort.rows, seed);
            let answers = self.answers(&kept, samples.points(), &question, monitor, &mut answered)?;
            runs += answers.len();
            indices = samples.indices(&answers, seed);
        }
        let carried = order.iter().enumerate().map(|(place, number)| Carried {
            input: inputs[*number].clone(),
            screened: screened[*number],
            index: indices.as_ref().and_then(|indices| indices.get(place).copied()),
        });
        let base = self.answers(&[], &[Vec::new()], &question, monitor, &mut answered)?;
        Ok(Sensitivity {
            base: base.into_iter().next().flatten(),
            inputs: carried.collect(),
            answers: answers.into_iter().flatten().collect(),
            question,
            runs: runs + 1,
        })
    }

    /// Refuses a range of which an end makes no valid file.
    fn check_ends<E>(&self, inputs: &[Input], question: &Question) -> Result<(), SensitivityError<E>> {
        for input in inputs {
            let points = Points::placed(vec![input.varied()], vec![vec![0.0], vec![1.0]]);
            let sweep = self.sweep(points, question)?;
            for point in 0..2 {
                let values = sweep.points.at(point);
                let problem = match sweep.place(&values) {
                    Ok(_) => continue,
                    Err(Impossible::Parameter(problem)) => problem,
                    Err(Impossible::File(problems)) => problems.list()[0].message.clone(),
                };
                return Err(SensitivityError::Beyond {
                    key: input.key.clone(),
                    value: values[0].clone(),
                    problem,
                });
            }
        }
        Ok(())
    }

    fn sweep(&self, points: Points, question: &Question) -> Result<Sweep, SweepError> {
        let measures = Measures::These(vec![question.measure]);
        let (source, scenario) = (self.source.clone(), self.scenario.clone());
        Sweep::new(source, scenario, self.entries.clone(), points, &measures)
    }

    /// The answers at points of the unit cube; none where there is none.
    fn answers<E>(
        &self,
        inputs: &[Input],
        places: &[Vec<f64>],
        question: &Question,
        monitor: &dyn Monitor,
        answered: &mut Answered<E>,
    ) -> Result<Vec<Option<f64>>, SensitivityError<E>> {
        let mut answers = answered.next(places.len());
        let points = Points::placed(inputs.iter().map(Input::varied).collect(), places.to_vec());
        let left = answers.len() as u64..points.count();
        let sweep = self.sweep(points, question)?;
        let take = |answer: Answer| {
            let answer = answer.found.ok().and_then(|rows| question.answer(&rows));
            answers.push(answer);
            (answered.keep)(answer)
        };
        match sweep.run(left, monitor, take) {
            Ok(()) => Ok(answers),
            Err(Ended::Stopped(stopped)) => Err(stopped.into()),
            Err(Ended::Kept(error)) => Err(SensitivityError::Kept(error)),
        }
    }
}

impl Sensitivity {
    /// How many answers of the screening have the direction of the one where nothing is varied.
    pub fn same_direction(&self) -> usize {
        let base = self.base.unwrap_or_default();
        self.answers.iter().filter(|answer| **answer * base > 0.0).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::monitor::Unwatched;
    use crate::parameters::shipped_entries;
    use crate::programs;
    use crate::scenario::read;

    const TEXT: &str = r#"
title = "t"
[run]
agents = 200
[[condition]]
name = "far"
situation = { closeness = 0.1 }
[[condition]]
name = "near"
situation = { closeness = 0.9 }
"#;

    fn studied() -> Studied {
        let source = Source::new("t.toml", TEXT);
        let (scenario, _) = read(&source, programs::builtin(), None).unwrap();
        Studied {
            source,
            scenario,
            entries: shipped_entries().clone(),
        }
    }

    fn key(text: &str) -> Over {
        Over::Key(Varied::read(text, true).unwrap())
    }

    #[test]
    fn every_assumption_has_a_range_around_its_value_and_within_what_makes_sense() {
        let entries = shipped_entries();
        let all = inputs(&[Over::Assumptions], entries);
        let assumed = entries.values().flat_map(|entries| entries.values());
        let assumed = assumed.filter(|entry| entry.source == "assumption").count();
        assert_eq!(all.len(), assumed, "none is left out");
        for input in &all {
            let value = input.value.unwrap();
            assert!(input.low < input.high, "{input:?}");
            assert!((input.low..=input.high).contains(&value), "{input:?}");
        }
        assert!(inputs(&[Over::Parameters], entries).len() > all.len());
        let twice = inputs(&[Over::Assumptions, Over::Parameters, Over::Assumptions], entries);
        assert_eq!(twice.len(), inputs(&[Over::Parameters], entries).len(), "each once");
        assert_eq!(inputs(&[Over::Traits], entries).len(), Trait::COUNT);
        let situation = inputs(&[Over::Situation], entries);
        assert!(situation.iter().any(|input| input.key == "situation.escape"));
        assert!(situation.iter().all(|input| input.key != "situation.window_s"));
    }

    /// A key that is hardly varied moves the answer less than the need does.
    #[test]
    fn an_input_that_matters_comes_before_one_that_does_not() {
        let studied = studied();
        let inputs = inputs(
            &[key("situation.evaluation=0.30..0.31"), key("situation.need=0.1..0.9")],
            &studied.entries,
        );
        let question = Question::first(&studied.scenario).unwrap();
        assert_eq!(
            (question.treatment.as_str(), question.control.as_str()),
            ("near", "far")
        );
        let effort = Effort {
            ways: 4,
            kept: 2,
            rows: 16,
        };
        let found = studied.sensitivity(&inputs, question, effort, &Unwatched).unwrap();
        assert_eq!(found.inputs[0].input.key, "situation.need");
        assert_eq!(found.runs, 4 * 3 + 16 * 4 + 1);
        assert_eq!(effort.points(2), found.runs as u64);
        assert!(found.base.unwrap() > 0.0);
        assert!(found.inputs[0].index.unwrap().total.value > 0.8, "{found:?}");
        // Wherever it was interrupted, going on ends with the same.
        let mut kept = Vec::new();
        let mut keep = |answer| {
            kept.push(answer);
            Ok::<(), Infallible>(())
        };
        let going_on = |known: &[Option<f64>], keep: &mut dyn FnMut(Option<f64>) -> Result<(), Infallible>| {
            let (question, answered) = (found.question.clone(), Answered { known, keep });
            studied
                .going_on(&inputs, question, effort, &Unwatched, answered)
                .unwrap()
        };
        assert_eq!(going_on(&[], &mut keep), found);
        assert_eq!(kept.len(), found.runs);
        for known in [1, 11, 12, 13, 40, 76, 77] {
            let mut rest = Vec::new();
            let mut keep = |answer| {
                rest.push(answer);
                Ok(())
            };
            assert_eq!(going_on(&kept[..known], &mut keep), found, "after {known}");
            assert_eq!(rest, kept[known..]);
        }
        let bad = studied.sensitivity(&[], Question::first(&studied.scenario).unwrap(), effort, &Unwatched);
        assert!(matches!(bad, Err(SensitivityError::NoInputs)));
    }
}

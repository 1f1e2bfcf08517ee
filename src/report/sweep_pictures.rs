//! The charts of a sweep: lines over one key, panels over several, a map over two numbers.

mod words;

use super::key_words::{key_at_an_axis, key_in_words};
use super::pictures::{everybody, frame};
use super::sweep_table::SweepRead;
use crate::analysis::vary::Varied;
use crate::charts::curves::{self, Along, CurvesData, CurvesPanel};
use crate::charts::heat_map::{self, Colouring, HeatMap, HeatMapData};
use crate::charts::{ChartError, Picture, estimate};
use crate::document::in_words;
use crate::registry::Measure;
use crate::scenario::Scenario;
use crate::statistics::{Estimate, middle_95};
use crate::sweep::{Answer, Row};
use crate::wording::{capital, listed};
use std::collections::BTreeMap;

/// Panels that a chart has at most.
const MOST_PANELS: usize = 12;

/// Lines that a panel has at most.
const MOST_LINES: usize = 14;

/// Values of a key from which on two of them make a map.
const MAP_FROM: usize = 3;

/// Seeds whose spread is drawn instead of the interval of one.
const SPREAD_FROM: usize = 5;

/// What of a table is drawn: levels of conditions, or differences between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Level,
    Difference,
}

/// The answers of one kind in one measure, arranged by what is varied.
struct Arranged {
    measure: Measure,
    kind: Kind,
    /// Keys that have several values, but for the seed unless it is the only one.
    keys: Vec<Axis>,
    lines: Vec<String>,
    /// By the places on `keys`, for each line its answers, one for each seed.
    cells: BTreeMap<Vec<usize>, Vec<Vec<Estimate>>>,
    seeds: usize,
}

/// A key and the values that it has.
struct Axis {
    /// Its number among all keys.
    key: usize,
    /// In a sentence.
    name: String,
    /// At the axis: what it means, and its unit.
    title: String,
    values: Vec<String>,
    /// Where among them a value stands.
    places: BTreeMap<String, usize>,
    /// The values as numbers, rising; none if one of them is none.
    numbers: Option<Vec<f64>>,
}

impl Axis {
    fn new(name: &str, key: usize, answers: &[Answer]) -> Self {
        let mut values: Vec<String> = Vec::new();
        let mut known = std::collections::BTreeSet::new();
        for answer in answers {
            if known.insert(answer.values[key].as_str()) {
                values.push(answer.values[key].clone());
            }
        }
        let read = |value: &String| value.replace('_', "").parse::<f64>().ok();
        let numbers: Option<Vec<f64>> = values.iter().map(read).collect();
        let numbers = numbers.map(|mut numbers| {
            values.sort_by(|one, other| {
                read(one)
                    .unwrap_or_default()
                    .total_cmp(&read(other).unwrap_or_default())
            });
            numbers.sort_by(f64::total_cmp);
            numbers
        });
        Self {
            key,
            places: values.iter().cloned().zip(0..).collect(),
            name: key_in_words(name),
            title: key_at_an_axis(name),
            values,
            numbers,
        }
    }

    fn at(&self, value: &str) -> usize {
        self.places.get(value).copied().unwrap_or_default()
    }

    fn along(&self) -> Along {
        self.numbers
            .clone()
            .map_or_else(|| Along::Names(self.values.clone()), Along::Numbers)
    }
}

/// What a table says of one measure, as the charts and sentences of a sweep ask for it.
pub struct SweepOf<'s> {
    scenario: &'s Scenario,
    keys: &'s [Varied],
    measure: Measure,
    read: &'s SweepRead,
}

/// What the table of a scenario over some keys says of one measure.
pub fn sweep_of<'s>(scenario: &'s Scenario, keys: &'s [Varied], measure: Measure, read: &'s SweepRead) -> SweepOf<'s> {
    SweepOf {
        scenario,
        keys,
        measure,
        read,
    }
}

/// The charts of a measure, each with its name: of the conditions, and of the differences between them.
pub fn sweep_charts(of: &SweepOf<'_>) -> Vec<(String, Result<Picture, ChartError>)> {
    let charts = [(Kind::Level, ""), (Kind::Difference, "_difference")];
    let drawn = charts.into_iter().filter_map(|(kind, ending)| {
        let arranged = Arranged::new(of, kind)?;
        let picture = arranged.draw(of.scenario)?;
        Some((format!("{}{ending}", of.measure.key()), picture))
    });
    drawn.collect()
}

impl Arranged {
    /// None where nothing is varied or answered.
    fn new(of: &SweepOf<'_>, kind: Kind) -> Option<Self> {
        let answers = &of.read.answers;
        let all = of.keys;
        let axes = |is_drawn: &dyn Fn(usize) -> bool| -> Vec<Axis> {
            let drawn = (0..all.len()).filter(|key| is_drawn(*key));
            let axes = drawn.map(|key| Axis::new(&all[key].key, key, answers));
            axes.filter(|axis| axis.values.len() > 1).collect()
        };
        let mut keys = axes(&|key| !all[key].is_seed());
        let seeds = axes(&|key| all[key].is_seed());
        let count = match &seeds[..] {
            [seed] if !keys.is_empty() => seed.values.len(),
            _ => 1,
        };
        if keys.is_empty() {
            keys = seeds;
        }
        if keys.is_empty() {
            return None;
        }
        let mut this = Self {
            measure: of.measure,
            kind,
            keys,
            lines: Vec::new(),
            cells: BTreeMap::new(),
            seeds: count,
        };
        answers.iter().for_each(|answer| this.add(answer));
        (!this.lines.is_empty()).then_some(this)
    }

    fn add(&mut self, answer: &Answer) {
        let Ok(rows) = &answer.found else {
            return;
        };
        let place: Vec<usize> = self.keys.iter().map(|axis| axis.at(&answer.values[axis.key])).collect();
        // Of several weeks the last one stands.
        let mut lines: Vec<(String, Estimate)> = Vec::new();
        let wanted = |row: &&Row| row.compared_with.is_some() == (self.kind == Kind::Difference);
        for row in rows.iter().filter(wanted) {
            let name = match &row.compared_with {
                Some(control) => format!("{} − {control}", row.condition),
                None => row.condition.clone(),
            };
            match lines.iter_mut().find(|(known, _)| *known == name) {
                Some((_, estimate)) => *estimate = row.estimate,
                None => lines.push((name, row.estimate)),
            }
        }
        let factor = self.factor();
        for (name, estimate) in lines {
            let at = self.lines.iter().position(|line| *line == name);
            let at = at.unwrap_or_else(|| {
                self.lines.push(name);
                self.lines.len() - 1
            });
            let cell = self.cells.entry(place.clone()).or_default();
            cell.resize(cell.len().max(at + 1), Vec::new());
            cell[at].push(estimate.times(factor));
        }
    }

    /// Shares are drawn as per cent.
    fn factor(&self) -> f64 {
        if self.measure.is_share() { 100.0 } else { 1.0 }
    }

    /// What the axis of answers is called.
    fn answer(&self) -> String {
        let label = self.measure.in_a_sentence();
        match (self.kind, self.measure.is_share()) {
            (Kind::Level, true) => format!("{label} (%)"),
            (Kind::Difference, true) => format!("difference in {label} (percentage points)"),
            (Kind::Level, false) => format!("{label} ({})", self.measure.row().unit),
            (Kind::Difference, false) => format!("difference in {label} ({})", self.measure.row().unit),
        }
    }

    /// The answer of a line at a place: over several seeds their mean and the middle 95 % of them.
    fn answer_at(&self, place: &[usize], line: usize) -> Option<Estimate> {
        let all = self.cells.get(place)?.get(line)?;
        let [one, ..] = all[..] else {
            return None;
        };
        if all.len() == 1 {
            return Some(one);
        }
        let mean = |of: fn(&Estimate) -> f64| all.iter().map(of).sum::<f64>() / all.len() as f64;
        let values: Vec<f64> = all.iter().map(|answer| answer.value).collect();
        let spread = middle_95(&values).filter(|_| all.len() >= SPREAD_FROM);
        Some(Estimate {
            value: mean(|answer| answer.value),
            lower: spread.map_or_else(|| mean(|answer| answer.lower), |spread| spread.lower),
            upper: spread.map_or_else(|| mean(|answer| answer.upper), |spread| spread.upper),
        })
    }

    /// A chart; none where points are scattered over several keys, so that no two stand on one line.
    fn draw(&self, scenario: &Scenario) -> Option<Result<Picture, ChartError>> {
        let combinations: usize = self.keys.iter().map(|axis| axis.values.len()).product();
        if self.keys.len() > 1 && 2 * self.cells.len() < combinations {
            return None;
        }
        let seeds = match self.seeds {
            1 => "the same people at every point".to_owned(),
            count => format!("means over {count} seeds, the same at every point"),
        };
        let keys: Vec<String> = self.keys.iter().map(|axis| axis.name.clone()).collect();
        let finding = self.finding();
        let finding = finding.unwrap_or_else(|| format!("{} over {}", capital(&self.answer()), listed(&keys)));
        let frame = frame(scenario, finding, &everybody(scenario), &format!(" · {seeds}"));
        let is_map = |axis: &Axis| axis.numbers.is_some() && axis.values.len() >= MAP_FROM;
        match &self.keys[..] {
            [across, up] if is_map(across) && is_map(up) => Some(heat_map::draw(&self.map(across, up), &frame)),
            _ => Some(curves::draw(&self.curves()?, &frame)),
        }
    }

    fn map(&self, across: &Axis, up: &Axis) -> HeatMapData {
        let map = |line: usize| {
            let cells = (0..up.values.len()).flat_map(|row| (0..across.values.len()).map(move |column| [column, row]));
            HeatMap {
                name: self.lines[line].clone(),
                answers: cells.map(|place| Some(self.answer_at(&place, line)?.value)).collect(),
            }
        };
        HeatMapData {
            across: across.title.clone(),
            columns: across.numbers.clone().unwrap_or_default(),
            up: up.title.clone(),
            rows: up.numbers.clone().unwrap_or_default(),
            answer: self.answer(),
            colours: match self.kind {
                Kind::Level => Colouring::Level,
                Kind::Difference => Colouring::Difference,
            },
            maps: (0..self.lines.len().min(MOST_PANELS)).map(map).collect(),
        }
    }

    /// Lines over the number with the most values, or else the first key; a panel for each combination of the others.
    fn curves(&self) -> Option<CurvesData> {
        let numbers = |axis: &Axis| axis.numbers.as_ref().map_or(0, Vec::len);
        let along = (0..self.keys.len()).rev().max_by_key(|key| numbers(&self.keys[*key]))?;
        let mut panels: Vec<Vec<usize>> = vec![Vec::new()];
        for (key, axis) in self.keys.iter().enumerate() {
            let values = if key == along { 0..1 } else { 0..axis.values.len() };
            let grown = panels.iter().flat_map(|place| {
                let values = values.clone();
                values.map(move |value| place.iter().copied().chain([value]).collect())
            });
            panels = grown.collect();
        }
        if panels.len() > MOST_PANELS {
            return None;
        }
        let lines = self.lines.len().min(MOST_LINES);
        let panel = |place: &Vec<usize>| {
            let others = self.keys.iter().enumerate().filter(|(key, _)| *key != along);
            let name: Vec<String> = others
                .map(|(key, axis)| format!("{}: {}", axis.name, in_words(&axis.values[place[key]])))
                .collect();
            let curve = |line: usize| {
                let at = |value: usize| {
                    let mut place = place.clone();
                    place[along] = value;
                    self.answer_at(&place, line)
                };
                (0..self.keys[along].values.len())
                    .map(|value| at(value).map(chart_estimate))
                    .collect()
            };
            CurvesPanel {
                name: name.join(", "),
                curves: (0..lines).map(curve).collect(),
            }
        };
        Some(CurvesData {
            over: self.keys[along].title.clone(),
            along: self.keys[along].along(),
            answer: self.answer(),
            range: (self.kind == Kind::Level && self.measure.is_share()).then_some((0.0, 100.0)),
            band: match self.seeds {
                seeds if seeds >= SPREAD_FROM => format!("band: the middle 95 % of {seeds} seeds"),
                1 => "band: 95 % interval".to_owned(),
                _ => "band: 95 % interval, mean over seeds".to_owned(),
            },
            lines: self.lines[..lines].to_vec(),
            panels: panels.iter().map(panel).collect(),
        })
    }
}

fn chart_estimate(answer: Estimate) -> estimate::Estimate {
    estimate::Estimate {
        value: answer.value,
        lower: answer.lower,
        upper: answer.upper,
    }
}

//! What was believed of each free parameter before the fit.
//!
//! Free parameters are the entries of the file of priors; everything else keeps its value. The search works in the prior's own unit: a
//! coordinate `x` of 0 is the centre, 1 is one spread above it.
//!
//! ```text
//! value = centre · exp(spread · x)   (scale "log")        value = centre + spread · x   (scale "linear")
//! ```
//!
//! Values stay in the range that the parameter file allows; beyond it [`Priors::excess`] grows, so that the search turns back.

use crate::document::{Choice, Data, Interval, Key, Kind, Problem, Problems, Section, Source, nearest, parse, shown};
use crate::model::parameters::Parameters;
use crate::parameters::{Entries, with_values};

/// The priors that ship with the program.
pub const SHIPPED: &str = include_str!("priors.toml");

const KEYS: &[Key] = &[
    Key::new(
        "<parameter>.centre",
        Kind::Number(Interval::FINITE),
        "the most plausible value, in the parameter's unit",
    )
    .required(),
    Key::new(
        "<parameter>.spread",
        Kind::Number(Interval::above(0.0, f64::MAX)),
        "one standard deviation",
    )
    .required(),
    Key::new(
        "<parameter>.scale",
        Kind::Choice(Scale::WORDS),
        "on which scale the prior is normal",
    )
    .required(),
    Key::new(
        "<parameter>.reason",
        Kind::Line,
        "why, without the cells that the fit uses",
    )
    .required(),
];

const SEEN_KEYS: &[Key] = &[Key::new(
    "<constant>.seen",
    Kind::Line,
    "what was done to a constant after its effect on the cells had been seen",
)
.required()];

/// On which scale a prior is normal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// On the natural logarithm.
    Log,
    /// On the value itself.
    Linear,
}

impl Choice for Scale {
    const WORDS: &'static [&'static str] = &["log", "linear"];
    const VALUES: &'static [Self] = &[Self::Log, Self::Linear];
}

/// The prior of one parameter.
#[derive(Debug, Clone, PartialEq)]
pub struct Prior {
    /// Process that the parameter belongs to.
    pub process: String,
    /// Name of the parameter.
    pub name: String,
    /// Value at which the prior is centred, in the parameter's unit.
    pub centre: f64,
    /// One standard deviation, on the prior's scale.
    pub spread: f64,
    /// On which scale it is normal.
    pub scale: Scale,
    /// Why.
    pub reason: String,
    /// Smallest and largest value that makes sense.
    pub range: [f64; 2],
}

/// The priors of all free parameters, in the order of their file.
#[derive(Debug, Clone, PartialEq)]
pub struct Priors {
    /// One for each parameter that the fit moves.
    pub list: Vec<Prior>,
    /// `process.name` of each constant that was changed after its effect on the cells had been seen: the fit leaves it, but it is not innocent.
    pub seen: Vec<String>,
}

impl Prior {
    /// `process.name`.
    pub fn key(&self) -> String {
        format!("{}.{}", self.process, self.name)
    }

    /// The value at a coordinate, within the range.
    pub fn value(&self, x: f64) -> f64 {
        self.unbounded(x).clamp(self.range[0], self.range[1])
    }

    /// The coordinate of a value; of the smallest positive number where a logarithm has none.
    pub fn coordinate(&self, value: f64) -> f64 {
        match self.scale {
            Scale::Log => libm::log(value.max(f64::MIN_POSITIVE) / self.centre) / self.spread,
            Scale::Linear => (value - self.centre) / self.spread,
        }
    }

    fn unbounded(&self, x: f64) -> f64 {
        match self.scale {
            Scale::Log => self.centre * libm::exp(self.spread * x),
            Scale::Linear => self.centre + self.spread * x,
        }
    }
}

impl Priors {
    /// The priors that ship with the program.
    ///
    /// # Errors
    ///
    /// If these entries lack one of the parameters.
    pub fn shipped(entries: &Entries) -> Result<Self, Problems> {
        Self::read(&Source::new("priors.toml", SHIPPED), entries)
    }

    /// Reads priors about parameters that exist.
    ///
    /// # Errors
    ///
    /// Every place that is wrong.
    pub fn read(source: &Source, entries: &Entries) -> Result<Self, Problems> {
        let (table, mut problems) = parse(source);
        let (mut list, mut seen) = (Vec::new(), Vec::new());
        for process in &table.entries {
            let Data::Table(names) = &process.value.data else {
                let message = format!("`{}` must be a table of parameters", shown(&process.key));
                problems.push(Problem::new(process.value.span.clone(), message));
                continue;
            };
            for it in &names.entries {
                let Data::Table(inner) = &it.value.data else {
                    let message = format!(
                        "`{}` must be a table with centre, spread, scale and reason",
                        shown(&it.key)
                    );
                    problems.push(Problem::new(it.value.span.clone(), message));
                    continue;
                };
                let Some(entry) = entries.get(&process.key).and_then(|known| known.get(&it.key)) else {
                    let known = entries.values().flat_map(|it| it.keys()).map(String::as_str);
                    let help = nearest(&it.key, known).map(|near| format!("did you mean `{near}`?"));
                    let message = format!("there is no parameter `{}.{}`", shown(&process.key), shown(&it.key));
                    problems.push(Problem::new(it.key_span.clone(), message).maybe_help(help));
                    continue;
                };
                if inner.entries.iter().any(|it| it.key == "seen") {
                    let section = Section::open(inner, &it.value.span, "<constant>", SEEN_KEYS, &mut problems);
                    if section.text("seen", &mut problems).is_some() {
                        seen.push(format!("{}.{}", process.key, it.key));
                    }
                    continue;
                }
                let section = Section::open(inner, &it.value.span, "<parameter>", KEYS, &mut problems);
                let centre = section.number("centre", &mut problems);
                let spread = section.number("spread", &mut problems);
                let scale = section.choice("scale", &mut problems);
                let reason = section.text("reason", &mut problems);
                let (Some(centre), Some(spread), Some(scale), Some(reason)) = (centre, spread, scale, reason) else {
                    continue;
                };
                let [low, high] = entry.range;
                if !(low..=high).contains(&centre) || scale == Scale::Log && centre <= 0.0 {
                    let message = format!(
                        "the centre {centre} lies outside what the parameter may be, [{low}, {high}] and above 0 on a log scale"
                    );
                    problems.push(Problem::new(section.span_of("centre"), message));
                    continue;
                }
                list.push(Prior {
                    process: process.key.clone(),
                    name: it.key.clone(),
                    centre,
                    spread,
                    scale,
                    reason: reason.to_owned(),
                    range: entry.range,
                });
            }
        }
        if problems.is_empty() && list.is_empty() {
            problems.push(Problem::new(0..0, "there is no prior, so no parameter is free"));
        }
        if problems.is_empty() {
            Ok(Self { list, seen })
        } else {
            Err(Problems::new(source.clone(), problems))
        }
    }

    /// Free parameters as a reader should count them: those that the fit moves, and constants changed after their effect had been seen.
    pub fn free(&self) -> usize {
        self.list.len() + self.seen.len()
    }

    /// Number of parameters that the fit moves.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether nothing is free.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The parameter set at a place of the search, everything that is not free as in `base`.
    pub fn parameters(&self, base: &Parameters, place: &[f64]) -> Parameters {
        let values: Vec<f64> = self.list.iter().zip(place).map(|(prior, x)| prior.value(*x)).collect();
        self.with_values(base, &values)
    }

    /// `base` with these values of the free parameters, in the order of the priors.
    ///
    /// # Panics
    ///
    /// If `base` lacks a parameter, which reading the priors excludes.
    pub fn with_values(&self, base: &Parameters, values: &[f64]) -> Parameters {
        let keys = self.list.iter().map(|it| (it.process.as_str(), it.name.as_str()));
        with_values(base, keys.zip(values.iter().copied()))
    }

    /// The place of a parameter set.
    ///
    /// # Panics
    ///
    /// As [`Priors::with_values`].
    pub fn place(&self, parameters: &Parameters) -> Vec<f64> {
        let json = serde_json::to_value(parameters).expect("parameters are numbers");
        let value = |it: &Prior| {
            json[it.process.as_str()][it.name.as_str()]
                .as_f64()
                .expect("a known parameter")
        };
        self.list.iter().map(|it| it.coordinate(value(it))).collect()
    }

    /// −2 ln of the prior density, up to a constant.
    pub fn distance(&self, place: &[f64]) -> f64 {
        place.iter().map(|it| it * it).sum()
    }

    /// How far beyond the ranges a place lies, squared, in spreads.
    pub fn excess(&self, place: &[f64]) -> f64 {
        let beyond = |(prior, x): (&Prior, &f64)| {
            let [low, high] = prior.range;
            let value = prior.unbounded(*x);
            if (low..=high).contains(&value) {
                0.0
            } else {
                let beyond = x - prior.coordinate(value.clamp(low, high));
                beyond * beyond
            }
        };
        self.list.iter().zip(place).map(beyond).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameters::{shipped, shipped_entries};

    fn read(text: &str) -> Result<Priors, String> {
        Priors::read(&Source::new("p.toml", text), shipped_entries()).map_err(|it| it.to_string())
    }

    #[test]
    fn the_shipped_priors_are_about_parameters_and_their_reasons_are_given() {
        let priors = Priors::shipped(shipped_entries()).unwrap();
        assert!(priors.free() <= 25, "{} free parameters", priors.free());
        assert!(priors.list.iter().all(|it| it.reason.len() > 20));
        let place: Vec<f64> = (0..priors.len()).map(|it| 0.1 * it as f64 - 1.0).collect();
        let base = shipped();
        let there = priors.parameters(&base, &place);
        for ((prior, back), x) in priors.list.iter().zip(priors.place(&there)).zip(&place) {
            assert!(
                (back - x).abs() < 1e-9 || prior.excess_of(*x) > 0.0,
                "{}: {x} became {back}",
                prior.key()
            );
        }
        assert!((priors.distance(&[1.0, 2.0]) - 5.0).abs() < 1e-12);
    }

    impl Prior {
        fn excess_of(&self, x: f64) -> f64 {
            let only = Priors {
                seen: Vec::new(),
                list: vec![self.clone()],
            };
            only.excess(&[x])
        }
    }

    #[test]
    fn mistakes_are_shown_where_they_stand() {
        let wrong = "[decision]\nleek = { centre = 0.1, spread = 0.5, scale = \"log\", reason = \"a\" }\nnoise = { centre = 0.1, spread = 0, scale = \"lin\", reason = \"a\" }\n";
        let text = read(wrong).unwrap_err();
        for part in [
            "there is no parameter `decision.leek`",
            "did you mean `leak`?",
            "`spread`",
            "not a choice for `scale`",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert!(read("").unwrap_err().contains("no parameter is free"));
        let outside = "[decision]\nleak = { centre = 5.0, spread = 0.5, scale = \"log\", reason = \"a\" }\n";
        assert!(read(outside).unwrap_err().contains("outside what the parameter may be"));
    }

    #[test]
    fn values_stop_at_their_range_and_the_search_is_told() {
        let priors =
            read("[decision]\nleak = { centre = 0.1, spread = 0.5, scale = \"log\", reason = \"a\" }\n").unwrap();
        // The range ends at 1, which lies ln(10) / 0.5 = 4.605 spreads above the centre.
        assert_eq!(priors.list[0].value(10.0), 1.0);
        assert!((priors.excess(&[5.605_170_186]) - 1.0).abs() < 1e-6);
        assert_eq!(priors.excess(&[4.0]), 0.0);
    }
}

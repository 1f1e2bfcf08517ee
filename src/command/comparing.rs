//! The flags that compare conditions, and the comparison that they ask for.

use super::failure::Failure;
use super::output;
use super::precise::apart;
use super::screen;
use clap::Args;
use compassion::comparison::study::{self, Design};
use compassion::comparison::{Pair, precision, usual_pairs};
use compassion::document::nearest;
use compassion::engine::monitor::{Monitor, Stopped};
use compassion::engine::run::Experiment;
use compassion::scenario::Scenario;
use compassion::wording::thousands;

/// The most people over all replicates (2³¹), which have numbers of 31 bits.
pub(super) const MOST_PEOPLE: u32 = 1 << 31;

/// The finest precision that can be asked for, as a share: 2³¹ people leave differences open by about ten times as much.
const FINEST: f64 = 1e-6;

/// Flags of the comparison.
#[derive(Debug, Args)]
#[command(next_help_heading = "Comparison of the same people")]
pub struct Comparing {
    /// Compare these two conditions, instead of every condition with the first; may be given several times
    #[arg(long, num_args = 2, value_names = ["CONDITION", "WITH"])]
    compare: Vec<String>,
    /// Say through what a difference comes: by which faculty it enters, through which feeling it acts (swapped in and back), and which mechanisms it needs (knocked out)
    #[arg(long)]
    pub paths: bool,
    /// Run more people until the 95 % interval of every compared difference reaches at most this far to either side, for instance 0.01: one point of a hundred in helping, 0.01 SD in another measure that the file asks about
    #[arg(long, value_name = "SHARE", value_parser = share, conflicts_with = "shard")]
    precision: Option<f64>,
    /// The most people per condition that `--precision` may take
    #[arg(long, value_name = "N", default_value = "1000000", requires = "precision",
          value_parser = clap::value_parser!(u32).range(1..=i64::from(MOST_PEOPLE)))]
    at_most: u32,
    /// Draw studies with this many people (or groups) per condition, fresh people in each, and show the spread of their results and their power; `[study]` in the file gives the design: within, unequal arms, attrition
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(2..=1_000_000))]
    as_study: Option<u32>,
    /// How many such studies
    #[arg(long, value_name = "N", default_value = "1000", requires = "as_study",
          value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    repeats: u32,
}

impl Comparing {
    /// The pairs to compare.
    ///
    /// # Errors
    ///
    /// If a name is not that of a condition, two conditions do not count the same people, there is nothing to compare although precision is asked
    /// for, or the studies asked for have too many people.
    pub fn pairs(&self, scenario: &Scenario) -> Result<Vec<Pair>, Failure> {
        let pairs = if self.compare.is_empty() {
            usual_pairs(scenario)
        } else {
            self.named(scenario)?
        };
        if pairs.is_empty() && (self.precision.is_some() || self.paths) {
            let flag = if self.paths { "--paths" } else { "--precision" };
            return Err(Failure::NothingToCompare {
                flag,
                title: scenario.title.clone(),
            });
        }
        if self.as_study.is_some() && scenario.study.clusters.is_some_and(|clusters| clusters.icc > 0.0) {
            return Err(Failure::StudyOfClusters);
        }
        if let Some(design) = self.design()
            && study::people(scenario, design).is_none()
        {
            return Err(Failure::TooManyStudies {
                studies: thousands(design.repeats.into()),
                people: thousands(design.per_condition.into()),
                most: thousands(study::MOST_PEOPLE),
            });
        }
        Ok(pairs)
    }

    /// The flags given that ask for people who live by themselves, each with why communities cannot answer it.
    pub fn apart(&self) -> Vec<(&'static str, &'static str)> {
        let asked = [
            (
                self.paths,
                "--paths",
                "what one person does reaches others, so that a difference cannot be divided within each person; knock out mechanisms in conditions of the file instead",
            ),
            (
                self.precision.is_some(),
                "--precision",
                "more people make another community; more communities narrow the intervals: raise `run.replicates`",
            ),
            (
                self.as_study.is_some(),
                "--as-study",
                "its studies draw people one by one, and here whole communities are the sample: the intervals of community_effects.csv are over communities",
            ),
        ];
        let given = asked.into_iter().filter(|(is_given, ..)| *is_given);
        given.map(|(_, flag, reason)| (flag, reason)).collect()
    }

    /// The pairs of `--compare`.
    fn named(&self, scenario: &Scenario) -> Result<Vec<Pair>, Failure> {
        let place = |name: &str| {
            let names = || scenario.conditions.iter().map(|it| it.name.as_str());
            names().position(|it| it == name).ok_or_else(|| Failure::NoCondition {
                name: name.to_owned(),
                help: match nearest(name, names()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("there are {}", names().collect::<Vec<_>>().join(", ")),
                },
            })
        };
        let mut pairs = Vec::with_capacity(self.compare.len() / 2);
        // The parser takes two names at a time.
        for names in self.compare.chunks_exact(2) {
            let (treatment, control) = (&names[0], &names[1]);
            let pair = Pair {
                treatment: place(treatment)?,
                control: place(control)?,
            };
            pair.check(scenario).map_err(|reason| Failure::NotTheSame {
                treatment: treatment.clone(),
                control: control.clone(),
                reason,
            })?;
            pairs.push(pair);
        }
        Ok(pairs)
    }

    /// Which pairs are compared.
    pub fn which(&self) -> screen::Pairs {
        if self.compare.is_empty() {
            screen::Pairs::Usual
        } else {
            screen::Pairs::Chosen
        }
    }

    /// The studies to draw, if any are asked for.
    pub fn design(&self) -> Option<Design> {
        self.as_study.map(|per_condition| Design {
            per_condition,
            repeats: self.repeats,
        })
    }

    /// How many people the wanted precision takes; none if none is wanted.
    pub fn search(
        &self,
        experiment: &Experiment,
        pairs: &[Pair],
        monitor: &dyn Monitor,
        quiet: bool,
    ) -> Result<Option<precision::Search>, Failure> {
        let Some(wanted) = self.precision else {
            return Ok(None);
        };
        let most = self.at_most.min(MOST_PEOPLE / experiment.scenario.run.replicates);
        let largest = experiment.scenario.conditions.iter().map(|it| it.unit.size()).max();
        if let Some(size) = largest.filter(|size| *size > most) {
            return Err(Failure::FewerThanAGroup { most, size });
        }
        let look = |people: u32, reach: f64, unit: precision::Reach| {
            if !quiet {
                let apart = apart(reach, unit);
                output::remark(&format!(
                    "{} people per condition: {}",
                    thousands(people.into()),
                    apart.trim_end_matches(',')
                ));
            }
        };
        let found = precision::search(experiment, pairs, wanted, most, monitor, &look).map_err(stopped)?;
        Ok(Some(found))
    }
}

fn stopped(_: Stopped) -> Failure {
    Failure::Stopped(String::new())
}

/// A share of people that lies between the finest precision and 1.
fn share(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(it) if 0.0 < it && it < FINEST => Err(format!(
            "`{text}` is finer than a run of any size can be; the finest is {FINEST}"
        )),
        Ok(it) if 0.0 < it && it < 1.0 => Ok(it),
        _ => Err(format!(
            "`{text}` is not a share of people between 0 and 1, for instance 0.01"
        )),
    }
}

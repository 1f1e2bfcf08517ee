//! Where a key that is varied leads: into the scenario file, or into the parameters.

use super::Scenario;
use crate::document::{key_and_value, nearest, shown};
use crate::parameters::Entries;

/// Keys of `[run]` that need no table in front.
const OF_RUN: [&str; 3] = ["seed", "agents", "replicates"];

/// Keys of a practice that a condition with one practice has as its own.
const OF_PRACTICE: [&str; 3] = ["program", "hours", "weeks"];

/// Where a key leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A key of the scenario file, in full.
    Scenario(String),
    /// A parameter of the model.
    Parameter {
        /// The process.
        process: String,
        /// Its name there.
        name: String,
    },
}

/// Why a key leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// It is none.
    #[error(
        "`{0}` is not a key; one is for instance `situation.escape`, `\"compassion training\".hours` or `parameters.compassion.push`"
    )]
    NotAKey(String),
    /// There is no such parameter.
    #[error("there is no parameter `{name}`{}; the parameter file lists them", did_you_mean(.near.as_deref()))]
    NoParameter {
        /// What was written.
        name: String,
        /// The nearest one.
        near: Option<String>,
    },
    /// A condition that practises several things.
    #[error(
        "`{condition}` practises {count} programs; say which, `condition.\"{condition}\".training.1.{key}` for the first"
    )]
    WhichPractice {
        /// The condition.
        condition: String,
        /// How many.
        count: usize,
        /// The key.
        key: String,
    },
}

fn did_you_mean(near: Option<&str>) -> String {
    near.map_or_else(String::new, |near| format!("; did you mean `parameters.{near}`?"))
}

impl Target {
    /// What a key means for a file: `seed` is `run.seed`, a condition's name in front stands for the condition, and `hours` for those of its practice.
    ///
    /// # Errors
    ///
    /// [`KeyError`]. Whether the file has a key of this name is seen when it is read with it.
    pub fn new(key: &str, scenario: &Scenario, entries: &Entries) -> Result<Self, KeyError> {
        let parts = parts(key).ok_or_else(|| KeyError::NotAKey(shown(key)))?;
        let names: Vec<&str> = parts.iter().map(String::as_str).collect();
        let path = match &names[..] {
            ["parameters", path @ ..] => return parameter(path, entries),
            [one] if OF_RUN.contains(one) => vec!["run", one],
            [name, path @ ..] => match scenario.conditions.iter().find(|condition| condition.name == *name) {
                Some(condition) if !path.is_empty() => {
                    let mut whole = vec!["condition", name];
                    if let [key] = path
                        && OF_PRACTICE.contains(key)
                    {
                        if condition.training.len() > 1 {
                            return Err(KeyError::WhichPractice {
                                condition: condition.name.clone(),
                                count: condition.training.len(),
                                key: (*key).to_owned(),
                            });
                        }
                        whole.extend(["training", "1"]);
                    }
                    whole.extend(path);
                    whole
                }
                _ => names,
            },
            [] => return Err(KeyError::NotAKey(shown(key))),
        };
        Ok(Self::Scenario(
            path.into_iter().map(quoted).collect::<Vec<_>>().join("."),
        ))
    }
}

/// The parts of a dotted key; none if it is no key.
fn parts(key: &str) -> Option<Vec<String>> {
    let (parts, _) = key_and_value(&format!("{key}=0"), 0).ok()?;
    Some(parts.into_iter().map(|(part, _)| part).collect())
}

/// A part of a key as it may stand in one.
fn quoted(part: &str) -> String {
    let is_bare = !part.is_empty()
        && part
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    if is_bare {
        part.to_owned()
    } else {
        toml::Value::String(part.to_owned()).to_string()
    }
}

fn parameter(path: &[&str], entries: &Entries) -> Result<Target, KeyError> {
    if let [process, name] = path
        && entries.get(*process).is_some_and(|entries| entries.contains_key(*name))
    {
        return Ok(Target::Parameter {
            process: (*process).to_owned(),
            name: (*name).to_owned(),
        });
    }
    let name = path.join(".");
    let all: Vec<String> = entries
        .iter()
        .flat_map(|(process, entries)| entries.keys().map(move |name| format!("{process}.{name}")))
        .collect();
    let near = nearest(&name, all.iter().map(String::as_str)).map(str::to_owned);
    Err(KeyError::NoParameter {
        name: shown(&name),
        near,
    })
}

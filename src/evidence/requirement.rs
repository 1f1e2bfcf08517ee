//! What a score must reach: `inside>=0.92,deviance_per_cell<=1.4`.

use crate::document::nearest;
use std::collections::BTreeMap;
use std::fmt;

/// One thing that a score must reach.
#[derive(Debug, Clone, PartialEq)]
pub struct Requirement {
    /// Name of the score.
    pub name: String,
    /// On which side of the bound it must lie.
    pub side: Side,
    /// The bound, which is allowed itself.
    pub bound: f64,
}

/// On which side of a bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// `>=`
    AtLeast,
    /// `<=`
    AtMost,
}

/// A text that requires nothing sensible.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum RequirementError {
    /// Neither `>=` nor `<=`, or no number behind it.
    #[error(
        "cannot read the requirement `{0}`; the form is `name>=number` or `name<=number`, separated by commas, for instance `inside>=0.92,deviance_per_cell<=1.4`"
    )]
    Form(String),
    /// Nothing has this name.
    #[error("there is no score `{name}`{}; the scores are {known}", near.as_ref().map_or_else(String::new, |it| format!(", did you mean `{it}`?")))]
    Unknown {
        /// The name.
        name: String,
        /// The nearest one that exists.
        near: Option<String>,
        /// All that exist.
        known: String,
    },
}

impl Requirement {
    /// Reads a list of requirements, separated by commas, about scores of these names.
    ///
    /// # Errors
    ///
    /// The first that is not of the form or has an unknown name.
    pub fn list(text: &str, names: &[&'static str]) -> Result<Vec<Self>, RequirementError> {
        text.split(',').map(|it| Self::one(it.trim(), names)).collect()
    }

    fn one(text: &str, names: &[&'static str]) -> Result<Self, RequirementError> {
        let form = || RequirementError::Form(text.to_owned());
        let (name, side, bound) = [(">=", Side::AtLeast), ("<=", Side::AtMost)]
            .into_iter()
            .find_map(|(sign, side)| {
                text.split_once(sign)
                    .map(|(name, bound)| (name.trim(), side, bound.trim()))
            })
            .ok_or_else(form)?;
        let bound: f64 = bound.parse().map_err(|_| form())?;
        if !bound.is_finite() {
            return Err(form());
        }
        if !names.contains(&name) {
            return Err(RequirementError::Unknown {
                name: name.to_owned(),
                near: nearest(name, names.iter().copied()).map(str::to_owned),
                known: names.join(", "),
            });
        }
        Ok(Self {
            name: name.to_owned(),
            side,
            bound,
        })
    }

    /// Whether a value reaches it; what could not be computed does not.
    pub fn holds(&self, value: Option<f64>) -> bool {
        value.is_some_and(|it| match self.side {
            Side::AtLeast => it >= self.bound,
            Side::AtMost => it <= self.bound,
        })
    }

    /// The requirements that these scores do not reach, each in words with the value.
    pub fn missed(list: &[Self], scores: &BTreeMap<&'static str, Option<f64>>) -> Vec<String> {
        list.iter()
            .filter_map(|it| {
                let value = scores.get(it.name.as_str()).copied().flatten();
                let shown = value.map_or_else(|| "cannot be computed".to_owned(), |it| format!("is {it:.4}"));
                (!it.holds(value)).then(|| format!("`{it}` is required, and {} {shown}", it.name))
            })
            .collect()
    }
}

impl fmt::Display for Requirement {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = match self.side {
            Side::AtLeast => ">=",
            Side::AtMost => "<=",
        };
        write!(formatter, "{}{sign}{}", self.name, self.bound)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: &[&str] = &["inside", "deviance_per_cell"];

    #[test]
    fn requirements_are_read_and_checked() {
        let list = Requirement::list("inside>=0.92, deviance_per_cell<=1.25", NAMES).unwrap();
        let scores = BTreeMap::from([("inside", Some(0.92)), ("deviance_per_cell", Some(1.26))]);
        assert_eq!(
            Requirement::missed(&list, &scores),
            ["`deviance_per_cell<=1.25` is required, and deviance_per_cell is 1.2600"]
        );
        let nothing = BTreeMap::from([("inside", None)]);
        assert_eq!(Requirement::missed(&list, &nothing).len(), 2);
    }

    #[test]
    fn what_cannot_be_read_is_explained() {
        let error = |text| Requirement::list(text, NAMES).unwrap_err().to_string();
        assert!(error("insid>=0.9").contains("did you mean `inside`?"));
        for text in [
            "inside",
            "inside>0.9",
            "inside>=",
            "inside>=x",
            "inside>=nan",
            "",
            "inside>=1,",
        ] {
            assert!(error(text).contains("the form is"), "{text}: {}", error(text));
        }
    }
}

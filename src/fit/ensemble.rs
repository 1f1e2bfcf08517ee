//! The ensemble of plausible parameter sets: read, checked, and made into parameter sets.
//!
//! A set holds the free parameters alone; the others come from the parameter file to which the ensemble belongs, and which it names by its hash.

use super::posterior::Ensemble;
use crate::model::parameters::Parameters;
use crate::parameters::{shipped_entries, with_values};

/// The ensemble that ships with the program and belongs to the [shipped parameters](crate::parameters::SHIPPED).
pub const SHIPPED: &str = include_str!("ensemble.toml");

/// Why there is no ensemble.
#[derive(Debug, thiserror::Error)]
pub enum EnsembleError {
    /// Not the form that `simulate calibrate --ensemble FILE` writes.
    #[error(
        "it must hold `parameters_sha256`, `names` and `sets`, as `simulate calibrate PATH --ensemble FILE` writes them"
    )]
    Form(#[from] toml::de::Error),
    /// No sets.
    #[error("it holds no sets, and an interval needs some")]
    Empty,
    /// A set with too many or too few values.
    #[error("set {set} has {values} values for {names} names")]
    Length {
        /// Number of the set, from 1.
        set: usize,
        /// How many values it has.
        values: usize,
        /// How many it should have.
        names: usize,
    },
    /// Not one standard deviation between studies for each set.
    #[error("`between_study_sd` must hold one number from 0 to 10 for each set, or be left out")]
    BetweenStudies,
    /// A name that is not that of a parameter.
    #[error("there is no parameter `{0}`")]
    Unknown(String),
    /// A value outside the range of its parameter.
    #[error("set {set} has `{name}` = {value}, which lies outside [{low}, {high}]")]
    Range {
        /// Number of the set, from 1.
        set: usize,
        /// The parameter.
        name: String,
        /// Its value.
        value: f64,
        /// The smallest that makes sense.
        low: f64,
        /// The largest.
        high: f64,
    },
}

impl Ensemble {
    /// Reads an ensemble.
    ///
    /// # Errors
    ///
    /// [`EnsembleError`], if it has another form, no sets, unknown parameters, or values outside their range.
    pub fn read(text: &str) -> Result<Self, EnsembleError> {
        let it: Self = toml::from_str(text)?;
        it.check()?;
        Ok(it)
    }

    fn check(&self) -> Result<(), EnsembleError> {
        if self.sets.is_empty() {
            return Err(EnsembleError::Empty);
        }
        let sds = &self.between_study_sd;
        if !sds.is_empty() && (sds.len() != self.sets.len() || !sds.iter().all(|sd| (0.0..=10.0).contains(sd))) {
            return Err(EnsembleError::BetweenStudies);
        }
        let mut ranges = Vec::with_capacity(self.names.len());
        for name in &self.names {
            let entry = name
                .split_once('.')
                .and_then(|(process, name)| shipped_entries().get(process)?.get(name));
            ranges.push(entry.ok_or_else(|| EnsembleError::Unknown(name.clone()))?.range);
        }
        for (number, values) in self.sets.iter().enumerate() {
            let set = number + 1;
            if values.len() != self.names.len() {
                return Err(EnsembleError::Length {
                    set,
                    values: values.len(),
                    names: self.names.len(),
                });
            }
            for ((name, value), [low, high]) in self.names.iter().zip(values).zip(&ranges) {
                // A value that is not a number lies in no range either.
                if !(low..=high).contains(&value) {
                    return Err(EnsembleError::Range {
                        set,
                        name: name.clone(),
                        value: *value,
                        low: *low,
                        high: *high,
                    });
                }
            }
        }
        Ok(())
    }

    /// The whole parameter sets: `base` with the values of each set.
    ///
    /// # Panics
    ///
    /// If a name is not that of a parameter, which [`Ensemble::read`] excludes.
    pub fn parameters(&self, base: &Parameters) -> Vec<Parameters> {
        let keys = self
            .names
            .iter()
            .map(|it| it.split_once('.').expect("names are checked when they are read"));
        let keys: Vec<(&str, &str)> = keys.collect();
        let with = |values: &Vec<f64>| with_values(base, keys.iter().copied().zip(values.iter().copied()));
        self.sets.iter().map(with).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fit::priors::Priors;
    use crate::parameters::{builtin, shipped};

    #[test]
    fn the_shipped_ensemble_belongs_to_the_shipped_parameters_and_moves_the_free_ones() {
        let ensemble = Ensemble::read(SHIPPED).unwrap();
        let priors = Priors::shipped(shipped_entries()).unwrap();
        let free: Vec<String> = priors.list.iter().map(|it| it.key()).collect();
        assert_eq!(ensemble.names, free);
        assert!(
            (20..=100).contains(&ensemble.sets.len()),
            "{} sets: too few for an interval, or too many to be quick",
            ensemble.sets.len()
        );
        assert_eq!(
            ensemble.parameters_sha256,
            builtin().sha256,
            "the ensemble is of other parameters: both files come from one run of `simulate calibrate`"
        );
        for place in 0..free.len() {
            let first = ensemble.sets[0][place];
            assert!(
                ensemble.sets.iter().any(|it| it[place] != first),
                "{} is the same in all sets",
                free[place]
            );
        }
    }

    #[test]
    fn a_set_changes_what_it_names_and_nothing_else() {
        let ensemble = Ensemble::read(
            "parameters_sha256 = \"\"\nnames = [\"decision.leak\", \"distress.time_s\"]\nsets = [[0.25, 3.5]]\n",
        )
        .unwrap();
        let mut expected = shipped();
        (expected.decision.leak, expected.distress.time_s) = (0.25, 3.5);
        assert_eq!(ensemble.parameters(&shipped()), [expected]);
    }

    #[test]
    fn what_is_wrong_is_said() {
        let read = |names: &str, sets: &str| {
            let text = format!("parameters_sha256 = \"\"\nnames = [{names}]\nsets = [{sets}]\n");
            Ensemble::read(&text).unwrap_err().to_string()
        };
        assert!(read("\"decision.leak\"", "").contains("no sets"));
        assert!(read("\"decision.leek\"", "[0.1]").contains("no parameter `decision.leek`"));
        assert!(read("\"leak\"", "[0.1]").contains("no parameter `leak`"));
        assert!(read("\"decision.leak\"", "[0.1], []").contains("set 2 has 0 values for 1 names"));
        assert!(read("\"decision.leak\"", "[-1.0]").contains("set 1 has `decision.leak` = -1, which lies outside [0"));
        assert!(read("\"decision.leak\"", "[nan]").contains("outside"));
        let text =
            "parameters_sha256 = \"\"\nnames = [\"decision.leak\"]\nbetween_study_sd = [0.4]\nsets = [[0.1], [0.2]]\n";
        assert!(matches!(Ensemble::read(text), Err(EnsembleError::BetweenStudies)));
        assert!(
            Ensemble::read("sets = 3")
                .unwrap_err()
                .to_string()
                .contains("simulate calibrate")
        );
    }
}

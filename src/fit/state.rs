//! The state of a calibration: everything that is needed to go on after an interruption as if there had been none.

use super::cma_es::CmaEs;
use super::objective::Setup;
use super::search::POPULATION;
use super::walkers::Walkers;
use crate::evidence::studies::{Evidence, hexadecimal};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A calibration, between two generations or rounds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct State {
    /// What the calibration is of.
    pub fingerprint: String,
    /// The search for the best set.
    pub search: CmaEs,
    /// The walkers, once that is over.
    pub walkers: Option<Walkers>,
}

/// What the flags ask for, that a state must fit.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// What the calibration is of.
    pub fingerprint: String,
    /// Number of free parameters.
    pub dimension: usize,
    /// Seed of the search and the walkers.
    pub seed: u64,
    /// Evaluations of the search.
    pub evaluations: u64,
    /// Walkers.
    pub walkers: usize,
    /// Their rounds.
    pub rounds: u32,
}

/// Why a state cannot be gone on with.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    /// It cannot be read.
    #[error("cannot be read")]
    Unreadable(#[from] std::io::Error),
    /// It is not a state.
    #[error("is not the state of a calibration")]
    Damaged(#[from] serde_json::Error),
    /// It has the form of a state, and numbers that no calibration leaves behind.
    #[error("is not the state of a calibration: its numbers contradict each other")]
    Inconsistent,
    /// It is that of another calibration.
    #[error(
        "is the state of a calibration with other files, priors, parameters, equations, seed, people, start or constraints"
    )]
    Other,
    /// It has gone further than is asked.
    #[error("has {made} {what} behind it, and {asked} are asked for; give `--{what} {made}` or more")]
    Further {
        /// Name of the flag.
        what: &'static str,
        /// How many were made.
        made: u64,
        /// How many are asked for.
        asked: u64,
    },
    /// It has another number of walkers.
    #[error("has {made} walkers on their way, and {asked} are asked for; give `--walkers {made}`")]
    Walkers {
        /// How many there are.
        made: usize,
        /// How many are asked for.
        asked: usize,
    },
}

impl State {
    /// The state in a text, if it is one from which what is asked can be reached as if there had been no interruption.
    ///
    /// # Errors
    ///
    /// If it is not.
    pub fn read(text: &[u8], asked: &Asked) -> Result<Self, StateError> {
        let mut state: Self = serde_json::from_slice(text)?;
        if state.fingerprint != asked.fingerprint {
            return Err(StateError::Other);
        }
        if !state.search.is_of(asked.dimension, POPULATION, asked.seed) {
            return Err(StateError::Inconsistent);
        }
        let made = state.search.evaluations();
        if made > asked.evaluations.next_multiple_of(POPULATION as u64) {
            return Err(StateError::Further {
                what: "evaluations",
                made,
                asked: asked.evaluations,
            });
        }
        // Walkers begin where the search ends.
        if made < asked.evaluations {
            state.walkers = None;
        }
        if let Some(walkers) = &state.walkers {
            if !walkers.are(walkers.count(), asked.dimension, asked.seed) {
                return Err(StateError::Inconsistent);
            }
            if asked.rounds > 0 && walkers.count() != asked.walkers {
                return Err(StateError::Walkers {
                    made: walkers.count(),
                    asked: asked.walkers,
                });
            }
            if walkers.rounds() > asked.rounds {
                return Err(StateError::Further {
                    what: "rounds",
                    made: walkers.rounds().into(),
                    asked: asked.rounds.into(),
                });
            }
        }
        Ok(state)
    }

    /// The text.
    ///
    /// # Panics
    ///
    /// Never: a state holds nothing that JSON cannot.
    pub fn write(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("a state is plain numbers and text")
    }
}

/// What tells one calibration from another: its files, priors, set-up, start, and what the equations make of the start.
pub fn fingerprint(
    evidence: &Evidence,
    priors_sha256: &str,
    base_sha256: &str,
    setup: Setup,
    search: &CmaEs,
    at_start: f64,
) -> String {
    let mut text = format!(
        "{} {priors_sha256} {base_sha256} {setup:?}\n",
        env!("CARGO_PKG_VERSION")
    );
    for study in &evidence.studies {
        text += &format!("{} {}\n", study.name, study.sha256);
    }
    text += &format!("{:x}\n", at_start.to_bits());
    text += &serde_json::to_string(search).expect("a search is plain numbers");
    hexadecimal(&Sha256::digest(text))
}

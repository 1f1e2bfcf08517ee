//! The state of a calibration: everything that is needed to go on after an interruption as if there had been none.

use super::cma_es::CmaEs;
use super::objective::{Loss, Setup};
use super::walkers::Walkers;
use crate::evidence::studies::{Evidence, hexadecimal};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A calibration, between two generations or rounds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct State {
    /// What the calibration is of.
    pub fingerprint: String,
    /// The search for the best set.
    pub search: CmaEs,
    /// The walkers, once that is over.
    pub walkers: Option<Walkers>,
}

/// Why a state cannot be gone on with.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    /// It is not a state.
    #[error("is not the state of a calibration")]
    Damaged(#[from] serde_json::Error),
    /// It is that of another calibration.
    #[error("is the state of a calibration with other files, priors, equations, seed or people")]
    Other,
}

impl State {
    /// The state in a text, if it is of the calibration with this fingerprint.
    ///
    /// # Errors
    ///
    /// If it is not.
    pub fn read(text: &str, fingerprint: &str) -> Result<Self, StateError> {
        let state: Self = serde_json::from_str(text)?;
        if state.fingerprint == fingerprint {
            Ok(state)
        } else {
            Err(StateError::Other)
        }
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

/// What tells one calibration from another: its files, priors, set-up, and what the equations make of the centres of the priors.
pub fn fingerprint(
    evidence: &Evidence,
    priors_sha256: &str,
    base_sha256: &str,
    setup: Setup,
    at_centre: Loss,
) -> String {
    let mut text = format!(
        "{} {priors_sha256} {base_sha256} {setup:?}\n",
        env!("CARGO_PKG_VERSION")
    );
    for study in &evidence.studies {
        text += &format!("{} {}\n", study.name, study.sha256);
    }
    text += &format!("{:x}", at_centre.total().to_bits());
    hexadecimal(&Sha256::digest(text))
}

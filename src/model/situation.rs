//! The situation: what the scene is like for a person who could help. Its keys are rows of [`crate::registry`].

pub use crate::registry::{BystanderBehaviour, EmotionLabel, HelpKind, Perspective, Situation};

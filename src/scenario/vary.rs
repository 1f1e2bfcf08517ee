//! `[vary]`: a key that the answer is drawn over.

/// Points along a key where nothing else is said.
pub(super) const POINTS: u32 = 11;

/// A key that the answer is drawn over, and how far.
#[derive(Debug, Clone, PartialEq)]
pub struct Vary {
    /// The key, as [`super::Target`] reads it.
    pub key: String,
    /// Where it begins.
    pub from: f64,
    /// Where it ends; above `from`.
    pub to: f64,
    /// Points from one end to the other, both among them.
    pub points: u32,
}

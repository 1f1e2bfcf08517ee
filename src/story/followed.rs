//! The states that are followed through an encounter, each with its names and where it is read.

use crate::model::State;

/// A state of a person that is told, drawn and written.
#[derive(Debug, Clone, Copy)]
pub struct Followed {
    /// Its name in tables.
    pub key: &'static str,
    /// Its name in sentences and charts.
    pub name: &'static str,
    /// Reads it.
    pub of: fn(&State<f64>) -> f64,
}

/// What is felt and understood, then the tendencies.
pub const FOLLOWED: [Followed; 10] = [
    ATTENTION,
    SHARING,
    UNDERSTANDING,
    REAPPRAISAL,
    DISTRESS,
    COMPASSION,
    INDIGNATION,
    HELP,
    LEAVE,
    PUNISH,
];

/// What is felt and understood.
pub(super) const STATES: &[Followed] = FOLLOWED.split_at(7).0;

/// Attention to the one in need.
pub const ATTENTION: Followed = followed("attention", "attention", |it| it.attention);
/// Affective sharing.
pub const SHARING: Followed = followed("affective_sharing", "affective sharing", |it| it.affective_sharing);
/// Understanding reached by taking the other's perspective.
pub const UNDERSTANDING: Followed = followed("perspective_taking", "understanding", |it| it.perspective_taking);
/// Reappraisal at work.
pub const REAPPRAISAL: Followed = followed("reappraisal", "reappraisal", |it| it.reappraisal);
/// Personal distress.
pub const DISTRESS: Followed = followed("personal_distress", "personal distress", |it| it.personal_distress);
/// Compassion.
pub const COMPASSION: Followed = followed("compassion", "compassion", |it| it.compassion);
/// Indignation at whoever is to blame.
pub const INDIGNATION: Followed = followed("indignation", "indignation", |it| it.indignation);
/// The tendency to help.
pub const HELP: Followed = followed("help_tendency", "to help", |it| it.help);
/// The tendency to leave.
pub const LEAVE: Followed = followed("leave_tendency", "to leave", |it| it.leave);
/// The tendency to punish.
pub const PUNISH: Followed = followed("punish_tendency", "to punish", |it| it.punish);

const fn followed(key: &'static str, name: &'static str, of: fn(&State<f64>) -> f64) -> Followed {
    Followed { key, name, of }
}

//! The psychology, pure: no files, no clock, no seeding, no printing.

pub mod agent;
pub mod mechanism;
pub mod situation;
pub mod training;

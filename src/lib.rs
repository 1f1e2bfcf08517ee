//! When does feeling with somebody turn into helping?

pub mod calibration;
pub mod charts;
pub mod document;
pub mod engine;
pub mod lanes;
pub mod model;
pub mod parameters;
pub mod population;
pub mod programs;
pub mod random;
pub mod report;
pub mod scenario;
pub mod statistics;
pub mod summary;

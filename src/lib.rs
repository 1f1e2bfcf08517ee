//! When does feeling with somebody turn into helping?

pub mod charts;
pub mod model;
pub mod population;
pub mod programs;
pub mod scenario;
pub mod statistics;

//! When does feeling with somebody turn into helping?

pub mod charts;
pub mod document;
pub mod model;
pub mod population;
pub mod scenario;
pub mod statistics;

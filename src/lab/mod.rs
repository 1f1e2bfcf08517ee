//! The lab: what a page in a browser asks of the engine.
//!
//! [`answer`] takes a request and gives an answer, both as JSON, and is the whole of it: a page with the engine inside, a test and any other
//! program ask alike. [`Request`] says what can be asked, one file each says what comes back: `scene` (what is about to be run),
//! `everybody` (rates, outcomes person by person, differences), `courses` (over the seconds of the scene), `map` (the sweet spot),
//! `person` (one of them, second by second), `brain` and `comparison` (two conditions), `community` (people who know each other, week by week),
//! and `take_home` (the scenario and the tables as files).
//!
//! `door` is the same as three functions of C for `wasm32`, through memory that the page writes and reads.
//!
//! [`page()`] is that page: one file with the engine, the scenarios and their runs inside; [`teaching()`] are those that ship.

mod answer;
mod brain;
mod community;
mod comparison;
mod courses;
#[cfg(target_arch = "wasm32")]
mod door;
mod everybody;
mod map;
#[cfg(feature = "page")]
mod page;
mod person;
mod request;
#[cfg(feature = "page")]
mod runs;
mod scene;
#[cfg(feature = "page")]
mod script;
mod take_home;
#[cfg(feature = "page")]
mod teaching;
#[cfg(feature = "page")]
mod words;

pub use answer::answer;
#[cfg(feature = "page")]
pub use page::{ENGINE, MARK, page};
pub use request::{Ask, Request};
#[cfg(feature = "page")]
pub use runs::NoScene;
#[cfg(feature = "page")]
pub use teaching::{Scene, teaching};
#[cfg(feature = "page")]
pub use words::WORDS;

//! When does feeling with somebody turn into helping?
//!
//! An agent-based simulator: people meet somebody in need, share the feeling, understand it, regulate it, are overwhelmed or moved to compassion, and help, leave or stay undecided.
//! The program is `simulate`; this library is everything behind it.
//!
//! # A study in ten lines
//!
//! ```
//! use compassion::{document::Source, engine::monitor::Unwatched, parameters, programs, scenario, study};
//!
//! let text = r#"
//!     title = "A fall at the bus stop"
//!     [situation]
//!     need = 0.8
//!     [[condition]]
//!     name = "nobody else there"
//!     [[condition]]
//!     name = "easy to walk away"
//!     situation = { escape = 0.9 }
//! "#;
//! let (scenario, _) = scenario::read(&Source::new("fall.toml", text.to_owned()), programs::builtin(), None)?;
//! let results = study::run(&scenario, &parameters::shipped(), &study::Options::default(), &Unwatched)?;
//! let helped = |condition: usize| results.summary.conditions[condition].helping_rate.unwrap();
//! assert!(helped(0) > helped(1));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Where to start reading
//!
//! [`model::step`], the psychology on one screen → one process, for instance [`model::compassion`] → [`engine`], which lets many people live through it in vector lanes
//! → [`statistics`] → [`summary`], what a run shows, and [`story`], what one person goes through, in words. What the model claims and what it does not: [`model::odd`].
//!
//! # Who may use whom
//!
//! ```text
//! main → command → lab, files, report, study, scenario, community, engine, summary, story, comparison, evidence, fit
//!                  files → report → study, charts, comparison, summary, story ;  study → comparison, evidence, summary ;  fit → evidence → charts, summary
//!                  lab → report, study, community, comparison, summary, story, neural ;  neural → engine
//!                  study → community → engine
//!                  summary, story, comparison → contrast → engine → scenario, population → model → lanes ;  engine → random
//!                  scenario, parameters, programs → document, model ;  charts → plain data of their own ;  everybody → statistics
//! ```
//!
//! [`wording`] says how numbers, weeks and lists are written, and knows nothing else.
//! What people read is put together in three places: `summary` speaks of conditions, `comparison` of the same people in two of them, `story` of one person;
//! none of them draws, prints or writes.
//!
//! Tested in `tests/layers.rs`, from one list of rooms in order:
//!
//! 1. Nobody names a later room; `model` never fails and never touches the outside world.
//! 2. Nothing below `engine` chooses a seed.
//! 3. Only `files` creates files; only `engine` sets threads to work; only the program of the terminal prints.
//!
//! # Features
//!
//! | feature | brings |
//! |---|---|
//! | `command` | the program `simulate`; all below but `plotters` |
//! | `files` | scenario files, folders of results, fits to folders of studies |
//! | `parallel` | all processors |
//! | `page` | the page of the lab, with the engine for a browser inside |
//! | `pixels` | charts as PNG beside the SVG |
//! | `plotters` | charts drawn through the crate of that name |
//!
//! All are on unless asked otherwise. Without any (`--no-default-features`) there are no files, no terminal, no threads and no clock: that library runs in a browser,
//! with the same bits.
//!
//! # What is deliberately absent
//!
//! Sex (published norms are pooled), personality beyond the twelve traits, learning within an encounter, talk between witnesses,
//! and anything that would let a parameter depend on the study being simulated. No clock, no network, no system mathematics library in anything that reaches a result,
//! no fused multiply-add, no fast reciprocal: the same bits on every processor.

pub mod analysis;
pub mod charts;
pub mod community;
pub mod comparison;
pub mod contrast;
pub mod document;
pub mod engine;
pub mod evidence;
#[cfg(feature = "files")]
pub mod files;
#[cfg(feature = "files")]
pub mod fit;
pub mod lab;
pub mod lanes;
pub mod model;
pub mod neural;
pub mod parameters;
pub mod population;
pub mod programs;
pub mod random;
pub mod registry;
pub mod report;
pub mod scenario;
pub mod statistics;
pub mod story;
pub mod study;
pub mod summary;
pub mod sweep;
pub mod threads;
pub mod wording;

//! Scores against what people did.
//!
//! | question                                  | modules                                                   |
//! |-------------------------------------------|-----------------------------------------------------------|
//! | what is known                             | [`studies`] [`standing`] [`kinds`] [`pattern`]            |
//! | what does a parameter set say to it       | [`run`] [`mod@bench`] [`predictive`]                      |
//! | how well do they agree                    | [`score`] [`validation`] [`requirement`]                  |
//! | does that need a model of people          | [`baselines`] [`features`] [`logistic`] [`linear`]        |
//! | how far does it depend on the codes       | [`jitter`]                                                |
//! | which mechanisms does it need             | [`knockouts`]                                             |
//! | how is it shown                           | [`export`]                                                |
//!
//! Nothing here changes a parameter; that is what [`fit`](crate::fit) is for.

pub mod baselines;
pub mod bench;
pub mod export;
pub mod features;
pub mod jitter;
pub mod kinds;
pub mod knockouts;
pub mod linear;
pub mod logistic;
pub mod pattern;
pub mod predictive;
pub mod requirement;
pub mod run;
pub mod score;
pub mod standing;
pub mod studies;
pub mod validation;

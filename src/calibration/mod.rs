//! Scores against what people did, and the fit of the parameters to it.
//!
//! | question                                         | modules                                                    |
//! |--------------------------------------------------|------------------------------------------------------------|
//! | what is known                                    | [`evidence`] [`standing`] [`pattern`]                      |
//! | what does a parameter set say to it              | [`run`] [`bench`]                                          |
//! | how well do they agree                           | [`score`] [`validation`] [`requirement`]                   |
//! | does that need a model of people                 | [`baselines`] [`features`] [`logistic`] [`linear`]         |
//! | how far does it depend on the codes              | [`jitter`]                                                 |
//! | which mechanisms does it need                    | [`knockouts`]                                              |
//! | how is it shown                                  | [`export`]                                                 |

pub mod baselines;
pub mod bench;
pub mod evidence;
pub mod export;
pub mod features;
pub mod jitter;
pub mod knockouts;
pub mod linear;
pub mod logistic;
pub mod pattern;
pub mod priors;
pub mod requirement;
pub mod run;
pub mod score;
pub mod standing;
pub mod validation;

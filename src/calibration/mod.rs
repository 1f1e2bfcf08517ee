//! Scores against what people did, and the fit of the parameters to it.
//!
//! | question                                         | modules                                                    |
//! |--------------------------------------------------|------------------------------------------------------------|
//! | what is known                                    | [`evidence`] [`standing`] [`pattern`]                      |
//! | what does a parameter set say to it              | [`run`] [`mod@bench`]                                          |
//! | how well do they agree                           | [`score`] [`validation`] [`requirement`]                   |
//! | does that need a model of people                 | [`baselines`] [`features`] [`logistic`] [`linear`]         |
//! | how far does it depend on the codes              | [`jitter`]                                                 |
//! | which mechanisms does it need                    | [`knockouts`]                                              |
//! | how is it shown                                  | [`export`]                                                 |
//! | what was believed before                         | [`priors`] [`constraints`]                                 |
//! | which parameters fit                             | [`objective`] [`cma_es`] [`fit`] [`bits`]                  |
//! | how sure are they                                | [`walkers`] [`posterior`] [`parameter_file`] [`state`], [`record`](crate::parameters::record) |
//! | what do plausible ones predict                  | [`ensemble`] [`predictive`]                                |
//! | do they predict what they have not seen          | [`left_out`]                                               |
//! | can they be known at all                         | [`recovery`]                                               |

pub mod baselines;
pub mod bench;
pub mod bits;
pub mod cma_es;
pub mod constraints;
pub mod ensemble;
pub mod evidence;
pub mod export;
pub mod features;
pub mod fit;
pub mod jitter;
pub mod knockouts;
pub mod left_out;
pub mod linear;
pub mod logistic;
pub mod objective;
pub mod parameter_file;
pub mod pattern;
pub mod posterior;
pub mod predictive;
pub mod priors;
pub mod recovery;
pub mod requirement;
pub mod run;
pub mod score;
pub mod standing;
pub mod state;
pub mod validation;
pub mod walkers;

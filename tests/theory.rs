//! The engine against what theory says: first-passage laws, the limit of short steps, and a twin in plain double precision.

#[path = "theory/convergence.rs"]
mod convergence;
#[path = "theory/first_passage.rs"]
mod first_passage;
mod trial;
#[path = "theory/twin.rs"]
mod twin;
#[path = "theory/twins.rs"]
mod twins;

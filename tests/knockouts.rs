//! Every mechanism matters: knocked out, it moves a named outcome in a named scene, in the direction that the design states.

#[path = "knockouts/constraints.rs"]
mod constraints;
#[path = "knockouts/mechanisms.rs"]
mod mechanisms;
#[path = "knockouts/scenes.rs"]
mod scenes;
#[path = "knockouts/series.rs"]
mod series;
mod trial;

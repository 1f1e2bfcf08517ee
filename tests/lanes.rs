//! Lanes: the functions of single-precision lanes against double precision, and every width against every other, to the bit.

#[path = "lanes/functions.rs"]
mod functions;
#[path = "lanes/levels.rs"]
mod levels;
mod trial;

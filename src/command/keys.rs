//! `simulate keys` and `simulate schema`: what may stand in a scenario file, for people and for editors.

use super::failure::Failure;
use super::output;
use compassion::scenario;

/// Every key with unit, range, default and meaning.
pub fn keys() -> Result<(), Failure> {
    output::result(&scenario::reference())
}

/// The JSON Schema.
pub fn schema() -> Result<(), Failure> {
    output::result(&scenario::schema())
}

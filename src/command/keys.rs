//! `simulate keys` and `simulate schema`: what may stand in a scenario file, for people and for editors.

use super::failure::Failure;
use super::output;
use compassion::document::nearest;
use compassion::scenario;

/// Everything that may stand in a scenario file, or what has all these words in its name or meaning.
pub fn keys(words: &[String]) -> Result<(), Failure> {
    let found = scenario::reference(words);
    let nothing = || Failure::NoKey {
        words: words.join(" "),
        near: nearest(&words.join("_"), scenario::names().iter().map(String::as_str)).map(str::to_owned),
    };
    output::result(&found.ok_or_else(nothing)?)
}

/// The JSON Schema.
pub fn schema() -> Result<(), Failure> {
    output::result(&scenario::schema())
}

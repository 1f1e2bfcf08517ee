//! What can be asked of the engine.

use serde::Deserialize;

/// A request of a page.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// The text of a scenario file.
    pub scenario: String,
    /// Keys to change, each a `key=value` as after `--set`.
    #[serde(default)]
    pub set: Vec<String>,
    /// What is wanted.
    pub ask: Vec<Ask>,
}

/// Something that is wanted. Conditions are named by their place in the file, from 0.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case", deny_unknown_fields)]
pub enum Ask {
    /// What can be changed in any scenario.
    Codebook,
    /// What is about to be run: titles, comments, conditions with everything they inherit.
    Scene,
    /// The rates of all conditions, with intervals, and the differences that the file asks about.
    Rates,
    /// How each of the first people of the run ended, in every condition.
    People {
        /// How many of them.
        count: u32,
    },
    /// States in the course of the scene, in every condition.
    Courses,
    /// Helping over affective sharing and regulation in the scene of a condition.
    Map {
        /// The condition.
        condition: usize,
    },
    /// One person, second by second.
    Person {
        /// The number of the person, from 0.
        agent: u32,
        /// The condition.
        condition: usize,
        /// Another condition, in which the same person is followed as well.
        #[serde(default)]
        against: Option<usize>,
    },
    /// The brain as a reading.
    Brain {
        /// The condition that is read.
        treatment: usize,
        /// The condition it is read against.
        control: usize,
    },
    /// Two conditions, person by person: who changes, and through what.
    Comparison {
        /// The condition that is expected to differ.
        treatment: usize,
        /// The condition it is compared with.
        control: usize,
    },
    /// The first community in a condition, person by person, at every measurement; where people live in communities.
    Community {
        /// The condition.
        condition: usize,
    },
    /// What happens in communities week by week, and what training does to the trained and to the others; where people live in communities.
    CommunityEffects,
    /// The scenario as it was run, and its tables, as files.
    TakeHome {
        /// Rows of people.csv for each condition.
        people: u64,
    },
}

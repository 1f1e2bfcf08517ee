//! A community: who knows whom, what happens to people and who is at hand, and who is trained.

use crate::model::situation::Situation;
use crate::population::networks::Network;

/// People who know each other, and what happens among them day after day.
#[derive(Debug, Clone, PartialEq)]
pub struct Community {
    /// Who knows whom, in the order of the file; names distinct.
    pub layers: Vec<Layer>,
    /// What happens to people, in the order of the file; names distinct.
    pub needs: Vec<Need>,
    /// Who gets the training of the condition; everybody where nothing is said.
    pub trained: Option<TrainedShare>,
}

/// A layer of ties: friends, a ward, a street.
#[derive(Debug, Clone, PartialEq)]
pub struct Layer {
    /// Name, unique among layers and needs.
    pub name: String,
    /// How its ties come about.
    pub network: Network,
    /// The file that its ties come from, as the scenario names it.
    pub file: Option<String>,
    /// Closeness of those tied by a tie of strength 1, in \[0, 1\].
    pub closeness: f64,
    /// Ties of this layer that a person meets on a day, on average.
    pub contacts_per_day: f64,
}

/// Something that happens to people, in which others may help.
#[derive(Debug, Clone, PartialEq)]
pub struct Need {
    /// Name, unique among layers and needs.
    pub name: String,
    /// How often it happens to a person, per week; at most once a day.
    pub per_person_per_week: f64,
    /// Index of the layer from which those at hand come.
    pub layer: usize,
    /// How many are at hand, on average.
    pub witnesses: f64,
    /// What they meet; its closeness is that of their ties.
    pub situation: Situation,
}

/// Part of a community is trained.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TrainedShare {
    /// Which share, in (0, 1].
    pub share: f64,
    /// Who they are.
    pub who: Who,
}

/// Who in a community is trained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Anybody, by lot.
    Random,
    /// Those with the most ties.
    MostConnected,
    /// Those with the fewest ties.
    LeastConnected,
    /// Whole groups, or whole neighbourhoods.
    Together,
}

impl TrainedShare {
    /// How many of so many people are trained, rounded.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share of a number of people"
    )]
    pub fn of(&self, people: u32) -> u32 {
        (self.share * f64::from(people)).round() as u32
    }
}

impl Community {
    /// Index of the layer of this name.
    pub fn layer(&self, name: &str) -> Option<usize> {
        self.layers.iter().position(|layer| layer.name == name)
    }
}

//! The table of arrows.

use serde::Deserialize;

/// One arrow.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edge {
    pub id: u32,
    pub from: String,
    pub to: String,
    pub sign: String,
    pub evidence: String,
    pub section: String,
    pub status: String,
    #[serde(rename = "where")]
    pub file: String,
    pub scene_or_why: String,
}

/// All arrows, in the order of the table.
pub fn edges() -> Vec<Edge> {
    let mut table = csv::Reader::from_reader(include_str!("../../src/model/edges.csv").as_bytes());
    table.deserialize().map(Result::unwrap).collect()
}

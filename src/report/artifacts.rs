//! Everything that is written of a run, beside the rows of people: names and contents, made from its results alone.

use super::community::{
    community_codebooks, community_csv, community_effects_csv, community_people_csv, community_ties_csv, ties_csv,
};
use super::over_key::over_key_tables;
use super::pictures::{PictureError, charts};
use super::{
    ParameterSet, comparison_codebook, comparison_csv, comparison_json, effects_codebook, effects_csv, effects_json,
    exchange_codebook, exchange_csv, summary_codebook, summary_csv, summary_json, timecourse_codebook, timecourse_csv,
    timeline_codebook, timeline_csv,
};
use crate::comparison::Comparison;
use crate::engine::driver::each;
use crate::population::networks::Network;
use crate::scenario::{Layer, Scenario, to_toml};
use crate::study::Results;
use crate::summary::effects::effects;
use serde_json::Value;

/// A file of results.
#[derive(Debug, Clone, PartialEq)]
pub struct Artifact {
    /// Its name.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// The files of a run, and what could not be drawn.
#[derive(Debug, Default)]
pub struct Artifacts {
    /// The files.
    pub files: Vec<Artifact>,
    /// Charts that could not be drawn, which takes none of the numbers away.
    pub left_out: Vec<PictureError>,
}

impl Artifacts {
    /// Names and texts of the charts that are SVG files.
    pub fn pictures(&self) -> Vec<(&str, &str)> {
        let pictures = self.files.iter().filter_map(|file| {
            let name = file.name.strip_suffix(".svg")?;
            Some((name, std::str::from_utf8(&file.bytes).ok()?))
        });
        pictures.collect()
    }
}

impl Artifact {
    pub(super) fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            name: name.into(),
            bytes: bytes.into(),
        }
    }
}

/// Everything that a run shows, as JSON; `answer` is what it says to the question of the scenario.
pub fn results_json(results: &Results, parameters: &ParameterSet, answer: &[String]) -> Value {
    let (scenario, comparison) = (&results.scenario, &results.comparison);
    let mut json = summary_json(scenario, &results.summary, parameters, &answer.join(" "));
    if *comparison != Comparison::default() {
        json["comparison"] = comparison_json(scenario, comparison);
    }
    let effects = effects(scenario, &results.joint_outcomes);
    if !effects.is_empty() {
        json["effects"] = effects_json(&effects);
    }
    json
}

/// JSON as a file.
pub fn pretty(json: &Value) -> Vec<u8> {
    format!("{json:#}\n").into_bytes()
}

/// Ties that came from files, so that the scenario as it was run can be read again.
fn observed_ties(scenario: &Scenario) -> Vec<Artifact> {
    let community = scenario
        .conditions
        .first()
        .and_then(|first| first.protocol.community.as_ref());
    let layers = community.map_or(&[][..], |community| &community.layers);
    let observed = layers
        .iter()
        .enumerate()
        .filter_map(|(number, layer)| match &layer.network {
            Network::Observed(ties) => Some(Artifact::new(Layer::ties_file(number), ties_csv(ties))),
            _ => None,
        });
    observed.collect()
}

/// Tables and charts of a run, and its scenario as it was run; `json` is that of [`results_json`].
///
/// # Errors
///
/// None in practice: tables are written to memory.
pub fn artifacts(results: &Results, json: &Value) -> Result<Artifacts, csv::Error> {
    let (scenario, summary, comparison) = (&results.scenario, &results.summary, &results.comparison);
    let mut all = Vec::new();
    let mut left_out = Vec::new();
    if *comparison != Comparison::default() || !summary.differences.is_empty() {
        let table = comparison_csv(scenario, comparison, &summary.differences)?;
        all.push(Artifact::new("comparison.csv", table));
        let (name, codebook) = comparison_codebook();
        all.push(Artifact::new(name, codebook));
    }
    let effects = effects(scenario, &results.joint_outcomes);
    if !effects.is_empty() {
        all.push(Artifact::new("effects.csv", effects_csv(&effects)));
        let (name, codebook) = effects_codebook();
        all.push(Artifact::new(name, codebook));
    }
    all.push(Artifact::new("summary.json", pretty(json)));
    all.push(Artifact::new("summary.csv", summary_csv(summary)?));
    let (name, codebook) = summary_codebook(summary);
    all.push(Artifact::new(name, codebook));
    if let Some(table) = timeline_csv(scenario, &results.tallies) {
        all.push(Artifact::new("timeline.csv", table));
        let (name, codebook) = timeline_codebook(scenario, &results.tallies);
        all.push(Artifact::new(name, codebook));
    }
    if let Some(courses) = &results.time_courses {
        all.push(Artifact::new("timecourse.csv", timecourse_csv(scenario, courses)));
        let (name, codebook) = timecourse_codebook();
        all.push(Artifact::new(name, codebook));
    }
    if let Some(communities) = &results.communities {
        all.push(Artifact::new("community.csv", community_csv(scenario, communities)));
        let effects = community_effects_csv(scenario, communities);
        all.push(Artifact::new("community_effects.csv", effects));
        let portraits = communities.each.first().map(|community| &community.portraits[..]);
        if let Some(portraits) = portraits.filter(|portraits| !portraits.is_empty()) {
            all.push(Artifact::new(
                "community_ties.csv",
                community_ties_csv(scenario, portraits),
            ));
            let people = community_people_csv(scenario, portraits);
            all.push(Artifact::new("community_people.csv", people));
        }
        for (name, codebook) in community_codebooks() {
            all.push(Artifact::new(name, codebook));
        }
    }
    all.extend(results.over.iter().flat_map(over_key_tables));
    if let Some(table) = exchange_csv(scenario, &results.tallies) {
        all.push(Artifact::new("exchange.csv", table));
        let (name, codebook) = exchange_codebook();
        all.push(Artifact::new(name, codebook));
    }
    all.extend(observed_ties(scenario));
    all.push(Artifact::new("scenario.toml", to_toml(scenario)));
    #[cfg(feature = "pixels")]
    if let Some(Ok(film)) = super::community::community_film(results) {
        all.push(Artifact::new("community_film.png", film));
    }
    for drawing in each(charts(results), |draw| draw()) {
        match drawing {
            Ok(drawing) => {
                #[cfg(feature = "pixels")]
                all.push(Artifact::new(format!("{}.png", drawing.name), drawing.picture.png));
                all.push(Artifact::new(format!("{}.svg", drawing.name), drawing.picture.svg));
            }
            Err(error) => left_out.push(error),
        }
    }
    Ok(Artifacts { files: all, left_out })
}

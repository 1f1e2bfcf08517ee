//! What communities show, in words: how often help came, and whom training reached.

use crate::community::effects::{Communities, EffectEstimate, EffectKind};
use crate::community::sums::{CommunityMeasure, Group};
use crate::engine::life::main;
use crate::registry::{Measure, Readout};
use crate::scenario::Scenario;
use crate::wording::signed;

/// Conditions that are told of at most; the tables have all of them.
const MOST: usize = 6;

/// A sentence or two for each condition.
pub fn community_in_words(scenario: &Scenario, communities: &Communities) -> Vec<String> {
    let moment = main(&scenario.conditions[0]);
    let percent = |told: Option<EffectEstimate>| told.map(|told| format!("{:.0} %", 100.0 * told.estimate.value));
    let mut sentences = Vec::new();
    let of = |condition, measure| communities.mean(condition, condition, moment, Group::All, measure);
    for (number, condition) in scenario.conditions.iter().enumerate().take(MOST) {
        let met = percent(of(number, CommunityMeasure::NeedsMet));
        let helping = percent(of(number, CommunityMeasure::HelpingPerWitness));
        if let (Some(met), Some(helping)) = (met, helping) {
            sentences.push(format!(
                "In “{}” somebody helped in {met} of needs at the end, and {helping} of those at hand did.",
                condition.name
            ));
        }
        if number > 0 {
            sentences.extend(effects_in_words(scenario, communities, number, moment));
        }
    }
    sentences
}

/// What a condition does beside the first: to helping, and to what the file asks about or burnout.
fn effects_in_words(scenario: &Scenario, communities: &Communities, condition: usize, moment: usize) -> Option<String> {
    let partly = communities.people(0, condition, Group::Trained) > 0.0
        && communities.people(0, condition, Group::Untrained) > 0.0;
    let told = |kind, measure: CommunityMeasure| -> Option<String> {
        let estimate = communities.effect(condition, moment, kind, measure)?.estimate;
        let (factor, decimals, unit) = match measure {
            CommunityMeasure::Helped | CommunityMeasure::NeedsMet | CommunityMeasure::HelpingPerWitness => {
                (100.0, 1, " points")
            }
            CommunityMeasure::Mean(_) => (1.0, 2, ""),
        };
        let [value, lower, upper] =
            [estimate.value, estimate.lower, estimate.upper].map(|it| signed(factor * it, decimals));
        Some(match communities.each.len() {
            1 => format!("{value}{unit}"),
            _ => format!("{value}{unit} [{lower}, {upper}]"),
        })
    };
    let asked = scenario
        .contrasts
        .iter()
        .filter(|contrast| contrast.treatment == condition);
    let asked = asked.map(|contrast| contrast.measure).chain([Measure::Burnout]);
    let slow = asked
        .filter_map(|measure| CommunityMeasure::all().find(|own| own.questionnaire() == Some(measure)))
        .next()
        .unwrap_or(CommunityMeasure::Mean(Readout::Burnout));
    let words = slow.questionnaire().map_or("", |measure| measure.in_a_sentence());
    let each = |measure: CommunityMeasure, name: &str| -> Option<String> {
        if partly {
            let trained = told(EffectKind::Of(Group::Trained), measure)?;
            let others = told(EffectKind::Of(Group::Untrained), measure)?;
            Some(format!("{name} {trained} in the trained and {others} in the others"))
        } else {
            Some(format!("{name} {}", told(EffectKind::Of(Group::All), measure)?))
        }
    };
    let parts: Vec<String> = [each(CommunityMeasure::Helped, "help in the scene"), each(slow, words)]
        .into_iter()
        .flatten()
        .collect();
    (!parts.is_empty()).then(|| {
        format!(
            "Beside “{}” in the same communities: {}.",
            scenario.conditions[0].name,
            parts.join("; ")
        )
    })
}

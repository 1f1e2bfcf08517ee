//! A community: who knows whom, who is trained, who is exhausted, who helped whom, and what training does to the trained and to the others.

use crate::community::effects::{Communities, EffectEstimate, EffectKind};
use crate::community::sums::{CommunityMeasure, Group};
use crate::document::Choice;
use crate::engine::life::{main, moments};
use crate::population::networks::Network;
use crate::registry::Readout;
use crate::report::community_data;
use crate::scenario::{Community, Condition, Layer, Scenario};
use serde_json::{Map, Value, json};

/// What is told of a community unless the file asks for something else.
const TOLD: [CommunityMeasure; 4] = [
    CommunityMeasure::NeedsMet,
    CommunityMeasure::HelpingPerWitness,
    CommunityMeasure::Helped,
    CommunityMeasure::Mean(Readout::Burnout),
];

/// Whom training reaches.
const EFFECTS: [EffectKind; 3] = [
    EffectKind::Of(Group::All),
    EffectKind::Of(Group::Trained),
    EffectKind::Of(Group::Untrained),
];

/// The first community in a condition, a picture for each week in which everybody is measured; null where it has too many people for one.
pub(super) fn community(scenario: &Scenario, communities: &Communities, condition: usize) -> Value {
    let portraits = communities.each.first().map(|first| &first.portraits[..]);
    let Some(portraits) = portraits.filter(|portraits| !portraits.is_empty()) else {
        return Value::Null;
    };
    let shown = community_data(scenario, portraits, condition);
    let people = 0_u32..;
    let trained = people.zip(&shown.trained).filter(|(_, is_trained)| **is_trained);
    let weeks = moments(&scenario.conditions[condition]);
    let burnout = |values: &[f64]| values.iter().map(|value| scaled(*value, 100.0)).collect::<Vec<f64>>();
    json!({
        "condition": condition,
        "places": shown.places.iter().map(|(x, y)| [scaled(*x, 1000.0), scaled(*y, 1000.0)]).collect::<Vec<_>>(),
        "ties": shown.ties,
        "trained": trained.map(|(person, _)| person).collect::<Vec<_>>(),
        "weeks": weeks.iter().map(|moment| moment.week).collect::<Vec<_>>(),
        "burnout": shown.moments.iter().map(|moment| burnout(&moment.values)).collect::<Vec<_>>(),
        "helped": shown.moments.iter().map(|moment| &moment.helped).collect::<Vec<_>>(),
    })
}

/// Rounded: shorter, and finer than a screen.
fn scaled(value: f64, parts: f64) -> f64 {
    (value * parts).round() / parts
}

/// What happens in communities week by week, and what training does there beside the first condition; intervals are over communities.
pub(super) fn effects(scenario: &Scenario, communities: &Communities) -> Value {
    let asked = scenario.contrasts.iter().map(|contrast| contrast.measure);
    let slow = asked.filter_map(|measure| CommunityMeasure::all().find(|own| own.questionnaire() == Some(measure)));
    let mut measures = TOLD.to_vec();
    for measure in slow {
        if !measures.contains(&measure) {
            measures.push(measure);
        }
    }
    let conditions = scenario.conditions.iter().enumerate();
    let conditions = conditions.map(|(number, condition)| {
        let of = |told: &dyn Fn(CommunityMeasure) -> Value| -> Map<String, Value> {
            measures
                .iter()
                .map(|measure| (measure.key().to_owned(), told(*measure)))
                .collect()
        };
        json!({
            "name": condition.name,
            "trained": communities.people(number, number, Group::Trained),
            "untrained": communities.people(number, number, Group::Untrained),
            "course": of(&|measure| course(communities, (number, condition), measure)),
            "effects": of(&|measure| beside_the_first(communities, (number, condition), measure)),
        })
    });
    json!({
        "communities": communities.each.len(),
        "people": scenario.run.agents,
        "weeks": moments(&scenario.conditions[0]).iter().map(|moment| moment.week).collect::<Vec<_>>(),
        "shares": measures.iter().filter(|measure| measure.is_share()).map(|measure| measure.key()).collect::<Vec<_>>(),
        "measures": measures.iter().map(|measure| measure.key()).collect::<Vec<_>>(),
        "conditions": conditions.collect::<Vec<_>>(),
    })
}

/// A measure at every moment, of everybody, of the trained and of the others.
fn course(communities: &Communities, (number, condition): (usize, &Condition), measure: CommunityMeasure) -> Value {
    let of = |group: Group| -> Value {
        let told = (0..moments(condition).len())
            .map(|moment| communities.mean(number, number, moment, group, measure))
            .map(|told| told.map(|told| scaled(told.estimate.value, 1000.0)));
        json!(told.collect::<Vec<_>>())
    };
    json!({ "all": of(Group::All), "trained": of(Group::Trained), "untrained": of(Group::Untrained) })
}

/// What the training of a condition does to a measure at the moment that stands for the whole.
fn beside_the_first(
    communities: &Communities,
    (number, condition): (usize, &Condition),
    measure: CommunityMeasure,
) -> Value {
    if number == 0 {
        return Value::Null;
    }
    let told = |kind: EffectKind| {
        let told = communities.effect(number, main(condition), kind, measure);
        (kind.key().to_owned(), told.map_or(Value::Null, interval))
    };
    Value::Object(EFFECTS.into_iter().map(told).collect())
}

fn interval(told: EffectEstimate) -> Value {
    let [value, lower, upper] =
        [told.estimate.value, told.estimate.lower, told.estimate.upper].map(|it| scaled(it, 10_000.0));
    json!({ "value": value, "lower": lower, "upper": upper })
}

/// Who knows whom and what happens to people, as a page shows it.
pub(super) fn setting(condition: &Condition) -> Value {
    condition.protocol.community.as_ref().map_or(Value::Null, |community| {
        json!({
            "layers": community.layers.iter().map(layer).collect::<Vec<_>>(),
            "needs": community.needs.iter().map(|need| json!({
                "name": need.name,
                "per_person_per_week": need.per_person_per_week,
                "layer": community.layers[need.layer].name,
                "witnesses": need.witnesses,
            })).collect::<Vec<_>>(),
        })
    })
}

/// Which share of people gets the training of a condition, and who they are; null where everybody does.
pub(super) fn trained(community: &Community) -> Value {
    let share = community.trained.as_ref();
    share.map_or(
        Value::Null,
        |trained| json!({ "share": trained.share, "who": trained.who.word() }),
    )
}

fn layer(layer: &Layer) -> Value {
    let (network, ties) = match &layer.network {
        Network::Ring { degree } => ("ring", json!(degree)),
        Network::SmallWorld { degree, .. } => ("small_world", json!(degree)),
        Network::Random { degree } => ("random", json!(degree)),
        Network::Blocks { degree, .. } => ("blocks", json!(degree)),
        Network::ScaleFree { degree } => ("scale_free", json!(degree)),
        Network::Groups { size } => ("groups", json!(size)),
        Network::Complete => ("complete", Value::Null),
        Network::Observed(_) => ("file", Value::Null),
        Network::Strangers => ("strangers", Value::Null),
    };
    json!({
        "name": layer.name,
        "network": network,
        "ties": ties,
        "contacts_per_day": layer.contacts_per_day,
    })
}

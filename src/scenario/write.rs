//! A checked scenario back as a file: complete, and readable again.

use super::community_write::{community_pairs, community_tables};
use super::{Condition, Contrast, Exchange, Length, Observed, ObservedMean, Protocol, Scenario, StudyDesign, Unit};
use crate::document::{Choice, Setting};
use crate::model::agent::Trait;
use crate::model::situation::Situation;
use crate::model::training::{Practice, Program};
use serde::Serialize;
use serde_json::Value;

/// Keys and values, as TOML.
pub(super) type Pairs = Vec<(&'static str, String)>;

/// The scenario as a file that says everything, defaults included; what all conditions share stands once.
///
/// Reading it again gives the same scenario.
pub fn to_toml(scenario: &Scenario) -> String {
    let mut file = pairs_as_lines(&[("title", text(&scenario.title)), ("question", text(&scenario.question))]);
    if let Some(citation) = &scenario.citation {
        file += &pairs_as_lines(&[("citation", text(citation))]);
    }
    file += "\n[run]\n";
    file += &pairs_as_lines(&[
        ("seed", scenario.run.seed.to_string()),
        ("agents", scenario.run.agents.to_string()),
        ("replicates", scenario.run.replicates.to_string()),
    ]);

    let people: Vec<Pairs> = scenario.conditions.iter().map(population).collect();
    let scenes: Vec<Pairs> = scenario.conditions.iter().map(|it| situation(&it.situation)).collect();
    let (same_people, same_scene) = (shared(&people), shared(&scenes));
    file += "\n[population]\n";
    file += &pairs_as_lines(&same_people);
    file += "\n[situation]\n";
    file += &pairs_as_lines(&same_scene);

    if let Some(first) = scenario.conditions.first() {
        file += &protocol(first, &scenario.conditions);
    }
    for ((condition, people), scene) in scenario.conditions.iter().zip(people).zip(scenes) {
        let own = |all: Pairs, same: &Pairs| -> Pairs { all.into_iter().filter(|it| !same.contains(it)).collect() };
        let (people, scene) = (own(people, &same_people), own(scene, &same_scene));
        file += "\n[[condition]]\n";
        file += &pairs_as_lines(&condition_pairs(
            condition,
            &scene,
            &people,
            &scenario.conditions[0].protocol,
            &scenario.programs,
        ));
    }
    for it in &scenario.contrasts {
        file += "\n[[contrast]]\n";
        file += &pairs_as_lines(&contrast(it, &scenario.conditions));
    }
    file += &study(&scenario.study);
    if let Some(vary) = &scenario.vary {
        file += "\n[vary]\n";
        file += &pairs_as_lines(&[
            ("key", text(&vary.key)),
            ("from", number(vary.from)),
            ("to", number(vary.to)),
            ("points", vary.points.to_string()),
        ]);
    }
    for it in scenario.own_programs() {
        file += "\n[[program]]\n";
        file += &pairs_as_lines(&program(it, scenario.changed_program(it)));
    }
    file
}

fn condition_pairs(
    condition: &Condition,
    scene: &Pairs,
    people: &Pairs,
    first: &Protocol,
    programs: &[Program],
) -> Pairs {
    let mut pairs = vec![("name", text(&condition.name))];
    if !condition.factors.is_empty() {
        let levels = condition.factors.iter();
        let levels = levels.map(|(factor, level)| format!("{} = {}", text(factor), text(level)));
        pairs.push(("factors", braces(levels)));
    }
    if !scene.is_empty() {
        pairs.push(("situation", table(scene)));
    }
    if !people.is_empty() {
        pairs.push(("population", table(people)));
    }
    if !condition.training.is_empty() {
        let training = condition.training.iter().map(|it| practice(it, programs));
        pairs.push(("training", brackets(training)));
    }
    if let (Some(own), Some(first)) = (&condition.protocol.community, &first.community) {
        pairs.extend(community_pairs(own, first));
    }
    if let (Some(own), Some(first)) = (&condition.protocol.exchange, &first.exchange) {
        let usual = exchange_pairs(first);
        let own: Pairs = exchange_pairs(own)
            .into_iter()
            .filter(|pair| !usual.contains(pair))
            .collect();
        if !own.is_empty() {
            pairs.push(("exchange", table(&own)));
        }
    }
    if condition.knockout.mechanisms().next().is_some() {
        let words = condition.knockout.mechanisms().map(|it| text(it.key()));
        pairs.push(("knockout", brackets(words)));
    }
    if condition.protocol.network != 0.0 {
        pairs.push(("network", number(condition.protocol.network)));
    }
    if let Unit::Group(size) = condition.unit {
        pairs.push(("unit", text("group")));
        pairs.push(("group_size", size.to_string()));
    }
    if let Some(dominant) = condition.select {
        pairs.push(("select", table(&[("dominant", text(dominant.word()))])));
    }
    match &condition.observed[..] {
        [] => {}
        [one] => pairs.push(("observed", table(&observed(one)))),
        several => pairs.push(("observed", brackets(several.iter().map(|one| table(&observed(one)))))),
    }
    pairs
}

fn practice(practice: &Practice, programs: &[Program]) -> String {
    let name = |at: &usize| programs.get(*at).map(|it| text(&it.name));
    let which = match &practice.programs[..] {
        [one] => ("program", name(one).unwrap_or_default()),
        several => ("one_of", brackets(several.iter().filter_map(name))),
    };
    table(&[
        which,
        ("hours", number(practice.hours)),
        ("weeks", number(practice.weeks)),
        ("transportation", number(practice.transportation)),
    ])
}

/// How real people would be studied, where that is said.
fn study(study: &StudyDesign) -> String {
    if *study == StudyDesign::default() {
        return String::new();
    }
    let mut pairs = vec![("design", text(study.design.word()))];
    if !study.allocation.is_empty() {
        pairs.push(("allocation", brackets(study.allocation.iter().map(u32::to_string))));
    }
    if let Some(attrition) = &study.attrition {
        let mut all = vec![("share", number(attrition.share))];
        all.extend(attrition.depends_on.map(|measure| ("depends_on", text(measure.word()))));
        pairs.push(("attrition", table(&all)));
    }
    if let Some(clusters) = &study.clusters {
        let all = [("size", clusters.size.to_string()), ("icc", number(clusters.icc))];
        pairs.push(("clusters", table(&all)));
    }
    if study.carry_over > 0.0 {
        pairs.push(("carry_over", number(study.carry_over)));
    }
    format!("\n[study]\n{}", pairs_as_lines(&pairs))
}

/// Weeks and encounters in a row, which all conditions share.
fn protocol(first: &Condition, conditions: &[Condition]) -> String {
    let mut text = String::new();
    if let (Some(community), Some(timeline)) = (&first.protocol.community, &first.protocol.timeline) {
        text += &community_tables(community, timeline);
    } else if let Some(it) = &first.protocol.timeline {
        let weeks = it.measure_at.iter().map(|it| number(*it));
        text += "\n[timeline]\n";
        text += &pairs_as_lines(&[("weeks", number(it.weeks)), ("measure_at", brackets(weeks))]);
    }
    if let Some(exchange) = &first.protocol.exchange {
        text += "\n[exchange]\n";
        text += &pairs_as_lines(&exchange_pairs(exchange));
    }
    if let Some(it) = &first.protocol.exposures {
        text += "\n[exposures]\n";
        text += &pairs_as_lines(&[
            ("count", it.count.to_string()),
            ("spacing_hours", number(it.spacing_hours)),
            ("situation", table(&exposed(conditions))),
        ]);
    }
    text
}

/// The keys of an exchange.
pub(super) fn exchange_pairs(exchange: &Exchange) -> Pairs {
    let length = match exchange.length {
        Length::Rounds(rounds) => ("rounds", rounds.to_string()),
        Length::Continue(chance) => ("continue", number(chance)),
    };
    vec![
        length,
        ("benefit", number(exchange.benefit)),
        ("noise", number(exchange.noise)),
        ("partner", text(exchange.partner.word())),
    ]
}

/// The keys in which what is met in a row differs from the scene, in any condition.
pub(super) fn exposed(conditions: &[Condition]) -> Pairs {
    let mut differing: Pairs = Vec::new();
    for condition in conditions {
        let Some(it) = &condition.protocol.exposures else {
            continue;
        };
        let scene = situation(&condition.situation);
        for pair in situation(&it.situation) {
            if !scene.contains(&pair) && !differing.contains(&pair) {
                differing.push(pair);
            }
        }
    }
    differing
}

fn observed(observed: &Observed) -> Pairs {
    match observed {
        Observed::Helped { helped, of } => {
            vec![("helped", helped.to_string()), ("of", of.to_string())]
        }
        Observed::Mean(ObservedMean {
            measure,
            mean,
            sd,
            n,
            calibrate,
        }) => {
            let mut pairs = vec![("measure", text(measure.word())), ("mean", number(*mean))];
            pairs.extend(sd.map(|it| ("sd", number(it))));
            pairs.extend(n.map(|it| ("n", it.to_string())));
            pairs.extend(calibrate.then(|| ("calibrate", "true".to_owned())));
            pairs
        }
    }
}

fn contrast(contrast: &Contrast, conditions: &[Condition]) -> Pairs {
    let name = |at: usize| conditions.get(at).map_or_else(String::new, |it| text(&it.name));
    let mut pairs = vec![
        ("treatment", name(contrast.treatment)),
        ("control", name(contrast.control)),
        ("measure", text(contrast.measure.word())),
    ];
    pairs.extend(contrast.week.map(|it| ("week", number(it))));
    pairs.extend(contrast.from_week.map(|it| ("from_week", number(it))));
    if contrast.observed.makes_claim() {
        pairs.push(("observed", serialised(&contrast.observed)));
    }
    pairs
}

/// A program of the file, as far as it differs from the built-in one that it changes or from one that does nothing.
fn program(program: &Program, changed: Option<&Program>) -> Pairs {
    let nothing = Program::without_effect(&program.name);
    let base = changed.unwrap_or(&nothing);
    let mut pairs = vec![("name", text(&program.name))];
    for (it, effect) in Trait::ALL.into_iter().zip(&program.effects) {
        if *effect != base.effects[it as usize] {
            let effect = [("shift", number(effect.shift)), ("onset", text(effect.onset.word()))];
            pairs.push((it.key(), table(&effect)));
        }
    }
    pairs.push(("hours_to_63_percent", number(program.hours_to_63_percent)));
    pairs.push(("half_life_weeks", number(program.half_life_weeks)));
    pairs
}

fn population(condition: &Condition) -> Pairs {
    Trait::ALL
        .into_iter()
        .zip(&condition.population)
        .map(|(it, shift)| (it.key(), serialised(shift)))
        .collect()
}

/// Every key of a situation and its value.
pub(super) fn situation(situation: &Situation) -> Pairs {
    let settings = situation.settings().into_iter();
    settings.map(|(key, value)| (key, setting(value))).collect()
}

fn setting(value: Setting<'_>) -> String {
    match value {
        Setting::Number(value) => number(value),
        Setting::Count(value) => value.to_string(),
        Setting::Flag(value) => value.to_string(),
        Setting::Word(value, _) | Setting::Text(value) => text(value),
    }
}

/// The pairs that stand in every list.
pub(super) fn shared(all: &[Pairs]) -> Pairs {
    let Some((first, rest)) = all.split_first() else {
        return Vec::new();
    };
    let in_all = |it: &&(&'static str, String)| rest.iter().all(|other| other.contains(it));
    first.iter().filter(in_all).cloned().collect()
}

fn serialised(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(value) => from_json(&value),
        Err(_) => String::new(),
    }
}

fn from_json(value: &Value) -> String {
    match value {
        Value::String(it) => text(it),
        Value::Object(map) => braces(map.iter().map(|(key, it)| format!("{key} = {}", from_json(it)))),
        other => other.to_string(),
    }
}

pub(super) fn pairs_as_lines(pairs: &[(&'static str, String)]) -> String {
    pairs.iter().map(|(key, value)| format!("{key} = {value}\n")).collect()
}

pub(super) fn table(pairs: &[(&'static str, String)]) -> String {
    braces(pairs.iter().map(|(key, value)| format!("{key} = {value}")))
}

pub(super) fn braces(parts: impl Iterator<Item = String>) -> String {
    format!("{{ {} }}", parts.collect::<Vec<_>>().join(", "))
}

fn brackets(parts: impl Iterator<Item = String>) -> String {
    format!("[{}]", parts.collect::<Vec<_>>().join(", "))
}

/// A number that reads back as the same bits.
pub(super) fn number(value: f64) -> String {
    format!("{value:?}")
}

/// A string with the quotes and escapes it needs.
pub(super) fn text(value: &str) -> String {
    toml::Value::from(value).to_string()
}

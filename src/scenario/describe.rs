//! What a scenario will do, in plain words.

use super::write::{Pairs, situation};
use super::{Condition, Contrast, Dominant, Observed, Scenario, Unit};
use crate::document::Choice;
use crate::model::agent::{PopulationShift, Trait, TraitShift};
use crate::model::situation::Situation;
use crate::model::training::{Practice, Program};

/// What will be run: people, conditions and how they differ, what is counted and compared.
pub fn describe(scenario: &Scenario) -> String {
    let mut lines = vec![scenario.title.clone()];
    if !scenario.question.trim().is_empty() {
        lines.extend(scenario.question.trim().lines().map(|it| format!("  {it}")));
    }
    lines.extend(scenario.citation.as_ref().map(|it| format!("  after {it}")));
    lines.push(String::new());
    lines.push(people(scenario));

    let scenes: Vec<Pairs> = scenario.conditions.iter().map(|it| situation(&it.situation)).collect();
    let usual = situation(&Situation::default());
    let same: Pairs = usual
        .iter()
        .filter_map(|(key, _)| common(&scenes, key))
        .collect();
    let shared: Vec<String> = same
        .iter()
        .filter(|it| !usual.contains(it))
        .map(|(key, value)| format!("{key} {value}"))
        .collect();
    lines.push(match &shared[..] {
        [] => "the scene has the default of every key that no condition changes".to_owned(),
        _ => format!("the scene, defaults apart: {}", shared.join(", ")),
    });

    for ((number, condition), scene) in scenario.conditions.iter().enumerate().zip(&scenes) {
        lines.push(String::new());
        lines.push(format!("{}. {}", number + 1, condition.name));
        let changed = scene.iter().filter(|it| !same.contains(it));
        let changed: Vec<String> = changed.map(|(key, value)| format!("{key} {value}")).collect();
        lines.extend(about(condition, &changed, &scenario.programs).map(|it| format!("   {it}")));
    }

    let contrasts: Vec<String> = scenario.contrasts.iter().map(|it| comparison(it, scenario)).collect();
    if !contrasts.is_empty() {
        lines.push(String::new());
        lines.push("to be compared with the published differences:".to_owned());
        lines.extend(contrasts);
    }
    lines.push(String::new());
    lines.join("\n")
}

fn people(scenario: &Scenario) -> String {
    let run = &scenario.run;
    let conditions = match scenario.conditions.len() {
        1 => "1 condition".to_owned(),
        n => format!("{n} conditions"),
    };
    let replicates = match run.replicates {
        1 => String::new(),
        n => format!(" × {n} replicates"),
    };
    let same = match scenario.conditions.len() {
        1 => "",
        _ => ", the same people in each",
    };
    let agents = run.agents;
    format!("{conditions} × {agents} people{replicates} (seed {}){same}", run.seed)
}

/// The value of a key if all situations agree on it.
fn common(scenes: &[Pairs], key: &'static str) -> Option<(&'static str, String)> {
    let mut values = scenes.iter().filter_map(|it| it.iter().find(|(name, _)| *name == key));
    let first = values.next()?;
    values.all(|it| it == first).then(|| first.clone())
}

/// What is particular about a condition, a line each.
fn about<'c>(
    condition: &'c Condition,
    changed: &[String],
    programs: &'c [Program],
) -> impl Iterator<Item = String> + 'c {
    let scene = (!changed.is_empty()).then(|| format!("scene: {}", changed.join(", ")));
    let people = shifts(&condition.population);
    let people = (!people.is_empty()).then(|| format!("people: {}", people.join(", ")));
    let training = condition.training.iter().map(|it| practice(it, programs));
    let knocked_out: Vec<&str> = condition.knockout.mechanisms().map(|it| it.key()).collect();
    let knockout = (!knocked_out.is_empty()).then(|| format!("switched off: {}", knocked_out.join(", ")));
    let unit = match condition.unit {
        Unit::Person => None,
        Unit::Group(size) => Some(format!("counted: groups of {size}, of which at least one helped")),
    };
    let select = condition.select.map(|it| match it {
        Dominant::PersonalDistress => "counted: only those more distressed than compassionate".to_owned(),
        Dominant::EmpathicConcern => "counted: only those more compassionate than distressed".to_owned(),
    });
    let observed = condition.observed.as_ref().map(|it| format!("observed: {}", what_people_did(it)));
    let lines: Vec<String> = scene
        .into_iter()
        .chain(people)
        .chain(training)
        .chain(knockout)
        .chain(unit)
        .chain(select)
        .chain(observed)
        .collect();
    let nothing = lines.is_empty().then(|| "the shared scene, nothing changed".to_owned());
    nothing.into_iter().chain(lines)
}

/// The traits in which a population differs from the norm.
fn shifts(shift: &PopulationShift) -> Vec<String> {
    let norm = TraitShift::default();
    Trait::ALL
        .into_iter()
        .zip(shift)
        .filter(|(_, it)| **it != norm)
        .map(|(which, it)| format!("{} {:+} SD (spread {})", which.key(), it.mean, it.sd))
        .collect()
}

fn practice(practice: &Practice, programs: &[Program]) -> String {
    let names = practice.programs.iter().filter_map(|it| programs.get(*it));
    let names: Vec<&str> = names.map(|it| &*it.name).collect();
    format!(
        "training: {} for {} hours over {} weeks",
        names.join(" or, by lot, "),
        practice.hours,
        practice.weeks
    )
}

fn what_people_did(observed: &Observed) -> String {
    match observed {
        Observed::Helped { helped, of } => {
            let percent = 100.0 * f64::from(*helped) / f64::from(*of);
            format!("{helped} of {of} helped ({percent:.0} %)")
        }
        Observed::Mean {
            measure,
            mean,
            sd,
            n,
        } => {
            let sd = sd.map_or(String::new(), |it| format!(" (SD {it})"));
            let n = n.map_or(String::new(), |it| format!(", n = {it}"));
            format!("mean {} {mean}{sd}{n}", measure.word())
        }
    }
}

fn comparison(contrast: &Contrast, scenario: &Scenario) -> String {
    let name = |at: usize| scenario.conditions.get(at).map_or("", |it| &*it.name);
    let it = &contrast.observed;
    let limits = match (it.low, it.high) {
        (None, None) => String::new(),
        (low, high) => {
            let shown = |it: Option<f64>| it.map_or("?".to_owned(), |it| it.to_string());
            format!(" [{}, {}]", shown(low), shown(high))
        }
    };
    let parts = [
        it.direction.map(|it| it.word().to_owned()),
        it.d.map(|d| format!("d = {d}{}", it.se.map_or(String::new(), |se| format!(" (SE {se})")))),
        it.ratio.map(|ratio| format!("ratio {ratio}{limits}")),
        it.r.map(|r| format!("r = {r}")),
        it.n.map(|n| format!("n = {n}")),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    format!(
        "   {}: `{}` against `{}`: {}",
        contrast.measure.word(),
        name(contrast.treatment),
        name(contrast.control),
        parts.join(", ")
    )
}

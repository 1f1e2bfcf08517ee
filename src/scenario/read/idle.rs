//! Notes on keys of scenes and people that say nothing where they stand.

use crate::document::{Note, Section, shown};
use crate::model::situation::{BystanderBehaviour, HelpKind, Situation};
use crate::scenario::{Condition, Unit};

/// Keys that say nothing without others, each with its table.
const CONDITIONAL: [(&str, &str); 5] = [
    ("situation", "bystander_behaviour"),
    ("situation", "witness_closeness"),
    ("situation", "endowment"),
    ("situation", "endowment_unit"),
    ("population", "vagal_tone"),
];

/// A note for each shared key that says nothing in any condition, and for each key of a condition that says nothing there.
pub(super) fn without_effect(top: &Section<'_>, sections: &[Section<'_>], conditions: &[Condition]) -> Vec<Note> {
    let mut notes = Vec::new();
    let mut note = |section: &Section<'_>, key: &str, place: &str, why: &str| {
        notes.push(Note {
            span: section.entry(key).map(|entry| entry.key_span.clone()),
            message: format!("`{key}` says nothing in {place}: {why}"),
        });
    };
    for (table, key) in CONDITIONAL {
        let reasons: Option<Vec<&str>> = conditions.iter().map(|condition| idle(key, condition)).collect();
        if let (Some(section), Some(reasons)) = (top.table(table, &mut Vec::new()), reasons)
            && let (Some(_), Some(why)) = (section.entry(key), reasons.first())
        {
            note(&section, key, "any condition", why);
        }
        for (section, condition) in sections.iter().zip(conditions) {
            let own = section.table(table, &mut Vec::new());
            if let (Some(own), Some(why)) = (own, idle(key, condition))
                && own.entry(key).is_some()
            {
                note(&own, key, &format!("`{}`", shown(&condition.name)), why);
            }
        }
    }
    notes
}

/// Why a key says nothing in a condition; none where it matters, in the scene or in an encounter before it.
fn idle(key: &str, condition: &Condition) -> Option<&'static str> {
    let exposed = condition
        .protocol
        .exposures
        .as_ref()
        .map(|exposures| &exposures.situation);
    let none = |matters: &dyn Fn(&Situation, Unit) -> bool| {
        // People meet the encounters before the scene one by one.
        let before = exposed.is_some_and(|situation| matters(situation, Unit::Person));
        !before && !matters(&condition.situation, condition.unit)
    };
    let others = |situation: &Situation, unit| unit != Unit::Person || situation.bystanders > 0;
    match key {
        "bystander_behaviour" => {
            none(&others).then_some("nobody else is there (`bystanders` is 0, and `unit` a person)")
        }
        "witness_closeness" => {
            let seen = |situation: &Situation, unit| {
                others(situation, unit) && situation.bystander_behaviour == BystanderBehaviour::Free
            };
            none(&seen)
                .then_some("no real others are seen (`bystander_behaviour = \"free\"` in a group, or with bystanders)")
        }
        "vagal_tone" => condition.protocol.is_single().then_some(
            "it brings arousal down after a scene, and in a single encounter only `residual_arousal` of people.csv shows that",
        ),
        _ => {
            let graded = |situation: &Situation, _| situation.help == HelpKind::Graded;
            none(&graded).then_some("help is no quantity (`help = \"graded\"`)")
        }
    }
}

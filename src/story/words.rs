//! Turning points in words.

use super::{Feeling, Parting, Place, Tendency, Turn, What};
use crate::document::in_words;
use crate::engine::records::Outcome;
use crate::model::agent::Trait;
use crate::scenario::Dominant;

/// Traits that are told of a person, at most.
const TOLD: usize = 3;

/// From how many SD off the norm a trait is told.
const UNUSUAL: f64 = 1.0;

/// Who somebody is: the traits in which they, with what they have practised, are farthest from the norm.
pub fn person(traits: &[f64; Trait::COUNT]) -> String {
    let mut unusual: Vec<(Trait, f64)> = Trait::ALL.into_iter().zip(*traits).collect();
    unusual.retain(|it| it.1.abs() >= UNUSUAL);
    unusual.sort_by(|one, other| other.1.abs().total_cmp(&one.1.abs()));
    let told: Vec<String> = unusual
        .iter()
        .take(TOLD)
        .map(|(which, z)| {
            let word = if *z > 0.0 { "high" } else { "low" };
            let name = in_words(which.key());
            let z = format!("{z:+.1}").replace('-', "−");
            format!("{word} in {name} ({z} SD)")
        })
        .collect();
    match &told[..] {
        [] => "Somebody within 1 SD of the norm in every trait.".to_owned(),
        [rest @ .., last] if !rest.is_empty() => format!("Somebody {} and {last}.", rest.join(", ")),
        some => format!("Somebody {}.", some.join(", ")),
    }
}

/// A turning point in a few words, for the chart.
pub fn label(turn: &Turn) -> String {
    let short = |feeling: Feeling| match feeling {
        Feeling::Sharing => "sharing",
        Feeling::Distress => "distress",
        Feeling::Compassion => "compassion",
        Feeling::Indignation => "indignation",
    };
    match turn.what {
        What::Noticed(place) => format!("notices{}", soon(place)),
        What::Understood { when, much } => {
            let much = match much {
                Place::Low => " little",
                Place::Middle => "",
                Place::High => " much",
            };
            format!("understands{much}{}", soon(when))
        }
        What::Stands { feeling, place, .. } => {
            let place = if place == Place::High { "high" } else { "low" };
            format!("{place} {}", short(feeling))
        }
        What::Peaked { feeling, .. } => format!("{} peaks", short(feeling)),
        What::RegulationSetIn => "reappraises much".to_owned(),
        What::Prevails { feeling, .. } => format!("{} prevails", feeling_name(feeling)),
        What::Leads { tendency, .. } => format!("leans towards {}", tendency_name(tendency)),
        What::Close {
            tendency, drew_back, ..
        } => {
            let then = if drew_back { ", draws back" } else { "" };
            format!("close to {}{then}", tendency_name(tendency))
        }
        What::Ended(Outcome::Helped, _) => "helps".to_owned(),
        What::Ended(Outcome::Left, _) => "leaves".to_owned(),
        What::Ended(Outcome::Punished, _) => "punishes".to_owned(),
        What::Ended(Outcome::Relieved, _) => "is relieved by another".to_owned(),
        What::Ended(Outcome::Undecided, _) => "has not decided".to_owned(),
    }
}

fn soon(place: Place) -> &'static str {
    match place {
        Place::Low => " soon",
        Place::Middle => "",
        Place::High => " late",
    }
}

/// Where the same person in two conditions parts, in a sentence or two.
pub fn story_of_parting(parting: Option<&Parting>, here: &str, there: &str) -> String {
    let Some(it) = parting else {
        return format!("In “{there}” the same person with the same luck ends the same way.");
    };
    let at = seconds(it.time_s);
    let ways = match it.tendency {
        Some((tendency, one, other)) => format!(
            "the tendency towards {} is {one:.2} in “{here}” and {other:.2} in “{there}”",
            tendency_name(tendency)
        ),
        None => "one has decided and the other has not".to_owned(),
    };
    let what = match it.state {
        Some(it) => format!(
            "What differs most by then is {}, {:.2} in “{here}” and {:.2} in “{there}” ({:.1} SD between people)",
            it.name, it.here, it.there, it.sd
        ),
        None => "What is noticed, felt and understood is nearly the same by then: it is the scene that parts them"
            .to_owned(),
    };
    format!("The two part at {at}: {ways}. {what}.")
}

pub(super) fn feeling_name(feeling: Dominant) -> &'static str {
    match feeling {
        Dominant::PersonalDistress => "personal distress",
        Dominant::EmpathicConcern => "compassion",
    }
}

pub(super) fn tendency_name(tendency: Tendency) -> &'static str {
    match tendency {
        Tendency::Help => "helping",
        Tendency::Leave => "leaving",
        Tendency::Punish => "punishing",
    }
}

pub(super) fn seconds(time_s: f64) -> String {
    format!("{time_s:.1} s")
}

//! Turning points in words.

use super::{Feeling, Parting, Place, Tendency, Turn, What};
use crate::document::in_words;
use crate::engine::records::Outcome;
use crate::model::agent::Trait;
use crate::scenario::{Condition, Dominant};
use crate::wording::{listed, signed};

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
            let sd = format!("{} SD", signed(*z, 1));
            match (*which, *z > 0.0) {
                // “Low in low mood” would be read twice.
                (Trait::LowMood, true) => format!("with many depressive symptoms ({sd})"),
                (Trait::LowMood, false) => format!("with few depressive symptoms ({sd})"),
                (which, true) => format!("high in {} ({sd})", in_words(which.key())),
                (which, false) => format!("low in {} ({sd})", in_words(which.key())),
            }
        })
        .collect();
    match &told[..] {
        [] => "Somebody within 1 SD of the norm in every trait.".to_owned(),
        some => format!("Somebody {}.", listed(some)),
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
pub fn story_of_parting(parting: Option<&Parting>, [one, other]: [&Condition; 2]) -> String {
    let (here, there) = (&one.name, &other.name);
    let cause = if one.situation != other.situation {
        "it is the scene that parts them"
    } else if one.knockout != other.knockout {
        "it is what is switched off that parts them"
    } else {
        "small differences have added up"
    };
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
        None => format!("What is noticed, felt and understood is nearly the same by then: {cause}"),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::test_scenario;
    use crate::model::mechanism::{Knockout, Mechanism};

    #[test]
    fn nobody_is_low_in_low_mood() {
        let mut traits = [0.0; Trait::COUNT];
        traits[Trait::LowMood as usize] = -1.64;
        traits[Trait::Reappraisal as usize] = 1.2;
        assert_eq!(
            person(&traits),
            "Somebody with few depressive symptoms (−1.6 SD) and high in reappraisal (+1.2 SD)."
        );
    }

    /// Training changes no scene, so no scene can be what parts the two.
    #[test]
    fn only_another_scene_is_blamed_on_the_scene() {
        let parting = Parting {
            time_s: 4.0,
            tendency: Some((Tendency::Help, 0.2, 0.4)),
            state: None,
        };
        let [one, mut other] = [0, 1].map(|it| test_scenario(&["a", "b"]).conditions.swap_remove(it));
        other.situation = one.situation.clone();
        other.knockout = one.knockout;
        let told = |other: &Condition| story_of_parting(Some(&parting), [&one, other]);
        assert!(
            told(&other).ends_with("small differences have added up."),
            "{}",
            told(&other)
        );
        other.knockout = Knockout::default().with(Mechanism::DiffusionOfResponsibility);
        assert!(told(&other).ends_with("it is what is switched off that parts them."));
        other.situation.escape = 1.0 - one.situation.escape / 2.0;
        assert!(told(&other).ends_with("it is the scene that parts them."));
    }
}

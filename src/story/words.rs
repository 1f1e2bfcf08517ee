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

/// The story of an encounter: a sentence for each turning point, in their order.
pub fn story(turns: &[Turn]) -> String {
    let told = turns.len().saturating_sub(1);
    let leaning = |it: &&Turn| matches!(it.what, What::Leads { .. });
    let mut sentences = Vec::new();
    if turns.iter().filter(leaning).count() == told {
        sentences.push("What the person noticed, felt and understood was much as in most people here.".to_owned());
    }
    for (number, it) in turns.iter().enumerate() {
        let who = if number == 0 { "the person" } else { "they" };
        sentences.push(sentence(it, who));
    }
    sentences.join(" ")
}

fn sentence(turn: &Turn, who: &str) -> String {
    let at = seconds(turn.time_s);
    match turn.what {
        What::Noticed(place) => format!("At {at} {who} noticed the one in need{}.", pace(place)),
        What::Understood { when, much } => {
            let much = match much {
                Place::Low => "the little that they would come to understand of the other",
                Place::Middle => "much of what the other was going through",
                Place::High => "what the other was going through better than three in four come to",
            };
            format!("At {at} {who} had understood {much}{}.", pace(when))
        }
        What::Stands { feeling, place } => {
            let more = if place == Place::High { "more" } else { "less" };
            let than = format!("{more} than in three of four people");
            format!("From {at} on {} was {than}.", feeling_words(feeling))
        }
        What::Peaked { feeling, height } => {
            let name = feeling_words(feeling);
            format!("At {at} {name} was at its height ({height:.2}), and then came down.")
        }
        What::RegulationSetIn => {
            format!("At {at} {who} had begun to see it in a calmer light, and did so more than most.")
        }
        What::Prevails {
            feeling,
            over_the_other,
        } => {
            let name = feeling_name(feeling);
            let other = feeling_name(match feeling {
                Dominant::PersonalDistress => Dominant::EmpathicConcern,
                Dominant::EmpathicConcern => Dominant::PersonalDistress,
            });
            if over_the_other {
                format!("From {at} on {name} outweighed {other}.")
            } else {
                format!("Unlike in most, the first strong feeling, at {at}, was {name}.")
            }
        }
        What::Leads { tendency, before: None } => format!("At {at} {who} leaned towards {}.", tendency_name(tendency)),
        What::Leads {
            tendency,
            before: Some(before),
        } => format!(
            "At {at} {who} turned from {} towards {}.",
            tendency_name(before),
            tendency_name(tendency)
        ),
        What::Close {
            tendency,
            height,
            drew_back,
        } => {
            let then = if drew_back { ", and drew back" } else { "" };
            format!(
                "At {at} {who} came closest to {} ({height:.2} of 1){then}.",
                tendency_name(tendency)
            )
        }
        What::Ended(Outcome::Helped, place) => format!("At {at} {who} helped{}.", pace(place)),
        What::Ended(Outcome::Left, place) => format!("At {at} {who} left{}.", pace(place)),
        What::Ended(Outcome::Punished, place) => format!("At {at} {who} turned on the one to blame{}.", pace(place)),
        What::Ended(Outcome::Relieved, _) => {
            format!("At {at} somebody else helped, and there was nothing left to decide.")
        }
        What::Ended(Outcome::Undecided, _) => {
            format!("When the chance to help was over, at {at}, {who} had not decided.")
        }
    }
}

/// Whether something came soon or late.
fn pace(place: Place) -> &'static str {
    match place {
        Place::Low => ", sooner than most who do",
        Place::Middle => "",
        Place::High => ", later than most who do",
    }
}

fn feeling_words(feeling: Feeling) -> &'static str {
    match feeling {
        Feeling::Sharing => "what they felt with the other",
        Feeling::Distress => "their own distress",
        Feeling::Compassion => "their compassion",
        Feeling::Indignation => "their indignation",
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
        What::Stands { feeling, place } => {
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
        return format!("In “{there}” the same person with the same luck goes the same way.");
    };
    let at = seconds(it.time_s);
    let ways = match it.tendency {
        Some((tendency, one, other)) => format!(
            "the tendency towards {} is {one:.2} in “{here}” and {other:.2} in “{there}”",
            tendency_name(tendency)
        ),
        None => "one has decided and the other has not".to_owned(),
    };
    let (state, one, other) = it.state;
    format!(
        "The two part at {at}: {ways}. What differs most by then is {state}, {one:.2} in “{here}” and {other:.2} in “{there}”."
    )
}

fn feeling_name(feeling: Dominant) -> &'static str {
    match feeling {
        Dominant::PersonalDistress => "personal distress",
        Dominant::EmpathicConcern => "compassion",
    }
}

fn tendency_name(tendency: Tendency) -> &'static str {
    match tendency {
        Tendency::Help => "helping",
        Tendency::Leave => "leaving",
        Tendency::Punish => "punishing",
    }
}

fn seconds(time_s: f64) -> String {
    format!("{time_s:.1} s")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_course_is_another_story() {
        let turn = |time_s, what| Turn { time_s, what };
        let helped = [
            turn(1.0, What::Noticed(Place::Low)),
            turn(8.0, What::Ended(Outcome::Helped, Place::Middle)),
        ];
        let left = [turn(8.0, What::Ended(Outcome::Left, Place::High))];
        assert_eq!(
            story(&helped),
            "At 1.0 s the person noticed the one in need, sooner than most who do. At 8.0 s they helped."
        );
        assert_eq!(
            story(&left),
            "What the person noticed, felt and understood was much as in most people here. At 8.0 s the person left, later than most who do."
        );
    }
}

//! Turning points in words.

use super::{Parting, Tendency, Turn, What};
use crate::engine::records::Outcome;
use crate::scenario::Dominant;

/// The story of an encounter: a sentence for each turning point, in their order.
pub fn story(turns: &[Turn]) -> String {
    let noticed = turns.iter().any(|it| it.what == What::Noticed);
    let mut sentences = Vec::new();
    if !noticed {
        sentences.push("The person hardly noticed the one in need.".to_owned());
    }
    for (number, it) in turns.iter().enumerate() {
        let who = if number == 0 && noticed { "the person" } else { "they" };
        sentences.push(sentence(it, who));
    }
    sentences.join(" ")
}

fn sentence(turn: &Turn, who: &str) -> String {
    let at = seconds(turn.time_s);
    match turn.what {
        What::Noticed => format!("At {at} {who} noticed the one in need."),
        What::Understood => {
            format!("At {at} {who} had understood much of what the other was going through.")
        }
        What::SharingPeaked { sharing } => {
            format!("What {who} felt with the other was strongest at {at} ({sharing:.2}), and then came down.")
        }
        What::RegulationSetIn => format!("At {at} {who} had begun to calm themselves."),
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
                format!("The first strong feeling, at {at}, was {name}.")
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
        What::Ended(Outcome::Helped) => format!("At {at} {who} helped."),
        What::Ended(Outcome::Left) => format!("At {at} {who} left."),
        What::Ended(Outcome::Punished) => format!("At {at} {who} turned on the one to blame."),
        What::Ended(Outcome::Relieved) => {
            format!("At {at} somebody else helped, and there was nothing left to decide.")
        }
        What::Ended(Outcome::Undecided) => format!("When the chance to help was over, at {at}, {who} had not decided."),
    }
}

/// A turning point in a few words, for the chart.
pub fn label(turn: &Turn) -> String {
    match turn.what {
        What::Noticed => "notices".to_owned(),
        What::Understood => "understands".to_owned(),
        What::SharingPeaked { .. } => "sharing peaks".to_owned(),
        What::RegulationSetIn => "regulation sets in".to_owned(),
        What::Prevails { feeling, .. } => format!("{} prevails", feeling_name(feeling)),
        What::Leads { tendency, .. } => format!("leans towards {}", tendency_name(tendency)),
        What::Ended(Outcome::Helped) => "helps".to_owned(),
        What::Ended(Outcome::Left) => "leaves".to_owned(),
        What::Ended(Outcome::Punished) => "punishes".to_owned(),
        What::Ended(Outcome::Relieved) => "is relieved by another".to_owned(),
        What::Ended(Outcome::Undecided) => "has not decided".to_owned(),
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
        let helped = [turn(1.0, What::Noticed), turn(8.0, What::Ended(Outcome::Helped))];
        let left = [turn(8.0, What::Ended(Outcome::Left))];
        assert_eq!(
            story(&helped),
            "At 1.0 s the person noticed the one in need. At 8.0 s they helped."
        );
        assert_eq!(
            story(&left),
            "The person hardly noticed the one in need. At 8.0 s they left."
        );
    }
}

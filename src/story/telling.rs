//! The story of an encounter: its turning points in sentences, in their order.

use super::words::{feeling_name, seconds, tendency_name};
use super::{Feeling, Place, Tendency, Turn, What};
use crate::engine::records::Outcome;
use crate::scenario::Dominant;
use crate::wording::{capital, listed_with};

/// Seconds after which something comes a moment later.
const MOMENT: f64 = 1.0;

/// How the person is called: in full at first, and then by a pronoun.
#[derive(Clone, Copy)]
struct Who {
    they: &'static str,
    their: &'static str,
}

const FIRST: Who = Who {
    they: "the person",
    their: "the person's",
};
const LATER: Who = Who {
    they: "they",
    their: "their",
};

/// The story of an encounter. Turning points that belong together share a sentence.
pub fn story(turns: &[Turn]) -> String {
    let of_leaning = |it: &Turn| matches!(it.what, What::Leads { .. } | What::Close { .. } | What::Ended(..));
    let mut sentences = Vec::new();
    let mut who = FIRST;
    if turns.iter().all(of_leaning) {
        sentences.push("What the person noticed, felt and understood was much as in most people here.".to_owned());
        who = LATER;
    }
    let mut told = 0;
    for group in turns.chunk_by(belong_together) {
        let (earlier, it) = (&turns[..told], &group[0]);
        let sentence = match it.what {
            What::Stands { .. } => standing(earlier, group, who),
            What::Leads { .. } => leaning(group, who),
            What::Prevails {
                feeling,
                over_the_other: false,
            } => format!(
                "unlike in most, the first strong feeling, at {}, was {}",
                seconds(it.time_s),
                feeling_name(feeling)
            ),
            What::Ended(Outcome::Undecided, _) => format!(
                "when the chance to help was over, at {}, {} had not decided",
                seconds(it.time_s),
                who.they
            ),
            _ => format!("{} {}", opening(earlier, it.time_s), clause(earlier, it, who)),
        };
        sentences.push(capital(&sentence) + ".");
        told += group.len();
        who = LATER;
    }
    sentences.join(" ")
}

fn belong_together(one: &Turn, next: &Turn) -> bool {
    match (one.what, next.what) {
        (What::Stands { place, .. }, What::Stands { place: other, .. }) => place == other,
        (What::Leads { .. }, What::Leads { .. }) => true,
        (What::Leads { tendency, .. }, What::Ended(outcome, _)) => Tendency::deciding(outcome) == Some(tendency),
        _ => false,
    }
}

/// When it was, told in turns in one way and another.
fn opening(earlier: &[Turn], time_s: f64) -> String {
    let at = seconds(time_s);
    match earlier.last().map(|it| it.time_s) {
        Some(before) if seconds(before) == at => "at the same moment".to_owned(),
        Some(before) if time_s - before <= MOMENT => format!("a moment later, at {at},"),
        _ => match earlier.len() % 3 {
            0 => format!("at {at}"),
            1 => format!("then, at {at},"),
            _ => format!("after {at}"),
        },
    }
}

/// Feelings that came to lie on the same side of most people's.
fn standing(earlier: &[Turn], group: &[Turn], who: Who) -> String {
    let second = earlier.iter().any(|it| matches!(it.what, What::Stands { .. }));
    let mut items = Vec::new();
    for (number, it) in group.iter().enumerate() {
        let What::Stands {
            feeling,
            place,
            until_s,
        } = it.what
        else {
            continue;
        };
        let who = if number == 0 { who } else { LATER };
        let mut what = feeling_words(feeling, who);
        if number == 0 {
            what += match place {
                Place::High => " grew beyond what three in four people feel",
                Place::Low | Place::Middle => " stayed below what three in four people feel",
            };
        }
        let when = match until_s {
            Some(until_s) => format!("from {} to {}", seconds(it.time_s), seconds(until_s)),
            None => format!("after {}", seconds(it.time_s)),
        };
        items.push(if second {
            format!("{when} {what}")
        } else {
            format!("{what} {when}")
        });
    }
    listed_with(&items, ", and ")
}

/// How the lead went to and fro, and what was done if it was done at once.
fn leaning(group: &[Turn], who: Who) -> String {
    let end_s = group.last().map_or(0.0, |it| it.time_s);
    let ended = group.iter().any(|it| matches!(it.what, What::Ended(..)));
    let mut led = Vec::new();
    let mut items = Vec::new();
    for it in group {
        let when = if ended && it.time_s >= end_s {
            "at the last moment".to_owned()
        } else {
            format!("at {}", seconds(it.time_s))
        };
        items.push(match it.what {
            What::Leads { tendency, before } => {
                let towards = tendency_name(tendency);
                let way = match (led.is_empty(), before) {
                    (true, None) => format!("{} leaned towards {towards}", who.they),
                    (true, Some(before)) => {
                        format!("{} turned from {} towards {towards}", who.they, tendency_name(before))
                    }
                    (false, _) if led.contains(&tendency) => format!("back towards {towards}"),
                    (false, _) => format!("then towards {towards}"),
                };
                led.push(tendency);
                led.extend(before);
                format!("{way} {when}")
            }
            What::Ended(outcome, place) => format!("{} at {}{}", deed(outcome), seconds(it.time_s), pace(place)),
            _ => continue,
        });
    }
    listed_with(&items, if items.len() > 2 { ", and " } else { " and " })
}

fn clause(earlier: &[Turn], turn: &Turn, who: Who) -> String {
    let they = who.they;
    match turn.what {
        What::Noticed(place) => format!("{they} noticed the one in need{}", pace(place)),
        What::Understood { when, much } => {
            let much = match much {
                Place::Low => ", but came to understand less than three in four people do",
                Place::Middle => "",
                Place::High => ", and came to understand it better than three in four people do",
            };
            format!(
                "{they} began to see what the other was going through{}{much}",
                pace(when)
            )
        }
        What::Peaked { feeling, height } => {
            let name = feeling_words(feeling, who);
            format!("{name} was at its height ({height:.2}), and then came down")
        }
        What::RegulationSetIn => format!("{they} began to see it in a calmer light, and did so more than most"),
        What::Prevails { feeling, .. } => {
            let again = earlier
                .iter()
                .any(|it| matches!(it.what, What::Prevails { feeling: before, .. } if before == feeling));
            let name = feeling_name(feeling);
            let other = feeling_name(match feeling {
                Dominant::PersonalDistress => Dominant::EmpathicConcern,
                Dominant::EmpathicConcern => Dominant::PersonalDistress,
            });
            if again {
                format!("{name} outweighed {other} again")
            } else {
                format!("{name} came to outweigh {other}")
            }
        }
        What::Close {
            tendency,
            height,
            drew_back,
        } => {
            let then = if drew_back { ", and drew back" } else { "" };
            let name = tendency_name(tendency);
            format!("{they} came closest to {name} ({height:.2} of 1){then}")
        }
        What::Ended(Outcome::Relieved, _) => "somebody else helped, and there was nothing left to decide".to_owned(),
        What::Ended(outcome, place) => format!("{they} {}{}", deed(outcome), pace(place)),
        What::Stands { .. } | What::Leads { .. } => String::new(),
    }
}

/// What the person did in the end.
fn deed(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Helped => "helped",
        Outcome::Left => "left",
        Outcome::Punished => "turned on the one to blame",
        Outcome::Relieved | Outcome::Undecided => "did nothing",
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

fn feeling_words(feeling: Feeling, who: Who) -> String {
    match feeling {
        Feeling::Sharing => format!("what {} felt with the other", who.they),
        Feeling::Distress => format!("{} own distress", who.their),
        Feeling::Compassion => format!("{} compassion", who.their),
        Feeling::Indignation => format!("{} indignation", who.their),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turn(time_s: f64, what: What) -> Turn {
        Turn { time_s, what }
    }

    #[test]
    fn another_course_is_another_story() {
        let helped = [
            turn(1.0, What::Noticed(Place::Low)),
            turn(8.0, What::Ended(Outcome::Helped, Place::Middle)),
        ];
        let left = [turn(8.0, What::Ended(Outcome::Left, Place::High))];
        assert_eq!(
            story(&helped),
            "At 1.0 s the person noticed the one in need, sooner than most who do. Then, at 8.0 s, they helped."
        );
        assert_eq!(
            story(&left),
            "What the person noticed, felt and understood was much as in most people here. At 8.0 s they left, later than most who do."
        );
    }

    #[test]
    fn what_belongs_together_is_told_in_one_breath() {
        let stands = |feeling, until_s| What::Stands {
            feeling,
            place: Place::High,
            until_s,
        };
        let leads = |tendency, before| What::Leads { tendency, before };
        let (help, leave) = (Tendency::Help, Tendency::Leave);
        let turns = [
            turn(0.5, stands(Feeling::Sharing, None)),
            turn(1.5, stands(Feeling::Distress, Some(6.0))),
            turn(2.0, leads(leave, None)),
            turn(5.0, leads(help, Some(leave))),
            turn(9.4, leads(leave, Some(help))),
            turn(9.4, What::Ended(Outcome::Left, Place::Middle)),
        ];
        assert_eq!(
            story(&turns),
            "What the person felt with the other grew beyond what three in four people feel after 0.5 s, and their own distress from 1.5 s to 6.0 s. \
             They leaned towards leaving at 2.0 s, then towards helping at 5.0 s, back towards leaving at the last moment, and left at 9.4 s."
        );
    }
}

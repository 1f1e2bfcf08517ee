//! The network of a layer: which keys it takes, and what they must be.

use super::community::Around;
use crate::document::{Problem, Section, shown};
use crate::population::networks::{Network, contacts};
use crate::scenario::choice::NetworkWord;

/// People among whom everybody may be tied to everybody: beyond this the ties fill memory.
const MOST_COMPLETE: u32 = 5_000;

/// Keys that a network of this form does not have.
pub(super) fn report_idle_keys(word: NetworkWord, section: &Section<'_>, problems: &mut Vec<Problem>) {
    let used: &[&str] = match word {
        NetworkWord::SmallWorld => &["degree", "rewire"],
        NetworkWord::Random | NetworkWord::ScaleFree | NetworkWord::Ring => &["degree"],
        NetworkWord::Groups => &["size"],
        NetworkWord::Blocks => &["degree", "size", "within"],
        NetworkWord::Complete => &[],
        NetworkWord::File => &["path"],
        NetworkWord::Strangers => &[],
    };
    for key in ["degree", "rewire", "size", "within", "path"] {
        if let (Some(entry), false) = (section.entry(key), used.contains(&key)) {
            use crate::document::Choice as _;
            let message = format!("`{key}` says nothing where `network` is \"{}\"", word.word());
            problems.push(Problem::new(entry.key_span.clone(), message));
        }
    }
    if word == NetworkWord::Strangers
        && let Some(entry) = section.entry("contacts_per_day")
    {
        let message = "`contacts_per_day` says nothing among strangers, who do not meet again: `witnesses` of a need says how many are at hand";
        problems.push(Problem::new(entry.key_span.clone(), message));
    }
}

pub(super) fn read_network<'s>(
    word: NetworkWord,
    of: &dyn Fn(&str) -> Section<'s>,
    base: &Section<'s>,
    around: Around<'_>,
    problems: &mut Vec<Problem>,
) -> Option<Network> {
    let missing = |key: &str, problems: &mut Vec<Problem>| {
        use crate::document::Choice as _;
        let message = format!("a network `{}` needs a `{key}`", word.word());
        let problem = Problem::new(base.span(), message).label(format!("`{key}` is missing"));
        problems.push(problem.from_absence());
    };
    let degree = |problems: &mut Vec<Problem>| {
        let section = of("degree");
        if section.entry("degree").is_none() {
            missing("degree", problems);
        }
        let degree = section.number("degree", problems)?;
        if degree >= f64::from(around.people) {
            let message = format!(
                "{degree} ties for each of {} people: nobody is tied to themselves, or twice to another",
                around.people
            );
            problems
                .push(Problem::new(section.span_of("degree"), message).help("raise `run.agents`, or lower `degree`"));
            return None;
        }
        Some(degree)
    };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole and below the number of people"
    )]
    let even = |problems: &mut Vec<Problem>| {
        let number = degree(problems)?;
        if number % 2.0 != 0.0 {
            let message = format!("`degree` must be an even number here, and is {number}");
            let help = match word {
                NetworkWord::ScaleFree => "a newcomer brings half as many ties, each of which has two ends",
                _ => "people on a circle have as many ties to either side",
            };
            problems.push(Problem::new(of("degree").span_of("degree"), message).help(help));
            return None;
        }
        Some(number as u32)
    };
    let size = |problems: &mut Vec<Problem>| {
        let section = of("size");
        if section.entry("size").is_none() {
            missing("size", problems);
        }
        let size = section.count_u32("size", problems)?;
        if size > around.people {
            let message = format!("{} people do not fill one group of {size}", around.people);
            problems.push(Problem::new(section.span_of("size"), message).help("raise `run.agents`, or lower `size`"));
            return None;
        }
        Some(size)
    };
    let share = |key: &str, usual: f64, problems: &mut Vec<Problem>| of(key).number(key, problems).unwrap_or(usual);
    match word {
        NetworkWord::Ring => Some(Network::Ring {
            degree: even(problems)?,
        }),
        NetworkWord::SmallWorld => Some(Network::SmallWorld {
            degree: even(problems)?,
            rewire: share("rewire", 0.1, problems),
        }),
        NetworkWord::Random => Some(Network::Random {
            degree: degree(problems)?,
        }),
        NetworkWord::ScaleFree => Some(Network::ScaleFree {
            degree: even(problems)?,
        }),
        NetworkWord::Groups => Some(Network::Groups { size: size(problems)? }),
        NetworkWord::Blocks => {
            let (degree, size, within) = (degree(problems), size(problems), share("within", 0.8, problems));
            let (degree, size) = (degree?, size?);
            if within * degree > f64::from(size - 1) {
                let message = format!(
                    "a share of {within} of {degree} ties is more than the {} others of a block of {size}",
                    size - 1
                );
                problems
                    .push(Problem::new(of("size").span_of("size"), message).help("raise `size`, or lower `within`"));
                return None;
            }
            Some(Network::Blocks { degree, size, within })
        }
        NetworkWord::Complete if around.people > MOST_COMPLETE => {
            let message = format!(
                "everybody is tied to everybody among at most {MOST_COMPLETE} people, and there are {}",
                around.people
            );
            problems.push(Problem::new(of("network").span_of("network"), message));
            None
        }
        NetworkWord::Complete => Some(Network::Complete),
        NetworkWord::Strangers => Some(Network::Strangers),
        NetworkWord::File => {
            if of("path").entry("path").is_none() {
                missing("path", problems);
            }
            read_ties(&of("path"), around, problems)
        }
    }
}

/// Ties from a file that was read along with the scenario.
fn read_ties(section: &Section<'_>, around: Around<'_>, problems: &mut Vec<Problem>) -> Option<Network> {
    let path = section.text("path", problems)?;
    let span = section.span_of("path");
    match around.source.beside(path) {
        None => {
            let message = format!(
                "`{}` was not read: ties come from files on a computer only",
                shown(path)
            );
            problems.push(Problem::new(span, message));
            None
        }
        Some(Err(reason)) => {
            problems.push(Problem::new(span, reason.clone()));
            None
        }
        Some(Ok(text)) => match contacts::read(text, around.people) {
            Ok(ties) => Some(Network::Observed(ties)),
            Err(faults) => {
                for fault in faults {
                    let message = format!("`{}`, {fault}", shown(path));
                    problems.push(Problem::new(span.clone(), message).label("in this file"));
                }
                None
            }
        },
    }
}

/// About how many ties a network has, counted at both ends.
pub(super) fn ties_of(network: &Network, people: u32) -> Option<f64> {
    let each = match network {
        Network::Ring { degree } | Network::SmallWorld { degree, .. } | Network::ScaleFree { degree } => {
            f64::from(*degree)
        }
        Network::Random { degree } | Network::Blocks { degree, .. } => *degree,
        Network::Groups { size } => f64::from(*size),
        Network::Complete | Network::Observed(_) | Network::Strangers => return None,
    };
    Some(each * f64::from(people))
}

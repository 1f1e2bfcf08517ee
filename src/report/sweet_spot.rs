//! The map of the sweet spot: which scene it shows, and which conditions are marked on it.

use super::pictures::{Drawing, MOST_LINES, PictureError, frame, named};
use crate::charts::sweet_spot::{SweetSpotData, SweetSpotMark, draw, in_one_piece};
use crate::engine::map::{Map, PEOPLE, REGULATION};
use crate::model::agent::Trait;
use crate::scenario::{Condition, Scenario, Unit};
use crate::summary::{ConditionSummary, Summary};
use crate::wording::{listed, person_or_people};

/// How far helping must peak above both ends of a row of the map, as a share, to be called a sweet spot.
const SWEET_SPOT: f64 = 0.01;

/// How far the people of a condition must stand from those of the first on the map, in SD, to have moved.
const MOVED: f64 = 0.1;

/// Helping over sharing and regulation in the first condition's scene, with the people of each condition marked who meet the same scene.
pub(super) fn sweet_spot(scenario: &Scenario, summary: &Summary, map: &Map) -> Result<Drawing, PictureError> {
    let first = &scenario.conditions[0];
    let map = map.smoothed();
    let points = map.helped.len();
    let both = || scenario.conditions.iter().zip(&summary.conditions);
    let same = || {
        both()
            .filter(|(condition, _)| same_map(first, condition))
            .map(|it| it.1)
    };
    let (marked, all) = (same().count(), scenario.conditions.len());
    let data = SweetSpotData {
        marks: marks(same().take(MOST_LINES).map(mark)),
        best: map.best(SWEET_SPOT),
        sharing: map.sharing,
        regulation: map.regulation,
        helped: map.helped,
        who: match first.unit {
            Unit::Person => "people".to_owned(),
            Unit::Group(size) => format!("groups of {size}"),
        },
    };
    let people = PEOPLE.min(scenario.run.agents);
    let people = format!(
        "the same {people} {} at each of {points} points, untrained, smoothed · marks: where the people of a condition stand on average",
        person_or_people(u64::from(people))
    );
    let few = if marked > MOST_LINES {
        " · the first 12 of them"
    } else {
        ""
    };
    let mut frame = frame(scenario, usize::MAX, &people, few);
    let others = match all - marked {
        0 => String::new(),
        1 => " (1 condition has another scene or other people and is not marked)".to_owned(),
        others => format!(" ({others} conditions have another scene or other people and are not marked)"),
    };
    let scene = format!("The scene of “{}”{others}", first.name);
    frame.subtitle = Some(match frame.subtitle {
        Some(title) => format!("{title} · {scene}"),
        None => scene,
    });
    named("sweet_spot", draw(&data, &frame))
}

/// Where the people of a condition stand on average.
fn mark(it: &ConditionSummary) -> SweetSpotMark {
    let regulation = REGULATION.map(|regulates| it.traits[regulates as usize]);
    SweetSpotMark {
        name: it.name.clone(),
        sharing: it.traits[Trait::AffectiveSharing as usize],
        regulation: regulation.iter().sum::<f64>() / regulation.len() as f64,
    }
}

/// The marks to draw, of all conditions, the first one first.
///
/// Those that move along neither axis share its mark, which says so: with marks of their own they would seem to change nothing.
fn marks(mut all: impl Iterator<Item = SweetSpotMark>) -> Vec<SweetSpotMark> {
    let Some(mut first) = all.next() else {
        return Vec::new();
    };
    let (stay, move_along): (Vec<_>, Vec<_>) = all.partition(|it| {
        let along = [it.sharing - first.sharing, it.regulation - first.regulation];
        along.into_iter().all(|it| it.abs() < MOVED)
    });
    let names: Vec<String> = stay.iter().map(|it| in_one_piece(&it.name)).collect();
    let told = match names.len() {
        0 => None,
        1 => Some(format!("{} moves", names[0])),
        2 => Some(format!("{} move", listed(&names))),
        more => Some(format!("{more} others move")),
    };
    if let Some(told) = told {
        first.name = format!("{}; {told} along neither axis", in_one_piece(&first.name));
    }
    std::iter::once(first).chain(move_along).collect()
}

/// Whether the map of one condition is also that of another: the same scene, mechanisms and unit, and people who differ at most in what the
/// map spans. Training is what moves people on the map, and does not count.
fn same_map(one: &Condition, other: &Condition) -> bool {
    let spanned =
        |it: usize| it == Trait::AffectiveSharing as usize || REGULATION.iter().any(|own| *own as usize == it);
    let alike = one.population.iter().zip(&other.population).enumerate();
    one.situation == other.situation
        && one.knockout == other.knockout
        && one.unit == other.unit
        && alike
            .into_iter()
            .all(|(number, (one, other))| spanned(number) || one == other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_moves_along_neither_axis_has_no_mark_of_its_own() {
        let told = |places: &[(&str, f64, f64)]| -> Vec<String> {
            let all = places.iter().map(|&(name, sharing, regulation)| SweetSpotMark {
                name: name.to_owned(),
                sharing,
                regulation,
            });
            marks(all).into_iter().map(|it| it.name).collect()
        };
        let (before, moved) = (("before", 0.0, 0.0), ("moved", 0.0, 0.3));
        assert_eq!(
            told(&[before, moved, ("elsewhere", -0.5, 0.0)]),
            ["before", "moved", "elsewhere"]
        );
        assert_eq!(
            told(&[before, ("warm", 0.02, -0.03), moved]),
            ["before; warm moves along neither axis", "moved"]
        );
        assert_eq!(
            told(&[before, ("a", 0.0, 0.0), ("b", 0.0, 0.0), ("c", 0.0, 0.0)]),
            ["before; 3 others move along neither axis"]
        );
    }
}

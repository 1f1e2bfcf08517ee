//! The map of the sweet spot: which scene it shows, and which conditions are marked on it.

use super::pictures::{Drawing, MOST_LINES, PictureError, frame, named};
use crate::charts::sweet_spot::{SweetSpotData, SweetSpotMark, draw};
use crate::engine::map::{Map, PEOPLE, REGULATION};
use crate::model::agent::Trait;
use crate::scenario::{Condition, Scenario, Unit};
use crate::summary::{ConditionSummary, Summary};
use crate::wording::{decimal, is_zero, person_or_people};

/// How far helping must peak above both ends of a row of the map, as a share, to be called a sweet spot.
const SWEET_SPOT: f64 = 0.01;

/// How far the helping rate of a condition may lie from that of the map, as a share, for its people to stand there.
const AGREES: f64 = 0.05;

/// Whether helping peaks somewhere between little and much sharing, and the people of some condition stand on the map.
pub(super) fn has_a_peak(scenario: &Scenario, summary: &Summary, map: &Map) -> bool {
    let map = map.smoothed();
    !map.best(SWEET_SPOT).is_empty() && !marks(scenario, summary, &map).is_empty()
}

/// Helping over sharing and regulation in the first condition's scene, with the people of those conditions marked who help as often as the map
/// says where they stand.
pub(super) fn sweet_spot(scenario: &Scenario, summary: &Summary, map: &Map) -> Result<Drawing, PictureError> {
    let first = &scenario.conditions[0];
    let map = map.smoothed();
    let points = map.helped.len();
    let mut marked = marks(scenario, summary, &map);
    marked.truncate(MOST_LINES);
    let left = scenario.conditions.len() - marked.len();
    let data = SweetSpotData {
        marks: marked,
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
    let mut people = format!(
        "the same {people} {} at each of {points} points, untrained, smoothed · marks: where the people of a condition stand on average",
        person_or_people(u64::from(people))
    );
    people += &match left {
        0 => String::new(),
        1 => " · 1 condition is not marked: the map is not of its scene or people, or something else moves them"
            .to_owned(),
        others => format!(
            " · {others} conditions are not marked: the map is not of their scene or people, or something else moves them"
        ),
    };
    let people = format!("the scene of “{}” · {people}", first.name);
    let frame = frame(scenario, finding(&data.best), &people, "");
    named("sweet_spot", draw(&data, &frame))
}

/// Where most help, at the regulation nearest to the norm at which helping peaks.
fn finding(best: &[(f64, f64)]) -> String {
    let nearest = best.iter().min_by(|one, other| one.1.abs().total_cmp(&other.1.abs()));
    let Some((sharing, regulation)) = nearest else {
        return "Helping has no peak".to_owned();
    };
    let where_is = |value: f64| match decimal(value.abs(), 1) {
        norm if is_zero(&norm) => "at the norm".to_owned(),
        apart if value > 0.0 => format!("{apart} SD above the norm"),
        apart => format!("{apart} SD below the norm"),
    };
    format!(
        "Where regulation is {}, most help whose affective sharing is {}",
        where_is(*regulation),
        where_is(*sharing)
    )
}

/// The conditions in which as many help as the map says where their people stand.
fn marks(scenario: &Scenario, summary: &Summary, map: &Map) -> Vec<SweetSpotMark> {
    let first = &scenario.conditions[0];
    let both = scenario.conditions.iter().zip(&summary.conditions);
    let same = both.filter(|(condition, _)| same_map(first, condition));
    same.filter_map(|(_, shown)| {
        let mark = mark(shown);
        let there = map.at(mark.sharing, mark.regulation);
        ((shown.helping_rate? - there).abs() <= AGREES).then_some(mark)
    })
    .collect()
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

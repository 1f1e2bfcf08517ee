//! What a comparison shows, in plain words.

use super::measured_contrast::{LEAST_SD, MeasuredContrast, Shift};
use super::pairs::{Change, PairTally};
use super::{FEW_CONDITIONS, Pair, profile, usual_pairs};
use crate::contrast::Asked;
use crate::document::{Choice, in_words};
use crate::scenario::{Scenario, Unit};
use crate::statistics::Estimate;
use crate::wording::{self, in_week};

/// Smallest difference in SD between those who change and the others that is worth a word.
const WORTH_SAYING: f64 = 0.2;

/// Traits and scales that are named at most.
const MOST_NAMED: usize = 3;

/// Fewest people of whom a profile is told.
const FEWEST: u64 = 30;

/// Shares of 100 people in the order of [`Change::ALL`], rounded so that they add up to 100; none of nobody.
pub fn of_hundred(tally: &PairTally) -> Option<[u32; 4]> {
    hundred(Change::ALL.map(|it| tally.count(it)))
}

/// Counts as shares of 100, rounded so that they add up to 100; none of nobody.
///
/// Each is rounded down, and what is missing goes to those that lost most by it (largest remainders).
fn hundred<const N: usize>(counts: [u64; N]) -> Option<[u32; N]> {
    let people: u128 = counts.iter().map(|it| u128::from(*it)).sum();
    if people == 0 {
        return None;
    }
    let exact = counts.map(|it| u128::from(it) * 100);
    let mut whole = exact.map(|it| u32::try_from(it / people).unwrap_or(100));
    let mut order: [usize; N] = std::array::from_fn(|it| it);
    order.sort_by_key(|it| std::cmp::Reverse(exact[*it] % people));
    let missing = 100 - whole.iter().sum::<u32>();
    for it in order.into_iter().take(missing as usize) {
        whole[it] += 1;
    }
    Some(whole)
}

/// Of how many people, and in how many of them the measure that is asked about is higher, lower and about the same, in the order of
/// [`Shift::ALL`]; of 100, or of those who are there where they are fewer; none of nobody.
pub fn shifted(told: &MeasuredContrast) -> Option<(u64, [u64; 3])> {
    let counts = Shift::ALL.map(|it| told.count(it));
    let people = told.people();
    if people < 100 {
        return (people > 0).then_some((people, counts));
    }
    Some((100, hundred(counts)?.map(u64::from)))
}

/// A measure and when it is taken: `burnout in week 12`.
pub fn asked_in_words(scenario: &Scenario, asked: &Asked) -> String {
    in_words(asked.measure.word()) + &in_weeks(asked.weeks(scenario))
}

/// The week of a difference, and the one it is compared with where that is another.
pub fn in_weeks([of, from]: [Option<f64>; 2]) -> String {
    let mut text = of.map_or(String::new(), |it| format!(" {}", in_week(it)));
    if let Some(from) = from.filter(|it| Some(*it) != of) {
        text += &format!(" against {}", wording::week(from));
    }
    text
}

/// What the measure that is asked about does, person by person and on the whole; of helping [`flow`].
pub fn change(scenario: &Scenario, tally: &PairTally) -> Option<String> {
    let Some(told) = &tally.told else {
        return flow(scenario, tally);
    };
    let (of, [higher, lower, same]) = shifted(told)?;
    let measure = asked_in_words(scenario, &told.asked);
    let (treatment, control) = names(scenario, tally);
    let units = units(scenario, tally, of);
    if told.asked.is_share() {
        return Some(format!(
            "Of {of} {units}, {higher} have {measure} only in “{treatment}”, {lower} only in “{control}”; for {same} nothing changes."
        ));
    }
    let (difference, sd) = (told.difference()?, told.standardised()?);
    Some(format!(
        "Of {of} {units}, {higher} have higher {measure} in “{treatment}” than in “{control}” (by more than {LEAST_SD} SD), {lower} lower, {same} about the same; on average {} (95 % interval {} to {}), which is {} SD ({} to {}).",
        signed(difference.value),
        signed(difference.lower),
        signed(difference.upper),
        signed(sd.value),
        signed(sd.lower),
        signed(sd.upper),
    ))
}

/// How many changed so, in the order of [`Change::ALL`], and of how many: of 100, or of those who are there where they are fewer; none of
/// nobody.
pub fn told(tally: &PairTally) -> Option<(u64, [u64; 4])> {
    let people = tally.joint.people();
    if people < 100 {
        return (people > 0).then(|| (people, Change::ALL.map(|it| tally.count(it))));
    }
    Some((100, of_hundred(tally)?.map(u64::from)))
}

/// “Of 100 people, 31 help either way, 22 help only in …, 4 help only in …, 43 never.”; none of nobody.
pub fn flow(scenario: &Scenario, tally: &PairTally) -> Option<String> {
    let (of, [both, gained, lost, never]) = told(tally)?;
    let (treatment, control) = names(scenario, tally);
    let units = units(scenario, tally, of);
    let help = |count| if count == 1 { "helps" } else { "help" };
    Some(format!(
        "Of {of} {units}, {both} {} either way, {gained} {} only in “{treatment}”, {lost} {} only in “{control}”, {never} in neither.",
        help(both),
        help(gained),
        help(lost),
    ))
}

/// Those of whom a profile is told: who help only in the treatment, only in the control, or both (or in whom the measure that is asked
/// about is higher, or lower); none where they, or those they are held against, are few, or where groups are counted.
pub fn changing(scenario: &Scenario, tally: &PairTally) -> Vec<Change> {
    let mut changing = vec![Change::Gained, Change::Lost];
    changing.retain(|it| {
        tally.pair.counts_persons(scenario) && tally.held_against(*it) >= FEWEST && tally.changed(*it) >= FEWEST
    });
    changing
}

/// A trait or questionnaire scale of a profile, as it stands in a sentence or a chart.
pub fn feature(number: usize) -> String {
    in_words(profile::name(number))
}

/// Who those are that help only in the treatment, and who those that help only in the control (or in whom the measure that is asked about is
/// higher in the one or in the other); none if they are few.
pub fn who(scenario: &Scenario, tally: &PairTally) -> Option<String> {
    let (treatment, control) = names(scenario, tally);
    let told = changing(scenario, tally).into_iter().map(|change| {
        let (only_in, not_in) = if change == Change::Gained {
            (treatment, control)
        } else {
            (control, treatment)
        };
        let differences = match listed(&set_apart(tally, change)) {
            Some(all) => format!("differ in {all}"),
            None => "hardly differ".to_owned(),
        };
        let those = match &tally.told {
            None => {
                return format!(
                    "Those who help only in “{only_in}”, not in “{not_in}”, {differences} from people for whom nothing changes."
                );
            }
            Some(told) if told.asked.is_share() => {
                format!("with {} only in “{only_in}”, not in “{not_in}”,", asked_in_words(scenario, &told.asked))
            }
            Some(told) => format!(
                "whose {} is higher in “{only_in}” than in “{not_in}” by more than {LEAST_SD} SD",
                asked_in_words(scenario, &told.asked)
            ),
        };
        format!("Those {those} {differences} from all others.")
    });
    let told: Vec<String> = told.collect();
    (!told.is_empty()).then(|| told.join(" "))
}

fn units(scenario: &Scenario, tally: &PairTally, of: u64) -> &'static str {
    match scenario.conditions[tally.pair.control].unit {
        Unit::Person if of == 1 => "person",
        Unit::Person => "people",
        Unit::Group(_) if tally.told.as_ref().is_some_and(|it| !it.asked.is_share()) => "people",
        Unit::Group(_) if of == 1 => "group",
        Unit::Group(_) => "groups",
    }
}

/// Differences in a row, with their intervals; none if there are none.
fn listed(differences: &[(usize, Estimate)]) -> Option<String> {
    let named = |(number, it): &(usize, Estimate)| {
        let (value, lower, upper) = (signed(it.value), signed(it.lower), signed(it.upper));
        format!("{} ({value} SD, 95 % interval {lower} to {upper})", feature(*number))
    };
    let all: Vec<String> = differences.iter().map(named).collect();
    (!all.is_empty()).then(|| wording::listed(&all))
}

/// What is compared and what is not, as a part of a sentence; none where each condition is compared with each, or pairs were chosen.
pub fn not_compared(scenario: &Scenario, pairs: &[Pair]) -> Option<String> {
    let conditions = scenario.conditions.len();
    if conditions < 2 || pairs != usual_pairs(scenario) {
        return None;
    }
    let unlike = |control: usize| {
        let others = (control + 1..conditions).map(move |treatment| Pair { treatment, control });
        others.filter(|it| it.check(scenario).is_err()).count()
    };
    if conditions <= FEW_CONDITIONS {
        return match (0..conditions).map(unlike).sum() {
            0 => None,
            1 => Some("1 pair is left out, since its conditions do not count the same people".to_owned()),
            more => Some(format!(
                "{more} pairs are left out, since their conditions do not count the same people"
            )),
        };
    }
    let name = |it: usize| &scenario.conditions[it].name;
    // The pair of the file's first contrast need not be one with the first condition.
    let also = pairs.iter().find(|it| it.treatment > 0 && it.control > 0);
    let also = also.map_or_else(String::new, |it| {
        format!(", and “{}” with “{}”", name(it.treatment), name(it.control))
    });
    let rule = format!(
        "each condition is compared with “{}”{also}; --compare CONDITION WITH compares any two",
        name(0)
    );
    Some(match unlike(0) {
        0 => rule,
        1 => format!("{rule}; 1 condition is left out, since it does not count the same people"),
        more => format!("{rule}; {more} conditions are left out, since they do not count the same people"),
    })
}

/// The traits and scales in which those who changed so differ most, surely and by enough to be worth a word.
fn set_apart(tally: &PairTally, change: Change) -> Vec<(usize, Estimate)> {
    let mut differences: Vec<(usize, Estimate)> = tally
        .who_changed(change)
        .into_iter()
        .enumerate()
        .filter_map(|(feature, it)| Some((feature, it?)))
        .filter(|(_, it)| it.value.abs() >= WORTH_SAYING && (it.lower > 0.0 || it.upper < 0.0))
        .collect();
    differences.sort_by(|one, other| other.1.value.abs().total_cmp(&one.1.value.abs()));
    differences.truncate(MOST_NAMED);
    differences
}

fn names<'a>(scenario: &'a Scenario, tally: &PairTally) -> (&'a str, &'a str) {
    let name = |it: usize| scenario.conditions[it].name.as_str();
    (name(tally.pair.treatment), name(tally.pair.control))
}

/// A difference in SD with its sign.
fn signed(value: f64) -> String {
    wording::signed(value, 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comparison::Pair;
    use crate::registry::Measure;
    use crate::scenario::Contrast;
    use crate::statistics::Joint;

    fn tally([both, first_only, second_only, neither]: [u64; 4]) -> PairTally {
        let mut tally = PairTally::new(Pair {
            treatment: 1,
            control: 0,
        });
        tally.joint = Joint {
            both,
            first_only,
            second_only,
            neither,
        };
        tally
    }

    #[test]
    fn hundred_people_are_hundred() {
        assert_eq!(of_hundred(&tally([1, 1, 1, 0])), Some([34, 33, 33, 0]));
        assert_eq!(of_hundred(&tally([5_015, 845, 95, 4_045])), Some([50, 9, 1, 40]));
        assert_eq!(of_hundred(&tally([0, 0, 0, 7])), Some([0, 0, 0, 100]));
        assert_eq!(of_hundred(&tally([0; 4])), None);
    }

    #[test]
    fn what_is_left_out_is_said() {
        let mut scenario = crate::engine::test_scenario(&["a", "b", "c", "d"]);
        let told = |scenario: &Scenario| not_compared(scenario, &usual_pairs(scenario));
        let rule = "each condition is compared with “a”; --compare CONDITION WITH compares any two";
        assert_eq!(told(&scenario).as_deref(), Some(rule));
        let chosen = [Pair {
            treatment: 3,
            control: 2,
        }];
        assert_eq!(not_compared(&scenario, &chosen), None);
        let mut asking = scenario.clone();
        asking.contrasts = vec![Contrast::asking(3, 2, Measure::Helped)];
        assert_eq!(
            told(&asking).unwrap(),
            "each condition is compared with “a”, and “d” with “c”; --compare CONDITION WITH compares any two"
        );
        scenario.conditions[2].unit = Unit::Group(2);
        assert_eq!(
            told(&scenario).unwrap(),
            format!("{rule}; 1 condition is left out, since it does not count the same people")
        );
        scenario.conditions.truncate(3);
        assert!(told(&scenario).unwrap().starts_with("2 pairs are left out"));
        scenario.conditions.truncate(2);
        assert_eq!(told(&scenario), None);
    }

    #[test]
    fn who_changes_is_told_of_losers_as_of_winners_and_never_of_groups() {
        let mut scenario = crate::engine::test_scenario(&["before", "after"]);
        let both = [Change::Gained, Change::Lost];
        assert_eq!(changing(&scenario, &tally([50, 30, 30, 50])), both);
        assert_eq!(changing(&scenario, &tally([50, 0, 30, 50])), [both[1]]);
        assert_eq!(changing(&scenario, &tally([50, 30, 29, 50])), [both[0]]);
        assert_eq!(
            changing(&scenario, &tally([9, 90, 90, 9])),
            [],
            "too few to be held against"
        );
        assert_eq!(
            who(&scenario, &tally([50, 0, 30, 50])).unwrap(),
            "Those who help only in “before”, not in “after”, hardly differ from people for whom nothing changes."
        );
        assert_eq!(who(&scenario, &tally([50, 0, 0, 50])), None);
        for it in &mut scenario.conditions {
            it.unit = Unit::Group(2);
        }
        assert_eq!(changing(&scenario, &tally([50, 30, 30, 50])), []);
    }

    #[test]
    fn a_measure_is_told_with_its_week_and_in_its_unit() {
        let mut scenario = crate::engine::test_scenario(&["before", "after"]);
        let mut asking = tally([0; 4]);
        let asked = Asked {
            measure: crate::registry::Measure::Compassion,
            ..Asked::about(&scenario, asking.pair)
        };
        let mut told = MeasuredContrast::new(asked, Some(0.5));
        for it in 0..50 {
            let values = [f64::from(it % 2), f64::from(it % 2) + f64::from(it % 5) * 0.15];
            told.push(&values[1..], &values[..1], None);
        }
        asking.told = Some(told);
        // Of 50, all but those with no difference differ by more than .1.
        assert_eq!(
            change(&scenario, &asking).unwrap(),
            "Of 50 people, 40 have higher compassion in “after” than in “before” (by more than 0.2 SD), 0 lower, 10 about the same; \
             on average +0.30 (95 % interval +0.24 to +0.36), which is +0.57 SD (+0.46 to +0.68)."
        );
        assert!(
            changing(&scenario, &asking).is_empty(),
            "10 are too few to be held against"
        );
        for it in &mut scenario.conditions {
            it.protocol.timeline = Some(crate::scenario::Timeline {
                weeks: 4.0,
                measure_at: vec![0.0, 4.0],
            });
        }
        assert_eq!(
            asked_in_words(&scenario, &Asked::about(&scenario, asking.pair)),
            "helped in week 4"
        );
    }

    #[test]
    fn differences_stand_before_those_they_are_from() {
        let by = |value: f64| Estimate {
            value,
            lower: value - 0.1,
            upper: value + 0.1,
        };
        let scale = crate::model::agent::Trait::COUNT;
        assert_eq!(
            listed(&[(0, by(-0.5)), (scale, by(0.3))]).unwrap(),
            "affective sharing (−0.50 SD, 95 % interval −0.60 to −0.40) and IRI Fantasy (+0.30 SD, 95 % interval +0.20 to +0.40)"
        );
        assert_eq!(listed(&[]), None);
    }

    #[test]
    fn the_sentence_says_who_is_where() {
        let scenario = crate::engine::test_scenario(&["before", "after"]);
        assert_eq!(
            flow(&scenario, &tally([31, 22, 4, 43])).unwrap(),
            "Of 100 people, 31 help either way, 22 help only in “after”, 4 help only in “before”, 43 in neither."
        );
        assert_eq!(
            flow(&scenario, &tally([0, 1, 0, 0])).unwrap(),
            "Of 1 person, 0 help either way, 1 helps only in “after”, 0 help only in “before”, 0 in neither."
        );
    }
}

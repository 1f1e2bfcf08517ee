//! The charts of a run over weeks, over encounters in a row and over hours of practice: which numbers go into which chart.

use super::pictures::{Drawing, PictureError, everybody, frame, named};
use super::timeline::seen;
use crate::charts::before_after::{self, BeforeAfterData, BeforeAfterPanel};
use crate::charts::change::{self, ChangeCourse, ChangeData, ChangePanel};
use crate::charts::dose_response::{self, DoseLine, DoseResponseData};
use crate::document::{Choice, in_words};
use crate::engine::life::{Moment, moments};
use crate::engine::tally::Tally;
use crate::model::situation::HelpKind;
use crate::scenario::{Condition, Measure, Scenario};
use crate::summary::{outcome, predicted_d};
use crate::wording::week;

/// Conditions that a chart with a line or a panel for each shows at most.
const MOST_LINES: usize = 8;

/// People whose lines are drawn.
const PEOPLE: usize = 60;

/// Measures that are drawn, if they were measured; of helping and amount one.
const MEASURES: [Measure; 11] = [
    Measure::Helped,
    Measure::Amount,
    Measure::Compassion,
    Measure::PersonalDistress,
    Measure::NegativeAffect,
    Measure::PositiveAffect,
    Measure::Fatigue,
    Measure::Burnout,
    Measure::PositiveMood,
    Measure::Connectedness,
    Measure::LowMood,
];

/// Measures of single people that before and after are drawn of: the one that changes most of those that the file's contrasts name, or of all.
const OF_PEOPLE: [Measure; 7] = [
    Measure::NegativeAffect,
    Measure::PositiveAffect,
    Measure::EmpathyRating,
    Measure::Burnout,
    Measure::Fatigue,
    Measure::PositiveMood,
    Measure::LowMood,
];

/// Measures that are drawn over hours.
const OVER_HOURS: [Measure; 6] = [
    Measure::Helped,
    Measure::Compassion,
    Measure::PersonalDistress,
    Measure::NegativeAffect,
    Measure::PositiveAffect,
    Measure::Accuracy,
];

/// Mean hours practised in a condition, and what they changed in each measure.
type Dose = (f64, Vec<f64>);

/// Whether there are at least two moments to compare.
pub(super) fn has_course(scenario: &Scenario) -> bool {
    scenario.conditions.iter().any(|it| moments(it).len() > 1)
}

/// Measures over weeks or over encounters in a row.
pub(super) fn change(scenario: &Scenario, tallies: &[Tally]) -> Result<Drawing, PictureError> {
    let shown: Vec<(&Condition, &Tally)> = scenario.conditions.iter().zip(tallies).take(MOST_LINES).collect();
    let first = &scenario.conditions[0];
    let times = moments(first);
    let graded = first.situation.help == HelpKind::Graded;
    let panel = |measure: Measure| {
        let courses: Option<Vec<ChangeCourse>> = shown.iter().map(|(_, tally)| course(tally, measure)).collect();
        Some(ChangePanel {
            measure: words(measure),
            courses: courses?,
        })
    };
    let wanted = asked_first(scenario, MEASURES).into_iter().filter(|it| match it {
        Measure::Helped => !graded,
        Measure::Amount => graded,
        _ => true,
    });
    let timeline = first.protocol.timeline.as_ref();
    let data = ChangeData {
        at: times.iter().map(place).collect(),
        axis: if timeline.is_some() {
            "weeks since practice began".to_owned()
        } else {
            "encounter; the last is the scene".to_owned()
        },
        follow_up_from: timeline
            .map(|it| it.weeks)
            .filter(|it| times.iter().any(|time| time.week > *it)),
        conditions: shown.iter().map(|(it, _)| it.name.clone()).collect(),
        panels: wanted.filter_map(panel).take(9).collect(),
    };
    let notes = if data.has_bands() {
        " · quartiles of the first 400 people"
    } else {
        ""
    };
    let frame = frame(scenario, MOST_LINES, &everybody(scenario), notes);
    named("change", change::draw(&data, &frame))
}

/// The measures that the file's contrasts name, in their order, then the others.
fn asked_first(scenario: &Scenario, usual: impl IntoIterator<Item = Measure>) -> Vec<Measure> {
    let mut all: Vec<Measure> = Vec::new();
    let named = scenario.contrasts.iter().map(|it| it.measure);
    for it in named.chain(usual) {
        if !all.contains(&it) {
            all.push(it);
        }
    }
    all
}

/// A sample of people at the first moment and at the one that stands for the whole.
pub(super) fn before_after(scenario: &Scenario, tallies: &[Tally]) -> Result<Drawing, PictureError> {
    let first = &scenario.conditions[0];
    let times = moments(first);
    let main = times.iter().position(|it| it.is_main).filter(|it| *it > 0);
    let main = main.unwrap_or(times.len() - 1);
    let change = |measure: &Measure| {
        let of = |it: &Tally| {
            crate::statistics::cohens_d(
                it.course[main].measures.get(measure)?,
                it.course[0].measures.get(measure)?,
            )
        };
        tallies.iter().filter_map(of).map(f64::abs).fold(0.0, f64::max)
    };
    let most = |of: &mut dyn Iterator<Item = Measure>| {
        of.filter(|it| tallies[0].course[0].sample.contains_key(it))
            .max_by(|a, b| change(a).total_cmp(&change(b)))
    };
    let asked = scenario.contrasts.iter().map(|it| it.measure);
    let measure = most(&mut asked.filter(|it| has_a_course(*it, first)))
        .or_else(|| most(&mut OF_PEOPLE.into_iter()))
        .unwrap_or(Measure::NegativeAffect);
    let panel = |(condition, tally): (&Condition, &Tally)| {
        let (before, after) = (&tally.course[0], &tally.course[main]);
        let pairs: Vec<[f64; 2]> = before
            .sample
            .get(&measure)?
            .iter()
            .zip(after.sample.get(&measure)?)
            .map(|(before, after)| [*before, *after])
            .collect();
        let rising = pairs.iter().filter(|[before, after]| after > before).count();
        Some(BeforeAfterPanel {
            name: condition.name.clone(),
            rise: rising as f64 / pairs.len().max(1) as f64,
            mean: [seen(before, measure)?.mean, seen(after, measure)?.mean],
            people: pairs.into_iter().take(PEOPLE).collect(),
        })
    };
    let data = BeforeAfterData {
        measure: words(measure),
        moments: [label(first, &times[0]), label(first, &times[main])],
        panels: scenario
            .conditions
            .iter()
            .zip(tallies)
            .take(MOST_LINES)
            .filter_map(panel)
            .collect(),
    };
    let people = format!(
        "{PEOPLE} of {}; shares who rise from the first 400",
        everybody(scenario)
    );
    named(
        "before_after",
        before_after::draw(&data, &frame(scenario, MOST_LINES, &people, "")),
    )
}

/// Whether a measure is a quantity of which every person has one at each moment; questionnaires on traits are filled in once.
fn has_a_course(measure: Measure, condition: &Condition) -> bool {
    match measure {
        Measure::Amount => condition.situation.help == HelpKind::Graded,
        Measure::Helped
        | Measure::Punished
        | Measure::Latency
        | Measure::IriPt
        | Measure::IriEc
        | Measure::IriPd
        | Measure::IriFs
        | Measure::ErqReappraisal
        | Measure::ErqSuppression => false,
        _ => true,
    }
}

/// Effects over hours practised; none where fewer than two doses of one kind of practice are compared.
pub(super) fn dose_response(scenario: &Scenario, tallies: &[Tally]) -> Option<Result<Drawing, PictureError>> {
    let data = doses(scenario, tallies)?;
    let frame = frame(scenario, usize::MAX, &everybody(scenario), "");
    Some(named("dose_response", dose_response::draw(&data, &frame)))
}

/// Effects over hours practised, of conditions that differ from the first in practice alone.
fn doses(scenario: &Scenario, tallies: &[Tally]) -> Option<DoseResponseData> {
    let control = tallies.first()?;
    let measures: Vec<Measure> = OVER_HOURS
        .into_iter()
        .filter(|it| predicted_d(control, control, *it).is_some())
        .collect();
    let mut lines: Vec<(String, Vec<Dose>)> = Vec::new();
    for (condition, tally) in scenario.conditions.iter().zip(tallies).skip(1) {
        let hours = tally.hours.mean();
        if tally.hours.count() == 0 || hours <= 0.0 || !same_but_for_practice(condition, &scenario.conditions[0]) {
            continue;
        }
        let effects: Option<Vec<f64>> = measures.iter().map(|it| predicted_d(tally, control, *it)).collect();
        let (name, effects) = (practised(scenario, condition), effects?);
        match lines.iter_mut().find(|(known, _)| *known == name) {
            Some((_, doses)) => doses.push((hours, effects)),
            None => lines.push((name, vec![(hours, effects)])),
        }
    }
    lines.retain(|(_, doses)| doses.iter().any(|(hours, _)| (hours - doses[0].0).abs() > 1e-9));
    if lines.is_empty() || measures.is_empty() {
        return None;
    }
    let line = |(name, mut doses): (String, Vec<Dose>)| {
        doses.sort_by(|a, b| a.0.total_cmp(&b.0));
        let of = |place: usize| doses.iter().map(|(_, effects)| effects[place]).collect();
        DoseLine {
            name,
            hours: doses.iter().map(|(hours, _)| *hours).collect(),
            effects: (0..measures.len()).map(of).collect(),
        }
    };
    Some(DoseResponseData {
        against: scenario.conditions[0].name.clone(),
        lines: lines.into_iter().take(MOST_LINES).map(line).collect(),
        measures: measures.iter().map(|it| words(*it)).collect(),
    })
}

/// Whether two conditions let the same people meet the same scene and count them alike, whatever they have practised.
fn same_but_for_practice(one: &Condition, other: &Condition) -> bool {
    (&one.situation, &one.population, &one.protocol) == (&other.situation, &other.population, &other.protocol)
        && (one.knockout, one.unit, one.select) == (other.knockout, other.unit, other.select)
}

/// What is practised in a condition, in words.
fn practised(scenario: &Scenario, condition: &Condition) -> String {
    let name = |it: &usize| in_words(&scenario.programs[*it].name);
    let practice =
        |it: &crate::model::training::Practice| it.programs.iter().map(name).collect::<Vec<_>>().join(" or ");
    condition
        .training
        .iter()
        .map(practice)
        .collect::<Vec<_>>()
        .join(", then ")
}

fn course(tally: &Tally, measure: Measure) -> Option<ChangeCourse> {
    let seen: Option<Vec<_>> = tally.course.iter().map(|it| seen(it, measure)).collect();
    let quartiles = || {
        let of = |q: f64| {
            tally
                .course
                .iter()
                .map(|it| quantile(it.sample.get(&measure)?, q))
                .collect::<Option<Vec<f64>>>()
        };
        Some((of(0.25)?, of(0.75)?))
    };
    Some(ChangeCourse {
        mean: seen?.iter().map(|it| it.mean).collect(),
        quartiles: if outcome(measure).is_some() { None } else { quartiles() },
    })
}

/// The value below which a share of people lies.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a place in a list of at most 400"
)]
fn quantile(values: &[f64], share: f64) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get((share * sorted.len() as f64) as usize).copied()
}

fn place(moment: &Moment) -> f64 {
    moment.exposure.map_or(moment.week, f64::from)
}

fn label(condition: &Condition, moment: &Moment) -> String {
    match moment.exposure {
        None => week(moment.week),
        Some(number)
            if condition
                .protocol
                .exposures
                .as_ref()
                .is_some_and(|it| number > it.count) =>
        {
            "scene".to_owned()
        }
        Some(number) => format!("encounter {number}"),
    }
}

fn words(measure: Measure) -> String {
    in_words(measure.word())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Source;
    use crate::engine::test_scenario;
    use crate::programs::builtin;
    use crate::scenario::{Contrast, Dominant, ObservedContrast, Unit, read};
    use crate::summary::together::tests::run;

    /// No practice, and two doses of the same.
    fn three_doses() -> Scenario {
        let condition = |name: &str, hours: u32| match hours {
            0 => format!("[[condition]]\nname = \"{name}\"\n"),
            _ => format!(
                "[[condition]]\nname = \"{name}\"\ntraining = [{{ program = \"compassion\", hours = {hours}, weeks = 4 }}]\n"
            ),
        };
        let all = [("none", 0), ("little", 4), ("much", 40)].map(|(name, hours)| condition(name, hours));
        let text = format!("title = \"doses\"\n[run]\nagents = 600\n{}", all.concat());
        read(&Source::new("doses.toml", text), builtin(), None)
            .unwrap_or_else(|it| panic!("{it}"))
            .0
    }

    #[test]
    fn doses_are_compared_in_their_order() {
        let mut scenario = three_doses();
        scenario.conditions.swap(1, 2);
        let data = doses(&scenario, &run(&scenario).0).expect("two doses");
        let [line] = &data.lines[..] else {
            panic!("one kind of practice: {data:?}");
        };
        assert_eq!((data.against.as_str(), line.hours.len()), ("none", 2));
        assert!(line.hours[0] < line.hours[1], "{:?}", line.hours);
        let compassion = data
            .measures
            .iter()
            .position(|it| it == "compassion")
            .expect("a measure");
        assert!(line.effects[compassion][0] < line.effects[compassion][1], "{line:?}");
    }

    /// What makes a condition differ in more than practice.
    type Change = fn(&mut Condition);

    /// Whatever else differs, a dose would be given the credit for it.
    #[test]
    fn conditions_that_differ_in_more_than_practice_are_no_doses() {
        let changes: [(&str, Change); 5] = [
            ("scene", |it| it.situation.need = 0.9),
            ("people", |it| it.population[0].mean = 1.0),
            ("mechanisms", |it| {
                it.knockout = it.knockout.with(crate::model::mechanism::Mechanism::PersonalDistress);
            }),
            ("what is counted", |it| it.unit = Unit::Group(2)),
            ("who is counted", |it| it.select = Some(Dominant::EmpathicConcern)),
        ];
        for (what, change) in changes {
            let mut scenario = three_doses();
            change(&mut scenario.conditions[2]);
            let found = doses(&scenario, &run(&scenario).0);
            assert_eq!(found, None, "{what}: one dose is left, and that is no course");
        }
    }

    #[test]
    fn what_the_file_asks_about_is_drawn_first_and_once() {
        let mut scenario = test_scenario(&["one", "other"]);
        let contrast = |measure| Contrast {
            treatment: 1,
            control: 0,
            measure,
            week: None,
            from_week: None,
            observed: ObservedContrast::default(),
        };
        let asked = [Measure::Stress, Measure::Burnout, Measure::Stress];
        scenario.contrasts = asked.map(contrast).to_vec();
        let usual = [Measure::Helped, Measure::Burnout, Measure::Fatigue];
        assert_eq!(
            asked_first(&scenario, usual),
            [Measure::Stress, Measure::Burnout, Measure::Helped, Measure::Fatigue]
        );
    }

    #[test]
    fn only_quantities_that_each_person_has_at_each_moment_have_a_course() {
        let mut condition = test_scenario(&["one"]).conditions.swap_remove(0);
        for (measure, expected) in [
            (Measure::NegativeAffect, true),
            (Measure::Burnout, true),
            (Measure::Compassion, true),
            (Measure::Helped, false),
            (Measure::Punished, false),
            (Measure::Latency, false),
            (Measure::IriEc, false),
            (Measure::ErqSuppression, false),
            (Measure::Amount, false),
        ] {
            assert_eq!(has_a_course(measure, &condition), expected, "{measure:?}");
        }
        condition.situation.help = HelpKind::Graded;
        assert!(has_a_course(Measure::Amount, &condition));
    }
}

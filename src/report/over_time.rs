//! The charts of a run over weeks, over encounters in a row and over hours of practice: which numbers go into which chart.

use super::pictures::{Drawing, PictureError, everybody, frame, named};
use super::timeline::seen;
use crate::charts::before_after::{self, BeforeAfterData, BeforeAfterPanel};
use crate::charts::change::{self, ChangeCourse, ChangeData, ChangePanel};
use crate::engine::life::{Moment, moments};
use crate::engine::tally::Tally;
use crate::model::situation::HelpKind;
use crate::registry::{Chart, Measure, Source};
use crate::scenario::{Condition, Scenario};
use crate::statistics::quantile;
use crate::wording::week;

/// Conditions that a chart with a line or a panel for each shows at most.
pub(super) const MOST_LINES: usize = 8;

/// People whose lines are drawn.
const PEOPLE: usize = 60;

/// Moments at which single people are drawn at most.
const MOST_MOMENTS: usize = 8;

/// Whether there are at least two moments to compare.
pub(super) fn has_course(scenario: &Scenario) -> bool {
    scenario.conditions.iter().any(|it| moments(it).len() > 1)
}

/// Measures over weeks or over encounters in a row.
pub(super) fn change(scenario: &Scenario, tallies: &[Tally]) -> Result<Drawing, PictureError> {
    // A condition in which nobody is counted at some moment has no course.
    let counted = |(_, tally): &(&Condition, &Tally)| tally.course.iter().all(|it| it.people.total() > 0);
    let all = scenario.conditions.iter().zip(tallies);
    let shown: Vec<(&Condition, &Tally)> = all.take(MOST_LINES).filter(counted).collect();
    let first = &scenario.conditions[0];
    let times = moments(first);
    let graded = first.situation.help == HelpKind::Graded;
    let panel = |measure: Measure| {
        let courses: Option<Vec<ChangeCourse>> = shown.iter().map(|(_, tally)| course(tally, measure)).collect();
        Some(ChangePanel {
            measure: words(measure),
            least: least(measure, shown.first()?.1),
            courses: courses?,
        })
    };
    let wanted = asked_first(scenario, Measure::drawn(Chart::OverTime))
        .into_iter()
        .filter(|it| match it {
            Measure::Helped => !graded,
            Measure::Amount => graded,
            _ => true,
        });
    let timeline = first.protocol.timeline.as_ref();
    let data = ChangeData {
        at: times.iter().map(place).collect(),
        axis: axis(first),
        follow_up_from: timeline
            .map(|it| it.weeks)
            .filter(|it| times.iter().any(|time| time.week > *it)),
        conditions: shown.iter().map(|(it, _)| it.name.clone()).collect(),
        panels: wanted.filter_map(panel).take(9).collect(),
    };
    let notes = if data.has_spread() {
        " · quartiles of the first 400 people"
    } else {
        ""
    };
    let frame = frame(scenario, MOST_LINES, &everybody(scenario), notes);
    named("change", change::draw(&data, &frame))
}

/// What moments count.
fn axis(condition: &Condition) -> String {
    if condition.protocol.timeline.is_some() {
        "weeks since practice began".to_owned()
    } else {
        "encounter; the last is the scene".to_owned()
    }
}

/// The least that an axis must span: ten points of a share, half an SD between people of anything else.
fn least(measure: Measure, tally: &Tally) -> f64 {
    if measure.is_share() {
        return 0.1;
    }
    let before = tally.course.first().and_then(|it| it.measures.get(&measure)?.sd());
    before.map_or(0.0, |sd| 0.5 * sd)
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

/// A sample of people from moment to moment, on the measure that the file's first contrast on such a measure names.
pub(super) fn before_after(scenario: &Scenario, tallies: &[Tally]) -> Result<Drawing, PictureError> {
    let first = &scenario.conditions[0];
    let times = moments(first);
    let main = times.iter().position(|it| it.is_main).filter(|it| *it > 0);
    let main = main.unwrap_or(times.len() - 1);
    let measure = of_people(scenario, tallies, main);
    let drawn = drawn_moments(times.len(), main);
    let panel = |(condition, tally): (&Condition, &Tally)| {
        let sample = |it: usize| tally.course[it].sample.get(&measure);
        let courses: Vec<&Vec<f64>> = drawn.iter().map(|it| sample(*it)).collect::<Option<_>>()?;
        let (before, after) = (sample(0)?, sample(main)?);
        let rising = before
            .iter()
            .zip(after)
            .filter(|(before, after)| after > before)
            .count();
        let means: Option<Vec<f64>> = drawn
            .iter()
            .map(|it| Some(seen(&tally.course[*it], measure)?.mean))
            .collect();
        let people = 0..before.len().min(PEOPLE);
        Some(BeforeAfterPanel {
            name: condition.name.clone(),
            rise: rising as f64 / before.len().max(1) as f64,
            mean: means?,
            people: people
                .map(|person| courses.iter().map(|it| it[person]).collect())
                .collect(),
        })
    };
    let data = BeforeAfterData {
        measure: words(measure),
        moments: drawn.iter().map(|it| short_label(first, &times[*it])).collect(),
        axis: axis(first),
        compared: drawn.iter().position(|it| *it == main).unwrap_or_default(),
        from_to: format!(
            "{} to {}",
            moment_label(first, &times[0]),
            moment_label(first, &times[main])
        ),
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

/// The measure whose course is drawn person by person.
fn of_people(scenario: &Scenario, tallies: &[Tally], main: usize) -> Measure {
    let first = &scenario.conditions[0];
    let was_sampled = |it: &Measure| tallies[0].course[0].sample.contains_key(it);
    let change = |measure: &Measure| {
        let of = |it: &Tally| {
            crate::statistics::cohens_d(
                it.course[main].measures.get(measure)?,
                it.course[0].measures.get(measure)?,
            )
        };
        tallies.iter().filter_map(of).map(f64::abs).fold(0.0, f64::max)
    };
    let mut asked = scenario.contrasts.iter().map(|it| it.measure);
    let most = || {
        Measure::drawn(Chart::OfPeople)
            .into_iter()
            .filter(was_sampled)
            .max_by(|a, b| change(a).total_cmp(&change(b)))
    };
    asked
        .find(|it| has_a_course(*it, first) && was_sampled(it))
        .or_else(most)
        .unwrap_or(Measure::NegativeAffect)
}

/// Which of so many moments are drawn, in order: the first, the last and the main one, and of the others as many as there is room for.
fn drawn_moments(moments: usize, main: usize) -> Vec<usize> {
    let step = (moments - 1).div_ceil(MOST_MOMENTS - 2).max(1);
    let mut drawn: Vec<usize> = (0..moments).step_by(step).chain([main, moments - 1]).collect();
    drawn.sort_unstable();
    drawn.dedup();
    drawn
}

/// Whether a measure is a quantity of which every person has one at each moment; questionnaires on traits are filled in once.
fn has_a_course(measure: Measure, condition: &Condition) -> bool {
    match measure.source() {
        Source::Amount => condition.situation.help == HelpKind::Graded,
        Source::Outcome(_) | Source::Latency | Source::Questionnaire(_) => false,
        Source::State(_) | Source::SlowStates(_) | Source::SelfReport => true,
    }
}

fn course(tally: &Tally, measure: Measure) -> Option<ChangeCourse> {
    let seen: Option<Vec<_>> = tally.course.iter().map(|it| seen(it, measure)).collect();
    let quartiles = || {
        let of = |q: f64| {
            tally
                .course
                .iter()
                .map(|it| {
                    let mut sample = it.sample.get(&measure)?.clone();
                    sample.sort_by(f64::total_cmp);
                    quantile(&sample, q)
                })
                .collect::<Option<Vec<f64>>>()
        };
        Some((of(0.25)?, of(0.75)?))
    };
    Some(ChangeCourse {
        mean: seen?.iter().map(|it| it.mean).collect(),
        quartiles: if measure.is_share() { None } else { quartiles() },
    })
}

fn place(moment: &Moment) -> f64 {
    moment.exposure.map_or(moment.week, f64::from)
}

/// A moment under an axis that says what is counted.
fn short_label(condition: &Condition, moment: &Moment) -> String {
    let label = moment_label(condition, moment);
    let number = label.trim_start_matches("week ").trim_start_matches("encounter ");
    number.to_owned()
}

/// A moment in words.
pub fn moment_label(condition: &Condition, moment: &Moment) -> String {
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

pub(super) fn words(measure: Measure) -> String {
    measure.label().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::engine::test_scenario;

    use crate::scenario::Contrast;

    #[test]
    fn what_the_file_asks_about_is_drawn_first_and_once() {
        let mut scenario = test_scenario(&["one", "other"]);
        let contrast = |measure| Contrast::asking(1, 0, measure);
        let asked = [Measure::Stress, Measure::Burnout, Measure::Stress];
        scenario.contrasts = asked.map(contrast).to_vec();
        let usual = [Measure::Helped, Measure::Burnout, Measure::Fatigue];
        assert_eq!(
            asked_first(&scenario, usual),
            [Measure::Stress, Measure::Burnout, Measure::Helped, Measure::Fatigue]
        );
    }

    #[test]
    fn the_first_and_the_last_moment_and_the_main_one_are_drawn() {
        assert_eq!(drawn_moments(2, 1), [0, 1]);
        assert_eq!(drawn_moments(6, 3), [0, 1, 2, 3, 4, 5], "up and down again");
        for (moments, main) in [(31, 30), (31, 7), (100, 50)] {
            let drawn = drawn_moments(moments, main);
            assert!(drawn.len() <= MOST_MOMENTS && drawn.is_sorted(), "{drawn:?}");
            assert!([0, main, moments - 1].iter().all(|it| drawn.contains(it)), "{drawn:?}");
        }
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

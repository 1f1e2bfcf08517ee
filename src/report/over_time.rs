//! The charts of a run over weeks, over encounters in a row and over hours of practice: which numbers go into which chart.

use super::findings;
use super::pictures::{Draw, Drawing, PictureError, Slide, everybody, frame, named};
use super::timeline::seen;
use crate::charts::before_after::{self, BeforeAfterData, BeforeAfterPanel};
use crate::charts::change::{self, ChangeCourse, ChangeData, ChangePanel};
use crate::engine::life::{Moment, moments};
use crate::engine::tally::Tally;
use crate::registry::{Chart, Measure, Source};
use crate::scenario::{Condition, Scenario};
use crate::statistics::{Estimate, Z_95, mean_interval, wilson};
use crate::wording::{capital, decimal, week};

/// Conditions that a chart with a line or a panel for each shows at most.
pub(super) const MOST_LINES: usize = 8;

/// People whose lines are drawn.
const PEOPLE: usize = 60;

/// Measures whose course is drawn at most.
const MOST_MEASURES: usize = 12;

/// Panels of measures on a slide.
const PANELS: usize = 6;

/// Panels of single people on a slide.
const BESIDE_EACH_OTHER: usize = 4;

/// Moments at which single people are drawn at most.
const MOST_MOMENTS: usize = 8;

/// Whether there are at least two moments to compare.
pub(super) fn has_course(scenario: &Scenario) -> bool {
    // Rounds of an exchange have charts of their own.
    !scenario.has_exchange() && scenario.conditions.iter().any(|it| moments(it).len() > 1)
}

/// The charts of a course, slide by slide.
pub(super) fn charts<'a>(scenario: &'a Scenario, tallies: &'a [Tally]) -> Vec<Draw<'a>> {
    let mut charts: Vec<Draw<'a>> = Vec::new();
    let panels: Vec<usize> = (0..measures(scenario, tallies).len()).collect();
    for slide in Slide::all(&panels, PANELS) {
        charts.push(Box::new(move || change(scenario, tallies, &slide)));
    }
    let conditions: Vec<usize> = (0..scenario.conditions.len().min(MOST_LINES)).collect();
    for slide in Slide::all(&conditions, BESIDE_EACH_OTHER) {
        charts.push(Box::new(move || before_after(scenario, tallies, &slide)));
    }
    charts
}

/// Conditions of which the course is drawn: a condition in which nobody is counted at some moment has none.
fn with_a_course<'a>(scenario: &'a Scenario, tallies: &'a [Tally]) -> Vec<(&'a Condition, &'a Tally)> {
    let counted = |(_, tally): &(&Condition, &Tally)| tally.course.iter().all(|it| it.people.total() > 0);
    scenario
        .conditions
        .iter()
        .zip(tallies)
        .take(MOST_LINES)
        .filter(counted)
        .collect()
}

/// The measures whose course is drawn: what the file asks about, then the usual ones.
fn measures(scenario: &Scenario, tallies: &[Tally]) -> Vec<Measure> {
    let graded = scenario.conditions[0].is_graded();
    let shown = with_a_course(scenario, tallies);
    let mut measures = asked_first(scenario, Measure::drawn(Chart::OverTime));
    measures.retain(|it| match it {
        Measure::Helped => !graded,
        Measure::Amount => graded,
        _ => true,
    });
    measures.retain(|it| !shown.is_empty() && shown.iter().all(|(_, tally)| course(tally, *it).is_some()));
    measures.truncate(MOST_MEASURES);
    measures
}

/// Measures over weeks or over encounters in a row.
fn change(scenario: &Scenario, tallies: &[Tally], slide: &Slide) -> Result<Drawing, PictureError> {
    let shown = with_a_course(scenario, tallies);
    let first = &scenario.conditions[0];
    let times = moments(first);
    let all = measures(scenario, tallies);
    let panel = |number: &usize| {
        let measure = all[*number];
        let courses: Option<Vec<ChangeCourse>> = shown.iter().map(|(_, tally)| course(tally, measure)).collect();
        Some(ChangePanel {
            measure: with_unit(measure, first),
            range: measure.is_share().then_some((0.0, 100.0)),
            least: least(measure, shown.first()?.1),
            courses: courses?,
        })
    };
    let timeline = first.protocol.timeline.as_ref();
    let data = ChangeData {
        at: times.iter().map(place).collect(),
        axis: axis(first),
        follow_up_from: timeline
            .map(|it| it.weeks)
            .filter(|it| times.iter().any(|time| time.week > *it)),
        conditions: shown.iter().map(|(it, _)| it.name.clone()).collect(),
        panels: slide.shown.iter().filter_map(panel).collect(),
    };
    let finding = slide
        .shown
        .first()
        .map_or_else(String::new, |number| at_the_main_moment(scenario, &shown, all[*number]));
    let more = match scenario.conditions.len() {
        all if all > MOST_LINES => format!(" · first {MOST_LINES} of {all} conditions"),
        _ => String::new(),
    };
    let frame = frame(
        scenario,
        finding,
        &everybody(scenario),
        &format!("{}{more}", slide.note()),
    );
    named(slide.name("change"), change::draw(&data, &frame))
}

/// In which conditions a measure is highest and lowest, at the moment that stands for the whole.
fn at_the_main_moment(scenario: &Scenario, shown: &[(&Condition, &Tally)], measure: Measure) -> String {
    let first = &scenario.conditions[0];
    let main = crate::engine::life::main(first);
    let all = shown.iter().filter_map(|(condition, tally)| {
        let value = seen(tally.course.get(main)?, measure)?.mean;
        Some(findings::Of {
            name: &condition.name,
            value: if measure.is_share() { value * 100.0 } else { value },
        })
    });
    let decimals = if measure.is_share() { 0 } else { 2 };
    let when = moments(first)
        .get(main)
        .map_or_else(String::new, |moment| format!(", {}", moment_label(first, moment)));
    let what = format!("{}{when}", capital(&with_unit(measure, first)));
    findings::means(&what, &all.collect::<Vec<_>>(), &|value| decimal(value, decimals))
}

/// What moments count.
fn axis(condition: &Condition) -> String {
    if condition.protocol.timeline.is_some() {
        "weeks since practice began".to_owned()
    } else {
        "encounter; the last is the scene".to_owned()
    }
}

/// The least that an axis must span: half an SD between people.
fn least(measure: Measure, tally: &Tally) -> f64 {
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
fn before_after(scenario: &Scenario, tallies: &[Tally], slide: &Slide) -> Result<Drawing, PictureError> {
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
    let all: Vec<BeforeAfterPanel> = scenario
        .conditions
        .iter()
        .zip(tallies)
        .take(MOST_LINES)
        .filter_map(panel)
        .collect();
    let rises: Vec<findings::Of> = all
        .iter()
        .map(|it| findings::Of {
            name: &it.name,
            value: it.rise * 100.0,
        })
        .collect();
    let what = format!(
        "{} rises by {}",
        capital(measure.label()),
        moment_label(first, &times[main])
    );
    let told = |it: &findings::Of| {
        format!(
            "in {} of 100 people in {}",
            decimal(it.value, 0),
            findings::quoted(it.name)
        )
    };
    let finding = match (&rises[..], findings::ends(&rises, 1.0)) {
        (_, Some((most, fewest))) => format!("{what} {}, {}", told(most), told(fewest)),
        ([any, ..], None) => format!("{what} in about {} of 100 people", decimal(any.value, 0)),
        ([], None) => what,
    };
    let on_slide = |it: &&BeforeAfterPanel| {
        slide
            .shown
            .iter()
            .any(|number| scenario.conditions[*number].name == it.name)
    };
    let data = BeforeAfterData {
        measure: with_unit(measure, first),
        at: drawn.iter().map(|it| place(&times[*it])).collect(),
        axis: axis(first),
        compared: drawn.iter().position(|it| *it == main).unwrap_or_default(),
        from_to: format!(
            "{} to {}",
            moment_label(first, &times[0]),
            moment_label(first, &times[main])
        ),
        panels: all.iter().filter(on_slide).cloned().collect(),
    };
    let people = format!(
        "{PEOPLE} of {}; shares who rise from the first 400",
        everybody(scenario)
    );
    named(
        slide.name("before_after"),
        before_after::draw(&data, &frame(scenario, finding, &people, &slide.note())),
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
        Source::Amount => condition.is_graded(),
        Source::Outcome(_) | Source::Latency | Source::Questionnaire(_) => false,
        Source::State(_) | Source::SlowStates(_) | Source::SelfReport => true,
    }
}

/// A measure from moment to moment, shares in points of a hundred.
fn course(tally: &Tally, measure: Measure) -> Option<ChangeCourse> {
    let estimates: Option<Vec<Estimate>> = tally.course.iter().map(|it| estimate(it, measure)).collect();
    let of = |part: fn(&Estimate) -> f64| estimates.as_ref().map(|all| all.iter().map(part).collect::<Vec<f64>>());
    Some(ChangeCourse {
        mean: of(|it| it.value)?,
        interval: (of(|it| it.lower)?, of(|it| it.upper)?),
    })
}

/// A measure at a moment with its 95 % interval.
fn estimate(tally: &Tally, measure: Measure) -> Option<Estimate> {
    if let Some(outcome) = measure.outcome() {
        let count = tally.units.count(outcome);
        let interval = wilson(count, Z_95);
        let estimate = Estimate {
            value: count.share()?,
            lower: interval.lower,
            upper: interval.upper,
        };
        return Some(estimate.times(100.0));
    }
    let moments = tally.measures.get(&measure).filter(|it| it.count() > 0)?;
    let mean = moments.mean();
    // One person has a value and no interval.
    let alone = Estimate {
        value: mean,
        lower: mean,
        upper: mean,
    };
    Some(mean_interval(moments, Z_95).unwrap_or(alone))
}

/// A measure with its unit.
fn with_unit(measure: Measure, condition: &Condition) -> String {
    let row = measure.row();
    let unit = match measure.source() {
        Source::Amount => format!(
            "of {} {}",
            condition.situation.endowment, condition.situation.endowment_unit
        ),
        Source::Outcome(_) => row.told.to_owned(),
        _ if row.told.contains("from 0") || row.told.contains("from 1") => row.range.to_owned(),
        _ => row.told.trim_start_matches("in ").to_owned(),
    };
    if unit.is_empty() {
        measure.label().to_owned()
    } else {
        format!("{} ({unit})", measure.label())
    }
}

fn place(moment: &Moment) -> f64 {
    moment.exposure.map_or(moment.week, f64::from)
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
        Some(number) if condition.protocol.exchange.is_some() => format!("round {number}"),
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
        condition.situation.help = crate::model::situation::HelpKind::Graded;
        assert!(has_a_course(Measure::Amount, &condition));
    }
}

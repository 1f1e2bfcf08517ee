//! The chart of effects over hours of practice: which numbers go into it.

use super::over_time::{MOST_LINES, words};
use super::pictures::{Drawing, PictureError, everybody, frame, named};
use crate::charts::dose_response::{self, DoseLine, DoseResponseData};
use crate::document::in_words;
use crate::engine::tally::Tally;
use crate::registry::{Chart, Measure};
use crate::scenario::{Condition, Scenario};
use crate::summary::predicted_d;
use crate::wording::{capital, decimal, signed};

/// Mean hours practised in a condition, and what they changed in each measure.
type Dose = (f64, Vec<f64>);

/// Effects over hours practised; none where fewer than two doses of one kind of practice are compared.
pub(super) fn dose_response(scenario: &Scenario, tallies: &[Tally]) -> Option<Result<Drawing, PictureError>> {
    let data = doses(scenario, tallies)?;
    let frame = frame(scenario, finding(&data), &everybody(scenario), "");
    Some(named("dose_response", dose_response::draw(&data, &frame)))
}

/// How far the kind of practice that moves the first measure most does so, and after how many hours half of that is reached.
fn finding(data: &DoseResponseData) -> String {
    let effects = |line: &DoseLine| line.effects[0].last().copied().unwrap_or_default();
    let strongest = data.lines.iter().reduce(|one, other| {
        if effects(other).abs() > effects(one).abs() {
            other
        } else {
            one
        }
    });
    let Some(line) = strongest else {
        return String::new();
    };
    let (most, hours) = (effects(line), line.hours.last().copied().unwrap_or_default());
    // From nothing at 0 hours along straight lines.
    let mut before = (0.0, 0.0);
    let mut half = hours;
    for (hour, effect) in line.hours.iter().zip(&line.effects[0]) {
        let share = (most * 0.5 - before.1) / (effect - before.1);
        if (0.0..=1.0).contains(&share) {
            half = before.0 + share * (hour - before.0);
            break;
        }
        before = (*hour, *effect);
    }
    format!(
        "{} moves “{}” by d = {} after {} h; half of that is there after {} h",
        capital(&line.name),
        data.measures[0],
        signed(most, 2),
        decimal(hours, 0),
        decimal(half, 0)
    )
}

/// Effects over hours practised, of conditions that differ from the first in practice alone.
fn doses(scenario: &Scenario, tallies: &[Tally]) -> Option<DoseResponseData> {
    let control = tallies.first()?;
    let measures: Vec<Measure> = Measure::drawn(Chart::OverHours)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Source;
    use crate::programs::builtin;
    use crate::scenario::{Dominant, Unit, read};
    use crate::summary::joint_outcomes::tests::run;

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
}

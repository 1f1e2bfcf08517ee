//! The answer to a scenario's question in plain words, put together from the numbers of the run.
//!
//! Where the conditions cross factors it says what one factor does where the others are so or so; where they do not, how the other
//! conditions differ from the first. Only what the numbers say is said: another result gives other sentences.

mod compared;
mod crossed;
mod words;

use super::together::{Deed, Together};
use super::{ConditionSummary, Summary};
use crate::scenario::{Condition, Measure, Scenario, Unit};
use crate::statistics::half_up;
use compared::with_the_first;
use crossed::Crossing;
use words::{counted, heading, listed, points};

/// Smallest range over the conditions, as a share, from which leaving, punishing or being overwhelmed is part of the answer.
const MOVES: f64 = 0.03;

/// The answer, sentence by sentence: helping first, then who is overwhelmed, who leaves and who punishes, where that differs; then what
/// became of the claims of the file.
pub fn answer(scenario: &Scenario, summary: &Summary, together: &Together) -> Vec<String> {
    let conditions = &summary.conditions[..together.conditions()];
    let mut sentences = match conditions {
        [] => Vec::new(),
        [only] => vec![alone(only, together)],
        _ => several(summary, together),
    };
    if conditions.iter().all(|it| it.helping_rate.is_none()) {
        return vec!["Nobody is counted in any condition, so there is nothing to compare.".to_owned()];
    }
    if conditions.len() < summary.conditions.len() {
        let (told, all) = (conditions.len(), summary.conditions.len());
        sentences.push(format!("This speaks of the first {told} of {all} conditions."));
    }
    sentences.extend(groups(&scenario.conditions, conditions));
    sentences.extend(observed(conditions));
    sentences.extend(claims(summary));
    sentences
}

/// What there is to say of a single condition.
fn alone(only: &ConditionSummary, together: &Together) -> String {
    let rate = only.helping_rate.unwrap_or_default();
    let share = |deed| points(together.count(deed, 0).share().unwrap_or_default());
    format!(
        "{} of 100 {} help (95 % interval {} to {}); {} leave, and {} of 100 people are overwhelmed.",
        points(rate),
        counted(only.unit, Deed::Helped),
        points(only.interval.lower),
        points(only.interval.upper),
        share(Deed::Left),
        share(Deed::Overwhelmed),
    )
}

fn several(summary: &Summary, together: &Together) -> Vec<String> {
    let conditions = &summary.conditions[..together.conditions()];
    let share = |deed, it| together.count(deed, it).share();
    let moves = |deed: &Deed| {
        let shares = (0..conditions.len()).filter_map(|it| share(*deed, it));
        let (low, high) = shares.fold((1.0_f64, 0.0_f64), |(low, high), it| (low.min(it), high.max(it)));
        high - low >= MOVES
    };
    let others = [Deed::Punished, Deed::Overwhelmed, Deed::Left]
        .into_iter()
        .filter(moves);
    let crossing = Crossing::new(conditions, together);
    let mut sentences = match &crossing {
        Some(it) => it.sentences(),
        None => with_the_first(Deed::Helped, conditions, together).into_iter().collect(),
    };
    sentences.extend(others.filter_map(|deed| match &crossing {
        Some(it) => {
            let number = |condition| share(deed, condition).map_or("–".to_owned(), points);
            Some(format!("{}: {}.", heading(deed), it.one_by_one(&number)))
        }
        None => with_the_first(deed, conditions, together),
    }));
    if summary.contrasts.iter().any(|it| it.measure == Measure::Compassion) {
        sentences.push(compassion(conditions, crossing.as_ref()));
    }
    sentences
}

/// How compassionate people are, where the file makes a claim about that.
fn compassion(conditions: &[ConditionSummary], crossing: Option<&Crossing>) -> String {
    let mean = |it: usize| {
        let mean = conditions[it].mean(Measure::Compassion);
        mean.map_or("–".to_owned(), |it| format!("{:.2}", half_up(it, 2)))
    };
    let told = match crossing {
        Some(it) => it.one_by_one(&mean),
        None => {
            let all = conditions.iter().enumerate();
            listed(
                all.map(|(number, it)| format!("{} in “{}”", mean(number), it.name))
                    .collect(),
            )
        }
    };
    format!("Compassion at the decision: {told}.")
}

/// How often groups help, beside how often they would if each of them decided as somebody alone in the same scene does.
fn groups(conditions: &[Condition], summaries: &[ConditionSummary]) -> Option<String> {
    let pairs = conditions.iter().zip(summaries);
    // Said once.
    let mut of = " of 100 groups would help";
    let parts: Vec<String> = pairs
        .filter_map(|(group, shown)| {
            let Unit::Group(size) = group.unit else {
                return None;
            };
            let alone = conditions
                .iter()
                .zip(summaries)
                .find(|(it, _)| is_alone_there(it, group))?;
            let expected = 1.0 - (1.0 - alone.1.helping_rate?).powi(i32::try_from(size).ok()?);
            Some(format!(
                "{}{} in “{}” ({} do)",
                points(expected),
                std::mem::take(&mut of),
                group.name,
                points(shown.helping_rate?),
            ))
        })
        .collect();
    (!parts.is_empty()).then(|| {
        format!(
            "If each member decided as people alone in the same scene do, {}.",
            listed(parts)
        )
    })
}

/// Whether a condition shows one person alone where another shows a group.
fn is_alone_there(alone: &Condition, group: &Condition) -> bool {
    let mut scene = alone.situation.clone();
    scene.bystander_behaviour = group.situation.bystander_behaviour;
    alone.unit == Unit::Person
        && alone.select == group.select
        && scene == group.situation
        && (&alone.population, &alone.training, alone.knockout) == (&group.population, &group.training, group.knockout)
}

/// Whether the model does what people did, where somebody counted them.
fn observed(conditions: &[ConditionSummary]) -> Option<String> {
    let counted: Vec<bool> = conditions
        .iter()
        .filter_map(|it| {
            let (observed, rate) = (it.observed_rate()?, it.helping_rate?);
            Some((observed.lower..=observed.upper).contains(&rate))
        })
        .collect();
    let inside = counted.iter().filter(|it| **it).count();
    (!counted.is_empty()).then(|| {
        let plural = if counted.len() == 1 { "" } else { "s" };
        format!(
            "The model lies inside the 95 % interval of what people did in {inside} of {} condition{plural} in which they were counted.",
            counted.len()
        )
    })
}

/// How many of the claims of the file hold, and which do not.
fn claims(summary: &Summary) -> Option<String> {
    let judged = || summary.contrasts.iter().filter_map(|it| Some((it, it.agrees?)));
    let (all, held) = (judged().count(), judged().filter(|it| it.1).count());
    let broken: Vec<String> = judged()
        .filter(|it| !it.1)
        .map(|(it, _)| format!("{} in “{}” against “{}”", measure(it.measure), it.treatment, it.control))
        .collect();
    match (all, broken.is_empty()) {
        (0, _) => None,
        (1, true) => Some("The claim of the file holds.".to_owned()),
        (_, true) => Some(format!("All {all} claims of the file hold.")),
        (_, false) => Some(format!(
            "{held} of {all} claims of the file hold; not {}.",
            listed(broken)
        )),
    }
}

fn measure(measure: Measure) -> String {
    match measure {
        Measure::Helped => "helping".to_owned(),
        Measure::Punished => "punishing".to_owned(),
        other => crate::document::Choice::word(other).replace('_', " "),
    }
}

#[cfg(test)]
mod tests {
    use super::super::together::tests::run;
    use super::*;
    use crate::engine::test_scenario;
    use crate::model::agent::Trait;
    use crate::model::mechanism::{Knockout, Mechanism};

    fn answered(scenario: &Scenario) -> String {
        let (tallies, together) = run(scenario);
        answer(scenario, &Summary::new(scenario, &tallies), &together).join(" ")
    }

    /// Practice in compassion before a scene that one could walk away from; `knockout` holds in the second condition.
    fn of_training(knockout: Knockout) -> String {
        let mut scenario = test_scenario(&["untrained", "trained"]);
        scenario.run.agents = 4_000;
        for it in &mut scenario.conditions {
            (it.situation.need, it.situation.escape) = (0.8, 0.9);
        }
        let trained = &mut scenario.conditions[1];
        trained.population[Trait::CompassionMotive as usize].mean = 1.0;
        trained.knockout = knockout;
        answered(&scenario)
    }

    #[test]
    fn a_knock_out_that_turns_the_result_round_turns_the_sentence_round() {
        let whole = of_training(Knockout::NONE);
        let without = of_training(Knockout::NONE.with(Mechanism::CompassionMotive));
        assert!(whole.starts_with("In “untrained” "), "{whole}");
        assert!(whole.contains("people help: more with “trained” (+"), "{whole}");
        assert!(without.contains("people help: fewer with “trained” (−"), "{without}");
    }

    #[test]
    fn two_conditions_that_are_alike_are_not_told_apart() {
        let mut scenario = test_scenario(&["one", "other"]);
        scenario.run.agents = 500;
        let text = answered(&scenario);
        assert!(text.contains("no difference larger than "), "{text}");
        assert!(!text.contains("leave") && !text.contains("overwhelmed"), "{text}");
    }

    /// A way out crossed with likeness; `knockout` holds everywhere.
    fn of_escape(knockout: Knockout) -> String {
        let mut scenario = test_scenario(&["stay, unlike", "go, unlike", "stay, like", "go, like"]);
        scenario.run.agents = 4_000;
        for (number, it) in scenario.conditions.iter_mut().enumerate() {
            let (way_out, escape) = [("none", 0.0), ("easy", 0.9)][number % 2];
            let (who, closeness) = [("unlike", 0.1), ("like", 0.65)][number / 2];
            (it.situation.need, it.situation.cost) = (0.8, 0.5);
            (it.situation.escape, it.situation.closeness) = (escape, closeness);
            it.factors = vec![("victim".into(), who.into()), ("way_out".into(), way_out.into())];
            it.knockout = knockout;
        }
        answered(&scenario)
    }

    #[test]
    fn crossed_conditions_are_compared_within_circumstances() {
        let text = of_escape(Knockout::NONE);
        for part in [
            "If victim is “unlike”, most help with way out “none” (",
            " of 100 people): fewer with “easy” (−",
            "Between “none” and “easy” the difference is smaller if victim is “like” (by ",
            "Other things being equal, compared with victim “unlike”, more help with “like” (+",
            "Leaving, of 100: if victim is “unlike”, 0 with “none” and ",
        ] {
            assert!(text.contains(part), "`{part}` is not in: {text}");
        }
        let without = of_escape(Knockout::NONE.with(Mechanism::PersonalDistress));
        let part = "If victim is “unlike”, way out makes no difference";
        assert!(without.contains(part), "{without}");
    }

    #[test]
    fn groups_are_held_against_as_many_who_decide_alone() {
        let mut scenario = test_scenario(&["alone", "three"]);
        scenario.run.agents = 3_000;
        scenario.conditions[1].unit = Unit::Group(3);
        let text = answered(&scenario);
        assert!(text.contains("people help: more with “three” (groups, +"), "{text}");
        assert!(text.contains(" of 100 groups would help in “three” ("), "{text}");
    }
}

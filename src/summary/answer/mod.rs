//! The answer to a scenario's question in plain words, put together from the numbers of the run.
//!
//! Of which measures it speaks follows from the contrasts of the file. Where the conditions cross factors it says what one factor does to
//! helping where the others are so or so; where they do not, how the other conditions differ from the first. Only what the numbers say is said: another result gives other sentences.

mod compared;
mod crossed;
mod few;
mod measures;
mod scale;
mod words;

use super::joint_outcomes::{Deed, JointOutcomes};
use super::{ConditionSummary, ContrastSummary, Difference, Summary};
use crate::engine::place::Place;
use crate::registry::Measure;
use crate::scenario::{Condition, Scenario, Unit};
use crate::statistics::power;
use compared::with_the_first;
use crossed::Crossing;
use few::few;
use measures::{measures, when};
use scale::{Detail, POINTS};
use words::{counted, heading, listed, points};

/// Smallest range over the conditions, as a share, from which leaving, punishing or being overwhelmed is part of the answer.
const MOVES: f64 = 0.03;

/// Sentences of a brief answer, before those on what people did and on claims.
const SENTENCES: usize = 3;

/// The answer, sentence by sentence: what the contrasts of the file ask about, and helping, which leads if they name it or name nothing; then
/// what became of the claims of the file.
pub fn answer(scenario: &Scenario, summary: &Summary, joint_outcomes: &JointOutcomes) -> Vec<String> {
    let mut sentences = told(scenario, summary, joint_outcomes, Detail::Full);
    sentences.extend(unanswered(summary));
    sentences
}

/// The answer in at most three sentences, without the intervals that stand in the table beside it; then what became of the claims of the file.
pub fn in_short(scenario: &Scenario, summary: &Summary, joint_outcomes: &JointOutcomes) -> Vec<String> {
    let mut sentences = told(scenario, summary, joint_outcomes, Detail::Brief);
    sentences.extend(unanswered(summary));
    sentences
}

fn told(scenario: &Scenario, summary: &Summary, joint_outcomes: &JointOutcomes, detail: Detail) -> Vec<String> {
    let conditions = &summary.conditions[..joint_outcomes.conditions()];
    if conditions.iter().all(|it| it.helping_rate.is_none()) {
        return vec!["Nobody is counted in any condition, so there is nothing to compare.".to_owned()];
    }
    if let Some(told) = few(conditions) {
        return told;
    }
    let mut sentences = compared(scenario, summary, joint_outcomes, detail);
    if detail == Detail::Brief {
        sentences.truncate(SENTENCES);
        sentences.extend(observed(conditions));
        sentences.extend(claims(summary));
        return sentences;
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

/// Helping first, and who is overwhelmed, leaves and punishes, where that differs; the other measures of the contrasts follow. Where no
/// contrast names helping or punishing it is the other way round, and of helping there is one sentence. What contrasts say of punishing
/// is told even where it does not differ.
fn compared(scenario: &Scenario, summary: &Summary, joint_outcomes: &JointOutcomes, detail: Detail) -> Vec<String> {
    let conditions = &summary.conditions[..joint_outcomes.conditions()];
    let points_of_hundred = POINTS.with(detail);
    let crossing = Crossing::new(conditions, joint_outcomes, points_of_hundred);
    let with_the_first = |deed| {
        let when = when(scenario, Place::new(scenario, 0, None));
        with_the_first(deed, conditions, &when, joint_outcomes, points_of_hundred)
    };
    let of_deeds = |it: &Difference| it.asked.measure.is_share();
    let others = measures(scenario, summary, &|it| !of_deeds(it), detail);
    if !others.is_empty() && !summary.differences.iter().any(of_deeds) {
        let helping = match (conditions, &crossing) {
            ([only], _) => Some(alone(only, joint_outcomes)),
            (_, Some(it)) => Some(it.within_each().join(" ")),
            (_, None) => with_the_first(Deed::Helped),
        };
        return others.into_iter().chain(helping).collect();
    }
    let mut sentences = match (conditions, &crossing) {
        ([only], _) => vec![alone(only, joint_outcomes)],
        (_, Some(it)) => it.sentences(),
        (_, None) => with_the_first(Deed::Helped).into_iter().collect(),
    };
    let moved: Vec<Deed> = moved(conditions, joint_outcomes).collect();
    // At the moment that stands for the whole all conditions are compared in helping, with the first or within their circumstances;
    // in punishing with the first, where it differs.
    let is_left = |it: &Difference| {
        let places = [it.asked.treatment, it.asked.control];
        let main = places.iter().all(|it| it.is_main(scenario));
        let with_the_first = crossing.is_none() && places.iter().any(|it| it.condition == 0);
        let told = match it.asked.measure {
            Measure::Punished => with_the_first && moved.contains(&Deed::Punished),
            _ => with_the_first || crossing.is_some(),
        };
        !(main && told)
    };
    sentences.extend(measures(scenario, summary, &|it| of_deeds(it) && is_left(it), detail));
    // Punishing that a contrast asks about has been told with its intervals where factors are crossed.
    let of_punishing = |it: &Difference| it.asked.measure == Measure::Punished;
    let is_told = crossing.is_some() && summary.differences.iter().any(of_punishing);
    let untold = moved.iter().filter(|it| **it != Deed::Punished || !is_told);
    sentences.extend(untold.filter_map(|&deed| match &crossing {
        Some(it) => {
            let number = |condition| {
                joint_outcomes
                    .count(deed, condition)
                    .share()
                    .map_or("–".to_owned(), points)
            };
            Some(format!("{}: {}.", heading(deed), it.one_by_one(&number)))
        }
        None => with_the_first(deed),
    }));
    sentences.extend(others);
    sentences
}

/// What else than helping differs between conditions.
fn moved(conditions: &[ConditionSummary], joint_outcomes: &JointOutcomes) -> impl Iterator<Item = Deed> {
    let moves = |deed: &Deed| {
        let shares = (0..conditions.len()).filter_map(|it| joint_outcomes.count(*deed, it).share());
        let (low, high) = shares.fold((1.0_f64, 0.0_f64), |(low, high), it| (low.min(it), high.max(it)));
        high - low >= MOVES
    };
    [Deed::Punished, Deed::Overwhelmed, Deed::Left]
        .into_iter()
        .filter(moves)
}

/// What there is to say of a single condition.
fn alone(only: &ConditionSummary, joint_outcomes: &JointOutcomes) -> String {
    let rate = only.helping_rate.unwrap_or_default();
    let share = |deed| points(joint_outcomes.count(deed, 0).share().unwrap_or_default());
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
            let expected = 1.0 - power(1.0 - alone.1.helping_rate?, size);
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
        .map(|(it, _)| {
            format!(
                "{} in “{}” against “{}”",
                it.measure.in_a_sentence(),
                it.treatment,
                it.control
            )
        })
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

/// The contrasts that the run does not answer, and why.
fn unanswered(summary: &Summary) -> Option<String> {
    let open = |contrast: &ContrastSummary| {
        let why = contrast.unanswered.as_ref()?;
        let (treatment, control) = (&contrast.treatment, &contrast.control);
        let measure = contrast.measure.in_a_sentence();
        Some(format!("{measure} in “{treatment}” against “{control}” ({why})"))
    };
    let open: Vec<String> = summary.contrasts.iter().filter_map(open).collect();
    (!open.is_empty()).then(|| format!("Without an answer: {}.", listed(open)))
}

#[cfg(test)]
mod tests {
    use super::super::joint_outcomes::tests::run;
    use super::*;
    use crate::engine::test_scenario;
    use crate::model::agent::Trait;
    use crate::model::mechanism::{Knockout, Mechanism};
    use crate::scenario::Contrast;

    /// The answer to a scenario.
    pub(super) fn answered(scenario: &Scenario) -> String {
        let (tallies, joint_outcomes, differences) = run(scenario);
        let summary = Summary::new(scenario, &tallies).with_differences(differences);
        answer(scenario, &summary, &joint_outcomes).join(" ")
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

    /// Nobody is to blame here, so nobody punishes; a file that asks about it is told so.
    #[test]
    fn punishing_is_spoken_of_where_the_file_asks_and_nothing_differs() {
        let mut scenario = test_scenario(&["one", "other"]);
        scenario.run.agents = 500;
        assert!(!answered(&scenario).contains("unish"));
        scenario.contrasts = vec![Contrast::asking(1, 0, Measure::Punished)];
        let text = answered(&scenario);
        // Nobody of 500 could still be .76 of 100: Wilson's limit.
        let told = "Punishing (of 100): 0 with “one”; no difference larger than 0.8 points with “other”";
        assert!(text.contains(told), "{text}");
        assert!(
            text.starts_with("In “one” "),
            "punishing counts as well as helping: {text}"
        );
        for (number, it) in scenario.conditions.iter_mut().enumerate() {
            it.factors = vec![("who".into(), number.to_string()), ("where".into(), "here".into())];
        }
        let mut elsewhere = scenario.conditions.clone();
        for it in &mut elsewhere {
            it.name += ", there";
            it.factors[1].1 = "there".into();
        }
        scenario.conditions.extend(elsewhere);
        let crossed = answered(&scenario);
        assert!(
            crossed.contains(told) && crossed.contains("where is “there”"),
            "{crossed}"
        );
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

    /// Nobody is distressed where nobody is in need, and a selection of the distressed is empty.
    #[test]
    fn what_an_empty_selection_cannot_answer_is_said() {
        let mut scenario = test_scenario(&["all", "only the distressed"]);
        scenario.run.agents = 200;
        let nobody = &mut scenario.conditions[1];
        nobody.select = Some(crate::scenario::Dominant::PersonalDistress);
        nobody.population[Trait::CompassionMotive as usize] = crate::model::agent::TraitShift { mean: 9.0, sd: 0.0 };
        nobody.situation.need = 0.0;
        scenario.contrasts = vec![
            Contrast::asking(1, 0, Measure::Helped),
            Contrast::asking(1, 0, Measure::Compassion),
        ];
        let text = answered(&scenario);
        let why = "“only the distressed” against “all” (nobody is counted in “only the distressed”)";
        assert!(text.contains(&format!("Without an answer: helping in {why}")), "{text}");
        assert!(text.contains(&format!("compassion at the decision in {why}")), "{text}");
    }

    #[test]
    fn few_people_are_counted_and_not_compared() {
        let mut scenario = test_scenario(&["one", "other"]);
        scenario.run.agents = 1;
        let text = answered(&scenario);
        assert!(text.starts_with("The one person "), "{text}");
        assert!(!text.contains("100"), "{text}");
        scenario.run.agents = 3;
        let text = answered(&scenario);
        assert!(text.contains(" of 3 people help in “one” and "), "{text}");
        scenario.run.agents = 200;
        assert!(answered(&scenario).contains(" of 100 people help: "));
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

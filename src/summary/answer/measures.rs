//! The measures that a file makes claims about, in words: in which conditions, or in which weeks, they are higher or lower.

use super::compared::{Compared, WORTH_SAYING, sorted_out};
use super::scale::{Detail, Scale, heading};
use super::words::points;
use crate::contrast::Asked;
use crate::engine::place::Place;
use crate::registry::Measure;
use crate::scenario::Scenario;
use crate::summary::contrast::SMALLEST;
use crate::summary::{Difference, Summary};
use crate::wording::{capital, in_week, week};

/// A text for each measure that the contrasts of the file name, in their order, from the differences that are `wanted`.
pub fn measures(
    scenario: &Scenario,
    summary: &Summary,
    wanted: &dyn Fn(&Difference) -> bool,
    detail: Detail,
) -> Vec<String> {
    let mut of_each: Vec<(Measure, Vec<&Difference>)> = Vec::new();
    for it in &summary.differences {
        let measure = it.asked.measure;
        match of_each.iter_mut().find(|(known, _)| *known == measure) {
            Some((_, all)) => all.push(it),
            None => of_each.push((measure, vec![it])),
        }
    }
    let texts = of_each.into_iter().filter_map(|(_, all)| {
        let told: Vec<&Difference> = all
            .iter()
            .copied()
            .filter(|it| !follows(it, &all) && wanted(it))
            .collect();
        measure(scenario, &told, detail)
    });
    texts.collect()
}

/// What is told of one measure: a sentence for each place that others are compared with.
fn measure(scenario: &Scenario, told: &[&Difference], detail: Detail) -> Option<String> {
    let mut controls: Vec<Place> = Vec::new();
    for Difference { asked, .. } in told {
        if !controls.contains(&asked.control) {
            // Weeks of one condition stand together.
            let same = |it: &Place| !asked.at_one_moment() && it.condition == asked.control.condition;
            let place = controls.iter().rposition(same).map_or(controls.len(), |it| it + 1);
            controls.insert(place, asked.control);
        }
    }
    let scale = Scale::of(told.first()?.asked.measure).with(detail);
    let sizes = told.iter().filter(|it| is_told(it)).map(|it| it.estimate.value.abs());
    let scale = sizes.reduce(f64::max).map_or(scale, |it| scale.fine_enough_for(it));
    if detail == Detail::Brief {
        controls.truncate(1);
    }
    let mut sentences: Vec<String> = Vec::new();
    let mut before: Option<Asked> = None;
    for control in controls {
        let here: Vec<&Difference> = told.iter().copied().filter(|it| it.asked.control == control).collect();
        sentences.push(sentence(scenario, &here, scale, before));
        before = Some(here[0].asked);
    }
    Some(sentences.join(" "))
}

/// Whether a difference can be read off those from a common control: it lies between two conditions of which one rises or falls and the
/// other does not do the same, or neither does and the two do not differ.
fn follows(it: &Difference, all: &[&Difference]) -> bool {
    let from_common = |place: Place| {
        let mut others = all.iter().filter(|other| other.asked.control != it.asked.control);
        others.find(|other| other.asked.treatment == place && other.asked.at_one_moment())
    };
    match (from_common(it.asked.treatment), from_common(it.asked.control)) {
        (Some(one), Some(other)) if one.asked.control == other.asked.control => {
            let (one, other) = (sign(one), sign(other));
            one != other || (one == 0 && sign(it) == 0)
        }
        _ => false,
    }
}

/// Whether the treatment is higher (1), lower (−1) or cannot be told from the control (0).
fn sign(it: &Difference) -> i8 {
    match it.estimate.value {
        _ if !is_told(it) => 0,
        value if value > 0.0 => 1,
        _ => -1,
    }
}

/// Whether a difference is worth saying: its interval leaves zero out, and it is large enough to be called one.
fn is_told(it: &Difference) -> bool {
    let large = if it.asked.measure.is_share() {
        it.estimate.value.abs() >= WORTH_SAYING
    } else {
        // Where nobody differs from anybody every difference is one.
        it.d.is_none_or(|d| d.abs() >= SMALLEST)
    };
    large && it.estimate.lower * it.estimate.upper > 0.0
}

/// How others differ from one place; `before` is what the sentence before spoke of.
fn sentence(scenario: &Scenario, here: &[&Difference], scale: Scale, before: Option<Asked>) -> String {
    let Difference { asked, control, .. } = *here[0];
    let from = asked.control;
    let base = if asked.measure.is_share() {
        points(control)
    } else {
        scale.plain(control)
    };
    let differences = sorted_out(here.iter().map(|it| compared(scenario, it)).collect(), scale);
    let (name, when) = (name(scenario, from), when(scenario, from));
    let at_one_moment = asked.at_one_moment();
    let same_moment = |it: Asked| at_one_moment && it.at_one_moment() && it.control.moment == from.moment;
    let same_condition = |it: Asked| !at_one_moment && !it.at_one_moment() && it.control.condition == from.condition;
    match before {
        None if at_one_moment => {
            let head = heading(asked.measure, &when, &scenario.conditions[from.condition]);
            format!("{head}: {base} with {name}; {differences}.")
        }
        // Where weeks are compared they stand beside the conditions, and not at the head.
        None => {
            let head = heading(asked.measure, "", &scenario.conditions[from.condition]);
            format!("{head}: {base} with {name}{when}; {differences}.")
        }
        Some(it) if same_moment(it) => format!("Compared with {name} ({base}): {differences}."),
        Some(it) if same_condition(it) => {
            let week = from.week(scenario).map_or_else(String::new, week);
            format!("Compared with {week} ({base}): {differences}.")
        }
        Some(_) if at_one_moment && !when.is_empty() => {
            format!("{}: {base} with {name}; {differences}.", capital(when.trim()))
        }
        Some(_) => format!("With {name} {base}{when}; {differences}."),
    }
}

/// The treatment of a difference, as it stands in a list.
fn compared(scenario: &Scenario, it: &Difference) -> Compared {
    let (to, from) = (it.asked.treatment, it.asked.control);
    let week = when(scenario, to);
    Compared {
        label: if to.condition == from.condition {
            week.trim().to_owned()
        } else if it.asked.at_one_moment() {
            format!("with {}", name(scenario, to))
        } else {
            format!("with {}{week}", name(scenario, to))
        },
        unit: "",
        difference: it.estimate,
        told: is_told(it),
    }
}

fn name(scenario: &Scenario, it: Place) -> String {
    format!("“{}”", scenario.conditions[it.condition].name)
}

/// When people are seen, where there are weeks to tell apart: ` in week 12`, ` on day 1`; empty elsewhere.
pub fn when(scenario: &Scenario, place: Place) -> String {
    place
        .week(scenario)
        .map_or_else(String::new, |it| format!(" {}", in_week(it)))
}

#[cfg(test)]
mod tests {
    use super::super::tests::answered;
    use crate::engine::test_scenario;
    use crate::model::agent::Trait;
    use crate::model::mechanism::{Knockout, Mechanism};
    use crate::programs::builtin;
    use crate::registry::Measure;
    use crate::scenario::{Contrast, Scenario, load};
    use std::path::Path;

    /// People who take perspectives easily, and a file that makes claims about these measures; `knockout` holds everywhere.
    fn of_understanding(knockout: Knockout, measures: &[Measure]) -> String {
        let mut scenario = test_scenario(&["plain", "able"]);
        scenario.run.agents = 2_000;
        scenario.conditions[1].population[Trait::PerspectiveTaking as usize].mean = 1.0;
        for it in &mut scenario.conditions {
            it.knockout = knockout;
        }
        let contrast = |measure: &Measure| Contrast::asking(1, 0, *measure);
        scenario.contrasts = measures.iter().map(contrast).collect();
        answered(&scenario)
    }

    #[test]
    fn what_the_file_makes_claims_about_leads_and_helping_follows() {
        let text = of_understanding(Knockout::NONE, &[Measure::TheoryOfMind]);
        assert!(text.starts_with("Theory of mind (rated from 0 to 10): "), "{text}");
        assert!(text.contains(" with “plain”; higher with “able” (+"), "{text}");
        assert!(text.contains(". In “plain” "), "{text}");
        assert!(
            !text.contains("overwhelmed"),
            "of helping there is one sentence: {text}"
        );
        let both = of_understanding(Knockout::NONE, &[Measure::TheoryOfMind, Measure::Helped]);
        assert!(both.starts_with("In “plain” "), "{both}");
        assert!(both.contains(" Theory of mind (rated from 0 to 10): "), "{both}");
        assert!(!both.contains("Helping (of 100)"), "said once: {both}");
        let without = Knockout::NONE.with(Mechanism::PerspectiveTaking);
        let text = of_understanding(without, &[Measure::TheoryOfMind]);
        assert!(text.contains("; no difference") && !text.contains("higher"), "{text}");
    }

    fn teaching(stem: &str) -> Scenario {
        let file = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("scenarios")
            .join(stem)
            .with_extension("toml");
        let loaded = load(&file, builtin(), &[("--set", "run.agents=400".to_owned())]);
        loaded.unwrap_or_else(|it| panic!("{it}")).scenario
    }

    #[test]
    fn nurses_are_told_who_tires_and_without_training_nobody_does() {
        let mut nurses = teaching("nurses");
        let text = answered(&nurses);
        for part in [
            "Fatigue in week 8 (rated from 0 to 10): ",
            " with “as usual”; higher with “empathy training” (+",
            "lower with “compassion training” (−",
            "Burnout in week 12 (rated from 0 to 10): ",
        ] {
            assert!(text.contains(part), "`{part}` is not in: {text}");
        }
        assert!(
            text.find("Fatigue") < text.find(" people help in week 8"),
            "helping comes last: {text}"
        );
        nurses.conditions.iter_mut().for_each(|it| it.training.clear());
        let idle = answered(&nurses);
        let measures = idle.split(" In “as usual”").next().unwrap_or_default();
        assert!(!measures.contains("higher") && !measures.contains("lower"), "{idle}");
    }

    #[test]
    fn weeks_of_one_condition_are_compared_with_each_other() {
        let text = answered(&teaching("empathy_then_compassion"));
        let parts = [
            "Negative affect (rated from 0 to 10): ",
            " with “empathy, then compassion” in week 0; higher in week 1 (+",
            "Compared with week 1 (",
            "): lower in week 2 (−",
            " in week 0; no difference larger than ",
        ];
        let places: Option<Vec<usize>> = parts.iter().map(|it| text.find(it)).collect();
        assert!(places.is_some_and(|it| it.is_sorted()), "{text}");
    }

    #[test]
    fn days_are_compared_as_weeks_are() {
        let mut fiction = teaching("fiction");
        fiction.contrasts.truncate(2);
        for (contrast, weeks) in fiction.contrasts.iter_mut().zip([[0.0, 0.14], [0.14, 1.0]]) {
            (contrast.treatment, contrast.control) = (1, 1);
            [contrast.from_week, contrast.week] = weeks.map(Some);
        }
        let text = answered(&fiction);
        assert!(text.contains(" on day 1. Compared with day 1 ("), "{text}");
    }
}

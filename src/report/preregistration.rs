//! A preregistration: what a study expects, how it looks, and what would count against it, in Markdown.

use super::provenance::ParameterSet;
use crate::scenario::{Scenario, describe};
use crate::statistics::SharesTest;
use crate::study::plan::{Asked, MeansTest, Planned};
use crate::wording::{capital, decimal, signed, thousands};
use std::fmt::Write as _;

/// The text, to be filled in and filed before anybody is asked.
pub fn preregistration(scenario: &Scenario, planned: &[Planned], asked: &Asked, parameters: &ParameterSet) -> String {
    let mut text = format!("# Preregistration: {}\n\n", scenario.title);
    if !scenario.question.trim().is_empty() {
        let _ = writeln!(text, "Question: {}\n", scenario.question.trim());
    }
    text += "## Hypotheses\n\n";
    for (number, plan) in (1..).zip(planned) {
        let direction = if plan.d > 0.0 { "higher" } else { "lower" };
        let _ = writeln!(
            text,
            "{number}. {} is {direction} in “{}”{} than in “{}”{} (predicted: {}).",
            capital(plan.measure.in_a_sentence()),
            plan.treatment,
            week(plan.weeks[0]),
            plan.control,
            week(plan.weeks[1]),
            predicted(plan)
        );
    }
    let _ = write!(text, "\n## Design\n\n{}\n", described(scenario, asked));
    text += "\n## Sample size\n\n";
    for (number, plan) in (1..).zip(planned) {
        let _ = writeln!(text, "{number}. {}", size(plan, asked));
    }
    let largest = planned
        .iter()
        .filter_map(|plan| plan.needed)
        .map(|sizes| sizes.control)
        .max();
    if let Some(largest) = largest {
        let _ = writeln!(
            text,
            "\nThe largest of these decides: {} people recruited for the control are enough for all that can be answered.",
            thousands(largest)
        );
    }
    let _ = write!(
        text,
        "\n## Tests\n\n- Shares of different people: {}.\n- Means of different people: {}.\n- The same people twice: paired t test of their changes.\n\
         - Two-sided α = {}; power {} %.{}\n",
        match asked.tests.shares {
            SharesTest::Campbell =>
                "χ² with N − 1 (Campbell 2007), Fisher's exact test where an expected count is below 1",
            SharesTest::Fisher => "Fisher's exact test",
            SharesTest::ChiSquared => "Pearson's χ², without a correction",
        },
        match asked.tests.means {
            MeansTest::T => "Student's t test",
            MeansTest::MannWhitney => "the rank test of Mann and Whitney",
        },
        asked.alpha,
        decimal(100.0 * asked.power, 0),
        match planned.len() {
            0 | 1 => String::new(),
            several => format!(
                " {several} hypotheses are tested; with a correction for all of them (Bonferroni), α = {} each: plan with `--alpha`.",
                decimal(asked.alpha / several as f64, 4)
            ),
        }
    );
    text += "\n## What would count against it\n\n";
    for (number, plan) in (1..).zip(planned) {
        let _ = writeln!(text, "{number}. {}", against(plan));
    }
    text += "\nA significant difference the other way round counts against a hypothesis; a difference that is not significant leaves it open and does not \
             show that there is none. Who is excluded, and why, is written here before data are seen: …\n";
    let _ = write!(
        text,
        "\n## Where the predictions come from\n\nA simulation (compassion {}, seed {}, {} people per condition, parameters `{}`, SHA-256 {}), of which {} of {} \
         parameters are assumptions. `simulate plan` on the scenario file makes these numbers again.\n\n```text\n{}```\n",
        env!("CARGO_PKG_VERSION"),
        scenario.run.seed,
        thousands(u64::from(scenario.run.agents) * u64::from(scenario.run.replicates)),
        parameters.file,
        parameters.sha256,
        parameters.assumptions,
        parameters.of,
        describe(scenario)
    );
    text
}

fn week(week: Option<f64>) -> String {
    week.map_or_else(String::new, |week| format!(" in week {week}"))
}

fn predicted(plan: &Planned) -> String {
    match plan.shares {
        Some([treatment, control]) => format!(
            "{} % and {} %",
            decimal(100.0 * treatment, 1),
            decimal(100.0 * control, 1)
        ),
        None => format!("d = {}", signed(plan.d, 2)),
    }
}

fn described(scenario: &Scenario, asked: &Asked) -> String {
    let who = if scenario.study.is_within() {
        "The same people meet all conditions, in an order that is drawn for each."
    } else {
        "People are assigned to conditions by lot; nobody is in two."
    };
    let names: Vec<String> = scenario
        .conditions
        .iter()
        .map(|condition| format!("“{}”", condition.name))
        .collect();
    let mut text = format!("{who} Conditions: {}.", names.join(", "));
    if scenario.study.is_within() && scenario.study.carry_over > 0.0 {
        let _ = write!(
            text,
            " {} of 100 are expected to do in a condition what they did in the one before it.",
            decimal(100.0 * scenario.study.carry_over, 0)
        );
    }
    if asked.attrition > 0.0 {
        let _ = write!(
            text,
            " {} of 100 are expected to be lost.",
            decimal(100.0 * asked.attrition, 0)
        );
    }
    if let Some(clusters) = asked.clusters {
        let _ = write!(
            text,
            " Clusters of {} are assigned whole (intraclass correlation {}).",
            clusters.size, clusters.icc
        );
    }
    text
}

fn size(plan: &Planned, asked: &Asked) -> String {
    let Some(needed) = plan.needed else {
        return "A million people would not show it; it is not tested.".to_owned();
    };
    let people = if plan.is_within() {
        format!("{} people, each measured twice", thousands(needed.control))
    } else {
        format!(
            "{} in “{}” and {} in “{}”",
            thousands(needed.treatment),
            plan.treatment,
            thousands(needed.control),
            plan.control
        )
    };
    let mut text = format!(
        "{people}: {} of 100 such studies find it.",
        decimal(100.0 * asked.power, 0)
    );
    if let Some(over) = plan.over_parameters {
        let of = |sizes: Option<crate::statistics::Sizes>| {
            sizes.map_or_else(|| "more than a million".to_owned(), |sizes| thousands(sizes.control))
        };
        let _ = write!(
            text,
            " Over {} plausible parameter sets the control takes {} to {}",
            over.sets,
            of(over.lower),
            of(over.upper)
        );
        if let Some(assurance) = over.assurance {
            let _ = write!(
                text,
                ", and the planned size finds it in {} of 100",
                decimal(100.0 * assurance, 0)
            );
        }
        text.push('.');
    }
    text
}

fn against(plan: &Planned) -> String {
    let direction = if plan.d > 0.0 { "lower" } else { "higher" };
    format!(
        "{} is significantly {direction} in “{}” than in “{}”, or the 95 % interval of the difference leaves out what was predicted ({}).",
        capital(plan.measure.in_a_sentence()),
        plan.treatment,
        plan.control,
        predicted(plan)
    )
}

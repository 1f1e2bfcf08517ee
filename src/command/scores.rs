//! The screen of a validation.

use super::columns::{INTERVAL, OVER_PARAMETERS, columns};
use compassion::document::Choice;
use compassion::evidence::export::Background;
use compassion::evidence::predictive::PlausibleCells;
use compassion::evidence::score::Score;
use compassion::evidence::studies::Evidence;
use compassion::evidence::validation::Validation;
use compassion::model::mechanism::Mechanism;
use compassion::scenario::ObservedContrast;
use compassion::wording::{decimal, signed, thousands};
use std::path::Path;

/// Misfits that are named.
const NAMED: usize = 8;

/// Everything that was compared, in a few tables.
pub fn screen(
    evidence: &Evidence,
    validation: &Validation,
    background: &Background,
    place: &Path,
    seconds: f64,
) -> String {
    let mut text = String::new();
    if !validation.cells.is_empty() {
        text += &cells(evidence, validation, background.plausible);
        text.push('\n');
        text += &models(validation, background);
        text += &misfits(evidence, validation);
    }
    text += &means(evidence, validation);
    text += &contrasts(evidence, validation);
    text += &patterns(evidence, validation);
    if let Some(it) = background.jitter {
        text += &format!(
            "recoded {} times with SD {}: deviance {:.1} as coded, median {:.1}, 90 % of recodings in [{:.1}, {:.1}]; inside {:.0} % [{:.0}, {:.0}]\n",
            it.repeats,
            it.sd,
            it.deviance_as_coded,
            it.deviance.median,
            it.deviance.lower,
            it.deviance.upper,
            it.inside.median * 100.0,
            it.inside.lower * 100.0,
            it.inside.upper * 100.0,
        );
    }
    if let Some(it) = background.plausible {
        let both = validation.cells.iter().zip(&it.cells);
        let touching = both.filter(|(cell, over)| {
            let observed = cell.scored.interval();
            over.is_some_and(|over| over.lower <= observed.upper && observed.lower <= over.upper)
        });
        text += &format!(
            "with {} plausible parameter sets the middle 95 % of predictions reach into the observed interval in {} of {} cells ({} people of each cell)\n",
            it.sets,
            touching.count(),
            validation.cells.len(),
            thousands(it.people.into())
        );
        if let Some(it) = it.waic {
            text += &format!(
                "WAIC {:.1} against the saturated model, with {:.1} effective parameters\n",
                it.value, it.effective_parameters
            );
        }
    }
    let standing = validation.standing;
    text += &format!(
        "numbers: {} read in a source, {} from memory, {} without a word on it; {} remarks of assumed or inferred numbers\n",
        standing.read, standing.from_memory, standing.unstated, standing.assumed
    );
    text += &format!(
        "{} files in {seconds:.2} s; wrote {}/ (report.json{})\n",
        evidence.studies.len(),
        place.display(),
        if validation.cells.is_empty() { "" } else { ", charts" },
    );
    text
}

/// One row for each cell; with plausible parameter sets, what they predict stands beside what the parameters do.
fn cells(evidence: &Evidence, validation: &Validation, plausible: Option<&PlausibleCells>) -> String {
    let over = plausible.map(|_| OVER_PARAMETERS);
    let head = ["", "observed", INTERVAL, "predicted"].into_iter().chain(over);
    let mut rows = vec![head.chain(["G²", ""]).map(str::to_owned).collect::<Vec<_>>()];
    for (number, it) in validation.cells.iter().enumerate() {
        let (cell, interval) = (&it.scored, it.scored.interval());
        let study = &evidence.studies[it.study];
        let mark = if study.replicates_badly { "†" } else { "" };
        let mut row = vec![
            format!("{}{mark}: {}", study.name, it.condition),
            format!(
                "{}/{} {:.2}",
                cell.observed.successes,
                cell.observed.trials,
                cell.share()
            ),
            format!("[{:.2}, {:.2}]", interval.lower, interval.upper),
            format!("{:.2}", cell.predicted),
        ];
        row.extend(plausible.map(|it| {
            it.cells
                .get(number)
                .copied()
                .flatten()
                .map_or_else(String::new, |it| format!("[{:.2}, {:.2}]", it.lower, it.upper))
        }));
        row.push(format!("{:.1}", cell.deviance()));
        row.push(if cell.inside() { "" } else { "outside" }.to_owned());
        rows.push(row);
    }
    let mut text = columns(&rows);
    if evidence.studies.iter().any(|it| it.replicates_badly) {
        text += "  † replicates badly\n";
    }
    text
}

/// One row for each published mean.
fn means(evidence: &Evidence, validation: &Validation) -> String {
    if validation.means.is_empty() {
        return String::new();
    }
    let mut rows = vec![
        ["", "measure", "observed", INTERVAL, "predicted", ""]
            .map(str::to_owned)
            .to_vec(),
    ];
    for it in &validation.means {
        let interval = it.interval.map_or_else(
            || "not known".to_owned(),
            |it| format!("[{}, {}]", decimal(it.lower, 2), decimal(it.upper, 2)),
        );
        rows.push(vec![
            format!("{}: {}", evidence.studies[it.study].name, it.condition),
            it.measure.word().to_owned(),
            decimal(it.observed, 2),
            interval,
            it.predicted.map_or_else(|| "–".to_owned(), |it| decimal(it, 2)),
            if it.inside == Some(false) { "outside" } else { "" }.to_owned(),
        ]);
    }
    let inside = validation.means.iter().filter_map(|it| it.inside);
    let (known, inside) = (inside.clone().count(), inside.filter(|it| *it).count());
    format!(
        "\n{inside} of {known} published means predicted inside their interval\n{}",
        columns(&rows)
    )
}

/// The model and those to beat.
fn models(validation: &Validation, background: &Background) -> String {
    let mut rows = vec![
        [
            "",
            "G²",
            "per cell",
            "inside",
            "r",
            "concordance",
            "r within",
            "error",
            "free",
            "G² + 2·free",
        ]
        .map(str::to_owned)
        .to_vec(),
    ];
    let mut push = |name: &str, score: &Score, free: usize| {
        let number = |it: Option<f64>| it.map_or_else(|| "–".to_owned(), |it| decimal(it, 2));
        rows.push(vec![
            name.to_owned(),
            format!("{:.1}", score.deviance),
            number(score.deviance_per_cell),
            format!("{} of {}", score.inside, score.n_cells),
            number(score.correlation),
            number(score.concordance),
            number(score.effect_correlation),
            number(score.mean_absolute_error),
            free.to_string(),
            format!("{:.1}", score.penalised(free)),
        ]);
    };
    let free = background.free_parameters;
    push("model", &validation.score, free);
    let without = &validation.without_replication_problems;
    if without.n_cells < validation.score.n_cells {
        push("model, without † studies", without, free);
    }
    for it in &validation.baselines {
        push(
            &format!("{} (fitted to these cells)", it.name),
            &it.score,
            it.free_parameters,
        );
    }
    for (mechanism, score) in background.knockouts {
        let name = mechanism.map_or("model, fewer people", Mechanism::key);
        let name = if mechanism.is_some() {
            format!("without {name} (not refitted)")
        } else {
            name.to_owned()
        };
        push(&name, score, free);
    }
    columns(&rows)
}

fn misfits(evidence: &Evidence, validation: &Validation) -> String {
    let misfits = validation.misfits();
    if misfits.is_empty() {
        return String::new();
    }
    let mut text = "\nworst misfits\n".to_owned();
    for it in misfits.iter().take(NAMED) {
        text += &format!(
            "  {}: {}: observed {:.2}, predicted {:.2}\n",
            evidence.studies[it.study].name,
            it.condition,
            it.scored.share(),
            it.scored.predicted
        );
    }
    text
}

fn contrasts(evidence: &Evidence, validation: &Validation) -> String {
    if validation.contrasts.is_empty() {
        return String::new();
    }
    let answer = |wanted| {
        validation
            .contrasts
            .iter()
            .filter(move |it| it.summary.agrees == wanted)
    };
    let (agree, disagree) = (answer(Some(true)).count(), answer(Some(false)).count());
    let open = answer(None).count();
    let mut text = format!(
        "\n{agree} of {} contrasts agree in sign and a third of the size",
        agree + disagree
    );
    text += &if open > 0 {
        format!("; {open} have no answer, because nobody is counted or nobody differs\n")
    } else {
        "\n".to_owned()
    };
    let overdone = || {
        validation
            .contrasts
            .iter()
            .filter(|it| it.summary.overshoots == Some(true))
    };
    let disagreeing = answer(Some(false)).map(|it| (it, ""));
    let overdone = overdone()
        .filter(|it| it.summary.agrees == Some(true))
        .map(|it| (it, " (more than found)"));
    for (it, remark) in disagreeing.chain(overdone) {
        let summary = &it.summary;
        text += &format!(
            "  {}: {}{} against {}{}: {}: {}, predicted d {}{remark}\n",
            evidence.studies[it.study].name,
            summary.treatment,
            in_week(summary.week.filter(|_| summary.from_week.is_some())),
            summary.control,
            in_week(summary.from_week),
            summary.measure.word(),
            found(&summary.observed),
            d(summary.predicted),
        );
    }
    text
}

/// When a condition is measured, where a contrast compares two moments.
fn in_week(week: Option<f64>) -> String {
    week.map_or_else(String::new, |it| format!(" in week {it}"))
}

fn patterns(evidence: &Evidence, validation: &Validation) -> String {
    if validation.patterns.is_empty() {
        return String::new();
    }
    let answer = |wanted| validation.patterns.iter().filter(move |it| it.inside == wanted);
    let (inside, outside) = (answer(Some(true)).count(), answer(Some(false)).count());
    let open = answer(None).count();
    let mut text = format!("\n{inside} of {} checks of patterns hold", inside + outside);
    text += &if open > 0 {
        format!("; {open} cannot be computed from single encounters\n")
    } else {
        "\n".to_owned()
    };
    for it in answer(Some(false)) {
        let pattern = &evidence.patterns[it.pattern];
        text += &format!(
            "  {:>2} {}: {} {} not in [{}, {}]\n",
            pattern.number,
            pattern.name,
            pattern.word,
            it.value
                .map_or_else(|| "–".to_owned(), |it| limit((it * 1000.0).round() / 1000.0)),
            limit(pattern.lower),
            limit(pattern.upper),
        );
    }
    text.push('\n');
    text
}

/// What a study found, in words.
fn found(observed: &ObservedContrast) -> String {
    if let Some(direction) = observed.direction {
        return direction.word().to_owned();
    }
    if let Some(d) = observed.d {
        let se = observed.se.map_or_else(String::new, |it| format!(" (se {it})"));
        return format!("d {}{se}", signed(d, 2));
    }
    if let Some(ratio) = observed.ratio {
        return format!("ratio {ratio}");
    }
    observed.r.map_or_else(String::new, |it| format!("r {}", signed(it, 2)))
}

/// A standardised difference, or a dash where there is none.
fn d(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), |it| signed(it, 2))
}

/// A limit as it was given, with a true minus sign.
fn limit(value: f64) -> String {
    value.to_string().replace('-', "−")
}

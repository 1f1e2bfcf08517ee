//! The screens of a calibration.

use compassion::evidence::score::{Score, ScoredCell};
use compassion::fit::constraints::{Constraints, Measured};
use compassion::fit::left_out::{LeftOut, Standings};
use compassion::fit::objective::Setup;
use compassion::fit::priors::Priors;
use compassion::fit::recovery::Recovery;
use compassion::model::parameters::Parameters;
use compassion::parameters::record::Record;

/// Closely tied pairs that are named.
const PAIRS: usize = 8;

/// Largest R̂ of walkers that have mixed well enough for intervals with two digits.
const MIXED: f64 = 1.2;

/// The constraints on other people than those of the fit.
pub fn measured(parameters: &Parameters, setup: Setup) -> Vec<Measured> {
    Constraints::new(setup.people, setup.seed, setup.longest_step_s).measure(parameters)
}

/// What a fit found.
pub fn screen(
    priors: &Priors,
    values: &[f64],
    record: &Record,
    intervals: Option<&[[f64; 2]]>,
    acceptance: Option<f64>,
    on_others: &[ScoredCell],
    measured: &[Measured],
) -> String {
    let mut text = String::new();
    for (number, (prior, value)) in priors.list.iter().zip(values).enumerate() {
        let interval = intervals.map_or_else(String::new, |it| {
            format!("  [{:.4}, {:.4}]", it[number][0], it[number][1])
        });
        text += &format!(
            "  {:<34} {value:>9.4}{interval}  {:+.1} spreads from its prior centre {}\n",
            prior.key(),
            prior.coordinate(*value),
            prior.centre
        );
    }
    if let Some(correlations) = &record.correlations {
        text += "\nmost closely tied (posterior correlation)\n";
        for (one, other, r) in correlations.pairs().into_iter().take(PAIRS) {
            text += &format!("  {r:+.2}  {one}, {other}\n");
        }
    }
    if let (Some(acceptance), Some(r_hat)) = (acceptance, record.largest_r_hat) {
        text += &format!(
            "walkers took {:.0} % of their jumps; largest R̂ {r_hat:.2}\n",
            acceptance * 100.0
        );
    }
    if intervals.is_some() && record.largest_r_hat.is_none_or(|it| it > MIXED) {
        text += "note: the walkers have not mixed, so the intervals are too narrow or beside the point; more `--rounds` mend that\n";
    }
    text += "\nconstraints, on other people than those of the fit\n";
    for it in measured {
        let mark = if it.holds() { "" } else { "  BROKEN" };
        text += &format!(
            "  {:<20} {:+.3}, required {:+.3}{mark}\n",
            it.name, it.amount, it.required
        );
    }
    let score = Score::of(on_others);
    text += &format!(
        "\nG² {:.1} in the fit, where cells marked † weigh less (prior {:.1}, penalty {:.1}, {} evaluations)\n",
        record.deviance, record.prior, record.penalty, record.evaluations
    );
    text += &format!(
        "on other people: {}; G² + 2·free {:.1}\n",
        line(&score),
        score.penalised(record.free_parameters)
    );
    text
}

/// What was predicted for studies left out.
pub fn left_out(
    cells: &[(&str, &str, ScoredCell)],
    standings: &Standings,
    model: &LeftOut,
    ridge: f64,
    regression: &LeftOut,
) -> String {
    let mut text = String::new();
    for (study, condition, cell) in cells {
        let star = if standings.informed.contains(&cell.study) {
            "*"
        } else {
            ""
        };
        let dagger = if standings.doubtful.contains(&cell.study) {
            "†"
        } else {
            ""
        };
        let outside = if cell.inside() { "" } else { "  outside" };
        text += &format!(
            "  {study}{star}{dagger}: {condition}: observed {:.2}, predicted {:.2}{outside}\n",
            cell.share(),
            cell.predicted
        );
    }
    text += "  * informed: what varies in it varies in another study too; † replicates badly\n\n";
    for (name, score) in [
        ("model, all", &model.all),
        ("model, informed", &model.informed),
        ("model, all without †", &model.all_replicable),
        ("model, informed without †", &model.informed_replicable),
        ("regression, all", &regression.all),
        ("regression, informed", &regression.informed),
        ("regression, all without †", &regression.all_replicable),
        ("regression, informed without †", &regression.informed_replicable),
    ] {
        text += &format!("  {name}: {}\n", line(score));
    }
    text += &format!("  the regression has the ridge that predicts best, {ridge}\n");
    text
}

/// How well parameters came back.
pub fn recovery(recovery: &Recovery) -> String {
    let mut text = "in spreads from the prior centre: true, fitted\n".to_owned();
    for it in &recovery.parameters {
        text += &format!("  {:<34} {:+.2}  {:+.2}\n", it.name, it.truth, it.fitted);
    }
    let r = recovery
        .correlation
        .map_or_else(|| "–".to_owned(), |it| format!("{it:.2}"));
    text += &format!(
        "correlation {r}, root mean square difference {:.2} spreads; G² {:.1} of the truth, {:.1} of the fit\n",
        recovery.root_mean_square, recovery.deviance_of_truth, recovery.deviance_of_fit
    );
    text
}

/// A score in one line.
fn line(score: &Score) -> String {
    let number = |it: Option<f64>| it.map_or_else(|| "–".to_owned(), |it| format!("{it:.2}"));
    format!(
        "G² {:.1}, {} per cell, {} of {} inside, r {}, concordance {}, within studies {}",
        score.deviance,
        number(score.deviance_per_cell),
        score.inside,
        score.n_cells,
        number(score.correlation),
        number(score.concordance),
        number(score.effect_correlation)
    )
}

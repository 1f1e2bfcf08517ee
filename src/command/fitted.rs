//! The screens of a calibration.

use compassion::evidence::score::{Score, ScoredCell};
use compassion::evidence::studies::Evidence;
use compassion::fit::constraints::{Constraints, Measured};
use compassion::fit::left_out::{Fold, LeftOut, Standings, Unseen, UnseenCell};
use compassion::fit::objective::{FittedCell, Setup};
use compassion::fit::priors::Priors;
use compassion::fit::recovery::Recovery;
use compassion::model::parameters::Parameters;
use compassion::parameters::record::Record;
use serde_json::{Value, json};

/// Closely tied pairs that are named.
const PAIRS: usize = 8;

/// Largest R̂ of walkers that have mixed well enough for intervals with two digits.
const MIXED: f64 = 1.05;

/// The constraints on other people than those of the fit.
pub fn measured(parameters: &Parameters, setup: Setup) -> Vec<Measured> {
    Constraints::new(setup.people, setup.seed, setup.longest_step_s).measure(parameters)
}

/// What a fit found.
pub struct Calibrated<'a> {
    pub priors: &'a Priors,
    pub values: &'a [f64],
    pub record: &'a Record,
    pub intervals: Option<&'a [[f64; 2]]>,
    pub acceptance: Option<f64>,
    pub surprise: f64,
    pub on_others: Vec<ScoredCell>,
    pub measured: Vec<Measured>,
}

impl Calibrated<'_> {
    /// The screen.
    pub fn screen(&self) -> String {
        self.parameters() + &self.walkers() + &self.constraints() + &self.scores()
    }

    fn parameters(&self) -> String {
        let mut text = String::new();
        for (number, (prior, value)) in self.priors.list.iter().zip(self.values).enumerate() {
            let interval = self.intervals.map_or_else(String::new, |intervals| {
                format!("  [{:.4}, {:.4}]", intervals[number][0], intervals[number][1])
            });
            text += &format!(
                "  {:<34} {value:>9.4}{interval}  {:+.1} spreads from its prior centre {}\n",
                prior.key(),
                prior.coordinate(*value),
                prior.centre
            );
        }
        text
    }

    fn walkers(&self) -> String {
        let mut text = String::new();
        if let Some(correlations) = &self.record.correlations {
            text += "\nmost closely tied (posterior correlation)\n";
            for (one, other, r) in correlations.pairs().into_iter().take(PAIRS) {
                text += &format!("  {r:+.2}  {one}, {other}\n");
            }
        }
        text += &format!(
            "\nthe emulator promised {:.1} less loss than its last best place had\n",
            self.surprise
        );
        if let (Some(acceptance), Some(r_hat)) = (self.acceptance, self.record.largest_r_hat) {
            text += &format!(
                "walkers took {:.0} % of the places they came to; largest R̂ {r_hat:.3}\n",
                acceptance * 100.0
            );
        }
        if self.intervals.is_some() && self.record.largest_r_hat.is_none_or(|r_hat| r_hat > MIXED) {
            text += "note: the walkers have not mixed, so the intervals are too narrow or beside the point; more `--rounds` mend that\n";
        }
        text
    }

    fn constraints(&self) -> String {
        let mut text = "\nconstraints, on other people than those of the fit\n".to_owned();
        for it in &self.measured {
            let mark = if it.holds() { "" } else { "  BROKEN" };
            text += &format!(
                "  {:<20} {:+.3}, required {:+.3}{mark}\n",
                it.name, it.amount, it.required
            );
        }
        text
    }

    fn scores(&self) -> String {
        let (score, record) = (Score::of(&self.on_others), self.record);
        format!(
            "\nG² {:.1} in the fit (prior {:.1}, penalty {:.1}, {} evaluations; standard deviation between studies {:.2} logits)\n\
             on other people: {}; G² + 2·free {:.1}\n",
            record.deviance,
            record.prior,
            record.penalty,
            record.evaluations,
            record.between_study_sd.unwrap_or_default(),
            line(&score),
            score.penalised(record.free_parameters)
        )
    }
}

/// What was predicted for studies left out.
pub struct LeftOutStudies<'a> {
    pub evidence: &'a Evidence,
    pub cells: &'a [FittedCell<'a>],
    pub folds: &'a [Fold],
    pub unseen: &'a [Unseen],
    pub standings: &'a Standings,
    pub model: &'a LeftOut,
    pub ridge: f64,
    pub of_regression: &'a [ScoredCell],
    pub regression: &'a LeftOut,
}

impl LeftOutStudies<'_> {
    /// The cells that were predicted, with the names of study and condition.
    fn named(&self) -> impl Iterator<Item = (&str, &str, &UnseenCell)> {
        let conditions = self.folds.iter().flat_map(|fold| {
            let left = self.cells.iter().filter(|cell| fold.studies.contains(&cell.study));
            left.map(|cell| cell.condition.name.as_str())
        });
        let cells = self.unseen.iter().flat_map(|fold| &fold.cells);
        conditions.zip(cells).map(|(condition, cell)| {
            let study = self.evidence.studies[cell.scored.study].name.as_str();
            (study, condition, cell)
        })
    }

    /// How many counts lie in the interval that was expected of a new study.
    fn covered(&self) -> usize {
        let cells = self.unseen.iter().flat_map(|fold| &fold.cells);
        cells
            .filter(|cell| cell.expected().expects(cell.scored.observed))
            .count()
    }

    fn deviance_between_studies(&self) -> f64 {
        self.unseen.iter().map(|fold| fold.deviance_between_studies).sum()
    }

    /// Scores of each fold, of model and regression.
    fn of_folds(&self) -> Vec<(&str, Score, Score)> {
        let mut first = 0;
        let mut scores = Vec::new();
        for (fold, unseen) in self.folds.iter().zip(self.unseen) {
            let model: Vec<ScoredCell> = unseen.cells.iter().map(|cell| cell.scored).collect();
            let regression = &self.of_regression[first..first + model.len()];
            first += model.len();
            scores.push((fold.name.as_str(), Score::of(&model), Score::of(regression)));
        }
        scores
    }

    /// `left_out.json`.
    pub fn json(&self) -> Value {
        let cells: Vec<Value> = self
            .named()
            .map(|(study, condition, cell)| {
                let (expected, scored) = (cell.expected(), &cell.scored);
                let (share, [fewest, most]) = (expected.share(), expected.count(scored.observed.trials));
                json!({
                    "study": study,
                    "condition": condition,
                    "observed": scored.share(),
                    "helped": scored.observed.successes,
                    "of": scored.observed.trials,
                    "predicted": scored.predicted,
                    "informed": self.standings.informed.contains(&scored.study),
                    "replicates_badly": self.standings.doubtful.contains(&scored.study),
                    "inside": scored.inside(),
                    "parameter_sd": cell.parameter_sd,
                    "between_study_sd": cell.between_study_sd,
                    "new_study_lower": share.lower,
                    "new_study_upper": share.upper,
                    "new_study_fewest": fewest,
                    "new_study_most": most,
                    "expected": expected.expects(scored.observed),
                })
            })
            .collect();
        let folds: Vec<Value> = self
            .of_folds()
            .into_iter()
            .zip(self.unseen)
            .map(|((name, model, regression), unseen)| {
                json!({
                    "name": name,
                    "loss": unseen.loss,
                    "surprise": unseen.surprise,
                    "deviance_between_studies": unseen.deviance_between_studies,
                    "model": model,
                    "regression": regression,
                })
            })
            .collect();
        json!({
            "cells": cells,
            "folds": folds,
            "model": self.model,
            "regression": self.regression,
            "regression_ridge": self.ridge,
            "deviance_between_studies": self.deviance_between_studies(),
            "expected": self.covered(),
        })
    }

    /// The screen.
    pub fn screen(&self) -> String {
        let mut text = String::new();
        for (study, condition, cell) in self.named() {
            let (scored, share) = (&cell.scored, cell.expected().share());
            let mark = |list: &[usize], mark| if list.contains(&scored.study) { mark } else { "" };
            text += &format!(
                "  {study}{}{}: {condition}: observed {:.2}, predicted {:.2}, new study [{:.2}, {:.2}]{}\n",
                mark(&self.standings.informed, "*"),
                mark(&self.standings.doubtful, "†"),
                scored.share(),
                scored.predicted,
                share.lower,
                share.upper,
                if scored.inside() { "" } else { "  outside" }
            );
        }
        text += "  * informed: what varies in it varies in another study too; † replicates badly\n\n";
        if self.folds.iter().any(|fold| fold.studies.len() > 1) {
            for (name, model, regression) in self.of_folds() {
                text += &format!("  {name}, model: {}\n", line(&model));
                text += &format!("  {name}, regression: {}\n", line(&regression));
            }
            text.push('\n');
        }
        for (name, score) in [
            ("model, all", &self.model.all),
            ("model, informed", &self.model.informed),
            ("model, all without †", &self.model.all_replicable),
            ("model, informed without †", &self.model.informed_replicable),
            ("regression, all", &self.regression.all),
            ("regression, informed", &self.regression.informed),
            ("regression, all without †", &self.regression.all_replicable),
            ("regression, informed without †", &self.regression.informed_replicable),
        ] {
            text += &format!("  {name}: {}\n", line(score));
        }
        text += &format!("  the regression has the ridge that predicts best, {}\n", self.ridge);
        let cells = self.model.all.n_cells;
        text += &format!(
            "  with the spread between studies that each fit has found: deviance {:.2} per cell; {} of {cells} counts ({:.0} %) in the 95 % interval of a new study\n",
            self.deviance_between_studies() / cells as f64,
            self.covered(),
            100.0 * self.covered() as f64 / cells as f64
        );
        text
    }
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
        "G² {:.1}, {} per cell ({} with a level of study, sd {:.2}), {} of {} inside, r {}, concordance {}, within studies {}",
        score.deviance,
        number(score.deviance_per_cell),
        number(score.deviance_between_studies_per_cell),
        score.between_study_sd,
        score.inside,
        score.n_cells,
        number(score.correlation),
        number(score.concordance),
        number(score.effect_correlation)
    )
}

//! How well predictions agree with what people did.

use crate::statistics::{
    BetweenStudies, Count, Interval, StudyCell, Z_95, binomial_deviance, concordance, pearson, wilson,
};
use serde::Serialize;

/// One published cell and its prediction.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScoredCell {
    /// Which study the cell belongs to: cells of one file have the same number.
    pub study: usize,
    /// How many of how many helped.
    pub observed: Count,
    /// Predicted share, in (0, 1).
    pub predicted: f64,
}

impl ScoredCell {
    /// Observed share; 0 of nobody, which a checked file excludes.
    pub fn share(&self) -> f64 {
        self.observed.share().unwrap_or_default()
    }

    /// Wilson 95 % interval of the observed share.
    pub fn interval(&self) -> Interval {
        wilson(self.observed, Z_95)
    }

    /// Whether the prediction lies in that interval.
    pub fn inside(&self) -> bool {
        self.interval().contains(self.predicted)
    }

    /// The cell as one of its study.
    pub fn of_study(&self) -> StudyCell {
        StudyCell {
            study: self.study,
            observed: self.observed,
            predicted: self.predicted,
            weight: 1.0,
        }
    }

    /// What the cell adds to the deviance.
    pub fn deviance(&self) -> f64 {
        binomial_deviance(self.observed, self.predicted)
    }
}

/// The score of a set of cells. A correlation is none where one side does not vary.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Score {
    /// Number of cells.
    pub n_cells: usize,
    /// G²: twice the log-likelihood that the predictions lack against the saturated model, binomial, summed over cells.
    pub deviance: f64,
    /// G² for each cell; about 1 if the model is right.
    pub deviance_per_cell: Option<f64>,
    /// Cells whose prediction lies in the Wilson 95 % interval of the observation.
    pub inside: usize,
    /// Pearson's correlation of observed and predicted shares.
    pub correlation: Option<f64>,
    /// Lin's concordance of observed and predicted shares.
    pub concordance: Option<f64>,
    /// Correlation of the deviations from the unweighted mean of their study.
    pub effect_correlation: Option<f64>,
    /// Mean absolute difference of the shares.
    pub mean_absolute_error: Option<f64>,
    /// The most plausible standard deviation between studies beyond their situations, in logits.
    pub between_study_sd: f64,
    /// [Deviance](BetweenStudies) with a level of study of that standard deviation.
    pub deviance_between_studies: f64,
    /// The same for each cell.
    pub deviance_between_studies_per_cell: Option<f64>,
}

impl Score {
    /// Scores cells; those of one study need not stand together.
    pub fn of(cells: &[ScoredCell]) -> Self {
        let pairs: Vec<(f64, f64)> = cells.iter().map(|it| (it.share(), it.predicted)).collect();
        let n = pairs.len() as f64;
        let mean = |sum: f64| (!cells.is_empty()).then(|| sum / n);
        // Not `sum`, which of nothing is −0.
        let deviance = cells.iter().map(ScoredCell::deviance).fold(0.0, |all, it| all + it);
        let errors: f64 = pairs
            .iter()
            .map(|(observed, predicted)| (observed - predicted).abs())
            .sum();
        let between = BetweenStudies::new(&cells.iter().map(ScoredCell::of_study).collect::<Vec<_>>());
        let between_study_sd = between.likely_sd();
        let deviance_between_studies = between.deviance(between_study_sd);
        Self {
            n_cells: cells.len(),
            deviance,
            between_study_sd,
            deviance_between_studies,
            deviance_between_studies_per_cell: mean(deviance_between_studies),
            deviance_per_cell: mean(deviance),
            inside: cells.iter().filter(|it| it.inside()).count(),
            correlation: pearson(&pairs),
            concordance: concordance(&pairs),
            effect_correlation: pearson(&within_studies(cells)),
            mean_absolute_error: mean(errors),
        }
    }

    /// Share of cells inside; none without cells.
    pub fn inside_share(&self) -> Option<f64> {
        (self.n_cells > 0).then(|| self.inside as f64 / self.n_cells as f64)
    }

    /// Akaike's criterion up to a constant that is the same for all models of these cells.
    ///
    /// ```text
    /// AIC − AIC(saturated) + 2 · cells = G² + 2 · free parameters
    /// ```
    pub fn penalised(&self, free_parameters: usize) -> f64 {
        self.deviance + 2.0 * free_parameters as f64
    }
}

/// Observed and predicted deviations from the unweighted mean of their study.
fn within_studies(cells: &[ScoredCell]) -> Vec<(f64, f64)> {
    cells
        .iter()
        .map(|cell| {
            let of_study = || cells.iter().filter(|it| it.study == cell.study);
            let n = of_study().count() as f64;
            let observed: f64 = of_study().map(ScoredCell::share).sum();
            let predicted: f64 = of_study().map(|it| it.predicted).sum();
            (cell.share() - observed / n, cell.predicted - predicted / n)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(study: usize, successes: u64, trials: u64, predicted: f64) -> ScoredCell {
        ScoredCell {
            study,
            observed: Count { successes, trials },
            predicted,
        }
    }

    /// By hand: 3 of 4 at ½ gives 2 (3 ln 1.5 + ln ½) = 1.046496; 5 of 10 at 0.25 gives 2 (5 ln 2 + 5 ln ⅔) = 2.876821.
    #[test]
    fn deviance_and_its_penalty_agree_with_sums_by_hand() {
        let score = Score::of(&[cell(0, 3, 4, 0.5), cell(1, 5, 10, 0.25)]);
        let by_hand = 2.0 * (3.0 * 1.5_f64.ln() + 0.5_f64.ln()) + 10.0 * (2.0_f64.ln() + (2.0_f64 / 3.0).ln());
        assert!((by_hand - 3.923_317).abs() < 1e-6);
        assert!((score.deviance - by_hand).abs() < 1e-12, "{score:?}");
        assert!((score.deviance_per_cell.unwrap() - by_hand / 2.0).abs() < 1e-12);
        assert!((score.penalised(25) - by_hand - 50.0).abs() < 1e-12);
        assert!((score.mean_absolute_error.unwrap() - 0.25).abs() < 1e-12);
        // Wilson: 3 of 4 is [.30, .95], 5 of 10 is [.24, .76].
        assert_eq!((score.inside, score.inside_share()), (2, Some(1.0)));
        assert_eq!(Score::of(&[cell(0, 5, 10, 0.2)]).inside, 0);
    }

    /// Studies whose differences are predicted exactly, but which all lie elsewhere than predicted.
    #[test]
    fn effects_are_judged_apart_from_levels() {
        let cells = [
            cell(0, 2, 10, 0.5),
            cell(0, 4, 10, 0.7),
            cell(1, 6, 10, 0.3),
            cell(1, 9, 10, 0.6),
            cell(2, 5, 10, 0.9),
        ];
        let score = Score::of(&cells);
        assert!((score.effect_correlation.unwrap() - 1.0).abs() < 1e-12);
        assert!(score.correlation.unwrap() < 0.5);
        let mut turned = cells;
        turned.reverse();
        assert!((Score::of(&turned).effect_correlation.unwrap() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn nothing_has_no_score() {
        let score = Score::of(&[]);
        assert_eq!((score.n_cells, score.deviance, score.deviance_per_cell), (0, 0.0, None));
        assert_eq!(score.inside_share(), None);
    }
}

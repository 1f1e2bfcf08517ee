//! What studies found: differences, their p, and how many are significant.

use super::question::Question;
use crate::scenario::Subjects;
use crate::statistics::{
    Count, Interval, Moments, Z_95, cohens_d, difference_p, log_odds_d, odds_ratio, paired_p, quantile, welch_p, wilson,
};

/// The level at which a study calls a difference significant.
pub const ALPHA: f64 = 0.05;

/// What the studies of one question found.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The question.
    pub question: Question,
    /// Standardised difference and p of each study; none where a study could not be evaluated.
    pub studies: Vec<Option<Finding>>,
}

/// What one study found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Finding {
    /// Standardised difference, treatment minus control.
    pub d: f64,
    /// Two-sided p of no difference.
    pub p: f64,
}

impl Found {
    /// Studies that reach p < .05, of all: the power.
    pub fn significant(&self) -> Count {
        let significant = self.studies.iter().flatten().filter(|it| it.p < ALPHA);
        Count {
            successes: significant.count() as u64,
            trials: self.studies.len() as u64,
        }
    }

    /// The 95 % interval of the power (Wilson).
    pub fn power_interval(&self) -> Interval {
        wilson(self.significant(), Z_95)
    }

    /// Standardised differences of all studies that could be evaluated, in rising order.
    pub fn sorted_d(&self) -> Vec<f64> {
        let mut all: Vec<f64> = self.studies.iter().flatten().map(|it| it.d).collect();
        all.sort_by(f64::total_cmp);
        all
    }

    /// The difference below which this share of the studies lies; none if there is none.
    pub fn quantile_d(&self, share: f64) -> Option<f64> {
        quantile(&self.sorted_d(), share)
    }

    /// The share of all studies that find at least what was published, in its direction; none where no size was published.
    pub fn as_large_as_published(&self) -> Option<f64> {
        let published = self.question.published?.d?.value;
        let large = self.studies.iter().flatten();
        let large = large.filter(|it| it.d * published.signum() >= published.abs());
        let all = self.studies.len();
        (all > 0).then(|| large.count() as f64 / all as f64)
    }

    /// Mean standardised difference over all studies, and over those that reach p < .05; what is published if only these are.
    pub fn means(&self) -> (Option<f64>, Option<f64>) {
        let mean = |keep: &dyn Fn(&&Finding) -> bool| {
            let kept: Moments = self
                .studies
                .iter()
                .flatten()
                .filter(|it| keep(it))
                .map(|it| it.d)
                .collect();
            (kept.count() > 0).then(|| kept.mean())
        };
        (mean(&|_| true), mean(&|it| it.p < ALPHA))
    }
}

/// What one study finds in these values of treatment and control; none where it cannot be evaluated.
///
/// Shares are tested by [`difference_p`], means by [`welch_p`], and what the same people show, in two weeks or in both conditions, by
/// [`paired_p`], all two-sided.
pub(super) fn finding(
    question: &Question,
    subjects: Subjects,
    treatment: &[Option<f64>],
    control: &[Option<f64>],
) -> Option<Finding> {
    let moments = |values: &[Option<f64>]| values.iter().flatten().copied().collect::<Moments>();
    let count = |values: &[Option<f64>]| Count {
        successes: values.iter().flatten().filter(|it| **it > 0.0).count() as u64,
        trials: values.iter().flatten().count() as u64,
    };
    let is_share = question.measure.is_share();
    let d = if is_share {
        log_odds_d(odds_ratio(count(treatment), count(control), Z_95)?.value)
    } else {
        cohens_d(&moments(treatment), &moments(control))?
    };
    let p = if question.is_within() || subjects == Subjects::Within {
        let both = treatment.iter().zip(control);
        let changes = both.filter_map(|(after, before)| Some((*after)? - (*before)?));
        paired_p(&changes.collect())
    } else if is_share {
        difference_p(count(treatment), count(control))
    } else {
        welch_p(&moments(treatment), &moments(control))
    };
    Some(Finding { d, p: p? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comparison::Pair;
    use crate::registry::Measure;

    fn within(treatment: &[f64], control: &[f64]) -> Option<Finding> {
        let question = Question {
            pair: Pair {
                treatment: 0,
                control: 0,
            },
            measure: Measure::Helped,
            weeks: [Some(1.0), Some(0.0)],
            published: None,
        };
        let some = |values: &[f64]| values.iter().copied().map(Some).collect::<Vec<_>>();
        finding(&question, Subjects::Between, &some(treatment), &some(control))
    }

    /// A study in which nobody changes has found nothing; it is counted among the others.
    #[test]
    fn a_study_in_which_nobody_changes_is_a_study() {
        let same = [1.0, 0.0, 0.0, 1.0];
        assert_eq!(within(&same, &same), Some(Finding { d: 0.0, p: 1.0 }));
        let found = within(&[1.0; 4], &[0.0; 4]).unwrap();
        assert!(found.d > 0.0 && found.p == 0.0, "{found:?}");
    }
}

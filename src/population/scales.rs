//! What questionnaires show of a person: a mixture of traits, with error, on the range of the form.

use ndarray::Array2;
use serde::Serialize;

use super::{FANTASY, LATENTS, Latent, SCALES, SUPPRESSION};
use crate::model::agent::Trait;
use crate::model::milieu::clinical;
use crate::registry::Questionnaire;

/// Share of a questionnaire's variance that is not measurement error.
///
/// One value for all, close to the internal consistencies of these questionnaires (ERQ reappraisal .72–.83,
/// suppression .64–.76).
///
/// All of the error is drawn anew each time a form is filled in, so that it is also the correlation of a form with itself where nothing
/// has changed, a little less after rounding: .77. `davis1980` found .61 to .81 for the four scales of the IRI after 60 to 75 days,
/// `gross2003` .69 for both of the ERQ after three months. That nothing of the error lasts, and that traits do not wander by
/// themselves, is an assumption; it puts the retest into the upper half of what was found.
pub const RELIABILITY: f64 = 0.78;

/// A questionnaire scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scale {
    /// Interpersonal Reactivity Index, Fantasy.
    IriFs,
    /// Interpersonal Reactivity Index, Perspective Taking.
    IriPt,
    /// Interpersonal Reactivity Index, Empathic Concern.
    IriEc,
    /// Interpersonal Reactivity Index, Personal Distress.
    IriPd,
    /// Emotion Regulation Questionnaire, Reappraisal.
    ErqReappraisal,
    /// Emotion Regulation Questionnaire, Suppression.
    ErqSuppression,
    /// Mindful attention; without a norm, so not reported for a person.
    MindfulAttention,
    /// Depressive symptoms; without a norm, so not reported for a person.
    DepressiveSymptoms,
}

impl Scale {
    /// The scales that have a norm and are reported for each person, in the order of [`Scales`].
    pub const MEASURED: [Self; 6] = [
        Self::IriFs,
        Self::IriPt,
        Self::IriEc,
        Self::IriPd,
        Self::ErqReappraisal,
        Self::ErqSuppression,
    ];

    /// Which latent scores the scale sees, and with what weight.
    ///
    /// The weights are a choice of this model: Empathic Concern asks mostly for warmth and a little for being touched;
    /// Personal Distress for being touched, losing oneself in it, not being able to calm down, and low spirits.
    pub const fn weights(self) -> &'static [(usize, f64)] {
        match self {
            Self::IriFs => &[(FANTASY, 1.0)],
            Self::IriPt => &[(Trait::PerspectiveTaking as usize, 1.0)],
            Self::IriEc => &[
                (Trait::CompassionMotive as usize, 0.8),
                (Trait::AffectiveSharing as usize, 0.3),
            ],
            Self::IriPd => &[
                (Trait::AffectiveSharing as usize, 0.5),
                (Trait::SelfOtherDistinction as usize, -0.4),
                (Trait::Reappraisal as usize, -0.4),
                (Trait::LowMood as usize, 0.3),
            ],
            Self::ErqReappraisal => &[(Trait::Reappraisal as usize, 1.0)],
            Self::ErqSuppression => &[(SUPPRESSION, 1.0)],
            Self::MindfulAttention => &[(Trait::AttentionRegulation as usize, 1.0)],
            Self::DepressiveSymptoms => &[(Trait::LowMood as usize, 1.0)],
        }
    }

    /// Whether people report less on the scale when they are depressed.
    const fn falls_with_depression(self) -> bool {
        matches!(self, Self::IriFs | Self::IriPt | Self::IriEc)
    }
}

/// What depression takes off a scale that it lowers, in SD of what the scale sees.
///
/// # Source
///
/// `ekinci2016`: perspective-taking, concern and fantasy are lower in major depression; `yan2021`: hardly any relation in ordinary samples.
/// The size is an assumption.
const LOST_TO_DEPRESSION: f64 = 0.4;

/// Mean of what the norm population has of depression, a numerical integral; it keeps the norms what they are.
const MEAN_DEPRESSED: f64 = 0.031_814;

/// What people score on a scale, both sexes pooled.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Norm {
    /// Mean, in points.
    pub mean: f64,
    /// Standard deviation, in points.
    pub sd: f64,
    /// Least score that the form allows.
    pub lowest: f64,
    /// Greatest score that the form allows.
    pub highest: f64,
    /// Steps of the form in a point: whole points, or the mean of so many items.
    steps_per_point: f64,
    /// Mean before scores are set to the steps of the form, those beyond its range to its ends.
    uncut_mean: f64,
    /// Standard deviation before that.
    uncut_sd: f64,
}

/// The norms, in the order of [`Scale::MEASURED`].
///
/// # Source
///
/// IRI (`davis1983`): 579 men and 582 women pooled. ERQ (`gross2003`): the two sexes pooled with equal weight, because
/// their numbers are not at hand: `sd² = mean of the two variances + (half the difference of the means)²`.
///
/// `uncut_mean` and `uncut_sd` were solved for: a normal with these, set to the steps of the form and cut off at its ends, has the mean
/// and standard deviation of the norm.
pub const NORMS: [Norm; SCALES] = [
    iri(17.24, 5.59, 17.3078, 5.7471),
    iri(17.37, 4.82, 17.3951, 4.8760),
    iri(20.36, 4.23, 20.4340, 4.3792),
    iri(10.87, 4.99, 10.8419, 5.0546),
    erq(6.0, 4.605, 0.9808, 4.6074, 0.9865),
    erq(4.0, 3.390, 1.1725, 3.3801, 1.1961),
];

/// Seven items scored 0–4, added up.
const fn iri(mean: f64, sd: f64, uncut_mean: f64, uncut_sd: f64) -> Norm {
    Norm {
        mean,
        sd,
        lowest: 0.0,
        highest: 28.0,
        steps_per_point: 1.0,
        uncut_mean,
        uncut_sd,
    }
}

/// The mean of so many items scored 1–7.
const fn erq(items: f64, mean: f64, sd: f64, uncut_mean: f64, uncut_sd: f64) -> Norm {
    Norm {
        mean,
        sd,
        lowest: 1.0,
        highest: 7.0,
        steps_per_point: items,
        uncut_mean,
        uncut_sd,
    }
}

impl Norm {
    /// The score that somebody gets: the nearest that the form allows.
    fn score(&self, uncut: f64) -> f64 {
        (libm::round(uncut * self.steps_per_point) / self.steps_per_point).clamp(self.lowest, self.highest)
    }
}

/// A person's questionnaire scores, in the steps and within the range of each form.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Scales {
    /// Interpersonal Reactivity Index, Fantasy, 0–28.
    pub iri_fs: f64,
    /// Interpersonal Reactivity Index, Perspective Taking, 0–28.
    pub iri_pt: f64,
    /// Interpersonal Reactivity Index, Empathic Concern, 0–28.
    pub iri_ec: f64,
    /// Interpersonal Reactivity Index, Personal Distress, 0–28.
    pub iri_pd: f64,
    /// Emotion Regulation Questionnaire, Reappraisal, 1–7.
    pub erq_reappraisal: f64,
    /// Emotion Regulation Questionnaire, Suppression, 1–7.
    pub erq_suppression: f64,
}

impl Scales {
    /// The score on one of them.
    pub const fn of(&self, questionnaire: Questionnaire) -> f64 {
        match questionnaire {
            Questionnaire::IriFs => self.iri_fs,
            Questionnaire::IriPt => self.iri_pt,
            Questionnaire::IriEc => self.iri_ec,
            Questionnaire::IriPd => self.iri_pd,
            Questionnaire::ErqReappraisal => self.erq_reappraisal,
            Questionnaire::ErqSuppression => self.erq_suppression,
        }
    }
}

/// The questionnaires, standardised in one population.
#[derive(Debug, Clone)]
pub(super) struct Questionnaires {
    /// SD of the weighted sum of latent scores, by [`Scale::MEASURED`].
    sd: [f64; SCALES],
    signal: f64,
    noise: f64,
}

impl Questionnaires {
    /// Standardises each scale in a population with these correlations between latent scores.
    pub(super) fn new(correlation: &Array2<f64>) -> Self {
        Self {
            sd: Scale::MEASURED.map(|it| covariance(correlation, it, it).sqrt()),
            signal: RELIABILITY.sqrt(),
            noise: (1.0 - RELIABILITY).sqrt(),
        }
    }

    /// ```text
    /// score = uncut_mean + uncut_sd · (√.78 · (w·z / sd(w·z) − loss) + √.22 · error), set to the nearest step of the form
    /// loss = l · (depressed − its mean over the norm population) on the scales that depression lowers, 0 on others;   depressed = [2 clinical − 1]₊
    /// ```
    ///
    /// `sd(w·z)` is that of the norm population, so a population that is shifted or narrowed in a trait shows it.
    pub(super) fn measure(&self, latent: &Latent, errors: &[f64; SCALES]) -> Scales {
        let depressed = (2.0 * clinical(latent.traits[Trait::LowMood as usize]) - 1.0).max(0.0);
        let loss = LOST_TO_DEPRESSION * (depressed - MEAN_DEPRESSED);
        let score = |it: usize| {
            let mut sum = 0.0;
            for (row, weight) in Scale::MEASURED[it].weights() {
                sum += weight * latent.score(*row);
            }
            let lost = if Scale::MEASURED[it].falls_with_depression() {
                loss
            } else {
                0.0
            };
            let observed = self.signal * (sum / self.sd[it] - lost) + self.noise * errors[it];
            let norm = &NORMS[it];
            norm.score(norm.uncut_mean + norm.uncut_sd * observed)
        };
        Scales {
            iri_fs: score(0),
            iri_pt: score(1),
            iri_ec: score(2),
            iri_pd: score(3),
            erq_reappraisal: score(4),
            erq_suppression: score(5),
        }
    }
}

/// The correlation of two scales as people would be seen to have it: attenuated by measurement error, before scores are
/// set to the steps of the forms and cut off at their ends (which lowers it by about a hundredth of its size).
pub fn observed_correlation(correlation: &Array2<f64>, first: Scale, second: Scale) -> f64 {
    if first == second {
        return 1.0;
    }
    let variances = covariance(correlation, first, first) * covariance(correlation, second, second);
    RELIABILITY * covariance(correlation, first, second) / variances.sqrt()
}

/// The covariance of two weighted sums of latent scores: of what two scales see of people, before any error.
pub(super) fn covariance(correlation: &Array2<f64>, first: Scale, second: Scale) -> f64 {
    debug_assert_eq!(correlation.dim(), (LATENTS, LATENTS));
    let mut sum = 0.0;
    for (row, weight) in first.weights() {
        for (column, other) in second.weights() {
            sum += weight * other * correlation[[*row, *column]];
        }
    }
    sum
}

//! How surprising the counts of studies are where studies differ by more than their situations say.

use super::Count;
use std::sync::LazyLock;

/// Step of the grid over the effect of a study, in logits.
const STEP: f64 = 0.125;

/// Points of the grid to each side of 0: effects up to 8 logits.
const REACH: i32 = 64;

/// Standard deviations between studies over which a deviance is averaged.
const SDS: usize = 16;

/// Step between them, in logits.
const SD_STEP: f64 = 0.2;

/// A cell of a study, and what is predicted for it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StudyCell {
    /// Which study it belongs to.
    pub study: usize,
    /// How many of how many did.
    pub observed: Count,
    /// Predicted share, in (0, 1).
    pub predicted: f64,
    /// How many times the cell counts.
    pub weight: f64,
}

/// The counts of studies, each with a level of its own beside what was predicted.
///
/// ```text
/// logit p = logit π + u,   u ~ N(0, τ²), the same for all cells of a study
/// D(τ) = −2 Σ ln [ ∫ Π (Bin(x; n, p) / Bin(x; n, x/n))ʷ N(u; 0, τ²) du ]      sum over studies, product over their cells
/// D    = −2 ln [ ∫ exp(−D(τ)/2) 2 N(τ; 0, 1) dτ ]                             over τ > 0
/// ```
///
/// | symbol | argument    | meaning                                   | unit  | range  |
/// |--------|-------------|-------------------------------------------|-------|--------|
/// | `x`, `n` | `observed` | how many of how many did                 | count | x ≤ n  |
/// | `π`    | `predicted` | share that was predicted                  | 1     | (0, 1) |
/// | `w`    | `weight`    | how many times the cell counts            | 1     | ≥ 0    |
/// | `u`    |             | what sets a study apart                   | logit |        |
/// | `τ`    | `sd`        | standard deviation between studies        | logit | ≥ 0    |
///
/// # Limits
///
/// `D(0)` is the binomial deviance. With `τ` above 0 a study that is missed by the same amount in all its cells costs less, and one that is hit
/// costs a little more.
///
/// # Source
///
/// The level of a study: the logit-normal model of meta-analysis (Stijnen, Hamza & Özdemir 2010, Statistics in Medicine 29:3046). The half-normal
/// prior of τ: Röver et al. (2021) Research Synthesis Methods 12:448. The integrals are trapezoid sums, which converge exponentially for
/// such integrands (Trefethen & Weideman 2014, SIAM Review 56:385).
#[derive(Debug, Clone, PartialEq)]
pub struct BetweenStudies {
    studies: Vec<Likelihood>,
}

/// The likelihood of a study over that of the saturated model, on the grid of its effect.
#[derive(Debug, Clone, PartialEq)]
struct Likelihood {
    /// Its greatest logarithm.
    greatest: f64,
    /// The likelihoods over the greatest.
    relative: Vec<f64>,
}

/// Effects of a study on the grid.
fn effects() -> impl Iterator<Item = f64> {
    (-REACH..=REACH).map(|point| STEP * f64::from(point))
}

/// Odds ratios of the effects on the grid.
static ODDS: LazyLock<Vec<f64>> = LazyLock::new(|| effects().map(libm::exp).collect());

/// Share of studies with each effect, for each standard deviation.
static SHARES: LazyLock<Vec<Vec<f64>>> =
    LazyLock::new(|| (0..SDS).map(|number| shares(SD_STEP * number as f64)).collect());

/// Share of studies with each effect on the grid; all have none where they do not differ.
fn shares(sd: f64) -> Vec<f64> {
    let density = |effect: f64| {
        if effect == 0.0 {
            1.0
        } else {
            libm::exp(-0.5 * (effect / sd) * (effect / sd))
        }
    };
    // The widest law has a little beyond the grid, where no likelihood is left.
    let beyond = REACH + 1..=2 * REACH;
    let outside: f64 = beyond.map(|point| 2.0 * density(STEP * f64::from(point))).sum();
    let shares: Vec<f64> = effects().map(density).collect();
    let sum = outside + shares.iter().sum::<f64>();
    shares.iter().map(|share| share / sum).collect()
}

impl BetweenStudies {
    /// Of these cells; those of one study need not stand together.
    pub fn new(cells: &[StudyCell]) -> Self {
        let mut numbers: Vec<usize> = Vec::new();
        let mut logs: Vec<Vec<f64>> = Vec::new();
        for cell in cells {
            let place = numbers
                .iter()
                .position(|study| *study == cell.study)
                .unwrap_or_else(|| {
                    numbers.push(cell.study);
                    logs.push(vec![0.0; ODDS.len()]);
                    numbers.len() - 1
                });
            add(&mut logs[place], cell);
        }
        Self {
            studies: logs.iter().map(|logs| Likelihood::new(logs)).collect(),
        }
    }

    /// D(τ).
    pub fn deviance(&self, sd: f64) -> f64 {
        self.with_shares(&shares(sd))
    }

    /// D, with the standard deviation between studies integrated out.
    pub fn expected_deviance(&self) -> f64 {
        let deviances: Vec<f64> = SHARES.iter().map(|shares| self.with_shares(shares)).collect();
        let priors = (0..SDS).map(|number| prior(SD_STEP * number as f64, number == 0));
        let least = deviances.iter().copied().fold(f64::INFINITY, f64::min);
        let (mut sum, mut all) = (0.0, 0.0);
        for (deviance, prior) in deviances.iter().zip(priors) {
            sum += prior * libm::exp(-0.5 * (deviance - least));
            all += prior;
        }
        least - 2.0 * libm::log(sum / all)
    }

    /// The most plausible standard deviation between studies: the least of D(τ) + τ², within a thousandth.
    pub fn likely_sd(&self) -> f64 {
        let cost = |sd: f64| self.deviance(sd) + sd * sd;
        let coarse = (0..SDS).map(|number| SD_STEP * number as f64);
        let (mut best, mut least) = (0.0, f64::INFINITY);
        for sd in coarse {
            let cost = cost(sd);
            if cost < least {
                (best, least) = (sd, cost);
            }
        }
        // Halving intervals around the best point of the grid.
        let mut step = SD_STEP / 2.0;
        while step > 0.0005 {
            for sd in [(best - step).max(0.0), best + step] {
                let cost = cost(sd);
                if cost < least {
                    (best, least) = (sd, cost);
                }
            }
            step /= 2.0;
        }
        best
    }

    /// The standard deviation between studies below which so much of its posterior probability lies.
    pub fn quantile(&self, quantile: f64) -> f64 {
        const FINE: u32 = 60;
        let sd = |point: u32| 3.0 * f64::from(point) / f64::from(FINE);
        let cost = |sd: f64| self.deviance(sd) + sd * sd;
        let costs: Vec<f64> = (0..=FINE).map(|point| cost(sd(point))).collect();
        let least = costs.iter().copied().fold(f64::INFINITY, f64::min);
        let density: Vec<f64> = costs.iter().map(|cost| libm::exp(-0.5 * (cost - least))).collect();
        let steps = || density.windows(2).map(|ends| 0.5 * (ends[0] + ends[1]));
        let mut left = quantile * steps().sum::<f64>();
        for (point, step) in (0..FINE).zip(steps()) {
            if left <= step {
                return sd(point) + (left / step) * (sd(point + 1) - sd(point));
            }
            left -= step;
        }
        sd(FINE)
    }

    fn with_shares(&self, shares: &[f64]) -> f64 {
        let deviance = |study: &Likelihood| {
            let mean: f64 = study
                .relative
                .iter()
                .zip(shares)
                .map(|(likelihood, share)| likelihood * share)
                .sum();
            -2.0 * (study.greatest + libm::log(mean))
        };
        self.studies.iter().map(deviance).fold(0.0, |all, one| all + one)
    }
}

impl Likelihood {
    fn new(logs: &[f64]) -> Self {
        let greatest = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        Self {
            greatest,
            relative: logs.iter().map(|log| libm::exp(log - greatest)).collect(),
        }
    }
}

/// Prior weight of a standard deviation on the grid; half at 0, where the grid ends.
fn prior(sd: f64, at_the_end: bool) -> f64 {
    libm::exp(-0.5 * sd * sd) * if at_the_end { 0.5 } else { 1.0 }
}

/// Adds a cell to the log-likelihood ratio of its study.
fn add(study: &mut [f64], cell: &StudyCell) {
    let (x, n) = (cell.observed.successes as f64, cell.observed.trials as f64);
    let odds = cell.predicted / (1.0 - cell.predicted);
    let logit = libm::log(odds);
    let term = |seen: f64| if seen == 0.0 { 0.0 } else { seen * libm::log(seen / n) };
    let saturated = term(x) + term(n - x);
    for ((log, effect), ratio) in study.iter_mut().zip(effects()).zip(ODDS.iter()) {
        let likelihood = x * (logit + effect) - n * libm::log(1.0 + odds * ratio);
        *log += cell.weight * (likelihood - saturated);
    }
}

#[cfg(test)]
mod tests {
    use super::super::{assert_close, binomial_deviance};
    use super::*;

    fn cell(study: usize, successes: u64, trials: u64, predicted: f64) -> StudyCell {
        StudyCell {
            study,
            observed: Count { successes, trials },
            predicted,
            weight: 1.0,
        }
    }

    #[test]
    fn studies_that_do_not_differ_have_the_binomial_deviance() {
        let cells = [cell(0, 3, 10, 0.5), cell(1, 0, 7, 0.2), cell(0, 9, 10, 0.6)];
        let plain: f64 = cells
            .iter()
            .map(|it| binomial_deviance(it.observed, it.predicted))
            .sum();
        assert_close(BetweenStudies::new(&cells).deviance(0.0), plain, 1e-10);
        assert_close(BetweenStudies::new(&[]).expected_deviance(), 0.0, 1e-12);
    }

    /// A plain sum over a grid ten times finer and twice as wide, of probabilities and not of logarithms.
    #[test]
    fn the_integral_is_that_of_a_finer_sum() {
        let cells = [cell(0, 18, 20, 0.5), cell(0, 12, 20, 0.3)];
        for sd in [0.2, 0.45, 1.0, 2.0] {
            let (mut sum, mut all) = (0.0, 0.0);
            for point in -1600..=1600 {
                let effect = 0.01 * f64::from(point);
                let share = libm::exp(-0.5 * (effect / sd) * (effect / sd));
                let likelihood: f64 = cells
                    .iter()
                    .map(|it| {
                        let logit = libm::log(it.predicted / (1.0 - it.predicted)) + effect;
                        let p = 1.0 / (1.0 + libm::exp(-logit));
                        libm::exp(-0.5 * binomial_deviance(it.observed, p.clamp(1e-300, 1.0 - 1e-16)))
                    })
                    .product();
                sum += share * likelihood;
                all += share;
            }
            assert_close(
                BetweenStudies::new(&cells).deviance(sd),
                -2.0 * libm::log(sum / all),
                1e-3,
            );
        }
    }

    /// Two studies missed by a logit up and down: the level of a study explains them, and its spread is found; one value that is hit needs none.
    #[test]
    fn the_spread_is_that_of_the_studies() {
        let (high, low) = (0.731_058_6, 0.268_941_4);
        let share = |p: f64| cell(0, libm::round(4_000.0 * p) as u64, 4_000, 0.5);
        let missed: Vec<StudyCell> = (0..40)
            .map(|study| StudyCell {
                study,
                ..share(if study % 2 == 0 { high } else { low })
            })
            .collect();
        let found = BetweenStudies::new(&missed);
        assert_close(found.likely_sd(), 1.0, 0.03);
        // Forty studies tell a spread within a ninth (1/√80), a little more to its upper side.
        assert_close(found.quantile(0.5), 1.01, 0.03);
        assert_close(found.quantile(0.975) - found.quantile(0.025), 0.44, 0.05);
        assert!(found.deviance(1.0) < 0.01 * found.deviance(0.0));
        assert!(found.expected_deviance() >= found.deviance(found.likely_sd()));
        let hit = BetweenStudies::new(&[cell(0, 5, 10, 0.5), cell(1, 2, 10, 0.2)]);
        assert_eq!(hit.likely_sd(), 0.0);
    }

    /// Half the weight of a cell is half as many people with the same share.
    #[test]
    fn a_weight_counts_people() {
        let half = StudyCell {
            weight: 0.5,
            ..cell(0, 6, 20, 0.5)
        };
        let one = BetweenStudies::new(&[half]).deviance(0.7);
        assert_close(one, BetweenStudies::new(&[cell(0, 3, 10, 0.5)]).deviance(0.7), 1e-10);
    }
}

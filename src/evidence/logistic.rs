//! Ridge logistic regression: what the situation keys say without a model of people.

use super::linear::solve;
use crate::statistics::Count;
use ndarray::Array2;

/// Steps of Newton's method; a ridge makes the problem strictly convex, and few are needed.
const STEPS: usize = 50;

/// A fitted regression.
#[derive(Debug, Clone, PartialEq)]
pub struct Logistic {
    intercept: f64,
    weights: Vec<f64>,
    means: Vec<f64>,
    sds: Vec<f64>,
}

impl Logistic {
    /// Fits counts by rows of features.
    ///
    /// ```text
    /// minimise  G²(σ(b + Σ w x̃)) + ridge · Σ w²
    /// ```
    ///
    /// x̃ are the features in SD from their mean over these rows; the intercept is not penalised. A ridge of 1 is a normal prior of SD 1 on
    /// each weight.
    ///
    /// # Panics
    ///
    /// If there are not as many rows as counts, or the ridge is not positive.
    pub fn fit(rows: &[&[f64]], counts: &[Count], ridge: f64) -> Self {
        assert!(
            rows.len() == counts.len() && ridge > 0.0,
            "{} rows, ridge {ridge}",
            rows.len()
        );
        let columns = rows.first().map_or(0, |it| it.len());
        let n = rows.len() as f64;
        let means: Vec<f64> = (0..columns)
            .map(|it| rows.iter().map(|row| row[it]).sum::<f64>() / n)
            .collect();
        let sds: Vec<f64> = (0..columns)
            .map(|it| {
                let sum: f64 = rows
                    .iter()
                    .map(|row| (row[it] - means[it]) * (row[it] - means[it]))
                    .sum();
                (sum / n).sqrt()
            })
            .collect();
        let mut fitted = Self {
            intercept: 0.0,
            weights: vec![0.0; columns],
            means,
            sds,
        };
        let design: Vec<Vec<f64>> = rows.iter().map(|it| fitted.standardised(it)).collect();
        let mut loss = fitted.loss(&design, counts, ridge);
        for _ in 0..STEPS {
            let Some(step) = fitted.newton_step(&design, counts, ridge) else {
                break;
            };
            let mut share = 1.0;
            let before = loss;
            // Newton's step may overshoot where shares are near 0 or 1.
            while share > 1e-4 {
                let next = fitted.moved(&step, share);
                let after = next.loss(&design, counts, ridge);
                if after <= loss {
                    (fitted, loss) = (next, after);
                    break;
                }
                share /= 2.0;
            }
            if before - loss < 1e-10 {
                break;
            }
        }
        fitted
    }

    /// The predicted share, kept off 0 and 1.
    pub fn predict(&self, row: &[f64]) -> f64 {
        sigmoid(self.logit(&self.standardised(row)))
    }

    fn standardised(&self, row: &[f64]) -> Vec<f64> {
        let columns = row.iter().zip(&self.means).zip(&self.sds);
        // A column that was constant when fitted says nothing.
        columns
            .map(|((x, mean), sd)| if *sd > 1e-12 { (x - mean) / sd } else { 0.0 })
            .collect()
    }

    fn logit(&self, row: &[f64]) -> f64 {
        self.intercept + self.weights.iter().zip(row).map(|(w, x)| w * x).sum::<f64>()
    }

    fn loss(&self, design: &[Vec<f64>], counts: &[Count], ridge: f64) -> f64 {
        let likelihood: f64 = design
            .iter()
            .zip(counts)
            .map(|(row, count)| {
                let p = sigmoid(self.logit(row));
                let (x, n) = (count.successes as f64, count.trials as f64);
                -2.0 * (x * libm::log(p) + (n - x) * libm::log(1.0 - p))
            })
            .sum();
        likelihood + ridge * self.weights.iter().map(|it| it * it).sum::<f64>()
    }

    fn newton_step(&self, design: &[Vec<f64>], counts: &[Count], ridge: f64) -> Option<Vec<f64>> {
        let size = self.weights.len() + 1;
        let mut hessian = Array2::zeros((size, size));
        let mut gradient = vec![0.0; size];
        for (row, count) in design.iter().zip(counts) {
            let p = sigmoid(self.logit(row));
            let n = count.trials as f64;
            let (slope, curvature) = (count.successes as f64 - n * p, n * p * (1.0 - p));
            let x = |it: usize| if it == 0 { 1.0 } else { row[it - 1] };
            for i in 0..size {
                gradient[i] += slope * x(i);
                for j in 0..size {
                    hessian[[i, j]] += curvature * x(i) * x(j);
                }
            }
        }
        for it in 1..size {
            hessian[[it, it]] += ridge;
            gradient[it] -= ridge * self.weights[it - 1];
        }
        // Products in another order differ in the last bit, and the decomposition wants symmetry.
        let symmetric = (&hessian + &hessian.t()) / 2.0;
        solve(&symmetric, &gradient).ok()
    }

    fn moved(&self, step: &[f64], share: f64) -> Self {
        Self {
            intercept: self.intercept + share * step[0],
            weights: self
                .weights
                .iter()
                .zip(&step[1..])
                .map(|(w, by)| w + share * by)
                .collect(),
            ..self.clone()
        }
    }
}

/// 1 / (1 + e⁻ˣ), kept a millionth off 0 and 1.
fn sigmoid(x: f64) -> f64 {
    (1.0 / (1.0 + libm::exp(-x))).clamp(1e-6, 1.0 - 1e-6)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(successes: u64, trials: u64) -> Count {
        Count { successes, trials }
    }

    /// With hardly any ridge, two groups and one indicator reproduce both shares.
    #[test]
    fn reproduces_two_groups() {
        let rows: [&[f64]; 2] = [&[0.0], &[1.0]];
        let fitted = Logistic::fit(&rows, &[count(3, 10), count(8, 10)], 1e-9);
        assert!((fitted.predict(rows[0]) - 0.3).abs() < 1e-6);
        assert!((fitted.predict(rows[1]) - 0.8).abs() < 1e-6);
    }

    /// A strong ridge leaves the pooled share; nobody and everybody do not break the fit.
    #[test]
    fn a_ridge_shrinks_to_the_pooled_share() {
        let rows: [&[f64]; 2] = [&[0.0], &[1.0]];
        let fitted = Logistic::fit(&rows, &[count(0, 10), count(10, 10)], 1e9);
        assert!((fitted.predict(rows[0]) - 0.5).abs() < 1e-6);
        let free = Logistic::fit(&rows, &[count(0, 10), count(10, 10)], 1.0);
        assert!(free.predict(rows[0]) < 0.2 && free.predict(rows[1]) > 0.8);
    }
}

//! How far a weighted sum of shares is from nothing: averages of differences, and differences of differences.

use super::{Count, Estimate, wilson};

/// A weighted sum of shares with its interval, by variance estimates recovered from the Wilson limits of each share; none if somebody has nobody.
///
/// ```text
/// θ  = Σ wᵢ pᵢ
/// dᵢ = wᵢ pᵢ − min(wᵢ lᵢ, wᵢ uᵢ),   eᵢ = max(wᵢ lᵢ, wᵢ uᵢ) − wᵢ pᵢ
/// lower = θ − √(Σᵢ Σⱼ sᵢ sⱼ φᵢⱼ dᵢ dⱼ),   upper = θ + √(Σᵢ Σⱼ sᵢ sⱼ φᵢⱼ eᵢ eⱼ)
/// ```
///
/// | symbol    | argument   | meaning                                                          |
/// |-----------|------------|------------------------------------------------------------------|
/// | `w`       | `weights`  | weight of each share; `s` is its sign                            |
/// | `p, l, u` | `counts`   | each share and its Wilson limits                                 |
/// | `φᵢⱼ`     | `phi`      | how far doing in one goes with doing in the other, 0 for different people, 1 for `i = j` (not asked for) |
///
/// # Limits
///
/// With weights 1 and −1 it is [`super::paired_difference()`] of the same people and [`super::unpaired_difference()`] of different people.
///
/// # Source
///
/// Zou, Huang & Zhang (2009) Computational Statistics & Data Analysis 53:1080, with the correlations of Newcombe (1998) Statistics in Medicine 17:2635.
pub fn linear_contrast(
    weights: &[f64],
    counts: &[Count],
    phi: impl Fn(usize, usize) -> f64,
    z: f64,
) -> Option<Estimate> {
    let shares: Vec<f64> = counts.iter().map(|it| it.share()).collect::<Option<_>>()?;
    let limits: Vec<_> = counts.iter().map(|it| wilson(*it, z)).collect();
    // Signed, so that the sign of a weight need not be carried along: wᵢ pᵢ minus its far limit has the sign of wᵢ times a share's distance.
    let below: Vec<f64> = (0..shares.len())
        .map(|it| {
            weights[it]
                * (shares[it]
                    - if weights[it] > 0.0 {
                        limits[it].lower
                    } else {
                        limits[it].upper
                    })
        })
        .collect();
    let above: Vec<f64> = (0..shares.len())
        .map(|it| {
            weights[it]
                * (if weights[it] > 0.0 {
                    limits[it].upper
                } else {
                    limits[it].lower
                } - shares[it])
        })
        .collect();
    let reach = |parts: &[f64]| {
        let mut squares = 0.0;
        for (i, one) in parts.iter().enumerate() {
            squares += one * one;
            for (j, other) in parts.iter().enumerate().skip(i + 1) {
                squares += 2.0 * sign(weights[i]) * sign(weights[j]) * phi(i, j) * one * other;
            }
        }
        squares.max(0.0).sqrt()
    };
    let value = weights.iter().zip(&shares).map(|(weight, share)| weight * share).sum();
    Some(Estimate {
        value,
        lower: value - reach(&below),
        upper: value + reach(&above),
    })
}

fn sign(weight: f64) -> f64 {
    if weight < 0.0 { -1.0 } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::super::{Joint, Z_95, assert_close, paired_difference, unpaired_difference};
    use super::*;

    fn count(successes: u64, trials: u64) -> Count {
        Count { successes, trials }
    }

    #[test]
    fn two_shares_are_newcombes_differences() {
        for [both, first_only, second_only, neither] in [[36, 12, 2, 0], [18, 12, 2, 18], [53, 0, 0, 1], [5, 1, 9, 20]]
        {
            let joint = Joint {
                both,
                first_only,
                second_only,
                neither,
            };
            let counts = [joint.first(), joint.second()];
            let paired = paired_difference(joint, Z_95).unwrap();
            let contrast = linear_contrast(&[1.0, -1.0], &counts, |_, _| joint.phi(), Z_95).unwrap();
            let unpaired = unpaired_difference(counts[0], counts[1], Z_95).unwrap();
            let others = linear_contrast(&[1.0, -1.0], &counts, |_, _| 0.0, Z_95).unwrap();
            for (one, other) in [(contrast, paired), (others, unpaired)] {
                assert_close(one.value, other.value, 1e-12);
                assert_close(one.lower, other.lower, 1e-12);
                assert_close(one.upper, other.upper, 1e-12);
            }
        }
    }

    /// For many people the interval is that of the normal law with the binomial variances.
    #[test]
    fn a_difference_of_differences_of_many_has_the_normal_interval() {
        let counts = [
            count(550_000, 1_000_000),
            count(320_000, 1_000_000),
            count(950_000, 1_000_000),
            count(820_000, 1_000_000),
        ];
        let estimate = linear_contrast(&[1.0, -1.0, -1.0, 1.0], &counts, |_, _| 0.0, Z_95).unwrap();
        let variance: f64 = counts
            .iter()
            .map(|it| it.share().unwrap())
            .map(|p| p * (1.0 - p) / 1e6)
            .sum();
        assert_close(estimate.value, 0.10, 1e-12);
        assert_close(estimate.upper - estimate.value, Z_95 * variance.sqrt(), 1e-5);
        assert_close(estimate.value - estimate.lower, Z_95 * variance.sqrt(), 1e-5);
    }

    #[test]
    fn nobody_has_no_contrast() {
        assert_eq!(
            linear_contrast(&[1.0, -1.0], &[count(1, 2), count(0, 0)], |_, _| 0.0, Z_95),
            None
        );
    }
}

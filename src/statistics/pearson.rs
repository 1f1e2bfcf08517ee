//! How far two things go together.

/// Pearson's correlation of pairs; none for fewer than two pairs or if one side does not vary.
///
/// ```text
/// r = Σ (x − x̄)(y − ȳ) / √(Σ (x − x̄)² · Σ (y − ȳ)²)
/// ```
///
/// # Source
///
/// Pearson (1896). Two passes, so that large means cost no digits.
pub fn pearson(pairs: &[(f64, f64)]) -> Option<f64> {
    let sums = CentredSums::of(pairs)?;
    let scale = (sums.xx * sums.yy).sqrt();
    (pairs.len() > 1 && scale > 0.0).then(|| (sums.xy / scale).clamp(-1.0, 1.0))
}

/// Means of pairs and sums of squares and products about them.
pub(super) struct CentredSums {
    pub(super) mean_x: f64,
    pub(super) mean_y: f64,
    pub(super) xx: f64,
    pub(super) yy: f64,
    pub(super) xy: f64,
}

impl CentredSums {
    /// The sums of at least one pair.
    pub(super) fn of(pairs: &[(f64, f64)]) -> Option<Self> {
        if pairs.is_empty() {
            return None;
        }
        let n = pairs.len() as f64;
        let (sum_x, sum_y) = pairs.iter().fold((0.0, 0.0), |(x, y), pair| (x + pair.0, y + pair.1));
        let mut sums = Self {
            mean_x: sum_x / n,
            mean_y: sum_y / n,
            xx: 0.0,
            yy: 0.0,
            xy: 0.0,
        };
        for (x, y) in pairs {
            let (x, y) = (x - sums.mean_x, y - sums.mean_y);
            sums.xx += x * x;
            sums.yy += y * y;
            sums.xy += x * y;
        }
        Some(sums)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::assert_close;
    use super::*;

    /// Anscombe (1973) The American Statistician 27:17, data set 1.
    pub(in super::super) const ANSCOMBE: [(f64, f64); 11] = [
        (10.0, 8.04),
        (8.0, 6.95),
        (13.0, 7.58),
        (9.0, 8.81),
        (11.0, 8.33),
        (14.0, 9.96),
        (6.0, 7.24),
        (4.0, 4.26),
        (12.0, 10.84),
        (7.0, 4.82),
        (5.0, 5.68),
    ];

    /// Anscombe (1973) prints R² = .667; the correlation to more digits is .81642.
    #[test]
    fn reproduces_anscombes_correlation() {
        assert_close(pearson(&ANSCOMBE).unwrap(), 0.816_42, 5e-6);
    }

    #[test]
    fn a_large_mean_costs_no_digits() {
        let moved = ANSCOMBE.map(|(x, y)| (x + 1e6, 3.0 - y));
        assert_close(pearson(&moved).unwrap(), -pearson(&ANSCOMBE).unwrap(), 1e-9);
    }

    #[test]
    fn needs_pairs_that_vary() {
        assert_eq!(pearson(&[]), None);
        assert_eq!(pearson(&[(1.0, 2.0)]), None);
        assert_eq!(pearson(&[(1.0, 2.0), (1.0, 3.0)]), None);
        assert_eq!(pearson(&[(0.0, 1.0), (1.0, 3.0)]), Some(1.0));
    }
}

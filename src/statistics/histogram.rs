//! How numbers are spread, when there are too many to keep.

use serde::{Deserialize, Serialize};

/// Counts of numbers in bins of equal width.
///
/// Counts are whole, so parts joined in any order give the same histogram, to the bit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Histogram {
    low: f64,
    high: f64,
    counts: Vec<u64>,
    below: u64,
    above: u64,
}

impl Histogram {
    /// An empty histogram of `bins` bins over `[low, high)`; none unless `low < high`, both finite, and `bins > 0`.
    pub fn new(low: f64, high: f64, bins: usize) -> Option<Self> {
        (low < high && (high - low).is_finite() && bins > 0).then(|| Self {
            low,
            high,
            counts: vec![0; bins],
            below: 0,
            above: 0,
        })
    }

    /// Counts a number. NaN is nobody's value and is not counted.
    pub fn push(&mut self, value: f64) {
        if value < self.low {
            self.below += 1;
        } else if value >= self.high {
            self.above += 1;
        } else if value >= self.low {
            let place = (value - self.low) / (self.high - self.low) * self.counts.len() as f64;
            let last = self.counts.len() - 1;
            self.counts[(place as usize).min(last)] += 1;
        }
    }

    /// Adds the counts of another; false, and nothing is added, unless both have the same bins.
    #[must_use]
    pub fn merge(&mut self, other: &Self) -> bool {
        let same = (self.low, self.high, self.counts.len()) == (other.low, other.high, other.counts.len());
        if same {
            self.below += other.below;
            self.above += other.above;
            for (own, others) in self.counts.iter_mut().zip(&other.counts) {
                *own += others;
            }
        }
        same
    }

    /// How many numbers were counted, in the bins or beyond them.
    pub fn count(&self) -> u64 {
        self.below + self.above + self.counts.iter().sum::<u64>()
    }

    /// The counts of the bins, from low to high.
    pub fn counts(&self) -> &[u64] {
        &self.counts
    }

    /// Lower edge of a bin; that of the bin after the last is the upper end.
    pub fn edge(&self, bin: usize) -> f64 {
        self.low + (self.high - self.low) * (bin as f64 / self.counts.len() as f64)
    }

    /// The value below which a share `q` of the numbers lies, as if each bin were evenly filled.
    ///
    /// Within one bin's width of the exact quantile. None if nothing was counted, if `q` is outside \[0, 1\], or if the
    /// quantile lies beyond the bins, where nothing is known.
    pub fn quantile(&self, q: f64) -> Option<f64> {
        if self.count() == 0 || !(0.0..=1.0).contains(&q) {
            return None;
        }
        let mut wanted = q * self.count() as f64 - self.below as f64;
        if wanted < 0.0 {
            return None;
        }
        for (bin, count) in self.counts.iter().enumerate() {
            let count = *count as f64;
            if count > 0.0 && wanted <= count {
                let (low, high) = (self.edge(bin), self.edge(bin + 1));
                return Some(low + (high - low) * (wanted / count));
            }
            wanted -= count;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::super::assert_close;
    use super::*;

    fn histogram(values: &[f64]) -> Histogram {
        let mut histogram = Histogram::new(0.0, 4.0, 4).unwrap();
        for it in values {
            histogram.push(*it);
        }
        histogram
    }

    /// By hand: one number in [0, 1), two in [1, 2), one in [3, 4): the median is half through the second bin, the
    /// upper quartile at its end, 9 of 10 at 6/10 of the last.
    #[test]
    fn agrees_with_a_small_example() {
        let histogram = histogram(&[0.2, 1.5, 1.6, 3.1]);
        assert_close(histogram.quantile(0.5).unwrap(), 1.5, 1e-15);
        assert_close(histogram.quantile(0.75).unwrap(), 2.0, 1e-15);
        assert_close(histogram.quantile(0.9).unwrap(), 3.6, 1e-15);
        assert_close(histogram.quantile(1.0).unwrap(), 4.0, 1e-15);
        assert_close(histogram.quantile(0.0).unwrap(), 0.0, 1e-15);
    }

    /// Quantiles of a uniform law are their own level.
    #[test]
    fn many_numbers_give_quantiles_within_a_bin() {
        let mut fine = Histogram::new(0.0, 1.0, 500).unwrap();
        for it in 0..10_000 {
            fine.push((f64::from(it) + 0.5) / 10_000.0);
        }
        for level in [0.025, 0.25, 0.5, 0.9, 0.975] {
            assert_close(fine.quantile(level).unwrap(), level, 1.0 / 500.0);
        }
    }

    #[test]
    fn says_nothing_beyond_its_bins() {
        let histogram = histogram(&[-1.0, 1.5, 9.0, 9.0, f64::NAN]);
        assert_eq!(histogram.count(), 4);
        assert_eq!(histogram.quantile(0.1), None);
        assert_eq!(histogram.quantile(0.9), None);
        assert!(histogram.quantile(0.4).is_some());
        assert_eq!(histogram.quantile(1.1), None);
        assert_eq!(self::histogram(&[]).quantile(0.5), None);
        assert_eq!(Histogram::new(1.0, 1.0, 3), None);
        assert_eq!(Histogram::new(0.0, f64::INFINITY, 3), None);
        assert_eq!(Histogram::new(0.0, 1.0, 0), None);
    }

    #[test]
    fn parts_join_in_any_order() {
        let (a, b) = (histogram(&[0.5, 2.5]), histogram(&[2.6, 7.0, -1.0]));
        let (mut ab, mut ba) = (a.clone(), b.clone());
        assert!(ab.merge(&b) && ba.merge(&a));
        assert_eq!(ab, ba);
        assert_eq!(ab, histogram(&[0.5, 2.5, 2.6, 7.0, -1.0]));
        assert!(!ab.merge(&Histogram::new(0.0, 4.0, 5).unwrap()));
    }
}

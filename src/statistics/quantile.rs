//! Where a given share of numbers lies below.

use super::Interval;

/// The share of numbers below the lower limit of a central 95 % interval.
const TAIL: f64 = 0.025;

/// The value below which a share of numbers in rising order lies; none of no numbers.
///
/// Between two neighbours it is interpolated in proportion (Hyndman and Fan's type 7, the default of R): of `n` numbers the quantile `q` lies at
/// place `q · (n − 1)`, counted from 0. `share` is between 0 and 1.
///
/// # Source
///
/// Hyndman & Fan (1996) The American Statistician 50:361.
///
/// # Example
///
/// ```
/// use compassion::statistics::quantile;
///
/// assert_eq!(quantile(&[1.0, 2.0, 4.0], 0.75), Some(3.0));
/// ```
///
/// # Panics
///
/// If `share` is above 1.
pub fn quantile<T: Copy + Into<f64>>(sorted: &[T], share: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let place = share * last as f64;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and the last place"
    )]
    let below = place.floor() as usize;
    let (low, high): (f64, f64) = (sorted[below].into(), sorted[(below + 1).min(last)].into());
    Some(low + (place - below as f64) * (high - low))
}

/// The interval that holds the middle 95 % of these numbers: their [quantiles](quantile()) at .025 and .975; none of no numbers.
///
/// # Example
///
/// ```
/// use compassion::statistics::middle_95;
///
/// let hundred_and_one: Vec<f64> = (0..=100).map(f64::from).collect();
/// let it = middle_95(&hundred_and_one).unwrap();
/// assert_eq!((it.lower, it.upper), (2.5, 97.5));
/// ```
pub fn middle_95(values: &[f64]) -> Option<Interval> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    Some(Interval {
        lower: quantile(&sorted, TAIL)?,
        upper: quantile(&sorted, 1.0 - TAIL)?,
    })
}

#[cfg(test)]
mod tests {
    use super::super::assert_close;
    use super::*;

    #[test]
    fn quantiles_lie_between_the_numbers() {
        assert_eq!(quantile(&[1.0, 2.0, 4.0], 0.5), Some(2.0));
        assert_eq!(quantile(&[1.0_f32, 2.0, 4.0], 0.75), Some(3.0));
        assert_eq!(quantile(&[7.0], 0.75), Some(7.0));
        assert_eq!(quantile(&[3.0, 5.0], 1.0), Some(5.0));
        assert_eq!(quantile::<f64>(&[], 0.5), None);
    }

    #[test]
    fn it_is_as_wide_as_the_numbers_are_spread_and_knows_no_order() {
        assert_eq!(middle_95(&[]), None);
        let alone = middle_95(&[0.3]).unwrap();
        assert_eq!((alone.lower, alone.upper), (0.3, 0.3));
        let alike = middle_95(&[0.37; 7]).unwrap();
        assert_eq!((alike.lower, alike.upper), (0.37, 0.37));
        // R: quantile(c(3, 1, 2, 10), c(.025, .975)) is 1.075 and 9.475.
        let it = middle_95(&[3.0, 1.0, 2.0, 10.0]).unwrap();
        assert_close(it.lower, 1.075, 1e-12);
        assert_close(it.upper, 9.475, 1e-12);
    }
}

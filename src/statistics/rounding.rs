//! Rounding, the same on the terminal, in sentences and in charts.

use super::power;

/// Rounds to so many decimals, halves away from zero: 56.5 becomes 57.
///
/// A share such as 0.565 has no exact binary form, and a hundred times it comes out below 56.5. What lies that close to a half counts as one.
///
/// ```
/// use compassion::statistics::half_up;
///
/// assert_eq!(half_up(0.565 * 100.0, 0), 57.0);
/// assert_eq!(half_up(-1.25, 1), -1.3);
/// assert_eq!(half_up(56.49, 0), 56.0);
/// ```
pub fn half_up(value: f64, decimals: usize) -> f64 {
    let scale = power(10.0, u32::try_from(decimals).unwrap_or(u32::MAX));
    // A few roundings of the last bit, which a product of two numbers can be off by.
    let nudged = value * scale * (1.0 + 8.0 * f64::EPSILON);
    if nudged.is_finite() {
        nudged.round() / scale
    } else {
        value
    }
}

/// Rounds the parts of a whole to so many decimals so that they still add up to it: the first as [`half_up`] does, since it stands in sentences and
/// charts as well, the others by the largest remainder (Hamilton's method), each by less than one unit of the last place.
///
/// ```
/// use compassion::statistics::rounded_parts;
///
/// assert_eq!(rounded_parts(&[33.25, 33.25, 33.5], 1), [33.3, 33.2, 33.5]);
/// ```
pub fn rounded_parts(parts: &[f64], decimals: usize) -> Vec<f64> {
    let Some((first, others)) = parts.split_first() else {
        return Vec::new();
    };
    let scale = (0..decimals).fold(1.0, |scale, _| scale * 10.0);
    let first = half_up(*first, decimals);
    let whole = half_up(parts.iter().sum(), decimals);
    let mut units: Vec<f64> = others.iter().map(|part| (part * scale + 1e-9).floor()).collect();
    let mut left = ((whole - first) * scale).round() - units.iter().sum::<f64>();
    let mut order: Vec<usize> = (0..others.len()).collect();
    let remainder = |place: usize| others[place] * scale - units[place];
    let remainders: Vec<f64> = (0..others.len()).map(remainder).collect();
    order.sort_by(|one, other| remainders[*other].total_cmp(&remainders[*one]));
    for place in order {
        if left >= 1.0 {
            units[place] += 1.0;
            left -= 1.0;
        }
    }
    // The first was rounded up, and nothing of the others was left to give.
    if left <= -1.0
        && let Some(largest) = units
            .iter_mut()
            .reduce(|one, other| if *other > *one { other } else { one })
    {
        *largest += left;
    }
    std::iter::once(first)
        .chain(units.into_iter().map(|unit| unit / scale))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn parts_that_are_round_stay_as_they_are() {
        assert_eq!(rounded_parts(&[46.4, 2.0, 51.6], 1), [46.4, 2.0, 51.6]);
        assert_eq!(rounded_parts(&[100.0, 0.0, 0.0], 1), [100.0, 0.0, 0.0]);
        // Half a tenth in each: the first goes up, and the largest of the others pays for it.
        assert_eq!(rounded_parts(&[99.95, 0.05], 1), [100.0, 0.0]);
    }

    proptest! {
        #[test]
        fn shares_of_a_row_add_up_and_move_by_less_than_a_unit(counts in prop::collection::vec(0_u32..5_000, 2..5)) {
            let all: u32 = counts.iter().sum();
            prop_assume!(all > 0);
            let parts: Vec<f64> = counts.iter().map(|count| 100.0 * f64::from(*count) / f64::from(all)).collect();
            let rounded = rounded_parts(&parts, 1);
            prop_assert!((rounded.iter().sum::<f64>() - 100.0).abs() < 1e-9, "{parts:?} {rounded:?}");
            for (part, rounded) in parts.iter().zip(&rounded) {
                prop_assert!((part - rounded).abs() < 0.1 + 1e-9 && *rounded >= 0.0, "{parts:?} {rounded:?}");
            }
        }
    }
}

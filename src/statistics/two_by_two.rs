//! Whether two groups of different people help at different rates: a test for small studies.

use super::{Count, fishers_exact, squared};

/// The least expected count with which the χ² test is trusted.
const LEAST_EXPECTED: f64 = 1.0;

/// The two-sided p of no difference between two shares; none if a side has nobody, 1 if all or none of all people did.
///
/// ```text
/// χ² = (ad − bc)² (N − 1) / ((a + b)(c + d)(a + c)(b + d)),   p = erfc(√(χ²/2))
/// ```
///
/// | symbol | argument | meaning                                    |
/// |--------|----------|--------------------------------------------|
/// | `a, b` | `first`  | how many did, and how many did not         |
/// | `c, d` | `second` | how many did, and how many did not         |
/// | `N`    |          | all of them                                |
///
/// Where an expected count is below 1, Fisher's exact test (Irwin's rule) takes its place.
///
/// # Source
///
/// Campbell (2007) Statistics in Medicine 26:3661, whose recommendation this is: without Yates' correction, which makes studies of twenty people
/// reach p < .05 far less often than once in twenty where nothing differs.
pub fn difference_p(first: Count, second: Count) -> Option<f64> {
    let cells = four_cells(first, second)?;
    let [a, b, c, d] = cells.map(|it| it as f64);
    let people = a + b + c + d;
    let expected = (a + b).min(c + d) * (a + c).min(b + d) / people;
    // An empty margin has an expected count of 0 and says nothing.
    if expected > 0.0 && expected < LEAST_EXPECTED {
        return Some(fishers_exact(cells));
    }
    Some(chi_squared_p(cells, people - 1.0))
}

/// How many of two sides did and did not: `a, b, c, d`; none if either side has nobody.
pub(super) fn four_cells(first: Count, second: Count) -> Option<[u64; 4]> {
    first.share()?;
    second.share()?;
    Some([
        first.successes,
        first.trials - first.successes,
        second.successes,
        second.trials - second.successes,
    ])
}

/// The two-sided p of χ² = (ad − bc)² · `factor` / (product of the margins) with one degree of freedom; 1 where a margin is empty.
pub(super) fn chi_squared_p(cells: [u64; 4], factor: f64) -> f64 {
    let [a, b, c, d] = cells.map(|count| count as f64);
    let margins = [a + b, c + d, a + c, b + d];
    if margins.contains(&0.0) {
        return 1.0;
    }
    let chi_squared = squared(a * d - b * c) * factor / margins.iter().product::<f64>();
    libm::erfc((chi_squared / 2.0).sqrt())
}

#[cfg(test)]
mod tests {
    use super::super::assert_close;
    use super::*;

    fn p(a: u64, m: u64, c: u64, n: u64) -> Option<f64> {
        let count = |successes, trials| Count { successes, trials };
        difference_p(count(a, m), count(c, n))
    }

    /// By hand: 10 of 20 against 3 of 19, (10·16 − 10·3)² · 38 / (20·19·13·26) = 5.0000; p of χ² = 5 is .02535.
    #[test]
    fn agrees_with_the_seat_scene_by_hand() {
        assert_close(p(10, 20, 3, 19).unwrap(), 0.025_347_3, 1e-6);
        assert_eq!(p(10, 20, 3, 19), p(3, 19, 10, 20));
    }

    /// With an expected count of half a person: the tea-taster's kind of table; one of 2 against 0 of 6 has exact p 2/8.
    #[test]
    fn tiny_expectations_go_to_fishers_test() {
        assert_close(p(1, 2, 0, 6).unwrap(), 0.25, 1e-9);
    }

    #[test]
    fn nothing_to_tell_apart_is_one_and_nobody_is_none() {
        assert_eq!(p(0, 20, 0, 20), Some(1.0));
        assert_eq!(p(20, 20, 20, 20), Some(1.0));
        assert_eq!(p(0, 0, 3, 20), None);
        assert_close(p(10, 20, 10, 20).unwrap(), 1.0, 1e-12);
    }
}

//! Whether two shares differ, without any approximation: for the smallest studies.

/// Tables whose chances differ by less than this part are equally likely; products in another order differ in the last digits.
const ALIKE: f64 = 1.0 + 1e-7;

/// The two-sided p of Fisher's exact test of a table with rows `[a, b]` and `[c, d]`.
///
/// ```text
/// p = Σ P(k) over all k with P(k) ≤ P(a),   P(k) = C(a + b, k) C(c + d, m − k) / C(N, m),   m = a + c
/// ```
///
/// | symbol       | argument | meaning                                                      |
/// |--------------|----------|--------------------------------------------------------------|
/// | `a, b, c, d` | `cells`  | how many of each side did, and how many did not              |
/// | `P(k)`       |          | chance that `k` of the first side did, sums of rows and columns kept |
/// | `N`          |          | all of them                                                  |
///
/// Chances are taken relative to that of the likeliest table, from one to the next:
/// `P(k + 1) / P(k) = (a + b − k)(m − k) / ((k + 1)(c + d − m + k + 1))`.
///
/// # Limits
///
/// 1 where a row or a column is empty.
///
/// # Source
///
/// Fisher (1934) Statistical Methods for Research Workers, 5th edition, 21.02; two-sided by Irwin's rule (1935) Metron 12:83.
pub fn fishers_exact(cells: [u64; 4]) -> f64 {
    let [a, b, c, d] = cells;
    let (first, second, did) = (a + b, c + d, a + c);
    let (least, most) = (did.saturating_sub(second), first.min(did));
    let ratio = |k: u64| {
        let [first, second, did, k] = [first, second, did, k].map(|count| count as f64);
        (first - k) * (did - k) / ((k + 1.0) * (second - did + k + 1.0))
    };
    // The chances grow as long as the ratio is above 1.
    let likeliest = (least..most).find(|k| ratio(*k) < 1.0).unwrap_or(most);
    let mut chances = vec![1.0; usize::try_from(most - least).unwrap_or_default() + 1];
    let place = |k: u64| usize::try_from(k - least).unwrap_or_default();
    for k in likeliest..most {
        chances[place(k + 1)] = chances[place(k)] * ratio(k);
    }
    for k in (least..likeliest).rev() {
        chances[place(k)] = chances[place(k + 1)] / ratio(k);
    }
    let observed = chances[place(a)] * ALIKE;
    let rarer: f64 = chances.iter().filter(|chance| **chance <= observed).sum();
    rarer / chances.iter().sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::super::assert_close;
    use super::*;

    /// Fisher's lady tasting tea, three of four right: (1 + 16 + 16 + 1) / 70.
    #[test]
    fn reproduces_the_lady_tasting_tea() {
        assert_close(fishers_exact([3, 1, 1, 3]), 34.0 / 70.0, 1e-14);
        assert_close(fishers_exact([4, 0, 0, 4]), 2.0 / 70.0, 1e-14);
    }

    /// Fisher (1934) 21.02, convictions of like-sex twins of criminals: 10 of 13 against 2 of 17; R's `fisher.test` gives .0005367.
    #[test]
    fn reproduces_the_twins_of_criminals() {
        assert_close(fishers_exact([10, 3, 2, 15]), 0.000_536_7, 1e-7);
        assert_eq!(fishers_exact([10, 3, 2, 15]), fishers_exact([2, 15, 10, 3]));
    }

    /// One of many: the chance that it falls on the smaller side is that side's share.
    #[test]
    fn is_the_share_of_a_side_where_one_person_did() {
        assert_close(fishers_exact([1, 9, 0, 990]), 0.01, 1e-14);
        assert_close(fishers_exact([0, 10, 1, 989]), 1.0, 1e-14);
        assert_close(fishers_exact([1, 99_999, 0, 900_000]), 0.1, 1e-12);
    }

    #[test]
    fn an_empty_row_or_column_tells_nothing() {
        for cells in [[0, 0, 3, 4], [3, 4, 0, 0], [0, 5, 0, 6], [5, 0, 6, 0], [0; 4]] {
            assert_eq!(fishers_exact(cells), 1.0, "{cells:?}");
        }
    }
}

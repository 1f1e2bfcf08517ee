//! By what factor the odds of helping rise.

use super::two_by_two::four_cells;
use super::{Count, Estimate};

/// The odds of the first people over the odds of the second, with Woolf's interval; none if either has nobody.
///
/// ```text
/// OR = (a/b) / (c/d),   limits OR · exp(± z √(1/a + 1/b + 1/c + 1/d))
/// ```
///
/// | symbol | argument | meaning                                    |
/// |--------|----------|--------------------------------------------|
/// | `a, b` | `first`  | how many did, and how many did not         |
/// | `c, d` | `second` | how many did, and how many did not         |
/// | `z`    | `z`      | normal quantile, 1.96 for 95 %             |
///
/// # Zero cells
///
/// If any of the four is 0, ½ is added to all four before anything is computed (Haldane and Anscombe), so that the
/// result is finite and leans towards 1.
///
/// # Source
///
/// Woolf (1955) Annals of Human Genetics 19:251; Anscombe (1956) Biometrika 43:461.
pub fn odds_ratio(first: Count, second: Count, z: f64) -> Option<Estimate> {
    let cells = four_cells(first, second)?;
    let added = if cells.contains(&0) { 0.5 } else { 0.0 };
    let [a, b, c, d] = cells.map(|it| it as f64 + added);
    let value = (a / b) / (c / d);
    let factor = libm::exp(z * (1.0 / a + 1.0 / b + 1.0 / c + 1.0 / d).sqrt());
    Some(Estimate {
        value,
        lower: value / factor,
        upper: value * factor,
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Z_95, assert_close};
    use super::*;

    /// Physicians' Health Study; Agresti (2007) 2.3: odds ratio 1.832, 95 % interval 1.44 to 2.33.
    #[test]
    fn reproduces_the_aspirin_study() {
        let placebo = Count {
            successes: 189,
            trials: 11_034,
        };
        let aspirin = Count {
            successes: 104,
            trials: 11_037,
        };
        let ratio = odds_ratio(placebo, aspirin, Z_95).unwrap();
        assert_close(ratio.value, 1.832, 0.0005);
        assert_close(ratio.lower, 1.44, 0.005);
        assert_close(ratio.upper, 2.33, 0.005);
    }

    /// 10 of 20 against 3 of 19 gave up the seat: (10/10) / (3/16) = 5.33.
    #[test]
    fn reproduces_the_seat_scene() {
        let meditation = Count {
            successes: 10,
            trials: 20,
        };
        let waiting_list = Count {
            successes: 3,
            trials: 19,
        };
        assert_close(
            odds_ratio(meditation, waiting_list, Z_95).unwrap().value,
            16.0 / 3.0,
            1e-14,
        );
    }

    /// By hand: 0 of 4 against 2 of 4 becomes (0.5/4.5) / (2.5/2.5) = 1/9.
    #[test]
    fn an_empty_cell_gives_a_finite_ratio() {
        let none = Count {
            successes: 0,
            trials: 4,
        };
        let two = Count {
            successes: 2,
            trials: 4,
        };
        assert_close(odds_ratio(none, two, Z_95).unwrap().value, 1.0 / 9.0, 1e-15);
        let all = Count {
            successes: 4,
            trials: 4,
        };
        assert!(odds_ratio(all, none, Z_95).unwrap().upper.is_finite());
        let nobody = Count {
            successes: 0,
            trials: 0,
        };
        assert_eq!(odds_ratio(two, nobody, Z_95), None);
    }
}

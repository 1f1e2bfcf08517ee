//! Whether the same people help more in one condition than in another.

use serde::{Deserialize, Serialize};

use super::{Count, Estimate, wilson};

/// What the same people did in two conditions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Default, Deserialize)]
pub struct Joint {
    /// Who did in both.
    pub both: u64,
    /// Who did in the first only.
    pub first_only: u64,
    /// Who did in the second only.
    pub second_only: u64,
    /// Who did in neither.
    pub neither: u64,
}

impl std::ops::AddAssign for Joint {
    fn add_assign(&mut self, later: Self) {
        self.both += later.both;
        self.first_only += later.first_only;
        self.second_only += later.second_only;
        self.neither += later.neither;
    }
}

impl Joint {
    /// Adds one, who did or did not in the first condition and in the second.
    pub fn push(&mut self, first: bool, second: bool) {
        *match (first, second) {
            (true, true) => &mut self.both,
            (true, false) => &mut self.first_only,
            (false, true) => &mut self.second_only,
            (false, false) => &mut self.neither,
        } += 1;
    }

    /// Number of people.
    pub fn people(self) -> u64 {
        self.both + self.first_only + self.second_only + self.neither
    }

    /// What they did in the first condition.
    pub fn first(self) -> Count {
        Count {
            successes: self.both + self.first_only,
            trials: self.people(),
        }
    }

    /// What they did in the second condition.
    pub fn second(self) -> Count {
        Count {
            successes: self.both + self.second_only,
            trials: self.people(),
        }
    }

    /// How far doing in one goes with doing in the other (φ, −1 to 1), shrunk by a continuity correction where positive.
    pub fn phi(self) -> f64 {
        let [a, b, c, d] = [self.both, self.first_only, self.second_only, self.neither].map(|it| it as f64);
        let margins = (a + b) * (c + d) * (a + c) * (b + d);
        if margins == 0.0 {
            return 0.0;
        }
        let cross = a * d - b * c;
        let corrected = if cross > 0.0 {
            (cross - (a + b + c + d) / 2.0).max(0.0)
        } else {
            cross
        };
        corrected / margins.sqrt()
    }
}

/// The share of people who did in the first condition minus the share of the same people who did in the second, with
/// Newcombe's score interval for paired differences; none if there is nobody.
///
/// ```text
/// θ  = (b − c) / n
/// δ² = (p₁ − l₁)² − 2φ (p₁ − l₁)(u₂ − p₂) + (u₂ − p₂)²      lower limit θ − δ
/// ε² = (u₁ − p₁)² − 2φ (u₁ − p₁)(p₂ − l₂) + (p₂ − l₂)²      upper limit θ + ε
/// ```
///
/// | symbol       | argument            | meaning                                                            |
/// |--------------|---------------------|--------------------------------------------------------------------|
/// | `a, d`       | `both`, `neither`   | people alike in the two conditions                                 |
/// | `b, c`       | `first_only`, `second_only` | people who did in one of them only                         |
/// | `p, l, u`    |                     | share who did, and its Wilson limits, for each condition           |
/// | `φ`          |                     | `(ad − bc)/√((a+b)(c+d)(a+c)(b+d))`; where `ad > bc`, `ad − bc` is lowered by `n/2`, at most to 0; 0 if a margin is empty |
///
/// # Limits
///
/// Within \[−1, 1\]; swapping the conditions changes the sign.
///
/// # Source
///
/// Newcombe (1998) Statistics in Medicine 17:2635, method 10. Preferred to Wald's and McNemar's intervals because it
/// keeps its coverage for shares near 0 and 1.
pub fn paired_difference(joint: Joint, z: f64) -> Option<Estimate> {
    let (p1, p2) = (joint.first().share()?, joint.second().share()?);
    let (first, second) = (wilson(joint.first(), z), wilson(joint.second(), z));
    let phi = joint.phi();
    let reach = |one: f64, other: f64| (one * one - 2.0 * phi * one * other + other * other).max(0.0).sqrt();
    let value = (joint.first_only as f64 - joint.second_only as f64) / joint.people() as f64;
    Some(Estimate {
        value,
        lower: value - reach(p1 - first.lower, second.upper - p2),
        upper: value + reach(first.upper - p1, p2 - second.lower),
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Z_95, assert_close};
    use super::*;

    fn joint([both, first_only, second_only, neither]: [u64; 4]) -> Joint {
        Joint {
            both,
            first_only,
            second_only,
            neither,
        }
    }

    /// Newcombe (1998) Statistics in Medicine 17:2635, table III, method 10.
    #[test]
    fn reproduces_newcombes_table() {
        for (counts, lower, upper) in [
            ([36, 12, 2, 0], 0.0569, 0.3404),
            ([18, 12, 2, 18], 0.0562, 0.3290),
            ([53, 0, 0, 1], -0.0729, 0.0729),
        ] {
            let difference = paired_difference(joint(counts), Z_95).unwrap();
            assert_close(difference.lower, lower, 1e-4);
            assert_close(difference.upper, upper, 1e-4);
        }
    }

    #[test]
    fn swapping_the_conditions_changes_the_sign() {
        let there = paired_difference(joint([20, 12, 2, 16]), Z_95).unwrap();
        let back = paired_difference(joint([20, 2, 12, 16]), Z_95).unwrap();
        assert_close(there.value, -back.value, 0.0);
        assert_close(there.lower, -back.upper, 1e-15);
        assert_close(there.upper, -back.lower, 1e-15);
    }

    /// The more the same people do in both, the surer the difference.
    #[test]
    fn is_narrower_for_people_who_resemble_themselves() {
        let width = |counts| {
            let it = paired_difference(joint(counts), Z_95).unwrap();
            it.upper - it.lower
        };
        assert!(width([400, 110, 10, 480]) < 0.6 * width([250, 260, 160, 330]));
    }

    #[test]
    fn stays_within_the_possible_and_needs_people() {
        for counts in [[0, 5, 0, 0], [0, 0, 5, 0], [5, 0, 0, 0], [0, 0, 0, 1], [1, 0, 0, 1]] {
            let it = paired_difference(joint(counts), Z_95).unwrap();
            assert!(-1.0 <= it.lower && it.lower <= it.value, "{counts:?} {it:?}");
            assert!(it.value <= it.upper && it.upper <= 1.0, "{counts:?} {it:?}");
        }
        assert_eq!(paired_difference(Joint::default(), Z_95), None);
    }
}

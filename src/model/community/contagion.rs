//! Contagion: mood and exhaustion move a little towards those of people who are met.

/// Weight of each person met on a day, beside a weight of 1 for oneself.
pub const WEIGHT: f64 = 0.005;

/// A state after a day on which people were met whose states add up to `sum`.
///
/// ```text
/// x' = (x + w Σ x_j) / (1 + w n)
/// ```
///
/// An absorption: weights add up to 1, so that nobody leaves the range of the states there were, and a state that only contagion holds up dies out as
/// its source recovers.
///
/// # Limits
///
/// Unchanged where nobody is met, and where all are alike; the mean of those met where `w n` is large.
///
/// # Source
///
/// A tenth less positive news from friends for a week lowers one's own positive words by d ≈ .02 (Kramer, Guillory & Hancock 2014, n = 689,003). Burnout is
/// alike within teams, modestly (Bakker, Le Blanc & Schaufeli 2005). Absorption is an assumption, and so is one weight for both.
pub fn after_meeting(own: f64, sum: f64, met: u32) -> f64 {
    (own + WEIGHT * sum) / (1.0 + WEIGHT * f64::from(met))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_met_or_all_alike_changes_nothing() {
        assert_eq!(after_meeting(0.7, 0.0, 0), 0.7);
        assert!((after_meeting(0.7, 5.0 * 0.7, 5) - 0.7).abs() < 1e-15);
    }

    /// On a complete network everybody meets everybody: the hull shrinks, the mean stays, and all end there.
    #[test]
    fn states_stay_within_their_hull_and_end_at_their_mean() {
        let mut states = [-2.0, -0.5, 0.0, 1.0, 3.0];
        let mean = states.iter().sum::<f64>() / 5.0;
        for _ in 0..3_000 {
            let sum: f64 = states.iter().sum();
            let after = states.map(|own| after_meeting(own, sum - own, 4));
            let (low, high) = (states[0], states[4]);
            assert!(after.iter().all(|state| (low..=high).contains(state)));
            states = after;
        }
        assert!(states.iter().all(|state| (state - mean).abs() < 1e-9), "{states:?}");
    }
}

//! Expectation: whether the other will give, learnt from what they did.

/// What is expected of a partner of whom nothing is known.
pub const BEFORE: f64 = 0.83;

/// Share of the way to what was learnt that one round goes.
pub const RATE: f64 = 0.4;

/// How sure it is that the other meant to give, after what they did.
///
/// ```text
/// they gave:     m = (1 − ε) e / ((1 − ε) e + ε (1 − e))
/// they did not:  m = ε e / (ε e + (1 − ε) (1 − e))
/// ```
///
/// | symbol | argument   | meaning                                                     | range    |
/// |--------|------------|-------------------------------------------------------------|----------|
/// | `e`    | `expected` | what was expected of them                                   | \[0, 1\] |
/// | `ε`    | `noise`    | how often a decision comes out as its opposite, as is known | \[0, ½\] |
///
/// # Limits
///
/// Without noise, what they did; where noise is all (½), what was expected.
///
/// # Source
///
/// Bayes' rule, with noise as people were told of it.
pub fn meant(expected: f64, noise: f64, they_gave: bool) -> f64 {
    let (if_meant, if_not) = if they_gave {
        ((1.0 - noise) * expected, noise * (1.0 - expected))
    } else {
        (noise * expected, (1.0 - noise) * (1.0 - expected))
    };
    if if_meant + if_not > 0.0 {
        if_meant / (if_meant + if_not)
    } else {
        f64::from(u8::from(they_gave))
    }
}

/// What is expected after a round.
///
/// ```text
/// e' = e + k (m − e)
/// ```
///
/// # Source
///
/// A delta rule, as beliefs about others are learnt in repeated games (Fareri, Chang & Delgado 2012). Rate and beginning are calibrated with those of
/// [`reciprocity`](super::reciprocity).
pub fn after(expected: f64, meant: f64) -> f64 {
    expected + RATE * (meant - expected)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_noise_one_knows_what_was_meant_and_with_nothing_but_noise_one_learns_nothing() {
        for expected in [0.1, 0.5, 0.9] {
            assert_eq!((meant(expected, 0.0, true), meant(expected, 0.0, false)), (1.0, 0.0));
            for they_gave in [false, true] {
                assert!((meant(expected, 0.5, they_gave) - expected).abs() < 1e-12);
            }
        }
        assert_eq!(
            (meant(0.0, 0.0, true), meant(1.0, 0.0, false)),
            (1.0, 0.0),
            "against all that was expected"
        );
    }

    #[test]
    fn the_more_noise_explains_a_refusal_the_more_it_is_excused() {
        assert!(meant(0.8, 0.2, false) > meant(0.8, 0.1, false) && meant(0.8, 0.2, true) < meant(0.8, 0.1, true));
        assert!(
            meant(0.9, 0.1, false) > meant(0.5, 0.1, false),
            "the more so of whoever much was expected of"
        );
    }

    #[test]
    fn expectation_stays_between_nothing_and_all_and_comes_to_what_is_seen() {
        let (mut high, mut low) = (BEFORE, BEFORE);
        for _ in 0..60 {
            high = after(high, meant(high, 0.0, true));
            low = after(low, meant(low, 0.0, false));
        }
        assert!(high > 0.999 && high <= 1.0, "{high}");
        assert!((0.0..0.001).contains(&low), "{low}");
    }
}
